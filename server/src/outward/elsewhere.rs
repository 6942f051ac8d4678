//! What neighbours ask of services that are elsewhere.

use std::time::Duration;

use neighbours::Demand;
use serde_json::{Value, json};
use wire::arn::Arn;
use wire::{ApiError, Operation, Protocol};

use crate::sources::place::Call;
use crate::sources::queue::SourceError;
use crate::sources::remote::Remote;

/// How long a call may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// What an operation on a resource demands, of which nobody here knows a policy.
pub(super) fn demand(operation: &Operation, resource: &str) -> Demand {
    Demand::new(format!("{}:{}", operation.service.signing, operation.name), resource)
}

/// Asks a service for an operation on a resource, by the trace header of what caused it.
pub(super) async fn ask(
    remote: &Remote,
    operation: &'static Operation,
    resource: &str,
    mut input: Value,
    trace: Option<&str>,
) -> Result<Value, ApiError> {
    let service = operation.service;
    if service.protocol != Protocol::Json {
        let why = format!("Warren asks nothing of the service {} at an endpoint.", service.name);
        return Err(ApiError::new(service, "UnsupportedOperation", why));
    }
    let arn = Arn::parse(resource).ok_or_else(|| ApiError::internal(service))?;
    if input.get("QueueUrl").is_some() {
        // A queue has a URL of its own wherever it is.
        let named = json!({"QueueName": arn.resource, "QueueOwnerAWSAccountId": arn.account});
        let mut found = called(remote, operation, ("GetQueueUrl", &arn), &named).await?;
        input["QueueUrl"] = found["QueueUrl"].take();
    }
    if let ("SendMessage", Some(trace)) = (operation.name, trace) {
        // Of the request that caused it nothing else comes to a queue elsewhere.
        let header = json!({"DataType": "String", "StringValue": trace});
        input["MessageSystemAttributes"] = json!({"AWSTraceHeader": header});
    }
    called(remote, operation, (operation.name, &arn), &input).await
}

async fn called(
    remote: &Remote,
    operation: &'static Operation,
    (name, arn): (&str, &Arn<'_>),
    input: &Value,
) -> Result<Value, ApiError> {
    let service = operation.service;
    let call = Call {
        service: service.signing,
        region: arn.region,
        account: arn.account,
        prefix: service.target,
        operation: name,
        version: service.json,
        input,
        timeout: TIMEOUT,
    };
    remote.call(call).await.map_err(|SourceError { code, message, .. }| {
        let is_down = code == "ServiceUnavailable" || code.starts_with('5');
        let mut error = ApiError::new(service, code, message);
        if is_down {
            error.status = 503;
        }
        error
    })
}
