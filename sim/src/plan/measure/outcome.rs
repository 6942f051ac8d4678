//! What the measures of a replay came to: its report.

use engine::engine::Engine;
use engine::record::function::EniModel;
use engine::time::Time;

use super::{Measure, Track, count, gb_seconds};
use crate::plan::options::Setup;
use crate::plan::report::{Exhaustion, FunctionUse, Peak, Report, Series, SubnetUse};
use crate::trace::Trace;

fn title(eni_model: &str, keep_alive: &str, layout: &[String]) -> String {
    let layout = if layout.is_empty() { "no subnets".to_owned() } else { layout.join(" ") };
    format!("{eni_model}, keep-alive {keep_alive}, {layout}")
}

impl Measure {
    /// What it all came to.
    pub(in crate::plan) fn report(
        mut self,
        setup: &Setup,
        trace: &Trace,
        end: Time,
        steps: u64,
        hash: u64,
        engine: &Engine,
    ) -> Report {
        self.hold(end);
        for environment in engine.environments() {
            let at = self.place(environment, engine) as usize;
            let life = end - environment.story().created;
            let of = &mut self.functions[at];
            of.gb_seconds += gb_seconds(u128::from(of.memory) * life.as_nanos());
        }
        for subnet in &mut self.subnets {
            if let Some(since) = subnet.full_since {
                subnet.full += end - since;
            }
        }
        let intervals = self.calls.len().saturating_sub(1).max(1);
        let cut = |mut values: Vec<u32>| {
            values.truncate(intervals);
            values
        };
        let eni_model = match setup.eni_model {
            EniModel::Classic => "classic",
            EniModel::Hyperplane => "hyperplane",
        };
        let keep_alive = setup.keep_alive();
        let layout = setup.layout.subnets.iter().map(|each| format!("{}={}", each.name, each.cidr));
        let layout: Vec<_> = layout.collect();
        let peaks = self.peaks(setup);
        let exhaustions = self.exhaustions();
        let subnets = self.subnet_uses(setup);
        let functions_by_cost = self.by_cost();
        Report {
            title: title(eni_model, &keep_alive, &layout),
            eni_model,
            keep_alive,
            functions: self.functions.len() as u64,
            vpc_functions: self.vpc_functions,
            begin: self.begin.millis(),
            seconds: trace.span.as_secs_f64(),
            busy_gb_seconds: gb_seconds(self.busy),
            idle_gb_seconds: gb_seconds(self.held.saturating_sub(self.busy)),
            peaks,
            exhaustions,
            subnets,
            functions_by_cost,
            series: Series {
                interval: self.interval as f64 / 1e9,
                concurrency: cut(self.concurrency.series),
                environments: cut(self.environments.series),
                enis: cut(self.enis.series),
                free: self.subnets.iter_mut().map(|s| cut(std::mem::take(&mut s.series))).collect(),
                calls: cut(self.calls),
                cold: cut(self.cold),
                refused: cut(self.refused),
                memory: cut(self.memory.series).iter().map(|mb| f64::from(*mb) / 1024.0).collect(),
            },
            advice: Vec::new(),
            counts: self.counts,
            steps,
            hash: format!("{hash:016x}"),
        }
    }

    fn since(&self, at: Time) -> f64 {
        (at - self.begin).as_secs_f64()
    }

    fn peaks(&self, setup: &Setup) -> Vec<Peak> {
        let name = |at: u32| self.names.get(at as usize).map_or("", String::as_str);
        let most = |at: u32| self.functions.get(at as usize).map_or(0, |of| of.most);
        let peak = |of: &str, track: &Track, bound, unit, cause| Peak {
            of: of.to_owned(),
            value: f64::from(track.most),
            bound,
            unit,
            at: self.since(track.at),
            cause,
        };
        let of = |track: &Track, what: &str| {
            format!("{what} of {}, which had {} at most", name(track.of), count(most(track.of)))
        };
        let limits = &setup.limits;
        let enis = match self.vpc_functions {
            0 => "no function has a VpcConfig".to_owned(),
            _ if self.enis.at <= self.begin => {
                "the functions' (subnet, security-group set) pairs, before the first call".into()
            }
            _ => of(&self.enis, "a further environment"),
        };
        let mut peaks = Vec::from([
            peak(
                "concurrency",
                &self.concurrency,
                Some(f64::from(limits.concurrency)),
                "calls",
                of(&self.concurrency, "a call"),
            ),
            peak(
                "environments",
                &self.environments,
                None,
                "environments",
                of(&self.environments, "a further environment"),
            ),
            peak("ENIs", &self.enis, Some(f64::from(limits.enis_per_vpc)), "ENIs", enis),
        ]);
        let mut memory =
            peak("memory", &self.memory, None, "GB", of(&self.memory, "a further environment"));
        memory.value /= 1024.0;
        peaks.push(memory);
        peaks
    }

    fn exhaustions(&mut self) -> Vec<Exhaustion> {
        let begin = self.begin;
        let mut all: Vec<_> = std::mem::take(&mut self.ran_out)
            .into_iter()
            .map(|(of, ran_out)| Exhaustion {
                of,
                bound: ran_out.bound,
                at: (ran_out.at - begin).as_secs_f64(),
                refused: ran_out.refused,
                passed_over: ran_out.passed_over,
                because: ran_out.because,
            })
            .collect();
        all.sort_by(|one, other| one.at.total_cmp(&other.at));
        all
    }

    fn subnet_uses(&self, setup: &Setup) -> Vec<SubnetUse> {
        let uses = self.subnets.iter().zip(&setup.layout.subnets);
        uses.map(|(of, layout)| {
            let peak = of.usable - of.least;
            SubnetUse {
                name: layout.name.clone(),
                cidr: layout.cidr.to_string(),
                usable: of.usable,
                taken: layout.taken,
                peak,
                peak_at: self.since(of.least_at),
                wanted: peak,
                full_at: of.full_first.map(|at| self.since(at)),
                full_seconds: of.full.as_secs_f64(),
            }
        })
        .collect()
    }

    fn by_cost(&self) -> Vec<FunctionUse> {
        let mut sorted: Vec<usize> = (0..self.functions.len()).collect();
        sorted.sort_by(|one, other| {
            let (one, other) = (&self.functions[*one], &self.functions[*other]);
            other.most.cmp(&one.most).then(other.gb_seconds.total_cmp(&one.gb_seconds))
        });
        sorted
            .into_iter()
            .take(20)
            .map(|at| {
                let of = &self.functions[at];
                FunctionUse {
                    name: self.names[at].clone(),
                    calls: u64::from(of.calls),
                    cold: u64::from(of.cold),
                    refused: u64::from(of.refused),
                    environments: of.most,
                    memory: of.memory,
                    gb_seconds: of.gb_seconds,
                }
            })
            .collect()
    }
}
