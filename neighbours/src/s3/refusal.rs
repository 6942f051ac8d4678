//! Refusals of S3, in its words.

use wire::ApiError;
use wire::s3::error;

pub(super) fn no_bucket(name: &str) -> ApiError {
    error("NoSuchBucket", "The specified bucket does not exist").with("BucketName", name)
}

pub(super) fn no_key(key: &str) -> ApiError {
    error("NoSuchKey", "The specified key does not exist.").with("Key", key)
}

pub(super) fn no_version(key: &str, version: &str) -> ApiError {
    error("NoSuchVersion", "The specified version does not exist.")
        .with("Key", key)
        .with("VersionId", version)
}

pub(super) fn no_upload(id: &str) -> ApiError {
    let message = "The specified upload does not exist. The upload ID may be invalid, or the upload \
                   may have been aborted or completed.";
    error("NoSuchUpload", message).with("UploadId", id)
}

pub(super) fn denied() -> ApiError {
    error("AccessDenied", "Access Denied")
}

pub(super) fn precondition(condition: &'static str) -> ApiError {
    let message = "At least one of the pre-conditions you specified did not hold";
    error("PreconditionFailed", message).with("Condition", condition)
}

pub(super) fn argument(name: &str, value: &str, message: impl Into<String>) -> ApiError {
    error("InvalidArgument", message).with("ArgumentName", name).with("ArgumentValue", value)
}

pub(super) fn malformed_xml() -> ApiError {
    let message = "The XML you provided was not well-formed or did not validate against our \
                   published schema";
    error("MalformedXML", message)
}

pub(super) fn too_long(key: &str) -> ApiError {
    error("KeyTooLongError", "Your key is too long")
        .with("Size", key.len().to_string())
        .with("MaxSizeAllowed", "1024")
}

pub(super) fn full() -> ApiError {
    error("ServiceUnavailable", "There is no room left to store anything.")
}
