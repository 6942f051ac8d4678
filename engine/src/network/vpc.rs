//! VPCs: address blocks that belong together, with one implied router.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::base::cidr::Cidr;
use crate::base::id::{
    AclAssociationId, AclId, CidrAssociationId, DhcpOptionsId, GroupId, RouteAssociationId,
    RouteTableId, SubnetId, VpcId,
};
use crate::base::limits::Limits;
use crate::base::random::{Random, fresh};
use crate::base::scope::{Scope, Tags};
use crate::effect::{Refusal, Reply};
use crate::network::address::Pool;
use crate::network::{Done, Network, Outcome, group_plan};
use crate::node::NodeCommand;
use crate::record::group::Group;
use crate::record::subnet::Subnet;
use crate::record::vpc::Vpc;
use crate::record::{Change, Key, Record};

/// What may be asked about VPCs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VpcRequest {
    /// `CreateVpc`.
    Create {
        /// The owner.
        scope: Scope,
        /// The primary block, /16 to /28.
        cidr: Cidr,
        /// Tags to begin with.
        tags: Tags,
    },
    /// A new scope's default VPC: 172.31.0.0/16 with a /20 subnet in each zone. Done already:
    /// answered with the one there is.
    CreateDefault {
        /// The owner.
        scope: Scope,
        /// The region's availability zones, by name and zone id.
        zones: Vec<(String, String)>,
    },
    /// `DeleteVpc`.
    Delete {
        /// The owner.
        scope: Scope,
        /// Which one.
        vpc: VpcId,
    },
    /// `ModifyVpcAttribute`.
    Modify {
        /// The owner.
        scope: Scope,
        /// Which one.
        vpc: VpcId,
        /// `EnableDnsSupport`, if it changes.
        dns_support: Option<bool>,
        /// `EnableDnsHostnames`, if it changes.
        dns_hostnames: Option<bool>,
    },
}

/// The block of a default VPC, and its subnets' prefix.
const DEFAULT_BLOCK: (Ipv4Addr, u8, u8) = (Ipv4Addr::new(172, 31, 0, 0), 16, 20);

impl Network {
    pub(crate) fn vpc_request(
        &mut self,
        request: VpcRequest,
        random: &mut Random,
        limits: &Limits,
    ) -> Outcome {
        match request {
            VpcRequest::Create { scope, cidr, tags } => {
                self.create_vpc(scope, cidr, tags, false, random, limits)
            }
            VpcRequest::CreateDefault { scope, zones } => {
                self.create_default_vpc(scope, zones, random, limits)
            }
            VpcRequest::Delete { scope, vpc } => self.delete_vpc(&scope, vpc),
            VpcRequest::Modify { scope, vpc, dns_support, dns_hostnames } => {
                self.vpc(&scope, vpc)?;
                let changed = self.vpcs.get_mut(&vpc).expect("it was just found");
                changed.dns_support = dns_support.unwrap_or(changed.dns_support);
                changed.dns_hostnames = dns_hostnames.unwrap_or(changed.dns_hostnames);
                let record = Record::Vpc(changed.clone());
                Ok(Done {
                    reply: Reply::Done,
                    changes: Vec::from([Change::Put(Box::new(record))]),
                    commands: Vec::new(),
                })
            }
        }
    }

    fn create_vpc(
        &mut self,
        scope: Scope,
        cidr: Cidr,
        tags: Tags,
        is_default: bool,
        random: &mut Random,
        limits: &Limits,
    ) -> Outcome {
        if !(16..=28).contains(&cidr.prefix()) {
            return Err(Refusal::VpcRange(cidr));
        }
        if self.vpcs.values().filter(|vpc| vpc.scope == scope).count()
            >= limits.vpcs_per_scope as usize
        {
            return Err(Refusal::Limit("VpcLimitExceeded"));
        }
        let id = fresh(random, &self.vpcs, VpcId);
        let group = Group::default_of(id, &scope, fresh(random, &self.groups, GroupId), random);
        let vpc = Vpc {
            id,
            scope,
            cidr,
            cidr_association: CidrAssociationId(random.draw()),
            is_default,
            dns_support: true,
            dns_hostnames: is_default,
            dhcp_options: DhcpOptionsId(random.draw()),
            main_route_table: RouteTableId(random.draw()),
            main_association: RouteAssociationId(random.draw()),
            default_acl: AclId(random.draw()),
            default_group: group.id,
            tags,
        };
        self.vpcs.insert(id, vpc.clone());
        self.groups.insert(group.id, group.clone());
        Ok(Done {
            commands: Vec::from([
                NodeCommand::PutVpc(self.vpc_plan(id)),
                NodeCommand::PutGroup(group_plan(&group)),
            ]),
            changes: Vec::from([
                Change::Put(Box::new(Record::Vpc(vpc.clone()))),
                Change::Put(Box::new(Record::Group(group))),
            ]),
            reply: Reply::Vpc(vpc),
        })
    }

    fn create_default_vpc(
        &mut self,
        scope: Scope,
        zones: Vec<(String, String)>,
        random: &mut Random,
        limits: &Limits,
    ) -> Outcome {
        if let Some(vpc) = self.default_vpc(&scope) {
            return Ok(Done {
                reply: Reply::Vpc(vpc.clone()),
                changes: Vec::new(),
                commands: Vec::new(),
            });
        }
        let (base, prefix, subnet_prefix) = DEFAULT_BLOCK;
        let block = Cidr::containing(base, prefix).expect("the default block is a block");
        let mut done = self.create_vpc(scope.clone(), block, Tags::new(), true, random, limits)?;
        let Reply::Vpc(vpc) = &done.reply else { unreachable!("a VPC was made") };
        let step = 1u64 << (32 - subnet_prefix);
        for (number, (zone, zone_id)) in zones.into_iter().enumerate() {
            let Some(base) = block.nth(number as u64 * step) else { break };
            let cidr = Cidr::containing(base, subnet_prefix).expect("a /20 of the default block");
            let subnet = Subnet {
                id: fresh(random, &self.subnets, SubnetId),
                scope: scope.clone(),
                vpc: vpc.id,
                cidr,
                zone,
                zone_id,
                default_for_zone: true,
                map_public: true,
                acl_association: AclAssociationId(random.draw()),
                tags: Tags::new(),
            };
            done.changes.push(Change::Put(Box::new(Record::Subnet(subnet.clone()))));
            self.pools.insert(subnet.id, Pool::new(cidr));
            self.subnets.insert(subnet.id, subnet);
        }
        done.commands[0] = NodeCommand::PutVpc(self.vpc_plan(vpc.id));
        Ok(done)
    }

    fn delete_vpc(&mut self, scope: &Scope, id: VpcId) -> Outcome {
        let default_group = self.vpc(scope, id)?.default_group;
        let has_subnets = self.subnets.values().any(|subnet| subnet.vpc == id);
        let has_groups =
            self.groups.values().any(|group| group.vpc == id && group.id != default_group);
        if has_subnets || has_groups {
            return Err(Refusal::VpcInUse(id));
        }
        self.vpcs.remove(&id);
        self.groups.remove(&default_group);
        Ok(Done {
            reply: Reply::Done,
            changes: Vec::from([
                Change::Delete(Key::Group(default_group)),
                Change::Delete(Key::Vpc(id)),
            ]),
            commands: Vec::from([
                NodeCommand::DeleteGroup(default_group),
                NodeCommand::DeleteVpc(id),
            ]),
        })
    }
}
