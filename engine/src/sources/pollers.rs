//! Provisioned pollers of a stream: of how many shards records are given to the function at once, and
//! whose turn it is.

use alloc::string::String;

use crate::base::limits::POLLERS_GROW_AFTER;
use crate::base::time::Time;
use crate::record::mapping::{Mapping, Pollers};

/// What a mapping with provisioned pollers has of them at present.
#[derive(Debug, Clone, Default)]
pub(crate) struct Provisioned {
    /// How many there are beside the least.
    more: u32,
    /// Since when shards have had to wait for one, or when there was another.
    since: Option<Time>,
    /// The shard that was given to the function last.
    pub(super) last: Option<String>,
}

impl Provisioned {
    /// How many there are, where they are provisioned.
    pub(crate) fn count(&self, mapping: &Mapping) -> Option<u32> {
        let Pollers { minimum, maximum } = mapping.settings.pollers?;
        Some((minimum + self.more).min(maximum))
    }

    /// Whether one of them is free while so many are busy.
    pub(super) fn has_room(&self, mapping: &Mapping, busy: usize) -> bool {
        self.count(mapping).is_none_or(|count| busy < count as usize)
    }

    /// Puts shards in the order in which it is their turn: behind the last one, and around.
    pub(super) fn order(&self, mapping: &Mapping, shards: &mut [String]) {
        if let (Some(_), Some(last)) = (mapping.settings.pollers, &self.last) {
            let next = shards.iter().position(|shard| shard > last).unwrap_or(0);
            shards.rotate_left(next);
        }
    }

    /// So many shards wait for a poller now: there is one more for each after a while, and as few as may
    /// be when there is nothing to do. Answers whether there are more from now on.
    pub(super) fn waits(
        &mut self,
        now: Time,
        mapping: &Mapping,
        shards: u32,
        is_idle: bool,
    ) -> bool {
        let Some(Pollers { minimum, maximum }) = mapping.settings.pollers else { return false };
        if shards == 0 || self.more >= maximum - minimum {
            self.since = None;
            self.more = if is_idle { 0 } else { self.more };
            return false;
        }
        let since = *self.since.get_or_insert(now);
        if now - since < POLLERS_GROW_AFTER {
            return false;
        }
        self.more = (self.more + shards).min(maximum - minimum);
        self.since = Some(now);
        true
    }

    /// When there may be more of them.
    pub(super) fn due(&self) -> Option<Time> {
        self.since.map(|since| since + POLLERS_GROW_AFTER)
    }
}
