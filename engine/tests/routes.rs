//! Routes, internet gateways, public addresses and NAT gateways, asked of the engine as the server
//! asks, with what the node is told of them.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use engine::ask::Ask;
use engine::cidr::Cidr;
use engine::effect::{Effect, Effects};
use engine::engine::{Config, Engine};
use engine::id::{
    AllocationId, EniId, InternetGatewayId, NatGatewayId, RouteTableId, SubnetId, VpcId,
};
use engine::input::Input;
use engine::limits::{Limits, NAT_SHOWN};
use engine::network::reach::Content;
use engine::network::{
    elastic_ip, eni, internet_gateway, nat_gateway, route, route_table, subnet, vpc,
};
use engine::node::{NodeCommand, NodeReport};
use engine::plan::{DropReason, RouteTarget, VpcPlan};
use engine::record::elastic_ip::ElasticIp;
use engine::record::function::EniModel;
use engine::record::nat_gateway::{Connectivity, NatGateway, NatState};
use engine::record::route_table::{Route, RouteTable, Target as RouteEnd};
use engine::record::vpc::Vpc;
use engine::record::{Change, Key, Record};
use engine::scope::{Scope, Tags};
use engine::tell::explain::Subject;
use engine::tell::reach::{Gate, Origin, Reached, Target};
use engine::time::Time;

/// An engine, a store that is always quick, and what the node was told last of the one VPC.
struct World {
    engine: Engine,
    stored: Vec<(Key, Record)>,
    plan: Option<Arc<VpcPlan>>,
    now: u64,
}

fn config() -> Config {
    Config { seed: 1, eni_model: EniModel::Hyperplane, limits: Limits::default() }
}

fn scope() -> Scope {
    Scope { account: 0, region: "us-east-1".into() }
}

fn block(text: &str) -> Cidr {
    text.parse().expect("a block")
}

fn address(text: &str) -> Ipv4Addr {
    text.parse().expect("an address")
}

impl World {
    fn new() -> World {
        World { engine: Engine::new(config()), stored: Vec::new(), plan: None, now: 0 }
    }

    fn take(&mut self, effects: Effects) {
        for effect in effects {
            match effect {
                Effect::Persist(_, changes) => {
                    changes.into_iter().for_each(|change| match change {
                        Change::Put(record) => {
                            let key = record.key();
                            self.stored.retain(|(other, _)| *other != key);
                            self.stored.push((key, *record));
                        }
                        Change::Delete(key) => self.stored.retain(|(other, _)| *other != key),
                    })
                }
                Effect::Command(_, NodeCommand::Plan(plan)) => self.plan = Some(plan),
                _ => {}
            }
        }
    }

    fn ask<A: Ask>(&mut self, question: A) -> Result<A::Answer, A::Refusal> {
        self.now += 1;
        let mut effects = Effects::new();
        let asked = self.engine.ask(Time(self.now), question, &mut effects)?;
        self.take(effects);
        Ok(asked.answer)
    }

    /// Time passes, and the node does what it was told.
    fn step(&mut self, wait: Duration) {
        self.now += u64::try_from(wait.as_nanos()).expect("not for ever");
        let plan = self.plan.clone().expect("a VPC is planned");
        let (vpc, generation) = (plan.vpc, plan.generation);
        let mut effects = Effects::new();
        let report = NodeReport::PlanInForce { vpc, generation };
        self.engine.step(Time(self.now), Input::Node(report), &mut effects);
        self.take(effects);
    }

    fn plan(&self) -> &VpcPlan {
        self.plan.as_ref().expect("a VPC is planned")
    }

    fn vpc(&mut self, text: &str) -> Vpc {
        let question =
            vpc::Create { has_ipv6: false, scope: scope(), cidr: block(text), tags: Tags::new() };
        self.ask(question).expect("a VPC is made")
    }

    fn subnet(&mut self, vpc: VpcId, text: &str) -> SubnetId {
        let (zone, zone_id) = ("us-east-1a".into(), "use1-az1".into());
        let (scope, cidr, tags) = (scope(), block(text), Tags::new());
        self.ask(subnet::Create { cidr6: None, scope, vpc, cidr, zone, zone_id, tags })
            .expect("it is made")
            .0
            .id
    }

    fn gateway(&mut self, vpc: VpcId) -> InternetGatewayId {
        let question = internet_gateway::Create { scope: scope(), tags: Tags::new() };
        let gateway = self.ask(question).expect("it is made").id;
        self.ask(attach(gateway, vpc)).expect("it is attached");
        gateway
    }

    fn table(&mut self, vpc: VpcId, subnet: SubnetId) -> RouteTableId {
        let question = route_table::Create { scope: scope(), vpc, tags: Tags::new() };
        let table = self.ask(question).expect("it is made").id;
        self.ask(route_table::Associate { scope: scope(), table, subnet }).expect("it is chosen");
        table
    }

    fn eni(&mut self, subnet: SubnetId) -> EniId {
        let (groups, description) = (Default::default(), String::new());
        let (address, tags) = (None, Tags::new());
        let question = eni::Create {
            ipv6: Default::default(),
            scope: scope(),
            subnet,
            groups,
            address,
            description,
            tags,
        };
        self.ask(question).expect("it is made").id
    }

    fn allocate(&mut self) -> ElasticIp {
        let question = elastic_ip::Allocate { scope: scope(), tags: Tags::new() };
        self.ask(question).expect("an address is free")
    }

    fn nat(&mut self, subnet: SubnetId, allocation: AllocationId) -> NatGateway {
        self.ask(nat(subnet, Connectivity::Public(allocation))).expect("it is made")
    }

    fn exit(&self, eni: EniId, subnet: SubnetId, to: &str) -> Result<Ipv4Addr, DropReason> {
        self.plan()
            .exit((eni, subnet), address(to), 6)
            .map(|exit| exit.public().expect("an address"))
    }

    fn state(&self, id: NatGatewayId) -> NatState {
        self.engine.find::<NatGateway>(&scope(), id).expect("it is shown").state.clone()
    }
}

fn attach(gateway: InternetGatewayId, vpc: VpcId) -> internet_gateway::Attach {
    internet_gateway::Attach { scope: scope(), gateway, vpc }
}

fn detach(gateway: InternetGatewayId, vpc: VpcId) -> internet_gateway::Detach {
    internet_gateway::Detach { scope: scope(), gateway, vpc }
}

fn create(table: RouteTableId, text: &str, target: RouteEnd) -> route::Create {
    route::Create { scope: scope(), table, route: Route { destination: block(text), target } }
}

fn associate(allocation: AllocationId, eni: EniId) -> elastic_ip::Associate {
    let (private, reassociates) = (None, false);
    elastic_ip::Associate { scope: scope(), allocation, eni, private, reassociates }
}

fn nat(subnet: SubnetId, connectivity: Connectivity) -> nat_gateway::Create {
    nat_gateway::Create { scope: scope(), subnet, connectivity, address: None, tags: Tags::new() }
}

#[test]
fn a_default_vpc_leads_to_the_internet() {
    let mut world = World::new();
    let zones = vec![("us-east-1a".into(), "use1-az1".into())];
    let vpc = world.ask(vpc::CreateDefault { scope: scope(), zones }).expect("it is made");
    let table = world.engine.find::<RouteTable>(&scope(), vpc.main_route_table).expect("there");
    let [Route { destination, target: RouteEnd::InternetGateway(gateway) }] = table.routes[..]
    else {
        panic!("{table:?}")
    };
    assert_eq!((destination, world.plan().gateway), (Cidr::ANYWHERE, Some(gateway)));
    let subnet = world.engine.subnets(&scope()).next().expect("it has one").id;
    let eni = world.eni(subnet);
    // Of itself nothing has a public address.
    assert_eq!(world.exit(eni, subnet, "203.0.113.9"), Err(DropReason::NoPublicAddress));
}

#[test]
fn the_longest_prefix_leads_and_a_target_that_is_gone_is_a_blackhole() {
    let mut world = World::new();
    let vpc = world.vpc("10.0.0.0/16");
    let subnet = world.subnet(vpc.id, "10.0.1.0/24");
    let gateway = world.gateway(vpc.id);
    let table = vpc.main_route_table;
    let target = RouteEnd::InternetGateway(gateway);
    let eni = world.eni(subnet);
    assert_eq!(world.exit(eni, subnet, "203.0.113.9"), Err(DropReason::NoRoute));
    world.ask(create(table, "203.0.113.0/24", target)).expect("it is made");
    let ip = world.allocate();
    world.ask(associate(ip.id, eni)).expect("it is given");
    assert_eq!(world.exit(eni, subnet, "203.0.113.9"), Ok(ip.address));
    assert_eq!(world.exit(eni, subnet, "192.0.2.9"), Err(DropReason::NoRoute));
    let refused = world.ask(create(table, "203.0.113.7/24", target));
    assert_eq!(refused, Err(route::Refusal::Exists(block("203.0.113.0/24"))));
    let refused = world.ask(create(table, "10.0.0.0/16", target));
    assert_eq!(refused, Err(route::Refusal::Exists(block("10.0.0.0/16"))));
    let refused = world.ask(create(table, "10.0.1.0/24", target));
    assert_eq!(refused, Err(route::Refusal::Within(block("10.0.1.0/24"), target)));
    let refused = world.ask(create(table, "169.254.169.0/24", target));
    assert_eq!(refused, Err(route::Refusal::Reserved(block("169.254.169.0/24"))));
    let mapped = world.ask(detach(gateway, vpc.id));
    assert_eq!(mapped, Err(internet_gateway::Refusal::Mapped(vpc.id)));
    let association = world.engine.public_of(eni).and_then(|ip| ip.association).expect("held").id;
    world.ask(elastic_ip::Disassociate { scope: scope(), association }).expect("it is taken");
    world.ask(detach(gateway, vpc.id)).expect("nothing is mapped");
    assert_eq!(world.exit(eni, subnet, "203.0.113.9"), Err(DropReason::Blackhole));
    // One that comes back leads again.
    world.ask(attach(gateway, vpc.id)).expect("it is attached");
    assert_eq!(world.exit(eni, subnet, "203.0.113.9"), Err(DropReason::NoPublicAddress));
    let destination = block("203.0.113.0/24");
    let delete = route::Delete { scope: scope(), table, destination };
    world.ask(delete.clone()).expect("it is there");
    assert_eq!(world.ask(delete), Err(route::Refusal::NoRoute(table, destination)));
    let replace = route::Replace { scope: scope(), table, route: Route { destination, target } };
    assert_eq!(world.ask(replace), Err(route::Refusal::NothingToReplace(destination)));
    let local = route::Delete { scope: scope(), table, destination: vpc.cidr };
    assert_eq!(world.ask(local), Err(route::Refusal::Local(table, vpc.cidr)));
}

#[test]
fn a_vpc_has_one_gateway_and_a_gateway_one_vpc() {
    let mut world = World::new();
    let (first, second) = (world.vpc("10.0.0.0/16").id, world.vpc("10.0.0.0/16").id);
    let gateway = world.gateway(first);
    let other = internet_gateway::Create { scope: scope(), tags: Tags::new() };
    let other = world.ask(other).expect("it is made").id;
    let refused = world.ask(attach(gateway, second));
    assert_eq!(refused, Err(internet_gateway::Refusal::Attached(gateway, first)));
    let refused = world.ask(attach(other, first));
    assert_eq!(refused, Err(internet_gateway::Refusal::HasOne(first)));
    let refused = world.ask(detach(other, first));
    assert_eq!(refused, Err(internet_gateway::Refusal::NotAttached(other, first)));
    let delete = |gateway| internet_gateway::Delete { scope: scope(), gateway };
    let refused = world.ask(delete(gateway));
    assert_eq!(refused, Err(internet_gateway::Refusal::InUse(gateway)));
    let delete_vpc = vpc::Delete { scope: scope(), vpc: first };
    assert_eq!(world.ask(delete_vpc.clone()), Err(vpc::Refusal::InUse(first)));
    world.ask(detach(gateway, first)).expect("it is attached");
    world.ask(delete(gateway)).expect("it is free");
    world.ask(delete_vpc).expect("nothing is in it");
}

#[test]
fn a_nat_gateway_leads_by_the_routes_of_its_own_subnet() {
    let mut world = World::new();
    let vpc = world.vpc("10.0.0.0/16");
    let (public, private) =
        (world.subnet(vpc.id, "10.0.1.0/24"), world.subnet(vpc.id, "10.0.2.0/24"));
    let gateway = world.gateway(vpc.id);
    let ip = world.allocate();
    let made = world.nat(public, ip.id);
    assert!(world.engine.is_pending(made.id));
    world.step(Duration::from_millis(1));
    assert!(!world.engine.is_pending(made.id));
    let NatState::Made(of_nat) = made.state else { panic!("{made:?}") };
    let shown = world.engine.eni(&scope(), of_nat).expect("it has one").clone();
    assert_eq!(shown.description, format!("Interface for NAT Gateway {}", made.id));
    let table = world.table(vpc.id, private);
    world.ask(create(table, "0.0.0.0/0", RouteEnd::NatGateway(made.id))).expect("it is there");
    let eni = world.eni(private);
    assert_eq!(world.exit(eni, private, "203.0.113.9"), Err(DropReason::NatRoute));
    let main = vpc.main_route_table;
    world.ask(create(main, "0.0.0.0/0", RouteEnd::InternetGateway(gateway))).expect("it is there");
    assert_eq!(world.exit(eni, private, "203.0.113.9"), Ok(ip.address));
    let esp = world.plan().exit((eni, private), address("203.0.113.9"), 50);
    assert_eq!(esp, Err(DropReason::NatProtocol));
    // Its own subnet's ENIs have no public address by it.
    let beside = world.eni(public);
    assert_eq!(world.exit(beside, public, "203.0.113.9"), Err(DropReason::NoPublicAddress));
    let told = world.engine.explain(Subject::Eni(eni)).expect("it is known");
    let lines: Vec<_> = told.lines().into_iter().map(|(_, line)| line.to_owned()).collect();
    assert!(lines.contains(&format!("0.0.0.0/0 to {}", made.id)), "{lines:?}");
    // What it has is kept while it is there.
    let refused = world.ask(elastic_ip::Release { scope: scope(), allocation: ip.id });
    assert_eq!(refused, Err(elastic_ip::Refusal::InUse(ip.address)));
    let refused = world.ask(eni::Delete { scope: scope(), eni: of_nat });
    assert_eq!(refused, Err(eni::Refusal::InUse(of_nat)));
    let refused = world.ask(associate(ip.id, eni));
    assert_eq!(refused, Err(elastic_ip::Refusal::Managed(of_nat)));
    // Restored, the engine tells the node the same.
    let records = world.stored.iter().map(|(_, record)| record.clone()).collect();
    let mut effects = Effects::new();
    let restored = Engine::restore(config(), records, &mut effects).expect("they fit together");
    restored.check();
    let plan = effects.into_iter().find_map(|effect| match effect {
        Effect::Command(_, NodeCommand::Plan(plan)) => Some(plan),
        _ => None,
    });
    let plan = plan.expect("the VPC is planned");
    assert_eq!(VpcPlan { generation: world.plan().generation, ..(*plan).clone() }, *world.plan());
    world.ask(nat_gateway::Delete { scope: scope(), nat: made.id }).expect("it is there");
    assert_eq!(world.exit(eni, private, "203.0.113.9"), Err(DropReason::Blackhole));
    let deleted = matches!(world.state(made.id), NatState::Deleted { public: Some(_), .. });
    assert!(deleted, "{:?}", world.state(made.id));
    world.ask(elastic_ip::Release { scope: scope(), allocation: ip.id }).expect("it is free");
    world.step(NAT_SHOWN + Duration::from_secs(1));
    assert!(world.engine.find::<NatGateway>(&scope(), made.id).is_err(), "it is shown no longer");
    let table = world.engine.find::<RouteTable>(&scope(), table).expect("it is there");
    assert!(!world.engine.is_active(table, RouteEnd::NatGateway(made.id)));
    let route = world.plan().tables[&table.id].routes[1];
    assert_eq!(route.target, RouteTarget::Blackhole);
}

#[test]
fn a_nat_gateway_that_cannot_be_made_is_shown_as_failed() {
    let mut world = World::new();
    let vpc = world.vpc("10.0.0.0/16");
    let subnet = world.subnet(vpc.id, "10.0.1.0/28");
    let ip = world.allocate();
    let made = world.nat(subnet, ip.id);
    let code = |nat: &NatGateway| match &nat.state {
        NatState::Failed { code, .. } => code.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(code(&made), "Gateway.NotAttached");
    world.gateway(vpc.id);
    let first = world.nat(subnet, ip.id);
    assert!(matches!(first.state, NatState::Made(_)));
    let again = world.nat(subnet, ip.id);
    assert_eq!(code(&again), "Resource.AlreadyAssociated");
    while world.engine.free_addresses(subnet) > 0 {
        world.eni(subnet);
    }
    let other = world.allocate();
    let full = world.nat(subnet, other.id);
    assert_eq!(code(&full), "InsufficientFreeAddressesInSubnet");
    assert_eq!(world.engine.public_of(EniId(0)), None);
    let free = world.engine.find::<ElasticIp>(&scope(), other.id).expect("it is there");
    assert_eq!(free.association, None, "one that failed has no address");
    // Failed ones are shown for a while, and only so many.
    for _ in 0..150 {
        world.nat(subnet, other.id);
    }
    let gone = world.engine.all::<NatGateway>(&scope()).count();
    assert_eq!(gone, 1 + engine::limits::NATS_GONE);
    world.step(NAT_SHOWN + Duration::from_secs(1));
    assert_eq!(world.engine.all::<NatGateway>(&scope()).count(), 1);
}

#[test]
fn an_address_is_given_moved_and_goes_with_its_eni() {
    let mut world = World::new();
    let vpc = world.vpc("10.0.0.0/16");
    let subnet = world.subnet(vpc.id, "10.0.1.0/24");
    let (first, second) = (world.eni(subnet), world.eni(subnet));
    let (ip, other) = (world.allocate(), world.allocate());
    assert_ne!(ip.address, other.address);
    assert_eq!(world.ask(associate(ip.id, first)), Err(elastic_ip::Refusal::NoGateway(vpc.id)));
    world.gateway(vpc.id);
    let association = world.ask(associate(ip.id, first)).expect("it is given");
    assert_eq!(world.ask(associate(ip.id, first)), Ok(association), "it has it already");
    let refused = world.ask(associate(ip.id, second));
    assert_eq!(refused, Err(elastic_ip::Refusal::Associated(ip.id, association)));
    let refused = world.ask(associate(other.id, first));
    assert_eq!(refused, Err(elastic_ip::Refusal::HasOne(first, association)));
    let elsewhere =
        elastic_ip::Associate { private: Some(address("10.0.1.99")), ..associate(other.id, first) };
    let refused = world.ask(elsewhere);
    assert_eq!(refused, Err(elastic_ip::Refusal::NotOfEni(address("10.0.1.99"), first)));
    let moved = elastic_ip::Associate { reassociates: true, ..associate(ip.id, second) };
    world.ask(moved).expect("it may be taken");
    let planned: Vec<_> = world.plan().publics.iter().map(|(eni, at)| (*eni, at.public)).collect();
    assert_eq!(planned, [(second, ip.address)]);
    world.ask(eni::Delete { scope: scope(), eni: second }).expect("nobody holds it");
    assert!(world.plan().publics.is_empty());
    world.ask(elastic_ip::Release { scope: scope(), allocation: ip.id }).expect("it is free");
    let no_more = elastic_ip::Release { scope: scope(), allocation: ip.id };
    assert_eq!(world.ask(no_more), Err(elastic_ip::Refusal::NoAddress(ip.id)));
}

#[test]
fn reach_tells_what_is_let_in_from_outside() {
    let mut world = World::new();
    let vpc = world.vpc("10.0.0.0/16").id;
    let subnet = world.subnet(vpc, "10.0.1.0/24");
    let (gateway, table) = (world.gateway(vpc), world.table(vpc, subnet));
    let eni = world.eni(subnet);
    let outside = Origin::Outside(address("203.0.113.1"));
    let told = |world: &World, to| {
        let told = world.engine.reach(outside, to, Content::Tcp(80)).expect("it is told");
        let path = &told.paths[0];
        assert_eq!((told.verdict, path.eni, path.subnet), (Reached::Stopped, None, None));
        let last = path.hops.last().expect("something is met");
        (last.gate, last.text.clone(), path.mend.clone())
    };
    let (gate, text, _) = told(&world, Target::Eni(eni));
    assert!(gate == Gate::Route && text.contains("no public address"), "{text}");
    let (gate, text, _) = told(&world, Target::Address(address("198.18.9.9")));
    assert!(gate == Gate::Arrival && text.contains("of no ENI"), "{text}");
    let ip = world.allocate();
    world.ask(associate(ip.id, eni)).expect("it is given");
    // Nothing would find its way back.
    for to in [Target::Eni(eni), Target::Address(ip.address)] {
        let (gate, text, mend) = told(&world, to);
        assert!(
            gate == Gate::Arrival && text.contains("no route to an internet gateway"),
            "{text}"
        );
        let mend = mend.expect("a route would do");
        assert!(
            mend.contains(&format!("{table} ")) && mend.ends_with(&gateway.to_string()),
            "{mend}"
        );
    }
    let target = Target::Address(ip.address);
    world.ask(create(table, "0.0.0.0/0", RouteEnd::InternetGateway(gateway))).expect("it is made");
    let (_, text, _) = told(&world, target);
    assert!(text.contains("attached to nothing"), "{text}");
    // Nor does the ENI that a NAT gateway has take anything.
    let of_nat = world.allocate();
    world.nat(subnet, of_nat.id);
    let (gate, text, _) = told(&world, Target::Address(of_nat.address));
    assert!(gate == Gate::Arrival && text.contains("takes no connections"), "{text}");
}
