//! Explanations of event source mappings: how one is, what it has taken, and what keeps it.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::id::{MappingId, ResourceId, Version};
use crate::base::limits::POLLER_CONCURRENCY;
use crate::base::time::Time;
use crate::engine::Engine;
use crate::record::checkpoint::Place;
use crate::record::function::Function;
use crate::record::mapping::{Mapping, MappingState, Pollers, SourceKind, Starting};
use crate::record::resource::ResourceKind;
use crate::sources::command::Condition;
use crate::sources::stream::shard::Shard;
use crate::sources::{Ended, Live, Outcome};
use crate::tell::words::{Explanation, Teller, count, span};

/// How the failure begins of a batch that was not run because its chain has come back too often.
pub const RECURSIVE: &str = "RecursiveInvocationException";

/// How a mapping is doing at present.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Course {
    /// Batches under way.
    pub running: usize,
    /// Records that are read and wait.
    pub waiting: usize,
    /// Records that the function took since the server was started.
    pub taken: u64,
    /// Records of a topic that are there and not done.
    pub behind: u64,
    /// What keeps it, if something does.
    pub blocked: Option<String>,
}

impl Engine {
    /// `LastProcessingResult` of a mapping of a stream.
    pub fn last_result(&self, id: MappingId) -> Option<&'static str> {
        let live = self.sources.all.get(&id)?;
        Some(match live.told.batches.back().map(|last| &last.outcome) {
            _ if let Some(failure) = &live.told.failure => {
                failure.problem.unwrap_or("PROBLEM: Cannot read the event source")
            }
            None => "No records processed",
            Some(Outcome::Taken | Outcome::Partial(_)) => "OK",
            Some(Outcome::Failed(_) | Outcome::NotRun(_)) => "PROBLEM: Function call failed",
        })
    }

    /// How a mapping is doing at present.
    pub fn mapping_course(&self, id: MappingId) -> Option<Course> {
        let live = self.sources.all.get(&id)?;
        Some(Course {
            running: live.queue.running.len() + live.stream.running.len(),
            waiting: live.queue.waiting.len() + live.stream.waiting(),
            taken: live.told.taken,
            behind: live.stream.shards.values().map(Shard::lag).sum(),
            blocked: self.teller().blocks(live).into_iter().next(),
        })
    }
}

impl Teller<'_> {
    pub(super) fn explain_mapping(&self, live: &Live) -> Explanation {
        let mapping = &live.mapping;
        let mut because = Vec::from([
            Explanation::new(format!("it takes records of {}", self.source(mapping))),
            Explanation::new(format!("they are given to function {}", called(live))),
        ]);
        because.extend(self.blocks(live).into_iter().map(Explanation::new));
        let told = &live.told;
        because.push(Explanation::new(format!(
            "since the server was started {} came, {} matched no filter, and the function took {}",
            count(told.received as usize, "record"),
            told.filtered,
            told.taken
        )));
        let queue = &live.queue;
        if !mapping.kind.is_queue() {
            because.extend(live.stream.provisioned.count(mapping).map(|count| {
                Explanation::new(format!(
                    "batches under way: {} of {count} at the most, since it has that many pollers",
                    live.stream.running.len()
                ))
            }));
            because.extend(self.tell_ways_out(mapping));
            let kind = mapping.kind;
            because.extend(live.stream.shards.values().map(|shard| tell_shard(shard, kind)));
        } else if mapping.state == MappingState::Enabled {
            let most = queue.most(mapping);
            because.push(Explanation::new(format!(
                "batches under way: {} of {most} at the most; {} waiting",
                queue.running.len(),
                count(queue.waiting.len(), "message"),
            )));
            if let (Some(now), Some(Pollers { minimum, maximum })) =
                (queue.pollers(mapping), mapping.settings.pollers)
            {
                because.push(Explanation::new(format!(
                    "pollers: {now}, of {minimum} to {maximum} that are provisioned, each with up to \
                     {POLLER_CONCURRENCY} batches at once"
                )));
            }
        }
        because.extend(told.batches.iter().rev().map(tell_batch));
        let text = format!("mapping {} is {}", mapping.id, mapping.state);
        Explanation::with(text, because)
    }

    /// The mappings that give a function records, or one of its versions by its number.
    pub(super) fn feeding(
        &self,
        function: &Function,
        version: Option<Version>,
    ) -> impl Iterator<Item = MappingId> {
        let number = version.map(Version::spelled);
        let is_meant = move |mapping: &Mapping| match &number {
            Some(number) => mapping.qualifier.as_ref() == Some(number),
            None => true,
        };
        let all = self.sources.all.values().map(|live| &live.mapping);
        let of = all.filter(|it| it.scope == function.scope && it.function == function.name);
        of.filter(move |it| is_meant(it)).map(|it| it.id)
    }

    /// A mapping as it is told of its function: what it takes, what keeps it, and the loop that was ended there
    /// last.
    pub(super) fn tell_feeding(&self, live: &Live) -> Explanation {
        let mapping = &live.mapping;
        let mut because: Vec<String> = self.blocks(live);
        let is_loop = |ended: &&Ended| matches!(&ended.outcome, Outcome::Failed(why) if why.starts_with(RECURSIVE));
        let last = live.told.batches.iter().rfind(is_loop);
        because.extend(last.map(|ended| {
            let at = clock(ended.at);
            let records = count(ended.records, "record");
            format!(
                "a loop was ended there: {records} of a chain that came back too often, at {at}"
            )
        }));
        let text = format!(
            "mapping {} gives it records of {}: {}",
            mapping.id,
            self.source(mapping),
            mapping.state
        );
        Explanation::with(text, because.into_iter().map(Explanation::new).collect())
    }

    /// What keeps it from taking records, or from having them taken.
    fn blocks(&self, live: &Live) -> Vec<String> {
        let mapping = &live.mapping;
        let mut blocks = Vec::new();
        if mapping.state == MappingState::Disabled {
            blocks.push("it is disabled, and takes nothing until it is enabled".into());
        }
        if self.compute.functions.named(&mapping.scope, &mapping.function).is_none() {
            blocks.push(format!("function {} is not there", mapping.function));
        }
        if let Some(why) = &live.told.failure {
            blocks.push(format!("its source cannot be read: {}", why.why));
        }
        let last = live.told.batches.back();
        if let Some(Ended { outcome: Outcome::NotRun(why), .. }) = last {
            blocks.push(format!("its function could not be invoked last: {why}"));
        }
        let stuck = live.stream.shards.values().filter_map(|shard| Some((shard, shard.stuck()?)));
        blocks.extend(stuck.map(|(shard, (failures, records, first))| {
            format!(
                "{} {} waits for {}: the function has failed {failures} times with them, from \
                 {} {first} on{}",
                shard_word(mapping.kind).0,
                shard.checkpoint.shard,
                count(records, "record"),
                shard_word(mapping.kind).1,
                until(mapping.settings.retries, mapping.settings.age)
            )
        }));
        if live.stream.dropped > 0 {
            blocks.push(format!(
                "since it was opened last some were given up, and nobody was told: {}",
                count(live.stream.dropped as usize, "record")
            ));
        }
        if let Some((given_up, condition)) = live.stream.given_up {
            blocks.push(format!(
                "since the server was started {} given up and told to {}, the last {}",
                match given_up {
                    1 => "1 record was".into(),
                    many => format!("{many} records were"),
                },
                mapping.settings.on_failure.as_deref().unwrap_or("nobody any more"),
                match condition {
                    Condition::RetryAttemptsExhausted => "after as many retries as there are to be",
                    Condition::RecordAgeExceeded => "since they were too old",
                    Condition::MaximumPayloadSizeExceeded =>
                        "since it was larger than an event may be",
                }
            ));
        }
        if let Some(why) = &live.told.undelivered {
            blocks.push(format!("it cannot be told that records are given up: {why}"));
        }
        if let Some(Ended { outcome: Outcome::Failed(why), .. }) = last
            && mapping.kind.is_queue()
        {
            blocks.push(format!(
                "its function failed last: {why}; messages come again when their visibility \
                 timeout ends, until their queue's redrive policy takes them"
            ));
        }
        blocks
    }

    /// Of what records are taken.
    fn source(&self, mapping: &Mapping) -> String {
        match &mapping.topic {
            None => mapping.source.clone(),
            Some(topic) => format!(
                "topic {} of {} as consumer group {}",
                topic.name,
                mapping.source,
                mapping.group()
            ),
        }
    }

    /// By which ENIs it reaches its source, and what was dropped at them.
    fn tell_ways_out(&self, mapping: &Mapping) -> Vec<Explanation> {
        let wanted = mapping.settings.subnets();
        let mut told = Vec::new();
        let mut missing = wanted;
        for way in self.network.ways_out(mapping.id) {
            missing.remove(&way.eni.subnet);
            let state = match (way.namespace, way.failure) {
                (Some(_), _) => String::new(),
                (None, Some(failure)) => format!(", which could not be made: {failure}"),
                (None, None) => ", which is being made".into(),
            };
            let eni = way.eni;
            let text = format!(
                "it is reached by {} ({}) in {}{state}",
                eni.id,
                eni.address,
                self.subnet_name(eni.subnet)
            );
            let drops = self.journal.drops(eni.id);
            let drops = drops.map(|each| {
                self.tell_drop(&each.drop, each.request, &each.groups, each.led.as_ref())
            });
            told.push(Explanation::with(text, drops.collect()));
        }
        told.extend(missing.into_iter().map(|subnet| {
            let name = self.subnet_name(subnet);
            Explanation::new(format!("it has no ENI in {name}: none could be had there"))
        }));
        told
    }

    /// The mapping whose ENI a resource is, if it is one.
    pub(super) fn mapping_of(&self, resource: ResourceId) -> Option<MappingId> {
        match self.network.resources.get(&resource)?.kind {
            ResourceKind::Mapping(mapping) => Some(mapping),
            ResourceKind::Process(_) | ResourceKind::Exposed(_) | ResourceKind::Endpoint(_) => None,
        }
    }
}

impl Engine {
    /// The event source mapping that a resource is an ENI of.
    pub fn mapping_of(&self, resource: ResourceId) -> Option<MappingId> {
        self.teller().mapping_of(resource)
    }
}

/// What a shard of a source and the place of a record in it are called.
fn shard_word(kind: SourceKind) -> (&'static str, &'static str) {
    match kind.is_kafka() {
        true => ("partition", "offset"),
        false => ("shard", "sequence number"),
    }
}

/// The function as the mapping names it.
fn called(live: &Live) -> String {
    match &live.mapping.qualifier {
        Some(qualifier) => format!("{}:{qualifier}", live.mapping.function),
        None => live.mapping.function.clone(),
    }
}

fn tell_shard(shard: &Shard, kind: SourceKind) -> Explanation {
    let (word, place_word) = shard_word(kind);
    let place = match &shard.checkpoint.place {
        Place::Start(Starting::TrimHorizon) => "nothing is done, from its oldest record on".into(),
        Place::Start(Starting::Latest) => "nothing has come since the mapping was made".into(),
        Place::Start(Starting::At(at)) => format!("nothing is done, from {at} ms on"),
        Place::After(sequence) if sequence == "-1" => "nothing is done".into(),
        Place::After(sequence) => format!("done up to {place_word} {sequence}"),
        Place::Over => "done whole".into(),
    };
    let because = match &shard.checkpoint.place {
        Place::Over => Vec::new(),
        Place::Start(_) | Place::After(_) if let Some(lag) = shard.known_lag() => {
            let text = format!("{lag} behind its end, {} of them read", shard.waiting());
            Vec::from([Explanation::new(text)])
        }
        Place::Start(_) | Place::After(_) => Vec::from([
            Explanation::new(format!("{} read and not done", count(shard.waiting(), "record"))),
            Explanation::new(format!("the last was read {} after it came", span(shard.behind))),
        ]),
    };
    Explanation::with(format!("{word} {}: {place}", shard.checkpoint.shard), because)
}

/// Until when records are tried that a function fails with.
fn until(retries: Option<u32>, age: Option<u32>) -> String {
    let times = retries.map(|most| format!("after {most} retries"));
    let old = age.map(|seconds| format!("when they are {seconds} s old"));
    match (times, old) {
        (Some(times), Some(old)) => format!("; they are given up {times}, or {old}"),
        (Some(one), None) | (None, Some(one)) => format!("; they are given up {one}"),
        (None, None) => "; they are tried until they are too old for their stream".into(),
    }
}

fn tell_batch(ended: &Ended) -> Explanation {
    let records = count(ended.records, "record");
    let were = if ended.records == 1 { "was" } else { "were" };
    let how = match &ended.outcome {
        Outcome::Taken => format!("{were} taken"),
        Outcome::Partial(failed) => format!("{were} taken but for {failed}, which come again"),
        Outcome::Failed(why) => format!("{were} not taken: {why}"),
        Outcome::NotRun(why) => format!("{were} not given to the function: {why}"),
    };
    let by = ended.request.map_or_else(String::new, |request| format!(" by invocation {request}"));
    Explanation::new(format!("{records} {how}{by}, at {}", clock(ended.at)))
}

/// A time of a day.
fn clock(at: Time) -> String {
    let second = at.millis() / 1000 % 86_400;
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{hour:02}:{minute:02}:{second:02} UTC")
}
