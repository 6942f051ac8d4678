//! Hosts that the variables of functions name, and whether those functions reach them.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::base::id::Version;
use crate::network::reach::Content;
use crate::plan::DropReason;
use crate::tell::check::{Checks, Class, Finding, Found, Kind, Names, Severity};
use crate::tell::hop::{Gate, Reached};
use crate::tell::reach::{OF_FUNCTIONS, Origin, ReachPath, Target};
use crate::tell::reach6::path_without6;
use crate::tell::words::Teller;

/// Hosts that one variable may name, as lists of brokers do.
const MOST: usize = 16;

/// The longest name of a host, and its longest label.
const LONGEST: usize = 253;
const LONGEST_LABEL: usize = 63;

/// What a variable names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Host {
    pub(super) place: Place,
    /// The port, where it is named or known.
    pub(super) port: Option<u16>,
    /// The variable.
    pub(super) variable: String,
    /// Whether functions that have IPv6 name it.
    pub(super) by_ipv6: bool,
}

/// By what a host is named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Address(IpAddr),
    /// By its name, in small letters, which may stand for an address in a VPC.
    Name(String),
}

/// Words in names of variables that say of a lone address that somebody is to be asked there.
const WORDS: [&str; 12] = [
    "HOST",
    "ADDR",
    "SERVER",
    "ENDPOINT",
    "URL",
    "URI",
    "BROKER",
    "NODE",
    "DATABASE",
    "PROXY",
    "DSN",
    "BOOTSTRAP",
];

/// What is asked at which port, by the scheme of a URL or a word in a variable's name.
const PORTS: [(&str, u16); 17] = [
    ("postgresql", 5432),
    ("postgres", 5432),
    ("pg", 5432),
    ("mysql", 3306),
    ("mariadb", 3306),
    ("sqlserver", 1433),
    ("mongodb", 27_017),
    ("mongo", 27_017),
    ("rediss", 6379),
    ("redis", 6379),
    ("memcached", 11_211),
    ("amqps", 5671),
    ("amqp", 5672),
    ("kafka", 9092),
    ("https", 443),
    ("http", 80),
    ("ldap", 389),
];

/// The hosts that a variable names; `other` are the function's other variables.
pub(super) fn named(
    variable: &str,
    value: &str,
    other: impl Fn(&str) -> Option<String>,
) -> Vec<Host> {
    let upper = variable.to_ascii_uppercase();
    let says_so = WORDS.iter().any(|word| upper.contains(word));
    let mut found = Vec::new();
    for part in value.split([',', ' ', ';']).filter(|part| !part.is_empty()).take(MOST) {
        let part = part.strip_prefix("jdbc:").unwrap_or(part);
        let (scheme, rest) = match part.split_once("://") {
            Some((scheme, rest)) => (Some(scheme), rest),
            None => (None, part),
        };
        if scheme.is_none() && rest.contains('/') {
            // A block of addresses, or a path.
            continue;
        }
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
        let (host, port) = parted(place);
        let Some(place) = place_of(host) else { continue };
        // A lone address may be anything, the number of a version too.
        if scheme.is_none() && port.is_none() && !says_so {
            continue;
        }
        let port = port.or_else(|| match scheme {
            Some(scheme) => of_word(|word| scheme.split('+').any(|part| part == word)),
            None => beside(variable, &other),
        });
        let port = port.or_else(|| of_word(|word| has_word(&upper, word)));
        found.push(Host { place, port, variable: variable.to_owned(), by_ipv6: false });
    }
    found
}

/// A host and its port. An address of IPv6 with a port stands in brackets.
fn parted(place: &str) -> (&str, Option<u16>) {
    if place.parse::<Ipv6Addr>().is_ok() {
        return (place, None);
    }
    if let Some((host, rest)) = place.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return (host, rest.strip_prefix(':').and_then(|port| port.parse().ok()));
    }
    match place.rsplit_once(':') {
        Some((host, port)) => (host, port.parse().ok()),
        None => (place, None),
    }
}

fn place_of(host: &str) -> Option<Place> {
    if host == "localhost" {
        return Some(Place::Address(Ipv4Addr::LOCALHOST.into()));
    }
    if let Ok(address) = host.parse::<IpAddr>() {
        // What is listened at is no host.
        let is_host = !address.is_unspecified();
        return is_host.then(|| Place::Address(address.to_canonical()));
    }
    let name = host.strip_suffix('.').unwrap_or(host);
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let is_label =
        |label: &str| (1..=LONGEST_LABEL).contains(&label.len()) && label.bytes().all(is_plain);
    let last = name.rsplit_once('.')?.1;
    let is_name = name.len() <= LONGEST
        && name.split('.').all(is_label)
        && last.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_name.then(|| Place::Name(name.to_ascii_lowercase()))
}

fn of_word(is_it: impl Fn(&str) -> bool) -> Option<u16> {
    PORTS.iter().find(|(word, _)| is_it(word)).map(|(_, port)| *port)
}

/// Whether a variable's name has a word, by itself or at the beginning: `PGHOST` is of `pg`.
fn has_word(upper: &str, word: &str) -> bool {
    let word = word.to_ascii_uppercase();
    upper.starts_with(&word) || upper.split('_').any(|part| part == word)
}

/// The port that another variable names: `DB_PORT` beside `DB_HOST`.
fn beside(variable: &str, other: &impl Fn(&str) -> Option<String>) -> Option<u16> {
    ["HOST", "ADDRESS", "ADDR", "SERVER", "host", "addr"].iter().find_map(|word| {
        let at = variable.rfind(word)?;
        let port = if word.starts_with('h') || word.starts_with('a') { "port" } else { "PORT" };
        let rest = &variable[at + word.len()..];
        other(&format!("{}{port}{rest}", &variable[..at]))?.parse().ok()
    })
}

impl Teller<'_> {
    /// Whether functions of a class reach what their variables name. What a name stands for was looked up;
    /// of one that is not known here nothing is said.
    pub(super) fn check_host(
        &self,
        (checks, class): (&Checks, &Class),
        host: &Host,
        names: &Names,
    ) -> Option<Found> {
        let addresses = match &host.place {
            Place::Address(address) => return self.check_address(class, host, *address, names),
            Place::Name(name) => checks.resolved.get(&(class.vpc, name.clone()))?,
        };
        match addresses {
            Ok(addresses) => self.check_addresses(class, host, addresses, names),
            Err(why) => {
                let text = format!("{} does not resolve: {why}", told(host, None));
                let finding =
                    Finding::new(Severity::Error, Kind::Host, host.variable.clone(), text);
                Some(finding.of(names).into())
            }
        }
    }

    /// The addresses that a name stands for. Who has no IPv6 does without, if there is another; where all of
    /// one kind are reached, clients come to them in the end.
    fn check_addresses(
        &self,
        class: &Class,
        host: &Host,
        addresses: &[IpAddr],
        names: &Names,
    ) -> Option<Found> {
        let of = |by_ipv6: bool| addresses.iter().filter(move |it| it.is_ipv6() == by_ipv6);
        let is_mixed = [true, false].into_iter().all(|by_ipv6| of(by_ipv6).next().is_some());
        let find = |by_ipv6| {
            of(by_ipv6).find_map(|address| self.check_address(class, host, *address, names))
        };
        let by_ipv4 = find(false);
        if is_mixed && !host.by_ipv6 {
            return by_ipv4;
        }
        let mut by_ipv6 = find(true);
        if let Some(found) = by_ipv6.as_mut().filter(|_| is_mixed && by_ipv4.is_none()) {
            found.finding.severity = found.finding.severity.max(Severity::Warning);
        }
        by_ipv6.or(by_ipv4)
    }

    fn check_address(
        &self,
        class: &Class,
        host: &Host,
        address: IpAddr,
        names: &Names,
    ) -> Option<Found> {
        let variable = &host.variable;
        if address.is_loopback() {
            return Some(alone(host, names).into());
        }
        if is_ours(address) {
            return None;
        }
        let content = Content::Tcp(host.port.unwrap_or(443));
        let paths = self.paths_to(class, host.by_ipv6, address, content);
        let shut = paths.iter().find(|path| path.verdict != Reached::Reached);
        let Some(shut) = shut else {
            let leaves = paths.iter().any(|path| path.leaves);
            let finding = || near(host, address, names);
            let if_near = match address {
                IpAddr::V4(address) => Some(address),
                IpAddr::V6(_) => None,
            };
            return leaves.then(|| Found { finding: finding(), if_near });
        };
        let hop = shut.hops.iter().find(|hop| !hop.passes)?;
        let is_by_port = !matches!(hop.gate, Gate::Route | Gate::Arrival);
        if host.port.is_none() && is_by_port {
            return None;
        }
        let verdict = Reached::of_all(paths.iter().map(|path| path.verdict));
        let (severity, what) = match verdict {
            Reached::Stopped => (Severity::Error, "is not reached"),
            Reached::Reached | Reached::Partly => (Severity::Warning, "is reached in part"),
        };
        let from = shut.subnet.map_or_else(String::new, |subnet| format!(" from {subnet}"));
        let text = format!("{} {what}{from}: {}", told(host, Some(address)), hop.text);
        let kind = match hop.is_reply {
            true => Kind::RepliesDropped,
            false => Kind::Host,
        };
        let finding = Finding::new(severity, kind, variable.clone(), text);
        let hint = shut.mend.clone().or_else(|| hop.reason.and_then(of_way));
        Some(finding.mended(hint).of(names).into())
    }

    /// The ways of functions of a class to an address, each ending where nobody listens.
    fn paths_to(
        &self,
        class: &Class,
        by_ipv6: bool,
        address: IpAddr,
        content: Content,
    ) -> Vec<ReachPath> {
        let paths: Vec<ReachPath> = match address {
            IpAddr::V4(address) => {
                let of = (class.first, class.model);
                let senders = class
                    .subnets
                    .iter()
                    .filter_map(|subnet| self.sender(of, *subnet, &class.groups));
                senders.map(|sender| self.path(&sender, address, content, OF_FUNCTIONS)).collect()
            }
            IpAddr::V6(address) => {
                let function = class.by_ipv6.get(&by_ipv6).copied().unwrap_or(class.first);
                let from = Origin::Function(function, Version(0));
                self.paths6((from, None), address, content).unwrap_or_default()
            }
        };
        paths.into_iter().map(|path| self.heard(path, content)).collect()
    }

    /// Whether functions without a VPC reach what their variables name.
    pub(super) fn check_outside(&self, host: &Host, names: &Names) -> Option<Found> {
        // What names stand for outside of VPCs the host's resolver says.
        let Host { place: Place::Address(address), variable, .. } = host else { return None };
        if address.is_loopback() {
            return Some(alone(host, names).into());
        }
        if is_ours(*address) {
            return None;
        }
        let content = Content::Tcp(host.port.unwrap_or(443));
        let path = match *address {
            IpAddr::V4(address) => {
                let path = self.path_from_outside((None, None), Target::Address(address), content);
                if path.leaves {
                    let finding = near(host, address.into(), names);
                    return Some(Found { finding, if_near: Some(address) });
                }
                path
            }
            IpAddr::V6(address) => path_without6(None, address),
        };
        let path = self.heard(path, content);
        let hop = path.hops.iter().find(|hop| !hop.passes)?;
        if host.port.is_none() && !matches!(hop.gate, Gate::Route | Gate::Arrival) {
            return None;
        }
        let text = format!("{} is not reached: {}", told(host, None), hop.text);
        let finding = Finding::new(Severity::Error, Kind::Host, variable.clone(), text);
        Some(finding.mended(path.mend).of(names).into())
    }
}

/// Where the AWS API and the runtime are: every sandbox has it.
fn is_ours(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_link_local(),
        IpAddr::V6(address) => address.is_unicast_link_local(),
    }
}

/// A host as it is named, and what its name stands for.
fn told(host: &Host, address: Option<IpAddr>) -> String {
    let Host { place, port, variable, .. } = host;
    let has_port = port.is_some();
    let port = port.map_or_else(String::new, |port| format!(":{port}"));
    match (place, address) {
        (Place::Address(IpAddr::V6(own)), _) if has_port => {
            format!("[{own}]{port}, which {variable} names,")
        }
        (Place::Address(own), _) => format!("{own}{port}, which {variable} names,"),
        (Place::Name(name), Some(at)) => format!("{name}{port} ({at}), which {variable} names,"),
        (Place::Name(name), None) => format!("{name}{port}, which {variable} names,"),
    }
}

/// What names the sandbox itself.
fn alone(host: &Host, names: &Names) -> Finding {
    let text =
        format!("{} is the function's own sandbox, in which only it listens", told(host, None));
    let hint = "warren expose gives a port of this machine an address in a subnet".to_owned();
    let finding = Finding::new(Severity::Note, Kind::Host, host.variable.clone(), text);
    finding.mended(Some(hint)).of(names)
}

/// What is outside of VPCs, and no part of the internet.
fn near(host: &Host, address: IpAddr, names: &Names) -> Finding {
    let told = told(host, Some(address));
    let text = format!("{told} is not reached: it is no part of the internet");
    let hint = format!("warren serve --outside-allow {address}/32 opens it");
    let finding = Finding::new(Severity::Error, Kind::Host, host.variable.clone(), text);
    finding.mended(Some(hint)).of(names)
}

/// What to do where no command would mend it by itself.
pub(super) fn of_way(reason: DropReason) -> Option<String> {
    let hint = match reason {
        DropReason::NoPublicAddress => {
            "as on AWS: put the function in a private subnet, whose routes lead to a NAT gateway in a \
             public one"
        }
        DropReason::NoRoute => {
            "a route to a NAT gateway in a public subnet, or to where the address is, would lead there"
        }
        DropReason::Blackhole => "replace the route, whose target is gone: aws ec2 replace-route",
        DropReason::NoOwner => "warren resources lists the addresses that there are",
        _ => return None,
    };
    Some(hint.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(variable: &str, value: &str) -> Vec<(String, Option<u16>)> {
        let other = |name: &str| (name == "DB_PORT").then(|| "5433".to_owned());
        let found = named(variable, value, other).into_iter();
        let place = |place| match place {
            Place::Address(address) => address.to_string(),
            Place::Name(name) => name,
        };
        found.map(|host| (place(host.place), host.port)).collect()
    }

    #[test]
    fn hosts_are_found_as_people_name_them() {
        let one = |address: &str, port: u16| Vec::from([(address.to_owned(), Some(port))]);
        assert_eq!(hosts("DB_HOST", "10.0.9.4"), one("10.0.9.4", 5433));
        assert_eq!(hosts("PGHOST", "10.0.9.4"), one("10.0.9.4", 5432));
        assert_eq!(hosts("X", "10.0.9.4:6000"), one("10.0.9.4", 6000));
        assert_eq!(hosts("X", "postgres://u:p@10.0.9.4/db?a=b"), one("10.0.9.4", 5432));
        assert_eq!(hosts("X", "jdbc:mysql://10.0.9.4:3307/db"), one("10.0.9.4", 3307));
        assert_eq!(hosts("X", "postgresql+psycopg://10.0.9.4"), one("10.0.9.4", 5432));
        assert_eq!(hosts("API", "https://10.0.9.4/v1"), one("10.0.9.4", 443));
        assert_eq!(hosts("CACHE", "redis://localhost"), one("127.0.0.1", 6379));
        let both =
            Vec::from([("10.0.1.5".to_owned(), Some(9092)), ("10.0.2.5".to_owned(), Some(9093))]);
        assert_eq!(hosts("BROKERS", "10.0.1.5:9092,10.0.2.5:9093"), both);
        assert_eq!(hosts("API_ADDR", "10.0.9.4"), Vec::from([("10.0.9.4".to_owned(), None)]));
        assert_eq!(hosts("DB_HOST", "2001:db8::7"), one("2001:db8::7", 5433));
        assert_eq!(hosts("X", "[2001:DB8::7]:6000"), one("2001:db8::7", 6000));
        assert_eq!(hosts("X", "http://u:p@[2001:db8::7]/x"), one("2001:db8::7", 80));
        assert_eq!(hosts("X", "http://[2001:db8::7]:81"), one("2001:db8::7", 81));
        assert_eq!(hosts("X", "[::ffff:10.0.9.4]:6000"), one("10.0.9.4", 6000));
        assert_eq!(hosts("DB_HOST", "Db.internal."), one("db.internal", 5433));
        assert_eq!(
            hosts("X", "redis://c1.abc.cache.amazonaws.com"),
            one("c1.abc.cache.amazonaws.com", 6379)
        );
        assert_eq!(hosts("X", "db.internal:99"), one("db.internal", 99));
        for (variable, value) in [
            ("VERSION", "1.2.3.4"),
            ("VERSION_HOST", "1.2.3"),
            ("BLOCK_ADDR", "10.0.0.0/8"),
            ("PATH", "/opt/bin:/usr/bin"),
            ("HANDLER", "app.handler"),
            ("DB_HOST", "db"),
            ("DB_HOST", "a b.c/d"),
            ("AT", "12:30"),
            ("EMPTY_HOST", ""),
            ("VERSION", "2001:db8::7"),
            ("BLOCK_ADDR", "2001:db8::/32"),
            ("LISTEN_ADDR", "[::]:80"),
            ("LISTEN_ADDR", "0.0.0.0"),
        ] {
            assert!(hosts(variable, value).is_empty(), "{variable}={value}");
        }
    }

    #[test]
    fn a_list_has_no_more_hosts_than_are_looked_at() {
        let value = "10.0.9.4:1,".repeat(100);
        assert_eq!(hosts("X", &value).len(), MOST);
    }
}
