//! Keep-alive policies against calls whose times are known.

use std::time::Duration;

use engine::limits::{KeepAlive, Limits};
use engine::record::function::EniModel;
use engine::time::Time;
use sim::plan::layout::{Layout, SubnetLayout};
use sim::plan::report::Report;
use sim::plan::{Decided, Setup, StartTime, replay_with};
use sim::trace::{Arrivals, Call, Trace, TraceError, Traced};

const BEGIN: Time = Time(1_700_000_000_000_000_000);
const MINUTE: u64 = 60;

/// Calls by seconds since the beginning: when, which function, how many milliseconds.
struct Given(Vec<(u64, u32, u32)>);

impl Arrivals for Given {
    fn next(&mut self, into: &mut Vec<Call>) -> Result<bool, TraceError> {
        into.extend(self.0.drain(..).map(|(second, function, millis)| Call {
            at: BEGIN + Duration::from_secs(second),
            function,
            duration: millis * 1000,
            start: 0,
        }));
        Ok(false)
    }
}

fn replayed(
    calls: Vec<(u64, u32, u32)>,
    memory: &[u32],
    keep_alive: KeepAlive,
) -> (Report, Vec<(u64, u32, &'static str)>) {
    let named = |(at, memory): (usize, &u32)| Traced { name: format!("f{at}"), memory: *memory };
    let span = calls.last().map_or(0, |(second, ..)| *second) + 1;
    let trace = Trace {
        functions: memory.iter().enumerate().map(named).collect(),
        begin: BEGIN,
        span: Duration::from_secs(span),
        calls: calls.len() as u64,
        arrivals: Box::new(Given(calls)),
    };
    let subnet = SubnetLayout::new("a", "planned", "10.0.0.0/24".parse().expect("a block"));
    let setup = Setup {
        layout: Layout { subnets: vec![subnet], ..Layout::default() },
        eni_model: EniModel::Classic,
        limits: Limits { keep_alive, age: Duration::from_secs(1 << 30), ..Limits::default() },
        start: StartTime::Fixed(Duration::from_millis(500)),
        intervals: 10,
        ..Setup::default()
    };
    let mut decided = Vec::new();
    let mut watch = |at: Time, function, what: Decided, _: &_| {
        let word = match what {
            Decided::Reused(_) => "reused",
            Decided::Started(_) => "started",
            Decided::Prewarmed(_) => "prewarmed",
            Decided::Refused(_) => "refused",
            Decided::Stopped(_) => "stopped",
        };
        decided.push(((at - BEGIN).as_secs(), function, word));
    };
    let report =
        replay_with(trace, &setup, |_| {}, &mut |_| {}, &mut watch).expect("it is planned");
    (report, decided)
}

/// Every half hour, a call that takes a second.
fn half_hours(count: u64) -> Vec<(u64, u32, u32)> {
    (0..count).map(|nth| (nth * 30 * MINUTE, 0, 1000)).collect()
}

#[test]
fn a_fixed_time_misses_what_comes_every_half_hour() {
    let fixed = KeepAlive::Fixed(Duration::from_secs(10 * MINUTE));
    let (report, _) = replayed(half_hours(30), &[128], fixed);
    assert_eq!((report.counts.cold, report.counts.prewarmed), (30, 0));
}

#[test]
fn the_histogram_learns_to_be_there_in_time() {
    let hybrid = KeepAlive::Histogram(Duration::from_secs(240 * MINUTE));
    let (report, decided) = replayed(half_hours(30), &[128], hybrid);
    let counts = &report.counts;
    assert_eq!((counts.cold, counts.reused, counts.calls), (1, 29, 30), "{decided:?}");
    assert!(counts.prewarmed >= 23, "{decided:?}");
    // From the end of a call, 0.9 of the 29 whole minutes that it idles at the least.
    let last = decided.iter().rfind(|(_, _, word)| *word == "prewarmed").expect("there is one");
    let since_call = last.0 % (30 * MINUTE);
    assert_eq!(since_call, 1 + 29 * MINUTE * 9 / 10, "{decided:?}");
    // Idle for about four minutes of thirty, and not for all of them.
    let idle = report.idle_gb_seconds / (128.0 / 1024.0) / (24.0 * 1800.0);
    assert!(idle < 0.45, "idle for {idle} of the time");
}

#[test]
fn what_is_started_ahead_and_not_used_is_given_up() {
    let hybrid = KeepAlive::Histogram(Duration::from_secs(240 * MINUTE));
    let mut calls = half_hours(20);
    calls.push((calls[19].0 + 600 * MINUTE, 0, 1000));
    let (report, decided) = replayed(calls, &[128], hybrid);
    let tail: Vec<_> =
        decided.iter().rev().take(3).rev().map(|(at, _, word)| (*at, *word)).collect();
    let rest = 19 * 30 * MINUTE + 1;
    let expected = rest + 29 * MINUTE * 9 / 10;
    let until = rest + 30 * MINUTE * 11 / 10;
    assert_eq!(tail[0], (expected, "prewarmed"));
    assert_eq!(tail[1], (until, "stopped"));
    assert_eq!((tail[2].1, report.counts.cold), ("started", 2));
}

#[test]
fn greedy_dual_keeps_what_is_dear_and_small() {
    // Three functions in memory for two: the one that is called once is given up, not the one
    // that is called often, though that was used longer ago.
    let mut calls: Vec<_> = (0..10).map(|nth| (nth * 10, 0, 100)).collect();
    calls.extend([(200, 1, 100), (210, 2, 100), (220, 0, 100), (230, 1, 100)]);
    let (report, decided) = replayed(calls, &[512, 512, 512], KeepAlive::GreedyDual(1024));
    let stopped: Vec<_> = decided.iter().filter(|(_, _, word)| *word == "stopped").collect();
    assert_eq!(stopped, [&(210, 1, "stopped"), &(230, 2, "stopped")]);
    assert_eq!((report.counts.cold, report.counts.reused), (4, 10), "{decided:?}");
}

#[test]
fn of_those_of_equal_worth_greedy_dual_gives_up_what_was_used_longest_ago() {
    let calls = (0..9).map(|nth| (nth * 10, nth as u32, 100)).collect();
    let (_, decided) = replayed(calls, &[128; 9], KeepAlive::GreedyDual(6 * 128));
    let stopped: Vec<_> = decided.into_iter().filter(|(_, _, word)| *word == "stopped").collect();
    assert_eq!(stopped, [(60, 0, "stopped"), (70, 1, "stopped"), (80, 2, "stopped")]);
}

#[test]
fn greedy_dual_keeps_all_while_there_is_memory() {
    let calls = (0..50).map(|nth| (nth * 3600, (nth % 5) as u32, 100)).collect();
    let (report, _) = replayed(calls, &[128; 5], KeepAlive::GreedyDual(640));
    assert_eq!((report.counts.cold, report.counts.reaped), (5, 0));
}

#[test]
fn memory_bounds_what_is_kept_and_not_what_runs() {
    let calls = (0..8).map(|nth| (0, nth, 5000)).collect();
    let (report, decided) = replayed(calls, &[512; 8], KeepAlive::GreedyDual(1024));
    let refused = decided.iter().filter(|(_, _, word)| *word == "refused").count();
    assert_eq!((report.counts.cold, refused), (8, 0));
}
