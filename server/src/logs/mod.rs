//! Logs: what functions and the platform write, kept in a file of its own.
//!
//! Whoever appends never waits: lines go into a bounded queue, which one thread empties into the
//! database many at a time. Whoever reads waits until what was appended before is there.

mod database;
mod filter;

use std::collections::VecDeque;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use engine::scope::Scope;
use rusqlite::Connection;

use crate::output::Sink;

pub(crate) use database::{Database, Event, Group, Page, Place, Span};
pub(crate) use filter::{Filter, FilterError};

/// Lines that may wait; what comes beyond is counted and told in the log.
const WAITING: usize = 200_000;
/// How long lines may wait, so that many are written together.
const PAUSE: Duration = Duration::from_millis(100);

/// The log groups of one state directory.
pub struct Logs {
    database: Mutex<Lazy>,
    queue: Mutex<Queue>,
    /// Told when there is something to write.
    filled: Condvar,
    /// Told when everything is written.
    written: Condvar,
    writer: Mutex<Option<JoinHandle<()>>>,
}

impl fmt::Debug for Logs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Logs").finish_non_exhaustive()
    }
}

/// The database, opened by whoever needs it first: not before a server's first answers.
enum Lazy {
    At(PathBuf),
    Open(Database),
}

impl Lazy {
    fn get(&mut self) -> rusqlite::Result<&mut Database> {
        if let Lazy::At(path) = self {
            *self = Lazy::Open(Database::open(Connection::open(path)?)?);
        }
        match self {
            Lazy::Open(database) => Ok(database),
            Lazy::At(_) => unreachable!("it was just opened"),
        }
    }
}

#[derive(Default)]
struct Queue {
    entries: VecDeque<Entry>,
    lines: usize,
    dropped: usize,
    /// Entries that were taken from the queue and are not in the database yet.
    writing: bool,
    /// Somebody waits until everything is written.
    hurry: bool,
    closed: bool,
}

/// Lines of one stream.
pub(crate) struct Entry {
    pub(crate) scope: Scope,
    pub(crate) group: String,
    pub(crate) stream: String,
    pub(crate) lines: Vec<(i64, String)>,
}

impl Logs {
    /// The logs of a state directory.
    pub fn open(state: &Path) -> Arc<Logs> {
        let logs = Arc::new(Logs {
            database: Mutex::new(Lazy::At(state.join("logs.db"))),
            queue: Mutex::default(),
            filled: Condvar::new(),
            written: Condvar::new(),
            writer: Mutex::new(None),
        });
        let writing = Arc::downgrade(&logs);
        let writer = std::thread::Builder::new()
            .name("logs".into())
            .spawn(move || {
                while let Some(logs) = writing.upgrade() {
                    if !logs.write_some() {
                        return;
                    }
                }
            })
            .expect("a thread can be started");
        *lock(&logs.writer) = Some(writer);
        logs
    }

    /// Writes what is there and ends; what is appended later is not written.
    pub fn close(&self) {
        lock(&self.queue).closed = true;
        self.filled.notify_all();
        if let Some(writer) = lock(&self.writer).take() {
            let _ = writer.join();
        }
    }

    /// Works on the database, after everything appended before is in it.
    ///
    /// # Errors
    /// What the work fails with.
    pub(crate) async fn with<T: Send + 'static, E: From<rusqlite::Error> + Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&mut Database) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        let logs = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || {
            logs.flush();
            work(lock(&logs.database).get()?)
        });
        done.await.expect("work on the logs does not panic")
    }

    fn write(&self, entries: &VecDeque<Entry>, dropped: usize) -> rusqlite::Result<()> {
        lock(&self.database).get()?.append(entries.iter(), dropped, now())
    }

    fn flush(&self) {
        let mut queue = lock(&self.queue);
        while (queue.writing || !queue.entries.is_empty()) && !queue.closed {
            queue.hurry = true;
            self.filled.notify_all();
            queue = self.written.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Waits for lines and writes them; returns whether there may be more.
    fn write_some(&self) -> bool {
        let mut queue = lock(&self.queue);
        if queue.entries.is_empty() && !queue.closed {
            // Comes back now and then, to see whether the logs are still wanted.
            let waited = self.filled.wait_timeout(queue, Duration::from_secs(1));
            queue = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        if !queue.entries.is_empty() && !queue.hurry && !queue.closed {
            let waited = self.filled.wait_timeout_while(queue, PAUSE, |queue| {
                !queue.hurry && !queue.closed && queue.lines < WAITING / 2
            });
            queue = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        let entries = std::mem::take(&mut queue.entries);
        let dropped = std::mem::take(&mut queue.dropped);
        let is_closed = queue.closed;
        queue.lines = 0;
        queue.writing = true;
        drop(queue);
        if !entries.is_empty()
            && let Err(error) = self.write(&entries, dropped)
        {
            // Functions go on without their logs; whoever reads them will see an error too.
            eprintln!("logs cannot be written: {error}");
        }
        let mut queue = lock(&self.queue);
        queue.writing = false;
        queue.hurry &= !queue.entries.is_empty();
        self.written.notify_all();
        !(is_closed && queue.entries.is_empty())
    }
}

impl Drop for Logs {
    fn drop(&mut self) {
        lock(&self.queue).closed = true;
        // What waits is written by whoever lets go last, also by the writer itself.
        let entries = std::mem::take(&mut lock(&self.queue).entries);
        if !entries.is_empty() {
            let _ = self.write(&entries, 0);
        }
    }
}

impl Sink for Logs {
    fn append(&self, scope: &Scope, group: &str, stream: &str, lines: Vec<(i64, String)>) {
        let mut queue = lock(&self.queue);
        if queue.lines + lines.len() > WAITING {
            queue.dropped += lines.len();
            return;
        }
        let was_empty = queue.entries.is_empty();
        queue.lines += lines.len();
        queue.entries.push_back(Entry {
            scope: scope.clone(),
            group: group.to_owned(),
            stream: stream.to_owned(),
            lines,
        });
        if was_empty || queue.lines >= WAITING / 2 {
            self.filled.notify_all();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Milliseconds since the epoch.
pub(crate) fn now() -> i64 {
    i64::try_from(crate::driver::now().millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope() -> Scope {
        Scope { account: 0, region: "us-east-1".into() }
    }

    #[tokio::test]
    async fn what_was_appended_is_read() {
        let state = std::env::temp_dir().join(format!("warren-logs-{}", std::process::id()));
        std::fs::create_dir_all(&state).expect("a directory");
        let logs = Logs::open(&state);
        for number in 0..3 {
            logs.append(&scope(), "/aws/lambda/f", "s", vec![(now(), format!("{number}\n"))]);
        }
        let read = |logs: Arc<Logs>| async move {
            logs.with(|database| {
                let place = database.stream(&scope(), "/aws/lambda/f", "s")?.expect("a stream");
                let span = Span { start: None, end: None };
                database.events(&place, &span, Page::First, 10)
            })
            .await
            .expect("read")
        };
        let events = read(Arc::clone(&logs)).await;
        let texts: Vec<&str> = events.iter().map(|event| event.message.as_str()).collect();
        assert_eq!(texts, ["0\n", "1\n", "2\n"]);
        logs.append(&scope(), "/aws/lambda/f", "s", vec![(now(), "3\n".into())]);
        logs.close();
        drop(logs);
        let logs = Logs::open(&state);
        assert_eq!(read(logs).await.len(), 4);
        std::fs::remove_dir_all(state).expect("removed");
    }
}
