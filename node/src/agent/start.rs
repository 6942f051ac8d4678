//! Starts and ends of environments, and sandboxes built ahead of them.

use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use engine::id::EnvironmentId;
use engine::node::{EnvironmentSpec, NodeReport, Stages};

use super::config::Config;
use super::environment::{self, Content, InitFailure, Load, Service};
use super::error::BuildError;
use super::queue::Task;
use super::stock::Key;
use super::table::{Gone, Reset, Stop, Then};
use super::{Inner, Parts, Remains, Report, Slot};
use crate::cgroup::Group;
use crate::error::{chain, failure};
use crate::runtime::api::Event;
use crate::runtime::client::{self, Client, FindError};
use crate::runtime::instance::Instance;
use crate::runtime::sdk;
use crate::sandbox::{Build, Built, ForkServer, SandboxError, processes, sys};

/// The part of the environments that descriptors suffice for, of which as many sandboxes may be built ahead.
const AHEAD_OF: u64 = 8;

/// A start under way.
struct Start<'a> {
    spec: &'a EnvironmentSpec,
    /// What to start once more; see [`Service`].
    again: Option<Box<EnvironmentSpec>>,
    client: &'a Client,
    load: &'a Load,
    key: Key,
    begun: Instant,
}

impl Start<'_> {
    fn service(&self, network: Duration, assigned: Option<u64>) -> Service {
        let mut service = Service::new(self.spec, self.begun, network, assigned);
        service.again = self.again.clone();
        service.bootstrap = self.load.bootstrap;
        service
    }
}

/// What a sandbox is built on.
struct Ground {
    slot: Arc<Slot>,
    /// The sandbox that was there before in the same environment, and the group of both.
    before: Option<(u64, Arc<Group>)>,
}

impl Ground {
    fn new(slot: Slot) -> Ground {
        Ground { slot: Arc::new(slot), before: None }
    }
}

/// What a sandbox gives the node, once it is built.
struct Ends {
    built: Built,
    stdout: OwnedFd,
    stderr: OwnedFd,
}

impl Inner {
    /// The fork server, started now if there is none.
    fn fork_server(&self) -> Result<Arc<ForkServer>, SandboxError> {
        let mut held = self.held_fork_server();
        if let Some(server) = &*held {
            return Ok(Arc::clone(server));
        }
        let Config { fork_server, mountpoint, trusted, .. } = &self.config;
        let started = ForkServer::start(fork_server, mountpoint, trusted.as_deref());
        let (server, events) = started.map_err(SandboxError::Link)?;
        server.ping()?;
        self.api().watch(events).map_err(SandboxError::Link)?;
        let server = Arc::new(server);
        *held = Some(Arc::clone(&server));
        Ok(server)
    }

    /// Does something with the fork server, once more with a new one where it has ended. Any other
    /// failure is that of the deed alone.
    fn with_fork_server<T>(
        &self,
        deed: impl Fn(&ForkServer) -> Result<T, SandboxError>,
    ) -> Result<T, SandboxError> {
        let server = self.fork_server()?;
        match deed(&server) {
            Err(SandboxError::Gone) => {
                let mut held = self.held_fork_server();
                // Of all that notice it, one replaces it.
                if held.as_ref().is_some_and(|now| Arc::ptr_eq(now, &server)) {
                    tracing::warn!("starting another fork server");
                    *held = None;
                }
                drop((held, server));
                deed(&*self.fork_server()?)
            }
            outcome => outcome,
        }
    }

    /// Has the fork server fork interpreters of this kind from one, where that can be.
    fn start_zygote(&self, client: &Client) {
        let Client::Managed { lang, program, forks: true } = client else { return };
        let mut program = program.clone();
        program.variables = environment::interpreter_variables(None);
        let started = self.with_fork_server(|server| server.start_zygote(lang.as_ref(), &program));
        if let Err(error) = started {
            tracing::warn!(
                program = program.path,
                error = chain(&error),
                "interpreter cannot be forked; each function starts its own"
            );
        }
    }

    /// Makes a sandbox on its ground; what it is to run may follow. It is in hand of the caller.
    fn build(
        &self,
        ground: Ground,
        key: &Key,
        client: &Client,
        now: Option<&Load>,
    ) -> Result<Arc<Parts>, BuildError> {
        let sandbox = self.next_sandbox.fetch_add(1, Ordering::Relaxed);
        self.table().hold(sandbox);
        let made = self.build_instance(&ground, sandbox, key, client, now);
        match made {
            Ok(instance) => Ok(Arc::new(Parts { instance: Arc::new(instance), slot: ground.slot })),
            Err(error) => {
                self.table().let_go(sandbox);
                self.network.release(&ground.slot);
                Err(error)
            }
        }
    }

    fn build_instance(
        &self,
        ground: &Ground,
        sandbox: u64,
        key: &Key,
        client: &Client,
        now: Option<&Load>,
    ) -> Result<Instance, BuildError> {
        let group = match &ground.before {
            Some((_, group)) => {
                group.begin_again();
                Arc::clone(group)
            }
            None => self.cgroups.create(&format!("sandbox-{sandbox}"), key.memory)?,
        };
        let built = self.build_in(ground, sandbox, &group, key, client, now);
        let ends = built.inspect_err(|_| group.remove())?;
        Instance::new(sandbox, group, ends.built, ends.stdout, ends.stderr)
            .map_err(BuildError::Serve)
    }

    fn build_in(
        &self,
        Ground { slot, before }: &Ground,
        sandbox: u64,
        group: &Group,
        key: &Key,
        client: &Client,
        now: Option<&Load>,
    ) -> Result<Ends, SandboxError> {
        let (stdout, stdout_write) = sys::pipe(0).map_err(SandboxError::Link)?;
        let (stderr, stderr_write) = sys::pipe(0).map_err(SandboxError::Link)?;
        let (lang, inherits, program) = match client {
            Client::Bootstrap => (None, false, now.and_then(|load| load.program.clone())),
            Client::Managed { lang, program, .. } => {
                match now.and_then(|load| load.program.clone()) {
                    Some(wrapper) => (lang.clone(), false, Some(wrapper)),
                    None => {
                        let mut program = program.clone();
                        program.variables = environment::interpreter_variables(now);
                        if now.is_none() && key.runtime.starts_with("nodejs") {
                            let (name, value) = client::AHEAD;
                            program.variables.push(format!("{name}={value}"));
                        }
                        (lang.clone(), true, Some(program))
                    }
                }
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
                processes: processes(key.memory),
                names: key.names.to_string(),
                lang: lang.clone(),
                trees: now.map(|load| load.trees.clone()),
                program: program.clone(),
                inherits,
                // What is built ahead executes: a fork has its memory yet to copy when it serves,
                // which takes less than to load an SDK.
                may_fork: now.map_or(key.has_sdk, |load| load.can_be_prepared),
                assignment: now.filter(|_| inherits).map(|load| load.assignment.clone()),
                after: before.as_ref().map(|(sandbox, _)| *sandbox),
            })
        })?;
        Ok(Ends { built, stdout, stderr })
    }

    /// Starts an environment; `may_again` is whether it is to be started once more, should its
    /// sandbox be killed before its runtime is ready.
    pub(super) fn start(&self, spec: &EnvironmentSpec, may_again: bool) {
        let environment = spec.environment;
        let again = || may_again.then(|| Box::new(spec.clone()));
        let mut kept = self.table().take_kept(environment);
        let mut outcome = self.try_start(spec, again(), &mut kept);
        if let Err(BuildError::Sandbox(error)) = &outcome
            && error.is_end()
        {
            tracing::info!(%environment, error = chain(error), "sandbox ended; building another");
            outcome = self.try_start(spec, again(), &mut kept);
        }
        kept.into_iter().for_each(|kept| self.let_go(&kept));
        match outcome {
            Ok(true) => {}
            Ok(false) => self.not_started(environment),
            Err(error) => {
                let failure = failure(&error, error.kind());
                tracing::warn!(
                    %environment,
                    function = spec.name,
                    kind = ?failure.kind,
                    error = failure.text,
                    "environment not started"
                );
                self.tell(NodeReport::StartFailed(environment, failure));
                self.not_started(environment);
            }
        }
    }

    /// An environment has no sandbox; it may have been told to end meanwhile.
    fn not_started(&self, environment: EnvironmentId) {
        let then = self.table().give_up(environment);
        match then {
            Then::Live => {}
            Then::Reset => self.tell(NodeReport::Reset(environment)),
            Then::Stop => self.tell(NodeReport::Gone(environment)),
        }
    }

    /// Starts an environment, with what it has `kept` of an earlier sandbox; false when it was
    /// reported why it cannot be.
    fn try_start(
        &self,
        spec: &EnvironmentSpec,
        again: Option<Box<EnvironmentSpec>>,
        kept: &mut Option<Remains>,
    ) -> Result<bool, BuildError> {
        let begun = Instant::now();
        if !self.table().let_in(spec.environment, self.most) {
            return Err(BuildError::Full(self.most));
        }
        let client = match client::find(&spec.runtime, spec.memory) {
            Ok(client) => client,
            // Of a function that was made where the host had it.
            Err(FindError::Missing(missing)) => {
                let failure = InitFailure::no_runtime(&missing);
                self.init_failed(spec.environment, failure, Stages::default());
                return Ok(false);
            }
            Err(untold) => return Err(untold.into()),
        };
        let layers = spec.layers.iter().map(|layer| self.config.code(layer));
        let content = Content {
            code: self.config.code(&spec.code)?,
            layers: layers.collect::<Result<_, _>>()?,
        };
        let has_sdk = client::can_be_prepared(&spec.runtime, &spec.variables)
            && !content.has_python()
            && sdk::is_wanted(&spec.runtime, &content.code);
        let client = if has_sdk { client.with_sdk() } else { client };
        let load = match Load::new(&self.config, spec, &client, &content) {
            Ok(load) => load,
            Err(failure) => {
                self.init_failed(spec.environment, failure, Stages::default());
                return Ok(false);
            }
        };
        let place = self.network.place(&spec.attachment)?;
        let key = Key::new((place, self.network.resolv_conf(place)), spec, has_sdk);
        let start = Start { spec, again, client: &client, load: &load, key, begun };
        if load.can_be_prepared && kept.is_none() {
            let ready = self.table().take(&start.key);
            if let Some(parts) = ready {
                match self.start_prepared(&start, parts) {
                    // It ended while it waited; nobody need know.
                    Err(BuildError::Sandbox(error)) => {
                        tracing::info!(
                            error = chain(&error),
                            "sandbox built ahead cannot be used; building another"
                        );
                    }
                    outcome => return outcome.map(|()| true),
                }
            }
        }
        self.start_afresh(&start, kept.take()).map(|()| true)
    }

    fn start_prepared(&self, start: &Start<'_>, parts: Arc<Parts>) -> Result<(), BuildError> {
        let spec = start.spec;
        let attached = self.network.attach(&parts.slot, spec.environment, &spec.attachment);
        if let Err(error) = attached {
            self.discard(parts);
            return Err(error.into());
        }
        let network = start.begun.elapsed();
        let asked = parts.instance.assign(spec.environment);
        let assigned = self.with_fork_server(|server| {
            let assignment = match start.client {
                Client::Managed { .. } => Some(start.load.assignment.clone()),
                Client::Bootstrap => None,
            };
            server.assign(
                parts.instance.sandbox,
                start.key.tmp_size(),
                start.load.trees.clone(),
                start.load.program.clone(),
                assignment,
            )
        });
        let assigned = match assigned {
            Ok(at) => at,
            Err(error) => {
                self.discard(parts);
                return Err(error.into());
            }
        };
        self.serve(parts, start.service(network, Some(assigned)), asked);
        Ok(())
    }

    fn start_afresh(&self, start: &Start<'_>, kept: Option<Remains>) -> Result<(), BuildError> {
        let spec = start.spec;
        let ground = match kept {
            // It is attached already.
            Some(kept) => Ground { slot: kept.slot, before: Some((kept.sandbox, kept.group)) },
            None => {
                let place = start.key.place;
                let slot = self.network.attached_slot(place, spec.environment, &spec.attachment)?;
                Ground::new(slot)
            }
        };
        let network = start.begun.elapsed();
        // One alone is there sooner by its own interpreter; many are by forks of one.
        let is_alone = self.afresh.fetch_add(1, Ordering::Relaxed) == 0;
        if !is_alone || self.queue.is_start_next(&spec.runtime) {
            self.start_zygote(start.client);
        }
        let built = self.build(ground, &start.key, start.client, Some(start.load));
        self.afresh.fetch_sub(1, Ordering::Relaxed);
        let parts = built?;
        let asked = parts.instance.assign(spec.environment);
        if let Err(error) = self.api().serve(&parts.instance) {
            self.discard(parts);
            return Err(BuildError::Serve(error));
        }
        self.serve(parts, start.service(network, None), asked);
        Ok(())
    }

    /// Has a sandbox serve an environment; `asked` is whether its runtime had asked for an event
    /// before it was assigned to one.
    fn serve(&self, parts: Arc<Parts>, service: Service, asked: bool) {
        let sandbox = parts.instance.sandbox;
        let environment = service.environment;
        let instance = Arc::clone(&parts.instance);
        let served = self.table().serve(sandbox, parts, service);
        for event in served.told {
            // Nobody has read what one printed that ended before it was served.
            if let Event::Exited { .. } = event {
                self.api().drain(&instance);
            }
            self.sandbox_told(event);
        }
        if asked || served.has_asked {
            self.ready(sandbox);
        }
        match served.then {
            Then::Live => {}
            Then::Reset => self.reset(environment),
            Then::Stop => self.stop(environment),
        }
    }

    /// A runtime asks for its first event.
    pub(super) fn ready(&self, sandbox: u64) {
        let known = self.table().ask(sandbox);
        if let Some((environment, stages)) = known {
            self.queue.postpone_quiet();
            self.tell(NodeReport::Ready { environment, stages });
        }
    }

    pub(super) fn init_failed(
        &self,
        environment: EnvironmentId,
        failure: InitFailure,
        stages: Stages,
    ) {
        let payload = self.payload();
        let report =
            NodeReport::InitFailed { environment, payload, error_type: failure.error_type, stages };
        (self.report)(Report::Node(report, Some(failure.document)));
    }

    pub(super) fn stop(&self, environment: EnvironmentId) {
        let follows = self.table().stop(environment);
        match follows {
            Stop::Unknown => self.tell(NodeReport::Gone(environment)),
            Stop::Later => {}
            Stop::Kill { parts } => parts.kill(),
            Stop::KeepNothing { parts } => {
                parts.kill();
                self.abandon(parts.instance.sandbox);
            }
            Stop::Release { kept } => {
                self.let_go(&kept);
                self.tell(NodeReport::Gone(environment));
            }
            Stop::Free { parts } => {
                self.recycle(&parts);
                self.tell(NodeReport::Gone(environment));
            }
        }
    }

    /// Ends the runtime of an environment, which keeps its network, its group and its `/tmp`.
    pub(super) fn reset(&self, environment: EnvironmentId) {
        let follows = self.table().reset(environment, |parts| parts.remains());
        match follows {
            Reset::Nothing => self.tell(NodeReport::Reset(environment)),
            Reset::Later => {}
            Reset::End { parts } => {
                // Where it was killed before, its `/tmp` is gone with it.
                let sandbox = parts.instance.sandbox;
                let kept = self.fork_server().and_then(|server| server.keep(sandbox));
                if let Err(error) = kept {
                    let error = chain(&error);
                    tracing::info!(%environment, error, "/tmp cannot be kept over a reset");
                }
                parts.kill();
            }
            Reset::Over { parts } => {
                self.api().remove(&parts.instance);
                self.tell(NodeReport::Reset(environment));
            }
        }
    }

    /// Gives back what an environment had kept.
    fn let_go(&self, Remains { sandbox, group, slot }: &Remains) {
        self.cgroups.release(Arc::clone(group));
        self.network.release(slot);
        self.abandon(*sandbox);
    }

    /// Has the fork server keep nothing of a sandbox.
    fn abandon(&self, sandbox: u64) {
        let abandoned = self.fork_server().and_then(|server| server.abandon(sandbox));
        if let Err(error) = abandoned {
            // With the fork server went what it kept.
            tracing::debug!(sandbox, error = chain(&error), "fork server does not answer");
        }
    }

    /// Destroys a sandbox that serves nobody.
    pub(super) fn discard(&self, parts: Arc<Parts>) {
        parts.kill();
        let sandbox = parts.instance.sandbox;
        let told = self.table().discard(sandbox, parts);
        told.into_iter().for_each(|event| self.sandbox_told(event));
    }

    /// A sandbox is gone with all its processes.
    pub(super) fn clean(&self, sandbox: u64) {
        let follows = self.table().gone(sandbox);
        match follows {
            Gone::Nothing => {}
            Gone::Free { parts } => self.recycle(&parts),
            Gone::Stopped { parts, environment } => {
                self.recycle(&parts);
                self.tell(NodeReport::Gone(environment));
            }
            Gone::Reset { parts, environment } => {
                self.api().remove(&parts.instance);
                self.tell(NodeReport::Reset(environment));
            }
            Gone::Again { parts, spec } => {
                let environment = spec.environment;
                tracing::warn!(%environment, "sandbox was killed while it started; starting another");
                self.recycle(&parts);
                self.queue.push(Task::StartAgain(spec));
            }
            Gone::Died { parts, service } => self.exited(&parts, &service, libc::SIGKILL),
        }
    }

    /// Gives back what a sandbox held.
    fn recycle(&self, parts: &Parts) {
        self.api().remove(&parts.instance);
        self.cgroups.release(Arc::clone(&parts.instance.group));
        self.network.release(&parts.slot);
    }

    /// How many sandboxes are built ahead at most, of all kinds together: they are for speed, and have
    /// descriptors that environments would have.
    pub(super) fn most_ahead(&self) -> usize {
        usize::try_from(self.most / AHEAD_OF).unwrap_or(usize::MAX)
    }

    /// Builds one sandbox that is wanted ahead; returns whether another one is.
    pub(super) fn build_ahead(&self) -> bool {
        let Some(key) = self.table().wanted(self.config.stock, self.most_ahead()) else {
            return false;
        };
        let built = client::find(&key.runtime, key.memory);
        let built = built.map_err(BuildError::from).and_then(|client| {
            let client = if key.has_sdk { client.with_sdk() } else { client };
            self.start_zygote(&client);
            let slot = self.network.slot(key.place)?;
            let parts = self.build(Ground::new(slot), &key, &client, None)?;
            match self.api().serve(&parts.instance) {
                Ok(()) => Ok(parts),
                Err(error) => {
                    self.discard(parts);
                    Err(BuildError::Serve(error))
                }
            }
        });
        match built {
            Ok(parts) => {
                let sandbox = parts.instance.sandbox;
                let told = self.table().put_in_stock(sandbox, key, parts);
                told.into_iter().for_each(|event| self.sandbox_told(event));
            }
            Err(error) => {
                // The start that needs it will fail and say why.
                tracing::warn!(
                    runtime = key.runtime,
                    error = chain(&error),
                    "sandbox not built ahead"
                );
                self.table().forget(&key);
            }
        }
        true
    }
}
