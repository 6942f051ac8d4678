//! What is refused about the parameters of requests, and about roles.

use engine::record::function::RoleVerdict;
use wire::ApiError;
use wire::lambda::error;

use crate::api::operation::Context;

/// Whether a role may be a function's, and manage its ENIs; `code` is that of its refusal.
pub(crate) fn role_verdict(
    cx: &Context<'_>,
    role: &str,
    code: &'static str,
) -> Result<RoleVerdict, ApiError> {
    let scope = &cx.scope;
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
