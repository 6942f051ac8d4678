//! Peering connections, prefix lists and middleboxes, asked of the engine as the server asks: what is
//! planned follows from who carries groups and what lists have, and what lists count for has a bound.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;
use std::sync::Arc;

use engine::ask::Ask;
use engine::cidr::Cidr;
use engine::effect::{Effect, Effects};
use engine::engine::{Config, Engine};
use engine::id::{CallerId, EniId, GroupId, PrefixListId, ResourceId, SubnetId, TicketId, VpcId};
use engine::input::Input;
use engine::limits::Limits;
use engine::network::endpoint_name::Names;
use engine::network::peering::{self, Deed};
use engine::network::vpc_endpoint::Kind;
use engine::network::{
    eni, group, listed_route, prefix_list, resource, route_table, rule, subnet, vpc, vpc_endpoint,
};
use engine::node::{NodeCommand, NodeReport};
use engine::plan::{RouteTarget, VpcPlan};
use engine::record::function::EniModel;
use engine::record::group::{Direction, Peer, Ports, Protocol, RuleSpec};
use engine::record::prefix_list::Entries;
use engine::record::resource::ResourceKind;
use engine::record::route_table::Target;
use engine::scope::{Scope, Tags};
use engine::tell::explain::Subject;
use engine::time::Time;

/// An engine, and what the node was told last of each VPC.
struct World {
    engine: Engine,
    plans: BTreeMap<VpcId, Arc<VpcPlan>>,
    commands: usize,
    tickets: Vec<TicketId>,
}

fn scope() -> Scope {
    Scope { account: 0, region: "us-east-1".into() }
}

fn block(text: &str) -> Cidr {
    text.parse().expect("a block")
}

fn everything(peer: Peer) -> RuleSpec {
    RuleSpec { protocol: Protocol::All, peer, description: None }
}

fn to_port(port: u16, peer: Peer) -> RuleSpec {
    let protocol = Protocol::Tcp(Ports { first: port, last: port });
    RuleSpec { protocol, ..everything(peer) }
}

impl World {
    fn new() -> World {
        let config = Config { seed: 1, eni_model: EniModel::Classic, limits: Limits::default() };
        World {
            engine: Engine::new(config),
            plans: BTreeMap::new(),
            commands: 0,
            tickets: Vec::new(),
        }
    }

    fn take(&mut self, effects: Effects) {
        for effect in effects {
            match effect {
                Effect::Command(_, NodeCommand::Plan(plan)) => {
                    self.plans.insert(plan.vpc, plan);
                    self.commands += 1;
                }
                Effect::Persist(ticket, _) => self.tickets.push(ticket),
                _ => {}
            }
        }
    }

    /// Asks; the engine looks by itself whether the plans are as all that there is has them.
    fn ask<A: Ask>(&mut self, question: A) -> Result<A::Answer, A::Refusal> {
        let mut effects = Effects::new();
        let asked = self.engine.ask(Time(0), question, &mut effects)?;
        self.take(effects);
        Ok(asked.answer)
    }

    fn step(&mut self, input: Input) {
        let mut effects = Effects::new();
        self.engine.step(Time(0), input, &mut effects);
        self.take(effects);
    }

    /// What changed is durable, and the node has the resource.
    fn is_made(&mut self, resource: ResourceId) {
        for ticket in std::mem::take(&mut self.tickets) {
            self.step(Input::Persisted(ticket));
        }
        self.step(Input::Node(NodeReport::ResourceReady(resource, "/run/resource".into())));
    }

    fn vpc(&mut self, text: &str) -> (VpcId, SubnetId, GroupId) {
        let create =
            vpc::Create { scope: scope(), cidr: block(text), has_ipv6: false, tags: Tags::new() };
        let made = self.ask(create).expect("made");
        let cidr = Cidr::containing(block(text).base(), 24).expect("a block");
        let (zone, zone_id) = ("us-east-1a".into(), "use1-az1".into());
        let (vpc, tags) = (made.id, Tags::new());
        let create = subnet::Create { scope: scope(), vpc, cidr, cidr6: None, zone, zone_id, tags };
        let (made_in, _) = self.ask(create).expect("made");
        (vpc, made_in.id, made.default_group)
    }

    fn group(&mut self, vpc: VpcId, name: &str) -> GroupId {
        let (name, description) = (name.to_owned(), name.to_owned());
        let (scope, vpc, tags) = (scope(), Some(vpc), Tags::new());
        self.ask(group::Create { scope, vpc, name, description, tags }).expect("made").id
    }

    fn eni(&mut self, subnet: SubnetId, groups: &[GroupId]) -> (EniId, Ipv4Addr) {
        let (groups, description) = (groups.iter().copied().collect(), String::new());
        let (scope, address, tags) = (scope(), None, Tags::new());
        let create = eni::Create {
            ipv6: Default::default(),
            scope,
            subnet,
            groups,
            address,
            description,
            tags,
        };
        let made = self.ask(create).expect("made");
        (made.id, made.address)
    }

    fn authorize(&mut self, group: GroupId, spec: RuleSpec) -> Result<(), group::Refusal> {
        let (direction, rules, tags) = (Direction::Ingress, Vec::from([spec]), Tags::new());
        let authorize = group::Authorize { scope: scope(), group, direction, rules, tags };
        self.ask(authorize).map(drop)
    }

    fn list(&mut self, max_entries: u32, entries: &[&str]) -> PrefixListId {
        let entries = Entries(entries.iter().map(|text| (block(text), None)).collect());
        let (scope, name, tags) = (scope(), "list".to_owned(), Tags::new());
        let create = prefix_list::Create { scope, name, max_entries, entries, tags };
        self.ask(create).expect("made").id
    }

    fn resize(&mut self, list: PrefixListId, most: u32) -> Result<(), prefix_list::Refusal> {
        let (version, name, max_entries) = (None, None, Some(most));
        let (add, remove) = (Entries::default(), Vec::new());
        let modify =
            prefix_list::Modify { scope: scope(), list, version, name, max_entries, add, remove };
        self.ask(modify).map(drop)
    }

    /// Who the members of a group at the other end of the only peering connection are.
    fn members(&self, vpc: VpcId, group: GroupId) -> Option<BTreeSet<Ipv4Addr>> {
        let peer = self.plans[&vpc].peers.values().next().expect("it has a peer");
        peer.members.get(&group).cloned()
    }
}

#[test]
fn peers_are_told_who_carries_the_groups_that_they_name() {
    let mut world = World::new();
    let (here, _, own) = world.vpc("10.1.0.0/16");
    let (there, subnet, other) = world.vpc("10.2.0.0/16");
    let create = peering::Create {
        scope: scope(),
        vpc: here,
        accepter_scope: scope(),
        accepter: there,
        tags: Tags::new(),
    };
    let peering = world.ask(create).expect("asked for").id;
    let accept = peering::Decide { scope: scope(), peering, deed: Deed::Accept };
    world.ask(accept).expect("accepted");
    let named = world.group(there, "named");
    let (first, at_first) = world.eni(subnet, &[named]);
    let before = world.commands;
    let (second, _) = world.eni(subnet, &[other]);
    assert_eq!(world.commands, before, "nobody names a group, and nobody is told");
    world.authorize(own, everything(Peer::Group(named))).expect("authorized");
    assert_eq!(world.members(here, named), Some([at_first].into()));
    let before = world.commands;
    world.eni(subnet, &[other]);
    assert_eq!(world.commands, before, "who is no member makes no difference");

    // An ENI of an interface endpoint is a member as any other is.
    let (subnets, groups) = ([subnet].into(), [named].into());
    let kind =
        Kind::Interface(subnets, groups, Names { are_private: Some(false), are_inbound: None });
    let create = vpc_endpoint::Create {
        scope: scope(),
        vpc: there,
        service: "com.amazonaws.us-east-1.sqs".into(),
        kind,
        policy: None,
        tags: Tags::new(),
    };
    let endpoint = world.ask(create).expect("made").id;
    assert_eq!(world.members(here, named).map(|all| all.len()), Some(2));
    let modify = vpc_endpoint::Modify {
        scope: scope(),
        endpoint,
        policy: None,
        tables: Default::default(),
        subnets: Default::default(),
        groups: ([other].into(), [named].into()),
        names: Names::default(),
    };
    world.ask(modify).expect("modified");
    assert_eq!(world.members(here, named), Some([at_first].into()));
    let (groups, source_dest_check) = (Some([named].into()), None);
    let modify =
        eni::Modify { scope: scope(), eni: second, groups, description: None, source_dest_check };
    world.ask(modify).expect("modified");
    assert_eq!(world.members(here, named).map(|all| all.len()), Some(2));
    for eni in [first, second] {
        world.ask(eni::Delete { scope: scope(), eni }).expect("deleted");
    }
    assert_eq!(world.members(here, named), Some(BTreeSet::new()));
    world.ask(group::Delete { scope: scope(), group: named }).expect("deleted");
    assert_eq!(world.members(here, named), None, "the rule that names it is stale");
}

#[test]
fn a_group_of_an_endpoint_without_enis_stays() {
    let mut world = World::new();
    let (vpc, ..) = world.vpc("10.1.0.0/16");
    let group = world.group(vpc, "kept");
    let (subnets, groups) = (BTreeSet::new(), [group].into());
    let kind =
        Kind::Interface(subnets, groups, Names { are_private: Some(false), are_inbound: None });
    let service = "com.amazonaws.us-east-1.sqs".into();
    let (policy, tags) = (None, Tags::new());
    let create = vpc_endpoint::Create { scope: scope(), vpc, service, kind, policy, tags };
    let endpoint = world.ask(create).expect("made").id;
    let delete = || group::Delete { scope: scope(), group };
    assert_eq!(world.ask(delete()), Err(group::Refusal::InUse(group)));
    world.ask(vpc_endpoint::Delete { scope: scope(), endpoint }).expect("deleted");
    world.ask(delete()).expect("deleted");
}

#[test]
fn each_rule_that_refers_to_a_list_counts_for_all_that_it_may_have() {
    let mut world = World::new();
    let (vpc, ..) = world.vpc("10.1.0.0/16");
    let group = world.group(vpc, "listed");
    let (small, large) = (world.list(1, &["10.9.0.0/16"]), world.list(50, &[]));
    let most = Limits::default().rules_per_group;
    for port in 0..20 {
        world.authorize(group, to_port(port, Peer::List(small))).expect("authorized");
    }
    let most_of_each = most / 20;
    assert_eq!(world.resize(small, most_of_each), Ok(()));
    let refused = Err(prefix_list::Refusal::ReferencedTooMuch(small));
    assert_eq!(world.resize(small, most_of_each + 1), refused);
    // To another list a rule may not be changed either where that counts for more.
    let rules = world.engine.group(&scope(), group).expect("it is there").rules.keys();
    let id = *rules.last().expect("it has rules");
    let spec = to_port(99, Peer::List(large));
    let modify = rule::Modify { scope: scope(), group, rules: Vec::from([(id, spec)]) };
    assert_eq!(world.ask(modify), Err(group::Refusal::TooManyRules));
    // A list that no rule refers to is of no matter.
    assert_eq!(world.resize(large, 1000), Ok(()));
}

#[test]
fn a_route_to_a_list_may_lead_to_a_middlebox_as_any_other() {
    let mut world = World::new();
    let (vpc, subnet, group) = world.vpc("10.1.0.0/16");
    let list = world.list(2, &["10.9.0.0/16"]);
    let (groups, kind) = ([group].into(), ResourceKind::Process(Vec::new()));
    let (caller, name, dns_name) = (CallerId(1), "middlebox".into(), None);
    let create = resource::Create { caller, scope: scope(), name, subnet, groups, kind, dns_name };
    let resource = world.ask(create).expect("made");
    world.is_made(resource);
    let middlebox = {
        let own = scope();
        let made = world.engine.resources(&own).next();
        made.expect("it is there").eni
    };
    let create = route_table::Create { scope: scope(), vpc, tags: Tags::new() };
    let table = world.ask(create).expect("made").id;
    let target = Target::NetworkInterface(middlebox);
    let led = |world: &World| {
        let routes = &world.plans[&vpc].tables[&table].routes;
        let led = routes.iter().find(|route| route.destination == block("10.9.0.0/16"));
        let knows = world.plans[&vpc].middleboxes.contains_key(&middlebox);
        (led.map(|route| route.target), knows)
    };
    world.ask(listed_route::Create { scope: scope(), table, list, target }).expect("made");
    assert_eq!(led(&world), (Some(RouteTarget::NetworkInterface(middlebox)), true));
    let told = world.engine.explain(Subject::RouteTable(table)).expect("it is there");
    let told = format!("{told:?}");
    assert!(told.contains(&format!("{list} (list) to {middlebox}")), "{told}");
    world.ask(resource::Delete { scope: scope(), resource }).expect("deleted");
    assert_eq!(led(&world), (Some(RouteTarget::Blackhole), false));
}
