//! One attempt: the target is asked, and says why it does not take what it is given.

use bytes::Bytes;
use serde_json::{Value, json};
use wire::arn::Arn;
use wire::{ApiError, Operation, SERVICES};

use super::job::{Job, Target};
use crate::outward::{Actor, InvokeError, Outward};

/// Why a target did not take something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// EventBridge's word for it, as dead letters have it.
    pub(crate) code: &'static str,
    pub(crate) message: String,
    /// Whether another attempt may come to something.
    pub(crate) is_passing: bool,
}

impl Refusal {
    pub(crate) fn for_good(code: &'static str, message: impl Into<String>) -> Refusal {
        Refusal { code, message: message.into(), is_passing: false }
    }
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Refusal {
        let message = format!("{}: {}", error.code, error.message);
        let (code, is_passing) = match (&*error.code, error.status) {
            ("AccessDeniedException" | "AccessDenied" | "AuthorizationError", _) => {
                ("NO_PERMISSIONS", false)
            }
            ("QueueDoesNotExist" | "NotFound" | "NotFoundException", _) => ("NO_RESOURCE", false),
            ("ResourceNotFoundException", _) => ("NO_RESOURCE", false),
            (_, 429) => ("THROTTLING", true),
            (_, 500..) => ("INTERNAL_ERROR", true),
            _ => ("SDK_CLIENT_ERROR", false),
        };
        Refusal { code, message, is_passing }
    }
}

impl From<InvokeError> for Refusal {
    fn from(why: InvokeError) -> Refusal {
        let message = why.to_string();
        match why {
            InvokeError::Missing(_) => Refusal::for_good("NO_RESOURCE", message),
            InvokeError::Denied(_) => Refusal::for_good("NO_PERMISSIONS", message),
            InvokeError::Later(_) => Refusal { code: "INTERNAL_ERROR", message, is_passing: true },
        }
    }
}

/// The operation of a service, where that is served.
pub(crate) fn operation_of(service: &str, operation: &str) -> Option<&'static Operation> {
    SERVICES.into_iter().find(|each| each.name == service)?.operation(operation)
}

/// Asks a target to take the body of a job.
///
/// # Errors
/// Why it does not.
pub(crate) async fn attempt(
    outward: &dyn Outward,
    actor: &Actor,
    job: &Job,
    body: String,
) -> Result<(), Refusal> {
    match &job.target {
        Target::Function(arn) => {
            Ok(outward.invoke(actor, arn, Bytes::from(body), &job.cause).await?)
        }
        Target::Queue { arn, group } => {
            let mut input = json!({"QueueUrl": queue_url(arn), "MessageBody": body});
            if let Some(group) = group {
                input["MessageGroupId"] = group.as_str().into();
            }
            call(outward, actor, ("sqs", "SendMessage"), arn, input).await.map(drop)
        }
        Target::Topic(arn) => {
            let input = json!({"TopicArn": arn, "Message": body});
            call(outward, actor, ("sns", "Publish"), arn, input).await.map(drop)
        }
        Target::Event { bus, source, detail_type } => {
            let entry = json!({
                "Source": source, "DetailType": detail_type, "Detail": body, "EventBusName": bus,
            });
            let input = json!({"Entries": [entry]});
            let answer = call(outward, actor, ("events", "PutEvents"), bus, input).await?;
            match answer["Entries"][0]["ErrorMessage"].as_str() {
                None => Ok(()),
                Some(why) => Err(Refusal::for_good("INVALID_PARAMETER", why)),
            }
        }
        Target::Operation { service, operation, resource } => {
            let input: Value = serde_json::from_str(&body)
                .map_err(|why| Refusal::for_good("INVALID_PARAMETER", why.to_string()))?;
            call(outward, actor, (service, operation), resource, input).await.map(drop)
        }
        // Buses are their service's own.
        Target::Bus(arn) => Err(Refusal::for_good("NO_RESOURCE", format!("{arn} is not there"))),
    }
}

/// Has another service do something.
pub(crate) async fn call(
    outward: &dyn Outward,
    actor: &Actor,
    (service, operation): (&str, &str),
    resource: &str,
    input: Value,
) -> Result<Value, Refusal> {
    let found = operation_of(service, operation).ok_or_else(|| {
        Refusal::for_good("NO_RESOURCE", format!("{service}:{operation} is not served"))
    })?;
    Ok(outward.call(actor, found, resource, input).await?)
}

/// The URL of a queue, whose host nobody looks at.
pub(crate) fn queue_url(arn: &str) -> String {
    let parsed = Arn::parse(arn);
    let (account, name) = parsed.map_or(("", ""), |arn| (arn.account, arn.resource));
    format!("http://localhost/{account}/{name}")
}
