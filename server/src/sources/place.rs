//! Where a service is that event sources are of: here, or at an endpoint.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use engine::record::mapping::SourceKind;
use neighbours::{Context, Ears, Neighbours, Scope};
use serde_json::Value;
use wire::{ApiError, Service};

use crate::sources::queue::SourceError;
use crate::sources::remote::Remote;

/// A call of an operation.
pub(crate) struct Call<'a> {
    /// The signing name.
    pub(crate) service: &'a str,
    pub(crate) region: &'a str,
    /// The account whose thing it is about.
    pub(crate) account: &'a str,
    /// What stands before the operation's name in `x-amz-target`.
    pub(crate) prefix: &'a str,
    pub(crate) operation: &'a str,
    /// `1.0` or `1.1`.
    pub(crate) version: &'a str,
    pub(crate) input: &'a Value,
    /// How long it may take at an endpoint.
    pub(crate) timeout: Duration,
}

/// Where a service is.
#[derive(Clone)]
pub(crate) enum Place {
    /// At an endpoint.
    There(Arc<Remote>),
    /// In this process, by its table of operations.
    Here(Arc<Neighbours>, &'static Service),
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::There(remote) => remote.fmt(f),
            Place::Here(_, service) => f.write_str(service.name),
        }
    }
}

impl Place {
    /// Calls an operation.
    ///
    /// # Errors
    /// What the service refuses, or why it cannot be reached.
    pub(crate) async fn call(&self, call: Call<'_>) -> Result<Value, SourceError> {
        match self {
            Place::There(remote) => remote.call(call).await,
            Place::Here(neighbours, service) => here(neighbours, service, &call).await,
        }
    }

    /// Who hears when records may have come to a stream, where that is in this process.
    pub(crate) fn listen(&self, kind: SourceKind, arn: &str) -> Option<Ears> {
        match (self, kind) {
            (Place::Here(neighbours, _), SourceKind::DynamoDb) => {
                Some(neighbours.dynamodb().listen(arn))
            }
            (Place::Here(neighbours, _), SourceKind::Kinesis) => {
                Some(neighbours.kinesis().listen(arn))
            }
            _ => None,
        }
    }
}

/// Asks a service in this process as its owner's root would.
async fn here(
    neighbours: &Neighbours,
    service: &'static Service,
    call: &Call<'_>,
) -> Result<Value, SourceError> {
    let missing = || SourceError::new("InvalidAction", "it is not served here");
    let operation = service.operation(call.operation).ok_or_else(missing)?;
    let cx = Context {
        scope: Scope { account: call.account.parse().unwrap_or(0), region: call.region.to_owned() },
        caller: format!("arn:aws:iam::{}:root", call.account),
        caller_id: call.account.to_owned(),
        host: "localhost",
        is_tls: false,
        trace: None,
        exchange: None,
        judge: None,
    };
    let refused = |error: ApiError| SourceError::new(error.code, error.message);
    let input = wire::read(operation, call.input.clone()).map_err(refused)?;
    let answer = neighbours.answer(&cx, operation, input).await.ok_or_else(missing)?;
    Ok(wire::spell(operation, &answer.map_err(refused)?))
}
