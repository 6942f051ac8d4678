//! The figures of one function: what was counted since the server started, and minute by minute.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use engine::time::Time;

use crate::metrics::minute::Minute;
use crate::metrics::{CLASSES, class};
use crate::thread;

/// Upper bounds of durations that are counted together, in milliseconds.
pub(crate) const BOUNDS: [f64; 15] =
    [1.0, 2.5, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1e3, 2.5e3, 5e3, 15e3, 60e3, 300e3];
/// How invocations end that were run, and those that were not.
pub(crate) const RESULTS: [&str; 7] =
    ["ok", "error", "timeout", "exit", "too_large", "throttled", "refused"];
/// The place of those that may not run now.
const THROTTLED: usize = 5;
/// The place of those that cannot be run.
const REFUSED: usize = 6;

/// What was counted since the server started.
#[derive(Debug, Clone, Default)]
pub(crate) struct Totals {
    /// By the places of `RESULTS`.
    pub(crate) results: [u64; RESULTS.len()],
    /// Durations up to each of `BOUNDS` and above the one before, and those above the last.
    pub(crate) durations: [u64; BOUNDS.len() + 1],
    /// Milliseconds of all durations.
    pub(crate) millis: f64,
    /// Environments started.
    pub(crate) starts: u64,
    /// Asynchronous events accepted.
    pub(crate) received: u64,
    /// Asynchronous events given up.
    pub(crate) dropped: u64,
    /// Requests to its URLs, by the places of `CLASSES`, and the milliseconds that they took.
    pub(crate) urls: [u64; CLASSES.len()],
    pub(crate) url_millis: f64,
}

impl Totals {
    /// Adds those of another function.
    pub(crate) fn join(&mut self, other: &Totals) {
        let add = |to: &mut [u64], from: &[u64]| {
            to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
        };
        add(&mut self.results, &other.results);
        add(&mut self.durations, &other.durations);
        self.millis += other.millis;
        self.starts += other.starts;
        self.received += other.received;
        self.dropped += other.dropped;
        add(&mut self.urls, &other.urls);
        self.url_millis += other.url_millis;
    }
}

/// What is kept of one function. It has a lock of its own, held for a few additions after the
/// engine's is let go.
#[derive(Debug)]
pub(crate) struct Figures {
    /// Whether it has labels of its own, of which there are only so many.
    pub(crate) is_labelled: bool,
    /// Bytes of the minutes of all functions.
    kept: Arc<AtomicUsize>,
    counted: Mutex<Counted>,
}

#[derive(Debug, Default)]
struct Counted {
    totals: Totals,
    minutes: VecDeque<Minute>,
}

impl Figures {
    pub(super) fn new(kept: Arc<AtomicUsize>, is_labelled: bool) -> Figures {
        Figures { is_labelled, kept, counted: Mutex::default() }
    }

    fn counted(&self) -> MutexGuard<'_, Counted> {
        thread::lock(&self.counted, "figures of a function")
    }

    /// Changes what is counted, and the minute of this time.
    fn count(&self, at: Time, change: impl FnOnce(&mut Totals, &mut Minute)) {
        let at = at.0 / 60_000_000_000;
        let mut counted = self.counted();
        let Counted { totals, minutes } = &mut *counted;
        // Threads may come in another order than their times.
        let place = minutes.iter().rposition(|minute| minute.at <= at);
        let minute = match place.map(|place| (place, minutes[place].at == at)) {
            Some((place, true)) => &mut minutes[place],
            earlier => {
                let place = earlier.map_or(0, |(place, _)| place + 1);
                minutes.insert(place, Minute { at, ..Minute::default() });
                self.kept.fetch_add(minutes[place].bytes(), Ordering::Relaxed);
                &mut minutes[place]
            }
        };
        let before = minute.bytes();
        change(totals, minute);
        self.kept.fetch_add(minute.bytes() - before, Ordering::Relaxed);
    }

    /// An invocation is over, or an attempt of an asynchronous one: how, in the engine's word.
    pub(crate) fn ended(&self, at: Time, outcome: &str) {
        let place = match outcome {
            "ok" => 0,
            "error" => 1,
            "timeout" => 2,
            "Runtime.ExitError" => 3,
            "Function.ResponseSizeTooLarge" => 4,
            "TooManyRequestsException" => THROTTLED,
            // Words of events that were given up without another attempt.
            "RecursiveInvocation" => {
                self.count(at, |_, minute| minute.recursive += 1);
                return self.given_up(at);
            }
            "deleted" | "EventAgeExceeded" | "ZeroReservedConcurrency" => return self.given_up(at),
            _ => REFUSED,
        };
        self.count(at, |totals, minute| {
            totals.results[place] += 1;
            match place {
                0 => minute.invocations += 1,
                THROTTLED => minute.throttles += 1,
                REFUSED => {}
                _ => {
                    (minute.invocations, minute.errors) =
                        (minute.invocations + 1, minute.errors + 1)
                }
            }
        });
    }

    /// An asynchronous event is not tried again.
    pub(crate) fn given_up(&self, at: Time) {
        self.count(at, |totals, minute| {
            totals.dropped += 1;
            minute.dropped += 1;
        });
    }

    /// A batch was not given to the function, since it has come back to it too often.
    pub(crate) fn looped(&self, at: Time) {
        self.count(at, |_, minute| minute.recursive += 1);
    }

    /// How an event ended could not be told: to its dead-letter queue, or else to its destination.
    pub(crate) fn untold(&self, at: Time, is_dead_letter: bool) {
        self.count(at, |_, minute| match is_dead_letter {
            true => minute.dead_letter_errors += 1,
            false => minute.undelivered += 1,
        });
    }

    /// An invocation ran for so long.
    pub(crate) fn ran(&self, at: Time, duration: Duration) {
        let millis = duration.as_secs_f64() * 1e3;
        let place = BOUNDS.partition_point(|bound| *bound < millis);
        self.count(at, |totals, minute| {
            totals.durations[place] += 1;
            totals.millis += millis;
            minute.durations.add(millis);
        });
    }

    /// A request to a URL was answered with this status, after so long.
    pub(crate) fn asked_by_url(&self, at: Time, status: u16, took: Duration) {
        let millis = took.as_secs_f64() * 1e3;
        self.count(at, |totals, minute| {
            minute.urls.add(millis);
            totals.url_millis += millis;
            let class = class(status);
            totals.urls[class] += 1;
            match class {
                1 => minute.urls_4xx += 1,
                2 => minute.urls_5xx += 1,
                _ => {}
            }
        });
    }

    /// An environment is started.
    pub(crate) fn started(&self) {
        self.counted().totals.starts += 1;
    }

    /// An asynchronous event was accepted.
    pub(crate) fn received(&self, at: Time) {
        self.count(at, |totals, minute| {
            totals.received += 1;
            minute.received += 1;
        });
    }

    /// So many invocations are seen in flight, and so many of functions without a reservation.
    pub(crate) fn seen(&self, at: Time, concurrent: u32, unreserved: Option<u32>) {
        self.count(at, |_, minute| {
            minute.concurrent.add(f64::from(concurrent));
            if let Some(unreserved) = unreserved {
                minute.unreserved.add(f64::from(unreserved));
            }
        });
    }

    /// What was counted since the server started.
    pub(crate) fn totals(&self) -> Totals {
        self.counted().totals.clone()
    }

    /// The minutes of a span, from one and before another.
    pub(crate) fn minutes(&self, from: u64, to: u64) -> Vec<Minute> {
        let counted = self.counted();
        let within = counted.minutes.iter().filter(|minute| (from..to).contains(&minute.at));
        within.cloned().collect()
    }

    /// Forgets what is before a minute; answers whether nothing is left.
    pub(super) fn forget(&self, before: u64) -> bool {
        let mut counted = self.counted();
        while let Some(first) = counted.minutes.front().filter(|minute| minute.at < before) {
            self.kept.fetch_sub(first.bytes(), Ordering::Relaxed);
            counted.minutes.pop_front();
        }
        counted.minutes.is_empty()
    }
}
