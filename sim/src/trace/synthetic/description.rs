//! The description of synthetic load, read.

use std::time::Duration;

use crate::distribution::{LogNormal, Weibull};

/// The times between calls of a group.
#[derive(Debug, Clone, Copy)]
pub(super) enum Gaps {
    Exponential,
    Equal,
    /// In seconds, with its mean.
    Weibull(Weibull, f64),
}

/// How long calls run, in microseconds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Length {
    Fixed(f64),
    Exponential(f64),
    LogNormal(LogNormal),
}

/// Functions that are called alike.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) functions: u32,
    /// Calls per second.
    pub(super) rate: Option<f64>,
    pub(super) zipf: f64,
    pub(super) gaps: Gaps,
    pub(super) length: Length,
    pub(super) memory: u32,
    /// Nanoseconds since the beginning, and how many.
    pub(super) bursts: Vec<(u64, u64)>,
    /// The first function's place in the trace.
    pub(super) first: u32,
}

/// How long a trace is that does not say.
const SPAN: Duration = Duration::from_secs(600);
/// Calls, about, at most.
const MOST: f64 = 1e10;
/// Functions of all groups, at most.
const MOST_FUNCTIONS: u64 = 10_000_000;

/// How each key is given.
const KEYS: [(&str, &str); 9] = [
    ("functions", "functions=1000"),
    ("rate", "rate=50/s, rate=3/m or rate=2/h"),
    ("for", "for=90s, for=10m or for=8h, of at most ten years"),
    ("zipf", "zipf=0.9, from 0 to 5"),
    ("gaps", "gaps=exponential, gaps=equal or gaps=weibull:1.25s:3.66s"),
    ("duration", "duration=100ms, duration=exponential:100ms or duration=lognormal:120ms:300ms"),
    ("memory", "memory=512, in MB, up to 10240"),
    ("burst", "burst=500@10m"),
    ("name", "name=web"),
];

impl Group {
    /// Calls per second that come by themselves.
    pub(super) fn mean_rate(&self) -> f64 {
        let own = match self.gaps {
            Gaps::Weibull(_, mean) => 1.0 / mean,
            Gaps::Exponential | Gaps::Equal => 1.0,
        };
        self.rate.unwrap_or(own)
    }
}

/// Why a description is not of a load.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum SyntheticError {
    /// A word that stands for nothing.
    #[error("`{key}` is not known\nhint: {known}", known = KEYS.map(|(name, _)| name).join(", "))]
    Unknown {
        /// The word.
        key: String,
    },
    /// A value that is not of its word's form.
    #[error("{word} is not understood\nhint: {form}")]
    Value {
        /// The word with its value.
        word: String,
        /// How it is written.
        form: &'static str,
    },
    /// Two groups of functions by one name.
    #[error("two groups are named {0}\nhint: name=web in one")]
    SameName(String),
    /// More functions than a machine has memory for.
    #[error("{0} functions are more than {MOST_FUNCTIONS}")]
    TooManyFunctions(u64),
    /// More calls than there is time for.
    #[error("about {0:.1e} calls are more than {MOST:.0e}")]
    TooManyCalls(f64),
}

/// The groups that a description names, and how long they are called.
///
/// # Errors
/// When it is not understood, or asks for what would take a machine's memory, or days.
pub(super) fn read(description: &str) -> Result<(Vec<Group>, Duration), SyntheticError> {
    let description = match description {
        "huawei" => "gaps=weibull:1.25s:3.66s,duration=lognormal:100ms:300ms,for=1h",
        other => other,
    };
    let mut groups: Vec<Group> = Vec::new();
    let mut span = None;
    for part in description.split(';') {
        let (mut group, length) = parse(part)?;
        if groups.iter().any(|other| other.name == group.name) {
            return Err(SyntheticError::SameName(group.name));
        }
        span = span.or(length);
        group.first = groups.iter().map(|group| group.functions).sum();
        groups.push(group);
        bounded(&groups, span)?;
    }
    Ok((groups, span.unwrap_or(SPAN)))
}

fn parse(text: &str) -> Result<(Group, Option<Duration>), SyntheticError> {
    let mut group = Group {
        name: "function".into(),
        functions: 1,
        rate: None,
        zipf: 0.0,
        gaps: Gaps::Exponential,
        length: Length::Fixed(100_000.0),
        memory: 128,
        bursts: Vec::new(),
        first: 0,
    };
    let mut span = None;
    let word_of = |key: &str| KEYS.iter().find(|(name, _)| *name == key);
    for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
        let (key, value) = word.split_once('=').unwrap_or((word, ""));
        let (_, form) =
            word_of(key).ok_or_else(|| SyntheticError::Unknown { key: key.to_owned() })?;
        let bad = || SyntheticError::Value { word: word.to_owned(), form };
        match key {
            "name" if !value.is_empty() => value.clone_into(&mut group.name),
            "functions" => {
                group.functions = value.parse().ok().filter(|n| *n > 0).ok_or_else(bad)?;
            }
            "rate" => group.rate = Some(rate(value).ok_or_else(bad)?),
            "for" => {
                span = Some(time(value).filter(|span| !span.is_zero()).ok_or_else(bad)?);
            }
            "zipf" => {
                let zipf = value.parse::<f64>().ok();
                group.zipf = zipf.filter(|z| (0.0..=5.0).contains(z)).ok_or_else(bad)?;
            }
            "gaps" => group.gaps = gaps(value).ok_or_else(bad)?,
            "duration" => group.length = length(value).ok_or_else(bad)?,
            "memory" => {
                let memory = value.parse().ok();
                group.memory = memory.filter(|m| (1..=10_240).contains(m)).ok_or_else(bad)?;
            }
            "burst" => {
                let (count, at) = value.split_once('@').ok_or_else(bad)?;
                let at = time(at).ok_or_else(bad)?.as_nanos() as u64;
                let count = count.parse().ok().filter(|count| *count > 0);
                group.bursts.push((at, count.ok_or_else(bad)?));
            }
            _ => return Err(bad()),
        }
    }
    group.bursts.sort_unstable();
    Ok((group, span))
}

/// Refuses what would take a machine's memory, or days.
fn bounded(groups: &[Group], span: Option<Duration>) -> Result<(), SyntheticError> {
    let functions: u64 = groups.iter().map(|group| u64::from(group.functions)).sum();
    if functions > MOST_FUNCTIONS {
        return Err(SyntheticError::TooManyFunctions(functions));
    }
    let seconds = span.unwrap_or(SPAN).as_secs_f64();
    let calls = groups.iter().map(|group| {
        let bursts: f64 = group.bursts.iter().map(|(_, count)| *count as f64).sum();
        seconds * group.mean_rate() + bursts
    });
    let calls: f64 = calls.sum();
    if calls > MOST {
        return Err(SyntheticError::TooManyCalls(calls));
    }
    Ok(())
}

fn rate(text: &str) -> Option<f64> {
    let (number, unit) = text.split_once('/').unwrap_or((text, "s"));
    let seconds = match unit {
        "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return None,
    };
    number.parse::<f64>().ok().filter(|n| *n > 0.0 && *n <= 1e9).map(|n| n / seconds)
}

/// A time with its unit: `us`, `ms`, `s`, `m`, `h` or `d`.
pub fn time(text: &str) -> Option<Duration> {
    let at = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = text.split_at(at);
    let seconds = match unit {
        "us" => 1e-6,
        "ms" => 1e-3,
        "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        "d" => 86_400.0,
        _ => return None,
    };
    let seconds = number.parse::<f64>().ok()? * seconds;
    (0.0..=3.2e8).contains(&seconds).then(|| Duration::from_secs_f64(seconds))
}

fn micros(text: &str) -> Option<f64> {
    time(text).map(|time| time.as_secs_f64() * 1e6).filter(|micros| *micros > 0.0)
}

/// Seconds, with or without a unit.
fn seconds(text: &str) -> Option<f64> {
    let seconds = text.parse::<f64>().ok().or_else(|| Some(time(text)?.as_secs_f64()));
    seconds.filter(|seconds| *seconds > 0.0 && *seconds < 1e9)
}

fn gaps(text: &str) -> Option<Gaps> {
    match text.split(':').collect::<Vec<_>>().as_slice() {
        ["exponential"] => Some(Gaps::Exponential),
        ["equal"] => Some(Gaps::Equal),
        ["weibull", mean, deviation] => {
            let (mean, deviation) = (seconds(mean)?, seconds(deviation)?);
            Some(Gaps::Weibull(Weibull::of(mean, deviation), mean))
        }
        _ => None,
    }
}

fn length(text: &str) -> Option<Length> {
    match text.split(':').collect::<Vec<_>>().as_slice() {
        [fixed] => Some(Length::Fixed(micros(fixed)?)),
        ["exponential", mean] => Some(Length::Exponential(micros(mean)?)),
        ["lognormal", mean, deviation] => {
            Some(Length::LogNormal(LogNormal::of(micros(mean)?, micros(deviation)?)))
        }
        _ => None,
    }
}
