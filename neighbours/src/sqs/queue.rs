//! Queues: made, found, told and removed.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::{Connection, params};
use wire::sqs::error;
use wire::sqs::input::{CreateQueue, GetQueueUrl};
use wire::sqs::output::{CreateQueueResult, GetQueueUrlResult};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::sqs::name::{QueueName, is_fifo, is_possible};
use crate::sqs::refusal::{invalid, no_queue};
use crate::sqs::service::Sqs;
use crate::sqs::settings::Settings;
use crate::sqs::stored::Queue;
use crate::time::now;

/// The queue that a request names.
pub(crate) fn of_url(cx: &Context<'_>, url: &str) -> Result<QueueName, Failure> {
    match QueueName::of_url(url, &cx.scope.region) {
        Some(name) => Ok(name),
        None => {
            let message = format!("The address {url} is not valid for this endpoint.");
            Err(error("InvalidAddress", message).into())
        }
    }
}

impl Operation<Sqs> for CreateQueue {
    type Output = CreateQueueResult;

    async fn run(self, sqs: &Arc<Sqs>, cx: &Context<'_>) -> Result<CreateQueueResult, Failure> {
        let CreateQueue { queue_name, attributes, tags } = self;
        let attributes = attributes.unwrap_or_default();
        let is_marked = attributes.get("FifoQueue").is_some_and(|value| value == "true");
        let words = "can only include alphanumeric characters, hyphens, or underscores";
        if is_marked != is_fifo(&queue_name) && (is_marked || is_fifo(&queue_name)) {
            return Err(invalid(format!(
                "The name of a FIFO queue {words}, must end with .fifo suffix and be 1 to 80 in length."
            ))
            .into());
        }
        if !is_possible(&queue_name) {
            let message = "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 \
                           in length";
            return Err(invalid(message).into());
        }
        let name = QueueName::new(&cx.scope, &queue_name);
        let settings = Settings::default().with(&name, is_fifo(&queue_name), &attributes)?;
        let url = name.url(cx.host);
        let tags = tags.unwrap_or_default();
        let create =
            move |connection: &Connection| create(connection, &name, &settings, &attributes, &tags);
        sqs.store.run(create).await?;
        Ok(CreateQueueResult { queue_url: Some(url) })
    }
}

/// Makes a queue, unless the same is there.
fn create(
    connection: &Connection,
    name: &QueueName,
    settings: &Settings,
    given: &BTreeMap<String, String>,
    tags: &BTreeMap<String, String>,
) -> Result<(), Failure> {
    if let Some(known) = Queue::look(connection, name)? {
        return match known.settings.differing(given) {
            None => Ok(()),
            Some(attribute) => {
                let message = format!(
                    "A queue already exists with the same name and a different value for attribute \
                     {attribute}"
                );
                Err(error("QueueNameExists", message).into())
            }
        };
    }
    let tags = serde_json::to_string(tags).expect("texts are plain data");
    connection.execute(
        "INSERT INTO queue (account, region, name, attributes, tags, created, modified)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
        params![name.account.cast_signed(), name.region, name.name, settings.spell(), tags, now()],
    )?;
    Ok(())
}

impl Operation<Sqs> for GetQueueUrl {
    type Output = GetQueueUrlResult;

    async fn run(self, sqs: &Arc<Sqs>, cx: &Context<'_>) -> Result<GetQueueUrlResult, Failure> {
        let GetQueueUrl { queue_name, queue_owner_aws_account_id } = self;
        let mut name = QueueName::new(&cx.scope, &queue_name);
        if let Some(owner) = queue_owner_aws_account_id {
            name.account = owner.parse().map_err(|_| no_queue())?;
        }
        let url = name.url(cx.host);
        sqs.store.run(move |connection| Queue::find(connection, &name).map(drop)).await?;
        Ok(GetQueueUrlResult { queue_url: Some(url) })
    }
}
