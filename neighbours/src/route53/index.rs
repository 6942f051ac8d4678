//! What the resolvers of VPCs look names up in: all zones with their records, in memory.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rusqlite::Connection;

use super::name;
use super::stored::{Records, Zone};
use super::value::Value;

/// What a zone of a VPC has of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// These values, each with for how many seconds it may be remembered; of all types.
    Values(Vec<(u32, Value)>),
    /// Nothing, and no other zone is asked.
    Missing {
        /// The zone's id.
        zone: String,
        /// Its name, with a dot at its end.
        name: String,
        /// The start of the zone, with for how many seconds that may be remembered.
        start: Option<(u32, Value)>,
    },
}

/// A zone as it is looked up in.
#[derive(Debug, Default)]
pub(super) struct Indexed {
    id: String,
    name: String,
    vpcs: Vec<String>,
    values: HashMap<String, Vec<(u32, Value)>>,
    /// Names that others are under, though they have no records.
    inner: BTreeSet<String>,
}

/// All zones.
#[derive(Debug, Default)]
pub(super) struct Index {
    zones: HashMap<String, Arc<Indexed>>,
    /// The zones of each VPC by their names.
    of_vpcs: HashMap<String, BTreeMap<String, Arc<Indexed>>>,
}

impl Indexed {
    /// A zone as it is stored.
    pub(super) fn read(connection: &Connection, zone: &Zone) -> rusqlite::Result<Indexed> {
        let vpcs = zone.vpcs(connection)?.into_iter().map(|(_, vpc)| vpc).collect();
        Ok(Indexed::of(zone, vpcs, zone.records(connection)?))
    }

    fn of(zone: &Zone, vpcs: Vec<String>, records: Vec<Records>) -> Indexed {
        let mut indexed =
            Indexed { id: zone.id.clone(), name: zone.name.clone(), vpcs, ..Indexed::default() };
        for Records { name: of, kind, ttl, values } in records {
            let ttl = u32::try_from(ttl).unwrap_or_default();
            let values = values.iter().filter_map(|value| Value::read(&kind, value).ok());
            let values = values.map(|value| (ttl, value));
            let mut above = name::parent(&of);
            while let Some(parent) = above.filter(|parent| name::is_within(parent, &zone.name)) {
                indexed.inner.insert(parent.to_owned());
                above = name::parent(parent);
            }
            indexed.values.entry(of).or_default().extend(values);
        }
        indexed
    }

    fn is_there(&self, name: &str) -> bool {
        self.values.contains_key(name) || self.inner.contains(name)
    }

    fn look_up(&self, name: &str) -> Found {
        if let Some(values) = self.values.get(name) {
            return Found::Values(values.clone());
        }
        if self.inner.contains(name) {
            return Found::Values(Vec::new());
        }
        // A wildcard stands for what is missing right under the nearest name that there is.
        let mut above = name::parent(name);
        while let Some(parent) = above.filter(|parent| !self.is_there(parent)) {
            above = name::parent(parent);
        }
        let wildcard = above.and_then(|above| self.values.get(&name::wildcard(above)));
        if let Some(values) = wildcard {
            return Found::Values(values.clone());
        }
        let mut own = self.values.get(&self.name).into_iter().flatten();
        let start = own.find(|(_, value)| matches!(value, Value::Soa(..))).cloned();
        Found::Missing { zone: self.id.clone(), name: self.name.clone(), start }
    }
}

impl Index {
    /// All zones as they are stored.
    pub(super) fn read(connection: &Connection) -> rusqlite::Result<Vec<Indexed>> {
        let all = Zone::everybodys(connection)?;
        all.iter().map(|zone| Indexed::read(connection, zone)).collect()
    }

    /// Has a zone in the place of what there was of it.
    pub(super) fn put(&mut self, zone: Indexed) {
        self.remove(&zone.id);
        let zone = Arc::new(zone);
        for vpc in &zone.vpcs {
            let of_vpc = self.of_vpcs.entry(vpc.clone()).or_default();
            of_vpc.insert(zone.name.clone(), Arc::clone(&zone));
        }
        self.zones.insert(zone.id.clone(), zone);
    }

    /// A zone is gone.
    pub(super) fn remove(&mut self, id: &str) {
        let Some(zone) = self.zones.remove(id) else { return };
        for vpc in &zone.vpcs {
            if let Some(of_vpc) = self.of_vpcs.get_mut(vpc) {
                of_vpc.remove(&zone.name);
                if of_vpc.is_empty() {
                    self.of_vpcs.remove(vpc);
                }
            }
        }
    }

    /// What the VPC's zone has of a name that it is nearest to; none where it is in none of them.
    pub(super) fn look_up(&self, vpc: &str, name: &str) -> Option<Found> {
        self.nearest(vpc, name).map(|zone| zone.look_up(name))
    }

    /// The zone that a name is in, by its id and name.
    pub(super) fn zone_of(&self, vpc: &str, name: &str) -> Option<(String, String)> {
        self.nearest(vpc, name).map(|zone| (zone.id.clone(), zone.name.clone()))
    }

    /// The VPC's zone that a name is nearest to.
    fn nearest(&self, vpc: &str, name: &str) -> Option<&Indexed> {
        let zones = self.of_vpcs.get(vpc)?;
        let mut suffix = Some(name);
        while let Some(text) = suffix {
            if let Some(zone) = zones.get(text) {
                return Some(zone);
            }
            suffix = name::parent(text);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(id: &str, name: &str, records: &[(&str, &str, &str)]) -> Indexed {
        let stored = Zone {
            id: id.to_owned(),
            account: 0,
            name: name.to_owned(),
            reference: String::new(),
            comment: String::new(),
            tags: BTreeMap::new(),
            created: 0,
        };
        let records = records.iter().map(|(name, kind, value)| Records {
            name: (*name).to_owned(),
            kind: (*kind).to_owned(),
            ttl: 60,
            values: vec![(*value).to_owned()],
        });
        let records = records.chain(stored.first_records()).collect();
        Indexed::of(&stored, vec!["vpc-1".to_owned()], records)
    }

    #[test]
    fn the_nearest_zone_answers_and_no_other() {
        let mut index = Index::default();
        let deep = ("a.b.c.internal.", "A", "10.0.0.1");
        index.put(zone("Z1", "internal.", &[deep, ("\\052.internal.", "A", "10.0.0.9")]));
        index.put(zone("Z2", "sub.internal.", &[("x.sub.internal.", "TXT", "\"x\"")]));
        let a = |address: [u8; 4]| Some(Found::Values(vec![(60, Value::A(address.into()))]));
        assert_eq!(index.look_up("vpc-1", "a.b.c.internal."), a([10, 0, 0, 1]));
        assert_eq!(index.look_up("vpc-1", "any.internal."), a([10, 0, 0, 9]));
        // A name under which others are is there, without records; what is under it is no wildcard's.
        assert_eq!(index.look_up("vpc-1", "b.c.internal."), Some(Found::Values(Vec::new())));
        let missing = |name: &str, zone: &str| {
            let found = index.look_up("vpc-1", name);
            matches!(found, Some(Found::Missing { zone: of, start: Some(_), .. }) if of == zone)
        };
        assert!(missing("z.c.internal.", "Z1") && missing("y.sub.internal.", "Z2"));
        assert_eq!(index.look_up("vpc-2", "any.internal."), None);
        assert_eq!(index.look_up("vpc-1", "internal.example."), None);
        index.remove("Z2");
        assert_eq!(index.look_up("vpc-1", "sub.internal."), a([10, 0, 0, 9]));
    }
}
