//! The tags of queues.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::{Connection, params};
use wire::sqs::input::{ListQueueTags, TagQueue, UntagQueue};
use wire::sqs::output::ListQueueTagsResult;

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::sqs::name::{QueueName, of_url};
use crate::sqs::refusal::invalid;
use crate::sqs::service::Sqs;
use crate::sqs::stored::Queue;

type Tags = BTreeMap<String, String>;

/// Tags of one queue.
const MOST: usize = 50;

/// Whether a queue may have these tags.
///
/// # Errors
/// As SQS says it.
pub(crate) fn check(tags: &Tags) -> Result<(), Failure> {
    if tags.len() > MOST {
        return Err(invalid("Too many tags added for queue.").into());
    }
    let is_bad = |(key, value): &(&String, &String)| {
        key.is_empty() || key.chars().count() > 128 || value.chars().count() > 256
    };
    match tags.iter().find(is_bad) {
        None => Ok(()),
        Some((key, _)) => Err(invalid(format!(
            "Tag key must be 1 to 128 and its value 0 to 256 characters long: {key}"
        ))
        .into()),
    }
}

async fn retag(
    sqs: &Sqs,
    name: QueueName,
    change: impl FnOnce(&mut Tags) + Send + 'static,
) -> Result<(), Failure> {
    let work = move |connection: &Connection| {
        let queue = Queue::find(connection, &name)?;
        let mut tags = queue.tags(connection)?;
        change(&mut tags);
        check(&tags)?;
        let text = serde_json::to_string(&tags).expect("texts are plain data");
        connection
            .prepare_cached("UPDATE queue SET tags = ?2 WHERE id = ?1")?
            .execute(params![queue.row, text])?;
        Ok(())
    };
    sqs.store.run(work).await
}

impl Operation<Sqs> for ListQueueTags {
    type Output = ListQueueTagsResult;

    async fn run(self, sqs: &Arc<Sqs>, cx: &Context<'_>) -> Result<ListQueueTagsResult, Failure> {
        let ListQueueTags { queue_url } = self;
        let name = of_url(cx, &queue_url)?;
        let read = move |connection: &Connection| {
            Ok::<_, Failure>(Queue::find(connection, &name)?.tags(connection)?)
        };
        let tags = sqs.store.run(read).await?;
        Ok(ListQueueTagsResult { tags: Some(tags).filter(|it| !it.is_empty()) })
    }
}

impl Operation<Sqs> for TagQueue {
    type Output = ();

    async fn run(self, sqs: &Arc<Sqs>, cx: &Context<'_>) -> Result<(), Failure> {
        let TagQueue { queue_url, tags } = self;
        retag(sqs, of_url(cx, &queue_url)?, |known| known.extend(tags)).await
    }
}

impl Operation<Sqs> for UntagQueue {
    type Output = ();

    async fn run(self, sqs: &Arc<Sqs>, cx: &Context<'_>) -> Result<(), Failure> {
        let UntagQueue { queue_url, tag_keys } = self;
        let name = of_url(cx, &queue_url)?;
        retag(sqs, name, move |known| known.retain(|key, _| !tag_keys.contains(key))).await
    }
}
