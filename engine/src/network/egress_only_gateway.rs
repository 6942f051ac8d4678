//! Egress-only internet gateways: the way by which a VPC's IPv6 addresses reach the internet and are not
//! reached from there.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::id::{EgressOnlyGatewayId, Missing, VpcId};
use crate::base::random::fresh;
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::noun::Part;
use crate::record::egress_only_gateway::EgressOnlyGateway;
use crate::record::vpc::Vpc;
use crate::record::{Change, Key, Record};

/// `CreateEgressOnlyInternetGateway`; answered with the gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    /// The owner.
    pub scope: Scope,
    /// For which VPC.
    pub vpc: VpcId,
    /// Tags to begin with.
    pub tags: Tags,
}

/// `DeleteEgressOnlyInternetGateway`: routes to it become blackholes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub gateway: EgressOnlyGatewayId,
}

/// Why a question about egress-only internet gateways is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such VPC.
    NoVpc(VpcId),
    /// The scope has no such gateway.
    NoGateway(EgressOnlyGatewayId),
    /// The scope has as many gateways as it may.
    TooMany,
}

impl From<Missing<VpcId>> for Refusal {
    fn from(Missing(id): Missing<VpcId>) -> Refusal {
        Refusal::NoVpc(id)
    }
}

impl From<Missing<EgressOnlyGatewayId>> for Refusal {
    fn from(Missing(id): Missing<EgressOnlyGatewayId>) -> Refusal {
        Refusal::NoGateway(id)
    }
}

impl Ask for Create {
    type Answer = EgressOnlyGateway;
    type Refusal = Refusal;
    type Granted = Create;

    fn check(self, engine: &Engine) -> Result<Create, Refusal> {
        engine.network.vpc(&self.scope, self.vpc)?;
        // As many as VPCs, like on AWS: each takes one.
        let most = engine.config.limits.vpcs_per_scope as usize;
        let all = engine.network.egress_only_gateways.values();
        let count = all.filter(|gateway| gateway.scope == self.scope).count();
        if count >= most { Err(Refusal::TooMany) } else { Ok(self) }
    }

    fn apply(
        granted: Create,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> EgressOnlyGateway {
        let (network, mut cx) = engine.network_cx(now, out);
        let Create { scope, vpc, tags } = granted;
        let id = fresh(cx.random, &network.egress_only_gateways, EgressOnlyGatewayId);
        let gateway = EgressOnlyGateway { id, scope, vpc, tags };
        network.egress_only_gateways.insert(id, gateway.clone());
        let record = Record::EgressOnlyGateway(gateway.clone());
        cx.persist(Vec::from([Change::Put(Box::new(record))]));
        gateway
    }
}

impl Ask for Delete {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = EgressOnlyGatewayId;

    fn check(self, engine: &Engine) -> Result<EgressOnlyGatewayId, Refusal> {
        engine.network.find::<EgressOnlyGateway>(&self.scope, self.gateway)?;
        Ok(self.gateway)
    }

    fn apply(
        granted: EgressOnlyGatewayId,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) {
        let (network, mut cx) = engine.network_cx(now, out);
        let gone = network.egress_only_gateways.remove(&granted).expect("it was found");
        network.replan_all(&mut cx, gone.vpc);
        cx.persist(Vec::from([Change::Delete(Key::EgressOnlyGateway(granted))]));
    }
}

impl Part for EgressOnlyGateway {
    fn keeps_vpc(network: &Network, vpc: &Vpc) -> bool {
        network.egress_only_gateways.values().any(|gateway| gateway.vpc == vpc.id)
    }

    fn check(network: &Network) {
        for gateway in network.egress_only_gateways.values() {
            let vpc = &network.vpcs[&gateway.vpc];
            assert_eq!(vpc.scope, gateway.scope, "{} and {}", gateway.id, vpc.id);
        }
    }
}
