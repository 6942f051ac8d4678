//! The planner: steps of the engine as what is to come grows, the Azure sample, a large synthetic
//! trace.

use std::path::Path;
use std::time::{Duration, Instant};

use engine::function::EniModel;
use engine::limits::Limits;
use sim::plan::layout::{Layout, SubnetLayout};
use sim::plan::steps::{ClosedLoop, bare_heap};
use sim::plan::{InVpc, Setup, StartTime, replay};
use sim::trace::azure::Spread;

use super::{Figures, timed};

/// Measures; `trace` is a directory of the Azure layout, where there is one.
pub(super) fn measure(
    figures: &mut Figures,
    is_quick: bool,
    trace: Option<&str>,
) -> Result<(), String> {
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
            return Err(format!("trace {trace} is not a directory"));
        }
        azure(figures, trace)?;
    }
    synthetic(figures, is_quick)
}

fn steps(figures: &mut Figures, callers: u32) {
    let mut world = ClosedLoop::new(callers);
    // Until every caller has had its environment.
    world.run(u64::from(callers) * 8);
    let environments = world.environments();
    let least = if cfg!(debug_assertions) { 2_000 } else { 1_000_000 };
    let wanted = (u64::from(callers) * 4).max(least);
    let (took, steps) = timed(|| world.run(wanted));
    drop(world);
    let target = match callers {
        100_000 => Some(10.0),
        1_000_000 => Some(4.0),
        _ => None,
    };
    let rate = |steps: u64, took: Duration| steps as f64 / took.as_secs_f64() / 1e6;
    let what = format!("steps with {callers} to come, {environments} environments");
    figures.note(&what, "M/s", rate(steps, took), None, target);
    let (took, last) = timed(|| bare_heap(callers, steps));
    std::hint::black_box(last);
    let what = format!("  a bare binary heap of {callers}");
    figures.note(&what, "M/s", rate(steps, took), None, None);
}

fn setup() -> Setup {
    let subnets = ["10.0.0.0/18", "10.0.64.0/18"];
    let layout = subnets.iter().zip(["a", "b"]).map(|(cidr, name)| SubnetLayout {
        name: name.into(),
        vpc: "planned".into(),
        cidr: cidr.parse().expect("a block"),
        zone: None,
        taken: 0,
    });
    Setup {
        layout: Layout { subnets: layout.collect(), ..Layout::default() },
        reserved: Vec::new(),
        in_vpc: InVpc::All,
        sets: 1,
        eni_model: EniModel::Hyperplane,
        limits: Limits { concurrency: u32::MAX, ..Limits::default() },
        timeout: 900,
        start: StartTime::Fixed(Duration::from_millis(250)),
        seed: 1,
        intervals: 480,
    }
}

fn azure(figures: &mut Figures, trace: &str) -> Result<(), String> {
    let mut spans = Vec::new();
    let mut hashes = Vec::new();
    for _ in 0..5 {
        let begin = Instant::now();
        let open = sim::trace::azure::open(Path::new(trace), 1, Spread::Uniform);
        let trace = open.map_err(|error| error.to_string())?;
        let report = replay(trace, &setup(), &mut |_| {}).map_err(|error| error.to_string())?;
        spans.push(begin.elapsed());
        hashes.push(report.hash);
    }
    if hashes.iter().any(|hash| *hash != hashes[0]) {
        return Err("the same plan came to different hashes".into());
    }
    figures.spans("the Azure sample, read and replayed", spans, Some(1e6));
    Ok(())
}

fn synthetic(figures: &mut Figures, is_quick: bool) -> Result<(), String> {
    let (functions, rate) = match (cfg!(debug_assertions), is_quick) {
        (true, _) => (20, 2),
        (false, true) => (1_000, 100),
        (false, false) => (100_000, 2_000),
    };
    let text = format!(
        "functions={functions},rate={rate}/s,zipf=0.9,for=10m,duration=lognormal:120ms:300ms"
    );
    let open = sim::trace::synthetic::open(&text, 1).map_err(|error| error.to_string())?;
    let (took, report) = timed(|| replay(open, &setup(), &mut |_| {}));
    let report = report.map_err(|error| error.to_string())?;
    let what = format!("{functions} functions, {} calls: calls", report.counts.calls);
    let rate = report.counts.calls as f64 / took.as_secs_f64() / 1e6;
    figures.note(&what, "M/s", rate, None, None);
    Ok(())
}
