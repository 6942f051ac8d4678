//! Several reports side by side, the best of each row marked.

use sim::plan::report::Report;

use super::tables::{number, peak, percent};
use crate::table;

/// A row: what it is, how it is shown, and what is compared; less is better.
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) cells: Vec<String>,
    /// Which cells are best; none when all are equal.
    pub(super) best: Vec<bool>,
}

/// What is compared.
pub(super) fn rows(reports: &[Report]) -> Vec<Row> {
    type Measure = (&'static str, fn(&Report) -> f64, fn(&Report) -> String);
    let measures: [Measure; 12] = [
        ("environments at most", |r| peak(r, "environments"), |r| number(peak(r, "environments"))),
        ("ENIs at most", |r| peak(r, "ENIs"), |r| number(peak(r, "ENIs"))),
        (
            "ENIs created",
            |r| r.counts.enis_created as f64,
            |r| number(r.counts.enis_created as f64),
        ),
        ("cold starts", |r| r.counts.cold as f64, |r| number(r.counts.cold as f64)),
        ("cold-start ratio", |r| r.counts.cold as f64, |r| percent(r.counts.cold, r.counts.calls)),
        ("started ahead", |r| r.counts.prewarmed as f64, |r| number(r.counts.prewarmed as f64)),
        ("throttled", |r| r.counts.throttled as f64, |r| number(r.counts.throttled as f64)),
        (
            "refused: no address",
            |r| r.counts.no_address as f64,
            |r| number(r.counts.no_address as f64),
        ),
        (
            "refused: ENI quota",
            |r| r.counts.eni_limit as f64,
            |r| number(r.counts.eni_limit as f64),
        ),
        ("memory at most, GB", |r| peak(r, "memory"), |r| number(peak(r, "memory"))),
        ("GB-seconds idle", |r| r.idle_gb_seconds, |r| number(r.idle_gb_seconds)),
        ("GB-seconds running", |r| r.busy_gb_seconds, |r| number(r.busy_gb_seconds)),
    ];
    measures
        .into_iter()
        .map(|(name, value, shown)| {
            let values: Vec<f64> = reports.iter().map(value).collect();
            let least = values.iter().copied().fold(f64::INFINITY, f64::min);
            let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            Row {
                name,
                cells: reports.iter().map(shown).collect(),
                best: values.iter().map(|value| least < most && *value == least).collect(),
            }
        })
        .collect()
}

pub(super) fn print(reports: &[Report]) {
    for (at, report) in reports.iter().enumerate() {
        println!("{}  {}", at + 1, report.title);
    }
    println!();
    let heads: Vec<String> = (1..=reports.len()).map(|at| format!("plan {at}")).collect();
    let mut head = vec![""];
    head.extend(heads.iter().map(String::as_str));
    let rows: Vec<Vec<String>> = rows(reports)
        .into_iter()
        .map(|row| {
            let cells = row.cells.into_iter().zip(row.best);
            let cells =
                cells.map(|(cell, is_best)| if is_best { format!("{cell} ←") } else { cell });
            std::iter::once(row.name.to_owned()).chain(cells).collect()
        })
        .collect();
    table::print(&head, &rows);
    for (at, report) in reports.iter().enumerate() {
        println!("\nplan {}", at + 1);
        for sentence in &report.advice {
            println!("→ {sentence}");
        }
    }
}
