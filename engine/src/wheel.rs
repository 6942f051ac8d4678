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
/// Entries that are made ready together, where they are near in time.
const AHEAD: usize = 64;
/// Entries that stand ready when further ones are made so.
const LOW: usize = 32;
/// Entries that may stand ready; of more, those due first remain, and the others go back to slots.
const MOST: usize = 256;

/// Things to come.
#[derive(Debug, Clone)]
pub struct Wheel<T> {
    /// What is due first, sorted; those before `taken` have been taken.
    ready: Vec<(u64, T)>,
    taken: usize,
    /// The time that was taken last; nothing is added before it.
    last: u64,
    /// All up to this time stands ready.
    horizon: u64,
    /// How many entries are in slots.
    waiting: usize,
    /// Which slots of each level hold anything.
    occupied: [[u64; SLOTS / 64]; LEVELS],
    slots: Vec<Vec<(u64, T)>>,
    /// Whether what comes after those that stand ready lies far beyond, if there is any.
    is_far: bool,
}

impl<T> Default for Wheel<T> {
    fn default() -> Self {
        Wheel {
            ready: Vec::new(),
            taken: 0,
            last: 0,
            horizon: 0,
            waiting: 0,
            occupied: [[0; SLOTS / 64]; LEVELS],
            slots: (0..LEVELS * SLOTS).map(|_| Vec::new()).collect(),
            is_far: false,
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
        if at > self.horizon {
            self.waiting += 1;
            self.place(at, item);
            if self.taken == self.ready.len() {
                self.advance();
            }
            return;
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

    /// Puts the later ones of those that are ready back into slots.
    fn put_back(&mut self) {
        let horizon = self.ready[self.taken + MOST / 4].0;
        let from = self.place_in_ready(horizon);
        if from == self.ready.len() {
            return;
        }
        self.waiting += self.ready.len() - from;
        let mut moved = self.ready.split_off(from);
        // Below the highest digit that changes, slots are those of the horizon before.
        let changed = level_of(horizon, self.horizon);
        while let Some(at) = self.first_slot().filter(|at| at / SLOTS < changed) {
            moved.append(&mut self.slots[at]);
            self.vacate(at);
        }
        self.is_far = false;
        self.horizon = horizon;
        for (time, item) in moved {
            self.place(time, item);
        }
    }

    /// When the first entry is due.
    #[inline]
    pub fn next(&self) -> Option<Time> {
        // Some stand ready as long as there are any.
        self.ready.get(self.taken).map(|(at, _)| Time(*at))
    }

    /// Takes the first entry, if it is due by `now`.
    #[inline]
    pub fn pop(&mut self, now: Time) -> Option<(Time, T)> {
        let (at, item) = *self.ready.get(self.taken)?;
        if at > now.0 {
            return None;
        }
        self.taken += 1;
        self.last = at;
        let left = self.ready.len() - self.taken;
        if left == 0 || (left < LOW && !self.is_far) {
            self.advance();
        }
        Some((Time(at), item))
    }

    /// What is ready to come after so many others, as far as it is known: for who wants to fetch
    /// from memory what it will need.
    #[inline]
    pub fn coming(&self, after: usize) -> Option<T> {
        self.ready.get(self.taken + after).map(|(_, item)| *item)
    }

    /// Makes further entries ready.
    fn advance(&mut self) {
        self.ready.drain(..self.taken);
        self.taken = 0;
        let mut of_level = LEVELS;
        while self.ready.len() < AHEAD && self.waiting > 0 {
            let Some(at) = self.first_slot() else { break };
            let level = at / SLOTS;
            // Further ones of the same level are near in time; what lies beyond may be far.
            if level > of_level && !self.ready.is_empty() {
                break;
            }
            of_level = level;
            let mut entries = core::mem::take(&mut self.slots[at]);
            self.vacate(at);
            let shift = level as u32 * BITS;
            let begin = entries[0].0 >> shift << shift;
            if level > 0 && entries.len() > FEW {
                self.horizon = begin;
                for (time, item) in &entries {
                    self.place(*time, *item);
                }
            } else {
                self.horizon = begin | ((1 << shift) - 1);
                self.waiting -= entries.len();
                let from = self.ready.len();
                self.ready.extend_from_slice(&entries);
                if level > 0 {
                    self.ready[from..].sort_by_key(|(time, _)| *time);
                }
            }
            // Its room is kept for those to come.
            entries.clear();
            self.slots[at] = entries;
        }
        self.is_far = self.ready.len() < AHEAD;
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

    fn vacate(&mut self, at: usize) {
        self.occupied[at / SLOTS][at % SLOTS / 64] &= !(1 << (at % 64));
    }

    fn place(&mut self, time: u64, item: T) {
        let level = level_of(time, self.horizon);
        let digit = (time >> (level as u32 * BITS)) as usize % SLOTS;
        self.occupied[level][digit / 64] |= 1 << (digit % 64);
        self.slots[level * SLOTS + digit].push((time, item));
    }
}

/// The highest digit in which two times differ; the lowest when they are the same.
fn level_of(one: u64, other: u64) -> usize {
    (((one ^ other) | 1).ilog2() / BITS) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;
    use alloc::collections::BTreeMap;

    /// Pushes and takes by turns, with so many waiting in the end, against a sorted map.
    fn compare((spread, is_even): (u64, bool), turns: u64, many: usize) {
        let mut random = Random::new(spread);
        let mut wheel = Wheel::default();
        let mut plain: BTreeMap<(u64, u64), u64> = BTreeMap::new();
        let mut now = 1_700_000_000_000_000_000;
        for number in 0..turns {
            // Near ones and far ones, as many of each order of magnitude.
            let span = if is_even { spread } else { 1 << (random.draw() % spread) };
            let at = now + random.draw() % span;
            wheel.push(Time(at), number);
            plain.insert((at, number), number);
            while plain.len() > many || random.draw().is_multiple_of(3) {
                let Some(((at, _), item)) = plain.pop_first() else { break };
                assert_eq!(wheel.next(), Some(Time(at)));
                assert_eq!(wheel.pop(Time(at - 1)), None);
                assert_eq!(wheel.pop(Time(at)), Some((Time(at), item)));
                now = at;
            }
            assert_eq!(wheel.len(), plain.len());
            // Those of one time may be more.
            let ready = wheel.ready.len() - wheel.taken;
            assert!(spread < 20 || ready <= 4 * MOST, "{ready} are ready");
        }
    }

    #[test]
    fn entries_come_in_the_order_of_time_and_then_of_addition() {
        for many in [5, 50, 300, 5_000] {
            for spread in [1, 10, 1_000, 1 << 20, 1 << 31, 1 << 40] {
                compare((spread, true), 20_000, many);
            }
            for digits in [20, 30, 40] {
                compare((digits, false), 50_000, many);
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
