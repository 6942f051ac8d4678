//! The writer: one thread that makes changes durable, many callers' together.
//!
//! What the engine has decided is true for it already, so it is tried until it is durable. What
//! IAM asks for is tried once, and nothing has happened when that fails. While the store cannot be
//! written there is an [`Outage`], in which changes are refused before they are decided.

use std::collections::HashSet;
use std::fmt;
use std::future::pending;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use bytes::Bytes;
use engine::id::{RequestId, TicketId};
use engine::record::Change;
use thiserror::Error;
use tokio::sync::watch;

use super::directory::Directory;
use super::error::{CommitError, StoreError};
use super::registry::row_changes;
use super::row::{EventReader, NewEvents, RowChange, RowKey, Store};
use crate::thread;

/// How long a store that cannot be written is left alone before the next attempt.
const RETRY: Duration = Duration::from_millis(200);
/// How long nobody has asked for anything before what was put off is done.
const IDLE: Duration = Duration::from_millis(20);
/// How long an outage may last before those who wait for a change are told of it.
const PATIENCE: Duration = Duration::from_secs(3);

/// A time in which the store cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Outage {
    since: Instant,
    why: Unavailable,
}

/// Changes cannot be stored at present: why.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("changes cannot be stored: {0}")]
pub(crate) struct Unavailable(String);

/// Given the bytes of an event, none when it is done with.
type Reader = Box<dyn FnOnce(Result<Option<Bytes>, StoreError>) + Send>;

/// Told of tickets whose changes are durable.
type Listener = Box<dyn Fn(TicketId) + Send + Sync>;

/// The way to a store's thread.
pub struct Writer {
    /// None once the writer is closed.
    jobs: Mutex<Option<Sender<Job>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
    listener: Arc<OnceLock<Listener>>,
    outage: watch::Receiver<Option<Outage>>,
    /// Events that are to be read, and what is done with them; none once the writer is closed.
    reads: Mutex<Option<Sender<(RequestId, Reader)>>>,
    /// Held until nothing is written any more.
    _directory: Directory,
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").field("outage", &*self.outage.borrow()).finish_non_exhaustive()
    }
}

enum Job {
    /// Decided by the engine: to be tried until it is durable, when the ticket is told.
    Decided(TicketId, Vec<Change>, NewEvents),
    /// To be tried until it is durable, for nobody.
    Upgrade(Vec<RowChange>),
    /// To be tried once.
    Attempt(Vec<RowChange>, SyncSender<Result<(), Unavailable>>),
}

impl Writer {
    /// Starts to write to a store; `upgrades` are made durable before anything else.
    pub(crate) fn start(
        mut store: Box<dyn Store>,
        directory: Directory,
        upgrades: Vec<RowChange>,
    ) -> Arc<Writer> {
        let (jobs, arriving) = channel();
        let reads = Mutex::new(Some(start_reading(store.reader())));
        let listener = Arc::new(OnceLock::new());
        // Known before the first request: a server is started on a full disk too.
        let (outage, outages) = watch::channel(None);
        note(&outage, store.probe().err());
        let mut writer_loop = WriterLoop {
            store,
            arriving,
            listener: Arc::clone(&listener),
            outage,
            pending: Vec::new(),
            tickets: Vec::new(),
            is_untidy: true,
        };
        let thread = thread::start_vital("store", move || writer_loop.run())
            .expect("a server that starts can start a thread");
        let writer = Arc::new(Writer {
            jobs: Mutex::new(Some(jobs)),
            thread: Mutex::new(Some(thread)),
            listener,
            outage: outages,
            reads,
            _directory: directory,
        });
        if !upgrades.is_empty() {
            writer.send(Job::Upgrade(upgrades));
        }
        writer
    }

    /// Sets who is told of each ticket when its changes are durable; once, before the first.
    pub(crate) fn subscribe(&self, listener: impl Fn(TicketId) + Send + Sync + 'static) {
        assert!(self.listener.set(Box::new(listener)).is_ok(), "one engine subscribes, once");
    }

    /// Has the bytes of an event that is durable read, and done something with, by a thread that
    /// may wait for the disk; nothing is done once the writer is closed.
    pub(crate) fn read_event(
        &self,
        event: RequestId,
        then: impl FnOnce(Result<Option<Bytes>, StoreError>) + Send + 'static,
    ) {
        if let Some(reads) = &*lock(&self.reads) {
            let sent = reads.send((event, Box::new(then)));
            sent.expect("the reading thread runs until the writer is closed");
        }
    }

    /// Hands over changes that are decided.
    pub(crate) fn persist(&self, ticket: TicketId, changes: Vec<Change>, payloads: NewEvents) {
        self.send(Job::Decided(ticket, changes, payloads));
    }

    /// Makes changes durable, wholly or not at all; for a thread that may wait.
    ///
    /// # Errors
    /// When nothing was changed.
    pub(crate) fn commit(&self, changes: Vec<RowChange>) -> Result<(), Unavailable> {
        self.check()?;
        let (answer, answered) = sync_channel(1);
        self.send(Job::Attempt(changes, answer));
        answered.recv().unwrap_or_else(|_| Err(Unavailable("the server is shutting down".into())))
    }

    /// Whether changes may be decided.
    ///
    /// # Errors
    /// In an outage.
    pub(crate) fn check(&self) -> Result<(), Unavailable> {
        match &*self.outage.borrow() {
            Some(outage) => Err(outage.why.clone()),
            None => Ok(()),
        }
    }

    /// Waits for an outage that lasts so long that whoever waits for a change is to be told.
    pub(crate) async fn outage_that_lasts(&self) -> Unavailable {
        let mut outages = self.outage.clone();
        loop {
            let found = outages.borrow_and_update().clone();
            let is_open = match found {
                None => outages.changed().await.is_ok(),
                Some(outage) => tokio::select! {
                    () = tokio::time::sleep_until((outage.since + PATIENCE).into()) => {
                        return outage.why;
                    }
                    changed = outages.changed() => changed.is_ok(),
                },
            };
            if !is_open {
                // The writer is closed, and whoever waits is told so otherwise.
                pending::<()>().await;
            }
        }
    }

    /// Waits until what was handed over is durable; in an outage, tries once more. What is handed
    /// over later is not written.
    pub fn close(&self) {
        drop(lock(&self.reads).take());
        drop(lock(&self.jobs).take());
        let thread = lock(&self.thread).take();
        // The last who lets go may be the thread itself, telling of a ticket; it ends by itself.
        if let Some(thread) = thread
            && thread.thread().id() != std::thread::current().id()
        {
            thread.join().expect("a panic of the store's thread has ended the process");
        }
    }

    fn send(&self, job: Job) {
        if let Some(jobs) = &*lock(&self.jobs) {
            jobs.send(job).expect("the store's thread runs until the writer is closed");
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.close();
    }
}

/// Starts the thread that reads events.
fn start_reading(mut reader: Box<dyn EventReader>) -> Sender<(RequestId, Reader)> {
    let (reads, arriving) = channel::<(RequestId, Reader)>();
    thread::start_vital("store-reads", move || {
        for (event, then) in arriving {
            then(reader.read(event));
        }
    })
    .expect("a server that starts can start a thread");
    reads
}

/// What the thread works with.
struct WriterLoop {
    store: Box<dyn Store>,
    arriving: Receiver<Job>,
    listener: Arc<OnceLock<Listener>>,
    outage: watch::Sender<Option<Outage>>,
    /// Decided, and not durable yet.
    pending: Vec<RowChange>,
    /// Whose changes those are.
    tickets: Vec<TicketId>,
    /// The store has put something off.
    is_untidy: bool,
}

impl WriterLoop {
    fn run(&mut self) {
        while let Some(jobs) = self.gather() {
            self.round(jobs);
        }
        if !self.pending.is_empty() {
            self.round(Vec::new());
        }
        if !self.pending.is_empty() {
            // Nobody was told that they are, and the next start finds the state before them.
            tracing::error!(changes = self.pending.len(), "last changes could not be stored");
        }
    }

    /// Waits for jobs, or for another attempt to be due; none once the writer is closed.
    fn gather(&mut self) -> Option<Vec<Job>> {
        let mut jobs = Vec::new();
        if self.outage.borrow().is_none() {
            jobs.push(self.wait()?);
        } else {
            match self.arriving.recv_timeout(RETRY) {
                Ok(job) => jobs.push(job),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        jobs.extend(self.arriving.try_iter());
        Some(jobs)
    }

    /// Waits for a job, and does meanwhile what was put off; none once the writer is closed.
    fn wait(&mut self) -> Option<Job> {
        while self.is_untidy {
            match self.arriving.recv_timeout(IDLE) {
                Ok(job) => return Some(job),
                Err(RecvTimeoutError::Timeout) => self.is_untidy = self.store.tidy(),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        self.arriving.recv().ok()
    }

    /// Commits what is pending and what has come, together.
    fn round(&mut self, jobs: Vec<Job>) {
        let mut attempts = Vec::new();
        for job in jobs {
            match job {
                Job::Decided(ticket, changes, payloads) => {
                    row_changes(changes, payloads, &mut self.pending);
                    self.tickets.push(ticket);
                }
                Job::Upgrade(changes) => self.pending.extend(changes),
                Job::Attempt(changes, answer) => attempts.push((changes, answer)),
            }
        }
        let decided = self.pending.len();
        for (changes, _) in &mut attempts {
            self.pending.append(changes);
        }
        match self.commit() {
            Ok(()) => {
                self.pending.clear();
                self.is_untidy = true;
                let tickets = std::mem::take(&mut self.tickets);
                if let Some(listener) = self.listener.get() {
                    tickets.into_iter().for_each(listener);
                }
                // Whoever asked may have gone.
                attempts.into_iter().for_each(|(_, answer)| drop(answer.send(Ok(()))));
                note(&self.outage, self.store.probe().err());
            }
            Err(error) => {
                self.pending.truncate(decided);
                keep_latest(&mut self.pending);
                let why = Unavailable(error.to_string());
                note(&self.outage, Some(error));
                for (_, answer) in attempts {
                    drop(answer.send(Err(why.clone())));
                }
            }
        }
    }

    fn commit(&mut self) -> Result<(), CommitError> {
        if self.pending.is_empty() { Ok(()) } else { self.store.commit(&self.pending) }
    }
}

/// Notes whether the store can be written.
fn note(outage: &watch::Sender<Option<Outage>>, error: Option<CommitError>) {
    outage.send_if_modified(|outage| {
        let why = error.map(|error| Unavailable(error.to_string()));
        if outage.as_ref().map(|outage| &outage.why) == why.as_ref() {
            return false;
        }
        match &why {
            Some(why) => {
                tracing::error!(%why, "changes are refused until the store can be written")
            }
            None => tracing::info!("the store can be written again"),
        }
        let since = outage.as_ref().map_or_else(Instant::now, |outage| outage.since);
        *outage = why.map(|why| Outage { since, why });
        true
    });
}

/// Keeps the last of several changes of the same row, so that an outage costs no more memory than
/// there are rows.
fn keep_latest(changes: &mut Vec<RowChange>) {
    let mut seen: HashSet<(bool, RowKey)> = HashSet::new();
    let mut latest: Vec<RowChange> =
        changes.drain(..).rev().filter(|change| seen.insert(subject(change))).collect();
    latest.reverse();
    *changes = latest;
}

/// What a change is about: the bytes of an event or not, and which row.
fn subject(change: &RowChange) -> (bool, RowKey) {
    match change {
        RowChange::Put(row) => (false, row.key.clone()),
        RowChange::Delete(key) => (false, key.clone()),
        RowChange::Hold(event, _) | RowChange::Release(event) => {
            (true, RowKey { kind: String::new(), id: event.to_string() })
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing that is done under these locks can leave them half changed.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Row;

    fn put(id: &str, body: &str) -> RowChange {
        let key = RowKey { kind: "k".into(), id: id.into() };
        RowChange::Put(Row { key, version: 1, body: body.into() })
    }

    #[test]
    fn of_several_changes_of_a_row_the_last_is_kept() {
        let hold = RowChange::Hold(RequestId(1), Bytes::new());
        let gone = RowChange::Delete(RowKey { kind: "k".into(), id: "a".into() });
        let mut changes = vec![put("a", "1"), hold, put("b", "1"), put("b", "2"), gone.clone()];
        keep_latest(&mut changes);
        let hold = RowChange::Hold(RequestId(1), Bytes::new());
        assert_eq!(changes, [hold, put("b", "2"), gone.clone()]);
        changes.extend([put("a", "3"), RowChange::Release(RequestId(1))]);
        keep_latest(&mut changes);
        assert_eq!(changes, [put("b", "2"), put("a", "3"), RowChange::Release(RequestId(1))]);
    }
}
