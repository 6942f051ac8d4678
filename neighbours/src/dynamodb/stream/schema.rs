//! The tables of streams, beside dynoxide's own in the same file, and what fills them.
//!
//! Their names have a colon, which tables of users cannot have. Triggers write them within the transactions
//! of dynoxide, so that a record is there if and only if its write is, and belongs to the stream that was
//! open at that time. dynoxide's own records go at once: it looks for the largest at each write.

use rusqlite::Connection;

/// Has the file have streams.
pub(in crate::dynamodb) fn install(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(TABLES)?;
    connection.execute_batch(TRIGGERS)
}

/// `first` and `last` are ids of records between which those of the stream are; what is older than
/// `trimmed` is gone.
const TABLES: &str = r#"
CREATE TABLE IF NOT EXISTS "warren:stream" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    table_name TEXT NOT NULL,
    label TEXT NOT NULL,
    view_type TEXT NOT NULL,
    key_schema TEXT NOT NULL,
    created INTEGER NOT NULL,
    first INTEGER NOT NULL,
    closed INTEGER,
    last INTEGER,
    trimmed INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS "warren:stream_table" ON "warren:stream" (table_name, id);
CREATE TABLE IF NOT EXISTS "warren:record" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    stream INTEGER NOT NULL,
    created INTEGER NOT NULL,
    size INTEGER NOT NULL,
    event_id TEXT NOT NULL,
    event_name TEXT NOT NULL,
    user_identity TEXT,
    keys TEXT NOT NULL,
    new_image TEXT,
    old_image TEXT
);
CREATE INDEX IF NOT EXISTS "warren:record_stream" ON "warren:record" (stream, id);
"#;

/// Both images are asked for within, whatever is told outside: so what changes nothing is found out.
const TRIGGERS: &str = r#"
CREATE TRIGGER IF NOT EXISTS "warren:stream_enabled"
AFTER UPDATE OF stream_enabled, stream_view_type, stream_label ON _tables
WHEN NEW.stream_enabled = 1 AND NEW.stream_label IS NOT OLD.stream_label
BEGIN
    INSERT INTO "warren:stream" (table_name, label, view_type, key_schema, created, first)
    VALUES (
        NEW.table_name, strftime('%Y-%m-%dT%H:%M:%f', 'now'), NEW.stream_view_type, NEW.key_schema,
        CAST(unixepoch('subsec') * 1000 AS INTEGER),
        1 + COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'warren:record'), 0)
    );
    UPDATE _tables SET stream_view_type = 'NEW_AND_OLD_IMAGES' WHERE table_name = NEW.table_name;
END;
CREATE TRIGGER IF NOT EXISTS "warren:stream_disabled"
AFTER UPDATE OF stream_enabled ON _tables
WHEN OLD.stream_enabled = 1 AND NEW.stream_enabled = 0
BEGIN
    UPDATE "warren:stream" SET
        closed = CAST(unixepoch('subsec') * 1000 AS INTEGER),
        last = (SELECT MAX(first, COALESCE(MAX(seq), 0)) FROM sqlite_sequence WHERE name = 'warren:record')
    WHERE table_name = NEW.table_name AND closed IS NULL;
END;
CREATE TRIGGER IF NOT EXISTS "warren:table_deleted"
AFTER DELETE ON _tables
BEGIN
    UPDATE "warren:stream" SET
        closed = CAST(unixepoch('subsec') * 1000 AS INTEGER),
        last = (SELECT MAX(first, COALESCE(MAX(seq), 0)) FROM sqlite_sequence WHERE name = 'warren:record')
    WHERE table_name = OLD.table_name AND closed IS NULL;
END;
CREATE TRIGGER IF NOT EXISTS "warren:record_written"
AFTER INSERT ON _stream_records
BEGIN
    INSERT INTO "warren:record"
        (stream, created, size, event_id, event_name, user_identity, keys, new_image, old_image)
    SELECT id, NEW.created_at,
        octet_length(NEW.keys_json) + COALESCE(octet_length(NEW.new_image), 0)
            + COALESCE(octet_length(NEW.old_image), 0),
        COALESCE(NEW.event_id, lower(hex(randomblob(16)))), NEW.event_name, NEW.user_identity,
        NEW.keys_json, NEW.new_image, NEW.old_image
    FROM "warren:stream" WHERE table_name = NEW.table_name AND closed IS NULL;
    DELETE FROM _stream_records WHERE id = NEW.id;
END;
"#;
