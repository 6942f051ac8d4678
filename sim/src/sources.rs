//! Worlds of event source mappings: an engine, its store, and a queue or a stream beside a function
//! that fails now and then, all drawn from one seed.

mod queue;
mod stream;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;
use std::time::Duration;

use engine::ask::Ask;
use engine::compute::function;
use engine::effect::{Effect, Effects};
use engine::engine::{Config, Engine};
use engine::id::{MappingId, TicketId};
use engine::input::Input;
use engine::limits::Limits;
use engine::random::Random;
use engine::record::function::{Code, EniModel, Logging, RoleVerdict, Settings};
use engine::record::mapping::{
    MappingSettings, MappingState, Pollers, SourceKind, Starting, Topic,
};
use engine::record::{Change, Key, Record};
use engine::scope::{Scope, Tags};
use engine::sources::ask::{Create, Update};
use engine::sources::command::{Batch, BatchOutcome, RecordKey, SourceCommand, SourceReport};
use engine::time::Time;

use crate::sources::queue::Queue;
use crate::sources::stream::Stream;

/// What a run came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourcesOutcome {
    /// A hash over everything that the engine asked for, in order.
    pub trace: u64,
    /// Records that were put there.
    pub records: u64,
    /// Records that the function took.
    pub taken: u64,
    /// Records that were given up.
    pub given_up: u64,
    /// Batches that the function was given, or was to be given.
    pub batches: u64,
    /// Of these, those that it failed with wholly.
    pub failed: u64,
    /// Of these, those that were split for it.
    pub split: u64,
    /// Those that it failed with in part.
    pub partial: u64,
    /// Those that were throttled.
    pub throttled: u64,
    /// Crashes that were survived.
    pub crashes: u64,
    /// Steps of the engine, after each of which it checked itself.
    pub steps: u64,
}

impl SourcesOutcome {
    fn new() -> SourcesOutcome {
        SourcesOutcome { trace: 0xcbf2_9ce4_8422_2325, ..SourcesOutcome::default() }
    }

    /// Adds what another run came to, but for its trace.
    pub fn add(&mut self, other: &SourcesOutcome) {
        self.records += other.records;
        self.taken += other.taken;
        self.given_up += other.given_up;
        self.batches += other.batches;
        self.failed += other.failed;
        self.split += other.split;
        self.partial += other.partial;
        self.throttled += other.throttled;
        self.crashes += other.crashes;
        self.steps += other.steps;
    }
}

impl fmt::Display for SourcesOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SourcesOutcome { records, taken, given_up, batches, failed, split, .. } = self;
        let SourcesOutcome { partial, throttled, crashes, steps, .. } = self;
        write!(
            f,
            "{records} records, {taken} taken and {given_up} given up in {batches} batches ({failed} \
             failed, {split} of them split; {partial} failed in part; {throttled} throttled), \
             {crashes} crashes, {steps} steps"
        )
    }
}

/// How often things fail, in percent.
#[derive(Debug, Clone, Copy)]
struct Faults {
    function: u64,
    not_run: u64,
    partial: u64,
    source: u64,
    crash: u64,
}

const CALM: Faults = Faults { function: 0, not_run: 0, partial: 0, source: 0, crash: 0 };

enum Happening {
    Durable,
    Report(Box<SourceReport>),
    /// A batch has ended in the function.
    Ran(Batch),
}

enum Source {
    Queue(Queue),
    Stream(Stream),
}

struct World {
    random: Random,
    config: Config,
    engine: Engine,
    faults: Faults,
    now: Time,
    happenings: BTreeMap<(Time, u64), Happening>,
    sequence: u64,
    writing: VecDeque<(TicketId, Vec<Change>)>,
    stored: BTreeMap<Key, Record>,
    mapping: MappingId,
    source: Source,
    is_healing: bool,
    outcome: SourcesOutcome,
}

fn scope() -> Scope {
    Scope { account: 1, region: "us-east-1".into() }
}

/// Runs the world of a seed to its end.
///
/// # Panics
/// When a promise is broken; the seed makes it happen again.
pub fn run(seed: u64) -> SourcesOutcome {
    let mut world = World::new(seed);
    let actions = 60 + world.below(200);
    for _ in 0..actions {
        let pause = Duration::from_micros(world.below(300_000));
        world.pass(pause);
        world.act();
    }
    world.heal();
    world.outcome
}

impl World {
    fn new(seed: u64) -> World {
        let mut random = Random::new(seed ^ 0x50c5);
        let mut percent = |most: u64| random.draw() % (most + 1);
        let faults = Faults {
            function: percent(30),
            not_run: percent(10),
            partial: percent(30),
            source: percent(10),
            crash: percent(6),
        };
        let limits = Limits::default();
        let config = Config { seed, eni_model: EniModel::Hyperplane, limits };
        let kinds = [
            SourceKind::Queue,
            SourceKind::FifoQueue,
            SourceKind::Kinesis,
            SourceKind::DynamoDb,
            SourceKind::Kafka,
        ];
        let kind = kinds[(random.draw() % 5) as usize];
        let source = match kind.is_queue() {
            true => Source::Queue(Queue::new(kind == SourceKind::FifoQueue)),
            false => Source::Stream(Stream::default()),
        };
        let mut world = World {
            engine: Engine::new(config.clone()),
            config,
            faults,
            now: Time(1_700_000_000_000_000_000),
            happenings: BTreeMap::new(),
            sequence: 0,
            writing: VecDeque::new(),
            stored: BTreeMap::new(),
            mapping: MappingId(engine::id::RequestId(0)),
            source,
            is_healing: false,
            outcome: SourcesOutcome::new(),
            random,
        };
        world.furnish(kind);
        world
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.random.draw() % limit.max(1)
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn furnish(&mut self, kind: SourceKind) {
        let settings = Settings {
            runtime: "python3.11".into(),
            handler: "f.handler".into(),
            role: "arn:aws:iam::000000000001:role/r".into(),
            description: String::new(),
            timeout: 3,
            memory: 128,
            ephemeral: 512,
            variables: None,
            architecture: "x86_64".into(),
            tracing: "PassThrough".into(),
            vpc: None,
            layers: Vec::new(),
            dead_letter: None,
            logging: Logging::default(),
        };
        self.ask(function::Create {
            scope: scope(),
            name: "f".into(),
            settings: Box::new(settings),
            code: Code { sha256: [1; 32], size: 1 },
            tags: Tags::new(),
            publish: false,
            layers: Vec::new(),
            role: RoleVerdict::Allowed,
        })
        .unwrap_or_else(|_| panic!("the function is made"));
        if !kind.is_queue() && self.below(2) == 0 {
            // There are records before there is a mapping.
            (0..20).for_each(|_| self.put());
        }
        let settings = self.settings(kind);
        let starting = (!kind.is_queue()).then_some(Starting::TrimHorizon);
        let made = self.ask(Create {
            scope: scope(),
            function: "f".into(),
            qualifier: None,
            source: "arn".into(),
            kind,
            topic: kind.is_kafka().then(|| Topic { name: "t".into(), group: None }),
            starting,
            settings,
            tags: Tags::new(),
        });
        self.mapping = made.unwrap_or_else(|_| panic!("the mapping is made")).id;
        self.pass(Duration::from_secs(1));
    }

    fn settings(&mut self, kind: SourceKind) -> MappingSettings {
        let is_queue = kind.is_queue();
        let window = if kind == SourceKind::FifoQueue { 0 } else { self.below(3) as u32 };
        let most = if is_queue && window == 0 { 10 } else { 30 };
        let gives_up = !is_queue && self.below(2) == 0;
        let is_kafka = kind.is_kafka();
        let has_windows = !is_queue && !is_kafka && self.below(3) == 0;
        let tumbling = if has_windows { 1 + self.below(5) as u32 } else { 0 };
        let has_lanes = !is_queue && !is_kafka && tumbling == 0;
        let minimum = 1 + self.below(2) as u32;
        let pollers = Pollers { minimum, maximum: minimum + self.below(2) as u32 };
        let is_provisioned = (is_kafka || is_queue) && self.below(2) == 0;
        MappingSettings {
            is_enabled: true,
            batch_size: 1 + self.below(most) as u32,
            window: (window > 0 || !is_kafka).then_some(window),
            filters: Vec::new(),
            reports_failures: self.below(2) == 0,
            maximum_concurrency: (is_queue && !is_provisioned && self.below(2) == 0).then_some(2),
            pollers: is_provisioned.then_some(pollers),
            parallelization: if has_lanes { 1 + self.below(4) as u32 } else { 1 },
            retries: gives_up.then_some(self.random.draw() as u32 % 4),
            age: (gives_up && self.below(2) == 0).then_some(60),
            bisects: !is_queue && self.below(2) == 0,
            tumbling,
            on_failure: gives_up.then_some("arn:dead".into()),
            access: Vec::new(),
        }
    }

    fn ask<A: Ask>(&mut self, question: A) -> Result<A::Answer, A::Refusal> {
        self.outcome.steps += 1;
        let mut effects = Effects::new();
        let asked = self.engine.ask(self.now, question, &mut effects);
        self.carry_out(effects);
        asked.map(|asked| asked.answer)
    }

    fn act(&mut self) {
        match self.below(20) {
            0..=13 => (0..1 + self.below(8)).for_each(|_| self.put()),
            14 => {
                if let Source::Stream(stream) = &mut self.source {
                    match self.random.draw() % 3 {
                        0 => stream.merge(),
                        _ => stream.split(&mut self.random),
                    }
                }
            }
            15..=16 => self.change(),
            _ if self.chance(self.faults.crash * 5) => self.crash(),
            _ => {}
        }
    }

    fn put(&mut self) {
        self.outcome.records += 1;
        let now = self.now;
        match &mut self.source {
            Source::Queue(queue) => queue.put(&mut self.random),
            Source::Stream(stream) => stream.put(now, &mut self.random),
        }
    }

    /// Changes what the mapping is set to; refused while it is passing through a state.
    fn change(&mut self) {
        let Some(mapping) = self.engine.mapping(&scope(), self.mapping) else { return };
        let mut settings = mapping.settings.clone();
        settings.is_enabled = self.below(3) > 0;
        settings.batch_size = 1 + self.below(10) as u32;
        let (scope, id) = (scope(), self.mapping);
        drop(self.ask(Update { scope, id, function: None, settings }));
    }

    fn later(&mut self, after: Duration, happening: Happening) {
        self.sequence += 1;
        self.happenings.insert((self.now + after, self.sequence), happening);
    }

    /// Lets time pass, with all that happens meanwhile.
    fn pass(&mut self, pause: Duration) {
        let end = self.now + pause;
        loop {
            let happens = self.happenings.keys().next().map(|(at, _)| *at);
            let due = self.engine.next_deadline().map(|deadline| deadline.at);
            let next = happens.into_iter().chain(due).min();
            let Some(next) = next.filter(|next| *next <= end) else { break };
            self.now = self.now.max(next);
            match self.happenings.first_key_value().map(|(key, _)| *key) {
                Some(key) if key.0 <= self.now => {
                    let happening = self.happenings.remove(&key).expect("it was there");
                    self.happen(happening);
                }
                _ => self.step(Input::Tick),
            }
        }
        self.now = end;
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Durable => {
                let Some((ticket, changes)) = self.writing.pop_front() else { return };
                for change in changes {
                    match change {
                        Change::Put(record) => drop(self.stored.insert(record.key(), *record)),
                        Change::Delete(key) => drop(self.stored.remove(&key)),
                    }
                }
                self.step(Input::Persisted(ticket));
            }
            Happening::Report(report) => self.step(Input::Source(report)),
            Happening::Ran(batch) => {
                let (outcome, state) = self.function(&batch);
                let Batch { mapping, number: batch, .. } = batch;
                let report = SourceReport::Ran { mapping, batch, request: None, outcome, state };
                self.step(Input::Source(Box::new(report)));
            }
        }
    }

    /// What the function makes of a batch, and the state of its window that it answers.
    fn function(&mut self, batch: &Batch) -> (BatchOutcome, Option<String>) {
        let settings = &self.engine.mapping(&scope(), self.mapping).expect("it is there").settings;
        let (reports, bisects) = (settings.reports_failures, settings.bisects);
        let drawn = self.below(100);
        let faults = self.faults;
        let whole = match drawn {
            drawn if drawn < faults.function => Some(BatchOutcome::Failed("it failed".into())),
            drawn if drawn < faults.function + faults.not_run => {
                Some(BatchOutcome::NotRun("it was throttled".into()))
            }
            _ => None,
        };
        let failed: Vec<RecordKey> = match whole {
            Some(_) => batch.records.clone(),
            None if reports && !batch.records.is_empty() && self.chance(faults.partial) => {
                // As a function does that keeps the order of what it is given: none after the first.
                let from = self.below(batch.records.len() as u64) as usize;
                batch.records[from..].to_vec()
            }
            None => Vec::new(),
        };
        let failed_keys: BTreeSet<RecordKey> = failed.iter().copied().collect();
        let taken = batch.records.iter().filter(|key| !failed_keys.contains(key)).copied();
        let taken: Vec<RecordKey> = taken.collect();
        self.outcome.taken += match &mut self.source {
            Source::Queue(queue) => queue.took(&batch.records, &taken),
            Source::Stream(stream) => stream.took(&batch.records, &taken),
        };
        let state = match (&whole, &batch.window, &mut self.source) {
            (None, Some(window), Source::Stream(stream)) => stream.summed(window, &taken),
            (Some(_), Some(window), Source::Stream(stream)) if window.is_final => {
                stream.unsummed(window);
                None
            }
            _ => None,
        };
        self.outcome.batches += 1;
        let count = match &whole {
            Some(BatchOutcome::Failed(_)) => {
                self.outcome.split += u64::from(bisects && batch.records.len() > 1);
                &mut self.outcome.failed
            }
            Some(_) => &mut self.outcome.throttled,
            None => &mut self.outcome.partial,
        };
        *count += u64::from(!failed.is_empty());
        let outcome = match whole {
            Some(outcome) => outcome,
            None if failed.is_empty() => BatchOutcome::Taken,
            None => BatchOutcome::Partial(failed),
        };
        (outcome, state)
    }

    fn step(&mut self, input: Input) {
        self.outcome.steps += 1;
        let mut effects = Effects::new();
        self.engine.step(self.now, input, &mut effects);
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Effects) {
        for effect in effects {
            let told = format!("{effect:?}");
            for byte in told.bytes() {
                self.outcome.trace =
                    (self.outcome.trace ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
            match effect {
                Effect::Persist(ticket, changes) => {
                    self.writing.push_back((ticket, changes));
                    let after = Duration::from_micros(500 + self.below(20_000));
                    self.later(after, Happening::Durable);
                }
                Effect::Source(command) => self.command(command),
                _ => {}
            }
        }
    }

    fn command(&mut self, command: SourceCommand) {
        let after = Duration::from_micros(100 + self.below(200_000));
        let (fails, now) = (self.chance(self.faults.source), self.now);
        let report = match command {
            SourceCommand::Open(_) => {
                if let Source::Stream(stream) = &mut self.source {
                    stream.opened();
                }
                None
            }
            SourceCommand::Run(batch) => {
                let mapping = self.engine.mapping(&scope(), self.mapping).expect("it is there");
                assert!(mapping.state == MappingState::Enabled, "it runs while it is disabled");
                let most = mapping.settings.batch_size as usize;
                let is_final = batch.window.as_ref().is_some_and(|window| window.is_final);
                assert_eq!(
                    batch.records.is_empty(),
                    is_final,
                    "the end of a window has no records"
                );
                assert!(batch.records.len() <= most, "a batch's size");
                match &mut self.source {
                    Source::Queue(queue) => queue.run(&batch.records),
                    Source::Stream(stream) => {
                        stream.run(&batch.records);
                        let most = mapping.settings.pollers.map(|pollers| pollers.maximum as usize);
                        let is_bounded = most.is_none_or(|most| stream.busy() <= most);
                        assert!(is_bounded, "more partitions are under way than there are pollers");
                    }
                }
                return self.later(after, Happening::Ran(batch));
            }
            SourceCommand::GiveUp { mapping, number, given_up } => {
                let failure = fails.then(|| "no destination".to_owned());
                if let Source::Stream(stream) = &mut self.source {
                    self.outcome.given_up += stream.gave_up(&given_up, failure.is_none());
                }
                Some(SourceReport::GaveUp { mapping, number, failure })
            }
            command => match &mut self.source {
                Source::Queue(queue) => queue.command(now, command, fails),
                Source::Stream(stream) => stream.command(command, fails),
            },
        };
        let Some(report) = report else { return };
        let is_empty = match &report {
            SourceReport::Received { messages, .. } => messages.is_empty(),
            SourceReport::Read { records: Ok(read), .. } => read.records.is_empty() && !read.is_end,
            _ => false,
        };
        // Who finds nothing has waited for it: longest where nothing is put any more.
        let most = if self.is_healing { 20_000_000 } else { 400_000 };
        let waits = if is_empty { Duration::from_micros(self.below(most)) } else { Duration::ZERO };
        self.later(after + waits, Happening::Report(Box::new(report)));
    }

    /// The server is killed: what was not durable is gone, and so is all that was under way.
    fn crash(&mut self) {
        self.outcome.crashes += 1;
        let happenings = std::mem::take(&mut self.happenings);
        for happening in happenings.into_values() {
            // The function may have been done, and nobody heard of it.
            if let Happening::Ran(batch) = happening
                && self.chance(50)
            {
                self.function(&batch);
            }
        }
        self.writing.clear();
        match &mut self.source {
            Source::Queue(queue) => queue.crash(),
            Source::Stream(stream) => stream.crash(),
        }
        let mut effects = Effects::new();
        let records: Vec<Record> = self.stored.values().cloned().collect();
        let config = Config { seed: self.random.draw(), ..self.config.clone() };
        let engine = Engine::restore(config, records, &mut effects);
        self.engine = engine.unwrap_or_else(|torn| panic!("the store is torn: {torn:?}"));
        self.carry_out(effects);
        self.pass(Duration::from_millis(1));
    }

    /// Nothing fails any more: all that came is taken, or was given up.
    fn heal(&mut self) {
        self.faults = CALM;
        self.is_healing = true;
        self.pass(Duration::from_secs(30));
        let mapping = self.engine.mapping(&scope(), self.mapping).expect("it is there");
        let mut settings = mapping.settings.clone();
        settings.is_enabled = true;
        let (scope, id) = (scope(), self.mapping);
        let asked = self.ask(Update { scope, id, function: None, settings });
        assert!(asked.is_ok(), "a mapping settles");
        // Longer than any wait, and than messages are hidden.
        self.pass(Duration::from_secs(900));
        let mapping = self.engine.mapping(&self::scope(), self.mapping).expect("it is there");
        let has_windows = mapping.settings.tumbling > 0;
        match &self.source {
            Source::Queue(queue) => queue.check_end(),
            Source::Stream(stream) => stream.check_end(has_windows),
        }
    }
}
