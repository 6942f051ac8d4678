//! What follows from a function's name.

use engine::scope::Scope;
use wire::ApiError;
use wire::arn::function_arn;
use wire::lambda::error;

/// A function's ARN.
pub(crate) fn arn(scope: &Scope, name: &str, qualifier: Option<&str>) -> String {
    function_arn(&scope.region, &format!("{:012}", scope.account), name, qualifier)
}

/// The error that a function, or a version of it, is not there.
pub(crate) fn not_found(scope: &Scope, name: &str, qualifier: Option<&str>) -> ApiError {
    let arn = arn(scope, name, qualifier);
    error("ResourceNotFoundException", format!("Function not found: {arn}"))
}

/// The error that a function has no alias of a name.
pub(crate) fn cannot_find(scope: &Scope, function: &str, name: &str) -> ApiError {
    let arn = arn(scope, function, Some(name));
    error("ResourceNotFoundException", format!("Cannot find alias arn: {arn}"))
}

/// Where a function's lines are logged.
pub(crate) fn log_group(function: &str) -> String {
    format!("/aws/lambda/{function}")
}
