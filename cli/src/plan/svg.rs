//! Plots of values over time, as SVG that needs nothing else.

use std::fmt::Write;

use super::tables::{clock, number};

const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 220.0;
const LEFT: f64 = 64.0;
const BOTTOM: f64 = 26.0;
const TOP: f64 = 10.0;

/// One line of a plot.
pub(super) struct PlotLine {
    pub(super) name: String,
    pub(super) values: Vec<f64>,
}

/// A text inside of HTML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Steps of 1, 2 or 5 times a power of ten: about this many.
fn ticks(most: f64, about: f64) -> f64 {
    let raw = (most / about).max(1e-9);
    let power = 10f64.powf(raw.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|step| step * power)
        .find(|step| *step >= raw)
        .unwrap_or(power * 10.0)
}

/// Steps of time that a clock has: seconds.
fn clock_ticks(span: f64) -> f64 {
    let steps = [
        1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 1800.0, 3600.0, 7200.0, 14_400.0, 21_600.0, 43_200.0,
        86_400.0,
    ];
    steps.into_iter().find(|step| span / step <= 9.0).unwrap_or((span / 8.0).max(86_400.0))
}

/// Where values lie on the plot.
struct Scale {
    /// Seconds from the left edge to the right one.
    span: f64,
    /// The value at the upper edge.
    ceiling: f64,
    /// Between two lines of the grid.
    step: f64,
}

impl Scale {
    fn x(&self, seconds: f64) -> f64 {
        LEFT + (seconds / self.span).clamp(0.0, 1.0) * (WIDTH - LEFT - 8.0)
    }

    fn y(&self, value: f64) -> f64 {
        TOP + (1.0 - value / self.ceiling) * (HEIGHT - TOP - BOTTOM)
    }
}

/// A vertical line of a plot, and what it marks.
pub(super) struct Mark {
    pub(super) seconds: f64,
    pub(super) text: String,
}

/// A plot with its title.
pub(super) fn plot(title: &str, interval: f64, lines: &[PlotLine], marks: &[Mark]) -> String {
    let count = lines.iter().map(|line| line.values.len()).max().unwrap_or(0);
    let most = lines.iter().flat_map(|line| line.values.iter().copied()).fold(0.0, f64::max);
    let step = ticks(most.max(1e-9), 4.0);
    let ceiling = (most / step).ceil().max(1.0) * step;
    let scale = Scale { span: (count as f64 * interval).max(interval).max(1e-9), ceiling, step };
    let mut svg = format!(
        "<figure><figcaption>{0}</figcaption><svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
         aria-label=\"{0}, up to {1}\"><title>{0}</title>",
        escape(title),
        number(most)
    );
    axes(&mut svg, &scale);
    for Mark { seconds, text } in marks {
        let _ = write!(
            svg,
            "<line class=\"mark\" x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"{TOP}\" y2=\"{1}\"><title>{2}</title></line>",
            scale.x(*seconds),
            HEIGHT - BOTTOM,
            escape(text)
        );
    }
    for (nth, line) in lines.iter().enumerate() {
        let mut points = String::new();
        for (at, value) in line.values.iter().enumerate() {
            let x = scale.x((at as f64 + 0.5) * interval);
            let _ = write!(points, "{x:.1},{:.1} ", scale.y(*value));
        }
        let _ = write!(
            svg,
            "<polyline class=\"line c{}\" points=\"{}\"><title>{}</title></polyline>",
            nth % 8,
            points.trim_end(),
            escape(&line.name)
        );
    }
    svg.push_str("</svg>");
    legend(&mut svg, lines);
    svg.push_str("</figure>");
    svg
}

/// The grid with its values, and the times below it.
fn axes(svg: &mut String, scale: &Scale) {
    let mut level = 0.0;
    while level <= scale.ceiling * 1.000_001 {
        let _ = write!(
            svg,
            "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{}\" y1=\"{1:.1}\" y2=\"{1:.1}\"/>\
             <text class=\"axis\" x=\"{2}\" y=\"{3:.1}\" text-anchor=\"end\">{4}</text>",
            WIDTH - 8.0,
            scale.y(level),
            LEFT - 6.0,
            scale.y(level) + 4.0,
            number(level)
        );
        level += scale.step;
    }
    let (mut at, every) = (0.0, clock_ticks(scale.span));
    while at <= scale.span {
        let text = clock(at);
        let text = if every >= 60.0 { text.rsplit_once(':').map_or("", |(t, _)| t) } else { &text };
        let x = scale.x(at);
        let _ = write!(
            svg,
            "<text class=\"axis\" x=\"{x:.1}\" y=\"{}\" text-anchor=\"{}\">{text}</text>",
            HEIGHT - 8.0,
            // The last would stand out at the edge.
            if x > WIDTH - 20.0 { "end" } else { "middle" }
        );
        at += every;
    }
}

/// Which line is which, where there are several.
fn legend(svg: &mut String, lines: &[PlotLine]) {
    if lines.len() < 2 {
        return;
    }
    svg.push_str("<p class=\"legend\">");
    for (nth, line) in lines.iter().enumerate() {
        let _ = write!(svg, "<span class=\"k{}\">{}</span> ", nth % 8, escape(&line.name));
    }
    svg.push_str("</p>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round() {
        assert_eq!((ticks(930.0, 4.0), ticks(7.0, 4.0), ticks(0.3, 4.0)), (500.0, 2.0, 0.1));
        assert_eq!((clock_ticks(28_800.0), clock_ticks(50.0)), (3_600.0, 15.0));
    }

    #[test]
    fn a_plot_of_nothing_is_a_plot() {
        for values in [vec![], vec![0.0], vec![3.0]] {
            let text = plot("<b>", 60.0, &[PlotLine { name: "a&b".into(), values }], &[]);
            assert!(
                !text.contains("NaN") && !text.contains("inf") && !text.contains("<b>"),
                "{text}"
            );
        }
    }
}
