//! Messages that are deleted by whoever has received them.

use rusqlite::Connection;
use wire::ApiError;

use super::group;
use super::handle::{Handle, Held};
use super::name::QueueName;
use super::receive::remove;
use super::refusal::{bad_handle, expired_handle};
use super::stored::Queue;
use crate::failure::Failure;

/// Deletes messages, each for itself.
pub(super) fn all(
    connection: &Connection,
    name: &QueueName,
    handles: &[String],
    now: i64,
) -> Result<Vec<Result<(), ApiError>>, Failure> {
    let queue = Queue::find(connection, name)?;
    let mut done = Vec::with_capacity(handles.len());
    for handle in handles {
        done.push(match one(connection, &queue, handle, now) {
            Ok(()) => Ok(()),
            Err(Failure::Refused(why)) => Err(why),
            Err(why) => return Err(why),
        });
    }
    Ok(done)
}

/// Deletes a message. One that is gone is as good as deleted; one that was received again since is
/// another's, which a FIFO queue minds.
fn one(connection: &Connection, queue: &Queue, text: &str, now: i64) -> Result<(), Failure> {
    let handle = Handle::parse(text).filter(|handle| handle.queue == queue.row);
    let handle = handle.ok_or_else(|| bad_handle(text))?;
    let Some(Held { receipt, visible, fifo_group, .. }) = handle.look(connection, queue.id)? else {
        return Ok(());
    };
    let is_held = receipt == Some(handle.receipt) && visible > now;
    if let Some(group) = fifo_group {
        if !is_held {
            return Err(expired_handle(text).into());
        }
        remove(connection, handle.message)?;
        group::settle(connection, queue.id, &group, now)?;
        return Ok(());
    }
    remove(connection, handle.message)?;
    Ok(())
}
