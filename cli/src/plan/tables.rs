//! A report for people, in a terminal: the answer first.

use sim::plan::layout::Taken;
use sim::plan::report::{Peak, Report};

use crate::table;

/// Shades of a sparkline.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Characters of a sparkline.
const WIDTH: usize = 60;

/// Seconds since the beginning as a clock shows them.
pub(super) fn clock(seconds: f64) -> String {
    let whole = seconds.max(0.0) as u64;
    format!("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60)
}

/// A number with its thousands apart.
pub(super) fn number(value: f64) -> String {
    if value.abs() < 1000.0 && value.fract().abs() > 1e-9 {
        return format!("{value:.1}");
    }
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if value < 0.0 { format!("-{text}") } else { text }
}

/// Parts of a whole, in percent.
pub(super) fn percent(part: u64, whole: u64) -> String {
    if whole == 0 { "0 %".into() } else { format!("{:.2} %", 100.0 * part as f64 / whole as f64) }
}

/// The highest value of a peak by its name.
pub(super) fn peak(report: &Report, of: &str) -> f64 {
    report.peaks.iter().find(|peak| peak.of == of).map_or(0.0, |peak| peak.value)
}

/// Calls that were refused, for whatever reason.
pub(super) fn refused(report: &Report) -> u64 {
    let counts = &report.counts;
    counts.throttled + counts.no_address + counts.eni_limit + counts.refused_otherwise
}

/// A number of things, with the plural of their name.
fn counted(count: f64, what: &str) -> String {
    let plural = if count == 1.0 { "" } else { "s" };
    format!("{} {what}{plural}", number(count))
}

/// What a peak came to; GB are no number of things.
pub(super) fn value(peak: &Peak) -> String {
    let unit = if peak.unit == "GB" { " GB" } else { "" };
    format!("{}{unit}", number(peak.value))
}

/// The answer in a sentence.
pub(super) fn answer(report: &Report) -> String {
    let counts = &report.counts;
    let refused = match refused(report) {
        0 => "none refused".into(),
        refused => format!("{} refused", number(refused as f64)),
    };
    format!(
        "{} of {} in {}: at most {} and {}; {} ({}), {refused}",
        counted(counts.calls as f64, "call"),
        counted(report.functions as f64, "function"),
        clock(report.seconds.ceil()),
        counted(peak(report, "environments"), "environment"),
        counted(peak(report, "ENIs"), "ENI"),
        counted(counts.cold as f64, "cold start"),
        percent(counts.cold, counts.calls),
    )
}

/// The highest value in each of a number of parts.
fn sparkline(values: &[f64]) -> String {
    let most = values.iter().copied().fold(0.0, f64::max);
    let part = values.len().div_ceil(WIDTH).max(1);
    values
        .chunks(part)
        .map(|part| part.iter().copied().fold(0.0, f64::max))
        .map(|value| match most > 0.0 {
            true => BARS[((value / most * 7.0).round() as usize).min(7)],
            false => BARS[0],
        })
        .collect()
}

fn spark(name: &str, values: &[f64]) {
    let most = values.iter().copied().fold(0.0, f64::max);
    println!(
        "{name:<16}{}  {}",
        sparkline(values),
        table::faint(&format!("up to {}", number(most)))
    );
}

pub(super) fn print(report: &Report) {
    println!("{}", report.title);
    println!("{}\n", answer(report));
    for sentence in &report.advice {
        println!("→ {sentence}");
    }
    println!();
    let rows: Vec<_> = report
        .peaks
        .iter()
        .map(|peak| {
            let bound =
                peak.bound.map_or_else(String::new, |bound| format!("of {}", number(bound)));
            vec![peak.of.clone(), value(peak), bound, clock(peak.at), peak.cause.clone()]
        })
        .collect();
    table::print(&["peak", "most", "", "first at", "by"], &rows);
    if !report.subnets.is_empty() {
        println!();
        let rows: Vec<_> = report
            .subnets
            .iter()
            .map(|subnet| {
                vec![
                    subnet.name.clone(),
                    subnet.cidr.clone(),
                    number(f64::from(subnet.usable)),
                    others(&subnet.taken),
                    number(f64::from(subnet.peak)),
                    clock(subnet.peak_at),
                    number(f64::from(subnet.wanted)),
                    subnet.full_at.map_or("never".into(), clock),
                    clock(subnet.full_seconds.ceil()),
                ]
            })
            .collect();
        let head = [
            "subnet", "block", "usable", "others'", "most", "first at", "wanted", "full at",
            "full for",
        ];
        table::print(&head, &rows);
    }
    for ran_out in &report.exhaustions {
        println!(
            "\n{} ran out first at {}, at {}: {} refused, {} went elsewhere",
            ran_out.of,
            clock(ran_out.at),
            number(ran_out.bound as f64),
            number(ran_out.refused as f64),
            number(ran_out.passed_over as f64),
        );
        table::branches(&ran_out.because.because, "");
    }
    println!();
    let floats = |values: &[u32]| values.iter().map(|v| f64::from(*v)).collect::<Vec<_>>();
    let series = &report.series;
    spark("calls", &floats(&series.calls));
    spark("concurrency", &floats(&series.concurrency));
    spark("environments", &floats(&series.environments));
    spark("ENIs", &floats(&series.enis));
    spark("cold starts", &floats(&series.cold));
    if series.refused.iter().any(|count| *count > 0) {
        spark("refused", &floats(&series.refused));
    }
    println!();
    totals(report);
}

fn totals(report: &Report) {
    let counts = &report.counts;
    let row = |name: &str, value: f64| vec![name.to_owned(), number(value)];
    let mut rows = vec![
        row("answered", counts.answered as f64),
        row("cold starts", counts.cold as f64),
        row("started ahead", counts.prewarmed as f64),
        row("reused", counts.reused as f64),
        row("ENIs created", counts.enis_created as f64),
        row("environments reaped", counts.reaped as f64),
        row("GB-seconds running", report.busy_gb_seconds),
        row("GB-seconds idle", report.idle_gb_seconds),
    ];
    for (name, value) in [
        ("went to another subnet", counts.failed_over),
        ("throttled", counts.throttled),
        ("refused: no address", counts.no_address),
        ("refused: ENI quota", counts.eni_limit),
        ("refused otherwise", counts.refused_otherwise),
        ("timed out", counts.timed_out),
    ] {
        if value > 0 {
            rows.push(row(name, value as f64));
        }
    }
    table::print(&["in all", ""], &rows);
    println!("{}", table::faint(&format!("{} steps, hash {}", report.steps, report.hash)));
}

/// Addresses that others than functions hold, with those of whom there is a name.
pub(super) fn others(taken: &Taken) -> String {
    let Taken { nat_gateways, endpoints, reserved, .. } = *taken;
    let named = [(nat_gateways, "NAT"), (endpoints, "endpoints"), (reserved, "reserved")];
    let named = named.into_iter().filter(|(count, _)| *count > 0);
    let named: Vec<String> = named.map(|(count, noun)| format!("{count} {noun}")).collect();
    match named.is_empty() {
        true => number(f64::from(taken.all())),
        false => format!("{} ({})", number(f64::from(taken.all())), named.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_are_as_people_write_them() {
        assert_eq!(number(1_234_567.0), "1,234,567");
        assert_eq!((number(12.34), number(999.0)), ("12.3".into(), "999".into()));
        assert_eq!(clock(3_723.9), "1:02:03");
        assert_eq!(percent(1, 3), "33.33 %");
    }

    #[test]
    fn a_sparkline_is_as_wide_as_there_are_values_and_no_wider_than_it_may() {
        assert_eq!(sparkline(&[0.0, 1.0, 7.0]), "▁▂█");
        assert!(sparkline(&vec![1.0; 1000]).chars().count() <= WIDTH);
        assert_eq!(sparkline(&[]), "");
    }
}
