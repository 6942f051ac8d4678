//! Resources in subnets over HTTP: made, listed and removed.

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddrV4};

use engine::engine::Engine;
use engine::id::{ResourceId, SubnetId};
use engine::network::{eni, resource};
use engine::node::Failure;
use engine::record::resource::{ExposedPort, Resource, ResourceKind};
use engine::scope::Scope;
use serde::{Deserialize, Serialize};

use super::process::{self, Process};
use super::word;
use crate::driver::{Driver, NotMade, Refused};

/// A resource to be made: a process when there are no ports.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewResource {
    /// Its name, unique in the scope.
    pub name: String,
    /// The subnet's id.
    pub subnet: String,
    /// Ids of security groups; none is the VPC's default group.
    #[serde(default)]
    pub groups: Vec<String>,
    /// The words of the process's command, for people.
    #[serde(default)]
    pub command: Vec<String>,
    /// Ports at its address, and where on the host they lead.
    #[serde(default)]
    pub ports: Vec<Port>,
    /// The name that resolves to its address in VPCs.
    #[serde(default)]
    pub dns_name: Option<String>,
}

/// An exposed port.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Port {
    /// The port at the ENI's address.
    pub port: u16,
    /// Where it leads on the host, for instance `127.0.0.1:5432`.
    pub target: SocketAddrV4,
}

/// What runs at the address of a process from now on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewCommand {
    /// The words of its command, for people.
    pub command: Vec<String>,
}

/// A resource that is there.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ResourceRow {
    /// Its id.
    pub resource: String,
    /// Its name.
    pub name: String,
    /// `process`, `exposed`, or `mapping`: an event source mapping reaches its source by it.
    pub kind: String,
    /// Its ENI.
    pub eni: String,
    /// The ENI's address.
    pub address: Ipv4Addr,
    /// The ENI's public address, if it has one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub public: Option<Ipv4Addr>,
    /// The ENI's subnet.
    pub subnet: String,
    /// Its security groups.
    pub groups: Vec<String>,
    /// The words of the command that was attached last.
    pub command: Vec<String>,
    /// What runs at its address at present; of a process only, and only where it is listed.
    #[serde(default)]
    pub running: Vec<Process>,
    /// Its ports.
    pub ports: Vec<Port>,
    /// The name that resolves to its address in VPCs.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub dns_name: Option<String>,
    /// When it was made, in milliseconds of the Unix epoch.
    pub created: u64,
    /// The path of its network namespace, once it is there.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub namespace: Option<String>,
}

/// All resources of a scope, with what runs in them.
pub(crate) async fn list(driver: &Driver, scope: Scope) -> Vec<ResourceRow> {
    let mut rows: Vec<ResourceRow> = driver.read(|engine| {
        engine.resources(&scope).filter_map(|resource| row(engine, resource)).collect()
    });
    let of_process = rows.iter().map(|row| row.namespace.clone().filter(|_| row.kind == "process"));
    let paths: Vec<Option<String>> = of_process.collect();
    let running = tokio::task::spawn_blocking(move || process::running(&paths)).await;
    for (row, running) in rows.iter_mut().zip(running.unwrap_or_default()) {
        row.running = running;
    }
    rows
}

fn row(engine: &Engine, resource: &Resource) -> Option<ResourceRow> {
    let eni = engine.eni(&resource.scope, resource.eni).ok()?;
    let (kind, command, ports) = match &resource.kind {
        ResourceKind::Process(words) => ("process", words.clone(), Vec::new()),
        ResourceKind::Mapping(mapping) => ("mapping", vec![mapping.to_string()], Vec::new()),
        ResourceKind::Endpoint(endpoint) => ("endpoint", vec![endpoint.to_string()], Vec::new()),
        ResourceKind::Exposed(ports) => {
            let ports = ports.iter().map(|port| Port { port: port.port, target: port.target });
            ("exposed", Vec::new(), ports.collect())
        }
    };
    Some(ResourceRow {
        resource: resource.id.to_string(),
        name: resource.name.clone(),
        kind: kind.into(),
        eni: eni.id.to_string(),
        address: eni.address,
        public: engine.public_of(eni.id).map(|ip| ip.address),
        subnet: eni.subnet.to_string(),
        groups: eni.groups.iter().map(ToString::to_string).collect(),
        command,
        running: Vec::new(),
        ports,
        dns_name: resource.dns_name.clone(),
        created: resource.created.millis(),
        namespace: engine.namespace(resource.id).map(str::to_owned),
    })
}

/// Why a resource is not made or removed, for people.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ResourceError {
    #[error("name {0:?} is not one\nhint: up to 64 letters, digits, - _ and .")]
    Name(String),
    #[error("name {0} means {1} to warren reach and warren explain\nhint: choose another")]
    Meant(String, &'static str),
    #[error(
        "DNS name {0:?} is not one\n\
         hint: with a dot at the least, for instance orders.abc123.us-east-1.rds.amazonaws.com"
    )]
    DnsName(String),
    #[error("port {0} is not one\nhint: from 1 to 65535")]
    Port(u16),
    #[error("port {0} is exposed twice\nhint: a port of the address leads to one place")]
    PortTwice(u16),
    #[error("{what} {id} is not an id\nhint: aws ec2 describe-{}s", what.replace(' ', "-"))]
    Id { what: &'static str, id: String },
    #[error("resource {0} was removed")]
    Removed(String),
    #[error("resource cannot be made: {0}")]
    Failed(Failure),
    #[error("resource {0} does not exist\nhint: warren resources")]
    NoSuch(String),
    #[error("resource {0} exposes ports, and runs no command")]
    NoProcess(String),
    #[error("resource {0} is an ENI of event source mapping {1}, and goes with that")]
    OfMapping(String, String),
    #[error("resource {0} is an ENI of VPC endpoint {1}, and goes with that")]
    OfEndpoint(String, String),
    #[error("resource {0} exists already\nhint: warren resources remove {0}")]
    NameTaken(String),
    #[error("{}", without_eni(.0))]
    Eni(eni::Refusal),
    #[error(
        "subnet {0} gives public addresses, of which none is free\nhint: serve --public-addresses"
    )]
    NoPublicAddress(SubnetId),
    #[error("server is shutting down")]
    Draining,
    #[error("{0}")]
    Unavailable(String),
}

/// Makes a resource.
///
/// # Errors
/// What is wrong with it, for people.
pub(crate) async fn create(
    driver: &Driver,
    scope: Scope,
    new: NewResource,
) -> Result<ResourceRow, ResourceError> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    if new.name.is_empty() || new.name.len() > 64 || !new.name.bytes().all(plain) {
        return Err(ResourceError::Name(new.name));
    }
    if let Some(meaning) = word::meaning(&new.name, &scope.region) {
        return Err(ResourceError::Meant(new.name, meaning));
    }
    let dns_name = new.dns_name.map(dns_name).transpose()?;
    let bad = |what, id: &str| ResourceError::Id { what, id: id.to_owned() };
    let subnet = new.subnet.parse().map_err(|_| bad("subnet", &new.subnet))?;
    let groups = new
        .groups
        .iter()
        .map(|id| id.parse().map_err(|_| bad("security group", id)))
        .collect::<Result<_, _>>()?;
    let kind = if new.ports.is_empty() {
        ResourceKind::Process(new.command)
    } else {
        ResourceKind::Exposed(exposed(&new.ports)?)
    };
    let name = new.name;
    let question =
        |caller| resource::Create { caller, scope, name, subnet, groups, kind, dns_name };
    match driver.make_resource(question).await {
        Ok(resource) => {
            let made = driver.read(|engine| row(engine, &resource));
            made.ok_or_else(|| ResourceError::Removed(resource.name.clone()))
        }
        Err(NotMade::Failed(failure)) => Err(ResourceError::Failed(failure)),
        Err(NotMade::Refused(refused)) => Err(refused.into()),
    }
}

/// Ports of one address, each of which is listened at once.
fn exposed(ports: &[Port]) -> Result<Vec<ExposedPort>, ResourceError> {
    let mut known = BTreeSet::new();
    let one = |each: &Port| match each.port {
        0 => Err(ResourceError::Port(0)),
        _ if each.target.port() == 0 => Err(ResourceError::Port(0)),
        port if !known.insert(port) => Err(ResourceError::PortTwice(port)),
        port => Ok(ExposedPort { port, target: each.target }),
    };
    ports.iter().map(one).collect()
}

/// A name of hosts in small letters, without a dot at its end.
fn dns_name(given: String) -> Result<String, ResourceError> {
    let name = given.strip_suffix('.').unwrap_or(&given).to_ascii_lowercase();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(plain)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    // An address is no name, and a name without a dot is looked for in the VPC's domain.
    let is_name = name.len() <= 253
        && name.split('.').count() > 1
        && name.split('.').all(is_label)
        && name.parse::<Ipv4Addr>().is_err();
    if is_name { Ok(name) } else { Err(ResourceError::DnsName(given)) }
}

/// Removes a resource by its name or id.
///
/// # Errors
/// When there is none, for people.
pub(crate) async fn remove(driver: &Driver, scope: Scope, word: &str) -> Result<(), ResourceError> {
    let resource = found(driver, &scope, word)?;
    Ok(driver.ask(resource::Delete { scope, resource }).await?)
}

/// Says what runs at the address of a process from now on.
///
/// # Errors
/// When there is none, for people.
pub(crate) async fn set_command(
    driver: &Driver,
    scope: Scope,
    word: &str,
    new: NewCommand,
) -> Result<(), ResourceError> {
    let resource = found(driver, &scope, word)?;
    Ok(driver.ask(resource::SetCommand { scope, resource, command: new.command }).await?)
}

/// The resource of a name or an id.
fn found(driver: &Driver, scope: &Scope, word: &str) -> Result<ResourceId, ResourceError> {
    let found = driver.read(|engine| {
        let mut all = engine.resources(scope);
        all.find(|each| each.name == word || each.id.to_string() == word).map(|each| each.id)
    });
    found.ok_or_else(|| ResourceError::NoSuch(word.to_owned()))
}

impl From<Refused<resource::Refusal>> for ResourceError {
    fn from(refused: Refused<resource::Refusal>) -> ResourceError {
        match refused {
            Refused::Refused(resource::Refusal::NoResource(id)) => {
                ResourceError::NoSuch(id.to_string())
            }
            Refused::Refused(resource::Refusal::NoProcess(id)) => {
                ResourceError::NoProcess(id.to_string())
            }
            Refused::Refused(resource::Refusal::OfMapping(id, mapping)) => {
                ResourceError::OfMapping(id.to_string(), mapping.to_string())
            }
            Refused::Refused(resource::Refusal::OfEndpoint(id, endpoint)) => {
                ResourceError::OfEndpoint(id.to_string(), endpoint.to_string())
            }
            Refused::Refused(resource::Refusal::NameTaken(name)) => ResourceError::NameTaken(name),
            Refused::Refused(resource::Refusal::Eni(refusal)) => ResourceError::Eni(refusal),
            Refused::Refused(resource::Refusal::NoPublicAddress(id)) => {
                ResourceError::NoPublicAddress(id)
            }
            Refused::Draining => ResourceError::Draining,
            Refused::Unavailable(why) => ResourceError::Unavailable(why),
        }
    }
}

/// Why a resource can have no ENI.
fn without_eni(refusal: &eni::Refusal) -> String {
    match refusal {
        eni::Refusal::NoSubnet(id) => format!("subnet {id} does not exist"),
        eni::Refusal::NoVpc(id) => format!("VPC {id} does not exist"),
        eni::Refusal::NoGroup(id) => format!("security group {id} does not exist"),
        eni::Refusal::NoEni(id) => format!("ENI {id} does not exist"),
        eni::Refusal::GroupsElsewhere(..) => "security groups are not of the subnet's VPC".into(),
        eni::Refusal::TooManyGroups => {
            "limit is reached: SecurityGroupsPerInterfaceLimitExceeded".into()
        }
        eni::Refusal::TooMany => "limit is reached: NetworkInterfaceLimitExceeded".into(),
        eni::Refusal::NoFreeAddress(id) => format!("subnet {id} has no free address"),
        eni::Refusal::AddressInUse(address) => format!("address {address} is in use"),
        eni::Refusal::AddressOutside(address, id) => {
            format!("address {address} is not of subnet {id}")
        }
        eni::Refusal::AddressReserved(address, _) => format!("address {address} is reserved"),
        eni::Refusal::Ipv6(refusal) => format!("its IPv6 addresses are not to be had: {refusal:?}"),
        eni::Refusal::InUse(id) => format!("ENI {id} is in use"),
        eni::Refusal::Managed(id) => format!("ENI {id} is Lambda's"),
    }
}
