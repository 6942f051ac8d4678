//! Event source mappings: each is a state machine that is told what pollers bring and what came of
//! batches, and says what is received, run, deleted and let go of.

pub mod ask;
pub mod command;
pub(crate) mod pollers;
pub(crate) mod queue;
pub(crate) mod stream;

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet, VecDeque};
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::id::{MappingId, RequestId};
use crate::base::limits::BATCHES_REMEMBERED;
use crate::base::time::Time;
use crate::base::timer::Timer;
use crate::cx::Cx;
use crate::effect::Effect;
use crate::record::checkpoint::Checkpoint;
use crate::record::mapping::{Mapping, MappingState};
use crate::record::{Change, Key, Record};
use crate::sources::command::{
    Batch, BatchOutcome, RecordKey, SourceCommand, SourceReport, Trouble,
};
use crate::sources::queue::Queue;
use crate::sources::stream::{Ran, Stream};

/// All event source mappings.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sources {
    pub(crate) all: BTreeMap<MappingId, Live>,
    /// Checkpoints whose mappings were not read yet.
    stray: Vec<Checkpoint>,
    /// Mappings that are gone since somebody looked.
    pub(crate) gone: Vec<MappingId>,
}

/// A mapping with what it has at present.
#[derive(Debug, Clone)]
pub(crate) struct Live {
    pub(crate) mapping: Box<Mapping>,
    /// Whether its poller was told to carry for it, as it is set now.
    is_open: bool,
    last_batch: u64,
    /// When a state that is passed through is over.
    settles: Option<Time>,
    pub(crate) queue: Queue,
    pub(crate) stream: Stream,
    pub(crate) told: Told,
}

/// What is told of a mapping.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told {
    /// The last batches that ended.
    pub(crate) batches: VecDeque<Ended>,
    /// Records that came.
    pub(crate) received: u64,
    /// Those that no filter matched.
    pub(crate) filtered: u64,
    /// Those that the function took.
    pub(crate) taken: u64,
    /// Why the source could not be read last, until it could again.
    pub(crate) failure: Option<Trouble>,
    /// Why it could not be told last that records were given up, until it could.
    pub(crate) undelivered: Option<String>,
}

/// A batch that has ended.
#[derive(Debug, Clone)]
pub(crate) struct Ended {
    pub(crate) at: Time,
    pub(crate) records: usize,
    pub(crate) request: Option<RequestId>,
    pub(crate) outcome: Outcome,
}

/// How a batch has ended.
#[derive(Debug, Clone)]
pub(crate) enum Outcome {
    Taken,
    /// With how many that failed.
    Partial(usize),
    Failed(String),
    NotRun(String),
}

impl Live {
    fn new(mapping: Box<Mapping>) -> Live {
        Live {
            mapping,
            is_open: false,
            last_batch: 0,
            settles: None,
            queue: Queue::default(),
            stream: Stream::default(),
            told: Told::default(),
        }
    }

    fn is_idle(&self) -> bool {
        self.queue.running.is_empty() && self.stream.running.is_empty()
    }
}

impl Sources {
    /// Takes a mapping that was stored.
    pub(crate) fn take(&mut self, mapping: Box<Mapping>) {
        let mut live = Live::new(mapping);
        live.settles = (!live.mapping.state.is_settled()).then_some(Time(0));
        self.all.insert(live.mapping.id, live);
    }

    /// Takes a checkpoint that was stored.
    pub(crate) fn take_checkpoint(&mut self, checkpoint: Checkpoint) {
        self.stray.push(checkpoint);
    }

    /// All that was stored was taken.
    pub(crate) fn restored(&mut self) {
        for checkpoint in core::mem::take(&mut self.stray) {
            if let Some(live) = self.all.get_mut(&checkpoint.mapping) {
                live.stream.take(checkpoint);
            }
        }
    }

    /// The ids of all.
    pub(crate) fn ids(&self) -> Vec<MappingId> {
        self.all.keys().copied().collect()
    }

    /// Something of a mapping is due.
    pub(crate) fn is_due(&mut self, cx: &mut Cx<'_>, id: MappingId) {
        self.go_on(cx, id);
    }

    /// A poller reports.
    pub(crate) fn carried(&mut self, cx: &mut Cx<'_>, report: SourceReport) {
        let id = match report {
            SourceReport::Received { mapping: id, poll, messages } => {
                let Some(live) = self.all.get_mut(&id) else { return };
                if !live.queue.polls.remove(&poll) {
                    // It was stopped meanwhile: they come again.
                    let keys: Vec<_> = messages.iter().map(|message| message.key).collect();
                    return release(cx, id, keys);
                }
                live.told.failure = None;
                live.told.received += messages.len() as u64;
                let unwanted = live.queue.received(cx.now, &live.mapping, messages);
                live.told.filtered += unwanted.len() as u64;
                delete(cx, id, unwanted);
                id
            }
            SourceReport::Failed { mapping: id, poll, why } => {
                let Some(live) = self.all.get_mut(&id) else { return };
                if !live.queue.polls.remove(&poll) {
                    return;
                }
                live.queue.back_off(cx.now);
                live.told.failure = Some(why);
                id
            }
            SourceReport::Ran { mapping: id, batch, request, outcome, state } => {
                let Some(live) = self.all.get_mut(&id) else { return };
                if let Some(records) = live.stream.size_of(batch) {
                    live.told.note(cx.now, records, request, &outcome);
                    let ran = Ran { batch, request, outcome, state };
                    live.stream.ended(cx, &live.mapping, ran);
                    return self.go_on(cx, id);
                }
                let Some(records) = live.queue.running.remove(&batch) else { return };
                live.told.note(cx.now, records.len(), request, &outcome);
                let (done, again) = live.queue.ended(cx.now, &live.mapping, records, &outcome);
                delete(cx, id, done);
                release(cx, id, again);
                id
            }
            SourceReport::Listed { mapping: id, call, shards } => {
                let Some(live) = self.all.get_mut(&id) else { return };
                let listed = live.stream.listed(cx, &live.mapping, call, shards);
                live.told.failure = listed.err();
                id
            }
            SourceReport::Read { mapping: id, shard, call, records } => {
                let Some(live) = self.all.get_mut(&id) else { return };
                let count = records.as_ref().map_or(0, |read| read.records.len());
                match live.stream.read(cx.now, &live.mapping, &shard, call, records) {
                    Ok(unwanted) => {
                        live.told.failure = None;
                        live.told.received += count as u64;
                        live.told.filtered += unwanted.len() as u64;
                        release(cx, id, unwanted);
                    }
                    Err(why) => live.told.failure = Some(why),
                }
                id
            }
            SourceReport::GaveUp { mapping: id, number, failure } => {
                let Some(live) = self.all.get_mut(&id) else { return };
                live.stream.given_up(cx, &live.mapping, number, failure.is_none());
                live.told.undelivered = failure;
                id
            }
        };
        self.go_on(cx, id);
    }

    /// Does whatever a mapping may do now, and sets when to come again.
    pub(crate) fn go_on(&mut self, cx: &mut Cx<'_>, id: MappingId) {
        let Some(live) = self.all.get_mut(&id) else { return };
        if live.settles.is_some_and(|at| at <= cx.now) && live.settle(cx) {
            live.stop(cx);
            self.all.remove(&id);
            self.gone.push(id);
            cx.timers.cancel(Timer::Mapping(id));
            return;
        }
        if live.mapping.state == MappingState::Enabled {
            live.work(cx);
        }
        let settles = live.settles.filter(|at| *at > cx.now);
        let due = match live.mapping.state {
            MappingState::Enabled => {
                live.queue.due(cx.now).into_iter().chain(live.stream.due(cx.now)).min()
            }
            _ => settles,
        };
        match due {
            Some(due) => cx.timers.set(Timer::Mapping(id), due),
            None => cx.timers.cancel(Timer::Mapping(id)),
        }
    }

    /// Checks what must hold after every step.
    ///
    /// # Panics
    /// When it does not: that is a bug.
    pub(crate) fn check(&self) {
        for live in self.all.values() {
            live.queue.check();
            live.stream.check(live.mapping.id);
            let takes = live.mapping.state == MappingState::Enabled;
            assert!(takes || live.queue.polls.is_empty(), "{} takes nothing", live.mapping.id);
        }
    }
}

impl Live {
    /// Ends a state that is passed through, if it may end; answers whether the mapping is gone.
    fn settle(&mut self, cx: &mut Cx<'_>) -> bool {
        let next = match self.mapping.state {
            MappingState::Enabled | MappingState::Disabled => {
                self.settles = None;
                return false;
            }
            // A stream is read anew behind what is done.
            MappingState::Updating if !self.stream.running.is_empty() => return false,
            MappingState::Creating | MappingState::Enabling | MappingState::Updating => {
                match self.mapping.settings.is_enabled {
                    true => MappingState::Enabled,
                    false => MappingState::Disabled,
                }
            }
            // Batches under way are finished first.
            MappingState::Disabling | MappingState::Deleting if !self.is_idle() => return false,
            MappingState::Disabling => MappingState::Disabled,
            MappingState::Deleting => {
                let mut changes = self.stream.delete();
                changes.push(Change::Delete(Key::Mapping(self.mapping.id)));
                cx.persist(changes);
                return true;
            }
        };
        self.settles = None;
        self.mapping.state = next;
        cx.persist(Vec::from([self.put()]));
        false
    }

    fn put(&self) -> Change {
        Change::Put(Box::new(Record::Mapping(self.mapping.clone())))
    }

    /// Receives and runs as much as it may.
    fn work(&mut self, cx: &mut Cx<'_>) {
        let id = self.mapping.id;
        if !self.is_open {
            self.is_open = true;
            cx.out.push(Effect::Source(SourceCommand::Open(self.mapping.clone())));
        }
        if !self.mapping.kind.is_queue() {
            return self.stream.work(cx, &self.mapping, &mut self.last_batch);
        }
        while let Some(batch) = self.queue.next_batch(cx.now, &self.mapping) {
            self.last_batch += 1;
            let number = self.last_batch;
            let records = batch.iter().map(|message| message.key).collect();
            self.queue.begin(number, batch);
            let batch = Batch { mapping: id, number, shard: None, records, window: None };
            cx.out.push(Effect::Source(SourceCommand::Run(batch)));
        }
        while let Some((poll, most)) = self.queue.next_poll(cx.now, &self.mapping) {
            let receive = SourceCommand::Receive { mapping: id, poll, most };
            cx.out.push(Effect::Source(receive));
        }
    }

    /// Takes no more records, and lets go of those that are in no batch.
    fn stop(&mut self, cx: &mut Cx<'_>) {
        let mut waiting = self.queue.stop();
        waiting.extend(self.stream.stop());
        release(cx, self.mapping.id, waiting);
        if self.is_open {
            self.is_open = false;
            cx.out.push(Effect::Source(SourceCommand::Close(self.mapping.id)));
        }
    }
}

impl Told {
    fn note(
        &mut self,
        at: Time,
        records: usize,
        request: Option<RequestId>,
        outcome: &BatchOutcome,
    ) {
        let outcome = match outcome {
            BatchOutcome::Taken => Outcome::Taken,
            // A function may name one several times.
            BatchOutcome::Partial(failed) => {
                Outcome::Partial(failed.iter().collect::<BTreeSet<_>>().len())
            }
            BatchOutcome::Failed(why) => Outcome::Failed(why.clone()),
            BatchOutcome::NotRun(why) => Outcome::NotRun(why.clone()),
        };
        self.taken += match &outcome {
            Outcome::Taken => records as u64,
            Outcome::Partial(failed) => (records - failed.min(&records)) as u64,
            Outcome::Failed(_) | Outcome::NotRun(_) => 0,
        };
        if self.batches.len() == BATCHES_REMEMBERED {
            self.batches.pop_front();
        }
        self.batches.push_back(Ended { at, records, request, outcome });
    }
}

fn delete(cx: &mut Cx<'_>, mapping: MappingId, records: Vec<RecordKey>) {
    if !records.is_empty() {
        cx.out.push(Effect::Source(SourceCommand::Delete(mapping, records)));
    }
}

fn release(cx: &mut Cx<'_>, mapping: MappingId, records: Vec<RecordKey>) {
    if !records.is_empty() {
        cx.out.push(Effect::Source(SourceCommand::Release(mapping, records)));
    }
}
