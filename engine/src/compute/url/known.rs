//! All URLs of functions, by their ids and by what they are of.

use alloc::collections::BTreeMap;
use alloc::string::String;

use crate::base::id::{FunctionId, UrlId};
use crate::base::random::Random;
use crate::record::function_url::FunctionUrl;

/// All URLs of functions, by their ids and by what they are of.
#[derive(Debug, Clone, Default)]
pub(crate) struct Urls {
    by_id: BTreeMap<UrlId, FunctionUrl>,
    of: BTreeMap<FunctionId, BTreeMap<Option<String>, UrlId>>,
}

impl Urls {
    pub(crate) fn insert(&mut self, url: FunctionUrl) {
        let of_function = self.of.entry(url.function).or_default();
        of_function.insert(url.alias.clone(), url.id);
        self.by_id.insert(url.id, url);
    }

    pub(crate) fn get(&self, id: UrlId) -> Option<&FunctionUrl> {
        self.by_id.get(&id)
    }

    /// The URL of a function, or of its alias.
    pub(crate) fn find(&self, function: FunctionId, alias: Option<&str>) -> Option<&FunctionUrl> {
        // A key that is owned is made for functions alone that have URLs.
        self.get(*self.of.get(&function)?.get(&alias.map(String::from))?)
    }

    /// The URLs of a function: its own, and those of its aliases in the order of their names.
    pub(crate) fn of(&self, function: FunctionId) -> impl Iterator<Item = &FunctionUrl> {
        let ids = self.of.get(&function).into_iter().flat_map(BTreeMap::values);
        ids.map(|id| &self.by_id[id])
    }

    /// An id that no URL has.
    pub(super) fn fresh(&self, random: &mut Random) -> UrlId {
        loop {
            let id = UrlId(u128::from(random.draw()) << 64 | u128::from(random.draw()));
            if !self.by_id.contains_key(&id) {
                return id;
            }
        }
    }

    /// Forgets one; its id.
    pub(crate) fn remove(&mut self, function: FunctionId, alias: Option<&str>) -> Option<UrlId> {
        let of_function = self.of.get_mut(&function)?;
        let id = of_function.remove(&alias.map(String::from))?;
        if of_function.is_empty() {
            self.of.remove(&function);
        }
        self.by_id.remove(&id);
        Some(id)
    }

    /// Forgets the URLs of a function that is deleted; their ids.
    pub(crate) fn remove_all(&mut self, function: FunctionId) -> impl Iterator<Item = UrlId> {
        let ids = self.of.remove(&function).unwrap_or_default();
        ids.values().for_each(|id| drop(self.by_id.remove(id)));
        ids.into_values()
    }
}
