//! dynamodbstreams's operations by name. Written by `cargo xtask codegen`.

/// The supported operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `DescribeStream`.
    DescribeStream,
    /// `GetRecords`.
    GetRecords,
    /// `GetShardIterator`.
    GetShardIterator,
    /// `ListStreams`.
    ListStreams,
}
