//! The resolver of each VPC: answers what is known here, and asks the host's resolver for all else.

mod answer;
pub(crate) mod figures;
mod forward;
pub mod names;
mod question;
mod serve;
pub mod services;
mod tell;
mod zones;

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::sync::{Arc, PoisonError, RwLock, Weak};

use engine::id::VpcId;
use engine::network::name::{Known, Settings};
use neighbours::Neighbours;
use simple_dns::RCODE;

use crate::driver::Driver;
use answer::Answer;
use figures::Outcome;
use forward::Upstream;
use names::{ANY, CNAME, Data, Entry, From, Names, Record};
use question::{Question, Wrong};
use tell::Teller;
use zones::Zones;

/// The longest chain of names that stand for others.
const CHAIN: usize = 8;
/// For how many seconds what the network says of names may be remembered, as on AWS.
const TTL: u32 = 60;
/// The class of the internet.
const INTERNET: u16 = 1;

/// Where a VPC's resolver is asked.
#[derive(Debug)]
pub enum Place {
    /// By these sockets from now on.
    Begins {
        /// Which VPC's.
        vpc: VpcId,
        /// For questions of one packet each.
        udp: Vec<UdpSocket>,
        /// For those that come by connections.
        tcp: Vec<TcpListener>,
    },
    /// No longer.
    Ends(VpcId),
}

/// Answers for all VPCs.
pub struct Resolver {
    driver: Weak<Driver>,
    neighbours: Weak<Neighbours>,
    /// Who knows names beside the network's own, the first one first.
    names: RwLock<Vec<Arc<dyn Names>>>,
    upstream: Upstream,
    teller: Teller,
}

impl std::fmt::Debug for Resolver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Resolver").finish_non_exhaustive()
    }
}

/// How a question came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Packet,
    Connection,
}

/// A question that is to be answered.
struct Asked {
    vpc: VpcId,
    peer: Ipv4Addr,
    by: By,
    message: Vec<u8>,
}

/// What is done about a question.
enum Decided {
    /// It is answered so; nothing is to say nothing.
    Now(Option<Vec<u8>>),
    /// Somebody else is asked; what is known so far comes first.
    Elsewhere(Box<Elsewhere>),
}

/// A question to somebody else.
struct Elsewhere {
    question: Question,
    /// What led to the name that is asked for, if another was asked for at first.
    so_far: Answer,
    /// The name that is asked for instead.
    target: Option<String>,
    /// Why it is not known here that might be.
    hint: Option<String>,
}

impl Resolver {
    /// A resolver that asks these servers for what is not known here, or those of the host where none
    /// are named.
    pub fn new(
        driver: &Arc<Driver>,
        neighbours: &Arc<Neighbours>,
        servers: Vec<SocketAddr>,
    ) -> Arc<Resolver> {
        let zones: Arc<dyn Names> = Arc::new(Zones(Arc::downgrade(neighbours)));
        Arc::new(Resolver {
            driver: Arc::downgrade(driver),
            neighbours: Arc::downgrade(neighbours),
            names: RwLock::new(vec![zones]),
            upstream: Upstream::new(servers),
            teller: Teller::default(),
        })
    }

    /// Adds somebody who knows names; who was added before is asked before.
    pub fn add_names(&self, names: Arc<dyn Names>) {
        self.names.write().unwrap_or_else(PoisonError::into_inner).push(names);
    }

    /// Decides what is done about a message.
    fn decide(&self, asked: &Asked) -> Decided {
        let Some(driver) = self.driver.upgrade() else { return Decided::Now(None) };
        let count = |outcome| driver.metrics().names.count(outcome);
        let question = match Question::read(&asked.message) {
            Ok(question) => question,
            Err(wrong) => {
                count(Outcome::Malformed);
                return Decided::Now(match wrong {
                    Wrong::Silent => None,
                    Wrong::Format(id) => Some(answer::refusal(id, RCODE::FormatError)),
                    Wrong::Kind(id) => Some(answer::refusal(id, RCODE::NotImplemented)),
                });
            }
        };
        let settings = driver.read(|engine| engine.dns(asked.vpc));
        let Some(settings) = settings else { return Decided::Now(None) };
        if !settings.support {
            count(Outcome::Off);
            let Settings { resolver, .. } = settings;
            let why =
                format!("{} has enableDnsSupport off, and nobody answers at {resolver}", asked.vpc);
            self.tell(asked, &question.name, why);
            return Decided::Now(None);
        }
        let room = asked.room(&question);
        let plain = |code| spelled(&question, code, &Answer::default(), room);
        if question.extended.is_some_and(|extended| extended.version != 0) {
            count(Outcome::Malformed);
            return Decided::Now(plain(RCODE::BADVERS));
        }
        // Zones are not handed out, and there are no records but the internet's.
        if question.class != INTERNET || matches!(question.kind, 251 | 252) {
            count(Outcome::Refused);
            return Decided::Now(plain(RCODE::Refused));
        }
        self.follow(&driver, asked, question, &settings)
    }

    /// Looks the name up, and what it stands for.
    fn follow(
        &self,
        driver: &Driver,
        asked: &Asked,
        question: Question,
        settings: &Settings,
    ) -> Decided {
        let Settings { region, hostnames, .. } = settings.clone();
        let from = From { vpc: asked.vpc, region, hostnames };
        let count = |outcome| driver.metrics().names.count(outcome);
        let mut so_far = Answer::default();
        let mut name = question.name.clone();
        let mut passed = Vec::new();
        for _ in 0..CHAIN {
            let Some(entry) = self.known(driver, &from, &name) else {
                let names = self.names.read().unwrap_or_else(PoisonError::into_inner);
                let hint = names.iter().find_map(|names| names.hint(&from, &name));
                drop(names);
                let target = (name != question.name).then_some(name);
                return Decided::Elsewhere(Box::new(Elsewhere { question, so_far, target, hint }));
            };
            let records = match entry {
                Entry::Records(records) => records,
                Entry::Missing { why, authority } => {
                    count(Outcome::Missing);
                    so_far.authority = authority;
                    self.tell(asked, &name, why);
                    let room = asked.room(&question);
                    return Decided::Now(spelled(&question, RCODE::NameError, &so_far, room));
                }
            };
            let is_wanted =
                |record: &&Record| question.kind == ANY || record.data.kind() == question.kind;
            let before = so_far.records.len();
            so_far.records.extend(records.iter().filter(is_wanted).cloned());
            let other = records.iter().find_map(|record| match &record.data {
                Data::Cname(target) => Some((record, target)),
                _ => None,
            });
            match other {
                Some((record, target)) if !matches!(question.kind, ANY | CNAME) => {
                    so_far.records.push(record.clone());
                    passed.push(std::mem::replace(&mut name, target.to_ascii_lowercase()));
                }
                _ => {
                    let is_nothing = so_far.records.len() == before;
                    count(if is_nothing { Outcome::Nothing } else { Outcome::Answered });
                    let room = asked.room(&question);
                    return Decided::Now(spelled(&question, RCODE::NoError, &so_far, room));
                }
            }
        }
        count(Outcome::Failed);
        self.tell(asked, &question.name, self.endless(&from, &passed, &name));
        let room = asked.room(&question);
        Decided::Now(spelled(&question, RCODE::ServerFailure, &Answer::default(), room))
    }

    /// What is known of a name here.
    fn known(&self, driver: &Driver, from: &From, name: &str) -> Option<Entry> {
        let (given, own) = driver
            .read(|engine| (engine.given_name(from.vpc, name), engine.own_name(from.vpc, name)));
        if !given.is_empty() {
            return Some(addresses(name, given));
        }
        let names = self.names.read().unwrap_or_else(PoisonError::into_inner);
        let elsewhere = names.iter().find_map(|names| names.look_up(from, name));
        drop(names);
        elsewhere.or_else(|| {
            Some(match own? {
                Known::Addresses(own) => addresses(name, own.into_iter().map(IpAddr::from)),
                Known::Pointer(other) => Entry::Records(vec![Record {
                    name: name.to_owned(),
                    ttl: TTL,
                    data: Data::Ptr(other),
                }]),
                Known::Missing(why) => Entry::Missing { why, authority: None },
            })
        })
    }

    /// The addresses that a name stands for in a VPC as far as that is known here, or why there are none, for
    /// people; none where somebody else may know it. It is in small letters and without a dot at its end.
    pub(crate) fn addresses(&self, vpc: VpcId, name: &str) -> Option<Result<Vec<IpAddr>, String>> {
        let driver = self.driver.upgrade()?;
        let Settings { region, support, hostnames, .. } = driver.read(|engine| engine.dns(vpc))?;
        if !support {
            return Some(Err(format!("{vpc} has enableDnsSupport off")));
        }
        let from = From { vpc, region, hostnames };
        let mut name = name.to_owned();
        let mut passed = Vec::new();
        for _ in 0..CHAIN {
            let records = match self.known(&driver, &from, &name)? {
                Entry::Records(records) => records,
                Entry::Missing { why, .. } => return Some(Err(why)),
            };
            let addresses = records.iter().filter_map(|record| match record.data {
                Data::A(address) => Some(IpAddr::V4(address)),
                Data::Aaaa(address) => Some(IpAddr::V6(address)),
                _ => None,
            });
            let addresses: Vec<IpAddr> = addresses.collect();
            let other = records.iter().find_map(|record| match &record.data {
                Data::Cname(target) => Some(target.to_ascii_lowercase()),
                _ => None,
            });
            match other.filter(|_| addresses.is_empty()) {
                Some(other) => passed.push(std::mem::replace(&mut name, other)),
                None => return Some(Ok(addresses)),
            }
        }
        Some(Err(self.endless(&from, &passed, &name)))
    }

    /// Why names that stand for each other come to no end, and whose they are.
    fn endless(&self, from: &From, passed: &[String], next: &str) -> String {
        let names = self.names.read().unwrap_or_else(PoisonError::into_inner);
        let keeper = |name: &str| names.iter().find_map(|names| names.keeper(from, name));
        let of = |name: Option<&String>| {
            name.and_then(|name| keeper(name)).map_or_else(String::new, |it| format!(", in {it}"))
        };
        match round(passed, next) {
            Some(round) => {
                let all = round.iter().chain(round.first()).map(String::as_str);
                let all: Vec<&str> = all.collect();
                format!("its CNAMEs go round{}: {}", of(round.first()), all.join(" → "))
            }
            None => format!(
                "it stands for another name, and that for another, {CHAIN} times and more{}",
                of(passed.last())
            ),
        }
    }

    /// Tells whoever asked, if that was an environment, that a name did not resolve.
    fn tell(&self, asked: &Asked, name: &str, why: String) {
        self.teller.tell(&self.driver, (asked.vpc, asked.peer), name, why);
    }
}

/// The names that stand for each other in a circle, of those that one after the other was led to.
fn round<'a>(passed: &'a [String], next: &str) -> Option<&'a [String]> {
    passed.iter().enumerate().find_map(|(at, name)| {
        let later = passed[at + 1..].iter().map(String::as_str).chain([next]);
        let length = later.take_while(|other| other != name).count() + 1;
        passed.get(at..at + length)
    })
}

fn addresses(name: &str, all: impl IntoIterator<Item = IpAddr>) -> Entry {
    let data = |address| match address {
        IpAddr::V4(address) => Data::A(address),
        IpAddr::V6(address) => Data::Aaaa(address),
    };
    let record = |address| Record { name: name.to_owned(), ttl: TTL, data: data(address) };
    Entry::Records(all.into_iter().map(record).collect())
}

impl Asked {
    /// How long the answer may be.
    fn room(&self, question: &Question) -> usize {
        match self.by {
            By::Packet => question.room(),
            By::Connection => usize::from(u16::MAX),
        }
    }
}

/// An answer as it goes; none where what is known cannot be spelled.
fn spelled(question: &Question, code: RCODE, answer: &Answer, room: usize) -> Option<Vec<u8>> {
    let spelled = answer::bytes(question, code, answer, &[], room);
    let failed = |error| tracing::warn!(name = question.name, %error, "answer not spelled");
    spelled.map_err(failed).ok().or_else(|| {
        let nothing = Answer::default();
        answer::bytes(question, RCODE::ServerFailure, &nothing, &[], room).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_stand_for_each_other_are_told_from_many_that_do_not() {
        let names = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let found = |passed: &str, next| round(&names(passed), next).map(|it| it.join(" "));
        assert_eq!(found("a a a", "a").as_deref(), Some("a"));
        assert_eq!(found("a", "a").as_deref(), Some("a"));
        assert_eq!(found("x a b c a b", "c").as_deref(), Some("a b c"));
        assert_eq!(found("x a b", "a").as_deref(), Some("a b"));
        assert_eq!(found("a b c", "d"), None);
    }
}
