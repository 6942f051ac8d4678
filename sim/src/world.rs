//! A world: an engine, its callers, its store and its node, all drawn from one seed.

mod course;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use engine::ask::{Ask, Asked};
use engine::cidr::Cidr;
use engine::compute::function::{self, SettingsPatch};
use engine::effect::{Effects, Receiver};
use engine::engine::{Config, Engine};
use engine::id::{
    CallerId, EniId, GroupId, PayloadId, RequestId, ResourceId, SubnetId, TicketId, VpcId,
};
use engine::input::{Input, Invoke, InvokeKind, Target, Told};
use engine::limits::{KeepAlive, Limits};
use engine::network::{eni, group, resource, subnet, vpc};
use engine::node::NodeReport;
use engine::random::Random;
use engine::record::function::{
    Code, EniModel, Function, Logging, RoleVerdict, Settings, VpcConfig,
};
use engine::record::resource::ResourceKind;
use engine::record::{Change, Key, Record};
use engine::scope::{Scope, Tags};
use engine::time::Time;

use crate::machine::{Faults, Machine};
use crate::reference::Reference;

/// What a run came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// A hash over everything that the engine asked for, in order.
    pub trace: u64,
    /// Inputs that the engine was given.
    pub steps: u64,
    /// Invocations that were answered well.
    pub answered: u64,
    /// Crashes that were survived.
    pub crashes: u64,
}

enum Happening {
    Report(NodeReport),
    Durable,
    Told(RequestId, Receiver, Told),
}

/// What is true once a ticket is durable.
enum Promise {
    There(Key),
    Gone(Key),
    /// A function by its key and name, unless it was deleted meanwhile.
    Stored(Key, String),
}

/// An answer that shows a function.
trait AsFunction {
    fn function(&self) -> &Function;
}

impl AsFunction for Box<Function> {
    fn function(&self) -> &Function {
        self
    }
}

impl AsFunction for function::Shown {
    fn function(&self) -> &Function {
        &self.function
    }
}

struct World {
    random: Random,
    config: Config,
    engine: Engine,
    machine: Machine,
    reference: Reference,
    now: Time,
    happenings: BTreeMap<(Time, u64), Happening>,
    sequence: u64,
    writing: VecDeque<(TicketId, Vec<Change>)>,
    stored: BTreeMap<Key, Record>,
    /// Who waits for one answer.
    callers: BTreeSet<CallerId>,
    /// What is promised once a ticket is durable.
    promised: BTreeMap<TicketId, Promise>,
    called: u64,
    /// Payloads of events that the engine holds.
    payloads: BTreeSet<PayloadId>,
    next_payload: u64,
    codes: u8,
    outcome: Outcome,
}

fn scope() -> Scope {
    Scope { account: 1, region: "us-east-1".into() }
}

/// Runs the world of a seed to its end.
///
/// # Panics
/// When a promise is broken; the seed makes it happen again.
pub fn run(seed: u64) -> Outcome {
    let mut world = World::new(seed);
    let actions = 100 + world.below(250);
    for _ in 0..actions {
        let pause = Duration::from_micros(world.below(120_000));
        world.pass(pause);
        world.act();
    }
    world.heal();
    world.outcome
}

/// One policy or another, tight enough to matter within the seconds of a world.
fn keep_alive(random: &mut Random) -> KeepAlive {
    let draw = random.draw();
    match draw % 5 {
        0 => KeepAlive::GreedyDual(256 + (draw >> 8) as u32 % 1024),
        1 => KeepAlive::Histogram(Duration::from_secs(240)),
        _ => KeepAlive::Fixed(Duration::from_millis(200 + (draw >> 8) % 3000)),
    }
}

impl World {
    fn new(seed: u64) -> World {
        let mut random = Random::new(seed ^ 0x5eed);
        let mut percent = |most: u64| random.draw() % (most + 1);
        let faults = Faults {
            start: percent(10),
            init: percent(10),
            hang: percent(10),
            exit: percent(10),
            error: percent(30),
            after: percent(60),
            eni: percent(15),
            plan: percent(10),
        };
        let limits = Limits {
            concurrency: 100 + (random.draw() % 12) as u32,
            enis_per_vpc: 8 + (random.draw() % 30) as u32,
            keep_alive: keep_alive(&mut random),
            age: Duration::from_millis(2000 + random.draw() % 10_000),
            init: Duration::from_millis(300),
            retry_waits: [Duration::from_millis(500), Duration::from_secs(1)],
            event_age: Duration::from_secs(20),
            inactive: Duration::from_millis(4000 + random.draw() % 20_000),
            eni_release: Duration::from_millis((random.draw() % 2) * 700),
            ..Limits::default()
        };
        let eni_model =
            if random.draw().is_multiple_of(2) { EniModel::Classic } else { EniModel::Hyperplane };
        let config = Config { seed, eni_model, limits };
        let mut world = World {
            engine: Engine::new(config.clone()),
            config,
            machine: Machine::new(faults),
            reference: Reference::default(),
            now: Time(1_700_000_000_000_000_000),
            happenings: BTreeMap::new(),
            sequence: 0,
            writing: VecDeque::new(),
            stored: BTreeMap::new(),
            callers: BTreeSet::new(),
            promised: BTreeMap::new(),
            called: 0,
            payloads: BTreeSet::new(),
            next_payload: 0,
            codes: 0,
            outcome: Outcome { trace: 0xcbf2_9ce4_8422_2325, steps: 0, answered: 0, crashes: 0 },
            random,
        };
        world.furnish();
        world
    }

    fn furnish(&mut self) {
        let cidr = Cidr::containing([10, 0, 0, 0].into(), 16).expect("a block");
        let question = vpc::Create { has_ipv6: false, scope: scope(), cidr, tags: Tags::new() };
        if let Some(Asked { answer: vpc, durable }) = self.put(question) {
            self.promise(durable, Promise::There(Key::Vpc(vpc.id)));
        }
        self.pass(Duration::from_secs(1));
        for number in 0..1 + self.below(3) {
            self.add_subnet(number as u8);
        }
        for number in 0..1 + self.below(3) {
            self.add_group(format!("group{number}"));
        }
        self.pass(Duration::from_secs(1));
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.random.draw() % limit.max(1)
    }

    fn vpc(&self) -> VpcId {
        self.engine.vpcs(&scope()).next().expect("it was made first").id
    }

    fn add_subnet(&mut self, number: u8) {
        let cidr = Cidr::containing([10, 0, number, 0].into(), 28).expect("a block");
        let (zone, zone_id) = ("us-east-1a".into(), "use1-az1".into());
        let (scope, vpc, tags) = (scope(), self.vpc(), Tags::new());
        let question = subnet::Create { cidr6: None, scope, vpc, cidr, zone, zone_id, tags };
        if let Some(Asked { answer: (subnet, _), durable }) = self.put(question) {
            self.promise(durable, Promise::There(Key::Subnet(subnet.id)));
        }
    }

    fn add_group(&mut self, name: String) {
        let (scope, vpc, tags) = (scope(), Some(self.vpc()), Tags::new());
        let description = String::new();
        let question = group::Create { scope, vpc, name, description, tags };
        if let Some(Asked { answer: group, durable }) = self.put(question) {
            self.promise(durable, Promise::There(Key::Group(group.id)));
        }
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        let at = self.below(of.len() as u64) as usize;
        of.get(at).copied()
    }

    fn subnets(&self) -> Vec<SubnetId> {
        self.engine.subnets(&scope()).map(|subnet| subnet.id).collect()
    }

    fn groups(&self) -> Vec<GroupId> {
        self.engine.groups(&scope()).map(|group| group.id).collect()
    }

    fn some_vpc_config(&mut self) -> Option<VpcConfig> {
        if self.below(3) == 0 {
            return None;
        }
        let (subnets, groups) = (self.subnets(), self.groups());
        let count = 1 + self.below(subnets.len() as u64) as usize;
        let group = self.one(&groups)?;
        let subnets: Vec<_> = subnets.into_iter().take(count).collect();
        (!subnets.is_empty()).then(|| VpcConfig {
            ipv6: false,
            vpc: None,
            subnets,
            groups: BTreeSet::from([group]),
        })
    }

    fn code(&mut self) -> Code {
        self.codes = self.codes.wrapping_add(1);
        Code { sha256: [self.codes; 32], size: 1 }
    }

    fn name(&mut self) -> String {
        format!("f{}", self.below(4))
    }

    fn act(&mut self) {
        let scope = scope();
        match self.below(100) {
            0..=44 => self.invoke(InvokeKind::Sync),
            45..=54 => self.invoke(InvokeKind::Async),
            55..=64 => self.create_function(),
            65..=68 => {
                let (name, code) = (self.name(), self.code());
                let (revision, publish) = (None, self.below(4) == 0);
                self.function(function::UpdateCode { scope, name, code, revision, publish });
            }
            69..=74 => self.update_configuration(),
            75..=77 => {
                let name = self.name();
                let known = self.engine.function(&scope, &name).map(|known| known.id);
                if let Some(id) = known {
                    self.reference.doubt(Key::Function(id));
                }
                let asked = self.put(function::Delete { scope, name, version: None });
                if let (Some(asked), Some(id)) = (asked, known) {
                    self.promise(asked.durable, Promise::Gone(Key::Function(id)));
                }
            }
            78..=79 => {
                let (name, reserved) = (self.name(), self.below(4) as u32);
                let reserved = reserved.checked_sub(1);
                self.function(function::Reserve { scope, name, reserved });
            }
            80..=82 => {
                let model = ["classic", "hyperplane"][self.below(2) as usize];
                let put = Tags::from([("warren:eni-model".into(), model.into())]);
                let (name, remove) = (self.name(), Vec::new());
                self.function(function::Tag { scope, name, put, remove });
            }
            83..=88 => self.change_enis(),
            89..=92 => self.change_network(),
            93..=94 => self.change_resources(),
            95..=96 => {
                let report = self.machine.kill_one(&mut self.random);
                if let Some(report) = report {
                    self.later(Duration::ZERO, Happening::Report(report));
                }
            }
            97 => {
                let shared: Vec<EniId> = self.engine.all_enis().map(|eni| eni.id).collect();
                if let Some(eni) = self.one(&shared) {
                    let count = [10, 65_000][self.below(2) as usize];
                    let report = NodeReport::Connections(eni, count);
                    self.later(Duration::ZERO, Happening::Report(report));
                }
            }
            _ => self.crash(),
        }
    }

    fn create_function(&mut self) {
        let vpc = self.some_vpc_config();
        let settings = Settings {
            runtime: "python3.11".into(),
            handler: "f.handler".into(),
            role: "arn:aws:iam::000000000001:role/r".into(),
            description: String::new(),
            timeout: 1 + self.below(2) as u32,
            memory: 128,
            ephemeral: 512,
            variables: None,
            architecture: "x86_64".into(),
            tracing: "PassThrough".into(),
            vpc,
            layers: Vec::new(),
            dead_letter: (self.below(3) == 0).then(|| "arn:aws:sqs:us-east-1:1:q".into()),
            logging: Logging::default(),
        };
        let question = function::Create {
            scope: scope(),
            name: self.name(),
            settings: Box::new(settings),
            layers: Vec::new(),
            code: self.code(),
            tags: Tags::new(),
            publish: self.below(4) == 0,
            role: RoleVerdict::Allowed,
        };
        self.function(question);
    }

    fn update_configuration(&mut self) {
        let vpc = self.some_vpc_config().unwrap_or_default();
        let patch = SettingsPatch {
            subnets: Some(vpc.subnets),
            groups: Some(vpc.groups.into_iter().collect()),
            ..SettingsPatch::default()
        };
        let question = function::UpdateConfiguration {
            scope: scope(),
            name: self.name(),
            patch: Box::new(patch),
            revision: None,
            role: RoleVerdict::Allowed,
        };
        self.function(question);
    }

    fn change_enis(&mut self) {
        let (subnets, enis) =
            (self.subnets(), self.engine.all_enis().map(|eni| eni.id).collect::<Vec<_>>());
        if self.below(2) == 0 {
            if let Some(eni) = self.one(&enis) {
                self.delete(Key::Eni(eni), eni::Delete { scope: scope(), eni });
            }
        } else if let Some(subnet) = self.one(&subnets) {
            let question = eni::Create {
                ipv6: Default::default(),
                scope: scope(),
                subnet,
                groups: BTreeSet::new(),
                address: None,
                description: String::new(),
                tags: Tags::new(),
            };
            if let Some(Asked { answer: eni, durable }) = self.put(question) {
                self.promise(durable, Promise::There(Key::Eni(eni.id)));
            }
        }
    }

    fn change_network(&mut self) {
        let (subnets, groups) = (self.subnets(), self.groups());
        match self.below(4) {
            0 => {
                if let Some(subnet) = self.one(&subnets) {
                    self.delete(Key::Subnet(subnet), subnet::Delete { scope: scope(), subnet });
                }
            }
            1 => {
                if let Some(group) = self.one(&groups) {
                    self.delete(Key::Group(group), group::Delete { scope: scope(), group });
                }
            }
            2 => {
                let number = self.below(6) as u8;
                self.add_subnet(number);
            }
            _ => {
                let name = format!("group{}", self.below(6));
                self.add_group(name);
            }
        }
    }

    fn change_resources(&mut self) {
        let scope = scope();
        let all: Vec<ResourceId> = self.engine.resources(&scope).map(|each| each.id).collect();
        let subnets = self.subnets();
        if self.below(2) == 0 {
            if let Some(resource) = self.one(&all) {
                self.delete(Key::Resource(resource), resource::Delete { scope, resource });
            }
        } else if let Some(subnet) = self.one(&subnets) {
            let name = format!("r{}", self.below(3));
            let (groups, kind) = (BTreeSet::new(), ResourceKind::Process(Vec::new()));
            self.called += 1;
            let caller = CallerId(self.called);
            let question =
                resource::Create { caller, scope, name, subnet, groups, kind, dns_name: None };
            if self.put(question).is_some() {
                self.callers.insert(caller);
            }
        }
    }

    fn invoke(&mut self, kind: InvokeKind) {
        let function = self.name();
        self.called += 1;
        self.next_payload += 1;
        let (caller, payload) = (CallerId(self.called), PayloadId(self.next_payload));
        self.callers.insert(caller);
        self.payloads.insert(payload);
        self.step(Input::Invoke(Invoke {
            caller,
            function: Target::Named(Box::new((scope(), function))),
            qualifier: None,
            kind,
            payload,
            length: 2,
            context: None,
            by: "somebody".into(),
            role: RoleVerdict::Allowed,
        }));
    }

    /// Asks a question; none is answered where it is refused.
    fn put<A: Ask>(&mut self, question: A) -> Option<Asked<A::Answer>> {
        let mut effects = Effects::new();
        self.outcome.steps += 1;
        let asked = self.engine.ask(self.now, question, &mut effects);
        self.carry_out(effects);
        asked.ok()
    }

    /// Asks for something to be gone.
    fn delete<A: Ask>(&mut self, key: Key, question: A) {
        self.reference.doubt(key);
        if let Some(asked) = self.put(question) {
            self.promise(asked.durable, Promise::Gone(key));
        }
    }

    /// Promises something for when its ticket is durable.
    fn promise(&mut self, durable: Option<TicketId>, promise: Promise) {
        let ticket = durable.expect("what changed has a ticket");
        self.promised.insert(ticket, promise);
    }

    /// Asks for a change of a function, which is promised to be stored.
    fn function<A: Ask<Answer: AsFunction>>(&mut self, question: A) {
        if let Some(asked) = self.put(question) {
            let function = asked.answer.function();
            let promise = Promise::Stored(Key::Function(function.id), function.name.clone());
            self.promise(asked.durable, promise);
        }
    }

    /// A deletion may have overtaken a caller who waits for an earlier answer.
    fn is_deleted(&self, name: &str) -> bool {
        self.engine.function(&scope(), name).is_none()
    }

    fn there(&mut self, key: Key) {
        assert!(self.stored.contains_key(&key), "{key:?} was answered before it was durable");
        self.reference.acknowledge(key, true);
    }
}
