//! Flow logs: who wants to be told of the packets of which ENIs.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::id::{EniId, FlowLogId, SubnetId, VpcId};
use crate::base::random::fresh;
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::noun::Part;
use crate::plan::VpcPlan;
use crate::record::flow_log::{Destination, FlowLog, Traffic, Watched};
use crate::record::subnet::Subnet;
use crate::record::vpc::Vpc;
use crate::record::{Change, Key, Record};

/// Flow logs of one VPC, subnet or ENI (AWS: 2).
pub const FLOW_LOGS_OF_ONE: usize = 2;

/// `CreateFlowLogs` for one of its resources; answered with the flow log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    /// The owner.
    pub scope: Scope,
    /// Whose flows it is to tell of.
    pub of: Watched,
    /// Which of them.
    pub traffic: Traffic,
    /// Where to.
    pub destination: Destination,
    /// How a flow is told.
    pub format: String,
    /// How many seconds one record is of, at the most.
    pub interval: u32,
    /// Tags to begin with.
    pub tags: Tags,
}

/// `DeleteFlowLogs`: all of them or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The owner.
    pub scope: Scope,
    /// Which ones.
    pub logs: Vec<FlowLogId>,
}

/// Why a question about flow logs is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such VPC.
    NoVpc(VpcId),
    /// The scope has no such subnet.
    NoSubnet(SubnetId),
    /// The scope has no such ENI.
    NoEni(EniId),
    /// The scope has no such flow logs.
    NoLogs(Vec<FlowLogId>),
    /// There is one already that tells the same, to the same place.
    Exists,
    /// What it is to tell of has as many as it may.
    TooMany(Watched),
}

impl Ask for Create {
    type Answer = FlowLog;
    type Refusal = Refusal;
    type Granted = Create;

    fn check(self, engine: &Engine) -> Result<Create, Refusal> {
        let network = &engine.network;
        let missing = match self.of {
            Watched::Vpc(id) => network.vpc(&self.scope, id).is_err().then_some(Refusal::NoVpc(id)),
            Watched::Subnet(id) => {
                network.subnet(&self.scope, id).is_err().then_some(Refusal::NoSubnet(id))
            }
            Watched::Eni(id) => network.eni(&self.scope, id).is_err().then_some(Refusal::NoEni(id)),
        };
        if let Some(missing) = missing {
            return Err(missing);
        }
        let of_it = network.flow_logs.values().filter(|log| log.of == self.of);
        let is_same = |log: &FlowLog| {
            log.traffic == self.traffic && log.destination.is_same(&self.destination)
        };
        if of_it.clone().any(is_same) {
            return Err(Refusal::Exists);
        }
        match of_it.count() >= FLOW_LOGS_OF_ONE {
            true => Err(Refusal::TooMany(self.of)),
            false => Ok(self),
        }
    }

    fn apply(granted: Create, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) -> FlowLog {
        let (network, mut cx) = engine.network_cx(now, out);
        let Create { scope, of, traffic, destination, format, interval, tags } = granted;
        let id = fresh(cx.random, &network.flow_logs, FlowLogId);
        let log =
            FlowLog { id, scope, of, traffic, destination, format, interval, created: now, tags };
        network.flow_logs.insert(id, log.clone());
        network.measure(&mut cx, of);
        cx.persist(Vec::from([Change::Put(Box::new(Record::FlowLog(log.clone())))]));
        log
    }
}

impl Ask for Delete {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = Vec<FlowLogId>;

    fn check(self, engine: &Engine) -> Result<Vec<FlowLogId>, Refusal> {
        let is_missing = |id: &FlowLogId| engine.network.find::<FlowLog>(&self.scope, *id).is_err();
        let missing: Vec<FlowLogId> =
            self.logs.iter().copied().filter(|id| is_missing(id)).collect();
        if missing.is_empty() { Ok(self.logs) } else { Err(Refusal::NoLogs(missing)) }
    }

    fn apply(granted: Vec<FlowLogId>, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        let mut changes = Vec::new();
        for id in granted {
            // One may be named twice.
            let Some(log) = network.flow_logs.remove(&id) else { continue };
            network.measure(&mut cx, log.of);
            changes.push(Change::Delete(Key::FlowLog(id)));
        }
        cx.persist(changes);
    }
}

impl Destination {
    /// Whether two are one place, whoever brings something there.
    fn is_same(&self, other: &Destination) -> bool {
        match (self, other) {
            (Destination::Group { name, .. }, Destination::Group { name: other, .. }) => {
                name == other
            }
            (Destination::Bucket { arn, .. }, Destination::Bucket { arn: other, .. }) => {
                arn == other
            }
            _ => false,
        }
    }
}

impl Network {
    /// The VPC that a flow log tells of.
    fn watched_vpc(&self, of: Watched) -> Option<VpcId> {
        match of {
            Watched::Vpc(id) => Some(id),
            Watched::Subnet(id) => self.subnets.get(&id).map(|subnet| subnet.vpc),
            Watched::Eni(id) => self.enis.get(&id).map(|eni| eni.vpc),
        }
    }

    /// Has the node measure flows where somebody wants to be told of them.
    fn measure(&mut self, cx: &mut Cx<'_>, of: Watched) {
        let Some(vpc) = self.watched_vpc(of) else { return };
        let is_metered = self.is_metered(vpc);
        if self.planned(vpc).is_metered != is_metered {
            self.replan(cx, vpc, |plan| plan.is_metered = is_metered);
        }
    }

    fn is_metered(&self, vpc: VpcId) -> bool {
        self.flow_logs.values().any(|log| self.watched_vpc(log.of) == Some(vpc))
    }

    /// Removes the flow logs of what is gone.
    pub(crate) fn watch_no_more(&mut self, of: Watched, changes: &mut Vec<Change>) {
        let gone: Vec<FlowLogId> =
            self.flow_logs.values().filter(|log| log.of == of).map(|log| log.id).collect();
        for id in gone {
            self.flow_logs.remove(&id);
            changes.push(Change::Delete(Key::FlowLog(id)));
        }
    }

    /// Removes the flow logs of an ENI that is gone from its VPC, which may be measured no longer.
    pub(crate) fn eni_is_unwatched(
        &mut self,
        cx: &mut Cx<'_>,
        (eni, vpc): (EniId, VpcId),
        changes: &mut Vec<Change>,
    ) {
        let before = self.flow_logs.len();
        self.watch_no_more(Watched::Eni(eni), changes);
        if self.flow_logs.len() != before {
            self.measure(cx, Watched::Vpc(vpc));
        }
    }
}

impl Engine {
    /// The flow logs that tell of flows of a VPC.
    pub fn flow_logs_of(&self, vpc: VpcId) -> impl Iterator<Item = &FlowLog> {
        let network = &self.network;
        network.flow_logs.values().filter(move |log| network.watched_vpc(log.of) == Some(vpc))
    }

    /// A VPC as the node was told last, if it is there.
    pub fn vpc_plan(&self, vpc: VpcId) -> Option<&VpcPlan> {
        self.network.plans.contains_key(&vpc).then(|| self.network.planned(vpc))
    }

    /// All flow logs there are.
    pub fn all_flow_logs(&self) -> impl Iterator<Item = &FlowLog> {
        self.network.flow_logs.values()
    }
}

impl Part for FlowLog {
    fn vpc_goes(network: &mut Network, vpc: &Vpc, changes: &mut Vec<Change>) {
        network.watch_no_more(Watched::Vpc(vpc.id), changes);
    }

    fn subnet_goes(network: &mut Network, subnet: &Subnet, changes: &mut Vec<Change>) {
        network.watch_no_more(Watched::Subnet(subnet.id), changes);
    }

    fn plan(network: &Network, vpc: &Vpc, plan: &mut VpcPlan) {
        plan.is_metered = network.is_metered(vpc.id);
    }

    fn check(network: &Network) {
        for log in network.flow_logs.values() {
            assert!(network.watched_vpc(log.of).is_some(), "{} tells of nothing", log.id);
        }
    }
}
