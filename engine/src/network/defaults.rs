//! Default subnets, and default VPCs that are made again.

use alloc::string::String;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::cidr::Cidr;
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::{subnet, vpc};
use crate::record::subnet::Subnet;
use crate::record::vpc::Vpc;

/// `CreateDefaultVpc`: of a scope that has none any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateVpc {
    /// The owner.
    pub scope: Scope,
    /// The region's availability zones, by name and zone id.
    pub zones: Vec<(String, String)>,
}

/// `CreateDefaultSubnet`: of a zone that has none any more; answered with its free addresses too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateSubnet {
    /// The owner.
    pub scope: Scope,
    /// The zone's name.
    pub zone: String,
    /// The zone's id.
    pub zone_id: String,
}

/// Why a default is not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has a default VPC.
    VpcExists,
    /// The scope has no default VPC.
    NoVpc,
    /// The zone has a default subnet.
    SubnetExists(String),
    /// The default VPC has no room for a subnet of its size.
    NoRoom,
    /// The VPC cannot be made.
    Vpc(vpc::Refusal),
    /// The subnet cannot be made.
    Subnet(subnet::Refusal),
}

/// The length of a default subnet's prefix.
const PREFIX: u8 = 20;

impl Ask for CreateVpc {
    type Answer = Vpc;
    type Refusal = Refusal;
    type Granted = Result<Vpc, vpc::CreateDefault>;

    fn check(self, engine: &Engine) -> Result<Self::Granted, Refusal> {
        if engine.network.default_vpc(&self.scope).is_some() {
            return Err(Refusal::VpcExists);
        }
        let CreateVpc { scope, zones } = self;
        vpc::CreateDefault { scope, zones }.check(engine).map_err(Refusal::Vpc)
    }

    fn apply(
        granted: Self::Granted,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> Vpc {
        vpc::CreateDefault::apply(granted, engine, now, out)
    }
}

impl Ask for CreateSubnet {
    type Answer = (Subnet, u32);
    type Refusal = Refusal;
    type Granted = subnet::Create;

    fn check(self, engine: &Engine) -> Result<subnet::Create, Refusal> {
        let CreateSubnet { scope, zone, zone_id } = self;
        let network = &engine.network;
        let vpc = network.default_vpc(&scope).ok_or(Refusal::NoVpc)?;
        let subnets = || network.subnets.values().filter(|subnet| subnet.vpc == vpc.id);
        if subnets().any(|subnet| subnet.default_for_zone && subnet.zone == zone) {
            return Err(Refusal::SubnetExists(zone));
        }
        let size = 1u64 << (32 - PREFIX);
        let blocks = (0..vpc.cidr.size() / size)
            .filter_map(|nth| Cidr::containing(vpc.cidr.nth(nth * size)?, PREFIX));
        let mut free = blocks.filter(|block| !subnets().any(|subnet| subnet.cidr.overlaps(*block)));
        let cidr = free.next().ok_or(Refusal::NoRoom)?;
        let (vpc, tags) = (vpc.id, Tags::new());
        let create = subnet::Create { scope, vpc, cidr, cidr6: None, zone, zone_id, tags };
        create.check(engine).map_err(Refusal::Subnet)
    }

    fn apply(
        granted: subnet::Create,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> (Subnet, u32) {
        let (network, mut cx) = engine.network_cx(now, out);
        network.create_subnet(&mut cx, granted, true)
    }
}
