//! The tables of Secrets Manager.

use crate::store::Schema;

/// The store.
pub(super) const SCHEMA: Schema =
    Schema { file: "secretsmanager.db", steps: &[FIRST], limit: 1 << 30 };

const FIRST: &str = "
CREATE TABLE secret (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL,
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    suffix TEXT NOT NULL,
    description TEXT,
    key_id TEXT,
    tags TEXT NOT NULL,
    policy TEXT,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    accessed INTEGER,
    deleted INTEGER,
    gone INTEGER,
    UNIQUE (account, region, name)
);
CREATE TABLE secret_version (
    secret INTEGER NOT NULL,
    id TEXT NOT NULL,
    text TEXT,
    bytes TEXT,
    stages TEXT NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (secret, id)
) WITHOUT ROWID;
";
