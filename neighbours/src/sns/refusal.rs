//! How SNS refuses, in its own words.

use wire::ApiError;
use wire::sns::error;

/// A parameter that cannot be what it is.
pub(super) fn invalid(what: impl AsRef<str>) -> ApiError {
    error("InvalidParameter", format!("Invalid parameter: {}", what.as_ref()))
}

/// A value of a message that its parameter does not take.
pub(super) fn bad_value(message: impl Into<String>) -> ApiError {
    error("ParameterValueInvalid", message)
}

pub(super) fn no_topic() -> ApiError {
    error("NotFound", "Topic does not exist")
}

pub(super) fn no_subscription() -> ApiError {
    error("NotFound", "Subscription does not exist")
}

/// What AWS has and Warren has not.
pub(super) fn unsupported(what: impl AsRef<str>) -> ApiError {
    error("InvalidParameter", format!("Warren does not support {}.", what.as_ref()))
}
