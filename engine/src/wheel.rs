//! A wheel: things to come, taken in the order of their times.
//!
//! Time only goes forward, so an entry's slot follows from the highest digit, of eight bits, in
//! which its time differs from the present: adding is a few instructions, and an entry moves to a
//! lower level only when its turn comes near (Varghese and Lauck, "Hashed and hierarchical timing
//! wheels", 1987; Ahuja et al., "Faster algorithms for the shortest path problem", 1990). A slot of
//! few entries is not spread any further but sorted, and stands ready to be taken from (Tang et
//! al., "Ladder queue", 2005). Entries of the same time are taken in the order of their addition.

use alloc::vec::Vec;

use crate::time::Time;

/// Bits of a digit.
const BITS: u32 = 8;
/// Values of a digit.
const SLOTS: usize = 1 << BITS;
/// Digits of a time.
const LEVELS: usize = (u64::BITS / BITS) as usize;
/// Entries of a slot up to which it is sorted; more are spread over lower levels.
const FEW: usize = 48;
/// Entries that may stand ready; of more, those due first remain, and the others go back to slots.
const MOST: usize = 128;

/// Things to come.
#[derive(Debug, Clone)]
pub struct Wheel<T> {
    /// What is due first, sorted; those before `taken` have been taken.
    ready: Vec<(u64, T)>,
    taken: usize,
    /// The time of the first entry; the end of time when there is none.
    first: u64,
    /// The time that was taken last; nothing is added before it.
    last: u64,
    /// All up to this time stands ready.
    horizon: u64,
    /// How many entries are in slots.
    waiting: usize,
    /// Which slots of each level hold anything.
    occupied: [[u64; SLOTS / 64]; LEVELS],
    slots: Vec<Slot<T>>,
}

#[derive(Debug, Clone)]
struct Slot<T> {
    entries: Vec<(u64, T)>,
    /// The earliest time in it.
    earliest: u64,
}

impl<T> Default for Wheel<T> {
    fn default() -> Self {
        let empty = |_| Slot { entries: Vec::new(), earliest: u64::MAX };
        Wheel {
            ready: Vec::new(),
            taken: 0,
            first: u64::MAX,
            last: 0,
            horizon: 0,
            waiting: 0,
            occupied: [[0; SLOTS / 64]; LEVELS],
            slots: (0..LEVELS * SLOTS).map(empty).collect(),
        }
    }
}

impl<T: Copy> Wheel<T> {
    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.waiting + self.ready.len() - self.taken
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds an entry; one that is late is due at once.
    pub fn push(&mut self, at: Time, item: T) {
        let at = at.0.max(self.last);
        self.first = self.first.min(at);
        if at > self.horizon {
            self.waiting += 1;
            return self.place(at, item);
        }
        let place = self.place_in_ready(at);
        self.ready.insert(place, (at, item));
        if self.ready.len() - self.taken > MOST {
            self.put_back();
        }
    }

    /// Behind all that are ready and due by then.
    fn place_in_ready(&self, at: u64) -> usize {
        self.taken + self.ready[self.taken..].partition_point(|(time, _)| *time <= at)
    }

    /// Puts the later ones of those that are ready back into slots: all of them were in slots of
    /// one level, by whose digit alone the horizon moves.
    fn put_back(&mut self) {
        self.horizon = self.ready[self.taken + MOST / 4].0;
        let from = self.place_in_ready(self.horizon);
        for at in from..self.ready.len() {
            let (time, item) = self.ready[at];
            self.place(time, item);
        }
        self.waiting += self.ready.len() - from;
        self.ready.truncate(from);
    }

    /// When the first entry is due.
    #[inline]
    pub fn next(&self) -> Option<Time> {
        (!self.is_empty()).then_some(Time(self.first))
    }

    /// Takes the first entry, if it is due by `now`.
    #[inline]
    pub fn pop(&mut self, now: Time) -> Option<(Time, T)> {
        if self.first > now.0 || self.is_empty() { None } else { Some(self.take()) }
    }

    fn take(&mut self) -> (Time, T) {
        if self.taken == self.ready.len() {
            self.advance(1);
        }
        let (at, item) = self.ready[self.taken];
        self.taken += 1;
        self.last = at;
        self.first = match self.ready.get(self.taken) {
            Some((next, _)) => *next,
            None => self.first_slot().map_or(u64::MAX, |at| self.slots[at].earliest),
        };
        (Time(at), item)
    }

    /// Makes those ready that come first, at least so many if there are as many and none is ready
    /// yet; answers them, for who wants to fetch from memory what they will need.
    pub fn look_ahead(&mut self, many: usize) -> Option<&[(u64, T)]> {
        let is_new = self.taken == self.ready.len() && self.advance(many);
        is_new.then_some(&self.ready)
    }

    /// Makes entries ready, none of which are; answers whether there are any.
    fn advance(&mut self, many: usize) -> bool {
        self.ready.clear();
        self.taken = 0;
        let mut of_level = LEVELS;
        while self.ready.len() < many && self.waiting > 0 {
            let Some(at) = self.first_slot() else { break };
            let (level, digit) = (at / SLOTS, at % SLOTS);
            let slot = &mut self.slots[at];
            let is_full = level > 0 && slot.entries.len() > FEW;
            // Further ones of the same level are near in time; what lies beyond may be far.
            if !self.ready.is_empty() && (level > of_level || is_full) {
                break;
            }
            of_level = level;
            self.occupied[level][digit / 64] &= !(1 << (digit % 64));
            let shift = level as u32 * BITS;
            if is_full {
                self.horizon = slot.earliest >> shift << shift;
                slot.earliest = u64::MAX;
                let mut entries = core::mem::take(&mut slot.entries);
                for (time, item) in entries.drain(..) {
                    self.place(time, item);
                }
                // Its room is kept for those to come.
                self.slots[at].entries = entries;
                continue;
            }
            self.horizon = (slot.earliest >> shift << shift) | ((1 << shift) - 1);
            slot.earliest = u64::MAX;
            self.waiting -= slot.entries.len();
            let begin = self.ready.len();
            self.ready.extend_from_slice(&slot.entries);
            slot.entries.clear();
            if level > 0 {
                self.ready[begin..].sort_by_key(|(time, _)| *time);
            }
        }
        !self.ready.is_empty()
    }

    fn first_slot(&self) -> Option<usize> {
        for (level, words) in self.occupied.iter().enumerate() {
            for (at, word) in words.iter().enumerate() {
                if *word != 0 {
                    return Some(level * SLOTS + at * 64 + word.trailing_zeros() as usize);
                }
            }
        }
        None
    }

    fn place(&mut self, time: u64, item: T) {
        let differing = (time ^ self.horizon) | 1;
        let level = (differing.ilog2() / BITS) as usize;
        let digit = (time >> (level as u32 * BITS)) as usize % SLOTS;
        self.occupied[level][digit / 64] |= 1 << (digit % 64);
        let slot = &mut self.slots[level * SLOTS + digit];
        slot.earliest = slot.earliest.min(time);
        slot.entries.push((time, item));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;
    use alloc::collections::BTreeMap;

    #[test]
    fn entries_come_in_the_order_of_time_and_then_of_addition() {
        let mut random = Random::new(7);
        for (spread, ahead) in [(1, 1), (10, 9), (1_000, 32), (1 << 20, 1), (1 << 40, 32)] {
            let mut wheel = Wheel::default();
            let mut plain: BTreeMap<(u64, u64), u64> = BTreeMap::new();
            let mut now = 1_700_000_000_000_000_000;
            for number in 0..20_000 {
                // Now and then one that is far beyond the others.
                let far = if random.draw().is_multiple_of(50) { spread << 10 } else { 0 };
                let at = now + random.draw() % spread + far;
                wheel.push(Time(at), number);
                plain.insert((at, number), number);
                if !random.draw().is_multiple_of(3) {
                    now += random.draw() % spread / 2;
                    while let Some(entry) = plain.first_entry() {
                        wheel.look_ahead(ahead);
                        assert_eq!(wheel.next(), Some(Time(entry.key().0)));
                        // Those of one time may be more.
                        let ready = wheel.ready.len() - wheel.taken;
                        assert!(spread < 1_000 || ready <= MOST.max(FEW + ahead), "{ready}");
                        if entry.key().0 > now {
                            break;
                        }
                        let ((at, _), item) = entry.remove_entry();
                        assert_eq!(wheel.pop(Time(now)), Some((Time(at), item)));
                    }
                    assert_eq!(wheel.pop(Time(now)), None);
                }
                assert_eq!(wheel.len(), plain.len());
            }
        }
    }

    #[test]
    fn what_is_late_is_due_at_once() {
        let mut wheel = Wheel::default();
        wheel.push(Time(90), 'a');
        assert_eq!(wheel.pop(Time(95)), Some((Time(90), 'a')));
        wheel.push(Time(10), 'b');
        assert_eq!(wheel.next(), Some(Time(90)));
        assert_eq!(wheel.pop(Time(90)), Some((Time(90), 'b')));
        assert!(wheel.is_empty());
    }
}
