//! How SQS refuses, in its own words.

use wire::ApiError;
use wire::sqs::error;

pub(super) fn no_queue() -> ApiError {
    error("QueueDoesNotExist", "The specified queue does not exist.")
}

pub(super) fn invalid(message: impl Into<String>) -> ApiError {
    error("InvalidParameterValueException", message)
}

/// A value that its parameter does not take.
pub(super) fn not_taken(value: &str, parameter: &str, reason: &str) -> ApiError {
    invalid(format!("Value {value} for parameter {parameter} is invalid. Reason: {reason}"))
}

/// A parameter of FIFO queues at another, or the other way round.
pub(super) fn other_type(value: &str, parameter: &str) -> ApiError {
    let reason = "The request include parameter that is not valid for this queue type.";
    not_taken(value, parameter, reason)
}

pub(super) fn missing(parameter: &str) -> ApiError {
    let message = format!("The request must contain the parameter {parameter}.");
    error("MissingRequiredParameterException", message)
}

pub(super) fn bad_handle(handle: &str) -> ApiError {
    let message = format!("The input receipt handle \"{handle}\" is not a valid receipt handle.");
    error("ReceiptHandleIsInvalid", message)
}

pub(super) fn expired_handle(handle: &str) -> ApiError {
    not_taken(handle, "ReceiptHandle", "The receipt handle has expired.")
}

pub(super) fn bad_attribute(name: &str) -> ApiError {
    error("InvalidAttributeValue", format!("Invalid value for the parameter {name}."))
}

pub(super) fn unknown_attribute(name: &str) -> ApiError {
    error("InvalidAttributeName", format!("Unknown Attribute {name}."))
}
