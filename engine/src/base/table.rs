//! Tables: things by their ids, found without a search.
//!
//! An id that a table gives out has its slot in its low bits, mixed with the bits above so that
//! it looks as random as those; finding it is one look at that slot. Of an id from elsewhere, such as
//! a stored one whose slot is taken, the slot is kept in a map beside.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::ops::Index;

use crate::base::fetch::Fetch;
use crate::base::id::{EnvironmentId, FunctionId};
use crate::base::random::Random;

/// Bits of an id that tell its slot.
const BITS: u32 = 24;
const MASK: u64 = (1 << BITS) - 1;
/// Slots that are left empty for the sake of a stored id, at most.
const GAP: usize = 64;

/// An id that can have a slot in it.
pub(crate) trait Slotted: Copy + Ord {
    /// The bits above the slot's, and the slot's as they are mixed.
    fn parts(self) -> (u64, u64);
    /// A random id whose low bits are these, by the bits above them.
    fn draw(random: &mut Random, low: impl Fn(u64) -> u64) -> Self;

    #[inline]
    fn slot(self) -> usize {
        let (high, low) = self.parts();
        ((low ^ mix(high)) & MASK) as usize
    }

    fn with_slot(random: &mut Random, slot: usize) -> Self {
        Self::draw(random, |high| (slot as u64 ^ mix(high)) & MASK)
    }
}

#[inline]
fn mix(high: u64) -> u64 {
    high.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - BITS)
}

macro_rules! slotted {
    ($($name:ident),*) => {$(
        impl Slotted for $name {
            fn parts(self) -> (u64, u64) {
                (self.0 >> BITS, self.0 & MASK)
            }

            fn draw(random: &mut Random, low: impl Fn(u64) -> u64) -> $name {
                let high = random.draw() >> BITS;
                $name(high << BITS | low(high))
            }
        }
    )*};
}

slotted!(EnvironmentId, FunctionId);

/// Something that knows its id.
pub(crate) trait Keyed {
    type Id: Slotted;
    fn key(&self) -> Self::Id;
}

impl<V: Keyed> Keyed for Box<V> {
    type Id = V::Id;
    fn key(&self) -> V::Id {
        (**self).key()
    }
}

/// Things by their ids; walked in the order of their slots.
#[derive(Debug, Clone)]
pub(crate) struct Table<V: Keyed> {
    slots: Vec<Option<V>>,
    /// Slots that were empty once; some may be taken by now.
    vacant: Vec<u32>,
    /// Slots of those whose ids do not tell them.
    elsewhere: BTreeMap<V::Id, u32>,
    length: usize,
}

impl<V: Keyed> Default for Table<V> {
    fn default() -> Self {
        Table { slots: Vec::new(), vacant: Vec::new(), elsewhere: BTreeMap::new(), length: 0 }
    }
}

impl<V: Keyed> Table<V> {
    /// An id for what is to be put in next.
    pub(crate) fn fresh(&mut self, random: &mut Random) -> V::Id {
        let slot = self.vacant_slot();
        loop {
            let id = V::Id::with_slot(random, slot & MASK as usize);
            if !self.contains_key(&id) {
                return id;
            }
        }
    }

    fn vacant_slot(&mut self) -> usize {
        while let Some(vacant) = self.vacant.last() {
            if self.slots[*vacant as usize].is_none() {
                return *vacant as usize;
            }
            self.vacant.pop();
        }
        self.slots.len()
    }

    /// How many slots there are, taken or not.
    pub(crate) fn slots(&self) -> usize {
        self.slots.len()
    }

    /// Has slots at the ready for so many, whose ids may come in any order.
    pub(crate) fn reach(&mut self, slots: usize) {
        while self.slots.len() < slots.min(MASK as usize + 1) {
            self.vacant.push(self.slots.len() as u32);
            self.slots.push(None);
        }
    }

    pub(crate) fn insert(&mut self, value: V) -> Option<V> {
        let id = value.key();
        if let Some(known) = self.get_mut(&id) {
            return Some(core::mem::replace(known, value));
        }
        self.length += 1;
        let mut slot = id.slot();
        let is_taken = self.slots.get(slot).is_some_and(Option::is_some);
        if is_taken || slot > self.slots.len() + GAP {
            slot = self.vacant_slot();
            self.elsewhere.insert(id, slot as u32);
        }
        self.reach(slot + 1);
        self.slots[slot] = Some(value);
        None
    }

    /// The slot of what has this id.
    #[inline]
    pub(crate) fn slot(&self, id: &V::Id) -> Option<u32> {
        let slot = id.slot();
        match self.slots.get(slot) {
            Some(Some(value)) if value.key() == *id => Some(slot as u32),
            _ if self.elsewhere.is_empty() => None,
            _ => self.elsewhere.get(id).copied(),
        }
    }

    /// What is in a slot that something is known to be in.
    #[inline]
    pub(crate) fn at(&self, slot: u32) -> &V {
        self.slots[slot as usize].as_ref().expect("the slot is taken")
    }

    /// What is in a slot that something is known to be in, to be changed.
    #[inline]
    pub(crate) fn at_mut(&mut self, slot: u32) -> &mut V {
        self.slots[slot as usize].as_mut().expect("the slot is taken")
    }

    #[inline]
    pub(crate) fn get(&self, id: &V::Id) -> Option<&V> {
        self.slot(id).map(|slot| self.at(slot))
    }

    #[inline]
    pub(crate) fn get_mut(&mut self, id: &V::Id) -> Option<&mut V> {
        self.slot(id).map(|slot| self.at_mut(slot))
    }

    /// The slot that what has this id is in, unless its id is from elsewhere; looks at nothing.
    #[inline]
    pub(crate) fn likely_slot(&self, id: &V::Id) -> u32 {
        id.slot() as u32
    }

    /// Fetches the first cache line of what likely has this id.
    #[inline]
    pub(crate) fn fetch(&self, id: &V::Id, fetch: impl Fetch) {
        self.fetch_at(self.likely_slot(id), fetch);
    }

    /// Fetches the first cache line of what is in a slot.
    #[inline]
    pub(crate) fn fetch_at(&self, slot: u32, fetch: impl Fetch) {
        if let Some(place) = self.slots.get(slot as usize) {
            fetch(core::ptr::from_ref(place).cast());
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.length
    }

    pub(crate) fn contains_key(&self, id: &V::Id) -> bool {
        self.slot(id).is_some()
    }

    pub(crate) fn remove(&mut self, id: &V::Id) -> Option<V> {
        let slot = self.slot(id)?;
        if slot as usize != id.slot() {
            self.elsewhere.remove(id);
        }
        self.vacant.push(slot);
        self.length -= 1;
        self.slots[slot as usize].take()
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.slots.iter().flatten()
    }
}

impl<V: Keyed> Index<&V::Id> for Table<V> {
    type Output = V;
    fn index(&self, id: &V::Id) -> &V {
        self.get(id).expect("the table has what is looked up by index")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, Copy, PartialEq)]
    struct Thing(EnvironmentId, u32);

    impl Keyed for Thing {
        type Id = EnvironmentId;
        fn key(&self) -> EnvironmentId {
            self.0
        }
    }

    #[test]
    fn ids_find_their_things_and_foreign_ones_too() {
        let mut random = Random::new(3);
        let mut table = Table::default();
        let mut plain = BTreeMap::new();
        for number in 0..5_000u32 {
            let id = match number % 5 {
                // As a store might give it back: of another run.
                0 => EnvironmentId(random.draw()),
                _ => table.fresh(&mut random),
            };
            assert_eq!(table.insert(Thing(id, number)), None);
            plain.insert(id, Thing(id, number));
            if random.draw().is_multiple_of(2) {
                let at = random.draw() as usize % plain.len();
                let id = *plain.keys().nth(at).expect("it is below the length");
                assert_eq!(table.remove(&id), plain.remove(&id));
                assert_eq!((table.remove(&id), table.get(&id)), (None, None));
            }
        }
        assert_eq!(
            table.values().map(|thing| (thing.0, *thing)).collect::<BTreeMap<_, _>>(),
            plain
        );
        assert!(plain.iter().all(|(id, number)| table[id] == *number));
        assert!(table.slots.len() < plain.len() + 200, "{} slots", table.slots.len());
    }
}
