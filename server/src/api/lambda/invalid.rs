//! What is refused about the parameters of requests, and about roles.

use engine::engine::Engine;
use engine::record::function::{RoleVerdict, VpcConfig};
use engine::scope::Scope;
use wire::ApiError;
use wire::lambda::error;

use crate::api::operation::Context;
use crate::iam::Enis;

/// Whether a role may be a function's, and manage the ENIs that this has in its VPC; `code` is that of its
/// refusal. Role and function may be another account's than the caller's.
pub(crate) fn role_verdict(
    cx: &Context<'_>,
    (engine, scope): (&Engine, &Scope),
    (role, vpc): (&str, Option<&VpcConfig>),
    code: &'static str,
) -> Result<RoleVerdict, ApiError> {
    let enis = vpc.and_then(|vpc| Enis::of(engine, vpc));
    let verdict = cx.endpoint.iam.verdict(scope, role, enis);
    let message = "The role defined for the function cannot be assumed by Lambda.";
    verdict.map_err(|_| error(code, message))
}

/// The code of what is refused about a request's parameters.
pub(crate) const INVALID: &str = "InvalidParameterValueException";

/// The refusal of a request's parameters.
pub(crate) fn invalid(message: impl Into<String>) -> ApiError {
    error(INVALID, message)
}
