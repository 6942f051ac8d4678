//! Subnets: a block of a VPC in one availability zone.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::cidr::Cidr;
use crate::effect::{Change, Key, Record, Refusal, Reply};
use crate::id::{AclAssociationId, SubnetId, VpcId};
use crate::limits::Limits;
use crate::network::address::Pool;
use crate::network::state::{Done, Outcome, State, fresh};
use crate::node::NodeCommand;
use crate::random::Random;
use crate::scope::{Scope, Tags};

/// A subnet, as it is stored and described.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subnet {
    /// Its id.
    pub id: SubnetId,
    /// Who owns it.
    pub scope: Scope,
    /// Its VPC.
    pub vpc: VpcId,
    /// Its block.
    pub cidr: Cidr,
    /// The availability zone's name, for instance `us-east-1a`.
    pub zone: String,
    /// The availability zone's id, for instance `use1-az1`.
    pub zone_id: String,
    /// Whether it is its zone's default subnet.
    pub default_for_zone: bool,
    /// `MapPublicIpOnLaunch`.
    pub map_public: bool,
    /// The association with the default network ACL.
    pub acl_association: AclAssociationId,
    /// Tags of the subnet.
    pub tags: Tags,
}

/// What may be asked about subnets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubnetRequest {
    /// `CreateSubnet`.
    Create {
        /// The owner.
        scope: Scope,
        /// In which VPC.
        vpc: VpcId,
        /// Its block, /16 to /28, inside the VPC's and apart from its other subnets'.
        cidr: Cidr,
        /// The zone's name and id, known to be one of the region's.
        zone: (String, String),
        /// Tags to begin with.
        tags: Tags,
    },
    /// `DeleteSubnet`.
    Delete {
        /// The owner.
        scope: Scope,
        /// Which one.
        subnet: SubnetId,
    },
    /// `ModifySubnetAttribute`.
    Modify {
        /// The owner.
        scope: Scope,
        /// Which one.
        subnet: SubnetId,
        /// `MapPublicIpOnLaunch`.
        map_public: bool,
    },
}

impl State {
    pub(crate) fn subnet_request(
        &mut self,
        request: SubnetRequest,
        random: &mut Random,
        limits: &Limits,
    ) -> Outcome {
        match request {
            SubnetRequest::Create { scope, vpc, cidr, zone, tags } => {
                self.may_have_subnet(&scope, vpc, cidr, limits)?;
                let (zone, zone_id) = zone;
                let subnet = Subnet {
                    id: fresh(random, &self.subnets, SubnetId),
                    scope,
                    vpc,
                    cidr,
                    zone,
                    zone_id,
                    default_for_zone: false,
                    map_public: false,
                    acl_association: AclAssociationId(random.draw()),
                    tags,
                };
                let pool = Pool::new(cidr);
                let free = pool.free();
                self.pools.insert(subnet.id, pool);
                self.subnets.insert(subnet.id, subnet.clone());
                Ok(Done {
                    changes: Vec::from([Change::Put(Box::new(Record::Subnet(subnet.clone())))]),
                    commands: Vec::from([NodeCommand::PutVpc(self.vpc_plan(vpc))]),
                    reply: Reply::Subnet(subnet, free),
                })
            }
            SubnetRequest::Delete { scope, subnet } => {
                let vpc = self.subnet(&scope, subnet)?.vpc;
                if self.pools[&subnet].holders().next().is_some() {
                    return Err(Refusal::SubnetInUse(subnet));
                }
                self.subnets.remove(&subnet);
                self.pools.remove(&subnet);
                Ok(Done {
                    reply: Reply::Done,
                    changes: Vec::from([Change::Delete(Key::Subnet(subnet))]),
                    commands: Vec::from([NodeCommand::PutVpc(self.vpc_plan(vpc))]),
                })
            }
            SubnetRequest::Modify { scope, subnet, map_public } => {
                self.subnet(&scope, subnet)?;
                let changed = self.subnets.get_mut(&subnet).expect("it was just found");
                changed.map_public = map_public;
                let record = Record::Subnet(changed.clone());
                Ok(Done {
                    reply: Reply::Done,
                    changes: Vec::from([Change::Put(Box::new(record))]),
                    commands: Vec::new(),
                })
            }
        }
    }

    fn may_have_subnet(
        &self,
        scope: &Scope,
        vpc: VpcId,
        cidr: Cidr,
        limits: &Limits,
    ) -> Result<(), Refusal> {
        let block = self.vpc(scope, vpc)?.cidr;
        if !(16..=28).contains(&cidr.prefix()) {
            return Err(Refusal::SubnetSize(cidr));
        }
        if !block.covers(cidr) {
            return Err(Refusal::SubnetOutside(cidr));
        }
        let mut siblings = self.subnets.values().filter(|subnet| subnet.vpc == vpc);
        if siblings.clone().any(|subnet| subnet.cidr.overlaps(cidr)) {
            return Err(Refusal::SubnetConflict(cidr));
        }
        match siblings.nth(limits.subnets_per_vpc as usize - 1) {
            Some(_) => Err(Refusal::Limit("SubnetLimitExceeded")),
            None => Ok(()),
        }
    }
}
