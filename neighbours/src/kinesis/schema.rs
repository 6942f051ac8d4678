//! The tables of Kinesis.

use crate::store::Schema;

/// The store of Kinesis.
pub(super) const SCHEMA: Schema = Schema { file: "kinesis.db", steps: &[FIRST], limit: 4 << 30 };

/// Hash keys are 32 digits to the base of 16, which sort as their numbers do. `first` and `last` are numbers
/// of the one counter that records have theirs from, between which those of a shard are.
const FIRST: &str = "
CREATE TABLE counter (next INTEGER NOT NULL);
INSERT INTO counter VALUES (1);
CREATE TABLE stream (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL,
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    mode TEXT NOT NULL,
    retention INTEGER NOT NULL,
    created INTEGER NOT NULL,
    shards INTEGER NOT NULL,
    tags TEXT NOT NULL,
    UNIQUE (account, region, name)
);
CREATE TABLE shard (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    stream INTEGER NOT NULL,
    number INTEGER NOT NULL,
    parent INTEGER,
    adjacent INTEGER,
    low TEXT NOT NULL,
    high TEXT NOT NULL,
    created INTEGER NOT NULL,
    first INTEGER NOT NULL,
    closed INTEGER,
    last INTEGER,
    UNIQUE (stream, number)
);
CREATE TABLE record (
    id INTEGER PRIMARY KEY,
    shard INTEGER NOT NULL,
    at INTEGER NOT NULL,
    partition_key TEXT NOT NULL,
    data BLOB NOT NULL
);
CREATE INDEX record_shard ON record (shard, id);
CREATE TABLE consumer (
    stream INTEGER NOT NULL,
    name TEXT NOT NULL,
    created INTEGER NOT NULL,
    tags TEXT NOT NULL,
    PRIMARY KEY (stream, name)
) WITHOUT ROWID;
";
