//! Paths of Reachability Analyzer: from where to where something is to be looked for.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::id::{EniId, InsightsPathId, InternetGatewayId, Missing};
use crate::base::random::fresh;
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::noun::Part;
use crate::record::insights_path::{InsightsPath, PathEnd, PathFilter, PathProtocol};
use crate::record::internet_gateway::InternetGateway;
use crate::record::{Change, Key, Record};

/// Paths of a scope (AWS: 1,000).
const PATHS: usize = 1_000;

/// `CreateNetworkInsightsPath`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    /// The owner.
    pub scope: Scope,
    /// Where it begins.
    pub source: PathEnd,
    /// Where it ends; at an address where there is none.
    pub destination: Option<PathEnd>,
    /// The protocol.
    pub protocol: PathProtocol,
    /// What is said of packets at the source.
    pub at_source: PathFilter,
    /// What is said of them at the destination.
    pub at_destination: PathFilter,
    /// Whether that was said by filters.
    pub by_filters: bool,
    /// Tags to begin with.
    pub tags: Tags,
}

/// `DeleteNetworkInsightsPath`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub path: InsightsPathId,
}

/// Why a question about paths is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such path.
    NoPath(InsightsPathId),
    /// The scope has no such ENI.
    NoEni(EniId),
    /// The scope has no such internet gateway.
    NoGateway(InternetGatewayId),
    /// The scope has as many paths as it may.
    TooMany,
    /// There are analyses of it.
    Analysed(InsightsPathId),
}

impl From<Missing<InsightsPathId>> for Refusal {
    fn from(Missing(id): Missing<InsightsPathId>) -> Refusal {
        Refusal::NoPath(id)
    }
}

impl From<Missing<EniId>> for Refusal {
    fn from(Missing(id): Missing<EniId>) -> Refusal {
        Refusal::NoEni(id)
    }
}

impl From<Missing<InternetGatewayId>> for Refusal {
    fn from(Missing(id): Missing<InternetGatewayId>) -> Refusal {
        Refusal::NoGateway(id)
    }
}

impl Ask for Create {
    type Answer = InsightsPath;
    type Refusal = Refusal;
    type Granted = Create;

    fn check(self, engine: &Engine) -> Result<Create, Refusal> {
        let network = &engine.network;
        for end in [Some(self.source), self.destination].into_iter().flatten() {
            match end {
                PathEnd::Eni(id) => {
                    network.eni(&self.scope, id)?;
                }
                PathEnd::Gateway(id) => {
                    network.find::<InternetGateway>(&self.scope, id)?;
                }
            }
        }
        let own = network.insights_paths.values().filter(|path| path.scope == self.scope);
        if own.count() >= PATHS { Err(Refusal::TooMany) } else { Ok(self) }
    }

    fn apply(
        granted: Create,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> InsightsPath {
        let (network, mut cx) = engine.network_cx(now, out);
        let id = fresh(cx.random, &network.insights_paths, InsightsPathId);
        let Create {
            scope,
            source,
            destination,
            protocol,
            at_source,
            at_destination,
            by_filters,
            tags,
        } = granted;
        let path = InsightsPath {
            id,
            scope,
            source,
            destination,
            protocol,
            at_source,
            at_destination,
            by_filters,
            created: now,
            tags,
        };
        network.insights_paths.insert(id, path.clone());
        cx.persist(Vec::from([Change::Put(Box::new(Record::InsightsPath(path.clone())))]));
        path
    }
}

impl Ask for Delete {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = InsightsPathId;

    fn check(self, engine: &Engine) -> Result<InsightsPathId, Refusal> {
        let path = engine.network.find::<InsightsPath>(&self.scope, self.path)?.id;
        let mut analyses = engine.network.insights_analyses.values();
        match analyses.any(|analysis| analysis.path == path) {
            true => Err(Refusal::Analysed(path)),
            false => Ok(path),
        }
    }

    fn apply(granted: InsightsPathId, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        network.insights_paths.remove(&granted).expect("it was found");
        cx.persist(Vec::from([Change::Delete(Key::InsightsPath(granted))]));
    }
}

// What a path speaks of may go; an analysis then says so.
impl Part for InsightsPath {}
