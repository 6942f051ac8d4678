//! Sandboxes built ahead: isolated, confined and waiting, for Python and Node with the
//! interpreter started and the runtime client loaded; all that is missing is a function.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::node::EnvironmentSpec;

use crate::agent::{Place, Slot};
use crate::runtime::api::Instance;
use crate::sandbox::sys;

/// How long a kind is kept in stock after it was last wanted.
const KEPT: Duration = Duration::from_secs(600);
/// How many kinds are kept at once.
const KINDS: usize = 8;

/// What makes two sandboxes interchangeable until one is assigned.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) place: Place,
    pub(crate) runtime: String,
    /// MB of memory.
    pub(crate) memory: u32,
    /// MB of /tmp.
    pub(crate) ephemeral: u32,
}

impl Key {
    pub(crate) fn new(place: Place, spec: &EnvironmentSpec) -> Key {
        // All bootstraps start alike.
        let provided = spec.runtime.starts_with("provided");
        let runtime = if provided { "provided".into() } else { spec.runtime.clone() };
        Key { place, runtime, memory: spec.memory, ephemeral: spec.ephemeral }
    }

    pub(crate) fn tmp_size(&self) -> u64 {
        u64::from(self.ephemeral) << 20
    }
}

/// A sandbox, and what it holds.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) instance: Arc<Instance>,
    pub(crate) slot: Slot,
}

impl Prepared {
    /// Kills every process of it, also where they are frozen.
    pub(crate) fn kill(&self) {
        // Both fail only for what is gone already. The signal comes first, so that nothing of the
        // function runs between the thaw that version 1 of the freezer needs and its end.
        let _ = sys::kill(&self.instance.pidfd);
        let _ = self.instance.group.thaw();
    }
}

/// The sandboxes that wait.
#[derive(Debug, Default)]
pub(crate) struct Stock {
    shelves: BTreeMap<Key, Shelf>,
}

#[derive(Debug)]
struct Shelf {
    prepared: Vec<Prepared>,
    wanted: Instant,
}

impl Stock {
    /// Takes one of this kind, and remembers that it was wanted.
    pub(crate) fn take(&mut self, key: &Key) -> Option<Prepared> {
        let now = Instant::now();
        if !self.shelves.contains_key(key) && self.shelves.len() >= KINDS {
            return None;
        }
        let shelf = self
            .shelves
            .entry(key.clone())
            .or_insert_with(|| Shelf { prepared: Vec::new(), wanted: now });
        shelf.wanted = now;
        // The oldest is the likeliest to have come to rest.
        (!shelf.prepared.is_empty()).then(|| shelf.prepared.remove(0))
    }

    /// A kind of which there are fewer than `count`.
    pub(crate) fn wanted(&self, count: usize) -> Option<Key> {
        let short = self.shelves.iter().filter(|(_, shelf)| shelf.prepared.len() < count);
        short.min_by_key(|(_, shelf)| shelf.prepared.len()).map(|(key, _)| key.clone())
    }

    pub(crate) fn put(&mut self, key: Key, prepared: Prepared) {
        let now = Instant::now();
        let shelf = self.shelves.entry(key);
        shelf
            .or_insert_with(|| Shelf { prepared: Vec::new(), wanted: now })
            .prepared
            .push(prepared);
    }

    /// Whether there are `count` of each kind, each with its interpreter at rest.
    pub(crate) fn is_complete(&self, count: usize) -> bool {
        !self.shelves.is_empty()
            && self.shelves.iter().all(|(key, shelf)| {
                let at_rest =
                    |each: &Prepared| key.runtime == "provided" || each.instance.has_connected();
                shelf.prepared.len() >= count && shelf.prepared.iter().all(at_rest)
            })
    }

    /// Stops keeping a kind that cannot be built.
    pub(crate) fn forget(&mut self, key: &Key) {
        if self.shelves.get(key).is_some_and(|shelf| shelf.prepared.is_empty()) {
            self.shelves.remove(key);
        }
    }

    /// Removes one that has ended while it waited.
    pub(crate) fn remove(&mut self, sandbox: u64) -> Option<Prepared> {
        self.shelves.values_mut().find_map(|shelf| {
            let at = shelf.prepared.iter().position(|each| each.instance.sandbox == sandbox)?;
            Some(shelf.prepared.remove(at))
        })
    }

    /// What nobody has wanted for long.
    pub(crate) fn outdated(&mut self) -> Vec<Prepared> {
        let now = Instant::now();
        let old: Vec<Key> = self
            .shelves
            .iter()
            .filter(|(_, shelf)| now.duration_since(shelf.wanted) > KEPT)
            .map(|(key, _)| key.clone())
            .collect();
        old.iter().filter_map(|key| self.shelves.remove(key)).flat_map(|s| s.prepared).collect()
    }
}
