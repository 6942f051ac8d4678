//! How long messages that were received stay invisible.

use std::sync::Arc;

use rusqlite::{Connection, params};
use wire::ApiError;
use wire::sqs::error;
use wire::sqs::input::ChangeMessageVisibility;

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::sqs::group;
use crate::sqs::handle::{Handle, Held};
use crate::sqs::name::{QueueName, of_url};
use crate::sqs::refusal::{bad_handle, expired_handle, not_taken};
use crate::sqs::service::Sqs;
use crate::sqs::stored::Queue;

/// Seconds that a message may be invisible, from when it was received on.
const LONGEST: i64 = 43_200;

impl Operation<Sqs> for ChangeMessageVisibility {
    type Output = ();

    async fn run(self, sqs: &Arc<Sqs>, cx: &Context<'_>) -> Result<(), Failure> {
        let ChangeMessageVisibility { queue_url, receipt_handle, visibility_timeout } = self;
        let queue = of_url(cx, &queue_url)?;
        let change = (receipt_handle, i64::from(visibility_timeout));
        sqs.change_visibility(&queue, vec![change]).await?.pop().expect("one for each")?;
        Ok(())
    }
}

impl Sqs {
    /// Has messages be visible again after so many seconds from now, by their handles; told in their
    /// order.
    ///
    /// # Errors
    /// When the queue is not there. Within, why a handle is refused.
    pub async fn change_visibility(
        &self,
        queue: &QueueName,
        changes: Vec<(String, i64)>,
    ) -> Result<Vec<Result<(), ApiError>>, Failure> {
        let (name, now) = (queue.clone(), crate::time::now());
        let work = move |connection: &Connection| {
            let queue = Queue::find(connection, &name)?;
            let mut done = Vec::with_capacity(changes.len());
            for (handle, seconds) in &changes {
                done.push(match one(connection, &queue, handle, *seconds, now) {
                    Ok(()) => Ok(()),
                    Err(Failure::Refused(why)) => Err(why),
                    Err(why) => return Err(why),
                });
            }
            Ok(done)
        };
        let done = self.store.run_lean(work).await?;
        // What becomes visible earlier than whoever waits knew.
        self.bells.ring(queue);
        Ok(done)
    }
}

fn one(
    connection: &Connection,
    queue: &Queue,
    text: &str,
    seconds: i64,
    now: i64,
) -> Result<(), Failure> {
    let handle = Handle::parse(text).filter(|handle| handle.queue == queue.row);
    let handle = handle.ok_or_else(|| bad_handle(text))?;
    if !(0..=LONGEST).contains(&seconds) {
        let reason = "VisibilityTimeout must be an integer between 0 and 43200.";
        return Err(not_taken(&seconds.to_string(), "VisibilityTimeout", reason).into());
    }
    let Some(held) = handle.look(connection, queue.id)? else {
        let reason = "Message does not exist or is not available for visibility timeout change.";
        return Err(not_taken(text, "ReceiptHandle", reason).into());
    };
    let Held { receipt, visible, received, fifo_group } = held;
    if receipt != Some(handle.receipt) && fifo_group.is_some() {
        return Err(expired_handle(text).into());
    }
    if visible <= now {
        let message = "The specified message isn't in flight.";
        return Err(error("MessageNotInflight", message).into());
    }
    let until = now + 1_000 * seconds;
    if until > received.unwrap_or(now) + 1_000 * LONGEST {
        let reason = "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]";
        return Err(not_taken(&seconds.to_string(), "VisibilityTimeout", reason).into());
    }
    connection
        .prepare_cached("UPDATE message SET visible = ?2 WHERE id = ?1")?
        .execute(params![handle.message, until])?;
    if let Some(group) = fifo_group {
        group::settle(connection, queue.id, &group, now)?;
    }
    Ok(())
}
