//! The thread of a store, which does its works.

use std::any::Any;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use rusqlite::Connection;

use super::error::StoreError;
use super::file::{self, Schema, has_room};
use super::reserve::{Reserve, free};
use super::task::{Task, Work};

/// Works that are done within one transaction at the most.
const TOGETHER: usize = 256;
/// How long nobody has asked for anything before pages are given back.
const IDLE: Duration = Duration::from_millis(50);
/// Bytes that are kept for works that take no room but that of SQLite's log, and that must be free
/// besides.
pub(crate) const KEPT: u64 = 2 << 20;
pub(crate) const MARGIN: u64 = 1 << 20;
/// Bytes that the log may have while there is no room: what is in it is moved into the file then.
const LONGEST_LOG: u64 = 1 << 20;
/// Batches between two looks at how many pages the file has: each costs as much as a small work.
const LOOK: u32 = 16;

/// What the thread has.
pub(super) struct Thread {
    connection: Connection,
    directory: PathBuf,
    /// SQLite's log.
    log: PathBuf,
    reserve: Reserve,
    /// Whether the file may have more pages, as it was when that was last looked at.
    has_pages: bool,
    /// Batches until that is looked at again.
    until_look: u32,
}

impl Thread {
    /// Opens the file of a store, or makes it.
    pub(super) fn open(directory: &Path, schema: &Schema) -> Result<Thread, StoreError> {
        let own = |ending: &str| directory.join(format!("{}{ending}", schema.file));
        let mut reserve = Reserve::new(own(".reserve"), KEPT, MARGIN);
        let opened = file::open(directory, schema);
        let connection = match opened {
            // SQLite wants some room for the index of its log.
            Err(_) if reserve.release() => file::open(directory, schema)?,
            opened => opened?,
        };
        Ok(Thread {
            connection,
            directory: directory.to_owned(),
            log: own("-wal"),
            reserve,
            has_pages: true,
            until_look: 0,
        })
    }

    /// Does works until nobody can ask for any.
    pub(super) fn run(mut self, arriving: &Receiver<Work>) {
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
                        is_untidy = self.tidy();
                        continue;
                    }
                },
            };
            is_untidy = true;
            let works = std::iter::once(first).chain(arriving.try_iter().take(TOGETHER - 1));
            let has_disk = has_room(&self.directory);
            if has_disk && self.has_pages() {
                self.hold();
                if together(&self.connection, works, true).is_err() {
                    self.until_look = 0;
                }
                continue;
            }
            // One that needs room would take the others with it.
            for work in works {
                if !has_disk && !work.needs_room {
                    self.make_room();
                }
                // Whoever asked is told.
                drop(together(&self.connection, std::iter::once(work), has_disk));
            }
        }
    }

    /// Gives back a part of what is free; whether there is more.
    fn tidy(&mut self) -> bool {
        let tidied = file::shrink(&self.connection);
        if !has_room(&self.directory) {
            self.shorten_log();
        }
        tidied.unwrap_or_else(|why| {
            tracing::debug!(%why, "pages are not given back");
            false
        })
    }

    fn has_pages(&mut self) -> bool {
        match self.until_look.checked_sub(1) {
            Some(left) if self.has_pages => self.until_look = left,
            _ => {
                self.has_pages = file::has_pages(&self.connection).unwrap_or(true);
                self.until_look = LOOK;
            }
        }
        self.has_pages
    }

    fn hold(&mut self) {
        if let Err(why) = self.reserve.hold() {
            tracing::debug!(%why, "no room is kept");
        }
    }

    /// Has a work that takes no room find enough for SQLite's log.
    fn make_room(&mut self) {
        self.shorten_log();
        if free(&self.directory).is_ok_and(|bytes| bytes < KEPT) {
            self.reserve.release();
        } else {
            self.hold();
        }
    }

    /// Moves what is in the log into the file, and gives its room back, where it is long.
    fn shorten_log(&self) {
        let is_long = fs::metadata(&self.log).is_ok_and(|found| found.len() > LONGEST_LOG);
        let done = || self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        if let Err(why) = if is_long { done() } else { Ok(()) } {
            tracing::debug!(%why, "log is not shortened");
        }
    }
}

/// Does works in one transaction, and answers them; whether it was committed.
fn together(
    connection: &Connection,
    works: impl Iterator<Item = Work>,
    has_room: bool,
) -> Result<(), StoreError> {
    let begun = connection.execute_batch("BEGIN");
    let done = |mut work: Work| {
        let panicked = alone(connection, has_room || !work.needs_room, &mut *work.task);
        (work, panicked)
    };
    let done: Vec<_> = works.map(done).collect();
    let committed = begun.map_err(StoreError::from).and_then(|()| {
        if connection.is_autocommit() {
            return Err(StoreError::Full);
        }
        connection.execute_batch("COMMIT").map_err(StoreError::from)
    });
    if committed.is_err() && !connection.is_autocommit() {
        // There is nothing that it could fail of but what made it necessary.
        drop(connection.execute_batch("ROLLBACK"));
    }
    for (mut work, (did, panicked)) in done {
        match &committed {
            Err(why) if did => work.task.refuse(repeated(why)),
            Ok(()) if did => work.task.note(),
            _ => {}
        }
        // Whoever asked may have gone.
        drop(work.back.send(panicked.map_or(Ok(work.task), Err)));
    }
    committed
}

/// What a panic says.
type Panic = Box<dyn Any + Send>;

/// Does a work so that it leaves nothing unless it does well; whether it did, and its panic. One that
/// changes something may not where there is no room for it.
fn alone(connection: &Connection, may_change: bool, task: &mut dyn Task) -> (bool, Option<Panic>) {
    let mark = |sql: &str| -> Result<(), StoreError> {
        Ok(connection.prepare_cached(sql)?.execute([]).map(drop)?)
    };
    if connection.is_autocommit() {
        // A work before this one has found no room, and SQLite has undone all of them.
        task.refuse(StoreError::Full);
        return (false, None);
    }
    if let Err(why) = mark("SAVEPOINT work") {
        task.refuse(why);
        return (false, None);
    }
    let before = connection.total_changes();
    let done = catch_unwind(AssertUnwindSafe(|| task.carry_out(connection)));
    let mut did = matches!(done, Ok(true));
    if did && !may_change && connection.total_changes() != before {
        task.refuse(StoreError::Full);
        did = false;
    }
    let settled = match did {
        _ if connection.is_autocommit() => Err(StoreError::Full),
        true => mark("RELEASE work"),
        false => mark("ROLLBACK TO work").and_then(|()| mark("RELEASE work")),
    };
    if let (true, Err(why)) = (did, settled) {
        task.refuse(why);
        did = false;
    }
    (did, done.err())
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
