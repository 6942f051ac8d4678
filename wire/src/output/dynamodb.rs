//! The outputs of dynamodb's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ArchivalSummary {
    #[serde(rename = "ArchivalDateTime")] pub archival_date_time: Option<i64>,
    #[serde(rename = "ArchivalReason")] pub archival_reason: Option<String>,
    #[serde(rename = "ArchivalBackupArn")] pub archival_backup_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AttributeDefinition {
    #[serde(rename = "AttributeName")] pub attribute_name: String,
    #[serde(rename = "AttributeType")] pub attribute_type: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
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

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct BatchExecuteStatementOutput {
    #[serde(rename = "Responses")] pub responses: Option<Vec<BatchStatementResponse>>,
    #[serde(rename = "ConsumedCapacity")] pub consumed_capacity: Option<Vec<ConsumedCapacity>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct BatchGetItemOutput {
    #[serde(rename = "Responses")] pub responses: Option<BTreeMap<String, Vec<BTreeMap<String, AttributeValue>>>>,
    #[serde(rename = "UnprocessedKeys")] pub unprocessed_keys: Option<BTreeMap<String, KeysAndAttributes>>,
    #[serde(rename = "ConsumedCapacity")] pub consumed_capacity: Option<Vec<ConsumedCapacity>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct BatchStatementError {
    #[serde(rename = "Code")] pub code: Option<String>,
    #[serde(rename = "Message")] pub message: Option<String>,
    #[serde(rename = "Item")] pub item: Option<BTreeMap<String, AttributeValue>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct BatchStatementResponse {
    #[serde(rename = "Error")] pub error: Option<BatchStatementError>,
    #[serde(rename = "TableName")] pub table_name: Option<String>,
    #[serde(rename = "Item")] pub item: Option<BTreeMap<String, AttributeValue>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct BatchWriteItemOutput {
    #[serde(rename = "UnprocessedItems")] pub unprocessed_items: Option<BTreeMap<String, Vec<WriteRequest>>>,
    #[serde(rename = "ItemCollectionMetrics")] pub item_collection_metrics: Option<BTreeMap<String, Vec<ItemCollectionMetrics>>>,
    #[serde(rename = "ConsumedCapacity")] pub consumed_capacity: Option<Vec<ConsumedCapacity>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct BillingModeSummary {
    #[serde(rename = "BillingMode")] pub billing_mode: Option<String>,
    #[serde(rename = "LastUpdateToPayPerRequestDateTime")] pub last_update_to_pay_per_request_date_time: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Capacity {
    #[serde(rename = "ReadCapacityUnits")] pub read_capacity_units: Option<f64>,
    #[serde(rename = "WriteCapacityUnits")] pub write_capacity_units: Option<f64>,
    #[serde(rename = "CapacityUnits")] pub capacity_units: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ConsumedCapacity {
    #[serde(rename = "TableName")] pub table_name: Option<String>,
    #[serde(rename = "CapacityUnits")] pub capacity_units: Option<f64>,
    #[serde(rename = "ReadCapacityUnits")] pub read_capacity_units: Option<f64>,
    #[serde(rename = "WriteCapacityUnits")] pub write_capacity_units: Option<f64>,
    #[serde(rename = "Table")] pub table: Option<Capacity>,
    #[serde(rename = "LocalSecondaryIndexes")] pub local_secondary_indexes: Option<BTreeMap<String, Capacity>>,
    #[serde(rename = "GlobalSecondaryIndexes")] pub global_secondary_indexes: Option<BTreeMap<String, Capacity>>,
    #[serde(rename = "VectorIndexes")] pub vector_indexes: Option<BTreeMap<String, VectorCapacity>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContinuousBackupsDescription {
    #[serde(rename = "ContinuousBackupsStatus")] pub continuous_backups_status: String,
    #[serde(rename = "PointInTimeRecoveryDescription")] pub point_in_time_recovery_description: Option<PointInTimeRecoveryDescription>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateTableOutput {
    #[serde(rename = "TableDescription")] pub table_description: Option<TableDescription>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeleteItemOutput {
    #[serde(rename = "Attributes")] pub attributes: Option<BTreeMap<String, AttributeValue>>,
    #[serde(rename = "ConsumedCapacity")] pub consumed_capacity: Option<ConsumedCapacity>,
    #[serde(rename = "ItemCollectionMetrics")] pub item_collection_metrics: Option<ItemCollectionMetrics>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DeleteRequest {
    #[serde(rename = "Key")] pub key: BTreeMap<String, AttributeValue>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeleteTableOutput {
    #[serde(rename = "TableDescription")] pub table_description: Option<TableDescription>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeContinuousBackupsOutput {
    #[serde(rename = "ContinuousBackupsDescription")] pub continuous_backups_description: Option<ContinuousBackupsDescription>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DescribeEndpointsResponse {
    #[serde(rename = "Endpoints")] pub endpoints: Vec<Endpoint>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeLimitsOutput {
    #[serde(rename = "AccountMaxReadCapacityUnits")] pub account_max_read_capacity_units: Option<i64>,
    #[serde(rename = "AccountMaxWriteCapacityUnits")] pub account_max_write_capacity_units: Option<i64>,
    #[serde(rename = "TableMaxReadCapacityUnits")] pub table_max_read_capacity_units: Option<i64>,
    #[serde(rename = "TableMaxWriteCapacityUnits")] pub table_max_write_capacity_units: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeTableOutput {
    #[serde(rename = "Table")] pub table: Option<TableDescription>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeTimeToLiveOutput {
    #[serde(rename = "TimeToLiveDescription")] pub time_to_live_description: Option<TimeToLiveDescription>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Endpoint {
    #[serde(rename = "Address")] pub address: String,
    #[serde(rename = "CachePeriodInMinutes")] pub cache_period_in_minutes: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ExecuteStatementOutput {
    #[serde(rename = "Items")] pub items: Option<Vec<BTreeMap<String, AttributeValue>>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "ConsumedCapacity")] pub consumed_capacity: Option<ConsumedCapacity>,
    #[serde(rename = "LastEvaluatedKey")] pub last_evaluated_key: Option<BTreeMap<String, AttributeValue>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ExecuteTransactionOutput {
    #[serde(rename = "Responses")] pub responses: Option<Vec<ItemResponse>>,
    #[serde(rename = "ConsumedCapacity")] pub consumed_capacity: Option<Vec<ConsumedCapacity>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetItemOutput {
    #[serde(rename = "Item")] pub item: Option<BTreeMap<String, AttributeValue>>,
    #[serde(rename = "ConsumedCapacity")] pub consumed_capacity: Option<ConsumedCapacity>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GlobalSecondaryIndexDescription {
    #[serde(rename = "IndexName")] pub index_name: Option<String>,
    #[serde(rename = "KeySchema")] pub key_schema: Option<Vec<KeySchemaElement>>,
    #[serde(rename = "Projection")] pub projection: Option<Projection>,
    #[serde(rename = "IndexStatus")] pub index_status: Option<String>,
    #[serde(rename = "Backfilling")] pub backfilling: Option<bool>,
    #[serde(rename = "ProvisionedThroughput")] pub provisioned_throughput: Option<ProvisionedThroughputDescription>,
    #[serde(rename = "IndexSizeBytes")] pub index_size_bytes: Option<i64>,
    #[serde(rename = "ItemCount")] pub item_count: Option<i64>,
    #[serde(rename = "IndexArn")] pub index_arn: Option<String>,
    #[serde(rename = "OnDemandThroughput")] pub on_demand_throughput: Option<OnDemandThroughput>,
    #[serde(rename = "WarmThroughput")] pub warm_throughput: Option<GlobalSecondaryIndexWarmThroughputDescription>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GlobalSecondaryIndexWarmThroughputDescription {
    #[serde(rename = "ReadUnitsPerSecond")] pub read_units_per_second: Option<i64>,
    #[serde(rename = "WriteUnitsPerSecond")] pub write_units_per_second: Option<i64>,
    #[serde(rename = "Status")] pub status: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GlobalTableWitnessDescription {
    #[serde(rename = "RegionName")] pub region_name: Option<String>,
    #[serde(rename = "WitnessStatus")] pub witness_status: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ItemCollectionMetrics {
    #[serde(rename = "ItemCollectionKey")] pub item_collection_key: Option<BTreeMap<String, AttributeValue>>,
    #[serde(rename = "SizeEstimateRangeGB")] pub size_estimate_range_gb: Option<Vec<f64>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ItemResponse {
    #[serde(rename = "Item")] pub item: Option<BTreeMap<String, AttributeValue>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeySchemaElement {
    #[serde(rename = "AttributeName")] pub attribute_name: String,
    #[serde(rename = "KeyType")] pub key_type: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeysAndAttributes {
    #[serde(rename = "Keys")] pub keys: Vec<BTreeMap<String, AttributeValue>>,
    #[serde(rename = "AttributesToGet")] pub attributes_to_get: Option<Vec<String>>,
    #[serde(rename = "ConsistentRead")] pub consistent_read: Option<bool>,
    #[serde(rename = "ProjectionExpression")] pub projection_expression: Option<String>,
    #[serde(rename = "ExpressionAttributeNames")] pub expression_attribute_names: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListTablesOutput {
    #[serde(rename = "TableNames")] pub table_names: Option<Vec<String>>,
    #[serde(rename = "LastEvaluatedTableName")] pub last_evaluated_table_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListTagsOfResourceOutput {
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct LocalSecondaryIndexDescription {
    #[serde(rename = "IndexName")] pub index_name: Option<String>,
    #[serde(rename = "KeySchema")] pub key_schema: Option<Vec<KeySchemaElement>>,
    #[serde(rename = "Projection")] pub projection: Option<Projection>,
    #[serde(rename = "IndexSizeBytes")] pub index_size_bytes: Option<i64>,
    #[serde(rename = "ItemCount")] pub item_count: Option<i64>,
    #[serde(rename = "IndexArn")] pub index_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct OnDemandThroughput {
    #[serde(rename = "MaxReadRequestUnits")] pub max_read_request_units: Option<i64>,
    #[serde(rename = "MaxWriteRequestUnits")] pub max_write_request_units: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct OnDemandThroughputOverride {
    #[serde(rename = "MaxReadRequestUnits")] pub max_read_request_units: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PointInTimeRecoveryDescription {
    #[serde(rename = "PointInTimeRecoveryStatus")] pub point_in_time_recovery_status: Option<String>,
    #[serde(rename = "RecoveryPeriodInDays")] pub recovery_period_in_days: Option<i32>,
    #[serde(rename = "EarliestRestorableDateTime")] pub earliest_restorable_date_time: Option<i64>,
    #[serde(rename = "LatestRestorableDateTime")] pub latest_restorable_date_time: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Projection {
    #[serde(rename = "ProjectionType")] pub projection_type: Option<String>,
    #[serde(rename = "NonKeyAttributes")] pub non_key_attributes: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ProvisionedThroughputDescription {
    #[serde(rename = "LastIncreaseDateTime")] pub last_increase_date_time: Option<i64>,
    #[serde(rename = "LastDecreaseDateTime")] pub last_decrease_date_time: Option<i64>,
    #[serde(rename = "NumberOfDecreasesToday")] pub number_of_decreases_today: Option<i64>,
    #[serde(rename = "ReadCapacityUnits")] pub read_capacity_units: Option<i64>,
    #[serde(rename = "WriteCapacityUnits")] pub write_capacity_units: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ProvisionedThroughputOverride {
    #[serde(rename = "ReadCapacityUnits")] pub read_capacity_units: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PutItemOutput {
    #[serde(rename = "Attributes")] pub attributes: Option<BTreeMap<String, AttributeValue>>,
    #[serde(rename = "ConsumedCapacity")] pub consumed_capacity: Option<ConsumedCapacity>,
    #[serde(rename = "ItemCollectionMetrics")] pub item_collection_metrics: Option<ItemCollectionMetrics>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PutRequest {
    #[serde(rename = "Item")] pub item: BTreeMap<String, AttributeValue>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct QueryOutput {
    #[serde(rename = "Items")] pub items: Option<Vec<BTreeMap<String, AttributeValue>>>,
    #[serde(rename = "Count")] pub count: Option<i32>,
    #[serde(rename = "ScannedCount")] pub scanned_count: Option<i32>,
    #[serde(rename = "LastEvaluatedKey")] pub last_evaluated_key: Option<BTreeMap<String, AttributeValue>>,
    #[serde(rename = "ConsumedCapacity")] pub consumed_capacity: Option<ConsumedCapacity>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ReplicaDescription {
    #[serde(rename = "RegionName")] pub region_name: Option<String>,
    #[serde(rename = "ReplicaStatus")] pub replica_status: Option<String>,
    #[serde(rename = "ReplicaArn")] pub replica_arn: Option<String>,
    #[serde(rename = "ReplicaStatusDescription")] pub replica_status_description: Option<String>,
    #[serde(rename = "ReplicaStatusPercentProgress")] pub replica_status_percent_progress: Option<String>,
    #[serde(rename = "KMSMasterKeyId")] pub kms_master_key_id: Option<String>,
    #[serde(rename = "ProvisionedThroughputOverride")] pub provisioned_throughput_override: Option<ProvisionedThroughputOverride>,
    #[serde(rename = "OnDemandThroughputOverride")] pub on_demand_throughput_override: Option<OnDemandThroughputOverride>,
    #[serde(rename = "WarmThroughput")] pub warm_throughput: Option<TableWarmThroughputDescription>,
    #[serde(rename = "GlobalSecondaryIndexes")] pub global_secondary_indexes: Option<Vec<ReplicaGlobalSecondaryIndexDescription>>,
    #[serde(rename = "ReplicaInaccessibleDateTime")] pub replica_inaccessible_date_time: Option<i64>,
    #[serde(rename = "ReplicaTableClassSummary")] pub replica_table_class_summary: Option<TableClassSummary>,
    #[serde(rename = "GlobalTableSettingsReplicationMode")] pub global_table_settings_replication_mode: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ReplicaGlobalSecondaryIndexDescription {
    #[serde(rename = "IndexName")] pub index_name: Option<String>,
    #[serde(rename = "ProvisionedThroughputOverride")] pub provisioned_throughput_override: Option<ProvisionedThroughputOverride>,
    #[serde(rename = "OnDemandThroughputOverride")] pub on_demand_throughput_override: Option<OnDemandThroughputOverride>,
    #[serde(rename = "WarmThroughput")] pub warm_throughput: Option<GlobalSecondaryIndexWarmThroughputDescription>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RestoreSummary {
    #[serde(rename = "SourceBackupArn")] pub source_backup_arn: Option<String>,
    #[serde(rename = "SourceTableArn")] pub source_table_arn: Option<String>,
    #[serde(rename = "RestoreDateTime")] pub restore_date_time: i64,
    #[serde(rename = "RestoreInProgress")] pub restore_in_progress: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SSEDescription {
    #[serde(rename = "Status")] pub status: Option<String>,
    #[serde(rename = "SSEType")] pub sse_type: Option<String>,
    #[serde(rename = "KMSMasterKeyArn")] pub kms_master_key_arn: Option<String>,
    #[serde(rename = "InaccessibleEncryptionDateTime")] pub inaccessible_encryption_date_time: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ScanOutput {
    #[serde(rename = "Items")] pub items: Option<Vec<BTreeMap<String, AttributeValue>>>,
    #[serde(rename = "Count")] pub count: Option<i32>,
    #[serde(rename = "ScannedCount")] pub scanned_count: Option<i32>,
    #[serde(rename = "LastEvaluatedKey")] pub last_evaluated_key: Option<BTreeMap<String, AttributeValue>>,
    #[serde(rename = "ConsumedCapacity")] pub consumed_capacity: Option<ConsumedCapacity>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SearchSchemaElement {
    #[serde(rename = "AttributeName")] pub attribute_name: String,
    #[serde(rename = "SearchSchemaElementType")] pub search_schema_element_type: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StreamSpecification {
    #[serde(rename = "StreamEnabled")] pub stream_enabled: bool,
    #[serde(rename = "StreamViewType")] pub stream_view_type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct TableClassSummary {
    #[serde(rename = "TableClass")] pub table_class: Option<String>,
    #[serde(rename = "LastUpdateDateTime")] pub last_update_date_time: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct TableDescription {
    #[serde(rename = "AttributeDefinitions")] pub attribute_definitions: Option<Vec<AttributeDefinition>>,
    #[serde(rename = "TableName")] pub table_name: Option<String>,
    #[serde(rename = "KeySchema")] pub key_schema: Option<Vec<KeySchemaElement>>,
    #[serde(rename = "TableStatus")] pub table_status: Option<String>,
    #[serde(rename = "CreationDateTime")] pub creation_date_time: Option<i64>,
    #[serde(rename = "ProvisionedThroughput")] pub provisioned_throughput: Option<ProvisionedThroughputDescription>,
    #[serde(rename = "TableSizeBytes")] pub table_size_bytes: Option<i64>,
    #[serde(rename = "ItemCount")] pub item_count: Option<i64>,
    #[serde(rename = "TableArn")] pub table_arn: Option<String>,
    #[serde(rename = "TableId")] pub table_id: Option<String>,
    #[serde(rename = "BillingModeSummary")] pub billing_mode_summary: Option<BillingModeSummary>,
    #[serde(rename = "LocalSecondaryIndexes")] pub local_secondary_indexes: Option<Vec<LocalSecondaryIndexDescription>>,
    #[serde(rename = "GlobalSecondaryIndexes")] pub global_secondary_indexes: Option<Vec<GlobalSecondaryIndexDescription>>,
    #[serde(rename = "StreamSpecification")] pub stream_specification: Option<StreamSpecification>,
    #[serde(rename = "LatestStreamLabel")] pub latest_stream_label: Option<String>,
    #[serde(rename = "LatestStreamArn")] pub latest_stream_arn: Option<String>,
    #[serde(rename = "GlobalTableVersion")] pub global_table_version: Option<String>,
    #[serde(rename = "Replicas")] pub replicas: Option<Vec<ReplicaDescription>>,
    #[serde(rename = "GlobalTableWitnesses")] pub global_table_witnesses: Option<Vec<GlobalTableWitnessDescription>>,
    #[serde(rename = "GlobalTableSettingsReplicationMode")] pub global_table_settings_replication_mode: Option<String>,
    #[serde(rename = "RestoreSummary")] pub restore_summary: Option<RestoreSummary>,
    #[serde(rename = "SSEDescription")] pub sse_description: Option<SSEDescription>,
    #[serde(rename = "ArchivalSummary")] pub archival_summary: Option<ArchivalSummary>,
    #[serde(rename = "TableClassSummary")] pub table_class_summary: Option<TableClassSummary>,
    #[serde(rename = "DeletionProtectionEnabled")] pub deletion_protection_enabled: Option<bool>,
    #[serde(rename = "DisassociationProtectionEnabled")] pub disassociation_protection_enabled: Option<bool>,
    #[serde(rename = "OnDemandThroughput")] pub on_demand_throughput: Option<OnDemandThroughput>,
    #[serde(rename = "WarmThroughput")] pub warm_throughput: Option<TableWarmThroughputDescription>,
    #[serde(rename = "MultiRegionConsistency")] pub multi_region_consistency: Option<String>,
    #[serde(rename = "VectorIndexes")] pub vector_indexes: Option<Vec<VectorIndexDescription>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct TableWarmThroughputDescription {
    #[serde(rename = "ReadUnitsPerSecond")] pub read_units_per_second: Option<i64>,
    #[serde(rename = "WriteUnitsPerSecond")] pub write_units_per_second: Option<i64>,
    #[serde(rename = "Status")] pub status: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tag {
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Value")] pub value: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct TimeToLiveDescription {
    #[serde(rename = "TimeToLiveStatus")] pub time_to_live_status: Option<String>,
    #[serde(rename = "AttributeName")] pub attribute_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TimeToLiveSpecification {
    #[serde(rename = "Enabled")] pub enabled: bool,
    #[serde(rename = "AttributeName")] pub attribute_name: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct TransactGetItemsOutput {
    #[serde(rename = "ConsumedCapacity")] pub consumed_capacity: Option<Vec<ConsumedCapacity>>,
    #[serde(rename = "Responses")] pub responses: Option<Vec<ItemResponse>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct TransactWriteItemsOutput {
    #[serde(rename = "ConsumedCapacity")] pub consumed_capacity: Option<Vec<ConsumedCapacity>>,
    #[serde(rename = "ItemCollectionMetrics")] pub item_collection_metrics: Option<BTreeMap<String, Vec<ItemCollectionMetrics>>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UpdateItemOutput {
    #[serde(rename = "Attributes")] pub attributes: Option<BTreeMap<String, AttributeValue>>,
    #[serde(rename = "ConsumedCapacity")] pub consumed_capacity: Option<ConsumedCapacity>,
    #[serde(rename = "ItemCollectionMetrics")] pub item_collection_metrics: Option<ItemCollectionMetrics>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UpdateTableOutput {
    #[serde(rename = "TableDescription")] pub table_description: Option<TableDescription>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UpdateTimeToLiveOutput {
    #[serde(rename = "TimeToLiveSpecification")] pub time_to_live_specification: Option<TimeToLiveSpecification>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VectorAttributeDefinition {
    #[serde(rename = "AttributeName")] pub attribute_name: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct VectorCapacity {
    #[serde(rename = "VectorSearchRequestBytes")] pub vector_search_request_bytes: Option<f64>,
    #[serde(rename = "VectorWriteRequestBytes")] pub vector_write_request_bytes: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct VectorIndexDescription {
    #[serde(rename = "IndexName")] pub index_name: Option<String>,
    #[serde(rename = "SearchSchema")] pub search_schema: Option<Vec<SearchSchemaElement>>,
    #[serde(rename = "Projection")] pub projection: Option<Projection>,
    #[serde(rename = "VectorAttribute")] pub vector_attribute: Option<VectorAttributeDefinition>,
    #[serde(rename = "Dimensions")] pub dimensions: Option<i64>,
    #[serde(rename = "DistanceFunction")] pub distance_function: Option<String>,
    #[serde(rename = "IndexStatus")] pub index_status: Option<String>,
    #[serde(rename = "Backfilling")] pub backfilling: Option<bool>,
    #[serde(rename = "IndexSizeBytes")] pub index_size_bytes: Option<i64>,
    #[serde(rename = "ItemCount")] pub item_count: Option<i64>,
    #[serde(rename = "IndexArn")] pub index_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct WriteRequest {
    #[serde(rename = "PutRequest")] pub put_request: Option<PutRequest>,
    #[serde(rename = "DeleteRequest")] pub delete_request: Option<DeleteRequest>,
}
