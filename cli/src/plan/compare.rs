//! Several reports side by side, the best of each row marked.

use sim::plan::report::Report;

use super::tables::{number, peak, percent, refused};
use crate::table;

/// A row: what it is, and how it is shown.
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) cells: Vec<String>,
    /// Which cells are best; none when all are equal.
    pub(super) best: Vec<bool>,
}

/// What is compared: less is better, among the plans that refuse the fewest calls. What refuses
/// more needs less of everything else.
pub(super) fn rows(reports: &[Report]) -> Vec<Row> {
    type Measure = (&'static str, fn(&Report) -> f64, fn(&Report) -> String);
    let measures: [Measure; 11] = [
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
        ("memory at most, GB", |r| peak(r, "memory"), |r| number(peak(r, "memory"))),
        ("GB-seconds idle", |r| r.idle_gb_seconds, |r| number(r.idle_gb_seconds)),
    ];
    let fewest = reports.iter().map(refused).min().unwrap_or(0);
    let row = |(name, value, shown): Measure| {
        let values: Vec<f64> = reports.iter().map(value).collect();
        let fair = || reports.iter().zip(&values).filter(|(each, _)| refused(each) == fewest);
        let least = fair().map(|(_, value)| *value).fold(f64::INFINITY, f64::min);
        let differ = values.iter().any(|value| *value != least);
        let is_best =
            |(each, value): (&Report, &f64)| differ && *value == least && refused(each) == fewest;
        Row {
            name,
            cells: reports.iter().map(shown).collect(),
            best: reports.iter().zip(&values).map(is_best).collect(),
        }
    };
    let mut rows: Vec<Row> = measures.into_iter().map(row).collect();
    rows.push(Row {
        name: "GB-seconds running",
        cells: reports.iter().map(|report| number(report.busy_gb_seconds)).collect(),
        best: vec![false; reports.len()],
    });
    rows
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
