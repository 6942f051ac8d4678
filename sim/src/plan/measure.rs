//! Measures of a replay: counts, peaks, series, what ran out, and what led there.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use engine::compute::environment::Environment;
use engine::compute::function;
use engine::effect::{InvokeRefusal, Throttle};
use engine::engine::Engine;
use engine::fetch::Fetch;
use engine::id::{EnvironmentId, FunctionId, SubnetId, Version};
use engine::record::decision::PassedOver;
use engine::record::eni::EniUser;
use engine::record::function::EniModel;
use engine::tell::explain::{Explanation, Subject};
use engine::time::Time;

use super::Setup;
use super::report::{Counts, Exhaustion, FunctionUse, Peak, Report, Series, SubnetUse};
use crate::trace::Trace;

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
    /// MB.
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
    pub(super) fn new((id, version): (FunctionId, Version), memory: u32) -> OfFunction {
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

struct RanOut {
    bound: u64,
    at: Time,
    refused: u64,
    passed_over: u64,
    because: Explanation,
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

fn title(eni_model: &str, keep_alive: &str, layout: &[String]) -> String {
    let layout = if layout.is_empty() { "no subnets".to_owned() } else { layout.join(" ") };
    format!("{eni_model}, keep-alive {keep_alive}, {layout}")
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
            of.cold += 1;
            self.counts.cold += 1;
            if let Some(cold) = self.cold.last_mut() {
                *cold += 1;
            }
            self.runs(now, function);
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

    /// Counts the subnets that were passed over for an environment.
    fn failed_over(&mut self, now: Time, id: EnvironmentId, engine: &Engine) {
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
        super::layout::subnet(name)
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
    fn is_full(&mut self, now: Time, at: usize, id: EnvironmentId, engine: &Engine) {
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
                Some(EniUser::Customer | EniUser::Resource(_)) | None => "others than functions",
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

    fn count_refused(&mut self, function: u32) {
        self.functions[function as usize].refused += 1;
        if let Some(refused) = self.refused.last_mut() {
            *refused += 1;
        }
    }

    /// A call of a function that could not be made.
    pub(super) fn not_made(
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

    pub(super) fn refused(
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

    /// What it all came to.
    pub(super) fn report(
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
