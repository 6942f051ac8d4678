//! The outputs of sns's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BatchResultErrorEntry {
    #[serde(rename = "Id")] pub id: String,
    #[serde(rename = "Code")] pub code: String,
    #[serde(rename = "Message")] pub message: Option<String>,
    #[serde(rename = "SenderFault")] pub sender_fault: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ConfirmSubscriptionResponse {
    #[serde(rename = "SubscriptionArn")] pub subscription_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateTopicResponse {
    #[serde(rename = "TopicArn")] pub topic_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetSubscriptionAttributesResponse {
    #[serde(rename = "Attributes")] pub attributes: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetTopicAttributesResponse {
    #[serde(rename = "Attributes")] pub attributes: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListSubscriptionsByTopicResponse {
    #[serde(rename = "Subscriptions")] pub subscriptions: Option<Vec<Subscription>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListSubscriptionsResponse {
    #[serde(rename = "Subscriptions")] pub subscriptions: Option<Vec<Subscription>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListTagsForResourceResponse {
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListTopicsResponse {
    #[serde(rename = "Topics")] pub topics: Option<Vec<Topic>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PublishBatchResponse {
    #[serde(rename = "Successful")] pub successful: Option<Vec<PublishBatchResultEntry>>,
    #[serde(rename = "Failed")] pub failed: Option<Vec<BatchResultErrorEntry>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PublishBatchResultEntry {
    #[serde(rename = "Id")] pub id: Option<String>,
    #[serde(rename = "MessageId")] pub message_id: Option<String>,
    #[serde(rename = "SequenceNumber")] pub sequence_number: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PublishResponse {
    #[serde(rename = "MessageId")] pub message_id: Option<String>,
    #[serde(rename = "SequenceNumber")] pub sequence_number: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SubscribeResponse {
    #[serde(rename = "SubscriptionArn")] pub subscription_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Subscription {
    #[serde(rename = "SubscriptionArn")] pub subscription_arn: Option<String>,
    #[serde(rename = "Owner")] pub owner: Option<String>,
    #[serde(rename = "Protocol")] pub protocol: Option<String>,
    #[serde(rename = "Endpoint")] pub endpoint: Option<String>,
    #[serde(rename = "TopicArn")] pub topic_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tag {
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Value")] pub value: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct TagResourceResponse {}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Topic {
    #[serde(rename = "TopicArn")] pub topic_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UntagResourceResponse {}
