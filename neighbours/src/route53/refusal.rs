//! Why Route 53 refuses, in its words.

use wire::ApiError;
use wire::route53::error;

pub(super) fn no_zone(id: &str) -> ApiError {
    error("NoSuchHostedZone", format!("No hosted zone found with ID: {id}"))
}

pub(super) fn invalid(message: impl Into<String>) -> ApiError {
    error("InvalidInput", message)
}

/// A batch of changes is not carried out, for each of these reasons.
pub(super) fn batch(messages: &[String]) -> ApiError {
    error("InvalidChangeBatch", format!("[{}]", messages.join(", ")))
}

pub(super) fn no_vpc(vpc: &str) -> ApiError {
    let message = format!(
        "The VPC ID that you specified either isn't a valid ID or the current account is not authorized to \
         access this VPC: {vpc}"
    );
    error("InvalidVPCId", message)
}

/// A VPC has a zone of this name already.
pub(super) fn conflict(vpc: &str, region: &str, zone: &str) -> ApiError {
    let message = format!(
        "The VPC {vpc} in region {region} has already been associated with the hosted zone {zone} with the \
         same domain name."
    );
    error("ConflictingDomainExists", message)
}
