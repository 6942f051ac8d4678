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

static OPERATIONS: [Operation; 23] = [
    Operation { op: op::Op::Sqs(Op::AddPermission), name: "AddPermission", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_ADD_PERMISSION_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Sqs(Op::CancelMessageMoveTask), name: "CancelMessageMoveTask", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CANCEL_MESSAGE_MOVE_TASK_REQUEST), output: Some(&S_CANCEL_MESSAGE_MOVE_TASK_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::ChangeMessageVisibility), name: "ChangeMessageVisibility", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CHANGE_MESSAGE_VISIBILITY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Sqs(Op::ChangeMessageVisibilityBatch), name: "ChangeMessageVisibilityBatch", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CHANGE_MESSAGE_VISIBILITY_BATCH_REQUEST), output: Some(&S_CHANGE_MESSAGE_VISIBILITY_BATCH_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::CreateQueue), name: "CreateQueue", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CREATE_QUEUE_REQUEST), output: Some(&S_CREATE_QUEUE_RESULT), note: "what is said of encryption is kept and told, without effect" },
    Operation { op: op::Op::Sqs(Op::DeleteMessage), name: "DeleteMessage", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_MESSAGE_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Sqs(Op::DeleteMessageBatch), name: "DeleteMessageBatch", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_MESSAGE_BATCH_REQUEST), output: Some(&S_DELETE_MESSAGE_BATCH_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::DeleteQueue), name: "DeleteQueue", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_QUEUE_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Sqs(Op::GetQueueAttributes), name: "GetQueueAttributes", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_QUEUE_ATTRIBUTES_REQUEST), output: Some(&S_GET_QUEUE_ATTRIBUTES_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::GetQueueUrl), name: "GetQueueUrl", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_QUEUE_URL_REQUEST), output: Some(&S_GET_QUEUE_URL_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::ListDeadLetterSourceQueues), name: "ListDeadLetterSourceQueues", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_DEAD_LETTER_SOURCE_QUEUES_REQUEST), output: Some(&S_LIST_DEAD_LETTER_SOURCE_QUEUES_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::ListMessageMoveTasks), name: "ListMessageMoveTasks", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_MESSAGE_MOVE_TASKS_REQUEST), output: Some(&S_LIST_MESSAGE_MOVE_TASKS_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::ListQueueTags), name: "ListQueueTags", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_QUEUE_TAGS_REQUEST), output: Some(&S_LIST_QUEUE_TAGS_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::ListQueues), name: "ListQueues", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_QUEUES_REQUEST), output: Some(&S_LIST_QUEUES_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::PurgeQueue), name: "PurgeQueue", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PURGE_QUEUE_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Sqs(Op::ReceiveMessage), name: "ReceiveMessage", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_RECEIVE_MESSAGE_REQUEST), output: Some(&S_RECEIVE_MESSAGE_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::RemovePermission), name: "RemovePermission", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_REMOVE_PERMISSION_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Sqs(Op::SendMessage), name: "SendMessage", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_SEND_MESSAGE_REQUEST), output: Some(&S_SEND_MESSAGE_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::SendMessageBatch), name: "SendMessageBatch", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_SEND_MESSAGE_BATCH_REQUEST), output: Some(&S_SEND_MESSAGE_BATCH_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::SetQueueAttributes), name: "SetQueueAttributes", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_SET_QUEUE_ATTRIBUTES_REQUEST), output: None, note: "what is said of encryption is kept and told, without effect" },
    Operation { op: op::Op::Sqs(Op::StartMessageMoveTask), name: "StartMessageMoveTask", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_START_MESSAGE_MOVE_TASK_REQUEST), output: Some(&S_START_MESSAGE_MOVE_TASK_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::TagQueue), name: "TagQueue", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_TAG_QUEUE_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Sqs(Op::UntagQueue), name: "UntagQueue", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UNTAG_QUEUE_REQUEST), output: None, note: "" },
];

static QUERY_OPERATIONS: [Operation; 23] = [
    Operation { op: op::Op::Sqs(Op::AddPermission), name: "AddPermission", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_ADD_PERMISSION_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Sqs(Op::CancelMessageMoveTask), name: "CancelMessageMoveTask", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CANCEL_MESSAGE_MOVE_TASK_REQUEST), output: Some(&S_CANCEL_MESSAGE_MOVE_TASK_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::ChangeMessageVisibility), name: "ChangeMessageVisibility", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CHANGE_MESSAGE_VISIBILITY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Sqs(Op::ChangeMessageVisibilityBatch), name: "ChangeMessageVisibilityBatch", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CHANGE_MESSAGE_VISIBILITY_BATCH_REQUEST), output: Some(&S_CHANGE_MESSAGE_VISIBILITY_BATCH_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::CreateQueue), name: "CreateQueue", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CREATE_QUEUE_REQUEST), output: Some(&S_CREATE_QUEUE_RESULT), note: "what is said of encryption is kept and told, without effect" },
    Operation { op: op::Op::Sqs(Op::DeleteMessage), name: "DeleteMessage", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_MESSAGE_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Sqs(Op::DeleteMessageBatch), name: "DeleteMessageBatch", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_MESSAGE_BATCH_REQUEST), output: Some(&S_DELETE_MESSAGE_BATCH_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::DeleteQueue), name: "DeleteQueue", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_QUEUE_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Sqs(Op::GetQueueAttributes), name: "GetQueueAttributes", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_QUEUE_ATTRIBUTES_REQUEST), output: Some(&S_GET_QUEUE_ATTRIBUTES_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::GetQueueUrl), name: "GetQueueUrl", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_QUEUE_URL_REQUEST), output: Some(&S_GET_QUEUE_URL_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::ListDeadLetterSourceQueues), name: "ListDeadLetterSourceQueues", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_DEAD_LETTER_SOURCE_QUEUES_REQUEST), output: Some(&S_LIST_DEAD_LETTER_SOURCE_QUEUES_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::ListMessageMoveTasks), name: "ListMessageMoveTasks", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_MESSAGE_MOVE_TASKS_REQUEST), output: Some(&S_LIST_MESSAGE_MOVE_TASKS_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::ListQueueTags), name: "ListQueueTags", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_QUEUE_TAGS_REQUEST), output: Some(&S_LIST_QUEUE_TAGS_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::ListQueues), name: "ListQueues", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_QUEUES_REQUEST), output: Some(&S_LIST_QUEUES_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::PurgeQueue), name: "PurgeQueue", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PURGE_QUEUE_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Sqs(Op::ReceiveMessage), name: "ReceiveMessage", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_RECEIVE_MESSAGE_REQUEST), output: Some(&S_RECEIVE_MESSAGE_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::RemovePermission), name: "RemovePermission", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_REMOVE_PERMISSION_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Sqs(Op::SendMessage), name: "SendMessage", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_SEND_MESSAGE_REQUEST), output: Some(&S_SEND_MESSAGE_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::SendMessageBatch), name: "SendMessageBatch", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_SEND_MESSAGE_BATCH_REQUEST), output: Some(&S_SEND_MESSAGE_BATCH_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::SetQueueAttributes), name: "SetQueueAttributes", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_SET_QUEUE_ATTRIBUTES_REQUEST), output: None, note: "what is said of encryption is kept and told, without effect" },
    Operation { op: op::Op::Sqs(Op::StartMessageMoveTask), name: "StartMessageMoveTask", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_START_MESSAGE_MOVE_TASK_REQUEST), output: Some(&S_START_MESSAGE_MOVE_TASK_RESULT), note: "" },
    Operation { op: op::Op::Sqs(Op::TagQueue), name: "TagQueue", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_TAG_QUEUE_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Sqs(Op::UntagQueue), name: "UntagQueue", service: &QUERY_SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UNTAG_QUEUE_REQUEST), output: None, note: "" },
];

static ERRORS: [ErrorShape; 32] = [
    ErrorShape { code: "AccessDeniedException", query: Some("AccessDenied"), status: 403, members: &[] },
    ErrorShape { code: "BatchEntryIdsNotDistinct", query: Some("AWS.SimpleQueueService.BatchEntryIdsNotDistinct"), status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "BatchRequestTooLong", query: Some("AWS.SimpleQueueService.BatchRequestTooLong"), status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "EmptyBatchRequest", query: Some("AWS.SimpleQueueService.EmptyBatchRequest"), status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "InvalidAddress", query: None, status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "InvalidAttributeName", query: None, status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "InvalidAttributeValue", query: None, status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "InvalidBatchEntryId", query: Some("AWS.SimpleQueueService.InvalidBatchEntryId"), status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
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
    ErrorShape { code: "MessageNotInflight", query: Some("AWS.SimpleQueueService.MessageNotInflight"), status: 400, members: &[] },
    ErrorShape { code: "MissingRequiredParameterException", query: Some("MissingParameter"), status: 400, members: &[] },
    ErrorShape { code: "OverLimit", query: Some("OverLimit"), status: 403, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "PurgeQueueInProgress", query: Some("AWS.SimpleQueueService.PurgeQueueInProgress"), status: 403, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "QueueDeletedRecently", query: Some("AWS.SimpleQueueService.QueueDeletedRecently"), status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "QueueDoesNotExist", query: Some("AWS.SimpleQueueService.NonExistentQueue"), status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "QueueNameExists", query: Some("QueueAlreadyExists"), status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "ReceiptHandleIsInvalid", query: None, status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "RequestThrottled", query: None, status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "ResourceNotFoundException", query: Some("ResourceNotFoundException"), status: 404, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "TooManyEntriesInBatchRequest", query: Some("AWS.SimpleQueueService.TooManyEntriesInBatchRequest"), status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
    ErrorShape { code: "UnsupportedOperation", query: Some("AWS.SimpleQueueService.UnsupportedOperation"), status: 400, members: &[m("message", &S_EXCEPTION_MESSAGE)] },
];

static UNSUPPORTED: [Route; 0] = [
];

static S_AWSACCOUNT_ID_LIST: Shape = flat_list("AWSAccountIdList", &S_STRING, "AWSAccountId", Bounds::NONE);
static S_ACTION_NAME_LIST: Shape = flat_list("ActionNameList", &S_STRING, "ActionName", Bounds::NONE);
static S_ADD_PERMISSION_REQUEST: Shape = structure("AddPermissionRequest", &[m("QueueUrl", &S_STRING).required().read(), m("Label", &S_STRING).required().read(), mw("AWSAccountIds", "AWSAccountIds", "AWSAccountId", &S_AWSACCOUNT_ID_LIST).required().read(), mw("Actions", "Actions", "ActionName", &S_ACTION_NAME_LIST).required().read()]);
static S_ATTRIBUTE_NAME_LIST: Shape = flat_list("AttributeNameList", &S_QUEUE_ATTRIBUTE_NAME, "AttributeName", Bounds::NONE);
static S_BATCH_RESULT_ERROR_ENTRY: Shape = structure("BatchResultErrorEntry", &[m("Id", &S_STRING).required(), m("SenderFault", &S_BOOLEAN).required(), m("Code", &S_STRING).required(), m("Message", &S_STRING)]);
static S_BATCH_RESULT_ERROR_ENTRY_LIST: Shape = flat_list("BatchResultErrorEntryList", &S_BATCH_RESULT_ERROR_ENTRY, "BatchResultErrorEntry", Bounds::NONE);
static S_BINARY: Shape = scalar("Binary", Kind::Blob(Bounds::NONE));
static S_BINARY_LIST: Shape = list("BinaryList", &S_BINARY, "member", Bounds::NONE);
static S_BOOLEAN: Shape = scalar("Boolean", Kind::Boolean);
static S_BOXED_INTEGER: Shape = scalar("BoxedInteger", Kind::Integer(Bounds::NONE));
static S_CANCEL_MESSAGE_MOVE_TASK_REQUEST: Shape = structure("CancelMessageMoveTaskRequest", &[m("TaskHandle", &S_STRING).required().read()]);
static S_CANCEL_MESSAGE_MOVE_TASK_RESULT: Shape = structure("CancelMessageMoveTaskResult", &[m("ApproximateNumberOfMessagesMoved", &S_LONG)]);
static S_CHANGE_MESSAGE_VISIBILITY_BATCH_REQUEST: Shape = structure("ChangeMessageVisibilityBatchRequest", &[m("QueueUrl", &S_STRING).required().read(), mw("Entries", "Entries", "ChangeMessageVisibilityBatchRequestEntry", &S_CHANGE_MESSAGE_VISIBILITY_BATCH_REQUEST_ENTRY_LIST).required().read()]);
static S_CHANGE_MESSAGE_VISIBILITY_BATCH_REQUEST_ENTRY: Shape = structure("ChangeMessageVisibilityBatchRequestEntry", &[m("Id", &S_STRING).required().read(), m("ReceiptHandle", &S_STRING).required().read(), m("VisibilityTimeout", &S_NULLABLE_INTEGER).read()]);
static S_CHANGE_MESSAGE_VISIBILITY_BATCH_REQUEST_ENTRY_LIST: Shape = flat_list("ChangeMessageVisibilityBatchRequestEntryList", &S_CHANGE_MESSAGE_VISIBILITY_BATCH_REQUEST_ENTRY, "ChangeMessageVisibilityBatchRequestEntry", Bounds::NONE);
static S_CHANGE_MESSAGE_VISIBILITY_BATCH_RESULT: Shape = structure("ChangeMessageVisibilityBatchResult", &[mw("Successful", "Successful", "ChangeMessageVisibilityBatchResultEntry", &S_CHANGE_MESSAGE_VISIBILITY_BATCH_RESULT_ENTRY_LIST).required(), mw("Failed", "Failed", "BatchResultErrorEntry", &S_BATCH_RESULT_ERROR_ENTRY_LIST).required()]);
static S_CHANGE_MESSAGE_VISIBILITY_BATCH_RESULT_ENTRY: Shape = structure("ChangeMessageVisibilityBatchResultEntry", &[m("Id", &S_STRING).required()]);
static S_CHANGE_MESSAGE_VISIBILITY_BATCH_RESULT_ENTRY_LIST: Shape = flat_list("ChangeMessageVisibilityBatchResultEntryList", &S_CHANGE_MESSAGE_VISIBILITY_BATCH_RESULT_ENTRY, "ChangeMessageVisibilityBatchResultEntry", Bounds::NONE);
static S_CHANGE_MESSAGE_VISIBILITY_REQUEST: Shape = structure("ChangeMessageVisibilityRequest", &[m("QueueUrl", &S_STRING).required().read(), m("ReceiptHandle", &S_STRING).required().read(), m("VisibilityTimeout", &S_NULLABLE_INTEGER).required().read()]);
static S_CREATE_QUEUE_REQUEST: Shape = structure("CreateQueueRequest", &[m("QueueName", &S_STRING).required().read(), mw("Attributes", "Attributes", "Attribute", &S_QUEUE_ATTRIBUTE_MAP).read(), mw("tags", "tags", "Tag", &S_TAG_MAP).read()]);
static S_CREATE_QUEUE_RESULT: Shape = structure("CreateQueueResult", &[m("QueueUrl", &S_STRING)]);
static S_DELETE_MESSAGE_BATCH_REQUEST: Shape = structure("DeleteMessageBatchRequest", &[m("QueueUrl", &S_STRING).required().read(), mw("Entries", "Entries", "DeleteMessageBatchRequestEntry", &S_DELETE_MESSAGE_BATCH_REQUEST_ENTRY_LIST).required().read()]);
static S_DELETE_MESSAGE_BATCH_REQUEST_ENTRY: Shape = structure("DeleteMessageBatchRequestEntry", &[m("Id", &S_STRING).required().read(), m("ReceiptHandle", &S_STRING).required().read()]);
static S_DELETE_MESSAGE_BATCH_REQUEST_ENTRY_LIST: Shape = flat_list("DeleteMessageBatchRequestEntryList", &S_DELETE_MESSAGE_BATCH_REQUEST_ENTRY, "DeleteMessageBatchRequestEntry", Bounds::NONE);
static S_DELETE_MESSAGE_BATCH_RESULT: Shape = structure("DeleteMessageBatchResult", &[mw("Successful", "Successful", "DeleteMessageBatchResultEntry", &S_DELETE_MESSAGE_BATCH_RESULT_ENTRY_LIST).required(), mw("Failed", "Failed", "BatchResultErrorEntry", &S_BATCH_RESULT_ERROR_ENTRY_LIST).required()]);
static S_DELETE_MESSAGE_BATCH_RESULT_ENTRY: Shape = structure("DeleteMessageBatchResultEntry", &[m("Id", &S_STRING).required()]);
static S_DELETE_MESSAGE_BATCH_RESULT_ENTRY_LIST: Shape = flat_list("DeleteMessageBatchResultEntryList", &S_DELETE_MESSAGE_BATCH_RESULT_ENTRY, "DeleteMessageBatchResultEntry", Bounds::NONE);
static S_DELETE_MESSAGE_REQUEST: Shape = structure("DeleteMessageRequest", &[m("QueueUrl", &S_STRING).required().read(), m("ReceiptHandle", &S_STRING).required().read()]);
static S_DELETE_QUEUE_REQUEST: Shape = structure("DeleteQueueRequest", &[m("QueueUrl", &S_STRING).required().read()]);
static S_EXCEPTION_MESSAGE: Shape = string("ExceptionMessage", Bounds::NONE, None, &[]);
static S_GET_QUEUE_ATTRIBUTES_REQUEST: Shape = structure("GetQueueAttributesRequest", &[m("QueueUrl", &S_STRING).required().read(), mw("AttributeNames", "AttributeNames", "AttributeName", &S_ATTRIBUTE_NAME_LIST).read()]);
static S_GET_QUEUE_ATTRIBUTES_RESULT: Shape = structure("GetQueueAttributesResult", &[mw("Attributes", "Attributes", "Attribute", &S_QUEUE_ATTRIBUTE_MAP)]);
static S_GET_QUEUE_URL_REQUEST: Shape = structure("GetQueueUrlRequest", &[m("QueueName", &S_STRING).required().read(), m("QueueOwnerAWSAccountId", &S_STRING).read()]);
static S_GET_QUEUE_URL_RESULT: Shape = structure("GetQueueUrlResult", &[m("QueueUrl", &S_STRING)]);
static S_LIST_DEAD_LETTER_SOURCE_QUEUES_REQUEST: Shape = structure("ListDeadLetterSourceQueuesRequest", &[m("QueueUrl", &S_STRING).required().read(), m("NextToken", &S_TOKEN).read(), m("MaxResults", &S_BOXED_INTEGER).read()]);
static S_LIST_DEAD_LETTER_SOURCE_QUEUES_RESULT: Shape = structure("ListDeadLetterSourceQueuesResult", &[mw("queueUrls", "queueUrls", "QueueUrl", &S_QUEUE_URL_LIST).required(), m("NextToken", &S_TOKEN)]);
static S_LIST_MESSAGE_MOVE_TASKS_REQUEST: Shape = structure("ListMessageMoveTasksRequest", &[m("SourceArn", &S_STRING).required().read(), m("MaxResults", &S_NULLABLE_INTEGER).read()]);
static S_LIST_MESSAGE_MOVE_TASKS_RESULT: Shape = structure("ListMessageMoveTasksResult", &[mw("Results", "Results", "ListMessageMoveTasksResultEntry", &S_LIST_MESSAGE_MOVE_TASKS_RESULT_ENTRY_LIST)]);
static S_LIST_MESSAGE_MOVE_TASKS_RESULT_ENTRY: Shape = structure("ListMessageMoveTasksResultEntry", &[m("TaskHandle", &S_STRING), m("Status", &S_STRING), m("SourceArn", &S_STRING), m("DestinationArn", &S_STRING), m("MaxNumberOfMessagesPerSecond", &S_NULLABLE_INTEGER), m("ApproximateNumberOfMessagesMoved", &S_LONG), m("ApproximateNumberOfMessagesToMove", &S_NULLABLE_LONG), m("FailureReason", &S_STRING), m("StartedTimestamp", &S_LONG)]);
static S_LIST_MESSAGE_MOVE_TASKS_RESULT_ENTRY_LIST: Shape = flat_list("ListMessageMoveTasksResultEntryList", &S_LIST_MESSAGE_MOVE_TASKS_RESULT_ENTRY, "ListMessageMoveTasksResultEntry", Bounds::NONE);
static S_LIST_QUEUE_TAGS_REQUEST: Shape = structure("ListQueueTagsRequest", &[m("QueueUrl", &S_STRING).required().read()]);
static S_LIST_QUEUE_TAGS_RESULT: Shape = structure("ListQueueTagsResult", &[mw("Tags", "Tags", "Tag", &S_TAG_MAP)]);
static S_LIST_QUEUES_REQUEST: Shape = structure("ListQueuesRequest", &[m("QueueNamePrefix", &S_STRING).read(), m("NextToken", &S_TOKEN).read(), m("MaxResults", &S_BOXED_INTEGER).read()]);
static S_LIST_QUEUES_RESULT: Shape = structure("ListQueuesResult", &[mw("QueueUrls", "QueueUrls", "QueueUrl", &S_QUEUE_URL_LIST), m("NextToken", &S_TOKEN)]);
static S_LONG: Shape = scalar("Long", Kind::Long(Bounds::NONE));
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
static S_NULLABLE_LONG: Shape = scalar("NullableLong", Kind::Long(Bounds::NONE));
static S_PURGE_QUEUE_REQUEST: Shape = structure("PurgeQueueRequest", &[m("QueueUrl", &S_STRING).required().read()]);
static S_QUEUE_ATTRIBUTE_MAP: Shape = spelled_map("QueueAttributeMap", &S_QUEUE_ATTRIBUTE_NAME, &S_STRING, flat("Attribute", "Name", "Value"), Bounds::NONE);
static S_QUEUE_ATTRIBUTE_NAME: Shape = string("QueueAttributeName", Bounds::NONE, None, &["All", "Policy", "VisibilityTimeout", "MaximumMessageSize", "MessageRetentionPeriod", "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "CreatedTimestamp", "LastModifiedTimestamp", "QueueArn", "ApproximateNumberOfMessagesDelayed", "DelaySeconds", "ReceiveMessageWaitTimeSeconds", "RedrivePolicy", "FifoQueue", "ContentBasedDeduplication", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "DeduplicationScope", "FifoThroughputLimit", "RedriveAllowPolicy", "SqsManagedSseEnabled"]);
static S_QUEUE_URL_LIST: Shape = flat_list("QueueUrlList", &S_STRING, "QueueUrl", Bounds::NONE);
static S_RECEIVE_MESSAGE_REQUEST: Shape = structure("ReceiveMessageRequest", &[m("QueueUrl", &S_STRING).required().read(), mw("AttributeNames", "AttributeNames", "AttributeName", &S_ATTRIBUTE_NAME_LIST).read(), mw("MessageSystemAttributeNames", "MessageSystemAttributeNames", "MessageSystemAttributeName", &S_MESSAGE_SYSTEM_ATTRIBUTE_LIST).read(), mw("MessageAttributeNames", "MessageAttributeNames", "MessageAttributeName", &S_MESSAGE_ATTRIBUTE_NAME_LIST).read(), m("MaxNumberOfMessages", &S_NULLABLE_INTEGER).read(), m("VisibilityTimeout", &S_NULLABLE_INTEGER).read(), m("WaitTimeSeconds", &S_NULLABLE_INTEGER).read(), m("ReceiveRequestAttemptId", &S_STRING).read()]);
static S_RECEIVE_MESSAGE_RESULT: Shape = structure("ReceiveMessageResult", &[mw("Messages", "Messages", "Message", &S_MESSAGE_LIST)]);
static S_REMOVE_PERMISSION_REQUEST: Shape = structure("RemovePermissionRequest", &[m("QueueUrl", &S_STRING).required().read(), m("Label", &S_STRING).required().read()]);
static S_SEND_MESSAGE_BATCH_REQUEST: Shape = structure("SendMessageBatchRequest", &[m("QueueUrl", &S_STRING).required().read(), mw("Entries", "Entries", "SendMessageBatchRequestEntry", &S_SEND_MESSAGE_BATCH_REQUEST_ENTRY_LIST).required().read()]);
static S_SEND_MESSAGE_BATCH_REQUEST_ENTRY: Shape = structure("SendMessageBatchRequestEntry", &[m("Id", &S_STRING).required().read(), m("MessageBody", &S_STRING).required().read(), m("DelaySeconds", &S_NULLABLE_INTEGER).read(), mw("MessageAttributes", "MessageAttributes", "MessageAttribute", &S_MESSAGE_BODY_ATTRIBUTE_MAP).read(), mw("MessageSystemAttributes", "MessageSystemAttributes", "MessageSystemAttribute", &S_MESSAGE_BODY_SYSTEM_ATTRIBUTE_MAP).read(), m("MessageDeduplicationId", &S_STRING).read(), m("MessageGroupId", &S_STRING).read()]);
static S_SEND_MESSAGE_BATCH_REQUEST_ENTRY_LIST: Shape = flat_list("SendMessageBatchRequestEntryList", &S_SEND_MESSAGE_BATCH_REQUEST_ENTRY, "SendMessageBatchRequestEntry", Bounds::NONE);
static S_SEND_MESSAGE_BATCH_RESULT: Shape = structure("SendMessageBatchResult", &[mw("Successful", "Successful", "SendMessageBatchResultEntry", &S_SEND_MESSAGE_BATCH_RESULT_ENTRY_LIST).required(), mw("Failed", "Failed", "BatchResultErrorEntry", &S_BATCH_RESULT_ERROR_ENTRY_LIST).required()]);
static S_SEND_MESSAGE_BATCH_RESULT_ENTRY: Shape = structure("SendMessageBatchResultEntry", &[m("Id", &S_STRING).required(), m("MessageId", &S_STRING).required(), m("MD5OfMessageBody", &S_STRING).required(), m("MD5OfMessageAttributes", &S_STRING), m("MD5OfMessageSystemAttributes", &S_STRING), m("SequenceNumber", &S_STRING)]);
static S_SEND_MESSAGE_BATCH_RESULT_ENTRY_LIST: Shape = flat_list("SendMessageBatchResultEntryList", &S_SEND_MESSAGE_BATCH_RESULT_ENTRY, "SendMessageBatchResultEntry", Bounds::NONE);
static S_SEND_MESSAGE_REQUEST: Shape = structure("SendMessageRequest", &[m("QueueUrl", &S_STRING).required().read(), m("MessageBody", &S_STRING).required().read(), m("DelaySeconds", &S_NULLABLE_INTEGER).read(), mw("MessageAttributes", "MessageAttributes", "MessageAttribute", &S_MESSAGE_BODY_ATTRIBUTE_MAP).read(), mw("MessageSystemAttributes", "MessageSystemAttributes", "MessageSystemAttribute", &S_MESSAGE_BODY_SYSTEM_ATTRIBUTE_MAP).read(), m("MessageDeduplicationId", &S_STRING).read(), m("MessageGroupId", &S_STRING).read()]);
static S_SEND_MESSAGE_RESULT: Shape = structure("SendMessageResult", &[m("MD5OfMessageBody", &S_STRING), m("MD5OfMessageAttributes", &S_STRING), m("MD5OfMessageSystemAttributes", &S_STRING), m("MessageId", &S_STRING), m("SequenceNumber", &S_STRING)]);
static S_SET_QUEUE_ATTRIBUTES_REQUEST: Shape = structure("SetQueueAttributesRequest", &[m("QueueUrl", &S_STRING).required().read(), mw("Attributes", "Attributes", "Attribute", &S_QUEUE_ATTRIBUTE_MAP).required().read()]);
static S_START_MESSAGE_MOVE_TASK_REQUEST: Shape = structure("StartMessageMoveTaskRequest", &[m("SourceArn", &S_STRING).required().read(), m("DestinationArn", &S_STRING).read(), m("MaxNumberOfMessagesPerSecond", &S_NULLABLE_INTEGER).read()]);
static S_START_MESSAGE_MOVE_TASK_RESULT: Shape = structure("StartMessageMoveTaskResult", &[m("TaskHandle", &S_STRING)]);
static S_STRING: Shape = string("String", Bounds::NONE, None, &[]);
static S_STRING_LIST: Shape = list("StringList", &S_STRING, "member", Bounds::NONE);
static S_TAG_KEY: Shape = string("TagKey", Bounds::NONE, None, &[]);
static S_TAG_KEY_LIST: Shape = flat_list("TagKeyList", &S_TAG_KEY, "TagKey", Bounds::NONE);
static S_TAG_MAP: Shape = spelled_map("TagMap", &S_TAG_KEY, &S_TAG_VALUE, flat("Tag", "Key", "Value"), Bounds::NONE);
static S_TAG_QUEUE_REQUEST: Shape = structure("TagQueueRequest", &[m("QueueUrl", &S_STRING).required().read(), mw("Tags", "Tags", "Tag", &S_TAG_MAP).required().read()]);
static S_TAG_VALUE: Shape = string("TagValue", Bounds::NONE, None, &[]);
static S_TOKEN: Shape = string("Token", Bounds::NONE, None, &[]);
static S_UNTAG_QUEUE_REQUEST: Shape = structure("UntagQueueRequest", &[m("QueueUrl", &S_STRING).required().read(), mw("TagKeys", "TagKeys", "TagKey", &S_TAG_KEY_LIST).required().read()]);
