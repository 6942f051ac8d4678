//! A node with sandboxes but no network beyond loopbacks, and functions to run in it.
#![allow(dead_code, unreachable_pub, missing_docs)]

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use engine::id::{EnvironmentId, FunctionId, PayloadId, RequestId, Version};
use engine::node::{
    Attachment, Delivery, EnvironmentSpec, Launch, LogStream, NodeCommand, NodeReport, Outcome,
    Stages,
};
use engine::record::function::EniModel;
use engine::scope::Scope;
use engine::time::Time;
use node::agent::{Config, Node, Report};
use node::loopback::Loopback;

static NEXT: AtomicU64 = AtomicU64::new(1);

#[derive(Default)]
struct Seen {
    reports: Vec<(NodeReport, Option<Bytes>)>,
    log: String,
    entries: Vec<String>,
    /// The payload of the report that `wait` returned last.
    payload: String,
}

pub struct Harness {
    pub node: Node,
    pub directory: PathBuf,
    seen: Arc<(Mutex<Seen>, Condvar)>,
}

pub fn spec(code: [u8; 32], runtime: &str, handler: &str) -> EnvironmentSpec {
    EnvironmentSpec {
        environment: EnvironmentId(NEXT.fetch_add(1, Ordering::Relaxed)),
        launch: Arc::new(Launch {
            function: FunctionId(1),
            arn: "arn:aws:lambda:us-east-1:000000000000:function:test".into(),
            name: "test".into(),
            version: "$LATEST".into(),
            scope: Scope { account: 0, region: "us-east-1".into() },
            runtime: runtime.into(),
            handler: handler.into(),
            code,
            layers: Vec::new(),
            memory: 128,
            ephemeral: 512,
            variables: BTreeMap::new(),
            timeout: 900,
            eni_model: EniModel::Hyperplane,
            vpc: None,
            logging: Default::default(),
        }),
        log_stream: LogStream { began: Time(0), version: Version(0), random: 0 },
        attachment: Attachment::Outside,
    }
}

/// Unpacks code below a node's directory, and names it.
pub fn unpack(directory: &Path, files: &[(&str, &str)]) -> [u8; 32] {
    let mut code = [0; 32];
    code[..8].copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    let name: String = code.iter().map(|byte| format!("{byte:02x}")).collect();
    let directory = directory.join("code").join(name);
    std::fs::create_dir(&directory).unwrap();
    for (name, text) in files {
        let path = directory.join(name);
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    code
}

/// The control groups of an instance, one in each hierarchy, below which its sandboxes have theirs.
pub fn groups(instance: &str) -> Vec<std::path::PathBuf> {
    let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap();
    let of_cgroups = mounts.lines().filter(|line| line.contains(" cgroup"));
    let parents = of_cgroups.map(|line| {
        std::path::Path::new(line.split(' ').nth(1).unwrap()).join(format!("warren-{instance}"))
    });
    parents.filter(|path| path.exists()).collect()
}

impl Harness {
    pub fn new(name: &str, stock: usize) -> Harness {
        Self::with(name, stock, |_| {})
    }

    pub fn with(name: &str, stock: usize, change: impl FnOnce(&mut Config)) -> Harness {
        // SAFETY: takes no argument.
        // JUSTIFICATION: std does not tell the user id.
        assert_eq!(unsafe { libc::geteuid() }, 0, "this test needs root");
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let instance = format!("test-{name}-{}-{number}", std::process::id());
        let directory = std::env::temp_dir().join(format!("warren-{instance}"));
        std::fs::create_dir_all(directory.join("code")).unwrap();
        std::fs::create_dir_all(directory.join("root")).unwrap();
        let mut config = Config::new(&instance, directory.join("root"), directory.join("code"));
        config.fork_server = env!("CARGO_BIN_EXE_fork-server").into();
        config.stock = stock;
        change(&mut config);
        let seen: Arc<(Mutex<Seen>, Condvar)> = Arc::default();
        let sink = Arc::clone(&seen);
        let report = move |report: Report| {
            let mut seen = sink.0.lock().unwrap();
            match report {
                Report::Node(report, payload) => seen.reports.push((report, payload)),
                Report::Log(_, lines) => {
                    for line in lines {
                        let text = String::from_utf8_lossy(&line.text).into_owned();
                        seen.log.push_str(&text);
                        seen.entries.push(text);
                    }
                }
            }
            sink.1.notify_all();
        };
        let node = Node::start(config, Box::new(Loopback), Box::new(report)).unwrap();
        Harness { node, directory, seen }
    }

    /// Unpacks code and names it.
    pub fn code(&self, files: &[(&str, &str)]) -> [u8; 32] {
        unpack(&self.directory, files)
    }

    /// Waits for a report that `pick` takes, and removes it.
    pub fn wait<T>(&self, mut pick: impl FnMut(&NodeReport) -> Option<T>) -> T {
        let mut seen = self.seen.0.lock().unwrap();
        loop {
            let mut found = None;
            seen.reports.retain(|(report, payload)| match (&found, pick(report)) {
                (None, Some(value)) => {
                    found = Some((value, payload.clone()));
                    false
                }
                _ => true,
            });
            if let Some((value, payload)) = found {
                let text = payload.unwrap_or_default();
                seen.payload = String::from_utf8_lossy(&text).into_owned();
                return value;
            }
            let (next, timeout) = self.seen.1.wait_timeout(seen, Duration::from_secs(20)).unwrap();
            seen = next;
            assert!(!timeout.timed_out(), "waited in vain; {:?}\n{}", seen.reports, seen.log);
        }
    }

    /// Forgets the reports that nobody has waited for.
    pub fn forget(&self) {
        self.seen.0.lock().unwrap().reports.clear();
    }

    pub fn last_payload(&self) -> String {
        self.seen.0.lock().unwrap().payload.clone()
    }

    pub fn log(&self) -> String {
        self.seen.0.lock().unwrap().log.clone()
    }

    /// What was logged, entry by entry.
    pub fn entries(&self) -> Vec<String> {
        self.seen.0.lock().unwrap().entries.clone()
    }

    pub fn command_start(&self, spec: EnvironmentSpec) {
        self.node.command(NodeCommand::Start(Box::new(spec)), None);
    }

    pub fn start(&self, spec: EnvironmentSpec) -> EnvironmentId {
        self.start_with_stages(spec).0
    }

    pub fn start_with_stages(&self, spec: EnvironmentSpec) -> (EnvironmentId, Stages) {
        let wanted = spec.environment;
        self.command_start(spec);
        let stages = self.wait(|report| match report {
            NodeReport::Ready { environment, stages } if *environment == wanted => {
                Some(Ok(*stages))
            }
            NodeReport::StartFailed(environment, _)
            | NodeReport::InitFailed { environment, .. }
            | NodeReport::Exited { environment, .. }
                if *environment == wanted =>
            {
                Some(Err(format!("{report:?}")))
            }
            _ => None,
        });
        (
            wanted,
            stages
                .unwrap_or_else(|error| panic!("{error}\n{}\n{}", self.last_payload(), self.log())),
        )
    }

    pub fn deliver(&self, environment: EnvironmentId, event: &str) -> RequestId {
        let request = RequestId(u128::from(NEXT.fetch_add(1, Ordering::Relaxed)));
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let delivery = Delivery {
            environment,
            request,
            payload: PayloadId(0),
            deadline: Time((now + Duration::from_secs(30)).as_nanos() as u64),
            qualifier: None,
            context: None,
        };
        self.node.command(
            NodeCommand::Deliver(delivery),
            Some(Bytes::copy_from_slice(event.as_bytes())),
        );
        request
    }

    pub fn invoke(&self, environment: EnvironmentId, event: &str) -> (Outcome, String) {
        let wanted = self.deliver(environment, event);
        let outcome = self.wait(|report| match report {
            NodeReport::Finished { request, outcome, .. } if *request == wanted => {
                Some(Ok(outcome.clone()))
            }
            NodeReport::Exited { environment: gone, .. } if *gone == environment => {
                Some(Err(format!("{report:?}")))
            }
            _ => None,
        });
        let outcome = outcome.unwrap_or_else(|error| panic!("{error}\n{}", self.log()));
        (outcome, self.last_payload())
    }

    pub fn stop(&self, environment: EnvironmentId) {
        self.node.command(NodeCommand::Stop(environment), None);
        self.wait(|report| match report {
            NodeReport::Gone(gone) if *gone == environment => Some(()),
            _ => None,
        });
    }

    /// Waits until the worker has built ahead what it wants to.
    pub fn wait_for_stock(&self) {
        assert!(self.node.wait_for_stock(Duration::from_secs(20)), "no stock");
    }
}

impl Drop for Harness {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}
