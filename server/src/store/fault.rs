//! A store that fails when it is told to, for tests.

use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::store::{CommitError, EventReader, Row, RowChange, Store, StoreError};

/// How commits go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Well.
    #[default]
    None,
    /// There is no room.
    Full,
    /// They wait until the fault is another one.
    Delayed,
    /// The machine is off: nothing is written any more.
    Crashed,
}

/// The switch of a store's faults.
#[derive(Debug, Clone, Default)]
pub(crate) struct Faults(Arc<(Mutex<Fault>, Condvar)>);

impl Faults {
    pub(crate) fn set(&self, fault: Fault) {
        *self.lock() = fault;
        self.0.1.notify_all();
    }

    fn check(&self) -> Result<(), CommitError> {
        let waited = self.0.1.wait_while(self.lock(), |fault| *fault == Fault::Delayed);
        match *waited.unwrap_or_else(PoisonError::into_inner) {
            Fault::Full => Err(CommitError::Full),
            Fault::Crashed => Err(CommitError::Disk(io::Error::other("the machine is off"))),
            Fault::None | Fault::Delayed => Ok(()),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Fault> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A store with faults.
pub(crate) struct FaultyStore {
    pub(crate) inner: Box<dyn Store>,
    pub(crate) faults: Faults,
}

impl Store for FaultyStore {
    fn load(&mut self) -> Result<Vec<Row>, StoreError> {
        self.inner.load()
    }

    fn reader(&self) -> Box<dyn EventReader> {
        self.inner.reader()
    }

    fn commit(&mut self, changes: &[RowChange]) -> Result<(), CommitError> {
        self.faults.check()?;
        self.inner.commit(changes)
    }

    fn tidy(&mut self) -> bool {
        self.faults.check().is_ok() && self.inner.tidy()
    }

    fn probe(&mut self) -> Result<(), CommitError> {
        self.faults.check()?;
        self.inner.probe()
    }
}
