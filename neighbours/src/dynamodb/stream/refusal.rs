//! How DynamoDB Streams refuses.

use wire::ApiError;
use wire::dynamodbstreams::error;

pub(super) fn no_stream(arn: &str) -> ApiError {
    let message = format!("Requested resource not found: Stream: {arn} not found");
    error("ResourceNotFoundException", message)
}

pub(super) fn no_shard(shard: &str, arn: &str) -> ApiError {
    let message =
        format!("Requested resource not found: Shard: {shard} in stream: {arn} not found");
    error("ResourceNotFoundException", message)
}

pub(super) fn invalid(message: impl Into<String>) -> ApiError {
    error("ValidationException", message)
}

pub(super) fn expired() -> ApiError {
    error("ExpiredIteratorException", "Iterator expired")
}

pub(super) fn trimmed() -> ApiError {
    let message = "The operation attempted to read past the oldest stream record in a shard.";
    error("TrimmedDataAccessException", message)
}
