//! Internet gateways: the way between a VPC's public addresses and the internet.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::id::{InternetGatewayId, Missing, VpcId};
use crate::base::random::{Random, fresh};
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::noun::Part;
use crate::plan::VpcPlan;
use crate::record::internet_gateway::InternetGateway;
use crate::record::vpc::Vpc;
use crate::record::{Change, Key, Record};

/// `CreateInternetGateway`; answered with the gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    /// The owner.
    pub scope: Scope,
    /// Tags to begin with.
    pub tags: Tags,
}

/// `DeleteInternetGateway`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub gateway: InternetGatewayId,
}

/// `AttachInternetGateway`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attach {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub gateway: InternetGatewayId,
    /// To which VPC, which has none.
    pub vpc: VpcId,
}

/// `DetachInternetGateway`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detach {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub gateway: InternetGatewayId,
    /// From which VPC, in which nothing has a public address.
    pub vpc: VpcId,
}

/// Why a question about internet gateways is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such VPC.
    NoVpc(VpcId),
    /// The scope has no such gateway.
    NoGateway(InternetGatewayId),
    /// The scope has as many gateways as it may.
    TooMany,
    /// The gateway is attached to a VPC.
    InUse(InternetGatewayId),
    /// The gateway is attached to this VPC already.
    Attached(InternetGatewayId, VpcId),
    /// The VPC has a gateway already.
    HasOne(VpcId),
    /// The gateway is not attached to the VPC.
    NotAttached(InternetGatewayId, VpcId),
    /// ENIs of the VPC have public addresses.
    Mapped(VpcId),
}

impl From<Missing<VpcId>> for Refusal {
    fn from(Missing(id): Missing<VpcId>) -> Refusal {
        Refusal::NoVpc(id)
    }
}

impl From<Missing<InternetGatewayId>> for Refusal {
    fn from(Missing(id): Missing<InternetGatewayId>) -> Refusal {
        Refusal::NoGateway(id)
    }
}

impl Ask for Create {
    type Answer = InternetGateway;
    type Refusal = Refusal;
    type Granted = Create;

    fn check(self, engine: &Engine) -> Result<Create, Refusal> {
        // As many as VPCs, like on AWS: each takes one.
        let most = engine.config.limits.vpcs_per_scope as usize;
        let all = engine.network.internet_gateways.values();
        let count = all.filter(|gateway| gateway.scope == self.scope).count();
        if count >= most { Err(Refusal::TooMany) } else { Ok(self) }
    }

    fn apply(
        granted: Create,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> InternetGateway {
        let (network, mut cx) = engine.network_cx(now, out);
        let gateway = network.add_gateway(cx.random, granted.scope, None, granted.tags);
        cx.persist(Vec::from([put(&gateway)]));
        gateway
    }
}

impl Ask for Delete {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = InternetGatewayId;

    fn check(self, engine: &Engine) -> Result<InternetGatewayId, Refusal> {
        let gateway = engine.network.find::<InternetGateway>(&self.scope, self.gateway)?;
        if gateway.vpc.is_some() { Err(Refusal::InUse(gateway.id)) } else { Ok(gateway.id) }
    }

    fn apply(granted: InternetGatewayId, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        network.internet_gateways.remove(&granted).expect("it was found");
        cx.persist(Vec::from([Change::Delete(Key::InternetGateway(granted))]));
    }
}

impl Ask for Attach {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = Attach;

    fn check(self, engine: &Engine) -> Result<Attach, Refusal> {
        let network = &engine.network;
        let gateway = network.find::<InternetGateway>(&self.scope, self.gateway)?;
        network.vpc(&self.scope, self.vpc)?;
        if let Some(vpc) = gateway.vpc {
            return Err(Refusal::Attached(gateway.id, vpc));
        }
        match network.gateway_of(self.vpc) {
            Some(_) => Err(Refusal::HasOne(self.vpc)),
            None => Ok(self),
        }
    }

    fn apply(granted: Attach, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        let change = network.set_gateway(granted.gateway, Some(granted.vpc));
        network.replan_all(&mut cx, granted.vpc);
        cx.persist(Vec::from([change]));
    }
}

impl Ask for Detach {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = Detach;

    fn check(self, engine: &Engine) -> Result<Detach, Refusal> {
        let network = &engine.network;
        let gateway = network.find::<InternetGateway>(&self.scope, self.gateway)?;
        network.vpc(&self.scope, self.vpc)?;
        if gateway.vpc != Some(self.vpc) {
            return Err(Refusal::NotAttached(self.gateway, self.vpc));
        }
        if network.has_public_addresses(self.vpc) {
            Err(Refusal::Mapped(self.vpc))
        } else {
            Ok(self)
        }
    }

    fn apply(granted: Detach, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        let change = network.set_gateway(granted.gateway, None);
        network.replan_all(&mut cx, granted.vpc);
        cx.persist(Vec::from([change]));
    }
}

impl Network {
    /// Makes a gateway, which is not stored yet.
    pub(crate) fn add_gateway(
        &mut self,
        random: &mut Random,
        scope: Scope,
        vpc: Option<VpcId>,
        tags: Tags,
    ) -> InternetGateway {
        let id = fresh(random, &self.internet_gateways, InternetGatewayId);
        let gateway = InternetGateway { id, scope, vpc, tags };
        self.internet_gateways.insert(id, gateway.clone());
        gateway
    }

    fn set_gateway(&mut self, id: InternetGatewayId, vpc: Option<VpcId>) -> Change {
        let gateway = self.internet_gateways.get_mut(&id).expect("it was found");
        gateway.vpc = vpc;
        put(gateway)
    }

    /// The gateway that is attached to a VPC.
    pub(crate) fn gateway_of(&self, vpc: VpcId) -> Option<InternetGatewayId> {
        let mut all = self.internet_gateways.values();
        all.find(|gateway| gateway.vpc == Some(vpc)).map(|gateway| gateway.id)
    }
}

/// What is to be stored of a gateway.
pub(crate) fn put(gateway: &InternetGateway) -> Change {
    Change::Put(Box::new(Record::InternetGateway(gateway.clone())))
}

impl Part for InternetGateway {
    fn keeps_vpc(network: &Network, vpc: &Vpc) -> bool {
        network.gateway_of(vpc.id).is_some()
    }

    fn plan(network: &Network, vpc: &Vpc, plan: &mut VpcPlan) {
        plan.gateway = network.gateway_of(vpc.id);
    }

    fn check(network: &Network) {
        for gateway in network.internet_gateways.values() {
            let Some(vpc) = gateway.vpc else { continue };
            assert_eq!(network.vpcs[&vpc].scope, gateway.scope, "{} and {vpc}", gateway.id);
            assert_eq!(network.gateway_of(vpc), Some(gateway.id), "the one gateway of {vpc}");
        }
    }
}
