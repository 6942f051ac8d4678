//! The outputs of sqs's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateQueueResult {
    #[serde(rename = "QueueUrl")] pub queue_url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetQueueUrlResult {
    #[serde(rename = "QueueUrl")] pub queue_url: Option<String>,
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

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SendMessageResult {
    #[serde(rename = "MD5OfMessageBody")] pub md5_of_message_body: Option<String>,
    #[serde(rename = "MD5OfMessageAttributes")] pub md5_of_message_attributes: Option<String>,
    #[serde(rename = "MD5OfMessageSystemAttributes")] pub md5_of_message_system_attributes: Option<String>,
    #[serde(rename = "MessageId")] pub message_id: Option<String>,
    #[serde(rename = "SequenceNumber")] pub sequence_number: Option<String>,
}
