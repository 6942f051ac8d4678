//! `warren bench`: what this machine makes of Warren, each figure beside the least it could be.

mod burst;
mod client;
mod describe;
mod functions;
mod network;
mod plan;
mod server;
mod warm;

use std::path::Path;
use std::time::Duration;

use serde::Serialize;

use crate::options::{Output, Words};
use crate::table;

pub(crate) const HELP: &str = "  \
  --quick                  fewer of each, for a glance
  --server PROGRAM         the warren whose server is measured (default: this one)
  --trace DIR              the Azure Functions trace of 2019, or an excerpt in its layout, to plan with
";

/// What can be measured by itself.
const PARTS: [&str; 6] = ["network", "cold", "warm", "burst", "describe", "plan"];

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

pub(crate) fn run(words: &[&str]) -> Result<(), String> {
    let mut words = Words::of("bench", words);
    let output = Output::take(&mut words)?;
    let is_quick = words.switch("--quick");
    let trace = words.value("--trace")?.map(str::to_owned);
    let program = Path::new(words.value("--server")?.unwrap_or("/proc/self/exe"));
    let named = words.rest()?;
    if let Some(word) = named.iter().find(|word| !PARTS.contains(word)) {
        return Err(format!(
            "{word} is not one of {}\nhint: warren bench --help",
            PARTS.join(", ")
        ));
    }
    let wants = |part: &str| named.is_empty() || named.contains(&part);
    let mut figures = Figures::default();
    if wants("network") {
        network::measure(&mut figures, is_quick)?;
    }
    let parts = server::Parts { cold: wants("cold"), warm: wants("warm"), burst: wants("burst") };
    if parts.cold || parts.warm || parts.burst {
        server::measure(&mut figures, program, is_quick, parts)?;
    }
    if wants("describe") {
        describe::measure(&mut figures, program, is_quick)?;
    }
    if wants("plan") {
        plan::measure(&mut figures, is_quick, trace.as_deref())?;
    }
    match output {
        Output::Json => {
            let text = serde_json::to_string_pretty(&figures.0);
            println!("{}", text.map_err(|error| error.to_string())?);
        }
        Output::Table => show(&figures),
    }
    Ok(())
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
