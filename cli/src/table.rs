//! Tables and trees for people.

use std::io::IsTerminal;

use engine::tell::explain::Explanation;

/// Prints rows under a head, columns as wide as their widest cell.
pub(crate) fn print(head: &[&str], rows: &[Vec<String>]) {
    let plain = |row: &Vec<String>| row.iter().map(|cell| plain(cell)).collect::<Vec<_>>();
    let rows: Vec<Vec<String>> = rows.iter().map(plain).collect();
    let mut widths: Vec<usize> = head.iter().map(|cell| cell.chars().count()).collect();
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded = cells.zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    println!("{}", faint(&line(&mut head.iter().copied())));
    for row in &rows {
        println!("{}", line(&mut row.iter().map(String::as_str)));
    }
}

/// On one line, and without what a terminal would obey: others chose the text.
fn plain(text: &str) -> String {
    text.chars().map(|each| if each.is_control() { ' ' } else { each }).collect()
}

/// Prints what an explanation follows from, as a tree.
pub(crate) fn branches(below: &[Explanation], indent: &str) {
    for (at, each) in below.iter().enumerate() {
        let is_last = at + 1 == below.len();
        let (branch, deeper) = if is_last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        println!("{}{}", faint(&format!("{indent}{branch}")), plain(&each.text));
        branches(&each.because, &format!("{indent}{deeper}"));
    }
}

/// Faint on a terminal.
pub(crate) fn faint(text: &str) -> String {
    styled(text, "2", is_coloured())
}

/// Red and bold on a terminal, for standard error.
pub(crate) fn alarming(text: &str) -> String {
    styled(text, "1;31", is_coloured_error())
}

/// Whether standard output may be coloured.
pub(crate) fn is_coloured() -> bool {
    may_colour(std::io::stdout().is_terminal())
}

/// Whether standard error may be coloured.
pub(crate) fn is_coloured_error() -> bool {
    may_colour(std::io::stderr().is_terminal())
}

/// Whether a stream may be coloured: a terminal, and nobody said no (<https://no-color.org>).
fn may_colour(is_terminal: bool) -> bool {
    is_terminal && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty())
}

fn styled(text: &str, style: &str, is_coloured: bool) -> String {
    if is_coloured { format!("\x1b[{style}m{text}\x1b[0m") } else { text.to_owned() }
}

/// A span of milliseconds as people say it.
pub(crate) fn span(millis: u64) -> String {
    match millis / 1000 {
        0 => format!("{millis} ms"),
        seconds @ 1..120 => format!("{seconds} s"),
        seconds @ 120..7200 => format!("{} min", seconds / 60),
        seconds => format!("{} h", seconds / 3600),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_wrote_stays_on_its_line_and_commands_no_terminal() {
        assert_eq!(plain("sh -c 'a\nb'\t\u{1b}[2Jé"), "sh -c 'a b'  [2Jé");
    }
}
