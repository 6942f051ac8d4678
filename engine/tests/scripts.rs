//! Scripts: what happens, line by line, and what the engine asks for. The transcript stands below
//! each line of input; `UPDATE=1 cargo test -p engine --test scripts` writes it anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Debug, Write as _};
use std::fs;
use std::path::Path;
use std::time::Duration;

use engine::ask::Ask;
use engine::compute::function::{self, SettingsPatch};
use engine::effect::{Effect, Effects, InvokeRefusal, InvokeResult, LogLine, Notice};
use engine::engine::{Config, Engine};
use engine::id::{CallerId, EniId, EnvironmentId, Generation, GroupId, PayloadId, SubnetId, VpcId};
use engine::input::{Input, Invoke, InvokeKind, Target};
use engine::limits::Limits;
use engine::network::{eni, group, subnet, vpc};
use engine::node::{
    Attachment, Exit, Failure, FailureKind, NodeCommand, NodeReport, Outcome, Stages,
};
use engine::record::function::{
    Code, EniModel, Function, FunctionUpdate, RoleVerdict, Settings, VpcConfig,
};
use engine::record::{Change, Key, Record};
use engine::scope::{Scope, Tags};
use engine::tell::explain::Subject;
use engine::time::Time;

struct Script {
    engine: Engine,
    now: Time,
    callers: u64,
    payloads: u64,
    codes: u8,
    subnets: BTreeMap<String, SubnetId>,
    groups: BTreeMap<String, GroupId>,
    environments: Vec<EnvironmentId>,
    requests: BTreeMap<EnvironmentId, engine::id::RequestId>,
    answered: BTreeMap<EnvironmentId, engine::id::RequestId>,
    enis: Vec<EniId>,
    names: Vec<(String, String)>,
    told: String,
}

fn scope() -> Scope {
    Scope { account: 1, region: "us-east-1".into() }
}

impl Script {
    fn new() -> Script {
        let config = Config { seed: 1, eni_model: EniModel::Hyperplane, limits: Limits::default() };
        Script {
            engine: Engine::new(config),
            now: Time(1_700_000_000_000_000_000),
            callers: 0,
            payloads: 0,
            codes: 0,
            subnets: BTreeMap::new(),
            groups: BTreeMap::new(),
            environments: Vec::new(),
            requests: BTreeMap::new(),
            answered: BTreeMap::new(),
            enis: Vec::new(),
            names: Vec::new(),
            told: String::new(),
        }
    }

    /// Runs a script and returns it with its transcript.
    fn run(text: &str) -> String {
        let mut script = Script::new();
        for line in text.lines() {
            // Lines of an earlier transcript are indented.
            if line.starts_with(' ') {
                continue;
            }
            script.told.push_str(line);
            script.told.push('\n');
            if !line.is_empty() && !line.starts_with('#') {
                script.line(line);
            }
        }
        script.told
    }

    fn line(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["vpc", block] => {
                let question = vpc::Create {
                    has_ipv6: false,
                    scope: scope(),
                    cidr: cidr(block),
                    tags: Tags::new(),
                };
                self.put("Vpc", question, |_| "VPC".into());
            }
            ["subnet", name, block] => {
                let vpc = self.engine.vpcs(&scope()).next().expect("a VPC comes first").id;
                let (zone, zone_id) = ("us-east-1a".into(), "use1-az1".into());
                let (scope, cidr, tags) = (scope(), cidr(block), Tags::new());
                let question =
                    subnet::Create { cidr6: None, scope, vpc, cidr, zone, zone_id, tags };
                let answer =
                    self.put("Subnet", question, |(_, free)| format!("subnet with {free} free"));
                let id = answer.expect("a subnet was made").0.id;
                self.subnets.insert((*name).into(), id);
                self.name(id.to_string(), format!("subnet {name}"));
            }
            ["delete", "subnet", name] => {
                let subnet = self.subnets[*name];
                let question = subnet::Delete { scope: scope(), subnet };
                self.put("Subnet", question, |()| "done".into());
            }
            ["group", name] => self.group(name),
            ["take", name, count] => self.take(name, count.parse().expect("a number")),
            ["create", name, rest @ ..] => self.create(name, rest),
            ["update", name, rest @ ..] => self.update(name, rest),
            ["code", name] => {
                let question = function::UpdateCode {
                    scope: scope(),
                    name: (*name).into(),
                    code: self.code(),
                    revision: None,
                    publish: false,
                };
                self.put("Function", question, |answer| shown(&answer.function));
            }
            ["delete", name] => {
                let (scope, name, version) = (scope(), (*name).into(), None);
                let question = function::Delete { scope, name, version };
                self.put("Function", question, |()| "done".into());
            }
            ["reserve", name, count] => {
                let (scope, name, reserved) = (scope(), (*name).into(), count.parse().ok());
                let question = function::Reserve { scope, name, reserved };
                self.put("Function", question, |function| shown(function));
            }
            ["invoke", name] => self.invoke(name, InvokeKind::Sync),
            ["event", name] => self.invoke(name, InvokeKind::Async),
            ["wait", seconds] => {
                self.now = self.now + Duration::from_secs_f64(seconds.parse().expect("a number"));
                self.step(Input::Tick);
            }
            ["explain", name] => self.explain(name),
            [what, which] => self.report(what, which),
            other => panic!("line is not understood: {other:?}"),
        }
    }

    /// Takes addresses of a subnet, each by an ENI of a customer's.
    fn take(&mut self, name: &str, count: usize) {
        for _ in 0..count {
            let question = eni::Create {
                ipv6: Default::default(),
                scope: scope(),
                subnet: self.subnets[name],
                groups: BTreeSet::new(),
                address: None,
                description: String::new(),
                tags: Tags::new(),
            };
            let mut unseen = Effects::new();
            self.engine.ask(self.now, question, &mut unseen).expect("an address is free");
        }
    }

    /// Gives a function another network.
    fn update(&mut self, name: &str, words: &[&str]) {
        let vpc = self.vpc_config(words).unwrap_or_default();
        let patch = SettingsPatch {
            subnets: Some(vpc.subnets),
            groups: Some(vpc.groups.into_iter().collect()),
            ..SettingsPatch::default()
        };
        let question = function::UpdateConfiguration {
            scope: scope(),
            name: name.into(),
            patch: Box::new(patch),
            revision: None,
            role: RoleVerdict::Allowed,
        };
        self.put("Function", question, |function| shown(function));
    }

    fn report(&mut self, what: &str, which: &str) {
        let at: usize = which.parse().expect("a number");
        let of_network = what.starts_with("eni-") || what.starts_with("plan-");
        let environment = if of_network { EnvironmentId(0) } else { self.environments[at - 1] };
        let vpc = self.engine.vpcs(&scope()).next().map_or(VpcId(0), |vpc| vpc.id);
        let generation = Generation(at as u64);
        let stages = Stages { runtime: Duration::from_millis(20), ..Stages::default() };
        self.payloads += 1;
        let payload = PayloadId(1 << 63 | self.payloads);
        let finished = |outcome, requests: &BTreeMap<_, _>| NodeReport::Finished {
            environment,
            request: requests[&environment],
            outcome,
            memory_peak: 30 << 20,
            duration: Duration::from_millis(5),
            asks: what != "answers-and-works",
        };
        self.now = self.now + Duration::from_millis(10);
        let report = match what {
            "ready" => NodeReport::Ready { environment, stages },
            "answers" | "answers-and-works" => {
                finished(Outcome::Response { payload, length: 2 }, &self.requests)
            }
            "raises" => finished(Outcome::Error { payload, length: 2 }, &self.requests),
            "asks" => {
                let (request, duration) = (self.answered[&environment], Duration::from_millis(25));
                NodeReport::Asked { environment, request, memory_peak: 30 << 20, duration }
            }
            "exits" => {
                NodeReport::Exited { environment, exit: Exit::Status(1), memory_peak: 1 << 20 }
            }
            "init-fails" => {
                let error_type = Some("Runtime.ImportModuleError".into());
                NodeReport::InitFailed { environment, payload, error_type, stages }
            }
            "start-fails" => NodeReport::StartFailed(
                environment,
                Failure::new(FailureKind::Later, "link failed"),
            ),
            "finds-no-room" => NodeReport::StartFailed(
                environment,
                Failure::new(FailureKind::Room, "no descriptors"),
            ),
            "code-is-lost" => NodeReport::StartFailed(
                environment,
                Failure::new(FailureKind::Code, "package was damaged"),
            ),
            "gone" => NodeReport::Gone(environment),
            "was-reset" => NodeReport::Reset(environment),
            "plan-in-force" => NodeReport::PlanInForce { vpc, generation },
            "plan-fails" => {
                let failure = Failure::new(FailureKind::Later, "rules were refused: no memory");
                NodeReport::PlanFailed { vpc, generation, failure }
            }
            "eni-ready" => NodeReport::EniReady(self.enis[at - 1]),
            "eni-fails" => NodeReport::EniFailed(
                self.enis[at - 1],
                Failure::new(FailureKind::Later, "no memory"),
            ),
            "eni-full" => NodeReport::Connections(self.enis[at - 1], 65_000),
            other => panic!("report is not understood: {other}"),
        };
        if let NodeReport::Finished { request, .. } = report {
            self.answered.insert(environment, request);
        }
        self.step(Input::Node(report));
    }

    fn group(&mut self, name: &str) {
        let question = group::Create {
            scope: scope(),
            vpc: self.engine.vpcs(&scope()).next().map(|vpc| vpc.id),
            name: name.into(),
            description: String::new(),
            tags: Tags::new(),
        };
        let made = self.put("Group", question, |_| "group".into());
        let id = made.expect("a group was made").id;
        self.groups.insert(name.into(), id);
        self.name(id.to_string(), format!("group {name}"));
    }

    fn vpc_config(&self, words: &[&str]) -> Option<VpcConfig> {
        let [.., subnets, group] = words else { return None };
        Some(VpcConfig {
            ipv6: false,
            vpc: None,
            subnets: subnets.split(',').map(|name| self.subnets[name]).collect(),
            groups: BTreeSet::from([self.groups[*group]]),
        })
    }

    fn create(&mut self, name: &str, words: &[&str]) {
        let vpc = self.vpc_config(words);
        let is_classic = words.first() == Some(&"classic");
        let tag = ("warren:eni-model".to_owned(), "classic".to_owned());
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
            vpc,
            layers: Vec::new(),
            dead_letter: None,
            logging: Default::default(),
        };
        let question = function::Create {
            scope: scope(),
            name: name.into(),
            settings: Box::new(settings),
            layers: Vec::new(),
            code: self.code(),
            tags: is_classic.then_some(tag).into_iter().collect(),
            publish: false,
            role: RoleVerdict::Allowed,
        };
        self.put("Function", question, |answer| shown(&answer.function));
    }

    fn code(&mut self) -> Code {
        self.codes += 1;
        Code { sha256: [self.codes; 32], size: 1 }
    }

    fn invoke(&mut self, name: &str, kind: InvokeKind) {
        self.callers += 1;
        self.payloads += 1;
        self.now = self.now + Duration::from_millis(10);
        self.step(Input::Invoke(Invoke {
            caller: CallerId(self.callers),
            function: Target::Named(Box::new((scope(), name.into()))),
            qualifier: None,
            kind,
            payload: PayloadId(self.payloads),
            length: 2,
            context: None,
            by: "somebody".into(),
            role: RoleVerdict::Allowed,
        }));
    }

    /// Asks a question of a noun, and tells what comes of it.
    fn put<A: Ask<Refusal: Debug>>(
        &mut self,
        noun: &str,
        question: A,
        show: impl Fn(&A::Answer) -> String,
    ) -> Option<A::Answer> {
        self.now = self.now + Duration::from_millis(10);
        let mut effects = Effects::new();
        let asked = self.engine.ask(self.now, question, &mut effects);
        self.follow(effects);
        match asked {
            Ok(asked) => {
                self.say(&format!("answer {}", show(&asked.answer)));
                Some(asked.answer)
            }
            Err(refusal) => {
                self.say(&format!("refuse {noun}{refusal:?}"));
                None
            }
        }
    }

    /// Steps, with a store that is always quick.
    fn step(&mut self, input: Input) {
        let mut effects = Effects::new();
        self.engine.step(self.now, input, &mut effects);
        self.follow(effects);
    }

    fn follow(&mut self, mut effects: Effects) {
        let mut at = 0;
        while at < effects.len() {
            let effect = effects[at].clone();
            if let Effect::Persist(ticket, _) = &effect {
                self.engine.step(self.now, Input::Persisted(*ticket), &mut effects);
            }
            self.tell(&effect);
            at += 1;
        }
    }

    fn name(&mut self, id: String, name: String) {
        if !self.names.iter().any(|(known, _)| *known == id) {
            self.names.push((id, name));
        }
    }

    fn eni(&mut self, id: EniId) {
        if !self.enis.contains(&id) {
            self.enis.push(id);
            self.name(id.to_string(), format!("eni {}", self.enis.len()));
        }
    }

    fn say(&mut self, text: &str) {
        let mut text = text.to_owned();
        for (id, name) in &self.names {
            text = text.replace(id, name);
        }
        writeln!(self.told, "    {text}").expect("a text takes text");
    }

    fn tell(&mut self, effect: &Effect) {
        let line = match effect {
            Effect::Persist(_, changes) => {
                let all: Vec<String> = changes.iter().map(change).collect();
                format!("store {}", all.join(", "))
            }
            Effect::Invoked(_, invoked) => match &invoked.result {
                InvokeResult::Response(_) => "answer response".into(),
                InvokeResult::Error(_) => "answer the function's error".into(),
                other => format!("answer {other:?}"),
            },
            Effect::Accepted(..) => "answer accepted".into(),
            Effect::Refused(_, refusal) => match &**refusal {
                InvokeRefusal::Throttled(throttle) => format!("refuse Throttled({throttle:?})"),
                InvokeRefusal::Busy(..) => format!("refuse Function{refusal:?}"),
                other => format!("refuse Invoke{other:?}"),
            },
            Effect::Command(_, command) => self.command(command),
            Effect::Log(event) => format!("log {}", log(&event.line)),
            Effect::Made(_, made) => format!("made {made:?}"),
            Effect::Notice(Notice::PlanFailed { generation, failure, again, .. }) => {
                format!("notice plan {} failed: {failure}; again in {again:?}", generation.0)
            }
            Effect::Notice(Notice::PlanInForce { generation, .. }) => {
                format!("notice plan {} is in force", generation.0)
            }
            Effect::Tell(receiver, telling) => {
                let (arn, condition) = (receiver.arn(), telling.condition.word());
                format!("tell {arn} {condition} after {} attempts", telling.attempts)
            }
            Effect::Ended(_)
            | Effect::Notice(Notice::EventGivenUp { .. })
            | Effect::Release(_)
            | Effect::Source(_) => return,
        };
        self.say(&line);
    }

    fn command(&mut self, command: &NodeCommand) -> String {
        match command {
            NodeCommand::Start(spec) => {
                let id = spec.environment;
                if !self.environments.contains(&id) {
                    self.environments.push(id);
                    self.name(id.to_string(), format!("env {}", self.environments.len()));
                }
                let place = match &spec.attachment {
                    Attachment::Outside => "at the outside".into(),
                    Attachment::Classic(plan) => {
                        self.eni(plan.eni);
                        format!("with {} at {} in {}", plan.eni, plan.address, plan.subnet)
                    }
                    Attachment::Hyperplane(eni) => format!("behind {eni}"),
                };
                format!("start {id} {place}")
            }
            NodeCommand::Deliver(delivery) => {
                self.requests.insert(delivery.environment, delivery.request);
                format!("deliver to {}", delivery.environment)
            }
            NodeCommand::Stop(id) => format!("stop {id}"),
            NodeCommand::Reset(id) => format!("reset {id}"),
            NodeCommand::PutEni(plan) => {
                self.eni(plan.eni);
                format!("put {} at {} in {}", plan.eni, plan.address, plan.subnet)
            }
            NodeCommand::DeleteEni(id) => format!("delete {id}"),
            NodeCommand::Plan(plan) => format!("plan {} of the VPC", plan.generation.0),
            NodeCommand::DeleteVpc(_)
            | NodeCommand::PutResource { .. }
            | NodeCommand::DeleteResource(_) => "something of the network".into(),
        }
    }

    fn explain(&mut self, what: &str) {
        let subject = match what.split_at_checked(3) {
            Some(("env", number)) => {
                let at: usize = number.parse().expect("a number");
                Subject::Environment(self.environments[at - 1])
            }
            Some(("eni", number)) => {
                let at: usize = number.parse().expect("a number");
                Subject::Eni(self.enis[at - 1])
            }
            _ => match self.subnets.get(what) {
                Some(subnet) => Subject::Subnet(*subnet),
                None => Subject::Function(self.engine.function(&scope(), what).expect("it is").id),
            },
        };
        let requests: BTreeMap<_, _> = self.requests.clone();
        for (environment, request) in requests {
            self.name(request.to_string(), format!("the last request of {environment}"));
        }
        match self.engine.explain(subject) {
            Some(tree) => {
                let lines: Vec<String> = tree
                    .lines()
                    .into_iter()
                    .map(|(depth, text)| format!("{}{text}", "  ".repeat(depth)))
                    .collect();
                lines.iter().for_each(|line| self.say(line));
            }
            None => self.say("not known"),
        }
    }
}

fn cidr(text: &str) -> engine::cidr::Cidr {
    text.parse().expect("a block")
}

fn shown(function: &Function) -> String {
    let update = match &function.latest.update {
        FunctionUpdate::InProgress(_) => "InProgress".into(),
        other => format!("{other:?}"),
    };
    format!("function {} {:?} {update}", function.name, function.latest.state)
}

fn change(change: &Change) -> String {
    let kind = |key: Key| match key.kind() {
        "vpc" => "VPC",
        "eni" => "ENI",
        other => other,
    };
    match change {
        Change::Delete(key) => format!("no {}", kind(*key)),
        Change::Put(record) => match record.as_ref() {
            Record::Function(function) => {
                format!("function {} {:?}", function.name, function.latest.state)
            }
            Record::Event(event) => format!("event after {} attempts", event.attempts),
            other => kind(other.key()).into(),
        },
    }
}

fn log(line: &LogLine) -> String {
    match line {
        LogLine::InitStart => "INIT_START".into(),
        LogLine::InitDone { duration, phase } => format!("INIT_DONE {duration:?} {phase}"),
        LogLine::InitReport { duration, status, phase } => {
            format!("INIT_REPORT {duration:?} {phase} {status:?}")
        }
        LogLine::Start(_) => "START".into(),
        LogLine::Report { duration, init, status, .. } => {
            format!("END, REPORT {duration:?} init {init:?} {status:?}")
        }
    }
}

#[test]
fn transcripts_are_as_they_were() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts");
    let is_update = std::env::var_os("UPDATE").is_some();
    let mut count = 0;
    for entry in fs::read_dir(directory).expect("there are scripts").flatten() {
        let before = fs::read_to_string(entry.path()).expect("a script is read");
        let after = Script::run(&before);
        count += 1;
        if is_update {
            fs::write(entry.path(), after).expect("a script is written");
            continue;
        }
        for (number, (was, is)) in before.lines().zip(after.lines()).enumerate() {
            let place = format!("{}:{}", entry.path().display(), number + 1);
            assert_eq!(was, is, "{place}; UPDATE=1 writes it anew");
        }
        assert_eq!(before.lines().count(), after.lines().count(), "{:?}", entry.path());
    }
    assert!(count >= 5, "scripts are missing");
}
