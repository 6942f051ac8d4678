//! Measurements of this node: what a start and an invocation cost, beside the least they could.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use engine::id::{EnvironmentId, FunctionId, PayloadId, RequestId, Version};
use engine::node::{
    Attachment, Delivery, EnvironmentSpec, Launch, LogStream, NodeCommand, NodeReport, Outcome,
    Stages,
};
use engine::record::function::{EniModel, Logging};
use engine::scope::Scope;
use engine::time::Time;

use crate::agent::{Config, Network, Node, Report};

/// Why a measurement could not be made.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// A file or process could not be made.
    #[error("measurement could not be set up")]
    Io(#[from] io::Error),
    /// The node did something else than was measured.
    #[error("node answered {0}")]
    Node(String),
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An executable `bootstrap`.
    Bootstrap,
    /// Python on the host's interpreter.
    Python,
    /// Node.js on the host's interpreter.
    Node,
}

impl Kind {
    fn runtime(self) -> &'static str {
        match self {
            Kind::Bootstrap => "provided.al2023",
            Kind::Python => "python3.11",
            Kind::Node => "nodejs20.x",
        }
    }
}

/// One cold start.
#[derive(Debug, Clone, Copy)]
pub struct Cold {
    /// Its stages, by the node's account.
    pub stages: Stages,
    /// From the command to the runtime's first request for an event.
    pub ready: Duration,
    /// From the command to the first answer.
    pub answered: Duration,
}

impl Cold {
    /// The platform's part: all but the runtime's own start.
    pub fn platform(&self) -> Duration {
        self.stages.network + self.stages.sandbox
    }
}

/// A node for measurements.
#[derive(Debug)]
pub struct Bench {
    node: Node,
    reports: Receiver<Report>,
    directory: PathBuf,
    next: u64,
}

/// The value below which `percent` of the sorted samples lie.
pub fn percentile(samples: &mut [Duration], percent: usize) -> Duration {
    samples.sort_unstable();
    let at = samples.len().saturating_sub(1) * percent / 100;
    samples.get(at).copied().unwrap_or_default()
}

/// Starts and ends the program as cheaply as the system can, without any isolation.
pub fn bare_starts(program: &Path, rounds: usize) -> Result<Vec<Duration>, BenchError> {
    let mut samples = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        let begun = Instant::now();
        let mut child = Command::new(program).stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
        child.wait()?;
        samples.push(begun.elapsed());
    }
    Ok(samples)
}

impl Bench {
    /// Starts a node that keeps `stock` sandboxes ready, with `directory` for its files.
    pub fn start(
        directory: &Path,
        fork_server: &Path,
        stock: usize,
        network: Box<dyn Network>,
    ) -> Result<Bench, BenchError> {
        fs::create_dir_all(directory.join("root"))?;
        fs::create_dir_all(directory.join("code"))?;
        let instance = format!("bench-{}", std::process::id());
        let mut config = Config::new(&instance, directory.join("root"), directory.join("code"));
        config.fork_server = fork_server.to_owned();
        config.stock = stock;
        let (sender, reports) = channel();
        let sender = std::sync::Mutex::new(sender);
        let report = move |report| {
            let sender = sender.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            // The receiver goes when the measurement ends.
            let _ = sender.send(report);
        };
        let node = Node::start(config, network, Box::new(report))
            .map_err(|error| BenchError::Node(error.to_string()))?;
        Ok(Bench { node, reports, directory: directory.to_owned(), next: 1 })
    }

    /// Unpacks the code of a kind; a bootstrap is copied from `bootstrap`.
    pub fn code(&mut self, kind: Kind, bootstrap: &Path) -> Result<[u8; 32], BenchError> {
        let code = [kind as u8 + 1; 32];
        let name: String = code.iter().map(|byte| format!("{byte:02x}")).collect();
        let directory = self.directory.join("code").join(name);
        fs::create_dir_all(&directory)?;
        match kind {
            Kind::Bootstrap => {
                let path = directory.join("bootstrap");
                fs::copy(bootstrap, &path)?;
                fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
            }
            Kind::Python => {
                let source = "def handler(event, context):\n    return event\n";
                fs::write(directory.join("app.py"), source)?;
            }
            Kind::Node => {
                let source = "exports.handler = async (event) => event;\n";
                fs::write(directory.join("app.js"), source)?;
            }
        }
        Ok(code)
    }

    fn wait(&self, mut done: impl FnMut(&NodeReport) -> bool) -> Result<NodeReport, BenchError> {
        loop {
            let report = self
                .reports
                .recv_timeout(Duration::from_secs(30))
                .map_err(|_| BenchError::Node("nothing in 30 s".into()))?;
            let Report::Node(report, _) = report else { continue };
            if done(&report) {
                return Ok(report);
            }
            match report {
                NodeReport::StartFailed(..)
                | NodeReport::InitFailed { .. }
                | NodeReport::Exited { .. } => {
                    return Err(BenchError::Node(format!("{report:?}")));
                }
                _ => {}
            }
        }
    }

    fn spec(&mut self, kind: Kind, code: [u8; 32], attachment: Attachment) -> EnvironmentSpec {
        self.next += 1;
        EnvironmentSpec {
            environment: EnvironmentId(self.next),
            launch: Arc::new(Launch {
                function: FunctionId(1),
                arn: "arn:aws:lambda:us-east-1:000000000000:function:bench".into(),
                name: "bench".into(),
                version: "$LATEST".into(),
                scope: Scope { account: 0, region: "us-east-1".into() },
                runtime: kind.runtime().into(),
                handler: "app.handler".into(),
                code,
                layers: Vec::new(),
                memory: 1769,
                ephemeral: 512,
                variables: BTreeMap::new(),
                timeout: 900,
                eni_model: EniModel::Hyperplane,
                vpc: None,
                logging: Logging::default(),
            }),
            log_stream: LogStream { began: Time(0), version: Version(0), random: 0 },
            attachment,
        }
    }

    /// Starts an environment and waits until its runtime is ready.
    pub fn start_one(
        &mut self,
        kind: Kind,
        code: [u8; 32],
        attachment: Attachment,
    ) -> Result<(EnvironmentId, Stages, Duration), BenchError> {
        let spec = self.spec(kind, code, attachment);
        let environment = spec.environment;
        let begun = Instant::now();
        self.node.command(NodeCommand::Start(Box::new(spec)), None);
        let report = self.wait(|report| {
            matches!(report, NodeReport::Ready { environment: ready, .. } if *ready == environment)
        })?;
        let NodeReport::Ready { stages, .. } = report else { unreachable!("waited for Ready") };
        Ok((environment, stages, begun.elapsed()))
    }

    fn deliver(&mut self, environment: EnvironmentId) {
        self.next += 1;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let delivery = Delivery {
            environment,
            request: RequestId(u128::from(self.next)),
            payload: PayloadId(0),
            deadline: Time((now + Duration::from_secs(30)).as_nanos() as u64),
            qualifier: None,
            context: None,
        };
        self.node.command(NodeCommand::Deliver(delivery), Some(Bytes::from_static(b"{}")));
    }

    /// Gives an environment an event and waits for the answer.
    pub fn invoke(&mut self, environment: EnvironmentId) -> Result<Duration, BenchError> {
        let begun = Instant::now();
        self.deliver(environment);
        let report = self.wait(|report| matches!(report, NodeReport::Finished { .. }))?;
        let elapsed = begun.elapsed();
        match report {
            NodeReport::Finished { outcome: Outcome::Response { .. }, .. } => Ok(elapsed),
            other => Err(BenchError::Node(format!("{other:?}"))),
        }
    }

    /// Ends an environment and waits until it is gone.
    pub fn stop(&mut self, environment: EnvironmentId) -> Result<Duration, BenchError> {
        let begun = Instant::now();
        self.node.command(NodeCommand::Stop(environment), None);
        self.wait(|report| matches!(report, NodeReport::Gone(_)))?;
        Ok(begun.elapsed())
    }

    /// Cold starts one after the other; with a stock, each waits until it is complete again.
    pub fn cold_starts(
        &mut self,
        kind: Kind,
        code: [u8; 32],
        attachment: &Attachment,
        rounds: usize,
    ) -> Result<Vec<Cold>, BenchError> {
        let mut samples = Vec::with_capacity(rounds);
        // The first finds no fork server, no stock and cold caches.
        for round in 0..rounds + 2 {
            if self.node.keeps_stock() && round > 0 {
                self.node.wait_for_stock(Duration::from_secs(10));
            }
            let begun = Instant::now();
            let (environment, stages, ready) = self.start_one(kind, code, attachment.clone())?;
            self.invoke(environment)?;
            let answered = begun.elapsed();
            self.stop(environment)?;
            if round >= 2 {
                samples.push(Cold { stages, ready, answered });
            }
        }
        Ok(samples)
    }

    /// Invocations of one warm environment, one after the other.
    pub fn warm_invokes(
        &mut self,
        environment: EnvironmentId,
        rounds: usize,
    ) -> Result<Vec<Duration>, BenchError> {
        (0..rounds).map(|_| self.invoke(environment)).collect()
    }

    /// Makes `count` invocations, one at a time in each of the environments; returns how long all
    /// took.
    pub fn throughput(
        &mut self,
        environments: &[EnvironmentId],
        count: usize,
    ) -> Result<Duration, BenchError> {
        let begun = Instant::now();
        environments.iter().for_each(|&environment| self.deliver(environment));
        let mut left = count.saturating_sub(environments.len());
        for _ in 0..count.max(environments.len()) {
            let report = self.wait(|report| matches!(report, NodeReport::Finished { .. }))?;
            if left > 0
                && let NodeReport::Finished { environment, .. } = report
            {
                left -= 1;
                self.deliver(environment);
            }
        }
        Ok(begun.elapsed())
    }

    /// Starts `count` environments at once; returns how long it took until all were ready.
    pub fn burst(
        &mut self,
        kind: Kind,
        code: [u8; 32],
        mut attachment: impl FnMut() -> Attachment,
        count: usize,
    ) -> Result<Burst, BenchError> {
        let specs: Vec<EnvironmentSpec> =
            (0..count).map(|_| self.spec(kind, code, attachment())).collect();
        let environments: Vec<EnvironmentId> = specs.iter().map(|spec| spec.environment).collect();
        let begun = Instant::now();
        for spec in specs {
            self.node.command(NodeCommand::Start(Box::new(spec)), None);
        }
        for _ in 0..count {
            self.wait(|report| matches!(report, NodeReport::Ready { .. }))?;
        }
        let ready = begun.elapsed();
        let begun = Instant::now();
        for environment in &environments {
            self.node.command(NodeCommand::Stop(*environment), None);
        }
        for _ in 0..count {
            self.wait(|report| matches!(report, NodeReport::Gone(_)))?;
        }
        Ok(Burst { ready, gone: begun.elapsed() })
    }
}

/// How long many environments took.
#[derive(Debug, Clone, Copy)]
pub struct Burst {
    /// From the first command until all were ready.
    pub ready: Duration,
    /// From the first command to end until all were gone.
    pub gone: Duration,
}
