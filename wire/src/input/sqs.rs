//! The inputs of sqs's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use crate::members::input;

input! { AddPermission {
    must "QueueUrl" queue_url: String,
    must "Label" label: String,
    must "AWSAccountIds" aws_account_ids: Vec<String>,
    must "Actions" actions: Vec<String>,
} }

input! { CancelMessageMoveTask {
    must "TaskHandle" task_handle: String,
} }

input! { ChangeMessageVisibility {
    must "QueueUrl" queue_url: String,
    must "ReceiptHandle" receipt_handle: String,
    must "VisibilityTimeout" visibility_timeout: i32,
} }

input! { ChangeMessageVisibilityBatch {
    must "QueueUrl" queue_url: String,
    must "Entries" entries: Vec<ChangeMessageVisibilityBatchRequestEntry>,
} }

input! { CreateQueue {
    must "QueueName" queue_name: String,
    may "Attributes" attributes: Option<BTreeMap<String, String>>,
    may "tags" tags: Option<BTreeMap<String, String>>,
} }

input! { DeleteMessage {
    must "QueueUrl" queue_url: String,
    must "ReceiptHandle" receipt_handle: String,
} }

input! { DeleteMessageBatch {
    must "QueueUrl" queue_url: String,
    must "Entries" entries: Vec<DeleteMessageBatchRequestEntry>,
} }

input! { DeleteQueue {
    must "QueueUrl" queue_url: String,
} }

input! { GetQueueAttributes {
    must "QueueUrl" queue_url: String,
    may "AttributeNames" attribute_names: Option<Vec<String>>,
} }

input! { GetQueueUrl {
    must "QueueName" queue_name: String,
    may "QueueOwnerAWSAccountId" queue_owner_aws_account_id: Option<String>,
} }

input! { ListDeadLetterSourceQueues {
    must "QueueUrl" queue_url: String,
    may "NextToken" next_token: Option<String>,
    may "MaxResults" max_results: Option<i32>,
} }

input! { ListMessageMoveTasks {
    must "SourceArn" source_arn: String,
    may "MaxResults" max_results: Option<i32>,
} }

input! { ListQueueTags {
    must "QueueUrl" queue_url: String,
} }

input! { ListQueues {
    may "QueueNamePrefix" queue_name_prefix: Option<String>,
    may "NextToken" next_token: Option<String>,
    may "MaxResults" max_results: Option<i32>,
} }

input! { PurgeQueue {
    must "QueueUrl" queue_url: String,
} }

input! { ReceiveMessage {
    must "QueueUrl" queue_url: String,
    may "AttributeNames" attribute_names: Option<Vec<String>>,
    may "MessageSystemAttributeNames" message_system_attribute_names: Option<Vec<String>>,
    may "MessageAttributeNames" message_attribute_names: Option<Vec<String>>,
    may "MaxNumberOfMessages" max_number_of_messages: Option<i32>,
    may "VisibilityTimeout" visibility_timeout: Option<i32>,
    may "WaitTimeSeconds" wait_time_seconds: Option<i32>,
    may "ReceiveRequestAttemptId" receive_request_attempt_id: Option<String>,
} }

input! { RemovePermission {
    must "QueueUrl" queue_url: String,
    must "Label" label: String,
} }

input! { SendMessage {
    must "QueueUrl" queue_url: String,
    must "MessageBody" message_body: String,
    may "DelaySeconds" delay_seconds: Option<i32>,
    may "MessageAttributes" message_attributes: Option<BTreeMap<String, MessageAttributeValue>>,
    may "MessageSystemAttributes" message_system_attributes: Option<BTreeMap<String, MessageSystemAttributeValue>>,
    may "MessageDeduplicationId" message_deduplication_id: Option<String>,
    may "MessageGroupId" message_group_id: Option<String>,
} }

input! { SendMessageBatch {
    must "QueueUrl" queue_url: String,
    must "Entries" entries: Vec<SendMessageBatchRequestEntry>,
} }

input! { SetQueueAttributes {
    must "QueueUrl" queue_url: String,
    must "Attributes" attributes: BTreeMap<String, String>,
} }

input! { StartMessageMoveTask {
    must "SourceArn" source_arn: String,
    may "DestinationArn" destination_arn: Option<String>,
    may "MaxNumberOfMessagesPerSecond" max_number_of_messages_per_second: Option<i32>,
} }

input! { TagQueue {
    must "QueueUrl" queue_url: String,
    must "Tags" tags: BTreeMap<String, String>,
} }

input! { UntagQueue {
    must "QueueUrl" queue_url: String,
    must "TagKeys" tag_keys: Vec<String>,
} }

input! { ChangeMessageVisibilityBatchRequestEntry {
    must "Id" id: String,
    must "ReceiptHandle" receipt_handle: String,
    may "VisibilityTimeout" visibility_timeout: Option<i32>,
} }

input! { DeleteMessageBatchRequestEntry {
    must "Id" id: String,
    must "ReceiptHandle" receipt_handle: String,
} }

input! { MessageAttributeValue {
    may "StringValue" string_value: Option<String>,
    may "BinaryValue" binary_value: Option<String>,
    must "DataType" data_type: String,
} }

input! { MessageSystemAttributeValue {
    may "StringValue" string_value: Option<String>,
    may "BinaryValue" binary_value: Option<String>,
    must "DataType" data_type: String,
} }

input! { SendMessageBatchRequestEntry {
    must "Id" id: String,
    must "MessageBody" message_body: String,
    may "DelaySeconds" delay_seconds: Option<i32>,
    may "MessageAttributes" message_attributes: Option<BTreeMap<String, MessageAttributeValue>>,
    may "MessageSystemAttributes" message_system_attributes: Option<BTreeMap<String, MessageSystemAttributeValue>>,
    may "MessageDeduplicationId" message_deduplication_id: Option<String>,
    may "MessageGroupId" message_group_id: Option<String>,
} }
