//! A store: one SQLite file and one thread that works on it.
//!
//! Works wait in a queue. The thread takes all that wait, does each within the same transaction, and
//! answers them once that is committed: many callers share one commit, and whoever is answered is
//! answered for what survives the end of the process. A work that fails or panics leaves nothing.

mod error;
mod file;
#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::oneshot;

pub use error::StoreError;
pub(crate) use file::{Schema, has_room, private};

/// Works that are done within one transaction at the most.
const TOGETHER: usize = 256;
/// How long nobody has asked for anything before pages are given back.
const IDLE: Duration = Duration::from_millis(50);

/// Tells the one who asked how the work went, and whether it was committed.
type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
/// A work: done within the transaction.
type Work = Box<dyn FnOnce(&Connection) -> Answer + Send>;

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
        let (sender, answered) = oneshot::channel();
        let work = move |connection: &Connection| -> Answer {
            let done = alone(connection, work);
            Box::new(move |committed| {
                let done = match (done, committed) {
                    (Ok(Ok(_)), Err(why)) => Ok(Err(E::from(why))),
                    (done, _) => done,
                };
                // Whoever asked may have gone.
                drop(sender.send(done));
            })
        };
        self.send(Box::new(work))?;
        match answered.await {
            Ok(Ok(done)) => done,
            Ok(Err(panic)) => resume_unwind(panic),
            Err(_) => Err(StoreError::Closed.into()),
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
        let connection = file::open(&self.directory, &self.schema)?;
        let (works, arriving) = channel();
        let directory = self.directory.clone();
        let thread = std::thread::Builder::new()
            .name(self.schema.file.trim_end_matches(".db").to_owned())
            .spawn(move || run(&connection, &arriving, &directory))
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

/// Does works until nobody can ask for any.
fn run(connection: &Connection, arriving: &Receiver<Work>, directory: &Path) {
    let mut is_untidy = true;
    loop {
        let first = match is_untidy {
            false => match arriving.recv() {
                Ok(work) => work,
                Err(_) => return,
            },
            true => match arriving.recv_timeout(IDLE) {
                Ok(work) => work,
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {
                    is_untidy = file::shrink(connection).unwrap_or_else(|why| {
                        tracing::debug!(%why, "pages are not given back");
                        false
                    });
                    continue;
                }
            },
        };
        is_untidy = true;
        let works = std::iter::once(first).chain(arriving.try_iter().take(TOGETHER - 1));
        let (answers, committed) = together(connection, works, directory);
        for answer in answers {
            answer(match &committed {
                Ok(()) => Ok(()),
                Err(why) => Err(repeated(why)),
            });
        }
    }
}

/// Does works in one transaction.
fn together(
    connection: &Connection,
    works: impl Iterator<Item = Work>,
    directory: &Path,
) -> (Vec<Answer>, Result<(), StoreError>) {
    let before = connection.total_changes();
    let begun = connection.execute_batch("BEGIN");
    let answers: Vec<Answer> = works.map(|work| work(connection)).collect();
    let committed = begun.map_err(StoreError::from).and_then(|()| {
        if connection.is_autocommit() {
            return Err(StoreError::Full);
        }
        let changes = connection.total_changes() != before;
        if changes && !file::has_room(directory) {
            return Err(StoreError::Full);
        }
        connection.execute_batch("COMMIT").map_err(StoreError::from)
    });
    if committed.is_err() && !connection.is_autocommit() {
        // There is nothing that it could fail of but what made it necessary.
        drop(connection.execute_batch("ROLLBACK"));
    }
    (answers, committed)
}

/// Does a work so that it leaves nothing unless it does well.
fn alone<T, E: From<StoreError>>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, E>,
) -> std::thread::Result<Result<T, E>> {
    let mark = |sql: &str| -> Result<(), StoreError> {
        Ok(connection.prepare_cached(sql)?.execute([]).map(drop)?)
    };
    if connection.is_autocommit() {
        // A work before this one has found no room, and SQLite has undone all of them.
        return Ok(Err(StoreError::Full.into()));
    }
    if let Err(why) = mark("SAVEPOINT work") {
        return Ok(Err(why.into()));
    }
    let done = catch_unwind(AssertUnwindSafe(|| work(connection)));
    let settled = match &done {
        _ if connection.is_autocommit() => Err(StoreError::Full),
        Ok(Ok(_)) => mark("RELEASE work"),
        _ => mark("ROLLBACK TO work").and_then(|()| mark("RELEASE work")),
    };
    match (done, settled) {
        (Ok(Ok(_)), Err(why)) => Ok(Err(why.into())),
        (done, _) => done,
    }
}

/// The same reason, for another who waits.
fn repeated(why: &StoreError) -> StoreError {
    match why {
        StoreError::Full => StoreError::Full,
        other => {
            StoreError::Database(rusqlite::Error::ToSqlConversionFailure(other.to_string().into()))
        }
    }
}
