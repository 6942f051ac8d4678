//! What is refused about the parameters of requests, and about roles.

use engine::record::function::RoleVerdict;
use engine::scope::Scope;
use wire::ApiError;
use wire::lambda::error;

use crate::api::operation::Context;

/// Whether a role may be a function's, and manage its ENIs; `code` is that of its refusal.
pub(crate) fn role_verdict(
    cx: &Context<'_>,
    role: &str,
    code: &'static str,
) -> Result<RoleVerdict, ApiError> {
    role_verdict_in(cx, &cx.scope, role, code)
}

/// The same of a role that may be another account's.
pub(crate) fn role_verdict_in(
    cx: &Context<'_>,
    scope: &Scope,
    role: &str,
    code: &'static str,
) -> Result<RoleVerdict, ApiError> {
    let verdict = cx.endpoint.iam.verdict(scope.account, &scope.region, role);
    let message = "The role defined for the function cannot be assumed by Lambda.";
    verdict.map_err(|_| error(code, message))
}

/// The code of what is refused about a request's parameters.
pub(crate) const INVALID: &str = "InvalidParameterValueException";

/// The refusal of a request's parameters.
pub(crate) fn invalid(message: impl Into<String>) -> ApiError {
    error(INVALID, message)
}
