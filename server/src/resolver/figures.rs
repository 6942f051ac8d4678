//! What became of questions, in numbers.

use std::sync::atomic::{AtomicU64, Ordering};

/// What became of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It was answered with what is known here.
    Answered,
    /// The name has no records of the type.
    Nothing,
    /// There is no such name.
    Missing,
    /// The host's resolver has answered, with records or without.
    Forwarded,
    /// The host's resolver knows no such name.
    ForwardedMissing,
    /// Nobody could be asked, or nobody answered.
    Failed,
    /// More was asked at once than is asked elsewhere.
    Busy,
    /// Something was asked for that nobody is told.
    Refused,
    /// It was no question.
    Malformed,
    /// The VPC has no resolver that answers.
    Off,
}

/// Their words, in the order of their places.
pub(crate) const OUTCOMES: [&str; 10] = [
    "answered",
    "no_data",
    "no_name",
    "forwarded",
    "forwarded_no_name",
    "failed",
    "busy",
    "refused",
    "malformed",
    "off",
];

/// What became of all questions.
#[derive(Debug, Default)]
pub(crate) struct Questions([AtomicU64; OUTCOMES.len()]);

impl Questions {
    /// One more.
    pub(crate) fn count(&self, outcome: Outcome) {
        self.0[outcome as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// Each outcome's word, and how often it was.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&'static str, u64)> {
        OUTCOMES.iter().zip(&self.0).map(|(word, count)| (*word, count.load(Ordering::Relaxed)))
    }
}
