//! How Kinesis refuses.

use wire::ApiError;
use wire::kinesis::error;

use crate::operation::Scope;

pub(super) fn invalid(message: impl Into<String>) -> ApiError {
    error("InvalidArgumentException", message)
}

pub(super) fn no_stream(scope: &Scope, name: &str) -> ApiError {
    let message = format!("Stream {name} under account {:012} not found.", scope.account);
    error("ResourceNotFoundException", message)
}

pub(super) fn no_shard(scope: &Scope, stream: &str, shard: &str) -> ApiError {
    let account = scope.account;
    let message =
        format!("Could not find shard {shard} in stream {stream} under account {account:012}.");
    error("ResourceNotFoundException", message)
}

pub(super) fn no_consumer(scope: &Scope, what: &str) -> ApiError {
    let message = format!("Consumer {what}, account {:012} not found.", scope.account);
    error("ResourceNotFoundException", message)
}

pub(super) fn too_many(message: impl Into<String>) -> ApiError {
    error("LimitExceededException", message)
}

pub(super) fn in_use(message: impl Into<String>) -> ApiError {
    error("ResourceInUseException", message)
}
