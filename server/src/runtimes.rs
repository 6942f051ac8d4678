//! Which runtimes there are where functions run.

use std::fmt;
use std::sync::OnceLock;

/// Runtimes that AWS no longer takes.
const RETIRED: [&str; 23] = [
    "dotnetcore1.0",
    "dotnetcore2.0",
    "dotnetcore2.1",
    "dotnetcore3.1",
    "go1.x",
    "java8",
    "nodejs",
    "nodejs10.x",
    "nodejs12.x",
    "nodejs14.x",
    "nodejs4.3",
    "nodejs4.3-edge",
    "nodejs6.10",
    "nodejs8.10",
    "provided",
    "python2.7",
    "python3.6",
    "python3.7",
    "ruby2.5",
    "ruby2.7",
    "custom",
    "dotnet5.0",
    "dotnetcore",
];

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

/// Whether AWS has withdrawn a runtime, so that functions of it are neither made nor changed.
pub fn is_retired(runtime: &str) -> bool {
    RETIRED.contains(&runtime)
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
