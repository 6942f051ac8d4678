//! Secondary IPv4 blocks of VPCs: given and taken, with what AWS lets stand beside what.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::ask::Ask;
use crate::base::cidr::Cidr;
use crate::base::id::{CidrAssociationId, Missing, VpcId};
use crate::base::limits::BLOCKS_PER_VPC;
use crate::base::scope::Scope;
use crate::base::time::Time;
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::record::peering::PeeringState;
use crate::record::vpc::Vpc;
use crate::record::vpc_block::VpcBlock;
use crate::record::{Change, Key, Record};

/// `AssociateVpcCidrBlock` of an IPv4 block; answered with the block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Associate {
    /// The owner.
    pub scope: Scope,
    /// With which VPC.
    pub vpc: VpcId,
    /// Which block.
    pub cidr: Cidr,
}

/// `DisassociateVpcCidrBlock` of an IPv4 block; answered with the block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disassociate {
    /// The owner.
    pub scope: Scope,
    /// Which association.
    pub association: CidrAssociationId,
}

/// Why a question about blocks of VPCs is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such VPC.
    NoVpc(VpcId),
    /// No VPC of the scope has this association.
    NoAssociation(CidrAssociationId),
    /// It is that of a VPC's primary block.
    Primary(CidrAssociationId),
    /// The block is not of /16 to /28, or has addresses that no interface can have.
    Size(Cidr),
    /// The block is of a range that does not go with that of the VPC's primary one.
    Restricted(Cidr),
    /// The block overlaps another one of the VPC's.
    Overlaps(Cidr),
    /// A route of one of the VPC's tables has the block, or a part of it, as its destination.
    Routed(Cidr, Cidr),
    /// The block overlaps one of a peer's.
    OverlapsPeer(Cidr, VpcId),
    /// The VPC has asked for a connection that is not accepted yet.
    AsksForPeer(VpcId),
    /// The VPC has as many blocks as it may.
    TooMany(VpcId),
    /// Subnets of the VPC are of the block, or routes within it.
    InUse(VpcId, Cidr),
}

impl From<Missing<VpcId>> for Refusal {
    fn from(Missing(id): Missing<VpcId>) -> Refusal {
        Refusal::NoVpc(id)
    }
}

impl Ask for Associate {
    type Answer = VpcBlock;
    type Refusal = Refusal;
    type Granted = Associate;

    fn check(self, engine: &Engine) -> Result<Associate, Refusal> {
        let network = &engine.network;
        let vpc = network.vpc(&self.scope, self.vpc)?;
        network.may_have_block(vpc, self.cidr)?;
        Ok(self)
    }

    fn apply(
        granted: Associate,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> VpcBlock {
        let (network, mut cx) = engine.network_cx(now, out);
        let Associate { vpc, cidr, .. } = granted;
        let block = VpcBlock { association: CidrAssociationId(cx.random.draw()), vpc, cidr };
        network.vpc_blocks.insert(block.association, block);
        network.blocks_changed(&mut cx, vpc);
        cx.persist(Vec::from([Change::Put(Box::new(Record::VpcBlock(block)))]));
        block
    }
}

impl Ask for Disassociate {
    type Answer = VpcBlock;
    type Refusal = Refusal;
    type Granted = VpcBlock;

    fn check(self, engine: &Engine) -> Result<VpcBlock, Refusal> {
        let network = &engine.network;
        let mut own = network.vpcs.values().filter(|vpc| vpc.scope == self.scope);
        if own.any(|vpc| vpc.cidr_association == self.association) {
            return Err(Refusal::Primary(self.association));
        }
        let block = network.vpc_blocks.get(&self.association);
        let block = block.filter(|block| network.vpcs[&block.vpc].scope == self.scope);
        let block = block.ok_or(Refusal::NoAssociation(self.association))?;
        let of_vpc = |vpc: VpcId| vpc == block.vpc;
        let mut subnets = network.subnets.values().filter(|subnet| of_vpc(subnet.vpc));
        let tables = network.route_tables.values().filter(|table| of_vpc(table.vpc));
        let mut routes = tables.flat_map(|table| &table.routes);
        let is_used = subnets.any(|subnet| block.cidr.covers(subnet.cidr))
            || routes.any(|route| block.cidr.covers(route.destination));
        if is_used { Err(Refusal::InUse(block.vpc, block.cidr)) } else { Ok(*block) }
    }

    fn apply(
        granted: VpcBlock,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> VpcBlock {
        let (network, mut cx) = engine.network_cx(now, out);
        network.vpc_blocks.remove(&granted.association);
        network.blocks_changed(&mut cx, granted.vpc);
        cx.persist(Vec::from([Change::Delete(Key::VpcBlock(granted.association))]));
        granted
    }
}

impl Engine {
    /// Whether an association is that of a VPC's secondary IPv4 block.
    pub fn is_vpc_block(&self, association: CidrAssociationId) -> bool {
        self.network.vpc_blocks.contains_key(&association)
    }

    /// The IPv4 blocks of a VPC with their associations, the primary one first.
    pub fn blocks_of<'a>(
        &'a self,
        vpc: &'a Vpc,
    ) -> impl Iterator<Item = (CidrAssociationId, Cidr)> + 'a {
        let others = self.network.vpc_blocks.values().filter(|block| block.vpc == vpc.id);
        let others = others.map(|block| (block.association, block.cidr));
        core::iter::once((vpc.cidr_association, vpc.cidr)).chain(others)
    }
}

impl Network {
    /// The IPv4 blocks of a VPC, the primary one first.
    pub(crate) fn cidrs_of<'a>(&'a self, vpc: &'a Vpc) -> impl Iterator<Item = Cidr> + 'a {
        let others = self.vpc_blocks.values().filter(|block| block.vpc == vpc.id);
        core::iter::once(vpc.cidr).chain(others.map(|block| block.cidr))
    }

    /// Whether a destination is just one of a VPC's blocks: there is a local route to it.
    pub(crate) fn is_block(&self, vpc: VpcId, destination: Cidr) -> bool {
        self.cidrs_of(&self.vpcs[&vpc]).any(|own| own == destination)
    }

    fn may_have_block(&self, vpc: &Vpc, cidr: Cidr) -> Result<(), Refusal> {
        if !(16..=28).contains(&cidr.prefix()) || !cidr.is_usable() {
            return Err(Refusal::Size(cidr));
        }
        if self.cidrs_of(vpc).count() >= BLOCKS_PER_VPC {
            return Err(Refusal::TooMany(vpc.id));
        }
        if self.cidrs_of(vpc).any(|own| own.overlaps(cidr)) {
            return Err(Refusal::Overlaps(cidr));
        }
        if is_restricted(vpc.cidr, cidr) || self.cidrs_of(vpc).any(|own| starts_ten(own, cidr)) {
            return Err(Refusal::Restricted(cidr));
        }
        let tables = self.route_tables.values().filter(|table| table.vpc == vpc.id);
        let mut routes = tables.flat_map(|table| &table.routes);
        if let Some(route) = routes.find(|route| cidr.covers(route.destination)) {
            return Err(Refusal::Routed(cidr, route.destination));
        }
        for peering in self.peerings.values().filter(|it| it.other(vpc.id).is_some()) {
            let other = peering.other(vpc.id).and_then(|other| self.vpcs.get(&other));
            match (&peering.state, other) {
                (PeeringState::Active, Some(other))
                    if self.cidrs_of(other).any(|theirs| theirs.overlaps(cidr)) =>
                {
                    return Err(Refusal::OverlapsPeer(cidr, other.id));
                }
                (PeeringState::Pending, _) if peering.requester == vpc.id => {
                    return Err(Refusal::AsksForPeer(vpc.id));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Has the plans of a VPC and of its peers know its blocks.
    fn blocks_changed(&mut self, cx: &mut Cx<'_>, vpc: VpcId) {
        self.replan_all(cx, vpc);
        let peers: Vec<VpcId> = self.planned(vpc).peers.values().map(|peer| peer.vpc).collect();
        peers.into_iter().for_each(|peer| self.refresh_peers(cx, peer));
    }

    /// Has a VPC that is gone have none.
    pub(crate) fn release_blocks(&mut self, vpc: VpcId, changes: &mut Vec<Change>) {
        let gone = self.vpc_blocks.extract_if(.., |_, block| block.vpc == vpc);
        changes.extend(gone.map(|(association, _)| Change::Delete(Key::VpcBlock(association))));
    }

    /// Checks that blocks are of VPCs, and apart.
    ///
    /// # Panics
    /// When they are not: that is a bug.
    pub(crate) fn check_blocks(&self) {
        for block in self.vpc_blocks.values() {
            let vpc = &self.vpcs[&block.vpc];
            let overlapping = self.cidrs_of(vpc).filter(|other| other.overlaps(block.cidr));
            assert_eq!(overlapping.count(), 1, "{} of {}", block.cidr, block.vpc);
        }
    }
}

/// The private ranges, of which a VPC has blocks of one alone.
const PRIVATE: [([u8; 4], u8); 3] =
    [([10, 0, 0, 0], 8), ([172, 16, 0, 0], 12), ([192, 168, 0, 0], 16)];
/// Such blocks go with no other ones.
const BENCHMARK: ([u8; 4], u8) = ([198, 19, 0, 0], 16);
/// Of the blocks of the second private range, the default VPC's goes with no other ones.
const DEFAULT: ([u8; 4], u8) = ([172, 31, 0, 0], 16);

fn range((base, prefix): ([u8; 4], u8)) -> Cidr {
    Cidr::containing(Ipv4Addr::from(base), prefix).expect("a prefix of at most 32 bits")
}

/// Whether AWS does not let a block stand beside a primary one, by their ranges.
fn is_restricted(primary: Cidr, cidr: Cidr) -> bool {
    let private = |block: Cidr| PRIVATE.into_iter().find(|each| range(*each).covers(block));
    let is_benchmark = |block: Cidr| range(BENCHMARK).covers(block);
    let (of_primary, of_other) = (private(primary), private(cidr));
    match (of_primary, of_other) {
        // Within one range, but for what the default VPC has.
        (Some(own), Some(other)) if own == other => range(DEFAULT).covers(cidr),
        (_, Some(_)) => true,
        (_, None) => is_benchmark(cidr) && !is_benchmark(primary),
    }
}

/// Whether one block is of 10.0.0.0/15 and the other of 10.0.0.0/16, which do not go together.
fn starts_ten(own: Cidr, cidr: Cidr) -> bool {
    range(([10, 0, 0, 0], 15)).covers(own) && range(([10, 0, 0, 0], 16)).covers(cidr)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_go_together_as_on_aws() {
        let block = |text: &str| text.parse::<Cidr>().expect("a block");
        for (primary, other, restricted) in [
            ("10.2.0.0/16", "10.3.0.0/16", false),
            ("10.2.0.0/16", "172.16.0.0/16", true),
            ("10.2.0.0/16", "192.168.0.0/24", true),
            ("10.2.0.0/16", "100.64.0.0/16", false),
            ("10.2.0.0/16", "203.0.113.0/24", false),
            ("10.2.0.0/16", "198.19.0.0/24", true),
            ("10.2.0.0/16", "198.18.0.0/24", false),
            ("172.16.0.0/16", "172.17.0.0/16", false),
            ("172.16.0.0/16", "172.31.0.0/24", true),
            ("172.16.0.0/16", "10.0.0.0/16", true),
            ("192.168.0.0/24", "192.168.1.0/24", false),
            ("192.168.0.0/24", "10.0.0.0/16", true),
            ("100.64.0.0/16", "100.65.0.0/16", false),
            ("100.64.0.0/16", "10.0.0.0/16", true),
            ("100.64.0.0/16", "198.19.0.0/24", true),
            ("203.0.113.0/24", "192.168.0.0/24", true),
            ("198.19.0.0/24", "198.19.1.0/24", false),
            ("198.19.0.0/24", "10.0.0.0/16", true),
            ("198.19.0.0/24", "100.64.0.0/16", false),
        ] {
            assert_eq!(
                is_restricted(block(primary), block(other)),
                restricted,
                "{primary} {other}"
            );
        }
        assert!(starts_ten(block("10.1.0.0/16"), block("10.0.4.0/24")));
        assert!(!starts_ten(block("10.0.0.0/16"), block("10.1.0.0/16")));
        assert!(!starts_ten(block("10.2.0.0/16"), block("10.0.0.0/16")));
    }
}
