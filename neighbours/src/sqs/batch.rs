//! Batches: up to ten messages of one request, each done or refused for itself.

use std::collections::BTreeSet;
use std::sync::Arc;

use wire::ApiError;
use wire::sqs::error;
use wire::sqs::input::{
    ChangeMessageVisibilityBatch, ChangeMessageVisibilityBatchRequestEntry, DeleteMessageBatch,
    DeleteMessageBatchRequestEntry, SendMessageBatch, SendMessageBatchRequestEntry,
};
use wire::sqs::output::{
    BatchResultErrorEntry, ChangeMessageVisibilityBatchResult,
    ChangeMessageVisibilityBatchResultEntry, DeleteMessageBatchResult,
    DeleteMessageBatchResultEntry, SendMessageBatchResult, SendMessageBatchResultEntry,
};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::sqs::content::Content;
use crate::sqs::digest::Digests;
use crate::sqs::name::of_url;
use crate::sqs::send::NewMessage;
use crate::sqs::service::Sqs;

/// Entries of one batch.
const MOST: usize = 10;
/// Bytes of all messages of a batch.
const BYTES: usize = 1 << 20;

/// Whether a batch may have entries of these ids.
fn check<'a>(what: &str, ids: impl ExactSizeIterator<Item = &'a String>) -> Result<(), ApiError> {
    let count = ids.len();
    if count == 0 {
        let message = format!("There should be at least one {what} in the request.");
        return Err(error("EmptyBatchRequest", message));
    }
    if count > MOST {
        let message =
            format!("Maximum number of entries per request are {MOST}. You have sent {count}.");
        return Err(error("TooManyEntriesInBatchRequest", message));
    }
    let mut known = BTreeSet::new();
    for id in ids {
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if id.is_empty() || id.len() > 80 || !id.bytes().all(is_word) {
            let message = "A batch entry id can only contain alphanumeric characters, hyphens and \
                           underscores. It can be at most 80 letters long.";
            return Err(error("InvalidBatchEntryId", message));
        }
        if !known.insert(id) {
            return Err(error("BatchEntryIdsNotDistinct", format!("Id {id} repeated.")));
        }
    }
    Ok(())
}

fn failed(id: String, why: &ApiError) -> BatchResultErrorEntry {
    BatchResultErrorEntry {
        id,
        sender_fault: why.is_client_fault(),
        code: why.query_code().to_owned(),
        message: Some(why.message.clone()),
    }
}

/// What was done, and what was refused.
fn parted<T>(
    done: impl Iterator<Item = (String, Result<T, ApiError>)>,
) -> (Vec<(String, T)>, Vec<BatchResultErrorEntry>) {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for (id, outcome) in done {
        match outcome {
            Ok(it) => good.push((id, it)),
            Err(why) => bad.push(failed(id, &why)),
        }
    }
    (good, bad)
}

impl Operation<Sqs> for SendMessageBatch {
    type Output = SendMessageBatchResult;

    async fn run(
        self,
        sqs: &Arc<Sqs>,
        cx: &Context<'_>,
    ) -> Result<SendMessageBatchResult, Failure> {
        let SendMessageBatch { queue_url, entries } = self;
        let queue = of_url(cx, &queue_url)?;
        check("SendMessageBatchRequestEntry", entries.iter().map(|entry| &entry.id))?;
        let (mut messages, mut ids, mut failures, mut bytes) =
            (Vec::new(), Vec::new(), Vec::new(), 0);
        for entry in entries {
            let SendMessageBatchRequestEntry {
                id,
                message_body,
                delay_seconds,
                message_attributes,
                message_system_attributes,
                message_deduplication_id,
                message_group_id,
            } = entry;
            bytes += message_body.len();
            let (attributes, system) = (message_attributes, message_system_attributes);
            let brought = cx.trace.as_deref();
            match Content::of_request(message_body, attributes, system, brought) {
                Ok(content) => {
                    bytes += content.size() - content.body.len();
                    ids.push((id, Digests::of(&content)));
                    messages.push(NewMessage {
                        content,
                        sender: cx.caller_id.clone(),
                        delay: delay_seconds,
                        group: message_group_id,
                        deduplication_id: message_deduplication_id,
                    });
                }
                Err(why) => failures.push(failed(id, &why)),
            }
        }
        if bytes > BYTES {
            let message = format!(
                "Batch requests cannot be longer than {BYTES} bytes. You have sent {bytes} bytes."
            );
            return Err(error("BatchRequestTooLong", message).into());
        }
        let sent = sqs.send(&queue, messages).await?;
        let mut successful = Vec::new();
        for ((id, digests), sent) in ids.into_iter().zip(sent) {
            match sent {
                Ok(sent) => successful.push(SendMessageBatchResultEntry {
                    id,
                    message_id: sent.message_id,
                    md5_of_message_body: digests.body,
                    md5_of_message_attributes: digests.attributes,
                    md5_of_message_system_attributes: digests.system,
                    sequence_number: sent.sequence,
                }),
                Err(why) => failures.push(failed(id, &why)),
            }
        }
        Ok(SendMessageBatchResult { successful, failed: failures })
    }
}

impl Operation<Sqs> for DeleteMessageBatch {
    type Output = DeleteMessageBatchResult;

    async fn run(
        self,
        sqs: &Arc<Sqs>,
        cx: &Context<'_>,
    ) -> Result<DeleteMessageBatchResult, Failure> {
        let DeleteMessageBatch { queue_url, entries } = self;
        let queue = of_url(cx, &queue_url)?;
        check("DeleteMessageBatchRequestEntry", entries.iter().map(|entry| &entry.id))?;
        let entries = entries.into_iter().map(|entry| {
            let DeleteMessageBatchRequestEntry { id, receipt_handle } = entry;
            (id, receipt_handle)
        });
        let (ids, handles): (Vec<String>, Vec<String>) = entries.unzip();
        let deleted = sqs.delete(&queue, handles).await?;
        let (good, failed) = parted(ids.into_iter().zip(deleted));
        let entry = |(id, ())| DeleteMessageBatchResultEntry { id };
        Ok(DeleteMessageBatchResult { successful: good.into_iter().map(entry).collect(), failed })
    }
}

impl Operation<Sqs> for ChangeMessageVisibilityBatch {
    type Output = ChangeMessageVisibilityBatchResult;

    async fn run(
        self,
        sqs: &Arc<Sqs>,
        cx: &Context<'_>,
    ) -> Result<ChangeMessageVisibilityBatchResult, Failure> {
        let ChangeMessageVisibilityBatch { queue_url, entries } = self;
        let queue = of_url(cx, &queue_url)?;
        check("ChangeMessageVisibilityBatchRequestEntry", entries.iter().map(|entry| &entry.id))?;
        let entries =
            entries.into_iter().map(|entry| {
                let ChangeMessageVisibilityBatchRequestEntry {
                    id,
                    receipt_handle,
                    visibility_timeout,
                } = entry;
                (id, (receipt_handle, i64::from(visibility_timeout.unwrap_or(0))))
            });
        let (ids, changes): (Vec<String>, Vec<(String, i64)>) = entries.unzip();
        let changed = sqs.change_visibility(&queue, changes).await?;
        let (good, failed) = parted(ids.into_iter().zip(changed));
        let entry = |(id, ())| ChangeMessageVisibilityBatchResultEntry { id };
        let successful = good.into_iter().map(entry).collect();
        Ok(ChangeMessageVisibilityBatchResult { successful, failed })
    }
}
