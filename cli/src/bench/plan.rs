//! The planner: steps of the engine as what is to come grows, the Azure sample, a million functions.

use std::path::Path;
use std::time::{Duration, Instant};

use engine::limits::Limits;
use node::memory::fetch;
use sim::plan::layout::{Layout, SubnetLayout};
use sim::plan::steps::{ClosedLoop, bare_heap};
use sim::plan::{Setup, replay};
use sim::trace::azure::Spread;

use super::error::BenchError;
use super::figure::{Figures, middle, timed};

/// Measures; `trace` is a directory of the Azure layout, where there is one.
pub(super) fn measure(
    figures: &mut Figures,
    is_quick: bool,
    trace: Option<&str>,
) -> Result<(), BenchError> {
    // With assertions the engine checks all it knows after each step: there is little to measure.
    let sizes: &[u32] = match (cfg!(debug_assertions), is_quick) {
        (true, _) => &[100],
        (false, true) => &[1_000, 10_000],
        (false, false) => &[1_000, 10_000, 100_000, 1_000_000],
    };
    for callers in sizes {
        steps(figures, *callers);
    }
    if let Some(trace) = trace {
        if !Path::new(trace).is_dir() {
            return Err(BenchError::NoDirectory(trace.to_owned()));
        }
        azure(figures, trace)?;
    }
    synthetic(figures, is_quick)
}

/// Times that steps and bare heaps are measured by turns.
const ROUNDS: usize = 5;

fn steps(figures: &mut Figures, callers: u32) {
    let mut world = ClosedLoop::new(callers, fetch);
    // Until every caller has had its environment.
    world.run(u64::from(callers) * 8);
    let environments = world.environments();
    let least = if cfg!(debug_assertions) { 2_000 } else { 1_000_000 };
    let wanted = (u64::from(callers) * 2).max(least);
    let rate = |steps: u64, took: Duration| steps as f64 / took.as_secs_f64() / 1e6;
    let (mut rates, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (took, ()) = timed(|| world.run(wanted));
        rates.push(rate(wanted, took));
        let (took, last) = timed(|| bare_heap(callers, least));
        std::hint::black_box(last);
        bare.push(rate(least, took));
    }
    let target = match callers {
        100_000 => Some(10.0),
        1_000_000 => Some(4.0),
        _ => None,
    };
    let what = format!("steps with {callers} to come, {environments} environments");
    figures.note(&what, "M/s", middle(rates.into_iter()), None, target);
    let what = format!("  a bare binary heap of {callers}");
    figures.note(&what, "M/s", middle(bare.into_iter()), None, None);
}

fn setup() -> Setup {
    let subnets = [("a", "10.0.0.0/18"), ("b", "10.0.64.0/18")]
        .map(|(name, cidr)| SubnetLayout::new(name, "planned", cidr.parse().expect("a block")));
    Setup {
        layout: Layout { subnets: subnets.into(), ..Layout::default() },
        limits: Limits { concurrency: u32::MAX, ..Limits::default() },
        ..Setup::default()
    }
}

fn azure(figures: &mut Figures, trace: &str) -> Result<(), BenchError> {
    let mut spans = Vec::new();
    let mut hashes = Vec::new();
    for _ in 0..5 {
        let begin = Instant::now();
        let trace = sim::trace::azure::open(Path::new(trace), 1, Spread::Uniform)?;
        let report = replay(trace, &setup(), fetch, &mut |_| {})?;
        spans.push(begin.elapsed());
        hashes.push(report.hash);
    }
    if hashes.iter().any(|hash| *hash != hashes[0]) {
        return Err(BenchError::Hashes);
    }
    figures.spans("the Azure sample, read and replayed", spans, Some(1e6));
    Ok(())
}

/// Functions as unequal as those of the Azure Functions trace of 2019, whose 18.6 % most popular
/// applications have 99.6 % of the invocations (Shahrad et al., "Serverless in the Wild").
fn synthetic(figures: &mut Figures, is_quick: bool) -> Result<(), BenchError> {
    let (functions, rate, minutes) = match (cfg!(debug_assertions), is_quick) {
        (true, _) => (20, 2, 10),
        (false, true) => (1_000, 100, 10),
        (false, false) => (1_000_000, 27_778, 60),
    };
    let text = format!(
        "functions={functions},rate={rate}/s,zipf=1.4,for={minutes}m,duration=lognormal:120ms:300ms"
    );
    let (took, report) = timed(|| {
        let trace = sim::trace::synthetic::open(&text, 1)?;
        Ok::<_, BenchError>(replay(trace, &setup(), fetch, &mut |_| {})?)
    });
    let report = report?;
    let what = format!("{functions} functions, {} calls, whole", report.counts.calls);
    let target = |most: f64| (functions == 1_000_000).then_some(most);
    figures.note(&what, "s", took.as_secs_f64(), None, target(60.0));
    if let Some(memory) = most_memory() {
        figures.note("memory at the most until here", "GiB", memory, None, target(4.0));
    }
    Ok(())
}

/// GiB that this process had at the most.
fn most_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kib / f64::from(1 << 20))
}
