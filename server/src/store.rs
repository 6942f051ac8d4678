//! The store: what is to survive a crash, in one SQLite file that one thread writes.
//!
//! Records are JSON by kind and id. Changes that arrive while a commit is under way are committed
//! together, so that many callers share one flush to the disk.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use bytes::Bytes;
use engine::id::{RequestId, TicketId};
use engine::record::{Change, Key, Record};
use rusqlite::{Connection, OptionalExtension, params};
use rustix::fs::{FlockOperation, flock};

/// The format of the file, in its `user_version`.
const FORMAT: i32 = 1;

/// Why a store cannot be opened.
#[derive(Debug)]
pub enum StoreError {
    /// The directory cannot be made or written.
    Directory(PathBuf, std::io::Error),
    /// Another server holds the directory.
    Locked(PathBuf),
    /// The file cannot be read or written.
    Database(rusqlite::Error),
    /// The file is of a later format.
    Format(i32),
    /// A record cannot be read.
    Record(String, serde_json::Error),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Directory(path, error) => {
                write!(f, "state directory {} cannot be used: {error}", path.display())
            }
            StoreError::Locked(path) => write!(
                f,
                "state directory {} is held by another server\nhint: stop it, or give --state another directory",
                path.display()
            ),
            StoreError::Database(error) => write!(f, "store cannot be used: {error}"),
            StoreError::Format(found) => {
                write!(f, "store has format {found}, this server knows up to {FORMAT}")
            }
            StoreError::Record(id, error) => write!(f, "record {id} cannot be read: {error}"),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        StoreError::Database(error)
    }
}

/// The bytes of asynchronous events among some changes.
pub type Payloads = Vec<(RequestId, Bytes)>;

struct Batch {
    ticket: TicketId,
    changes: Vec<Change>,
    payloads: Payloads,
}

/// An open store; closing it waits until what was handed over is durable.
#[derive(Debug)]
pub struct Store {
    batches: Option<Sender<Batch>>,
    writer: Option<JoinHandle<()>>,
    _lock: File,
}

/// A store that was read, before its writer begins.
#[derive(Debug)]
pub struct Opened {
    connection: Connection,
    lock: File,
}

/// Opens the store of a state directory, and reads all that it holds.
///
/// # Errors
/// When the directory cannot be used, another server holds it, or a record cannot be read.
pub fn open(state: &Path) -> Result<(Opened, Vec<Record>), StoreError> {
    let unusable = |error| StoreError::Directory(state.to_owned(), error);
    fs::create_dir_all(state).map_err(unusable)?;
    let lock = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(state.join("lock"))
        .map_err(unusable)?;
    flock(&lock, FlockOperation::NonBlockingLockExclusive)
        .map_err(|_| StoreError::Locked(state.to_owned()))?;
    let connection = Connection::open(state.join("warren.db"))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    let format: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if format > FORMAT {
        return Err(StoreError::Format(format));
    }
    connection.execute_batch(
        "CREATE TABLE IF NOT EXISTS record (
             kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, id)
         ) WITHOUT ROWID;
         CREATE TABLE IF NOT EXISTS payload (id TEXT PRIMARY KEY, bytes BLOB NOT NULL)",
    )?;
    connection.pragma_update(None, "user_version", FORMAT)?;
    let records = read(&connection)?;
    Ok((Opened { connection, lock }, records))
}

fn read(connection: &Connection) -> Result<Vec<Record>, StoreError> {
    let mut statement = connection.prepare("SELECT id, body FROM record")?;
    let rows = statement
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    rows.into_iter()
        .map(|(id, body)| {
            serde_json::from_str(&body).map_err(|error| StoreError::Record(id, error))
        })
        .collect()
}

impl Opened {
    /// The bytes of a stored event.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn payload(&self, event: RequestId) -> Result<Option<Bytes>, StoreError> {
        let mut statement = self.connection.prepare("SELECT bytes FROM payload WHERE id = ?1")?;
        let row = statement.query_row([event.to_string()], |row| row.get::<_, Vec<u8>>(0));
        Ok(row.optional()?.map(Bytes::from))
    }

    /// Begins to write; `durable` is told each ticket when its changes are.
    pub fn start(self, durable: impl Fn(TicketId) + Send + 'static) -> Store {
        let (batches, arriving) = channel();
        let mut connection = self.connection;
        let writer = std::thread::Builder::new()
            .name("store".into())
            .spawn(move || write(&mut connection, &arriving, durable))
            .expect("a thread can be started");
        Store { batches: Some(batches), writer: Some(writer), _lock: self.lock }
    }
}

impl Store {
    /// Hands changes over to be made durable.
    pub fn persist(&self, ticket: TicketId, changes: Vec<Change>, payloads: Payloads) {
        let batches = self.batches.as_ref().expect("the store is open until it is dropped");
        // The writer ends the process when it cannot write, so it is there.
        batches.send(Batch { ticket, changes, payloads }).expect("the store's writer runs");
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.batches = None;
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

fn write(connection: &mut Connection, arriving: &Receiver<Batch>, durable: impl Fn(TicketId)) {
    while let Ok(first) = arriving.recv() {
        let batches: Vec<Batch> = std::iter::once(first).chain(arriving.try_iter()).collect();
        if let Err(error) = commit(connection, &batches) {
            // The engine has gone on: a server that cannot keep its promises must not make more.
            eprintln!("store cannot be written: {error}");
            std::process::abort();
        }
        batches.iter().for_each(|batch| durable(batch.ticket));
    }
}

fn commit(connection: &mut Connection, batches: &[Batch]) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    {
        let mut put =
            transaction.prepare_cached("INSERT OR REPLACE INTO record VALUES (?1, ?2, ?3)")?;
        let mut delete =
            transaction.prepare_cached("DELETE FROM record WHERE kind = ?1 AND id = ?2")?;
        // An attempt changes an event's record, never its bytes.
        let mut hold =
            transaction.prepare_cached("INSERT OR IGNORE INTO payload VALUES (?1, ?2)")?;
        let mut release = transaction.prepare_cached("DELETE FROM payload WHERE id = ?1")?;
        for (event, bytes) in batches.iter().flat_map(|batch| &batch.payloads) {
            hold.execute(params![event.to_string(), &bytes[..]])?;
        }
        for change in batches.iter().flat_map(|batch| &batch.changes) {
            match change {
                Change::Put(record) => {
                    let (kind, id) = name(key(record));
                    let body = serde_json::to_string(record).expect("records are plain data");
                    put.execute(params![kind, id, body])?;
                }
                Change::Delete(key) => {
                    let (kind, id) = name(*key);
                    delete.execute(params![kind, id])?;
                    if let Key::Event(_) = key {
                        release.execute(params![id])?;
                    }
                }
            }
        }
    }
    transaction.commit()
}

fn key(record: &Record) -> Key {
    match record {
        Record::Vpc(vpc) => Key::Vpc(vpc.id),
        Record::Subnet(subnet) => Key::Subnet(subnet.id),
        Record::Group(group) => Key::Group(group.id),
        Record::Eni(eni) => Key::Eni(eni.id),
        Record::Resource(resource) => Key::Resource(resource.id),
        Record::Function(function) => Key::Function(function.id),
        Record::Event(event) => Key::Event(event.request),
    }
}

fn name(key: Key) -> (&'static str, String) {
    match key {
        Key::Vpc(id) => ("vpc", id.to_string()),
        Key::Subnet(id) => ("subnet", id.to_string()),
        Key::Group(id) => ("group", id.to_string()),
        Key::Eni(id) => ("eni", id.to_string()),
        Key::Resource(id) => ("resource", id.to_string()),
        Key::Function(id) => ("function", id.0.to_string()),
        Key::Event(id) => ("event", id.to_string()),
    }
}
