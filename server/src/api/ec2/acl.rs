//! Network ACLs, as EC2 shows them: each VPC's default one, which lets everything through.

use engine::id::{AclAssociationId, AclId, SubnetId};
use engine::record::vpc::Vpc;
use engine::scope::Tags;
use wire::ApiError;
use wire::ec2::input::DescribeNetworkAcls;
use wire::ec2::output::{
    DescribeNetworkAclsResult, NetworkAcl, NetworkAclAssociation, NetworkAclEntry,
};

use crate::api::ec2::describe::{Attribute, Described, Wanted, describe};
use crate::api::ec2::show;
use crate::api::operation::{Context, Operation};

impl Operation for DescribeNetworkAcls {
    type Output = DescribeNetworkAclsResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeNetworkAclsResult, ApiError> {
        let DescribeNetworkAcls { next_token, max_results, dry_run, network_acl_ids: ids, filters } =
            self;
        let wanted = Wanted { ids, filters, max_results, next_token, dry_run };
        let acls = cx.driver.read(|engine| {
            let default = |vpc: &Vpc| {
                let subnets = engine.subnets(&vpc.scope).filter(|subnet| subnet.vpc == vpc.id);
                let subnets = subnets.map(|subnet| (subnet.id, subnet.acl_association)).collect();
                DefaultAcl { vpc: vpc.clone(), subnets, tags: Tags::new() }
            };
            engine.vpcs(&cx.scope).map(default).collect()
        });
        let page = describe::<DefaultAcl>(wanted, acls)?;
        Ok(DescribeNetworkAclsResult {
            network_acls: Some(page.items),
            next_token: page.next_token,
        })
    }
}

/// The default ACL of a VPC, and the subnets of the VPC, all of which have it.
struct DefaultAcl {
    vpc: Vpc,
    subnets: Vec<(SubnetId, AclAssociationId)>,
    /// None: it cannot be tagged.
    tags: Tags,
}

/// The entries: whether of what goes out, the number, and what is done.
const ENTRIES: [(bool, i32, &str); 4] =
    [(true, 100, "allow"), (true, 32_767, "deny"), (false, 100, "allow"), (false, 32_767, "deny")];

fn entries(value: fn(&(bool, i32, &str)) -> String) -> Vec<String> {
    ENTRIES.iter().map(value).collect()
}

impl Described for DefaultAcl {
    type Id = AclId;
    type View = NetworkAcl;
    const FILTERS: &'static [Attribute<DefaultAcl>] = &[
        ("association.association-id", |acl| {
            acl.subnets.iter().map(|(_, association)| association.to_string()).collect()
        }),
        ("association.network-acl-id", |acl| vec![acl.vpc.default_acl.to_string()]),
        ("association.subnet-id", |acl| {
            acl.subnets.iter().map(|(subnet, _)| subnet.to_string()).collect()
        }),
        ("default", |_| vec!["true".into()]),
        ("entry.cidr", |_| vec!["0.0.0.0/0".into()]),
        ("entry.egress", |_| entries(|(egress, ..)| egress.to_string())),
        ("entry.icmp.code", |_| vec![]),
        ("entry.icmp.type", |_| vec![]),
        ("entry.ipv6-cidr", |_| vec![]),
        ("entry.port-range.from", |_| vec![]),
        ("entry.port-range.to", |_| vec![]),
        ("entry.protocol", |_| vec!["-1".into()]),
        ("entry.rule-action", |_| entries(|(.., action)| (*action).to_owned())),
        ("entry.rule-number", |_| entries(|(_, number, _)| number.to_string())),
        ("network-acl-id", |acl| vec![acl.vpc.default_acl.to_string()]),
        ("owner-id", |acl| vec![show::owner(&acl.vpc.scope)]),
        ("vpc-id", |acl| vec![acl.vpc.id.to_string()]),
    ];

    fn id(&self) -> AclId {
        self.vpc.default_acl
    }

    fn tags(&self) -> &Tags {
        &self.tags
    }

    fn view(self) -> NetworkAcl {
        let acl = self.vpc.default_acl.to_string();
        let associations = self.subnets.iter().map(|(subnet, association)| NetworkAclAssociation {
            network_acl_association_id: Some(association.to_string()),
            network_acl_id: Some(acl.clone()),
            subnet_id: Some(subnet.to_string()),
        });
        let entries = ENTRIES.iter().map(|(egress, number, action)| NetworkAclEntry {
            cidr_block: Some("0.0.0.0/0".into()),
            egress: Some(*egress),
            protocol: Some("-1".into()),
            rule_action: Some((*action).to_owned()),
            rule_number: Some(*number),
            ..NetworkAclEntry::default()
        });
        NetworkAcl {
            associations: Some(associations.collect()),
            entries: Some(entries.collect()),
            is_default: Some(true),
            network_acl_id: Some(acl),
            tags: Some(show::tags(&self.tags)),
            vpc_id: Some(self.vpc.id.to_string()),
            owner_id: Some(show::owner(&self.vpc.scope)),
        }
    }
}
