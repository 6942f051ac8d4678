//! The seam between the driver and a node: commands go one way, reports come back the other.

use bytes::Bytes;
use engine::id::PayloadId;
use engine::node::{NodeCommand, NodeReport, Outcome};

/// A node that carries out commands; it reports by [`crate::driver::Driver::report`].
pub trait NodeLink: Send + Sync {
    /// Takes a command, with the event of a `Deliver`; returns at once.
    fn command(&self, command: NodeCommand, payload: Option<Bytes>);
}

/// The payload that a report names, whose bytes come with it.
pub(crate) fn payload(report: &NodeReport) -> Option<PayloadId> {
    match report {
        NodeReport::InitFailed { payload, .. }
        | NodeReport::Finished {
            outcome: Outcome::Response { payload, .. } | Outcome::Error { payload, .. },
            ..
        } => Some(*payload),
        NodeReport::Finished { outcome: Outcome::TooLarge(_), .. }
        | NodeReport::EniReady(_)
        | NodeReport::EniFailed(..)
        | NodeReport::ResourceReady(..)
        | NodeReport::ResourceFailed(..)
        | NodeReport::Ready { .. }
        | NodeReport::Exited { .. }
        | NodeReport::Gone(_)
        | NodeReport::StartFailed(..)
        | NodeReport::Dropped(_)
        | NodeReport::Connections(..)
        | NodeReport::PlanInForce { .. }
        | NodeReport::PlanFailed { .. } => None,
    }
}
