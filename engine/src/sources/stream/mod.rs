//! A mapping of a stream: its shards in the order of their lineage, what is read of each, and where
//! reading goes on after a restart.

pub(crate) mod lane;
pub(crate) mod shard;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use crate::base::id::{CheckpointId, MappingId, RequestId};
use crate::base::limits::{
    SHARDS_AGAIN, SHARDS_MOST, SOURCE_AGAIN, SOURCE_AGAIN_MOST, STREAM_BYTES,
};
use crate::base::random::fresh;
use crate::base::time::Time;
use crate::cx::Cx;
use crate::effect::Effect;
use crate::record::checkpoint::{Checkpoint, Place};
use crate::record::mapping::{Mapping, Starting};
use crate::record::{Change, Key};
use crate::sources::command::{
    Batch, BatchOutcome, Begins, Condition, RecordKey, Records, ShardInfo, SourceCommand, Trouble,
};
use crate::sources::pollers::Provisioned;
use crate::sources::release;
use crate::sources::stream::shard::Shard;

/// A batch that was run, and what came of it.
#[derive(Debug, Clone)]
pub(crate) struct Ran {
    pub(crate) batch: u64,
    pub(crate) request: Option<RequestId>,
    pub(crate) outcome: BatchOutcome,
    /// The state of its tumbling window from now on.
    pub(crate) state: Option<String>,
}

/// What a mapping of a stream has at present.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stream {
    pub(crate) shards: BTreeMap<String, Shard>,
    /// The call that asks for shards, if one is under way.
    listing: Option<u64>,
    /// When shards are asked for again; at once where there is none.
    lists_at: Option<Time>,
    /// Whether shards were ever found: those that come later have come later.
    is_known: bool,
    backoff: Duration,
    last_call: u64,
    /// Which shard each batch under way, or records given up that are being told of, are of.
    pub(crate) running: BTreeMap<u64, String>,
    /// Whether it was stopped, and has to begin anew behind what is done.
    is_stopped: bool,
    /// How many shards may be given to the function at once, where that is bounded.
    pub(crate) provisioned: Provisioned,
    /// Records that were given up without being told of.
    pub(crate) dropped: u64,
    /// Records that were given up and told of, and why the last were.
    pub(crate) given_up: Option<(usize, Condition)>,
}

impl Stream {
    /// Takes a checkpoint that was stored.
    pub(super) fn take(&mut self, checkpoint: Checkpoint) {
        self.is_known = true;
        let shard = Shard::new(checkpoint, Vec::new(), true);
        self.shards.insert(shard.checkpoint.shard.clone(), shard);
    }

    /// Asks for shards, reads and runs as much as may be done now.
    pub(super) fn work(&mut self, cx: &mut Cx<'_>, mapping: &Mapping, last_batch: &mut u64) {
        if core::mem::take(&mut self.is_stopped) {
            self.shards.values_mut().for_each(Shard::begin_anew);
        }
        self.list(cx, mapping);
        let is_over = |id: &String| self.shards.get(id).is_none_or(Shard::is_over);
        let all = self.shards.values().filter(|shard| shard.is_listed && !shard.is_over());
        let all = all.filter(|shard| shard.parents.iter().all(is_over));
        let mut readable: Vec<String> = all.map(|shard| shard.checkpoint.shard.clone()).collect();
        self.provisioned.order(mapping, &mut readable);
        let held: usize = self.shards.values().map(|shard| shard.bytes).sum();
        let mut waits = 0;
        for id in readable {
            let has_room = self.provisioned.has_room(mapping, self.running.len());
            let shard = self.shards.get_mut(&id).expect("it was listed");
            match has_room || shard.is_running() {
                true => self.give(cx, mapping, &id, last_batch),
                false => waits += u32::from(shard.waiting() > 0),
            }
            self.advance(cx, mapping, &id);
            let shard = self.shards.get_mut(&id).expect("it was listed");
            let is_full = held >= STREAM_BYTES && shard.bytes > 0;
            if !is_full && let Some(from) = shard.next_read(cx.now, mapping) {
                self.last_call += 1;
                shard.reading = Some(self.last_call);
                let call = self.last_call;
                let read = SourceCommand::Read { mapping: mapping.id, shard: id, call, from };
                cx.out.push(Effect::Source(read));
            }
        }
        if self.provisioned.waits(cx.now, mapping, waits, self.running.is_empty()) {
            return self.work(cx, mapping, last_batch);
        }
        self.list(cx, mapping);
    }

    /// Asks for the shards, if it is time.
    fn list(&mut self, cx: &mut Cx<'_>, mapping: &Mapping) {
        if self.listing.is_none() && self.lists_at.is_none_or(|at| at <= cx.now) {
            self.last_call += 1;
            self.listing = Some(self.last_call);
            self.lists_at = None;
            let call = self.last_call;
            cx.out.push(Effect::Source(SourceCommand::List { mapping: mapping.id, call }));
        }
    }

    /// Gives the function what may be given to it of a shard, and gives up what is over.
    fn give(&mut self, cx: &mut Cx<'_>, mapping: &Mapping, id: &str, last_batch: &mut u64) {
        let shard = self.shards.get_mut(id).expect("it was listed");
        while let Some(next) = shard.next(cx.now, mapping) {
            *last_batch += 1;
            let number = *last_batch;
            self.running.insert(number, id.into());
            match next {
                lane::Next::Run(lane) => {
                    let records = shard.begin(lane, number);
                    let window = shard.window(mapping);
                    let (mapping, of) = (mapping.id, Some(id.into()));
                    let batch = Batch { mapping, number, shard: of, records, window };
                    self.provisioned.last.replace(id.into());
                    cx.out.push(Effect::Source(SourceCommand::Run(batch)));
                }
                lane::Next::GiveUp(lane, condition) => {
                    let given_up = shard.give_up(lane, number, condition);
                    let before = self.given_up.map_or(0, |(count, _)| count);
                    self.given_up = Some((before + given_up.records.len(), condition));
                    let command = SourceCommand::GiveUp { mapping: mapping.id, number, given_up };
                    cx.out.push(Effect::Source(command));
                }
                lane::Next::Drop(lane) => {
                    self.running.remove(&number);
                    let keys = shard.drop_part(lane);
                    self.dropped += keys.len() as u64;
                    release(cx, mapping.id, keys);
                }
            }
        }
    }

    /// Stores up to where a shard is done with, if that is further.
    fn advance(&mut self, cx: &mut Cx<'_>, mapping: &Mapping, id: &str) {
        let Some(shard) = self.shards.get_mut(id) else { return };
        if let Some(change) = shard.advance() {
            cx.persist(Vec::from([change]));
            if let (true, Place::After(after)) = (mapping.kind.is_kafka(), &shard.checkpoint.place)
            {
                let (mapping, shard, after) = (mapping.id, id.into(), after.clone());
                cx.out.push(Effect::Source(SourceCommand::Commit { mapping, shard, after }));
            }
            if shard.is_over() {
                // Its children may be read from now on, once they are known.
                self.lists_at = Some(cx.now);
            }
        }
    }

    /// The shards that there are.
    pub(super) fn listed(
        &mut self,
        cx: &mut Cx<'_>,
        mapping: &Mapping,
        call: u64,
        found: Result<Vec<ShardInfo>, Trouble>,
    ) -> Result<(), Trouble> {
        if self.listing != Some(call) {
            return Ok(());
        }
        self.listing = None;
        let found = match found.and_then(|found| self.bounded(found)) {
            Ok(found) => found,
            Err(why) => {
                self.backoff = (self.backoff * 2).clamp(SOURCE_AGAIN, SOURCE_AGAIN_MOST);
                self.lists_at = Some(cx.now + self.backoff);
                return Err(why);
            }
        };
        self.backoff = Duration::ZERO;
        self.lists_at = Some(cx.now + SHARDS_AGAIN);
        let mut changes = Vec::new();
        let starting = mapping.starting.unwrap_or(Starting::TrimHorizon);
        let mut taken: BTreeMap<CheckpointId, ()> =
            self.shards.values().map(|shard| (shard.checkpoint.id, ())).collect();
        for info in &found {
            if let Some(known) = self.shards.get_mut(&info.id) {
                known.parents = info.parents.clone();
                known.is_listed = true;
                continue;
            }
            // What was there when the mapping was made begins where that says; what comes later is
            // read whole. One that had ended before has nothing that is later.
            let place = match (self.is_known, starting, &info.begins) {
                (_, _, Some(Begins::Committed(after)))
                | (false, _, Some(Begins::Starting(after))) => Place::After(after.clone()),
                (false, Starting::Latest, None) if info.is_closed => Place::Over,
                (false, starting, None) => Place::Start(starting),
                (true, _, _) => Place::Start(Starting::TrimHorizon),
            };
            let id = fresh(cx.random, &taken, CheckpointId);
            taken.insert(id, ());
            let shard = info.id.clone();
            let checkpoint = Checkpoint { id, mapping: mapping.id, shard, place, window: None };
            let mut shard = Shard::new(checkpoint, info.parents.clone(), false);
            shard.is_listed = true;
            changes.push(shard.put());
            self.shards.insert(info.id.clone(), shard);
        }
        self.is_known = self.is_known || !found.is_empty();
        let listed: BTreeSet<&String> = found.iter().map(|info| &info.id).collect();
        let is_gone = |id: &String, shard: &Shard| shard.is_over() && !listed.contains(id);
        self.shards.retain(|id, shard| {
            let gone = is_gone(id, shard);
            if gone {
                changes.push(Change::Delete(Key::Checkpoint(shard.checkpoint.id)));
            }
            !gone
        });
        cx.persist(changes);
        Ok(())
    }

    /// What was found, where all shards together are not too many.
    fn bounded(&self, found: Vec<ShardInfo>) -> Result<Vec<ShardInfo>, Trouble> {
        let new = found.iter().filter(|info| !self.shards.contains_key(&info.id)).count();
        if self.shards.len() + new <= SHARDS_MOST {
            return Ok(found);
        }
        let why = format!("it has more than the {SHARDS_MOST} shards that are read of a stream");
        Err(Trouble { problem: None, why })
    }

    /// Records of a shard were read, or not; what filters do not match is given back.
    pub(super) fn read(
        &mut self,
        now: Time,
        mapping: &Mapping,
        shard: &str,
        call: u64,
        records: Result<Records, Trouble>,
    ) -> Result<Vec<RecordKey>, Trouble> {
        let shard = self.shards.get_mut(shard).filter(|shard| shard.reading == Some(call));
        match (shard, records) {
            // It was stopped meanwhile: they are read again.
            (None, Ok(records)) => Ok(records.records.iter().map(|record| record.key).collect()),
            (None, Err(_)) => Ok(Vec::new()),
            (Some(shard), records) => shard.read(now, mapping, records),
        }
    }

    /// How many records a batch under way has.
    pub(super) fn size_of(&self, number: u64) -> Option<usize> {
        let shard = self.shards.get(self.running.get(&number)?)?;
        Some(shard.size_of(number))
    }

    /// A batch has ended: what is done with is let go of.
    pub(super) fn ended(&mut self, cx: &mut Cx<'_>, mapping: &Mapping, ran: Ran) {
        let Some(id) = self.running.remove(&ran.batch) else { return };
        let Some(shard) = self.shards.get_mut(&id) else { return };
        let ended = shard.ended(cx.now, mapping, ran);
        self.let_go(cx, mapping, &id, ended);
    }

    /// It was told that records were given up, or could not be.
    pub(super) fn given_up(
        &mut self,
        cx: &mut Cx<'_>,
        mapping: &Mapping,
        number: u64,
        is_told: bool,
    ) {
        let Some(id) = self.running.remove(&number) else { return };
        let Some(shard) = self.shards.get_mut(&id) else { return };
        let ended = shard.given_up(cx.now, number, is_told);
        self.let_go(cx, mapping, &id, ended);
    }

    fn let_go(
        &mut self,
        cx: &mut Cx<'_>,
        mapping: &Mapping,
        id: &str,
        (mut done, left): (Vec<RecordKey>, Vec<RecordKey>),
    ) {
        if self.is_stopped {
            done.extend(left);
        }
        self.advance(cx, mapping, id);
        release(cx, mapping.id, done);
    }

    /// Lets go of all that is in no batch, and of reads; what is not done is read again.
    pub(super) fn stop(&mut self) -> Vec<RecordKey> {
        if core::mem::replace(&mut self.is_stopped, true) {
            return Vec::new();
        }
        self.listing = None;
        self.lists_at = None;
        self.provisioned = Provisioned::default();
        self.shards.values_mut().flat_map(Shard::stop).collect()
    }

    /// What is to be deleted with the mapping.
    pub(super) fn delete(&self) -> Vec<Change> {
        let all = self.shards.values();
        all.map(|shard| Change::Delete(Key::Checkpoint(shard.checkpoint.id))).collect()
    }

    /// When something is due by itself.
    pub(super) fn due(&self, now: Time) -> Option<Time> {
        let lists = self.lists_at.filter(|_| self.listing.is_none());
        let shards = self.shards.values().filter_map(Shard::due).filter(|at| *at > now);
        let grows = self.provisioned.due().filter(|at| *at > now);
        lists.into_iter().chain(shards).chain(grows).min()
    }

    /// Records that are read and not done.
    pub(crate) fn waiting(&self) -> usize {
        self.shards.values().map(|shard| shard.waiting()).sum()
    }

    /// Checks what must hold after every step.
    ///
    /// # Panics
    /// When it does not: that is a bug.
    pub(super) fn check(&self, mapping: MappingId) {
        for shard in self.shards.values() {
            assert_eq!(shard.checkpoint.mapping, mapping, "a checkpoint and its mapping");
            shard.check();
        }
    }
}
