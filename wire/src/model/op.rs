//! Which operation is meant, for dispatch by `match`.
//!
//! Written by `cargo xtask codegen`.

#[rustfmt::skip]
pub(crate) mod apigatewayv2;
#[rustfmt::skip]
pub(crate) mod cloudwatch;
#[rustfmt::skip]
pub(crate) mod dynamodb;
#[rustfmt::skip]
pub(crate) mod dynamodbstreams;
#[rustfmt::skip]
pub(crate) mod ec2;
#[rustfmt::skip]
pub(crate) mod events;
#[rustfmt::skip]
pub(crate) mod iam;
#[rustfmt::skip]
pub(crate) mod kinesis;
#[rustfmt::skip]
pub(crate) mod lambda;
#[rustfmt::skip]
pub(crate) mod logs;
#[rustfmt::skip]
pub(crate) mod route53;
#[rustfmt::skip]
pub(crate) mod s3;
#[rustfmt::skip]
pub(crate) mod scheduler;
#[rustfmt::skip]
pub(crate) mod secretsmanager;
#[rustfmt::skip]
pub(crate) mod sns;
#[rustfmt::skip]
pub(crate) mod sqs;
#[rustfmt::skip]
pub(crate) mod ssm;
#[rustfmt::skip]
pub(crate) mod sts;

/// The identity of a supported operation, for dispatch by `match`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// An operation of Lambda.
    Lambda(lambda::Op),
    /// An operation of EC2.
    Ec2(ec2::Op),
    /// An operation of CloudWatch Logs.
    Logs(logs::Op),
    /// An operation of IAM.
    Iam(iam::Op),
    /// An operation of STS.
    Sts(sts::Op),
    /// An operation of CloudWatch.
    Cloudwatch(cloudwatch::Op),
    /// An operation of SQS.
    Sqs(sqs::Op),
    /// An operation of SNS.
    Sns(sns::Op),
    /// An operation of DynamoDB.
    Dynamodb(dynamodb::Op),
    /// An operation of DynamoDB Streams.
    Dynamodbstreams(dynamodbstreams::Op),
    /// An operation of Kinesis.
    Kinesis(kinesis::Op),
    /// An operation of SSM.
    Ssm(ssm::Op),
    /// An operation of Secrets Manager.
    Secretsmanager(secretsmanager::Op),
    /// An operation of S3.
    S3(s3::Op),
    /// An operation of API Gateway's HTTP APIs.
    Apigatewayv2(apigatewayv2::Op),
    /// An operation of EventBridge.
    Events(events::Op),
    /// An operation of EventBridge Scheduler.
    Scheduler(scheduler::Op),
    /// An operation of Route 53.
    Route53(route53::Op),
}
