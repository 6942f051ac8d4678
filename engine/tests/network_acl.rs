//! Network ACLs, asked of the engine as the server asks, with what the node is told of them.

use std::collections::BTreeSet;
use std::fmt::Debug;

use engine::ask::Ask;
use engine::effect::{Effect, Effects};
use engine::engine::{Config, Engine};
use engine::id::{AclId, SubnetId, VpcId};
use engine::limits::Limits;
use engine::network::network_acl::{Create, Delete, DeleteEntry, PutEntry, Refusal, Replace};
use engine::network::reach::Content;
use engine::network::{eni, subnet, vpc};
use engine::node::NodeCommand;
use engine::plan::VpcPlan;
use engine::record::function::EniModel;
use engine::record::group::{Direction, Protocol};
use engine::record::network_acl::{AclBlock, AclEntry, NetworkAcl};
use engine::record::subnet::Subnet;
use engine::record::vpc::Vpc;
use engine::record::{Change, Key, Record};
use engine::scope::{Scope, Tags};
use engine::tell::reach::{Gate, Origin, ReachRefusal, Reached, Target};
use engine::time::Time;

/// An engine, with a store that is always quick and what the node was told last.
struct World {
    engine: Engine,
    stored: Vec<(Key, Record)>,
    plan: Option<VpcPlan>,
    steps: u64,
}

impl World {
    fn new() -> World {
        World { engine: Engine::new(config()), stored: Vec::new(), plan: None, steps: 0 }
    }

    fn ask<A: Ask>(&mut self, question: A) -> Result<A::Answer, A::Refusal> {
        self.steps += 1;
        let mut effects = Effects::new();
        let asked = self.engine.ask(Time(self.steps), question, &mut effects)?;
        for effect in effects {
            match effect {
                Effect::Persist(_, changes) => {
                    changes.into_iter().for_each(|change| self.store(change));
                }
                Effect::Command(_, NodeCommand::Plan(plan)) => self.plan = Some((*plan).clone()),
                Effect::Command(..) => {}
                other => panic!("nobody waits for {other:?}"),
            }
        }
        self.engine.check();
        Ok(asked.answer)
    }

    /// Asks what is refused, and sees that nothing changed.
    fn refused<A: Ask<Answer: Debug> + Clone>(&mut self, question: A) -> A::Refusal
    where
        A::Refusal: Debug + PartialEq,
    {
        let before = self.acls();
        let rehearsed = self.engine.rehearse(question.clone()).expect_err("it is refused");
        let refusal = self.ask(question).expect_err("it is refused");
        assert_eq!(refusal, rehearsed, "a rehearsal is refused likewise");
        assert_eq!(before, self.acls());
        refusal
    }

    fn store(&mut self, change: Change) {
        let key = match &change {
            Change::Put(record) => record.key(),
            Change::Delete(key) => *key,
        };
        self.stored.retain(|(other, _)| *other != key);
        if let Change::Put(record) = change {
            self.stored.push((key, *record));
        }
    }

    fn acls(&self) -> Vec<NetworkAcl> {
        self.engine.all::<NetworkAcl>(&scope()).cloned().collect()
    }

    fn vpc(&mut self) -> Vpc {
        let cidr = "10.0.0.0/16".parse().expect("a block");
        self.ask(vpc::Create { has_ipv6: false, scope: scope(), cidr, tags: Tags::new() })
            .expect("a VPC is made")
    }

    fn subnet(&mut self, vpc: VpcId, block: &str) -> Subnet {
        let (zone, zone_id) = ("us-east-1a".into(), "use1-az1".into());
        let (scope, cidr, tags) = (scope(), block.parse().expect("a block"), Tags::new());
        let question = subnet::Create { cidr6: None, scope, vpc, cidr, zone, zone_id, tags };
        self.ask(question).expect("a subnet is made").0
    }

    /// As it is by now.
    fn known(&self, subnet: SubnetId) -> &Subnet {
        self.engine.find(&scope(), subnet).expect("it is there")
    }

    /// The ACL that each subnet is planned with.
    fn planned(&self) -> Vec<(SubnetId, AclId)> {
        let plan = self.plan.as_ref().expect("a VPC was planned");
        plan.subnets.iter().map(|subnet| (subnet.subnet, subnet.acl)).collect()
    }

    /// What is planned of an ACL's way: numbers, and what is done.
    fn rules(&self, acl: AclId, way: Direction) -> Vec<(u16, bool)> {
        let plan = self.plan.as_ref().expect("a VPC was planned");
        plan.acls[&acl].rules(way).iter().map(|rule| (rule.number, rule.allows)).collect()
    }
}

fn config() -> Config {
    Config { seed: 1, eni_model: EniModel::Hyperplane, limits: Limits::default() }
}

fn scope() -> Scope {
    Scope { account: 0, region: "us-east-1".into() }
}

fn create(vpc: VpcId) -> Create {
    Create { scope: scope(), vpc, tags: Tags::new() }
}

fn delete(acl: AclId) -> Delete {
    Delete { scope: scope(), acl }
}

fn entry(allows: bool, block: &str) -> AclEntry {
    let block = match block.parse() {
        Ok(block) => AclBlock::V4(block),
        Err(_) => AclBlock::V6(block.parse().expect("a block")),
    };
    AclEntry { allows, protocol: Protocol::All, block }
}

fn put(acl: AclId, direction: Direction, number: u16, entry: AclEntry) -> PutEntry {
    PutEntry { scope: scope(), acl, direction, number, entry, replaces: false }
}

fn take(acl: AclId, direction: Direction, number: u16) -> DeleteEntry {
    DeleteEntry { scope: scope(), acl, direction, number }
}

const WAYS: [Direction; 2] = [Direction::Ingress, Direction::Egress];

#[test]
fn a_vpc_begins_with_an_acl_that_lets_everything_through_and_a_further_one_with_none() {
    let mut world = World::new();
    let vpc = world.vpc();
    for way in WAYS {
        assert_eq!(world.rules(vpc.default_acl, way), [(100, true)]);
    }
    let subnet = world.subnet(vpc.id, "10.0.1.0/24");
    assert_eq!(world.planned(), [(subnet.id, vpc.default_acl)]);
    let acl = world.ask(create(vpc.id)).unwrap();
    for way in WAYS {
        assert!(world.rules(acl.id, way).is_empty() && acl.entries(way).is_empty());
    }
    assert_eq!(world.refused(delete(vpc.default_acl)), Refusal::Default(vpc.default_acl));
    assert_eq!(world.refused(create(VpcId(9))), Refusal::NoVpc(VpcId(9)));
    for _ in 2..200 {
        world.ask(create(vpc.id)).unwrap();
    }
    assert_eq!(world.refused(create(vpc.id)), Refusal::TooMany);
}

#[test]
fn entries_are_made_once_replaced_where_they_are_and_counted_by_way_and_family() {
    let mut world = World::new();
    let vpc = world.vpc().id;
    let acl = world.ask(create(vpc)).unwrap().id;
    let (ingress, egress) = (Direction::Ingress, Direction::Egress);
    world.ask(put(acl, ingress, 200, entry(true, "10.0.0.0/8"))).unwrap();
    world.ask(put(acl, ingress, 100, entry(false, "10.1.0.0/16"))).unwrap();
    assert_eq!(world.rules(acl, ingress), [(100, false), (200, true)]);
    assert!(world.rules(acl, egress).is_empty());
    let again = put(acl, ingress, 100, entry(true, "0.0.0.0/0"));
    assert_eq!(world.refused(again.clone()), Refusal::EntryExists(100));
    world.ask(PutEntry { replaces: true, ..again.clone() }).unwrap();
    assert_eq!(world.rules(acl, ingress), [(100, true), (200, true)]);
    let missing = PutEntry { replaces: true, direction: egress, ..again.clone() };
    assert_eq!(world.refused(missing), Refusal::NoEntry(egress, 100));
    assert_eq!(world.refused(take(acl, egress, 100)), Refusal::NoEntry(egress, 100));
    world.ask(take(acl, ingress, 100)).unwrap();
    assert_eq!(world.rules(acl, ingress), [(200, true)]);
    for number in 1..20 {
        world.ask(put(acl, ingress, number, entry(true, "10.0.0.0/8"))).unwrap();
    }
    let further = |block| put(acl, ingress, 300, entry(true, block));
    assert_eq!(world.refused(further("10.0.0.0/8")), Refusal::TooManyEntries);
    // An entry of the other family has room, and one of the same in its place too.
    world.ask(further("::/0")).unwrap();
    let replaced = PutEntry { replaces: true, number: 1, ..again };
    world.ask(replaced.clone()).unwrap();
    // It would be one more of its family.
    let turned = PutEntry { number: 300, ..replaced };
    assert_eq!(world.refused(turned), Refusal::TooManyEntries);
    let gone = AclId(7);
    assert_eq!(world.refused(take(gone, ingress, 1)), Refusal::NoAcl(gone));
    let unseen = Scope { account: 1, region: "us-east-1".into() };
    let others = Delete { scope: unseen, acl };
    assert_eq!(world.refused(others), Refusal::NoAcl(acl));
}

#[test]
fn a_subnet_has_the_acl_it_was_given_last_and_an_acl_in_use_stays() {
    let mut world = World::new();
    let vpc = world.vpc();
    let subnet = world.subnet(vpc.id, "10.0.1.0/24");
    let other = world.subnet(vpc.id, "10.0.2.0/24");
    let acl = world.ask(create(vpc.id)).unwrap().id;
    let replace = |association, acl| Replace { scope: scope(), association, acl };
    let first = world.ask(replace(subnet.acl_association, acl)).unwrap();
    assert_eq!(world.known(subnet.id).acl_association, first);
    let planned = |acl| {
        let mut all = [(subnet.id, acl), (other.id, vpc.default_acl)];
        all.sort();
        all
    };
    assert_eq!(world.planned(), planned(acl));
    let stale = replace(subnet.acl_association, acl);
    assert_eq!(world.refused(stale), Refusal::NoAssociation(subnet.acl_association));
    assert_eq!(world.refused(delete(acl)), Refusal::InUse(acl));
    let second = world.ask(create(vpc.id)).unwrap().id;
    let moved = world.ask(replace(first, second)).unwrap();
    assert_eq!(world.planned(), planned(second));
    // Its own again gives it another association too.
    let again = world.ask(replace(moved, second)).unwrap();
    assert_ne!(again, moved);
    assert_eq!(world.planned(), planned(second));
    world.ask(delete(acl)).unwrap();
    world.ask(replace(again, vpc.default_acl)).unwrap();
    assert_eq!(world.planned(), planned(vpc.default_acl));
    world.ask(delete(second)).unwrap();
    let stranger = world.vpc();
    let association = world.known(subnet.id).acl_association;
    let elsewhere = Refusal::Elsewhere(stranger.default_acl, subnet.id);
    assert_eq!(world.refused(replace(association, stranger.default_acl)), elsewhere);
}

#[test]
fn acls_keep_their_vpc_and_forget_subnets_that_are_gone() {
    let mut world = World::new();
    let vpc = world.vpc().id;
    let subnet = world.subnet(vpc, "10.0.1.0/24");
    let acl = world.ask(create(vpc)).unwrap().id;
    let association = subnet.acl_association;
    world.ask(Replace { scope: scope(), association, acl }).unwrap();
    world.ask(subnet::Delete { scope: scope(), subnet: subnet.id }).unwrap();
    let delete_vpc = vpc::Delete { scope: scope(), vpc };
    assert_eq!(world.refused(delete_vpc.clone()), vpc::Refusal::InUse(vpc));
    world.ask(delete(acl)).unwrap();
    world.ask(delete_vpc).unwrap();
    // The default options are the scope's, and stay.
    world.stored.retain(|(key, _)| !matches!(key, Key::DhcpOptions(_)));
    assert!(world.stored.is_empty(), "nothing else is left in the store: {:?}", world.stored);
}

#[test]
fn a_restart_knows_acls_and_a_vpc_stored_without_its_default_one_gets_it() {
    let mut world = World::new();
    let vpc = world.vpc();
    let subnet = world.subnet(vpc.id, "10.0.1.0/24");
    let acl = world.ask(create(vpc.id)).unwrap().id;
    let association = subnet.acl_association;
    world.ask(Replace { scope: scope(), association, acl }).unwrap();
    world.ask(put(acl, Direction::Egress, 5, entry(false, "::/0"))).unwrap();
    let restored = |records: Vec<Record>| {
        let mut effects = Effects::new();
        let engine = Engine::restore(config(), records, &mut effects).expect("they fit together");
        engine.check();
        (engine, effects)
    };
    let records = || world.stored.iter().map(|(_, record)| record.clone());
    let (engine, effects) = restored(records().collect());
    assert_eq!(engine.all::<NetworkAcl>(&scope()).cloned().collect::<Vec<_>>(), world.acls());
    let plan = effects.iter().find_map(|effect| match effect {
        Effect::Command(_, NodeCommand::Plan(plan)) => Some((**plan).clone()),
        _ => None,
    });
    let before = world.plan.clone().expect("it was planned");
    let plan = plan.expect("it is planned");
    assert_eq!((plan.subnets, plan.acls), (before.subnets, before.acls));

    let (engine, effects) =
        restored(records().filter(|each| !matches!(each, Record::NetworkAcl(_))).collect());
    let default = engine.find::<NetworkAcl>(&scope(), vpc.default_acl).expect("it is made");
    let stored = Change::Put(Box::new(Record::NetworkAcl(default.clone())));
    let is_stored = |effect: &Effect| match effect {
        Effect::Persist(_, changes) => changes.contains(&stored),
        _ => false,
    };
    assert!(effects.iter().any(is_stored));
    assert_eq!(default.ingress, default.egress);
    assert_eq!(default.ingress[&100], entry(true, "0.0.0.0/0"));
}

#[test]
fn reach_is_told_within_a_vpc_and_of_what_takes_packets() {
    let mut world = World::new();
    let on = |world: &mut World, subnet| {
        let (scope, groups, address) = (scope(), BTreeSet::new(), None);
        let (description, tags) = (String::new(), Tags::new());
        let question = eni::Create {
            ipv6: Default::default(),
            scope,
            subnet,
            groups,
            address,
            description,
            tags,
        };
        world.ask(question).expect("an ENI is made")
    };
    let eni = |world: &mut World| {
        let vpc = world.vpc().id;
        let subnet = world.subnet(vpc, "10.0.1.0/24").id;
        on(world, subnet)
    };
    let (one, other) = (eni(&mut world), eni(&mut world));
    let beside = on(&mut world, one.subnet);
    // Both VPCs have the same addresses.
    assert_eq!(one.address, other.address);
    let from = Origin::Eni(one.id);
    let tcp = Content::Tcp(80);
    let elsewhere = world.engine.reach(from, Target::Eni(other.id), tcp);
    assert_eq!(elsewhere, Err(ReachRefusal::Elsewhere(other.id, other.vpc)));
    // What is attached to nothing takes nothing.
    let told = world.engine.reach(from, Target::Eni(beside.id), tcp).expect("it is told");
    let last = told.paths[0].hops.last().expect("something is met");
    assert_eq!((told.verdict, last.gate, last.passes), (Reached::Stopped, Gate::Route, false));
}
