//! Lines on their way into the logs, bounded in bytes: whoever appends never waits.
//!
//! Of the room that is left each stream may have a share. However many streams are flooded, those
//! that print little find room for their lines.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use crate::output::LogPlace;

/// Bytes that may wait; what comes beyond is counted and told in the log.
const WAITING: usize = 32 << 20;
/// Bytes that are shared out to streams. The rest is for what is printed until a stream stops, and
/// for what the platform says.
const SHARED: usize = 24 << 20;
/// Which share of the room that is left one stream may have.
const SHARE: usize = 8;
/// Bytes that are written at once.
const BATCH: usize = 1 << 20;
/// Bytes that a line takes beside its text.
const LINE: usize = 64;

/// Lines of one stream.
#[derive(Debug)]
pub(crate) struct NewLines {
    pub(crate) place: Arc<LogPlace>,
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
    /// Bytes of those that wait, and of those that are being written.
    bytes: usize,
    /// How many entries have come so far, and of how many it is known what became of them.
    pub(super) come: u64,
    pub(super) settled: u64,
    /// Somebody waits until everything so far is written.
    pub(super) is_urgent: bool,
    pub(super) is_closed: bool,
}

impl LineQueue {
    /// Whether a stream is to go on.
    pub(super) fn has_room(&self, place: &LogPlace) -> bool {
        place.waiting.load(Relaxed) < SHARED.saturating_sub(self.bytes) / SHARE
    }

    /// Adds lines, or counts them where there are too many.
    pub(super) fn push(&mut self, new: NewLines) {
        let bytes = new.bytes();
        if self.bytes + bytes > WAITING {
            new.place.dropped.fetch_add(new.lines.len(), Relaxed);
            return;
        }
        self.bytes += bytes;
        new.place.waiting.fetch_add(bytes, Relaxed);
        self.come += 1;
        self.entries.push_back(new);
    }

    /// Takes some of what waits, from the oldest on; they count until they are settled.
    pub(super) fn take(&mut self) -> Vec<NewLines> {
        let mut bytes = 0;
        let count = self.entries.iter().take_while(|entry| {
            let fits = bytes < BATCH;
            bytes += entry.bytes();
            fits
        });
        let count = count.count();
        let taken = self.entries.drain(..count).collect();
        if self.entries.is_empty() {
            // After a flood, what held it is given back.
            self.entries.shrink_to(64);
        }
        taken
    }

    /// What was taken is written, or lost.
    pub(super) fn settle(&mut self, entries: Vec<NewLines>, is_lost: bool) {
        self.settled += entries.len() as u64;
        for entry in entries {
            let bytes = entry.bytes();
            self.bytes -= bytes;
            entry.place.waiting.fetch_sub(bytes, Relaxed);
            if is_lost {
                entry.place.dropped.fetch_add(entry.lines.len(), Relaxed);
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether so much waits that it is to be written at once.
    pub(super) fn is_filling(&self) -> bool {
        self.bytes >= BATCH / 2
    }
}

/// Bytes of entries, as they are counted while they wait.
pub(super) fn bytes(entries: &[NewLines]) -> u64 {
    entries.iter().map(|entry| entry.bytes() as u64).sum()
}

#[cfg(test)]
mod tests {
    use engine::scope::Scope;

    use super::*;

    fn place(stream: &str) -> Arc<LogPlace> {
        let scope = Scope { account: 0, region: "us-east-1".into() };
        Arc::new(LogPlace::new(scope, "g".into(), stream.into()))
    }

    fn lines(place: &Arc<LogPlace>, count: usize, length: usize) -> NewLines {
        NewLines { place: Arc::clone(place), lines: vec![(0, "x".repeat(length)); count] }
    }

    #[test]
    fn lines_are_bounded_in_bytes_and_those_beyond_are_counted() {
        let place = place("s");
        let mut queue = LineQueue::default();
        for _ in 0..200 {
            queue.push(lines(&place, 1, 256 * 1024));
        }
        assert!(queue.is_filling() && queue.bytes <= WAITING);
        assert_eq!(place.dropped.load(Relaxed), 73);
        let mut written = 0;
        while !queue.is_empty() {
            let taken = queue.take();
            assert!(bytes(&taken) <= (BATCH + 256 * 1024 + LINE) as u64);
            written += taken.len();
            queue.settle(taken, false);
        }
        assert_eq!((written, queue.bytes, place.waiting.load(Relaxed)), (127, 0, 0));
        assert_eq!((queue.come, queue.settled), (127, 127));
        queue.push(lines(&place, 2, 10));
        let taken = queue.take();
        queue.settle(taken, true);
        assert_eq!(place.dropped.load(Relaxed), 75);
    }

    #[test]
    fn floods_leave_room_for_those_who_print_little() {
        let mut queue = LineQueue::default();
        let floods: Vec<_> = (0..300).map(|number| place(&number.to_string())).collect();
        let mut has_stopped = false;
        while !has_stopped {
            has_stopped = true;
            for flood in &floods {
                if queue.has_room(flood) {
                    has_stopped = false;
                    queue.push(lines(flood, 1, 64 * 1024));
                }
            }
        }
        let quiet = place("quiet");
        assert!(queue.has_room(&quiet));
        queue.push(lines(&quiet, 100, 80));
        assert_eq!(quiet.dropped.load(Relaxed), 0);
        assert!(floods.iter().all(|flood| flood.dropped.load(Relaxed) == 0));
        assert!(queue.bytes <= SHARED + 64 * 1024 * 2, "{} bytes wait", queue.bytes);
    }
}
