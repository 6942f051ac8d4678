//! What pollers are told, and what they report. Pollers carry and decide nothing.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::id::{MappingId, RequestId};
use crate::base::time::Time;
use crate::record::mapping::Mapping;

/// A record that a poller holds: its number, which the poller gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordKey(pub u64);

/// What a poller is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceCommand {
    /// Carry for a mapping, as it is set from now on; it may be told anew.
    Open(Box<Mapping>),
    /// Carry no more for it, and wait for no more records; records that are held stay until they
    /// are let go of.
    Close(MappingId),
    /// Wait for messages of a queue, and report them with this number of the poll.
    Receive {
        /// For which mapping.
        mapping: MappingId,
        /// The number of the poll.
        poll: u64,
        /// So many at the most.
        most: u32,
    },
    /// Invoke the mapping's function with records.
    Run(Batch),
    /// Messages are done with: delete them from their queue.
    Delete(MappingId, Vec<RecordKey>),
    /// Let go of records; messages of a queue come again.
    Release(MappingId, Vec<RecordKey>),
    /// Ask for the shards of a stream, and report them with the number of this call.
    List {
        /// For which mapping.
        mapping: MappingId,
        /// The number of the call.
        call: u64,
    },
    /// Read a shard, where there is nothing for a while, and report with the number of this call.
    Read {
        /// For which mapping.
        mapping: MappingId,
        /// The shard's id.
        shard: String,
        /// The number of the call.
        call: u64,
        /// From where on.
        from: ReadFrom,
    },
    /// Tell the source up to where a shard is done with, for who looks at it there.
    Commit {
        /// For which mapping.
        mapping: MappingId,
        /// The shard's id.
        shard: String,
        /// The sequence number of the last record that is done with, as are all before it.
        after: String,
    },
    /// Tell the mapping's destination that records are given up.
    GiveUp {
        /// Of which mapping.
        mapping: MappingId,
        /// The number by which it is reported that it was told.
        number: u64,
        /// What is told.
        given_up: Box<GivenUp>,
    },
}

/// From where on a shard is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadFrom {
    /// The oldest record.
    TrimHorizon,
    /// What is written from now on.
    Latest,
    /// An instant, in milliseconds of the Unix epoch.
    At(u64),
    /// What follows the record of this sequence number.
    After(String),
}

/// Records of a shard that are given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenUp {
    /// Why.
    pub condition: Condition,
    /// The shard's id.
    pub shard: String,
    /// How often they were given to the function.
    pub invocations: u32,
    /// The last invocation with them.
    pub request: Option<RequestId>,
    /// The records.
    pub records: Vec<RecordKey>,
    /// The sequence number of the first, and when it came.
    pub first: (String, Time),
    /// Those of the last.
    pub last: (String, Time),
}

/// Why records are given up, by AWS's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// The function has failed with them too often.
    RetryAttemptsExhausted,
    /// They are too old.
    RecordAgeExceeded,
    /// It is one, and larger than an event may be.
    MaximumPayloadSizeExceeded,
}

/// Records that are given to the function together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Of which mapping.
    pub mapping: MappingId,
    /// Its number.
    pub number: u64,
    /// The shard that they are of, of a stream.
    pub shard: Option<String>,
    /// The records, in order.
    pub records: Vec<RecordKey>,
    /// The tumbling window that they are of, where the mapping has such.
    pub window: Option<BatchWindow>,
}

/// What the function is told of a tumbling window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchWindow {
    /// When it begins, in milliseconds of the Unix epoch.
    pub start: u64,
    /// When it ends.
    pub end: u64,
    /// What the function has made of its records so far, as JSON.
    pub state: String,
    /// Whether it has ended: then the batch has no records.
    pub is_final: bool,
    /// Whether it has ended before its time.
    pub is_early: bool,
}

/// A message that was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Under which number the poller holds it.
    pub key: RecordKey,
    /// Bytes that it takes in the event.
    pub size: usize,
    /// The message group, of a FIFO queue.
    pub group: Option<String>,
    /// Whether a filter of the mapping matches it; if not, the function is not given it.
    pub is_wanted: bool,
}

/// A record that was read of a shard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamRecord {
    /// Under which number the poller holds it.
    pub key: RecordKey,
    /// Its sequence number.
    pub sequence: String,
    /// A hash of its partition key: records that have the same stay in order.
    pub lane: u64,
    /// Bytes that it takes in the event.
    pub size: usize,
    /// When it came to the stream.
    pub at: Time,
    /// Whether a filter of the mapping matches it; if not, the function is not given it.
    pub is_wanted: bool,
}

/// What was read of a shard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Records {
    /// The records, in order.
    pub records: Vec<StreamRecord>,
    /// Whether the shard has ended with them.
    pub is_end: bool,
    /// The offset that the next record of a partition will have.
    pub next: Option<u64>,
}

/// A shard that there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShardInfo {
    /// Its id.
    pub id: String,
    /// The shards that it came out of.
    pub parents: Vec<String>,
    /// Whether nothing is written to it any more.
    pub is_closed: bool,
    /// Where reading begins, if the source knows that by itself.
    pub begins: Option<Begins>,
}

/// Behind which record the reading of a shard begins, by its sequence number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begins {
    /// The consumer group has come that far.
    Committed(String),
    /// That is where the mapping's starting position was when it was asked for.
    Starting(String),
}

/// Why a source does not answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What `LastProcessingResult` tells of it, where AWS has words for it.
    pub problem: Option<&'static str>,
    /// What the source says.
    pub why: String,
}

impl From<String> for Trouble {
    fn from(why: String) -> Trouble {
        Trouble { problem: None, why }
    }
}

/// What a poller reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceReport {
    /// A poll has ended, with messages or without.
    Received {
        /// For which mapping.
        mapping: MappingId,
        /// The number of the poll.
        poll: u64,
        /// The messages.
        messages: Vec<Message>,
    },
    /// A poll has failed.
    Failed {
        /// For which mapping.
        mapping: MappingId,
        /// The number of the poll.
        poll: u64,
        /// Why.
        why: Trouble,
    },
    /// The shards of a stream, or why they are not known.
    Listed {
        /// For which mapping.
        mapping: MappingId,
        /// The number of the call.
        call: u64,
        /// The shards.
        shards: Result<Vec<ShardInfo>, Trouble>,
    },
    /// What was read of a shard, or why nothing was.
    Read {
        /// For which mapping.
        mapping: MappingId,
        /// The shard's id.
        shard: String,
        /// The number of the call.
        call: u64,
        /// The records.
        records: Result<Records, Trouble>,
    },
    /// It was told that records are given up, or why not.
    GaveUp {
        /// Of which mapping.
        mapping: MappingId,
        /// The number of the command.
        number: u64,
        /// Why it was not told.
        failure: Option<String>,
    },
    /// A batch was run, or could not be.
    Ran {
        /// Of which mapping.
        mapping: MappingId,
        /// The batch's number.
        batch: u64,
        /// The invocation, where there was one.
        request: Option<RequestId>,
        /// What came of it.
        outcome: BatchOutcome,
        /// The state of the tumbling window from now on, as JSON, where the function answers one.
        state: Option<String>,
    },
}

/// What came of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BatchOutcome {
    /// The function took all records.
    Taken,
    /// The function took all but these.
    Partial(Vec<RecordKey>),
    /// The function failed, or its answer is none: with what is told of it.
    Failed(String),
    /// It was not run: with why.
    NotRun(String),
}
