//! Calls, the functions that are called, and a trace of them.

use std::fmt;
use std::time::Duration;

use engine::time::Time;

use super::error::TraceError;

/// One call of a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    /// When it comes.
    pub at: Time,
    /// Which of the trace's functions, by its place.
    pub function: u32,
    /// Microseconds that it runs, its environment's start not included.
    pub duration: u32,
    /// Microseconds that its environment's start takes, if one is started; 0 where the trace does
    /// not say.
    pub start: u32,
}

/// A function of a trace, or a published version of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traced {
    /// Its name, the same for no other; a version's is `function:number`.
    pub name: String,
    /// MB of memory.
    pub memory: u32,
}

impl Traced {
    /// The function's name, without a version's number.
    pub fn function(&self) -> &str {
        match self.name.rsplit_once(':') {
            Some((function, version)) if !function.is_empty() && is_number(version) => function,
            Some(_) | None => &self.name,
        }
    }

    /// Whether it is a published version.
    pub fn is_version(&self) -> bool {
        self.function().len() < self.name.len()
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Calls in the order of their times, a batch after another.
pub trait Arrivals: Send {
    /// Appends the calls of a further span of time, each not before any that was given out
    /// earlier; false when there are no more. A batch may be empty.
    ///
    /// # Errors
    /// When the trace cannot be read further.
    fn next(&mut self, into: &mut Vec<Call>) -> Result<bool, TraceError>;
}

/// A trace that is ready to be replayed.
pub struct Trace {
    /// The functions that it calls.
    pub functions: Vec<Traced>,
    /// When it begins.
    pub begin: Time,
    /// How long it is.
    pub span: Duration,
    /// How many calls there are.
    pub calls: u64,
    /// Where the calls come from, in the order of time.
    pub arrivals: Box<dyn Arrivals>,
}

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trace")
            .field("functions", &self.functions.len())
            .field("begin", &self.begin)
            .field("span", &self.span)
            .field("calls", &self.calls)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_told_by_its_number() {
        let of = |name: &str| {
            let traced = Traced { name: name.to_owned(), memory: 128 };
            (traced.function().to_owned(), traced.is_version())
        };
        assert_eq!(of("f:12"), ("f".into(), true));
        for name in ["f", "f:", "f:live", ":1", "owner/app:x/f"] {
            assert_eq!(of(name), (name.into(), false));
        }
    }
}
