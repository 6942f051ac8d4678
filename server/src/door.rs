//! Doors: what connections come in by.

use engine::id::{VpcEndpointId, VpcId};

/// What a connection came in by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Door {
    /// Where whoever reaches the server asks for all services.
    Public,
    /// The same for functions without a VPC, at their router.
    Router,
    /// The public addresses of AWS's services.
    Services {
        /// Whether what comes is encrypted.
        is_tls: bool,
    },
    /// Behind the gateway endpoints of a VPC.
    Gateways {
        /// Which VPC.
        vpc: VpcId,
        /// Whether what comes is encrypted.
        is_tls: bool,
    },
    /// At an ENI of an interface endpoint.
    Interface {
        /// Which endpoint.
        endpoint: VpcEndpointId,
        /// Whether what comes is encrypted.
        is_tls: bool,
    },
}

/// Whose addresses those are that connections come from: in two networks one address is two senders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Senders {
    Outside,
    OfVpc(VpcId),
    OfEndpoint(VpcEndpointId),
}

impl Door {
    /// Whose addresses those are that connections come from.
    pub(crate) fn senders(&self) -> Senders {
        match self {
            Door::Public | Door::Router | Door::Services { .. } => Senders::Outside,
            Door::Gateways { vpc, .. } => Senders::OfVpc(*vpc),
            Door::Interface { endpoint, .. } => Senders::OfEndpoint(*endpoint),
        }
    }

    /// Whether connections are encrypted.
    pub(crate) fn is_tls(&self) -> bool {
        match self {
            Door::Public | Door::Router => false,
            Door::Services { is_tls }
            | Door::Gateways { is_tls, .. }
            | Door::Interface { is_tls, .. } => *is_tls,
        }
    }

    /// Whether hosts are the names of AWS's services.
    pub(crate) fn is_of_services(&self) -> bool {
        match self {
            Door::Public | Door::Router => false,
            Door::Services { .. } | Door::Gateways { .. } | Door::Interface { .. } => true,
        }
    }
}
