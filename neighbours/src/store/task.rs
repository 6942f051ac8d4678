//! A work that somebody waits for, as the thread of a store knows it: whatever it answers.
//!
//! There are hundreds of kinds of works. What is compiled for each is kept to what differs: the work
//! itself, and what it came to.

use std::any::Any;

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::error::StoreError;

/// A work that somebody waits for.
pub(super) trait Task: Any + Send {
    /// Does it, once; whether it did well.
    fn carry_out(&mut self, connection: &Connection) -> bool;

    /// Has it come to this instead.
    fn refuse(&mut self, why: StoreError);

    /// Has note taken of what was done, now that it is durable.
    fn note(&mut self);
}

/// How a work comes back to whoever asked for it, unless it panicked.
pub(super) type Back = std::thread::Result<Box<dyn Task>>;

/// A work on its way.
pub(super) struct Work {
    /// Whether it may need more room than there was.
    pub(super) needs_room: bool,
    pub(super) task: Box<dyn Task>,
    pub(super) back: oneshot::Sender<Back>,
}

/// A work as it was asked for.
pub(super) struct Asked<T, E, W, N> {
    work: Option<W>,
    note: Option<N>,
    /// None before it is done.
    pub(super) came: Option<Result<T, E>>,
}

impl<T, E, W, N> Asked<T, E, W, N> {
    pub(super) fn new(work: W, note: N) -> Self {
        Asked { work: Some(work), note: Some(note), came: None }
    }
}

impl<T, E, W, N> Task for Asked<T, E, W, N>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
    W: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    N: FnOnce(&T) + Send + 'static,
{
    fn carry_out(&mut self, connection: &Connection) -> bool {
        let Some(work) = self.work.take() else { return false };
        self.came.insert(work(connection)).is_ok()
    }

    fn refuse(&mut self, why: StoreError) {
        self.came = Some(Err(why.into()));
    }

    fn note(&mut self) {
        if let (Some(note), Some(Ok(done))) = (self.note.take(), &self.came) {
            note(done);
        }
    }
}
