//! Who listens: of the ports of an exposed resource the engine knows each.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::IpAddr;

use crate::base::id::EniId;
use crate::engine::Engine;
use crate::network::reach::Content;
use crate::record::eni::EniUser;
use crate::record::resource::ResourceKind;
use crate::tell::gates::Towards;
use crate::tell::hop::{Gate, Hop, Reached};
use crate::tell::reach::{ReachPath, ReachTold};
use crate::tell::words::{SHOWN, Teller};

impl Engine {
    /// What is told of ways, with those that end where nobody listens being closed there. It is not of the
    /// network, so that whoever asks about that alone leaves it out.
    #[must_use]
    pub fn listened_to(&self, mut told: ReachTold, content: Content) -> ReachTold {
        let teller = self.teller();
        let paths = told.paths.into_iter().map(|path| teller.heard(path, content));
        told.paths = paths.collect();
        told.verdict = Reached::of_all(told.paths.iter().map(|path| path.verdict));
        told
    }
}

impl Teller<'_> {
    /// A way, which ends where nobody listens.
    pub(super) fn heard(&self, mut path: ReachPath, content: Content) -> ReachPath {
        if path.verdict == Reached::Stopped {
            return path;
        }
        if let Some(why) = self.taker(&path).and_then(|eni| self.is_deaf(eni, content)) {
            path.hops.retain(|hop| !hop.is_reply);
            path.hops.push(Hop::closed(false, Gate::Port, why));
            (path.verdict, path.mend) = (Reached::Stopped, None);
        }
        path
    }

    /// Who takes what is sent on a way.
    fn taker(&self, path: &ReachPath) -> Option<EniId> {
        match path.destination {
            IpAddr::V6(address) => self.network.held6.get(&address).copied(),
            IpAddr::V4(address) => {
                if let Some((eni, _)) = self.published(address) {
                    return Some(eni);
                }
                let subnet = path.subnet?;
                let vpc = self.network.planned(self.network.subnets.get(&subnet)?.vpc);
                let vpc = Towards::by(vpc, subnet, address).peer.unwrap_or(vpc.vpc);
                self.network.holder(vpc, address)
            }
        }
    }

    /// Why nobody listens at an ENI, where that is known.
    fn is_deaf(&self, eni: EniId, content: Content) -> Option<String> {
        let EniUser::Resource(id) = self.network.enis.get(&eni)?.user else { return None };
        let resource = self.network.resources.get(&id)?;
        let ResourceKind::Exposed(ports) = &resource.kind else { return None };
        let asked = match content {
            Content::Tcp(port) if ports.iter().any(|exposed| exposed.port == port) => return None,
            Content::Tcp(port) => format!("port {port}"),
            Content::Udp(port) => format!("port {port} of UDP"),
            // Its kernel answers echo requests.
            Content::Icmp(..) => return None,
            Content::Other(number) => format!("protocol {number}"),
        };
        let mut shown: Vec<String> =
            ports.iter().take(SHOWN).map(|exposed| exposed.port.to_string()).collect();
        if ports.len() > SHOWN {
            shown.push(format!("{} more", ports.len() - SHOWN));
        }
        let shown = shown.join(", ");
        let name = &resource.name;
        Some(format!(
            "nobody listens at {asked}: resource {name} is exposed at {shown} of TCP alone"
        ))
    }
}
