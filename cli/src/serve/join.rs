//! Starts the node beside the server, and joins the two.

use std::fs::{self, Permissions};
use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use engine::cidr::Cidr;
use engine::id::{EniId, EnvironmentId, VpcId};
use engine::node::NodeCommand;
use node::agent::{Node, PrintsOn, Provide, Report, StartError};
use node::claim::Claim;
use node::net::{Listening, Net, NetError, Resolver, Services};
use node::runtime::attend::Attendant;
use node::runtime::interpreters;
use server::code::CodeStore;
use server::driver::Driver;
use server::flows::Flows;
use server::node_link::{Attend, NodeLink};
use tokio::sync::oneshot;

/// Why there is no node.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NodeError {
    #[error("node cannot be started: {0}")]
    Network(#[from] NetError),
    #[error("node cannot be started: {0}")]
    Agent(#[from] StartError),
    #[error("node cannot be started: no thread: {0}")]
    Thread(io::Error),
    #[error("node was lost while it was started\nhint: its panic is in the log")]
    Lost,
}

/// What the node is started with, in the directory of the server.
pub(super) fn config(
    state: &Path,
    instance: &str,
    code: &Arc<CodeStore>,
    trusted: Option<PathBuf>,
) -> io::Result<node::agent::Config> {
    let mountpoint = state.join("root");
    fs::create_dir_all(&mountpoint)?;
    fs::set_permissions(&mountpoint, Permissions::from_mode(0o700))?;
    // Functions see it, so that what is installed later is there without a restart.
    let sdk = interpreters::sdk_directory();
    if let Err(error) = fs::create_dir_all(&sdk) {
        tracing::warn!(path = %sdk.display(), %error, "SDKs cannot be installed");
    }
    let mut config = node::agent::Config::new(instance, mountpoint, code.directory().to_owned());
    config.trusted = trusted;
    let code = Arc::clone(code);
    config.provide = Provide::by(move |sha256| code.provide(sha256).map_err(|why| why.to_string()));
    Ok(config)
}

/// The node, as the server commands it.
struct Link {
    node: Node,
    /// What is reached beside the internet.
    allowed: Vec<Cidr>,
}

impl NodeLink for Link {
    fn command(&self, command: NodeCommand, payload: Option<bytes::Bytes>) {
        self.node.command(command, payload);
    }

    fn socket(&self, namespace: &Path) -> io::Result<OwnedFd> {
        node::net::namespace::socket(namespace)
    }

    fn asker(&self, vpc: VpcId, address: Ipv4Addr) -> Option<EnvironmentId> {
        self.node.asker(vpc, address)
    }

    fn is_outside(&self, address: IpAddr) -> bool {
        node::net::is_outside(address, &self.allowed)
    }

    fn sender_at(&self, vpc: VpcId, address: Ipv4Addr) -> Option<EniId> {
        self.node.sender_at(vpc, address)
    }

    fn attend(&self) -> io::Result<Option<Box<dyn Attend>>> {
        Ok(Some(Box::new(Attending(self.node.attend()?))))
    }
}

/// The node's part in a thread that serves connections.
struct Attending(Attendant);

impl AsFd for Attending {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

impl Attend for Attending {
    fn turn(&mut self) -> io::Result<bool> {
        self.0.turn()
    }
}

/// What functions without a VPC have.
pub(super) struct Outside {
    /// What they reach beside the internet.
    pub(super) allowed: Vec<Cidr>,
    /// What public addresses are of.
    pub(super) public: Cidr,
    /// Who serves them the AWS API, if anybody does.
    pub(super) listening: Option<Listening>,
    /// Who serves AWS's services at their public addresses.
    pub(super) services: Services,
    /// Who answers at the resolvers of VPCs.
    pub(super) resolver: Resolver,
}

/// A node that is being started: how that goes, and the thread that does it.
type Starting = (oneshot::Receiver<Result<(), NodeError>>, JoinHandle<()>);

/// Starts the node beside the server, whose first answers need not wait for it; what is sent back
/// is how that went, and the thread that does it.
pub(super) fn start_node(
    config: node::agent::Config,
    claim: Claim,
    outside: Outside,
    (driver, flows): (&Arc<Driver>, &Arc<Flows>),
) -> Result<Starting, NodeError> {
    let (done, receiver) = oneshot::channel();
    let (back, counted) = (Arc::downgrade(driver), Arc::downgrade(flows));
    let starting = thread::Builder::new().name("node-start".into()).spawn(move || {
        if done.send(start(config, claim, outside, (&back, counted))).is_err() {
            tracing::debug!("the server ended while its node was started");
        }
    });
    starting.map(|starting| (receiver, starting)).map_err(NodeError::Thread)
}

fn start(
    mut config: node::agent::Config,
    claim: Claim,
    outside: Outside,
    (driver, flows): (&Weak<Driver>, Weak<Flows>),
) -> Result<(), NodeError> {
    let asked = Weak::clone(driver);
    config.prints_on = PrintsOn::says(move |environment| {
        asked.upgrade().is_none_or(|driver| driver.has_room(environment))
    });
    let reports = Weak::clone(driver);
    let report = Box::new(move |report| {
        if let Some(driver) = reports.upgrade() {
            tell(&driver, report);
        }
    });
    let reports = Weak::clone(driver);
    let report_network = Arc::new(move |report| {
        if let Some(driver) = reports.upgrade() {
            driver.report(report, None);
        }
    });
    let began = Instant::now();
    let allowed = outside.allowed.clone();
    let network = Net::start_claimed(claim, outside.allowed, report_network)?;
    network.publish_from(outside.public);
    network.tell_flows(Box::new(move |counted| {
        if let Some(flows) = flows.upgrade() {
            flows.take(&counted);
        }
    }));
    if let Some(listening) = outside.listening {
        network.serve_functions(listening);
    }
    network.serve_services(outside.services);
    network.resolve_by(outside.resolver);
    let node = Node::start(config, Box::new(network), report)?;
    if let Some(driver) = driver.upgrade() {
        let link = Arc::new(Link { node, allowed });
        driver.join(Arc::clone(&link) as Arc<dyn NodeLink>);
        link.node.settle();
        tracing::info!(took = ?began.elapsed(), "node is started");
    }
    Ok(())
}

/// Waits until a node turns out not to have started; for ever where it has.
pub(super) async fn failure(started: oneshot::Receiver<Result<(), NodeError>>) -> NodeError {
    match started.await {
        Ok(Ok(())) => std::future::pending().await,
        Ok(Err(error)) => error,
        // Its thread panicked, which was told where it did.
        Err(_) => NodeError::Lost,
    }
}

fn tell(driver: &Driver, report: Report) {
    match report {
        Report::Node(report, payload) => driver.report(report, payload),
        Report::Log(environment, lines) => {
            let lines = lines
                .into_iter()
                .map(|line| (line.time, String::from_utf8_lossy(&line.text).into_owned()));
            driver.printed(environment, lines.collect());
        }
    }
}
