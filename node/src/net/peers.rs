//! Peers: VPCs whose routers have a link to each other.

use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use engine::id::{PeeringId, VpcId};

use super::hops::PEER_GATEWAY;
use super::link::{self, End, Mac};
use super::names;
use super::netlink::Messages;
use super::nft::Batch;
use super::router::Router;
use super::{Net, Vpc, lock};
use crate::agent::NetworkError;

/// The index of a peer's link is its number above this: no slot's.
const FIRST_PEER: u32 = 200_000;
/// The hardware addresses of the two ends.
const MACS: [Mac; 2] = [[0x02, 0xee, 1, 0, 0, 1], [0x02, 0xee, 1, 0, 0, 2]];

/// What is gone already, as it should be.
fn unless_gone(outcome: io::Result<()>) -> io::Result<()> {
    match outcome {
        Err(error) if matches!(error.raw_os_error(), Some(libc::ESRCH | libc::ENODEV)) => Ok(()),
        other => other,
    }
}

impl Router {
    /// Links this router to a peer's, in the place of a link that an earlier run has left.
    fn link(&mut self, other: &mut Router, peering: PeeringId, index: u32) -> io::Result<()> {
        let name = format!("pcx{:012x}", peering.0 & 0xffff_ffff_ffff);
        for router in [&mut *self, &mut *other] {
            if let Ok(seen) = link::find(&mut router.route, &name) {
                unless_gone(link::delete(&mut router.route, seen.index))?;
            }
        }
        let [here, there] = MACS.map(|mac| End { index, name: &name, mac });
        link::add_pair(&mut self.route, &here, &there, &other.namespace)?;
        self.raise_peer(peering, index, MACS[1])?;
        other.raise_peer(peering, index, MACS[0])?;
        // Looked at, neither end loses its first packets.
        link::look(&mut self.route, index)?;
        link::look(&mut other.route, index).map(drop)
    }

    fn raise_peer(&mut self, peering: PeeringId, index: u32, mac: Mac) -> io::Result<()> {
        let mut messages = Messages::default();
        link::up(&mut messages, index);
        link::add_neighbour(&mut messages, index, PEER_GATEWAY, mac);
        self.route.transact(messages)?;
        let mut batch = Batch::new(names::TABLE);
        let hops = self.routing.hops.clone();
        self.routing.hops.add_link(&mut batch, peering, index);
        let raised = batch.commit(&mut self.filter).and_then(|()| self.lead());
        if raised.is_err() {
            self.routing.hops = hops;
        }
        raised
    }

    /// Deletes the links of those that are no peers any more.
    pub(super) fn unlink_peers(&mut self) -> io::Result<()> {
        let stale = self.routing.hops.take_stale_links();
        stale.into_iter().try_for_each(|index| unless_gone(link::delete(&mut self.route, index)))
    }
}

impl Net {
    /// Has routers of peers be linked to each other, where both are there. No VPC is held meanwhile. What
    /// cannot be done is done with the next occasion, and is a failure of who is one of the two.
    pub(super) fn link_peers(&self, of: Option<VpcId>) -> Result<(), NetworkError> {
        if !self.are_peers_stale.swap(false, Ordering::Relaxed) {
            return Ok(());
        }
        let all: Vec<_> = lock(&self.vpcs).iter().map(|(id, vpc)| (*id, Arc::clone(vpc))).collect();
        let mut outcome = Ok(());
        for (id, vpc) in all {
            let peers: Vec<(PeeringId, VpcId)> = {
                let known = lock(&vpc);
                let peers = known.plan.peers.values();
                let after = peers.filter(|peer| id < peer.vpc && known.router.is_some());
                after.map(|peer| (peer.peering, peer.vpc)).collect()
            };
            for (peering, peer) in peers {
                let Ok(other) = self.vpc(peer) else { continue };
                // In the order of their ids, so that no two wait for each other.
                let (mut here, mut there) = (lock(&vpc), lock(&other));
                let Err(error) = self.link_both(&mut here, &mut there, peering) else { continue };
                self.are_peers_stale.store(true, Ordering::Relaxed);
                tracing::warn!(%peering, %error, "peers are not linked yet");
                if of.is_some_and(|of| [id, peer].contains(&of)) {
                    outcome = Err(NetworkError::of("linking two VPCs")(error));
                }
            }
        }
        outcome
    }

    fn link_both(&self, here: &mut Vpc, there: &mut Vpc, peering: PeeringId) -> io::Result<()> {
        let has = |vpc: &Vpc| vpc.plan.peers.contains_key(&peering);
        if !has(here) || !has(there) {
            return Ok(());
        }
        let (Some(one), Some(other)) = (here.router.as_mut(), there.router.as_mut()) else {
            return Ok(());
        };
        let is_linked = |router: &Router| router.routing.hops.links.contains_key(&peering);
        if is_linked(one) && is_linked(other) {
            return Ok(());
        }
        loop {
            let index = FIRST_PEER + self.next_peer.fetch_add(1, Ordering::Relaxed);
            match one.link(other, peering, index) {
                // Of an earlier run.
                Err(error) if matches!(error.raw_os_error(), Some(libc::EEXIST | libc::EBUSY)) => {}
                other => return other,
            }
        }
    }
}
