//! Which runtimes there are where functions run.

use std::fmt;
use std::sync::OnceLock;

/// Says why functions of a runtime cannot be run.
pub type RuntimeCheck = dyn Fn(&str) -> Result<(), String> + Send + Sync;

/// Knows which runtimes there are, once it is told who knows.
#[derive(Default)]
pub struct Runtimes {
    check: OnceLock<Box<RuntimeCheck>>,
}

impl fmt::Debug for Runtimes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Runtimes").finish_non_exhaustive()
    }
}

impl Runtimes {
    /// Sets who says whether functions of a runtime can be run; once, before requests are taken.
    pub fn check_by(&self, check: Box<RuntimeCheck>) {
        let is_first = self.check.set(check).is_ok();
        debug_assert!(is_first, "runtimes are checked by one");
    }

    /// Whether functions of a runtime can be run, or why not.
    pub(crate) fn has(&self, runtime: &str) -> Result<(), String> {
        self.check.get().map_or(Ok(()), |check| check(runtime))
    }
}
