//! Analyses of paths: what was found of one when somebody asked, and is kept.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use crate::ask::Ask;
use crate::base::id::{InsightsAnalysisId, InsightsPathId, Missing};
use crate::base::random::fresh;
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::noun::Part;
use crate::record::insights_analysis::InsightsAnalysis;
use crate::record::insights_path::InsightsPath;
use crate::record::{Change, Key, Record};

/// Analyses of a scope that are kept, of which each is some KB; the oldest goes for another (AWS has room
/// for 10,000, and makes no more then).
const ANALYSES: usize = 1_000;
/// How long an analysis is kept (AWS: 120 days).
const KEPT: Duration = Duration::from_secs(120 * 24 * 60 * 60);

/// `StartNetworkInsightsAnalysis`, with what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// The owner.
    pub scope: Scope,
    /// Of which path.
    pub path: InsightsPathId,
    /// Whether there is a way.
    pub found: bool,
    /// What is met, as JSON in the words of AWS.
    pub told: String,
    /// Tags to begin with.
    pub tags: Tags,
}

/// `DeleteNetworkInsightsAnalysis`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub analysis: InsightsAnalysisId,
}

/// Why a question about analyses is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such path.
    NoPath(InsightsPathId),
    /// The scope has no such analysis.
    NoAnalysis(InsightsAnalysisId),
}

impl From<Missing<InsightsPathId>> for Refusal {
    fn from(Missing(id): Missing<InsightsPathId>) -> Refusal {
        Refusal::NoPath(id)
    }
}

impl From<Missing<InsightsAnalysisId>> for Refusal {
    fn from(Missing(id): Missing<InsightsAnalysisId>) -> Refusal {
        Refusal::NoAnalysis(id)
    }
}

impl Ask for Start {
    type Answer = InsightsAnalysis;
    type Refusal = Refusal;
    type Granted = Start;

    fn check(self, engine: &Engine) -> Result<Start, Refusal> {
        engine.network.find::<InsightsPath>(&self.scope, self.path)?;
        Ok(self)
    }

    fn apply(
        granted: Start,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> InsightsAnalysis {
        let (network, mut cx) = engine.network_cx(now, out);
        let mut changes = Vec::new();
        for old in network.old_analyses(&granted.scope, now) {
            network.insights_analyses.remove(&old);
            changes.push(Change::Delete(Key::InsightsAnalysis(old)));
        }
        let id = fresh(cx.random, &network.insights_analyses, InsightsAnalysisId);
        let Start { scope, path, found, told, tags } = granted;
        let analysis = InsightsAnalysis { id, scope, path, started: now, found, told, tags };
        network.insights_analyses.insert(id, analysis.clone());
        changes.push(Change::Put(Box::new(Record::InsightsAnalysis(analysis.clone()))));
        cx.persist(changes);
        analysis
    }
}

impl Ask for Delete {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = InsightsAnalysisId;

    fn check(self, engine: &Engine) -> Result<InsightsAnalysisId, Refusal> {
        Ok(engine.network.find::<InsightsAnalysis>(&self.scope, self.analysis)?.id)
    }

    fn apply(
        granted: InsightsAnalysisId,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) {
        let (network, mut cx) = engine.network_cx(now, out);
        network.insights_analyses.remove(&granted).expect("it was found");
        cx.persist(Vec::from([Change::Delete(Key::InsightsAnalysis(granted))]));
    }
}

impl Network {
    /// Analyses that make room for another: those that were kept for long enough, and the oldest of too
    /// many.
    fn old_analyses(&self, scope: &Scope, now: Time) -> Vec<InsightsAnalysisId> {
        let own = self.insights_analyses.values().filter(|analysis| analysis.scope == *scope);
        let mut by_age: Vec<_> = own.map(|analysis| (analysis.started, analysis.id)).collect();
        by_age.sort_unstable();
        let beyond = (by_age.len() + 1).saturating_sub(ANALYSES);
        let old = by_age.into_iter().enumerate();
        let old = old.filter(|(at, (started, _))| *at < beyond || *started + KEPT <= now);
        old.map(|(_, (_, id))| id).collect()
    }
}

impl Part for InsightsAnalysis {
    fn check(network: &Network) {
        for analysis in network.insights_analyses.values() {
            let path = &network.insights_paths[&analysis.path];
            assert_eq!(path.scope, analysis.scope, "{} and its path", analysis.id);
        }
    }
}
