//! All aliases, and to which version each leads an invocation.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;

use crate::base::id::{AliasId, FunctionId};
use crate::base::random::{Random, fresh};
use crate::record::alias::{Alias, Further, Weight};
use crate::tell::trail::Route;

/// All aliases, by id and by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Aliases {
    by_id: BTreeMap<AliasId, Alias>,
    names: BTreeMap<FunctionId, BTreeMap<String, AliasId>>,
}

impl Aliases {
    pub(crate) fn insert(&mut self, alias: Alias) {
        let names = self.names.entry(alias.function).or_default();
        names.insert(alias.name.clone(), alias.id);
        self.by_id.insert(alias.id, alias);
    }

    pub(crate) fn get(&self, id: AliasId) -> Option<&Alias> {
        self.by_id.get(&id)
    }

    /// An alias of a function by its name.
    pub(crate) fn named(&self, function: FunctionId, name: &str) -> Option<&Alias> {
        self.get(*self.names.get(&function)?.get(name)?)
    }

    /// The aliases of a function, in the order of their names.
    pub(crate) fn of(&self, function: FunctionId) -> impl Iterator<Item = &Alias> {
        let ids = self.names.get(&function).into_iter().flat_map(BTreeMap::values);
        ids.map(|id| &self.by_id[id])
    }

    /// Where an alias leads one more invocation; none when it is gone.
    pub(crate) fn route(&self, id: AliasId, random: &mut Random) -> Option<Box<Route>> {
        let alias = self.get(id)?;
        let (version, weight) = match alias.further {
            None => (alias.version, None),
            Some(Further { version, weight: Weight(share) }) => match unit(random) < share {
                true => (version, Some(share)),
                false => (alias.version, Some(1.0 - share)),
            },
        };
        Some(Box::new(Route { alias: alias.name.clone(), version, weight }))
    }

    pub(super) fn fresh(&self, random: &mut Random) -> AliasId {
        fresh(random, &self.by_id, AliasId)
    }

    pub(super) fn remove(&mut self, id: AliasId) {
        let Some(alias) = self.by_id.remove(&id) else { return };
        if let Some(names) = self.names.get_mut(&alias.function) {
            names.remove(&alias.name);
        }
    }

    /// Forgets the aliases of a function that is deleted; their ids.
    pub(crate) fn remove_all(&mut self, function: FunctionId) -> impl Iterator<Item = AliasId> {
        let names = self.names.remove(&function).unwrap_or_default();
        names.values().for_each(|id| drop(self.by_id.remove(id)));
        names.into_values()
    }
}

/// A number from 0 up to 1, as fine as a `f64` can be.
fn unit(random: &mut Random) -> f64 {
    const FINE: u32 = f64::MANTISSA_DIGITS;
    (random.draw() >> (u64::BITS - FINE)) as f64 / (1u64 << FINE) as f64
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;
    use crate::base::id::Version;

    #[test]
    fn an_alias_leads_as_often_to_each_version_as_its_weight_says() {
        for share in [0.0, 0.1, 0.5, 1.0] {
            let further = Further { version: Version(2), weight: Weight(share) };
            let mut aliases = Aliases::default();
            aliases.insert(Alias {
                id: AliasId(1),
                function: FunctionId(1),
                name: "live".into(),
                description: String::new(),
                version: Version(1),
                further: Some(further),
                revision: 0,
            });
            let mut random = Random::new(3);
            let mut drawn = || aliases.route(AliasId(1), &mut random).expect("a route");
            let routes: Vec<_> = (0..10_000).map(|_| drawn()).collect();
            let second = routes.iter().filter(|route| route.version == Version(2)).count();
            // Five standard errors of a binomial distribution, squared.
            let (away, most) = (second as f64 - share * 1e4, 25.0 * 1e4 * share * (1.0 - share));
            assert!(away * away <= most, "{second} of 10,000 with {share}");
            let weights = routes.iter().filter_map(|route| route.weight);
            assert!(weights.into_iter().all(|weight| weight > 0.0), "none is led where none is");
        }
    }
}
