//! The agent: carries out the engine's commands on this machine and reports what became of them.

mod config;
mod environment;
mod error;
mod network;
mod queue;
mod start;
mod stock;
mod table;
mod told;

use std::fmt;
use std::io;
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use bytes::Bytes;
use engine::id::{EniId, EnvironmentId, PayloadId, Version, VpcId};
use engine::node::{Called, Delivery, NodeCommand, NodeReport};
use engine::time::Time;

use crate::cgroup::{Cgroups, Group};
use crate::descriptors;
use crate::runtime::api::{Happening, RuntimeApi};
use crate::runtime::attend::Attendant;
use crate::runtime::instance::Instance;
use crate::runtime::invocation::Invocation;
use crate::sandbox::{ForkServer, sys};
use crate::thread;
use queue::{Next, Queue, Task};
use table::Table;

pub use config::{Config, PrintsOn, Provide};
pub use error::{NetworkError, StartError};
pub(crate) use network::attached_later;
pub use network::{Network, Place, Slot};

/// One line that a function printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// When it was read.
    pub time: Time,
    /// Whether to standard error.
    pub is_error: bool,
    /// The line, without its end; an entry of a runtime client may hold several.
    pub text: Vec<u8>,
}

/// What the agent tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// Something for the engine, with the bytes of the payload that it names.
    Node(NodeReport, Option<Bytes>),
    /// An environment printed these lines; told before the answer of the invocation.
    Log(EnvironmentId, Vec<LogLine>),
}

/// What a sandbox is made of.
#[derive(Debug)]
struct Parts {
    instance: Arc<Instance>,
    slot: Arc<Slot>,
}

/// What an environment keeps of a sandbox for its next one; the fork server has its `/tmp`.
#[derive(Debug)]
struct Remains {
    sandbox: u64,
    group: Arc<Group>,
    slot: Arc<Slot>,
}

impl Parts {
    /// Kills every process, also where they are frozen.
    fn kill(&self) {
        // Both fail only for what is gone already. The signal comes first, so that nothing of the
        // function runs between the thaw that version 1 of the freezer needs and its end.
        let _ = sys::kill(&self.instance.pidfd);
        let _ = self.instance.group.thaw();
    }

    fn remains(&self) -> Remains {
        let Instance { sandbox, group, .. } = &*self.instance;
        Remains { sandbox: *sandbox, group: Arc::clone(group), slot: Arc::clone(&self.slot) }
    }
}

/// The agent of this machine.
pub struct Node {
    inner: Arc<Inner>,
    workers: Vec<JoinHandle<()>>,
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Node").field("config", &self.inner.config).finish_non_exhaustive()
    }
}

struct Inner {
    config: Config,
    cgroups: Cgroups,
    network: Box<dyn Network>,
    report: Box<dyn Fn(Report) + Send + Sync>,
    api: OnceLock<Arc<RuntimeApi>>,
    fork_server: Mutex<Option<Arc<ForkServer>>>,
    queue: Queue,
    table: Mutex<Table<Arc<Parts>, Remains>>,
    /// Environments that may be there at once: of more, one would take the last descriptors, and leave
    /// none for the requests of clients, for which no environment ends.
    most: u64,
    /// Starts under way that build a sandbox.
    afresh: AtomicUsize,
    next_sandbox: AtomicU64,
    next_payload: AtomicU64,
}

/// How many starts and ends may be under way at once: each waits for the kernel and the fork
/// server about as long as it works, and all meet at the kernel's lock of networks.
const WORKERS: usize = 4;

impl Node {
    /// Starts the agent: removes what an earlier run left, and serves. `report` is called from
    /// the agent's threads and must not wait.
    pub fn start(
        config: Config,
        network: Box<dyn Network>,
        report: Box<dyn Fn(Report) + Send + Sync>,
    ) -> Result<Node, StartError> {
        let cgroups = Cgroups::open(&config.instance).map_err(StartError::Cgroup)?;
        let grace = config.grace;
        let inner = Arc::new(Inner {
            config,
            cgroups,
            network,
            report,
            api: OnceLock::new(),
            fork_server: Mutex::new(None),
            queue: Queue::new(),
            table: Mutex::default(),
            // A limit that is not told is met when it is met.
            most: descriptors::most_environments().unwrap_or(u64::MAX),
            afresh: AtomicUsize::new(0),
            next_sandbox: AtomicU64::new(1),
            next_payload: AtomicU64::new(1 << 63),
        });
        let listener = {
            let inner = Arc::downgrade(&inner);
            Box::new(move |instance: Option<&Arc<Instance>>, happening: Happening| {
                if let Some(inner) = inner.upgrade() {
                    inner.happened(instance, happening);
                }
            })
        };
        let api = RuntimeApi::start(grace, listener).map_err(StartError::Io)?;
        let prints_on = inner.config.prints_on.clone();
        api.read_while(Box::new(move |instance| {
            instance.environment().is_none_or(|environment| prints_on.of(environment))
        }));
        assert!(inner.api.set(api).is_ok(), "the API is set once");
        let mut node = Node { inner, workers: Vec::new() };
        for _ in 0..WORKERS {
            let inner = Arc::clone(&node.inner);
            let worker = thread::spawn("node-worker", move || inner.work());
            node.workers.push(worker.map_err(StartError::Io)?);
        }
        Ok(node)
    }

    /// Carries out a command; `payload` is the event of a `Deliver`. Returns at once: what becomes
    /// of it is reported.
    pub fn command(&self, command: NodeCommand, payload: Option<Bytes>) {
        let task = match command {
            NodeCommand::Start(spec) => {
                if !self.inner.table().begin(spec.environment) {
                    return;
                }
                Task::Start(spec)
            }
            NodeCommand::Stop(environment) => Task::Stop(environment),
            NodeCommand::Reset(environment) => Task::Reset(environment),
            NodeCommand::Deliver(delivery) => {
                return self.inner.deliver(delivery, payload.unwrap_or_default());
            }
            other @ (NodeCommand::Plan(_)
            | NodeCommand::DeleteVpc(_)
            | NodeCommand::PutEni(_)
            | NodeCommand::DeleteEni(_)
            | NodeCommand::PutResource { .. }
            | NodeCommand::DeleteResource(_)) => Task::Network(other),
        };
        self.inner.queue.push(task);
    }

    /// Tells the node that it was given all that a restart restores.
    pub fn settle(&self) {
        self.inner.queue.push(Task::Settle);
    }

    /// Has this thread read the answers to the events that it delivers from now on.
    ///
    /// # Errors
    /// When there is no event queue to be had.
    pub fn attend(&self) -> io::Result<Attendant> {
        self.inner.api().attend()
    }

    /// The ENI that sends from an address in a VPC, if one does.
    pub fn sender_at(&self, vpc: VpcId, address: Ipv4Addr) -> Option<EniId> {
        self.inner.network.sender_at(vpc, address)
    }

    /// In which environment somebody sends from an address in a VPC, if in one.
    pub fn asker(&self, vpc: VpcId, address: Ipv4Addr) -> Option<EnvironmentId> {
        self.inner.network.asker(vpc, address)
    }

    /// Whether sandboxes are built ahead.
    pub fn keeps_stock(&self) -> bool {
        self.inner.config.stock > 0
    }

    /// Waits until every kind of sandbox that is kept in stock is there, and its interpreter has
    /// come to rest; for benchmarks and tests. Returns whether that came to be.
    pub fn wait_for_stock(&self, limit: Duration) -> bool {
        let end = Instant::now() + limit;
        while Instant::now() < end {
            let is_at_rest = |key: &stock::Key, parts: &Arc<Parts>| {
                key.runtime == "provided" || parts.instance.has_connected()
            };
            let counts = (self.inner.config.stock, self.inner.most_ahead());
            if self.inner.table().is_stocked(counts, is_at_rest) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        false
    }
}

impl Drop for Node {
    /// Does what it was told before, ends every sandbox and removes what was made for them.
    fn drop(&mut self) {
        self.inner.queue.end();
        let own = std::thread::current().id();
        // It is a worker itself that drops the last handle, where its report was the last.
        for worker in self.workers.drain(..).filter(|worker| worker.thread().id() != own) {
            assert!(worker.join().is_ok(), "a worker that panics ends the process");
        }
        self.inner.api().unwatch();
        drop(self.inner.held_fork_server().take());
        self.inner.cgroups.clean();
        self.inner.network.end();
    }
}

impl Inner {
    fn table(&self) -> MutexGuard<'_, Table<Arc<Parts>, Remains>> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn held_fork_server(&self) -> MutexGuard<'_, Option<Arc<ForkServer>>> {
        self.fork_server.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn api(&self) -> &Arc<RuntimeApi> {
        self.api.get().expect("the API is set before the agent is handed out")
    }

    fn tell(&self, report: NodeReport) {
        (self.report)(Report::Node(report, None));
    }

    fn payload(&self) -> PayloadId {
        PayloadId(self.next_payload.fetch_add(1, Ordering::Relaxed))
    }

    fn work(&self) {
        loop {
            match self.queue.next() {
                Next::Task(task) => {
                    let wants_stock = matches!(task, Task::Start(_)) && self.config.stock > 0;
                    self.carry_out(task);
                    self.queue.done(wants_stock);
                }
                Next::Quiet => {
                    let is_wanted = self.build_ahead();
                    let outdated = self.table().outdated();
                    outdated.into_iter().for_each(|parts| self.discard(parts));
                    self.queue.rested(is_wanted);
                }
                Next::End => return,
            }
        }
    }

    fn carry_out(&self, task: Task) {
        match task {
            Task::Start(spec) => self.start(&spec, true),
            Task::StartAgain(spec) => self.start(&spec, false),
            Task::Stop(environment) => self.stop(environment),
            Task::Reset(environment) => self.reset(environment),
            Task::Clean(sandbox) => self.clean(sandbox),
            Task::Network(command) => self.network.command(command),
            Task::Settle => self.network.settle(),
        }
    }

    /// Gives an event to an environment. What concerns one environment is ordered by its own lock;
    /// the table is only looked at.
    fn deliver(&self, delivery: Delivery, payload: Bytes) {
        let known = self
            .table()
            .serving(delivery.environment)
            .map(|(parts, service)| (Arc::clone(parts), Arc::clone(&service.arn)));
        // An environment that is gone was reported so: the engine knows or is about to.
        let Some((parts, arn)) = known else { return };
        let arn = match &delivery.qualifier {
            // A version's number is in its ARN already.
            None | Some(Called::Version(Version(1..))) => arn,
            Some(Called::Version(Version(0))) => qualified(&arn, "$LATEST"),
            Some(Called::Alias(alias)) => qualified(&arn, alias),
        };
        let context = delivery.context.map(|context| *context).unwrap_or_default();
        let invocation = Invocation {
            request: delivery.request,
            deadline: delivery.deadline.millis(),
            arn,
            client_context: context.client,
            trace: context.trace,
            payload,
        };
        if let Err(error) = self.api().deliver(&parts.instance, invocation) {
            // The group's files are gone, with the processes; their exit is reported.
            tracing::warn!(environment = %delivery.environment, %error, "event not delivered");
        }
    }
}

/// The ARN of a function with another qualifier than it has, or with one.
fn qualified(arn: &str, qualifier: &str) -> Arc<str> {
    // A name is behind the sixth colon, and a qualifier behind the seventh.
    let name_ends = arn.match_indices(':').nth(6).map_or(arn.len(), |(at, _)| at);
    format!("{}:{qualifier}", &arn[..name_ends]).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_qualifier_stands_in_the_place_of_another() {
        let arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
        assert_eq!(&*qualified(arn, "$LATEST"), format!("{arn}:$LATEST"));
        assert_eq!(&*qualified(&format!("{arn}:12"), "live"), format!("{arn}:live"));
    }
}
