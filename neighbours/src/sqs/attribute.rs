//! The attributes of queues.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::{Connection, params};
use wire::sqs::error;
use wire::sqs::input::{GetQueueAttributes, SetQueueAttributes};
use wire::sqs::output::GetQueueAttributesResult;

use crate::boolean;
use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::sqs::name::{QueueName, of_url};
use crate::sqs::refusal::unknown_attribute;
use crate::sqs::service::Sqs;
use crate::sqs::settings::{TOLD, is_known};
use crate::sqs::stored::{Queue, check_redrive};
use crate::time::now;

impl Operation<Sqs> for GetQueueAttributes {
    type Output = GetQueueAttributesResult;

    async fn run(
        self,
        sqs: &Arc<Sqs>,
        cx: &Context<'_>,
    ) -> Result<GetQueueAttributesResult, Failure> {
        let GetQueueAttributes { queue_url, attribute_names } = self;
        let name = of_url(cx, &queue_url)?;
        let wanted = attribute_names.unwrap_or_default();
        let is_there = |name: &str| name == "All" || TOLD.contains(&name) || is_known(name);
        if let Some(unknown) = wanted.iter().find(|name| !is_there(name)) {
            return Err(unknown_attribute(unknown).into());
        }
        let mut all = sqs.store.run(move |connection| all(connection, &name)).await?;
        if !wanted.iter().any(|name| name == "All") {
            all.retain(|name, _| wanted.contains(name));
        }
        Ok(GetQueueAttributesResult { attributes: Some(all).filter(|it| !it.is_empty()) })
    }
}

/// All that a queue tells.
fn all(connection: &Connection, name: &QueueName) -> Result<BTreeMap<String, String>, Failure> {
    let queue = Queue::find(connection, name)?;
    let (created, modified): (i64, i64) = connection
        .prepare_cached("SELECT created, modified FROM queue WHERE id = ?1")?
        .query_row([queue.row], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (visible, delayed, in_flight): (i64, i64, i64) = connection
        .prepare_cached(
            "SELECT count(*) FILTER (WHERE visible <= ?2),
                    count(*) FILTER (WHERE visible > ?2 AND receives = 0),
                    count(*) FILTER (WHERE visible > ?2 AND receives > 0)
             FROM message WHERE queue = ?1 AND sent > ?3",
        )?
        .query_row(params![queue.id, now(), now() - queue.settings.retention()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
    let mut all = queue.settings.all(queue.is_fifo());
    for (name, value) in [
        ("QueueArn", queue.name.arn()),
        ("CreatedTimestamp", (created / 1_000).to_string()),
        ("LastModifiedTimestamp", (modified / 1_000).to_string()),
        ("ApproximateNumberOfMessages", visible.to_string()),
        ("ApproximateNumberOfMessagesDelayed", delayed.to_string()),
        ("ApproximateNumberOfMessagesNotVisible", in_flight.to_string()),
    ] {
        all.insert(name.to_owned(), value);
    }
    Ok(all)
}

impl Operation<Sqs> for SetQueueAttributes {
    type Output = ();

    async fn run(self, sqs: &Arc<Sqs>, cx: &Context<'_>) -> Result<(), Failure> {
        let SetQueueAttributes { queue_url, attributes } = self;
        let attributes = boolean::values(Some(attributes));
        let name = of_url(cx, &queue_url)?;
        let bell = name.clone();
        sqs.store.run(move |connection| set(connection, &name, &attributes)).await?;
        // Whoever waits may see more by it, or wait otherwise.
        sqs.bells.ring(&bell);
        Ok(())
    }
}

fn set(
    connection: &Connection,
    name: &QueueName,
    attributes: &BTreeMap<String, String>,
) -> Result<(), Failure> {
    let queue = Queue::find(connection, name)?;
    if attributes.get("FifoQueue").is_some_and(|value| !queue.is_fifo() || value != "true") {
        let message = "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not \
                       supported.";
        return Err(error("InvalidAttributeValue", message).into());
    }
    let settings = queue.settings.with(name, queue.is_fifo(), attributes)?;
    if attributes.contains_key("RedrivePolicy") {
        check_redrive(connection, name, &settings)?;
    }
    connection
        .prepare_cached("UPDATE queue SET attributes = ?2, modified = ?3 WHERE id = ?1")?
        .execute(params![queue.row, settings.spell(), now()])?;
    Ok(())
}
