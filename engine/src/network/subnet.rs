//! Subnets: a block of a VPC in one availability zone.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::cidr::Cidr;
use crate::base::cidr6::Cidr6;
use crate::base::id::{AclAssociationId, Missing, SubnetId, VpcId};
use crate::base::limits::Limits;
use crate::base::random::fresh;
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::address::Pool;
use crate::network::ipv6;
use crate::network::noun::Part;
use crate::plan::{SubnetPlan, VpcPlan};
use crate::record::subnet::{Subnet, SubnetBlock6};
use crate::record::vpc::Vpc;
use crate::record::{Change, Key, Record};

/// `CreateSubnet`; answered with the subnet and its free addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    /// The account and region that it is of.
    pub scope: Scope,
    /// In which VPC.
    pub vpc: VpcId,
    /// Its block, /16 to /28, inside the VPC's and apart from its other subnets'.
    pub cidr: Cidr,
    /// Its IPv6 block, if it is to have one: of /44 to /64 in steps of four, inside one of the VPC's
    /// and apart from its other subnets'.
    pub cidr6: Option<Cidr6>,
    /// The zone's name, known to be one of the region's, for instance `us-east-1a`.
    pub zone: String,
    /// The zone's id, for instance `use1-az1`.
    pub zone_id: String,
    /// Tags to begin with.
    pub tags: Tags,
}

/// `DeleteSubnet`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The account and region that it is of.
    pub scope: Scope,
    /// Which one.
    pub subnet: SubnetId,
}

/// `ModifySubnetAttribute`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modify {
    /// The account and region that it is of.
    pub scope: Scope,
    /// Which one.
    pub subnet: SubnetId,
    /// `MapPublicIpOnLaunch` from now on, if it changes.
    pub map_public: Option<bool>,
    /// `AssignIpv6AddressOnCreation` from now on, if it changes.
    pub assign_ipv6: Option<bool>,
}

/// Why a question about subnets is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such VPC.
    NoVpc(VpcId),
    /// The scope has no such subnet.
    NoSubnet(SubnetId),
    /// The block is not of /16 to /28, or has addresses that no interface can have.
    Size(Cidr),
    /// The block is not inside its VPC's.
    Outside(Cidr),
    /// The block overlaps another subnet's.
    Conflict(Cidr),
    /// Its IPv6 block cannot be.
    Ipv6(ipv6::Refusal),
    /// It has no IPv6 block of which addresses could be assigned.
    NoIpv6Block(SubnetId),
    /// The VPC has as many subnets as it may.
    TooMany,
    /// ENIs hold addresses of it.
    InUse(SubnetId),
}

impl From<Missing<VpcId>> for Refusal {
    fn from(Missing(id): Missing<VpcId>) -> Refusal {
        Refusal::NoVpc(id)
    }
}

impl From<Missing<SubnetId>> for Refusal {
    fn from(Missing(id): Missing<SubnetId>) -> Refusal {
        Refusal::NoSubnet(id)
    }
}

impl Ask for Create {
    type Answer = (Subnet, u32);
    type Refusal = Refusal;
    type Granted = Create;

    fn check(self, engine: &Engine) -> Result<Create, Refusal> {
        engine.network.may_have_subnet(&self, &engine.config.limits).map(|()| self)
    }

    fn apply(
        granted: Create,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> (Subnet, u32) {
        let (network, mut cx) = engine.network_cx(now, out);
        network.create_subnet(&mut cx, granted, false)
    }
}

impl Ask for Delete {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = SubnetId;

    fn check(self, engine: &Engine) -> Result<SubnetId, Refusal> {
        let network = &engine.network;
        network.subnet(&self.scope, self.subnet)?;
        match network.pools[&self.subnet].holders().next() {
            Some(_) => Err(Refusal::InUse(self.subnet)),
            None => Ok(self.subnet),
        }
    }

    fn apply(granted: SubnetId, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        let subnet = network.subnets.remove(&granted).expect("it was found");
        network.pools.remove(&granted);
        let mut changes = Vec::from([Change::Delete(Key::Subnet(granted))]);
        network.subnet_goes(&subnet, &mut changes);
        network.replan_all(&mut cx, subnet.vpc);
        cx.persist(changes);
    }
}

impl Ask for Modify {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = Modify;

    fn check(self, engine: &Engine) -> Result<Modify, Refusal> {
        let subnet = engine.network.subnet(&self.scope, self.subnet)?;
        match self.assign_ipv6 == Some(true) && subnet.block6.is_none() {
            true => Err(Refusal::NoIpv6Block(subnet.id)),
            false => Ok(self),
        }
    }

    fn apply(granted: Modify, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        let subnet = network.subnets.get_mut(&granted.subnet).expect("it was found");
        subnet.map_public = granted.map_public.unwrap_or(subnet.map_public);
        subnet.assign_ipv6 = granted.assign_ipv6.unwrap_or(subnet.assign_ipv6);
        let record = Record::Subnet(subnet.clone());
        cx.persist(Vec::from([Change::Put(Box::new(record))]));
    }
}

impl Part for Subnet {
    fn keeps_vpc(network: &Network, vpc: &Vpc) -> bool {
        network.subnets.values().any(|subnet| subnet.vpc == vpc.id)
    }

    fn plan(network: &Network, vpc: &Vpc, plan: &mut VpcPlan) {
        let subnets = network.subnets.values().filter(|subnet| subnet.vpc == vpc.id);
        let (table, acl) = (vpc.main_route_table, vpc.default_acl);
        let of = |subnet: &Subnet| SubnetPlan {
            subnet: subnet.id,
            cidr: subnet.cidr,
            cidr6: subnet.block6.map(|block| block.cidr),
            table,
            acl,
        };
        plan.subnets = subnets.map(of).collect();
    }
}

impl Network {
    fn may_have_subnet(&self, wanted: &Create, limits: &Limits) -> Result<(), Refusal> {
        let Create { scope, vpc, cidr, cidr6, .. } = wanted;
        let owner = self.vpc(scope, *vpc)?;
        if !(16..=28).contains(&cidr.prefix()) || !cidr.is_usable() {
            return Err(Refusal::Size(*cidr));
        }
        if !self.cidrs_of(owner).any(|block| block.covers(*cidr)) {
            return Err(Refusal::Outside(*cidr));
        }
        let mut siblings = self.subnets.values().filter(|subnet| subnet.vpc == *vpc);
        if siblings.clone().any(|subnet| subnet.cidr.overlaps(*cidr)) {
            return Err(Refusal::Conflict(*cidr));
        }
        if let Some(cidr6) = cidr6 {
            self.may_have_block6(owner, *cidr6).map_err(Refusal::Ipv6)?;
        }
        match siblings.nth(limits.subnets_per_vpc as usize - 1) {
            Some(_) => Err(Refusal::TooMany),
            None => Ok(()),
        }
    }

    /// Makes a subnet, be it the default one of its zone.
    pub(super) fn create_subnet(
        &mut self,
        cx: &mut Cx<'_>,
        wanted: Create,
        is_default: bool,
    ) -> (Subnet, u32) {
        let Create { scope, vpc, cidr, cidr6, zone, zone_id, tags } = wanted;
        let subnet = Subnet {
            id: fresh(cx.random, &self.subnets, SubnetId),
            scope,
            vpc,
            cidr,
            zone,
            zone_id,
            default_for_zone: is_default,
            map_public: is_default,
            block6: cidr6.map(|cidr6| SubnetBlock6::new(cidr6, cx.random)),
            assign_ipv6: false,
            acl_association: AclAssociationId(cx.random.draw()),
            tags,
        };
        let pool = Pool::new(cidr);
        let free = pool.free();
        self.pools.insert(subnet.id, pool);
        self.subnets.insert(subnet.id, subnet.clone());
        self.replan_all(cx, vpc);
        cx.persist(Vec::from([Change::Put(Box::new(Record::Subnet(subnet.clone())))]));
        (subnet, free)
    }
}
