//! Amazon Simple Notification Service 2010-03-31. Written by `cargo xtask codegen`.
#![allow(clippy::all)]
#![allow(unused_imports, reason = "no table needs every one")]
use super::build::*;
use super::op::{self, sns::Op};
use super::operation::{ErrorShape, Operation, Protocol, Route, Service};
use super::pattern::Pattern;
use super::shape::{Bounds, Kind, Location, Member, Shape};

/// The service.
pub static SERVICE: Service = Service { name: "sns", signing: "sns", version: "2010-03-31", protocol: Protocol::Query, namespace: "http://sns.amazonaws.com/doc/2010-03-31/", target: "", json: "", error_prefix: "", operations: &OPERATIONS, errors: &ERRORS, unsupported: &UNSUPPORTED, also: None };

static OPERATIONS: [Operation; 19] = [
    Operation { op: op::Op::Sns(Op::AddPermission), name: "AddPermission", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_ADD_PERMISSION_INPUT), output: None, note: "" },
    Operation { op: op::Op::Sns(Op::ConfirmSubscription), name: "ConfirmSubscription", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CONFIRM_SUBSCRIPTION_INPUT), output: Some(&S_CONFIRM_SUBSCRIPTION_RESPONSE), note: "" },
    Operation { op: op::Op::Sns(Op::CreateTopic), name: "CreateTopic", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CREATE_TOPIC_INPUT), output: Some(&S_CREATE_TOPIC_RESPONSE), note: "" },
    Operation { op: op::Op::Sns(Op::DeleteTopic), name: "DeleteTopic", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_TOPIC_INPUT), output: None, note: "" },
    Operation { op: op::Op::Sns(Op::GetSubscriptionAttributes), name: "GetSubscriptionAttributes", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_SUBSCRIPTION_ATTRIBUTES_INPUT), output: Some(&S_GET_SUBSCRIPTION_ATTRIBUTES_RESPONSE), note: "" },
    Operation { op: op::Op::Sns(Op::GetTopicAttributes), name: "GetTopicAttributes", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_TOPIC_ATTRIBUTES_INPUT), output: Some(&S_GET_TOPIC_ATTRIBUTES_RESPONSE), note: "" },
    Operation { op: op::Op::Sns(Op::ListSubscriptions), name: "ListSubscriptions", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_SUBSCRIPTIONS_INPUT), output: Some(&S_LIST_SUBSCRIPTIONS_RESPONSE), note: "" },
    Operation { op: op::Op::Sns(Op::ListSubscriptionsByTopic), name: "ListSubscriptionsByTopic", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_SUBSCRIPTIONS_BY_TOPIC_INPUT), output: Some(&S_LIST_SUBSCRIPTIONS_BY_TOPIC_RESPONSE), note: "" },
    Operation { op: op::Op::Sns(Op::ListTagsForResource), name: "ListTagsForResource", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_TAGS_FOR_RESOURCE_REQUEST), output: Some(&S_LIST_TAGS_FOR_RESOURCE_RESPONSE), note: "" },
    Operation { op: op::Op::Sns(Op::ListTopics), name: "ListTopics", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_TOPICS_INPUT), output: Some(&S_LIST_TOPICS_RESPONSE), note: "" },
    Operation { op: op::Op::Sns(Op::Publish), name: "Publish", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PUBLISH_INPUT), output: Some(&S_PUBLISH_RESPONSE), note: "" },
    Operation { op: op::Op::Sns(Op::PublishBatch), name: "PublishBatch", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PUBLISH_BATCH_INPUT), output: Some(&S_PUBLISH_BATCH_RESPONSE), note: "" },
    Operation { op: op::Op::Sns(Op::RemovePermission), name: "RemovePermission", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_REMOVE_PERMISSION_INPUT), output: None, note: "" },
    Operation { op: op::Op::Sns(Op::SetSubscriptionAttributes), name: "SetSubscriptionAttributes", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_SET_SUBSCRIPTION_ATTRIBUTES_INPUT), output: None, note: "" },
    Operation { op: op::Op::Sns(Op::SetTopicAttributes), name: "SetTopicAttributes", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_SET_TOPIC_ATTRIBUTES_INPUT), output: None, note: "" },
    Operation { op: op::Op::Sns(Op::Subscribe), name: "Subscribe", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_SUBSCRIBE_INPUT), output: Some(&S_SUBSCRIBE_RESPONSE), note: "Protocol lambda and sqs alone" },
    Operation { op: op::Op::Sns(Op::TagResource), name: "TagResource", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_TAG_RESOURCE_REQUEST), output: Some(&S_TAG_RESOURCE_RESPONSE), note: "" },
    Operation { op: op::Op::Sns(Op::Unsubscribe), name: "Unsubscribe", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UNSUBSCRIBE_INPUT), output: None, note: "" },
    Operation { op: op::Op::Sns(Op::UntagResource), name: "UntagResource", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UNTAG_RESOURCE_REQUEST), output: Some(&S_UNTAG_RESOURCE_RESPONSE), note: "" },
];

static ERRORS: [ErrorShape; 30] = [
    ErrorShape { code: "AuthorizationError", query: None, status: 403, members: &[] },
    ErrorShape { code: "BatchEntryIdsNotDistinct", query: None, status: 400, members: &[] },
    ErrorShape { code: "BatchRequestTooLong", query: None, status: 400, members: &[] },
    ErrorShape { code: "ConcurrentAccess", query: None, status: 400, members: &[] },
    ErrorShape { code: "EmptyBatchRequest", query: None, status: 400, members: &[] },
    ErrorShape { code: "EndpointDisabled", query: None, status: 400, members: &[] },
    ErrorShape { code: "FilterPolicyLimitExceeded", query: None, status: 403, members: &[] },
    ErrorShape { code: "InternalError", query: None, status: 500, members: &[] },
    ErrorShape { code: "InvalidBatchEntryId", query: None, status: 400, members: &[] },
    ErrorShape { code: "InvalidParameter", query: None, status: 400, members: &[] },
    ErrorShape { code: "InvalidSecurity", query: None, status: 403, members: &[] },
    ErrorShape { code: "InvalidState", query: None, status: 400, members: &[] },
    ErrorShape { code: "KMSAccessDenied", query: None, status: 400, members: &[] },
    ErrorShape { code: "KMSDisabled", query: None, status: 400, members: &[] },
    ErrorShape { code: "KMSInvalidState", query: None, status: 400, members: &[] },
    ErrorShape { code: "KMSNotFound", query: None, status: 400, members: &[] },
    ErrorShape { code: "KMSOptInRequired", query: None, status: 403, members: &[] },
    ErrorShape { code: "KMSThrottling", query: None, status: 400, members: &[] },
    ErrorShape { code: "NotFound", query: None, status: 404, members: &[] },
    ErrorShape { code: "ParameterValueInvalid", query: None, status: 400, members: &[] },
    ErrorShape { code: "PlatformApplicationDisabled", query: None, status: 400, members: &[] },
    ErrorShape { code: "ReplayLimitExceeded", query: None, status: 403, members: &[] },
    ErrorShape { code: "ResourceNotFound", query: None, status: 404, members: &[] },
    ErrorShape { code: "StaleTag", query: None, status: 400, members: &[] },
    ErrorShape { code: "SubscriptionLimitExceeded", query: None, status: 403, members: &[] },
    ErrorShape { code: "TagLimitExceeded", query: None, status: 400, members: &[] },
    ErrorShape { code: "TagPolicy", query: None, status: 400, members: &[] },
    ErrorShape { code: "TooManyEntriesInBatchRequest", query: None, status: 400, members: &[] },
    ErrorShape { code: "TopicLimitExceeded", query: None, status: 403, members: &[] },
    ErrorShape { code: "ValidationException", query: None, status: 400, members: &[] },
];

static UNSUPPORTED: [Route; 0] = [
];

static S_ACTIONS_LIST: Shape = list("ActionsList", &S_ACTION, "member", Bounds::NONE);
static S_ADD_PERMISSION_INPUT: Shape = structure("AddPermissionInput", &[m("TopicArn", &S_TOPIC_ARN).required().read(), m("Label", &S_LABEL).required().read(), m("AWSAccountId", &S_DELEGATES_LIST).required().read(), m("ActionName", &S_ACTIONS_LIST).required().read()]);
static S_AMAZON_RESOURCE_NAME: Shape = string("AmazonResourceName", b(1, 1011), None, &[]);
static S_BATCH_RESULT_ERROR_ENTRY: Shape = structure("BatchResultErrorEntry", &[m("Id", &S_STRING).required(), m("Code", &S_STRING).required(), m("Message", &S_STRING), m("SenderFault", &S_BOOLEAN).required()]);
static S_BATCH_RESULT_ERROR_ENTRY_LIST: Shape = list("BatchResultErrorEntryList", &S_BATCH_RESULT_ERROR_ENTRY, "member", Bounds::NONE);
static S_BINARY: Shape = scalar("Binary", Kind::Blob(Bounds::NONE));
static S_CONFIRM_SUBSCRIPTION_INPUT: Shape = structure("ConfirmSubscriptionInput", &[m("TopicArn", &S_TOPIC_ARN).required().read(), m("Token", &S_TOKEN).required().read(), m("AuthenticateOnUnsubscribe", &S_AUTHENTICATE_ON_UNSUBSCRIBE).ignored("nobody unsubscribes without credentials")]);
static S_CONFIRM_SUBSCRIPTION_RESPONSE: Shape = structure("ConfirmSubscriptionResponse", &[m("SubscriptionArn", &S_SUBSCRIPTION_ARN)]);
static S_CREATE_TOPIC_INPUT: Shape = structure("CreateTopicInput", &[m("Name", &S_TOPIC_NAME).required().read(), m("Attributes", &S_TOPIC_ATTRIBUTES_MAP).read(), m("Tags", &S_TAG_LIST).read(), m("DataProtectionPolicy", &S_ATTRIBUTE_VALUE)]);
static S_CREATE_TOPIC_RESPONSE: Shape = structure("CreateTopicResponse", &[m("TopicArn", &S_TOPIC_ARN)]);
static S_DELEGATES_LIST: Shape = list("DelegatesList", &S_DELEGATE, "member", Bounds::NONE);
static S_DELETE_TOPIC_INPUT: Shape = structure("DeleteTopicInput", &[m("TopicArn", &S_TOPIC_ARN).required().read()]);
static S_GET_SUBSCRIPTION_ATTRIBUTES_INPUT: Shape = structure("GetSubscriptionAttributesInput", &[m("SubscriptionArn", &S_SUBSCRIPTION_ARN).required().read()]);
static S_GET_SUBSCRIPTION_ATTRIBUTES_RESPONSE: Shape = structure("GetSubscriptionAttributesResponse", &[m("Attributes", &S_SUBSCRIPTION_ATTRIBUTES_MAP)]);
static S_GET_TOPIC_ATTRIBUTES_INPUT: Shape = structure("GetTopicAttributesInput", &[m("TopicArn", &S_TOPIC_ARN).required().read()]);
static S_GET_TOPIC_ATTRIBUTES_RESPONSE: Shape = structure("GetTopicAttributesResponse", &[m("Attributes", &S_TOPIC_ATTRIBUTES_MAP)]);
static S_LIST_SUBSCRIPTIONS_BY_TOPIC_INPUT: Shape = structure("ListSubscriptionsByTopicInput", &[m("TopicArn", &S_TOPIC_ARN).required().read(), m("NextToken", &S_NEXT_TOKEN).read()]);
static S_LIST_SUBSCRIPTIONS_BY_TOPIC_RESPONSE: Shape = structure("ListSubscriptionsByTopicResponse", &[m("Subscriptions", &S_SUBSCRIPTIONS_LIST), m("NextToken", &S_NEXT_TOKEN)]);
static S_LIST_SUBSCRIPTIONS_INPUT: Shape = structure("ListSubscriptionsInput", &[m("NextToken", &S_NEXT_TOKEN).read()]);
static S_LIST_SUBSCRIPTIONS_RESPONSE: Shape = structure("ListSubscriptionsResponse", &[m("Subscriptions", &S_SUBSCRIPTIONS_LIST), m("NextToken", &S_NEXT_TOKEN)]);
static S_LIST_TAGS_FOR_RESOURCE_REQUEST: Shape = structure("ListTagsForResourceRequest", &[m("ResourceArn", &S_AMAZON_RESOURCE_NAME).required().read()]);
static S_LIST_TAGS_FOR_RESOURCE_RESPONSE: Shape = structure("ListTagsForResourceResponse", &[m("Tags", &S_TAG_LIST)]);
static S_LIST_TOPICS_INPUT: Shape = structure("ListTopicsInput", &[m("NextToken", &S_NEXT_TOKEN).read()]);
static S_LIST_TOPICS_RESPONSE: Shape = structure("ListTopicsResponse", &[m("Topics", &S_TOPICS_LIST), m("NextToken", &S_NEXT_TOKEN)]);
static S_MESSAGE_ATTRIBUTE_MAP: Shape = spelled_map("MessageAttributeMap", &S_STRING, &S_MESSAGE_ATTRIBUTE_VALUE, named("Name", "Value"), Bounds::NONE);
static S_MESSAGE_ATTRIBUTE_VALUE: Shape = structure("MessageAttributeValue", &[m("DataType", &S_STRING).required().read(), m("StringValue", &S_STRING).read(), m("BinaryValue", &S_BINARY).read()]);
static S_PHONE_NUMBER: Shape = string("PhoneNumber", Bounds::NONE, None, &[]);
static S_PUBLISH_BATCH_INPUT: Shape = structure("PublishBatchInput", &[m("TopicArn", &S_TOPIC_ARN).required().read(), m("PublishBatchRequestEntries", &S_PUBLISH_BATCH_REQUEST_ENTRY_LIST).required().read()]);
static S_PUBLISH_BATCH_REQUEST_ENTRY: Shape = structure("PublishBatchRequestEntry", &[m("Id", &S_STRING).required().read(), m("Message", &S_MESSAGE).required().read(), m("Subject", &S_SUBJECT).read(), m("MessageStructure", &S_MESSAGE_STRUCTURE).read(), m("MessageAttributes", &S_MESSAGE_ATTRIBUTE_MAP).read(), m("MessageDeduplicationId", &S_STRING).read(), m("MessageGroupId", &S_STRING).read()]);
static S_PUBLISH_BATCH_REQUEST_ENTRY_LIST: Shape = list("PublishBatchRequestEntryList", &S_PUBLISH_BATCH_REQUEST_ENTRY, "member", Bounds::NONE);
static S_PUBLISH_BATCH_RESPONSE: Shape = structure("PublishBatchResponse", &[m("Successful", &S_PUBLISH_BATCH_RESULT_ENTRY_LIST), m("Failed", &S_BATCH_RESULT_ERROR_ENTRY_LIST)]);
static S_PUBLISH_BATCH_RESULT_ENTRY: Shape = structure("PublishBatchResultEntry", &[m("Id", &S_STRING), m("MessageId", &S_MESSAGE_ID), m("SequenceNumber", &S_STRING)]);
static S_PUBLISH_BATCH_RESULT_ENTRY_LIST: Shape = list("PublishBatchResultEntryList", &S_PUBLISH_BATCH_RESULT_ENTRY, "member", Bounds::NONE);
static S_PUBLISH_INPUT: Shape = structure("PublishInput", &[m("TopicArn", &S_TOPIC_ARN).read(), m("TargetArn", &S_STRING).read(), m("PhoneNumber", &S_PHONE_NUMBER), m("Message", &S_MESSAGE).required().read(), m("Subject", &S_SUBJECT).read(), m("MessageStructure", &S_MESSAGE_STRUCTURE).read(), m("MessageAttributes", &S_MESSAGE_ATTRIBUTE_MAP).read(), m("MessageDeduplicationId", &S_STRING).read(), m("MessageGroupId", &S_STRING).read()]);
static S_PUBLISH_RESPONSE: Shape = structure("PublishResponse", &[m("MessageId", &S_MESSAGE_ID), m("SequenceNumber", &S_STRING)]);
static S_REMOVE_PERMISSION_INPUT: Shape = structure("RemovePermissionInput", &[m("TopicArn", &S_TOPIC_ARN).required().read(), m("Label", &S_LABEL).required().read()]);
static S_SET_SUBSCRIPTION_ATTRIBUTES_INPUT: Shape = structure("SetSubscriptionAttributesInput", &[m("SubscriptionArn", &S_SUBSCRIPTION_ARN).required().read(), m("AttributeName", &S_ATTRIBUTE_NAME).required().read(), m("AttributeValue", &S_ATTRIBUTE_VALUE).read()]);
static S_SET_TOPIC_ATTRIBUTES_INPUT: Shape = structure("SetTopicAttributesInput", &[m("TopicArn", &S_TOPIC_ARN).required().read(), m("AttributeName", &S_ATTRIBUTE_NAME).required().read(), m("AttributeValue", &S_ATTRIBUTE_VALUE).read()]);
static S_STRING: Shape = string("String", Bounds::NONE, None, &[]);
static S_SUBSCRIBE_INPUT: Shape = structure("SubscribeInput", &[m("TopicArn", &S_TOPIC_ARN).required().read(), m("Protocol", &S_PROTOCOL).required().read(), m("Endpoint", &S_ENDPOINT).read(), m("Attributes", &S_SUBSCRIPTION_ATTRIBUTES_MAP).read(), m("ReturnSubscriptionArn", &S_BOOLEAN).read()]);
static S_SUBSCRIBE_RESPONSE: Shape = structure("SubscribeResponse", &[m("SubscriptionArn", &S_SUBSCRIPTION_ARN)]);
static S_SUBSCRIPTION: Shape = structure("Subscription", &[m("SubscriptionArn", &S_SUBSCRIPTION_ARN), m("Owner", &S_ACCOUNT), m("Protocol", &S_PROTOCOL), m("Endpoint", &S_ENDPOINT), m("TopicArn", &S_TOPIC_ARN)]);
static S_SUBSCRIPTION_ATTRIBUTES_MAP: Shape = map("SubscriptionAttributesMap", &S_ATTRIBUTE_NAME, &S_ATTRIBUTE_VALUE, Bounds::NONE);
static S_SUBSCRIPTIONS_LIST: Shape = list("SubscriptionsList", &S_SUBSCRIPTION, "member", Bounds::NONE);
static S_TAG: Shape = structure("Tag", &[m("Key", &S_TAG_KEY).required().read(), m("Value", &S_TAG_VALUE).required().read()]);
static S_TAG_KEY: Shape = string("TagKey", b(1, 128), None, &[]);
static S_TAG_KEY_LIST: Shape = list("TagKeyList", &S_TAG_KEY, "member", Bounds::NONE);
static S_TAG_LIST: Shape = list("TagList", &S_TAG, "member", Bounds::NONE);
static S_TAG_RESOURCE_REQUEST: Shape = structure("TagResourceRequest", &[m("ResourceArn", &S_AMAZON_RESOURCE_NAME).required().read(), m("Tags", &S_TAG_LIST).required().read()]);
static S_TAG_RESOURCE_RESPONSE: Shape = structure("TagResourceResponse", &[]);
static S_TAG_VALUE: Shape = string("TagValue", b(0, 256), None, &[]);
static S_TOPIC: Shape = structure("Topic", &[m("TopicArn", &S_TOPIC_ARN)]);
static S_TOPIC_ATTRIBUTES_MAP: Shape = map("TopicAttributesMap", &S_ATTRIBUTE_NAME, &S_ATTRIBUTE_VALUE, Bounds::NONE);
static S_TOPICS_LIST: Shape = list("TopicsList", &S_TOPIC, "member", Bounds::NONE);
static S_UNSUBSCRIBE_INPUT: Shape = structure("UnsubscribeInput", &[m("SubscriptionArn", &S_SUBSCRIPTION_ARN).required().read()]);
static S_UNTAG_RESOURCE_REQUEST: Shape = structure("UntagResourceRequest", &[m("ResourceArn", &S_AMAZON_RESOURCE_NAME).required().read(), m("TagKeys", &S_TAG_KEY_LIST).required().read()]);
static S_UNTAG_RESOURCE_RESPONSE: Shape = structure("UntagResourceResponse", &[]);
static S_ACCOUNT: Shape = string("account", Bounds::NONE, None, &[]);
static S_ACTION: Shape = string("action", Bounds::NONE, None, &[]);
static S_ATTRIBUTE_NAME: Shape = string("attributeName", Bounds::NONE, None, &[]);
static S_ATTRIBUTE_VALUE: Shape = string("attributeValue", Bounds::NONE, None, &[]);
static S_AUTHENTICATE_ON_UNSUBSCRIBE: Shape = string("authenticateOnUnsubscribe", Bounds::NONE, None, &[]);
static S_BOOLEAN: Shape = scalar("boolean", Kind::Boolean);
static S_DELEGATE: Shape = string("delegate", Bounds::NONE, None, &[]);
static S_ENDPOINT: Shape = string("endpoint", Bounds::NONE, None, &[]);
static S_LABEL: Shape = string("label", Bounds::NONE, None, &[]);
static S_MESSAGE: Shape = string("message", Bounds::NONE, None, &[]);
static S_MESSAGE_ID: Shape = string("messageId", Bounds::NONE, None, &[]);
static S_MESSAGE_STRUCTURE: Shape = string("messageStructure", Bounds::NONE, None, &[]);
static S_NEXT_TOKEN: Shape = string("nextToken", Bounds::NONE, None, &[]);
static S_PROTOCOL: Shape = string("protocol", Bounds::NONE, None, &[]);
static S_SUBJECT: Shape = string("subject", Bounds::NONE, None, &[]);
static S_SUBSCRIPTION_ARN: Shape = string("subscriptionARN", Bounds::NONE, None, &[]);
static S_TOKEN: Shape = string("token", Bounds::NONE, None, &[]);
static S_TOPIC_ARN: Shape = string("topicARN", Bounds::NONE, None, &[]);
static S_TOPIC_NAME: Shape = string("topicName", Bounds::NONE, None, &[]);
