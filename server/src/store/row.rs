//! Rows: what a store keeps, and what a store is to whoever keeps something in it.

use bytes::Bytes;
use engine::id::RequestId;

use super::error::{CommitError, StoreError};

/// The bytes of asynchronous events among some changes.
pub type NewEvents = Vec<(RequestId, Bytes)>;

/// A record as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What tells it from all others.
    pub key: RowKey,
    /// The version of its kind that the body is written in.
    pub version: u32,
    /// The record, in JSON.
    pub body: String,
}

/// What tells a stored record from all others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowKey {
    /// The kind of record, for instance `subnet`.
    pub kind: String,
    /// Which one of the kind, for instance `subnet-0123456789abcdef0`.
    pub id: String,
}

/// A change of what is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowChange {
    /// Puts a row in the place of any other of its key.
    Put(Row),
    /// Removes a row, if it is there.
    Delete(RowKey),
    /// Puts the bytes of an event, unless they are there.
    Hold(RequestId, Bytes),
    /// Removes the bytes of an event.
    Release(RequestId),
}

/// Where rows are kept. All calls wait until they are done; one server uses a store at a time.
pub trait Store: Send {
    /// All rows, in the order of their keys.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn load(&mut self) -> Result<Vec<Row>, StoreError>;

    /// A way to read the bytes of events, beside whoever commits.
    fn reader(&self) -> Box<dyn EventReader>;

    /// Makes changes durable, wholly or not at all, in their order.
    ///
    /// # Errors
    /// When nothing was changed.
    fn commit(&mut self, changes: &[RowChange]) -> Result<(), CommitError>;

    /// Whether changes that are still to be decided can be expected to be committed.
    ///
    /// # Errors
    /// Why they cannot.
    fn probe(&mut self) -> Result<(), CommitError>;

    /// Does a part of what can be put off until nobody waits; returns whether more is left.
    fn tidy(&mut self) -> bool;
}

/// Reads the bytes of events that are stored.
pub trait EventReader: Send {
    /// The bytes of an event; none when it is not there.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn read(&mut self, event: RequestId) -> Result<Option<Bytes>, StoreError>;
}
