//! The network as the agent sees it.

use std::net::Ipv4Addr;
use std::os::fd::OwnedFd;
use std::sync::Arc;

use engine::id::{EniId, EnvironmentId, VpcId};
use engine::node::{Attachment, NodeCommand};

use super::error::NetworkError;

/// Where a sandbox may be attached: the key by which network slots are interchangeable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The outside, no VPC.
    Outside,
    /// A VPC.
    Vpc(VpcId),
}

/// A network namespace that is ready for a sandbox.
#[derive(Debug)]
pub struct Slot {
    /// Number of the slot, the network's own.
    pub id: u64,
    /// The namespace.
    pub namespace: OwnedFd,
}

/// The network as the agent sees it.
pub trait Network: Send + Sync {
    /// A slot at a place, attached to nothing yet.
    fn slot(&self, place: Place) -> Result<Slot, NetworkError>;
    /// Which VPC a shared ENI is in.
    fn place(&self, attachment: &Attachment) -> Result<Place, NetworkError>;
    /// Attaches a slot for an environment; its packets flow when this returns.
    fn attach(
        &self,
        slot: &Slot,
        environment: EnvironmentId,
        attachment: &Attachment,
    ) -> Result<(), NetworkError>;
    /// A slot that is attached for an environment from its beginning.
    fn attached_slot(
        &self,
        place: Place,
        environment: EnvironmentId,
        attachment: &Attachment,
    ) -> Result<Slot, NetworkError> {
        attached_later(self, place, environment, attachment)
    }
    /// How names are resolved at a place: the text of `/etc/resolv.conf`.
    fn resolv_conf(&self, _: Place) -> Arc<str> {
        Arc::default()
    }
    /// In which environment somebody sends from an address in a VPC.
    fn asker(&self, _: VpcId, _: Ipv4Addr) -> Option<EnvironmentId> {
        None
    }
    /// Takes a slot back, attached or not, after its processes are gone.
    fn release(&self, slot: &Slot);
    /// The ENI that sends from an address in a VPC.
    fn sender_at(&self, _vpc: VpcId, _address: Ipv4Addr) -> Option<EniId> {
        None
    }
    /// Carries out a command that concerns the network alone.
    fn command(&self, command: NodeCommand);
    /// Everything that is to be was told: what an earlier run left beside it may go.
    fn settle(&self) {}
    /// Nobody is attached any more: what need not outlive the agent goes.
    fn end(&self) {}
}

/// A slot that is made first and attached then.
pub(crate) fn attached_later(
    network: &(impl Network + ?Sized),
    place: Place,
    environment: EnvironmentId,
    attachment: &Attachment,
) -> Result<Slot, NetworkError> {
    let slot = network.slot(place)?;
    match network.attach(&slot, environment, attachment) {
        Ok(()) => Ok(slot),
        Err(error) => {
            network.release(&slot);
            Err(error)
        }
    }
}
