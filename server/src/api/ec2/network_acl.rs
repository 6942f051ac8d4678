//! Network ACLs, as EC2 shows and changes them.

use std::collections::{BTreeMap, BTreeSet};

use engine::engine::Engine;
use engine::id::{AclAssociationId, AclId, SubnetId};
use engine::network::network_acl::{self, Refusal};
use engine::record::group::Direction;
use engine::record::network_acl::NetworkAcl;
use engine::scope::{Scope, Tags};
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{
    CreateNetworkAcl, CreateNetworkAclEntry, DeleteNetworkAcl, DeleteNetworkAclEntry,
    DescribeNetworkAcls, ReplaceNetworkAclAssociation, ReplaceNetworkAclEntry,
};
use wire::ec2::output::{
    self, CreateNetworkAclResult, DescribeNetworkAclsResult, NetworkAclAssociation,
    NetworkAclEntry, ReplaceNetworkAclAssociationResult,
};

use crate::api::ec2::acl_entry::{self, Given};
use crate::api::ec2::describe::{Attribute, Described, Wanted, describe};
use crate::api::ec2::input::{Id, id, no_such};
use crate::api::ec2::text::tags_for;
use crate::api::ec2::{Spell, ask, ask_once, show};
use crate::api::operation::{Context, Operation};

impl Id for AclAssociationId {
    const NOT_FOUND: &'static str = "InvalidAssociationID.NotFound";
    const MALFORMED: &'static str = "InvalidAssociationID.Malformed";
    const NOUN: &'static str = "association ID";
    const PREFIX: &'static str = AclAssociationId::PREFIX;
}

impl Operation for CreateNetworkAcl {
    type Output = CreateNetworkAclResult;

    async fn run(self, cx: &Context<'_>) -> Result<CreateNetworkAclResult, ApiError> {
        let CreateNetworkAcl { tag_specifications, client_token, dry_run, vpc_id } = self;
        let question = network_acl::Create {
            scope: cx.scope.clone(),
            vpc: id(&vpc_id)?,
            tags: tags_for("network-acl", &tag_specifications)?,
        };
        let acl = ask_once(cx, dry_run, question).await?;
        // One that a token made before may have subnets by now.
        let shown = cx.driver.read(|engine| Shown::all(engine, &cx.scope));
        let shown = shown.into_iter().find(|shown| shown.acl.id == acl.id);
        let shown = shown.ok_or_else(|| no_such(acl.id))?;
        Ok(CreateNetworkAclResult { network_acl: Some(shown.view()), client_token })
    }
}

impl Operation for DeleteNetworkAcl {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteNetworkAcl { dry_run, network_acl_id } = self;
        let acl = id(&network_acl_id)?;
        ask(cx, dry_run, network_acl::Delete { scope: cx.scope.clone(), acl }).await
    }
}

impl Operation for CreateNetworkAclEntry {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let CreateNetworkAclEntry {
            dry_run,
            network_acl_id,
            rule_number,
            protocol,
            rule_action,
            egress,
            cidr_block,
            ipv6_cidr_block,
            icmp_type_code,
            port_range,
        } = self;
        let given = Given {
            protocol,
            rule_action,
            cidr_block,
            ipv6_cidr_block,
            icmp_type_code,
            port_range,
        };
        let question = network_acl::PutEntry {
            scope: cx.scope.clone(),
            acl: id(&network_acl_id)?,
            direction: way(egress),
            number: acl_entry::number(rule_number)?,
            entry: given.read()?,
            replaces: false,
        };
        ask(cx, dry_run, question).await
    }
}

impl Operation for ReplaceNetworkAclEntry {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let ReplaceNetworkAclEntry {
            dry_run,
            network_acl_id,
            rule_number,
            protocol,
            rule_action,
            egress,
            cidr_block,
            ipv6_cidr_block,
            icmp_type_code,
            port_range,
        } = self;
        let given = Given {
            protocol,
            rule_action,
            cidr_block,
            ipv6_cidr_block,
            icmp_type_code,
            port_range,
        };
        let question = network_acl::PutEntry {
            scope: cx.scope.clone(),
            acl: id(&network_acl_id)?,
            direction: way(egress),
            number: acl_entry::number(rule_number)?,
            entry: given.read()?,
            replaces: true,
        };
        ask(cx, dry_run, question).await
    }
}

impl Operation for DeleteNetworkAclEntry {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteNetworkAclEntry { dry_run, network_acl_id, rule_number, egress } = self;
        let question = network_acl::DeleteEntry {
            scope: cx.scope.clone(),
            acl: id(&network_acl_id)?,
            direction: way(egress),
            number: acl_entry::number(rule_number)?,
        };
        ask(cx, dry_run, question).await
    }
}

impl Operation for ReplaceNetworkAclAssociation {
    type Output = ReplaceNetworkAclAssociationResult;

    async fn run(self, cx: &Context<'_>) -> Result<ReplaceNetworkAclAssociationResult, ApiError> {
        let ReplaceNetworkAclAssociation { dry_run, association_id, network_acl_id } = self;
        let question = network_acl::Replace {
            scope: cx.scope.clone(),
            association: id(&association_id)?,
            acl: id(&network_acl_id)?,
        };
        let association = ask(cx, dry_run, question).await?;
        let new_association_id = Some(association.to_string());
        Ok(ReplaceNetworkAclAssociationResult { new_association_id })
    }
}

fn way(egress: bool) -> Direction {
    if egress { Direction::Egress } else { Direction::Ingress }
}

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        match self {
            Refusal::NoVpc(id) => no_such(id),
            Refusal::NoAcl(id) => no_such(id),
            Refusal::NoAssociation(id) => no_such(id),
            Refusal::NoEntry(way, number) => {
                let way = match way {
                    Direction::Egress => "egress",
                    Direction::Ingress => "ingress",
                };
                let message = format!("no {way} entry with number {number}");
                error("InvalidNetworkAclEntry.NotFound", message)
            }
            Refusal::EntryExists(number) => {
                let message =
                    format!("The network acl entry identified by {number} already exists.");
                error("NetworkAclEntryAlreadyExists", message)
            }
            Refusal::TooMany => {
                error("NetworkAclLimitExceeded", "The maximum number has been reached.")
            }
            Refusal::TooManyEntries => {
                error("NetworkAclEntryLimitExceeded", "The maximum number has been reached.")
            }
            Refusal::InUse(id) => {
                let message =
                    format!("The networkAcl '{id}' has dependencies and cannot be deleted.");
                error("DependencyViolation", message)
            }
            Refusal::Default(id) => {
                error("InvalidParameterValue", format!("cannot delete default network ACL {id}"))
            }
            Refusal::Elsewhere(acl, subnet) => {
                let message =
                    format!("network ACL {acl} and subnet {subnet} belong to different networks");
                error("InvalidParameterValue", message)
            }
        }
    }
}

impl Operation for DescribeNetworkAcls {
    type Output = DescribeNetworkAclsResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeNetworkAclsResult, ApiError> {
        let DescribeNetworkAcls { next_token, max_results, dry_run, network_acl_ids: ids, filters } =
            self;
        let wanted = Wanted { ids, filters, max_results, next_token, dry_run };
        let page =
            describe::<Shown>(wanted, cx.driver.read(|engine| Shown::all(engine, &cx.scope)))?;
        Ok(DescribeNetworkAclsResult {
            network_acls: Some(page.items),
            next_token: page.next_token,
        })
    }
}

/// An ACL with the subnets that have it.
struct Shown {
    acl: NetworkAcl,
    is_default: bool,
    /// Whether its VPC has IPv6.
    is_of_ipv6: bool,
    subnets: Vec<(SubnetId, AclAssociationId)>,
}

impl Shown {
    fn all(engine: &Engine, scope: &Scope) -> Vec<Shown> {
        let acls = || engine.all::<NetworkAcl>(scope);
        let defaults: BTreeMap<_, _> =
            engine.vpcs(scope).map(|vpc| (vpc.id, vpc.default_acl)).collect();
        let with_ipv6 = engine.vpcs(scope).filter(|vpc| !vpc.blocks6.is_empty());
        let with_ipv6: BTreeSet<_> = with_ipv6.map(|vpc| vpc.id).collect();
        let chosen: BTreeMap<SubnetId, AclId> =
            acls().flat_map(|acl| acl.subnets.iter().map(|subnet| (*subnet, acl.id))).collect();
        let mut subnets: BTreeMap<AclId, Vec<_>> = BTreeMap::new();
        for subnet in engine.subnets(scope) {
            let acl = chosen.get(&subnet.id).or_else(|| defaults.get(&subnet.vpc));
            let of_acl = acl.map(|acl| subnets.entry(*acl).or_default());
            of_acl.into_iter().for_each(|all| all.push((subnet.id, subnet.acl_association)));
        }
        let shown = acls().map(|acl| Shown {
            is_default: defaults.get(&acl.vpc) == Some(&acl.id),
            is_of_ipv6: with_ipv6.contains(&acl.vpc),
            subnets: subnets.remove(&acl.id).unwrap_or_default(),
            acl: acl.clone(),
        });
        shown.collect()
    }

    /// The entries as they are shown: what goes out first, and the last ones of each way, which deny.
    fn entries(&self) -> Vec<NetworkAclEntry> {
        let ways = [Direction::Egress, Direction::Ingress];
        let of_way = ways.into_iter().flat_map(|way| {
            let entries = self.acl.entries(way).iter();
            let entries = entries.map(move |(number, entry)| acl_entry::view(way, *number, entry));
            let of_ipv6 = self.is_of_ipv6.then(|| acl_entry::last(way, true));
            entries.chain([acl_entry::last(way, false)]).chain(of_ipv6)
        });
        of_way.collect()
    }

    fn of_entries(&self, value: impl Fn(NetworkAclEntry) -> Option<String>) -> Vec<String> {
        self.entries().into_iter().filter_map(value).collect()
    }
}

impl Described for Shown {
    type Id = AclId;
    type View = output::NetworkAcl;
    const FILTERS: &'static [Attribute<Shown>] = &[
        ("association.association-id", |each| {
            each.subnets.iter().map(|(_, association)| association.to_string()).collect()
        }),
        ("association.network-acl-id", |each| {
            each.subnets.iter().map(|_| each.acl.id.to_string()).collect()
        }),
        ("association.subnet-id", |each| {
            each.subnets.iter().map(|(subnet, _)| subnet.to_string()).collect()
        }),
        ("default", |each| vec![each.is_default.to_string()]),
        ("entry.cidr", |each| each.of_entries(|entry| entry.cidr_block)),
        ("entry.egress", |each| each.of_entries(|entry| entry.egress.map(|is| is.to_string()))),
        ("entry.icmp.code", |each| {
            each.of_entries(|entry| Some(entry.icmp_type_code?.code?.to_string()))
        }),
        ("entry.icmp.type", |each| {
            each.of_entries(|entry| Some(entry.icmp_type_code?.r#type?.to_string()))
        }),
        ("entry.ipv6-cidr", |each| each.of_entries(|entry| entry.ipv6_cidr_block)),
        ("entry.port-range.from", |each| {
            each.of_entries(|entry| Some(entry.port_range?.from?.to_string()))
        }),
        ("entry.port-range.to", |each| {
            each.of_entries(|entry| Some(entry.port_range?.to?.to_string()))
        }),
        ("entry.protocol", |each| each.of_entries(|entry| entry.protocol)),
        ("entry.rule-action", |each| each.of_entries(|entry| entry.rule_action)),
        ("entry.rule-number", |each| {
            each.of_entries(|entry| entry.rule_number.map(|number| number.to_string()))
        }),
        ("network-acl-id", |each| vec![each.acl.id.to_string()]),
        ("owner-id", |each| vec![show::owner(&each.acl.scope)]),
        ("vpc-id", |each| vec![each.acl.vpc.to_string()]),
    ];

    fn id(&self) -> AclId {
        self.acl.id
    }

    fn tags(&self) -> &Tags {
        &self.acl.tags
    }

    fn view(self) -> output::NetworkAcl {
        let acl = self.acl.id.to_string();
        let associations = self.subnets.iter().map(|(subnet, association)| NetworkAclAssociation {
            network_acl_association_id: Some(association.to_string()),
            network_acl_id: Some(acl.clone()),
            subnet_id: Some(subnet.to_string()),
        });
        output::NetworkAcl {
            associations: Some(associations.collect()),
            entries: Some(self.entries()),
            is_default: Some(self.is_default),
            network_acl_id: Some(acl.clone()),
            tags: Some(show::tags(&self.acl.tags)),
            vpc_id: Some(self.acl.vpc.to_string()),
            owner_id: Some(show::owner(&self.acl.scope)),
        }
    }
}
