//! Where mappings tell that records were given up: what may be named for that.

use neighbours::Actor;
use wire::ApiError;

use crate::api::lambda::invalid::invalid;
use crate::api::lambda::target::Target;
use crate::api::operation::Context;
use crate::receiver::{LAMBDA, Place};

/// Refuses a destination that mappings of streams do not have, that is not there, or that the
/// function's role may not tell.
pub(super) async fn check(
    cx: &Context<'_>,
    destination: Option<&str>,
    function: &Target,
    role: &str,
) -> Result<(), ApiError> {
    let Some(destination) = destination else { return Ok(()) };
    let place = Place::of(destination)
        .ok_or_else(|| invalid(format!("The destination ARN {destination} is invalid.")))?;
    let action = match place {
        Place::Queue(..) => "SendMessage on SQS",
        Place::Topic(_) => "Publish on SNS",
        Place::Bucket(_) => "PutObject on S3",
        Place::Function(_) | Place::Bus(_) => {
            return Err(invalid(
                "Unsupported DestinationConfig parameter for given event source mapping type.",
            ));
        }
    };
    // Queues at an endpoint are known there alone.
    if matches!(place, Place::Queue(..)) && !cx.endpoint.sources.has_queues_here() {
        return Ok(());
    }
    let actor = Actor {
        principal: LAMBDA,
        source_arn: function.qualified_arn(&cx.scope),
        source_account: cx.scope.account,
        role: Some(role.to_owned()),
        trace: None,
    };
    match place.is_open(&cx.endpoint.reach, &actor).await {
        true => Ok(()),
        false => Err(invalid(format!(
            "The provided execution role does not have permissions to call {action}"
        ))),
    }
}
