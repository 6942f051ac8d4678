//! Mappings of Kafka's topics: where partitions begin, what is committed, how many are given to the
//! function at once, and the ENIs by which a cluster in a VPC is reached.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use engine::ask::Ask;
use engine::compute::function;
use engine::effect::{Effect, Effects};
use engine::engine::{Config, Engine};
use engine::id::{GroupId, ResourceId, SubnetId};
use engine::input::Input;
use engine::limits::Limits;
use engine::network::{eni, group, resource, subnet, vpc};
use engine::node::{Failure, FailureKind, NodeCommand, NodeReport};
use engine::record::function::{Code, EniModel, Logging, RoleVerdict, Settings};
use engine::record::mapping::{
    Access, AccessKind, Mapping, MappingSettings, Pollers, SourceKind, Starting, Topic,
};
use engine::record::{Change, Key, Record};
use engine::scope::{Scope, Tags};
use engine::sources::ask::{Create, Delete, Refusal, Update};
use engine::sources::command::{
    BatchOutcome, Begins, ReadFrom, RecordKey, Records, ShardInfo, SourceCommand, SourceReport,
    StreamRecord, Trouble,
};
use engine::time::Time;

struct World {
    engine: Engine,
    now: Time,
    stored: BTreeMap<Key, Record>,
    commands: Vec<NodeCommand>,
    told: Vec<SourceCommand>,
    keys: u64,
}

fn scope() -> Scope {
    Scope { account: 1, region: "us-east-1".into() }
}

fn config() -> Config {
    Config { seed: 1, eni_model: EniModel::Hyperplane, limits: Limits::default() }
}

fn settings(pollers: Option<Pollers>, access: Vec<Access>) -> MappingSettings {
    MappingSettings {
        is_enabled: true,
        batch_size: 2,
        window: Some(0),
        filters: Vec::new(),
        reports_failures: false,
        maximum_concurrency: None,
        pollers,
        parallelization: 1,
        retries: None,
        age: None,
        bisects: false,
        tumbling: 0,
        on_failure: None,
        access,
    }
}

fn by_vpc(subnets: &[SubnetId], group: GroupId) -> Vec<Access> {
    let subnets =
        subnets.iter().map(|id| Access { kind: AccessKind::Subnet, uri: format!("subnet:{id}") });
    let uri = format!("security_group:{group}");
    subnets.chain([Access { kind: AccessKind::SecurityGroup, uri }]).collect()
}

impl World {
    fn new() -> World {
        let mut world = World {
            engine: Engine::new(config()),
            now: Time(1_700_000_000_000_000_000),
            stored: BTreeMap::new(),
            commands: Vec::new(),
            told: Vec::new(),
            keys: 0,
        };
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
        let made = world.ask(function::Create {
            scope: scope(),
            name: "f".into(),
            settings: Box::new(settings),
            code: Code { sha256: [1; 32], size: 1 },
            tags: Tags::new(),
            publish: false,
            layers: Vec::new(),
            role: RoleVerdict::Allowed,
        });
        assert!(made.is_ok(), "the function is made");
        world
    }

    fn take(&mut self, effects: Effects) {
        for effect in effects {
            match effect {
                Effect::Persist(_, changes) => {
                    changes.into_iter().for_each(|change| match change {
                        Change::Put(record) => drop(self.stored.insert(record.key(), *record)),
                        Change::Delete(key) => drop(self.stored.remove(&key)),
                    })
                }
                Effect::Command(_, command) => self.commands.push(command),
                Effect::Source(command) => self.told.push(command),
                _ => {}
            }
        }
    }

    fn ask<A: Ask>(&mut self, question: A) -> Result<A::Answer, A::Refusal> {
        let mut effects = Effects::new();
        let asked = self.engine.ask(self.now, question, &mut effects);
        self.take(effects);
        asked.map(|asked| asked.answer)
    }

    fn step(&mut self, input: Input) {
        let mut effects = Effects::new();
        self.engine.step(self.now, input, &mut effects);
        self.take(effects);
    }

    fn pass(&mut self, time: Duration) {
        self.now = self.now + time;
        self.step(Input::Tick);
    }

    fn report(&mut self, report: SourceReport) {
        self.step(Input::Source(Box::new(report)));
    }

    fn restart(&mut self) {
        let records = self.stored.values().cloned().collect();
        let mut effects = Effects::new();
        self.commands.clear();
        self.told.clear();
        self.engine = Engine::restore(config(), records, &mut effects).expect("restored");
        self.take(effects);
        self.step(Input::Tick);
    }

    fn make(&mut self, settings: MappingSettings) -> Result<Box<Mapping>, Refusal> {
        self.ask(Create {
            scope: scope(),
            function: "f".into(),
            qualifier: None,
            source: "b:9092".into(),
            kind: SourceKind::Kafka,
            topic: Some(Topic { name: "t".into(), group: None }),
            starting: Some(Starting::Latest),
            settings,
            tags: Tags::new(),
        })
    }

    /// A mapping that is enabled, of a topic with partitions that begin behind these offsets.
    fn open(&mut self, pollers: Option<Pollers>, begins: &[Option<Begins>]) -> Mapping {
        let made = *self.make(settings(pollers, Vec::new())).expect("made");
        self.pass(Duration::from_secs(2));
        self.list(&made, begins);
        made
    }

    fn list(&mut self, made: &Mapping, begins: &[Option<Begins>]) {
        let call = self.told.iter().rev().find_map(|command| match command {
            SourceCommand::List { call, .. } => Some(*call),
            _ => None,
        });
        let shards = begins.iter().enumerate().map(|(at, begins)| ShardInfo {
            id: format!("t-{at}"),
            parents: Vec::new(),
            is_closed: false,
            begins: begins.clone(),
        });
        let (mapping, call, shards) = (made.id, call.expect("listed"), Ok(shards.collect()));
        self.report(SourceReport::Listed { mapping, call, shards });
    }

    /// From where partitions are read that were asked for since.
    fn reads(&mut self) -> Vec<(String, u64, ReadFrom)> {
        let reads = self.told.extract_if(.., |it| matches!(it, SourceCommand::Read { .. }));
        let reads = reads.filter_map(|command| match command {
            SourceCommand::Read { shard, call, from, .. } => Some((shard, call, from)),
            _ => None,
        });
        reads.collect()
    }

    /// Records of a partition come, of these offsets and sizes.
    fn read(&mut self, made: &Mapping, shard: &str, call: u64, records: &[(u64, usize)]) {
        let records = records.iter().map(|(offset, size)| {
            self.keys += 1;
            StreamRecord {
                key: RecordKey(self.keys),
                sequence: offset.to_string(),
                lane: 0,
                size: *size,
                at: self.now,
                is_wanted: true,
            }
        });
        let records = Records { records: records.collect(), is_end: false, next: Some(100) };
        let (mapping, shard) = (made.id, shard.to_owned());
        self.report(SourceReport::Read { mapping, shard, call, records: Ok(records) });
    }

    /// Batches that are to be run since: their numbers and partitions.
    fn runs(&mut self) -> Vec<(u64, String)> {
        let runs = self.told.extract_if(.., |it| matches!(it, SourceCommand::Run(_)));
        let runs = runs.filter_map(|command| match command {
            SourceCommand::Run(batch) => Some((batch.number, batch.shard?)),
            _ => None,
        });
        runs.collect()
    }

    fn ran(&mut self, made: &Mapping, batch: u64) {
        let (mapping, outcome) = (made.id, BatchOutcome::Taken);
        self.report(SourceReport::Ran { mapping, batch, request: None, outcome, state: None });
    }

    fn commits(&mut self) -> Vec<(String, String)> {
        let commits = self.told.extract_if(.., |it| matches!(it, SourceCommand::Commit { .. }));
        let commits = commits.filter_map(|command| match command {
            SourceCommand::Commit { shard, after, .. } => Some((shard, after)),
            _ => None,
        });
        commits.collect()
    }

    fn vpc(&mut self) -> (Vec<SubnetId>, GroupId) {
        let made = self.ask(vpc::Create {
            has_ipv6: false,
            scope: scope(),
            cidr: "10.0.0.0/16".parse().expect("a block"),
            tags: Tags::new(),
        });
        let vpc = made.unwrap_or_else(|_| panic!("a VPC is made")).id;
        let subnets = ["10.0.1.0/24", "10.0.2.0/24"].map(|block| {
            let made = self.ask(subnet::Create {
                cidr6: None,
                scope: scope(),
                vpc,
                cidr: block.parse().expect("a block"),
                zone: "us-east-1a".into(),
                zone_id: "use1-az1".into(),
                tags: Tags::new(),
            });
            made.unwrap_or_else(|_| panic!("a subnet is made")).0.id
        });
        let made = self.ask(group::Create {
            scope: scope(),
            vpc: Some(vpc),
            name: "g".into(),
            description: "g".into(),
            tags: Tags::new(),
        });
        (subnets.into(), made.unwrap_or_else(|_| panic!("a group is made")).id)
    }

    /// Resources that the node is told to have since.
    fn put(&mut self) -> Vec<ResourceId> {
        let put = self.commands.drain(..).filter_map(|command| match command {
            NodeCommand::PutResource { resource, .. } => Some(resource),
            _ => None,
        });
        put.collect()
    }

    fn subnets_of_enis(&self) -> BTreeSet<SubnetId> {
        self.engine.enis(&scope()).map(|eni| eni.subnet).collect()
    }
}

fn starting(after: i64) -> Option<Begins> {
    Some(Begins::Starting(after.to_string()))
}

#[test]
fn partitions_begin_where_they_were_when_they_were_first_seen() {
    let mut world = World::new();
    let committed = Some(Begins::Committed("41".into()));
    let made = world.open(None, &[starting(6), committed]);
    let after = |offset: &str| ReadFrom::After(offset.into());
    let froms = |world: &mut World| -> Vec<_> {
        world.reads().into_iter().map(|(shard, _, from)| (shard, from)).collect()
    };
    let begun = [("t-0".to_owned(), after("6")), ("t-1".to_owned(), after("41"))];
    assert_eq!(froms(&mut world), begun);
    // Though nothing came yet, a restart goes on there.
    world.restart();
    world.list(&made, &[starting(9), starting(9)]);
    assert_eq!(froms(&mut world), begun);
    // What comes later is read whole, unless the group has been there.
    world.pass(Duration::from_secs(61));
    let late = Some(Begins::Committed("3".into()));
    world.list(&made, &[None, None, starting(9), late]);
    let late = [("t-2".to_owned(), ReadFrom::TrimHorizon), ("t-3".to_owned(), after("3"))];
    assert_eq!(froms(&mut world), late);
}

#[test]
fn what_is_done_is_committed_and_what_no_event_has_room_for_is_given_up() {
    let mut world = World::new();
    let made = world.open(None, &[starting(-1)]);
    let [(shard, call, _)] = &world.reads()[..] else { panic!("one partition is read") };
    let large = 7 << 20;
    world.read(&made, shard, *call, &[(0, 100), (1, 100), (2, large), (3, 100)]);
    let [(first, _)] = world.runs()[..] else { panic!("one batch at a time") };
    assert!(world.commits().is_empty(), "nothing is done");
    world.ran(&made, first);
    // The large one was nobody's.
    let done: Vec<_> = world.commits().into_iter().map(|(_, after)| after).collect();
    assert_eq!(done, ["1", "2"]);
    let [(second, _)] = world.runs()[..] else { panic!("the next batch is run") };
    world.ran(&made, second);
    assert_eq!(world.commits(), [("t-0".to_owned(), "3".to_owned())]);
    let course = world.engine.mapping_course(made.id).expect("it is there");
    assert_eq!((course.taken, course.behind), (3, 96));
    assert!(course.blocked.is_some_and(|why| why.contains("nobody was told: 1 record")));
}

#[test]
fn pollers_bound_how_many_partitions_are_given_at_once() {
    let mut world = World::new();
    let pollers = Some(Pollers { minimum: 1, maximum: 2 });
    let made = world.open(pollers, &[starting(-1), starting(-1), starting(-1)]);
    for (shard, call, _) in world.reads() {
        world.read(&made, &shard, call, &[(0, 10), (1, 10), (2, 10), (3, 10)]);
    }
    // One after the other, each in its turn.
    for expected in ["t-0", "t-1", "t-2", "t-0"] {
        let runs = world.runs();
        let [(number, shard)] = &runs[..] else { panic!("one is under way, not {runs:?}") };
        assert_eq!(shard, expected);
        world.ran(&made, *number);
    }
    let [(one, _)] = world.runs()[..] else { panic!("one is under way") };
    // Who has waited for a minute gets another.
    world.pass(Duration::from_secs(61));
    let [(two, _)] = world.runs()[..] else { panic!("a second one is under way") };
    world.ran(&made, one);
    world.ran(&made, two);
    assert!(world.runs().is_empty(), "all is done");
}

#[test]
fn enis_come_and_go_with_what_the_mapping_wants() {
    let mut world = World::new();
    let (subnets, group) = world.vpc();
    let enis = world.subnets_of_enis().len();
    let access = by_vpc(&subnets, group);
    let made = *world.make(settings(None, access)).expect("made");
    let all: BTreeSet<_> = subnets.iter().copied().collect();
    assert_eq!((world.subnets_of_enis(), enis), (all, 0));
    let put = world.put();
    assert_eq!(put.len(), 2);
    let scope = scope();
    let own = world.engine.enis(&scope).next().expect("an ENI");
    assert_eq!(own.description, format!("AWS Lambda VPC ENI-armadillo-{}", made.id));
    assert_eq!(own.groups, BTreeSet::from([group]));
    let own = own.id;
    let refused = world.ask(eni::Delete { scope: scope.clone(), eni: own });
    assert_eq!(refused, Err(eni::Refusal::InUse(own)));
    let refused = world.ask(resource::Delete { scope: scope.clone(), resource: put[0] });
    assert_eq!(refused, Err(resource::Refusal::OfMapping(put[0], made.id)));
    // One that the node could not make is tried again once the source could not be reached.
    world.pass(Duration::from_secs(2));
    let failure = Failure::new(FailureKind::Later, "no room");
    world.step(Input::Node(NodeReport::ResourceFailed(put[0], failure)));
    assert!(world.put().is_empty());
    let mapping = made.id;
    let shards = Err(Trouble::from("no way".to_owned()));
    world.report(SourceReport::Listed { mapping, call: 1, shards });
    assert_eq!(world.put(), [put[0]]);
    // Another subnet less is an ENI less.
    let changed = settings(None, by_vpc(&subnets[1..], group));
    let id = made.id;
    let update = Update { scope: scope.clone(), id, function: None, settings: changed };
    world.ask(update).expect("changed");
    assert_eq!(world.subnets_of_enis(), BTreeSet::from([subnets[1]]));
    world.pass(Duration::from_secs(2));
    world.ask(Delete { scope, id }).expect("deleted");
    world.pass(Duration::from_secs(2));
    assert!(world.subnets_of_enis().is_empty());
    assert!(!world.stored.keys().any(|key| matches!(key, Key::Resource(_) | Key::Eni(_))));
}

#[test]
fn a_restart_makes_the_enis_that_are_missing_and_removes_those_of_nobody() {
    let mut world = World::new();
    let (subnets, group) = world.vpc();
    world.make(settings(None, by_vpc(&subnets, group))).expect("made");
    world.pass(Duration::from_secs(2));
    let is_of_eni = |key: &Key| matches!(key, Key::Resource(_) | Key::Eni(_));
    let kept = world.stored.clone();
    world.restart();
    assert_eq!(world.put().len(), 2, "those that are there are adopted");
    assert_eq!(world.stored.keys().filter(|key| is_of_eni(key)).count(), 4);
    world.stored.retain(|key, _| !is_of_eni(key));
    world.restart();
    assert_eq!(world.put().len(), 2);
    assert_eq!(world.subnets_of_enis().len(), 2);
    world.stored = kept;
    world.stored.retain(|key, _| !matches!(key, Key::Mapping(_)));
    world.restart();
    assert!(world.put().is_empty() && world.subnets_of_enis().is_empty());
    assert!(!world.stored.keys().any(is_of_eni));
}

#[test]
fn a_mapping_is_refused_where_it_can_have_no_eni() {
    let mut world = World::new();
    let (subnets, group) = world.vpc();
    let gone = SubnetId(7);
    let refused = world.make(settings(None, by_vpc(&[subnets[0], gone], group)));
    assert_eq!(refused, Err(Refusal::Eni(eni::Refusal::NoSubnet(gone))));
    assert!(world.subnets_of_enis().is_empty());
    let refused = world.make(settings(None, by_vpc(&subnets, GroupId(7))));
    assert_eq!(refused, Err(Refusal::Eni(eni::Refusal::NoGroup(GroupId(7)))));
}
