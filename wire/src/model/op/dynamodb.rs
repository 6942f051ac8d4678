//! dynamodb's operations by name. Written by `cargo xtask codegen`.

/// The supported operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `BatchExecuteStatement`.
    BatchExecuteStatement,
    /// `BatchGetItem`.
    BatchGetItem,
    /// `BatchWriteItem`.
    BatchWriteItem,
    /// `CreateTable`.
    CreateTable,
    /// `DeleteItem`.
    DeleteItem,
    /// `DeleteTable`.
    DeleteTable,
    /// `DescribeContinuousBackups`.
    DescribeContinuousBackups,
    /// `DescribeEndpoints`.
    DescribeEndpoints,
    /// `DescribeLimits`.
    DescribeLimits,
    /// `DescribeTable`.
    DescribeTable,
    /// `DescribeTimeToLive`.
    DescribeTimeToLive,
    /// `ExecuteStatement`.
    ExecuteStatement,
    /// `ExecuteTransaction`.
    ExecuteTransaction,
    /// `GetItem`.
    GetItem,
    /// `ListTables`.
    ListTables,
    /// `ListTagsOfResource`.
    ListTagsOfResource,
    /// `PutItem`.
    PutItem,
    /// `Query`.
    Query,
    /// `Scan`.
    Scan,
    /// `TagResource`.
    TagResource,
    /// `TransactGetItems`.
    TransactGetItems,
    /// `TransactWriteItems`.
    TransactWriteItems,
    /// `UntagResource`.
    UntagResource,
    /// `UpdateItem`.
    UpdateItem,
    /// `UpdateTable`.
    UpdateTable,
    /// `UpdateTimeToLive`.
    UpdateTimeToLive,
}
