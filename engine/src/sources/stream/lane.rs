//! A lane of a shard: records of some partition keys, of which one batch at a time is given to the
//! function until it is done.

use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::time::Duration;

use crate::base::id::RequestId;
use crate::base::limits::{BATCH_BYTES, STREAM_AGAIN, STREAM_AGAIN_MOST};
use crate::base::time::Time;
use crate::record::mapping::Mapping;
use crate::sources::command::{BatchOutcome, Condition};

/// What a lane does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// It has a batch to be run.
    Run(usize),
    /// It has records to be given up, which is to be told.
    GiveUp(usize, Condition),
    /// It has records to be given up.
    Drop(usize),
}

/// Records that go together, by their numbers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Part {
    pub(crate) entries: Vec<u64>,
    /// How often the function has failed with them.
    failures: u32,
    /// How often they were given to it.
    invocations: u32,
    /// Whether they are given up, and why.
    over: Option<Condition>,
    /// Whether it is the end of a tumbling window, and has no records.
    pub(crate) is_final: bool,
}

/// A lane.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lane {
    /// Records that are in no batch yet, with their sizes.
    waiting: VecDeque<(u64, usize)>,
    bytes: usize,
    /// When the window of the oldest of them ends.
    closes: Option<Time>,
    /// What a batch has left to be done again, before all that waits.
    parts: VecDeque<Part>,
    /// The batch that is under way.
    running: Option<(u64, Part)>,
    pause: Option<Time>,
    backoff: Duration,
    request: Option<RequestId>,
}

impl Lane {
    pub(super) fn push(&mut self, now: Time, mapping: &Mapping, number: u64, size: usize) {
        self.waiting.push_back((number, size));
        self.bytes += size;
        let window = mapping.window();
        if self.closes.is_none() && !window.is_zero() {
            self.closes = Some(now + window);
        }
    }

    /// What is to be done next, if anything is; `came` tells when a record came, and no batch has records
    /// that came after `end`.
    pub(super) fn next(
        &mut self,
        lane: usize,
        now: Time,
        mapping: &Mapping,
        is_ended: bool,
        (came, end): (impl Fn(u64) -> Time, Option<Time>),
    ) -> Option<Next> {
        if self.running.is_some() || self.pause.is_some_and(|until| until > now) {
            return None;
        }
        self.pause = None;
        if self.parts.is_empty() {
            let is_within = |number| end.is_none_or(|end| came(number) < end);
            let part = self.gather(now, mapping, is_ended, is_within)?;
            self.parts.push_back(part);
        }
        let part = self.parts.front_mut()?;
        if part.over.is_none()
            && !part.is_final
            && let Some(age) = mapping.settings.age
        {
            let age = Duration::from_secs(u64::from(age));
            let old = part.entries.iter().take_while(|number| came(**number) + age < now).count();
            if old == part.entries.len() {
                part.over = Some(Condition::RecordAgeExceeded);
            } else if old > 0 {
                let rest = part.entries.split_off(old);
                part.over = Some(Condition::RecordAgeExceeded);
                let rest = Part { entries: rest, over: None, ..part.clone() };
                self.parts.insert(1, rest);
            }
        }
        let over = self.parts.front()?.over;
        Some(match over {
            None => Next::Run(lane),
            Some(condition) if mapping.settings.on_failure.is_some() => {
                Next::GiveUp(lane, condition)
            }
            Some(_) => Next::Drop(lane),
        })
    }

    /// The next batch of what waits, if it is due.
    fn gather(
        &mut self,
        now: Time,
        mapping: &Mapping,
        is_ended: bool,
        is_within: impl Fn(u64) -> bool,
    ) -> Option<Part> {
        let most = mapping.settings.batch_size as usize;
        let is_due = is_ended
            || mapping.window().is_zero()
            || self.waiting.len() >= most
            || self.bytes >= BATCH_BYTES
            || self.closes.is_some_and(|closes| closes <= now);
        if !is_due || self.waiting.is_empty() {
            return None;
        }
        let (mut entries, mut bytes) = (Vec::new(), 0);
        while let Some((number, size)) = self.waiting.front().copied() {
            let is_full = !entries.is_empty() && bytes + size > BATCH_BYTES;
            if entries.len() >= most || is_full || !is_within(number) {
                break;
            }
            self.waiting.pop_front();
            entries.push(number);
            bytes += size;
        }
        self.bytes -= bytes;
        if self.waiting.is_empty() {
            self.closes = None;
        }
        // What no event has room for is not given to anybody.
        let is_too_large = bytes > BATCH_BYTES;
        let over = is_too_large.then_some(Condition::MaximumPayloadSizeExceeded);
        Some(Part { entries, over, ..Part::default() })
    }

    /// Whether nothing is under way, or to be done again.
    pub(super) fn is_clear(&self) -> bool {
        self.running.is_none() && self.parts.is_empty()
    }

    /// The first record that is in no batch yet.
    pub(super) fn front(&self) -> Option<u64> {
        self.waiting.front().map(|(number, _)| *number)
    }

    /// Has the function be told next that a tumbling window has ended.
    pub(super) fn end_window(&mut self) {
        self.parts.push_front(Part { is_final: true, ..Part::default() });
    }

    /// The function could not be told that a tumbling window has ended; answers whether it is again.
    pub(super) fn end_window_again(
        &mut self,
        now: Time,
        mapping: &Mapping,
        mut part: Part,
        outcome: &BatchOutcome,
    ) -> bool {
        part.failures += u32::from(!matches!(outcome, BatchOutcome::NotRun(_)));
        if mapping.settings.retries.is_some_and(|retries| part.failures > retries) {
            return false;
        }
        self.backoff = (self.backoff * 2).clamp(STREAM_AGAIN, STREAM_AGAIN_MOST);
        self.pause = Some(now + self.backoff);
        self.parts.push_front(part);
        true
    }

    /// Whether what is under way is the end of a tumbling window.
    pub(super) fn is_final(&self) -> bool {
        self.running.as_ref().is_some_and(|(_, part)| part.is_final)
    }

    /// The next part is under way.
    pub(super) fn begin(&mut self, number: u64) -> Vec<u64> {
        let mut part = self.parts.pop_front().expect("there is a part to begin");
        part.invocations += u32::from(part.over.is_none());
        let entries = part.entries.clone();
        self.running = Some((number, part));
        entries
    }

    pub(super) fn is_running(&self, number: u64) -> bool {
        self.running.as_ref().is_some_and(|(running, _)| *running == number)
    }

    /// How often what is under way was given to the function, and the last invocation.
    pub(super) fn tried(&self) -> (u32, Option<RequestId>) {
        let part = self.running.as_ref().map(|(_, part)| part);
        (part.map_or(0, |part| part.invocations), self.request)
    }

    /// What was under way is not any more.
    pub(super) fn end(&mut self, number: u64) -> Part {
        let (running, part) = self.running.take().expect("it is under way");
        assert_eq!(running, number, "a batch and its lane");
        part
    }

    pub(super) fn note(&mut self, request: Option<RequestId>) {
        self.request = request;
    }

    /// What comes again of a batch that has ended, from an entry on, and when.
    pub(super) fn again(
        &mut self,
        now: Time,
        mapping: &Mapping,
        mut part: Part,
        from: usize,
        outcome: &BatchOutcome,
    ) {
        if from > 0 {
            // It goes on.
            self.backoff = Duration::ZERO;
        }
        part.entries.drain(..from);
        if part.entries.is_empty() {
            return;
        }
        self.backoff = (self.backoff * 2).clamp(STREAM_AGAIN, STREAM_AGAIN_MOST);
        self.pause = Some(now + self.backoff);
        let splits = mapping.settings.bisects && part.entries.len() > 1;
        match outcome {
            BatchOutcome::NotRun(_) => part.invocations -= 1,
            // Halves have as many retries left as the whole.
            BatchOutcome::Failed(_) if splits => {
                let second = part.entries.split_off(part.entries.len() / 2);
                let second = Part { entries: second, ..part.clone() };
                self.parts.push_front(second);
            }
            BatchOutcome::Taken | BatchOutcome::Partial(_) | BatchOutcome::Failed(_) => {
                part.failures += 1;
                if mapping.settings.retries.is_some_and(|retries| part.failures > retries) {
                    part.over = Some(Condition::RetryAttemptsExhausted);
                    self.pause = None;
                    self.backoff = Duration::ZERO;
                }
            }
        }
        self.parts.push_front(part);
    }

    /// Records that are given up are told of again, after a while.
    pub(super) fn tell_again(&mut self, now: Time, part: Part) {
        self.backoff = (self.backoff * 2).clamp(STREAM_AGAIN, STREAM_AGAIN_MOST);
        self.pause = Some(now + self.backoff);
        self.parts.push_front(part);
    }

    pub(super) fn due(&self) -> Option<Time> {
        self.pause.into_iter().chain(self.closes).min()
    }

    /// How often the function has failed with the next part, and that part.
    pub(super) fn stuck(&self) -> Option<(u32, &[u64])> {
        let part = self.parts.front().or(self.running.as_ref().map(|(_, part)| part))?;
        (part.failures > 0).then_some((part.failures, part.entries.as_slice()))
    }

    /// The records of the batch that is under way.
    pub(super) fn running(&self) -> impl Iterator<Item = &u64> {
        self.running.iter().flat_map(|(_, part)| &part.entries)
    }

    /// All records of the lane.
    pub(super) fn entries(&self) -> impl Iterator<Item = &u64> {
        let waiting = self.waiting.iter().map(|(number, _)| number);
        let parts = self.parts.iter().flat_map(|part| &part.entries);
        waiting.chain(parts).chain(self.running())
    }
}
