//! Telling how events ended, and dead letters.

use bytes::Bytes;
use neighbours::{Actor, InvokeError, Outward};
use serde_json::{Value, json};

use crate::destination::record::Letter;
use crate::destination::{Failure, object_key};
use crate::outward::Reach;
use crate::receiver::{LAMBDA, Place, made, put_event};

/// Bytes of an event.
const EVENT: usize = 1_048_576;

/// Tells how an event ended.
pub(super) async fn send(
    place: &Place,
    (reach, actor): (&Reach, &Actor),
    record: Value,
    function: &str,
) -> Result<(), Failure> {
    let body = record.to_string();
    match place {
        Place::Function(arn) => {
            if body.len() > EVENT {
                return Err(Failure::Refused("the record is too large".into()));
            }
            let of = &record["requestContext"];
            let text = |name: &str| of[name].as_str().unwrap_or_default();
            let (request, condition) = (text("requestId"), text("condition"));
            let cause = format!(
                "{LAMBDA}, since invocation {request} of {function} has ended: {condition}"
            );
            let invoked = reach.invoke(actor, arn, Bytes::from(body), &cause).await;
            invoked.map_err(|why| match why {
                InvokeError::Missing(_) | InvokeError::Denied(_) => {
                    Failure::Refused(why.to_string())
                }
                InvokeError::Later(why) => Failure::Later(why),
            })
        }
        Place::Bus(arn) => {
            let is_success = record["requestContext"]["condition"] == "Success";
            let how = if is_success { "Success" } else { "Failure" };
            let entry = json!({
                "Source": "lambda",
                "DetailType": format!("Lambda Function Invocation Result - {how}"),
                "Detail": body,
                "Resources": [arn, function],
                "EventBusName": arn,
            });
            made(reach, actor, put_event(arn, entry)).await.map_err(Failure::from)
        }
        Place::Queue(..) | Place::Topic(_) | Place::Bucket(_) => {
            let put = place.put(reach, actor, body, || object_key(function)).await;
            put.map_err(Failure::from)
        }
    }
}

/// Sends a dead letter.
pub(super) async fn send_letter(
    place: &Place,
    reach: &Reach,
    actor: &Actor,
    letter: Letter,
) -> Result<(), Failure> {
    let Letter { body, attributes } = letter;
    match place.message(body, attributes) {
        Some(call) => made(reach, actor, call).await.map_err(Failure::from),
        None => Err(Failure::Refused("it takes no dead letters".into())),
    }
}
