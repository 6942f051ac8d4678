//! What is reached from where, as `/_warren/reach` tells it without sending a packet.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use engine::engine::Engine;
use engine::id::{EniId, ResourceId, Version, VpcId};
use engine::network::reach::Content;
use engine::record::eni::Eni;
use engine::record::resource::{Resource, ResourceKind};
use engine::scope::Scope;
use engine::tell::reach::{Origin, ReachRefusal, ReachTold, SOMEBODY, Target};

use super::word::{self, INTERNET};
use crate::endpoint::Endpoint;

/// The port that is meant there where none is named.
const HTTPS: u16 = 443;

/// Why it is not told, for people.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReachError {
    #[error("what is asked is not understood\nhint: warren reach FROM TO:PORT")]
    Question,
    #[error(
        "{0} is neither a function nor a resource, an ENI, an address, a service nor internet\nhint: warren ps, warren resources"
    )]
    Unknown(String),
    #[error(
        "{0} is a private address that no ENI has\nhint: warren ps, or internet for who is outside"
    )]
    NoBodys(Ipv4Addr),
    #[error("{address} is held in several VPCs, by {}\nhint: name the ENI", enis.join(", "))]
    Ambiguous { address: Ipv4Addr, enis: Vec<String> },
    #[error(
        "{0} is an address of IPv6 that no ENI has\nhint: warren ps, aws ec2 describe-network-interfaces"
    )]
    NoBodys6(Ipv6Addr),
    #[error("{0} has no IPv6 address, of which FROM is\nhint: name the ENI that FROM is of")]
    NoIpv6(String),
    #[error("function {0} has neither a version nor an alias {1}")]
    NoQualifier(String, String),
    #[error("function {0} takes no connections: it is invoked")]
    Function(String),
    #[error("{0} is no protocol\nhint: tcp, udp, icmp or a number from 0 to 255")]
    Protocol(String),
    #[error("{0} is no port\nhint: TO:PORT, from 0 to 65535")]
    Port(String),
    #[error("port is missing\nhint: TO:PORT")]
    NoPort,
    #[error("{0} is of {1}, to which nothing leads from another VPC{2}")]
    Elsewhere(EniId, VpcId, String),
    #[error("{0} is gone")]
    Gone(String),
    #[error("{0} does not resolve: {1}")]
    Unresolved(String, String),
    #[error(
        "{0} is no name that is known here\nhint: name its address, or internet for who is outside"
    )]
    NotHere(String),
}

/// Tells what a path asks for.
pub(crate) async fn told(
    endpoint: &Endpoint,
    scope: &Scope,
    path: &str,
) -> Result<ReachTold, ReachError> {
    let driver = &endpoint.driver;
    let words: Vec<&str> = path.split('/').collect();
    let (from, to, protocol, port) = match words[..] {
        [from, to, protocol] => (from, to, protocol, None),
        [from, to, protocol, port] => (from, to, protocol, Some(port)),
        _ => return Err(ReachError::Question),
    };
    let port = port.map(|port| port.parse::<u16>().map_err(|_| ReachError::Port(port.to_owned())));
    let port = port.transpose()?;
    let question = Question { from, to, protocol, port };
    let by_ipv6 = driver.read(|engine| told6(engine, scope, question))?;
    if let Some(told) = by_ipv6 {
        return Ok(told);
    }
    let mut told = all_told(endpoint, scope, question)?;
    // The addresses that stand for the internet.
    for (word, shown) in [(from, &mut told.from), (to, &mut told.to)] {
        if word == INTERNET {
            *shown = format!("{INTERNET} (as {SOMEBODY})");
        }
    }
    let leaving = told.paths.iter().find(|path| path.leaves).map(|path| path.destination);
    let Some(IpAddr::V4(out)) = leaving else {
        return Ok(told);
    };
    if driver.read(|engine| engine.is_of_service(out)) {
        return Ok(told);
    }
    if !driver.node().await.is_outside(out.into()) {
        let held = driver.read(|engine| held_by(engine, scope, out));
        told.stop_outside(&match held {
            Some(held) => format!("{out} is no part of the internet: {held}"),
            None => format!(
                "{out} is no part of the internet; hint: warren serve --outside-allow {out}/32"
            ),
        });
    }
    Ok(told)
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
struct Question<'a> {
    from: &'a str,
    to: &'a str,
    protocol: &'a str,
    port: Option<u16>,
}

/// What is told of all that both words mean.
fn all_told(
    endpoint: &Endpoint,
    scope: &Scope,
    question: Question<'_>,
) -> Result<ReachTold, ReachError> {
    let Question { from, to, protocol, port } = question;
    let driver = &endpoint.driver;
    let mut found: Option<ReachTold> = None;
    for origin in driver.read(|engine| origins(engine, scope, from))? {
        let mut by_ipv6 = false;
        for Place { target, only, name } in places(endpoint, scope, origin, to)? {
            let one = driver.read(|engine| {
                let (one, content) = match target {
                    End::By6(to) => {
                        let content = content6(protocol, port.or(only))?;
                        (engine.reach6((origin, None), to, content), content)
                    }
                    End::By4(to) => {
                        let content = content(protocol, port.or(only))?;
                        (engine.reach(origin, to, content), content)
                    }
                };
                match one {
                    Ok(one) => Ok(Some(engine.listened_to(one, content))),
                    // By IPv6 it is told already whether something leads there.
                    Err(ReachRefusal::Elsewhere(..)) if by_ipv6 => Ok(None),
                    Err(why) => Err(refused(engine, from, why)),
                }
            })?;
            by_ipv6 |= matches!(target, End::By6(_));
            let Some(mut one) = one else { continue };
            one.to = name.map_or(one.to, |(name, addresses)| format!("{name} ({addresses})"));
            found = Some(match found {
                Some(known) => known.beside(one),
                None => one,
            });
        }
    }
    found.ok_or_else(|| ReachError::Unknown(to.to_owned()))
}

fn refused(engine: &Engine, from: &str, why: ReachRefusal) -> ReachError {
    match why {
        ReachRefusal::NoEni(eni) => ReachError::Gone(eni.to_string()),
        ReachRefusal::NoFunction => ReachError::Unknown(from.to_owned()),
        ReachRefusal::Elsewhere(eni, vpc) => {
            let public = engine.public_of(eni).map(|ip| ip.address);
            let hint = public.map(|it| format!("\nhint: its public address is {it}"));
            ReachError::Elsewhere(eni, vpc, hint.unwrap_or_default())
        }
    }
}

/// What is told where one of both ends is an address of IPv6.
fn told6(
    engine: &Engine,
    scope: &Scope,
    Question { from, to, protocol, port }: Question<'_>,
) -> Result<Option<ReachTold>, ReachError> {
    let (source, wanted) = (from.parse::<Ipv6Addr>().ok(), to.parse::<Ipv6Addr>().ok());
    if source.is_none() && wanted.is_none() {
        return Ok(None);
    }
    let senders = match source {
        Some(source) => {
            let found = engine.enis(scope).find(|eni| eni.addresses6.contains(&source));
            Vec::from([Origin::Eni(found.ok_or(ReachError::NoBodys6(source))?.id)])
        }
        None => origins(engine, scope, from)?,
    };
    let to = match wanted {
        Some(wanted) => wanted,
        None => {
            let found = match target(engine, scope, to)?.0 {
                Target::Eni(id) => engine.eni(scope, id).ok(),
                Target::Address(_) => None,
            };
            let first = found.and_then(|eni| eni.addresses6.first().copied());
            first.ok_or_else(|| ReachError::NoIpv6(to.to_owned()))?
        }
    };
    let content = content6(protocol, port)?;
    let mut found: Option<ReachTold> = None;
    for origin in senders {
        let one = engine.reach6((origin, source), to, content);
        let one = one.map_err(|why| refused(engine, from, why))?;
        let one = engine.listened_to(one, content);
        found = Some(match found {
            Some(known) => known.beside(one),
            None => one,
        });
    }
    Ok(found)
}

/// By which kind of address something is to be reached.
#[derive(Debug, Clone, Copy)]
enum End {
    By4(Target),
    By6(Ipv6Addr),
}

/// What is to be reached.
struct Place {
    target: End,
    /// The port that is meant where none is named.
    only: Option<u16>,
    /// The name that stands for it, and for which addresses that does.
    name: Option<(String, String)>,
}

/// What a word means to who asks: of a name each address that it stands for there.
fn places(
    endpoint: &Endpoint,
    scope: &Scope,
    origin: Origin,
    word: &str,
) -> Result<Vec<Place>, ReachError> {
    let driver = &endpoint.driver;
    let told = driver.read(|engine| {
        if let Some((name, address)) = service(engine, scope, origin, word) {
            let (target, name) = (End::By4(Target::Address(address)), (name, address.to_string()));
            return Ok(Vec::from([Place { target, only: Some(HTTPS), name: Some(name) }]));
        }
        let (target, only) = target(engine, scope, word)?;
        Ok(of_target(engine, (scope, origin), target, only))
    });
    let vpc = driver.read(|engine| engine.vpc_of(origin));
    match (told, vpc) {
        (Err(ReachError::Unknown(_)), Some(vpc)) => named(endpoint, (vpc, origin), word),
        (Err(ReachError::Unknown(_)), None) if word.contains('.') => {
            Err(ReachError::NotHere(word.to_owned()))
        }
        (told, _) => told,
    }
}

/// The addresses of a target: those of IPv6 too, and at first, where who asks has such.
fn of_target(
    engine: &Engine,
    (scope, origin): (&Scope, Origin),
    target: Target,
    only: Option<u16>,
) -> Vec<Place> {
    let place = |target, name| Place { target, only, name };
    let eni = match target {
        Target::Eni(id) if engine.has_ipv6(origin) => engine.eni(scope, id).ok(),
        Target::Eni(_) | Target::Address(_) => None,
    };
    let Some(eni) = eni.filter(|eni| !eni.addresses6.is_empty()) else {
        return Vec::from([place(End::By4(target), None)]);
    };
    let addresses = eni.addresses6.iter().map(ToString::to_string);
    let all: Vec<String> = addresses.chain([eni.address.to_string()]).collect();
    let name = engine.holder_of(eni.id).map(|name| (name, all.join(", ")));
    let by_ipv6 = eni.addresses6.iter().map(|address| End::By6(*address));
    by_ipv6.chain([End::By4(target)]).map(|target| place(target, name.clone())).collect()
}

/// The addresses that a name stands for in a VPC, in the order in which clients try them. Who has no IPv6
/// does without, if there is another.
fn named(
    endpoint: &Endpoint,
    (vpc, origin): (VpcId, Origin),
    word: &str,
) -> Result<Vec<Place>, ReachError> {
    let name = word.strip_suffix('.').unwrap_or(word).to_ascii_lowercase();
    let whole = endpoint.driver.read(|engine| {
        let domain = engine.search_domain(vpc).filter(|_| !word.ends_with('.'));
        domain.map(|domain| format!("{name}.{}", domain.to_ascii_lowercase()))
    });
    let has_dot = name.contains('.');
    let mut known = endpoint.resolver.addresses(vpc, &name).filter(|_| has_dot);
    let mut name = name;
    // As resolvers of the C library have it by what they are told.
    if let Some(whole) = whole.filter(|_| !has_dot || matches!(known, Some(Err(_))))
        && let Some(Ok(addresses)) = endpoint.resolver.addresses(vpc, &whole)
    {
        (known, name) = (Some(Ok(addresses)), whole);
    }
    let addresses = match known {
        Some(Ok(addresses)) if !addresses.is_empty() => addresses,
        Some(Ok(_)) => {
            return Err(ReachError::Unresolved(name, "it has no address".to_owned()));
        }
        Some(Err(why)) => return Err(ReachError::Unresolved(name, why)),
        None if has_dot => return Err(ReachError::NotHere(name)),
        None => return Err(ReachError::Unknown(word.to_owned())),
    };
    let has_ipv6 = endpoint.driver.read(|engine| engine.has_ipv6(origin));
    let (by_ipv6, by_ipv4): (Vec<IpAddr>, Vec<IpAddr>) =
        addresses.into_iter().partition(IpAddr::is_ipv6);
    let by_ipv6 = if has_ipv6 || by_ipv4.is_empty() { by_ipv6 } else { Vec::new() };
    let addresses: Vec<IpAddr> = by_ipv6.into_iter().chain(by_ipv4).collect();
    let all: Vec<String> = addresses.iter().map(IpAddr::to_string).collect();
    let all = all.join(", ");
    let place = |address| Place {
        target: match address {
            IpAddr::V4(address) => End::By4(Target::Address(address)),
            IpAddr::V6(address) => End::By6(address),
        },
        only: None,
        name: Some((name.clone(), all.clone())),
    };
    Ok(addresses.into_iter().map(place).collect())
}

/// A service of AWS's that a word names, by its whole name or by what that begins with, and where it is
/// within the VPC of who asks.
fn service(
    engine: &Engine,
    scope: &Scope,
    origin: Origin,
    word: &str,
) -> Option<(String, Ipv4Addr)> {
    if resource(engine, scope, word).is_some() {
        return None;
    }
    let name = word::host(word, &scope.region);
    let vpc = engine.vpc_of(origin)?;
    let address = engine.service_addresses(Some(vpc), &name)?.into_iter().next()?;
    Some((name, address))
}

/// Who has a private address, for whoever asks for it from elsewhere.
fn held_by(engine: &Engine, scope: &Scope, address: Ipv4Addr) -> Option<String> {
    let eni =
        engine.enis(scope).find(|eni| engine.private_addresses(eni).any(|it| it == address))?;
    Some(format!("it is {} of {}, to which nothing leads from here", eni.id, eni.vpc))
}

/// Of ICMP an echo request is meant.
fn content(protocol: &str, port: Option<u16>) -> Result<Content, ReachError> {
    match protocol {
        "tcp" | "6" => port.map(Content::Tcp).ok_or(ReachError::NoPort),
        "udp" | "17" => port.map(Content::Udp).ok_or(ReachError::NoPort),
        "icmp" | "1" => Ok(Content::Icmp(8, 0)),
        other => {
            other.parse().map(Content::Other).map_err(|_| ReachError::Protocol(other.to_owned()))
        }
    }
}

/// The same by IPv6.
fn content6(protocol: &str, port: Option<u16>) -> Result<Content, ReachError> {
    match protocol {
        "icmp" | "icmpv6" | "58" => Ok(Content::Icmp(128, 0)),
        other => content(other, port),
    }
}

/// Who a word means: an alias that leads to two versions means both.
fn origins(engine: &Engine, scope: &Scope, word: &str) -> Result<Vec<Origin>, ReachError> {
    match functions(engine, scope, word)? {
        Some(versions) => Ok(versions),
        None => Ok(Vec::from([origin(engine, scope, word)?])),
    }
}

fn origin(engine: &Engine, scope: &Scope, word: &str) -> Result<Origin, ReachError> {
    if let Some(resource) = resource(engine, scope, word) {
        return Ok(Origin::Eni(resource.eni));
    }
    let unknown = || ReachError::Unknown(word.to_owned());
    if word == INTERNET {
        return Ok(Origin::Outside(SOMEBODY));
    }
    if let Ok(address) = word.parse::<Ipv4Addr>() {
        return match held(engine, scope, address)? {
            Some(eni) if eni.address != address => Ok(Origin::Secondary(eni.id, address)),
            Some(eni) => Ok(Origin::Eni(eni.id)),
            None if address.is_private() => Err(ReachError::NoBodys(address)),
            None => Ok(Origin::Outside(address)),
        };
    }
    eni(engine, scope, word).map(|eni| Origin::Eni(eni.id)).ok_or_else(unknown)
}

/// A function by its name or ARN, with a version or an alias or without, which has the latest be meant.
fn functions(
    engine: &Engine,
    scope: &Scope,
    word: &str,
) -> Result<Option<Vec<Origin>>, ReachError> {
    let name = match word.strip_prefix("arn:") {
        Some(arn) => arn.splitn(6, ':').nth(5).unwrap_or_default(),
        None => word,
    };
    let (name, qualifier) = name.split_once(':').unwrap_or((name, "$LATEST"));
    let Some(function) = engine.function(scope, name) else { return Ok(None) };
    let unknown = || ReachError::NoQualifier(name.to_owned(), qualifier.to_owned());
    let versions = match (qualifier, Version::numbered(qualifier)) {
        ("$LATEST", _) => Vec::from([Version(0)]),
        (_, Some(version)) => {
            function.configuration(version).ok_or_else(unknown)?;
            Vec::from([version])
        }
        (alias, None) => {
            let alias = engine.alias(function.id, alias).ok_or_else(unknown)?;
            let further = alias.further.map(|further| further.version);
            std::iter::once(alias.version).chain(further).collect()
        }
    };
    let id = function.id;
    Ok(Some(versions.into_iter().map(|version| Origin::Function(id, version)).collect()))
}

/// The target, and the port that is meant where none is named.
fn target(engine: &Engine, scope: &Scope, word: &str) -> Result<(Target, Option<u16>), ReachError> {
    if let Some(resource) = resource(engine, scope, word) {
        let only = match &resource.kind {
            ResourceKind::Exposed(ports) if ports.len() == 1 => Some(ports[0].port),
            ResourceKind::Endpoint(_) => Some(HTTPS),
            ResourceKind::Exposed(_) | ResourceKind::Process(_) | ResourceKind::Mapping(_) => None,
        };
        return Ok((Target::Eni(resource.eni), only));
    }
    if word == INTERNET {
        return Ok((Target::Address(SOMEBODY), Some(HTTPS)));
    }
    if let Ok(address) = word.parse() {
        return Ok((Target::Address(address), None));
    }
    if let Some(eni) = eni(engine, scope, word) {
        return Ok((Target::Eni(eni.id), None));
    }
    Err(match engine.function(scope, word) {
        Some(_) => ReachError::Function(word.to_owned()),
        None => ReachError::Unknown(word.to_owned()),
    })
}

fn resource<'a>(engine: &'a Engine, scope: &'a Scope, word: &str) -> Option<&'a Resource> {
    let id = word.parse::<ResourceId>().ok();
    engine.resources(scope).find(|resource| Some(resource.id) == id || resource.name == word)
}

fn eni<'a>(engine: &'a Engine, scope: &Scope, word: &str) -> Option<&'a Eni> {
    engine.eni(scope, word.parse::<EniId>().ok()?).ok()
}

/// Who holds an address.
fn held<'a>(
    engine: &'a Engine,
    scope: &'a Scope,
    address: Ipv4Addr,
) -> Result<Option<&'a Eni>, ReachError> {
    let holds = |eni: &&Eni| engine.private_addresses(eni).any(|held| held == address);
    let found: Vec<&Eni> = engine.enis(scope).filter(holds).collect();
    match found[..] {
        [] => Ok(None),
        [eni] => Ok(Some(eni)),
        _ => {
            let enis = found.iter().map(|eni| eni.id.to_string()).collect();
            Err(ReachError::Ambiguous { address, enis })
        }
    }
}
