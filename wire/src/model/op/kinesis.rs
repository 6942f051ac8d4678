//! kinesis's operations by name. Written by `cargo xtask codegen`.

/// The supported operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `AddTagsToStream`.
    AddTagsToStream,
    /// `CreateStream`.
    CreateStream,
    /// `DecreaseStreamRetentionPeriod`.
    DecreaseStreamRetentionPeriod,
    /// `DeleteStream`.
    DeleteStream,
    /// `DeregisterStreamConsumer`.
    DeregisterStreamConsumer,
    /// `DescribeLimits`.
    DescribeLimits,
    /// `DescribeStream`.
    DescribeStream,
    /// `DescribeStreamConsumer`.
    DescribeStreamConsumer,
    /// `DescribeStreamSummary`.
    DescribeStreamSummary,
    /// `GetRecords`.
    GetRecords,
    /// `GetShardIterator`.
    GetShardIterator,
    /// `IncreaseStreamRetentionPeriod`.
    IncreaseStreamRetentionPeriod,
    /// `ListShards`.
    ListShards,
    /// `ListStreamConsumers`.
    ListStreamConsumers,
    /// `ListStreams`.
    ListStreams,
    /// `ListTagsForResource`.
    ListTagsForResource,
    /// `ListTagsForStream`.
    ListTagsForStream,
    /// `MergeShards`.
    MergeShards,
    /// `PutRecord`.
    PutRecord,
    /// `PutRecords`.
    PutRecords,
    /// `RegisterStreamConsumer`.
    RegisterStreamConsumer,
    /// `RemoveTagsFromStream`.
    RemoveTagsFromStream,
    /// `SplitShard`.
    SplitShard,
    /// `SubscribeToShard`.
    SubscribeToShard,
    /// `TagResource`.
    TagResource,
    /// `UntagResource`.
    UntagResource,
    /// `UpdateShardCount`.
    UpdateShardCount,
    /// `UpdateStreamMode`.
    UpdateStreamMode,
}
