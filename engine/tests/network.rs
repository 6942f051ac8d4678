//! What may be done with VPCs, subnets, security groups and ENIs, asked of the engine as the
//! server asks.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::net::Ipv4Addr;

use engine::ask::Ask;
use engine::effect::{Effect, Effects};
use engine::engine::{Config, Engine};
use engine::id::{EniId, GroupId, RouteTableId, SubnetId, TicketId, VpcId};
use engine::input::Input;
use engine::limits::{Limits, TOKEN_AGE};
use engine::network::group::Revocation;
use engine::network::once::{Once, OnceRefusal};
use engine::network::tag::Tagged;
use engine::network::{eni, group, prefix_list, route_table, rule, subnet, tag, vpc};
use engine::node::NodeCommand;
use engine::record::eni::Eni;
use engine::record::function::EniModel;
use engine::record::group::{Direction, Group, Peer, Ports, Protocol, RuleSpec};
use engine::record::prefix_list::Entries;
use engine::record::route_table::RouteTable;
use engine::record::vpc::Vpc;
use engine::record::{Change, Key, Record};
use engine::scope::{Scope, Tags};
use engine::tell::explain::Subject;
use engine::time::Time;

/// All that a scope shows: VPCs, subnets with their free addresses, security groups, ENIs.
type View = (Vec<Vpc>, Vec<(SubnetId, u32)>, Vec<Group>, Vec<Eni>);

/// A world with an engine and a store that is always quick.
struct World {
    engine: Engine,
    stored: Vec<(Key, Record)>,
    commands: Vec<NodeCommand>,
    steps: u64,
}

impl World {
    fn new() -> World {
        let engine = Engine::new(config());
        World { engine, stored: Vec::new(), commands: Vec::new(), steps: 0 }
    }

    /// Asks a question, and makes durable what is to be before it is answered.
    fn ask<A: Ask>(&mut self, question: A) -> Result<A::Answer, A::Refusal> {
        self.steps += 1;
        let mut effects = Effects::new();
        let asked = self.engine.ask(Time(self.steps), question, &mut effects)?;
        let mut last = None;
        for effect in effects {
            match effect {
                Effect::Persist(ticket, changes) => {
                    last = Some(ticket);
                    changes.into_iter().for_each(|change| self.store(change));
                }
                Effect::Command(_, command) => self.commands.push(command),
                other => panic!("nobody waits for {other:?}"),
            }
        }
        assert_eq!(asked.durable, last, "the answer waits for all that changed");
        Ok(asked.answer)
    }

    /// Asks what is refused, and sees that nothing changed.
    fn refused<A: Ask<Answer: Debug> + Clone>(&mut self, question: A) -> A::Refusal
    where
        A::Refusal: Debug + PartialEq,
    {
        let before = self.stored.len();
        let view = self.view();
        let rehearsed = self.engine.rehearse(question.clone()).expect_err("it is refused");
        let refusal = self.ask(question).expect_err("it is refused");
        assert_eq!(refusal, rehearsed, "a rehearsal is refused likewise");
        assert_eq!((before, view), (self.stored.len(), self.view()));
        refusal
    }

    fn store(&mut self, change: Change) {
        match change {
            Change::Put(record) => {
                let key = record.key();
                self.stored.retain(|(other, _)| *other != key);
                self.stored.push((key, *record));
            }
            Change::Delete(key) => self.stored.retain(|(other, _)| *other != key),
        }
    }

    fn view(&self) -> View {
        view(&self.engine)
    }

    fn vpc(&mut self, block: &str) -> Vpc {
        self.ask(vpc(block)).expect("a VPC is made")
    }

    fn subnet(&mut self, vpc: VpcId, block: &str) -> SubnetId {
        let (subnet, free) = self.ask(subnet(vpc, block)).expect("a subnet is made");
        assert_eq!(u64::from(free), subnet.cidr.size() - 5);
        subnet.id
    }

    fn group(&mut self, vpc: VpcId, name: &str) -> GroupId {
        self.ask(group(vpc, name)).expect("a group is made").id
    }

    fn eni(&mut self, subnet: SubnetId, groups: &[GroupId]) -> Eni {
        self.ask(eni(subnet, groups, None)).expect("an ENI is made")
    }
}

fn view(engine: &Engine) -> View {
    let scope = scope();
    (
        engine.vpcs(&scope).cloned().collect(),
        engine.subnets(&scope).map(|one| (one.id, engine.free_addresses(one.id))).collect(),
        engine.groups(&scope).cloned().collect(),
        engine.enis(&scope).cloned().collect(),
    )
}

fn config() -> Config {
    Config { seed: 1, eni_model: EniModel::Hyperplane, limits: Limits::default() }
}

fn scope() -> Scope {
    Scope { account: 0, region: "us-east-1".into() }
}

fn cidr(text: &str) -> engine::cidr::Cidr {
    text.parse().expect("a block")
}

fn subnet(vpc: VpcId, block: &str) -> subnet::Create {
    let (zone, zone_id) = ("us-east-1a".into(), "use1-az1".into());
    let (scope, cidr, tags) = (scope(), cidr(block), Tags::new());
    subnet::Create { cidr6: None, scope, vpc, cidr, zone, zone_id, tags }
}

fn vpc(block: &str) -> vpc::Create {
    vpc::Create { has_ipv6: false, scope: scope(), cidr: cidr(block), tags: Tags::new() }
}

fn group(vpc: VpcId, name: &str) -> group::Create {
    group::Create {
        scope: scope(),
        vpc: Some(vpc),
        name: name.into(),
        description: "for a test".into(),
        tags: Tags::new(),
    }
}

fn eni(subnet: SubnetId, groups: &[GroupId], address: Option<Ipv4Addr>) -> eni::Create {
    eni::Create {
        ipv6: Default::default(),
        scope: scope(),
        subnet,
        groups: groups.iter().copied().collect(),
        address,
        description: String::new(),
        tags: Tags::new(),
    }
}

fn from(peer: Peer) -> RuleSpec {
    let protocol = Protocol::Tcp(Ports { first: 5432, last: 5432 });
    RuleSpec { protocol, peer, description: None }
}

fn authorize(group: GroupId, rules: Vec<RuleSpec>) -> group::Authorize {
    let (scope, direction, tags) = (scope(), Direction::Ingress, Tags::new());
    group::Authorize { scope, group, direction, rules, tags }
}

fn delete_subnet(subnet: SubnetId) -> subnet::Delete {
    subnet::Delete { scope: scope(), subnet }
}

fn delete_group(group: GroupId) -> group::Delete {
    group::Delete { scope: scope(), group }
}

fn delete_eni(eni: EniId) -> eni::Delete {
    eni::Delete { scope: scope(), eni }
}

#[test]
fn a_rule_that_changes_in_place_is_put_in_force() {
    let mut world = World::new();
    let vpc = world.vpc("10.0.0.0/16").id;
    let subnet = world.subnet(vpc, "10.0.0.0/24");
    let group = world.group(vpc, "g");
    world.eni(subnet, &[group]);
    let made = world.ask(authorize(group, vec![from(Peer::Cidr(cidr("10.0.0.0/8")))]));
    let rule = made.expect("a rule is made")[0].id;
    world.commands.clear();
    let becomes = from(Peer::Cidr(cidr("10.1.0.0/16")));
    let question = rule::Modify { scope: scope(), group, rules: vec![(rule, becomes.clone())] };
    world.ask(question).expect("it changes");
    let mut planned = world.commands.iter().filter_map(|command| match command {
        NodeCommand::Plan(plan) => plan.groups.get(&group),
        _ => None,
    });
    let planned = planned.next_back().expect("the VPC is planned anew");
    let ingress: Vec<_> = planned.ingress.iter().map(|each| (each.rule, each.peer)).collect();
    assert_eq!(ingress, [(rule, becomes.peer)]);
}

#[test]
fn a_rule_does_not_come_to_count_for_more_than_its_group_may_have() {
    let mut world = World::new();
    let vpc = world.vpc("10.0.0.0/16").id;
    let group = world.group(vpc, "g");
    let [small, large] = [20, 50].map(|max_entries| {
        let (scope, name, tags) = (scope(), "l".into(), Tags::new());
        let entries = Entries(BTreeMap::new());
        let question = prefix_list::Create { scope, name, max_entries, entries, tags };
        world.ask(question).expect("a list is made").id
    });
    let blocks = (0..30).map(|each| from(Peer::Cidr(cidr(&format!("10.{each}.0.0/16")))));
    world.ask(authorize(group, blocks.collect())).expect("rules are made");
    let made = world.ask(authorize(group, vec![from(Peer::List(small))])).expect("50 of 60");
    let rules = vec![(made[0].id, from(Peer::List(large)))];
    let question = rule::Modify { scope: scope(), group, rules };
    assert_eq!(world.refused(question), group::Refusal::TooManyRules);
}

#[test]
fn a_subnet_is_explained_a_holder_at_a_time() {
    let mut world = World::new();
    let vpc = world.vpc("10.0.0.0/16").id;
    let subnet = world.subnet(vpc, "10.0.0.0/24");
    let enis: Vec<_> = (0..20).map(|_| world.eni(subnet, &[])).collect();
    let outline = world.engine.outline(Subject::Subnet(subnet)).expect("it is known");
    assert_eq!((outline.told.because.len(), outline.parts.len()), (0, enis.len()));
    let parts = outline.parts.iter();
    let told: Vec<_> = parts.filter_map(|part| world.engine.explain_part(part)).collect();
    let whole = world.engine.explain(Subject::Subnet(subnet)).expect("it is known");
    assert_eq!((outline.told.text, told), (whole.text, whole.because));
    // Those that go between two parts are left out.
    world.ask(delete_eni(enis[0].id)).expect("it is deleted");
    let left = outline.parts.iter().filter_map(|part| world.engine.explain_part(part));
    assert_eq!(left.count(), enis.len() - 1);
}

#[test]
fn a_scope_begins_with_a_default_vpc_and_gets_it_once() {
    let mut world = World::new();
    let zones = ["a", "b", "c"].map(|zone| (format!("us-east-1{zone}"), format!("use1-{zone}")));
    let question = vpc::CreateDefault { scope: scope(), zones: zones.into() };
    let vpc = world.ask(question.clone()).expect("a VPC is made");
    assert!(vpc.is_default);
    assert_eq!(vpc.cidr.to_string(), "172.31.0.0/16");
    let blocks: BTreeSet<_> =
        world.engine.subnets(&scope()).map(|subnet| subnet.cidr.to_string()).collect();
    assert_eq!(
        blocks,
        ["172.31.0.0/20", "172.31.16.0/20", "172.31.32.0/20"].map(String::from).into()
    );
    let view = world.view();
    assert_eq!(world.ask(question), Ok(vpc));
    assert_eq!(world.view(), view);
    let elsewhere = Scope { account: 0, region: "eu-west-1".into() };
    assert!(!world.engine.has_scope(&elsewhere));
}

#[test]
fn blocks_of_vpcs_may_overlap_and_those_of_subnets_may_not() {
    let mut world = World::new();
    let first = world.vpc("10.0.0.0/16");
    world.vpc("10.0.0.0/16");
    world.subnet(first.id, "10.0.1.0/24");
    let mut refused = |block: &str| world.refused(subnet(first.id, block));
    assert_eq!(refused("10.0.1.128/25"), subnet::Refusal::Conflict(cidr("10.0.1.128/25")));
    assert_eq!(refused("10.1.0.0/24"), subnet::Refusal::Outside(cidr("10.1.0.0/24")));
    assert_eq!(refused("10.0.2.0/29"), subnet::Refusal::Size(cidr("10.0.2.0/29")));
    assert_eq!(world.refused(vpc("10.0.0.0/8")), vpc::Refusal::Size(cidr("10.0.0.0/8")));
}

#[test]
fn what_is_in_use_cannot_be_deleted() {
    let mut world = World::new();
    let vpc = world.vpc("10.0.0.0/16").id;
    let subnet = world.subnet(vpc, "10.0.1.0/28");
    let (app, db) = (world.group(vpc, "app"), world.group(vpc, "db"));
    world.ask(authorize(db, vec![from(Peer::Group(app))])).unwrap();
    let eni = world.eni(subnet, &[db]);
    let delete_vpc = vpc::Delete { scope: scope(), vpc };
    assert_eq!(world.refused(delete_subnet(subnet)), subnet::Refusal::InUse(subnet));
    assert_eq!(world.refused(delete_group(db)), group::Refusal::InUse(db));
    assert_eq!(world.refused(delete_group(app)), group::Refusal::InUse(app));
    assert_eq!(world.refused(delete_vpc.clone()), vpc::Refusal::InUse(vpc));
    world.ask(delete_eni(eni.id)).unwrap();
    assert_eq!(world.ask(delete_subnet(subnet)), Ok(()));
    assert_eq!(world.ask(delete_group(db)), Ok(()));
    assert_eq!(world.ask(delete_group(app)), Ok(()));
    assert_eq!(world.ask(delete_vpc), Ok(()));
    // The default options are the scope's, and stay.
    world.stored.retain(|(key, _)| !matches!(key, Key::DhcpOptions(_)));
    assert!(world.stored.is_empty(), "nothing else is left in the store: {:?}", world.stored);
    assert_eq!(world.commands.last(), Some(&NodeCommand::DeleteVpc(vpc)));
}

#[test]
fn a_subnet_is_full_when_its_addresses_are_held_and_says_so() {
    let mut world = World::new();
    let vpc = world.vpc("10.0.0.0/16");
    let subnet = world.subnet(vpc.id, "10.0.1.0/28");
    let wanted = Ipv4Addr::new(10, 0, 1, 9);
    world.ask(eni(subnet, &[], Some(wanted))).unwrap();
    let refusal = world.refused(eni(subnet, &[], Some(wanted)));
    assert_eq!(refusal, eni::Refusal::AddressInUse(wanted));
    let kept = Ipv4Addr::new(10, 0, 1, 1);
    let refusal = world.refused(eni(subnet, &[], Some(kept)));
    assert_eq!(refusal, eni::Refusal::AddressReserved(kept, subnet));
    let outside = Ipv4Addr::new(10, 0, 2, 9);
    let refusal = world.refused(eni(subnet, &[], Some(outside)));
    assert_eq!(refusal, eni::Refusal::AddressOutside(outside, subnet));
    let made: Vec<_> = (0..10).map(|_| world.eni(subnet, &[])).collect();
    assert!(made.iter().all(|eni| eni.groups == BTreeSet::from([vpc.default_group])));
    assert_eq!(world.engine.free_addresses(subnet), 0);
    assert_eq!(world.engine.holders(subnet).count(), 11);
    assert_eq!(world.refused(eni(subnet, &[], None)), eni::Refusal::NoFreeAddress(subnet));
}

#[test]
fn rules_are_added_all_or_none_and_taken_away_by_what_they_permit() {
    let mut world = World::new();
    let (vpc, other) = (world.vpc("10.0.0.0/16").id, world.vpc("10.0.0.0/16").id);
    let (db, stranger) = (world.group(vpc, "db"), world.group(other, "app"));
    let rule = from(Peer::Cidr(cidr("10.0.0.0/16")));
    let made = world.ask(authorize(db, vec![rule.clone()])).expect("rules are made");
    assert_eq!(made.len(), 1);
    let described = RuleSpec { description: Some("again".into()), ..rule.clone() };
    let both = vec![from(Peer::Group(db)), described.clone()];
    let refusal = world.refused(authorize(db, both));
    assert_eq!(refusal, group::Refusal::RuleExists(described.clone()));
    let twice = vec![from(Peer::Group(db)), from(Peer::Group(db))];
    assert_eq!(world.refused(authorize(db, twice)), group::Refusal::RuleRepeated);
    let foreign = vec![from(Peer::Group(stranger))];
    assert_eq!(world.refused(authorize(db, foreign)), group::Refusal::NoGroup(stranger));
    let revoke = group::Revoke {
        scope: scope(),
        group: db,
        direction: Direction::Ingress,
        rules: Revocation::Specs(vec![described]),
    };
    assert_eq!(world.ask(revoke.clone()), Ok(made));
    assert_eq!(world.refused(revoke), group::Refusal::NoPermission(db));
    let refusal = world.refused(group(vpc, "db"));
    assert_eq!(refusal, group::Refusal::NameTaken("db".into(), vpc));
    assert_eq!(world.refused(group(vpc, "default")), group::Refusal::NameReserved);
}

#[test]
fn tags_are_put_and_taken_away_together() {
    let mut world = World::new();
    let vpc = world.vpc("10.0.0.0/16").id;
    let tags = Tags::from([("Name".into(), "main".into()), ("stage".into(), "test".into())]);
    let (gone, on) = (VpcId(1), vec![Tagged::Vpc(vpc)]);
    let put = |on| tag::Put { scope: scope(), on, tags: tags.clone() };
    let half = put(vec![Tagged::Vpc(vpc), Tagged::Vpc(gone)]);
    assert_eq!(world.refused(half), tag::Refusal::Missing(Tagged::Vpc(gone)));
    world.ask(put(on.clone())).unwrap();
    assert_eq!(world.engine.vpc(&scope(), vpc).unwrap().tags, tags);
    let keys = vec![("Name".into(), Some("other".into())), ("stage".into(), None)];
    world.ask(tag::Delete { scope: scope(), on, keys }).unwrap();
    let left = Tags::from([("Name".into(), "main".into())]);
    assert_eq!(world.engine.vpc(&scope(), vpc).unwrap().tags, left);
}

#[test]
fn nothing_of_another_scope_is_seen_or_touched() {
    let mut world = World::new();
    let vpc = world.vpc("10.0.0.0/16").id;
    let stranger = Scope { account: 1, region: "us-east-1".into() };
    assert_eq!(world.engine.vpcs(&stranger).count(), 0);
    assert_eq!(world.refused(vpc::Delete { scope: stranger, vpc }), vpc::Refusal::NoVpc(vpc));
}

fn table(vpc: VpcId) -> route_table::Create {
    route_table::Create { scope: scope(), vpc, tags: Tags::new() }
}

fn associate(table: RouteTableId, subnet: SubnetId) -> route_table::Associate {
    route_table::Associate { scope: scope(), table, subnet }
}

/// The table of each subnet in the plan that the node was told last, and how many tables it has.
fn planned_tables(world: &World) -> (Vec<(SubnetId, RouteTableId)>, usize) {
    let plans = world.commands.iter().rev().find_map(|command| match command {
        NodeCommand::Plan(plan) => Some(plan),
        _ => None,
    });
    let plan = plans.expect("a VPC was planned");
    (plan.subnets.iter().map(|each| (each.subnet, each.table)).collect(), plan.tables.len())
}

#[test]
fn a_subnet_goes_by_the_table_it_chose_or_the_main_one() {
    use route_table::{Associate, Delete, Disassociate, Refusal, Replace};
    let mut world = World::new();
    let vpc = world.vpc("10.0.0.0/16");
    let (main, association) = (vpc.main_route_table, vpc.main_association);
    let subnet = world.subnet(vpc.id, "10.0.1.0/24");
    let own = world.ask(table(vpc.id)).unwrap().id;
    assert_eq!(planned_tables(&world), (vec![(subnet, main)], 2));
    let chosen = world.ask(associate(own, subnet)).unwrap();
    assert_eq!(planned_tables(&world), (vec![(subnet, own)], 2));
    assert_eq!(world.refused(associate(main, subnet)), Refusal::AlreadyAssociated(main));
    let delete = |table| Delete { scope: scope(), table };
    assert_eq!(world.refused(delete(own)), Refusal::InUse(own));
    assert_eq!(world.refused(delete(main)), Refusal::InUse(main));
    let disassociate = |association| Disassociate { scope: scope(), association };
    assert_eq!(world.refused(disassociate(association)), Refusal::Main(association));
    // The main association is replaced: another table is the main one from then on.
    let replace = |association, table| Replace { scope: scope(), association, table };
    let new = world.ask(replace(association, own)).unwrap();
    assert_eq!(world.engine.vpc(&scope(), vpc.id).unwrap().main_association, new);
    assert_eq!(world.refused(replace(association, own)), Refusal::NoAssociation(association));
    let moved = world.ask(replace(chosen, main)).unwrap();
    assert_eq!(planned_tables(&world), (vec![(subnet, main)], 2));
    world.ask(disassociate(moved)).unwrap();
    assert_eq!(planned_tables(&world), (vec![(subnet, own)], 2));
    world.ask(delete(main)).unwrap();
    assert_eq!(planned_tables(&world), (vec![(subnet, own)], 1));
    let stranger = world.vpc("10.0.0.0/16");
    let elsewhere = Refusal::SubnetElsewhere(stranger.main_route_table, subnet);
    assert_eq!(world.refused(associate(stranger.main_route_table, subnet)), elsewhere);
    let elsewhere = Refusal::AssociationElsewhere(stranger.main_route_table, new);
    assert_eq!(world.refused(replace(new, stranger.main_route_table)), elsewhere);
    let unseen = Scope { account: 1, region: "us-east-1".into() };
    let question = Associate { scope: unseen, table: own, subnet };
    assert_eq!(world.refused(question), Refusal::NoTable(own));
}

#[test]
fn tables_keep_their_vpc_and_associations_go_with_their_subnets() {
    let mut world = World::new();
    let vpc = world.vpc("10.0.0.0/16").id;
    let subnet = world.subnet(vpc, "10.0.1.0/24");
    let own = world.ask(table(vpc)).unwrap().id;
    world.ask(associate(own, subnet)).unwrap();
    world.ask(delete_subnet(subnet)).unwrap();
    let shown = world.engine.find::<RouteTable>(&scope(), own).unwrap();
    assert!(shown.associations.is_empty());
    let delete_vpc = vpc::Delete { scope: scope(), vpc };
    assert_eq!(world.refused(delete_vpc.clone()), vpc::Refusal::InUse(vpc));
    let delete = route_table::Delete { scope: scope(), table: own };
    world.ask(delete).unwrap();
    world.ask(delete_vpc).unwrap();
    // The default options are the scope's, and stay.
    world.stored.retain(|(key, _)| !matches!(key, Key::DhcpOptions(_)));
    assert!(world.stored.is_empty(), "nothing else is left in the store: {:?}", world.stored);
    let vpc = world.vpc("10.0.0.0/16").id;
    for _ in 1..200 {
        world.ask(table(vpc)).unwrap();
    }
    assert_eq!(world.refused(table(vpc)), route_table::Refusal::TooMany);
}

#[test]
fn a_vpc_stored_without_its_main_table_gets_it() {
    let mut world = World::new();
    let vpc = world.vpc("10.0.0.0/16");
    let records = world.stored.iter().map(|(_, record)| record.clone());
    let records = records.filter(|record| !matches!(record, Record::RouteTable(_))).collect();
    let mut effects = Effects::new();
    let engine = Engine::restore(config(), records, &mut effects).unwrap();
    engine.check();
    let table = engine.find::<RouteTable>(&scope(), vpc.main_route_table).unwrap();
    let stored = Change::Put(Box::new(Record::RouteTable(table.clone())));
    let is_stored = |effect: &Effect| match effect {
        Effect::Persist(_, changes) => changes.contains(&stored),
        _ => false,
    };
    assert!(effects.iter().any(is_stored));
}

#[test]
fn a_restart_knows_all_that_was_answered() {
    let mut world = World::new();
    let vpc = world.vpc("10.0.0.0/16").id;
    let subnet = world.subnet(vpc, "10.0.1.0/28");
    let db = world.group(vpc, "db");
    let (first, second) = (world.eni(subnet, &[db]), world.eni(subnet, &[]));
    world.ask(delete_eni(first.id)).unwrap();
    let records = world.stored.iter().rev().map(|(_, record)| record.clone()).collect();
    let mut effects = Effects::new();
    let engine = Engine::restore(config(), records, &mut effects).unwrap();
    engine.check();
    assert_eq!(view(&engine), world.view());
    assert_eq!(engine.holders(subnet).collect::<Vec<_>>(), [(second.address, second.id)]);
    let plans: Vec<_> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Command(_, NodeCommand::Plan(plan)) => Some(plan),
            _ => None,
        })
        .collect();
    let [plan] = plans[..] else { panic!("a plan for each VPC: {plans:?}") };
    assert_eq!((plan.vpc, plan.groups.len(), plan.subnets.len()), (vpc, 2, 1));
}

/// An ENI that was asked for under a token, and the changes of each ticket.
type Made = Result<(Eni, Vec<Vec<Change>>), OnceRefusal<eni::Refusal, EniId>>;

/// Asks for an ENI under a token, at a time; gives the ENI, and the changes of each ticket.
fn eni_once(
    engine: &mut Engine,
    now: Time,
    (token, parameters): (&str, u8),
    question: eni::Create,
) -> Made {
    let once = Once {
        scope: scope(),
        operation: "CreateNetworkInterface".into(),
        token: token.into(),
        parameters: [parameters; 32],
    };
    let mut effects = Effects::new();
    let asked = engine.ask_once(now, once, question, &mut effects)?;
    let persists: Vec<_> = effects
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Persist(ticket, changes) => Some((ticket, changes)),
            _ => None,
        })
        .collect();
    assert_eq!(asked.durable, persists.last().map(|(ticket, _)| *ticket));
    Ok((asked.answer, persists.into_iter().map(|(_, changes)| changes).collect()))
}

#[test]
fn what_a_token_made_is_answered_again_and_survives_a_restart() {
    let mut world = World::new();
    let vpc = world.vpc("10.0.0.0/16").id;
    let subnet = world.subnet(vpc, "10.0.1.0/28");
    let (full, question) = (eni(SubnetId(1), &[], None), || eni(subnet, &[], None));
    let now = Time(1_700_000_000_000_000_000);
    let engine = &mut world.engine;
    // What is refused leaves the token free.
    let refusal = eni_once(engine, now, ("t", 1), full).unwrap_err();
    assert_eq!(refusal, OnceRefusal::Refused(eni::Refusal::NoSubnet(SubnetId(1))));
    let (made, changes) = eni_once(engine, now, ("t", 1), question()).unwrap();
    let [changes] = &changes[..] else { panic!("one change: {changes:?}") };
    let kinds = changes.iter().map(|change| match change {
        Change::Put(record) => record.key().kind(),
        Change::Delete(_) => "nothing",
    });
    assert_eq!(kinds.collect::<Vec<_>>(), ["eni", "token"]);
    let stored = changes.clone();
    let (again, changes) = eni_once(engine, now, ("t", 1), question()).unwrap();
    assert_eq!((&again, changes.len()), (&made, 1));
    let mismatch = eni_once(engine, now, ("t", 2), question()).unwrap_err();
    assert_eq!(mismatch, OnceRefusal::Mismatch);
    assert_ne!(eni_once(engine, now, ("u", 2), question()).unwrap().0.id, made.id);
    assert_eq!(world.engine.enis(&scope()).count(), 2);

    stored.into_iter().for_each(|change| world.store(change));
    let records = world.stored.iter().map(|(_, record)| record.clone()).collect();
    let mut engine = Engine::restore(config(), records, &mut Effects::new()).unwrap();
    assert_eq!(eni_once(&mut engine, now, ("t", 1), question()).unwrap().0, made);
    engine.ask(now, delete_eni(made.id), &mut Effects::new()).unwrap();
    let gone = eni_once(&mut engine, now, ("t", 1), question()).unwrap_err();
    assert_eq!(gone, OnceRefusal::Gone(made.id));
    // After a day the token is nobody's, and is forgotten with the next one.
    let later = now + TOKEN_AGE;
    let (new, changes) = eni_once(&mut engine, later, ("t", 3), question()).unwrap();
    assert_ne!(new.id, made.id);
    let is_forgotten = |change: &Change| matches!(change, Change::Delete(Key::Token(_)));
    assert_eq!(changes[0].iter().filter(|change| is_forgotten(change)).count(), 1);
    assert_eq!(eni_once(&mut engine, later, ("t", 3), question()).unwrap().0, new);
}

#[test]
fn a_late_ticket_of_nobody_is_ignored() {
    let mut world = World::new();
    let mut effects = Effects::new();
    world.engine.step(Time(1), Input::Persisted(TicketId(9)), &mut effects);
    assert_eq!(effects, []);
}
