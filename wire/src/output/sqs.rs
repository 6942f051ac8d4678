//! The outputs of sqs's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BatchResultErrorEntry {
    #[serde(rename = "Id")] pub id: String,
    #[serde(rename = "SenderFault")] pub sender_fault: bool,
    #[serde(rename = "Code")] pub code: String,
    #[serde(rename = "Message")] pub message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CancelMessageMoveTaskResult {
    #[serde(rename = "ApproximateNumberOfMessagesMoved")] pub approximate_number_of_messages_moved: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeMessageVisibilityBatchResult {
    #[serde(rename = "Successful")] pub successful: Vec<ChangeMessageVisibilityBatchResultEntry>,
    #[serde(rename = "Failed")] pub failed: Vec<BatchResultErrorEntry>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeMessageVisibilityBatchResultEntry {
    #[serde(rename = "Id")] pub id: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateQueueResult {
    #[serde(rename = "QueueUrl")] pub queue_url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DeleteMessageBatchResult {
    #[serde(rename = "Successful")] pub successful: Vec<DeleteMessageBatchResultEntry>,
    #[serde(rename = "Failed")] pub failed: Vec<BatchResultErrorEntry>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DeleteMessageBatchResultEntry {
    #[serde(rename = "Id")] pub id: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetQueueAttributesResult {
    #[serde(rename = "Attributes")] pub attributes: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetQueueUrlResult {
    #[serde(rename = "QueueUrl")] pub queue_url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListDeadLetterSourceQueuesResult {
    #[serde(rename = "queueUrls")] pub queue_urls: Vec<String>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListMessageMoveTasksResult {
    #[serde(rename = "Results")] pub results: Option<Vec<ListMessageMoveTasksResultEntry>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListMessageMoveTasksResultEntry {
    #[serde(rename = "TaskHandle")] pub task_handle: Option<String>,
    #[serde(rename = "Status")] pub status: Option<String>,
    #[serde(rename = "SourceArn")] pub source_arn: Option<String>,
    #[serde(rename = "DestinationArn")] pub destination_arn: Option<String>,
    #[serde(rename = "MaxNumberOfMessagesPerSecond")] pub max_number_of_messages_per_second: Option<i32>,
    #[serde(rename = "ApproximateNumberOfMessagesMoved")] pub approximate_number_of_messages_moved: Option<i64>,
    #[serde(rename = "ApproximateNumberOfMessagesToMove")] pub approximate_number_of_messages_to_move: Option<i64>,
    #[serde(rename = "FailureReason")] pub failure_reason: Option<String>,
    #[serde(rename = "StartedTimestamp")] pub started_timestamp: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListQueueTagsResult {
    #[serde(rename = "Tags")] pub tags: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListQueuesResult {
    #[serde(rename = "QueueUrls")] pub queue_urls: Option<Vec<String>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Message {
    #[serde(rename = "MessageId")] pub message_id: Option<String>,
    #[serde(rename = "ReceiptHandle")] pub receipt_handle: Option<String>,
    #[serde(rename = "MD5OfBody")] pub md5_of_body: Option<String>,
    #[serde(rename = "Body")] pub body: Option<String>,
    #[serde(rename = "Attributes")] pub attributes: Option<BTreeMap<String, String>>,
    #[serde(rename = "MD5OfMessageAttributes")] pub md5_of_message_attributes: Option<String>,
    #[serde(rename = "MessageAttributes")] pub message_attributes: Option<BTreeMap<String, MessageAttributeValue>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MessageAttributeValue {
    #[serde(rename = "StringValue")] pub string_value: Option<String>,
    #[serde(rename = "BinaryValue")] pub binary_value: Option<String>,
    #[serde(rename = "StringListValues")] pub string_list_values: Option<Vec<String>>,
    #[serde(rename = "BinaryListValues")] pub binary_list_values: Option<Vec<String>>,
    #[serde(rename = "DataType")] pub data_type: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ReceiveMessageResult {
    #[serde(rename = "Messages")] pub messages: Option<Vec<Message>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SendMessageBatchResult {
    #[serde(rename = "Successful")] pub successful: Vec<SendMessageBatchResultEntry>,
    #[serde(rename = "Failed")] pub failed: Vec<BatchResultErrorEntry>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SendMessageBatchResultEntry {
    #[serde(rename = "Id")] pub id: String,
    #[serde(rename = "MessageId")] pub message_id: String,
    #[serde(rename = "MD5OfMessageBody")] pub md5_of_message_body: String,
    #[serde(rename = "MD5OfMessageAttributes")] pub md5_of_message_attributes: Option<String>,
    #[serde(rename = "MD5OfMessageSystemAttributes")] pub md5_of_message_system_attributes: Option<String>,
    #[serde(rename = "SequenceNumber")] pub sequence_number: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SendMessageResult {
    #[serde(rename = "MD5OfMessageBody")] pub md5_of_message_body: Option<String>,
    #[serde(rename = "MD5OfMessageAttributes")] pub md5_of_message_attributes: Option<String>,
    #[serde(rename = "MD5OfMessageSystemAttributes")] pub md5_of_message_system_attributes: Option<String>,
    #[serde(rename = "MessageId")] pub message_id: Option<String>,
    #[serde(rename = "SequenceNumber")] pub sequence_number: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct StartMessageMoveTaskResult {
    #[serde(rename = "TaskHandle")] pub task_handle: Option<String>,
}
