//! The network: VPC routers, ENIs, security groups and resources, in the kernel.

mod acl;
mod acl6;
mod adopted;
mod asks;
mod conntrack;
mod decisions;
mod drops;
mod edge;
mod edge6;
mod endpoints;
mod enis;
mod error;
mod flow_reader;
mod flow_rules;
mod flow_rules6;
#[cfg(test)]
mod flow_tests;
mod flows;
mod groups;
mod hearing;
mod hop_rules;
mod hops;
mod intervals;
mod led;
mod link;
mod link6;
mod meters;
mod names;
pub mod namespace;
mod netlink;
mod nft;
mod nft6;
mod outside;
mod passage;
mod peers;
mod plans;
mod proxy;
mod resolver;
mod resource;
mod router;
mod router6;
mod routes;
mod routes6;
mod rules;
mod rules6;
mod secondary;
mod services;
mod settings;
mod shares;
mod slots;
mod sweep;
mod track;
mod translation;
mod untracked;
mod untracked_rules;
mod who;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use engine::cidr::Cidr;
use engine::id::{EniId, EnvironmentId, ResourceId, VpcEndpointId, VpcId};
use engine::network::service;
use engine::node::{Attachment, NodeCommand, NodeReport};
use engine::plan::{EniPlan, VpcPlan};
use engine::record::resource::ExposedPort;

use crate::agent::{Network, NetworkError, Place, Slot, attached_later};
use crate::claim::{self, Claim, DIRECTORY};
use crate::error::{chain, failure};
use drops::{DropListener, DropSource, Of};
pub use error::NetError;
use flow_reader::FlowReader;
pub use flow_reader::FlowTeller;
pub use hearing::{Heard, HeardAt, Services};
use outside::Outside;
pub use outside::{ENDPOINT, is_outside};
pub use resolver::{Resolver, Resolving, Sockets};
use resource::Resource;
use router::{Port, Router};

/// All VPCs.
type Vpcs = Arc<Mutex<BTreeMap<VpcId, Arc<Mutex<Vpc>>>>>;

/// Whom the network tells.
pub type Reporter = Arc<dyn Fn(NodeReport) + Send + Sync>;

/// Who serves functions without a VPC the AWS API, at [`ENDPOINT`].
pub type Listening = Box<dyn Fn(TcpListener) + Send + Sync>;

/// A VPC; its router is made when the first ENI needs it.
#[derive(Debug)]
pub(crate) struct Vpc {
    /// What is in force, or will be as soon as there is a router.
    plan: Arc<VpcPlan>,
    /// What all that is around the rules follows: the same, unless a part of that could not be done.
    followed: Arc<VpcPlan>,
    shared: BTreeMap<EniId, EniPlan>,
    router: Option<Router>,
    /// Whether the latest plan could not be put in force: no ENI begins to carry traffic then.
    is_closed: bool,
}

/// A slot in use: where it is, and its end.
struct Placed {
    place: Place,
    port: Arc<Mutex<Port>>,
}

/// The network of one installation on this machine.
pub struct Net {
    instance: String,
    /// Until it ends.
    claim: Mutex<Option<Claim>>,
    /// Where namespaces are pinned.
    directory: PathBuf,
    report: Reporter,
    listener: DropListener,
    reader: FlowReader,
    vpcs: Vpcs,
    outside: Arc<Mutex<Option<Outside>>>,
    /// What functions without a VPC reach beside the internet.
    allowed: Vec<Cidr>,
    /// Who serves them, if anybody does.
    listening: OnceLock<Listening>,
    /// Who serves AWS's services, if anybody does.
    services: OnceLock<Services>,
    /// Who answers at the resolvers of VPCs, if anybody does.
    resolver: OnceLock<Resolver>,
    /// What public addresses are of.
    public_block: OnceLock<Cidr>,
    /// Whether VPCs are to be kept from more, or less, of what is near the host.
    is_near_stale: AtomicBool,
    /// Whether peers may have routers that are not linked yet.
    are_peers_stale: AtomicBool,
    next_peer: AtomicU32,
    /// How names are resolved in each VPC.
    names: Mutex<HashMap<VpcId, Arc<str>>>,
    /// Which VPC an ENI is of.
    enis: Mutex<HashMap<EniId, VpcId>>,
    resources: Mutex<BTreeMap<ResourceId, Resource>>,
    slots: Mutex<HashMap<u64, Placed>>,
    next_slot: AtomicU64,
}

impl fmt::Debug for Net {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Net").field("instance", &self.instance).finish_non_exhaustive()
    }
}

/// A broken invariant under a lock must not be worked on further.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Net {
    /// Sets the network of an installation up; what an earlier run of it left is adopted when it
    /// is asked for again, or removed by [`Net::sweep`]. Functions without a VPC reach the internet,
    /// and of what is private, or near the host, what is `allowed`.
    ///
    /// # Errors
    /// When its name is another's, it cannot keep namespaces, or cannot listen for drops.
    pub fn start(instance: &str, allowed: Vec<Cidr>, report: Reporter) -> Result<Net, NetError> {
        Self::start_claimed(Claim::take(instance)?, allowed, report)
    }

    /// The same for a name that is claimed already.
    ///
    /// # Errors
    /// When it cannot keep namespaces, or cannot listen for drops.
    pub fn start_claimed(
        claim: Claim,
        allowed: Vec<Cidr>,
        report: Reporter,
    ) -> Result<Net, NetError> {
        let instance = claim.instance().to_owned();
        // Of an earlier run that was killed, and of others that were.
        claim::sweep();
        outside::forget(&instance);
        let directory = Path::new(DIRECTORY).join(&instance);
        fs::create_dir_all(&directory)
            .map_err(|source| NetError::Directory { path: directory.clone(), source })?;
        let vpcs = Vpcs::default();
        let listener = DropListener::start(Arc::clone(&report), Arc::clone(&vpcs));
        let listener = listener.map_err(NetError::Listener)?;
        Ok(Net {
            instance,
            claim: Mutex::new(Some(claim)),
            directory,
            report,
            listener,
            reader: FlowReader::default(),
            vpcs,
            outside: Arc::default(),
            allowed,
            listening: OnceLock::new(),
            services: OnceLock::new(),
            resolver: OnceLock::new(),
            public_block: OnceLock::new(),
            is_near_stale: AtomicBool::new(false),
            are_peers_stale: AtomicBool::new(false),
            next_peer: AtomicU32::new(1),
            names: Mutex::default(),
            enis: Mutex::default(),
            resources: Mutex::default(),
            slots: Mutex::default(),
            next_slot: AtomicU64::new(1),
        })
    }

    /// Has functions without a VPC served at [`ENDPOINT`]; to be called before there are any.
    pub fn serve_functions(&self, listening: Listening) {
        // Once: who would come second is never heard of.
        let _ = self.listening.set(listening);
    }

    /// Ends the network as far as nobody lives in it: resources stay, and their routers.
    pub fn end(&self) {
        if let Some(outside) = lock(&self.outside).take() {
            outside.end();
        }
        // What is asked at interface endpoints answers no longer; all else lives on in its namespace.
        let mut gone = BTreeSet::new();
        for resource in lock(&self.resources).values().filter(|resource| resource.serves()) {
            namespace::unpin(&resource.path);
            gone.insert(resource.plan().eni);
        }
        for (id, vpc) in std::mem::take(&mut *lock(&self.vpcs)) {
            let router = lock(&vpc).router.take();
            // What is pinned of one that could not be opened is nobody's.
            if router.is_none_or(|router| !router.holds_resources(&gone)) {
                namespace::unpin(&self.directory.join(id.to_string()));
            }
        }
        // Fails while something is pinned in it, which is as it should be.
        let _ = fs::remove_dir(&self.directory);
        drop(lock(&self.claim).take());
    }

    fn vpc(&self, id: VpcId) -> Result<Arc<Mutex<Vpc>>, NetworkError> {
        lock(&self.vpcs).get(&id).cloned().ok_or_else(|| NetworkError::NotThere(id.to_string()))
    }

    /// Does something with the router of a VPC, which is made for it if there is none.
    fn with_router<T>(
        &self,
        id: VpcId,
        deed: impl FnOnce(&mut Router) -> Result<T, NetworkError>,
    ) -> Result<T, NetworkError> {
        let vpc = self.vpc(id)?;
        let mut known = lock(&vpc);
        deed(self.router(id, &vpc, &mut known)?)
    }

    /// The same, for an ENI that is to begin to carry traffic: by the rules of the latest plan.
    fn with_open_router<T>(
        &self,
        id: VpcId,
        deed: impl FnOnce(&mut Router) -> Result<T, NetworkError>,
    ) -> Result<T, NetworkError> {
        let vpc = self.vpc(id)?;
        let mut known = lock(&vpc);
        if known.is_closed {
            return Err(NetworkError::NotInForce(id));
        }
        deed(self.router(id, &vpc, &mut known)?)
    }

    /// The router of a VPC, which is made if there is none.
    fn router<'a>(
        &self,
        id: VpcId,
        vpc: &Arc<Mutex<Vpc>>,
        known: &'a mut Vpc,
    ) -> Result<&'a mut Router, NetworkError> {
        if known.router.is_none() {
            known.router = Some(self.open_router(id, vpc, known)?);
        }
        Ok(known.router.as_mut().expect("it is there by now"))
    }

    /// Makes the router of a VPC, or adopts it, and puts all that is known of it in force.
    fn open_router(
        &self,
        id: VpcId,
        vpc: &Arc<Mutex<Vpc>>,
        known: &Vpc,
    ) -> Result<Router, NetworkError> {
        let failed = NetworkError::of("making a router");
        let mut router =
            Router::open(Some(&self.directory.join(id.to_string()))).map_err(&failed)?;
        self.connect(id, &mut router, &known.plan, true)?;
        router.begin(&known.plan).map_err(&failed)?;
        self.publish(id, &router, &known.plan.public_addresses())?;
        router.hear(id, &known.plan, self.services.get()).map_err(&failed)?;
        self.publish6(id, &mut router, &known.plan)?;
        for eni in known.shared.values() {
            router.put_eni(eni)?;
        }
        self.are_peers_stale.fetch_or(!known.plan.peers.is_empty(), Ordering::Relaxed);
        let of = Of::Vpc(id, Arc::downgrade(vpc));
        self.listener.add(DropSource::open(of, &router).map_err(&failed)?);
        if known.plan.is_metered {
            self.read_flows(id, vpc).map_err(&failed)?;
        }
        self.begin_resolver(id, &mut router, &known.plan).map_err(&failed)?;
        Ok(router)
    }

    /// The router to the outside, which is made if there is none, with what is near the host by now.
    fn outside(&self) -> Result<MutexGuard<'_, Option<Outside>>, NetworkError> {
        let mut outside = lock(&self.outside);
        if outside.is_none() {
            let failed = NetworkError::of("making the way to the outside");
            let addresses = service::reserved(self.public_block());
            let mut opened =
                Outside::open(&self.instance, &self.allowed, addresses).map_err(&failed)?;
            let of = Of::Outside(Arc::downgrade(&self.outside), Arc::downgrade(&opened.opened));
            self.listener.add(DropSource::open(of, &opened.router).map_err(&failed)?);
            self.hear(&mut opened).map_err(&failed)?;
            *outside = Some(opened);
        }
        let opened = outside.as_mut().expect("it is there by now");
        let looked = opened.look_again();
        if looked.map_err(NetworkError::of("closing what is near the host"))? {
            self.is_near_stale.store(true, Ordering::Relaxed);
        }
        Ok(outside)
    }

    /// Does something with the router to the outside, which is made for it if there is none.
    fn with_outside<T>(
        &self,
        deed: impl FnOnce(&mut Router) -> Result<T, NetworkError>,
    ) -> Result<T, NetworkError> {
        let mut outside = self.outside()?;
        let done = deed(&mut outside.as_mut().expect("it was made").router);
        drop(outside);
        self.spread();
        done
    }

    fn at<T>(
        &self,
        place: Place,
        deed: impl FnOnce(&mut Router) -> Result<T, NetworkError>,
    ) -> Result<T, NetworkError> {
        match place {
            Place::Outside => self.with_outside(deed),
            Place::Vpc(id) => self.with_router(id, deed),
        }
    }

    fn put_eni(&self, plan: EniPlan) -> Result<(), NetworkError> {
        let id = plan.vpc;
        lock(&self.enis).insert(plan.eni, id);
        let vpc = self.vpc(id)?;
        let mut known = lock(&vpc);
        let is_shared = plan.holder == engine::plan::Holder::Shared;
        // One that carries traffic already gets its other groups.
        if known.is_closed && is_shared && !known.shared.contains_key(&plan.eni) {
            return Err(NetworkError::NotInForce(id));
        }
        let in_force = Arc::clone(&known.plan);
        let router = self.router(id, &vpc, &mut known)?;
        let before = router.enis.get(&plan.eni).map(|known| known.plan.clone());
        router.put_eni(&plan)?;
        let untracked = before.map_or(Ok(()), |before| router.untrack_of(&before, &in_force));
        untracked.map_err(NetworkError::of("ending connections that are not tracked"))?;
        resource::readdress(&mut lock(&self.resources), router, &plan)?;
        if is_shared {
            known.shared.insert(plan.eni, plan);
        }
        drop(known);
        self.link_peers(Some(id))
    }

    fn delete_eni(&self, id: EniId) -> Result<(), NetworkError> {
        let Some(vpc) = lock(&self.enis).remove(&id) else { return Ok(()) };
        let Ok(vpc) = self.vpc(vpc) else { return Ok(()) };
        let mut known = lock(&vpc);
        known.shared.remove(&id);
        let done = known.router.as_mut().map_or(Ok(()), |router| router.delete_eni(id));
        done.map_err(NetworkError::of("deleting an ENI"))
    }

    fn put_resource(
        &self,
        id: ResourceId,
        plan: &EniPlan,
        ports: &[ExposedPort],
        serves: Option<VpcEndpointId>,
    ) -> Result<PathBuf, NetworkError> {
        let serves = serves.zip(self.services.get());
        let path = self.directory.join(id.to_string());
        if !lock(&self.resources).contains_key(&id) {
            let resource = self.with_open_router(plan.vpc, |router| {
                Resource::open(router, &path, plan, ports, serves)
            })?;
            lock(&self.enis).insert(plan.eni, plan.vpc);
            lock(&self.resources).insert(id, resource);
        }
        // What has failed of this before is made up for.
        let vpc = self.vpc(plan.vpc)?;
        let plan = Arc::clone(&lock(&vpc).plan);
        self.pass_on(&plan)?;
        self.link_peers(Some(plan.vpc))?;
        Ok(path)
    }

    fn delete_resource(&self, id: ResourceId) -> Result<(), NetworkError> {
        let Some(resource) = lock(&self.resources).remove(&id) else { return Ok(()) };
        lock(&self.enis).remove(&resource.plan().eni);
        let vpc = resource.plan().vpc;
        self.with_router(vpc, |router| {
            resource.end(router).map_err(NetworkError::of("ending a resource"))
        })
    }
}

/// Has something that went wrong in the log, of which nobody is told otherwise.
fn note(outcome: Result<(), NetworkError>, what: &dyn fmt::Display) {
    if let Err(error) = outcome {
        tracing::error!(%what, error = chain(&error), "network differs from what it is to be");
    }
}

impl Drop for Net {
    fn drop(&mut self) {
        self.end();
    }
}

impl Net {
    fn slot_at(&self, place: Place, namespace: OwnedFd, port: Port) -> Slot {
        let id = self.next_slot.fetch_add(1, Ordering::Relaxed);
        lock(&self.slots).insert(id, Placed { place, port: Arc::new(Mutex::new(port)) });
        Slot { id, namespace }
    }

    /// A slot whose router is by now as what is near it, or the slot goes again.
    fn settled(&self, slot: Slot, place: Place) -> Result<Slot, NetworkError> {
        let vpc = match place {
            Place::Outside => None,
            Place::Vpc(id) => Some(id),
        };
        match self.look_near().and_then(|()| self.link_peers(vpc)) {
            Ok(()) => Ok(slot),
            Err(error) => {
                self.release(&slot);
                Err(error)
            }
        }
    }
}

impl Network for Net {
    fn settle(&self) {
        self.sweep();
    }

    fn end(&self) {
        Net::end(self);
    }

    fn slot(&self, place: Place) -> Result<Slot, NetworkError> {
        // Outside of the router's lock, so that several are made at once.
        let speaks_ipv6 = self.has_ipv6(place);
        let made = namespace::make_slot(speaks_ipv6);
        let (namespace, socket) = made.map_err(NetworkError::of("making a network namespace"))?;
        let port = self.at(place, |router| router.add_port(&namespace, (socket, speaks_ipv6)))?;
        self.settled(self.slot_at(place, namespace, port), place)
    }

    fn attached_slot(
        &self,
        place: Place,
        environment: EnvironmentId,
        attachment: &Attachment,
    ) -> Result<Slot, NetworkError> {
        let (Place::Vpc(vpc), Attachment::Classic(plan)) = (place, attachment) else {
            return attached_later(self, place, environment, attachment);
        };
        let speaks_ipv6 = !plan.addresses6.is_empty();
        let made = namespace::make_slot(speaks_ipv6);
        let (namespace, socket) = made.map_err(NetworkError::of("making a network namespace"))?;
        let port = self.with_open_router(vpc, |router| {
            router.add_own_port(&namespace, (socket, speaks_ipv6), environment, plan)
        })?;
        self.settled(self.slot_at(place, namespace, port), place)
    }

    fn place(&self, attachment: &Attachment) -> Result<Place, NetworkError> {
        match attachment {
            Attachment::Outside => Ok(Place::Outside),
            Attachment::Classic(plan) => Ok(Place::Vpc(plan.vpc)),
            Attachment::Hyperplane(eni) => lock(&self.enis)
                .get(eni)
                .map(|vpc| Place::Vpc(*vpc))
                .ok_or_else(|| NetworkError::NotThere(format!("shared ENI {eni}"))),
        }
    }

    fn attach(
        &self,
        slot: &Slot,
        environment: EnvironmentId,
        attachment: &Attachment,
    ) -> Result<(), NetworkError> {
        let (place, port) = {
            let slots = lock(&self.slots);
            let placed = slots.get(&slot.id);
            let placed = placed.ok_or_else(|| NetworkError::NotThere(format!("slot {}", slot.id)));
            placed.map(|placed| (placed.place, Arc::clone(&placed.port)))?
        };
        let attach = |router: &mut Router| {
            let mut port = lock(&port);
            router.teach_attached(&mut port, &slot.namespace, attachment)?;
            router.attach(&mut port, Some(environment), attachment)
        };
        match place {
            Place::Outside => self.with_outside(attach),
            Place::Vpc(id) => self.with_open_router(id, attach),
        }
    }

    fn resolv_conf(&self, place: Place) -> Arc<str> {
        self.conf_at(place)
    }

    fn asker(&self, vpc: VpcId, address: Ipv4Addr) -> Option<EnvironmentId> {
        self.asker_in(vpc, address)
    }

    fn release(&self, slot: &Slot) {
        let Some(placed) = lock(&self.slots).remove(&slot.id) else { return };
        let number = lock(&placed.port).number;
        let released = |router: &mut Router| {
            router.release(number).map_err(NetworkError::of("releasing a network namespace"))
        };
        // The VPC may be gone, and the router with it.
        let outcome = match placed.place {
            Place::Outside => self.with_outside(released),
            Place::Vpc(id) => match self.vpc(id) {
                Ok(vpc) => lock(&vpc).router.as_mut().map_or(Ok(()), released),
                Err(_) => Ok(()),
            },
        };
        note(outcome, &format_args!("slot {number}"));
    }

    fn sender_at(&self, vpc: VpcId, address: Ipv4Addr) -> Option<EniId> {
        self.sender_in(vpc, address)
    }

    fn command(&self, command: NodeCommand) {
        match command {
            NodeCommand::Plan(plan) => self.plan(plan),
            NodeCommand::DeleteVpc(id) => self.delete_vpc(id),
            NodeCommand::PutEni(plan) => {
                let (eni, vpc) = (plan.eni, plan.vpc);
                (self.report)(match self.put_eni(plan) {
                    Ok(()) => NodeReport::EniReady(eni),
                    Err(error) => {
                        tracing::warn!(%eni, %vpc, error = chain(&error), "ENI not made");
                        NodeReport::EniFailed(eni, failure(&error, error.kind()))
                    }
                });
            }
            NodeCommand::DeleteEni(id) => note(self.delete_eni(id), &id),
            NodeCommand::PutResource { resource, eni, ports, serves } => {
                (self.report)(match self.put_resource(resource, &eni, &ports, serves) {
                    Ok(path) => NodeReport::ResourceReady(resource, path.display().to_string()),
                    Err(error) => {
                        let text = chain(&error);
                        tracing::warn!(%resource, vpc = %eni.vpc, error = text, "resource not made");
                        NodeReport::ResourceFailed(resource, failure(&error, error.kind()))
                    }
                });
            }
            NodeCommand::DeleteResource(id) => note(self.delete_resource(id), &id),
            NodeCommand::Start(_)
            | NodeCommand::Deliver(_)
            | NodeCommand::Reset(_)
            | NodeCommand::Stop(_) => {
                unreachable!("environments are the agent's")
            }
        }
    }
}
