//! A store: one SQLite file and one thread that works on it.
//!
//! Works wait in a queue. The thread takes all that wait, does each within the same transaction, and
//! answers them once that is committed: many callers share one commit, and whoever is answered is
//! answered for what survives the end of the process. A work that fails or panics leaves nothing.
//!
//! Where the disk, or the file's share of it, is full, works are done one by one: those that may need
//! room are refused, and those that take none, or free some, are done with the room that is kept for them.

mod error;
mod file;
mod reserve;
mod task;
#[cfg(test)]
mod tests;
mod thread;

use std::any::Any;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::oneshot;

pub use error::StoreError;
pub(crate) use file::{Schema, has_room, private};
pub use reserve::{Reserve, free as free_bytes};
use task::{Asked, Task, Work};
use thread::Thread;
pub(crate) use thread::{KEPT, MARGIN};

/// A store.
#[derive(Debug)]
pub(crate) struct Store {
    directory: PathBuf,
    schema: Schema,
    state: Mutex<State>,
}

#[derive(Debug)]
enum State {
    /// Nobody has asked for anything yet.
    Unopened,
    Open(Sender<Work>, JoinHandle<()>),
    Closed,
}

impl Store {
    /// The store of a directory, which is opened when it is first needed.
    pub(crate) fn new(directory: &Path, schema: Schema) -> Store {
        Store { directory: directory.to_owned(), schema, state: Mutex::new(State::Unopened) }
    }

    /// Whether there is a file of it.
    pub(crate) fn is_there(&self) -> bool {
        self.directory.join(self.schema.file).exists()
    }

    /// Does a work wholly or not at all: what it answers is durable, and where it fails nothing has
    /// changed. A panic of it is the caller's.
    ///
    /// # Errors
    /// What the work fails with, or why the store cannot be used.
    pub(crate) async fn run<T: Send + 'static, E: From<StoreError> + Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        self.ask(true, work, |_| {}).await
    }

    /// Does a work that takes no room to speak of, or frees some: also where there is none for others.
    ///
    /// # Errors
    /// What the work fails with, or why the store cannot be used.
    pub(crate) async fn run_lean<T: Send + 'static, E: From<StoreError> + Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        self.ask(false, work, |_| {}).await
    }

    /// The same, and has note taken of what was done once it is durable, before anything else is done.
    ///
    /// # Errors
    /// What the work fails with, or why the store cannot be used.
    pub(crate) async fn run_lean_noting<T: Send + 'static, E: From<StoreError> + Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
        note: impl FnOnce(&T) + Send + 'static,
    ) -> Result<T, E> {
        self.ask(false, work, note).await
    }

    /// As [`Store::run`], and has note taken of what was done once it is durable, before anything else is
    /// done.
    ///
    /// # Errors
    /// What the work fails with, or why the store cannot be used.
    pub(crate) async fn run_noting<T: Send + 'static, E: From<StoreError> + Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
        note: impl FnOnce(&T) + Send + 'static,
    ) -> Result<T, E> {
        self.ask(true, work, note).await
    }

    async fn ask<T, E, W, N>(&self, needs_room: bool, work: W, note: N) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        W: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
        N: FnOnce(&T) + Send + 'static,
    {
        let task = self.carry(needs_room, Box::new(Asked::new(work, note))).await?;
        let asked: Box<dyn Any> = task;
        let Ok(asked) = asked.downcast::<Asked<T, E, W, N>>() else {
            unreachable!("what comes back is what was sent");
        };
        asked.came.unwrap_or_else(|| Err(StoreError::Closed.into()))
    }

    /// Has a work be done, and waits for it.
    async fn carry(
        &self,
        needs_room: bool,
        task: Box<dyn Task>,
    ) -> Result<Box<dyn Task>, StoreError> {
        let (back, answered) = oneshot::channel();
        self.send(Work { needs_room, task, back })?;
        match answered.await {
            Ok(Ok(task)) => Ok(task),
            Ok(Err(panic)) => resume_unwind(panic),
            Err(_) => Err(StoreError::Closed),
        }
    }

    /// Waits until what was asked for is done; whoever asks later is refused.
    pub(crate) fn close(&self) {
        let state = std::mem::replace(&mut *self.lock(), State::Closed);
        if let State::Open(works, thread) = state {
            drop(works);
            if thread.join().is_err() {
                tracing::error!(file = self.schema.file, "store's thread has panicked");
            }
        }
    }

    fn send(&self, work: Work) -> Result<(), StoreError> {
        let mut state = self.lock();
        let work = match &*state {
            State::Closed => return Err(StoreError::Closed),
            State::Unopened => work,
            State::Open(works, _) => match works.send(work) {
                Ok(()) => return Ok(()),
                // Its thread has ended, and another may do better.
                Err(unsent) => unsent.0,
            },
        };
        let thread = Thread::open(&self.directory, &self.schema)?;
        let (works, arriving) = channel();
        let thread = std::thread::Builder::new()
            .name(self.schema.file.trim_end_matches(".db").to_owned())
            .spawn(move || thread.run(&arriving))
            .map_err(|why| StoreError::File { path: self.directory.clone(), why })?;
        works.send(work).expect("the thread waits for works");
        *state = State::Open(works, thread);
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // It is replaced whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.close();
    }
}
