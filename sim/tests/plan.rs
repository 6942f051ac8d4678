//! The planner against what is known beforehand: the Azure sample, and mathematics.

use std::path::PathBuf;
use std::time::Duration;

use engine::engine::Engine;
use engine::limits::{KeepAlive, Limits};
use sim::plan::report::Report;
use sim::plan::{Decided, InVpc, Setup, StartTime, replay, replay_with};
use sim::trace::azure::Spread;
use sim::trace::{Call, Trace, azure, synthetic};

fn setup() -> Setup {
    Setup {
        in_vpc: InVpc::None,
        limits: Limits { concurrency: 1_000_000, ..Limits::default() },
        start: StartTime::Fixed(Duration::from_micros(1)),
        intervals: 100,
        ..Setup::default()
    }
}

fn plan(trace: Trace, setup: &Setup) -> Report {
    replay(trace, setup, |_| {}, &mut |_| {}).expect("it can be planned")
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

/// Replays, and answers how many calls ran when each n-th call came.
fn sampled(trace: Trace, setup: &Setup, nth: u64) -> (Report, Vec<f64>) {
    let (mut calls, mut found) = (0, Vec::new());
    let mut watch = |_, _, decided, engine: &Engine| {
        let own = match decided {
            Decided::Reused(_) | Decided::Started(_) => 1,
            Decided::Refused(_) => 0,
            Decided::Prewarmed(_) | Decided::Stopped(_) => return,
        };
        calls += 1;
        if calls % nth == 0 {
            let busy = engine.environments().filter(|each| each.request().is_some()).count();
            found.push((busy - own) as f64);
        }
    };
    let report =
        replay_with(trace, setup, |_| {}, &mut |_| {}, &mut watch).expect("it can be planned");
    // The beginning is not what it comes to.
    found.drain(..found.len().min(10));
    (report, found)
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn variance(values: &[f64]) -> f64 {
    let mean = mean(values);
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    squares / (values.len() - 1) as f64
}

#[test]
fn occupancy_is_that_of_infinitely_many_servers_and_follows_littles_law() {
    // M/G/∞: Poisson arrivals at rate λ, any durations of mean S: what an arrival finds running is
    // Poisson distributed with mean λS, whatever the durations' distribution. Arrivals that lie five
    // mean durations apart find numbers that are all but independent, so that the mean of n has the
    // standard deviation sqrt(λS/n), and their variance about λS sqrt(2/n): the bounds are five
    // of each, 1.3 % and 19 %. Little's law: as many run on average as their time in all, divided by
    // that of the trace, for which the bound is five of its own deviations, sqrt(λ E[S²] / T).
    for (length, square) in [("duration=exponential:500ms", 0.5), ("duration=500ms", 0.25)] {
        let text = format!("functions=20,rate=200/s,for=1h,{length}");
        let trace = synthetic::open(&text, 11).expect("it is understood");
        let (report, found) = sampled(trace, &setup(), 500);
        let (load, n, seconds) = (100.0, found.len() as f64, 3600.0);
        let (seen, bound) = (mean(&found), 5.0 * f64::sqrt(load / n));
        assert!((seen - load).abs() < bound, "{seen} run, {bound} allowed");
        assert!(bound < 0.015 * load, "{bound} would allow too much");
        let (spread, bound) = (variance(&found), 5.0 * load * f64::sqrt(2.0 / n));
        assert!((spread - load).abs() < bound, "variance {spread}, {bound} allowed");
        let by_time = report.busy_gb_seconds * 1024.0 / 128.0 / report.seconds;
        let bound = 5.0 * f64::sqrt(200.0 * square / seconds);
        assert!((by_time - load).abs() < bound, "{by_time} by their time, {bound} allowed");
        assert_eq!(report.counts.calls, report.counts.answered + running_at_end(&report));
    }
}

fn running_at_end(report: &Report) -> u64 {
    let counts = &report.counts;
    counts.calls - counts.answered - counts.timed_out - counts.throttled
}

/// The probability that all of c servers are busy (Erlang's loss formula).
fn erlang_b(load: f64, servers: u32) -> f64 {
    (1..=servers).fold(1.0, |blocked, nth| load * blocked / (f64::from(nth) + load * blocked))
}

/// The share of calls that were refused, and its standard error: by the intervals of the series,
/// which are long enough to be independent (batch means, for a ratio).
fn share_refused(report: &Report) -> (f64, f64) {
    let series = &report.series;
    let floats = |values: &[u32]| values.iter().map(|v| f64::from(*v)).collect::<Vec<_>>();
    let (calls, refused) = (floats(&series.calls), floats(&series.refused));
    let share = refused.iter().sum::<f64>() / calls.iter().sum::<f64>();
    let apart: Vec<f64> = calls.iter().zip(&refused).map(|(c, r)| r - share * c).collect();
    (share, f64::sqrt(variance(&apart) / apart.len() as f64) / mean(&calls))
}

#[test]
fn throttles_are_those_of_erlangs_loss_formula() {
    // M/M/c/c: a limit of concurrency refuses what comes while c calls run, for an account as for a
    // function whose concurrency is reserved. The bound is five standard errors, and narrower than
    // one server more or less would make. M/M/c, where calls wait, is no matter of plans: a
    // synchronous invocation never waits, and the events that do are tried again in growing
    // intervals, not when a server is free.
    let run = |account, reserved| {
        let mut setup = setup();
        setup.limits.concurrency = account;
        setup.reserved = reserved;
        let text = "functions=1,rate=200/s,for=20m,duration=exponential:50ms";
        plan(synthetic::open(text, 12).expect("it is understood"), &setup)
    };
    for servers in [8, 10, 12, 14] {
        let report = run(servers, Vec::new());
        let (share, error) = share_refused(&report);
        let (wanted, one_more) = (erlang_b(10.0, servers), erlang_b(10.0, servers + 1));
        assert!(
            (share - wanted).abs() < 5.0 * error,
            "{share} refused of {servers}, {wanted} wanted, {error} is the standard error"
        );
        assert!(
            5.0 * error < (wanted - one_more) / 2.0,
            "{error} of {servers} would allow too much"
        );
    }
    let reserved = run(1_000_000, vec![("function-1".to_owned(), 10)]);
    assert_eq!(reserved.counts, run(10, Vec::new()).counts);
}

#[test]
fn cold_starts_of_rare_calls_are_those_of_exponential_gaps() {
    // One function, Poisson at rate λ, calls far shorter than gaps: a call is cold when the gap
    // before it is longer than the keep-alive k, so for a share of exp(-λk). The bound is five
    // standard deviations of a binomial share, 0.9 % of it: a second more or less would show.
    let mut setup = setup();
    setup.limits.keep_alive = KeepAlive::Fixed(Duration::from_secs(60));
    setup.limits.age = Duration::from_secs(1_000_000);
    let text = "functions=1,rate=1/m,for=365d,duration=1ms";
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
