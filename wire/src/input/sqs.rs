//! The inputs of sqs's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AddPermission {
    #[serde(rename = "QueueUrl")] pub queue_url: String,
    #[serde(rename = "Label")] pub label: String,
    #[serde(rename = "AWSAccountIds")] pub aws_account_ids: Vec<String>,
    #[serde(rename = "Actions")] pub actions: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CancelMessageMoveTask {
    #[serde(rename = "TaskHandle")] pub task_handle: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ChangeMessageVisibility {
    #[serde(rename = "QueueUrl")] pub queue_url: String,
    #[serde(rename = "ReceiptHandle")] pub receipt_handle: String,
    #[serde(rename = "VisibilityTimeout")] pub visibility_timeout: i32,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ChangeMessageVisibilityBatch {
    #[serde(rename = "QueueUrl")] pub queue_url: String,
    #[serde(rename = "Entries")] pub entries: Vec<ChangeMessageVisibilityBatchRequestEntry>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateQueue {
    #[serde(rename = "QueueName")] pub queue_name: String,
    #[serde(rename = "Attributes")] pub attributes: Option<BTreeMap<String, String>>,
    #[serde(rename = "tags")] pub tags: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteMessage {
    #[serde(rename = "QueueUrl")] pub queue_url: String,
    #[serde(rename = "ReceiptHandle")] pub receipt_handle: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteMessageBatch {
    #[serde(rename = "QueueUrl")] pub queue_url: String,
    #[serde(rename = "Entries")] pub entries: Vec<DeleteMessageBatchRequestEntry>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteQueue {
    #[serde(rename = "QueueUrl")] pub queue_url: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetQueueAttributes {
    #[serde(rename = "QueueUrl")] pub queue_url: String,
    #[serde(rename = "AttributeNames")] pub attribute_names: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetQueueUrl {
    #[serde(rename = "QueueName")] pub queue_name: String,
    #[serde(rename = "QueueOwnerAWSAccountId")] pub queue_owner_aws_account_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListDeadLetterSourceQueues {
    #[serde(rename = "QueueUrl")] pub queue_url: String,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListMessageMoveTasks {
    #[serde(rename = "SourceArn")] pub source_arn: String,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListQueueTags {
    #[serde(rename = "QueueUrl")] pub queue_url: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListQueues {
    #[serde(rename = "QueueNamePrefix")] pub queue_name_prefix: Option<String>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PurgeQueue {
    #[serde(rename = "QueueUrl")] pub queue_url: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ReceiveMessage {
    #[serde(rename = "QueueUrl")] pub queue_url: String,
    #[serde(rename = "AttributeNames")] pub attribute_names: Option<Vec<String>>,
    #[serde(rename = "MessageSystemAttributeNames")] pub message_system_attribute_names: Option<Vec<String>>,
    #[serde(rename = "MessageAttributeNames")] pub message_attribute_names: Option<Vec<String>>,
    #[serde(rename = "MaxNumberOfMessages")] pub max_number_of_messages: Option<i32>,
    #[serde(rename = "VisibilityTimeout")] pub visibility_timeout: Option<i32>,
    #[serde(rename = "WaitTimeSeconds")] pub wait_time_seconds: Option<i32>,
    #[serde(rename = "ReceiveRequestAttemptId")] pub receive_request_attempt_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct RemovePermission {
    #[serde(rename = "QueueUrl")] pub queue_url: String,
    #[serde(rename = "Label")] pub label: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct SendMessage {
    #[serde(rename = "QueueUrl")] pub queue_url: String,
    #[serde(rename = "MessageBody")] pub message_body: String,
    #[serde(rename = "DelaySeconds")] pub delay_seconds: Option<i32>,
    #[serde(rename = "MessageAttributes")] pub message_attributes: Option<BTreeMap<String, MessageAttributeValue>>,
    #[serde(rename = "MessageSystemAttributes")] pub message_system_attributes: Option<BTreeMap<String, MessageSystemAttributeValue>>,
    #[serde(rename = "MessageDeduplicationId")] pub message_deduplication_id: Option<String>,
    #[serde(rename = "MessageGroupId")] pub message_group_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct SendMessageBatch {
    #[serde(rename = "QueueUrl")] pub queue_url: String,
    #[serde(rename = "Entries")] pub entries: Vec<SendMessageBatchRequestEntry>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct SetQueueAttributes {
    #[serde(rename = "QueueUrl")] pub queue_url: String,
    #[serde(rename = "Attributes")] pub attributes: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct StartMessageMoveTask {
    #[serde(rename = "SourceArn")] pub source_arn: String,
    #[serde(rename = "DestinationArn")] pub destination_arn: Option<String>,
    #[serde(rename = "MaxNumberOfMessagesPerSecond")] pub max_number_of_messages_per_second: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct TagQueue {
    #[serde(rename = "QueueUrl")] pub queue_url: String,
    #[serde(rename = "Tags")] pub tags: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UntagQueue {
    #[serde(rename = "QueueUrl")] pub queue_url: String,
    #[serde(rename = "TagKeys")] pub tag_keys: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ChangeMessageVisibilityBatchRequestEntry {
    #[serde(rename = "Id")] pub id: String,
    #[serde(rename = "ReceiptHandle")] pub receipt_handle: String,
    #[serde(rename = "VisibilityTimeout")] pub visibility_timeout: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteMessageBatchRequestEntry {
    #[serde(rename = "Id")] pub id: String,
    #[serde(rename = "ReceiptHandle")] pub receipt_handle: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct MessageAttributeValue {
    #[serde(rename = "StringValue")] pub string_value: Option<String>,
    #[serde(rename = "BinaryValue")] pub binary_value: Option<String>,
    #[serde(rename = "DataType")] pub data_type: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct MessageSystemAttributeValue {
    #[serde(rename = "StringValue")] pub string_value: Option<String>,
    #[serde(rename = "BinaryValue")] pub binary_value: Option<String>,
    #[serde(rename = "DataType")] pub data_type: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct SendMessageBatchRequestEntry {
    #[serde(rename = "Id")] pub id: String,
    #[serde(rename = "MessageBody")] pub message_body: String,
    #[serde(rename = "DelaySeconds")] pub delay_seconds: Option<i32>,
    #[serde(rename = "MessageAttributes")] pub message_attributes: Option<BTreeMap<String, MessageAttributeValue>>,
    #[serde(rename = "MessageSystemAttributes")] pub message_system_attributes: Option<BTreeMap<String, MessageSystemAttributeValue>>,
    #[serde(rename = "MessageDeduplicationId")] pub message_deduplication_id: Option<String>,
    #[serde(rename = "MessageGroupId")] pub message_group_id: Option<String>,
}
