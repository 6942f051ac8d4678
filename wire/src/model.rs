//! The service model: operations, shapes and error shapes as static tables.
//!
//! The tables hold structure only.
//!
//! Written by `cargo xtask codegen`.

mod build;
pub(crate) mod op;
mod operation;
mod pattern;
mod shape;
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

pub use op::Op;
pub use operation::{ErrorShape, Operation, Protocol, Route, Service};
pub use pattern::Pattern;
pub use shape::{Bounds, Kind, Location, MapSpelling, Member, Shape, Support};

/// Every service with tables.
pub static SERVICES: [&Service; 18] = [
    &lambda::SERVICE,
    &ec2::SERVICE,
    &logs::SERVICE,
    &iam::SERVICE,
    &sts::SERVICE,
    &cloudwatch::SERVICE,
    &sqs::SERVICE,
    &sns::SERVICE,
    &dynamodb::SERVICE,
    &dynamodbstreams::SERVICE,
    &kinesis::SERVICE,
    &ssm::SERVICE,
    &secretsmanager::SERVICE,
    &s3::SERVICE,
    &apigatewayv2::SERVICE,
    &events::SERVICE,
    &scheduler::SERVICE,
    &route53::SERVICE,
];
