//! The seam between the driver and a node: commands go one way, reports come back the other.

use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;

use bytes::Bytes;
use engine::id::{EniId, EnvironmentId, PayloadId, VpcId};
use engine::node::{NodeCommand, NodeReport, Outcome};

/// A node that carries out commands; it reports by [`crate::driver::Driver::report`].
pub trait NodeLink: Send + Sync {
    /// Takes a command, with the event of a `Deliver`; returns at once.
    fn command(&self, command: NodeCommand, payload: Option<Bytes>);

    /// A TCP socket, not connected and not waiting, in the network namespace at a path.
    ///
    /// # Errors
    /// When there is none to be had.
    fn socket(&self, namespace: &Path) -> io::Result<OwnedFd> {
        let why = format!("this node has no network namespace {}", namespace.display());
        Err(io::Error::other(why))
    }

    /// Whether an address is of the outside, as functions without a VPC reach it.
    fn is_outside(&self, _address: IpAddr) -> bool {
        true
    }

    /// The ENI that sends from an address in a VPC, if one does.
    fn sender_at(&self, _vpc: VpcId, _address: Ipv4Addr) -> Option<EniId> {
        None
    }

    /// In which environment somebody sends from an address in a VPC, if in one.
    fn asker(&self, _vpc: VpcId, _address: Ipv4Addr) -> Option<EnvironmentId> {
        None
    }

    /// Has this thread hear itself of what it delivers from now on; none where the node tells of
    /// everything by threads of its own.
    ///
    /// # Errors
    /// When there is no event queue to be had.
    fn attend(&self) -> io::Result<Option<Box<dyn Attend>>> {
        Ok(None)
    }
}

/// What a thread hears of by itself: its descriptor is readable when there is something.
pub trait Attend: AsFd {
    /// Reports what there is; returns whether there may be more to do, once those who were told
    /// have had their turn.
    ///
    /// # Errors
    /// When the event queue fails.
    fn turn(&mut self) -> io::Result<bool>;
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
        | NodeReport::Asked { .. }
        | NodeReport::Exited { .. }
        | NodeReport::Reset(_)
        | NodeReport::Gone(_)
        | NodeReport::StartFailed(..)
        | NodeReport::Dropped(_)
        | NodeReport::Connections(..)
        | NodeReport::PlanInForce { .. }
        | NodeReport::PlanFailed { .. } => None,
    }
}
