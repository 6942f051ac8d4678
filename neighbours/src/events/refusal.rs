//! How EventBridge refuses, in its own words.

use wire::ApiError;
use wire::events::error;

pub(crate) fn no_bus(name: &str) -> ApiError {
    error("ResourceNotFoundException", format!("Event bus {name} does not exist."))
}

pub(crate) fn no_rule(rule: &str, bus: &str) -> ApiError {
    let message = format!("Rule {rule} does not exist on EventBus {bus}.");
    error("ResourceNotFoundException", message)
}

pub(crate) fn invalid(message: impl Into<String>) -> ApiError {
    error("ValidationException", message)
}

pub(crate) fn too_many() -> ApiError {
    let message = "The requested resource exceeds the maximum number allowed.";
    error("LimitExceededException", message)
}

pub(crate) fn bad_pattern(why: &str) -> ApiError {
    let message = format!("Event pattern is not valid. Reason: {why}");
    error("InvalidEventPatternException", message)
}

pub(crate) fn bad_token() -> ApiError {
    invalid("Parameter NextToken is not valid. Reason: Provided token is not valid.")
}
