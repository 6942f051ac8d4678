//! Logs: what functions and the platform write, kept in a file of its own.
//!
//! Whoever appends never waits: lines go into a bounded queue, which one thread empties into the
//! database many at a time; a stream that has more than its share of it is told to stop. Whoever
//! reads waits until what was appended before is there. Logs give way to records: the oldest go when
//! there are too many, and none are written where the disk has little room.

mod database;
mod error;
mod filter;
mod gzip;
mod lazy;
mod queue;
mod subscription;

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use crate::output::{LogPlace, Sink};
use crate::store::{StoreError, free_bytes};
use crate::thread;

pub(crate) use database::{
    EventPage, LogDatabase, LogGroup, LogStream, StoredEvent, StreamSet, TimeSpan,
};
pub(crate) use error::LogsError;
pub(crate) use filter::{BadFilterPattern, FilterPattern};
pub(crate) use gzip::gzip;
use lazy::LazyDatabase;
use queue::LineQueue;
pub(crate) use queue::NewLines;
pub(crate) use subscription::{Chunk, NewFilter, OfGroup};

/// How long lines may wait, so that many are written together.
const PAUSE: Duration = Duration::from_millis(100);
/// How often what is older than its group keeps it is looked for.
const EXPIRES: Duration = Duration::from_secs(3600);
/// Bytes of the disk that logs leave to others.
const FLOOR: u64 = 8 << 20;
/// Bytes that one byte of lines may take, in the log of the database and then in the database.
const GROWTH: u64 = 3;

/// The log groups of one state directory.
pub struct Logs {
    database: Mutex<LazyDatabase>,
    directory: PathBuf,
    /// Bytes that the database may have, at the most.
    limit: u64,
    queue: Mutex<LineQueue>,
    /// Told when there is something to write.
    filled: Condvar,
    /// Told when everything is written.
    written: Condvar,
    writer: Mutex<Option<JoinHandle<()>>>,
    /// Told when something was written, or may be wanted from now on.
    news: Arc<Notify>,
    /// Whether anybody may have subscribed to a group.
    has_filters: AtomicBool,
}

impl fmt::Debug for Logs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Logs").field("directory", &self.directory).finish_non_exhaustive()
    }
}

impl Logs {
    /// The logs of a state directory, of which so many bytes are kept at the most.
    ///
    /// # Errors
    /// When they are of a later format.
    pub fn open(state: &Path, limit: u64) -> Result<Arc<Logs>, StoreError> {
        let file = state.join("logs.db");
        let (found, known) = (format(&file), database::FORMAT);
        if found > known {
            return Err(StoreError::Format { file, found, known });
        }
        let is_there = file.exists();
        let logs = Arc::new(Logs {
            database: Mutex::new(LazyDatabase::at(file)),
            directory: state.to_owned(),
            limit,
            queue: Mutex::default(),
            filled: Condvar::new(),
            written: Condvar::new(),
            writer: Mutex::new(None),
            news: Arc::default(),
            // Before the file is looked at nobody knows.
            has_filters: AtomicBool::new(is_there),
        });
        let writing = Arc::downgrade(&logs);
        let writer = thread::start_vital("logs", move || {
            let (mut is_losing, mut looked) = (false, Instant::now());
            while let Some(logs) = writing.upgrade() {
                if !logs.write_some(&mut is_losing) {
                    return;
                }
                if looked.elapsed() >= EXPIRES {
                    looked = Instant::now();
                    logs.expire(now());
                }
            }
        })
        .expect("a server that starts can start a thread");
        *lock(&logs.writer) = Some(writer);
        Ok(logs)
    }

    /// Writes what is there and ends; what is appended later is not written.
    pub fn close(&self) {
        lock(&self.queue).is_closed = true;
        self.filled.notify_all();
        let writer = lock(&self.writer).take();
        // The last who lets go may be the thread itself; it ends by itself.
        if let Some(writer) = writer
            && writer.thread().id() != std::thread::current().id()
        {
            writer.join().expect("a panic of the logs' thread has ended the process");
        }
    }

    /// Works on the database, after everything appended before is in it.
    ///
    /// # Errors
    /// What the work fails with.
    pub(crate) async fn with<T: Send + 'static, E: From<LogsError> + Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&mut LogDatabase) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        let logs = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || {
            logs.flush();
            work(lock(&logs.database).get()?)
        });
        done.await.expect("work on the logs does not panic")
    }

    /// Works on the database as it is, whatever was appended since.
    ///
    /// # Errors
    /// What the work fails with.
    pub(crate) async fn look<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&mut LogDatabase) -> Result<T, LogsError> + Send + 'static,
    ) -> Result<T, LogsError> {
        let logs = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || work(lock(&logs.database).get()?));
        done.await.expect("work on the logs does not panic")
    }

    /// Who waits for something to be written.
    pub(crate) fn news(&self) -> Arc<Notify> {
        Arc::clone(&self.news)
    }

    /// Whether anybody may have subscribed to a group.
    pub(crate) fn has_filters(&self) -> bool {
        self.has_filters.load(Ordering::Relaxed)
    }

    /// Something was written that somebody may want.
    pub(crate) fn tell_news(&self) {
        if self.has_filters() {
            self.news.notify_one();
        }
    }

    /// Takes note of whether anybody has subscribed to a group.
    pub(crate) fn filters_are(&self, there: bool) {
        self.has_filters.store(there, Ordering::Relaxed);
        if there {
            self.news.notify_one();
        }
    }

    /// Changes the database, where the disk has room for that; as [`Logs::with`] otherwise.
    ///
    /// # Errors
    /// What the work fails with, and `Full`.
    pub(crate) async fn change<T: Send + 'static, E: From<LogsError> + Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&mut LogDatabase) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        self.check_room(0)?;
        let logs = Arc::clone(self);
        let work = move |database: &mut LogDatabase| {
            logs.make_room(database, 0)?;
            work(database)
        };
        self.with(work).await
    }

    /// Has the oldest go where there are too many, so that so many bytes more can be kept.
    fn make_room(&self, database: &mut LogDatabase, bytes: u64) -> Result<(), LogsError> {
        let free = free_bytes(&self.directory)?;
        // Of what the disk has for logs they leave half to others.
        let limit = self.limit.min((database.size()? + free) / 2);
        database.shrink(limit.saturating_sub(bytes))
    }

    /// Whether lines can be written.
    ///
    /// # Errors
    /// Why not.
    pub(crate) fn check(&self) -> Result<(), LogsError> {
        self.check_room(0)
    }

    /// Whether the disk has room for so many bytes of lines, and for others beside them.
    fn check_room(&self, bytes: u64) -> Result<(), LogsError> {
        match free_bytes(&self.directory)? < FLOOR + GROWTH * bytes {
            true => Err(LogsError::Full),
            false => Ok(()),
        }
    }

    /// Lets go of what is older than its group keeps it.
    fn expire(&self, now: i64) {
        let mut database = lock(&self.database);
        let expired = database.get().and_then(|database| database.expire(now));
        if let Err(error) = expired {
            tracing::warn!(%error, "events older than their groups keep them are still there");
        }
    }

    fn write(&self, entries: &[NewLines]) -> Result<(), LogsError> {
        let mut database = lock(&self.database);
        let written = self.write_to(database.get()?, entries);
        self.tell_news();
        if let Err(why) = &written {
            database.failed(why)?;
        }
        written
    }

    fn write_to(&self, database: &mut LogDatabase, entries: &[NewLines]) -> Result<(), LogsError> {
        self.make_room(database, queue::bytes(entries))?;
        self.check_room(queue::bytes(entries))?;
        database.append(entries, now())
    }

    fn flush(&self) {
        let mut queue = lock(&self.queue);
        let come = queue.come;
        while queue.settled < come && !queue.is_closed {
            queue.is_urgent = true;
            self.filled.notify_all();
            queue = self.written.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Waits for lines and writes them; returns whether there may be more. `is_losing` is whether
    /// the last lines could not be written, which is told once.
    fn write_some(&self, is_losing: &mut bool) -> bool {
        let mut queue = lock(&self.queue);
        if queue.is_empty() && !queue.is_closed {
            // Comes back now and then, to see whether the logs are still wanted.
            let waited = self.filled.wait_timeout(queue, Duration::from_secs(1));
            queue = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        if !queue.is_empty() && !queue.is_urgent && !queue.is_closed {
            let waited = self.filled.wait_timeout_while(queue, PAUSE, |queue| {
                !queue.is_urgent && !queue.is_closed && !queue.is_filling()
            });
            queue = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        let is_closed = queue.is_closed;
        let taken = queue.take();
        drop(queue);
        if !taken.is_empty() {
            // Functions go on without their logs; whoever reads them finds how many lines are missing.
            let outcome = self.write(&taken);
            if let Err(error) = &outcome
                && !*is_losing
            {
                tracing::error!(%error, "logs cannot be written, lines are dropped until they can");
            }
            *is_losing = outcome.is_err();
        }
        let mut queue = lock(&self.queue);
        queue.settle(taken, *is_losing);
        queue.is_urgent &= !queue.is_empty();
        self.written.notify_all();
        !(is_closed && queue.is_empty())
    }
}

impl Drop for Logs {
    fn drop(&mut self) {
        self.close();
        // What waits is written by whoever lets go last, also by the thread itself.
        loop {
            let entries = lock(&self.queue).take();
            if entries.is_empty() {
                return;
            }
            if let Err(error) = self.write(&entries) {
                return tracing::error!(%error, "last lines of the logs could not be written");
            }
        }
    }
}

impl Sink for Logs {
    fn has_room(&self, place: &LogPlace) -> bool {
        lock(&self.queue).has_room(place)
    }

    fn append(&self, place: &Arc<LogPlace>, lines: Vec<(i64, String)>) {
        let mut queue = lock(&self.queue);
        let was_empty = queue.is_empty();
        queue.push(NewLines { place: Arc::clone(place), lines });
        if was_empty || queue.is_filling() {
            self.filled.notify_all();
        }
    }
}

/// The format of a database by its head, without opening it; 0 where there is none.
fn format(file: &Path) -> i32 {
    let mut head = [0; 64];
    match File::open(file).and_then(|mut file| file.read_exact(&mut head)) {
        Ok(()) if head.starts_with(b"SQLite format 3\0") => {
            i32::from_be_bytes([head[60], head[61], head[62], head[63]])
        }
        // One that is none is set aside when it is opened.
        Ok(()) | Err(_) => 0,
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
    use engine::scope::Scope;

    use super::*;

    const LIMIT: u64 = 1 << 30;

    fn scope() -> Scope {
        Scope { account: 0, region: "us-east-1".into() }
    }

    fn place() -> Arc<LogPlace> {
        Arc::new(LogPlace::new(scope(), "/aws/lambda/f".into(), "s".into()))
    }

    fn state(name: &str) -> PathBuf {
        let state = std::env::temp_dir().join(format!("warren-logs-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&state).expect("a directory");
        state
    }

    async fn read(logs: &Arc<Logs>) -> Result<Vec<StoredEvent>, LogsError> {
        logs.with(|database| {
            let streams = database.stream(&scope(), "/aws/lambda/f", "s")?.expect("a stream");
            let span = TimeSpan { start: None, end: None };
            database.events(&streams, &span, EventPage::First, 10)
        })
        .await
    }

    #[tokio::test]
    async fn what_was_appended_is_read() {
        let state = state("appended");
        let logs = Logs::open(&state, LIMIT).expect("opened");
        for number in 0..3 {
            logs.append(&place(), vec![(now(), format!("{number}\n"))]);
        }
        let events = read(&logs).await.expect("read");
        let texts: Vec<&str> = events.iter().map(|event| event.message.as_str()).collect();
        assert_eq!(texts, ["0\n", "1\n", "2\n"]);
        logs.append(&place(), vec![(now(), "3\n".into())]);
        logs.close();
        drop(logs);
        let logs = Logs::open(&state, LIMIT).expect("opened again");
        assert_eq!(read(&logs).await.expect("read").len(), 4);
        std::fs::remove_dir_all(state).expect("removed");
    }

    #[tokio::test]
    async fn what_is_older_than_its_group_keeps_it_goes() {
        let state = state("expired");
        let logs = Logs::open(&state, LIMIT).expect("opened");
        let day = 86_400_000;
        logs.append(&place(), vec![(now(), "old\n".into())]);
        assert_eq!(read(&logs).await.expect("read").len(), 1);
        logs.append(&place(), vec![(now() + 2 * day, "young\n".into())]);
        assert_eq!(read(&logs).await.expect("read").len(), 2);
        logs.expire(now() + 400 * day);
        assert_eq!(read(&logs).await.expect("read").len(), 2, "the group keeps all");
        logs.with::<_, LogsError>(|database| {
            let group = database.group(&scope(), "/aws/lambda/f")?.expect("a group");
            database.retain(group.id, Some(1), now())
        })
        .await
        .expect("set");
        assert_eq!(read(&logs).await.expect("read").len(), 2, "both are of today");
        logs.expire(now() + day + 1000);
        let left = read(&logs).await.expect("read");
        assert_eq!(left.iter().map(|event| &*event.message).collect::<Vec<_>>(), ["young\n"]);
        logs.close();
        drop(logs);
        std::fs::remove_dir_all(state).expect("removed");
    }

    #[tokio::test]
    async fn a_damaged_chunk_is_told() {
        let state = state("damaged");
        let logs = Logs::open(&state, LIMIT).expect("opened");
        logs.append(&place(), vec![(now(), "x\n".into())]);
        logs.close();
        drop(logs);
        let database = rusqlite::Connection::open(state.join("logs.db")).expect("opened");
        database.execute("UPDATE chunk SET lines = '[[1'", []).expect("damaged");
        drop(database);
        let logs = Logs::open(&state, LIMIT).expect("opened again");
        let error = read(&logs).await.expect_err("refused").to_string();
        assert!(error.starts_with("database logs.db is damaged: row 1 of chunk"), "{error}");
        std::fs::remove_dir_all(state).expect("removed");
    }

    #[tokio::test]
    async fn the_oldest_go_when_there_are_too_many() {
        let state = state("limit");
        let limit = 4 << 20;
        let logs = Logs::open(&state, limit).expect("opened");
        let place = place();
        for number in 0..400 {
            while !logs.has_room(&place) {
                tokio::task::yield_now().await;
            }
            let line = format!("{number} {}\n", "x".repeat(64 * 1024));
            logs.append(&place, vec![(now(), line)]);
        }
        let last = |database: &mut LogDatabase| {
            let streams = database.stream(&scope(), "/aws/lambda/f", "s")?.expect("a stream");
            let span = TimeSpan { start: None, end: None };
            let events = database.events(&streams, &span, EventPage::Last, 10)?;
            Ok::<_, LogsError>((events, database.size()?))
        };
        let (events, size) = logs.with(last).await.expect("read");
        let numbers: Vec<&str> = events.iter().map(|event| &event.message[..3]).collect();
        // What is written at once goes at once, and that may be much where the machine is busy.
        let kept = u32::try_from(numbers.len()).expect("a few");
        assert!(kept > 0, "the newest are there");
        assert_eq!(numbers, (400 - kept..400).map(|it| it.to_string()).collect::<Vec<_>>());
        assert!(size < limit + (2 << 20), "{size} bytes");
        let file = std::fs::metadata(state.join("logs.db")).expect("a file").len();
        assert!(file < limit + (2 << 20), "{file} bytes");
        let log = std::fs::metadata(state.join("logs.db-wal")).expect("a file").len();
        assert!(log < 16 << 20, "{log} bytes");
        std::fs::remove_dir_all(state).expect("removed");
    }

    #[tokio::test]
    async fn what_callers_make_is_bounded_too() {
        let state = state("callers");
        let limit = 1 << 20;
        let logs = Logs::open(&state, limit).expect("opened");
        let group = |database: &LogDatabase| {
            let found = database.group(&scope(), "g")?;
            Ok::<_, LogsError>(found.expect("a group").id)
        };
        let make = |database: &mut LogDatabase| {
            database.create_group(&scope(), "g", &Default::default(), now()).map(drop)
        };
        logs.change(make).await.expect("made");
        let stream = |round: usize, number: usize| format!("{round}-{number}-{}", "s".repeat(400));
        for round in 0..8 {
            let make = move |database: &mut LogDatabase| {
                let group = group(database)?;
                for number in 0..400 {
                    database.create_stream(group, &stream(round, number), now())?;
                }
                let lines = vec![(now(), "x".repeat(200_000))];
                let name = stream(round, 0);
                let place = Arc::new(LogPlace::new(scope(), "g".into(), name));
                database.append(&[NewLines { place, lines }], now())
            };
            logs.change(make).await.expect("made");
        }
        let look = move |database: &mut LogDatabase| {
            Ok::<_, LogsError>((database.size()?, database.streams(group(database)?, "")?))
        };
        let (size, streams) = logs.with(look).await.expect("read");
        assert!(size < 2 * limit, "{size} bytes");
        assert!(streams.iter().any(|each| each.name == stream(7, 399)), "the newest are there");
        assert!(!streams.iter().any(|each| each.name == stream(0, 0)), "the oldest are not");
        std::fs::remove_dir_all(state).expect("removed");
    }

    #[tokio::test]
    async fn who_reads_while_others_print_waits_for_what_was_before_alone() {
        let state = state("flush");
        let logs = Logs::open(&state, LIMIT).expect("opened");
        logs.append(&place(), vec![(now(), "first\n".into())]);
        let (printing, until) =
            (Arc::clone(&logs), Arc::new(std::sync::atomic::AtomicBool::new(false)));
        let ended = Arc::clone(&until);
        let flood = std::thread::spawn(move || {
            let place = place();
            while !ended.load(std::sync::atomic::Ordering::Relaxed) {
                if printing.has_room(&place) {
                    printing.append(&place, vec![(now(), "x".repeat(1000))]);
                }
            }
        });
        for _ in 0..5 {
            assert_eq!(read(&logs).await.expect("read")[0].message, "first\n");
        }
        until.store(true, std::sync::atomic::Ordering::Relaxed);
        flood.join().expect("ended");
        std::fs::remove_dir_all(state).expect("removed");
    }

    #[tokio::test]
    async fn lines_that_are_lost_are_told_in_their_own_stream() {
        let state = state("told");
        let logs = Logs::open(&state, LIMIT).expect("opened");
        let place = place();
        place.dropped.store(7, std::sync::atomic::Ordering::Relaxed);
        let other = Arc::new(LogPlace::new(scope(), "/aws/lambda/g".into(), "s".into()));
        logs.append(&other, vec![(now(), "other\n".into())]);
        logs.append(&place, vec![(now(), "next\n".into())]);
        let events = read(&logs).await.expect("read");
        let texts: Vec<&str> = events.iter().map(|event| event.message.as_str()).collect();
        assert_eq!(texts, ["7 lines were dropped: they could not be kept\n", "next\n"]);
        assert_eq!(place.dropped.load(std::sync::atomic::Ordering::Relaxed), 0);
        std::fs::remove_dir_all(state).expect("removed");
    }

    #[tokio::test]
    async fn a_file_that_is_damaged_is_set_aside() {
        let state = state("aside");
        std::fs::write(state.join("logs.db"), "no database ".repeat(1000)).expect("written");
        let logs = Logs::open(&state, LIMIT).expect("opened");
        logs.append(&place(), vec![(now(), "x\n".into())]);
        assert_eq!(read(&logs).await.expect("read").len(), 1);
        let aside = std::fs::read_to_string(state.join("logs.db.damaged")).expect("kept");
        assert!(aside.starts_with("no database"));
        // Its pages are damaged while it is open.
        logs.with(|database| database.damage()).await.expect("damaged");
        for _ in 0..2 {
            logs.append(&place(), vec![(now(), "y\n".into())]);
            drop(logs.with(|database| database.size()).await);
        }
        let events = read(&logs).await.expect("read");
        assert!(events.last().is_some_and(|last| last.message == "y\n"), "{events:?}");
        std::fs::remove_dir_all(state).expect("removed");
    }

    #[tokio::test]
    async fn a_file_that_was_removed_is_made_anew() {
        let state = state("removed");
        let logs = Logs::open(&state, LIMIT).expect("opened");
        logs.append(&place(), vec![(now(), "x\n".into())]);
        assert_eq!(read(&logs).await.expect("read").len(), 1);
        std::fs::remove_file(state.join("logs.db")).expect("removed");
        logs.append(&place(), vec![(now(), "y\n".into())]);
        let events = read(&logs).await.expect("read");
        assert_eq!(events.iter().map(|event| &*event.message).collect::<Vec<_>>(), ["y\n"]);
        logs.close();
        drop(logs);
        let logs = Logs::open(&state, LIMIT).expect("opened again");
        assert_eq!(read(&logs).await.expect("read").len(), 1);
        std::fs::remove_dir_all(state).expect("removed");
    }

    #[test]
    fn logs_of_a_later_format_are_refused() {
        let state = state("format");
        let database = rusqlite::Connection::open(state.join("logs.db")).expect("opened");
        database.pragma_update(None, "user_version", 7).expect("set");
        drop(database);
        let refused = Logs::open(&state, LIMIT).map(drop);
        assert!(matches!(refused, Err(StoreError::Format { found: 7, .. })), "{refused:?}");
        std::fs::remove_dir_all(state).expect("removed");
    }
}
