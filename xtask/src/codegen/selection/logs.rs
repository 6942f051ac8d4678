//! What is supported of CloudWatch Logs.

use super::{Selected, op, shape};

pub(super) const SELECTED: Selected = Selected {
    service: "logs",
    title: "CloudWatch Logs",
    version: "2014-03-28",
    files: &[],
    operations: &[
        op!(CreateLogGroup,
            reads: [logGroupName, tags],
            defaults: [logGroupClass: "STANDARD"]),
        op!(CreateLogStream, reads: [logGroupName, logStreamName]),
        op!(DeleteLogGroup, reads: [logGroupName]),
        op!(DeleteLogStream, reads: [logGroupName, logStreamName]),
        op!(DeleteRetentionPolicy, reads: [logGroupName]),
        op!(DescribeLogGroups,
            reads: [logGroupNamePrefix, logGroupNamePattern, nextToken, limit],
            defaults: [logGroupClass: "STANDARD"]),
        op!(DescribeLogStreams,
            reads: [logGroupName, logGroupIdentifier, logStreamNamePrefix, orderBy, descending, nextToken, limit]),
        op!(FilterLogEvents,
            reads: [logGroupName, logGroupIdentifier, logStreamNames, logStreamNamePrefix, startTime, endTime,
                filterPattern, nextToken, limit],
            ignores: [
                interleaved: "events of several streams are always interleaved, as AWS does since 2019",
                unmask: "nothing is masked",
            ],
            defaults: [startFromHead: "true"]),
        op!(GetLogEvents,
            reads: [logGroupName, logGroupIdentifier, logStreamName, startTime, endTime, nextToken, limit,
                startFromHead],
            ignores: [unmask: "nothing is masked"]),
        op!(ListTagsForResource, reads: [resourceArn]),
        op!(ListTagsLogGroup, reads: [logGroupName]),
        op!(PutLogEvents,
            reads: [logGroupName, logStreamName, logEvents],
            ignores: [sequenceToken: "events are taken whatever the token is, as AWS does since 2023"]),
        op!(PutRetentionPolicy, reads: [logGroupName, retentionInDays]),
        op!(TagLogGroup, reads: [logGroupName, tags]),
        op!(TagResource, reads: [resourceArn, tags]),
        op!(UntagLogGroup, reads: [logGroupName, tags]),
        op!(UntagResource, reads: [resourceArn, tagKeys]),
    ],
    shapes: &[shape!(InputLogEvent, reads: [timestamp, message])],
    ..Selected::PLAIN
};
