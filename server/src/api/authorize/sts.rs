//! What STS's operations demand. Who assumes a role must be trusted by it, too.

use serde_json::Value;
use wire::sts::{Op, error};
use wire::{ApiError, Operation};

use super::demand::{Demand, text};
use super::judge::{check_all, common};
use crate::api::operation::Context;
use crate::iam::{Question, Trust, Who, account_number};

pub(super) fn check(
    cx: &Context<'_>,
    operation: &'static Operation,
    op: Op,
    input: &Value,
) -> Result<(), ApiError> {
    let own = |resource: String| {
        let demand = Demand::new(format!("sts:{}", operation.name), resource);
        if cx.caller.is_root() { Ok(()) } else { check_all(cx, operation, &[demand]) }
    };
    match op {
        // Nobody is refused to know who it is, nor a session of itself.
        Op::GetCallerIdentity | Op::GetSessionToken => Ok(()),
        Op::DecodeAuthorizationMessage | Op::GetAccessKeyInfo => own("*".to_owned()),
        Op::GetFederationToken => {
            let (account, name) = (cx.scope.account, text(input, "Name"));
            own(format!("arn:aws:sts::{account:012}:federated-user/{name}"))
        }
        Op::AssumeRole => assume(cx, operation, input),
    }
}

/// A role must trust the caller. If it trusts but the caller's account, or is another account's, the
/// caller's own policies must allow it as well.
fn assume(cx: &Context<'_>, operation: &'static Operation, input: &Value) -> Result<(), ApiError> {
    let role = text(input, "RoleArn");
    let mut values = common(cx);
    values.set("sts:RoleSessionName", text(input, "RoleSessionName"));
    if let Some(id) = input["ExternalId"].as_str() {
        values.set("sts:ExternalId", id);
    }
    let action = "sts:AssumeRole";
    let question = Question { action, resource: role, values: &values };
    let trust = cx.endpoint.iam.trusts(role, &cx.caller, &question);
    let account = wire::arn::Arn::parse(role).and_then(|arn| account_number(arn.account));
    let is_own = account == Some(cx.scope.account);
    let refused = |words: &str| {
        let arn = cx.caller.arn();
        let message = format!(
            "User: {arn} is not authorized to perform: {action} on resource: {role}{words}"
        );
        Err(error("AccessDenied", message))
    };
    let mut demand = Demand::new(action, role);
    demand.values = values.clone();
    let allowed = || match cx.caller.is_root() {
        true => Ok(()),
        false => check_all(cx, operation, std::slice::from_ref(&demand)),
    };
    if let Who::Federated { .. } = cx.caller.who {
        return refused("");
    }
    match trust {
        Trust::Denied => refused(" with an explicit deny in a resource-based policy"),
        Trust::Silent => refused(""),
        Trust::Itself if is_own => match cx.endpoint.iam.denies(&cx.caller, &question) {
            true => allowed(),
            false => Ok(()),
        },
        Trust::Itself | Trust::Account => allowed(),
    }
}
