//! A wheel: things to come, taken in the order of their times.
//!
//! Time only goes forward, so an entry's slot follows from the highest digit, of eight bits, in
//! which its time differs from the present: adding is a few instructions, and an entry moves to a
//! lower level only when its turn comes near (Varghese and Lauck, "Hashed and hierarchical timing
//! wheels", 1987; Ahuja et al., "Faster algorithms for the shortest path problem", 1990). A slot of
//! few entries, or of a small part of all, is not spread any further but sorted, and stands ready to
//! be taken from (Tang et al., "Ladder queue", 2005); what is added between those is kept beside
//! them. Entries of the same time are taken in the order of their addition.

mod chunks;

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use crate::base::time::Time;
use chunks::{CHUNK, Chunks, Slot};

/// Bits of a digit.
const BITS: u32 = 8;
/// Values of a digit.
const SLOTS: usize = 1 << BITS;
/// Digits of a time.
const LEVELS: usize = (u64::BITS / BITS) as usize;
/// Entries of a slot that are made ready together, at most; more are spread over lower levels.
const MANY: usize = 1024;
/// Of all entries, the part that may be made ready together: others are added between those.
const SHARE: usize = 8;
/// Entries of a slot that are always made ready together, and sorted as they are; more are sorted
/// by their next digit first.
const FEW: usize = 48;
/// Entries that are made ready together, where they are near in time.
const AHEAD: usize = 64;
/// Entries that stand ready when further ones are made so.
const LOW: usize = 32;
/// Entries that may be added between those that stand ready; with more, those due first remain, and
/// the others go back to slots.
const MOST: usize = 192;

/// Things to come.
#[derive(Debug, Clone)]
pub struct Wheel<T> {
    /// What is due first, sorted; those before `taken` have been taken.
    ready: Vec<(u64, T)>,
    taken: usize,
    /// What was added to be taken between those, sorted.
    between: VecDeque<(u64, T)>,
    /// When the first of all is due; the end of time when there is none.
    first: u64,
    /// The time that was taken last; nothing is added before it.
    last: u64,
    /// All up to this time stands ready.
    horizon: u64,
    /// How many entries are in slots.
    waiting: usize,
    /// Which slots of each level hold anything.
    occupied: [[u64; SLOTS / 64]; LEVELS],
    slots: Vec<Slot>,
    chunks: Chunks<(u64, T)>,
    /// Whether what comes after those that stand ready lies far beyond, if there is any.
    is_far: bool,
}

impl<T> Default for Wheel<T> {
    fn default() -> Self {
        Wheel {
            ready: Vec::new(),
            taken: 0,
            between: VecDeque::new(),
            first: u64::MAX,
            last: 0,
            horizon: 0,
            waiting: 0,
            occupied: [[0; SLOTS / 64]; LEVELS],
            slots: alloc::vec![Slot::default(); LEVELS * SLOTS],
            chunks: Chunks::default(),
            is_far: false,
        }
    }
}

impl<T: Copy> Wheel<T> {
    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.waiting + self.between.len() + self.ready.len() - self.taken
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds an entry; one that is late is due at once.
    #[inline]
    pub fn push(&mut self, at: Time, item: T) {
        let at = at.0.max(self.last);
        if at > self.horizon {
            self.waiting += 1;
            self.place(at, item);
            if self.taken == self.ready.len() && self.between.is_empty() {
                self.advance();
                self.see_first();
            }
        } else {
            self.push_between(at, item);
        }
    }

    #[inline(never)]
    fn push_between(&mut self, at: u64, item: T) {
        let place = self.between.partition_point(|(time, _)| *time <= at);
        self.between.insert(place, (at, item));
        self.first = self.first.min(at);
        if self.between.len() > MOST {
            self.put_back();
        }
    }

    /// Puts the later ones of those that are ready back into slots.
    fn put_back(&mut self) {
        let horizon = self.between[MOST / 4].0;
        if horizon == self.horizon {
            return;
        }
        let of_ready = self.ready[self.taken..].partition_point(|(time, _)| *time <= horizon);
        let mut moved = self.ready.split_off(self.taken + of_ready);
        let of_between = self.between.partition_point(|(time, _)| *time <= horizon);
        moved.extend(self.between.drain(of_between..));
        self.waiting += moved.len();
        // Below the highest digit that changes, slots are those of the horizon before.
        let changed = level_of(horizon, self.horizon);
        while let Some(at) = self.first_slot().filter(|at| at / SLOTS < changed) {
            let slot = self.vacate(at);
            self.chunks.drain(slot, |few| moved.extend_from_slice(few));
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
        (self.first != u64::MAX || !self.is_empty()).then_some(Time(self.first))
    }

    /// The first entry, which is not taken.
    #[inline]
    pub fn peek(&self) -> Option<(Time, T)> {
        let (at, item) = match self.ready.get(self.taken) {
            Some(entry) if entry.0 == self.first => *entry,
            _ => *self.between.front()?,
        };
        Some((Time(at), item))
    }

    /// Takes the first entry, if it is due by `now`.
    #[inline]
    pub fn pop(&mut self, now: Time) -> Option<(Time, T)> {
        if self.first > now.0 {
            return None;
        }
        let (at, item) = match self.ready.get(self.taken) {
            // Of those of the same time, what stood ready was added before.
            Some(entry) if entry.0 == self.first => *entry,
            _ => return self.pop_between(),
        };
        self.taken += 1;
        self.last = at;
        let left = self.ready.len() - self.taken;
        if left < LOW && (!self.is_far || (left == 0 && self.between.is_empty())) {
            self.advance();
        }
        self.see_first();
        Some((Time(at), item))
    }

    #[inline(never)]
    fn pop_between(&mut self) -> Option<(Time, T)> {
        let (at, item) = self.between.pop_front()?;
        self.last = at;
        if self.taken == self.ready.len() && self.between.is_empty() {
            self.advance();
        }
        self.see_first();
        Some((Time(at), item))
    }

    /// Notes when the first is due: some stand ready as long as there are any.
    #[inline]
    fn see_first(&mut self) {
        let ready = self.ready.get(self.taken).map_or(u64::MAX, |(at, _)| *at);
        let between = self.between.front().map_or(u64::MAX, |(at, _)| *at);
        self.first = ready.min(between);
    }

    /// What is ready to come after so many others, as far as it is known: for who wants to fetch
    /// from memory what it will need.
    #[inline]
    pub fn coming(&self, after: usize) -> Option<T> {
        self.ready.get(self.taken + after).map(|(_, item)| *item)
    }

    /// Makes further entries ready.
    #[inline(never)]
    fn advance(&mut self) {
        self.ready.drain(..self.taken);
        self.taken = 0;
        let mut of_level = LEVELS;
        while self.ready.len() < AHEAD && self.waiting > 0 {
            let Some(at) = self.first_slot() else { break };
            let level = at / SLOTS;
            let shift = level as u32 * BITS;
            let begin = self.chunks.first(&self.slots[at]).0 >> shift << shift;
            // Further ones of the same level, or right behind, are near in time.
            let is_near = level <= of_level || begin == self.horizon.wrapping_add(1);
            let is_any_ready = !self.ready.is_empty() || !self.between.is_empty();
            if is_any_ready && !is_near {
                break;
            }
            of_level = level;
            let slot = self.vacate(at);
            let length = slot.length as usize;
            let many = MANY.min(self.waiting / SHARE).max(FEW);
            if level > 0 && length > many {
                self.horizon = begin;
                self.spread(slot);
            } else {
                self.horizon = begin | ((1 << shift) - 1);
                self.waiting -= length;
                self.make_ready(slot, shift.saturating_sub(BITS));
            }
        }
        self.is_far = self.ready.len() < AHEAD;
    }

    /// Puts the entries of a slot into slots of lower levels.
    fn spread(&mut self, mut slot: Slot) {
        let mut few = Vec::with_capacity(CHUNK);
        while slot.length > 0 {
            self.chunks.take_few(&mut slot, &mut few);
            for (time, item) in few.drain(..) {
                self.place(time, item);
            }
        }
    }

    /// Sorts the entries of a slot behind all that are ready; the highest digit in which they may
    /// differ begins at a bit.
    fn make_ready(&mut self, slot: Slot, bit: u32) {
        let (from, length) = (self.ready.len(), slot.length as usize);
        if length <= FEW {
            self.chunks.drain(slot, |few| self.ready.extend_from_slice(few));
            return self.ready[from..].sort_by_key(|(time, _)| *time);
        }
        let digit = |time: u64| (time >> bit) as usize % SLOTS;
        let mut ends = [0u32; SLOTS];
        self.chunks.each(&slot, |few| few.iter().for_each(|(time, _)| ends[digit(*time)] += 1));
        if ends.iter().any(|count| *count > FEW as u32) {
            self.chunks.drain(slot, |few| self.ready.extend_from_slice(few));
            return self.ready[from..].sort_by_key(|(time, _)| *time);
        }
        let mut begin = 0;
        for end in &mut ends {
            begin += core::mem::replace(end, begin);
        }
        let first = *self.chunks.first(&slot);
        self.ready.resize(from + length, first);
        let ready = &mut self.ready[from..];
        self.chunks.drain(slot, |few| {
            for entry in few {
                let end = &mut ends[digit(entry.0)];
                ready[*end as usize] = *entry;
                *end += 1;
            }
        });
        // What is left is the order of those that have the same digit.
        for at in 1..ready.len() {
            let entry = ready[at];
            let mut to = at;
            while to > 0 && ready[to - 1].0 > entry.0 {
                ready[to] = ready[to - 1];
                to -= 1;
            }
            ready[to] = entry;
        }
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

    /// Takes all that is in a slot out of it.
    fn vacate(&mut self, at: usize) -> Slot {
        self.occupied[at / SLOTS][at % SLOTS / 64] &= !(1 << (at % 64));
        core::mem::take(&mut self.slots[at])
    }

    fn place(&mut self, time: u64, item: T) {
        let level = level_of(time, self.horizon);
        let digit = (time >> (level as u32 * BITS)) as usize % SLOTS;
        let slot = &mut self.slots[level * SLOTS + digit];
        if slot.length == 0 {
            self.occupied[level][digit / 64] |= 1 << (digit % 64);
        }
        self.chunks.push(slot, (time, item));
    }
}

/// The highest digit in which two times differ; the lowest when they are the same.
fn level_of(one: u64, other: u64) -> usize {
    (((one ^ other) | 1).ilog2() / BITS) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::random::Random;
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
            let between = wheel.between.len();
            assert!(spread < 20 || between <= 4 * MOST, "{between} are between");
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
    fn many_of_the_same_time_keep_their_order() {
        let mut wheel = Wheel::default();
        for number in 0..100_000 {
            wheel.push(Time(1_700_000_000_000_000_000), number);
        }
        for number in 0..100_000 {
            assert_eq!(wheel.pop(Time(u64::MAX)).map(|(_, item)| item), Some(number));
        }
        assert_eq!(wheel.next(), None);
        wheel.push(Time(u64::MAX), 0);
        assert_eq!(wheel.next(), Some(Time(u64::MAX)));
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
