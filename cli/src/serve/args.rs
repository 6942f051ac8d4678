//! The options of `warren serve`.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use clap::ValueEnum;
use engine::cidr::Cidr;
use engine::limits::{KeepAlive, Limits};
use engine::network::service::FEWEST;
use engine::record::function::EniModel;
use http::Uri;
use node::net::ENDPOINT;
use server::gate::Gate;
use server::sources::remote::{Keys, Remotes};
use server::upstream::Upstreams;
use tracing_subscriber::filter::Targets;
use wire::arn::Arn;

use crate::log::{self, Format};
use crate::serve::credentials::{self, CredentialsError};
use crate::value::{self, ValueError};

/// 20 minutes, by which AWS promises to have deleted an unused ENI.
/// How long AWS takes for a function's creation or update.
const AWS_SETTLE: Duration = Duration::from_millis(1500);
const AWS_ENI_RELEASE: Duration = Duration::from_secs(20 * 60);

/// The words of `warren serve`; of an option that is given twice, the last one counts.
#[derive(Debug, clap::Args)]
#[command(args_override_self = true)]
pub(crate) struct ServeArgs {
    /// Where to serve the AWS API; beyond loopback, signatures are verified
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4566",
          value_parser = value::address)]
    pub(super) listen: SocketAddr,
    /// Verify signatures on loopback, too: of keys of IAM users, of their sessions, and of --credentials
    #[arg(long)]
    verify_signatures: bool,
    /// Keys of accounts' roots, as in ~/.aws/credentials: [NAME], aws_access_key_id,
    /// aws_secret_access_key and aws_account_id (default 000000000000)
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(super) credentials: Option<PathBuf>,
    /// A host name under which requests are taken, beside localhost and addresses of loopback
    #[arg(long, value_name = "NAME", value_parser = host_name)]
    host_name: Vec<String>,
    /// Where to keep what must survive
    #[arg(long, value_name = "DIRECTORY", default_value = "warren-state",
          value_hint = clap::ValueHint::DirPath)]
    pub(super) state: PathBuf,
    /// Whether functions share ENIs, or each environment has one
    #[arg(long, value_name = "MODEL", value_enum, default_value = "hyperplane")]
    eni_model: Model,
    /// Take as long as AWS does to release ENIs and to update functions, to rehearse deployments
    #[arg(long)]
    aws_timing: bool,
    /// How long an environment may stay idle (default 300)
    #[arg(long, value_name = "SECONDS", value_parser = value::seconds,
          allow_negative_numbers = true, conflicts_with = "keep_alive")]
    idle_timeout: Option<Duration>,
    /// The same (5m), or hybrid: by the idle times of each function, or greedy-dual:8GB: until
    /// others need the memory
    #[arg(long, value_name = "POLICY", value_parser = value::keep_alive)]
    keep_alive: Option<KeepAlive>,
    /// Seconds before the two retries of an asynchronous event (default 60,120)
    #[arg(long, value_name = "A,B", value_parser = delays, allow_negative_numbers = true)]
    retry_delays: Option<[Duration; 2]>,
    /// Concurrent executions of an account in a region (default 1000)
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true,
          value_parser = value::whole::<u32>("--concurrency", 1..=u32::MAX))]
    concurrency: Option<u32>,
    /// ENIs of an account in a region (default 5000)
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true,
          value_parser = value::whole::<u32>("--network-interfaces", 1..=u32::MAX))]
    network_interfaces: Option<u32>,
    /// Whether callers and functions' roles may do what their policies allow alone
    #[arg(long, value_name = "MODE", value_enum, default_value = "off")]
    iam: IamMode,
    /// S3-compatible store to fetch code from (default $AWS_ENDPOINT_URL_S3)
    #[arg(long, value_name = "URL", value_parser = s3_endpoint)]
    s3: Option<Uri>,
    /// Where a service is: requests for it are passed on there, and event sources of it are there;
    /// may be repeated
    #[arg(long = "endpoint", value_name = "SERVICE=URL", value_parser = service_endpoint)]
    endpoints: Vec<(String, Uri)>,
    /// Where requests go for all services that Warren has not
    #[arg(long, value_name = "URL", value_parser = upstream)]
    upstream: Option<Uri>,
    /// The key that requests are signed with for --endpoint and --upstream, as in ~/.aws/credentials
    /// (default: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    upstream_credentials: Option<PathBuf>,
    /// Where a cluster of Amazon MSK is that event sources are topics of, by its ARN; may be repeated
    #[arg(long = "msk", value_name = "ARN=HOST:PORT,...", value_parser = cluster)]
    clusters: Vec<(String, Vec<String>)>,
    /// Size that logs may have; the oldest go first, and half of the disk is left to others
    #[arg(long, value_name = "SIZE", default_value = "1GB", value_parser = value::size)]
    pub(super) logs_limit: u64,
    /// What functions are told to reach the AWS API at (default: those without a VPC this server)
    #[arg(long, value_name = "URL", value_parser = value::url)]
    pub(super) endpoint_url: Option<String>,
    /// Whether functions are told where the AWS API is
    #[arg(
        long,
        value_name = "MODE",
        value_enum,
        default_value = "on",
        conflicts_with = "endpoint_url"
    )]
    endpoint_injection: Injection,
    /// A private network, or addresses of this host, that functions without a VPC reach beside the
    /// internet; may be repeated
    #[arg(long, value_name = "CIDR", value_parser = block)]
    pub(super) outside_allow: Vec<Cidr>,
    /// Addresses that stand for the internet's: Elastic IPs are of these, and reached from this host
    #[arg(long, value_name = "CIDR", value_parser = public_block, default_value = "198.18.0.0/15")]
    pub(super) public_addresses: Cidr,
    /// A server that is asked for names which are not known here, in the place of those of the host's
    /// /etc/resolv.conf; may be repeated
    #[arg(long = "resolver", value_name = "ADDRESS:PORT", value_parser = resolver)]
    pub(super) resolvers: Vec<SocketAddr>,
    /// What is told on standard error: error, warn, info, debug or trace; of parts: warn,node=debug
    #[arg(long, value_name = "LEVEL", default_value = "warn", value_parser = log::levels)]
    pub(super) log: Targets,
    /// How it is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "text")]
    pub(super) log_format: Format,
}

/// How environments get ENIs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Model {
    /// Functions share ENIs
    Hyperplane,
    /// One for each environment
    Classic,
}

/// Whether functions have AWS_ENDPOINT_URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Injection {
    /// As --endpoint-url says, or else where functions without a VPC reach this server
    On,
    /// They have what they bring themselves
    Off,
}

/// What callers and roles are held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum IamMode {
    /// To their policies, as on AWS; the root of an account to nothing
    Enforce,
    /// To nothing: everybody may everything, and every role can be assumed
    Off,
}

/// A value that only `serve` takes, and that is not understood.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ServeValueError {
    #[error(transparent)]
    Value(#[from] ValueError),
    #[error("delays {0} are not two\nhint: for instance 60,120")]
    NotTwo(String),
    #[error("S3 endpoint {0} is not one\nhint: for instance http://127.0.0.1:9000")]
    S3(String),
    #[error("endpoint {0} is not one\nhint: for instance sqs=http://127.0.0.1:9324")]
    Endpoint(String),
    #[error(
        "service {0} cannot be elsewhere: Warren's functions need its own\nhint: --endpoint sqs=URL"
    )]
    Service(String),
    #[error(
        "service {0} is none of AWS's\n\
         hint: by the name that its requests are signed for, such as sqs, kms or states; --upstream URL has \
         all that Warren has not"
    )]
    NoService(String),
    #[error(
        "upstream {0} is not a URL\nhint: for instance https://aws.example or http://127.0.0.1:5000"
    )]
    Upstream(String),
    #[error(
        "cluster {0} is not one\nhint: for instance \
         arn:aws:kafka:us-east-1:000000000000:cluster/c/0123=127.0.0.1:9092"
    )]
    Cluster(String),
    #[error("network {0} is not one\nhint: for instance 192.168.1.0/24")]
    Block(String),
    #[error(
        "network {0} has too few addresses\nhint: 16 at least, of which AWS's services have some"
    )]
    FewAddresses(String),
    #[error("server of names {0} is none\nhint: for instance 127.0.0.1:5353")]
    Resolver(String),
    #[error("host name {0:?} is not one\nhint: for instance warren.example, without a port")]
    HostName(String),
}

fn delays(text: &str) -> Result<[Duration; 2], ServeValueError> {
    let two = text.split_once(',').ok_or_else(|| ServeValueError::NotTwo(text.to_owned()))?;
    Ok([value::seconds(two.0)?, value::seconds(two.1)?])
}

/// A block of IPv4 addresses; one with bits beyond its prefix may be meant otherwise.
fn block(text: &str) -> Result<Cidr, ServeValueError> {
    let block: Option<Cidr> = text.parse().ok().filter(|block: &Cidr| block.to_string() == text);
    block.ok_or_else(|| ServeValueError::Block(text.to_owned()))
}

/// A block of public addresses, of which AWS's services have some.
fn public_block(text: &str) -> Result<Cidr, ServeValueError> {
    let block = block(text)?;
    match block.size() < FEWEST {
        true => Err(ServeValueError::FewAddresses(text.to_owned())),
        false => Ok(block),
    }
}

/// Where a server of names is; at the usual port where none is said.
fn resolver(text: &str) -> Result<SocketAddr, ServeValueError> {
    let plain = || text.parse().ok().map(|address: IpAddr| SocketAddr::new(address, 53));
    let found = text.parse().ok().or_else(plain);
    found.ok_or_else(|| ServeValueError::Resolver(text.to_owned()))
}

/// A name without a port, or an address.
fn host_name(text: &str) -> Result<String, ServeValueError> {
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:[]".contains(&byte);
    let has_port = !text.starts_with('[') && text.matches(':').count() == 1;
    match !text.is_empty() && text.bytes().all(is_of_name) && !has_port {
        true => Ok(text.to_owned()),
        false => Err(ServeValueError::HostName(text.to_owned())),
    }
}

/// The URL of a store, of the option or the environment.
pub(super) fn s3_endpoint(text: &str) -> Result<Uri, ServeValueError> {
    value::http_or_https(text).ok_or_else(|| ServeValueError::S3(text.to_owned()))
}

/// The services without which there are no functions.
const OWN: [&str; 5] = ["ec2", "iam", "lambda", "logs", "sts"];

/// The names that requests to AWS's services are signed for, one a line; botocore has them.
const SIGNED_FOR: &str = include_str!("services.txt");

/// Whether there is a service of a name: one that is mistyped would have all that is meant for it be
/// answered here.
fn is_service(name: &str) -> bool {
    wire::SERVICES.into_iter().any(|it| it.name == name) || SIGNED_FOR.lines().any(|it| it == name)
}

/// A service and its URL.
fn service_endpoint(text: &str) -> Result<(String, Uri), ServeValueError> {
    let bad = || ServeValueError::Endpoint(text.to_owned());
    let (service, url) = text.split_once('=').ok_or_else(bad)?;
    let url = value::http_or_https(url).ok_or_else(bad)?;
    match is_service(service) {
        true if !OWN.contains(&service) => Ok((service.to_owned(), url)),
        true => Err(ServeValueError::Service(service.to_owned())),
        false => Err(ServeValueError::NoService(service.to_owned())),
    }
}

/// Where all goes that is not served here.
fn upstream(text: &str) -> Result<Uri, ServeValueError> {
    value::http_or_https(text).ok_or_else(|| ServeValueError::Upstream(text.to_owned()))
}

/// The key that the environment has, if it has one.
fn keys_of_environment() -> Option<Keys> {
    let variable = |name| std::env::var(name).ok().filter(|value: &String| !value.is_empty());
    Some(Keys {
        access_key: variable("AWS_ACCESS_KEY_ID")?,
        secret: variable("AWS_SECRET_ACCESS_KEY")?,
        token: variable("AWS_SESSION_TOKEN"),
    })
}

/// A cluster's ARN, and where its brokers are.
fn cluster(text: &str) -> Result<(String, Vec<String>), ServeValueError> {
    let bad = || ServeValueError::Cluster(text.to_owned());
    let (name, servers) = text.split_once('=').ok_or_else(bad)?;
    let arn = Arn::parse(name).ok_or_else(bad)?;
    let is_place = |server: &str| {
        let place = server.rsplit_once(':');
        place.is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok())
    };
    let servers: Vec<String> = servers.split(',').map(str::to_owned).collect();
    let is_cluster = arn.service == "kafka" && arn.resource.starts_with("cluster/");
    match is_cluster && servers.iter().all(|server| is_place(server)) {
        true => Ok((name.to_owned(), servers)),
        false => Err(bad()),
    }
}

impl ServeArgs {
    /// The services that are elsewhere, as pollers ask them and as requests are passed on to them.
    ///
    /// # Errors
    /// When the file of the key is of no use.
    pub(super) fn elsewhere(&self) -> Result<(Remotes, Upstreams), CredentialsError> {
        let keys = match &self.upstream_credentials {
            Some(file) => Some(credentials::key_for_upstream(file)?),
            None => keys_of_environment(),
        };
        let own =
            || Keys { access_key: "000000000000".into(), secret: "secret".into(), token: None };
        let endpoints = || self.endpoints.iter().cloned();
        let remotes = Remotes::new(endpoints(), &keys.clone().unwrap_or_else(own))
            .with_clusters(self.clusters.iter().cloned());
        Ok((remotes, Upstreams::new(endpoints(), self.upstream.clone(), keys.as_ref())))
    }

    /// Where code is fetched from, if that is said.
    pub(super) fn store(&self) -> Option<Uri> {
        let mut endpoints = self.endpoints.iter().rev();
        let elsewhere = || endpoints.find(|(name, _)| name == "s3").map(|(_, uri)| uri.clone());
        self.s3.clone().or_else(elsewhere)
    }

    pub(super) fn eni_model(&self) -> EniModel {
        match self.eni_model {
            Model::Hyperplane => EniModel::Hyperplane,
            Model::Classic => EniModel::Classic,
        }
    }

    /// Whether functions without a VPC are served at their router, and told so.
    pub(super) fn serves_functions(&self) -> bool {
        self.endpoint_injection == Injection::On && self.endpoint_url.is_none()
    }

    /// What is let in: also what functions are told to ask for.
    pub(super) fn gate(&self) -> Gate {
        let told = self.endpoint_url.as_deref().and_then(|url| url.parse::<Uri>().ok());
        let told = told.and_then(|url| url.host().map(str::to_owned));
        let own = self.serves_functions().then(|| ENDPOINT.ip().to_string());
        let gate = Gate::for_hosts(self.host_name.iter().cloned().chain(told).chain(own));
        if self.listen.ip().is_loopback() { gate } else { gate.with_any_address() }
    }

    /// Whether requests must be signed with a key that is known.
    pub(super) fn verifies(&self) -> bool {
        self.verify_signatures || !self.listen.ip().is_loopback()
    }

    pub(super) fn enforces_iam(&self) -> bool {
        self.iam == IamMode::Enforce
    }

    /// Quotas and times, as AWS has them where nothing else is asked for.
    pub(crate) fn limits(&self) -> Limits {
        let mut limits = Limits::default();
        if self.aws_timing {
            limits.eni_release = AWS_ENI_RELEASE;
            limits.settle = AWS_SETTLE;
        }
        let idle = self.idle_timeout.map(KeepAlive::Fixed);
        limits.keep_alive = self.keep_alive.or(idle).unwrap_or(limits.keep_alive);
        limits.retry_waits = self.retry_delays.unwrap_or(limits.retry_waits);
        limits.public_addresses = self.public_addresses;
        limits.concurrency = self.concurrency.unwrap_or(limits.concurrency);
        limits.enis_per_scope = self.network_interfaces.unwrap_or(limits.enis_per_scope);
        limits
    }
}
