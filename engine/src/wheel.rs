//! A wheel: things to come, taken in the order of their times.
//!
//! Time only goes forward, so an entry's place follows from the highest digit, of six bits, in
//! which its time differs from the last one taken: adding is a few instructions, and an entry
//! moves to a lower level only when its turn comes near (Varghese and Lauck, "Hashed and
//! hierarchical timing wheels", 1987; Ahuja et al., "Faster algorithms for the shortest path
//! problem", 1990). Entries of the same time are taken in the order in which they were added.

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use crate::time::Time;

/// Bits of a digit.
const BITS: u32 = 6;
/// Values of a digit.
const SLOTS: usize = 1 << BITS;
/// Digits of a time.
const LEVELS: usize = 64usize.div_ceil(BITS as usize);

/// Things to come.
#[derive(Debug, Clone)]
pub struct Wheel<T> {
    /// The time that was taken last; nothing is added before it.
    last: u64,
    length: usize,
    /// Which slots of each level hold anything.
    occupied: [u64; LEVELS],
    slots: Vec<VecDeque<(u64, T)>>,
    /// The earliest time in each slot that holds anything.
    earliest: Vec<u64>,
}

impl<T> Default for Wheel<T> {
    fn default() -> Self {
        Wheel {
            last: 0,
            length: 0,
            occupied: [0; LEVELS],
            slots: (0..LEVELS * SLOTS).map(|_| VecDeque::new()).collect(),
            earliest: (0..LEVELS * SLOTS).map(|_| u64::MAX).collect(),
        }
    }
}

impl<T> Wheel<T> {
    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Adds an entry; one that is late is due at once.
    pub fn push(&mut self, at: Time, item: T) {
        self.length += 1;
        self.place(at.0.max(self.last), item);
    }

    /// When the first entry is due.
    pub fn next(&self) -> Option<Time> {
        self.first_slot().map(|(level, slot)| Time(self.earliest[level * SLOTS + slot]))
    }

    /// Takes the first entry, if it is due by `now`.
    pub fn pop(&mut self, now: Time) -> Option<(Time, T)> {
        loop {
            let (level, slot) = self.first_slot()?;
            let at = level * SLOTS + slot;
            let due = self.earliest[at];
            if due > now.0 {
                return None;
            }
            self.last = due;
            if level == 0 || self.slots[at].len() == 1 {
                // All of a slot of the lowest level have the same time.
                let (_, item) = self.slots[at].pop_front().expect("the slot is occupied");
                if self.slots[at].is_empty() {
                    self.vacate(level, slot);
                }
                self.length -= 1;
                return Some((Time(due), item));
            }
            self.vacate(level, slot);
            let mut moved = core::mem::take(&mut self.slots[at]);
            for (time, item) in moved.drain(..) {
                self.place(time, item);
            }
            // Its room is kept for those to come.
            self.slots[at] = moved;
        }
    }

    fn first_slot(&self) -> Option<(usize, usize)> {
        let level = self.occupied.iter().position(|slots| *slots != 0)?;
        Some((level, self.occupied[level].trailing_zeros() as usize))
    }

    fn vacate(&mut self, level: usize, slot: usize) {
        self.occupied[level] &= !(1 << slot);
        self.earliest[level * SLOTS + slot] = u64::MAX;
    }

    fn place(&mut self, time: u64, item: T) {
        let differing = (time ^ self.last) | 1;
        let level = (differing.ilog2() / BITS) as usize;
        let slot = (time >> (level as u32 * BITS)) as usize % SLOTS;
        self.occupied[level] |= 1 << slot;
        let at = level * SLOTS + slot;
        self.earliest[at] = self.earliest[at].min(time);
        self.slots[at].push_back((time, item));
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
        for spread in [1, 10, 1_000, 1 << 20, 1 << 40] {
            let mut wheel = Wheel::default();
            let mut plain: BTreeMap<(u64, u64), u64> = BTreeMap::new();
            let mut now = 1_700_000_000_000_000_000;
            for number in 0..20_000 {
                let at = now + random.draw() % spread;
                wheel.push(Time(at), number);
                plain.insert((at, number), number);
                if !random.draw().is_multiple_of(3) {
                    now += random.draw() % spread / 2;
                    while let Some(entry) = plain.first_entry() {
                        assert_eq!(wheel.next(), Some(Time(entry.key().0)));
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
