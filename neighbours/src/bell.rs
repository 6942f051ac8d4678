//! Bells: who waits for something to come is woken when it does, without asking from time to time.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio::sync::watch;

/// A bell for each thing that somebody waits for.
#[derive(Debug)]
pub(crate) struct Bells<K> {
    hung: Mutex<HashMap<K, Weak<watch::Sender<u64>>>>,
}

impl<K> Default for Bells<K> {
    fn default() -> Bells<K> {
        Bells { hung: Mutex::default() }
    }
}

/// Who hears a bell. What rings after it was made is heard, also before it is waited for.
#[derive(Debug)]
pub struct Ears {
    /// Keeps the bell hung.
    _bell: Arc<watch::Sender<u64>>,
    heard: watch::Receiver<u64>,
}

impl Ears {
    /// Waits until the bell rings, if it has not since this was last waited for.
    pub async fn ring(&mut self) {
        self.heard.changed().await.expect("the bell hangs as long as there are ears");
    }
}

impl<K: Eq + Hash + Clone> Bells<K> {
    /// Listens to the bell of a thing.
    pub(crate) fn listen(&self, of: &K) -> Ears {
        let mut hung = self.lock();
        let known = hung.get(of).and_then(Weak::upgrade);
        let bell = known.unwrap_or_else(|| {
            // Bells that nobody hears any more go when others come.
            hung.retain(|_, bell| bell.strong_count() > 0);
            let bell = Arc::new(watch::Sender::new(0));
            hung.insert(of.clone(), Arc::downgrade(&bell));
            bell
        });
        let heard = bell.subscribe();
        Ears { _bell: bell, heard }
    }

    /// Whether anybody listens to any bell.
    pub(crate) fn are_heard(&self) -> bool {
        self.lock().values().any(|bell| bell.strong_count() > 0)
    }

    /// Rings the bell of a thing, if anybody listens.
    pub(crate) fn ring(&self, of: &K) {
        let bell = self.lock().get(of).and_then(Weak::upgrade);
        if let Some(bell) = bell {
            bell.send_modify(|rung| *rung += 1);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, Weak<watch::Sender<u64>>>> {
        // Nothing that is done under the lock leaves it half changed.
        self.hung.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_rings_before_it_is_waited_for_is_heard() {
        let bells = Bells::default();
        let mut ears = bells.listen(&1);
        bells.ring(&1);
        bells.ring(&1);
        ears.ring().await;
        bells.ring(&2);
        let silent = tokio::time::timeout(std::time::Duration::from_millis(20), ears.ring()).await;
        assert!(silent.is_err(), "one was heard already, and the other is not this one");
        drop(ears);
        drop(bells.listen(&3));
        assert_eq!(bells.lock().len(), 1, "bells that nobody hears are taken down");
    }
}
