//! EC2: the operations of VPCs and what is in them, one file per noun.

mod acl_entry;
mod describe;
mod eni_view;
mod input;
mod insights;
mod operations;
mod permission;
mod show;
mod text;

use engine::ask::Ask;
use engine::id::Missing;
use engine::network::Noun;
use engine::network::once::{Once, OnceRefusal};
use engine::record::Stored;
use serde_json::Value;
use wire::ApiError;
use wire::ec2::{Op, error};

use crate::api::ec2::input::{Id, no_such};
use crate::api::operation::{Call, Context};
use crate::driver::Refused;
use crate::zone::zones;

use operations::insights_path;
pub(super) use operations::tag::tagged_thing;

pub(super) async fn dispatch(call: Call<'_>, op: Op) -> Result<Value, ApiError> {
    // It makes by itself what else a scope begins with.
    if op != Op::CreateDefaultVpc {
        begin(call.cx).await?;
    }
    operations::run(call, op).await
}

/// A scope begins with a default VPC, as a new account does.
async fn begin(context: &Context<'_>) -> Result<(), ApiError> {
    if context.driver.read(|engine| engine.has_scope(&context.scope)) {
        return Ok(());
    }
    let scope = context.scope.clone();
    let zones = zones(&scope.region);
    ask(context, None, engine::network::vpc::CreateDefault { scope, zones }).await.map(drop)
}

/// How EC2 spells what the questions about a noun are refused for.
trait Spell {
    fn spell(self) -> ApiError;
}

impl<R: Spell> Spell for Refused<R> {
    fn spell(self) -> ApiError {
        match self {
            Refused::Refused(refusal) => refusal.spell(),
            Refused::Draining => error("Unavailable", "The server is shutting down."),
            // The store cannot be written.
            Refused::Unavailable(why) => error("Unavailable", why),
        }
    }
}

impl<R: Spell, I: Id> Spell for OnceRefusal<R, I> {
    fn spell(self) -> ApiError {
        match self {
            OnceRefusal::Refused(refusal) => refusal.spell(),
            OnceRefusal::Gone(id) => no_such(id),
            OnceRefusal::Mismatch => {
                let message = "The request uses the same client token as a previous, but \
                               non-identical request.";
                error("IdempotentParameterMismatch", message)
            }
        }
    }
}

impl<I: Id> Spell for Missing<I> {
    fn spell(self) -> ApiError {
        no_such(self.0)
    }
}

/// Asks the engine; a dry run ends where everything is checked and nothing is changed.
async fn ask<A>(cx: &Context<'_>, is_dry: Option<bool>, question: A) -> Result<A::Answer, ApiError>
where
    A: Ask + Send + 'static,
    A::Refusal: Spell,
{
    if is_dry == Some(true) {
        cx.driver.rehearse(question).map_err(Spell::spell)?;
        return Err(would_succeed());
    }
    cx.driver.ask(question).await.map_err(Spell::spell)
}

/// Characters of a client token.
const TOKEN: usize = 64;

/// Asks for something that a request with a client token makes once, however often it comes.
async fn ask_once<A>(
    cx: &Context<'_>,
    is_dry: Option<bool>,
    question: A,
) -> Result<A::Answer, ApiError>
where
    A: Ask + Send + 'static,
    A::Answer: Noun,
    <A::Answer as Stored>::Key: Id,
    A::Refusal: Spell,
{
    let once = cx.take_once();
    if once.as_ref().is_some_and(|Once { token, .. }| token.len() > TOKEN || !token.is_ascii()) {
        let message = format!("The client token must have at most {TOKEN} ASCII characters.");
        return Err(error("InvalidClientToken", message));
    }
    match once {
        Some(once) if is_dry != Some(true) => {
            cx.driver.ask_once(once, question).await.map_err(Spell::spell)
        }
        Some(_) | None => ask(cx, is_dry, question).await,
    }
}

/// What a dry run is answered that got to here.
fn would_succeed() -> ApiError {
    error("DryRunOperation", "Request would have succeeded, but DryRun flag is set.")
}

/// Ends a dry run that changes nothing anyway, or of which nothing is left to check.
fn dry_run(is_dry: Option<bool>) -> Result<(), ApiError> {
    match is_dry {
        Some(true) => Err(would_succeed()),
        Some(false) | None => Ok(()),
    }
}
