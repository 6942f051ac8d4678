//! `warren serve`: the server and its node, until they are told to stop.

mod args;
mod credentials;
mod instance;
mod join;
mod traces;

use std::error::Error;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use engine::cidr::Cidr;
use engine::engine::Config;
use engine::node::Attachment;
use http::Uri;
use node::net::HeardAt;
use node::runtime::client;
use node::{descriptors, memory, program};
use server::code::{CodeError, CodeStore};
use server::driver::{Credentials, Driver};
use server::endpoint::neighbours;
use server::flows::Flows;
use server::http::{Door, Endpoint, Heard, Listening};
use server::iam::{Iam, Rules};
use server::logs::Logs;
use server::output::Sink;
use server::resolver::services::ServiceNames;
use server::resolver::{Place, Resolver};
use server::s3::S3;
use server::sources::Sources;
use server::store::StoreError;
use server::tls::Tls;
use server::tls::authority::{Authority, AuthorityError};
use server::trace::export::Export;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{mpsc, oneshot, watch};

use crate::log;
use crate::runtime::without_sdk;
pub(crate) use args::ServeArgs;
use args::{ServeValueError, s3_endpoint};
use credentials::CredentialsError;
use instance::InstanceError;
use join::{NodeError, Outside, start_node};

/// How long those who wait for an answer are given when the server is told to stop.
const DRAIN: Duration = Duration::from_secs(20);
/// How long the whole may take from then on, whatever is stuck.
const STOP: Duration = Duration::from_secs(45);
/// So few environments at once are told of as a fault of the machine's settings.
const FEW: u64 = 100;
/// When unused code is swept first, and what the start went through is given back: not among the
/// first answers.
const STARTED: Duration = Duration::from_millis(200);
/// How often that is done.
const SWEEP: Duration = Duration::from_secs(60);

/// Why there is no server, or none any more.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ServeError {
    #[error("runtime cannot be started: {0}")]
    Runtime(io::Error),
    #[error(transparent)]
    Value(#[from] ServeValueError),
    #[error(transparent)]
    Traces(#[from] traces::TracesError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Code(#[from] CodeError),
    #[error("state directory {} cannot be used: {error}", path.display())]
    State { path: PathBuf, error: io::Error },
    #[error(transparent)]
    Instance(#[from] InstanceError),
    #[error(
        "sandboxes are made of namespaces and cgroups, which takes root\nhint: sudo warren serve"
    )]
    NotRoot,
    #[error("address {address} cannot be listened at: {error}{}", hint_for(.error, *.address))]
    Listen { address: SocketAddr, error: io::Error },
    #[error(transparent)]
    Credentials(#[from] CredentialsError),
    #[error(
        "signatures are to be verified at {0}, and no key is known\n\
         hint: --credentials FILE, or first an access key of a user (aws iam create-access-key) at 127.0.0.1"
    )]
    NoKey(SocketAddr),
    #[error(transparent)]
    Authority(#[from] AuthorityError),
    #[error("TLS cannot be set up: {0}")]
    Tls(Box<dyn Error + Send + Sync>),
    #[error("signals cannot be heard: {0}")]
    Signals(io::Error),
    #[error("endpoint failed: {0}")]
    Endpoint(Box<dyn Error + Send + Sync>),
    #[error(transparent)]
    Node(#[from] NodeError),
    #[error(
        "limit of open files {limit} leaves room for no environment\n\
         hint: ulimit -n 1024, or LimitNOFILE= of the service; {} for each environment and {} for \
         the server itself",
        descriptors::PER_ENVIRONMENT,
        descriptors::OWN
    )]
    Descriptors { limit: u64 },
}

/// What to do where an address is taken.
fn hint_for(error: &io::Error, address: SocketAddr) -> String {
    let next = SocketAddr::new(address.ip(), address.port().wrapping_add(1));
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!("\nhint: another server listens there, perhaps a warren; --listen {next}")
        }
        io::ErrorKind::AddrNotAvailable => "\nhint: --listen 127.0.0.1:4566".to_owned(),
        _ => String::new(),
    }
}

fn s3(endpoint: Uri) -> S3 {
    let variable = |name, other: &str| std::env::var(name).unwrap_or_else(|_| other.to_owned());
    S3 {
        endpoint,
        access_key: variable("AWS_ACCESS_KEY_ID", "000000000000"),
        secret: variable("AWS_SECRET_ACCESS_KEY", "secret"),
    }
}

/// The store of the option, or the one that the environment names.
fn s3_of(option: Option<Uri>) -> Result<Option<S3>, ServeValueError> {
    let told = || std::env::var("AWS_ENDPOINT_URL_S3").ok().filter(|url| !url.is_empty());
    match option {
        Some(endpoint) => Ok(Some(s3(endpoint))),
        None => told().map(|url| s3_endpoint(&url).map(s3)).transpose(),
    }
}

/// Whether functions of a runtime can be run here, or why not.
fn has_runtime(runtime: &str) -> Result<(), String> {
    match client::find(runtime, 128) {
        Ok(_) => Ok(()),
        Err(missing) => Err(format!("Warren has {}", missing.to_string().replace('\n', "; "))),
    }
}

/// Looks at who starts it, and readies the process.
fn prepare(args: &ServeArgs) -> Result<(), ServeError> {
    if !rustix::process::geteuid().is_root() {
        return Err(ServeError::NotRoot);
    }
    log::start(args.log.clone(), args.log_format);
    raise_descriptors()
}

/// Serves until a signal.
pub(crate) fn run(args: ServeArgs) -> Result<(), ServeError> {
    let began = Instant::now();
    prepare(&args)?;
    let runtime = Runtime::new().map_err(ServeError::Runtime)?;
    let (gate, serves_functions) = (args.gate(), args.serves_functions());
    let config = config(&args);
    let rules = rules(&args)?;
    let verifies = rules.verifies;
    let takes_time = !config.limits.settle.is_zero();
    if verifies && rules.roots.is_empty() && !args.state.exists() {
        return Err(ServeError::NoKey(args.listen));
    }
    let ((remotes, upstreams), s3) = (args.elsewhere()?, s3_of(args.store())?);
    // Before anything is made: of two servers at one address the second leaves nothing.
    let unheard = |error| ServeError::Listen { address: args.listen, error };
    let listener = runtime.block_on(TcpListener::bind(args.listen)).map_err(unheard)?;
    let mut opened = server::store::open(&args.state)?;
    let accounts = std::mem::take(&mut opened.accounts);
    let driver = Driver::open(opened, config)?;
    let store = Arc::clone(driver.store());
    let unusable = |error| ServeError::State { path: args.state.clone(), error };
    let state = args.state.canonicalize().map_err(unusable)?;
    let code = CodeStore::open(&state)?;
    let logs = Logs::open(&state, args.logs_limit)?;
    driver.log_to(Arc::clone(&logs) as Arc<dyn Sink>);
    let iam = Iam::new(accounts, Arc::clone(&store), rules);
    let (neighbours, reach) = neighbours(&state, &driver, &iam, takes_time);
    let sources = Sources::new(remotes, &neighbours, &reach);
    driver.runtimes.check_by(Box::new(has_runtime));
    if verifies && !iam.has_keys() {
        store.close();
        return Err(ServeError::NoKey(args.listen));
    }
    driver.give_credentials(variables(&iam, args.endpoint_url.clone(), serves_functions));
    let claim = instance::claim(&state)?;
    let instance = claim.instance().to_owned();
    let (trusted, tls) = trust(&state, &instance)?;
    let node = join::config(&state, &instance, &code, trusted).map_err(unusable)?;
    let (near, public) = (args.outside_allow, args.public_addresses);
    let (outside, functions, places) = outside(near, public, serves_functions);
    let flows = Flows::new(&driver, &logs, &reach, takes_time);
    let resolver = Resolver::new(&driver, &neighbours, args.resolvers);
    let (node, starting) = start_node(node, claim, outside, (&driver, &flows))?;
    resolver.add_names(ServiceNames::of(&driver));
    let endpoint = Arc::new(Endpoint {
        flows,
        gate,
        driver: Arc::clone(&driver),
        code,
        iam,
        logs: Arc::clone(&logs),
        neighbours: Arc::clone(&neighbours),
        reach,
        s3,
        sources,
        upstreams,
        resolver,
    });
    tell_what_is_there(&state, &instance, &driver);
    trace(&driver, &runtime)?;
    let listening = Listening { public: listener, functions, tls: Some(tls) };
    runtime.spawn(Arc::clone(&endpoint.resolver).serve(places));
    let outcome = runtime.block_on(serve(args.listen, listening, &endpoint, node, began));
    // Those who are being answered are, before the store closes.
    runtime.shutdown_timeout(Duration::from_secs(5));
    drop(endpoint);
    // A node that is still being started would leave what it makes meanwhile; a panic of it was
    // told where it was.
    drop(starting.join());
    neighbours.close();
    drop(neighbours);
    // The node ends with the driver, and all sandboxes with it.
    driver.end(Duration::from_secs(5));
    store.close();
    logs.close();
    outcome
}

/// The file of who functions trust, if it could be written, and what speaks TLS by the installation's own
/// authority.
fn trust(state: &Path, instance: &str) -> Result<(Option<PathBuf>, Tls), ServeError> {
    let authority = Arc::new(Authority::open(state, instance)?);
    let (trusted, root) = (authority.trusted(), authority.root());
    tracing::info!(root = %root.display(), "who trusts this root asks AWS's services by their names");
    Ok((trusted, Tls::by(authority).map_err(|why| ServeError::Tls(why.into()))?))
}

/// What the node has of the outside, with what its sockets are told by: those at which functions ask for
/// AWS's services, and those at which VPCs ask for names.
fn outside(
    allowed: Vec<Cidr>,
    public: Cidr,
    serves_functions: bool,
) -> (Outside, mpsc::UnboundedReceiver<Heard>, mpsc::UnboundedReceiver<Place>) {
    let (asked, functions) = mpsc::unbounded_channel();
    let (told, places) = mpsc::unbounded_channel();
    let listening = serves_functions.then(|| listening(asked.clone()));
    let (services, resolver) = (services(asked), resolving(told));
    (Outside { allowed, public, listening, services, resolver }, functions, places)
}

/// Who is let in, and whether it is judged what they may.
fn rules(args: &ServeArgs) -> Result<Rules, ServeError> {
    let roots = args.credentials.as_deref().map(credentials::read).transpose()?.unwrap_or_default();
    Ok(Rules { enforces: args.enforces_iam(), verifies: args.verifies(), roots })
}

/// What the engine is told of the installation.
fn config(args: &ServeArgs) -> Config {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Config {
        seed: since.as_nanos() as u64 ^ u64::from(std::process::id()) << 48,
        eni_model: args.eni_model(),
        limits: args.limits(),
    }
}

/// Has invocations traced, where somebody collects traces.
fn trace(driver: &Driver, runtime: &Runtime) -> Result<(), ServeError> {
    if let Some(collector) = traces::collector()? {
        let (tracer, export) = Export::to(collector);
        driver.trace_with(tracer);
        runtime.spawn(export.run());
    }
    Ok(())
}

/// Serves until a signal, or until something fails.
async fn serve(
    listen: SocketAddr,
    listening: Listening,
    endpoint: &Arc<Endpoint>,
    node: oneshot::Receiver<Result<(), NodeError>>,
    began: Instant,
) -> Result<(), ServeError> {
    let unheard = |error| ServeError::Listen { address: listen, error };
    let at = listening.public.local_addr().map_err(unheard)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(ServeError::Signals)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(ServeError::Signals)?;
    greet(at, began);
    server::timer::start(Arc::downgrade(&endpoint.driver));
    let (sources, iam) = (Arc::clone(&endpoint.sources), Arc::clone(&endpoint.iam));
    server::sources::start(&endpoint.driver, sources, iam);
    server::destination::start(Arc::downgrade(&endpoint.driver), Arc::clone(&endpoint.reach));
    server::subscriptions::start(&endpoint.logs, Arc::clone(&endpoint.reach));
    server::flows::start(&endpoint.flows);
    endpoint.neighbours.resume();
    tokio::spawn(sweep(Arc::downgrade(endpoint)));
    let (stop, stopped) = watch::channel(false);
    let mut served = pin!(server::http::serve(listening, Arc::clone(endpoint), stopped, DRAIN));
    tokio::select! {
        ended = served.as_mut() => {
            return ended.map_err(|error| ServeError::Endpoint(error.into()));
        }
        error = join::failure(node) => return Err(error.into()),
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    end_whatever_is_stuck();
    endpoint.neighbours.stop_waiting();
    // Only this may tell it, and nobody else needs to hear.
    let _ = stop.send(true);
    let drained = async {
        let drained = tokio::time::timeout(DRAIN, endpoint.driver.drain());
        tokio::join!(served, drained)
    };
    tokio::select! {
        _ = drained => {}
        _ = terminate.recv() => tracing::warn!("told to stop again, without waiting for anybody"),
        _ = interrupt.recv() => tracing::warn!("told to stop again, without waiting for anybody"),
    }
    Ok(())
}

/// Says where the server is and that it is ready, in one piece: some read the first line alone, and
/// tools that wait for LocalStack wait for the second.
fn greet(at: SocketAddr, began: Instant) {
    let took = began.elapsed().as_secs_f64() * 1e3;
    let greeting = format!("warren serves http://{at}, ready in {took:.1} ms\nReady.\n");
    // Whoever started the server need not listen.
    let _ = io::stdout().lock().write_all(greeting.as_bytes());
    // Interpreters are asked for their versions, for which nobody has to wait.
    let looking = std::thread::Builder::new().name("runtimes".into()).spawn(|| {
        if let Some(note) = without_sdk() {
            let _ = io::stdout().lock().write_all(format!("{note}\n").as_bytes());
        }
    });
    if let Err(error) = looking {
        tracing::warn!(%error, "nobody looks which runtimes have an SDK");
    }
}

/// Says what the state directory holds.
fn tell_what_is_there(state: &Path, instance: &str, driver: &Driver) {
    let (functions, subnets, enis) = driver.read(|engine| {
        let functions = engine.all_functions().count();
        (functions, engine.all_subnets().count(), engine.all_enis().count())
    });
    let directory = state.display();
    tracing::info!(%directory, instance, functions, subnets, enis, "state is opened");
}

/// Has the process end in time also where a disk or the kernel keeps it from ending as it should.
fn end_whatever_is_stuck() {
    let watching = std::thread::Builder::new().name("stop".into()).spawn(|| {
        std::thread::sleep(STOP);
        eprintln!("fatal: server did not end within {} seconds", STOP.as_secs());
        std::process::exit(1);
    });
    if let Err(error) = watching {
        tracing::warn!(%error, "nobody watches whether the server ends");
    }
}

/// Removes unused code from time to time, and gives back the program's pages and what is free of its
/// memory: what is used goes on being there.
async fn sweep(endpoint: Weak<Endpoint>) {
    tokio::time::sleep(STARTED).await;
    while let Some(endpoint) = endpoint.upgrade() {
        // What could not be removed is tried again.
        let swept = move || {
            endpoint.sweep();
            memory::give_back();
        };
        if let Err(error) = tokio::task::spawn_blocking(swept).await {
            tracing::error!(%error, "unused code cannot be swept");
        }
        if let Err(error) = program::give_back() {
            tracing::debug!(%error, "pages of the program are not given back");
        }
        tokio::time::sleep(SWEEP).await;
    }
}

/// Has this process open as many files as it may, and tells for how many environments they suffice.
fn raise_descriptors() -> Result<(), ServeError> {
    let limit = match descriptors::raise() {
        Ok(limit) => limit,
        Err(error) => {
            tracing::warn!(%error, "limit of open files is not known");
            return Ok(());
        }
    };
    let environments = descriptors::environments(limit);
    match environments {
        0 => return Err(ServeError::Descriptors { limit }),
        1..FEW => tracing::warn!(
            limit,
            environments,
            "limit of open files is low, and no more environments at once will start; hint: ulimit -n, or \
             LimitNOFILE= of the service"
        ),
        _ => tracing::info!(limit, environments, "environments for which open files suffice"),
    }
    Ok(())
}

/// Hands the place where functions ask for the AWS API to who serves it.
fn listening(asked: mpsc::UnboundedSender<Heard>) -> node::net::Listening {
    // Where nobody receives it the server ends.
    Box::new(move |listener| drop(asked.send(Heard { listener, door: Door::Router })))
}

/// The same for the places where AWS's services are asked for.
fn services(asked: mpsc::UnboundedSender<Heard>) -> node::net::Services {
    Box::new(move |node::net::Heard { listener, is_tls, at }| {
        let door = match at {
            HeardAt::Public => Door::Services { is_tls },
            HeardAt::Gateways(vpc) => Door::Gateways { vpc, is_tls },
            HeardAt::Interface(endpoint) => Door::Interface { endpoint, is_tls },
        };
        drop(asked.send(Heard { listener, door }));
    })
}

/// The variables by which programs are told whom to trust: those of AWS's SDKs, of Node.js and of OpenSSL.
const TRUSTING: [&str; 3] = ["AWS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"];

/// Hands the sockets at which VPCs ask for names to who answers.
fn resolving(told: mpsc::UnboundedSender<Place>) -> node::net::Resolver {
    Box::new(move |news| {
        let place = match news {
            node::net::Resolving::Begins(vpc, node::net::Sockets { udp, tcp }) => {
                Place::Begins { vpc, udp, tcp }
            }
            node::net::Resolving::Ends(vpc) => Place::Ends(vpc),
        };
        // Where nobody receives it the server ends.
        drop(told.send(place));
    })
}

/// The variables by which an AWS SDK in a function finds this server, and what it signs with. In a
/// VPC services are asked by their names, as far as the VPC lets that happen, and whoever answers there
/// is to be trusted.
fn variables(
    iam: &Arc<Iam>,
    endpoint_url: Option<String>,
    serves_functions: bool,
) -> Box<Credentials> {
    let iam = Arc::clone(iam);
    let own = serves_functions.then(|| format!("http://{}", node::net::ENDPOINT));
    Box::new(move |spec, role| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let now = i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
        let made = iam.variables(spec, role, now);
        let mut variables = made.map(|(name, value)| (name.to_owned(), value)).to_vec();
        let is_outside = matches!(spec.attachment, Attachment::Outside);
        let url = endpoint_url.as_ref().or(own.as_ref().filter(|_| is_outside)).cloned();
        let trusts = serves_functions && !is_outside;
        variables.extend(url.map(|url| ("AWS_ENDPOINT_URL".to_owned(), url)));
        let trusted = TRUSTING.iter().filter(|_| trusts);
        variables
            .extend(trusted.map(|name| ((*name).to_owned(), node::runtime::TRUSTED.to_owned())));
        variables
    })
}
