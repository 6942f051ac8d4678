//! The tables of Route 53.

use crate::store::Schema;

/// The store.
pub(super) const SCHEMA: Schema = Schema { file: "route53.db", steps: &[FIRST], limit: 1 << 30 };

/// Zones are an account's, whatever the region.
const FIRST: &str = "
CREATE TABLE zone (
    id TEXT PRIMARY KEY,
    account INTEGER NOT NULL,
    name TEXT NOT NULL,
    reference TEXT NOT NULL,
    comment TEXT NOT NULL,
    tags TEXT NOT NULL DEFAULT '{}',
    created INTEGER NOT NULL,
    UNIQUE (account, reference)
) WITHOUT ROWID;
CREATE TABLE association (
    zone TEXT NOT NULL,
    region TEXT NOT NULL,
    vpc TEXT NOT NULL,
    PRIMARY KEY (zone, region, vpc)
) WITHOUT ROWID;
CREATE INDEX association_vpc ON association (vpc, region);
CREATE TABLE record (
    zone TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    ttl INTEGER NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (zone, name, kind)
) WITHOUT ROWID;
CREATE TABLE change (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    account INTEGER NOT NULL,
    comment TEXT,
    submitted INTEGER NOT NULL
);
";
