//! The structs of outputs, with all of their members.
//!
//! Written by `cargo xtask codegen`.

#[rustfmt::skip]
pub mod apigatewayv2;
#[rustfmt::skip]
pub mod cloudwatch;
#[rustfmt::skip]
pub mod dynamodb;
#[rustfmt::skip]
pub mod dynamodbstreams;
#[rustfmt::skip]
pub mod ec2;
#[rustfmt::skip]
pub mod events;
#[rustfmt::skip]
pub mod iam;
#[rustfmt::skip]
pub mod kinesis;
#[rustfmt::skip]
pub mod lambda;
#[rustfmt::skip]
pub mod logs;
#[rustfmt::skip]
pub mod route53;
#[rustfmt::skip]
pub mod s3;
#[rustfmt::skip]
pub mod scheduler;
#[rustfmt::skip]
pub mod secretsmanager;
#[rustfmt::skip]
pub mod sns;
#[rustfmt::skip]
pub mod sqs;
#[rustfmt::skip]
pub mod ssm;
#[rustfmt::skip]
pub mod sts;
