//! One step: takes what happened, and says what is to be done about it.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::decision::{Cause, Choice, Decision};
use crate::effect::{Change, Effect, Effects, Record, Refusal, Reply};
use crate::function::EniModel;
use crate::id::{CallerId, DecisionId, EniId, GroupId, SubnetId, TicketId, VpcId};
use crate::input::{Input, Request};
use crate::limits::Limits;
use crate::network::address::Pool;
use crate::network::eni::{Eni, EniRequest, EniUser, NewEni};
use crate::network::group::Group;
use crate::network::state::{Done, Outcome, State, fresh, group_plan};
use crate::network::subnet::Subnet;
use crate::network::vpc::Vpc;
use crate::node::NodeCommand;
use crate::random::Random;
use crate::scope::Scope;
use crate::time::Time;

/// How an installation is set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Where the generator of ids begins; never twice the same in one installation.
    pub seed: u64,
    /// The ENI model of functions that do not choose one.
    pub eni_model: EniModel,
    /// Quotas and times.
    pub limits: Limits,
}

/// Decides everything; see the crate's documentation.
#[derive(Debug, Clone)]
pub struct Engine {
    config: Config,
    random: Random,
    network: State,
    waiting: BTreeMap<TicketId, (CallerId, Reply)>,
    tickets: u64,
    decisions: u64,
}

impl Engine {
    /// An engine that knows nothing yet.
    pub fn new(config: Config) -> Engine {
        let random = Random::new(config.seed);
        let waiting = BTreeMap::new();
        Engine { config, random, network: State::default(), waiting, tickets: 0, decisions: 0 }
    }

    /// An engine that knows what was stored; tells the node what it is to have.
    ///
    /// Records may come in any order. Records of functions, resources and events are refused by
    /// name: they are not decided yet.
    ///
    /// # Errors
    /// When a record cannot be taken.
    pub fn restore(
        config: Config,
        records: Vec<Record>,
        out: &mut Effects,
    ) -> Result<Engine, Refusal> {
        let mut engine = Engine::new(config);
        let network = &mut engine.network;
        for record in records {
            match record {
                Record::Vpc(vpc) => drop(network.vpcs.insert(vpc.id, vpc)),
                Record::Subnet(subnet) => {
                    network.pools.insert(subnet.id, Pool::new(subnet.cidr));
                    network.subnets.insert(subnet.id, subnet);
                }
                Record::Group(group) => drop(network.groups.insert(group.id, group)),
                Record::Eni(eni) => drop(network.enis.insert(eni.id, eni)),
                Record::Resource(_) => return Err(Refusal::Unsupported("a stored resource")),
                Record::Function(_) => return Err(Refusal::Unsupported("a stored function")),
                Record::Event(_) => return Err(Refusal::Unsupported("a stored event")),
            }
        }
        for eni in network.enis.values() {
            let pool = network.pools.get_mut(&eni.subnet).expect("an ENI's subnet is stored");
            pool.take(eni.address, eni.id).expect("an ENI's address was its own");
            engine.decisions = engine.decisions.max(eni.decision.id.0);
        }
        for vpc in network.vpcs.keys() {
            out.push(Effect::Command(NodeCommand::PutVpc(network.vpc_plan(*vpc))));
        }
        for group in network.groups.values() {
            out.push(Effect::Command(NodeCommand::PutGroup(group_plan(group))));
        }
        Ok(engine)
    }

    /// Takes what happened at `now`, and appends to `out` what is to be done. Never fails.
    pub fn step(&mut self, now: Time, input: Input, out: &mut Effects) {
        match input {
            Input::Request(caller, request) => {
                let outcome = self.request(now, request);
                self.conclude(caller, outcome, out);
            }
            Input::Invoke(invoke) => {
                out.push(Effect::Release(invoke.payload));
                let refusal = Refusal::Unsupported("Invoke");
                out.push(Effect::Respond(invoke.caller, Box::new(Err(refusal))));
            }
            Input::Persisted(ticket) => {
                if let Some((caller, reply)) = self.waiting.remove(&ticket) {
                    out.push(Effect::Respond(caller, Box::new(Ok(reply))));
                }
            }
            // Nothing that a node is told of yet is waited for, and nothing has a deadline.
            Input::Node(_) | Input::Tick => {}
        }
        #[cfg(debug_assertions)]
        self.check();
    }

    /// Checks every invariant.
    ///
    /// # Panics
    /// When one is broken: that is a bug.
    pub fn check(&self) {
        self.network.check();
    }

    /// Whether the scope has been given its default VPC, or anything else.
    pub fn has_scope(&self, scope: &Scope) -> bool {
        self.network.vpcs.values().any(|vpc| vpc.scope == *scope)
    }

    /// The VPCs of a scope.
    pub fn vpcs<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = &'a Vpc> {
        self.network.vpcs.values().filter(move |vpc| vpc.scope == *scope)
    }

    /// The subnets of a scope.
    pub fn subnets<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = &'a Subnet> {
        self.network.subnets.values().filter(move |subnet| subnet.scope == *scope)
    }

    /// The security groups of a scope.
    pub fn groups<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = &'a Group> {
        self.network.groups.values().filter(move |group| group.scope == *scope)
    }

    /// The ENIs of a scope.
    pub fn enis<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = &'a Eni> {
        self.network.enis.values().filter(move |eni| eni.scope == *scope)
    }

    /// A VPC of a scope.
    ///
    /// # Errors
    /// When the scope has no such VPC; likewise for the others.
    pub fn vpc(&self, scope: &Scope, id: VpcId) -> Result<&Vpc, Refusal> {
        self.network.vpc(scope, id)
    }

    /// A subnet of a scope.
    pub fn subnet(&self, scope: &Scope, id: SubnetId) -> Result<&Subnet, Refusal> {
        self.network.subnet(scope, id)
    }

    /// A security group of a scope.
    pub fn group(&self, scope: &Scope, id: GroupId) -> Result<&Group, Refusal> {
        self.network.group(scope, id)
    }

    /// An ENI of a scope.
    pub fn eni(&self, scope: &Scope, id: EniId) -> Result<&Eni, Refusal> {
        self.network.eni(scope, id)
    }

    /// How many addresses of a subnet are free: `AvailableIpAddressCount`; none when it is gone.
    pub fn free_addresses(&self, subnet: SubnetId) -> u32 {
        self.network.pools.get(&subnet).map_or(0, Pool::free)
    }

    /// Which ENI holds which address of a subnet, in rising order.
    pub fn holders(&self, subnet: SubnetId) -> impl Iterator<Item = (Ipv4Addr, EniId)> + '_ {
        self.network.pools.get(&subnet).into_iter().flat_map(Pool::holders)
    }

    fn request(&mut self, now: Time, request: Request) -> Outcome {
        let limits = &self.config.limits;
        match request {
            Request::Vpc(request) => self.network.vpc_request(request, &mut self.random, limits),
            Request::Subnet(request) => {
                self.network.subnet_request(request, &mut self.random, limits)
            }
            Request::Group(request) => {
                self.network.group_request(request, &mut self.random, limits)
            }
            Request::Eni(request) => self.eni_request(now, request),
            Request::Tag(request) => self.network.tag_request(request),
            Request::Resource(_) => Err(Refusal::Unsupported("resources in a subnet")),
            Request::Function(_) => Err(Refusal::Unsupported("functions")),
        }
    }

    fn eni_request(&mut self, now: Time, request: EniRequest) -> Outcome {
        let limits = &self.config.limits;
        match request {
            EniRequest::Create { scope, subnet, groups, address, description, tags } => {
                let id = fresh(&mut self.random, &self.network.enis, EniId);
                let new = NewEni {
                    id,
                    mac: mac(&mut self.random),
                    scope,
                    subnet,
                    groups,
                    address,
                    description,
                    user: EniUser::Customer,
                    tags,
                    decision: Decision {
                        id: DecisionId(self.decisions + 1),
                        at: now,
                        cause: Cause::Api {
                            operation: "CreateNetworkInterface".into(),
                            function: None,
                        },
                        choice: Choice::CreateEni { eni: id, subnet, cursor: 0 },
                        passed_over: Vec::new(),
                    },
                };
                let eni = self.network.create_eni(new, limits)?;
                self.decisions += 1;
                Ok(Done {
                    changes: Vec::from([Change::Put(Box::new(Record::Eni(eni.clone())))]),
                    reply: Reply::Eni(Box::new(eni.clone())),
                    commands: Vec::new(),
                })
            }
            EniRequest::Delete { scope, eni } => self.network.delete_eni(&scope, eni),
            EniRequest::Modify { scope, eni, groups, description, source_dest_check } => {
                self.network.modify_eni(&scope, eni, groups, description, source_dest_check, limits)
            }
        }
    }

    /// Answers a caller, once what changed is durable.
    fn conclude(&mut self, caller: CallerId, outcome: Outcome, out: &mut Effects) {
        let done = match outcome {
            Ok(done) => done,
            Err(refusal) => {
                out.push(Effect::Respond(caller, Box::new(Err(refusal))));
                return;
            }
        };
        out.extend(done.commands.into_iter().map(Effect::Command));
        if done.changes.is_empty() {
            out.push(Effect::Respond(caller, Box::new(Ok(done.reply))));
            return;
        }
        self.tickets += 1;
        let ticket = TicketId(self.tickets);
        self.waiting.insert(ticket, (caller, done.reply));
        out.push(Effect::Persist(ticket, done.changes));
    }
}

/// A hardware address that is locally administered, as AWS's are.
fn mac(random: &mut Random) -> [u8; 6] {
    let bits = random.draw().to_be_bytes();
    [0x02, bits[1], bits[2], bits[3], bits[4], bits[5]]
}
