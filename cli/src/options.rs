//! Words of a command line: options with values, switches, and what is left.

use std::time::Duration;

use engine::limits::KeepAlive;
use sim::trace::synthetic::time;

/// The words after a command, taken one kind at a time.
#[derive(Debug)]
pub(crate) struct Words<'a> {
    command: &'static str,
    left: Vec<&'a str>,
    /// What stood after `--`.
    pub(crate) after: Vec<&'a str>,
}

impl<'a> Words<'a> {
    pub(crate) fn of(command: &'static str, words: &[&'a str]) -> Words<'a> {
        let mut left = words.to_vec();
        let mut after = Vec::new();
        if let Some(at) = left.iter().position(|word| *word == "--") {
            after = left.split_off(at + 1);
            left.pop();
        }
        Words { command, left, after }
    }

    /// Whether a switch is given.
    pub(crate) fn switch(&mut self, name: &str) -> bool {
        let before = self.left.len();
        self.left.retain(|word| *word != name);
        self.left.len() < before
    }

    /// The value of an option that may be given once.
    pub(crate) fn value(&mut self, name: &str) -> Result<Option<&'a str>, String> {
        let mut values = self.values(name)?;
        match values.len() {
            0 | 1 => Ok(values.pop()),
            _ => Err(format!("option {name} is given twice")),
        }
    }

    /// The value of an option that must be given.
    pub(crate) fn needed(&mut self, name: &str) -> Result<&'a str, String> {
        let command = self.command;
        let missing = || format!("option {name} is missing\nhint: warren {command} --help");
        self.value(name)?.ok_or_else(missing)
    }

    /// The values of an option that may be repeated; `--name=value` is taken as well.
    pub(crate) fn values(&mut self, name: &str) -> Result<Vec<&'a str>, String> {
        let mut values = Vec::new();
        let mut at = 0;
        while at < self.left.len() {
            let word = self.left[at];
            if word == name {
                self.left.remove(at);
                if at == self.left.len() {
                    let command = self.command;
                    return Err(format!(
                        "option {name} needs a value\nhint: warren {command} --help"
                    ));
                }
                values.push(self.left.remove(at));
            } else if let Some(value) =
                word.strip_prefix(name).and_then(|rest| rest.strip_prefix('='))
            {
                values.push(value);
                self.left.remove(at);
            } else {
                at += 1;
            }
        }
        Ok(values)
    }

    /// What is left, once every option was taken.
    pub(crate) fn rest(self) -> Result<Vec<&'a str>, String> {
        let command = self.command;
        match self.left.iter().find(|word| word.starts_with('-')) {
            Some(word) => Err(format!("option {word} is not known\nhint: warren {command} --help")),
            None => Ok(self.left),
        }
    }
}

/// How a command shows what it found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Output {
    /// For people.
    Table,
    /// For programs.
    Json,
}

impl Output {
    pub(crate) fn take(words: &mut Words<'_>) -> Result<Output, String> {
        match words.value("--output")? {
            None | Some("table") => Ok(Output::Table),
            Some("json") => Ok(Output::Json),
            Some(other) => Err(format!("output {other} is not known\nhint: table or json")),
        }
    }
}

/// A keep-alive policy: a time, `hybrid`, `hybrid:RANGE` or `greedy-dual:MEMORY`.
pub(crate) fn keep_alive(text: &str) -> Result<KeepAlive, String> {
    let (name, value) = text.trim().split_once(':').unwrap_or((text.trim(), ""));
    let policy = match name {
        "hybrid" if value.is_empty() => Some(KeepAlive::Histogram(HISTOGRAM)),
        "hybrid" => {
            let range = time(value).filter(|range| *range >= Duration::from_secs(60));
            range.map(KeepAlive::Histogram)
        }
        "greedy-dual" => megabytes(value).map(KeepAlive::GreedyDual),
        span => time(span).filter(|span| !span.is_zero()).map(KeepAlive::Fixed),
    };
    policy.ok_or_else(|| {
        format!(
            "keep-alive {text} is not understood\nhint: 5m, hybrid, hybrid:4h or greedy-dual:8GB"
        )
    })
}

/// The span of a histogram's idle times, as its authors have it.
const HISTOGRAM: Duration = Duration::from_secs(4 * 3600);

/// MB, of a text such as `512MB` or `8GB`.
fn megabytes(text: &str) -> Option<u32> {
    let (number, factor) = match text.strip_suffix("GB") {
        Some(number) => (number, 1024),
        None => (text.strip_suffix("MB")?, 1),
    };
    number.parse::<u32>().ok()?.checked_mul(factor).filter(|megabytes| *megabytes > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keep_alive_policies_are_understood() {
        assert_eq!(keep_alive("5m"), Ok(KeepAlive::Fixed(Duration::from_secs(300))));
        assert_eq!(keep_alive("hybrid"), Ok(KeepAlive::Histogram(Duration::from_secs(14_400))));
        assert_eq!(keep_alive("hybrid:1h"), Ok(KeepAlive::Histogram(Duration::from_secs(3600))));
        assert_eq!(keep_alive("greedy-dual:8GB"), Ok(KeepAlive::GreedyDual(8192)));
        assert_eq!(keep_alive("greedy-dual:512MB"), Ok(KeepAlive::GreedyDual(512)));
        for bad in ["", "0s", "hybrid:1s", "greedy-dual", "greedy-dual:8", "greedy-dual:0GB", "lru"]
        {
            assert!(keep_alive(bad).unwrap_err().starts_with("keep-alive"), "{bad}");
        }
    }

    #[test]
    fn options_may_stand_anywhere_before_the_dashes() {
        let mut words =
            Words::of("x", &["db", "--a", "1", "--b=2", "--x", "--a=3", "--", "-c", "--a"]);
        assert!(words.switch("--x"));
        assert_eq!(words.values("--a"), Ok(vec!["1", "3"]));
        assert_eq!(words.value("--b"), Ok(Some("2")));
        assert_eq!(words.after, ["-c", "--a"]);
        assert_eq!(words.rest(), Ok(vec!["db"]));
    }

    #[test]
    fn what_is_not_known_is_named() {
        assert!(
            Words::of("x", &["--z"]).rest().unwrap_err().starts_with("option --z is not known")
        );
        assert!(Words::of("x", &["--a"]).value("--a").unwrap_err().starts_with("option --a needs"));
        assert!(Words::of("x", &["--a", "1", "--a", "2"]).value("--a").is_err());
    }
}
