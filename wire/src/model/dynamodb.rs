//! Amazon DynamoDB 2012-08-10. Written by `cargo xtask codegen`.
#![allow(clippy::all)]
#![allow(unused_imports, reason = "no table needs every one")]
use super::build::*;
use super::op::{self, dynamodb::Op};
use super::operation::{ErrorShape, Operation, Protocol, Route, Service};
use super::pattern::Pattern;
use super::shape::{Bounds, Kind, Location, Member, Shape};

/// The service.
pub static SERVICE: Service = Service { name: "dynamodb", signing: "dynamodb", version: "2012-08-10", protocol: Protocol::Json, namespace: "", target: "DynamoDB_20120810", json: "1.0", error_prefix: "com.amazonaws.dynamodb.v20120810#", operations: &OPERATIONS, errors: &ERRORS, unsupported: &UNSUPPORTED, also: None };

static OPERATIONS: [Operation; 26] = [
    Operation { op: op::Op::Dynamodb(Op::BatchExecuteStatement), name: "BatchExecuteStatement", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_BATCH_EXECUTE_STATEMENT_INPUT), output: Some(&S_BATCH_EXECUTE_STATEMENT_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodb(Op::BatchGetItem), name: "BatchGetItem", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_BATCH_GET_ITEM_INPUT), output: Some(&S_BATCH_GET_ITEM_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodb(Op::BatchWriteItem), name: "BatchWriteItem", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_BATCH_WRITE_ITEM_INPUT), output: Some(&S_BATCH_WRITE_ITEM_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodb(Op::CreateTable), name: "CreateTable", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CREATE_TABLE_INPUT), output: Some(&S_CREATE_TABLE_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodb(Op::DeleteItem), name: "DeleteItem", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_ITEM_INPUT), output: Some(&S_DELETE_ITEM_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodb(Op::DeleteTable), name: "DeleteTable", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_TABLE_INPUT), output: Some(&S_DELETE_TABLE_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodb(Op::DescribeContinuousBackups), name: "DescribeContinuousBackups", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DESCRIBE_CONTINUOUS_BACKUPS_INPUT), output: Some(&S_DESCRIBE_CONTINUOUS_BACKUPS_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodb(Op::DescribeEndpoints), name: "DescribeEndpoints", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DESCRIBE_ENDPOINTS_REQUEST), output: Some(&S_DESCRIBE_ENDPOINTS_RESPONSE), note: "" },
    Operation { op: op::Op::Dynamodb(Op::DescribeLimits), name: "DescribeLimits", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DESCRIBE_LIMITS_INPUT), output: Some(&S_DESCRIBE_LIMITS_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodb(Op::DescribeTable), name: "DescribeTable", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DESCRIBE_TABLE_INPUT), output: Some(&S_DESCRIBE_TABLE_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodb(Op::DescribeTimeToLive), name: "DescribeTimeToLive", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DESCRIBE_TIME_TO_LIVE_INPUT), output: Some(&S_DESCRIBE_TIME_TO_LIVE_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodb(Op::ExecuteStatement), name: "ExecuteStatement", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_EXECUTE_STATEMENT_INPUT), output: Some(&S_EXECUTE_STATEMENT_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodb(Op::ExecuteTransaction), name: "ExecuteTransaction", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_EXECUTE_TRANSACTION_INPUT), output: Some(&S_EXECUTE_TRANSACTION_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodb(Op::GetItem), name: "GetItem", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_ITEM_INPUT), output: Some(&S_GET_ITEM_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodb(Op::ListTables), name: "ListTables", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_TABLES_INPUT), output: Some(&S_LIST_TABLES_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodb(Op::ListTagsOfResource), name: "ListTagsOfResource", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_TAGS_OF_RESOURCE_INPUT), output: Some(&S_LIST_TAGS_OF_RESOURCE_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodb(Op::PutItem), name: "PutItem", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PUT_ITEM_INPUT), output: Some(&S_PUT_ITEM_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodb(Op::Query), name: "Query", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_QUERY_INPUT), output: Some(&S_QUERY_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodb(Op::Scan), name: "Scan", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_SCAN_INPUT), output: Some(&S_SCAN_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodb(Op::TagResource), name: "TagResource", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_TAG_RESOURCE_INPUT), output: None, note: "" },
    Operation { op: op::Op::Dynamodb(Op::TransactGetItems), name: "TransactGetItems", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_TRANSACT_GET_ITEMS_INPUT), output: Some(&S_TRANSACT_GET_ITEMS_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodb(Op::TransactWriteItems), name: "TransactWriteItems", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_TRANSACT_WRITE_ITEMS_INPUT), output: Some(&S_TRANSACT_WRITE_ITEMS_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodb(Op::UntagResource), name: "UntagResource", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UNTAG_RESOURCE_INPUT), output: None, note: "" },
    Operation { op: op::Op::Dynamodb(Op::UpdateItem), name: "UpdateItem", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UPDATE_ITEM_INPUT), output: Some(&S_UPDATE_ITEM_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodb(Op::UpdateTable), name: "UpdateTable", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UPDATE_TABLE_INPUT), output: Some(&S_UPDATE_TABLE_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodb(Op::UpdateTimeToLive), name: "UpdateTimeToLive", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UPDATE_TIME_TO_LIVE_INPUT), output: Some(&S_UPDATE_TIME_TO_LIVE_OUTPUT), note: "" },
];

static ERRORS: [ErrorShape; 18] = [
    ErrorShape { code: "AccessDeniedException", query: None, status: 400, members: &[] },
    ErrorShape { code: "ConditionalCheckFailedException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE), m("Item", &S_ATTRIBUTE_MAP)] },
    ErrorShape { code: "DuplicateItemException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "IdempotentParameterMismatchException", query: None, status: 400, members: &[m("Message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "InternalServerError", query: None, status: 500, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "ItemCollectionSizeLimitExceededException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "LimitExceededException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "ProvisionedThroughputExceededException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE), m("ThrottlingReasons", &S_THROTTLING_REASON_LIST)] },
    ErrorShape { code: "ReplicatedWriteConflictException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "RequestLimitExceeded", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE), m("ThrottlingReasons", &S_THROTTLING_REASON_LIST)] },
    ErrorShape { code: "ResourceInUseException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "ResourceNotFoundException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "TableNotFoundException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "ThrottlingException", query: None, status: 400, members: &[m("message", &S_AVAILABILITY_ERROR_MESSAGE), m("throttlingReasons", &S_THROTTLING_REASON_LIST)] },
    ErrorShape { code: "TransactionCanceledException", query: None, status: 400, members: &[m("Message", &S_ERROR_MESSAGE), m("CancellationReasons", &S_CANCELLATION_REASON_LIST)] },
    ErrorShape { code: "TransactionConflictException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "TransactionInProgressException", query: None, status: 400, members: &[m("Message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "ValidationException", query: None, status: 400, members: &[] },
];

static UNSUPPORTED: [Route; 0] = [
];

static S_ARCHIVAL_REASON: Shape = string("ArchivalReason", Bounds::NONE, None, &[]);
static S_ARCHIVAL_SUMMARY: Shape = structure("ArchivalSummary", &[m("ArchivalDateTime", &S_DATE), m("ArchivalReason", &S_ARCHIVAL_REASON), m("ArchivalBackupArn", &S_BACKUP_ARN)]);
static S_ATTRIBUTE_ACTION: Shape = string("AttributeAction", Bounds::NONE, None, &["ADD", "PUT", "DELETE"]);
static S_ATTRIBUTE_DEFINITION: Shape = structure("AttributeDefinition", &[m("AttributeName", &S_KEY_SCHEMA_ATTRIBUTE_NAME).required().read(), m("AttributeType", &S_SCALAR_ATTRIBUTE_TYPE).required().read()]);
static S_ATTRIBUTE_DEFINITIONS: Shape = list("AttributeDefinitions", &S_ATTRIBUTE_DEFINITION, "member", Bounds::NONE);
static S_ATTRIBUTE_MAP: Shape = map("AttributeMap", &S_ATTRIBUTE_NAME, &S_ATTRIBUTE_VALUE, Bounds::NONE);
static S_ATTRIBUTE_NAME: Shape = string("AttributeName", b(i64::MIN, 65535), None, &[]);
static S_ATTRIBUTE_NAME_LIST: Shape = list("AttributeNameList", &S_ATTRIBUTE_NAME, "member", b(1, i64::MAX));
static S_ATTRIBUTE_UPDATES: Shape = map("AttributeUpdates", &S_ATTRIBUTE_NAME, &S_ATTRIBUTE_VALUE_UPDATE, Bounds::NONE);
static S_ATTRIBUTE_VALUE: Shape = structure("AttributeValue", &[m("S", &S_STRING_ATTRIBUTE_VALUE).read(), m("N", &S_NUMBER_ATTRIBUTE_VALUE).read(), m("B", &S_BINARY_ATTRIBUTE_VALUE).read(), m("SS", &S_STRING_SET_ATTRIBUTE_VALUE).read(), m("NS", &S_NUMBER_SET_ATTRIBUTE_VALUE).read(), m("BS", &S_BINARY_SET_ATTRIBUTE_VALUE).read(), m("M", &S_MAP_ATTRIBUTE_VALUE).read(), m("L", &S_LIST_ATTRIBUTE_VALUE).read(), m("NULL", &S_NULL_ATTRIBUTE_VALUE).read(), m("BOOL", &S_BOOLEAN_ATTRIBUTE_VALUE).read()]);
static S_ATTRIBUTE_VALUE_LIST: Shape = list("AttributeValueList", &S_ATTRIBUTE_VALUE, "member", Bounds::NONE);
static S_ATTRIBUTE_VALUE_UPDATE: Shape = structure("AttributeValueUpdate", &[m("Value", &S_ATTRIBUTE_VALUE).read(), m("Action", &S_ATTRIBUTE_ACTION).read()]);
static S_AVAILABILITY_ERROR_MESSAGE: Shape = string("AvailabilityErrorMessage", Bounds::NONE, None, &[]);
static S_BACKFILLING: Shape = scalar("Backfilling", Kind::Boolean);
static S_BACKUP_ARN: Shape = string("BackupArn", Bounds::NONE, None, &[]);
static S_BATCH_EXECUTE_STATEMENT_INPUT: Shape = structure("BatchExecuteStatementInput", &[m("Statements", &S_PARTI_QLBATCH_REQUEST).required().read(), m("ReturnConsumedCapacity", &S_RETURN_CONSUMED_CAPACITY).read()]);
static S_BATCH_EXECUTE_STATEMENT_OUTPUT: Shape = structure("BatchExecuteStatementOutput", &[m("Responses", &S_PARTI_QLBATCH_RESPONSE), m("ConsumedCapacity", &S_CONSUMED_CAPACITY_MULTIPLE)]);
static S_BATCH_GET_ITEM_INPUT: Shape = structure("BatchGetItemInput", &[m("RequestItems", &S_BATCH_GET_REQUEST_MAP).required().read(), m("ReturnConsumedCapacity", &S_RETURN_CONSUMED_CAPACITY).read()]);
static S_BATCH_GET_ITEM_OUTPUT: Shape = structure("BatchGetItemOutput", &[m("Responses", &S_BATCH_GET_RESPONSE_MAP), m("UnprocessedKeys", &S_BATCH_GET_REQUEST_MAP), m("ConsumedCapacity", &S_CONSUMED_CAPACITY_MULTIPLE)]);
static S_BATCH_GET_REQUEST_MAP: Shape = map("BatchGetRequestMap", &S_TABLE_ARN, &S_KEYS_AND_ATTRIBUTES, b(1, 100));
static S_BATCH_GET_RESPONSE_MAP: Shape = map("BatchGetResponseMap", &S_TABLE_ARN, &S_ITEM_LIST, Bounds::NONE);
static S_BATCH_STATEMENT_ERROR: Shape = structure("BatchStatementError", &[m("Code", &S_BATCH_STATEMENT_ERROR_CODE_ENUM), m("Message", &S_STRING), m("Item", &S_ATTRIBUTE_MAP)]);
static S_BATCH_STATEMENT_ERROR_CODE_ENUM: Shape = string("BatchStatementErrorCodeEnum", Bounds::NONE, None, &[]);
static S_BATCH_STATEMENT_REQUEST: Shape = structure("BatchStatementRequest", &[m("Statement", &S_PARTI_QLSTATEMENT).required().read(), m("Parameters", &S_PREPARED_STATEMENT_PARAMETERS).read(), m("ConsistentRead", &S_CONSISTENT_READ).read(), m("ReturnValuesOnConditionCheckFailure", &S_RETURN_VALUES_ON_CONDITION_CHECK_FAILURE).read()]);
static S_BATCH_STATEMENT_RESPONSE: Shape = structure("BatchStatementResponse", &[m("Error", &S_BATCH_STATEMENT_ERROR), m("TableName", &S_TABLE_NAME), m("Item", &S_ATTRIBUTE_MAP)]);
static S_BATCH_WRITE_ITEM_INPUT: Shape = structure("BatchWriteItemInput", &[m("RequestItems", &S_BATCH_WRITE_ITEM_REQUEST_MAP).required().read(), m("ReturnConsumedCapacity", &S_RETURN_CONSUMED_CAPACITY).read(), m("ReturnItemCollectionMetrics", &S_RETURN_ITEM_COLLECTION_METRICS).read()]);
static S_BATCH_WRITE_ITEM_OUTPUT: Shape = structure("BatchWriteItemOutput", &[m("UnprocessedItems", &S_BATCH_WRITE_ITEM_REQUEST_MAP), m("ItemCollectionMetrics", &S_ITEM_COLLECTION_METRICS_PER_TABLE), m("ConsumedCapacity", &S_CONSUMED_CAPACITY_MULTIPLE)]);
static S_BATCH_WRITE_ITEM_REQUEST_MAP: Shape = map("BatchWriteItemRequestMap", &S_TABLE_ARN, &S_WRITE_REQUESTS, b(1, 25));
static S_BILLING_MODE: Shape = string("BillingMode", Bounds::NONE, None, &["PROVISIONED", "PAY_PER_REQUEST"]);
static S_BILLING_MODE_SUMMARY: Shape = structure("BillingModeSummary", &[m("BillingMode", &S_BILLING_MODE), m("LastUpdateToPayPerRequestDateTime", &S_DATE)]);
static S_BINARY_ATTRIBUTE_VALUE: Shape = scalar("BinaryAttributeValue", Kind::Blob(Bounds::NONE));
static S_BINARY_SET_ATTRIBUTE_VALUE: Shape = list("BinarySetAttributeValue", &S_BINARY_ATTRIBUTE_VALUE, "member", Bounds::NONE);
static S_BOOLEAN_ATTRIBUTE_VALUE: Shape = scalar("BooleanAttributeValue", Kind::Boolean);
static S_BOOLEAN_OBJECT: Shape = scalar("BooleanObject", Kind::Boolean);
static S_CANCELLATION_REASON: Shape = structure("CancellationReason", &[m("Item", &S_ATTRIBUTE_MAP), m("Code", &S_CODE), m("Message", &S_ERROR_MESSAGE)]);
static S_CANCELLATION_REASON_LIST: Shape = list("CancellationReasonList", &S_CANCELLATION_REASON, "member", Bounds::NONE);
static S_CAPACITY: Shape = structure("Capacity", &[m("ReadCapacityUnits", &S_CONSUMED_CAPACITY_UNITS), m("WriteCapacityUnits", &S_CONSUMED_CAPACITY_UNITS), m("CapacityUnits", &S_CONSUMED_CAPACITY_UNITS)]);
static S_CLIENT_REQUEST_TOKEN: Shape = string("ClientRequestToken", b(1, 36), None, &[]);
static S_CODE: Shape = string("Code", Bounds::NONE, None, &[]);
static S_COMPARISON_OPERATOR: Shape = string("ComparisonOperator", Bounds::NONE, None, &["EQ", "NE", "IN", "LE", "LT", "GE", "GT", "BETWEEN", "NOT_NULL", "NULL", "CONTAINS", "NOT_CONTAINS", "BEGINS_WITH"]);
static S_CONDITION: Shape = structure("Condition", &[m("AttributeValueList", &S_ATTRIBUTE_VALUE_LIST).read(), m("ComparisonOperator", &S_COMPARISON_OPERATOR).required().read()]);
static S_CONDITION_CHECK: Shape = structure("ConditionCheck", &[m("Key", &S_KEY).required().read(), m("TableName", &S_TABLE_ARN).required().read(), m("ConditionExpression", &S_CONDITION_EXPRESSION).required().read(), m("ExpressionAttributeNames", &S_EXPRESSION_ATTRIBUTE_NAME_MAP).read(), m("ExpressionAttributeValues", &S_EXPRESSION_ATTRIBUTE_VALUE_MAP).read(), m("ReturnValuesOnConditionCheckFailure", &S_RETURN_VALUES_ON_CONDITION_CHECK_FAILURE).read()]);
static S_CONDITION_EXPRESSION: Shape = string("ConditionExpression", Bounds::NONE, None, &[]);
static S_CONDITIONAL_OPERATOR: Shape = string("ConditionalOperator", Bounds::NONE, None, &["AND", "OR"]);
static S_CONSISTENT_READ: Shape = scalar("ConsistentRead", Kind::Boolean);
static S_CONSUMED_CAPACITY: Shape = structure("ConsumedCapacity", &[m("TableName", &S_TABLE_ARN), m("CapacityUnits", &S_CONSUMED_CAPACITY_UNITS), m("ReadCapacityUnits", &S_CONSUMED_CAPACITY_UNITS), m("WriteCapacityUnits", &S_CONSUMED_CAPACITY_UNITS), m("Table", &S_CAPACITY), m("LocalSecondaryIndexes", &S_SECONDARY_INDEXES_CAPACITY_MAP), m("GlobalSecondaryIndexes", &S_SECONDARY_INDEXES_CAPACITY_MAP), m("VectorIndexes", &S_VECTOR_INDEXES_CAPACITY_MAP)]);
static S_CONSUMED_CAPACITY_MULTIPLE: Shape = list("ConsumedCapacityMultiple", &S_CONSUMED_CAPACITY, "member", Bounds::NONE);
static S_CONSUMED_CAPACITY_UNITS: Shape = scalar("ConsumedCapacityUnits", Kind::Double(Bounds::NONE));
static S_CONTINUOUS_BACKUPS_DESCRIPTION: Shape = structure("ContinuousBackupsDescription", &[m("ContinuousBackupsStatus", &S_CONTINUOUS_BACKUPS_STATUS).required(), m("PointInTimeRecoveryDescription", &S_POINT_IN_TIME_RECOVERY_DESCRIPTION)]);
static S_CONTINUOUS_BACKUPS_STATUS: Shape = string("ContinuousBackupsStatus", Bounds::NONE, None, &[]);
static S_CREATE_GLOBAL_SECONDARY_INDEX_ACTION: Shape = structure("CreateGlobalSecondaryIndexAction", &[m("IndexName", &S_INDEX_NAME).required().read(), m("KeySchema", &S_KEY_SCHEMA).required().read(), m("Projection", &S_PROJECTION).required().read(), m("ProvisionedThroughput", &S_PROVISIONED_THROUGHPUT).read(), m("OnDemandThroughput", &S_ON_DEMAND_THROUGHPUT).read(), m("WarmThroughput", &S_WARM_THROUGHPUT)]);
static S_CREATE_GLOBAL_TABLE_WITNESS_GROUP_MEMBER_ACTION: Shape = structure("CreateGlobalTableWitnessGroupMemberAction", &[m("RegionName", &S_REGION_NAME).required()]);
static S_CREATE_REPLICATION_GROUP_MEMBER_ACTION: Shape = structure("CreateReplicationGroupMemberAction", &[m("RegionName", &S_REGION_NAME).required(), m("KMSMasterKeyId", &S_KMSMASTER_KEY_ID), m("ProvisionedThroughputOverride", &S_PROVISIONED_THROUGHPUT_OVERRIDE), m("OnDemandThroughputOverride", &S_ON_DEMAND_THROUGHPUT_OVERRIDE), m("GlobalSecondaryIndexes", &S_REPLICA_GLOBAL_SECONDARY_INDEX_LIST), m("TableClassOverride", &S_TABLE_CLASS)]);
static S_CREATE_TABLE_INPUT: Shape = structure("CreateTableInput", &[m("AttributeDefinitions", &S_ATTRIBUTE_DEFINITIONS).read(), m("TableName", &S_TABLE_ARN).required().read(), m("KeySchema", &S_KEY_SCHEMA).read(), m("LocalSecondaryIndexes", &S_LOCAL_SECONDARY_INDEX_LIST).read(), m("GlobalSecondaryIndexes", &S_GLOBAL_SECONDARY_INDEX_LIST).read(), m("BillingMode", &S_BILLING_MODE).read(), m("ProvisionedThroughput", &S_PROVISIONED_THROUGHPUT).read(), m("StreamSpecification", &S_STREAM_SPECIFICATION).read(), m("SSESpecification", &S_SSESPECIFICATION).within(), m("Tags", &S_TAG_LIST).read(), m("TableClass", &S_TABLE_CLASS).read(), m("DeletionProtectionEnabled", &S_DELETION_PROTECTION_ENABLED).read(), m("WarmThroughput", &S_WARM_THROUGHPUT), m("ResourcePolicy", &S_RESOURCE_POLICY), m("OnDemandThroughput", &S_ON_DEMAND_THROUGHPUT).read(), m("GlobalTableSourceArn", &S_TABLE_ARN), m("GlobalTableSettingsReplicationMode", &S_GLOBAL_TABLE_SETTINGS_REPLICATION_MODE), m("VectorIndexes", &S_VECTOR_INDEX_LIST)]);
static S_CREATE_TABLE_OUTPUT: Shape = structure("CreateTableOutput", &[m("TableDescription", &S_TABLE_DESCRIPTION)]);
static S_CREATE_VECTOR_INDEX_ACTION: Shape = structure("CreateVectorIndexAction", &[m("IndexName", &S_INDEX_NAME).required(), m("VectorAttribute", &S_VECTOR_ATTRIBUTE_DEFINITION).required(), m("SearchSchema", &S_SEARCH_SCHEMA), m("Projection", &S_PROJECTION).required(), m("Dimensions", &S_POSITIVE_LONG_OBJECT).required(), m("DistanceFunction", &S_VECTOR_DISTANCE_FUNCTION).required()]);
static S_DATE: Shape = scalar("Date", Kind::Timestamp);
static S_DELETE: Shape = structure("Delete", &[m("Key", &S_KEY).required().read(), m("TableName", &S_TABLE_ARN).required().read(), m("ConditionExpression", &S_CONDITION_EXPRESSION).read(), m("ExpressionAttributeNames", &S_EXPRESSION_ATTRIBUTE_NAME_MAP).read(), m("ExpressionAttributeValues", &S_EXPRESSION_ATTRIBUTE_VALUE_MAP).read(), m("ReturnValuesOnConditionCheckFailure", &S_RETURN_VALUES_ON_CONDITION_CHECK_FAILURE).read()]);
static S_DELETE_GLOBAL_SECONDARY_INDEX_ACTION: Shape = structure("DeleteGlobalSecondaryIndexAction", &[m("IndexName", &S_INDEX_NAME).required().read()]);
static S_DELETE_GLOBAL_TABLE_WITNESS_GROUP_MEMBER_ACTION: Shape = structure("DeleteGlobalTableWitnessGroupMemberAction", &[m("RegionName", &S_REGION_NAME).required()]);
static S_DELETE_ITEM_INPUT: Shape = structure("DeleteItemInput", &[m("TableName", &S_TABLE_ARN).required().read(), m("Key", &S_KEY).required().read(), m("Expected", &S_EXPECTED_ATTRIBUTE_MAP).read(), m("ConditionalOperator", &S_CONDITIONAL_OPERATOR).read(), m("ReturnValues", &S_RETURN_VALUE).read(), m("ReturnConsumedCapacity", &S_RETURN_CONSUMED_CAPACITY).read(), m("ReturnItemCollectionMetrics", &S_RETURN_ITEM_COLLECTION_METRICS).read(), m("ConditionExpression", &S_CONDITION_EXPRESSION).read(), m("ExpressionAttributeNames", &S_EXPRESSION_ATTRIBUTE_NAME_MAP).read(), m("ExpressionAttributeValues", &S_EXPRESSION_ATTRIBUTE_VALUE_MAP).read(), m("ReturnValuesOnConditionCheckFailure", &S_RETURN_VALUES_ON_CONDITION_CHECK_FAILURE).read()]);
static S_DELETE_ITEM_OUTPUT: Shape = structure("DeleteItemOutput", &[m("Attributes", &S_ATTRIBUTE_MAP), m("ConsumedCapacity", &S_CONSUMED_CAPACITY), m("ItemCollectionMetrics", &S_ITEM_COLLECTION_METRICS)]);
static S_DELETE_REPLICATION_GROUP_MEMBER_ACTION: Shape = structure("DeleteReplicationGroupMemberAction", &[m("RegionName", &S_REGION_NAME).required()]);
static S_DELETE_REQUEST: Shape = structure("DeleteRequest", &[m("Key", &S_KEY).required().read()]);
static S_DELETE_TABLE_INPUT: Shape = structure("DeleteTableInput", &[m("TableName", &S_TABLE_ARN).required().read()]);
static S_DELETE_TABLE_OUTPUT: Shape = structure("DeleteTableOutput", &[m("TableDescription", &S_TABLE_DESCRIPTION)]);
static S_DELETE_VECTOR_INDEX_ACTION: Shape = structure("DeleteVectorIndexAction", &[m("IndexName", &S_INDEX_NAME).required()]);
static S_DELETION_PROTECTION_ENABLED: Shape = scalar("DeletionProtectionEnabled", Kind::Boolean);
static S_DESCRIBE_CONTINUOUS_BACKUPS_INPUT: Shape = structure("DescribeContinuousBackupsInput", &[m("TableName", &S_TABLE_ARN).required().read()]);
static S_DESCRIBE_CONTINUOUS_BACKUPS_OUTPUT: Shape = structure("DescribeContinuousBackupsOutput", &[m("ContinuousBackupsDescription", &S_CONTINUOUS_BACKUPS_DESCRIPTION)]);
static S_DESCRIBE_ENDPOINTS_REQUEST: Shape = structure("DescribeEndpointsRequest", &[]);
static S_DESCRIBE_ENDPOINTS_RESPONSE: Shape = structure("DescribeEndpointsResponse", &[m("Endpoints", &S_ENDPOINTS).required()]);
static S_DESCRIBE_LIMITS_INPUT: Shape = structure("DescribeLimitsInput", &[]);
static S_DESCRIBE_LIMITS_OUTPUT: Shape = structure("DescribeLimitsOutput", &[m("AccountMaxReadCapacityUnits", &S_POSITIVE_LONG_OBJECT), m("AccountMaxWriteCapacityUnits", &S_POSITIVE_LONG_OBJECT), m("TableMaxReadCapacityUnits", &S_POSITIVE_LONG_OBJECT), m("TableMaxWriteCapacityUnits", &S_POSITIVE_LONG_OBJECT)]);
static S_DESCRIBE_TABLE_INPUT: Shape = structure("DescribeTableInput", &[m("TableName", &S_TABLE_ARN).required().read()]);
static S_DESCRIBE_TABLE_OUTPUT: Shape = structure("DescribeTableOutput", &[m("Table", &S_TABLE_DESCRIPTION)]);
static S_DESCRIBE_TIME_TO_LIVE_INPUT: Shape = structure("DescribeTimeToLiveInput", &[m("TableName", &S_TABLE_ARN).required().read()]);
static S_DESCRIBE_TIME_TO_LIVE_OUTPUT: Shape = structure("DescribeTimeToLiveOutput", &[m("TimeToLiveDescription", &S_TIME_TO_LIVE_DESCRIPTION)]);
static S_DISASSOCIATE_REPLICATION_GROUP_MEMBER_ACTION: Shape = structure("DisassociateReplicationGroupMemberAction", &[m("RegionName", &S_REGION_NAME).required(), m("DisassociationMode", &S_DISASSOCIATION_MODE).required()]);
static S_DISASSOCIATION_MODE: Shape = string("DisassociationMode", Bounds::NONE, None, &["WAIT_FOR_REPLICATION"]);
static S_DISASSOCIATION_PROTECTION_ENABLED: Shape = scalar("DisassociationProtectionEnabled", Kind::Boolean);
static S_ENDPOINT: Shape = structure("Endpoint", &[m("Address", &S_STRING).required(), m("CachePeriodInMinutes", &S_LONG).required()]);
static S_ENDPOINTS: Shape = list("Endpoints", &S_ENDPOINT, "member", Bounds::NONE);
static S_ERROR_MESSAGE: Shape = string("ErrorMessage", Bounds::NONE, None, &[]);
static S_EXECUTE_STATEMENT_INPUT: Shape = structure("ExecuteStatementInput", &[m("Statement", &S_PARTI_QLSTATEMENT).required().read(), m("Parameters", &S_PREPARED_STATEMENT_PARAMETERS).read(), m("ConsistentRead", &S_CONSISTENT_READ).read(), m("NextToken", &S_PARTI_QLNEXT_TOKEN).read(), m("ReturnConsumedCapacity", &S_RETURN_CONSUMED_CAPACITY).read(), m("Limit", &S_POSITIVE_INTEGER_OBJECT).read(), m("ReturnValuesOnConditionCheckFailure", &S_RETURN_VALUES_ON_CONDITION_CHECK_FAILURE).read()]);
static S_EXECUTE_STATEMENT_OUTPUT: Shape = structure("ExecuteStatementOutput", &[m("Items", &S_ITEM_LIST), m("NextToken", &S_PARTI_QLNEXT_TOKEN), m("ConsumedCapacity", &S_CONSUMED_CAPACITY), m("LastEvaluatedKey", &S_KEY)]);
static S_EXECUTE_TRANSACTION_INPUT: Shape = structure("ExecuteTransactionInput", &[m("TransactStatements", &S_PARAMETERIZED_STATEMENTS).required().read(), m("ClientRequestToken", &S_CLIENT_REQUEST_TOKEN).token().read(), m("ReturnConsumedCapacity", &S_RETURN_CONSUMED_CAPACITY).read()]);
static S_EXECUTE_TRANSACTION_OUTPUT: Shape = structure("ExecuteTransactionOutput", &[m("Responses", &S_ITEM_RESPONSE_LIST), m("ConsumedCapacity", &S_CONSUMED_CAPACITY_MULTIPLE)]);
static S_EXPECTED_ATTRIBUTE_MAP: Shape = map("ExpectedAttributeMap", &S_ATTRIBUTE_NAME, &S_EXPECTED_ATTRIBUTE_VALUE, Bounds::NONE);
static S_EXPECTED_ATTRIBUTE_VALUE: Shape = structure("ExpectedAttributeValue", &[m("Value", &S_ATTRIBUTE_VALUE).read(), m("Exists", &S_BOOLEAN_OBJECT).read(), m("ComparisonOperator", &S_COMPARISON_OPERATOR).read(), m("AttributeValueList", &S_ATTRIBUTE_VALUE_LIST).read()]);
static S_EXPRESSION_ATTRIBUTE_NAME_MAP: Shape = map("ExpressionAttributeNameMap", &S_EXPRESSION_ATTRIBUTE_NAME_VARIABLE, &S_ATTRIBUTE_NAME, Bounds::NONE);
static S_EXPRESSION_ATTRIBUTE_NAME_VARIABLE: Shape = string("ExpressionAttributeNameVariable", Bounds::NONE, None, &[]);
static S_EXPRESSION_ATTRIBUTE_VALUE_MAP: Shape = map("ExpressionAttributeValueMap", &S_EXPRESSION_ATTRIBUTE_VALUE_VARIABLE, &S_ATTRIBUTE_VALUE, Bounds::NONE);
static S_EXPRESSION_ATTRIBUTE_VALUE_VARIABLE: Shape = string("ExpressionAttributeValueVariable", Bounds::NONE, None, &[]);
static S_FILTER_CONDITION_MAP: Shape = map("FilterConditionMap", &S_ATTRIBUTE_NAME, &S_CONDITION, Bounds::NONE);
static S_GET: Shape = structure("Get", &[m("Key", &S_KEY).required().read(), m("TableName", &S_TABLE_ARN).required().read(), m("ProjectionExpression", &S_PROJECTION_EXPRESSION).read(), m("ExpressionAttributeNames", &S_EXPRESSION_ATTRIBUTE_NAME_MAP).read()]);
static S_GET_ITEM_INPUT: Shape = structure("GetItemInput", &[m("TableName", &S_TABLE_ARN).required().read(), m("Key", &S_KEY).required().read(), m("AttributesToGet", &S_ATTRIBUTE_NAME_LIST).read(), m("ConsistentRead", &S_CONSISTENT_READ).read(), m("ReturnConsumedCapacity", &S_RETURN_CONSUMED_CAPACITY).read(), m("ProjectionExpression", &S_PROJECTION_EXPRESSION).read(), m("ExpressionAttributeNames", &S_EXPRESSION_ATTRIBUTE_NAME_MAP).read()]);
static S_GET_ITEM_OUTPUT: Shape = structure("GetItemOutput", &[m("Item", &S_ATTRIBUTE_MAP), m("ConsumedCapacity", &S_CONSUMED_CAPACITY)]);
static S_GLOBAL_SECONDARY_INDEX: Shape = structure("GlobalSecondaryIndex", &[m("IndexName", &S_INDEX_NAME).required().read(), m("KeySchema", &S_KEY_SCHEMA).required().read(), m("Projection", &S_PROJECTION).required().read(), m("ProvisionedThroughput", &S_PROVISIONED_THROUGHPUT).read(), m("OnDemandThroughput", &S_ON_DEMAND_THROUGHPUT).read(), m("WarmThroughput", &S_WARM_THROUGHPUT)]);
static S_GLOBAL_SECONDARY_INDEX_DESCRIPTION: Shape = structure("GlobalSecondaryIndexDescription", &[m("IndexName", &S_INDEX_NAME), m("KeySchema", &S_KEY_SCHEMA), m("Projection", &S_PROJECTION), m("IndexStatus", &S_INDEX_STATUS), m("Backfilling", &S_BACKFILLING), m("ProvisionedThroughput", &S_PROVISIONED_THROUGHPUT_DESCRIPTION), m("IndexSizeBytes", &S_LONG_OBJECT), m("ItemCount", &S_LONG_OBJECT), m("IndexArn", &S_STRING), m("OnDemandThroughput", &S_ON_DEMAND_THROUGHPUT), m("WarmThroughput", &S_GLOBAL_SECONDARY_INDEX_WARM_THROUGHPUT_DESCRIPTION)]);
static S_GLOBAL_SECONDARY_INDEX_DESCRIPTION_LIST: Shape = list("GlobalSecondaryIndexDescriptionList", &S_GLOBAL_SECONDARY_INDEX_DESCRIPTION, "member", Bounds::NONE);
static S_GLOBAL_SECONDARY_INDEX_LIST: Shape = list("GlobalSecondaryIndexList", &S_GLOBAL_SECONDARY_INDEX, "member", Bounds::NONE);
static S_GLOBAL_SECONDARY_INDEX_UPDATE: Shape = structure("GlobalSecondaryIndexUpdate", &[m("Update", &S_UPDATE_GLOBAL_SECONDARY_INDEX_ACTION).read(), m("Create", &S_CREATE_GLOBAL_SECONDARY_INDEX_ACTION).read(), m("Delete", &S_DELETE_GLOBAL_SECONDARY_INDEX_ACTION).read()]);
static S_GLOBAL_SECONDARY_INDEX_UPDATE_LIST: Shape = list("GlobalSecondaryIndexUpdateList", &S_GLOBAL_SECONDARY_INDEX_UPDATE, "member", Bounds::NONE);
static S_GLOBAL_SECONDARY_INDEX_WARM_THROUGHPUT_DESCRIPTION: Shape = structure("GlobalSecondaryIndexWarmThroughputDescription", &[m("ReadUnitsPerSecond", &S_POSITIVE_LONG_OBJECT), m("WriteUnitsPerSecond", &S_POSITIVE_LONG_OBJECT), m("Status", &S_INDEX_STATUS)]);
static S_GLOBAL_TABLE_SETTINGS_REPLICATION_MODE: Shape = string("GlobalTableSettingsReplicationMode", Bounds::NONE, None, &["ENABLED", "DISABLED", "ENABLED_WITH_OVERRIDES"]);
static S_GLOBAL_TABLE_WITNESS_DESCRIPTION: Shape = structure("GlobalTableWitnessDescription", &[m("RegionName", &S_REGION_NAME), m("WitnessStatus", &S_WITNESS_STATUS)]);
static S_GLOBAL_TABLE_WITNESS_DESCRIPTION_LIST: Shape = list("GlobalTableWitnessDescriptionList", &S_GLOBAL_TABLE_WITNESS_DESCRIPTION, "member", Bounds::NONE);
static S_GLOBAL_TABLE_WITNESS_GROUP_UPDATE: Shape = structure("GlobalTableWitnessGroupUpdate", &[m("Create", &S_CREATE_GLOBAL_TABLE_WITNESS_GROUP_MEMBER_ACTION), m("Delete", &S_DELETE_GLOBAL_TABLE_WITNESS_GROUP_MEMBER_ACTION)]);
static S_GLOBAL_TABLE_WITNESS_GROUP_UPDATE_LIST: Shape = list("GlobalTableWitnessGroupUpdateList", &S_GLOBAL_TABLE_WITNESS_GROUP_UPDATE, "member", b(1, 1));
static S_INDEX_NAME: Shape = string("IndexName", b(3, 255), Some(&P0), &[]);
static S_INDEX_STATUS: Shape = string("IndexStatus", Bounds::NONE, None, &[]);
static S_INTEGER: Shape = scalar("Integer", Kind::Integer(Bounds::NONE));
static S_ITEM_COLLECTION_KEY_ATTRIBUTE_MAP: Shape = map("ItemCollectionKeyAttributeMap", &S_ATTRIBUTE_NAME, &S_ATTRIBUTE_VALUE, Bounds::NONE);
static S_ITEM_COLLECTION_METRICS: Shape = structure("ItemCollectionMetrics", &[m("ItemCollectionKey", &S_ITEM_COLLECTION_KEY_ATTRIBUTE_MAP), m("SizeEstimateRangeGB", &S_ITEM_COLLECTION_SIZE_ESTIMATE_RANGE)]);
static S_ITEM_COLLECTION_METRICS_MULTIPLE: Shape = list("ItemCollectionMetricsMultiple", &S_ITEM_COLLECTION_METRICS, "member", Bounds::NONE);
static S_ITEM_COLLECTION_METRICS_PER_TABLE: Shape = map("ItemCollectionMetricsPerTable", &S_TABLE_ARN, &S_ITEM_COLLECTION_METRICS_MULTIPLE, Bounds::NONE);
static S_ITEM_COLLECTION_SIZE_ESTIMATE_BOUND: Shape = scalar("ItemCollectionSizeEstimateBound", Kind::Double(Bounds::NONE));
static S_ITEM_COLLECTION_SIZE_ESTIMATE_RANGE: Shape = list("ItemCollectionSizeEstimateRange", &S_ITEM_COLLECTION_SIZE_ESTIMATE_BOUND, "member", Bounds::NONE);
static S_ITEM_LIST: Shape = list("ItemList", &S_ATTRIBUTE_MAP, "member", Bounds::NONE);
static S_ITEM_RESPONSE: Shape = structure("ItemResponse", &[m("Item", &S_ATTRIBUTE_MAP)]);
static S_ITEM_RESPONSE_LIST: Shape = list("ItemResponseList", &S_ITEM_RESPONSE, "member", Bounds::NONE);
static S_KMSMASTER_KEY_ARN: Shape = string("KMSMasterKeyArn", Bounds::NONE, None, &[]);
static S_KMSMASTER_KEY_ID: Shape = string("KMSMasterKeyId", Bounds::NONE, None, &[]);
static S_KEY: Shape = map("Key", &S_ATTRIBUTE_NAME, &S_ATTRIBUTE_VALUE, Bounds::NONE);
static S_KEY_CONDITIONS: Shape = map("KeyConditions", &S_ATTRIBUTE_NAME, &S_CONDITION, Bounds::NONE);
static S_KEY_EXPRESSION: Shape = string("KeyExpression", Bounds::NONE, None, &[]);
static S_KEY_LIST: Shape = list("KeyList", &S_KEY, "member", b(1, 100));
static S_KEY_SCHEMA: Shape = list("KeySchema", &S_KEY_SCHEMA_ELEMENT, "member", b(1, i64::MAX));
static S_KEY_SCHEMA_ATTRIBUTE_NAME: Shape = string("KeySchemaAttributeName", b(1, 255), None, &[]);
static S_KEY_SCHEMA_ELEMENT: Shape = structure("KeySchemaElement", &[m("AttributeName", &S_KEY_SCHEMA_ATTRIBUTE_NAME).required().read(), m("KeyType", &S_KEY_TYPE).required().read()]);
static S_KEY_TYPE: Shape = string("KeyType", Bounds::NONE, None, &["HASH", "RANGE"]);
static S_KEYS_AND_ATTRIBUTES: Shape = structure("KeysAndAttributes", &[m("Keys", &S_KEY_LIST).required().read(), m("AttributesToGet", &S_ATTRIBUTE_NAME_LIST).read(), m("ConsistentRead", &S_CONSISTENT_READ).read(), m("ProjectionExpression", &S_PROJECTION_EXPRESSION).read(), m("ExpressionAttributeNames", &S_EXPRESSION_ATTRIBUTE_NAME_MAP).read()]);
static S_LIST_ATTRIBUTE_VALUE: Shape = list("ListAttributeValue", &S_ATTRIBUTE_VALUE, "member", Bounds::NONE);
static S_LIST_TABLES_INPUT: Shape = structure("ListTablesInput", &[m("ExclusiveStartTableName", &S_TABLE_NAME).read(), m("Limit", &S_LIST_TABLES_INPUT_LIMIT).read()]);
static S_LIST_TABLES_INPUT_LIMIT: Shape = scalar("ListTablesInputLimit", Kind::Integer(b(1, 100)));
static S_LIST_TABLES_OUTPUT: Shape = structure("ListTablesOutput", &[m("TableNames", &S_TABLE_NAME_LIST), m("LastEvaluatedTableName", &S_TABLE_NAME)]);
static S_LIST_TAGS_OF_RESOURCE_INPUT: Shape = structure("ListTagsOfResourceInput", &[m("ResourceArn", &S_RESOURCE_ARN_STRING).required().read(), m("NextToken", &S_NEXT_TOKEN_STRING)]);
static S_LIST_TAGS_OF_RESOURCE_OUTPUT: Shape = structure("ListTagsOfResourceOutput", &[m("Tags", &S_TAG_LIST), m("NextToken", &S_NEXT_TOKEN_STRING)]);
static S_LOCAL_SECONDARY_INDEX: Shape = structure("LocalSecondaryIndex", &[m("IndexName", &S_INDEX_NAME).required().read(), m("KeySchema", &S_KEY_SCHEMA).required().read(), m("Projection", &S_PROJECTION).required().read()]);
static S_LOCAL_SECONDARY_INDEX_DESCRIPTION: Shape = structure("LocalSecondaryIndexDescription", &[m("IndexName", &S_INDEX_NAME), m("KeySchema", &S_KEY_SCHEMA), m("Projection", &S_PROJECTION), m("IndexSizeBytes", &S_LONG_OBJECT), m("ItemCount", &S_LONG_OBJECT), m("IndexArn", &S_STRING)]);
static S_LOCAL_SECONDARY_INDEX_DESCRIPTION_LIST: Shape = list("LocalSecondaryIndexDescriptionList", &S_LOCAL_SECONDARY_INDEX_DESCRIPTION, "member", Bounds::NONE);
static S_LOCAL_SECONDARY_INDEX_LIST: Shape = list("LocalSecondaryIndexList", &S_LOCAL_SECONDARY_INDEX, "member", Bounds::NONE);
static S_LONG: Shape = scalar("Long", Kind::Long(Bounds::NONE));
static S_LONG_OBJECT: Shape = scalar("LongObject", Kind::Long(Bounds::NONE));
static S_MAP_ATTRIBUTE_VALUE: Shape = map("MapAttributeValue", &S_ATTRIBUTE_NAME, &S_ATTRIBUTE_VALUE, Bounds::NONE);
static S_MULTI_REGION_CONSISTENCY: Shape = string("MultiRegionConsistency", Bounds::NONE, None, &["EVENTUAL", "STRONG"]);
static S_NEXT_TOKEN_STRING: Shape = string("NextTokenString", Bounds::NONE, None, &[]);
static S_NON_KEY_ATTRIBUTE_NAME: Shape = string("NonKeyAttributeName", b(1, 255), None, &[]);
static S_NON_KEY_ATTRIBUTE_NAME_LIST: Shape = list("NonKeyAttributeNameList", &S_NON_KEY_ATTRIBUTE_NAME, "member", b(1, 20));
static S_NON_NEGATIVE_LONG_OBJECT: Shape = scalar("NonNegativeLongObject", Kind::Long(Bounds::NONE));
static S_NULL_ATTRIBUTE_VALUE: Shape = scalar("NullAttributeValue", Kind::Boolean);
static S_NUMBER_ATTRIBUTE_VALUE: Shape = string("NumberAttributeValue", Bounds::NONE, None, &[]);
static S_NUMBER_SET_ATTRIBUTE_VALUE: Shape = list("NumberSetAttributeValue", &S_NUMBER_ATTRIBUTE_VALUE, "member", Bounds::NONE);
static S_ON_DEMAND_THROUGHPUT: Shape = structure("OnDemandThroughput", &[m("MaxReadRequestUnits", &S_LONG_OBJECT).read(), m("MaxWriteRequestUnits", &S_LONG_OBJECT).read()]);
static S_ON_DEMAND_THROUGHPUT_OVERRIDE: Shape = structure("OnDemandThroughputOverride", &[m("MaxReadRequestUnits", &S_LONG_OBJECT)]);
static S_PARAMETERIZED_STATEMENT: Shape = structure("ParameterizedStatement", &[m("Statement", &S_PARTI_QLSTATEMENT).required().read(), m("Parameters", &S_PREPARED_STATEMENT_PARAMETERS).read(), m("ReturnValuesOnConditionCheckFailure", &S_RETURN_VALUES_ON_CONDITION_CHECK_FAILURE).read()]);
static S_PARAMETERIZED_STATEMENTS: Shape = list("ParameterizedStatements", &S_PARAMETERIZED_STATEMENT, "member", b(1, 100));
static S_PARTI_QLBATCH_REQUEST: Shape = list("PartiQLBatchRequest", &S_BATCH_STATEMENT_REQUEST, "member", b(1, 25));
static S_PARTI_QLBATCH_RESPONSE: Shape = list("PartiQLBatchResponse", &S_BATCH_STATEMENT_RESPONSE, "member", Bounds::NONE);
static S_PARTI_QLNEXT_TOKEN: Shape = string("PartiQLNextToken", b(1, 32768), None, &[]);
static S_PARTI_QLSTATEMENT: Shape = string("PartiQLStatement", b(1, 8192), None, &[]);
static S_POINT_IN_TIME_RECOVERY_DESCRIPTION: Shape = structure("PointInTimeRecoveryDescription", &[m("PointInTimeRecoveryStatus", &S_POINT_IN_TIME_RECOVERY_STATUS), m("RecoveryPeriodInDays", &S_RECOVERY_PERIOD_IN_DAYS), m("EarliestRestorableDateTime", &S_DATE), m("LatestRestorableDateTime", &S_DATE)]);
static S_POINT_IN_TIME_RECOVERY_STATUS: Shape = string("PointInTimeRecoveryStatus", Bounds::NONE, None, &[]);
static S_POSITIVE_INTEGER_OBJECT: Shape = scalar("PositiveIntegerObject", Kind::Integer(b(1, i64::MAX)));
static S_POSITIVE_LONG_OBJECT: Shape = scalar("PositiveLongObject", Kind::Long(b(1, i64::MAX)));
static S_PREPARED_STATEMENT_PARAMETERS: Shape = list("PreparedStatementParameters", &S_ATTRIBUTE_VALUE, "member", b(1, i64::MAX));
static S_PROJECTION: Shape = structure("Projection", &[m("ProjectionType", &S_PROJECTION_TYPE).read(), m("NonKeyAttributes", &S_NON_KEY_ATTRIBUTE_NAME_LIST).read()]);
static S_PROJECTION_EXPRESSION: Shape = string("ProjectionExpression", Bounds::NONE, None, &[]);
static S_PROJECTION_TYPE: Shape = string("ProjectionType", Bounds::NONE, None, &["ALL", "KEYS_ONLY", "INCLUDE"]);
static S_PROVISIONED_THROUGHPUT: Shape = structure("ProvisionedThroughput", &[m("ReadCapacityUnits", &S_POSITIVE_LONG_OBJECT).required().read(), m("WriteCapacityUnits", &S_POSITIVE_LONG_OBJECT).required().read()]);
static S_PROVISIONED_THROUGHPUT_DESCRIPTION: Shape = structure("ProvisionedThroughputDescription", &[m("LastIncreaseDateTime", &S_DATE), m("LastDecreaseDateTime", &S_DATE), m("NumberOfDecreasesToday", &S_POSITIVE_LONG_OBJECT), m("ReadCapacityUnits", &S_NON_NEGATIVE_LONG_OBJECT), m("WriteCapacityUnits", &S_NON_NEGATIVE_LONG_OBJECT)]);
static S_PROVISIONED_THROUGHPUT_OVERRIDE: Shape = structure("ProvisionedThroughputOverride", &[m("ReadCapacityUnits", &S_POSITIVE_LONG_OBJECT)]);
static S_PUT: Shape = structure("Put", &[m("Item", &S_PUT_ITEM_INPUT_ATTRIBUTE_MAP).required().read(), m("TableName", &S_TABLE_ARN).required().read(), m("ConditionExpression", &S_CONDITION_EXPRESSION).read(), m("ExpressionAttributeNames", &S_EXPRESSION_ATTRIBUTE_NAME_MAP).read(), m("ExpressionAttributeValues", &S_EXPRESSION_ATTRIBUTE_VALUE_MAP).read(), m("ReturnValuesOnConditionCheckFailure", &S_RETURN_VALUES_ON_CONDITION_CHECK_FAILURE).read()]);
static S_PUT_ITEM_INPUT: Shape = structure("PutItemInput", &[m("TableName", &S_TABLE_ARN).required().read(), m("Item", &S_PUT_ITEM_INPUT_ATTRIBUTE_MAP).required().read(), m("Expected", &S_EXPECTED_ATTRIBUTE_MAP).read(), m("ReturnValues", &S_RETURN_VALUE).read(), m("ReturnConsumedCapacity", &S_RETURN_CONSUMED_CAPACITY).read(), m("ReturnItemCollectionMetrics", &S_RETURN_ITEM_COLLECTION_METRICS).read(), m("ConditionalOperator", &S_CONDITIONAL_OPERATOR).read(), m("ConditionExpression", &S_CONDITION_EXPRESSION).read(), m("ExpressionAttributeNames", &S_EXPRESSION_ATTRIBUTE_NAME_MAP).read(), m("ExpressionAttributeValues", &S_EXPRESSION_ATTRIBUTE_VALUE_MAP).read(), m("ReturnValuesOnConditionCheckFailure", &S_RETURN_VALUES_ON_CONDITION_CHECK_FAILURE).read()]);
static S_PUT_ITEM_INPUT_ATTRIBUTE_MAP: Shape = map("PutItemInputAttributeMap", &S_ATTRIBUTE_NAME, &S_ATTRIBUTE_VALUE, Bounds::NONE);
static S_PUT_ITEM_OUTPUT: Shape = structure("PutItemOutput", &[m("Attributes", &S_ATTRIBUTE_MAP), m("ConsumedCapacity", &S_CONSUMED_CAPACITY), m("ItemCollectionMetrics", &S_ITEM_COLLECTION_METRICS)]);
static S_PUT_REQUEST: Shape = structure("PutRequest", &[m("Item", &S_PUT_ITEM_INPUT_ATTRIBUTE_MAP).required().read()]);
static S_QUERY_INPUT: Shape = structure("QueryInput", &[m("TableName", &S_TABLE_ARN).required().read(), m("IndexName", &S_INDEX_NAME).read(), m("Select", &S_SELECT).read(), m("AttributesToGet", &S_ATTRIBUTE_NAME_LIST).read(), m("Limit", &S_POSITIVE_INTEGER_OBJECT).read(), m("ConsistentRead", &S_CONSISTENT_READ).read(), m("KeyConditions", &S_KEY_CONDITIONS).read(), m("QueryFilter", &S_FILTER_CONDITION_MAP).read(), m("ConditionalOperator", &S_CONDITIONAL_OPERATOR).read(), m("ScanIndexForward", &S_BOOLEAN_OBJECT).read(), m("ExclusiveStartKey", &S_KEY).read(), m("ReturnConsumedCapacity", &S_RETURN_CONSUMED_CAPACITY).read(), m("ProjectionExpression", &S_PROJECTION_EXPRESSION).read(), m("FilterExpression", &S_CONDITION_EXPRESSION).read(), m("KeyConditionExpression", &S_KEY_EXPRESSION).read(), m("ExpressionAttributeNames", &S_EXPRESSION_ATTRIBUTE_NAME_MAP).read(), m("ExpressionAttributeValues", &S_EXPRESSION_ATTRIBUTE_VALUE_MAP).read()]);
static S_QUERY_OUTPUT: Shape = structure("QueryOutput", &[m("Items", &S_ITEM_LIST), m("Count", &S_INTEGER), m("ScannedCount", &S_INTEGER), m("LastEvaluatedKey", &S_KEY), m("ConsumedCapacity", &S_CONSUMED_CAPACITY)]);
static S_REASON: Shape = string("Reason", Bounds::NONE, None, &[]);
static S_RECOVERY_PERIOD_IN_DAYS: Shape = scalar("RecoveryPeriodInDays", Kind::Integer(Bounds::NONE));
static S_REGION_NAME: Shape = string("RegionName", Bounds::NONE, None, &[]);
static S_REPLICA_DESCRIPTION: Shape = structure("ReplicaDescription", &[m("RegionName", &S_REGION_NAME), m("ReplicaStatus", &S_REPLICA_STATUS), m("ReplicaArn", &S_STRING), m("ReplicaStatusDescription", &S_REPLICA_STATUS_DESCRIPTION), m("ReplicaStatusPercentProgress", &S_REPLICA_STATUS_PERCENT_PROGRESS), m("KMSMasterKeyId", &S_KMSMASTER_KEY_ID), m("ProvisionedThroughputOverride", &S_PROVISIONED_THROUGHPUT_OVERRIDE), m("OnDemandThroughputOverride", &S_ON_DEMAND_THROUGHPUT_OVERRIDE), m("WarmThroughput", &S_TABLE_WARM_THROUGHPUT_DESCRIPTION), m("GlobalSecondaryIndexes", &S_REPLICA_GLOBAL_SECONDARY_INDEX_DESCRIPTION_LIST), m("ReplicaInaccessibleDateTime", &S_DATE), m("ReplicaTableClassSummary", &S_TABLE_CLASS_SUMMARY), m("GlobalTableSettingsReplicationMode", &S_GLOBAL_TABLE_SETTINGS_REPLICATION_MODE)]);
static S_REPLICA_DESCRIPTION_LIST: Shape = list("ReplicaDescriptionList", &S_REPLICA_DESCRIPTION, "member", Bounds::NONE);
static S_REPLICA_GLOBAL_SECONDARY_INDEX: Shape = structure("ReplicaGlobalSecondaryIndex", &[m("IndexName", &S_INDEX_NAME).required(), m("ProvisionedThroughputOverride", &S_PROVISIONED_THROUGHPUT_OVERRIDE), m("OnDemandThroughputOverride", &S_ON_DEMAND_THROUGHPUT_OVERRIDE)]);
static S_REPLICA_GLOBAL_SECONDARY_INDEX_DESCRIPTION: Shape = structure("ReplicaGlobalSecondaryIndexDescription", &[m("IndexName", &S_INDEX_NAME), m("ProvisionedThroughputOverride", &S_PROVISIONED_THROUGHPUT_OVERRIDE), m("OnDemandThroughputOverride", &S_ON_DEMAND_THROUGHPUT_OVERRIDE), m("WarmThroughput", &S_GLOBAL_SECONDARY_INDEX_WARM_THROUGHPUT_DESCRIPTION)]);
static S_REPLICA_GLOBAL_SECONDARY_INDEX_DESCRIPTION_LIST: Shape = list("ReplicaGlobalSecondaryIndexDescriptionList", &S_REPLICA_GLOBAL_SECONDARY_INDEX_DESCRIPTION, "member", Bounds::NONE);
static S_REPLICA_GLOBAL_SECONDARY_INDEX_LIST: Shape = list("ReplicaGlobalSecondaryIndexList", &S_REPLICA_GLOBAL_SECONDARY_INDEX, "member", b(1, i64::MAX));
static S_REPLICA_STATUS: Shape = string("ReplicaStatus", Bounds::NONE, None, &[]);
static S_REPLICA_STATUS_DESCRIPTION: Shape = string("ReplicaStatusDescription", Bounds::NONE, None, &[]);
static S_REPLICA_STATUS_PERCENT_PROGRESS: Shape = string("ReplicaStatusPercentProgress", Bounds::NONE, None, &[]);
static S_REPLICATION_GROUP_UPDATE: Shape = structure("ReplicationGroupUpdate", &[m("Create", &S_CREATE_REPLICATION_GROUP_MEMBER_ACTION), m("Update", &S_UPDATE_REPLICATION_GROUP_MEMBER_ACTION), m("Delete", &S_DELETE_REPLICATION_GROUP_MEMBER_ACTION), m("Disassociate", &S_DISASSOCIATE_REPLICATION_GROUP_MEMBER_ACTION)]);
static S_REPLICATION_GROUP_UPDATE_LIST: Shape = list("ReplicationGroupUpdateList", &S_REPLICATION_GROUP_UPDATE, "member", b(1, i64::MAX));
static S_RESOURCE: Shape = string("Resource", Bounds::NONE, None, &[]);
static S_RESOURCE_ARN_STRING: Shape = string("ResourceArnString", b(1, 1283), None, &[]);
static S_RESOURCE_POLICY: Shape = string("ResourcePolicy", Bounds::NONE, None, &[]);
static S_RESTORE_IN_PROGRESS: Shape = scalar("RestoreInProgress", Kind::Boolean);
static S_RESTORE_SUMMARY: Shape = structure("RestoreSummary", &[m("SourceBackupArn", &S_BACKUP_ARN), m("SourceTableArn", &S_TABLE_ARN), m("RestoreDateTime", &S_DATE).required(), m("RestoreInProgress", &S_RESTORE_IN_PROGRESS).required()]);
static S_RETURN_CONSUMED_CAPACITY: Shape = string("ReturnConsumedCapacity", Bounds::NONE, None, &["INDEXES", "TOTAL", "NONE"]);
static S_RETURN_ITEM_COLLECTION_METRICS: Shape = string("ReturnItemCollectionMetrics", Bounds::NONE, None, &["SIZE", "NONE"]);
static S_RETURN_VALUE: Shape = string("ReturnValue", Bounds::NONE, None, &["NONE", "ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"]);
static S_RETURN_VALUES_ON_CONDITION_CHECK_FAILURE: Shape = string("ReturnValuesOnConditionCheckFailure", Bounds::NONE, None, &["ALL_OLD", "NONE"]);
static S_SSEDESCRIPTION: Shape = structure("SSEDescription", &[m("Status", &S_SSESTATUS), m("SSEType", &S_SSETYPE), m("KMSMasterKeyArn", &S_KMSMASTER_KEY_ARN), m("InaccessibleEncryptionDateTime", &S_DATE)]);
static S_SSEENABLED: Shape = scalar("SSEEnabled", Kind::Boolean);
static S_SSESPECIFICATION: Shape = structure("SSESpecification", &[m("Enabled", &S_SSEENABLED), m("SSEType", &S_SSETYPE), m("KMSMasterKeyId", &S_KMSMASTER_KEY_ID)]);
static S_SSESTATUS: Shape = string("SSEStatus", Bounds::NONE, None, &[]);
static S_SSETYPE: Shape = string("SSEType", Bounds::NONE, None, &["AES256", "KMS"]);
static S_SCALAR_ATTRIBUTE_TYPE: Shape = string("ScalarAttributeType", Bounds::NONE, None, &["S", "N", "B"]);
static S_SCAN_INPUT: Shape = structure("ScanInput", &[m("TableName", &S_TABLE_ARN).required().read(), m("IndexName", &S_INDEX_NAME).read(), m("AttributesToGet", &S_ATTRIBUTE_NAME_LIST).read(), m("Limit", &S_POSITIVE_INTEGER_OBJECT).read(), m("Select", &S_SELECT).read(), m("ScanFilter", &S_FILTER_CONDITION_MAP).read(), m("ConditionalOperator", &S_CONDITIONAL_OPERATOR).read(), m("ExclusiveStartKey", &S_KEY).read(), m("ReturnConsumedCapacity", &S_RETURN_CONSUMED_CAPACITY).read(), m("TotalSegments", &S_SCAN_TOTAL_SEGMENTS).read(), m("Segment", &S_SCAN_SEGMENT).read(), m("ProjectionExpression", &S_PROJECTION_EXPRESSION).read(), m("FilterExpression", &S_CONDITION_EXPRESSION).read(), m("ExpressionAttributeNames", &S_EXPRESSION_ATTRIBUTE_NAME_MAP).read(), m("ExpressionAttributeValues", &S_EXPRESSION_ATTRIBUTE_VALUE_MAP).read(), m("ConsistentRead", &S_CONSISTENT_READ).read()]);
static S_SCAN_OUTPUT: Shape = structure("ScanOutput", &[m("Items", &S_ITEM_LIST), m("Count", &S_INTEGER), m("ScannedCount", &S_INTEGER), m("LastEvaluatedKey", &S_KEY), m("ConsumedCapacity", &S_CONSUMED_CAPACITY)]);
static S_SCAN_SEGMENT: Shape = scalar("ScanSegment", Kind::Integer(b(0, 999999)));
static S_SCAN_TOTAL_SEGMENTS: Shape = scalar("ScanTotalSegments", Kind::Integer(b(1, 1000000)));
static S_SEARCH_SCHEMA: Shape = list("SearchSchema", &S_SEARCH_SCHEMA_ELEMENT, "member", b(1, i64::MAX));
static S_SEARCH_SCHEMA_ELEMENT: Shape = structure("SearchSchemaElement", &[m("AttributeName", &S_ATTRIBUTE_NAME).required(), m("SearchSchemaElementType", &S_SEARCH_SCHEMA_ELEMENT_TYPE).required()]);
static S_SEARCH_SCHEMA_ELEMENT_TYPE: Shape = string("SearchSchemaElementType", Bounds::NONE, None, &["HASH", "INLINE_FILTER"]);
static S_SECONDARY_INDEXES_CAPACITY_MAP: Shape = map("SecondaryIndexesCapacityMap", &S_INDEX_NAME, &S_CAPACITY, Bounds::NONE);
static S_SELECT: Shape = string("Select", Bounds::NONE, None, &["ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES", "SPECIFIC_ATTRIBUTES", "COUNT"]);
static S_STREAM_ARN: Shape = string("StreamArn", Bounds::NONE, None, &[]);
static S_STREAM_ENABLED: Shape = scalar("StreamEnabled", Kind::Boolean);
static S_STREAM_SPECIFICATION: Shape = structure("StreamSpecification", &[m("StreamEnabled", &S_STREAM_ENABLED).required().read(), m("StreamViewType", &S_STREAM_VIEW_TYPE).read()]);
static S_STREAM_VIEW_TYPE: Shape = string("StreamViewType", Bounds::NONE, None, &["NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"]);
static S_STRING: Shape = string("String", Bounds::NONE, None, &[]);
static S_STRING_ATTRIBUTE_VALUE: Shape = string("StringAttributeValue", Bounds::NONE, None, &[]);
static S_STRING_SET_ATTRIBUTE_VALUE: Shape = list("StringSetAttributeValue", &S_STRING_ATTRIBUTE_VALUE, "member", Bounds::NONE);
static S_TABLE_ARN: Shape = string("TableArn", b(1, 1024), None, &[]);
static S_TABLE_CLASS: Shape = string("TableClass", Bounds::NONE, None, &["STANDARD", "STANDARD_INFREQUENT_ACCESS"]);
static S_TABLE_CLASS_SUMMARY: Shape = structure("TableClassSummary", &[m("TableClass", &S_TABLE_CLASS), m("LastUpdateDateTime", &S_DATE)]);
static S_TABLE_DESCRIPTION: Shape = structure("TableDescription", &[m("AttributeDefinitions", &S_ATTRIBUTE_DEFINITIONS), m("TableName", &S_TABLE_NAME), m("KeySchema", &S_KEY_SCHEMA), m("TableStatus", &S_TABLE_STATUS), m("CreationDateTime", &S_DATE), m("ProvisionedThroughput", &S_PROVISIONED_THROUGHPUT_DESCRIPTION), m("TableSizeBytes", &S_LONG_OBJECT), m("ItemCount", &S_LONG_OBJECT), m("TableArn", &S_STRING), m("TableId", &S_TABLE_ID), m("BillingModeSummary", &S_BILLING_MODE_SUMMARY), m("LocalSecondaryIndexes", &S_LOCAL_SECONDARY_INDEX_DESCRIPTION_LIST), m("GlobalSecondaryIndexes", &S_GLOBAL_SECONDARY_INDEX_DESCRIPTION_LIST), m("StreamSpecification", &S_STREAM_SPECIFICATION), m("LatestStreamLabel", &S_STRING), m("LatestStreamArn", &S_STREAM_ARN), m("GlobalTableVersion", &S_STRING), m("Replicas", &S_REPLICA_DESCRIPTION_LIST), m("GlobalTableWitnesses", &S_GLOBAL_TABLE_WITNESS_DESCRIPTION_LIST), m("GlobalTableSettingsReplicationMode", &S_GLOBAL_TABLE_SETTINGS_REPLICATION_MODE), m("RestoreSummary", &S_RESTORE_SUMMARY), m("SSEDescription", &S_SSEDESCRIPTION), m("ArchivalSummary", &S_ARCHIVAL_SUMMARY), m("TableClassSummary", &S_TABLE_CLASS_SUMMARY), m("DeletionProtectionEnabled", &S_DELETION_PROTECTION_ENABLED), m("DisassociationProtectionEnabled", &S_DISASSOCIATION_PROTECTION_ENABLED), m("OnDemandThroughput", &S_ON_DEMAND_THROUGHPUT), m("WarmThroughput", &S_TABLE_WARM_THROUGHPUT_DESCRIPTION), m("MultiRegionConsistency", &S_MULTI_REGION_CONSISTENCY), m("VectorIndexes", &S_VECTOR_INDEX_DESCRIPTION_LIST)]);
static S_TABLE_ID: Shape = string("TableId", Bounds::NONE, None, &[]);
static S_TABLE_NAME: Shape = string("TableName", b(3, 255), Some(&P0), &[]);
static S_TABLE_NAME_LIST: Shape = list("TableNameList", &S_TABLE_NAME, "member", Bounds::NONE);
static S_TABLE_STATUS: Shape = string("TableStatus", Bounds::NONE, None, &[]);
static S_TABLE_WARM_THROUGHPUT_DESCRIPTION: Shape = structure("TableWarmThroughputDescription", &[m("ReadUnitsPerSecond", &S_POSITIVE_LONG_OBJECT), m("WriteUnitsPerSecond", &S_POSITIVE_LONG_OBJECT), m("Status", &S_TABLE_STATUS)]);
static S_TAG: Shape = structure("Tag", &[m("Key", &S_TAG_KEY_STRING).required().read(), m("Value", &S_TAG_VALUE_STRING).required().read()]);
static S_TAG_KEY_LIST: Shape = list("TagKeyList", &S_TAG_KEY_STRING, "member", Bounds::NONE);
static S_TAG_KEY_STRING: Shape = string("TagKeyString", b(1, 128), None, &[]);
static S_TAG_LIST: Shape = list("TagList", &S_TAG, "member", Bounds::NONE);
static S_TAG_RESOURCE_INPUT: Shape = structure("TagResourceInput", &[m("ResourceArn", &S_RESOURCE_ARN_STRING).required().read(), m("Tags", &S_TAG_LIST).required().read()]);
static S_TAG_VALUE_STRING: Shape = string("TagValueString", b(0, 256), None, &[]);
static S_THROTTLING_REASON: Shape = structure("ThrottlingReason", &[m("reason", &S_REASON), m("resource", &S_RESOURCE)]);
static S_THROTTLING_REASON_LIST: Shape = list("ThrottlingReasonList", &S_THROTTLING_REASON, "member", Bounds::NONE);
static S_TIME_TO_LIVE_ATTRIBUTE_NAME: Shape = string("TimeToLiveAttributeName", b(1, 255), None, &[]);
static S_TIME_TO_LIVE_DESCRIPTION: Shape = structure("TimeToLiveDescription", &[m("TimeToLiveStatus", &S_TIME_TO_LIVE_STATUS), m("AttributeName", &S_TIME_TO_LIVE_ATTRIBUTE_NAME)]);
static S_TIME_TO_LIVE_ENABLED: Shape = scalar("TimeToLiveEnabled", Kind::Boolean);
static S_TIME_TO_LIVE_SPECIFICATION: Shape = structure("TimeToLiveSpecification", &[m("Enabled", &S_TIME_TO_LIVE_ENABLED).required().read(), m("AttributeName", &S_TIME_TO_LIVE_ATTRIBUTE_NAME).required().read()]);
static S_TIME_TO_LIVE_STATUS: Shape = string("TimeToLiveStatus", Bounds::NONE, None, &[]);
static S_TRANSACT_GET_ITEM: Shape = structure("TransactGetItem", &[m("Get", &S_GET).required().read()]);
static S_TRANSACT_GET_ITEM_LIST: Shape = list("TransactGetItemList", &S_TRANSACT_GET_ITEM, "member", b(1, 100));
static S_TRANSACT_GET_ITEMS_INPUT: Shape = structure("TransactGetItemsInput", &[m("TransactItems", &S_TRANSACT_GET_ITEM_LIST).required().read(), m("ReturnConsumedCapacity", &S_RETURN_CONSUMED_CAPACITY).read()]);
static S_TRANSACT_GET_ITEMS_OUTPUT: Shape = structure("TransactGetItemsOutput", &[m("ConsumedCapacity", &S_CONSUMED_CAPACITY_MULTIPLE), m("Responses", &S_ITEM_RESPONSE_LIST)]);
static S_TRANSACT_WRITE_ITEM: Shape = structure("TransactWriteItem", &[m("ConditionCheck", &S_CONDITION_CHECK).read(), m("Put", &S_PUT).read(), m("Delete", &S_DELETE).read(), m("Update", &S_UPDATE).read()]);
static S_TRANSACT_WRITE_ITEM_LIST: Shape = list("TransactWriteItemList", &S_TRANSACT_WRITE_ITEM, "member", b(1, 100));
static S_TRANSACT_WRITE_ITEMS_INPUT: Shape = structure("TransactWriteItemsInput", &[m("TransactItems", &S_TRANSACT_WRITE_ITEM_LIST).required().read(), m("ReturnConsumedCapacity", &S_RETURN_CONSUMED_CAPACITY).read(), m("ReturnItemCollectionMetrics", &S_RETURN_ITEM_COLLECTION_METRICS).read(), m("ClientRequestToken", &S_CLIENT_REQUEST_TOKEN).token().read()]);
static S_TRANSACT_WRITE_ITEMS_OUTPUT: Shape = structure("TransactWriteItemsOutput", &[m("ConsumedCapacity", &S_CONSUMED_CAPACITY_MULTIPLE), m("ItemCollectionMetrics", &S_ITEM_COLLECTION_METRICS_PER_TABLE)]);
static S_UNTAG_RESOURCE_INPUT: Shape = structure("UntagResourceInput", &[m("ResourceArn", &S_RESOURCE_ARN_STRING).required().read(), m("TagKeys", &S_TAG_KEY_LIST).required().read()]);
static S_UPDATE: Shape = structure("Update", &[m("Key", &S_KEY).required().read(), m("UpdateExpression", &S_UPDATE_EXPRESSION).required().read(), m("TableName", &S_TABLE_ARN).required().read(), m("ConditionExpression", &S_CONDITION_EXPRESSION).read(), m("ExpressionAttributeNames", &S_EXPRESSION_ATTRIBUTE_NAME_MAP).read(), m("ExpressionAttributeValues", &S_EXPRESSION_ATTRIBUTE_VALUE_MAP).read(), m("ReturnValuesOnConditionCheckFailure", &S_RETURN_VALUES_ON_CONDITION_CHECK_FAILURE).read()]);
static S_UPDATE_EXPRESSION: Shape = string("UpdateExpression", Bounds::NONE, None, &[]);
static S_UPDATE_GLOBAL_SECONDARY_INDEX_ACTION: Shape = structure("UpdateGlobalSecondaryIndexAction", &[m("IndexName", &S_INDEX_NAME).required().read(), m("ProvisionedThroughput", &S_PROVISIONED_THROUGHPUT).read(), m("OnDemandThroughput", &S_ON_DEMAND_THROUGHPUT).read(), m("WarmThroughput", &S_WARM_THROUGHPUT)]);
static S_UPDATE_ITEM_INPUT: Shape = structure("UpdateItemInput", &[m("TableName", &S_TABLE_ARN).required().read(), m("Key", &S_KEY).required().read(), m("AttributeUpdates", &S_ATTRIBUTE_UPDATES).read(), m("Expected", &S_EXPECTED_ATTRIBUTE_MAP).read(), m("ConditionalOperator", &S_CONDITIONAL_OPERATOR).read(), m("ReturnValues", &S_RETURN_VALUE).read(), m("ReturnConsumedCapacity", &S_RETURN_CONSUMED_CAPACITY).read(), m("ReturnItemCollectionMetrics", &S_RETURN_ITEM_COLLECTION_METRICS).read(), m("UpdateExpression", &S_UPDATE_EXPRESSION).read(), m("ConditionExpression", &S_CONDITION_EXPRESSION).read(), m("ExpressionAttributeNames", &S_EXPRESSION_ATTRIBUTE_NAME_MAP).read(), m("ExpressionAttributeValues", &S_EXPRESSION_ATTRIBUTE_VALUE_MAP).read(), m("ReturnValuesOnConditionCheckFailure", &S_RETURN_VALUES_ON_CONDITION_CHECK_FAILURE).read()]);
static S_UPDATE_ITEM_OUTPUT: Shape = structure("UpdateItemOutput", &[m("Attributes", &S_ATTRIBUTE_MAP), m("ConsumedCapacity", &S_CONSUMED_CAPACITY), m("ItemCollectionMetrics", &S_ITEM_COLLECTION_METRICS)]);
static S_UPDATE_REPLICATION_GROUP_MEMBER_ACTION: Shape = structure("UpdateReplicationGroupMemberAction", &[m("RegionName", &S_REGION_NAME).required(), m("KMSMasterKeyId", &S_KMSMASTER_KEY_ID), m("ProvisionedThroughputOverride", &S_PROVISIONED_THROUGHPUT_OVERRIDE), m("OnDemandThroughputOverride", &S_ON_DEMAND_THROUGHPUT_OVERRIDE), m("GlobalSecondaryIndexes", &S_REPLICA_GLOBAL_SECONDARY_INDEX_LIST), m("TableClassOverride", &S_TABLE_CLASS)]);
static S_UPDATE_TABLE_INPUT: Shape = structure("UpdateTableInput", &[m("AttributeDefinitions", &S_ATTRIBUTE_DEFINITIONS).read(), m("TableName", &S_TABLE_ARN).required().read(), m("BillingMode", &S_BILLING_MODE).read(), m("ProvisionedThroughput", &S_PROVISIONED_THROUGHPUT).read(), m("GlobalSecondaryIndexUpdates", &S_GLOBAL_SECONDARY_INDEX_UPDATE_LIST).read(), m("StreamSpecification", &S_STREAM_SPECIFICATION).read(), m("SSESpecification", &S_SSESPECIFICATION).within(), m("ReplicaUpdates", &S_REPLICATION_GROUP_UPDATE_LIST), m("TableClass", &S_TABLE_CLASS).read(), m("DeletionProtectionEnabled", &S_DELETION_PROTECTION_ENABLED).read(), m("MultiRegionConsistency", &S_MULTI_REGION_CONSISTENCY), m("GlobalTableWitnessUpdates", &S_GLOBAL_TABLE_WITNESS_GROUP_UPDATE_LIST), m("OnDemandThroughput", &S_ON_DEMAND_THROUGHPUT).read(), m("WarmThroughput", &S_WARM_THROUGHPUT), m("GlobalTableSettingsReplicationMode", &S_GLOBAL_TABLE_SETTINGS_REPLICATION_MODE), m("DisassociationProtectionEnabled", &S_DISASSOCIATION_PROTECTION_ENABLED), m("VectorIndexUpdates", &S_VECTOR_INDEX_UPDATE_LIST)]);
static S_UPDATE_TABLE_OUTPUT: Shape = structure("UpdateTableOutput", &[m("TableDescription", &S_TABLE_DESCRIPTION)]);
static S_UPDATE_TIME_TO_LIVE_INPUT: Shape = structure("UpdateTimeToLiveInput", &[m("TableName", &S_TABLE_ARN).required().read(), m("TimeToLiveSpecification", &S_TIME_TO_LIVE_SPECIFICATION).required().read()]);
static S_UPDATE_TIME_TO_LIVE_OUTPUT: Shape = structure("UpdateTimeToLiveOutput", &[m("TimeToLiveSpecification", &S_TIME_TO_LIVE_SPECIFICATION)]);
static S_VECTOR_ATTRIBUTE_DEFINITION: Shape = structure("VectorAttributeDefinition", &[m("AttributeName", &S_VECTOR_ATTRIBUTE_NAME).required()]);
static S_VECTOR_ATTRIBUTE_NAME: Shape = string("VectorAttributeName", b(1, 255), None, &[]);
static S_VECTOR_CAPACITY: Shape = structure("VectorCapacity", &[m("VectorSearchRequestBytes", &S_CONSUMED_CAPACITY_UNITS), m("VectorWriteRequestBytes", &S_CONSUMED_CAPACITY_UNITS)]);
static S_VECTOR_DISTANCE_FUNCTION: Shape = string("VectorDistanceFunction", Bounds::NONE, None, &["COSINE", "DOT_PRODUCT", "EUCLIDEAN"]);
static S_VECTOR_INDEX: Shape = structure("VectorIndex", &[m("IndexName", &S_INDEX_NAME).required(), m("VectorAttribute", &S_VECTOR_ATTRIBUTE_DEFINITION).required(), m("SearchSchema", &S_SEARCH_SCHEMA), m("Projection", &S_PROJECTION).required(), m("Dimensions", &S_POSITIVE_LONG_OBJECT).required(), m("DistanceFunction", &S_VECTOR_DISTANCE_FUNCTION).required()]);
static S_VECTOR_INDEX_DESCRIPTION: Shape = structure("VectorIndexDescription", &[m("IndexName", &S_INDEX_NAME), m("SearchSchema", &S_SEARCH_SCHEMA), m("Projection", &S_PROJECTION), m("VectorAttribute", &S_VECTOR_ATTRIBUTE_DEFINITION), m("Dimensions", &S_POSITIVE_LONG_OBJECT), m("DistanceFunction", &S_VECTOR_DISTANCE_FUNCTION), m("IndexStatus", &S_INDEX_STATUS), m("Backfilling", &S_BACKFILLING), m("IndexSizeBytes", &S_LONG_OBJECT), m("ItemCount", &S_LONG_OBJECT), m("IndexArn", &S_STRING)]);
static S_VECTOR_INDEX_DESCRIPTION_LIST: Shape = list("VectorIndexDescriptionList", &S_VECTOR_INDEX_DESCRIPTION, "member", Bounds::NONE);
static S_VECTOR_INDEX_LIST: Shape = list("VectorIndexList", &S_VECTOR_INDEX, "member", Bounds::NONE);
static S_VECTOR_INDEX_UPDATE: Shape = structure("VectorIndexUpdate", &[m("Create", &S_CREATE_VECTOR_INDEX_ACTION), m("Delete", &S_DELETE_VECTOR_INDEX_ACTION)]);
static S_VECTOR_INDEX_UPDATE_LIST: Shape = list("VectorIndexUpdateList", &S_VECTOR_INDEX_UPDATE, "member", Bounds::NONE);
static S_VECTOR_INDEXES_CAPACITY_MAP: Shape = map("VectorIndexesCapacityMap", &S_INDEX_NAME, &S_VECTOR_CAPACITY, Bounds::NONE);
static S_WARM_THROUGHPUT: Shape = structure("WarmThroughput", &[m("ReadUnitsPerSecond", &S_LONG_OBJECT), m("WriteUnitsPerSecond", &S_LONG_OBJECT)]);
static S_WITNESS_STATUS: Shape = string("WitnessStatus", Bounds::NONE, None, &[]);
static S_WRITE_REQUEST: Shape = structure("WriteRequest", &[m("PutRequest", &S_PUT_REQUEST).read(), m("DeleteRequest", &S_DELETE_REQUEST).read()]);
static S_WRITE_REQUESTS: Shape = list("WriteRequests", &S_WRITE_REQUEST, "member", b(1, 25));
static P0: Pattern = Pattern::new("[a-zA-Z0-9_.-]+", "[a-zA-Z0-9_.-]+");
