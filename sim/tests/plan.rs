//! The planner against what is known beforehand: the Azure sample, and mathematics.

use std::path::PathBuf;
use std::time::Duration;

use engine::function::EniModel;
use engine::keep::KeepAlive;
use engine::limits::Limits;
use sim::plan::layout::Layout;
use sim::plan::report::Report;
use sim::plan::{InVpc, Setup, StartTime, replay};
use sim::trace::azure::Spread;
use sim::trace::{Call, Trace, azure, synthetic};

fn setup() -> Setup {
    Setup {
        layout: Layout::default(),
        reserved: Vec::new(),
        in_vpc: InVpc::None,
        sets: 1,
        eni_model: EniModel::Hyperplane,
        limits: Limits { concurrency: 1_000_000, ..Limits::default() },
        timeout: 900,
        start: StartTime::Fixed(Duration::from_micros(1)),
        seed: 1,
        intervals: 100,
    }
}

fn plan(trace: Trace, setup: &Setup) -> Report {
    replay(trace, setup, &mut |_| {}).expect("it can be planned")
}

fn sample() -> PathBuf {
    let whole = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/data/traces/azure2019-500"
    ));
    if whole.exists() {
        whole
    } else {
        PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/azure"))
    }
}

fn calls(mut trace: Trace) -> Vec<Call> {
    let mut all = Vec::new();
    while trace.arrivals.next(&mut all).expect("it was read") {}
    all
}

#[test]
fn every_spread_has_each_minute_as_the_trace_has_it() {
    for spread in [Spread::Uniform, Spread::Exponential, Spread::Equidistant] {
        let open = |seed| azure::open(&sample(), seed, spread).expect("it is well formed");
        let trace = open(1);
        let (begin, functions, wanted) = (trace.begin, trace.functions.len(), trace.calls);
        assert!(functions != 500 || wanted == 3_037_902, "{wanted} calls");
        let all = calls(trace);
        assert_eq!(all.len() as u64, wanted);
        assert!(all.is_sorted_by_key(|call| call.at), "{spread}");
        assert!(all.iter().all(|call| call.duration >= 1_000));
        let minutes = |all: &[Call]| {
            let mut counts = std::collections::BTreeMap::new();
            for call in all {
                let minute = (call.at - begin).as_secs() / 60;
                *counts.entry((minute, call.function)).or_insert(0u32) += 1;
            }
            counts
        };
        let other = calls(open(2));
        assert_eq!(minutes(&all), minutes(&other), "{spread}");
        assert_ne!(all, other, "{spread}");
        assert_eq!(all, calls(open(1)), "{spread}");
    }
}

/// The mean number of calls that run, by the time that they run.
fn mean_running(report: &Report, mb: f64) -> f64 {
    report.busy_gb_seconds * 1024.0 / mb / report.seconds
}

#[test]
fn occupancy_is_that_of_infinitely_many_servers_and_follows_littles_law() {
    // M/G/∞: Poisson arrivals at rate λ, any durations of mean S: λS run on average, whatever the
    // distribution. Over T seconds the mean's standard deviation is about sqrt(2 λ S² / T) for
    // exponential S; the bounds are five of them.
    for (length, spread) in [("duration=exponential:500ms", 2.0), ("duration=500ms", 1.0)] {
        let text = format!("functions=20,rate=200/s,for=1h,{length}");
        let report = plan(synthetic::open(&text, 11).expect("it is understood"), &setup());
        let (rate, service, seconds) = (200.0, 0.5, 3600.0);
        let bound = 5.0 * f64::sqrt(spread * rate * service * service / seconds);
        let mean = mean_running(&report, 128.0);
        assert!((mean - rate * service).abs() < bound, "{mean} run, {bound} allowed");
        assert_eq!(report.counts.calls, report.counts.answered + running_at_end(&report));
    }
}

fn running_at_end(report: &Report) -> u64 {
    report.counts.calls - report.counts.answered - report.counts.timed_out
}

/// The probability that all of c servers are busy (Erlang's loss formula).
fn erlang_b(load: f64, servers: u32) -> f64 {
    (1..=servers).fold(1.0, |blocked, nth| load * blocked / (f64::from(nth) + load * blocked))
}

#[test]
fn throttles_are_those_of_erlangs_loss_formula() {
    // M/M/c/c: a limit of concurrency refuses what comes while c calls run. The share of those is
    // binomial about Erlang's B, with correlated trials: a bound of 10 % at 720,000 calls.
    for servers in [90, 100, 110] {
        let mut setup = setup();
        setup.limits.concurrency = servers;
        let text = "functions=1,rate=200/s,for=1h,duration=exponential:500ms";
        let report = plan(synthetic::open(text, 12).expect("it is understood"), &setup);
        let share = report.counts.throttled as f64 / report.counts.calls as f64;
        let wanted = erlang_b(100.0, servers);
        assert!(
            (share / wanted - 1.0).abs() < 0.1,
            "{share} refused of {servers}, {wanted} wanted"
        );
    }
}

#[test]
fn cold_starts_of_rare_calls_are_those_of_exponential_gaps() {
    // One function, Poisson at rate λ, calls far shorter than gaps: a call is cold when the gap
    // before it is longer than the keep-alive k, so for a share of exp(-λk).
    let mut setup = setup();
    setup.limits.keep_alive = KeepAlive::Fixed(Duration::from_secs(60));
    setup.limits.age = Duration::from_secs(1_000_000);
    let text = "functions=1,rate=1/m,for=30d,duration=1ms";
    let report = plan(synthetic::open(text, 13).expect("it is understood"), &setup);
    let n = report.counts.calls as f64;
    let (share, wanted) = (report.counts.cold as f64 / n, (-1.0f64).exp());
    let bound = 5.0 * (wanted * (1.0 - wanted) / n).sqrt();
    assert!((share - wanted).abs() < bound, "{share} cold, {wanted} wanted, {bound} allowed");
}

#[test]
fn equal_plans_have_equal_hashes_and_others_not() {
    let run = |seed| {
        let text = "functions=50,rate=100/s,zipf=0.9,for=2m,duration=lognormal:120ms:300ms";
        plan(synthetic::open(text, seed).expect("it is understood"), &setup())
    };
    let (one, two) = (run(1), run(1));
    assert_eq!(one, two);
    assert_ne!(one.hash, run(2).hash);
}
