//! Idle environments of a version, as a list of their slots: the last used is first.

use alloc::vec::Vec;

use crate::base::fetch::Fetch;

/// No slot.
const NONE: u32 = u32::MAX;

/// Slots of the idle environments beside one, of the same version: those used before and after.
#[derive(Debug, Clone, Copy)]
struct Neighbours {
    older: u32,
    /// Not kept up to date for the newest.
    newer: u32,
}

/// The neighbours of all environments that are idle, by their slots: apart from the environments,
/// so that a change of the one beside does not fetch all of it from memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct IdleLinks(Vec<Neighbours>);

impl IdleLinks {
    /// Has room for an environment in that slot.
    pub(super) fn reach(&mut self, slot: u32) {
        let least = slot as usize + 1;
        if self.0.len() < least {
            self.0.resize(least, Neighbours { older: NONE, newer: NONE });
        }
    }

    #[inline]
    fn of(&mut self, slot: u32) -> &mut Neighbours {
        &mut self.0[slot as usize]
    }

    /// Fetches the neighbours of an environment.
    #[inline]
    pub(crate) fn fetch(&self, slot: u32, fetch: impl Fetch) {
        if let Some(neighbours) = self.0.get(slot as usize) {
            fetch(core::ptr::from_ref(neighbours).cast());
        }
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
    pub(super) fn push(&mut self, links: &mut IdleLinks, slot: u32) {
        *links.of(slot) = Neighbours { older: self.newest, newer: NONE };
        if let Some(newest) = self.newest() {
            links.of(newest).newer = slot;
        }
        self.newest = slot;
    }

    /// Takes the one that was used last.
    #[inline]
    pub(crate) fn take_newest(&mut self, links: &mut IdleLinks) -> Option<u32> {
        let slot = self.newest()?;
        self.newest = links.of(slot).older;
        Some(slot)
    }

    /// Takes one from wherever it is.
    pub(super) fn remove(&mut self, links: &mut IdleLinks, slot: u32) {
        if slot == self.newest {
            self.take_newest(links);
            return;
        }
        let Neighbours { older, newer } = *links.of(slot);
        links.of(newer).older = older;
        if older != NONE {
            links.of(older).newer = newer;
        }
    }

    /// The slots of all of them, from the one that was used last.
    pub(crate) fn walk<'a>(&self, links: &'a IdleLinks) -> impl Iterator<Item = u32> + use<'a> {
        core::iter::successors(self.newest(), |slot| {
            let older = links.0[*slot as usize].older;
            (older != NONE).then_some(older)
        })
    }
}
