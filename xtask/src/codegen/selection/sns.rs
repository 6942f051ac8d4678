//! What is supported of SNS.

use super::{Home, Selected, op, shape};

pub(super) const SELECTED: Selected = Selected {
    service: "sns",
    title: "SNS",
    home: Home::Neighbours,
    version: "2010-03-31",
    files: &[
        "permission",
        "publish",
        "subscription",
        "subscription_attribute",
        "tag",
        "topic",
        "topic_attribute",
    ],
    operations: &[
        op!(AddPermission, reads: [TopicArn, Label, AWSAccountId, ActionName]),
        op!(ConfirmSubscription,
        reads: [TopicArn, Token],
        ignores: [
            AuthenticateOnUnsubscribe: "nobody unsubscribes without credentials",
        ]),
        op!(CreateTopic, reads: [Name, Attributes, Tags]),
        op!(DeleteTopic, reads: [TopicArn]),
        op!(GetSubscriptionAttributes, reads: [SubscriptionArn]),
        op!(GetTopicAttributes, reads: [TopicArn]),
        op!(ListSubscriptions, reads: [NextToken]),
        op!(ListSubscriptionsByTopic, reads: [TopicArn, NextToken]),
        op!(ListTagsForResource, reads: [ResourceArn]),
        op!(ListTopics, reads: [NextToken]),
        op!(Publish,
            reads: [TopicArn, TargetArn, Message, Subject, MessageStructure, MessageAttributes,
                MessageDeduplicationId, MessageGroupId]),
        op!(PublishBatch, reads: [TopicArn, PublishBatchRequestEntries]),
        op!(RemovePermission, reads: [TopicArn, Label]),
        op!(SetSubscriptionAttributes, reads: [SubscriptionArn, AttributeName, AttributeValue]),
        op!(SetTopicAttributes, reads: [TopicArn, AttributeName, AttributeValue]),
        op!(Subscribe, reads: [TopicArn, Protocol, Endpoint, Attributes, ReturnSubscriptionArn],
            note: "Protocol lambda and sqs alone"),
        op!(TagResource, reads: [ResourceArn, Tags]),
        op!(Unsubscribe, reads: [SubscriptionArn]),
        op!(UntagResource, reads: [ResourceArn, TagKeys]),
    ],
    shapes: &[
        shape!(MessageAttributeValue, reads: [DataType, StringValue, BinaryValue]),
        shape!(PublishBatchRequestEntry,
            reads: [Id, Message, Subject, MessageStructure, MessageAttributes,
                MessageDeduplicationId, MessageGroupId]),
        shape!(Tag, reads: [Key, Value]),
    ],
    ..Selected::PLAIN
};
