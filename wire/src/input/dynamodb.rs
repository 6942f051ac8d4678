//! The inputs of dynamodb's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use crate::members::input;

input! { BatchExecuteStatement {
    must "Statements" statements: Vec<BatchStatementRequest>,
    may "ReturnConsumedCapacity" return_consumed_capacity: Option<String>,
} }

input! { BatchGetItem {
    must "RequestItems" request_items: BTreeMap<String, KeysAndAttributes>,
    may "ReturnConsumedCapacity" return_consumed_capacity: Option<String>,
} }

input! { BatchWriteItem {
    must "RequestItems" request_items: BTreeMap<String, Vec<WriteRequest>>,
    may "ReturnConsumedCapacity" return_consumed_capacity: Option<String>,
    may "ReturnItemCollectionMetrics" return_item_collection_metrics: Option<String>,
} }

input! { CreateTable {
    may "AttributeDefinitions" attribute_definitions: Option<Vec<AttributeDefinition>>,
    must "TableName" table_name: String,
    may "KeySchema" key_schema: Option<Vec<KeySchemaElement>>,
    may "LocalSecondaryIndexes" local_secondary_indexes: Option<Vec<LocalSecondaryIndex>>,
    may "GlobalSecondaryIndexes" global_secondary_indexes: Option<Vec<GlobalSecondaryIndex>>,
    may "BillingMode" billing_mode: Option<String>,
    may "ProvisionedThroughput" provisioned_throughput: Option<ProvisionedThroughput>,
    may "StreamSpecification" stream_specification: Option<StreamSpecification>,
    may "Tags" tags: Option<Vec<Tag>>,
    may "TableClass" table_class: Option<String>,
    may "DeletionProtectionEnabled" deletion_protection_enabled: Option<bool>,
    may "OnDemandThroughput" on_demand_throughput: Option<OnDemandThroughput>,
} }

input! { DeleteItem {
    must "TableName" table_name: String,
    must "Key" key: BTreeMap<String, AttributeValue>,
    may "Expected" expected: Option<BTreeMap<String, ExpectedAttributeValue>>,
    may "ConditionalOperator" conditional_operator: Option<String>,
    may "ReturnValues" return_values: Option<String>,
    may "ReturnConsumedCapacity" return_consumed_capacity: Option<String>,
    may "ReturnItemCollectionMetrics" return_item_collection_metrics: Option<String>,
    may "ConditionExpression" condition_expression: Option<String>,
    may "ExpressionAttributeNames" expression_attribute_names: Option<BTreeMap<String, String>>,
    may "ExpressionAttributeValues" expression_attribute_values: Option<BTreeMap<String, AttributeValue>>,
    may "ReturnValuesOnConditionCheckFailure" return_values_on_condition_check_failure: Option<String>,
} }

input! { DeleteTable {
    must "TableName" table_name: String,
} }

input! { DescribeContinuousBackups {
    must "TableName" table_name: String,
} }

input! { DescribeEndpoints {} }

input! { DescribeLimits {} }

input! { DescribeTable {
    must "TableName" table_name: String,
} }

input! { DescribeTimeToLive {
    must "TableName" table_name: String,
} }

input! { ExecuteStatement {
    must "Statement" statement: String,
    may "Parameters" parameters: Option<Vec<AttributeValue>>,
    may "ConsistentRead" consistent_read: Option<bool>,
    may "NextToken" next_token: Option<String>,
    may "ReturnConsumedCapacity" return_consumed_capacity: Option<String>,
    may "Limit" limit: Option<i32>,
    may "ReturnValuesOnConditionCheckFailure" return_values_on_condition_check_failure: Option<String>,
} }

input! { ExecuteTransaction {
    must "TransactStatements" transact_statements: Vec<ParameterizedStatement>,
    may "ClientRequestToken" client_request_token: Option<String>,
    may "ReturnConsumedCapacity" return_consumed_capacity: Option<String>,
} }

input! { GetItem {
    must "TableName" table_name: String,
    must "Key" key: BTreeMap<String, AttributeValue>,
    may "AttributesToGet" attributes_to_get: Option<Vec<String>>,
    may "ConsistentRead" consistent_read: Option<bool>,
    may "ReturnConsumedCapacity" return_consumed_capacity: Option<String>,
    may "ProjectionExpression" projection_expression: Option<String>,
    may "ExpressionAttributeNames" expression_attribute_names: Option<BTreeMap<String, String>>,
} }

input! { ListTables {
    may "ExclusiveStartTableName" exclusive_start_table_name: Option<String>,
    may "Limit" limit: Option<i32>,
} }

input! { ListTagsOfResource {
    must "ResourceArn" resource_arn: String,
} }

input! { PutItem {
    must "TableName" table_name: String,
    must "Item" item: BTreeMap<String, AttributeValue>,
    may "Expected" expected: Option<BTreeMap<String, ExpectedAttributeValue>>,
    may "ReturnValues" return_values: Option<String>,
    may "ReturnConsumedCapacity" return_consumed_capacity: Option<String>,
    may "ReturnItemCollectionMetrics" return_item_collection_metrics: Option<String>,
    may "ConditionalOperator" conditional_operator: Option<String>,
    may "ConditionExpression" condition_expression: Option<String>,
    may "ExpressionAttributeNames" expression_attribute_names: Option<BTreeMap<String, String>>,
    may "ExpressionAttributeValues" expression_attribute_values: Option<BTreeMap<String, AttributeValue>>,
    may "ReturnValuesOnConditionCheckFailure" return_values_on_condition_check_failure: Option<String>,
} }

input! { Query {
    must "TableName" table_name: String,
    may "IndexName" index_name: Option<String>,
    may "Select" select: Option<String>,
    may "AttributesToGet" attributes_to_get: Option<Vec<String>>,
    may "Limit" limit: Option<i32>,
    may "ConsistentRead" consistent_read: Option<bool>,
    may "KeyConditions" key_conditions: Option<BTreeMap<String, Condition>>,
    may "QueryFilter" query_filter: Option<BTreeMap<String, Condition>>,
    may "ConditionalOperator" conditional_operator: Option<String>,
    may "ScanIndexForward" scan_index_forward: Option<bool>,
    may "ExclusiveStartKey" exclusive_start_key: Option<BTreeMap<String, AttributeValue>>,
    may "ReturnConsumedCapacity" return_consumed_capacity: Option<String>,
    may "ProjectionExpression" projection_expression: Option<String>,
    may "FilterExpression" filter_expression: Option<String>,
    may "KeyConditionExpression" key_condition_expression: Option<String>,
    may "ExpressionAttributeNames" expression_attribute_names: Option<BTreeMap<String, String>>,
    may "ExpressionAttributeValues" expression_attribute_values: Option<BTreeMap<String, AttributeValue>>,
} }

input! { Scan {
    must "TableName" table_name: String,
    may "IndexName" index_name: Option<String>,
    may "AttributesToGet" attributes_to_get: Option<Vec<String>>,
    may "Limit" limit: Option<i32>,
    may "Select" select: Option<String>,
    may "ScanFilter" scan_filter: Option<BTreeMap<String, Condition>>,
    may "ConditionalOperator" conditional_operator: Option<String>,
    may "ExclusiveStartKey" exclusive_start_key: Option<BTreeMap<String, AttributeValue>>,
    may "ReturnConsumedCapacity" return_consumed_capacity: Option<String>,
    may "TotalSegments" total_segments: Option<i32>,
    may "Segment" segment: Option<i32>,
    may "ProjectionExpression" projection_expression: Option<String>,
    may "FilterExpression" filter_expression: Option<String>,
    may "ExpressionAttributeNames" expression_attribute_names: Option<BTreeMap<String, String>>,
    may "ExpressionAttributeValues" expression_attribute_values: Option<BTreeMap<String, AttributeValue>>,
    may "ConsistentRead" consistent_read: Option<bool>,
} }

input! { TagResource {
    must "ResourceArn" resource_arn: String,
    must "Tags" tags: Vec<Tag>,
} }

input! { TransactGetItems {
    must "TransactItems" transact_items: Vec<TransactGetItem>,
    may "ReturnConsumedCapacity" return_consumed_capacity: Option<String>,
} }

input! { TransactWriteItems {
    must "TransactItems" transact_items: Vec<TransactWriteItem>,
    may "ReturnConsumedCapacity" return_consumed_capacity: Option<String>,
    may "ReturnItemCollectionMetrics" return_item_collection_metrics: Option<String>,
    may "ClientRequestToken" client_request_token: Option<String>,
} }

input! { UntagResource {
    must "ResourceArn" resource_arn: String,
    must "TagKeys" tag_keys: Vec<String>,
} }

input! { UpdateItem {
    must "TableName" table_name: String,
    must "Key" key: BTreeMap<String, AttributeValue>,
    may "AttributeUpdates" attribute_updates: Option<BTreeMap<String, AttributeValueUpdate>>,
    may "Expected" expected: Option<BTreeMap<String, ExpectedAttributeValue>>,
    may "ConditionalOperator" conditional_operator: Option<String>,
    may "ReturnValues" return_values: Option<String>,
    may "ReturnConsumedCapacity" return_consumed_capacity: Option<String>,
    may "ReturnItemCollectionMetrics" return_item_collection_metrics: Option<String>,
    may "UpdateExpression" update_expression: Option<String>,
    may "ConditionExpression" condition_expression: Option<String>,
    may "ExpressionAttributeNames" expression_attribute_names: Option<BTreeMap<String, String>>,
    may "ExpressionAttributeValues" expression_attribute_values: Option<BTreeMap<String, AttributeValue>>,
    may "ReturnValuesOnConditionCheckFailure" return_values_on_condition_check_failure: Option<String>,
} }

input! { UpdateTable {
    may "AttributeDefinitions" attribute_definitions: Option<Vec<AttributeDefinition>>,
    must "TableName" table_name: String,
    may "BillingMode" billing_mode: Option<String>,
    may "ProvisionedThroughput" provisioned_throughput: Option<ProvisionedThroughput>,
    may "GlobalSecondaryIndexUpdates" global_secondary_index_updates: Option<Vec<GlobalSecondaryIndexUpdate>>,
    may "StreamSpecification" stream_specification: Option<StreamSpecification>,
    may "TableClass" table_class: Option<String>,
    may "DeletionProtectionEnabled" deletion_protection_enabled: Option<bool>,
    may "OnDemandThroughput" on_demand_throughput: Option<OnDemandThroughput>,
} }

input! { UpdateTimeToLive {
    must "TableName" table_name: String,
    must "TimeToLiveSpecification" time_to_live_specification: TimeToLiveSpecification,
} }

input! { AttributeDefinition {
    must "AttributeName" attribute_name: String,
    must "AttributeType" attribute_type: String,
} }

input! { AttributeValueUpdate {
    may "Value" value: Option<AttributeValue>,
    may "Action" action: Option<String>,
} }

input! { AttributeValue {
    may "S" s: Option<String>,
    may "N" n: Option<String>,
    may "B" b: Option<String>,
    may "SS" ss: Option<Vec<String>>,
    may "NS" ns: Option<Vec<String>>,
    may "BS" bs: Option<Vec<String>>,
    may "M" m: Option<BTreeMap<String, AttributeValue>>,
    may "L" l: Option<Vec<AttributeValue>>,
    may "NULL" null: Option<bool>,
    may "BOOL" bool: Option<bool>,
} }

input! { KeysAndAttributes {
    must "Keys" keys: Vec<BTreeMap<String, AttributeValue>>,
    may "AttributesToGet" attributes_to_get: Option<Vec<String>>,
    may "ConsistentRead" consistent_read: Option<bool>,
    may "ProjectionExpression" projection_expression: Option<String>,
    may "ExpressionAttributeNames" expression_attribute_names: Option<BTreeMap<String, String>>,
} }

input! { WriteRequest {
    may "PutRequest" put_request: Option<PutRequest>,
    may "DeleteRequest" delete_request: Option<DeleteRequest>,
} }

input! { DeleteRequest {
    must "Key" key: BTreeMap<String, AttributeValue>,
} }

input! { ExpectedAttributeValue {
    may "Value" value: Option<AttributeValue>,
    may "Exists" exists: Option<bool>,
    may "ComparisonOperator" comparison_operator: Option<String>,
    may "AttributeValueList" attribute_value_list: Option<Vec<AttributeValue>>,
} }

input! { Condition {
    may "AttributeValueList" attribute_value_list: Option<Vec<AttributeValue>>,
    must "ComparisonOperator" comparison_operator: String,
} }

input! { GlobalSecondaryIndex {
    must "IndexName" index_name: String,
    must "KeySchema" key_schema: Vec<KeySchemaElement>,
    must "Projection" projection: Projection,
    may "ProvisionedThroughput" provisioned_throughput: Option<ProvisionedThroughput>,
    may "OnDemandThroughput" on_demand_throughput: Option<OnDemandThroughput>,
} }

input! { GlobalSecondaryIndexUpdate {
    may "Update" update: Option<UpdateGlobalSecondaryIndexAction>,
    may "Create" create: Option<CreateGlobalSecondaryIndexAction>,
    may "Delete" delete: Option<DeleteGlobalSecondaryIndexAction>,
} }

input! { CreateGlobalSecondaryIndexAction {
    must "IndexName" index_name: String,
    must "KeySchema" key_schema: Vec<KeySchemaElement>,
    must "Projection" projection: Projection,
    may "ProvisionedThroughput" provisioned_throughput: Option<ProvisionedThroughput>,
    may "OnDemandThroughput" on_demand_throughput: Option<OnDemandThroughput>,
} }

input! { DeleteGlobalSecondaryIndexAction {
    must "IndexName" index_name: String,
} }

input! { KeySchemaElement {
    must "AttributeName" attribute_name: String,
    must "KeyType" key_type: String,
} }

input! { LocalSecondaryIndex {
    must "IndexName" index_name: String,
    must "KeySchema" key_schema: Vec<KeySchemaElement>,
    must "Projection" projection: Projection,
} }

input! { OnDemandThroughput {
    may "MaxReadRequestUnits" max_read_request_units: Option<i64>,
    may "MaxWriteRequestUnits" max_write_request_units: Option<i64>,
} }

input! { ParameterizedStatement {
    must "Statement" statement: String,
    may "Parameters" parameters: Option<Vec<AttributeValue>>,
    may "ReturnValuesOnConditionCheckFailure" return_values_on_condition_check_failure: Option<String>,
} }

input! { BatchStatementRequest {
    must "Statement" statement: String,
    may "Parameters" parameters: Option<Vec<AttributeValue>>,
    may "ConsistentRead" consistent_read: Option<bool>,
    may "ReturnValuesOnConditionCheckFailure" return_values_on_condition_check_failure: Option<String>,
} }

input! { Projection {
    may "ProjectionType" projection_type: Option<String>,
    may "NonKeyAttributes" non_key_attributes: Option<Vec<String>>,
} }

input! { ProvisionedThroughput {
    must "ReadCapacityUnits" read_capacity_units: i64,
    must "WriteCapacityUnits" write_capacity_units: i64,
} }

input! { PutRequest {
    must "Item" item: BTreeMap<String, AttributeValue>,
} }

input! { StreamSpecification {
    must "StreamEnabled" stream_enabled: bool,
    may "StreamViewType" stream_view_type: Option<String>,
} }

input! { Tag {
    must "Key" key: String,
    must "Value" value: String,
} }

input! { TimeToLiveSpecification {
    must "Enabled" enabled: bool,
    must "AttributeName" attribute_name: String,
} }

input! { TransactGetItem {
    must "Get" get: Get,
} }

input! { Get {
    must "Key" key: BTreeMap<String, AttributeValue>,
    must "TableName" table_name: String,
    may "ProjectionExpression" projection_expression: Option<String>,
    may "ExpressionAttributeNames" expression_attribute_names: Option<BTreeMap<String, String>>,
} }

input! { TransactWriteItem {
    may "ConditionCheck" condition_check: Option<ConditionCheck>,
    may "Put" put: Option<Put>,
    may "Delete" delete: Option<Delete>,
    may "Update" update: Option<Update>,
} }

input! { ConditionCheck {
    must "Key" key: BTreeMap<String, AttributeValue>,
    must "TableName" table_name: String,
    must "ConditionExpression" condition_expression: String,
    may "ExpressionAttributeNames" expression_attribute_names: Option<BTreeMap<String, String>>,
    may "ExpressionAttributeValues" expression_attribute_values: Option<BTreeMap<String, AttributeValue>>,
    may "ReturnValuesOnConditionCheckFailure" return_values_on_condition_check_failure: Option<String>,
} }

input! { Delete {
    must "Key" key: BTreeMap<String, AttributeValue>,
    must "TableName" table_name: String,
    may "ConditionExpression" condition_expression: Option<String>,
    may "ExpressionAttributeNames" expression_attribute_names: Option<BTreeMap<String, String>>,
    may "ExpressionAttributeValues" expression_attribute_values: Option<BTreeMap<String, AttributeValue>>,
    may "ReturnValuesOnConditionCheckFailure" return_values_on_condition_check_failure: Option<String>,
} }

input! { Put {
    must "Item" item: BTreeMap<String, AttributeValue>,
    must "TableName" table_name: String,
    may "ConditionExpression" condition_expression: Option<String>,
    may "ExpressionAttributeNames" expression_attribute_names: Option<BTreeMap<String, String>>,
    may "ExpressionAttributeValues" expression_attribute_values: Option<BTreeMap<String, AttributeValue>>,
    may "ReturnValuesOnConditionCheckFailure" return_values_on_condition_check_failure: Option<String>,
} }

input! { Update {
    must "Key" key: BTreeMap<String, AttributeValue>,
    must "UpdateExpression" update_expression: String,
    must "TableName" table_name: String,
    may "ConditionExpression" condition_expression: Option<String>,
    may "ExpressionAttributeNames" expression_attribute_names: Option<BTreeMap<String, String>>,
    may "ExpressionAttributeValues" expression_attribute_values: Option<BTreeMap<String, AttributeValue>>,
    may "ReturnValuesOnConditionCheckFailure" return_values_on_condition_check_failure: Option<String>,
} }

input! { UpdateGlobalSecondaryIndexAction {
    must "IndexName" index_name: String,
    may "ProvisionedThroughput" provisioned_throughput: Option<ProvisionedThroughput>,
    may "OnDemandThroughput" on_demand_throughput: Option<OnDemandThroughput>,
} }
