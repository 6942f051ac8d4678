//! Private hosted zones, as the resolvers of their VPCs know them.

use std::sync::Weak;

use neighbours::Neighbours;
use neighbours::route53::{Found, Value};

use super::names::{Data, Entry, From, Names, Record};

/// Route 53's zones.
pub(super) struct Zones(pub(super) Weak<Neighbours>);

fn plain(name: &str) -> String {
    name.trim_end_matches('.').to_owned()
}

fn data(value: Value) -> Data {
    match value {
        Value::A(address) => Data::A(address),
        Value::Aaaa(address) => Data::Aaaa(address),
        Value::Cname(other) => Data::Cname(plain(&other)),
        Value::Mx(preference, exchange) => Data::Mx(preference, plain(&exchange)),
        Value::Ns(server) => Data::Ns(plain(&server)),
        Value::Ptr(other) => Data::Ptr(plain(&other)),
        Value::Soa(primary, keeper, serial, times) => {
            Data::Soa { primary: plain(&primary), keeper: plain(&keeper), serial, times }
        }
        Value::Srv(priority, weight, port, target) => {
            Data::Srv { priority, weight, port, target: plain(&target) }
        }
        Value::Txt(texts) => Data::Txt(texts),
    }
}

impl Zones {
    fn find(&self, from: &From, name: &str) -> Option<Found> {
        self.0.upgrade()?.route53().look_up(&from.vpc.to_string(), name)
    }
}

impl Names for Zones {
    fn look_up(&self, from: &From, name: &str) -> Option<Entry> {
        if !from.hostnames {
            return None;
        }
        Some(match self.find(from, name)? {
            Found::Values(values) => {
                let record =
                    |(ttl, value)| Record { name: name.to_owned(), ttl, data: data(value) };
                Entry::Records(values.into_iter().map(record).collect())
            }
            Found::Missing { zone, name: of, start } => {
                let start =
                    start.map(|(ttl, value)| Record { name: plain(&of), ttl, data: data(value) });
                let why = format!("no record in zone {zone} ({of})");
                Entry::Missing { why, authority: start }
            }
        })
    }

    fn keeper(&self, from: &From, name: &str) -> Option<String> {
        let of = from.vpc.to_string();
        let (zone, name) =
            self.0.upgrade()?.route53().zone_of(&of, name).filter(|_| from.hostnames)?;
        Some(format!("hosted zone {zone} ({name})"))
    }

    fn hint(&self, from: &From, name: &str) -> Option<String> {
        let is_known = !from.hostnames && self.find(from, name).is_some();
        is_known.then(|| {
            format!(
                "a private hosted zone would, but {} has enableDnsHostnames off, without which its zones are \
                 not looked at",
                from.vpc
            )
        })
    }
}
