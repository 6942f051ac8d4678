//! The agent: carries out the engine's commands on this machine and reports what became of them.

mod config;

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::io;
use std::net::Ipv4Addr;
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use engine::id::{EnvironmentId, PayloadId, Version};
use engine::node::{
    Attachment, Delivery, EnvironmentSpec, Exit, NodeCommand, NodeReport, Outcome, Stages,
};
use engine::time::Time;

use crate::cgroup::{CgroupError, Cgroups, Group};
use crate::environment::{self, Running};
use crate::runtime::api::{Answer, Event, Happening, Instance, Invocation, RuntimeApi, Stream};
use crate::runtime::attend::Attendant;
use crate::runtime::client::{self, Client};
use crate::sandbox::{Build, Built, ForkServer, SandboxError, Stage, sys};
use crate::stock::{Key, Prepared, Stock};

pub use config::Config;

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

/// Where a sandbox may be attached: the key by which network slots are interchangeable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The outside, no VPC.
    Outside,
    /// A VPC.
    Vpc(engine::id::VpcId),
}

/// A network namespace that is ready for a sandbox.
#[derive(Debug)]
pub struct Slot {
    /// Number of the slot, the network's own.
    pub id: u64,
    /// The namespace.
    pub namespace: OwnedFd,
    /// The resolver of names there.
    pub resolver: Option<Ipv4Addr>,
}

/// The network as the agent sees it.
pub trait Network: Send + Sync {
    /// A slot at a place, attached to nothing yet.
    fn slot(&self, place: Place) -> Result<Slot, String>;
    /// Which VPC a shared ENI is in.
    fn place(&self, attachment: &Attachment) -> Result<Place, String>;
    /// Attaches a slot for an environment; its packets flow when this returns.
    fn attach(
        &self,
        slot: &Slot,
        environment: EnvironmentId,
        attachment: &Attachment,
    ) -> Result<(), String>;
    /// Takes a slot back, attached or not, after its processes are gone.
    fn release(&self, slot: Slot);
    /// Carries out a command that concerns the network alone.
    fn command(&self, command: NodeCommand);
    /// Everything that is to be was told: what an earlier run left beside it may go.
    fn settle(&self) {}
    /// Nobody is attached any more: what need not outlive the agent goes.
    fn end(&self) {}
}

/// Why the agent could not start.
#[derive(Debug)]
pub enum StartError {
    /// Control groups cannot be used.
    Cgroup(CgroupError),
    /// A thread or event queue could not be made.
    Io(io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StartError::Cgroup(error) => error.fmt(f),
            StartError::Io(_) => write!(f, "node's event queue could not be made"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            StartError::Cgroup(error) => std::error::Error::source(error),
            StartError::Io(error) => Some(error),
        }
    }
}

enum Task {
    Start(Box<EnvironmentSpec>),
    Stop(EnvironmentId),
    /// A sandbox is gone.
    Clean(u64),
    Network(NodeCommand),
    Settle,
    /// Nothing follows.
    End,
}

/// The agent of this machine.
pub struct Node {
    inner: Arc<Inner>,
    tasks: Sender<Task>,
    worker: Option<JoinHandle<()>>,
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
    environments: Mutex<HashMap<EnvironmentId, Running>>,
    stock: Mutex<Stock>,
    /// Sandboxes that were destroyed before they served anybody, until they are gone.
    discarded: Mutex<HashMap<u64, Prepared>>,
    /// What sandboxes told before they served anybody.
    early: Mutex<HashMap<u64, Vec<Event>>>,
    next_sandbox: AtomicU64,
    next_payload: AtomicU64,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

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
            environments: Mutex::default(),
            stock: Mutex::default(),
            discarded: Mutex::default(),
            early: Mutex::default(),
            next_sandbox: AtomicU64::new(1),
            next_payload: AtomicU64::new(1 << 63),
        });
        let (tasks, queue) = channel();
        let listener = {
            let inner = Arc::downgrade(&inner);
            let tasks = Mutex::new(tasks.clone());
            Box::new(move |instance: Option<&Arc<Instance>>, happening: Happening| {
                if let Some(inner) = inner.upgrade() {
                    inner.happened(&tasks, instance, happening);
                }
            })
        };
        let api = RuntimeApi::start(grace, listener).map_err(StartError::Io)?;
        // Only set here.
        let _ = inner.api.set(api);
        let working = Arc::downgrade(&inner);
        let worker = std::thread::Builder::new()
            .name("node-worker".into())
            .spawn(move || {
                work(&queue, || working.upgrade());
            })
            .map_err(StartError::Io)?;
        Ok(Node { inner, tasks, worker: Some(worker) })
    }

    /// Carries out a command; `payload` is the event of a `Deliver`. Returns at once: what becomes
    /// of it is reported.
    pub fn command(&self, command: NodeCommand, payload: Option<Bytes>) {
        let task = match command {
            NodeCommand::Start(spec) => Task::Start(spec),
            NodeCommand::Stop(environment) => Task::Stop(environment),
            NodeCommand::Deliver(delivery) => {
                return self.inner.deliver(delivery, payload.unwrap_or_default());
            }
            other @ (NodeCommand::PutVpc(_)
            | NodeCommand::DeleteVpc(_)
            | NodeCommand::PutGroup(_)
            | NodeCommand::DeleteGroup(_)
            | NodeCommand::PutEni(_)
            | NodeCommand::DeleteEni(_)
            | NodeCommand::PutResource { .. }
            | NodeCommand::DeleteResource(_)) => Task::Network(other),
        };
        // The worker lives as long as this handle.
        let _ = self.tasks.send(task);
    }
}

impl Node {
    /// Tells the node that it was given all that a restart restores.
    pub fn settle(&self) {
        // The worker lives as long as this handle.
        let _ = self.tasks.send(Task::Settle);
    }

    /// Has this thread read the answers to the events that it delivers from now on.
    ///
    /// # Errors
    /// When there is no event queue to be had.
    pub fn attend(&self) -> io::Result<Attendant> {
        self.inner.api().attend()
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
            if lock(&self.inner.stock).is_complete(self.inner.config.stock) {
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
        // The worker lives as long as this handle.
        let _ = self.tasks.send(Task::End);
        let worker = self.worker.take();
        // It is the worker itself that drops the last handle, where its report was the last.
        if let Some(worker) = worker.filter(|it| it.thread().id() != std::thread::current().id()) {
            let _ = worker.join();
        }
        drop(lock(&self.inner.fork_server).take());
        self.inner.cgroups.clean();
        self.inner.network.end();
    }
}

/// How long the worker must have had nothing to do before it builds ahead.
const QUIET: Duration = Duration::from_millis(15);
/// How often it looks for stock that nobody has wanted for long.
const PERIOD: Duration = Duration::from_secs(30);

fn work(queue: &Receiver<Task>, inner: impl Fn() -> Option<Arc<Inner>>) {
    let mut wanted = false;
    loop {
        let task = queue.recv_timeout(if wanted { QUIET } else { PERIOD });
        let Some(inner) = inner() else { return };
        match task {
            Ok(Task::Start(spec)) => {
                inner.start(*spec);
                wanted = inner.config.stock > 0;
            }
            Ok(Task::Stop(environment)) => inner.stop(environment),
            Ok(Task::Clean(sandbox)) => inner.clean(sandbox),
            Ok(Task::Network(command)) => inner.network.command(command),
            Ok(Task::Settle) => inner.network.settle(),
            Ok(Task::End) => return,
            Err(RecvTimeoutError::Timeout) => {
                wanted = inner.build_ahead();
                let outdated = lock(&inner.stock).outdated();
                outdated.into_iter().for_each(|prepared| inner.discard(prepared));
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

impl Inner {
    fn api(&self) -> &Arc<RuntimeApi> {
        self.api.get().expect("the API is set before the agent is handed out")
    }

    fn tell(&self, report: NodeReport) {
        (self.report)(Report::Node(report, None));
    }

    fn payload(&self) -> PayloadId {
        PayloadId(self.next_payload.fetch_add(1, Ordering::Relaxed))
    }

    /// The fork server, started now if there is none.
    fn fork_server(&self) -> Result<Arc<ForkServer>, SandboxError> {
        let mut held = lock(&self.fork_server);
        if let Some(server) = &*held {
            return Ok(Arc::clone(server));
        }
        let (server, events) = ForkServer::start(&self.config.fork_server, &self.config.mountpoint)
            .map_err(SandboxError::Link)?;
        server.ping()?;
        self.api().watch(events).map_err(SandboxError::Link)?;
        let server = Arc::new(server);
        *held = Some(Arc::clone(&server));
        Ok(server)
    }

    /// Does something with the fork server, once more with a new one where it has ended.
    fn with_fork_server<T>(
        &self,
        deed: impl Fn(&ForkServer) -> Result<T, SandboxError>,
    ) -> Result<T, SandboxError> {
        let server = self.fork_server()?;
        match deed(&server) {
            Err(SandboxError::Gone | SandboxError::Link(_)) => {
                let mut held = lock(&self.fork_server);
                if held.as_ref().is_some_and(|now| Arc::ptr_eq(now, &server)) {
                    *held = None;
                }
                drop((held, server));
                deed(&*self.fork_server()?)
            }
            outcome => outcome,
        }
    }

    /// Makes a sandbox in a slot; what it is to run may follow.
    fn build(
        &self,
        slot: Slot,
        key: &Key,
        client: &Client,
        now: Option<&environment::Load>,
    ) -> Result<Prepared, (Slot, String)> {
        let sandbox = self.next_sandbox.fetch_add(1, Ordering::Relaxed);
        let group = match self.cgroups.create(&format!("sandbox-{sandbox}"), key.memory) {
            Ok(group) => group,
            Err(error) => return Err((slot, chain(&error))),
        };
        match self.build_in(&slot, sandbox, &group, key, client, now) {
            Ok((built, stdout, stderr)) => {
                match Instance::new(sandbox, group, built, stdout, stderr) {
                    Ok(instance) => Ok(Prepared { instance: Arc::new(instance), slot }),
                    Err(error) => Err((slot, chain(&error))),
                }
            }
            Err(error) => {
                group.remove();
                Err((slot, chain(&error)))
            }
        }
    }

    fn build_in(
        &self,
        slot: &Slot,
        sandbox: u64,
        group: &Group,
        key: &Key,
        client: &Client,
        now: Option<&environment::Load>,
    ) -> Result<(Built, OwnedFd, OwnedFd), SandboxError> {
        let (stdout, stdout_write) = sys::pipe(0).map_err(SandboxError::Link)?;
        let (stderr, stderr_write) = sys::pipe(0).map_err(SandboxError::Link)?;
        let (lang, inherits, program) = match client {
            Client::Bootstrap => (None, false, now.and_then(|load| load.program.clone())),
            Client::Managed { lang, program } => {
                let mut program = program.clone();
                program.variables = environment::interpreter_variables(now);
                (lang.clone(), true, Some(program))
            }
        };
        let built = self.with_fork_server(|server| {
            server.build(Build {
                id: sandbox,
                network: &slot.namespace,
                stdout: &stdout_write,
                stderr: &stderr_write,
                attach: group.attach.iter().collect(),
                into: group.into.as_ref(),
                tmp_size: key.tmp_size(),
                resolver: slot.resolver,
                lang: lang.clone(),
                trees: now.map(|load| load.trees.clone()),
                program: program.clone(),
                inherits,
                assignment: now.filter(|_| inherits).map(|load| load.assignment.clone()),
            })
        })?;
        Ok((built, stdout, stderr))
    }

    fn start(&self, spec: EnvironmentSpec) {
        let environment = spec.environment;
        if lock(&self.environments).contains_key(&environment) {
            return;
        }
        if let Err(error) = self.try_start(spec) {
            self.tell(NodeReport::StartFailed(environment, error));
        }
    }

    fn try_start(&self, spec: EnvironmentSpec) -> Result<(), String> {
        let begun = Instant::now();
        let client = client::find(&spec.runtime).map_err(|error| error.to_string())?;
        let load = match environment::Load::new(&self.config, &spec, &client) {
            Ok(load) => load,
            Err(failure) => {
                self.init_failed(spec.environment, failure, Stages::default());
                return Ok(());
            }
        };
        let place = self.network.place(&spec.attachment)?;
        let key = Key::new(place, &spec);
        let preparable = client::can_be_prepared(&spec.variables);
        let ready = if preparable { lock(&self.stock).take(&key) } else { None };
        if let Some(prepared) = ready {
            let attached = self.network.attach(&prepared.slot, spec.environment, &spec.attachment);
            if let Err(error) = attached {
                self.discard(prepared);
                return Err(error);
            }
            let network = begun.elapsed();
            return self.adopt(prepared, &spec, begun, network, true, &client, &load);
        }
        let slot = self.network.slot(place)?;
        if let Err(error) = self.network.attach(&slot, spec.environment, &spec.attachment) {
            self.network.release(slot);
            return Err(error);
        }
        let network = begun.elapsed();
        let prepared = match self.build(slot, &key, &client, Some(&load)) {
            Ok(prepared) => prepared,
            Err((slot, error)) => {
                self.network.release(slot);
                return Err(error);
            }
        };
        self.adopt(prepared, &spec, begun, network, false, &client, &load)
    }

    /// Makes a sandbox serve an environment.
    #[expect(clippy::too_many_arguments, reason = "one caller, and each is a fact of the start")]
    fn adopt(
        &self,
        prepared: Prepared,
        spec: &EnvironmentSpec,
        begun: Instant,
        network: Duration,
        ahead: bool,
        client: &Client,
        load: &environment::Load,
    ) -> Result<(), String> {
        let sandbox = prepared.instance.sandbox;
        let instance = Arc::clone(&prepared.instance);
        let running = Running::new(prepared, spec.arn.clone(), begun, network, ahead);
        lock(&self.environments).insert(spec.environment, running);
        // A runtime may have asked for its first event already; it is reported at once then.
        let (asked, told) = {
            let mut early = lock(&self.early);
            (instance.assign(spec.environment), early.remove(&sandbox).unwrap_or_default())
        };
        told.into_iter().for_each(|event| self.apply(spec.environment, &instance, event));
        if !ahead && let Err(error) = self.api().serve(&instance) {
            if let Some(running) = lock(&self.environments).remove(&spec.environment) {
                self.discard(running.prepared);
            }
            return Err(chain(&error));
        }
        if ahead {
            let assigned = self.with_fork_server(|server| {
                let assignment = match client {
                    Client::Managed { .. } => Some(load.assignment.clone()),
                    Client::Bootstrap => None,
                };
                server.assign(
                    sandbox,
                    u64::from(spec.ephemeral) << 20,
                    load.trees.clone(),
                    load.program.clone(),
                    assignment,
                )
            });
            if let Err(error) = assigned {
                if let Some(running) = lock(&self.environments).remove(&spec.environment) {
                    self.discard(running.prepared);
                }
                return Err(chain(&error));
            }
            if let Some(running) = lock(&self.environments).get_mut(&spec.environment) {
                running.assigned = sys::monotonic();
            }
        }
        if asked {
            self.ready(spec.environment);
        }
        Ok(())
    }

    fn ready(&self, environment: EnvironmentId) {
        let stages = lock(&self.environments).get_mut(&environment).map(Running::stages);
        if let Some(stages) = stages {
            self.tell(NodeReport::Ready { environment, stages });
        }
    }

    fn init_failed(
        &self,
        environment: EnvironmentId,
        failure: environment::InitFailure,
        stages: Stages,
    ) {
        let payload = self.payload();
        let report =
            NodeReport::InitFailed { environment, payload, error_type: failure.error_type, stages };
        (self.report)(Report::Node(report, Some(failure.document)));
    }

    fn deliver(&self, delivery: Delivery, payload: Bytes) {
        let known = lock(&self.environments)
            .get(&delivery.environment)
            .map(|running| (Arc::clone(&running.prepared.instance), running.arn.clone()));
        // An environment that is gone was reported so: the engine knows or is about to.
        let Some((instance, mut arn)) = known else { return };
        // A version's number is in its ARN already.
        if delivery.qualifier == Some(Version(0)) {
            arn.push_str(":$LATEST");
        }
        let context = delivery.context.map(|context| *context).unwrap_or_default();
        let invocation = Invocation {
            request: delivery.request,
            deadline: delivery.deadline.millis(),
            arn,
            client_context: context.client,
            trace: context.trace,
            payload,
        };
        // Fails only where the group's files are gone, with the processes; their exit is reported.
        let _ = self.api().deliver(&instance, invocation);
    }

    fn stop(&self, environment: EnvironmentId) {
        let mut environments = lock(&self.environments);
        let Some(running) = environments.get_mut(&environment) else {
            drop(environments);
            return self.tell(NodeReport::Gone(environment));
        };
        running.stopping = true;
        if running.gone {
            let running = environments.remove(&environment);
            drop(environments);
            if let Some(running) = running {
                self.recycle(running.prepared);
            }
            return self.tell(NodeReport::Gone(environment));
        }
        running.prepared.kill();
    }

    /// Destroys a sandbox that serves nobody.
    fn discard(&self, prepared: Prepared) {
        prepared.kill();
        lock(&self.discarded).insert(prepared.instance.sandbox, prepared);
    }

    /// A sandbox is gone with all its processes.
    fn clean(&self, sandbox: u64) {
        lock(&self.early).remove(&sandbox);
        if let Some(prepared) = lock(&self.discarded).remove(&sandbox) {
            return self.recycle(prepared);
        }
        if let Some(prepared) = lock(&self.stock).remove(sandbox) {
            return self.recycle(prepared);
        }
        let mut environments = lock(&self.environments);
        let found = environments
            .iter_mut()
            .find(|(_, running)| running.prepared.instance.sandbox == sandbox);
        let Some((&environment, running)) = found else { return };
        running.gone = true;
        if running.stopping {
            let running = environments.remove(&environment);
            drop(environments);
            if let Some(running) = running {
                self.recycle(running.prepared);
            }
            self.tell(NodeReport::Gone(environment));
        } else if !std::mem::replace(&mut running.reported, true) {
            let memory_peak = running.prepared.instance.group.memory_peak();
            drop(environments);
            let exit = Exit::Signal(libc::SIGKILL);
            self.tell(NodeReport::Exited { environment, exit, memory_peak });
        }
    }

    /// Gives back what a sandbox held.
    fn recycle(&self, prepared: Prepared) {
        let Prepared { instance, slot } = prepared;
        self.api().remove(&instance);
        self.cgroups.release(Arc::clone(&instance.group));
        drop(instance);
        self.network.release(slot);
    }

    /// Builds one sandbox that is wanted ahead; returns whether another one is.
    fn build_ahead(&self) -> bool {
        let Some(key) = lock(&self.stock).wanted(self.config.stock) else { return false };
        let built = client::find(&key.runtime)
            .map_err(|error| error.to_string())
            .and_then(|client| Ok((client, self.network.slot(key.place)?)))
            .and_then(|(client, slot)| {
                self.build(slot, &key, &client, None).map_err(|(slot, error)| {
                    self.network.release(slot);
                    error
                })
            });
        match built {
            Ok(prepared) if self.api().serve(&prepared.instance).is_ok() => {
                lock(&self.stock).put(key, prepared);
                true
            }
            Ok(prepared) => {
                self.discard(prepared);
                false
            }
            Err(_) => {
                // The start that needs it will fail and say why.
                lock(&self.stock).forget(&key);
                true
            }
        }
    }

    fn happened(
        &self,
        tasks: &Mutex<Sender<Task>>,
        instance: Option<&Arc<Instance>>,
        happening: Happening,
    ) {
        if let Happening::Sandbox(event) = happening {
            return self.sandbox_event(tasks, instance, event);
        }
        let Some(instance) = instance else { return };
        let Some(environment) = instance.environment() else { return };
        match happening {
            Happening::Ready => self.ready(environment),
            Happening::Lines(stream, lines) => self.log(environment, stream, lines),
            Happening::Answered { request, answer, duration } => {
                let memory_peak = instance.group.memory_peak();
                let (outcome, bytes) = self.outcome(answer);
                let report =
                    NodeReport::Finished { environment, request, outcome, memory_peak, duration };
                (self.report)(Report::Node(report, bytes));
            }
            Happening::InitError { body, error_type } => {
                let stages = lock(&self.environments)
                    .get_mut(&environment)
                    .map(Running::stages)
                    .unwrap_or_default();
                let failure = environment::InitFailure { document: body, error_type };
                self.init_failed(environment, failure, stages);
            }
            Happening::Sandbox(_) => unreachable!("handled above"),
        }
    }

    fn sandbox_event(
        &self,
        tasks: &Mutex<Sender<Task>>,
        instance: Option<&Arc<Instance>>,
        event: Event,
    ) {
        if let Event::Gone { id } = event {
            // The worker lives as long as the agent.
            let _ = lock(tasks).send(Task::Clean(id));
            return;
        }
        let mut early = lock(&self.early);
        let serving = instance.and_then(|each| Some((each.environment()?, each)));
        let Some((environment, instance)) = serving else {
            early.entry(event.sandbox()).or_default().push(event);
            return;
        };
        drop(early);
        self.apply(environment, instance, event);
    }

    fn apply(&self, environment: EnvironmentId, instance: &Instance, event: Event) {
        let mut environments = lock(&self.environments);
        let Some(running) = environments.get_mut(&environment) else { return };
        match event {
            Event::Executing { stamps, .. } => running.executing = Some(stamps),
            Event::Failed { stage, errno, .. } => {
                running.reported = true;
                let stages = running.stages();
                drop(environments);
                let error = io::Error::from_raw_os_error(errno);
                if stage == Stage::Exec {
                    let failure = environment::InitFailure::not_executable(&error);
                    self.init_failed(environment, failure, stages);
                } else {
                    let text = chain(&SandboxError::Stage(stage, error));
                    self.tell(NodeReport::StartFailed(environment, text));
                }
            }
            Event::Exited { status, .. } => {
                if running.stopping || std::mem::replace(&mut running.reported, true) {
                    return;
                }
                drop(environments);
                let memory_peak = instance.group.memory_peak();
                let exit = environment::exit(status, instance.group.out_of_memory() > 0);
                self.tell(NodeReport::Exited { environment, exit, memory_peak });
            }
            Event::Gone { .. } => {}
        }
    }

    fn outcome(&self, answer: Answer) -> (Outcome, Option<Bytes>) {
        let payload = self.payload();
        match answer {
            Answer::Response(bytes) => {
                (Outcome::Response { payload, length: bytes.len() }, Some(bytes))
            }
            Answer::Error(bytes) => (Outcome::Error { payload, length: bytes.len() }, Some(bytes)),
            Answer::TooLarge(length) => (Outcome::TooLarge(length), None),
        }
    }

    fn log(&self, environment: EnvironmentId, stream: Stream, lines: Vec<Vec<u8>>) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let time = Time(now.as_nanos() as u64);
        let is_error = stream == Stream::Error;
        let lines = lines.into_iter().map(|text| LogLine { time, is_error, text }).collect();
        (self.report)(Report::Log(environment, lines));
    }
}

/// An error with its causes in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

/// Variables by name, the later of two winning.
pub(crate) type Variables = BTreeMap<String, String>;
