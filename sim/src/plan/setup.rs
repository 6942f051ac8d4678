//! The beginning of a plan: an engine that has the layout's VPCs, subnets, groups and functions.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use engine::ask::Ask;
use engine::cidr::Cidr;
use engine::compute::function::{self, SettingsPatch};
use engine::effect::{Effect, Effects};
use engine::engine::{Config, Engine};
use engine::id::{FunctionId, GroupId, SubnetId, Version, VpcId};
use engine::input::Input;
use engine::limits::Limits;
use engine::network::{eni, group, subnet, vpc};
use engine::node::{NodeCommand, NodeReport};
use engine::random::Random;
use engine::record::function::{Code, EniModel, Logging, RoleVerdict, Settings, VpcConfig};
use engine::scope::{Scope, Tags};
use engine::time::Time;

use super::error::PlanError;
use super::layout::{FunctionLayout, Layout};
use super::options::{InVpc, Setup};
use crate::trace::Traced;

/// What a replay begins with.
pub(super) struct Ground {
    pub(super) engine: Engine,
    /// The layout's subnets, in its order.
    pub(super) subnets: Vec<SubnetId>,
    /// The trace's functions, in its order.
    pub(super) functions: Vec<Made>,
    pub(super) vpc_functions: u64,
    /// Inputs that the engine was given so far.
    pub(super) steps: u64,
}

/// A function, or a version of one, or why it could not be made.
#[derive(Debug, Clone)]
pub(super) struct Made {
    pub(super) function: Result<(FunctionId, Version), function::Refusal>,
    /// Its memory in MB.
    pub(super) memory: u32,
    is_in_vpc: bool,
}

/// Makes things through the engine's own requests, whose changes are durable at once.
struct Builder {
    engine: Engine,
    now: Time,
    out: Effects,
    steps: u64,
}

impl Builder {
    /// Gives the engine what follows from its effects, until nothing does.
    fn settle(&mut self) {
        let mut inputs = Vec::new();
        loop {
            for effect in self.out.drain(..) {
                match effect {
                    Effect::Persist(ticket, _) => inputs.push(Input::Persisted(ticket)),
                    Effect::Command(_, NodeCommand::PutEni(plan)) => {
                        inputs.insert(0, Input::Node(NodeReport::EniReady(plan.eni)));
                    }
                    Effect::Invoked(..)
                    | Effect::Accepted(..)
                    | Effect::Refused(..)
                    | Effect::Made(..)
                    | Effect::Notice(_)
                    | Effect::Source(_)
                    | Effect::Command(..)
                    | Effect::Log(_)
                    | Effect::Ended(_)
                    | Effect::Tell(..)
                    | Effect::Release(_) => {}
                }
            }
            let Some(input) = inputs.pop() else { return };
            self.steps += 1;
            self.engine.step(self.now, input, &mut self.out);
        }
    }

    fn ask<A: Ask>(&mut self, question: A) -> Result<A::Answer, A::Refusal> {
        self.steps += 1;
        let asked = self.engine.ask(self.now, question, &mut self.out);
        self.settle();
        asked.map(|asked| asked.answer)
    }
}

/// Each group's VPC.
fn groups_by_name(layout: &Layout) -> BTreeMap<&str, &str> {
    layout.groups.iter().map(|group| (group.name.as_str(), group.vpc.as_str())).collect()
}

/// Makes everything, at a time before the trace begins.
pub(super) fn prepare(setup: &Setup, functions: &[Traced], now: Time) -> Result<Ground, PlanError> {
    // What led somewhere is asked for at once; the fewer are kept, the better the caches serve.
    let limits = Limits { decisions_kept: 32, environments_remembered: 16, ..setup.limits.clone() };
    let config = Config { seed: setup.seed, eni_model: setup.eni_model, limits };
    let scope = Scope { account: 0, region: "us-east-1".into() };
    let mut builder = Builder { engine: Engine::new(config), now, out: Effects::new(), steps: 0 };
    let vpcs = make_vpcs(&mut builder, &scope, &setup.layout)?;
    let subnets = make_subnets(&mut builder, &scope, &setup.layout, &vpcs)?;
    let groups = make_groups(&mut builder, &scope, setup, &vpcs)?;
    let known: HashMap<&str, &FunctionLayout> =
        setup.layout.functions.iter().map(|each| (each.name.as_str(), each)).collect();
    let facts = Facts { scope: &scope, setup, subnets: &subnets, groups: &groups };
    let mut ground = Ground {
        engine: Engine::new(Config {
            seed: 0,
            eni_model: setup.eni_model,
            limits: setup.limits.clone(),
        }),
        subnets: subnets.iter().map(|(id, ..)| *id).collect(),
        functions: Vec::new(),
        vpc_functions: 0,
        steps: 0,
    };
    let (versions, plain): (Vec<_>, Vec<_>) =
        functions.iter().enumerate().partition(|(_, traced)| traced.is_version());
    let published: BTreeSet<&str> = versions.iter().map(|(_, traced)| traced.function()).collect();
    let mut of_versions = HashMap::new();
    let mut make = |builder: &mut Builder, at: usize, traced: &Traced| {
        let layout = known.get(traced.function()).copied();
        let made = facts.make_function(builder, at, traced, layout)?;
        ground.vpc_functions += u64::from(made.is_in_vpc);
        Ok::<_, PlanError>(made)
    };
    let mut made = vec![None; functions.len()];
    for (at, traced) in plain {
        let function = make(&mut builder, at, traced)?;
        if published.contains(traced.function()) {
            of_versions.insert(traced.function(), function.clone());
        }
        made[at] = Some(function);
    }
    for (at, traced) in versions {
        let function = match of_versions.get(traced.function()) {
            Some(function) => function,
            None => {
                let function = make(&mut builder, at, traced)?;
                of_versions.entry(traced.function()).or_insert(function)
            }
        };
        made[at] = Some(facts.publish(&mut builder, traced, function)?);
    }
    ground.functions = made.into_iter().flatten().collect();
    ground.engine = builder.engine;
    ground.steps = builder.steps;
    Ok(ground)
}

fn make_vpcs<'a>(
    builder: &mut Builder,
    scope: &Scope,
    layout: &'a Layout,
) -> Result<BTreeMap<&'a str, VpcId>, PlanError> {
    let names: BTreeSet<&str> = layout.subnets.iter().map(|each| each.vpc.as_str()).collect();
    let mut vpcs = BTreeMap::new();
    for name in names {
        let of_vpc = layout.subnets.iter().filter(|each| each.vpc == name);
        let mut cidr = cover(of_vpc.map(|each| each.cidr)).expect("it has a subnet");
        if cidr.prefix() > 28 {
            cidr = Cidr::containing(cidr.base(), 28).expect("a prefix of at most 32");
        }
        let question =
            vpc::Create { has_ipv6: false, scope: scope.clone(), cidr, tags: Tags::new() };
        let made = builder.ask(question);
        let vpc = made.map_err(|refusal| PlanError::no_vpc(&format!("VPC {name}"), &refusal))?;
        vpcs.insert(name, vpc.id);
    }
    Ok(vpcs)
}

/// The smallest block that covers all of these.
fn cover(blocks: impl Iterator<Item = Cidr>) -> Option<Cidr> {
    blocks.reduce(|all, each| {
        let mut cover = all;
        while !cover.covers(each) {
            cover = Cidr::containing(cover.base(), cover.prefix() - 1).expect("a shorter prefix");
        }
        cover
    })
}

type Placed = (SubnetId, String);

fn make_subnets(
    builder: &mut Builder,
    scope: &Scope,
    layout: &Layout,
    vpcs: &BTreeMap<&str, VpcId>,
) -> Result<Vec<Placed>, PlanError> {
    let mut subnets = Vec::new();
    for (at, each) in layout.subnets.iter().enumerate() {
        let letter = char::from(b'a' + (at % 6) as u8);
        let zone = each.zone.clone().unwrap_or_else(|| format!("us-east-1{letter}"));
        let question = subnet::Create {
            cidr6: None,
            scope: scope.clone(),
            vpc: vpcs[each.vpc.as_str()],
            cidr: each.cidr,
            zone,
            zone_id: format!("use1-az{}", at % 6 + 1),
            tags: Tags::from([("Name".to_owned(), each.name.clone())]),
        };
        let of = super::layout::subnet(&each.name);
        let (subnet, _) =
            builder.ask(question).map_err(|refusal| PlanError::no_subnet(&of, &refusal))?;
        let id = subnet.id;
        for _ in 0..each.taken.all() {
            let question = eni::Create {
                ipv6: Default::default(),
                scope: scope.clone(),
                subnet: id,
                groups: BTreeSet::new(),
                address: None,
                description: String::new(),
                tags: Tags::new(),
            };
            let made = builder.ask(question);
            made.map_err(|refusal| PlanError::no_eni(&of, &refusal))?;
        }
        subnets.push((id, each.vpc.clone()));
    }
    Ok(subnets)
}

/// The layout's groups by name, and the sets that functions without a layout are spread over.
struct Groups<'a> {
    named: BTreeMap<&'a str, GroupId>,
    sets: Vec<GroupId>,
}

fn make_groups<'a>(
    builder: &mut Builder,
    scope: &Scope,
    setup: &'a Setup,
    vpcs: &BTreeMap<&str, VpcId>,
) -> Result<Groups<'a>, PlanError> {
    let mut make = |name: &str, vpc: VpcId| {
        let question = group::Create {
            scope: scope.clone(),
            vpc: Some(vpc),
            name: name.to_owned(),
            description: "planned".into(),
            tags: Tags::new(),
        };
        let made = builder.ask(question);
        made.map(|group| group.id)
            .map_err(|refusal| PlanError::no_group(&format!("security group {name}"), &refusal))
    };
    let mut named = BTreeMap::new();
    for (name, vpc) in groups_by_name(&setup.layout) {
        // A group of a VPC without subnets can serve no function.
        if let Some(vpc) = vpcs.get(vpc) {
            named.insert(name, make(&format!("{name} (planned)"), *vpc)?);
        }
    }
    let mut sets = Vec::new();
    if let Some(first) = setup.layout.subnets.first() {
        for set in 0..setup.sets.max(1) {
            sets.push(make(&format!("functions-{}", set + 1), vpcs[first.vpc.as_str()])?);
        }
    }
    Ok(Groups { named, sets })
}

/// What every function is made with.
struct Facts<'a> {
    scope: &'a Scope,
    setup: &'a Setup,
    subnets: &'a [Placed],
    groups: &'a Groups<'a>,
}

impl Facts<'_> {
    /// Makes a function of the trace.
    fn make_function(
        &self,
        builder: &mut Builder,
        at: usize,
        traced: &Traced,
        layout: Option<&FunctionLayout>,
    ) -> Result<Made, PlanError> {
        let name = traced.function();
        let memory = layout.and_then(|layout| layout.memory).unwrap_or(traced.memory);
        let timeout = layout.and_then(|layout| layout.timeout).unwrap_or(self.setup.timeout);
        let vpc = match layout {
            Some(layout) => self.vpc_of(layout)?,
            None => self.vpc_of_unknown(at, name),
        };
        let settings = Settings {
            runtime: "provided.al2023".into(),
            handler: String::new(),
            role: String::new(),
            description: String::new(),
            timeout,
            memory,
            ephemeral: 512,
            variables: None,
            architecture: String::new(),
            tracing: String::new(),
            vpc: vpc.clone(),
            layers: Vec::new(),
            dead_letter: None,
            logging: Logging::default(),
        };
        let mut tags = Tags::new();
        if let Some(model) = layout.and_then(|layout| layout.eni_model) {
            let model = match model {
                EniModel::Classic => "classic",
                EniModel::Hyperplane => "hyperplane",
            };
            tags.insert("warren:eni-model".into(), model.into());
        }
        let question = function::Create {
            scope: self.scope.clone(),
            name: name.to_owned(),
            settings: Box::new(settings),
            layers: Vec::new(),
            code: Code { sha256: [0; 32], size: 0 },
            tags,
            publish: false,
            role: RoleVerdict::Allowed,
        };
        let made = match builder.ask(question) {
            Ok(shown) => Ok(shown.function.id),
            Err(
                refusal @ (function::Refusal::SubnetFull(_)
                | function::Refusal::EniLimit
                | function::Refusal::Exists(_)),
            ) => Err(refusal),
            Err(refusal) => {
                return Err(PlanError::no_function(&format!("function {name}"), &refusal));
            }
        };
        let given = self.setup.reserved.iter().find(|(of, _)| of == name);
        let given = given.map(|(_, reserved)| *reserved);
        let reserved = given.or_else(|| layout.and_then(|layout| layout.reserved));
        if made.is_ok() && reserved.is_some() {
            let of = format!("reserved concurrency of {name}");
            let (scope, name) = (self.scope.clone(), name.to_owned());
            let done = builder.ask(function::Reserve { scope, name, reserved });
            done.map_err(|refusal| PlanError::no_function(&of, &refusal))?;
        }
        let function = made.map(|id| (id, Version(0)));
        Ok(Made { function, memory, is_in_vpc: vpc.is_some() })
    }

    /// Publishes a version of a function. The engine counts versions from 1, whatever the trace's
    /// number.
    fn publish(
        &self,
        builder: &mut Builder,
        traced: &Traced,
        of: &Made,
    ) -> Result<Made, PlanError> {
        if of.function.is_err() {
            return Ok(of.clone());
        }
        let refused =
            |refusal| PlanError::no_function(&format!("function {}", traced.name), &refusal);
        // One that differs in nothing would be the version before.
        let description = Some(traced.name.clone());
        let change = function::UpdateConfiguration {
            scope: self.scope.clone(),
            name: traced.function().to_owned(),
            patch: Box::new(SettingsPatch { description, ..SettingsPatch::default() }),
            revision: None,
            role: RoleVerdict::Allowed,
        };
        builder.ask(change).map_err(refused)?;
        let question = function::Publish {
            scope: self.scope.clone(),
            name: traced.function().to_owned(),
            description: None,
            revision: None,
            code: None,
        };
        let published = builder.ask(question).map_err(refused)?;
        Ok(Made { function: Ok((published.function.id, published.version)), ..of.clone() })
    }

    fn vpc_of(&self, layout: &FunctionLayout) -> Result<Option<VpcConfig>, PlanError> {
        if layout.subnets.is_empty() {
            return Ok(None);
        }
        let missing = |what: &str, name: &str| {
            let of = format!("function {}", layout.name);
            PlanError::Layout(of, format!("{what} {name} is not in the layout"))
        };
        let mut subnets = Vec::new();
        for name in &layout.subnets {
            let at = self.setup.layout.subnets.iter().position(|each| each.name == *name);
            subnets.push(self.subnets[at.ok_or_else(|| missing("subnet", name))?].0);
        }
        let mut groups = BTreeSet::new();
        for name in &layout.groups {
            let group = self.groups.named.get(name.as_str()).ok_or_else(|| {
                let known = self.setup.layout.groups.iter().find(|each| each.name == *name);
                let Some(known) = known else { return missing("security group", name) };
                let why = format!("security group {name} is of {}, which has no subnet", known.vpc);
                PlanError::Layout(format!("function {}", layout.name), why)
            })?;
            groups.insert(*group);
        }
        if groups.is_empty() {
            groups.extend(self.groups.sets.first());
        }
        Ok(Some(VpcConfig { vpc: None, subnets, groups, ipv6: false }))
    }

    fn vpc_of_unknown(&self, at: usize, name: &str) -> Option<VpcConfig> {
        let first = &self.subnets.first()?.1;
        let is_in = match &self.setup.in_vpc {
            InVpc::All => true,
            InVpc::None => false,
            InVpc::Named(names) => names.contains(name),
            InVpc::Percent(share) => {
                let seed = name
                    .bytes()
                    .fold(self.setup.seed, |seed, byte| Random::new(seed ^ u64::from(byte)).draw());
                seed % 100 < u64::from(*share)
            }
        };
        is_in.then(|| VpcConfig {
            ipv6: false,
            vpc: None,
            subnets: self
                .subnets
                .iter()
                .filter(|(_, vpc)| vpc == first)
                .take(engine::limits::SUBNETS_PER_FUNCTION)
                .map(|(id, _)| *id)
                .collect(),
            groups: BTreeSet::from([self.groups.sets[at % self.groups.sets.len()]]),
        })
    }
}
