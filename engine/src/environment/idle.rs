//! Idle environments of a version, as a list threaded through them: the last used is first.

use super::Environment;
use crate::table::Table;

/// No slot.
const NONE: u32 = u32::MAX;

/// Slots of the idle environments beside one, of the same version: those used before and after.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Neighbours {
    older: u32,
    /// Not kept up to date for the newest.
    newer: u32,
}

impl Default for Neighbours {
    fn default() -> Neighbours {
        Neighbours { older: NONE, newer: NONE }
    }
}

/// The idle environments of a version, in the order of their last use.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Idle {
    newest: u32,
}

impl Default for Idle {
    fn default() -> Idle {
        Idle { newest: NONE }
    }
}

impl Idle {
    /// The slot of the one that was used last.
    #[inline]
    pub(crate) fn newest(&self) -> Option<u32> {
        (self.newest != NONE).then_some(self.newest)
    }

    /// Puts one in as the one that was used last.
    #[inline]
    pub(super) fn push(&mut self, environments: &mut Table<Environment>, slot: u32) {
        environments.at_mut(slot).idle = Neighbours { older: self.newest, newer: NONE };
        if let Some(newest) = self.newest() {
            environments.at_mut(newest).idle.newer = slot;
        }
        self.newest = slot;
    }

    /// Takes the one that was used last.
    #[inline]
    pub(crate) fn take_newest(&mut self, environments: &Table<Environment>) -> Option<u32> {
        let slot = self.newest()?;
        self.newest = environments.at(slot).idle.older;
        Some(slot)
    }

    /// Takes one from wherever it is.
    pub(super) fn remove(&mut self, environments: &mut Table<Environment>, slot: u32) {
        if slot == self.newest {
            self.take_newest(environments);
            return;
        }
        let Neighbours { older, newer } = environments.at(slot).idle;
        environments.at_mut(newer).idle.older = older;
        if older != NONE {
            environments.at_mut(older).idle.newer = newer;
        }
    }

    /// From the one that was used last.
    pub(crate) fn walk<'a>(
        &self,
        environments: &'a Table<Environment>,
    ) -> impl Iterator<Item = &'a Environment> {
        let of = |slot: u32| (slot != NONE).then(|| environments.at(slot));
        core::iter::successors(of(self.newest), move |each| of(each.idle.older))
    }
}
