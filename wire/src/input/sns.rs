//! The inputs of sns's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use crate::members::input;

input! { AddPermission {
    must "TopicArn" topic_arn: String,
    must "Label" label: String,
    may "AWSAccountId" aws_account_id: Vec<String>,
    may "ActionName" action_name: Vec<String>,
} }

input! { ConfirmSubscription {
    must "TopicArn" topic_arn: String,
    must "Token" token: String,
} }

input! { CreateTopic {
    must "Name" name: String,
    may "Attributes" attributes: Option<BTreeMap<String, String>>,
    may "Tags" tags: Vec<Tag>,
} }

input! { DeleteTopic {
    must "TopicArn" topic_arn: String,
} }

input! { GetSubscriptionAttributes {
    must "SubscriptionArn" subscription_arn: String,
} }

input! { GetTopicAttributes {
    must "TopicArn" topic_arn: String,
} }

input! { ListSubscriptions {
    may "NextToken" next_token: Option<String>,
} }

input! { ListSubscriptionsByTopic {
    must "TopicArn" topic_arn: String,
    may "NextToken" next_token: Option<String>,
} }

input! { ListTagsForResource {
    must "ResourceArn" resource_arn: String,
} }

input! { ListTopics {
    may "NextToken" next_token: Option<String>,
} }

input! { Publish {
    may "TopicArn" topic_arn: Option<String>,
    may "TargetArn" target_arn: Option<String>,
    must "Message" message: String,
    may "Subject" subject: Option<String>,
    may "MessageStructure" message_structure: Option<String>,
    may "MessageAttributes" message_attributes: Option<BTreeMap<String, MessageAttributeValue>>,
    may "MessageDeduplicationId" message_deduplication_id: Option<String>,
    may "MessageGroupId" message_group_id: Option<String>,
} }

input! { PublishBatch {
    must "TopicArn" topic_arn: String,
    may "PublishBatchRequestEntries" publish_batch_request_entries: Vec<PublishBatchRequestEntry>,
} }

input! { RemovePermission {
    must "TopicArn" topic_arn: String,
    must "Label" label: String,
} }

input! { SetSubscriptionAttributes {
    must "SubscriptionArn" subscription_arn: String,
    must "AttributeName" attribute_name: String,
    may "AttributeValue" attribute_value: Option<String>,
} }

input! { SetTopicAttributes {
    must "TopicArn" topic_arn: String,
    must "AttributeName" attribute_name: String,
    may "AttributeValue" attribute_value: Option<String>,
} }

input! { Subscribe {
    must "TopicArn" topic_arn: String,
    must "Protocol" protocol: String,
    may "Endpoint" endpoint: Option<String>,
    may "Attributes" attributes: Option<BTreeMap<String, String>>,
    may "ReturnSubscriptionArn" return_subscription_arn: Option<bool>,
} }

input! { TagResource {
    must "ResourceArn" resource_arn: String,
    may "Tags" tags: Vec<Tag>,
} }

input! { Unsubscribe {
    must "SubscriptionArn" subscription_arn: String,
} }

input! { UntagResource {
    must "ResourceArn" resource_arn: String,
    may "TagKeys" tag_keys: Vec<String>,
} }

input! { MessageAttributeValue {
    must "DataType" data_type: String,
    may "StringValue" string_value: Option<String>,
    may "BinaryValue" binary_value: Option<String>,
} }

input! { PublishBatchRequestEntry {
    must "Id" id: String,
    must "Message" message: String,
    may "Subject" subject: Option<String>,
    may "MessageStructure" message_structure: Option<String>,
    may "MessageAttributes" message_attributes: Option<BTreeMap<String, MessageAttributeValue>>,
    may "MessageDeduplicationId" message_deduplication_id: Option<String>,
    may "MessageGroupId" message_group_id: Option<String>,
} }

input! { Tag {
    must "Key" key: String,
    must "Value" value: String,
} }
