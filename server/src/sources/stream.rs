//! What pollers ask of a stream, wherever it is.

use engine::sources::command::{ReadFrom, ShardInfo};
use serde_json::Value;

use crate::sources::queue::Asking;

/// What was read of a shard.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// Records, in order: each as the service's `GetRecords` spells it.
    pub records: Vec<Value>,
    /// Whether the shard has ended with them.
    pub is_end: bool,
    /// The offset that the next record will have, of a partition of Kafka.
    pub next: Option<u64>,
}

/// A stream.
pub trait Stream: Send + Sync {
    /// The shards that there are.
    fn shards(&self) -> Asking<'_, Vec<ShardInfo>>;

    /// Reads records of a shard; waits for some where there are none, not for ever.
    fn read<'a>(&'a self, shard: &'a str, from: &'a ReadFrom) -> Asking<'a, Read>;

    /// Has the source know, where it cares, up to where a shard is done with; never waits.
    fn commit(&self, _shard: &str, _after: &str) {}
}
