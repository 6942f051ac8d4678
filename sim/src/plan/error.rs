//! Why there is no plan.

use engine::compute::function;
use engine::network::{eni, group, subnet, vpc};

use crate::trace::TraceError;

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// The trace cannot be read.
    #[error(transparent)]
    Trace(#[from] TraceError),
    /// The layout cannot be as it is given: of what, and why.
    #[error("{0}: {1}")]
    Layout(String, String),
}

impl PlanError {
    pub(super) fn no_subnet(of: &str, refusal: &subnet::Refusal) -> PlanError {
        let why = match refusal {
            subnet::Refusal::Conflict(cidr) => format!("{cidr} overlaps another subnet"),
            subnet::Refusal::Size(cidr) => format!("{cidr} is not of /16 to /28"),
            subnet::Refusal::TooMany => over("SubnetLimitExceeded"),
            subnet::Refusal::NoVpc(_)
            | subnet::Refusal::NoSubnet(_)
            | subnet::Refusal::Outside(_)
            | subnet::Refusal::Ipv6(_)
            | subnet::Refusal::NoIpv6Block(_)
            | subnet::Refusal::InUse(_) => format!("refused: {refusal:?}"),
        };
        PlanError::Layout(of.to_owned(), why)
    }

    pub(super) fn no_vpc(of: &str, refusal: &vpc::Refusal) -> PlanError {
        let why = match refusal {
            vpc::Refusal::Size(cidr) => format!(
                "the VPC of its subnets would be {cidr}, which is not of /16 to /28\n\
                 hint: subnets of one VPC lie in one /16"
            ),
            vpc::Refusal::Reserved(cidr) => format!(
                "the VPC of its subnets would be {cidr}, which has addresses that no interface can have"
            ),
            vpc::Refusal::TooMany => over("VpcLimitExceeded"),
            vpc::Refusal::NoVpc(_) | vpc::Refusal::NoIpv6Block | vpc::Refusal::InUse(_) => {
                format!("refused: {refusal:?}")
            }
        };
        PlanError::Layout(of.to_owned(), why)
    }

    pub(super) fn no_eni(of: &str, refusal: &eni::Refusal) -> PlanError {
        let why = match refusal {
            eni::Refusal::NoFreeAddress(_) => {
                "it has fewer addresses than others hold in it".into()
            }
            eni::Refusal::TooMany => over("NetworkInterfaceLimitExceeded"),
            other => format!("refused: {other:?}"),
        };
        PlanError::Layout(of.to_owned(), why)
    }

    pub(super) fn no_group(of: &str, refusal: &group::Refusal) -> PlanError {
        let why = match refusal {
            group::Refusal::TooMany => over("SecurityGroupLimitExceeded"),
            other => format!("refused: {other:?}"),
        };
        PlanError::Layout(of.to_owned(), why)
    }

    pub(super) fn no_function(of: &str, refusal: &function::Refusal) -> PlanError {
        let why = match refusal {
            function::Refusal::ReserveTooMuch(left) => {
                format!("reserving so much leaves less than {left} of the concurrency")
            }
            other => format!("refused: {other:?}"),
        };
        PlanError::Layout(of.to_owned(), why)
    }
}

/// That a quota of AWS's is reached.
fn over(quota: &str) -> String {
    format!("one more than AWS's quota allows ({quota})")
}
