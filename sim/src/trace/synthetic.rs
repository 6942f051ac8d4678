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

mod description;

use std::time::Duration;

use engine::random::Random;
use engine::time::Time;

use super::call::{Arrivals, Call, Trace, Traced};
use super::error::TraceError;
use crate::distribution::{exponential, zipf};
use description::{Gaps, Group, Length};

pub use description::{SyntheticError, time};

/// Midnight of the first of January 2026, where synthetic traces begin.
const BEGIN: u64 = 1_767_225_600_000_000_000;
/// Calls of a batch, at most.
const BATCH: usize = 16_384;

/// Opens synthetic load.
///
/// # Errors
/// When the description is not understood.
pub fn open(description: &str, seed: u64) -> Result<Trace, TraceError> {
    let (groups, span) = description::read(description)?;
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
