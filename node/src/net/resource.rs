//! Resources: namespaces with an ENI of their own, for processes and for ports of the host.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use engine::id::{ResourceId, VpcEndpointId};
use engine::node::Attachment;
use engine::plan::EniPlan;
use engine::record::resource::ExposedPort;

use super::hearing::{HeardAt, Hearing, Services};
use super::namespace;
use super::proxy::Proxy;
use super::router::{Port, Router};
use crate::agent::NetworkError;
use crate::descriptors;

/// Descriptors that a resource needs beside one for each port at each address: its namespace, the socket
/// for its links, and what an endpoint is asked at.
const BESIDE_PORTS: usize = 6;

/// A resource that is there.
#[derive(Debug)]
pub(super) struct Resource {
    namespace: OwnedFd,
    pub(super) path: PathBuf,
    port: Port,
    plan: EniPlan,
    /// What of the host is exposed, by which ports.
    ports: Vec<ExposedPort>,
    proxies: Vec<Proxy>,
    /// Who asks here for the service of an endpoint is heard.
    hearing: Option<Hearing>,
}

impl Resource {
    /// Makes a resource's namespace, or adopts the one that is pinned at the path with whatever
    /// runs in it. Where it cannot be made nothing of it stays; what would have been adopted is left
    /// to be tried again, beside the router.
    pub(super) fn open(
        router: &mut Router,
        path: &Path,
        plan: &EniPlan,
        ports: &[ExposedPort],
        serves: Option<(VpcEndpointId, &Services)>,
    ) -> Result<Resource, NetworkError> {
        let adopted = namespace::pinned(path)
            .and_then(|namespace| router.adopt_port(&namespace).ok().map(|port| (namespace, port)));
        let is_adopted = adopted.is_some();
        let (namespace, port) = match adopted {
            Some(adopted) => adopted,
            None => {
                namespace::unpin(path);
                let addresses = 1 + plan.addresses6.len() + router.secondaries_of(plan.eni).len();
                descriptors::suffice(BESIDE_PORTS + addresses * ports.len())
                    .map_err(NetworkError::of("exposing ports"))?;
                Resource::link(router, plan)?
            }
        };
        let mut resource = Resource {
            namespace,
            path: path.to_owned(),
            port,
            plan: plan.clone(),
            ports: ports.to_vec(),
            proxies: Vec::new(),
            hearing: None,
        };
        match resource.wire(router, is_adopted, serves) {
            Ok(()) => Ok(resource),
            Err(error) => {
                let undone = match is_adopted {
                    true => router.release(resource.port.number),
                    false => resource.end(router),
                };
                if let Err(error) = undone {
                    tracing::error!(path = %path.display(), %error, "what was made of a resource stays");
                }
                Err(error)
            }
        }
    }

    /// A namespace that nothing keeps yet, linked to the router.
    fn link(router: &mut Router, plan: &EniPlan) -> Result<(OwnedFd, Port), NetworkError> {
        router.forget_earlier(plan)?;
        let speaks_ipv6 = !plan.addresses6.is_empty();
        let made = namespace::make_slot(speaks_ipv6);
        let (namespace, socket) = made.map_err(NetworkError::of("making a namespace"))?;
        let port = router.add_port(&namespace, (socket, speaks_ipv6))?;
        Ok((namespace, port))
    }

    /// Has its namespace be kept, its ENI be there, and whatever is listened at.
    fn wire(
        &mut self,
        router: &mut Router,
        is_adopted: bool,
        serves: Option<(VpcEndpointId, &Services)>,
    ) -> Result<(), NetworkError> {
        let plan = self.plan.clone();
        if is_adopted {
            router.strip(&mut self.port, &plan)?;
        } else {
            namespace::pin(&self.namespace, &self.path)
                .map_err(NetworkError::of("pinning a namespace"))?;
        }
        router.teach(&mut self.port, &self.namespace, &plan)?;
        router.attach(&mut self.port, None, &Attachment::Classic(plan.clone()))?;
        if let Some((endpoint, services)) = serves {
            let at = HeardAt::Interface(endpoint);
            let hearing = Hearing::start(&self.namespace, plan.address, at, services);
            self.hearing = Some(hearing.map_err(NetworkError::of("serving an endpoint"))?);
        }
        let of_ipv6 = plan.addresses6.iter().copied().map(IpAddr::from);
        let secondary = router.secondaries_of(plan.eni).into_iter().map(IpAddr::from);
        self.expose(std::iter::once(plan.address.into()).chain(secondary).chain(of_ipv6))
    }

    /// Has its ports be exposed at these addresses too.
    fn expose(&mut self, addresses: impl Iterator<Item = IpAddr>) -> Result<(), NetworkError> {
        for address in addresses {
            for each in &self.ports {
                let at = SocketAddr::new(address, each.port);
                let proxy = Proxy::start(&self.namespace, at, each.target);
                self.proxies.push(proxy.map_err(NetworkError::of("exposing a port"))?);
            }
        }
        Ok(())
    }

    /// Has the secondary addresses that its router knows, in the place of those it had.
    pub(super) fn readdress4(
        &mut self,
        router: &mut Router,
        before: &BTreeSet<Ipv4Addr>,
    ) -> Result<(), NetworkError> {
        let may_be_known = router.is_adopted;
        router.address_secondaries(&mut self.port, &self.plan, before, may_be_known)?;
        let after = router.secondaries_of(self.plan.eni);
        let is_gone = |at: IpAddr| match at {
            IpAddr::V4(at) => before.contains(&at) && !after.contains(&at),
            IpAddr::V6(_) => false,
        };
        self.proxies.retain(|proxy| !is_gone(proxy.at().ip()));
        self.expose(after.difference(before).copied().map(IpAddr::from))
    }

    /// Has the IPv6 addresses of a plan in the place of those it had; the rules know them already.
    fn readdress(&mut self, router: &mut Router, plan: &EniPlan) -> Result<(), NetworkError> {
        let before = std::mem::replace(&mut self.plan, plan.clone()).addresses6;
        if before == plan.addresses6 {
            return Ok(());
        }
        router.teach(&mut self.port, &self.namespace, plan)?;
        let may_be_known = router.is_adopted;
        router.hold6(&mut self.port, plan, &before, may_be_known)?;
        let held = |at: IpAddr| match at {
            IpAddr::V4(_) => true,
            IpAddr::V6(at) => plan.addresses6.contains(&at),
        };
        self.proxies.retain(|proxy| held(proxy.at().ip()));
        let new = plan.addresses6.iter().filter(|each| !before.contains(each));
        self.expose(new.copied().map(IpAddr::from))
    }

    /// Has the resource's kernel pass on what is not for it.
    pub(super) fn pass_on(&self) -> io::Result<()> {
        namespace::enter(&self.namespace, || {
            for which in ["all", "eth0"] {
                // In and out by one link: nobody is to be told of a shorter way.
                namespace::set(&format!("ipv4/conf/{which}/send_redirects"), "0")?;
            }
            namespace::set("ipv4/ip_forward", "1")
        })
    }

    /// Ends the resource and what runs in it.
    pub(super) fn end(self, router: &mut Router) -> io::Result<()> {
        namespace::kill_all(&self.namespace);
        namespace::unpin(&self.path);
        router.release(self.port.number)
    }

    /// Whether it is an interface endpoint's, at which this process answers and nothing else lives.
    pub(super) fn serves(&self) -> bool {
        self.hearing.is_some()
    }

    /// Which ENI it has.
    pub(super) fn plan(&self) -> &EniPlan {
        &self.plan
    }
}

/// Has the resource whose ENI this is, if it is one's, have its IPv6 addresses.
pub(super) fn readdress(
    resources: &mut BTreeMap<ResourceId, Resource>,
    router: &mut Router,
    plan: &EniPlan,
) -> Result<(), NetworkError> {
    let mut resources = resources.values_mut();
    match resources.find(|resource| resource.plan.eni == plan.eni) {
        Some(resource) => resource.readdress(router, plan),
        None => Ok(()),
    }
}
