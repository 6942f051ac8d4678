//! What is supported of DynamoDB Streams.

use super::{Home, Selected, op, shape};

pub(super) const SELECTED: Selected = Selected {
    service: "dynamodbstreams",
    title: "DynamoDB Streams",
    home: Home::Neighbours,
    version: "2012-08-10",
    operations: &[
        op!(DescribeStream, reads: [StreamArn, Limit, ExclusiveStartShardId, ShardFilter]),
        op!(GetRecords, reads: [ShardIterator, Limit]),
        op!(GetShardIterator,
            reads: [StreamArn, ShardId, ShardIteratorType, SequenceNumber, Timestamp]),
        op!(ListStreams, reads: [TableName, Limit, ExclusiveStartStreamArn]),
    ],
    shapes: &[shape!(ShardFilter, reads: [Type, ShardId])],
    errors: &[("AccessDeniedException", 400), ("ValidationException", 400)],
    error_prefix: "com.amazonaws.dynamodb.v20120810#",
    ..Selected::PLAIN
};
