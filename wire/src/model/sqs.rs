//! Amazon Simple Queue Service 2012-11-05. Written by `cargo xtask codegen`.
#![allow(clippy::all)]
#![allow(unused_imports, reason = "no table needs every one")]
use super::build::*;
use super::op::{self, sqs::Op};
use super::operation::{ErrorShape, Operation, Protocol, Route, Service};
use super::pattern::Pattern;
use super::shape::{Bounds, Kind, Location, Member, Shape};

/// The service.
pub static SERVICE: Service = Service { name: "sqs", signing: "sqs", version: "2012-11-05", protocol: Protocol::Json, namespace: "http://queue.amazonaws.com/doc/2012-11-05/", target: "AmazonSQS", json: "1.0", error_prefix: "com.amazonaws.sqs#", operations: &OPERATIONS, errors: &ERRORS, unsupported: &UNSUPPORTED, also: Some(&QUERY_SERVICE) };

/// The same, as older clients spell it.
static QUERY_SERVICE: Service = Service { name: "sqs", signing: "sqs", version: "2012-11-05", protocol: Protocol::Query, namespace: "http://queue.amazonaws.com/doc/2012-11-05/", target: "", json: "1.0", error_prefix: "com.amazonaws.sqs#", operations: &QUERY_OPERATIONS, errors: &ERRORS, unsupported: &UNSUPPORTED, also: None };

static OPERATIONS: [Operation; 5] = [
    Operation { op: op::Op::Sqs(Op::CreateQueue), name: "CreateQueue", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CREATE_QUEUE_REQUEST), output: Some(&S_CREATE_QUEUE_RESULT) },
    Operation { op: op::Op::Sqs(Op::DeleteMessage), name: "DeleteMessage", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_MESSAGE_REQUEST), output: None },
    Operation { op: op::Op::Sqs(Op::GetQueueUrl), name: "GetQueueUrl", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_QUEUE_URL_REQUEST), output: Some(&S_GET_QUEUE_URL_RESULT) },
    Operation { op: op::Op::Sqs(Op::ReceiveMessage), name: "ReceiveMessage", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_RECEIVE_MESSAGE_REQUEST), output: Some(&S_RECEIVE_MESSAGE_RESULT) },
    Operation { op: op::Op::Sqs(Op::SendMessage), name: "SendMessage", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_SEND_MESSAGE_REQUEST), output: Some(&S_SEND_MESSAGE_RESULT) },
];

static QUERY_OPERATIONS: [Operation; 5] = [
    Operation { op: op::Op::Sqs(Op::CreateQueue), name: "CreateQueue", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CREATE_QUEUE_REQUEST), output: Some(&S_CREATE_QUEUE_RESULT) },
    Operation { op: op::Op::Sqs(Op::DeleteMessage), name: "DeleteMessage", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_MESSAGE_REQUEST), output: None },
    Operation { op: op::Op::Sqs(Op::GetQueueUrl), name: "GetQueueUrl", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_QUEUE_URL_REQUEST), output: Some(&S_GET_QUEUE_URL_RESULT) },
    Operation { op: op::Op::Sqs(Op::ReceiveMessage), name: "ReceiveMessage", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_RECEIVE_MESSAGE_REQUEST), output: Some(&S_RECEIVE_MESSAGE_RESULT) },
    Operation { op: op::Op::Sqs(Op::SendMessage), name: "SendMessage", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_SEND_MESSAGE_REQUEST), output: Some(&S_SEND_MESSAGE_RESULT) },
];

static ERRORS: [ErrorShape; 23] = [
    ErrorShape { code: "InvalidAddress", query: None, status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "InvalidAttributeName", query: None, status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "InvalidAttributeValue", query: None, status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "InvalidIdFormat", query: None, status: 400, members: &[] },
    ErrorShape { code: "InvalidMessageContents", query: None, status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "InvalidParameterCombinationException", query: Some("InvalidParameterCombination"), status: 400, members: &[] },
    ErrorShape { code: "InvalidParameterValueException", query: Some("InvalidParameterValue"), status: 400, members: &[] },
    ErrorShape { code: "InvalidSecurity", query: None, status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "KmsAccessDenied", query: None, status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "KmsDisabled", query: None, status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "KmsInvalidKeyUsage", query: None, status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "KmsInvalidState", query: None, status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "KmsNotFound", query: None, status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "KmsOptInRequired", query: None, status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "KmsThrottled", query: None, status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "MissingRequiredParameterException", query: Some("MissingParameter"), status: 400, members: &[] },
    ErrorShape { code: "OverLimit", query: Some("OverLimit"), status: 403, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "QueueDeletedRecently", query: Some("AWS.SimpleQueueService.QueueDeletedRecently"), status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "QueueDoesNotExist", query: Some("AWS.SimpleQueueService.NonExistentQueue"), status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "QueueNameExists", query: Some("QueueAlreadyExists"), status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "ReceiptHandleIsInvalid", query: None, status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "RequestThrottled", query: None, status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "UnsupportedOperation", query: Some("AWS.SimpleQueueService.UnsupportedOperation"), status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
];

static UNSUPPORTED: [Route; 0] = [
];

static S_ATTRIBUTE_NAME_LIST: Shape = flat_list("AttributeNameList", &S_QUEUE_ATTRIBUTE_NAME, "AttributeName", Bounds::NONE);
static S_BINARY: Shape = scalar("Binary", Kind::Blob(Bounds::NONE));
static S_BINARY_LIST: Shape = list("BinaryList", &S_BINARY, "member", Bounds::NONE);
static S_CREATE_QUEUE_REQUEST: Shape = structure("CreateQueueRequest", &[m("QueueName", &S_STRING).required().read(), mw("Attributes", "Attributes", "Attribute", &S_QUEUE_ATTRIBUTE_MAP).read(), mw("tags", "tags", "Tag", &S_TAG_MAP).read()]);
static S_CREATE_QUEUE_RESULT: Shape = structure("CreateQueueResult", &[m("QueueUrl", &S_STRING)]);
static S_DELETE_MESSAGE_REQUEST: Shape = structure("DeleteMessageRequest", &[m("QueueUrl", &S_STRING).required().read(), m("ReceiptHandle", &S_STRING).required().read()]);
static S_EXCEPTION_MESSAGE: Shape = string("ExceptionMessage", Bounds::NONE, None, &[]);
static S_GET_QUEUE_URL_REQUEST: Shape = structure("GetQueueUrlRequest", &[m("QueueName", &S_STRING).required().read(), m("QueueOwnerAWSAccountId", &S_STRING).read()]);
static S_GET_QUEUE_URL_RESULT: Shape = structure("GetQueueUrlResult", &[m("QueueUrl", &S_STRING)]);
static S_MESSAGE: Shape = structure("Message", &[m("MessageId", &S_STRING), m("ReceiptHandle", &S_STRING), m("MD5OfBody", &S_STRING), m("Body", &S_STRING), mw("Attributes", "Attributes", "Attribute", &S_MESSAGE_SYSTEM_ATTRIBUTE_MAP), m("MD5OfMessageAttributes", &S_STRING), mw("MessageAttributes", "MessageAttributes", "MessageAttribute", &S_MESSAGE_BODY_ATTRIBUTE_MAP)]);
static S_MESSAGE_ATTRIBUTE_NAME: Shape = string("MessageAttributeName", Bounds::NONE, None, &[]);
static S_MESSAGE_ATTRIBUTE_NAME_LIST: Shape = flat_list("MessageAttributeNameList", &S_MESSAGE_ATTRIBUTE_NAME, "MessageAttributeName", Bounds::NONE);
static S_MESSAGE_ATTRIBUTE_VALUE: Shape = structure("MessageAttributeValue", &[m("StringValue", &S_STRING).read(), m("BinaryValue", &S_BINARY).read(), m("StringListValues", &S_STRING_LIST), m("BinaryListValues", &S_BINARY_LIST), m("DataType", &S_STRING).required().read()]);
static S_MESSAGE_BODY_ATTRIBUTE_MAP: Shape = spelled_map("MessageBodyAttributeMap", &S_STRING, &S_MESSAGE_ATTRIBUTE_VALUE, flat("MessageAttribute", "Name", "Value"), Bounds::NONE);
static S_MESSAGE_BODY_SYSTEM_ATTRIBUTE_MAP: Shape = spelled_map("MessageBodySystemAttributeMap", &S_MESSAGE_SYSTEM_ATTRIBUTE_NAME_FOR_SENDS, &S_MESSAGE_SYSTEM_ATTRIBUTE_VALUE, flat("MessageSystemAttribute", "Name", "Value"), Bounds::NONE);
static S_MESSAGE_LIST: Shape = flat_list("MessageList", &S_MESSAGE, "Message", Bounds::NONE);
static S_MESSAGE_SYSTEM_ATTRIBUTE_LIST: Shape = flat_list("MessageSystemAttributeList", &S_MESSAGE_SYSTEM_ATTRIBUTE_NAME, "MessageSystemAttributeName", Bounds::NONE);
static S_MESSAGE_SYSTEM_ATTRIBUTE_MAP: Shape = spelled_map("MessageSystemAttributeMap", &S_MESSAGE_SYSTEM_ATTRIBUTE_NAME, &S_STRING, flat("Attribute", "Name", "Value"), Bounds::NONE);
static S_MESSAGE_SYSTEM_ATTRIBUTE_NAME: Shape = string("MessageSystemAttributeName", Bounds::NONE, None, &["All", "SenderId", "SentTimestamp", "ApproximateReceiveCount", "ApproximateFirstReceiveTimestamp", "SequenceNumber", "MessageDeduplicationId", "MessageGroupId", "AWSTraceHeader", "DeadLetterQueueSourceArn"]);
static S_MESSAGE_SYSTEM_ATTRIBUTE_NAME_FOR_SENDS: Shape = string("MessageSystemAttributeNameForSends", Bounds::NONE, None, &["AWSTraceHeader"]);
static S_MESSAGE_SYSTEM_ATTRIBUTE_VALUE: Shape = structure("MessageSystemAttributeValue", &[m("StringValue", &S_STRING).read(), m("BinaryValue", &S_BINARY).read(), m("StringListValues", &S_STRING_LIST), m("BinaryListValues", &S_BINARY_LIST), m("DataType", &S_STRING).required().read()]);
static S_NULLABLE_INTEGER: Shape = scalar("NullableInteger", Kind::Integer(Bounds::NONE));
static S_QUEUE_ATTRIBUTE_MAP: Shape = spelled_map("QueueAttributeMap", &S_QUEUE_ATTRIBUTE_NAME, &S_STRING, flat("Attribute", "Name", "Value"), Bounds::NONE);
static S_QUEUE_ATTRIBUTE_NAME: Shape = string("QueueAttributeName", Bounds::NONE, None, &["All", "Policy", "VisibilityTimeout", "MaximumMessageSize", "MessageRetentionPeriod", "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "CreatedTimestamp", "LastModifiedTimestamp", "QueueArn", "ApproximateNumberOfMessagesDelayed", "DelaySeconds", "ReceiveMessageWaitTimeSeconds", "RedrivePolicy", "FifoQueue", "ContentBasedDeduplication", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "DeduplicationScope", "FifoThroughputLimit", "RedriveAllowPolicy", "SqsManagedSseEnabled"]);
static S_RECEIVE_MESSAGE_REQUEST: Shape = structure("ReceiveMessageRequest", &[m("QueueUrl", &S_STRING).required().read(), mw("AttributeNames", "AttributeNames", "AttributeName", &S_ATTRIBUTE_NAME_LIST).read(), mw("MessageSystemAttributeNames", "MessageSystemAttributeNames", "MessageSystemAttributeName", &S_MESSAGE_SYSTEM_ATTRIBUTE_LIST).read(), mw("MessageAttributeNames", "MessageAttributeNames", "MessageAttributeName", &S_MESSAGE_ATTRIBUTE_NAME_LIST).read(), m("MaxNumberOfMessages", &S_NULLABLE_INTEGER).read(), m("VisibilityTimeout", &S_NULLABLE_INTEGER).read(), m("WaitTimeSeconds", &S_NULLABLE_INTEGER).read(), m("ReceiveRequestAttemptId", &S_STRING)]);
static S_RECEIVE_MESSAGE_RESULT: Shape = structure("ReceiveMessageResult", &[mw("Messages", "Messages", "Message", &S_MESSAGE_LIST)]);
static S_SEND_MESSAGE_REQUEST: Shape = structure("SendMessageRequest", &[m("QueueUrl", &S_STRING).required().read(), m("MessageBody", &S_STRING).required().read(), m("DelaySeconds", &S_NULLABLE_INTEGER).read(), mw("MessageAttributes", "MessageAttributes", "MessageAttribute", &S_MESSAGE_BODY_ATTRIBUTE_MAP).read(), mw("MessageSystemAttributes", "MessageSystemAttributes", "MessageSystemAttribute", &S_MESSAGE_BODY_SYSTEM_ATTRIBUTE_MAP).read(), m("MessageDeduplicationId", &S_STRING).read(), m("MessageGroupId", &S_STRING).read()]);
static S_SEND_MESSAGE_RESULT: Shape = structure("SendMessageResult", &[m("MD5OfMessageBody", &S_STRING), m("MD5OfMessageAttributes", &S_STRING), m("MD5OfMessageSystemAttributes", &S_STRING), m("MessageId", &S_STRING), m("SequenceNumber", &S_STRING)]);
static S_STRING: Shape = string("String", Bounds::NONE, None, &[]);
static S_STRING_LIST: Shape = list("StringList", &S_STRING, "member", Bounds::NONE);
static S_TAG_KEY: Shape = string("TagKey", Bounds::NONE, None, &[]);
static S_TAG_MAP: Shape = spelled_map("TagMap", &S_TAG_KEY, &S_TAG_VALUE, flat("Tag", "Key", "Value"), Bounds::NONE);
static S_TAG_VALUE: Shape = string("TagValue", Bounds::NONE, None, &[]);
