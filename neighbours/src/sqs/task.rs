//! Tasks that move messages, by their handles.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;

/// The task's id in a handle.
pub(crate) fn task_of(handle: &str) -> Option<String> {
    let task: Value = serde_json::from_slice(&STANDARD.decode(handle).ok()?).ok()?;
    Some(task["taskId"].as_str()?.to_owned())
}

/// The ARN of the queue whose messages a task moves. A handle says one too, but is the caller's word.
pub(crate) fn source_of(connection: &Connection, id: &str) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("SELECT source FROM move_task WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()
}
