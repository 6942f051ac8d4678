//! `warren serve`: the server and its node, until they are told to stop.

use std::fs;
use std::net::SocketAddr;
use std::os::fd::{AsFd, BorrowedFd};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use engine::engine::Config;
use engine::limits::{KeepAlive, Limits};
use engine::node::NodeCommand;
use engine::record::function::EniModel;
use node::agent::{Node, Report};
use node::net::Net;
use node::runtime::attend::Attendant;
use server::code::CodeStore;
use server::driver::Driver;
use server::http::Endpoint;
use server::iam::Iam;
use server::logs::Logs;
use server::node_link::{Attend, NodeLink};
use server::output::Sink;
use server::s3::S3;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{oneshot, watch};

use crate::options::keep_alive;

/// How long those who wait for an answer are given when the server is told to stop.
const DRAIN: Duration = Duration::from_secs(20);
/// How often unused code is swept.
const SWEEP: Duration = Duration::from_secs(60);

/// The options, for `warren serve --help`.
pub(crate) const HELP: &str = "  \
  --listen ADDRESS         where to serve the AWS API (default 127.0.0.1:4566; loopback only)
  --state DIRECTORY        where to keep what must survive (default ./warren-state)
  --eni-model MODEL        hyperplane (default: functions share ENIs) or classic (one per environment)
  --aws-timing             release ENIs as slowly as AWS does, to rehearse teardowns
  --idle-timeout SECONDS   how long an environment may stay idle (default 300)
  --keep-alive POLICY      the same (5m), or hybrid: by the idle times of each function, or
                           greedy-dual:8GB: until others need the memory
  --retry-delays A,B       seconds before the two retries of an asynchronous event (default 60,120)
  --concurrency NUMBER     concurrent executions of an account in a region (default 1000)
  --network-interfaces N   ENIs of an account in a region (default 5000)
  --iam enforce            require roles that Lambda can assume and that may manage ENIs
  --s3 URL                 S3-compatible store to fetch code from (default $AWS_ENDPOINT_URL_S3)
  --endpoint-url URL       what functions are told to reach the AWS API at (default: nothing)
";

/// What `warren serve` is told.
pub(crate) struct Options {
    listen: SocketAddr,
    state: PathBuf,
    eni_model: EniModel,
    limits: Limits,
    s3: Option<String>,
    endpoint_url: Option<String>,
    enforces_iam: bool,
}

impl Options {
    pub(crate) fn read(words: &[&str]) -> Result<Options, String> {
        let mut options = Options {
            listen: SocketAddr::from(([127, 0, 0, 1], 4566)),
            state: PathBuf::from("warren-state"),
            eni_model: EniModel::Hyperplane,
            limits: Limits::default(),
            s3: std::env::var("AWS_ENDPOINT_URL_S3").ok().filter(|url| !url.is_empty()),
            endpoint_url: None,
            enforces_iam: false,
        };
        let mut words = words.iter().copied();
        while let Some(name) = words.next() {
            if name == "--aws-timing" {
                // 20 minutes, by which AWS promises to have deleted an unused ENI.
                options.limits.eni_release = Duration::from_secs(20 * 60);
                continue;
            }
            let value = words
                .next()
                .ok_or_else(|| format!("option {name} needs a value\nhint: warren serve --help"))?;
            options.set(name, value)?;
        }
        if !options.listen.ip().is_loopback() {
            return Err(format!(
                "address {} is not a loopback address, and credentials are not verified\nhint: --listen 127.0.0.1:4566",
                options.listen
            ));
        }
        Ok(options)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name {
            "--listen" => {
                self.listen = value.parse().map_err(|_| {
                    format!("address {value} is not one\nhint: for instance 127.0.0.1:4566")
                })?;
            }
            "--state" => self.state = PathBuf::from(value),
            "--eni-model" => {
                self.eni_model = match value {
                    "hyperplane" => EniModel::Hyperplane,
                    "classic" => EniModel::Classic,
                    _ => {
                        return Err(format!(
                            "ENI model {value} is not known\nhint: hyperplane or classic"
                        ));
                    }
                }
            }
            "--idle-timeout" => self.limits.keep_alive = KeepAlive::Fixed(seconds(value)?),
            "--keep-alive" => self.limits.keep_alive = keep_alive(value)?,
            "--retry-delays" => {
                let (first, second) = value.split_once(',').ok_or_else(|| {
                    format!("delays {value} are not two\nhint: for instance 60,120")
                })?;
                self.limits.retry_waits = [seconds(first)?, seconds(second)?];
            }
            "--concurrency" => {
                self.limits.concurrency =
                    value.parse().map_err(|_| format!("number {value} is not one"))?;
            }
            "--network-interfaces" => {
                self.limits.enis_per_scope =
                    value.parse().map_err(|_| format!("number {value} is not one"))?;
            }
            "--iam" => {
                self.enforces_iam = match value {
                    "enforce" => true,
                    "off" => false,
                    _ => {
                        return Err(format!("IAM mode {value} is not known\nhint: enforce or off"));
                    }
                }
            }
            "--s3" => self.s3 = Some(value.to_owned()),
            "--endpoint-url" => self.endpoint_url = Some(value.to_owned()),
            other => return Err(format!("option {other} is not known\nhint: warren serve --help")),
        }
        Ok(())
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: Option<f64> = text.trim().parse().ok();
    let span = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    span.ok_or_else(|| format!("span {text} is not a number of seconds"))
}

fn s3(url: &str) -> Result<S3, String> {
    let endpoint = url
        .parse::<http::Uri>()
        .ok()
        .filter(|uri| uri.scheme_str() == Some("http") && uri.host().is_some());
    let variable = |name, other: &str| std::env::var(name).unwrap_or_else(|_| other.to_owned());
    Ok(S3 {
        endpoint: endpoint.ok_or_else(|| {
            format!("S3 endpoint {url} is not one\nhint: for instance http://127.0.0.1:9000")
        })?,
        access_key: variable("AWS_ACCESS_KEY_ID", "000000000000"),
        secret: variable("AWS_SECRET_ACCESS_KEY", "secret"),
    })
}

pub(crate) fn run(options: Options) -> Result<(), String> {
    let began = Instant::now();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("runtime cannot be started: {error}"))?;
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let config = Config {
        seed: since.as_nanos() as u64 ^ u64::from(std::process::id()) << 48,
        eni_model: options.eni_model,
        limits: options.limits,
    };
    let s3 = options.s3.as_deref().map(s3).transpose()?;
    let driver = Driver::open(&options.state, config).map_err(|error| error.to_string())?;
    let unusable = |error: std::io::Error| {
        format!("state directory {} cannot be used: {error}", options.state.display())
    };
    let state = options.state.canonicalize().map_err(unusable)?;
    let code = CodeStore::open(&state).map_err(|error| error.to_string())?;
    let logs = Logs::open(&state);
    driver.log_to(Arc::clone(&logs) as Arc<dyn Sink>);
    let iam = Iam::open(&state, options.enforces_iam).map_err(|error| error.to_string())?;
    driver.give_credentials(credentials(options.endpoint_url));
    let instance = instance(&state).map_err(unusable)?;
    let node = start_node(node_config(&state, &instance, &code).map_err(unusable)?, &driver);
    let endpoint =
        Arc::new(Endpoint { driver: Arc::clone(&driver), code, iam, logs: Arc::clone(&logs), s3 });
    let outcome = runtime.block_on(serve(options.listen, &endpoint, node, began));
    // Those who are being answered are, before the store closes.
    runtime.shutdown_timeout(Duration::from_secs(5));
    drop(endpoint);
    // The node ends with the driver, and all sandboxes with it.
    drop(driver);
    logs.close();
    outcome
}

/// Serves until a signal, or until something fails.
async fn serve(
    listen: SocketAddr,
    endpoint: &Arc<Endpoint>,
    node: oneshot::Receiver<String>,
    began: Instant,
) -> Result<(), String> {
    let listener = TcpListener::bind(listen)
        .await
        .map_err(|error| format!("address {listen} cannot be listened at: {error}"))?;
    let at = listener.local_addr().map_err(|error| error.to_string())?;
    let failed = |error| format!("signals cannot be heard: {error}");
    let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
    println!("warren serves http://{at}, ready in {:.1} ms", began.elapsed().as_secs_f64() * 1e3);
    tokio::spawn(server::timer::run(Arc::downgrade(&endpoint.driver)));
    tokio::spawn(sweep(Arc::downgrade(endpoint)));
    let (stop, stopped) = watch::channel(false);
    let mut served = pin!(server::http::serve(listener, Arc::clone(endpoint), stopped));
    tokio::select! {
        ended = served.as_mut() => {
            return ended.map_err(|error| format!("endpoint failed: {error}"));
        }
        // Nothing is sent when it started well.
        Ok(error) = node => return Err(error),
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    // Only this may tell it, and nobody else needs to hear.
    let _ = stop.send(true);
    let drained = async { tokio::join!(served, endpoint.driver.drain()) };
    // Whoever is not answered by then is told so by the end of its connection.
    let _ = tokio::time::timeout(DRAIN, drained).await;
    Ok(())
}

/// Removes unused code from time to time.
async fn sweep(endpoint: Weak<Endpoint>) {
    // Not among the first answers, which are to come quickly.
    tokio::time::sleep(Duration::from_secs(1)).await;
    while let Some(endpoint) = endpoint.upgrade() {
        // What could not be removed is tried again.
        let _ = tokio::task::spawn_blocking(move || endpoint.sweep()).await;
        tokio::time::sleep(SWEEP).await;
    }
}

/// The variables by which an AWS SDK in a function finds this server.
fn credentials(endpoint_url: Option<String>) -> Vec<(String, String)> {
    let mut variables = vec![
        ("AWS_SECRET_ACCESS_KEY".to_owned(), "secret".to_owned()),
        ("AWS_SESSION_TOKEN".to_owned(), "token".to_owned()),
    ];
    variables.extend(endpoint_url.map(|url| ("AWS_ENDPOINT_URL".to_owned(), url)));
    variables
}

/// The installation's name, by which what it leaves on the machine is found again.
fn instance(state: &Path) -> std::io::Result<String> {
    let path = state.join("instance");
    if let Ok(name) = fs::read_to_string(&path)
        && !name.is_empty()
    {
        return Ok(name);
    }
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let name = format!("{:08x}", since.as_nanos() as u32 ^ std::process::id());
    // Whole or not at all: a crash must not leave half a name.
    let new = state.join("instance.new");
    fs::write(&new, &name)?;
    fs::rename(new, path)?;
    Ok(name)
}

fn node_config(
    state: &Path,
    instance: &str,
    code: &CodeStore,
) -> std::io::Result<node::agent::Config> {
    let mountpoint = state.join("root");
    fs::create_dir_all(&mountpoint)?;
    Ok(node::agent::Config::new(instance, mountpoint, code.directory().to_owned()))
}

struct Link(Node);

impl NodeLink for Link {
    fn command(&self, command: NodeCommand, payload: Option<bytes::Bytes>) {
        self.0.command(command, payload);
    }

    fn attend(&self) -> std::io::Result<Option<Box<dyn Attend>>> {
        Ok(Some(Box::new(Attending(self.0.attend()?))))
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
    fn turn(&mut self) -> std::io::Result<bool> {
        self.0.turn()
    }
}

/// Starts the node beside the server, whose first answers need not wait for it; what is sent back
/// is why it could not be started.
fn start_node(config: node::agent::Config, driver: &Arc<Driver>) -> oneshot::Receiver<String> {
    let (failed, receiver) = oneshot::channel();
    let back = Arc::downgrade(driver);
    std::thread::spawn(move || {
        let reports = Weak::clone(&back);
        let report = Box::new(move |report| {
            if let Some(driver) = reports.upgrade() {
                tell(&driver, report);
            }
        });
        let reports = Weak::clone(&back);
        let report_network = Arc::new(move |report| {
            if let Some(driver) = reports.upgrade() {
                driver.report(report, None);
            }
        });
        let started = Net::start(&config.instance, report_network)
            .map_err(|error| error.to_string())
            .and_then(|network| {
                Node::start(config, Box::new(network), report).map_err(|error| error.to_string())
            });
        match started {
            Ok(node) => {
                if let Some(driver) = back.upgrade() {
                    let link = Arc::new(Link(node));
                    driver.join(Arc::clone(&link) as Arc<dyn NodeLink>);
                    link.0.settle();
                }
            }
            // Nobody listens any more where the server has ended meanwhile.
            Err(error) => drop(failed.send(format!("node cannot be started: {error}"))),
        }
    });
    receiver
}

fn tell(driver: &Driver, report: Report) {
    match report {
        Report::Node(report, payload) => driver.report(report, payload),
        Report::Log(environment, lines) => {
            let lines = lines.into_iter().map(|line| {
                let text = String::from_utf8_lossy(&line.text).into_owned();
                (line.time, text + "\n")
            });
            driver.printed(environment, lines.collect());
        }
    }
}
