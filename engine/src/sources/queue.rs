//! A mapping of a queue: how much is received at once, which messages make a batch, and how many
//! batches are under way.

use alloc::collections::{BTreeMap, BTreeSet, VecDeque};
use alloc::string::String;
use alloc::vec::Vec;
use core::mem;
use core::time::Duration;

use crate::base::limits::{
    BATCH_BYTES, POLLER_CONCURRENCY, POLLERS_GROW_BY, POLLS_AT_ONCE, QUEUE_BYTES,
    QUEUE_CONCURRENCY, QUEUE_CONCURRENCY_LEAST, QUEUE_CONCURRENCY_MOST, QUEUE_GROWS_AFTER,
    QUEUE_GROWS_AGAIN, QUEUE_GROWS_AGAIN_MOST, QUEUE_GROWS_BY, RECEIVED_AT_ONCE, SOURCE_AGAIN,
    SOURCE_AGAIN_MOST,
};
use crate::base::time::Time;
use crate::record::mapping::{Mapping, Pollers};
use crate::sources::command::{BatchOutcome, Message, RecordKey};

/// What a mapping of a queue has at present.
#[derive(Debug, Clone)]
pub(crate) struct Queue {
    /// Batches that may be under way at once, within the bounds of the mapping.
    allowed: u32,
    /// When that was raised last, or found to be too many.
    grown: Time,
    /// How long it is not raised since it was found to be too many.
    patience: Duration,
    /// Whether it was found to be too many since it was raised last.
    is_throttled: bool,
    /// Polls under way.
    pub(crate) polls: BTreeSet<u64>,
    last_poll: u64,
    /// Whether the last poll brought all that it could.
    is_busy: bool,
    /// Messages that are in no batch yet, in the order in which they came.
    pub(crate) waiting: VecDeque<Message>,
    bytes: usize,
    /// When the window of the oldest of them ends.
    pub(crate) closes: Option<Time>,
    /// Batches under way.
    pub(crate) running: BTreeMap<u64, Vec<Message>>,
    /// Bytes of their messages.
    running_bytes: usize,
    /// Message groups of which a batch is under way.
    groups: BTreeSet<String>,
    /// Until when nothing is received, after a failure.
    pub(crate) pause: Option<Time>,
    backoff: Duration,
}

impl Default for Queue {
    fn default() -> Queue {
        Queue {
            allowed: QUEUE_CONCURRENCY,
            grown: Time(0),
            patience: Duration::ZERO,
            is_throttled: false,
            polls: BTreeSet::new(),
            last_poll: 0,
            is_busy: false,
            waiting: VecDeque::new(),
            bytes: 0,
            closes: None,
            running: BTreeMap::new(),
            running_bytes: 0,
            groups: BTreeSet::new(),
            pause: None,
            backoff: Duration::ZERO,
        }
    }
}

impl Queue {
    /// How many batches may be under way at once.
    pub(crate) fn most(&self, mapping: &Mapping) -> u32 {
        let (least, most) = bounds(mapping);
        self.allowed.clamp(least, most)
    }

    /// How many pollers there are at present, where they are provisioned.
    pub(crate) fn pollers(&self, mapping: &Mapping) -> Option<u32> {
        let provisioned = mapping.settings.pollers;
        provisioned.map(|_| self.most(mapping).div_ceil(POLLER_CONCURRENCY))
    }

    /// The messages of the next batch, if one is due and may run.
    pub(super) fn next_batch(&mut self, now: Time, mapping: &Mapping) -> Option<Vec<Message>> {
        if self.running.len() >= self.most(mapping) as usize || self.waiting.is_empty() {
            return None;
        }
        let most = mapping.settings.batch_size as usize;
        let is_due = mapping.window().is_zero()
            || self.waiting.len() >= most
            || self.bytes >= BATCH_BYTES
            || self.closes.is_some_and(|closes| closes <= now);
        if !is_due {
            return None;
        }
        let (batch, rest) = self.choose(most);
        self.waiting = rest;
        self.bytes = self.waiting.iter().map(|message| message.size).sum();
        if self.waiting.is_empty() {
            self.closes = None;
        }
        (!batch.is_empty()).then_some(batch)
    }

    /// The messages that may go together, and those that stay: of each message group none passes
    /// another, and none is begun while a batch with it is under way.
    fn choose(&mut self, most: usize) -> (Vec<Message>, VecDeque<Message>) {
        let (mut batch, mut rest, mut bytes) = (Vec::new(), VecDeque::new(), 0);
        let mut kept: BTreeSet<String> = BTreeSet::new();
        let mut is_full = false;
        for message in mem::take(&mut self.waiting) {
            is_full |=
                batch.len() >= most || (!batch.is_empty() && bytes + message.size > BATCH_BYTES);
            let is_kept = |group: &String| self.groups.contains(group) || kept.contains(group);
            if is_full || message.group.as_ref().is_some_and(is_kept) {
                kept.extend(message.group.clone());
                rest.push_back(message);
            } else {
                bytes += message.size;
                batch.push(message);
            }
        }
        (batch, rest)
    }

    /// A batch is under way.
    pub(super) fn begin(&mut self, number: u64, batch: Vec<Message>) {
        self.groups.extend(batch.iter().filter_map(|message| message.group.clone()));
        self.running_bytes += bytes_of(&batch);
        self.running.insert(number, batch);
    }

    /// How many messages the next poll asks for, and its number, if there is to be one.
    pub(super) fn next_poll(&mut self, now: Time, mapping: &Mapping) -> Option<(u64, u32)> {
        if self.pause.is_some_and(|until| until > now) {
            return None;
        }
        self.pause = None;
        let settings = &mapping.settings;
        let allowed = self.most(mapping) as usize;
        let most = (settings.batch_size as usize).min(RECEIVED_AT_ONCE);
        // What is received is hidden from others from then on: no more than can be run soon.
        let free = allowed.saturating_sub(self.running.len()) * settings.batch_size as usize;
        let held = self.waiting.len() + self.polls.len() * most;
        // One hears of whatever comes to a queue at rest.
        let pollers = match (self.is_busy, self.pollers(mapping)) {
            (false, _) => 1,
            (true, Some(pollers)) => POLLS_AT_ONCE.min(pollers as usize),
            (true, None) => POLLS_AT_ONCE.min(allowed),
        };
        let has_room =
            self.bytes + self.running_bytes < QUEUE_BYTES && held + most <= free.max(most);
        if free == 0 || self.polls.len() >= pollers || !has_room {
            return None;
        }
        self.last_poll += 1;
        self.polls.insert(self.last_poll);
        Some((self.last_poll, most as u32))
    }

    /// A poll has brought messages; those that no filter matches are given back.
    pub(super) fn received(
        &mut self,
        now: Time,
        mapping: &Mapping,
        messages: Vec<Message>,
    ) -> Vec<RecordKey> {
        let most = (mapping.settings.batch_size as usize).min(RECEIVED_AT_ONCE);
        self.is_busy = messages.len() >= most;
        if !self.is_throttled {
            self.backoff = Duration::ZERO;
        }
        let is_idle = messages.is_empty() && self.running.is_empty();
        if is_idle && now - self.grown >= self.patience {
            self.allowed = QUEUE_CONCURRENCY;
        }
        let mut unwanted = Vec::new();
        for message in messages {
            if !message.is_wanted {
                unwanted.push(message.key);
                continue;
            }
            self.bytes += message.size;
            self.waiting.push_back(message);
        }
        let window = mapping.window();
        if !self.waiting.is_empty() && self.closes.is_none() && !window.is_zero() {
            self.closes = Some(now + window);
        }
        unwanted
    }

    /// A batch has ended: the messages that are done with, and those that come again.
    pub(super) fn ended(
        &mut self,
        now: Time,
        mapping: &Mapping,
        batch: Vec<Message>,
        outcome: &BatchOutcome,
    ) -> (Vec<RecordKey>, Vec<RecordKey>) {
        for group in batch.iter().filter_map(|message| message.group.as_ref()) {
            self.groups.remove(group);
        }
        self.running_bytes -= bytes_of(&batch);
        let (least, _) = bounds(mapping);
        let allowed = self.most(mapping);
        let is_saturated = self.is_busy && self.running.len() + 1 >= allowed as usize;
        let failed: &[RecordKey] = match outcome {
            BatchOutcome::Partial(failed) => failed,
            BatchOutcome::Taken | BatchOutcome::Failed(_) | BatchOutcome::NotRun(_) => &[],
        };
        match outcome {
            BatchOutcome::Taken | BatchOutcome::Partial(_) => {
                self.backoff = Duration::ZERO;
                if is_saturated && now - self.grown >= self.patience.max(QUEUE_GROWS_AFTER) {
                    self.grow(now, mapping);
                }
            }
            BatchOutcome::Failed(_) => {
                self.allowed = (allowed / 2).max(QUEUE_CONCURRENCY_LEAST).max(least);
            }
            BatchOutcome::NotRun(_) => self.throttled(now, mapping),
        }
        let is_run = matches!(outcome, BatchOutcome::Taken | BatchOutcome::Partial(_));
        let (done, again): (Vec<_>, Vec<_>) =
            batch.into_iter().partition(|message| is_run && !failed.contains(&message.key));
        let groups: BTreeSet<&String> =
            again.iter().filter_map(|message| message.group.as_ref()).collect();
        let behind = self.let_go(&groups);
        let keys = |messages: &[Message]| messages.iter().map(|message| message.key).collect();
        let (done, mut again): (_, Vec<RecordKey>) = (keys(&done), keys(&again));
        again.extend(behind);
        (done, again)
    }

    /// Lets go of what waits of message groups of which something failed: it comes again behind that.
    fn let_go(&mut self, groups: &BTreeSet<&String>) -> Vec<RecordKey> {
        if groups.is_empty() {
            return Vec::new();
        }
        let is_behind =
            |message: &Message| message.group.as_ref().is_some_and(|group| groups.contains(group));
        let (behind, waiting): (Vec<_>, Vec<_>) =
            mem::take(&mut self.waiting).into_iter().partition(is_behind);
        self.bytes -= bytes_of(&behind);
        self.waiting = waiting.into();
        if self.waiting.is_empty() {
            self.closes = None;
        }
        behind.into_iter().map(|message| message.key).collect()
    }

    /// One more where the last that were allowed were too many, and else as many as Lambda allows.
    fn grow(&mut self, now: Time, mapping: &Mapping) {
        if !mem::take(&mut self.is_throttled) {
            self.patience = Duration::ZERO;
        }
        let by = match mapping.settings.pollers {
            _ if !self.patience.is_zero() => 1,
            Some(_) => POLLERS_GROW_BY,
            None => QUEUE_GROWS_BY,
        };
        let (_, most) = bounds(mapping);
        self.allowed = (self.most(mapping) + by).min(most);
        self.grown = now;
    }

    /// A batch could not be run. Beside others that are, as many as those are allowed, so that what was
    /// received is not hidden in vain; where none is, nothing is received for a while.
    fn throttled(&mut self, now: Time, mapping: &Mapping) {
        if !mem::replace(&mut self.is_throttled, true) {
            self.patience = (self.patience * 2).clamp(QUEUE_GROWS_AGAIN, QUEUE_GROWS_AGAIN_MOST);
        }
        self.grown = now;
        let allowed = self.most(mapping);
        match self.running.len() as u32 {
            0 => {
                self.allowed = (allowed / 2).max(QUEUE_CONCURRENCY_LEAST);
                self.back_off(now);
            }
            others => self.allowed = allowed.min(others),
        }
    }

    /// Receives nothing for a while that grows.
    pub(super) fn back_off(&mut self, now: Time) {
        self.backoff = (self.backoff * 2).clamp(SOURCE_AGAIN, SOURCE_AGAIN_MOST);
        self.pause = Some(now + self.backoff);
    }

    /// Lets go of what is in no batch yet, and of polls.
    pub(super) fn stop(&mut self) -> Vec<RecordKey> {
        self.polls.clear();
        self.closes = None;
        self.pause = None;
        self.bytes = 0;
        self.is_busy = false;
        self.waiting.drain(..).map(|message| message.key).collect()
    }

    /// When something is due by itself: what is overdue waits for a batch to end.
    pub(super) fn due(&self, now: Time) -> Option<Time> {
        self.closes.into_iter().chain(self.pause).filter(|at| *at > now).min()
    }

    /// Checks what must hold after every step.
    ///
    /// # Panics
    /// When it does not: that is a bug.
    pub(super) fn check(&self) {
        let bytes: usize = self.waiting.iter().map(|message| message.size).sum();
        assert_eq!(self.bytes, bytes, "bytes that wait");
        let bytes: usize = self.running.values().map(|batch| bytes_of(batch)).sum();
        assert_eq!(self.running_bytes, bytes, "bytes under way");
        let mut groups = BTreeSet::new();
        for batch in self.running.values() {
            let own: BTreeSet<&String> =
                batch.iter().filter_map(|message| message.group.as_ref()).collect();
            for group in own {
                assert!(groups.insert(group.clone()), "two batches of message group {group}");
            }
        }
        assert_eq!(self.groups, groups, "message groups under way");
    }
}

/// How many batches of a mapping may be under way at once, at the least and at the most.
fn bounds(mapping: &Mapping) -> (u32, u32) {
    let settings = &mapping.settings;
    match (settings.pollers, settings.maximum_concurrency) {
        (Some(Pollers { minimum, maximum }), _) => {
            (minimum.saturating_mul(POLLER_CONCURRENCY), maximum.saturating_mul(POLLER_CONCURRENCY))
        }
        (None, Some(most)) => (1, QUEUE_CONCURRENCY_MOST.min(most)),
        (None, None) => (1, QUEUE_CONCURRENCY_MOST),
    }
}

fn bytes_of(batch: &[Message]) -> usize {
    batch.iter().map(|message| message.size).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::id::{MappingId, RequestId};
    use crate::base::scope::{Scope, Tags};
    use crate::record::mapping::{MappingSettings, MappingState, SourceKind};
    use alloc::string::ToString;

    fn mapping() -> Mapping {
        let settings = MappingSettings {
            is_enabled: true,
            batch_size: 10,
            window: Some(0),
            filters: Vec::new(),
            reports_failures: true,
            maximum_concurrency: None,
            pollers: None,
            parallelization: 1,
            retries: None,
            age: None,
            bisects: false,
            tumbling: 0,
            on_failure: None,
            access: Vec::new(),
        };
        Mapping {
            id: MappingId(RequestId(0)),
            scope: Scope { account: 1, region: "us-east-1".into() },
            function: "f".into(),
            qualifier: None,
            source: "arn".into(),
            kind: SourceKind::FifoQueue,
            topic: None,
            starting: None,
            settings,
            state: MappingState::Enabled,
            created: Time(0),
            modified: Time(0),
            tags: Tags::new(),
        }
    }

    fn message(key: u64, group: &str, size: usize) -> Message {
        let group = (!group.is_empty()).then(|| group.to_string());
        Message { key: RecordKey(key), size, group, is_wanted: true }
    }

    fn keys(messages: &[Message]) -> Vec<u64> {
        messages.iter().map(|message| message.key.0).collect()
    }

    /// Begins the next batch; the keys of its messages.
    fn begin(queue: &mut Queue, now: Time, number: u64) -> Vec<u64> {
        let Some(batch) = queue.next_batch(now, &mapping()) else { return Vec::new() };
        let keys = keys(&batch);
        queue.begin(number, batch);
        queue.check();
        keys
    }

    fn end(queue: &mut Queue, now: Time, number: u64, outcome: &BatchOutcome) -> Vec<RecordKey> {
        let batch = queue.running.remove(&number).expect("it is under way");
        let (_, again) = queue.ended(now, &mapping(), batch, outcome);
        queue.check();
        again
    }

    #[test]
    fn what_waits_behind_a_message_of_its_group_that_failed_comes_again_too() {
        const HALF: usize = BATCH_BYTES / 2;
        for (outcome, left) in [
            (BatchOutcome::Failed("x".into()), [1, 2, 3].as_slice()),
            (BatchOutcome::NotRun("x".into()), &[1, 2, 3]),
            (BatchOutcome::Partial(Vec::from([RecordKey(2)])), &[2, 3]),
            (BatchOutcome::Taken, &[]),
        ] {
            let mut queue = Queue::default();
            let came = [("a", 1), ("a", 2), ("a", 3), ("b", 4)];
            let came = came.map(|(group, key)| message(key, group, HALF));
            queue.received(Time(0), &mapping(), came.into());
            assert_eq!(begin(&mut queue, Time(0), 1), [1, 2]);
            let again = end(&mut queue, Time(0), 1, &outcome);
            assert_eq!(again, left.iter().copied().map(RecordKey).collect::<Vec<_>>());
            // Other groups go on.
            let rest = begin(&mut queue, Time(0), 2);
            assert_eq!(rest, if left.is_empty() { [3, 4].as_slice() } else { &[4] });
        }
    }

    #[test]
    fn a_function_that_is_throttled_has_as_many_batches_as_can_be_run() {
        let (mut queue, mut now, mut number) = (Queue::default(), Time(0), 0);
        let (mut running, mut run, mut refused) = (Vec::new(), 0, 0);
        let second = Duration::from_secs(1);
        // Two can be run at once, each for a tenth of a second.
        for _ in 0..600 {
            for batch in core::mem::take(&mut running) {
                end(&mut queue, now, batch, &BatchOutcome::Taken);
                run += 1;
            }
            while let Some((poll, most)) = queue.next_poll(now, &mapping()) {
                queue.polls.remove(&poll);
                let messages = (0..u64::from(most)).map(|key| message(key, "", 100));
                queue.received(now, &mapping(), messages.collect());
                while !begin(&mut queue, now, number + 1).is_empty() {
                    number += 1;
                    match running.len() {
                        0 | 1 => running.push(number),
                        _ => {
                            end(&mut queue, now, number, &BatchOutcome::NotRun("x".into()));
                            refused += 1;
                        }
                    }
                }
            }
            now = now + second / 10;
        }
        assert!(run > 1000 && refused < 15, "{run} were run and {refused} were not");
    }

    /// Has every poll bring what it asks for and every batch end so, for so long; answers how many
    /// batches were under way at once, and how many polls.
    fn flood(mapping: &Mapping, seconds: u64, outcome: &BatchOutcome) -> (usize, usize) {
        let mut queue = Queue::default();
        let (mut last, mut batches, mut polls) = (0, 0, 0);
        for second in 1..=seconds {
            let now = Time(0) + Duration::from_secs(second);
            loop {
                let mut asked = Vec::new();
                while let Some((poll, most)) = queue.next_poll(now, mapping) {
                    asked.push((poll, most));
                }
                if asked.is_empty() {
                    break;
                }
                polls = polls.max(asked.len());
                for (poll, most) in asked {
                    queue.polls.remove(&poll);
                    let came = (0..u64::from(most)).map(|at| message(last + at, "", 10)).collect();
                    last += u64::from(most);
                    queue.received(now, mapping, came);
                }
                while let Some(batch) = queue.next_batch(now, mapping) {
                    last += 1;
                    queue.begin(last, batch);
                }
            }
            batches = batches.max(queue.running.len());
            while let Some((_, records)) = queue.running.pop_first() {
                queue.ended(now, mapping, records, outcome);
            }
            queue.check();
        }
        (batches, polls)
    }

    #[test]
    fn pollers_bound_batches_and_polls() {
        let with = |pollers| {
            let mut mapping = mapping();
            mapping.settings.batch_size = 1;
            mapping.settings.pollers = pollers;
            mapping
        };
        let two = with(Some(Pollers { minimum: 2, maximum: 2 }));
        assert_eq!(flood(&two, 30, &BatchOutcome::Taken), (20, 2));
        let three = with(Some(Pollers { minimum: 2, maximum: 3 }));
        assert_eq!(flood(&three, 30, &BatchOutcome::Taken), (30, 3));
        let failing = BatchOutcome::Failed("it fails".into());
        assert_eq!(flood(&three, 30, &failing).0, 20, "as many as pollers have at the least");
        assert_eq!(flood(&with(None), 1, &BatchOutcome::Taken).0, 5, "without, five at first");
    }
}
