//! What a sandbox says that leads nowhere, counted.

use std::time::{Duration, Instant};

/// How long nobody looks.
pub(super) const REST: Duration = Duration::from_millis(10);
/// What a sandbox may say within that time beside its answers and its requests for events.
const CHATTER: u32 = 16;
/// Bytes of a part of a body that is worth to be read by itself.
const WORTH: usize = 4096;

/// What a sandbox has said lately that leads nowhere.
#[derive(Debug, Default)]
pub(super) struct Talk {
    count: u32,
    /// Since when it is counted, where it was much before.
    since: Option<Instant>,
}

impl Talk {
    /// So many bytes were read, or a connection was made.
    pub(super) fn said(&mut self, bytes: usize) {
        if bytes < WORTH {
            self.count += 1;
        }
    }

    /// It was of use, and so was what led to it.
    pub(super) fn was_of_use(&mut self) {
        self.count = 0;
    }

    /// Whether it is too much, as all is from then on until its time is over. The clock is read where much
    /// was said alone.
    pub(super) fn is_too_much(&mut self) -> bool {
        if self.count <= CHATTER {
            return false;
        }
        let now = Instant::now();
        let is_now = self.since.is_some_and(|since| now < since + REST);
        if !is_now {
            *self = Talk { count: 0, since: Some(now) };
        }
        is_now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_nowhere_is_counted_and_what_is_of_use_is_not() {
        let mut talk = Talk::default();
        for _ in 0..10 * CHATTER {
            // A head, and a body by itself.
            talk.said(100);
            talk.said(10);
            talk.was_of_use();
            talk.said(WORTH);
            assert!(!talk.is_too_much());
        }
        let mut count = 0;
        while !talk.is_too_much() {
            talk.said(1);
            count += 1;
        }
        // Nothing was too much before.
        assert!(count >= 2 * (CHATTER + 1));
        assert!(talk.is_too_much(), "until its time is over");
    }
}
