//! The tables of SQS.

use crate::store::Schema;

/// The store of SQS.
pub(super) const SCHEMA: Schema =
    Schema { file: "sqs.db", steps: &[FIRST, SECOND, THIRD], limit: 4 << 30 };

/// Queues and messages. What is changed at each receive stands apart from what is not, since SQLite
/// writes a row whole. `fifo_group` says from when on a group may be received from, and its first
/// message, so that groups that are locked are passed over without looking at their messages.
const FIRST: &str = "
CREATE TABLE queue (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL,
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    attributes TEXT NOT NULL,
    tags TEXT NOT NULL,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    purged INTEGER NOT NULL DEFAULT 0,
    UNIQUE (account, region, name)
);
CREATE TABLE queue_deleted (
    account INTEGER NOT NULL,
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (account, region, name)
) WITHOUT ROWID;
CREATE TABLE message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    queue INTEGER NOT NULL,
    visible INTEGER NOT NULL,
    sent INTEGER NOT NULL,
    receives INTEGER NOT NULL DEFAULT 0,
    first_received INTEGER,
    receipt INTEGER,
    fifo_group TEXT
);
CREATE INDEX message_visible ON message (queue, visible);
CREATE INDEX message_group ON message (queue, fifo_group, id) WHERE fifo_group IS NOT NULL;
CREATE TABLE content (
    message INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL,
    sender TEXT NOT NULL,
    body TEXT NOT NULL,
    attributes TEXT,
    trace TEXT,
    group_id TEXT,
    deduplication_id TEXT,
    dead_letter_source TEXT
);
CREATE TABLE fifo_group (
    queue INTEGER NOT NULL,
    name TEXT NOT NULL,
    head INTEGER NOT NULL,
    ready INTEGER NOT NULL,
    PRIMARY KEY (queue, name)
) WITHOUT ROWID;
CREATE INDEX fifo_group_head ON fifo_group (queue, head);
CREATE TABLE deduplication (
    queue INTEGER NOT NULL,
    scope TEXT NOT NULL,
    id TEXT NOT NULL,
    expires INTEGER NOT NULL,
    uuid TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (queue, scope, id)
) WITHOUT ROWID;
CREATE INDEX deduplication_expires ON deduplication (expires);
";

/// When a message was last received; what was received under an attempt's id; tasks that move messages.
const SECOND: &str = "
ALTER TABLE message ADD COLUMN received INTEGER;
CREATE TABLE receive_attempt (
    queue INTEGER NOT NULL,
    id TEXT NOT NULL,
    expires INTEGER NOT NULL,
    handles TEXT NOT NULL,
    PRIMARY KEY (queue, id)
) WITHOUT ROWID;
CREATE INDEX receive_attempt_expires ON receive_attempt (expires);
CREATE TABLE move_task (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    destination TEXT,
    rate INTEGER,
    status TEXT NOT NULL,
    to_move INTEGER NOT NULL,
    moved INTEGER NOT NULL DEFAULT 0,
    failure TEXT,
    started INTEGER NOT NULL
);
CREATE INDEX move_task_source ON move_task (source, started);
";

/// What a queue's messages are known by: a purge gives it another, and what is left behind, as when a
/// queue is deleted, goes bit by bit.
const THIRD: &str = "
ALTER TABLE queue ADD COLUMN messages INTEGER;
UPDATE queue SET messages = id;
CREATE UNIQUE INDEX queue_messages ON queue (messages);
";
