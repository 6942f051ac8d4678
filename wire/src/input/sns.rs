//! The inputs of sns's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AddPermission {
    #[serde(rename = "TopicArn")] pub topic_arn: String,
    #[serde(rename = "Label")] pub label: String,
    #[serde(rename = "AWSAccountId", default)] pub aws_account_id: Vec<String>,
    #[serde(rename = "ActionName", default)] pub action_name: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ConfirmSubscription {
    #[serde(rename = "TopicArn")] pub topic_arn: String,
    #[serde(rename = "Token")] pub token: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateTopic {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "Attributes")] pub attributes: Option<BTreeMap<String, String>>,
    #[serde(rename = "Tags", default)] pub tags: Vec<Tag>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteTopic {
    #[serde(rename = "TopicArn")] pub topic_arn: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetSubscriptionAttributes {
    #[serde(rename = "SubscriptionArn")] pub subscription_arn: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetTopicAttributes {
    #[serde(rename = "TopicArn")] pub topic_arn: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListSubscriptions {
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListSubscriptionsByTopic {
    #[serde(rename = "TopicArn")] pub topic_arn: String,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListTagsForResource {
    #[serde(rename = "ResourceArn")] pub resource_arn: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListTopics {
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Publish {
    #[serde(rename = "TopicArn")] pub topic_arn: Option<String>,
    #[serde(rename = "TargetArn")] pub target_arn: Option<String>,
    #[serde(rename = "Message")] pub message: String,
    #[serde(rename = "Subject")] pub subject: Option<String>,
    #[serde(rename = "MessageStructure")] pub message_structure: Option<String>,
    #[serde(rename = "MessageAttributes")] pub message_attributes: Option<BTreeMap<String, MessageAttributeValue>>,
    #[serde(rename = "MessageDeduplicationId")] pub message_deduplication_id: Option<String>,
    #[serde(rename = "MessageGroupId")] pub message_group_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PublishBatch {
    #[serde(rename = "TopicArn")] pub topic_arn: String,
    #[serde(rename = "PublishBatchRequestEntries", default)] pub publish_batch_request_entries: Vec<PublishBatchRequestEntry>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct RemovePermission {
    #[serde(rename = "TopicArn")] pub topic_arn: String,
    #[serde(rename = "Label")] pub label: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct SetSubscriptionAttributes {
    #[serde(rename = "SubscriptionArn")] pub subscription_arn: String,
    #[serde(rename = "AttributeName")] pub attribute_name: String,
    #[serde(rename = "AttributeValue")] pub attribute_value: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct SetTopicAttributes {
    #[serde(rename = "TopicArn")] pub topic_arn: String,
    #[serde(rename = "AttributeName")] pub attribute_name: String,
    #[serde(rename = "AttributeValue")] pub attribute_value: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Subscribe {
    #[serde(rename = "TopicArn")] pub topic_arn: String,
    #[serde(rename = "Protocol")] pub protocol: String,
    #[serde(rename = "Endpoint")] pub endpoint: Option<String>,
    #[serde(rename = "Attributes")] pub attributes: Option<BTreeMap<String, String>>,
    #[serde(rename = "ReturnSubscriptionArn")] pub return_subscription_arn: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct TagResource {
    #[serde(rename = "ResourceArn")] pub resource_arn: String,
    #[serde(rename = "Tags", default)] pub tags: Vec<Tag>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Unsubscribe {
    #[serde(rename = "SubscriptionArn")] pub subscription_arn: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UntagResource {
    #[serde(rename = "ResourceArn")] pub resource_arn: String,
    #[serde(rename = "TagKeys", default)] pub tag_keys: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct MessageAttributeValue {
    #[serde(rename = "DataType")] pub data_type: String,
    #[serde(rename = "StringValue")] pub string_value: Option<String>,
    #[serde(rename = "BinaryValue")] pub binary_value: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PublishBatchRequestEntry {
    #[serde(rename = "Id")] pub id: String,
    #[serde(rename = "Message")] pub message: String,
    #[serde(rename = "Subject")] pub subject: Option<String>,
    #[serde(rename = "MessageStructure")] pub message_structure: Option<String>,
    #[serde(rename = "MessageAttributes")] pub message_attributes: Option<BTreeMap<String, MessageAttributeValue>>,
    #[serde(rename = "MessageDeduplicationId")] pub message_deduplication_id: Option<String>,
    #[serde(rename = "MessageGroupId")] pub message_group_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Tag {
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Value")] pub value: String,
}
