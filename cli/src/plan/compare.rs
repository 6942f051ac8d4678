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

/// What is compared: less is better. What refuses more calls needs less of everything else, so that
/// beside refusals nothing is best but of a plan that refuses the fewest.
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
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let differ = values.iter().any(|value| *value != least);
        let is_fair = |each: &Report| is_refusal(name) || refused(each) == fewest;
        let is_best = |(each, value): (&Report, &f64)| differ && *value == least && is_fair(each);
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

fn is_refusal(row: &str) -> bool {
    row == "throttled" || row.starts_with("refused")
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

#[cfg(test)]
mod tests {
    use sim::plan::report::Peak;
    use sim::plan::{Setup, replay};
    use sim::trace;

    use super::*;

    fn report() -> Report {
        let source = "synthetic:functions=1,rate=1/s,for=5s,duration=100ms";
        let trace = trace::open(source, 1, trace::azure::Spread::Uniform).unwrap();
        replay(trace, &Setup::default(), |_| {}, &mut |_| {}).unwrap()
    }

    fn marks(reports: &[Report], name: &str) -> Vec<bool> {
        rows(reports).into_iter().find(|row| row.name == name).unwrap().best
    }

    #[test]
    fn no_figure_is_best_that_is_worse_than_another() {
        let enis = |value: f64| {
            let mut report = report();
            report.peaks = vec![Peak {
                of: "ENIs".into(),
                value,
                bound: None,
                unit: "",
                at: 0.0,
                cause: String::new(),
            }];
            report
        };
        // The first refuses nothing and needs more for it; the second needs less, as it refuses.
        let (mut all, mut few) = (enis(50.0), enis(11.0));
        few.counts.no_address = 30;
        assert_eq!(marks(&[all.clone(), few.clone()], "refused: no address"), [true, false]);
        assert_eq!(marks(&[all.clone(), few.clone()], "ENIs at most"), [false, false]);
        // Of two that refuse the same the lesser is best.
        few.counts.no_address = 0;
        assert_eq!(marks(&[all.clone(), few.clone()], "ENIs at most"), [false, true]);
        // What refuses fewer for one reason is best of those, whatever it refuses for another.
        all.counts.throttled = 40;
        few.counts.no_address = 5;
        assert_eq!(marks(&[all.clone(), few.clone()], "refused: no address"), [true, false]);
        assert_eq!(marks(&[all, few], "throttled"), [false, true]);
    }
}
