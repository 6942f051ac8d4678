//! Security groups, as EC2 shows and changes them.

use engine::id::GroupId;
use engine::network::group::{self, Refusal};
use engine::record::group::{Direction, Group, Peer, Ports, Protocol, Rule, RuleSpec};
use engine::scope::Tags;
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{CreateSecurityGroup, DeleteSecurityGroup, DescribeSecurityGroups};
use wire::ec2::output::{
    CreateSecurityGroupResult, DeleteSecurityGroupResult, DescribeSecurityGroupsResult,
    SecurityGroup,
};

use crate::api::ec2::describe::{Attribute, Described, Wanted, describe};
use crate::api::ec2::input::{id, missing, no_such, together};
use crate::api::ec2::permission::{Beyond, permissions, spelled};
use crate::api::ec2::text::tags_for;
use crate::api::ec2::{Spell, ask, show, text};
use crate::api::operation::{Context, Operation};

impl Operation for CreateSecurityGroup {
    type Output = CreateSecurityGroupResult;

    async fn run(self, cx: &Context<'_>) -> Result<CreateSecurityGroupResult, ApiError> {
        let CreateSecurityGroup {
            description,
            group_name: name,
            vpc_id,
            tag_specifications,
            dry_run,
        } = self;
        text::group_name(&name)?;
        text::group_description(&description)?;
        let question = group::Create {
            scope: cx.scope.clone(),
            vpc: vpc_id.as_deref().map(id).transpose()?,
            name,
            description,
            tags: tags_for("security-group", &tag_specifications)?,
        };
        let group = ask(cx, dry_run, question).await?;
        Ok(CreateSecurityGroupResult {
            group_id: Some(group.id.to_string()),
            tags: Some(show::tags(&group.tags)),
            security_group_arn: Some(show::arn(&group.scope, "security-group", group.id)),
        })
    }
}

impl Operation for DeleteSecurityGroup {
    type Output = DeleteSecurityGroupResult;

    async fn run(self, cx: &Context<'_>) -> Result<DeleteSecurityGroupResult, ApiError> {
        let DeleteSecurityGroup { group_id, group_name, dry_run } = self;
        let group = chosen(cx, group_id, group_name)?;
        ask(cx, dry_run, group::Delete { scope: cx.scope.clone(), group }).await?;
        Ok(DeleteSecurityGroupResult { r#return: Some(true), group_id: Some(group.to_string()) })
    }
}

/// The group that a request names by id or, in the default VPC, by name.
pub(crate) fn chosen(
    cx: &Context<'_>,
    group_id: Option<String>,
    group_name: Option<String>,
) -> Result<GroupId, ApiError> {
    match (group_id, group_name) {
        (Some(text), None) => id(&text),
        (Some(_), Some(_)) => Err(together("groupId", "groupName")),
        (None, Some(name)) => named(cx, &name),
        (None, None) => Err(missing("GroupId")),
    }
}

fn named(cx: &Context<'_>, name: &str) -> Result<GroupId, ApiError> {
    cx.driver.read(|engine| {
        let default = engine.vpcs(&cx.scope).find(|vpc| vpc.is_default).map(|vpc| vpc.id);
        let mut groups = engine.groups(&cx.scope);
        let found = groups.find(|group| Some(group.vpc) == default && group.name == name);
        found.map(|group| group.id).ok_or_else(|| {
            let message = format!("The security group '{name}' does not exist in default VPC");
            error("InvalidGroup.NotFound", message)
        })
    })
}

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        let (code, message) = match self {
            Refusal::NoVpc(id) => return no_such(id),
            Refusal::NoGroup(id) => return no_such(id),
            Refusal::NoList(id) => return no_such(id),
            Refusal::NoRule(id) => return no_such(id),
            Refusal::NoDefaultVpc => ("VPCIdNotSpecified", "No default VPC for this user".into()),
            Refusal::NoPermission(_) => (
                "InvalidPermission.NotFound",
                "The specified rule does not exist in this security group.".into(),
            ),
            Refusal::NameReserved => {
                ("InvalidGroup.Reserved", "The security group 'default' is reserved".into())
            }
            Refusal::NameTaken(name, vpc) => (
                "InvalidGroup.Duplicate",
                format!("The security group '{name}' already exists for VPC '{vpc}'"),
            ),
            Refusal::TooMany => {
                ("SecurityGroupLimitExceeded", "The maximum number has been reached.".into())
            }
            Refusal::TooManyRules => (
                "RulesPerSecurityGroupLimitExceeded",
                "The maximum number has been reached.".into(),
            ),
            Refusal::Default(id) => {
                let message = format!(
                    "the specified group: \"{id}\" name: \"default\" cannot be deleted by a user"
                );
                ("CannotDelete", message)
            }
            Refusal::InUse(id) => {
                ("DependencyViolation", format!("resource {id} has a dependent object"))
            }
            Refusal::RuleExists(rule) => (
                "InvalidPermission.Duplicate",
                format!("the specified rule \"{}\" already exists", named_rule(&rule)),
            ),
            Refusal::KindOfPeer(id) => (
                "InvalidParameterValue",
                format!("The type of the source or destination of rule '{id}' cannot be changed"),
            ),
            Refusal::RuleRepeated => (
                "InvalidParameterValue",
                "The same permission must not appear multiple times".into(),
            ),
        };
        error(code, message)
    }
}

/// A rule as the message of a duplicate names it.
fn named_rule(rule: &RuleSpec) -> String {
    let peer = match rule.peer {
        Peer::Cidr(cidr) => cidr.to_string(),
        Peer::Cidr6(cidr) => cidr.to_string(),
        Peer::Group(group) => group.to_string(),
        Peer::List(list) => list.to_string(),
    };
    let icmp = |name: &str, kind: Option<u8>, code: Option<u8>| {
        let field = |field: Option<u8>| field.map_or("ALL".to_owned(), |field| field.to_string());
        format!("{name}, type: {}, code: {}", field(kind), field(code))
    };
    let ports = |name: &str, ports: Ports| {
        format!("{name}, from port: {}, to port: {}", ports.first, ports.last)
    };
    let packets = match rule.protocol {
        Protocol::All => "ALL".to_owned(),
        Protocol::Tcp(range) => ports("TCP", range),
        Protocol::Udp(range) => ports("UDP", range),
        Protocol::Icmp { kind, code } => icmp("ICMP", kind, code),
        Protocol::Icmp6 { kind, code } => icmp("ICMPv6", kind, code),
        Protocol::Number(number) => number.to_string(),
    };
    format!("peer: {peer}, {packets}, ALLOW")
}

impl Operation for DescribeSecurityGroups {
    type Output = DescribeSecurityGroupsResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeSecurityGroupsResult, ApiError> {
        let DescribeSecurityGroups {
            group_ids: mut ids,
            group_names,
            next_token,
            max_results,
            dry_run,
            filters,
        } = self;
        for name in &group_names {
            ids.push(named(cx, name)?.to_string());
        }
        let wanted = Wanted { ids, filters, max_results, next_token, dry_run };
        let groups = cx.driver.read(|engine| {
            let groups = engine.groups(&cx.scope).cloned();
            let names = |group: Group| {
                let name =
                    |peer| engine.group(&group.scope, peer).ok().map(|peer| peer.name.clone());
                let peers = group.rules.values().filter_map(peer);
                let peers = peers.filter_map(|peer| Some((peer, name(peer)?)));
                let beyond = Beyond::of(engine, group.vpc, group.rules.values());
                Named { peers: peers.collect(), beyond, group }
            };
            groups.map(names).collect()
        });
        let page = describe::<Named>(wanted, groups)?;
        Ok(DescribeSecurityGroupsResult {
            security_groups: Some(page.items),
            next_token: page.next_token,
        })
    }
}

/// A group, and the names of the groups that its rules speak of.
struct Named {
    group: Group,
    peers: Vec<(GroupId, String)>,
    beyond: Beyond,
}

impl Named {
    /// A value of each rule of a direction that has it.
    fn of_rules(
        &self,
        direction: Direction,
        value: impl Fn(&Rule) -> Option<String>,
    ) -> Vec<String> {
        let rules = self.group.rules.values().filter(|rule| rule.direction == direction);
        rules.filter_map(value).collect()
    }

    fn cidrs(&self, direction: Direction) -> Vec<String> {
        self.of_rules(direction, |rule| match rule.spec.peer {
            Peer::Cidr(cidr) => Some(cidr.to_string()),
            Peer::Cidr6(_) | Peer::Group(_) | Peer::List(_) => None,
        })
    }

    fn cidrs6(&self, direction: Direction) -> Vec<String> {
        self.of_rules(direction, |rule| match rule.spec.peer {
            Peer::Cidr6(cidr) => Some(cidr.to_string()),
            Peer::Cidr(_) | Peer::Group(_) | Peer::List(_) => None,
        })
    }

    fn lists(&self, direction: Direction) -> Vec<String> {
        self.of_rules(direction, |rule| match rule.spec.peer {
            Peer::List(list) => Some(list.to_string()),
            Peer::Cidr(_) | Peer::Cidr6(_) | Peer::Group(_) => None,
        })
    }

    fn groups(&self, direction: Direction) -> Vec<String> {
        self.of_rules(direction, |rule| peer(rule).map(|id| id.to_string()))
    }

    fn group_names(&self, direction: Direction) -> Vec<String> {
        self.of_rules(direction, |rule| {
            let id = peer(rule)?;
            self.peers.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone())
        })
    }

    fn owners(&self, direction: Direction) -> Vec<String> {
        self.of_rules(direction, |rule| peer(rule).map(|_| show::owner(&self.group.scope)))
    }

    fn protocols(&self, direction: Direction) -> Vec<String> {
        self.of_rules(direction, |rule| Some(spelled(rule.spec.protocol).0))
    }

    fn first_ports(&self, direction: Direction) -> Vec<String> {
        self.of_rules(direction, |rule| Some(spelled(rule.spec.protocol).1?.0.to_string()))
    }

    fn last_ports(&self, direction: Direction) -> Vec<String> {
        self.of_rules(direction, |rule| Some(spelled(rule.spec.protocol).1?.1.to_string()))
    }
}

fn peer(rule: &Rule) -> Option<GroupId> {
    match rule.spec.peer {
        Peer::Group(id) => Some(id),
        Peer::Cidr(_) | Peer::Cidr6(_) | Peer::List(_) => None,
    }
}

impl Described for Named {
    type Id = GroupId;
    type View = SecurityGroup;
    const FILTERS: &'static [Attribute<Named>] = &[
        ("description", |each| vec![each.group.description.clone()]),
        ("egress.ip-permission.cidr", |each| each.cidrs(Direction::Egress)),
        ("egress.ip-permission.from-port", |each| each.first_ports(Direction::Egress)),
        ("egress.ip-permission.group-id", |each| each.groups(Direction::Egress)),
        ("egress.ip-permission.group-name", |each| each.group_names(Direction::Egress)),
        ("egress.ip-permission.ipv6-cidr", |each| each.cidrs6(Direction::Egress)),
        ("egress.ip-permission.prefix-list-id", |each| each.lists(Direction::Egress)),
        ("egress.ip-permission.protocol", |each| each.protocols(Direction::Egress)),
        ("egress.ip-permission.to-port", |each| each.last_ports(Direction::Egress)),
        ("egress.ip-permission.user-id", |each| each.owners(Direction::Egress)),
        ("group-id", |each| vec![each.group.id.to_string()]),
        ("group-name", |each| vec![each.group.name.clone()]),
        ("ip-permission.cidr", |each| each.cidrs(Direction::Ingress)),
        ("ip-permission.from-port", |each| each.first_ports(Direction::Ingress)),
        ("ip-permission.group-id", |each| each.groups(Direction::Ingress)),
        ("ip-permission.group-name", |each| each.group_names(Direction::Ingress)),
        ("ip-permission.ipv6-cidr", |each| each.cidrs6(Direction::Ingress)),
        ("ip-permission.prefix-list-id", |each| each.lists(Direction::Ingress)),
        ("ip-permission.protocol", |each| each.protocols(Direction::Ingress)),
        ("ip-permission.to-port", |each| each.last_ports(Direction::Ingress)),
        ("ip-permission.user-id", |each| each.owners(Direction::Ingress)),
        ("owner-id", |each| vec![show::owner(&each.group.scope)]),
        ("vpc-id", |each| vec![each.group.vpc.to_string()]),
    ];

    fn id(&self) -> GroupId {
        self.group.id
    }

    fn tags(&self) -> &Tags {
        &self.group.tags
    }

    fn view(self) -> SecurityGroup {
        let Named { group, beyond, .. } = self;
        SecurityGroup {
            group_id: Some(group.id.to_string()),
            ip_permissions_egress: Some(permissions(&group, Direction::Egress, &beyond)),
            tags: Some(show::tags(&group.tags)),
            vpc_id: Some(group.vpc.to_string()),
            security_group_arn: Some(show::arn(&group.scope, "security-group", group.id)),
            owner_id: Some(show::owner(&group.scope)),
            ip_permissions: Some(permissions(&group, Direction::Ingress, &beyond)),
            group_name: Some(group.name),
            description: Some(group.description),
        }
    }
}
