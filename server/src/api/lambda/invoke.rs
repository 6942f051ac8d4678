//! Invoke: the hot path.

use bytes::Bytes;
use engine::effect::InvokeRefusal;
use engine::engine::Engine;
use engine::input::{Invoke, InvokeKind};
use http::{HeaderValue, Response};
use wire::lambda::error;
use wire::{ApiError, InvocationType, Invoked};

use crate::api::authorize;
use crate::api::lambda::invalid::role_verdict_in;
use crate::api::lambda::name::{arn, not_found};
use crate::api::lambda::target::Target;
use crate::api::lambda::{json, refusal, result};
use crate::api::operation::{Context, refuse};
use crate::driver::{InvokeReply, Refused};
use crate::trace::context::brought;
use crate::trace::lineage;

/// Bytes of an event, by how the function is invoked.
pub(crate) const SYNC: usize = 6_291_456;
const ASYNC: usize = 1_048_576;

/// Answers an Invoke; `event` is the request's body.
pub(crate) async fn invoke(
    context: &Context<'_>,
    invoke: Result<wire::Invoke<'_>, ApiError>,
    request: &wire::Request<'_>,
    event: Bytes,
) -> Response<Bytes> {
    let trace = entered(context, request);
    match run(context, invoke, event, &trace).await {
        Ok((id, invoked)) => {
            let mut response = invoked.render(id.as_deref().unwrap_or(context.id));
            if let Ok(value) = HeaderValue::from_str(&trace) {
                response.headers_mut().insert("x-amzn-trace-id", value);
            }
            response
        }
        Err(error) => refuse(context.id, "Invoke", &error),
    }
}

/// The response, with the id of the invocation where there is one.
async fn run(
    context: &Context<'_>,
    invoke: Result<wire::Invoke<'_>, ApiError>,
    event: Bytes,
    trace: &str,
) -> Result<(Option<String>, Invoked), ApiError> {
    let invoke = invoke?;
    let target = Target::of_any(context, invoke.reference()?)?;
    authorize::check_invoke(context, &target)?;
    let is_async = invoke.invocation_type == InvocationType::Event;
    check_size(event.len(), is_async)?;
    let event = if event.is_empty() { Bytes::from_static(b"{}") } else { event };
    json::check(&event)?;
    let missing = || {
        let qualifier = target.qualifier.as_deref().unwrap_or("$LATEST");
        not_found(&target.scope, &target.name, Some(qualifier))
    };
    let find = |engine: &Engine| {
        let found = target.found(engine, &target.scope).map_err(|_| missing())?;
        let role = &found.configuration.settings.role;
        let role = role_verdict_in(context, &target.scope, role, "AccessDeniedException")?;
        let qualifier = target.qualifier.as_ref().map(|_| found.qualifier());
        Ok::<_, ApiError>((found.function.id, qualifier, role))
    };
    if invoke.invocation_type == InvocationType::DryRun {
        context.driver.read(find)?;
        return Ok((None, Invoked { status: 204, ..Invoked::default() }));
    }
    let length = event.len();
    let arn = arn(&target.scope, &target.name, None);
    let (trace, hops) = lineage::next(trace, &arn);
    let event_context = engine::node::EventContext {
        client: invoke.client_context.clone(),
        trace: Some(trace),
        hops,
    };
    let by = context.caller.arn();
    let answer = context
        .driver
        .invoke(event, invoke.tail, |engine, caller, payload| {
            let (function, qualifier, role) = find(engine)?;
            Ok::<_, ApiError>(Invoke {
                caller,
                function: engine::input::Target::Known(function),
                qualifier,
                kind: if is_async { InvokeKind::Async } else { InvokeKind::Sync },
                payload,
                length,
                context: Some(Box::new(event_context)),
                by,
                role,
            })
        })
        .await?;
    match answer.answer {
        Ok(InvokeReply::Invoked(invoked)) => {
            let tail = invoke.tail.then_some(answer.tail);
            let id = invoked.request.to_string();
            Ok((Some(id), result::result(&invoked, answer.payload, tail)))
        }
        Ok(InvokeReply::Accepted(request)) => {
            if let Some(figures) = context.driver.metrics().of(&target.scope, &target.name) {
                figures.received(crate::driver::now());
            }
            Ok((Some(request.to_string()), Invoked { status: 202, ..Invoked::default() }))
        }
        Err(Refused::Refused(InvokeRefusal::NoFunction(..) | InvokeRefusal::FunctionGone)) => {
            Err(missing())
        }
        Err(refused) => Err(refusal::spell_invocation(context, &target.scope, refused)),
    }
}

fn check_size(length: usize, is_async: bool) -> Result<(), ApiError> {
    if length > SYNC {
        let message =
            format!("Request must be smaller than {SYNC} bytes for the InvokeFunction operation");
        return Err(error("RequestEntityTooLargeException", message));
    }
    if is_async && length > ASYNC {
        let message = format!(
            "{length} byte payload is too large for the Event invocation type (limit {ASYNC} bytes)"
        );
        return Err(error("RequestTooLargeException", message));
    }
    Ok(())
}

/// The header of the trace to which a request belongs, which is its own where it names none.
fn entered(context: &Context<'_>, request: &wire::Request<'_>) -> String {
    let header = brought(request.headers);
    let Some(tracer) = context.driver.tracer() else {
        return header.unwrap_or_else(|| trace(context.id));
    };
    let digits: String = context.id.chars().filter(|c| *c != '-').collect();
    let span = u64::from_str_radix(&digits[16..], 16).unwrap_or(1);
    let own = || trace(context.id).replace("Sampled=0", "Sampled=1");
    tracer.enter(header.unwrap_or_else(own), span)
}

/// A trace that nobody samples, from the request's id.
fn trace(id: &str) -> String {
    let seconds = crate::driver::now().0 / 1_000_000_000;
    let digits: String = id.chars().filter(|c| *c != '-').collect();
    let (root, parent) = (&digits[..24], &digits[16..]);
    format!("Root=1-{seconds:08x}-{root};Parent={parent};Sampled=0;Lineage=1:{}:0", &digits[..8])
}
