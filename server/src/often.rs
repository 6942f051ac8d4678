//! How often each of many senders is told of: one that floods keeps none of the others from being told.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How often one is told of in each second, at the most.
const EACH: u32 = 20;
const SECOND: Duration = Duration::from_secs(1);
/// Senders that are remembered.
const SENDERS: usize = 4096;

/// Who was told of of late, and how often.
#[derive(Debug)]
pub(crate) struct Often<K> {
    told: Mutex<HashMap<K, (Instant, u32)>>,
}

impl<K> Default for Often<K> {
    fn default() -> Often<K> {
        Often { told: Mutex::default() }
    }
}

impl<K: Eq + Hash> Often<K> {
    /// Whether a sender may be told of once more; counts it, if so.
    pub(crate) fn may_tell(&self, sender: K) -> bool {
        let now = Instant::now();
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.len() >= SENDERS {
            told.retain(|_, (since, _)| now.duration_since(*since) < SECOND);
        }
        if told.len() >= SENDERS && !told.contains_key(&sender) {
            return false;
        }
        let (since, count) = told.entry(sender).or_insert((now, 0));
        if now.duration_since(*since) >= SECOND {
            (*since, *count) = (now, 0);
        }
        *count += 1;
        *count <= EACH
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_floods_keeps_nobody_else_from_being_told_of() {
        let often = Often::default();
        let told = (0..1_000).filter(|_| often.may_tell("one")).count();
        assert!((20..=60).contains(&told), "{told}");
        assert!(often.may_tell("other"));
    }

    #[test]
    fn those_that_are_remembered_are_bounded() {
        let often = Often::default();
        let told = (0..2 * SENDERS).filter(|sender| often.may_tell(*sender)).count();
        assert!(told < 2 * SENDERS, "{told}");
        assert!(often.told.lock().expect("not poisoned").len() <= SENDERS);
    }
}
