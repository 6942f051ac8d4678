//! The tables of S3.

use crate::store::Schema;

/// The store of S3, without the objects' bytes.
pub(super) const SCHEMA: Schema =
    Schema { file: "s3.db", steps: &[FIRST, ELSEWHERE, TURNS, TRACES], limit: 4 << 30 };
/// Bytes of all objects and parts together.
pub(super) const BYTES: u64 = 32 << 30;

/// Buckets, what is configured of them, versions of objects with the files that they are made of,
/// uploads in parts, and what is still to be told to somebody. Keys are compared byte by byte, as AWS
/// does; of a key's versions the one with the highest id is the latest.
const FIRST: &str = "
CREATE TABLE bucket (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    account INTEGER NOT NULL,
    region TEXT NOT NULL,
    created INTEGER NOT NULL,
    versioning TEXT
);
CREATE TABLE document (
    bucket INTEGER NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (bucket, kind)
) WITHOUT ROWID;
CREATE TABLE object (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bucket INTEGER NOT NULL,
    key TEXT NOT NULL,
    version TEXT NOT NULL,
    is_latest INTEGER NOT NULL,
    is_marker INTEGER NOT NULL,
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,
    modified INTEGER NOT NULL,
    attributes TEXT NOT NULL,
    tags TEXT,
    checksum TEXT,
    parts TEXT
);
CREATE UNIQUE INDEX object_version ON object (bucket, key, id);
CREATE INDEX object_latest ON object (bucket, key) WHERE is_latest = 1 AND is_marker = 0;
CREATE TABLE piece (
    object INTEGER NOT NULL,
    number INTEGER NOT NULL,
    blob TEXT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (object, number)
) WITHOUT ROWID;
CREATE TABLE upload (
    id TEXT PRIMARY KEY,
    bucket INTEGER NOT NULL,
    key TEXT NOT NULL,
    created INTEGER NOT NULL,
    initiator TEXT NOT NULL,
    attributes TEXT NOT NULL,
    tags TEXT,
    algorithm TEXT,
    checksum_type TEXT
) WITHOUT ROWID;
CREATE INDEX upload_key ON upload (bucket, key, id);
CREATE TABLE part (
    upload TEXT NOT NULL,
    number INTEGER NOT NULL,
    blob TEXT NOT NULL,
    size INTEGER NOT NULL,
    md5 TEXT NOT NULL,
    modified INTEGER NOT NULL,
    checksums TEXT NOT NULL,
    PRIMARY KEY (upload, number)
) WITHOUT ROWID;
CREATE TABLE sequence (value INTEGER NOT NULL);
INSERT INTO sequence VALUES (0);
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bucket TEXT NOT NULL,
    account INTEGER NOT NULL,
    key TEXT NOT NULL,
    target TEXT NOT NULL,
    body TEXT NOT NULL,
    created INTEGER NOT NULL,
    due INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX outbox_due ON outbox (due);
";

/// Buckets that are elsewhere, of which somebody is told what is done to their objects through here.
const ELSEWHERE: &str = "
CREATE TABLE elsewhere (
    bucket TEXT PRIMARY KEY,
    account INTEGER NOT NULL,
    region TEXT NOT NULL,
    notification TEXT NOT NULL
) WITHOUT ROWID;
";

/// Of each target some are told at a time.
const TURNS: &str = "CREATE INDEX outbox_turn ON outbox (target, due, id);";

/// Loops through buckets are found by the trace headers of what is told.
const TRACES: &str = "ALTER TABLE outbox ADD COLUMN trace TEXT;";
