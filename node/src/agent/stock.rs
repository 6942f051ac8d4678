//! Which sandboxes were built ahead, isolated, confined and waiting, for Python and Node with the
//! interpreter started and the runtime client loaded: all that is missing is a function.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::node::EnvironmentSpec;

use super::network::Place;

/// How long a kind is kept in stock after it was last wanted.
const KEPT: Duration = Duration::from_secs(600);
/// How many kinds are kept at once.
const KINDS: usize = 8;

/// What makes two sandboxes interchangeable until one is assigned.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) place: Place,
    /// How names are resolved there: the text of `/etc/resolv.conf`.
    pub(super) names: Arc<str>,
    pub(super) runtime: String,
    /// Whether the interpreter has loaded AWS's SDK ahead.
    pub(super) has_sdk: bool,
    /// MB of memory.
    pub(super) memory: u32,
    /// MB of /tmp.
    pub(super) ephemeral: u32,
}

impl Key {
    pub(super) fn new(
        (place, names): (Place, Arc<str>),
        spec: &EnvironmentSpec,
        has_sdk: bool,
    ) -> Key {
        // All bootstraps start alike.
        let provided = spec.runtime.starts_with("provided");
        let runtime = if provided { "provided".into() } else { spec.runtime.clone() };
        Key { place, names, runtime, has_sdk, memory: spec.memory, ephemeral: spec.ephemeral }
    }

    pub(super) fn tmp_size(&self) -> u64 {
        u64::from(self.ephemeral) << 20
    }
}

/// The sandboxes that wait, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Stock {
    shelves: BTreeMap<Key, Shelf>,
}

#[derive(Debug)]
struct Shelf {
    sandboxes: VecDeque<u64>,
    wanted: Instant,
}

impl Default for Shelf {
    fn default() -> Self {
        Shelf { sandboxes: VecDeque::new(), wanted: Instant::now() }
    }
}

impl Stock {
    /// Takes one of this kind, and remembers that it was wanted.
    pub(super) fn take(&mut self, key: &Key) -> Option<u64> {
        if !self.shelves.contains_key(key) && self.shelves.len() >= KINDS {
            return None;
        }
        let shelf = self.shelves.entry(key.clone()).or_default();
        shelf.wanted = Instant::now();
        // The oldest is the likeliest to have come to rest.
        shelf.sandboxes.pop_front()
    }

    /// A kind of which there are fewer than `count`, unless there are `most` of all together.
    pub(super) fn wanted(&self, count: usize, most: usize) -> Option<Key> {
        if self.all() >= most {
            return None;
        }
        let short = self.shelves.iter().filter(|(_, shelf)| shelf.sandboxes.len() < count);
        short.min_by_key(|(_, shelf)| shelf.sandboxes.len()).map(|(key, _)| key.clone())
    }

    fn all(&self) -> usize {
        self.shelves.values().map(|shelf| shelf.sandboxes.len()).sum()
    }

    pub(super) fn put(&mut self, key: Key, sandbox: u64) {
        self.shelves.entry(key).or_default().sandboxes.push_back(sandbox);
    }

    /// Whether no kind is wanted, and each of them is at rest.
    pub(super) fn is_complete(
        &self,
        (count, most): (usize, usize),
        is_at_rest: impl Fn(&Key, u64) -> bool,
    ) -> bool {
        !self.shelves.is_empty()
            && self.wanted(count, most).is_none()
            && self
                .shelves
                .iter()
                .all(|(key, shelf)| shelf.sandboxes.iter().all(|&each| is_at_rest(key, each)))
    }

    /// Stops keeping a kind that cannot be built.
    pub(super) fn forget(&mut self, key: &Key) {
        if self.shelves.get(key).is_some_and(|shelf| shelf.sandboxes.is_empty()) {
            self.shelves.remove(key);
        }
    }

    /// Removes one that has ended while it waited.
    pub(super) fn remove(&mut self, sandbox: u64) {
        for shelf in self.shelves.values_mut() {
            shelf.sandboxes.retain(|&each| each != sandbox);
        }
    }

    /// Takes out what nobody has wanted for long.
    pub(super) fn outdated(&mut self) -> Vec<u64> {
        let now = Instant::now();
        let old: Vec<Key> = self
            .shelves
            .iter()
            .filter(|(_, shelf)| now.duration_since(shelf.wanted) > KEPT)
            .map(|(key, _)| key.clone())
            .collect();
        old.iter().filter_map(|key| self.shelves.remove(key)).flat_map(|s| s.sandboxes).collect()
    }
}
