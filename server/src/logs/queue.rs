//! Lines on their way into the logs, bounded in bytes: whoever appends never waits.

use std::collections::VecDeque;

use engine::scope::Scope;

/// Bytes that may wait; what comes beyond is counted and told in the log.
const WAITING: usize = 32 << 20;
/// Bytes that a line takes beside its text.
const LINE: usize = 32;

/// Lines of one stream.
#[derive(Debug)]
pub(crate) struct NewLines {
    pub(crate) scope: Scope,
    pub(crate) group: String,
    pub(crate) stream: String,
    /// Each with its time, in milliseconds of the Unix epoch.
    pub(crate) lines: Vec<(i64, String)>,
}

impl NewLines {
    fn bytes(&self) -> usize {
        self.lines.iter().map(|(_, text)| text.len() + LINE).sum()
    }
}

/// Lines that wait.
#[derive(Debug, Default)]
pub(super) struct LineQueue {
    entries: VecDeque<NewLines>,
    bytes: usize,
    /// Lines that found no room.
    dropped: usize,
    /// Entries were taken from the queue and are not in the database yet.
    pub(super) is_writing: bool,
    /// Somebody waits until everything is written.
    pub(super) is_urgent: bool,
    pub(super) is_closed: bool,
}

impl LineQueue {
    /// Adds lines, or counts them where there are too many.
    pub(super) fn push(&mut self, new: NewLines) {
        let bytes = new.bytes();
        if self.bytes + bytes > WAITING {
            self.dropped += new.lines.len();
            return;
        }
        self.bytes += bytes;
        self.entries.push_back(new);
    }

    /// Takes all that waits, and how many lines were dropped meanwhile.
    pub(super) fn take(&mut self) -> (VecDeque<NewLines>, usize) {
        self.bytes = 0;
        (std::mem::take(&mut self.entries), std::mem::take(&mut self.dropped))
    }

    /// Counts lines that could not be written, to be told when some can.
    pub(super) fn lose(&mut self, entries: &VecDeque<NewLines>, dropped: usize) {
        self.dropped += dropped + entries.iter().map(|entry| entry.lines.len()).sum::<usize>();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether so much waits that it is to be written at once.
    pub(super) fn is_filling(&self) -> bool {
        self.bytes >= WAITING / 2
    }
}

/// Bytes of entries, as they are counted while they wait.
pub(super) fn bytes(entries: &VecDeque<NewLines>) -> u64 {
    entries.iter().map(|entry| entry.bytes() as u64).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(count: usize, length: usize) -> NewLines {
        let scope = Scope { account: 0, region: "us-east-1".into() };
        let lines = vec![(0, "x".repeat(length)); count];
        NewLines { scope, group: "g".into(), stream: "s".into(), lines }
    }

    #[test]
    fn long_lines_are_bounded_in_bytes() {
        let mut queue = LineQueue::default();
        for _ in 0..200 {
            queue.push(lines(1, 256 * 1024));
        }
        assert!(queue.is_filling());
        queue.push(lines(1, 0));
        let (entries, dropped) = queue.take();
        assert!(bytes(&entries) <= WAITING as u64);
        assert_eq!((entries.len(), dropped), (128, 73));
        queue.lose(&entries, dropped);
        assert_eq!(queue.take().1, 201);
    }
}
