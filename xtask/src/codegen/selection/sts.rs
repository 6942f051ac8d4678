//! What is supported of STS.

use super::{Selected, op, shape};

pub(super) const SELECTED: Selected = Selected {
    service: "sts",
    title: "STS",
    version: "2011-06-15",
    files: &[],
    operations: &[
        op!(AssumeRole,
            reads: [RoleArn, RoleSessionName, PolicyArns, Policy, DurationSeconds, ExternalId]),
        op!(DecodeAuthorizationMessage, reads: [EncodedMessage]),
        op!(GetAccessKeyInfo, reads: [AccessKeyId]),
        op!(GetCallerIdentity, reads: []),
        op!(GetFederationToken, reads: [Name, Policy, PolicyArns, DurationSeconds]),
        op!(GetSessionToken, reads: [DurationSeconds]),
    ],
    shapes: &[shape!(PolicyDescriptorType, reads: [arn])],
    ..Selected::PLAIN
};
