//! The tables of EventBridge Scheduler.

use crate::delivery::outbox;
use crate::store::Schema;

/// The store.
pub(super) const SCHEMA: Schema =
    Schema { file: "scheduler.db", steps: &[FIRST, outbox::TABLES, outbox::TOTAL], limit: 1 << 30 };

/// `next` says when a schedule is due, and is null where it is not. What was deleted is remembered by
/// the token of who deleted it.
const FIRST: &str = "
CREATE TABLE schedule_group (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL,
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    tags TEXT NOT NULL DEFAULT '{}',
    token TEXT,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    UNIQUE (account, region, name)
);
CREATE TABLE schedule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    schedule_group INTEGER NOT NULL,
    name TEXT NOT NULL,
    settings TEXT NOT NULL,
    token TEXT,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    begun INTEGER NOT NULL,
    next INTEGER,
    UNIQUE (schedule_group, name)
);
CREATE INDEX schedule_next ON schedule (next) WHERE next IS NOT NULL;
CREATE TABLE deleted (
    arn TEXT NOT NULL,
    token TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (arn, token)
) WITHOUT ROWID;
CREATE INDEX deleted_at ON deleted (at);
";
