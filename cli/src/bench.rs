//! `warren bench`: what this machine makes of Warren, each figure beside the least it could be.

mod network;
mod plan;
mod server;

use std::time::Duration;

use serde::Serialize;

use crate::output::{self, Output, OutputArgs, OutputError};
use crate::table;

/// The words of `warren bench`.
#[derive(Debug, clap::Args)]
pub(crate) struct BenchArgs {
    /// Only a part; everything where none is named
    #[arg(value_enum)]
    part: Option<Part>,
    /// Fewer of each, for a glance
    #[arg(long)]
    quick: bool,
    /// The Azure Functions trace of 2019, or an excerpt in its layout, to plan with
    #[arg(long, value_name = "DIR")]
    trace: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

/// What can be measured alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
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
        spans.sort();
        let at = |part: usize| spans[(spans.len() - 1) * part / 100].as_secs_f64() * 1e6;
        let p99 = (spans.len() >= 20).then(|| at(99));
        self.note(what, "µs", at(50), p99, target);
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
    let mut figures = Figures::default();
    if args.part.is_none() {
        network::measure(&mut figures, args.quick)?;
        server::measure(&mut figures, args.quick)?;
    }
    plan::measure(&mut figures, args.quick, args.trace.as_deref())?;
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
