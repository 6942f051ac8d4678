//! Figures, and how they are taken.

use std::time::Duration;

use serde::Serialize;

/// One figure.
#[derive(Debug, Serialize)]
pub(super) struct Figure {
    pub(super) what: String,
    pub(super) unit: &'static str,
    pub(super) median: f64,
    pub(super) p99: Option<f64>,
    /// What the design aims at, in the same unit.
    pub(super) target: Option<f64>,
    /// Whether it is a floor or a naive way, to compare with.
    pub(super) is_comparison: bool,
}

/// Figures in the order of their taking.
#[derive(Debug, Default)]
pub(super) struct Figures(Vec<Figure>);

impl Figures {
    /// Notes a series of spans, in microseconds.
    pub(super) fn spans(&mut self, what: &str, mut spans: Vec<Duration>, target: Option<f64>) {
        if spans.is_empty() {
            return;
        }
        let middle = percentile(&mut spans, 50).as_secs_f64() * 1e6;
        let p99 = (spans.len() >= 20).then(|| percentile(&mut spans, 99).as_secs_f64() * 1e6);
        self.note(what, "µs", middle, p99, target);
    }

    /// Notes how one figure compares with another.
    pub(super) fn ratio(&mut self, what: &str, ratio: f64, target: Option<f64>) {
        self.note(what, "×", ratio, None, target);
    }

    pub(super) fn note(
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

    /// In the order of their taking.
    pub(super) fn all(&self) -> &[Figure] {
        &self.0
    }
}

/// How long something takes, with what it gives.
pub(super) fn timed<T>(deed: impl FnOnce() -> T) -> (Duration, T) {
    let began = std::time::Instant::now();
    let given = deed();
    (began.elapsed(), given)
}

/// The span below which so many percent of them are; sorts them.
pub(super) fn percentile(spans: &mut [Duration], percent: usize) -> Duration {
    spans.sort();
    spans[(spans.len() - 1) * percent / 100]
}

/// The median; at least one value.
pub(super) fn middle(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
