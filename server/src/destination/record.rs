//! What receivers are told, as AWS spells it.

use bytes::Bytes;
use engine::effect::{InvokeResult, Invoked, Telling};
use engine::id::EnvironmentId;
use serde_json::{Value, json};

use crate::api::result;
use crate::driver::{OfFunction, now};

/// Bytes of a message about an error.
const MESSAGE: usize = 1024;

/// The last attempt, as its caller would have been answered.
fn answered(telling: &Telling, response: Option<Bytes>) -> Option<wire::Invoked> {
    let result = telling.result.clone()?;
    let invoked = Invoked {
        request: telling.request,
        version: telling.version,
        environment: EnvironmentId(0),
        event: telling.event,
        result,
    };
    Some(result::result(&invoked, response, None))
}

/// The record that a destination gets.
pub(super) fn record(
    telling: &Telling,
    function: &OfFunction,
    event: &Bytes,
    response: Option<Bytes>,
) -> Value {
    let millis = i64::try_from(now().millis()).unwrap_or(i64::MAX);
    let mut record = json!({
        "version": "1.0",
        "timestamp": wire::time::iso8601_millis(millis),
        "requestContext": {
            "requestId": telling.request.to_string(),
            "functionArn": function.arn,
            "condition": telling.condition.word(),
            "approximateInvokeCount": telling.attempts,
        },
        "requestPayload": value(event),
    });
    if let Some(answered) = answered(telling, response) {
        let mut context = json!({"statusCode": 200, "executedVersion": answered.executed_version});
        if let Some(error) = answered.function_error {
            context["functionError"] = json!(error);
        }
        record["responseContext"] = context;
        record["responsePayload"] = value(&answered.payload);
    }
    record
}

/// What a dead-letter queue or topic gets.
pub(super) struct Letter {
    pub(super) body: String,
    pub(super) attributes: Value,
}

/// The letter about an event.
pub(super) fn letter(telling: &Telling, event: &Bytes, response: Option<Bytes>) -> Letter {
    let answered = answered(telling, response);
    let payload = answered.map(|answered| value(&answered.payload)).unwrap_or_default();
    let message = payload["errorMessage"].as_str().unwrap_or(telling.condition.word());
    let end = message.floor_char_boundary(MESSAGE);
    let code = if is_throttled(telling) { "429" } else { "200" };
    let text = |value: &str| json!({"DataType": "String", "StringValue": value});
    let attributes = json!({
        "RequestID": text(&telling.request.to_string()),
        "ErrorCode": {"DataType": "Number", "StringValue": code},
        "ErrorMessage": text(&message[..end]),
    });
    Letter { body: String::from_utf8_lossy(event).into_owned(), attributes }
}

/// Whether no attempt was made since it could not be.
fn is_throttled(telling: &Telling) -> bool {
    !matches!(
        telling.result,
        Some(
            InvokeResult::Response(_)
                | InvokeResult::Error(_)
                | InvokeResult::TimedOut(_)
                | InvokeResult::Died(_)
                | InvokeResult::TooLarge(_)
                | InvokeResult::InitTimedOut(_)
        )
    )
}

/// Bytes as JSON, or as the text that they are.
fn value(bytes: &Bytes) -> Value {
    serde_json::from_slice(bytes)
        .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(bytes).into_owned()))
}
