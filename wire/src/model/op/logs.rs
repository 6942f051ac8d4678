//! logs's operations by name. Written by `cargo xtask codegen`.

/// The supported operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `CreateLogGroup`.
    CreateLogGroup,
    /// `CreateLogStream`.
    CreateLogStream,
    /// `DeleteLogGroup`.
    DeleteLogGroup,
    /// `DeleteLogStream`.
    DeleteLogStream,
    /// `DeleteRetentionPolicy`.
    DeleteRetentionPolicy,
    /// `DescribeLogGroups`.
    DescribeLogGroups,
    /// `DescribeLogStreams`.
    DescribeLogStreams,
    /// `FilterLogEvents`.
    FilterLogEvents,
    /// `GetLogEvents`.
    GetLogEvents,
    /// `ListTagsForResource`.
    ListTagsForResource,
    /// `ListTagsLogGroup`.
    ListTagsLogGroup,
    /// `PutLogEvents`.
    PutLogEvents,
    /// `PutRetentionPolicy`.
    PutRetentionPolicy,
    /// `TagLogGroup`.
    TagLogGroup,
    /// `TagResource`.
    TagResource,
    /// `UntagLogGroup`.
    UntagLogGroup,
    /// `UntagResource`.
    UntagResource,
}
