//! A server in this process: the real driver, store and operations, with a node that is made up.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use engine::engine::Config;
use engine::id::{EnvironmentId, PayloadId};
use engine::limits::Limits;
use engine::node::{Delivery, NodeCommand, NodeReport, Outcome, Stages};
use engine::record::function::EniModel;
use http::request::Parts;
use http::{Request, Response};
use serde_json::{Value, json};

use crate::answer::{Arrived, answer};
use crate::code::CodeStore;
use crate::destination;
use crate::driver::Driver;
use crate::endpoint::neighbours;
use crate::flows::Flows;
use crate::gate::Gate;
use crate::http::Endpoint;
use crate::iam::{Iam, Rules};
use crate::logs::Logs;
use crate::node_link::NodeLink;
use crate::output::Sink;
use crate::resolver::Resolver;
use crate::sources::Sources;
use crate::sources::remote::Remotes;
use crate::store::fault::{Faults, FaultyStore};
use crate::timer;
use crate::upstream::Upstreams;
use crate::way::Way;
use crate::web::place::Place;

/// A node that does everything at once and well: ENIs and environments are ready as soon as they are
/// asked for, and functions answer with their event.
struct Obliging(Mutex<Sender<(NodeCommand, Option<Bytes>)>>);

impl NodeLink for Obliging {
    fn command(&self, command: NodeCommand, payload: Option<Bytes>) {
        let sender = self.0.lock().expect("whole");
        // The thread ends with the driver, to which nothing is to be reported then.
        drop(sender.send((command, payload)));
    }
}

/// What it reports of commands, from a thread of its own: a command is taken under the engine's lock.
fn oblige(driver: &std::sync::Weak<Driver>, commands: &Receiver<(NodeCommand, Option<Bytes>)>) {
    let payloads = AtomicU64::new(1 << 63);
    for (command, payload) in commands {
        let Some(driver) = driver.upgrade() else { return };
        match command {
            NodeCommand::PutEni(plan) => driver.report(NodeReport::EniReady(plan.eni), None),
            NodeCommand::PutResource { resource, .. } => {
                let path = format!("/run/{resource}");
                driver.report(NodeReport::ResourceReady(resource, path), None);
            }
            NodeCommand::Plan(plan) => {
                let report = NodeReport::PlanInForce { vpc: plan.vpc, generation: plan.generation };
                driver.report(report, None);
            }
            NodeCommand::Start(spec) => ready(&driver, spec.environment),
            NodeCommand::Deliver(delivery) => {
                let id = PayloadId(payloads.fetch_add(1, Ordering::Relaxed));
                finished(&driver, &delivery, id, payload.unwrap_or_default());
            }
            NodeCommand::Reset(environment) => driver.report(NodeReport::Reset(environment), None),
            NodeCommand::Stop(environment) => driver.report(NodeReport::Gone(environment), None),
            _ => {}
        }
    }
}

fn ready(driver: &Driver, environment: EnvironmentId) {
    driver.report(NodeReport::Ready { environment, stages: Stages::default() }, None);
}

/// The event that functions fail with.
pub(super) const FAIL: &str = "\"fail\"";

fn finished(driver: &Driver, delivery: &Delivery, payload: PayloadId, event: Bytes) {
    let outcome = match &*event == FAIL.as_bytes() {
        true => Outcome::Error { payload, length: event.len() },
        false => Outcome::Response { payload, length: event.len() },
    };
    let report = NodeReport::Finished {
        environment: delivery.environment,
        request: delivery.request,
        outcome,
        memory_peak: 32 << 20,
        duration: Duration::from_millis(1),
        asks: true,
    };
    driver.report(report, Some(event));
}

/// What a server is started with.
#[derive(Default)]
pub(super) struct Setup {
    /// How its store fails.
    pub(super) faults: Faults,
    /// Whether there is no node: ENIs and environments that are asked for never come.
    pub(super) is_alone: bool,
    /// What callers and roles are held to.
    pub(super) rules: Rules,
    /// How long functions take to be made and updated.
    pub(super) settle: Duration,
}

/// A server on a state directory of its own, which goes with it.
pub(super) struct Server {
    pub(super) endpoint: Arc<Endpoint>,
    state: PathBuf,
}

/// What was answered.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) status: u16,
    /// The code of an error, where the protocol has it in a header.
    pub(super) code: Option<String>,
    pub(super) text: String,
}

impl Server {
    /// Starts one; within a Tokio runtime, which its timer needs.
    pub(super) fn start() -> Server {
        Server::start_with(Setup::default())
    }

    /// Starts one that is not as others.
    pub(super) fn start_with(setup: Setup) -> Server {
        let Setup { faults, is_alone, rules, settle } = setup;
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let name = format!("warren-server-{}-{number}", std::process::id());
        let state = std::env::temp_dir().join(name);
        let mut opened = crate::store::open(&state).expect("opened");
        let accounts = std::mem::take(&mut opened.accounts);
        opened.store = Box::new(FaultyStore { inner: opened.store, faults });
        let limits = Limits { vpcs_per_scope: 20, settle, ..Limits::default() };
        let config = Config { seed: 7, eni_model: EniModel::Hyperplane, limits };
        let driver = Driver::open(opened, config).expect("resumed");
        let code = CodeStore::open(&state).expect("opened");
        let logs = Logs::open(&state, 1 << 30).expect("opened");
        driver.log_to(Arc::clone(&logs) as Arc<dyn Sink>);
        let iam = Iam::new(accounts, Arc::clone(driver.store()), rules);
        if !is_alone {
            let (sender, commands) = channel();
            let back = Arc::downgrade(&driver);
            std::thread::spawn(move || oblige(&back, &commands));
            driver.join(Arc::new(Obliging(Mutex::new(sender))));
        }
        timer::start(Arc::downgrade(&driver));
        let gate = Gate::for_hosts(["served.example".to_owned()]);
        let (neighbours, reach) = neighbours(&state, &driver, &iam, !settle.is_zero());
        destination::start(Arc::downgrade(&driver), Arc::clone(&reach));
        let sources = Sources::new(Remotes::default(), &neighbours, &reach);
        let flows = Flows::new(&driver, &logs, &reach, false);
        let resolver = Resolver::new(&driver, &neighbours, Vec::new());
        let endpoint = Endpoint {
            flows,
            gate,
            driver,
            code,
            iam,
            logs,
            neighbours,
            reach,
            s3: None,
            sources,
            upstreams: Upstreams::default(),
            resolver,
        };
        Server { endpoint: Arc::new(endpoint), state }
    }

    pub(super) async fn ask(&self, request: Request<String>) -> Answered {
        let response = self.respond(request).await;
        let text = String::from_utf8_lossy(response.body()).into_owned();
        let code = response.headers().get("x-amzn-errortype");
        let code = code.map(|code| String::from_utf8_lossy(code.as_bytes()).into_owned());
        Answered { status: response.status().as_u16(), code, text }
    }

    /// The whole answer to a request.
    pub(super) async fn respond(&self, request: Request<String>) -> Response<Bytes> {
        let (mut parts, body) = request.into_parts();
        let host = http::HeaderValue::from_static("localhost");
        parts.headers.entry("host").or_insert(host);
        let place = self.endpoint.gate.place(&parts.headers);
        match self.endpoint.gate.check(&parts, place.as_ref(), false) {
            Ok(()) => self.let_in(parts, place, body).await,
            Err(refusal) => refusal.render(),
        }
    }

    async fn let_in(&self, parts: Parts, place: Option<Place>, body: String) -> Response<Bytes> {
        static ASKED: AtomicU64 = AtomicU64::new(0);
        let number = ASKED.fetch_add(1, Ordering::Relaxed);
        let id = format!("00000000-0000-4000-8000-{number:012x}");
        let peer = std::net::Ipv4Addr::LOCALHOST.into();
        let (body, verifies) = (body.into(), self.endpoint.iam.verifies());
        let way = Way::default();
        let arrived =
            Arrived { id, peer, way, parts, place, body, s3: None, events: None, verifies };
        answer(&self.endpoint, &arrived).await
    }

    /// Asks from an address; the status of the answer.
    pub(super) async fn ask_from(&self, peer: std::net::IpAddr, parts: Parts) -> u16 {
        let (id, verifies) = ("r".to_owned(), self.endpoint.iam.verifies());
        let place = self.endpoint.gate.place(&parts.headers);
        let arrived = Arrived {
            id,
            peer,
            way: Way::default(),
            parts,
            place,
            body: Bytes::new(),
            s3: None,
            events: None,
            verifies,
        };
        answer(&self.endpoint, &arrived).await.status().as_u16()
    }

    /// Asks EC2; `query` is `Action=…` and what follows.
    pub(super) async fn ec2(&self, query: &str) -> Answered {
        let request = Request::post("/")
            .header("authorization", signed_for("ec2"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("Version=2016-11-15&{query}"));
        self.ask(request.expect("a request")).await
    }

    /// Asks EC2 for what is granted; the text of the first element of this name.
    pub(super) async fn ec2_element(&self, query: &str, name: &str) -> String {
        let answered = self.ec2(query).await;
        assert_eq!(answered.status, 200, "{query}: {}", answered.text);
        let element = answered.text.split_once(&format!("<{name}>"));
        let (_, rest) = element.unwrap_or_else(|| panic!("{name} in {}", answered.text));
        rest.split_once("</").expect("well formed").0.to_owned()
    }

    /// Asks Lambda; `what` is a method and a path below `/2015-03-31/`.
    pub(super) async fn lambda(&self, what: &str, body: &Value) -> Answered {
        let (method, path) = what.split_once(' ').expect("a method and a path");
        let path = match path.strip_prefix('/') {
            Some(_) => path.to_owned(),
            None => format!("/2015-03-31/{path}"),
        };
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let request = Request::builder().method(method).uri(path);
        let request = request.header("authorization", signed_for("lambda")).body(body);
        self.ask(request.expect("a request")).await
    }

    /// Makes a function and waits until it is active.
    pub(super) async fn create_function(&self, body: &Value) {
        let created = self.lambda("POST functions", body).await;
        assert_eq!(created.status, 201, "{}", created.text);
        let path = format!("GET functions/{}", body["FunctionName"].as_str().expect("a name"));
        for _ in 0..1000 {
            if self.lambda(&path, &Value::Null).await.text.contains("\"State\":\"Active\"") {
                return;
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        panic!("function is not active: {}", self.lambda(&path, &Value::Null).await.text);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.endpoint.driver.store().close();
        self.endpoint.logs.close();
        self.endpoint.neighbours.close();
        // Another try is the next run's.
        drop(std::fs::remove_dir_all(&self.state));
    }
}

/// What says that somebody sends a request to a service.
pub(super) fn signed_for(service: &str) -> String {
    format!(
        "AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/{service}/aws4_request, \
         SignedHeaders=host, Signature=0"
    )
}

/// An empty package, as base64.
pub(super) fn package() -> String {
    use base64::Engine as _;
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut archive = zip::ZipWriter::new(&mut bytes);
    archive.start_file("bootstrap", zip::write::SimpleFileOptions::default()).expect("begun");
    archive.finish().expect("written");
    base64::engine::general_purpose::STANDARD.encode(bytes.into_inner())
}

/// What a function is made of.
pub(super) fn function(name: &str) -> Value {
    json!({
        "FunctionName": name,
        "Runtime": "provided.al2023",
        "Handler": "x",
        "Role": "arn:aws:iam::000000000000:role/r",
        "Code": {"ZipFile": package()},
    })
}

/// Replaces the names in braces.
pub(super) fn fill(text: &str, names: &[(&str, &str)]) -> String {
    names
        .iter()
        .fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}
