//! `warren bench`: what this machine makes of Warren, each figure beside the least it could be.

mod burst;
mod client;
mod describe;
mod error;
mod figure;
mod functions;
mod neighbour;
mod network;
mod plan;
mod server;
mod sources;
mod warm;

use std::path::{Path, PathBuf};

use crate::output::{self, Output, OutputArgs};
use crate::table;
use figure::Figures;

pub(crate) use error::BenchError;

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
    /// Warm invocations beside a function that does its worst
    Neighbour,
    /// From messages and records to the start of their function, and how many go through
    Sources,
    /// The planner
    Plan,
}

pub(crate) fn run(args: &BenchArgs) -> Result<(), BenchError> {
    let figures = measure(args)?;
    match args.output.output {
        Output::Json => output::print_pretty(&figures.all())?,
        Output::Table => show(&figures),
    }
    Ok(())
}

fn measure(args: &BenchArgs) -> Result<Figures, BenchError> {
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
    if wants(Part::Neighbour) {
        neighbour::measure(&mut figures, program, args.quick)?;
    }
    if wants(Part::Sources) {
        sources::measure(&mut figures, program, args.quick)?;
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
        .all()
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
