//! The tables of the Parameter Store.

use crate::store::Schema;

/// The store.
pub(super) const SCHEMA: Schema = Schema { file: "ssm.db", steps: &[FIRST], limit: 1 << 30 };

const FIRST: &str = "
CREATE TABLE parameter (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL,
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    latest INTEGER NOT NULL,
    tags TEXT NOT NULL,
    UNIQUE (account, region, name)
);
CREATE TABLE parameter_version (
    parameter INTEGER NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    description TEXT,
    allowed_pattern TEXT,
    key_id TEXT,
    tier TEXT NOT NULL,
    data_type TEXT NOT NULL,
    modified INTEGER NOT NULL,
    modified_by TEXT NOT NULL,
    labels TEXT NOT NULL,
    PRIMARY KEY (parameter, version)
) WITHOUT ROWID;
";
