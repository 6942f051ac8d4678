//! A shard: what is read of it, in order, and up to where it is done. Its records go to lanes by their
//! partition keys; each lane has one batch under way.

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use crate::base::limits::{
    SHARD_BYTES, SHARD_RECORDS, SOURCE_AGAIN, SOURCE_AGAIN_MOST, TUMBLING_LATE, WINDOW_STATE,
};
use crate::base::time::Time;
use crate::record::checkpoint::{Checkpoint, Place, Window};
use crate::record::mapping::{Mapping, SourceKind, Starting};
use crate::record::{Change, Record};
use crate::sources::command::{
    BatchOutcome, BatchWindow, Condition, GivenUp, ReadFrom, RecordKey, Records, StreamRecord,
    Trouble,
};
use crate::sources::stream::Ran;
use crate::sources::stream::lane::{Lane, Next, Part};

/// A shard that is read.
#[derive(Debug, Clone)]
pub(crate) struct Shard {
    pub(crate) checkpoint: Checkpoint,
    pub(crate) parents: Vec<String>,
    /// Whether the source has told of it since the server was started.
    pub(crate) is_listed: bool,
    /// Whether it was known before the server was started.
    is_resumed: bool,
    /// The last record that was read since reading began anew.
    read: Option<String>,
    /// The call that reads, if one is under way.
    pub(crate) reading: Option<u64>,
    /// Whether it was read to its end.
    is_ended: bool,
    pause: Option<Time>,
    backoff: Duration,
    /// Records that are not done, or follow one that is not.
    entries: VecDeque<Entry>,
    /// The number of the first of them.
    first: u64,
    pub(super) bytes: usize,
    lanes: Vec<Lane>,
    /// When the tumbling window that is open ends by itself.
    closes: Option<Time>,
    /// Whether it is not stored as it is.
    is_window_changed: bool,
    /// How old the last record was when it was read.
    pub(crate) behind: Duration,
    /// The offset that the next record of a partition will have, when it was read last.
    end: Option<u64>,
}

/// Milliseconds of a tumbling window.
fn window_length(mapping: &Mapping) -> u64 {
    u64::from(mapping.settings.tumbling.max(1)) * 1000
}

/// A record that was read.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) record: StreamRecord,
    is_done: bool,
}

impl Shard {
    pub(super) fn new(checkpoint: Checkpoint, parents: Vec<String>, is_resumed: bool) -> Shard {
        Shard {
            checkpoint,
            parents,
            is_listed: false,
            is_resumed,
            read: None,
            reading: None,
            is_ended: false,
            pause: None,
            backoff: Duration::ZERO,
            entries: VecDeque::new(),
            first: 0,
            bytes: 0,
            lanes: Vec::new(),
            closes: None,
            is_window_changed: false,
            behind: Duration::ZERO,
            end: None,
        }
    }

    /// Whether it has ended and all of it is done.
    pub(super) fn is_over(&self) -> bool {
        self.checkpoint.place == Place::Over
    }

    pub(super) fn put(&self) -> Change {
        Change::Put(Box::new(Record::Checkpoint(self.checkpoint.clone())))
    }

    fn entry(&self, number: u64) -> &Entry {
        &self.entries[(number - self.first) as usize]
    }

    /// Where to read on, if it may be read now.
    pub(super) fn next_read(&mut self, now: Time, mapping: &Mapping) -> Option<ReadFrom> {
        let is_paused = self.pause.is_some_and(|until| until > now);
        let most = (mapping.settings.batch_size as usize) * (self.lanes.len().max(1) + 1);
        let has_room = self.bytes < SHARD_BYTES && self.entries.len() < most.max(SHARD_RECORDS);
        if self.reading.is_some() || self.is_ended || is_paused || !has_room {
            return None;
        }
        self.pause = None;
        Some(match (&self.read, &self.checkpoint.place) {
            (Some(last), _) | (None, Place::After(last)) => ReadFrom::After(last.clone()),
            (None, Place::Start(Starting::TrimHorizon) | Place::Over) => ReadFrom::TrimHorizon,
            (None, Place::Start(Starting::At(at))) => ReadFrom::At(*at),
            (None, Place::Start(Starting::Latest)) if !self.is_resumed => ReadFrom::Latest,
            // What came while nobody read is to be had all the same: from the mapping's beginning.
            (None, Place::Start(Starting::Latest)) => match mapping.kind {
                SourceKind::Kinesis | SourceKind::Msk | SourceKind::Kafka => {
                    ReadFrom::At(mapping.created.millis())
                }
                SourceKind::DynamoDb | SourceKind::Queue | SourceKind::FifoQueue => {
                    ReadFrom::TrimHorizon
                }
            },
        })
    }

    /// Records were read, or not; those that are not given to the function are given back.
    pub(super) fn read(
        &mut self,
        now: Time,
        mapping: &Mapping,
        records: Result<Records, Trouble>,
    ) -> Result<Vec<RecordKey>, Trouble> {
        self.reading = None;
        let Records { records, is_end, next } = match records {
            Ok(records) => records,
            Err(why) => {
                self.backoff = (self.backoff * 2).clamp(SOURCE_AGAIN, SOURCE_AGAIN_MOST);
                self.pause = Some(now + self.backoff);
                return Err(why);
            }
        };
        self.backoff = Duration::ZERO;
        self.is_ended = is_end;
        self.end = next.or(self.end);
        let lanes = mapping.settings.parallelization.max(1) as usize;
        if self.lanes.is_empty() {
            self.lanes.resize_with(lanes, Lane::default);
        }
        let skips = self.is_resumed && self.checkpoint.place == Place::Start(Starting::Latest);
        // Streams of tables tell seconds.
        let since = mapping.created.millis() / 1000;
        let mut unwanted = Vec::new();
        if let Some(last) = records.last() {
            self.behind = now - last.at;
        }
        for record in records {
            self.read = Some(record.sequence.clone());
            let is_wanted = record.is_wanted && !(skips && record.at.millis() / 1000 < since);
            if is_wanted {
                let number = self.first + self.entries.len() as u64;
                let lane = (record.lane % self.lanes.len() as u64) as usize;
                self.lanes[lane].push(now, mapping, number, record.size);
                self.bytes += record.size;
            } else {
                unwanted.push(record.key);
            }
            self.entries.push_back(Entry { record, is_done: !is_wanted });
        }
        Ok(unwanted)
    }

    /// What is to be done next in one of the lanes, if anything is.
    pub(super) fn next(&mut self, now: Time, mapping: &Mapping) -> Option<Next> {
        if mapping.settings.tumbling > 0 {
            return self.next_of_window(now, mapping);
        }
        self.is_window_changed |= self.checkpoint.window.take().is_some();
        let is_ended = self.is_ended;
        for at in 0..self.lanes.len() {
            let Shard { lanes, entries, first, .. } = self;
            let came = |number: u64| entries[(number - *first) as usize].record.at;
            if let Some(next) = lanes[at].next(at, now, mapping, is_ended, (came, None)) {
                return Some(next);
            }
        }
        None
    }

    /// What is to be done next of the tumbling window that is open, or is opened by the next record.
    fn next_of_window(&mut self, now: Time, mapping: &Mapping) -> Option<Next> {
        if self.lanes.is_empty() {
            self.lanes.resize_with(1, Lane::default);
        }
        self.closes = None;
        let Shard { lanes, entries, first, checkpoint, is_ended, .. } = self;
        let lane = &mut lanes[0];
        let came = |number: u64| entries[(number - *first) as usize].record.at;
        let length = window_length(mapping);
        let front = lane.front().map(came);
        if checkpoint.window.is_none() {
            let at = front.filter(|_| lane.is_clear())?.millis();
            let state = String::from("{}");
            checkpoint.window = Some(Window { start: at - at % length, state, is_early: false });
        }
        let window = checkpoint.window.as_ref().expect("it was opened");
        let end = Time((window.start + length) * 1_000_000);
        let late = end + TUMBLING_LATE;
        let has_ended =
            window.is_early || front.map_or(*is_ended || late <= now, |next| next >= end);
        if has_ended && lane.is_clear() {
            lane.end_window();
        }
        let next = lane.next(0, now, mapping, *is_ended || late <= now, (came, Some(end)));
        self.closes = Some(late).filter(|_| next.is_none());
        next
    }

    /// What the function is told of the tumbling window that is open.
    pub(super) fn window(&self, mapping: &Mapping) -> Option<BatchWindow> {
        let window = self.checkpoint.window.as_ref().filter(|_| mapping.settings.tumbling > 0)?;
        Some(BatchWindow {
            start: window.start,
            end: window.start + window_length(mapping),
            state: window.state.clone(),
            is_final: self.lanes[0].is_final(),
            is_early: window.is_early,
        })
    }

    /// A batch of a tumbling window has ended; answers whether it was the window's end.
    fn window_ended(&mut self, now: Time, mapping: &Mapping, part: &Part, ran: &Ran) -> bool {
        let is_taken = matches!(ran.outcome, BatchOutcome::Taken | BatchOutcome::Partial(_));
        if part.is_final {
            let goes_on = !is_taken
                && self.lanes[0].end_window_again(now, mapping, part.clone(), &ran.outcome);
            if !goes_on {
                self.checkpoint.window = None;
                self.is_window_changed = true;
            }
            return true;
        }
        if let (true, Some(window), Some(state)) =
            (is_taken, &mut self.checkpoint.window, &ran.state)
        {
            window.is_early = state.len() > WINDOW_STATE;
            window.state.clone_from(state);
            self.is_window_changed = true;
        }
        false
    }

    /// The records of a lane's batch, which is under way from now on.
    pub(super) fn begin(&mut self, lane: usize, number: u64) -> Vec<RecordKey> {
        let entries = self.lanes[lane].begin(number);
        entries.into_iter().map(|entry| self.entry(entry).record.key).collect()
    }

    /// What is told of records that a lane gives up, which are being told of from now on.
    pub(super) fn give_up(
        &mut self,
        lane: usize,
        number: u64,
        condition: Condition,
    ) -> Box<GivenUp> {
        let entries = self.lanes[lane].begin(number);
        let (invocations, request) = self.lanes[lane].tried();
        let of = |number: Option<&u64>| &self.entry(*number.expect("no part is empty")).record;
        let (first, last) = (of(entries.first()), of(entries.last()));
        Box::new(GivenUp {
            condition,
            shard: self.checkpoint.shard.clone(),
            invocations,
            request,
            records: entries.iter().map(|entry| self.entry(*entry).record.key).collect(),
            first: (first.sequence.clone(), first.at),
            last: (last.sequence.clone(), last.at),
        })
    }

    /// Gives up records without telling anybody.
    pub(super) fn drop_part(&mut self, lane: usize) -> Vec<RecordKey> {
        let entries = self.lanes[lane].begin(0);
        self.lanes[lane].end(0);
        self.done(&entries)
    }

    fn done(&mut self, entries: &[u64]) -> Vec<RecordKey> {
        let mut keys = Vec::new();
        for number in entries {
            let entry = &mut self.entries[(number - self.first) as usize];
            entry.is_done = true;
            keys.push(entry.record.key);
            self.bytes -= entry.record.size;
        }
        keys
    }

    /// How many records a batch under way has.
    pub(super) fn size_of(&self, number: u64) -> usize {
        let lane = self.lanes.iter().find(|lane| lane.is_running(number));
        lane.map_or(0, |lane| lane.running().count())
    }

    /// A batch has ended; answers the records that are done with, and those that are not.
    pub(super) fn ended(
        &mut self,
        now: Time,
        mapping: &Mapping,
        ran: Ran,
    ) -> (Vec<RecordKey>, Vec<RecordKey>) {
        let number = ran.batch;
        let Some(lane) = self.lanes.iter().position(|lane| lane.is_running(number)) else {
            return (Vec::new(), Vec::new());
        };
        self.lanes[lane].note(ran.request);
        let part = self.lanes[lane].end(number);
        if self.window_ended(now, mapping, &part, &ran) {
            return (Vec::new(), Vec::new());
        }
        let failed_from = match &ran.outcome {
            BatchOutcome::Taken => part.entries.len(),
            // From the first that failed on all come again.
            BatchOutcome::Partial(failed) => {
                let keys = part.entries.iter().map(|entry| self.entry(*entry).record.key);
                keys.take_while(|key| !failed.contains(key)).count()
            }
            BatchOutcome::Failed(_) | BatchOutcome::NotRun(_) => 0,
        };
        let done = self.done(&part.entries[..failed_from]);
        let left = part.entries[failed_from..].iter();
        let left = left.map(|entry| self.entry(*entry).record.key).collect();
        self.lanes[lane].again(now, mapping, part, failed_from, &ran.outcome);
        (done, left)
    }

    /// It was told that records were given up, or not; answers those that are done with, and those
    /// that are not.
    pub(super) fn given_up(
        &mut self,
        now: Time,
        number: u64,
        is_told: bool,
    ) -> (Vec<RecordKey>, Vec<RecordKey>) {
        let Some(lane) = self.lanes.iter().position(|lane| lane.is_running(number)) else {
            return (Vec::new(), Vec::new());
        };
        let part = self.lanes[lane].end(number);
        if is_told {
            return (self.done(&part.entries), Vec::new());
        }
        let left = part.entries.iter().map(|entry| self.entry(*entry).record.key).collect();
        self.lanes[lane].tell_again(now, part);
        (Vec::new(), left)
    }

    /// Moves up to where all is done; answers what is to be stored, if that is further.
    pub(super) fn advance(&mut self) -> Option<Change> {
        let mut last = None;
        while self.entries.front().is_some_and(|entry| entry.is_done) {
            last = self.entries.pop_front().map(|entry| entry.record.sequence);
            self.first += 1;
        }
        let is_done = self.entries.is_empty() && self.checkpoint.window.is_none();
        let is_over = self.is_ended && is_done && self.reading.is_none();
        let is_changed = core::mem::take(&mut self.is_window_changed);
        if is_over && !self.is_over() {
            self.checkpoint.place = Place::Over;
            return Some(self.put());
        }
        match last {
            Some(last) => self.checkpoint.place = Place::After(last),
            None if is_changed => {}
            None => return None,
        }
        Some(self.put())
    }

    /// Lets go of records; batches under way are finished, and what they leave is read again.
    pub(super) fn stop(&mut self) -> Vec<RecordKey> {
        self.reading = None;
        self.pause = None;
        let running: Vec<u64> = self.lanes.iter().flat_map(Lane::running).copied().collect();
        let number_of = |at: usize| self.first + at as u64;
        let entries = self.entries.iter().enumerate();
        let kept = entries.filter(|(at, each)| !each.is_done && !running.contains(&number_of(*at)));
        kept.map(|(_, entry)| entry.record.key).collect()
    }

    /// Begins anew behind what is done: nothing of it may be under way.
    pub(super) fn begin_anew(&mut self) {
        *self = Shard::new(self.checkpoint.clone(), core::mem::take(&mut self.parents), true);
    }

    /// When something is due by itself.
    pub(super) fn due(&self) -> Option<Time> {
        let own = self.pause.into_iter().chain(self.closes);
        own.chain(self.lanes.iter().filter_map(Lane::due)).min()
    }

    /// Whether a batch of it is under way.
    pub(super) fn is_running(&self) -> bool {
        self.lanes.iter().any(|lane| lane.running().next().is_some())
    }

    /// How many records of a partition are there and not done, where that is known.
    pub(crate) fn known_lag(&self) -> Option<u64> {
        let Place::After(done) = &self.checkpoint.place else { return None };
        let next = u64::try_from(done.parse::<i64>().ok()? + 1).ok()?;
        Some(self.end?.saturating_sub(next))
    }

    pub(crate) fn lag(&self) -> u64 {
        self.known_lag().unwrap_or(0)
    }

    pub(crate) fn waiting(&self) -> usize {
        self.entries.iter().filter(|entry| !entry.is_done).count()
    }

    /// What keeps the shard from going on, if a batch of it fails.
    pub(crate) fn stuck(&self) -> Option<(u32, usize, &str)> {
        let lane = self.lanes.iter().find_map(Lane::stuck)?;
        let (attempts, entries) = lane;
        let first = entries.first()?;
        Some((attempts, entries.len(), &self.entry(*first).record.sequence))
    }

    /// Checks what must hold after every step.
    ///
    /// # Panics
    /// When it does not: that is a bug.
    pub(super) fn check(&self) {
        let open = self.entries.iter().filter(|entry| !entry.is_done);
        let bytes: usize = open.clone().map(|entry| entry.record.size).sum();
        assert_eq!(self.bytes, bytes, "bytes of a shard");
        let mut numbers: Vec<u64> = self.lanes.iter().flat_map(Lane::entries).copied().collect();
        numbers.sort_unstable();
        let all = self.entries.iter().enumerate().filter(|(_, entry)| !entry.is_done);
        let all: Vec<u64> = all.map(|(at, _)| self.first + at as u64).collect();
        assert_eq!(numbers, all, "each record is in one lane");
    }
}
