//! Rules of security groups across peering connections: which name a group, and which have become stale.

use engine::engine::Engine;
use engine::id::{GroupId, VpcId};
use engine::record::group::{Direction, Group, Peer, Rule};
use engine::scope::{Scope, Tags};
use wire::ApiError;
use wire::ec2::input::{DescribeSecurityGroupReferences, DescribeStaleSecurityGroups};
use wire::ec2::output::{
    DescribeSecurityGroupReferencesResult, DescribeStaleSecurityGroupsResult, IpPermission,
    SecurityGroupReference, StaleIpPermission, StaleSecurityGroup,
};

use crate::api::ec2::describe::{Attribute, Described, Wanted, describe};
use crate::api::ec2::input::id;
use crate::api::ec2::permission::{Beyond, of_rules};
use crate::api::ec2::{Spell, dry_run};
use crate::api::operation::{Context, Operation};

impl Operation for DescribeSecurityGroupReferences {
    type Output = DescribeSecurityGroupReferencesResult;

    async fn run(
        self,
        cx: &Context<'_>,
    ) -> Result<DescribeSecurityGroupReferencesResult, ApiError> {
        let DescribeSecurityGroupReferences { dry_run: is_dry, group_id } = self;
        let groups: Vec<GroupId> =
            group_id.iter().map(|text| id(text)).collect::<Result<_, _>>()?;
        let references = cx.driver.read(|engine| {
            let mut all = Vec::new();
            for group in groups {
                engine.group(&cx.scope, group).map_err(Spell::spell)?;
                all.extend(engine.references(group).into_iter().map(|(vpc, by)| {
                    SecurityGroupReference {
                        group_id: Some(group.to_string()),
                        referencing_vpc_id: Some(vpc.to_string()),
                        vpc_peering_connection_id: Some(by.to_string()),
                        ..SecurityGroupReference::default()
                    }
                }));
            }
            Ok::<_, ApiError>(all)
        })?;
        dry_run(is_dry)?;
        Ok(DescribeSecurityGroupReferencesResult { security_group_reference_set: Some(references) })
    }
}

impl Operation for DescribeStaleSecurityGroups {
    type Output = DescribeStaleSecurityGroupsResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeStaleSecurityGroupsResult, ApiError> {
        let DescribeStaleSecurityGroups { dry_run, max_results, next_token, vpc_id } = self;
        let vpc: VpcId = id(&vpc_id)?;
        let wanted = Wanted { max_results, next_token, dry_run, ..Wanted::default() };
        let groups = cx.driver.read(|engine| {
            engine.vpc(&cx.scope, vpc).map_err(Spell::spell)?;
            let groups = engine.groups(&cx.scope).filter(|group| group.vpc == vpc);
            Ok::<_, ApiError>(groups.filter_map(|group| Stale::of(engine, group)).collect())
        })?;
        let page = describe::<Stale>(wanted, groups)?;
        Ok(DescribeStaleSecurityGroupsResult {
            stale_security_group_set: Some(page.items),
            next_token: page.next_token,
        })
    }
}

/// A group with those of its rules that name groups of peers which are none any more.
struct Stale {
    group: Group,
    rules: Vec<Rule>,
    beyond: Beyond,
}

impl Stale {
    fn of(engine: &Engine, group: &Group) -> Option<Stale> {
        let is_stale = |rule: &&Rule| match rule.spec.peer {
            Peer::Group(named) => engine.is_stale(group.vpc, named),
            Peer::Cidr(_) | Peer::Cidr6(_) | Peer::List(_) => false,
        };
        let rules: Vec<Rule> = group.rules.values().filter(is_stale).cloned().collect();
        let beyond = Beyond::of(engine, group.vpc, &rules);
        (!rules.is_empty()).then(|| Stale { group: group.clone(), rules, beyond })
    }

    fn permissions(&self, direction: Direction) -> Vec<StaleIpPermission> {
        let scope: &Scope = &self.group.scope;
        let rules = self.rules.iter().filter(|rule| rule.direction == direction);
        let shown = of_rules(scope, rules, &self.beyond).into_iter();
        shown
            .map(|permission| {
                let IpPermission { ip_protocol, from_port, to_port, user_id_group_pairs, .. } =
                    permission;
                StaleIpPermission {
                    from_port,
                    ip_protocol,
                    ip_ranges: Some(Vec::new()),
                    prefix_list_ids: Some(Vec::new()),
                    to_port,
                    user_id_group_pairs,
                }
            })
            .collect()
    }
}

impl Described for Stale {
    type Id = GroupId;
    type View = StaleSecurityGroup;
    const FILTERS: &'static [Attribute<Stale>] = &[];

    fn id(&self) -> GroupId {
        self.group.id
    }

    fn tags(&self) -> &Tags {
        &self.group.tags
    }

    fn view(self) -> StaleSecurityGroup {
        StaleSecurityGroup {
            description: Some(self.group.description.clone()),
            group_id: Some(self.group.id.to_string()),
            group_name: Some(self.group.name.clone()),
            stale_ip_permissions: Some(self.permissions(Direction::Ingress)),
            stale_ip_permissions_egress: Some(self.permissions(Direction::Egress)),
            vpc_id: Some(self.group.vpc.to_string()),
        }
    }
}
