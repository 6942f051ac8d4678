//! The inputs of dynamodb's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct BatchExecuteStatement {
    #[serde(rename = "Statements")] pub statements: Vec<BatchStatementRequest>,
    #[serde(rename = "ReturnConsumedCapacity")] pub return_consumed_capacity: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct BatchGetItem {
    #[serde(rename = "RequestItems")] pub request_items: BTreeMap<String, KeysAndAttributes>,
    #[serde(rename = "ReturnConsumedCapacity")] pub return_consumed_capacity: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct BatchWriteItem {
    #[serde(rename = "RequestItems")] pub request_items: BTreeMap<String, Vec<WriteRequest>>,
    #[serde(rename = "ReturnConsumedCapacity")] pub return_consumed_capacity: Option<String>,
    #[serde(rename = "ReturnItemCollectionMetrics")] pub return_item_collection_metrics: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateTable {
    #[serde(rename = "AttributeDefinitions")] pub attribute_definitions: Option<Vec<AttributeDefinition>>,
    #[serde(rename = "TableName")] pub table_name: String,
    #[serde(rename = "KeySchema")] pub key_schema: Option<Vec<KeySchemaElement>>,
    #[serde(rename = "LocalSecondaryIndexes")] pub local_secondary_indexes: Option<Vec<LocalSecondaryIndex>>,
    #[serde(rename = "GlobalSecondaryIndexes")] pub global_secondary_indexes: Option<Vec<GlobalSecondaryIndex>>,
    #[serde(rename = "BillingMode")] pub billing_mode: Option<String>,
    #[serde(rename = "ProvisionedThroughput")] pub provisioned_throughput: Option<ProvisionedThroughput>,
    #[serde(rename = "StreamSpecification")] pub stream_specification: Option<StreamSpecification>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "TableClass")] pub table_class: Option<String>,
    #[serde(rename = "DeletionProtectionEnabled")] pub deletion_protection_enabled: Option<bool>,
    #[serde(rename = "OnDemandThroughput")] pub on_demand_throughput: Option<OnDemandThroughput>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteItem {
    #[serde(rename = "TableName")] pub table_name: String,
    #[serde(rename = "Key")] pub key: BTreeMap<String, AttributeValue>,
    #[serde(rename = "Expected")] pub expected: Option<BTreeMap<String, ExpectedAttributeValue>>,
    #[serde(rename = "ConditionalOperator")] pub conditional_operator: Option<String>,
    #[serde(rename = "ReturnValues")] pub return_values: Option<String>,
    #[serde(rename = "ReturnConsumedCapacity")] pub return_consumed_capacity: Option<String>,
    #[serde(rename = "ReturnItemCollectionMetrics")] pub return_item_collection_metrics: Option<String>,
    #[serde(rename = "ConditionExpression")] pub condition_expression: Option<String>,
    #[serde(rename = "ExpressionAttributeNames")] pub expression_attribute_names: Option<BTreeMap<String, String>>,
    #[serde(rename = "ExpressionAttributeValues")] pub expression_attribute_values: Option<BTreeMap<String, AttributeValue>>,
    #[serde(rename = "ReturnValuesOnConditionCheckFailure")] pub return_values_on_condition_check_failure: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteTable {
    #[serde(rename = "TableName")] pub table_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeContinuousBackups {
    #[serde(rename = "TableName")] pub table_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeEndpoints {}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeLimits {}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeTable {
    #[serde(rename = "TableName")] pub table_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeTimeToLive {
    #[serde(rename = "TableName")] pub table_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ExecuteStatement {
    #[serde(rename = "Statement")] pub statement: String,
    #[serde(rename = "Parameters")] pub parameters: Option<Vec<AttributeValue>>,
    #[serde(rename = "ConsistentRead")] pub consistent_read: Option<bool>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "ReturnConsumedCapacity")] pub return_consumed_capacity: Option<String>,
    #[serde(rename = "Limit")] pub limit: Option<i32>,
    #[serde(rename = "ReturnValuesOnConditionCheckFailure")] pub return_values_on_condition_check_failure: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ExecuteTransaction {
    #[serde(rename = "TransactStatements")] pub transact_statements: Vec<ParameterizedStatement>,
    #[serde(rename = "ClientRequestToken")] pub client_request_token: Option<String>,
    #[serde(rename = "ReturnConsumedCapacity")] pub return_consumed_capacity: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetItem {
    #[serde(rename = "TableName")] pub table_name: String,
    #[serde(rename = "Key")] pub key: BTreeMap<String, AttributeValue>,
    #[serde(rename = "AttributesToGet")] pub attributes_to_get: Option<Vec<String>>,
    #[serde(rename = "ConsistentRead")] pub consistent_read: Option<bool>,
    #[serde(rename = "ReturnConsumedCapacity")] pub return_consumed_capacity: Option<String>,
    #[serde(rename = "ProjectionExpression")] pub projection_expression: Option<String>,
    #[serde(rename = "ExpressionAttributeNames")] pub expression_attribute_names: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListTables {
    #[serde(rename = "ExclusiveStartTableName")] pub exclusive_start_table_name: Option<String>,
    #[serde(rename = "Limit")] pub limit: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListTagsOfResource {
    #[serde(rename = "ResourceArn")] pub resource_arn: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutItem {
    #[serde(rename = "TableName")] pub table_name: String,
    #[serde(rename = "Item")] pub item: BTreeMap<String, AttributeValue>,
    #[serde(rename = "Expected")] pub expected: Option<BTreeMap<String, ExpectedAttributeValue>>,
    #[serde(rename = "ReturnValues")] pub return_values: Option<String>,
    #[serde(rename = "ReturnConsumedCapacity")] pub return_consumed_capacity: Option<String>,
    #[serde(rename = "ReturnItemCollectionMetrics")] pub return_item_collection_metrics: Option<String>,
    #[serde(rename = "ConditionalOperator")] pub conditional_operator: Option<String>,
    #[serde(rename = "ConditionExpression")] pub condition_expression: Option<String>,
    #[serde(rename = "ExpressionAttributeNames")] pub expression_attribute_names: Option<BTreeMap<String, String>>,
    #[serde(rename = "ExpressionAttributeValues")] pub expression_attribute_values: Option<BTreeMap<String, AttributeValue>>,
    #[serde(rename = "ReturnValuesOnConditionCheckFailure")] pub return_values_on_condition_check_failure: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Query {
    #[serde(rename = "TableName")] pub table_name: String,
    #[serde(rename = "IndexName")] pub index_name: Option<String>,
    #[serde(rename = "Select")] pub select: Option<String>,
    #[serde(rename = "AttributesToGet")] pub attributes_to_get: Option<Vec<String>>,
    #[serde(rename = "Limit")] pub limit: Option<i32>,
    #[serde(rename = "ConsistentRead")] pub consistent_read: Option<bool>,
    #[serde(rename = "KeyConditions")] pub key_conditions: Option<BTreeMap<String, Condition>>,
    #[serde(rename = "QueryFilter")] pub query_filter: Option<BTreeMap<String, Condition>>,
    #[serde(rename = "ConditionalOperator")] pub conditional_operator: Option<String>,
    #[serde(rename = "ScanIndexForward")] pub scan_index_forward: Option<bool>,
    #[serde(rename = "ExclusiveStartKey")] pub exclusive_start_key: Option<BTreeMap<String, AttributeValue>>,
    #[serde(rename = "ReturnConsumedCapacity")] pub return_consumed_capacity: Option<String>,
    #[serde(rename = "ProjectionExpression")] pub projection_expression: Option<String>,
    #[serde(rename = "FilterExpression")] pub filter_expression: Option<String>,
    #[serde(rename = "KeyConditionExpression")] pub key_condition_expression: Option<String>,
    #[serde(rename = "ExpressionAttributeNames")] pub expression_attribute_names: Option<BTreeMap<String, String>>,
    #[serde(rename = "ExpressionAttributeValues")] pub expression_attribute_values: Option<BTreeMap<String, AttributeValue>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Scan {
    #[serde(rename = "TableName")] pub table_name: String,
    #[serde(rename = "IndexName")] pub index_name: Option<String>,
    #[serde(rename = "AttributesToGet")] pub attributes_to_get: Option<Vec<String>>,
    #[serde(rename = "Limit")] pub limit: Option<i32>,
    #[serde(rename = "Select")] pub select: Option<String>,
    #[serde(rename = "ScanFilter")] pub scan_filter: Option<BTreeMap<String, Condition>>,
    #[serde(rename = "ConditionalOperator")] pub conditional_operator: Option<String>,
    #[serde(rename = "ExclusiveStartKey")] pub exclusive_start_key: Option<BTreeMap<String, AttributeValue>>,
    #[serde(rename = "ReturnConsumedCapacity")] pub return_consumed_capacity: Option<String>,
    #[serde(rename = "TotalSegments")] pub total_segments: Option<i32>,
    #[serde(rename = "Segment")] pub segment: Option<i32>,
    #[serde(rename = "ProjectionExpression")] pub projection_expression: Option<String>,
    #[serde(rename = "FilterExpression")] pub filter_expression: Option<String>,
    #[serde(rename = "ExpressionAttributeNames")] pub expression_attribute_names: Option<BTreeMap<String, String>>,
    #[serde(rename = "ExpressionAttributeValues")] pub expression_attribute_values: Option<BTreeMap<String, AttributeValue>>,
    #[serde(rename = "ConsistentRead")] pub consistent_read: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct TagResource {
    #[serde(rename = "ResourceArn")] pub resource_arn: String,
    #[serde(rename = "Tags")] pub tags: Vec<Tag>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct TransactGetItems {
    #[serde(rename = "TransactItems")] pub transact_items: Vec<TransactGetItem>,
    #[serde(rename = "ReturnConsumedCapacity")] pub return_consumed_capacity: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct TransactWriteItems {
    #[serde(rename = "TransactItems")] pub transact_items: Vec<TransactWriteItem>,
    #[serde(rename = "ReturnConsumedCapacity")] pub return_consumed_capacity: Option<String>,
    #[serde(rename = "ReturnItemCollectionMetrics")] pub return_item_collection_metrics: Option<String>,
    #[serde(rename = "ClientRequestToken")] pub client_request_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UntagResource {
    #[serde(rename = "ResourceArn")] pub resource_arn: String,
    #[serde(rename = "TagKeys")] pub tag_keys: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateItem {
    #[serde(rename = "TableName")] pub table_name: String,
    #[serde(rename = "Key")] pub key: BTreeMap<String, AttributeValue>,
    #[serde(rename = "AttributeUpdates")] pub attribute_updates: Option<BTreeMap<String, AttributeValueUpdate>>,
    #[serde(rename = "Expected")] pub expected: Option<BTreeMap<String, ExpectedAttributeValue>>,
    #[serde(rename = "ConditionalOperator")] pub conditional_operator: Option<String>,
    #[serde(rename = "ReturnValues")] pub return_values: Option<String>,
    #[serde(rename = "ReturnConsumedCapacity")] pub return_consumed_capacity: Option<String>,
    #[serde(rename = "ReturnItemCollectionMetrics")] pub return_item_collection_metrics: Option<String>,
    #[serde(rename = "UpdateExpression")] pub update_expression: Option<String>,
    #[serde(rename = "ConditionExpression")] pub condition_expression: Option<String>,
    #[serde(rename = "ExpressionAttributeNames")] pub expression_attribute_names: Option<BTreeMap<String, String>>,
    #[serde(rename = "ExpressionAttributeValues")] pub expression_attribute_values: Option<BTreeMap<String, AttributeValue>>,
    #[serde(rename = "ReturnValuesOnConditionCheckFailure")] pub return_values_on_condition_check_failure: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateTable {
    #[serde(rename = "AttributeDefinitions")] pub attribute_definitions: Option<Vec<AttributeDefinition>>,
    #[serde(rename = "TableName")] pub table_name: String,
    #[serde(rename = "BillingMode")] pub billing_mode: Option<String>,
    #[serde(rename = "ProvisionedThroughput")] pub provisioned_throughput: Option<ProvisionedThroughput>,
    #[serde(rename = "GlobalSecondaryIndexUpdates")] pub global_secondary_index_updates: Option<Vec<GlobalSecondaryIndexUpdate>>,
    #[serde(rename = "StreamSpecification")] pub stream_specification: Option<StreamSpecification>,
    #[serde(rename = "TableClass")] pub table_class: Option<String>,
    #[serde(rename = "DeletionProtectionEnabled")] pub deletion_protection_enabled: Option<bool>,
    #[serde(rename = "OnDemandThroughput")] pub on_demand_throughput: Option<OnDemandThroughput>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateTimeToLive {
    #[serde(rename = "TableName")] pub table_name: String,
    #[serde(rename = "TimeToLiveSpecification")] pub time_to_live_specification: TimeToLiveSpecification,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AttributeDefinition {
    #[serde(rename = "AttributeName")] pub attribute_name: String,
    #[serde(rename = "AttributeType")] pub attribute_type: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AttributeValueUpdate {
    #[serde(rename = "Value")] pub value: Option<AttributeValue>,
    #[serde(rename = "Action")] pub action: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AttributeValue {
    #[serde(rename = "S")] pub s: Option<String>,
    #[serde(rename = "N")] pub n: Option<String>,
    #[serde(rename = "B")] pub b: Option<String>,
    #[serde(rename = "SS")] pub ss: Option<Vec<String>>,
    #[serde(rename = "NS")] pub ns: Option<Vec<String>>,
    #[serde(rename = "BS")] pub bs: Option<Vec<String>>,
    #[serde(rename = "M")] pub m: Option<BTreeMap<String, AttributeValue>>,
    #[serde(rename = "L")] pub l: Option<Vec<AttributeValue>>,
    #[serde(rename = "NULL")] pub null: Option<bool>,
    #[serde(rename = "BOOL")] pub bool: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct KeysAndAttributes {
    #[serde(rename = "Keys")] pub keys: Vec<BTreeMap<String, AttributeValue>>,
    #[serde(rename = "AttributesToGet")] pub attributes_to_get: Option<Vec<String>>,
    #[serde(rename = "ConsistentRead")] pub consistent_read: Option<bool>,
    #[serde(rename = "ProjectionExpression")] pub projection_expression: Option<String>,
    #[serde(rename = "ExpressionAttributeNames")] pub expression_attribute_names: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct WriteRequest {
    #[serde(rename = "PutRequest")] pub put_request: Option<PutRequest>,
    #[serde(rename = "DeleteRequest")] pub delete_request: Option<DeleteRequest>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteRequest {
    #[serde(rename = "Key")] pub key: BTreeMap<String, AttributeValue>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ExpectedAttributeValue {
    #[serde(rename = "Value")] pub value: Option<AttributeValue>,
    #[serde(rename = "Exists")] pub exists: Option<bool>,
    #[serde(rename = "ComparisonOperator")] pub comparison_operator: Option<String>,
    #[serde(rename = "AttributeValueList")] pub attribute_value_list: Option<Vec<AttributeValue>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Condition {
    #[serde(rename = "AttributeValueList")] pub attribute_value_list: Option<Vec<AttributeValue>>,
    #[serde(rename = "ComparisonOperator")] pub comparison_operator: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GlobalSecondaryIndex {
    #[serde(rename = "IndexName")] pub index_name: String,
    #[serde(rename = "KeySchema")] pub key_schema: Vec<KeySchemaElement>,
    #[serde(rename = "Projection")] pub projection: Projection,
    #[serde(rename = "ProvisionedThroughput")] pub provisioned_throughput: Option<ProvisionedThroughput>,
    #[serde(rename = "OnDemandThroughput")] pub on_demand_throughput: Option<OnDemandThroughput>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GlobalSecondaryIndexUpdate {
    #[serde(rename = "Update")] pub update: Option<UpdateGlobalSecondaryIndexAction>,
    #[serde(rename = "Create")] pub create: Option<CreateGlobalSecondaryIndexAction>,
    #[serde(rename = "Delete")] pub delete: Option<DeleteGlobalSecondaryIndexAction>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateGlobalSecondaryIndexAction {
    #[serde(rename = "IndexName")] pub index_name: String,
    #[serde(rename = "KeySchema")] pub key_schema: Vec<KeySchemaElement>,
    #[serde(rename = "Projection")] pub projection: Projection,
    #[serde(rename = "ProvisionedThroughput")] pub provisioned_throughput: Option<ProvisionedThroughput>,
    #[serde(rename = "OnDemandThroughput")] pub on_demand_throughput: Option<OnDemandThroughput>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteGlobalSecondaryIndexAction {
    #[serde(rename = "IndexName")] pub index_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct KeySchemaElement {
    #[serde(rename = "AttributeName")] pub attribute_name: String,
    #[serde(rename = "KeyType")] pub key_type: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct LocalSecondaryIndex {
    #[serde(rename = "IndexName")] pub index_name: String,
    #[serde(rename = "KeySchema")] pub key_schema: Vec<KeySchemaElement>,
    #[serde(rename = "Projection")] pub projection: Projection,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct OnDemandThroughput {
    #[serde(rename = "MaxReadRequestUnits")] pub max_read_request_units: Option<i64>,
    #[serde(rename = "MaxWriteRequestUnits")] pub max_write_request_units: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ParameterizedStatement {
    #[serde(rename = "Statement")] pub statement: String,
    #[serde(rename = "Parameters")] pub parameters: Option<Vec<AttributeValue>>,
    #[serde(rename = "ReturnValuesOnConditionCheckFailure")] pub return_values_on_condition_check_failure: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct BatchStatementRequest {
    #[serde(rename = "Statement")] pub statement: String,
    #[serde(rename = "Parameters")] pub parameters: Option<Vec<AttributeValue>>,
    #[serde(rename = "ConsistentRead")] pub consistent_read: Option<bool>,
    #[serde(rename = "ReturnValuesOnConditionCheckFailure")] pub return_values_on_condition_check_failure: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Projection {
    #[serde(rename = "ProjectionType")] pub projection_type: Option<String>,
    #[serde(rename = "NonKeyAttributes")] pub non_key_attributes: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ProvisionedThroughput {
    #[serde(rename = "ReadCapacityUnits")] pub read_capacity_units: i64,
    #[serde(rename = "WriteCapacityUnits")] pub write_capacity_units: i64,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutRequest {
    #[serde(rename = "Item")] pub item: BTreeMap<String, AttributeValue>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct StreamSpecification {
    #[serde(rename = "StreamEnabled")] pub stream_enabled: bool,
    #[serde(rename = "StreamViewType")] pub stream_view_type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Tag {
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Value")] pub value: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct TimeToLiveSpecification {
    #[serde(rename = "Enabled")] pub enabled: bool,
    #[serde(rename = "AttributeName")] pub attribute_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct TransactGetItem {
    #[serde(rename = "Get")] pub get: Get,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Get {
    #[serde(rename = "Key")] pub key: BTreeMap<String, AttributeValue>,
    #[serde(rename = "TableName")] pub table_name: String,
    #[serde(rename = "ProjectionExpression")] pub projection_expression: Option<String>,
    #[serde(rename = "ExpressionAttributeNames")] pub expression_attribute_names: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct TransactWriteItem {
    #[serde(rename = "ConditionCheck")] pub condition_check: Option<ConditionCheck>,
    #[serde(rename = "Put")] pub put: Option<Put>,
    #[serde(rename = "Delete")] pub delete: Option<Delete>,
    #[serde(rename = "Update")] pub update: Option<Update>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ConditionCheck {
    #[serde(rename = "Key")] pub key: BTreeMap<String, AttributeValue>,
    #[serde(rename = "TableName")] pub table_name: String,
    #[serde(rename = "ConditionExpression")] pub condition_expression: String,
    #[serde(rename = "ExpressionAttributeNames")] pub expression_attribute_names: Option<BTreeMap<String, String>>,
    #[serde(rename = "ExpressionAttributeValues")] pub expression_attribute_values: Option<BTreeMap<String, AttributeValue>>,
    #[serde(rename = "ReturnValuesOnConditionCheckFailure")] pub return_values_on_condition_check_failure: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Delete {
    #[serde(rename = "Key")] pub key: BTreeMap<String, AttributeValue>,
    #[serde(rename = "TableName")] pub table_name: String,
    #[serde(rename = "ConditionExpression")] pub condition_expression: Option<String>,
    #[serde(rename = "ExpressionAttributeNames")] pub expression_attribute_names: Option<BTreeMap<String, String>>,
    #[serde(rename = "ExpressionAttributeValues")] pub expression_attribute_values: Option<BTreeMap<String, AttributeValue>>,
    #[serde(rename = "ReturnValuesOnConditionCheckFailure")] pub return_values_on_condition_check_failure: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Put {
    #[serde(rename = "Item")] pub item: BTreeMap<String, AttributeValue>,
    #[serde(rename = "TableName")] pub table_name: String,
    #[serde(rename = "ConditionExpression")] pub condition_expression: Option<String>,
    #[serde(rename = "ExpressionAttributeNames")] pub expression_attribute_names: Option<BTreeMap<String, String>>,
    #[serde(rename = "ExpressionAttributeValues")] pub expression_attribute_values: Option<BTreeMap<String, AttributeValue>>,
    #[serde(rename = "ReturnValuesOnConditionCheckFailure")] pub return_values_on_condition_check_failure: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Update {
    #[serde(rename = "Key")] pub key: BTreeMap<String, AttributeValue>,
    #[serde(rename = "UpdateExpression")] pub update_expression: String,
    #[serde(rename = "TableName")] pub table_name: String,
    #[serde(rename = "ConditionExpression")] pub condition_expression: Option<String>,
    #[serde(rename = "ExpressionAttributeNames")] pub expression_attribute_names: Option<BTreeMap<String, String>>,
    #[serde(rename = "ExpressionAttributeValues")] pub expression_attribute_values: Option<BTreeMap<String, AttributeValue>>,
    #[serde(rename = "ReturnValuesOnConditionCheckFailure")] pub return_values_on_condition_check_failure: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateGlobalSecondaryIndexAction {
    #[serde(rename = "IndexName")] pub index_name: String,
    #[serde(rename = "ProvisionedThroughput")] pub provisioned_throughput: Option<ProvisionedThroughput>,
    #[serde(rename = "OnDemandThroughput")] pub on_demand_throughput: Option<OnDemandThroughput>,
}
