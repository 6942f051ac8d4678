//! `warren bench`: what this machine makes of Warren, each figure beside the least it could be.

mod burst;
mod client;
mod describe;
mod functions;
mod network;
mod plan;
mod server;
mod warm;

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Serialize;

use crate::output::{self, Output, OutputArgs, OutputError};
use crate::table;

/// The words of `warren bench`.
#[derive(Debug, clap::Args)]
pub(crate) struct BenchArgs {
    /// Only these parts; everything where none is named
    #[arg(value_enum)]
    parts: Vec<Part>,
    /// Fewer of each, for a glance
    #[arg(long)]
    quick: bool,
    /// The Azure Functions trace of 2019, or an excerpt in its layout, to plan with
    #[arg(long, value_name = "DIR")]
    trace: Option<String>,
    /// The warren whose server is measured, to compare versions (default: this one)
    #[arg(long, value_name = "PROGRAM", value_hint = clap::ValueHint::ExecutablePath)]
    server: Option<PathBuf>,
    #[command(flatten)]
    output: OutputArgs,
}

/// What can be measured alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// Attaching, rules and teardown, without any process
    Network,
    /// Functions that were never run
    Cold,
    /// Warm invocations beside a bare HTTP echo
    Warm,
    /// Many environments at once, from nothing
    Burst,
    /// Warm invocations beside a describe of many ENIs
    Describe,
    /// The planner
    Plan,
}

/// Why there are no figures.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BenchError {
    #[error(transparent)]
    Output(#[from] OutputError),
    #[error("{0}")]
    Unmeasured(String),
}

/// One figure.
#[derive(Debug, Serialize)]
struct Figure {
    what: String,
    unit: &'static str,
    median: f64,
    p99: Option<f64>,
    /// What the design aims at, in the same unit.
    target: Option<f64>,
    /// Whether it is a floor or a naive way, to compare with.
    is_comparison: bool,
}

/// Figures in the order of their taking.
#[derive(Debug, Default)]
struct Figures(Vec<Figure>);

impl Figures {
    /// Notes a series of spans, in microseconds.
    fn spans(&mut self, what: &str, mut spans: Vec<Duration>, target: Option<f64>) {
        if spans.is_empty() {
            return;
        }
        let middle = percentile(&mut spans, 50).as_secs_f64() * 1e6;
        let p99 = (spans.len() >= 20).then(|| percentile(&mut spans, 99).as_secs_f64() * 1e6);
        self.note(what, "µs", middle, p99, target);
    }

    /// Notes how one figure compares with another.
    fn ratio(&mut self, what: &str, ratio: f64, target: Option<f64>) {
        self.note(what, "×", ratio, None, target);
    }

    fn note(
        &mut self,
        what: &str,
        unit: &'static str,
        median: f64,
        p99: Option<f64>,
        target: Option<f64>,
    ) {
        let is_comparison = what.starts_with("  ");
        let what = what.trim().to_owned();
        self.0.push(Figure { what, unit, median, p99, target, is_comparison });
    }
}

pub(crate) fn run(args: &BenchArgs) -> Result<(), BenchError> {
    let figures = measure(args).map_err(BenchError::Unmeasured)?;
    match args.output.output {
        Output::Json => output::print_pretty(&figures.0)?,
        Output::Table => show(&figures),
    }
    Ok(())
}

fn measure(args: &BenchArgs) -> Result<Figures, String> {
    let wants = |part| args.parts.is_empty() || args.parts.contains(&part);
    let program = args.server.as_deref().unwrap_or(Path::new("/proc/self/exe"));
    let mut figures = Figures::default();
    if wants(Part::Network) {
        network::measure(&mut figures, args.quick)?;
    }
    let [cold, warm, burst] = [Part::Cold, Part::Warm, Part::Burst].map(wants);
    if cold || warm || burst {
        let parts = server::Parts { cold, warm, burst };
        server::measure(&mut figures, program, args.quick, parts)?;
    }
    if wants(Part::Describe) {
        describe::measure(&mut figures, program, args.quick)?;
    }
    if wants(Part::Plan) {
        plan::measure(&mut figures, args.quick, args.trace.as_deref())?;
    }
    Ok(figures)
}

fn show(figures: &Figures) {
    let number = |value: f64| match value {
        value if value >= 1000.0 => format!("{value:.0}"),
        value if value >= 10.0 => format!("{value:.1}"),
        value => format!("{value:.2}"),
    };
    let or_none = |value: Option<f64>| value.map_or_else(String::new, number);
    let rows: Vec<_> = figures
        .0
        .iter()
        .map(|figure| {
            let indent = if figure.is_comparison { "  compare: " } else { "" };
            vec![
                format!("{indent}{}", figure.what),
                number(figure.median),
                or_none(figure.p99),
                figure.unit.to_owned(),
                or_none(figure.target),
            ]
        })
        .collect();
    table::print(&["WHAT", "MEDIAN", "P99", "UNIT", "TARGET"], &rows);
}

/// How long something takes, with what it gives.
fn timed<T>(deed: impl FnOnce() -> T) -> (Duration, T) {
    let began = std::time::Instant::now();
    let given = deed();
    (began.elapsed(), given)
}

/// The span below which so many percent of them are; sorts them.
fn percentile(spans: &mut [Duration], percent: usize) -> Duration {
    spans.sort();
    spans[(spans.len() - 1) * percent / 100]
}

fn middle(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
