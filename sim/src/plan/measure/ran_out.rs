//! What ran out in a replay, and what led there: who held it then, and who was refused.

use std::collections::BTreeMap;

use engine::compute::function;
use engine::effect::{InvokeRefusal, Throttle};
use engine::engine::Engine;
use engine::id::{EnvironmentId, SubnetId};
use engine::record::decision::PassedOver;
use engine::record::eni::EniUser;
use engine::tell::explain::{Explanation, Subject};
use engine::time::Time;

use super::{Measure, OfFunction, OfSubnet, count};
use crate::plan::layout;

/// What ran out: when first, and what came of it.
pub(super) struct RanOut {
    pub(super) bound: u64,
    pub(super) at: Time,
    pub(super) refused: u64,
    pub(super) passed_over: u64,
    pub(super) because: Explanation,
}

impl Measure {
    /// Counts the subnets that were passed over for an environment.
    pub(super) fn failed_over(&mut self, now: Time, id: EnvironmentId, engine: &Engine) {
        let environment = engine.environment(id).expect("it was just started");
        let mut has = false;
        for passed in &environment.story().decision.passed_over {
            let PassedOver::SubnetFull(subnet, held) = passed else { continue };
            has = true;
            let name = self.subnet_name(engine, *subnet);
            let ran_out = self.ran_out_of(now, &name, u64::from(*held), || {
                engine.explain(Subject::Environment(id)).into_iter().collect()
            });
            ran_out.passed_over += 1;
        }
        self.counts.failed_over += u64::from(has);
    }

    fn subnet_name(&self, engine: &Engine, id: SubnetId) -> String {
        let subnet = engine.all_subnets().find(|subnet| subnet.id == id);
        let name = subnet.and_then(|subnet| subnet.tags.get("Name")).map_or("", String::as_str);
        layout::subnet(name)
    }

    fn ran_out_of(
        &mut self,
        now: Time,
        of: &str,
        bound: u64,
        because: impl FnOnce() -> Vec<Explanation>,
    ) -> &mut RanOut {
        self.ran_out.entry(of.to_owned()).or_insert_with(|| RanOut {
            bound,
            at: now,
            refused: 0,
            passed_over: 0,
            because: Explanation::with(format!("{of} ran out at {bound}"), because()),
        })
    }

    /// A subnet has just become full, by the ENI of this environment.
    pub(super) fn is_full(&mut self, now: Time, at: usize, id: EnvironmentId, engine: &Engine) {
        let (subnet, usable) = (self.subnets[at].id, self.subnets[at].usable);
        let name = self.subnet_name(engine, subnet);
        let mut because = self.holders(subnet, engine);
        because.extend(engine.explain(Subject::Environment(id)));
        self.ran_out_of(now, &name, u64::from(usable), || because);
    }

    /// Which functions hold the most of a subnet's addresses.
    fn holders(&self, subnet: SubnetId, engine: &Engine) -> Vec<Explanation> {
        let mut held: BTreeMap<&str, u32> = BTreeMap::new();
        for (_, eni) in engine.holders(subnet) {
            let user = engine.eni_user(eni);
            let name = match user {
                Some(EniUser::Environment(_, function)) => {
                    engine.known_function(*function).map_or("", |known| known.name.as_str())
                }
                Some(EniUser::Pair) => "ENIs that functions share",
                Some(EniUser::Released(_)) => "ENIs that are being released",
                Some(EniUser::Customer | EniUser::Resource(_) | EniUser::NatGateway(_)) | None => {
                    "others than functions"
                }
            };
            *held.entry(name).or_default() += 1;
        }
        let mut held: Vec<_> = held.into_iter().collect();
        held.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
        let all = held.len();
        let mut told: Vec<_> = held
            .iter()
            .take(8)
            .map(|(name, count)| Explanation::with(format!("{name} held {count}"), Vec::new()))
            .collect();
        if all > 8 {
            told.push(Explanation::with(format!("and {} more functions", all - 8), Vec::new()));
        }
        let text = "who held its addresses then".to_owned();
        Vec::from([Explanation::with(text, told)])
    }

    fn count_refused(&mut self, function: u32) {
        self.functions[function as usize].refused += 1;
        if let Some(refused) = self.refused.last_mut() {
            *refused += 1;
        }
    }

    /// A call of a function that could not be made.
    pub(in crate::plan) fn not_made(
        &mut self,
        now: Time,
        function: u32,
        refusal: &function::Refusal,
        engine: &Engine,
    ) {
        self.count_refused(function);
        let name = self.names[function as usize].clone();
        let why = |text: &str| {
            let text = format!("function {name} could not be made: {text}");
            Vec::from([Explanation::with(text, Vec::new())])
        };
        match refusal {
            function::Refusal::SubnetFull(subnet) => {
                self.counts.no_address += 1;
                let of = self.subnet_name(engine, *subnet);
                let usable = self.subnets.iter().find(|each| each.id == *subnet);
                let usable = usable.map_or(0, |each| u64::from(each.usable));
                let because = why("a subnet has no address for the ENI of its pair");
                self.ran_out_of(now, &of, usable, || because).refused += 1;
            }
            function::Refusal::EniLimit => {
                self.counts.eni_limit += 1;
                let bound = u64::from(engine.limits().enis_per_vpc);
                let because = why("the ENIs of its pairs would exceed the quota");
                self.ran_out_of(now, "ENIs per VPC", bound, || because).refused += 1;
            }
            _ => self.counts.refused_otherwise += 1,
        }
    }

    pub(in crate::plan) fn refused(
        &mut self,
        now: Time,
        function: u32,
        refusal: &InvokeRefusal,
        engine: &Engine,
    ) {
        self.count_refused(function);
        let limits = engine.limits();
        let last = || engine.explain_last().into_iter().collect::<Vec<_>>();
        match refusal {
            InvokeRefusal::Throttled(Throttle::Reserved) => {
                self.counts.throttled += 1;
                let name = &self.names[function as usize];
                let of = format!("reserved concurrency of {name}");
                let bound = u64::from(self.functions[function as usize].running);
                self.ran_out_of(now, &of, bound, last).refused += 1;
            }
            InvokeRefusal::Throttled(_) => {
                self.counts.throttled += 1;
                let bound = u64::from(limits.concurrency);
                let busiest = self.busiest();
                let because = || last().into_iter().chain([busiest]).collect();
                self.ran_out_of(now, "concurrency", bound, because).refused += 1;
            }
            InvokeRefusal::SubnetsFull => {
                self.counts.no_address += 1;
                for at in 0..self.subnets.len() {
                    let OfSubnet { id, free, usable, .. } = self.subnets[at];
                    if free == 0 {
                        let name = self.subnet_name(engine, id);
                        self.ran_out_of(now, &name, u64::from(usable), last).refused += 1;
                    }
                }
            }
            InvokeRefusal::EniLimit => {
                self.counts.eni_limit += 1;
                let bound = u64::from(limits.enis_per_vpc);
                let busiest = self.busiest();
                let because = || last().into_iter().chain([busiest]).collect();
                self.ran_out_of(now, "ENIs per VPC", bound, because).refused += 1;
            }
            _ => self.counts.refused_otherwise += 1,
        }
    }

    /// The functions with the most environments now.
    fn busiest(&self) -> Explanation {
        let mut all: Vec<_> =
            (0..self.functions.len()).filter(|at| self.functions[*at].environments > 0).collect();
        all.sort_by_key(|at| (std::cmp::Reverse(self.functions[*at].environments), *at));
        let told = all.iter().take(8).map(|at| {
            let OfFunction { environments, running, .. } = self.functions[*at];
            let text = format!("{} had {}, {running} busy", self.names[*at], count(environments));
            Explanation::with(text, Vec::new())
        });
        Explanation::with("the functions with the most environments then".into(), told.collect())
    }
}
