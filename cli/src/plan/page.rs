//! A page with a report's answer, advice, causes and plots; it needs no other file.

use std::fmt::Write;

use engine::tell::explain::Explanation;
use sim::plan::report::Report;

use super::compare;
use super::svg::{Mark, PlotLine, escape, plot};
use super::tables::{answer, clock, number, others, peak, percent, refused, value};

const STYLE: &str = "\
:root{--fg:#1c2330;--faint:#667085;--bg:#fff;--card:#f5f7fa;--line:#dde3ea;--bad:#c62828;--good:#1b7f4d;\
--c0:#2563eb;--c1:#d97706;--c2:#059669;--c3:#9333ea;--c4:#dc2626;--c5:#0891b2;--c6:#65a30d;--c7:#be185d}\
@media(prefers-color-scheme:dark){:root{--fg:#e6eaf0;--faint:#98a2b3;--bg:#12161c;--card:#1b212a;--line:#2c3440;\
--bad:#ff7b72;--good:#56d39b;--c0:#6ea8fe;--c1:#fbbf24;--c2:#34d399;--c3:#c084fc;--c4:#f87171;--c5:#22d3ee;--c6:#a3e635;--c7:#f472b6}}\
body{font:15px/1.5 system-ui,sans-serif;color:var(--fg);background:var(--bg);max-width:60rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.3rem;margin:0}h2{font-size:1.05rem;margin:2rem 0 .5rem}.faint{color:var(--faint)}\
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.75rem;margin:1.25rem 0}\
.figures div{background:var(--card);border-radius:.5rem;padding:.7rem .9rem}.figures b{display:block;font-size:1.5rem}\
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}\
td:first-child{overflow-wrap:anywhere;min-width:7rem}td:last-child,li{overflow-wrap:anywhere}\
td.n,th.n{text-align:right;white-space:nowrap;overflow-wrap:normal;font-variant-numeric:tabular-nums}.best{color:var(--good);font-weight:600}\
ul.advice{padding-left:1.1rem}ul.advice li{margin:.3rem 0}.bad{color:var(--bad)}\
details{margin:.4rem 0}summary{cursor:pointer}details ul{margin:.2rem 0;padding-left:1.3rem}\
figure{margin:1.2rem 0}figcaption{font-weight:600}svg{width:100%;height:auto}.axis{font-size:11px;fill:var(--faint)}\
.grid{stroke:var(--line)}.mark{stroke:var(--bad);stroke-dasharray:3 3}.line{fill:none;stroke-width:1.6}\
.legend span{margin-right:1rem;padding-left:1.1rem;border-left:.8rem solid}\
@media print{body{max-width:none;margin:0}details{break-inside:avoid}figure{break-inside:avoid}}";

fn style() -> String {
    let mut style = STYLE.to_owned();
    for nth in 0..8 {
        let _ = write!(
            style,
            ".c{nth}{{stroke:var(--c{nth})}}.k{nth}{{border-color:var(--c{nth})!important}}"
        );
    }
    style
}

/// The page of one plan, or of several side by side.
pub(super) fn page(reports: &[Report]) -> String {
    let title = match reports {
        [report] => format!("Plan: {}", report.title),
        reports => format!("{} plans side by side", reports.len()),
    };
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>\
         <meta name=\"viewport\" content=\"width=device-width\"/><title>{0}</title>\
         <style>{1}</style></head><body><h1>{0}</h1>",
        escape(&title),
        style()
    );
    if let [report] = reports {
        one(&mut html, report);
    } else {
        side_by_side(&mut html, reports);
        for (at, report) in reports.iter().enumerate() {
            let _ = write!(html, "<h1>Plan {}: {}</h1>", at + 1, escape(&report.title));
            one(&mut html, report);
        }
    }
    html.push_str("</body></html>\n");
    html
}

fn table(
    html: &mut String,
    head: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
    numbers: &[usize],
) {
    let class = |at: usize| if numbers.contains(&at) { " class=\"n\"" } else { "" };
    html.push_str("<div class=\"wide\"><table><thead><tr>");
    for (at, cell) in head.iter().enumerate() {
        let _ = write!(html, "<th{}>{}</th>", class(at), escape(cell));
    }
    html.push_str("</tr></thead><tbody>");
    for row in rows {
        html.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let _ = write!(html, "<td{}>{}</td>", class(at), escape(cell));
        }
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table></div>");
}

fn floats(values: &[u32]) -> Vec<f64> {
    values.iter().map(|value| f64::from(*value)).collect()
}

fn line(name: &str, values: Vec<f64>) -> PlotLine {
    PlotLine { name: name.to_owned(), values }
}

fn one(html: &mut String, report: &Report) {
    let counts = &report.counts;
    let _ = write!(html, "<p>{}</p>", escape(&answer(report)));
    html.push_str("<div class=\"figures\">");
    for (what, value) in [
        ("ENIs at most", number(peak(report, "ENIs"))),
        ("addresses held at most", number(report.subnets.iter().map(|s| f64::from(s.peak)).sum())),
        ("environments at most", number(peak(report, "environments"))),
        ("cold starts", percent(counts.cold, counts.calls)),
        ("refused", number(refused(report) as f64)),
    ] {
        let _ = write!(html, "<div><b>{value}</b>{what}</div>");
    }
    html.push_str("</div><h2>Advice</h2><ul class=\"advice\">");
    for sentence in &report.advice {
        let _ = write!(html, "<li>{}</li>", escape(sentence));
    }
    html.push_str("</ul>");
    ran_out(html, report);
    html.push_str("<h2>Peaks</h2>");
    let rows = report.peaks.iter().map(|peak| {
        let bound = peak.bound.map_or_else(String::new, number);
        vec![peak.of.clone(), value(peak), bound, clock(peak.at), peak.cause.clone()]
    });
    table(html, &["of", "most", "bound", "first at", "by"], rows, &[1, 2, 3]);
    plots(html, report);
    tables(html, report);
    let _ = write!(
        html,
        "<p class=\"faint\">{} steps of the engine, hash {}</p>",
        number(report.steps as f64),
        escape(&report.hash)
    );
}

fn ran_out(html: &mut String, report: &Report) {
    if report.exhaustions.is_empty() {
        return;
    }
    html.push_str("<h2>What ran out</h2>");
    for each in &report.exhaustions {
        let _ = write!(
            html,
            "<details open=\"open\"><summary><span class=\"bad\">{}</span> ran out first at {}, at {}: {} refused, {} went elsewhere</summary>",
            escape(&each.of),
            clock(each.at),
            number(each.bound as f64),
            number(each.refused as f64),
            number(each.passed_over as f64)
        );
        tree(html, &each.because.because);
        html.push_str("</details>");
    }
}

fn tree(html: &mut String, below: &[Explanation]) {
    if below.is_empty() {
        return;
    }
    html.push_str("<ul>");
    for each in below {
        let _ = write!(html, "<li>{}", escape(&each.text));
        tree(html, &each.because);
        html.push_str("</li>");
    }
    html.push_str("</ul>");
}

fn ratio(report: &Report) -> Vec<f64> {
    let both = report.series.calls.iter().zip(&report.series.cold);
    both.map(|(calls, cold)| 100.0 * f64::from(*cold) / f64::from((*calls).max(1))).collect()
}

fn plots(html: &mut String, report: &Report) {
    let series = &report.series;
    let every = series.interval;
    html.push_str("<h2>Over time</h2>");
    html.push_str(&plot(
        "Calls in an interval",
        every,
        &[line("calls", floats(&series.calls)), line("refused", floats(&series.refused))],
        &[],
    ));
    html.push_str(&plot(
        "Concurrency and environments",
        every,
        &[
            line("calls running", floats(&series.concurrency)),
            line("environments", floats(&series.environments)),
        ],
        &[],
    ));
    html.push_str(&plot("ENIs", every, &[line("ENIs", floats(&series.enis))], &[]));
    if !report.subnets.is_empty() {
        let lines: Vec<_> = report
            .subnets
            .iter()
            .zip(&series.free)
            .map(|(subnet, free)| line(&format!("{} ({})", subnet.name, subnet.cidr), floats(free)))
            .collect();
        let marks: Vec<_> = report
            .subnets
            .iter()
            .filter_map(|each| {
                let text = format!("{} is full", each.name);
                each.full_at.map(|seconds| Mark { seconds, text })
            })
            .collect();
        html.push_str(&plot("Free addresses", every, &lines, &marks));
    }
    html.push_str(&plot(
        "Cold starts, percent of the calls",
        every,
        &[line("cold", ratio(report))],
        &[],
    ));
    html.push_str(&plot(
        "Memory of environments, GB",
        every,
        &[line("GB", series.memory.clone())],
        &[],
    ));
}

fn tables(html: &mut String, report: &Report) {
    let counts = &report.counts;
    if !report.subnets.is_empty() {
        html.push_str("<h2>Subnets</h2>");
        let rows = report.subnets.iter().map(|subnet| {
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
        });
        let head = [
            "subnet", "block", "usable", "others'", "most", "first at", "wanted", "full at",
            "full for",
        ];
        table(html, &head, rows, &[2, 3, 4, 5, 6, 7, 8]);
    }
    html.push_str("<h2>Functions that cost the most</h2>");
    let rows = report.functions_by_cost.iter().map(|each| {
        vec![
            each.name.clone(),
            number(each.calls as f64),
            number(each.cold as f64),
            number(each.refused as f64),
            number(f64::from(each.environments)),
            number(f64::from(each.memory)),
            number(each.gb_seconds),
        ]
    });
    let head = ["function", "calls", "cold", "refused", "environments", "MB", "GB-seconds"];
    table(html, &head, rows, &[1, 2, 3, 4, 5, 6]);
    html.push_str("<h2>In all</h2>");
    let rows = [
        ("calls", counts.calls as f64),
        ("answered", counts.answered as f64),
        ("cold starts", counts.cold as f64),
        ("started ahead", counts.prewarmed as f64),
        ("reused an environment", counts.reused as f64),
        ("throttled", counts.throttled as f64),
        ("refused: no address", counts.no_address as f64),
        ("refused: ENI quota", counts.eni_limit as f64),
        ("refused otherwise", counts.refused_otherwise as f64),
        ("timed out", counts.timed_out as f64),
        ("ENIs created", counts.enis_created as f64),
        ("environments that went to another subnet", counts.failed_over as f64),
        ("GB-seconds running", report.busy_gb_seconds),
        ("GB-seconds idle", report.idle_gb_seconds),
    ];
    let rows = rows.into_iter().map(|(name, value)| vec![name.to_owned(), number(value)]);
    table(html, &["", ""], rows, &[1]);
}

fn side_by_side(html: &mut String, reports: &[Report]) {
    html.push_str("<ol>");
    for report in reports {
        let _ = write!(html, "<li>{}</li>", escape(&report.title));
    }
    html.push_str("</ol><div class=\"wide\"><table><thead><tr><th></th>");
    for at in 1..=reports.len() {
        let _ = write!(html, "<th class=\"n\">plan {at}</th>");
    }
    html.push_str("</tr></thead><tbody>");
    for row in compare::rows(reports) {
        let _ = write!(html, "<tr><td>{}</td>", row.name);
        for (cell, is_best) in row.cells.iter().zip(row.best) {
            let class = if is_best { "n best" } else { "n" };
            let _ = write!(html, "<td class=\"{class}\">{}</td>", escape(cell));
        }
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table></div>");
    let every = reports.first().map_or(1.0, |report| report.series.interval);
    type Values = fn(&Report) -> Vec<f64>;
    let plots: [(&str, Values); 4] = [
        ("Environments", |report| floats(&report.series.environments)),
        ("ENIs", |report| floats(&report.series.enis)),
        ("Cold starts, percent of the calls", ratio),
        ("Refused calls", |report| floats(&report.series.refused)),
    ];
    for (title, values) in plots {
        let lines: Vec<_> = reports
            .iter()
            .enumerate()
            .map(|(at, report)| line(&format!("plan {}", at + 1), values(report)))
            .collect();
        html.push_str(&plot(title, every, &lines, &[]));
    }
}
