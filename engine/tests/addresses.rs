//! Addresses of subnets and who has them, asked of the engine as the server asks.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::net::Ipv4Addr;
use std::sync::Arc;

use engine::ask::Ask;
use engine::cidr::Cidr;
use engine::effect::{Effect, Effects};
use engine::engine::{Config, Engine};
use engine::id::{AclId, EniId, ReservationId, RouteTableId, SubnetId, VpcId};
use engine::limits::{Limits, RESERVATIONS_PER_SUBNET};
use engine::network::secondary::{self, Refusal, Wish};
use engine::network::{
    cidr_reservation, elastic_ip, eni, internet_gateway, peering, route, subnet, vpc, vpc_block,
};
use engine::node::NodeCommand;
use engine::plan::{
    DropReason, MiddleboxPlan, RoutePlan, RouteTablePlan, RouteTarget, SubnetPlan, VpcPlan,
};
use engine::record::cidr_reservation::{CidrReservation, ReservationType};
use engine::record::elastic_ip::ElasticIp;
use engine::record::eni::Eni;
use engine::record::function::EniModel;
use engine::record::route_table::{Route, RouteTable, Target};
use engine::record::{Change, Key, Record};
use engine::scope::{Scope, Tags};
use engine::time::Time;

/// An engine, with a store that is always quick, and what the node was told of VPCs last.
struct World {
    engine: Engine,
    plans: BTreeMap<VpcId, VpcPlan>,
    stored: Vec<(Key, Record)>,
    steps: u64,
}

impl World {
    fn new() -> World {
        let (engine, plans) = (Engine::new(config()), BTreeMap::new());
        World { engine, plans, stored: Vec::new(), steps: 0 }
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
                Effect::Command(_, NodeCommand::Plan(plan)) => {
                    self.plans.insert(plan.vpc, (*plan).clone());
                }
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
        let before = self.stored.clone();
        let rehearsed = self.engine.rehearse(question.clone()).expect_err("it is refused");
        let refusal = self.ask(question).expect_err("it is refused");
        assert_eq!(refusal, rehearsed, "a rehearsal is refused likewise");
        assert_eq!(before, self.stored);
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

    /// Ends, and begins again with what was stored.
    fn restart(&mut self) {
        let records = self.stored.iter().map(|(_, record)| record.clone()).collect();
        self.engine = Engine::restore(config(), records, &mut Effects::new()).expect("it fits");
        self.engine.check();
    }

    fn vpc(&mut self) -> VpcId {
        let cidr = "10.0.0.0/16".parse().expect("a block");
        let question = vpc::Create { scope: scope(), cidr, has_ipv6: false, tags: Tags::new() };
        self.ask(question).expect("a VPC is made").id
    }

    fn subnet(&mut self, vpc: VpcId, block: &str) -> SubnetId {
        let (zone, zone_id) = ("us-east-1a".into(), "use1-az1".into());
        let (scope, cidr, tags) = (scope(), block.parse().expect("a block"), Tags::new());
        let question = subnet::Create { scope, vpc, cidr, cidr6: None, zone, zone_id, tags };
        self.ask(question).expect("a subnet is made").0.id
    }

    fn eni(&mut self, subnet: SubnetId) -> Eni {
        self.ask(eni(subnet, None)).expect("an ENI is made")
    }

    fn free(&self, subnet: SubnetId) -> u32 {
        self.engine.free_addresses(subnet)
    }
}

fn config() -> Config {
    Config { seed: 1, limits: Limits::default(), eni_model: EniModel::Hyperplane }
}

fn scope() -> Scope {
    Scope { account: 0, region: "us-east-1".into() }
}

fn at(last: u8) -> Ipv4Addr {
    Ipv4Addr::new(10, 0, 1, last)
}

fn eni(subnet: SubnetId, address: Option<Ipv4Addr>) -> eni::Create {
    eni::Create {
        scope: scope(),
        subnet,
        groups: BTreeSet::new(),
        address,
        ipv6: Default::default(),
        description: String::new(),
        tags: Tags::new(),
    }
}

fn reserve(subnet: SubnetId, block: &str, kind: ReservationType) -> cidr_reservation::Create {
    let cidr = block.parse().expect("a block");
    let (description, tags) = (Some("d".into()), Tags::new());
    cidr_reservation::Create { scope: scope(), subnet, cidr, kind, description, tags }
}

fn unreserve(reservation: ReservationId) -> cidr_reservation::Delete {
    cidr_reservation::Delete { scope: scope(), reservation }
}

#[test]
fn addresses_of_reserved_blocks_go_to_who_names_them() {
    let mut world = World::new();
    let vpc = world.vpc();
    let subnet = world.subnet(vpc, "10.0.1.0/28");
    assert_eq!((world.eni(subnet).address, world.free(subnet)), (at(4), 10));
    let low = world.ask(reserve(subnet, "10.0.1.4/30", ReservationType::Explicit)).unwrap();
    let high = world.ask(reserve(subnet, "10.0.1.8/30", ReservationType::Prefix)).unwrap();
    assert_eq!(world.free(subnet), 3);
    assert_eq!(world.eni(subnet).address, at(12));
    // Over a restart nothing of it is lost, and who has an address of a block keeps it.
    world.restart();
    assert_eq!(world.free(subnet), 2);
    let named = world.ask(eni(subnet, Some(at(5)))).expect("it is had by name");
    assert_eq!((named.address, world.free(subnet)), (at(5), 2));
    assert_eq!(world.refused(eni(subnet, Some(at(4)))), eni::Refusal::AddressInUse(at(4)));
    let of_prefixes = eni::Refusal::AddressReserved(at(9), subnet);
    assert_eq!(world.refused(eni(subnet, Some(at(9)))), of_prefixes);
    for last in [13, 14] {
        assert_eq!(world.eni(subnet).address, at(last));
    }
    assert_eq!(world.refused(eni(subnet, None)), eni::Refusal::NoFreeAddress(subnet));
    world.ask(eni(subnet, Some(at(6)))).expect("of a full subnet, too");
    world.restart();
    assert_eq!(world.free(subnet), 0);
    assert_eq!(world.ask(unreserve(low.id)).map(|gone| gone.cidr), Ok(low.cidr));
    assert_eq!((world.eni(subnet).address, world.free(subnet)), (at(7), 0));
    world.ask(unreserve(high.id)).unwrap();
    assert_eq!((world.eni(subnet).address, world.free(subnet)), (at(8), 3));
    assert_eq!(
        world.refused(unreserve(high.id)),
        cidr_reservation::Refusal::NoReservation(high.id)
    );
}

#[test]
fn reserved_blocks_are_of_their_subnet_apart_and_not_too_many() {
    let mut world = World::new();
    let vpc = world.vpc();
    let subnet = world.subnet(vpc, "10.0.1.0/28");
    let explicit = |block| reserve(subnet, block, ReservationType::Explicit);
    for block in ["10.0.2.0/28", "10.0.0.0/23"] {
        let outside = cidr_reservation::Refusal::Outside(block.parse().unwrap(), subnet);
        assert_eq!(world.refused(explicit(block)), outside);
    }
    world.ask(explicit("10.0.1.8/30")).unwrap();
    for block in ["10.0.1.9/32", "10.0.1.8/30", "10.0.1.0/28"] {
        assert_eq!(
            world.refused(explicit(block)),
            cidr_reservation::Refusal::Overlaps(block.parse().unwrap())
        );
    }
    let stranger = Scope { account: 1, region: "us-east-1".into() };
    let theirs = cidr_reservation::Create { scope: stranger, ..explicit("10.0.1.4/32") };
    assert_eq!(world.refused(theirs), cidr_reservation::Refusal::NoSubnet(subnet));
    // They go with their subnet.
    world.ask(subnet::Delete { scope: scope(), subnet }).unwrap();
    assert_eq!(world.engine.all::<CidrReservation>(&scope()).count(), 0);
    assert!(!world.stored.iter().any(|(key, _)| matches!(key, Key::CidrReservation(_))));

    let subnet = world.subnet(vpc, "10.0.16.0/20");
    for number in 0..RESERVATIONS_PER_SUBNET {
        let block = format!("10.0.{}.{}/32", 16 + number / 256, number % 256);
        world.ask(reserve(subnet, &block, ReservationType::Explicit)).unwrap();
    }
    let more = reserve(subnet, "10.0.31.0/32", ReservationType::Explicit);
    assert_eq!(world.refused(more), cidr_reservation::Refusal::TooMany(subnet));
}

fn assign(eni: EniId, addresses: &[Ipv4Addr], any: usize) -> secondary::Assign {
    let wish = Wish { addresses: addresses.iter().copied().collect(), any };
    secondary::Assign { scope: scope(), eni, wish, reassigns: false }
}

fn unassign(eni: EniId, addresses: &[Ipv4Addr]) -> secondary::Unassign {
    secondary::Unassign { scope: scope(), eni, addresses: addresses.iter().copied().collect() }
}

/// What an ENI has, the primary address first.
fn held(world: &World, eni: EniId) -> Vec<Ipv4Addr> {
    let eni = world.engine.eni(&scope(), eni).expect("it is there");
    world.engine.private_addresses(eni).collect()
}

#[test]
fn secondary_addresses_are_given_moved_and_taken() {
    let mut world = World::new();
    let vpc = world.vpc();
    let subnet = world.subnet(vpc, "10.0.1.0/28");
    let (a, b) = (world.eni(subnet).id, world.eni(subnet).id);
    assert_eq!(world.ask(assign(a, &[], 2)), Ok(vec![at(6), at(7)]));
    assert_eq!(world.ask(assign(a, &[at(12)], 0)), Ok(vec![at(12)]));
    assert_eq!((held(&world, a), world.free(subnet)), (vec![at(4), at(6), at(7), at(12)], 6));
    world.restart();
    assert_eq!((held(&world, a), world.free(subnet)), (vec![at(4), at(6), at(7), at(12)], 6));
    for taken in [at(4), at(5), at(6)] {
        let in_use = Refusal::Eni(eni::Refusal::AddressInUse(taken));
        assert_eq!(world.refused(assign(b, &[taken], 0)), in_use);
    }
    // A secondary one is moved where that is asked for, and a primary one is not.
    let moves = |eni, addresses: &[Ipv4Addr]| secondary::Assign {
        reassigns: true,
        ..assign(eni, addresses, 0)
    };
    let in_use = Refusal::Eni(eni::Refusal::AddressInUse(at(4)));
    assert_eq!(world.refused(moves(b, &[at(4), at(6)])), in_use);
    // Also one of a block that has been reserved for something else since.
    let prefix = world.ask(reserve(subnet, "10.0.1.6/32", ReservationType::Prefix)).unwrap();
    assert_eq!(world.ask(moves(b, &[at(6), at(13)])), Ok(vec![at(6), at(13)]));
    world.ask(unreserve(prefix.id)).unwrap();
    assert_eq!(world.ask(moves(b, &[at(6)])), Ok(vec![at(6)]), "it has it already");
    assert_eq!(
        (held(&world, a), held(&world, b)),
        (vec![at(4), at(7), at(12)], vec![at(5), at(6), at(13)],)
    );
    world.restart();
    assert_eq!(held(&world, b), [at(5), at(6), at(13)]);
    assert_eq!(world.refused(unassign(a, &[at(7), at(4)])), Refusal::Primary(at(4), a));
    assert_eq!(world.refused(unassign(a, &[at(7), at(6)])), Refusal::NotAssigned(at(6), a));
    world.ask(unassign(a, &[at(7), at(12)])).unwrap();
    assert_eq!((held(&world, a), world.free(subnet)), (vec![at(4)], 7));
    // What an ENI had is free when it is gone.
    world.ask(eni::Delete { scope: scope(), eni: b }).unwrap();
    assert_eq!(world.free(subnet), 10);
    assert!(!world.stored.iter().any(|(key, _)| matches!(key, Key::SecondaryAddresses(_))));
    let outside = Ipv4Addr::new(10, 0, 2, 4);
    let refusal = Refusal::Eni(eni::Refusal::AddressOutside(outside, subnet));
    assert_eq!(world.refused(assign(a, &[outside], 0)), refusal);
    let full = Refusal::Eni(eni::Refusal::NoFreeAddress(subnet));
    assert_eq!(world.refused(assign(a, &[], 11)), full);
    let stranger = Scope { account: 1, region: "us-east-1".into() };
    let theirs = secondary::Assign { scope: stranger, ..assign(a, &[], 1) };
    assert_eq!(world.refused(theirs), Refusal::NoEni(a));
    let large = world.subnet(vpc, "10.0.4.0/24");
    let c = world.eni(large).id;
    world.ask(assign(c, &[], 40)).unwrap();
    assert_eq!(world.refused(assign(c, &[], 10)), Refusal::TooMany);
    assert_eq!(world.ask(assign(c, &[], 9)).map(|got| got.len()), Ok(9));
}

#[test]
fn an_eni_begins_with_secondary_addresses() {
    let mut world = World::new();
    let vpc = world.vpc();
    let subnet = world.subnet(vpc, "10.0.1.0/28");
    let with = |address, addresses: &[Ipv4Addr], any| {
        let wish = Wish { addresses: addresses.iter().copied().collect(), any };
        secondary::CreateWith { eni: eni(subnet, address), wish }
    };
    // None that is asked for becomes the primary one.
    let made = world.ask(with(None, &[at(4), at(5)], 0)).unwrap();
    assert_eq!(held(&world, made.id), [at(6), at(4), at(5)]);
    let made = world.ask(with(Some(at(9)), &[], 2)).unwrap();
    assert_eq!(held(&world, made.id), [at(9), at(7), at(8)]);
    let in_use = Refusal::Eni(eni::Refusal::AddressInUse(at(10)));
    assert_eq!(world.refused(with(Some(at(10)), &[at(10)], 0)), in_use);
    let full = Refusal::Eni(eni::Refusal::NoFreeAddress(subnet));
    assert_eq!(world.refused(with(None, &[], 5)), full);
    let made = world.ask(with(None, &[], 4)).unwrap();
    assert_eq!((held(&world, made.id).len(), world.free(subnet)), (5, 0));
    assert_eq!(world.refused(with(None, &[], 0)), full);
    world.restart();
    assert_eq!(held(&world, made.id).len(), 5);
}

#[test]
fn a_secondary_address_has_a_public_one_that_goes_where_it_goes() {
    let mut world = World::new();
    let vpc = world.vpc();
    let subnet = world.subnet(vpc, "10.0.1.0/28");
    let (a, b) = (world.eni(subnet).id, world.eni(subnet).id);
    let gateway = internet_gateway::Create { scope: scope(), tags: Tags::new() };
    let gateway = world.ask(gateway).unwrap().id;
    world.ask(internet_gateway::Attach { scope: scope(), gateway, vpc }).unwrap();
    let [one, two] = [(); 2].map(|()| {
        let question = elastic_ip::Allocate { scope: scope(), tags: Tags::new() };
        world.ask(question).unwrap().id
    });
    let with = |allocation, eni, private| elastic_ip::Associate {
        scope: scope(),
        allocation,
        eni,
        private: Some(private),
        reassociates: false,
    };
    let not_its = elastic_ip::Refusal::NotOfEni(at(9), a);
    assert_eq!(world.refused(with(one, a, at(9))), not_its);
    world.ask(assign(a, &[at(9), at(10)], 0)).unwrap();
    let first = world.ask(with(one, a, at(9))).unwrap();
    world.ask(with(two, a, at(4))).unwrap();
    // One is for one private address.
    let has_one = elastic_ip::Refusal::HasOne(a, first);
    assert_eq!(
        world.refused(with(two, a, at(9))),
        elastic_ip::Refusal::Associated(two, {
            world.engine.find::<ElasticIp>(&scope(), two).unwrap().association.unwrap().id
        })
    );
    let three = elastic_ip::Allocate { scope: scope(), tags: Tags::new() };
    let three = world.ask(three).unwrap().id;
    assert_eq!(world.refused(with(three, a, at(9))), has_one);
    world.restart();
    let held = |world: &World, id| {
        let ip = world.engine.find::<ElasticIp>(&scope(), id).unwrap();
        ip.association.map(|held| (held.eni, held.secondary))
    };
    assert_eq!((held(&world, one), held(&world, two)), (Some((a, Some(at(9)))), Some((a, None))));
    let moves = secondary::Assign { reassigns: true, ..assign(b, &[at(9)], 0) };
    world.ask(moves).unwrap();
    assert_eq!(held(&world, one), Some((b, Some(at(9)))));
    world.restart();
    world.ask(unassign(b, &[at(9)])).unwrap();
    assert_eq!((held(&world, one), held(&world, two)), (None, Some((a, None))));
    world.ask(with(one, a, at(10))).unwrap();
    world.ask(eni::Delete { scope: scope(), eni: a }).unwrap();
    assert_eq!((held(&world, one), held(&world, two)), (None, None));
}

#[test]
fn what_is_for_a_secondary_address_of_who_is_led_to_is_its_own() {
    let mut plan = VpcPlan::empty(VpcId(1), vec!["10.0.0.0/16".parse().unwrap()]);
    let (subnet, table, eni) = (SubnetId(2), RouteTableId(1), EniId(1));
    let cidr = "10.0.2.0/24".parse().unwrap();
    plan.subnets.push(SubnetPlan { subnet, cidr, cidr6: None, table, acl: AclId(1) });
    let destination = "10.0.1.0/24".parse().unwrap();
    let routes = vec![RoutePlan { destination, target: RouteTarget::NetworkInterface(eni) }];
    plan.tables.insert(table, Arc::new(RouteTablePlan { table, routes, routes6: Vec::new() }));
    let middlebox = MiddleboxPlan { eni, subnet: SubnetId(1), address: at(4), forwards: false };
    plan.middleboxes.insert(eni, middlebox);
    plan.secondaries.insert(eni, BTreeSet::from([at(9)]));
    for own in [at(4), at(9)] {
        assert_eq!(plan.hop(subnet, own), Ok(None), "{own}");
    }
    assert_eq!(plan.hop(subnet, at(10)), Err(DropReason::SourceDestCheck));
}

fn associate(vpc: VpcId, block: &str) -> vpc_block::Associate {
    let cidr = block.parse().expect("a block");
    vpc_block::Associate { scope: scope(), vpc, cidr }
}

fn blocks(world: &World, vpc: VpcId) -> Vec<String> {
    let vpc = world.engine.vpc(&scope(), vpc).expect("it is there");
    world.engine.blocks_of(vpc).map(|(_, block)| block.to_string()).collect()
}

#[test]
fn a_vpc_has_further_blocks_with_subnets_and_local_routes_of_their_own() {
    let mut world = World::new();
    let vpc = world.vpc();
    let other = world.ask(associate(vpc, "10.4.0.0/16")).unwrap();
    assert_eq!(blocks(&world, vpc), ["10.0.0.0/16", "10.4.0.0/16"]);
    world.restart();
    assert_eq!(blocks(&world, vpc), ["10.0.0.0/16", "10.4.0.0/16"]);
    let subnet = world.subnet(vpc, "10.4.1.0/24");
    assert_eq!(world.eni(subnet).address, Ipv4Addr::new(10, 4, 1, 4));
    let local = |world: &World| {
        let table = world.engine.all::<RouteTable>(&scope()).next().expect("the main table").id;
        let plan = &world.plans[&vpc];
        let routes = plan.tables[&table].routes.clone();
        let local = routes.iter().filter(|route| route.target == RouteTarget::Local);
        let local: Vec<_> = local.map(|route| route.destination).collect();
        assert_eq!(plan.cidrs, local);
        local.len()
    };
    assert_eq!(local(&world), 2);
    let disassociate = |association| vpc_block::Disassociate { scope: scope(), association };
    let in_use = vpc_block::Refusal::InUse(vpc, other.cidr);
    assert_eq!(world.refused(disassociate(other.association)), in_use);
    let primary = world.engine.vpc(&scope(), vpc).unwrap().cidr_association;
    let refusal = vpc_block::Refusal::Primary(primary);
    assert_eq!(world.refused(disassociate(primary)), refusal);
    let eni = world.engine.enis(&scope()).next().unwrap().id;
    world.ask(eni::Delete { scope: scope(), eni }).unwrap();
    world.ask(subnet::Delete { scope: scope(), subnet }).unwrap();
    assert_eq!(world.ask(disassociate(other.association)), Ok(other));
    assert_eq!((local(&world), blocks(&world, vpc).len()), (1, 1));
    let gone = vpc_block::Refusal::NoAssociation(other.association);
    assert_eq!(world.refused(disassociate(other.association)), gone);
    // What is left goes with its VPC.
    world.ask(associate(vpc, "10.5.0.0/16")).unwrap();
    world.ask(vpc::Delete { scope: scope(), vpc }).unwrap();
    assert!(!world.stored.iter().any(|(key, _)| matches!(key, Key::VpcBlock(_))));
}

#[test]
fn a_block_goes_with_the_others_with_routes_and_with_peers() {
    use vpc_block::Refusal;
    let mut world = World::new();
    let vpc = world.vpc();
    let block = |text: &str| text.parse::<Cidr>().expect("a block");
    for wrong in ["10.4.0.0/15", "10.4.0.0/29", "169.254.0.0/16"] {
        assert_eq!(world.refused(associate(vpc, wrong)), Refusal::Size(block(wrong)));
    }
    for wrong in ["10.0.0.0/16", "10.0.1.0/24"] {
        assert_eq!(world.refused(associate(vpc, wrong)), Refusal::Overlaps(block(wrong)));
    }
    for wrong in ["192.168.0.0/16", "198.19.0.0/24"] {
        assert_eq!(world.refused(associate(vpc, wrong)), Refusal::Restricted(block(wrong)));
    }
    let (scope, tags) = (scope(), Tags::new());
    let cidr = block("10.8.0.0/16");
    let peer = world
        .ask(vpc::Create { scope: scope.clone(), cidr, has_ipv6: false, tags: tags.clone() })
        .unwrap()
        .id;
    let question = peering::Create {
        scope: scope.clone(),
        vpc,
        accepter_scope: scope.clone(),
        accepter: peer,
        tags,
    };
    let peering = world.ask(question).unwrap().id;
    assert_eq!(world.refused(associate(vpc, "10.9.0.0/16")), Refusal::AsksForPeer(vpc));
    let accept = peering::Decide { scope: scope.clone(), peering, deed: peering::Deed::Accept };
    world.ask(accept).unwrap();
    let overlaps = Refusal::OverlapsPeer(block("10.8.4.0/24"), peer);
    assert_eq!(world.refused(associate(vpc, "10.8.4.0/24")), overlaps);
    // The peer knows what comes.
    world.ask(associate(vpc, "10.9.0.0/16")).unwrap();
    let known = &world.plans[&peer].peers[&peering].cidrs;
    assert_eq!(known, &[block("10.0.0.0/16"), block("10.9.0.0/16")]);
    let table = world.engine.vpc(&scope, vpc).unwrap().main_route_table;
    let target = Target::Peering(peering);
    let route = Route { destination: block("10.20.0.0/20"), target };
    world.ask(route::Create { scope: scope.clone(), table, route }).unwrap();
    let routed = Refusal::Routed(block("10.20.0.0/16"), block("10.20.0.0/20"));
    assert_eq!(world.refused(associate(vpc, "10.20.0.0/16")), routed);
    for more in ["10.20.0.0/24", "100.64.0.0/16", "10.30.0.0/16"] {
        world.ask(associate(vpc, more)).unwrap();
    }
    assert_eq!(world.refused(associate(vpc, "10.31.0.0/16")), Refusal::TooMany(vpc));
}
