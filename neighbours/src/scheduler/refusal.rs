//! How EventBridge Scheduler refuses, in its own words.

use wire::ApiError;
use wire::scheduler::error;

pub(super) fn invalid(message: impl Into<String>) -> ApiError {
    error("ValidationException", message)
}

pub(super) fn no_schedule(name: &str) -> ApiError {
    error("ResourceNotFoundException", format!("Schedule {name} does not exist."))
}

pub(super) fn no_group(name: &str) -> ApiError {
    error("ResourceNotFoundException", format!("Schedule group {name} does not exist."))
}

pub(super) fn conflict(message: impl Into<String>) -> ApiError {
    error("ConflictException", message)
}

pub(super) fn too_many(what: &str, most: usize) -> ApiError {
    error("ServiceQuotaExceededException", format!("There may be {most} {what} at the most."))
}
