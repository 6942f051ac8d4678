//! IPv6 blocks of VPCs and subnets: given from the installation's own, and taken back.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::cidr6::Cidr6;
use crate::base::id::{CidrAssociationId, Missing, SubnetCidrAssociationId, SubnetId, VpcId};
use crate::base::limits::{IPV6_ADDRESSES, IPV6_BLOCKS_PER_VPC, IPV6_PREFIX};
use crate::base::random::Random;
use crate::base::scope::Scope;
use crate::base::time::Time;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::record::subnet::{Subnet, SubnetBlock6};
use crate::record::vpc::{Block6, Vpc};
use crate::record::{Change, Record};

/// `AssociateVpcCidrBlock` with a block of Amazon's; answered with the block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssociateVpc {
    /// The owner.
    pub scope: Scope,
    /// With which VPC.
    pub vpc: VpcId,
}

/// `DisassociateVpcCidrBlock`; answered with the VPC and the block that it had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisassociateVpc {
    /// The owner.
    pub scope: Scope,
    /// Which association.
    pub association: CidrAssociationId,
}

/// `AssociateSubnetCidrBlock`; answered with the block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssociateSubnet {
    /// The owner.
    pub scope: Scope,
    /// With which subnet.
    pub subnet: SubnetId,
    /// Which block.
    pub cidr: Cidr6,
}

/// `DisassociateSubnetCidrBlock`; answered with the subnet and the block that it had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisassociateSubnet {
    /// The owner.
    pub scope: Scope,
    /// Which association.
    pub association: SubnetCidrAssociationId,
}

/// Why a question about IPv6 blocks is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such VPC.
    NoVpc(VpcId),
    /// The scope has no such subnet.
    NoSubnet(SubnetId),
    /// No VPC of the scope has this association.
    NoVpcAssociation(CidrAssociationId),
    /// It is that of a VPC's primary IPv4 block.
    Primary(CidrAssociationId),
    /// No subnet of the scope has this association.
    NoSubnetAssociation(SubnetCidrAssociationId),
    /// The installation has no block left.
    NoneLeft,
    /// The VPC has as many IPv6 blocks as it may.
    TooMany(VpcId),
    /// The subnet has an IPv6 block.
    HasOne(SubnetId),
    /// The block is not of a size that a subnet can have, or not inside its VPC's.
    Range(Cidr6),
    /// The block overlaps another subnet's.
    Conflict(Cidr6),
    /// Subnets have blocks of it, or ENIs addresses.
    InUse(Cidr6),
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

impl Ask for AssociateVpc {
    type Answer = Block6;
    type Refusal = Refusal;
    type Granted = VpcId;

    fn check(self, engine: &Engine) -> Result<VpcId, Refusal> {
        let vpc = engine.network.vpc(&self.scope, self.vpc)?;
        if vpc.blocks6.len() >= IPV6_BLOCKS_PER_VPC {
            return Err(Refusal::TooMany(vpc.id));
        }
        if engine.network.has_block6_free() { Ok(vpc.id) } else { Err(Refusal::NoneLeft) }
    }

    fn apply(granted: VpcId, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) -> Block6 {
        let (network, mut cx) = engine.network_cx(now, out);
        let block = network.draw_block6(cx.random);
        let vpc = network.vpcs.get_mut(&granted).expect("it was found");
        vpc.blocks6.push(block);
        let vpc = vpc.clone();
        let mut changes = Vec::from([Change::Put(Box::new(Record::Vpc(vpc.clone())))]);
        network.open_default_acl(&vpc, &mut changes);
        network.replan_all(&mut cx, granted);
        network.open_default_group(&mut cx, &vpc);
        cx.persist(changes);
        block
    }
}

impl Ask for DisassociateVpc {
    type Answer = (VpcId, Block6);
    type Refusal = Refusal;
    type Granted = (VpcId, Block6);

    fn check(self, engine: &Engine) -> Result<(VpcId, Block6), Refusal> {
        let network = &engine.network;
        let own = || network.vpcs.values().filter(|vpc| vpc.scope == self.scope);
        if own().any(|vpc| vpc.cidr_association == self.association) {
            return Err(Refusal::Primary(self.association));
        }
        let is_it = |block: &&Block6| block.association == self.association;
        let found = own().find_map(|vpc| Some((vpc.id, *vpc.blocks6.iter().find(is_it)?)));
        let (vpc, block) = found.ok_or(Refusal::NoVpcAssociation(self.association))?;
        let mut subnets = network.subnets.values().filter_map(|subnet| subnet.block6);
        match subnets.any(|subnet| block.cidr.covers(subnet.cidr)) {
            true => Err(Refusal::InUse(block.cidr)),
            false => Ok((vpc, block)),
        }
    }

    fn apply(
        (id, block): (VpcId, Block6),
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> (VpcId, Block6) {
        let (network, mut cx) = engine.network_cx(now, out);
        let vpc = network.vpcs.get_mut(&id).expect("it was found");
        vpc.blocks6.retain(|each| *each != block);
        let record = Record::Vpc(vpc.clone());
        network.replan_all(&mut cx, id);
        cx.persist(Vec::from([Change::Put(Box::new(record))]));
        (id, block)
    }
}

impl Ask for AssociateSubnet {
    type Answer = SubnetBlock6;
    type Refusal = Refusal;
    type Granted = (SubnetId, Cidr6);

    fn check(self, engine: &Engine) -> Result<(SubnetId, Cidr6), Refusal> {
        let network = &engine.network;
        let subnet = network.subnet(&self.scope, self.subnet)?;
        if subnet.block6.is_some() {
            return Err(Refusal::HasOne(subnet.id));
        }
        network.may_have_block6(&network.vpcs[&subnet.vpc], self.cidr)?;
        Ok((self.subnet, self.cidr))
    }

    fn apply(
        (id, cidr): (SubnetId, Cidr6),
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> SubnetBlock6 {
        let block = SubnetBlock6::new(cidr, &mut engine.random);
        engine.change_subnet(now, out, id, |subnet| subnet.block6 = Some(block));
        block
    }
}

impl Ask for DisassociateSubnet {
    type Answer = (SubnetId, SubnetBlock6);
    type Refusal = Refusal;
    type Granted = (SubnetId, SubnetBlock6);

    fn check(self, engine: &Engine) -> Result<(SubnetId, SubnetBlock6), Refusal> {
        let network = &engine.network;
        let own = network.subnets.values().filter(|subnet| subnet.scope == self.scope);
        let mut found = own.filter_map(|subnet| Some((subnet.id, subnet.block6?)));
        let found = found.find(|(_, block)| block.association == self.association);
        let (subnet, block) = found.ok_or(Refusal::NoSubnetAssociation(self.association))?;
        match network.is_held6(block.cidr) {
            true => Err(Refusal::InUse(block.cidr)),
            false => Ok((subnet, block)),
        }
    }

    fn apply(
        (id, block): (SubnetId, SubnetBlock6),
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> (SubnetId, SubnetBlock6) {
        engine.change_subnet(now, out, id, |subnet| {
            subnet.block6 = None;
            subnet.assign_ipv6 = false;
        });
        (id, block)
    }
}

impl SubnetBlock6 {
    /// A block that comes to be a subnet's.
    pub(crate) fn new(cidr: Cidr6, random: &mut Random) -> SubnetBlock6 {
        SubnetBlock6 { cidr, association: SubnetCidrAssociationId(random.draw()) }
    }
}

impl Engine {
    fn change_subnet(
        &mut self,
        now: Time,
        out: &mut dyn EffectSink,
        id: SubnetId,
        change: impl FnOnce(&mut Subnet),
    ) {
        let (network, mut cx) = self.network_cx(now, out);
        let subnet = network.subnets.get_mut(&id).expect("it was found");
        change(subnet);
        let (vpc, record) = (subnet.vpc, Record::Subnet(subnet.clone()));
        network.replan_all(&mut cx, vpc);
        cx.persist(Vec::from([Change::Put(Box::new(record))]));
    }
}

/// The installation's block, and how many blocks of VPCs are of it. The first and the last are no VPC's: routers
/// and slots behind shared ENIs have addresses of it.
pub(super) fn installation() -> (Cidr6, u64) {
    let (base, prefix) = IPV6_ADDRESSES;
    let block = Cidr6::containing(base, prefix).expect("it is a block");
    (block, (1 << (IPV6_PREFIX - prefix)) - 2)
}

impl Network {
    fn blocks6(&self) -> impl Iterator<Item = Cidr6> + '_ {
        self.vpcs.values().flat_map(|vpc| &vpc.blocks6).map(|block| block.cidr)
    }

    /// Whether the installation has an IPv6 block left for a VPC.
    pub(crate) fn has_block6_free(&self) -> bool {
        (self.blocks6().count() as u64) < installation().1
    }

    /// A block for a VPC, of which one is left: of all VPCs of all scopes none has the same, so that
    /// what is global on AWS is so here.
    pub(crate) fn draw_block6(&self, random: &mut Random) -> Block6 {
        let taken: BTreeSet<Cidr6> = self.blocks6().collect();
        let (block, count) = installation();
        let first = random.draw() % count;
        let places = (0..count).map(|step| (first + step) % count);
        let mut parts = places.filter_map(|at| block.part(IPV6_PREFIX, at + 1));
        let cidr = parts.find(|part| !taken.contains(part)).expect("one was free");
        Block6 { cidr, association: CidrAssociationId(random.draw()) }
    }

    /// Whether a subnet of a VPC can have an IPv6 block.
    pub(crate) fn may_have_block6(&self, vpc: &Vpc, cidr: Cidr6) -> Result<(), Refusal> {
        let is_size = (44..=64).contains(&cidr.prefix()) && cidr.prefix().is_multiple_of(4);
        if !is_size || !vpc.blocks6.iter().any(|block| block.cidr.covers(cidr)) {
            return Err(Refusal::Range(cidr));
        }
        let siblings = self.subnets.values().filter(|subnet| subnet.vpc == vpc.id);
        let mut siblings = siblings.filter_map(|subnet| subnet.block6);
        match siblings.any(|other| other.cidr.overlaps(cidr)) {
            true => Err(Refusal::Conflict(cidr)),
            false => Ok(()),
        }
    }
}
