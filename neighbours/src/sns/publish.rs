//! Publishing: one message, or up to ten of one request, which are all taken or all refused.

use std::collections::BTreeSet;
use std::sync::Arc;

use wire::ApiError;
use wire::sns::error;
use wire::sns::input::{Publish, PublishBatch, PublishBatchRequestEntry};
use wire::sns::output::{PublishBatchResponse, PublishBatchResultEntry, PublishResponse};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::sns::content::{BYTES, Content, Given};
use crate::sns::outbox::Published;
use crate::sns::refusal::invalid;
use crate::sns::service::{Sns, topic_of};

/// Entries of one batch.
const MOST: usize = 10;
/// Characters of an entry's id.
const ID: usize = 80;

impl Operation<Sns> for Publish {
    type Output = PublishResponse;

    async fn run(self, sns: &Arc<Sns>, cx: &Context<'_>) -> Result<PublishResponse, Failure> {
        let Publish {
            topic_arn,
            target_arn,
            message,
            subject,
            message_structure,
            message_attributes,
            message_deduplication_id,
            message_group_id,
        } = self;
        let topic = match (topic_arn, target_arn) {
            (Some(arn), None) => topic_of(cx, "TopicArn", &arn)?,
            (None, Some(arn)) if arn.contains(":endpoint/") => {
                let message = "TargetArn Reason: No endpoint found for the target arn specified";
                return Err(invalid(message).into());
            }
            (None, Some(arn)) => topic_of(cx, "TargetArn", &arn)?,
            (None, None) => {
                let message = "TopicArn or TargetArn Reason: no value for required parameter";
                return Err(invalid(message).into());
            }
            (Some(_), Some(_)) => {
                let message = "TopicArn or TargetArn Reason: only one of both can be given";
                return Err(invalid(message).into());
            }
        };
        let content = Content::of(Given {
            message,
            subject,
            structure: message_structure,
            attributes: message_attributes,
            group: message_group_id,
            deduplication_id: message_deduplication_id,
            trace: cx.trace.clone(),
        })?;
        let published = sns.publish(topic, vec![content]).await?.pop().expect("one for each");
        Ok(PublishResponse {
            message_id: Some(published.message_id),
            sequence_number: published.sequence,
        })
    }
}

/// Whether a batch may have entries of these ids.
fn check_ids<'a>(ids: impl ExactSizeIterator<Item = &'a String>) -> Result<(), ApiError> {
    if ids.len() == 0 {
        return Err(error("EmptyBatchRequest", "The batch request doesn't contain any entries."));
    }
    if ids.len() > MOST {
        let message = "The batch request contains more entries than permissible.";
        return Err(error("TooManyEntriesInBatchRequest", message));
    }
    let mut known = BTreeSet::new();
    for id in ids {
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let wrong = |what: &str| {
            let message = format!("The Id of a batch entry in the batch request {what}: {id}");
            error("InvalidBatchEntryId", message)
        };
        if id.len() > ID {
            return Err(wrong("is too long"));
        }
        if id.is_empty() || !id.bytes().all(is_word) {
            return Err(wrong("contains an impermissible character"));
        }
        if !known.insert(id) {
            let message = "Two or more batch entries in the request have the same Id.";
            return Err(error("BatchEntryIdsNotDistinct", message));
        }
    }
    Ok(())
}

impl Operation<Sns> for PublishBatch {
    type Output = PublishBatchResponse;

    async fn run(self, sns: &Arc<Sns>, cx: &Context<'_>) -> Result<PublishBatchResponse, Failure> {
        let PublishBatch { topic_arn, publish_batch_request_entries: entries } = self;
        let topic = topic_of(cx, "TopicArn", &topic_arn)?;
        check_ids(entries.iter().map(|entry| &entry.id))?;
        let (mut ids, mut messages) = (Vec::new(), Vec::new());
        for entry in entries {
            let PublishBatchRequestEntry {
                id,
                message,
                subject,
                message_structure,
                message_attributes,
                message_deduplication_id,
                message_group_id,
            } = entry;
            ids.push(id);
            messages.push(Content::of(Given {
                message,
                subject,
                structure: message_structure,
                attributes: message_attributes,
                group: message_group_id,
                deduplication_id: message_deduplication_id,
                trace: cx.trace.clone(),
            })?);
        }
        if messages.iter().map(Content::size).sum::<usize>() > BYTES {
            let message = "The length of all the messages put together is more than the limit.";
            return Err(error("BatchRequestTooLong", message).into());
        }
        let published = sns.publish(topic, messages).await?;
        let entry = |(id, published): (String, Published)| PublishBatchResultEntry {
            id: Some(id),
            message_id: Some(published.message_id),
            sequence_number: published.sequence,
        };
        let successful = ids.into_iter().zip(published).map(entry).collect();
        // What is wrong with one is wrong with the request.
        Ok(PublishBatchResponse { successful: Some(successful), failed: Some(Vec::new()) })
    }
}
