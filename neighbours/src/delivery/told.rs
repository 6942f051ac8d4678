//! What came of the last jobs of each source, as explanations tell it.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Of each source so many are kept, of so many sources.
const EACH: usize = 10;
const SOURCES: usize = 1000;
/// Bytes of a text.
const TEXT: usize = 300;

/// What came of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// When it was over, or was tried last.
    pub(crate) at: i64,
    /// What it came from.
    pub(crate) cause: String,
    pub(crate) target: String,
    /// What came of it.
    pub(crate) what: String,
}

/// The last outcomes of each source.
#[derive(Debug, Default)]
pub(crate) struct Outcomes(Mutex<HashMap<String, VecDeque<Outcome>>>);

impl Outcomes {
    /// Notes one, in place of an earlier one of the same cause and target.
    pub(super) fn note(&self, source: &str, mut outcome: Outcome) {
        outcome.what.truncate(outcome.what.floor_char_boundary(TEXT));
        let mut known = self.lock();
        if known.len() >= SOURCES && !known.contains_key(source) {
            // Some source that is told of no more; it matters to nobody which.
            let other = known.keys().next().cloned();
            other.and_then(|other| known.remove(&other));
        }
        let of = known.entry(source.to_owned()).or_default();
        of.retain(|it| (&it.cause, &it.target) != (&outcome.cause, &outcome.target));
        of.push_front(outcome);
        of.truncate(EACH);
    }

    /// Those of a source, the last first.
    pub(crate) fn of(&self, source: &str) -> Vec<Outcome> {
        self.lock().get(source).into_iter().flatten().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, VecDeque<Outcome>>> {
        // What is kept is for reading alone.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
