//! Amazon CloudWatch Logs 2014-03-28. Written by `cargo xtask codegen`.
#![allow(clippy::all)]
#![allow(unused_imports, reason = "no table needs every one")]
use super::build::*;
use super::op::{self, logs::Op};
use super::operation::{ErrorShape, Operation, Protocol, Route, Service};
use super::pattern::Pattern;
use super::shape::{Bounds, Kind, Location, Member, Shape};

/// The service.
pub static SERVICE: Service = Service { name: "logs", signing: "logs", version: "2014-03-28", protocol: Protocol::Json, namespace: "", target: "Logs_20140328", json: "1.1", error_prefix: "", operations: &OPERATIONS, errors: &ERRORS, unsupported: &UNSUPPORTED, also: None };

static OPERATIONS: [Operation; 20] = [
    Operation { op: op::Op::Logs(Op::CreateLogGroup), name: "CreateLogGroup", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CREATE_LOG_GROUP_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Logs(Op::CreateLogStream), name: "CreateLogStream", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CREATE_LOG_STREAM_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Logs(Op::DeleteLogGroup), name: "DeleteLogGroup", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_LOG_GROUP_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Logs(Op::DeleteLogStream), name: "DeleteLogStream", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_LOG_STREAM_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Logs(Op::DeleteRetentionPolicy), name: "DeleteRetentionPolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_RETENTION_POLICY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Logs(Op::DeleteSubscriptionFilter), name: "DeleteSubscriptionFilter", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_SUBSCRIPTION_FILTER_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Logs(Op::DescribeLogGroups), name: "DescribeLogGroups", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DESCRIBE_LOG_GROUPS_REQUEST), output: Some(&S_DESCRIBE_LOG_GROUPS_RESPONSE), note: "" },
    Operation { op: op::Op::Logs(Op::DescribeLogStreams), name: "DescribeLogStreams", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DESCRIBE_LOG_STREAMS_REQUEST), output: Some(&S_DESCRIBE_LOG_STREAMS_RESPONSE), note: "" },
    Operation { op: op::Op::Logs(Op::DescribeSubscriptionFilters), name: "DescribeSubscriptionFilters", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DESCRIBE_SUBSCRIPTION_FILTERS_REQUEST), output: Some(&S_DESCRIBE_SUBSCRIPTION_FILTERS_RESPONSE), note: "" },
    Operation { op: op::Op::Logs(Op::FilterLogEvents), name: "FilterLogEvents", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_FILTER_LOG_EVENTS_REQUEST), output: Some(&S_FILTER_LOG_EVENTS_RESPONSE), note: "" },
    Operation { op: op::Op::Logs(Op::GetLogEvents), name: "GetLogEvents", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_LOG_EVENTS_REQUEST), output: Some(&S_GET_LOG_EVENTS_RESPONSE), note: "" },
    Operation { op: op::Op::Logs(Op::ListTagsForResource), name: "ListTagsForResource", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_TAGS_FOR_RESOURCE_REQUEST), output: Some(&S_LIST_TAGS_FOR_RESOURCE_RESPONSE), note: "" },
    Operation { op: op::Op::Logs(Op::ListTagsLogGroup), name: "ListTagsLogGroup", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_TAGS_LOG_GROUP_REQUEST), output: Some(&S_LIST_TAGS_LOG_GROUP_RESPONSE), note: "" },
    Operation { op: op::Op::Logs(Op::PutLogEvents), name: "PutLogEvents", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PUT_LOG_EVENTS_REQUEST), output: Some(&S_PUT_LOG_EVENTS_RESPONSE), note: "" },
    Operation { op: op::Op::Logs(Op::PutRetentionPolicy), name: "PutRetentionPolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PUT_RETENTION_POLICY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Logs(Op::PutSubscriptionFilter), name: "PutSubscriptionFilter", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PUT_SUBSCRIPTION_FILTER_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Logs(Op::TagLogGroup), name: "TagLogGroup", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_TAG_LOG_GROUP_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Logs(Op::TagResource), name: "TagResource", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_TAG_RESOURCE_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Logs(Op::UntagLogGroup), name: "UntagLogGroup", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UNTAG_LOG_GROUP_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Logs(Op::UntagResource), name: "UntagResource", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UNTAG_RESOURCE_REQUEST), output: None, note: "" },
];

static ERRORS: [ErrorShape; 12] = [
    ErrorShape { code: "DataAlreadyAcceptedException", query: None, status: 400, members: &[m("expectedSequenceToken", &S_SEQUENCE_TOKEN)] },
    ErrorShape { code: "InvalidOperationException", query: None, status: 400, members: &[] },
    ErrorShape { code: "InvalidParameterException", query: None, status: 400, members: &[] },
    ErrorShape { code: "InvalidSequenceTokenException", query: None, status: 400, members: &[m("expectedSequenceToken", &S_SEQUENCE_TOKEN)] },
    ErrorShape { code: "LimitExceededException", query: None, status: 400, members: &[] },
    ErrorShape { code: "OperationAbortedException", query: None, status: 400, members: &[] },
    ErrorShape { code: "ResourceAlreadyExistsException", query: None, status: 400, members: &[] },
    ErrorShape { code: "ResourceNotFoundException", query: None, status: 400, members: &[] },
    ErrorShape { code: "ServiceUnavailableException", query: None, status: 500, members: &[] },
    ErrorShape { code: "TooManyTagsException", query: None, status: 400, members: &[m("message", &S_MESSAGE), m("resourceName", &S_AMAZON_RESOURCE_NAME)] },
    ErrorShape { code: "UnrecognizedClientException", query: None, status: 400, members: &[] },
    ErrorShape { code: "ValidationException", query: None, status: 400, members: &[] },
];

static UNSUPPORTED: [Route; 0] = [
];

static S_ACCOUNT_ID: Shape = string("AccountId", b(12, 12), Some(&P0), &[]);
static S_ACCOUNT_IDS: Shape = list("AccountIds", &S_ACCOUNT_ID, "member", b(0, 20));
static S_AMAZON_RESOURCE_NAME: Shape = string("AmazonResourceName", b(1, 1011), Some(&P1), &[]);
static S_APPLY_ON_TRANSFORMED_LOGS: Shape = scalar("ApplyOnTransformedLogs", Kind::Boolean);
static S_ARN: Shape = string("Arn", Bounds::NONE, None, &[]);
static S_BEARER_TOKEN_AUTHENTICATION_ENABLED: Shape = scalar("BearerTokenAuthenticationEnabled", Kind::Boolean);
static S_CREATE_LOG_GROUP_REQUEST: Shape = structure("CreateLogGroupRequest", &[m("logGroupName", &S_LOG_GROUP_NAME).required().read(), m("kmsKeyId", &S_KMS_KEY_ID), m("tags", &S_TAGS).read(), m("logGroupClass", &S_LOG_GROUP_CLASS).only(&["STANDARD"]), m("deletionProtectionEnabled", &S_DELETION_PROTECTION_ENABLED)]);
static S_CREATE_LOG_STREAM_REQUEST: Shape = structure("CreateLogStreamRequest", &[m("logGroupName", &S_LOG_GROUP_NAME).required().read(), m("logStreamName", &S_LOG_STREAM_NAME).required().read()]);
static S_DATA_PROTECTION_STATUS: Shape = string("DataProtectionStatus", Bounds::NONE, None, &[]);
static S_DAYS: Shape = scalar("Days", Kind::Integer(Bounds::NONE));
static S_DELETE_LOG_GROUP_REQUEST: Shape = structure("DeleteLogGroupRequest", &[m("logGroupName", &S_LOG_GROUP_NAME).required().read()]);
static S_DELETE_LOG_STREAM_REQUEST: Shape = structure("DeleteLogStreamRequest", &[m("logGroupName", &S_LOG_GROUP_NAME).required().read(), m("logStreamName", &S_LOG_STREAM_NAME).required().read()]);
static S_DELETE_RETENTION_POLICY_REQUEST: Shape = structure("DeleteRetentionPolicyRequest", &[m("logGroupName", &S_LOG_GROUP_NAME).required().read()]);
static S_DELETE_SUBSCRIPTION_FILTER_REQUEST: Shape = structure("DeleteSubscriptionFilterRequest", &[m("logGroupName", &S_LOG_GROUP_NAME).required().read(), m("filterName", &S_FILTER_NAME).required().read()]);
static S_DELETION_PROTECTION_ENABLED: Shape = scalar("DeletionProtectionEnabled", Kind::Boolean);
static S_DESCENDING: Shape = scalar("Descending", Kind::Boolean);
static S_DESCRIBE_LIMIT: Shape = scalar("DescribeLimit", Kind::Integer(b(1, 50)));
static S_DESCRIBE_LOG_GROUPS_LOG_GROUP_IDENTIFIERS: Shape = list("DescribeLogGroupsLogGroupIdentifiers", &S_LOG_GROUP_IDENTIFIER, "member", b(1, 50));
static S_DESCRIBE_LOG_GROUPS_REQUEST: Shape = structure("DescribeLogGroupsRequest", &[m("accountIdentifiers", &S_ACCOUNT_IDS), m("logGroupNamePrefix", &S_LOG_GROUP_NAME).read(), m("logGroupNamePattern", &S_LOG_GROUP_NAME_PATTERN).read(), m("nextToken", &S_NEXT_TOKEN).read(), m("limit", &S_DESCRIBE_LIMIT).read(), m("includeLinkedAccounts", &S_INCLUDE_LINKED_ACCOUNTS), m("logGroupClass", &S_LOG_GROUP_CLASS).only(&["STANDARD"]), m("logGroupIdentifiers", &S_DESCRIBE_LOG_GROUPS_LOG_GROUP_IDENTIFIERS)]);
static S_DESCRIBE_LOG_GROUPS_RESPONSE: Shape = structure("DescribeLogGroupsResponse", &[m("logGroups", &S_LOG_GROUPS), m("nextToken", &S_NEXT_TOKEN)]);
static S_DESCRIBE_LOG_STREAMS_REQUEST: Shape = structure("DescribeLogStreamsRequest", &[m("logGroupName", &S_LOG_GROUP_NAME).read(), m("logGroupIdentifier", &S_LOG_GROUP_IDENTIFIER).read(), m("logStreamNamePrefix", &S_LOG_STREAM_NAME).read(), m("orderBy", &S_ORDER_BY).read(), m("descending", &S_DESCENDING).read(), m("nextToken", &S_NEXT_TOKEN).read(), m("limit", &S_DESCRIBE_LIMIT).read()]);
static S_DESCRIBE_LOG_STREAMS_RESPONSE: Shape = structure("DescribeLogStreamsResponse", &[m("logStreams", &S_LOG_STREAMS), m("nextToken", &S_NEXT_TOKEN)]);
static S_DESCRIBE_SUBSCRIPTION_FILTERS_REQUEST: Shape = structure("DescribeSubscriptionFiltersRequest", &[m("logGroupName", &S_LOG_GROUP_NAME).required().read(), m("filterNamePrefix", &S_FILTER_NAME).read(), m("nextToken", &S_NEXT_TOKEN).read(), m("limit", &S_DESCRIBE_LIMIT).read()]);
static S_DESCRIBE_SUBSCRIPTION_FILTERS_RESPONSE: Shape = structure("DescribeSubscriptionFiltersResponse", &[m("subscriptionFilters", &S_SUBSCRIPTION_FILTERS), m("nextToken", &S_NEXT_TOKEN)]);
static S_DESTINATION_ARN: Shape = string("DestinationArn", b(1, i64::MAX), None, &[]);
static S_DISTRIBUTION: Shape = string("Distribution", Bounds::NONE, None, &["Random", "ByLogStream"]);
static S_EMIT_SYSTEM_FIELDS: Shape = list("EmitSystemFields", &S_SYSTEM_FIELD, "member", Bounds::NONE);
static S_ENTITY: Shape = structure("Entity", &[m("keyAttributes", &S_ENTITY_KEY_ATTRIBUTES), m("attributes", &S_ENTITY_ATTRIBUTES)]);
static S_ENTITY_ATTRIBUTES: Shape = map("EntityAttributes", &S_ENTITY_ATTRIBUTES_KEY, &S_ENTITY_ATTRIBUTES_VALUE, b(0, 10));
static S_ENTITY_ATTRIBUTES_KEY: Shape = string("EntityAttributesKey", b(1, 256), None, &[]);
static S_ENTITY_ATTRIBUTES_VALUE: Shape = string("EntityAttributesValue", b(1, 512), None, &[]);
static S_ENTITY_KEY_ATTRIBUTES: Shape = map("EntityKeyAttributes", &S_ENTITY_KEY_ATTRIBUTES_KEY, &S_ENTITY_KEY_ATTRIBUTES_VALUE, b(2, 4));
static S_ENTITY_KEY_ATTRIBUTES_KEY: Shape = string("EntityKeyAttributesKey", b(1, 32), None, &[]);
static S_ENTITY_KEY_ATTRIBUTES_VALUE: Shape = string("EntityKeyAttributesValue", b(1, 512), None, &[]);
static S_ENTITY_REJECTION_ERROR_TYPE: Shape = string("EntityRejectionErrorType", Bounds::NONE, None, &[]);
static S_EVENT_ID: Shape = string("EventId", Bounds::NONE, None, &[]);
static S_EVENT_MESSAGE: Shape = string("EventMessage", b(1, i64::MAX), None, &[]);
static S_EVENTS_LIMIT: Shape = scalar("EventsLimit", Kind::Integer(b(1, 10000)));
static S_FIELD_SELECTION_CRITERIA: Shape = string("FieldSelectionCriteria", b(0, 2000), None, &[]);
static S_FILTER_COUNT: Shape = scalar("FilterCount", Kind::Integer(Bounds::NONE));
static S_FILTER_LOG_EVENTS_REQUEST: Shape = structure("FilterLogEventsRequest", &[m("logGroupName", &S_LOG_GROUP_NAME).read(), m("logGroupIdentifier", &S_LOG_GROUP_IDENTIFIER).read(), m("logStreamNames", &S_INPUT_LOG_STREAM_NAMES).read(), m("logStreamNamePrefix", &S_LOG_STREAM_NAME).read(), m("startTime", &S_TIMESTAMP).read(), m("endTime", &S_TIMESTAMP).read(), m("filterPattern", &S_FILTER_PATTERN).read(), m("nextToken", &S_NEXT_TOKEN).read(), m("limit", &S_EVENTS_LIMIT).read(), m("startFromHead", &S_START_FROM_HEAD).only(&["true"]), m("interleaved", &S_INTERLEAVED).ignored("events of several streams are always interleaved, as AWS does since 2019"), m("unmask", &S_UNMASK).ignored("nothing is masked")]);
static S_FILTER_LOG_EVENTS_RESPONSE: Shape = structure("FilterLogEventsResponse", &[m("events", &S_FILTERED_LOG_EVENTS), m("searchedLogStreams", &S_SEARCHED_LOG_STREAMS), m("nextToken", &S_NEXT_TOKEN)]);
static S_FILTER_NAME: Shape = string("FilterName", b(1, 512), Some(&P2), &[]);
static S_FILTER_PATTERN: Shape = string("FilterPattern", b(0, 1024), None, &[]);
static S_FILTERED_LOG_EVENT: Shape = structure("FilteredLogEvent", &[m("logStreamName", &S_LOG_STREAM_NAME), m("timestamp", &S_TIMESTAMP), m("message", &S_EVENT_MESSAGE), m("ingestionTime", &S_TIMESTAMP), m("eventId", &S_EVENT_ID)]);
static S_FILTERED_LOG_EVENTS: Shape = list("FilteredLogEvents", &S_FILTERED_LOG_EVENT, "member", Bounds::NONE);
static S_GET_LOG_EVENTS_REQUEST: Shape = structure("GetLogEventsRequest", &[m("logGroupName", &S_LOG_GROUP_NAME).read(), m("logGroupIdentifier", &S_LOG_GROUP_IDENTIFIER).read(), m("logStreamName", &S_LOG_STREAM_NAME).required().read(), m("startTime", &S_TIMESTAMP).read(), m("endTime", &S_TIMESTAMP).read(), m("nextToken", &S_NEXT_TOKEN).read(), m("limit", &S_EVENTS_LIMIT).read(), m("startFromHead", &S_START_FROM_HEAD).read(), m("unmask", &S_UNMASK).ignored("nothing is masked")]);
static S_GET_LOG_EVENTS_RESPONSE: Shape = structure("GetLogEventsResponse", &[m("events", &S_OUTPUT_LOG_EVENTS), m("nextForwardToken", &S_NEXT_TOKEN), m("nextBackwardToken", &S_NEXT_TOKEN)]);
static S_INCLUDE_LINKED_ACCOUNTS: Shape = scalar("IncludeLinkedAccounts", Kind::Boolean);
static S_INHERITED_PROPERTIES: Shape = list("InheritedProperties", &S_INHERITED_PROPERTY, "member", Bounds::NONE);
static S_INHERITED_PROPERTY: Shape = string("InheritedProperty", Bounds::NONE, None, &[]);
static S_INPUT_LOG_EVENT: Shape = structure("InputLogEvent", &[m("timestamp", &S_TIMESTAMP).required().read(), m("message", &S_EVENT_MESSAGE).required().read()]);
static S_INPUT_LOG_EVENTS: Shape = list("InputLogEvents", &S_INPUT_LOG_EVENT, "member", b(1, 10000));
static S_INPUT_LOG_STREAM_NAMES: Shape = list("InputLogStreamNames", &S_LOG_STREAM_NAME, "member", b(1, 100));
static S_INTERLEAVED: Shape = scalar("Interleaved", Kind::Boolean);
static S_KMS_KEY_ID: Shape = string("KmsKeyId", b(i64::MIN, 256), None, &[]);
static S_LIST_TAGS_FOR_RESOURCE_REQUEST: Shape = structure("ListTagsForResourceRequest", &[m("resourceArn", &S_AMAZON_RESOURCE_NAME).required().read()]);
static S_LIST_TAGS_FOR_RESOURCE_RESPONSE: Shape = structure("ListTagsForResourceResponse", &[m("tags", &S_TAGS)]);
static S_LIST_TAGS_LOG_GROUP_REQUEST: Shape = structure("ListTagsLogGroupRequest", &[m("logGroupName", &S_LOG_GROUP_NAME).required().read()]);
static S_LIST_TAGS_LOG_GROUP_RESPONSE: Shape = structure("ListTagsLogGroupResponse", &[m("tags", &S_TAGS)]);
static S_LOG_EVENT_INDEX: Shape = scalar("LogEventIndex", Kind::Integer(Bounds::NONE));
static S_LOG_GROUP: Shape = structure("LogGroup", &[m("logGroupName", &S_LOG_GROUP_NAME), m("creationTime", &S_TIMESTAMP), m("retentionInDays", &S_DAYS), m("metricFilterCount", &S_FILTER_COUNT), m("arn", &S_ARN), m("storedBytes", &S_STORED_BYTES), m("kmsKeyId", &S_KMS_KEY_ID), m("dataProtectionStatus", &S_DATA_PROTECTION_STATUS), m("inheritedProperties", &S_INHERITED_PROPERTIES), m("logGroupClass", &S_LOG_GROUP_CLASS), m("logGroupArn", &S_ARN), m("deletionProtectionEnabled", &S_DELETION_PROTECTION_ENABLED), m("bearerTokenAuthenticationEnabled", &S_BEARER_TOKEN_AUTHENTICATION_ENABLED), m("retentionPolicyName", &S_POLICY_NAME)]);
static S_LOG_GROUP_CLASS: Shape = string("LogGroupClass", Bounds::NONE, None, &["STANDARD", "INFREQUENT_ACCESS", "DELIVERY", "ESSENTIALS"]);
static S_LOG_GROUP_IDENTIFIER: Shape = string("LogGroupIdentifier", b(1, 2048), Some(&P3), &[]);
static S_LOG_GROUP_NAME: Shape = string("LogGroupName", b(1, 512), Some(&P4), &[]);
static S_LOG_GROUP_NAME_PATTERN: Shape = string("LogGroupNamePattern", b(0, 512), Some(&P5), &[]);
static S_LOG_GROUPS: Shape = list("LogGroups", &S_LOG_GROUP, "member", Bounds::NONE);
static S_LOG_STREAM: Shape = structure("LogStream", &[m("logStreamName", &S_LOG_STREAM_NAME), m("creationTime", &S_TIMESTAMP), m("firstEventTimestamp", &S_TIMESTAMP), m("lastEventTimestamp", &S_TIMESTAMP), m("lastIngestionTime", &S_TIMESTAMP), m("uploadSequenceToken", &S_SEQUENCE_TOKEN), m("arn", &S_ARN), m("storedBytes", &S_STORED_BYTES)]);
static S_LOG_STREAM_NAME: Shape = string("LogStreamName", b(1, 512), Some(&P2), &[]);
static S_LOG_STREAM_SEARCHED_COMPLETELY: Shape = scalar("LogStreamSearchedCompletely", Kind::Boolean);
static S_LOG_STREAMS: Shape = list("LogStreams", &S_LOG_STREAM, "member", Bounds::NONE);
static S_MESSAGE: Shape = string("Message", Bounds::NONE, None, &[]);
static S_NEXT_TOKEN: Shape = string("NextToken", b(1, i64::MAX), None, &[]);
static S_ORDER_BY: Shape = string("OrderBy", Bounds::NONE, None, &["LogStreamName", "LastEventTime"]);
static S_OUTPUT_LOG_EVENT: Shape = structure("OutputLogEvent", &[m("timestamp", &S_TIMESTAMP), m("message", &S_EVENT_MESSAGE), m("ingestionTime", &S_TIMESTAMP)]);
static S_OUTPUT_LOG_EVENTS: Shape = list("OutputLogEvents", &S_OUTPUT_LOG_EVENT, "member", Bounds::NONE);
static S_POLICY_NAME: Shape = string("PolicyName", Bounds::NONE, None, &[]);
static S_PUT_LOG_EVENTS_REQUEST: Shape = structure("PutLogEventsRequest", &[m("logGroupName", &S_LOG_GROUP_NAME).required().read(), m("logStreamName", &S_LOG_STREAM_NAME).required().read(), m("logEvents", &S_INPUT_LOG_EVENTS).required().read(), m("sequenceToken", &S_SEQUENCE_TOKEN).ignored("events are taken whatever the token is, as AWS does since 2023"), m("entity", &S_ENTITY)]);
static S_PUT_LOG_EVENTS_RESPONSE: Shape = structure("PutLogEventsResponse", &[m("nextSequenceToken", &S_SEQUENCE_TOKEN), m("rejectedLogEventsInfo", &S_REJECTED_LOG_EVENTS_INFO), m("rejectedEntityInfo", &S_REJECTED_ENTITY_INFO)]);
static S_PUT_RETENTION_POLICY_REQUEST: Shape = structure("PutRetentionPolicyRequest", &[m("logGroupName", &S_LOG_GROUP_NAME).required().read(), m("retentionInDays", &S_DAYS).required().read()]);
static S_PUT_SUBSCRIPTION_FILTER_REQUEST: Shape = structure("PutSubscriptionFilterRequest", &[m("logGroupName", &S_LOG_GROUP_NAME).required().read(), m("filterName", &S_FILTER_NAME).required().read(), m("filterPattern", &S_FILTER_PATTERN).required().read(), m("destinationArn", &S_DESTINATION_ARN).required().read(), m("roleArn", &S_ROLE_ARN).read(), m("distribution", &S_DISTRIBUTION).read(), m("applyOnTransformedLogs", &S_APPLY_ON_TRANSFORMED_LOGS), m("fieldSelectionCriteria", &S_FIELD_SELECTION_CRITERIA), m("emitSystemFields", &S_EMIT_SYSTEM_FIELDS)]);
static S_REJECTED_ENTITY_INFO: Shape = structure("RejectedEntityInfo", &[m("errorType", &S_ENTITY_REJECTION_ERROR_TYPE).required()]);
static S_REJECTED_LOG_EVENTS_INFO: Shape = structure("RejectedLogEventsInfo", &[m("tooNewLogEventStartIndex", &S_LOG_EVENT_INDEX), m("tooOldLogEventEndIndex", &S_LOG_EVENT_INDEX), m("expiredLogEventEndIndex", &S_LOG_EVENT_INDEX)]);
static S_ROLE_ARN: Shape = string("RoleArn", b(1, i64::MAX), None, &[]);
static S_SEARCHED_LOG_STREAM: Shape = structure("SearchedLogStream", &[m("logStreamName", &S_LOG_STREAM_NAME), m("searchedCompletely", &S_LOG_STREAM_SEARCHED_COMPLETELY)]);
static S_SEARCHED_LOG_STREAMS: Shape = list("SearchedLogStreams", &S_SEARCHED_LOG_STREAM, "member", Bounds::NONE);
static S_SEQUENCE_TOKEN: Shape = string("SequenceToken", b(1, i64::MAX), None, &[]);
static S_START_FROM_HEAD: Shape = scalar("StartFromHead", Kind::Boolean);
static S_STORED_BYTES: Shape = scalar("StoredBytes", Kind::Long(Bounds::NONE));
static S_SUBSCRIPTION_FILTER: Shape = structure("SubscriptionFilter", &[m("filterName", &S_FILTER_NAME), m("logGroupName", &S_LOG_GROUP_NAME), m("filterPattern", &S_FILTER_PATTERN), m("destinationArn", &S_DESTINATION_ARN), m("roleArn", &S_ROLE_ARN), m("distribution", &S_DISTRIBUTION), m("applyOnTransformedLogs", &S_APPLY_ON_TRANSFORMED_LOGS), m("creationTime", &S_TIMESTAMP), m("fieldSelectionCriteria", &S_FIELD_SELECTION_CRITERIA), m("emitSystemFields", &S_EMIT_SYSTEM_FIELDS)]);
static S_SUBSCRIPTION_FILTERS: Shape = list("SubscriptionFilters", &S_SUBSCRIPTION_FILTER, "member", Bounds::NONE);
static S_SYSTEM_FIELD: Shape = string("SystemField", Bounds::NONE, None, &[]);
static S_TAG_KEY: Shape = string("TagKey", b(1, 128), Some(&P6), &[]);
static S_TAG_KEY_LIST: Shape = list("TagKeyList", &S_TAG_KEY, "member", b(0, 50));
static S_TAG_LIST: Shape = list("TagList", &S_TAG_KEY, "member", b(1, i64::MAX));
static S_TAG_LOG_GROUP_REQUEST: Shape = structure("TagLogGroupRequest", &[m("logGroupName", &S_LOG_GROUP_NAME).required().read(), m("tags", &S_TAGS).required().read()]);
static S_TAG_RESOURCE_REQUEST: Shape = structure("TagResourceRequest", &[m("resourceArn", &S_AMAZON_RESOURCE_NAME).required().read(), m("tags", &S_TAGS).required().read()]);
static S_TAG_VALUE: Shape = string("TagValue", b(i64::MIN, 256), Some(&P7), &[]);
static S_TAGS: Shape = map("Tags", &S_TAG_KEY, &S_TAG_VALUE, b(1, 50));
static S_TIMESTAMP: Shape = scalar("Timestamp", Kind::Long(b(0, i64::MAX)));
static S_UNMASK: Shape = scalar("Unmask", Kind::Boolean);
static S_UNTAG_LOG_GROUP_REQUEST: Shape = structure("UntagLogGroupRequest", &[m("logGroupName", &S_LOG_GROUP_NAME).required().read(), m("tags", &S_TAG_LIST).required().read()]);
static S_UNTAG_RESOURCE_REQUEST: Shape = structure("UntagResourceRequest", &[m("resourceArn", &S_AMAZON_RESOURCE_NAME).required().read(), m("tagKeys", &S_TAG_KEY_LIST).required().read()]);
static P0: Pattern = Pattern::new("^\\d{12}$", "^\\d{12}$");
static P1: Pattern = Pattern::new("[\\w+=/:,.@-]*", "[\\w+=/:,.@-]*");
static P2: Pattern = Pattern::new("[^:*]*", "[^:*]*");
static P3: Pattern = Pattern::new("[\\w#+=/:,.@-]*", "[\\w#+=/:,.@-]*");
static P4: Pattern = Pattern::new("[\\.\\-_/#A-Za-z0-9]+", "[\\.\\-_/#A-Za-z0-9]+");
static P5: Pattern = Pattern::new("[\\.\\-_/#A-Za-z0-9]*", "[\\.\\-_/#A-Za-z0-9]*");
static P6: Pattern = Pattern::tag_text("^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+)$");
static P7: Pattern = Pattern::tag_text("^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$");
