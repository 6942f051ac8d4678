//! The agenda of a replay: what is to come, in order, with the next few taken out ahead of their
//! time so that what they need can be fetched from memory all at once.

use std::collections::VecDeque;

use engine::time::Time;
use engine::wheel::Wheel;

/// Entries that are taken out ahead.
const AHEAD: usize = 32;
/// Entries below which that is not worth it: what they need is near by itself.
const MANY: usize = 4096;

/// Things to come, in the order of their times and then of their addition.
#[derive(Debug)]
pub(super) struct Agenda<T> {
    ahead: VecDeque<(Time, T)>,
    wheel: Wheel<T>,
}

impl<T> Default for Agenda<T> {
    fn default() -> Self {
        Agenda { ahead: VecDeque::with_capacity(2 * AHEAD), wheel: Wheel::default() }
    }
}

impl<T> Agenda<T> {
    pub(super) fn push(&mut self, at: Time, item: T) {
        match self.ahead.back() {
            Some((last, _)) if at < *last => {
                let place = self.ahead.partition_point(|(time, _)| *time <= at);
                self.ahead.insert(place, (at, item));
            }
            _ => self.wheel.push(at, item),
        }
    }

    /// When the first is due; `foresee` is told of those that were just taken out for that.
    pub(super) fn next(&mut self, foresee: impl FnOnce(&VecDeque<(Time, T)>)) -> Option<Time> {
        if self.ahead.is_empty() {
            let ahead = if self.wheel.len() < MANY { 1 } else { AHEAD };
            while self.ahead.len() < ahead
                && let Some(entry) = self.wheel.pop(Time(u64::MAX))
            {
                self.ahead.push_back(entry);
            }
            foresee(&self.ahead);
        }
        self.ahead.front().map(|(at, _)| *at)
    }

    /// Takes the first, once `next` has told of it.
    pub(super) fn pop(&mut self) -> Option<(Time, T)> {
        self.ahead.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::random::Random;
    use std::collections::BTreeMap;

    #[test]
    fn entries_come_in_the_order_of_time_and_then_of_addition() {
        let mut random = Random::new(11);
        let mut agenda = Agenda::default();
        let mut plain = BTreeMap::new();
        let mut now = 1_000_000;
        for number in 0..60_000u64 {
            let at = now + random.draw() % 500;
            agenda.push(Time(at), number);
            plain.insert((at, number), number);
            // Few at first, then many.
            if number < 10_000 || random.draw().is_multiple_of(3) {
                let ((at, _), item) = plain.pop_first().expect("one was just added");
                assert_eq!(agenda.next(|_| {}), Some(Time(at)));
                assert_eq!(agenda.pop(), Some((Time(at), item)));
                now = at;
            }
        }
    }
}
