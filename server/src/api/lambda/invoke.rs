//! Invoke: the hot path.

use bytes::Bytes;
use engine::effect::{InvokeRefusal, InvokeResult};
use engine::engine::Engine;
use engine::id::{FunctionId, RequestId};
use engine::input::{Invoke, InvokeKind, Qualifier};
use engine::record::function::RoleVerdict;
use http::{HeaderValue, Response};
use wire::lambda::error;
use wire::{ApiError, InvocationType, Invoked};

use crate::api::authorize;
use crate::api::lambda::invalid::role_verdict;
use crate::api::lambda::name::{arn, not_found};
use crate::api::lambda::target::Target;
use crate::api::lambda::{json, refusal, result};
use crate::api::operation::{Context, refuse};
use crate::driver::{InvokeAnswer, InvokeReply, Refused};
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
    if invoke.invocation_type == InvocationType::DryRun {
        context.driver.read(|engine| find(context, &target, engine).map(drop))?;
        return Ok((None, Invoked { status: 204, ..Invoked::default() }));
    }
    let made = Made {
        target: &target,
        event,
        kind: if is_async { InvokeKind::Async } else { InvokeKind::Sync },
        tail: invoke.tail,
        client: invoke.client_context.clone(),
        by: context.caller.arn(),
        trace,
    };
    let answer = made.run(context).await?;
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
        Err(refused) => Err(not_run(context, &target, refused)),
    }
}

/// An invocation that is made of what was asked for.
struct Made<'a> {
    target: &'a Target,
    event: Bytes,
    kind: InvokeKind,
    tail: bool,
    client: Option<String>,
    by: String,
    trace: &'a str,
}

impl Made<'_> {
    async fn run(self, context: &Context<'_>) -> Result<InvokeAnswer, ApiError> {
        let Made { target, event, kind, tail, client, by, trace } = self;
        let length = event.len();
        let (trace, hops) = lineage::next(trace, &arn(&target.scope, &target.name, None));
        let event_context = engine::node::EventContext { client, trace: Some(trace), hops };
        let make = |engine: &Engine, caller, payload| {
            let (function, qualifier, role) = find(context, target, engine)?;
            Ok::<_, ApiError>(Invoke {
                caller,
                function: engine::input::Target::Known(function),
                qualifier,
                kind,
                payload,
                length,
                context: Some(Box::new(event_context)),
                by,
                role,
            })
        };
        context.driver.invoke(event, tail, make).await
    }
}

/// What a function answered to somebody who did not call Lambda.
pub(crate) struct Called {
    /// The invocation.
    pub(crate) request: RequestId,
    /// None where the function has failed.
    pub(crate) response: Option<Bytes>,
}

/// Invokes a function for somebody who does not call Lambda, and has been let in.
///
/// # Errors
/// When it is not run.
pub(crate) async fn call(
    context: &Context<'_>,
    target: &Target,
    event: Bytes,
    by: String,
    trace: &str,
) -> Result<Called, ApiError> {
    let kind = InvokeKind::Sync;
    let made = Made { target, event, kind, tail: false, client: None, by, trace };
    let answer = made.run(context).await?;
    let (request, is_response) = match answer.answer {
        Ok(InvokeReply::Invoked(invoked)) => {
            (invoked.request, matches!(invoked.result, InvokeResult::Response(_)))
        }
        Ok(InvokeReply::Accepted(request)) => (request, false),
        Err(refused) => return Err(not_run(context, target, refused)),
    };
    let response = is_response.then(|| answer.payload.unwrap_or_default());
    Ok(Called { request, response })
}

/// The function that is meant, by what it is invoked, and whether its role may manage ENIs.
fn find(
    context: &Context<'_>,
    target: &Target,
    engine: &Engine,
) -> Result<(FunctionId, Option<Qualifier>, RoleVerdict), ApiError> {
    let found = target.found(engine, &target.scope).map_err(|_| missing(target))?;
    let settings = &found.configuration.settings;
    let of = (settings.role.as_str(), settings.vpc.as_ref());
    let role = role_verdict(context, (engine, &target.scope), of, "AccessDeniedException")?;
    let qualifier = target.qualifier.as_ref().map(|_| found.qualifier());
    Ok((found.function.id, qualifier, role))
}

fn missing(target: &Target) -> ApiError {
    let qualifier = target.qualifier.as_deref().unwrap_or("$LATEST");
    not_found(&target.scope, &target.name, Some(qualifier))
}

fn not_run(context: &Context<'_>, target: &Target, refused: Refused<InvokeRefusal>) -> ApiError {
    match refused {
        Refused::Refused(InvokeRefusal::NoFunction(..) | InvokeRefusal::FunctionGone) => {
            missing(target)
        }
        refused => refusal::spell_invocation(context, &target.scope, refused),
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
pub(crate) fn entered(context: &Context<'_>, request: &wire::Request<'_>) -> String {
    let header = brought(request.headers);
    let Some(tracer) = context.driver.tracer() else {
        return header.unwrap_or_else(|| lineage::begun(context.id));
    };
    let digits: String = context.id.chars().filter(|c| *c != '-').collect();
    let span = u64::from_str_radix(&digits[16..], 16).unwrap_or(1);
    let own = || lineage::begun(context.id).replace("Sampled=0", "Sampled=1");
    tracer.enter(header.unwrap_or_else(own), span)
}
