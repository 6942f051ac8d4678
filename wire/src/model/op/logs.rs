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
    /// `DeleteSubscriptionFilter`.
    DeleteSubscriptionFilter,
    /// `DescribeLogGroups`.
    DescribeLogGroups,
    /// `DescribeLogStreams`.
    DescribeLogStreams,
    /// `DescribeSubscriptionFilters`.
    DescribeSubscriptionFilters,
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
    /// `PutSubscriptionFilter`.
    PutSubscriptionFilter,
    /// `TagLogGroup`.
    TagLogGroup,
    /// `TagResource`.
    TagResource,
    /// `UntagLogGroup`.
    UntagLogGroup,
    /// `UntagResource`.
    UntagResource,
}
