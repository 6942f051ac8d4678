//! The tables of EventBridge.

use crate::delivery::outbox;
use crate::store::Schema;

/// The store.
pub(super) const SCHEMA: Schema =
    Schema { file: "events.db", steps: &[FIRST, outbox::TABLES, outbox::TOTAL], limit: 2 << 30 };

/// `next` says when a rule is due by its schedule, and is null where it is not.
const FIRST: &str = "
CREATE TABLE bus (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL,
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    policy TEXT,
    tags TEXT NOT NULL DEFAULT '{}',
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    UNIQUE (account, region, name)
);
CREATE TABLE rule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bus INTEGER NOT NULL,
    name TEXT NOT NULL,
    pattern TEXT,
    schedule TEXT,
    is_enabled INTEGER NOT NULL,
    description TEXT,
    role TEXT,
    tags TEXT NOT NULL,
    begun INTEGER NOT NULL,
    next INTEGER,
    UNIQUE (bus, name)
);
CREATE INDEX rule_next ON rule (next) WHERE next IS NOT NULL;
CREATE TABLE target (
    rule INTEGER NOT NULL,
    id TEXT NOT NULL,
    arn TEXT NOT NULL,
    target TEXT NOT NULL,
    PRIMARY KEY (rule, id)
) WITHOUT ROWID;
CREATE INDEX target_arn ON target (arn);
";
