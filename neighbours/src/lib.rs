//! The services that functions live with, on stores of their own; nothing here knows of the engine,
//! of nodes or of the server.
//!
//! A service is a module: `<service>/service.rs` with `impl Service`, one file for each noun with
//! `impl Operation`, and a line in [`services!`]. What it needs of others it asks [`Outward`] for,
//! which the server implements. Each store is opened when it is first asked for something.
#![forbid(unsafe_code)]

pub mod apigatewayv2;
mod bell;
mod blobs;
mod boolean;
mod delivery;
pub mod dynamodb;
pub mod events;
mod exchange;
mod failure;
pub mod kinesis;
pub mod metrics;
mod operation;
mod outward;
mod page;
mod random;
pub mod route53;
pub mod s3;
mod schedule;
pub mod scheduler;
pub mod secretsmanager;
pub mod sns;
pub mod sqs;
pub mod ssm;
mod store;
mod time;
mod told;
mod turns;

use std::sync::Arc;

use serde_json::Value;
use wire::{ApiError, Op};

pub use bell::Ears;
pub use blobs::{Expected, Incoming, Outgoing, ReceiveError, Upload};
pub use exchange::{Answered, Exchange};
pub use failure::Failure;
pub use operation::{Context, Demand, Judge, Scope, Service, Setup};
pub use outward::{Actor, InvokeError, Outward, Promise};
pub use store::{Reserve, StoreError, free_bytes};
pub use told::{Caller, Told};

/// Makes of a list of services the type that has them all.
macro_rules! services {
    ($($op:ident, $field:ident: $service:ty $(, and $also:ident by $run:path)?;)*) => {
        /// All services.
        pub struct Neighbours {
            $($field: Arc<$service>,)*
            metrics: metrics::Metrics,
        }

        impl Neighbours {
            /// The services; nothing is opened yet.
            pub fn new(setup: &Setup) -> Arc<Neighbours> {
                let metrics = metrics::Metrics::new(&setup.directory);
                Arc::new(Neighbours { $($field: <$service as Service>::new(setup),)* metrics })
            }

            /// The metrics that callers put; CloudWatch, which has them, is the server's.
            pub fn metrics(&self) -> &metrics::Metrics {
                &self.metrics
            }

            $(
                #[doc = concat!("The service `", stringify!($field), "`, for calls within the process.")]
                pub fn $field(&self) -> &Arc<$service> {
                    &self.$field
                }
            )*

            /// What an operation demands of its caller: nothing where it is no neighbour's.
            ///
            /// # Errors
            /// When what it is about cannot be looked at.
            pub async fn demands(
                &self,
                cx: &Context<'_>,
                operation: &'static wire::Operation,
                input: &Value,
            ) -> Result<Vec<Demand>, ApiError> {
                match operation.op {
                    $(Op::$op(_) => Box::pin(self.$field.demands(cx, operation, input)).await,)*
                    $($(Op::$also(_) => self.$field.demands(cx, operation, input).await,)?)*
                    _ => Ok(Vec::new()),
                }
            }

            /// Answers an operation whose parameters are all supported and which is allowed; none
            /// where it is no neighbour's.
            ///
            /// # Errors
            /// As its service refuses it.
            pub async fn answer(
                &self,
                cx: &Context<'_>,
                operation: &'static wire::Operation,
                input: Value,
            ) -> Option<Result<Value, ApiError>> {
                match operation.op {
                    $(Op::$op(op) => {
                        self.$field.begin();
                        let call = operation::Call::new(&self.$field, cx, operation, input);
                        // Each service's work is as large as the largest of its operations: in a
                        // box only what is asked for is held, and not in every connection.
                        let answer = Box::pin($field::run(call, op)).await;
                        // Older clients are answered in the protocol in which they asked.
                        let service = operation.service;
                        Some(answer.map_err(|error| ApiError { service, ..error }))
                    })*
                    $($(Op::$also(op) => {
                        self.$field.begin();
                        let call = operation::Call::new(&self.$field, cx, operation, input);
                        Some($run(call, op).await)
                    })?)*
                    _ => None,
                }
            }

            /// Goes on with what an earlier server has left undone.
            pub fn resume(&self) {
                $(self.$field.resume();)*
            }

            /// Answers whoever waits for something to come with what there is.
            pub fn stop_waiting(&self) {
                $(self.$field.stop_waiting();)*
            }

            /// Waits until what was asked for is written; whoever asks later is refused.
            pub fn close(&self) {
                $(self.$field.close();)*
                self.metrics.close();
            }
        }
    };
}
services! {
    Apigatewayv2, apigatewayv2: apigatewayv2::Apigatewayv2;
    Dynamodb, dynamodb: dynamodb::Dynamodb, and Dynamodbstreams by dynamodb::run_streams;
    Kinesis, kinesis: kinesis::Kinesis;
    Sqs, sqs: sqs::Sqs;
    Sns, sns: sns::Sns;
    Ssm, ssm: ssm::Ssm;
    Secretsmanager, secretsmanager: secretsmanager::Secretsmanager;
    S3, s3: s3::S3;
    Events, events: events::Events;
    Scheduler, scheduler: scheduler::Scheduler;
    Route53, route53: route53::Route53;
}

impl std::fmt::Debug for Neighbours {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Neighbours").finish_non_exhaustive()
    }
}
