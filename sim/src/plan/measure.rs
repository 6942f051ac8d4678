//! Measures of a replay, as it goes on: counts, peaks and series.

mod outcome;
mod ran_out;

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use engine::compute::environment::Environment;
use engine::engine::Engine;
use engine::fetch::Fetch;
use engine::id::{EnvironmentId, FunctionId, SubnetId, Version};
use engine::record::eni::EniUser;
use engine::time::Time;

use super::options::Setup;
use super::report::Counts;
use crate::trace::Trace;
use ran_out::RanOut;

/// A value with its highest in each interval and at all.
#[derive(Debug, Default)]
struct Track {
    now: u32,
    most: u32,
    /// When that was first, and for which function.
    at: Time,
    of: u32,
    series: Vec<u32>,
}

impl Track {
    fn put(&mut self, at: Time, function: u32, value: u32) {
        self.now = value;
        if let Some(last) = self.series.last_mut() {
            *last = (*last).max(value);
        }
        if value > self.most {
            (self.most, self.at, self.of) = (value, at, function);
        }
    }

    fn interval(&mut self) {
        self.series.push(self.now);
    }
}

/// What is known and counted of a function: together, for there may be a million of them.
#[derive(Debug, Clone)]
#[repr(align(64))]
pub(super) struct OfFunction {
    /// The engine's function; none's where it could not be made.
    pub(super) id: FunctionId,
    pub(super) version: Version,
    /// Its memory in MB.
    pub(super) memory: u32,
    calls: u32,
    cold: u32,
    refused: u32,
    environments: u32,
    most: u32,
    running: u32,
    gb_seconds: f64,
}

impl OfFunction {
    pub(super) fn new(id: FunctionId, version: Version, memory: u32) -> OfFunction {
        OfFunction {
            id,
            version,
            memory,
            calls: 0,
            cold: 0,
            refused: 0,
            environments: 0,
            most: 0,
            running: 0,
            gb_seconds: 0.0,
        }
    }
}

struct OfSubnet {
    id: SubnetId,
    usable: u32,
    free: u32,
    least: u32,
    least_at: Time,
    series: Vec<u32>,
    full_since: Option<Time>,
    full_first: Option<Time>,
    full: Duration,
}

/// What is counted.
pub(super) struct Measure {
    pub(super) counts: Counts,
    begin: Time,
    interval: u64,
    boundary: Time,
    concurrency: Track,
    environments: Track,
    enis: Track,
    memory: Track,
    calls: Vec<u32>,
    cold: Vec<u32>,
    refused: Vec<u32>,
    subnets: Vec<OfSubnet>,
    /// ENIs that others than functions hold.
    others: u32,
    functions: Vec<OfFunction>,
    names: Vec<String>,
    /// The trace's function of each of the engine's.
    places: HashMap<(FunctionId, Version), u32>,
    ran_out: BTreeMap<String, RanOut>,
    memory_since: Time,
    /// MB-nanoseconds of environments, and of calls.
    held: u128,
    busy: u128,
    vpc_functions: u64,
    is_any_full: bool,
}

fn count(environments: u32) -> String {
    let ending = if environments == 1 { "" } else { "s" };
    format!("{environments} environment{ending}")
}

fn gb_seconds(mb_nanos: u128) -> f64 {
    mb_nanos as f64 / 1024.0 / 1e9
}

impl Measure {
    pub(super) fn new(
        trace: &Trace,
        setup: &Setup,
        engine: &Engine,
        subnets: &[SubnetId],
        functions: Vec<OfFunction>,
        vpc_functions: u64,
    ) -> Measure {
        let intervals = setup.intervals.max(1) as u64;
        let interval = (trace.span.as_nanos() as u64).div_ceil(intervals).max(1_000_000);
        let of_subnets = subnets.iter().map(|id| {
            let subnet = engine.all_subnets().find(|each| each.id == *id).expect("it was made");
            let free = engine.free_addresses(*id);
            OfSubnet {
                id: *id,
                usable: (subnet.cidr.size() as u32).saturating_sub(5),
                free,
                least: free,
                least_at: trace.begin,
                series: Vec::new(),
                full_since: (free == 0).then_some(trace.begin),
                full_first: (free == 0).then_some(trace.begin),
                full: Duration::ZERO,
            }
        });
        let others = engine.all_enis().filter(|eni| eni.user == EniUser::Customer).count() as u32;
        let names = trace.functions.iter().map(|each| each.name.clone()).collect();
        let mut measure = Measure {
            counts: Counts::default(),
            begin: trace.begin,
            interval,
            boundary: trace.begin,
            concurrency: Track::default(),
            environments: Track::default(),
            enis: Track::default(),
            memory: Track::default(),
            calls: Vec::new(),
            cold: Vec::new(),
            refused: Vec::new(),
            subnets: of_subnets.collect(),
            others,
            places: (0u32..).zip(&functions).map(|(at, of)| ((of.id, of.version), at)).collect(),
            functions,
            names,
            ran_out: BTreeMap::new(),
            memory_since: trace.begin,
            held: 0,
            busy: 0,
            vpc_functions,
            is_any_full: false,
        };
        measure.look(trace.begin, 0, engine);
        measure.counts.enis_created = u64::from(measure.enis.now);
        measure.advance(trace.begin);
        measure
    }

    /// Begins the intervals up to this instant.
    fn advance(&mut self, now: Time) {
        while now >= self.boundary {
            for track in
                [&mut self.concurrency, &mut self.environments, &mut self.enis, &mut self.memory]
            {
                track.interval();
            }
            for subnet in &mut self.subnets {
                subnet.series.push(subnet.free);
            }
            for count in [&mut self.calls, &mut self.cold, &mut self.refused] {
                count.push(0);
            }
            self.boundary = Time(self.boundary.0 + self.interval);
        }
    }

    /// Which of the trace's functions an environment is of.
    pub(super) fn place(&self, environment: &Environment, engine: &Engine) -> u32 {
        self.places[&(engine.owner(environment), environment.version())]
    }

    pub(super) fn of(&self, function: u32) -> &OfFunction {
        &self.functions[function as usize]
    }

    /// Fetches from memory what is counted of a function.
    pub(super) fn foresee(&self, function: u32, fetch: impl Fetch) {
        fetch(std::ptr::from_ref(self.of(function)).cast());
    }

    pub(super) fn called(&mut self, now: Time, function: u32) {
        if now >= self.boundary {
            self.advance(now);
        }
        self.counts.calls += 1;
        self.functions[function as usize].calls += 1;
        if let Some(calls) = self.calls.last_mut() {
            *calls += 1;
        }
    }

    /// An idle environment takes a call.
    pub(super) fn reused(&mut self, now: Time, function: u32) {
        self.counts.reused += 1;
        self.runs(now, function);
    }

    fn runs(&mut self, now: Time, function: u32) {
        self.functions[function as usize].running += 1;
        self.concurrency.put(now, function, self.concurrency.now + 1);
    }

    /// A call's nanoseconds, which end by its deadline at the latest.
    pub(super) fn delivered(&mut self, function: u32, nanos: u64) {
        self.busy += u128::from(self.of(function).memory) * u128::from(nanos);
    }

    /// A call begins with an init, in a new environment or in one whose runtime failed.
    pub(super) fn begins_cold(&mut self, now: Time, function: u32) {
        self.functions[function as usize].cold += 1;
        self.counts.cold += 1;
        if let Some(cold) = self.cold.last_mut() {
            *cold += 1;
        }
        self.runs(now, function);
    }

    pub(super) fn started(
        &mut self,
        now: Time,
        function: u32,
        id: EnvironmentId,
        is_for_call: bool,
        engine: &Engine,
    ) {
        self.hold(now);
        self.counts.environments += 1;
        let of = &mut self.functions[function as usize];
        let memory = of.memory;
        of.environments += 1;
        of.most = of.most.max(of.environments);
        if is_for_call {
            self.begins_cold(now, function);
        } else {
            self.counts.prewarmed += 1;
        }
        self.environments.put(now, function, self.environments.now + 1);
        self.memory.put(now, function, self.memory.now + memory);
        if self.is_any_full {
            self.failed_over(now, id, engine);
        }
        let environment = engine.environment(id).expect("it was just started");
        if environment.eni().is_some() {
            let before = self.enis.now;
            let full = self.look(now, function, engine);
            self.counts.enis_created += u64::from(self.enis.now.saturating_sub(before));
            for at in full {
                self.is_full(now, at, id, engine);
            }
        }
    }

    pub(super) fn stopped(&mut self, now: Time, function: u32, life: Duration) {
        self.hold(now);
        self.counts.reaped += 1;
        let of = &mut self.functions[function as usize];
        let memory = of.memory;
        of.environments -= 1;
        of.gb_seconds += gb_seconds(u128::from(memory) * life.as_nanos());
        self.environments.put(now, function, self.environments.now - 1);
        self.memory.put(now, function, self.memory.now - memory);
    }

    pub(super) fn gone(&mut self, now: Time, had_eni: bool, engine: &Engine) {
        if had_eni {
            self.look(now, 0, engine);
        }
    }

    /// Memory that was held until now.
    fn hold(&mut self, now: Time) {
        if now >= self.boundary {
            self.advance(now);
        }
        let span = now - self.memory_since;
        self.held += u128::from(self.memory.now) * span.as_nanos();
        self.memory_since = now;
    }

    /// Looks at the subnets; answers those that have just become full.
    fn look(&mut self, now: Time, function: u32, engine: &Engine) -> Vec<usize> {
        let mut full = Vec::new();
        let mut held = 0;
        self.is_any_full = false;
        for (at, subnet) in self.subnets.iter_mut().enumerate() {
            let free = engine.free_addresses(subnet.id);
            held += subnet.usable - free;
            self.is_any_full |= free == 0;
            if free == subnet.free {
                continue;
            }
            subnet.free = free;
            if let Some(last) = subnet.series.last_mut() {
                *last = (*last).min(free);
            }
            if free < subnet.least {
                (subnet.least, subnet.least_at) = (free, now);
            }
            match (free, subnet.full_since) {
                (0, None) => {
                    subnet.full_since = Some(now);
                    if subnet.full_first.is_none() {
                        subnet.full_first = Some(now);
                        full.push(at);
                    }
                }
                (1.., Some(since)) => {
                    subnet.full += now - since;
                    subnet.full_since = None;
                }
                _ => {}
            }
        }
        let held = held.saturating_sub(self.others);
        self.enis.put(now, function, held);
        full
    }

    pub(super) fn answered(&mut self, now: Time, function: u32, is_late: bool) {
        if now >= self.boundary {
            self.advance(now);
        }
        if is_late {
            self.counts.timed_out += 1;
        } else {
            self.counts.answered += 1;
        }
        self.functions[function as usize].running -= 1;
        self.concurrency.put(now, function, self.concurrency.now - 1);
    }
}
