//! Synthetic load: drawn from a description, at any scale, in bounded memory.
//!
//! A description is a list of `key=value` with commas between them; several groups of functions
//! are given with semicolons between their descriptions:
//! - `functions=1000`: how many (1);
//! - `rate=50/s`, `rate=3/m` or `rate=2/h`: calls of the group together (1/s);
//! - `for=1h`: how long, of the first group for all (`10m`);
//! - `zipf=0.9`: how unequal the functions are; the n-th has a share of n^-0.9 (0: equal);
//! - `gaps=exponential`, `gaps=equal`, or `gaps=weibull:1.25s:3.66s` by mean and standard
//!   deviation: the times between calls of the group (`exponential`: a Poisson process); a rate
//!   that is given with `weibull` stretches them to it;
//! - `duration=100ms`, `duration=exponential:100ms`, `duration=lognormal:120ms:300ms` by mean and
//!   standard deviation (`100ms`);
//! - `memory=512`: MB (128);
//! - `burst=500@10m`: so many further calls at once, that long after the beginning; may be given
//!   more than once;
//! - `name=web`: the functions' names begin with it (`function`); each group needs its own.
//!
//! `synthetic:huawei` stands for the published fits of a production platform (Joosen et al.,
//! "Serverless Cold Starts and Where to Find Them", EuroSys 2025): Weibull gaps of mean 1.25 s
//! and standard deviation 3.66 s.

use std::time::Duration;

use engine::random::Random;
use engine::time::Time;

use super::{Arrivals, Call, Trace, TraceError, Traced};
use crate::distribution::{LogNormal, Weibull, exponential, zipf};

/// Midnight of the first of January 2026, where synthetic traces begin.
const BEGIN: u64 = 1_767_225_600_000_000_000;
/// Calls of a batch, at most.
const BATCH: usize = 16_384;

#[derive(Debug, Clone, Copy)]
enum Gaps {
    Exponential,
    Equal,
    /// In seconds, with its mean.
    Weibull(Weibull, f64),
}

/// How long calls run, in microseconds.
#[derive(Debug, Clone, Copy)]
enum Length {
    Fixed(f64),
    Exponential(f64),
    LogNormal(LogNormal),
}

#[derive(Debug, Clone)]
struct Group {
    name: String,
    functions: u32,
    /// Calls per second.
    rate: Option<f64>,
    zipf: f64,
    gaps: Gaps,
    length: Length,
    memory: u32,
    /// Nanoseconds since the beginning, and how many.
    bursts: Vec<(u64, u64)>,
    /// The first function's place in the trace.
    first: u32,
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
    fn mean_rate(&self) -> f64 {
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

/// Opens synthetic load.
///
/// # Errors
/// When the description is not understood.
pub fn open(description: &str, seed: u64) -> Result<Trace, TraceError> {
    let description = match description {
        "huawei" => "gaps=weibull:1.25s:3.66s,duration=lognormal:100ms:300ms,for=1h",
        other => other,
    };
    let mut groups: Vec<Group> = Vec::new();
    let mut span = None;
    for part in description.split(';') {
        let (mut group, length) = parse(part)?;
        if groups.iter().any(|other| other.name == group.name) {
            return Err(SyntheticError::SameName(group.name).into());
        }
        span = span.or(length);
        group.first = groups.iter().map(|group| group.functions).sum();
        groups.push(group);
        bounded(&groups, span)?;
    }
    let span = span.unwrap_or(SPAN);
    let names = groups.iter().flat_map(|group| {
        (1..=group.functions)
            .map(|at| Traced { name: format!("{}-{at}", group.name), memory: group.memory })
    });
    let functions: Vec<_> = names.collect();
    let processes: Vec<_> = groups
        .iter()
        .enumerate()
        .map(|(at, group)| Process::new(group, seed.wrapping_add(at as u64), span))
        .collect();
    // Every process draws the same again when it is asked for its calls.
    let calls = processes.clone().iter_mut().map(Process::count).sum();
    Ok(Trace {
        functions,
        begin: Time(BEGIN),
        span,
        calls,
        arrivals: Box::new(Synthetic { processes }),
    })
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

/// A group's calls, in the order of time.
#[derive(Clone)]
struct Process {
    /// For what calls are.
    random: Random,
    /// For when they come, by itself, so that they can be counted without the rest.
    gaps: Random,
    group: Group,
    /// A table of the functions' shares, for drawing one in constant time (Walker's alias method).
    alias: Vec<(u32, u32)>,
    /// Nanoseconds since the beginning.
    end: f64,
    /// The next call that comes by itself, and how many of the bursts are given out.
    next: f64,
    bursts: usize,
    left: u64,
}

impl Process {
    fn new(group: &Group, seed: u64, span: Duration) -> Process {
        let mut seeds = Random::new(seed);
        let mut process = Process {
            random: Random::new(seeds.draw()),
            gaps: Random::new(seeds.draw()),
            group: group.clone(),
            alias: alias(group.functions, group.zipf),
            end: span.as_nanos() as f64,
            next: 0.0,
            bursts: 0,
            left: group.bursts.first().map_or(0, |(_, count)| *count),
        };
        process.next = process.gap();
        process
    }

    /// Nanoseconds until the next call that comes by itself.
    fn gap(&mut self) -> f64 {
        let mean = 1e9 / self.group.mean_rate();
        match self.group.gaps {
            Gaps::Equal => mean,
            Gaps::Exponential => exponential(&mut self.gaps) * mean,
            // A rate that is given stretches the gaps to it.
            Gaps::Weibull(weibull, own) => weibull.draw(&mut self.gaps) / own * mean,
        }
    }

    /// When the next call comes, nanoseconds since the beginning.
    fn peek(&self) -> Option<f64> {
        let burst = self.group.bursts.get(self.bursts).map_or(f64::INFINITY, |(at, _)| *at as f64);
        let next = self.next.min(burst);
        (next < self.end).then_some(next)
    }

    fn advance(&mut self) -> Option<f64> {
        let at = self.peek()?;
        if at < self.next {
            self.left = self.left.saturating_sub(1);
            if self.left == 0 {
                self.bursts += 1;
                self.left = self.group.bursts.get(self.bursts).map_or(0, |(_, count)| *count);
            }
        } else {
            self.next += self.gap();
        }
        Some(at)
    }

    fn count(&mut self) -> u64 {
        let mut count = 0;
        while self.advance().is_some() {
            count += 1;
        }
        count
    }

    fn call(&mut self) -> Option<Call> {
        let at = self.advance()?;
        let bits = self.random.draw();
        let place = (((bits >> 32) * self.alias.len() as u64) >> 32) as usize;
        let (share, other) = self.alias[place];
        let function = if (bits as u32) < share { place as u32 } else { other };
        let micros = match self.group.length {
            Length::Fixed(micros) => micros,
            Length::Exponential(mean) => exponential(&mut self.random) * mean,
            Length::LogNormal(distribution) => distribution.draw(&mut self.random),
        };
        Some(Call {
            at: Time(BEGIN + at as u64),
            function: self.group.first + function,
            duration: micros.clamp(1.0, f64::from(u32::MAX)) as u32,
            start: 0,
        })
    }
}

/// For each function how much of its place in the table is its own, in parts of 2^32, and whose the
/// rest is.
fn alias(functions: u32, exponent: f64) -> Vec<(u32, u32)> {
    let weights: Vec<f64> = (1..=functions).map(|nth| zipf(nth, exponent)).collect();
    let mean = weights.iter().sum::<f64>() / f64::from(functions);
    let mut table: Vec<(f64, u32)> =
        weights.iter().enumerate().map(|(at, weight)| (weight / mean, at as u32)).collect();
    let (mut small, mut large): (Vec<usize>, Vec<usize>) =
        (0..table.len()).partition(|at| table[*at].0 < 1.0);
    while let (Some(low), Some(high)) = (small.pop(), large.last().copied()) {
        table[low].1 = high as u32;
        table[high].0 -= 1.0 - table[low].0;
        if table[high].0 < 1.0 {
            large.pop();
            small.push(high);
        }
    }
    let parts = |share: f64| (share * 4_294_967_296.0) as u32;
    table.into_iter().map(|(share, other)| (parts(share), other)).collect()
}

struct Synthetic {
    processes: Vec<Process>,
}

impl Arrivals for Synthetic {
    fn next(&mut self, into: &mut Vec<Call>) -> Result<bool, TraceError> {
        for _ in 0..BATCH {
            let first = self
                .processes
                .iter_mut()
                .filter_map(|process| Some((process.peek()?, process)))
                .min_by(|(one, _), (other, _)| one.total_cmp(other));
            let Some((_, process)) = first else { return Ok(false) };
            into.extend(process.call());
        }
        Ok(true)
    }
}
