//! Names that the network has of itself, and the DHCP options of VPCs, asked of the engine as the server
//! asks, with what the node is told of them.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use engine::ask::Ask;
use engine::effect::{Effect, Effects};
use engine::engine::{Config, Engine};
use engine::id::{CallerId, SubnetId, VpcId};
use engine::limits::Limits;
use engine::network::dhcp_options::{self, Refusal};
use engine::network::name::Known;
use engine::network::peering::{self, Deed};
use engine::network::{elastic_ip, internet_gateway, resource, subnet, vpc};
use engine::node::NodeCommand;
use engine::plan::{DnsPlan, VpcPlan};
use engine::record::dhcp_options::{DhcpOptions, Server};
use engine::record::function::EniModel;
use engine::record::resource::ResourceKind;
use engine::record::vpc::Vpc;
use engine::record::{Change, Record};
use engine::scope::{Scope, Tags};
use engine::time::Time;

fn config() -> Config {
    Config { seed: 1, eni_model: EniModel::Hyperplane, limits: Limits::default() }
}

fn scope(region: &str) -> Scope {
    Scope { account: 0, region: region.into() }
}

/// An engine, with all that it has stored, and what the node was told last.
struct World {
    engine: Engine,
    stored: Vec<Record>,
    plan: Option<Arc<VpcPlan>>,
    now: u64,
}

impl World {
    fn new() -> World {
        World { engine: Engine::new(config()), stored: Vec::new(), plan: None, now: 0 }
    }

    fn ask<A: Ask>(&mut self, question: A) -> Result<A::Answer, A::Refusal> {
        self.now += 1;
        let mut effects = Effects::new();
        let asked = self.engine.ask(Time(self.now), question, &mut effects)?;
        for effect in effects {
            match effect {
                Effect::Persist(_, changes) => {
                    for change in changes {
                        if let Change::Put(record) = change {
                            self.stored.retain(|other| other.key() != record.key());
                            self.stored.push(*record);
                        }
                    }
                }
                Effect::Command(_, NodeCommand::Plan(plan)) => self.plan = Some(plan),
                _ => {}
            }
        }
        Ok(asked.answer)
    }

    fn vpc(&mut self, region: &str, block: &str) -> Vpc {
        let cidr = block.parse().expect("a block");
        let made = self.ask(vpc::Create {
            scope: scope(region),
            cidr,
            has_ipv6: false,
            tags: Tags::new(),
        });
        made.expect("a VPC is made")
    }

    fn subnet(&mut self, region: &str, vpc: VpcId, block: &str) -> SubnetId {
        let (zone, zone_id) = (format!("{region}a"), "az1".into());
        let (scope, cidr) = (scope(region), block.parse().expect("a block"));
        let question =
            subnet::Create { scope, vpc, cidr, cidr6: None, zone, zone_id, tags: Tags::new() };
        self.ask(question).expect("a subnet is made").0.id
    }

    fn resource(&mut self, region: &str, subnet: SubnetId, name: &str, dns_name: &str) {
        let question = resource::Create {
            caller: CallerId(1),
            scope: scope(region),
            name: name.into(),
            subnet,
            groups: [].into(),
            kind: ResourceKind::Process(Vec::new()),
            dns_name: Some(dns_name.into()),
        };
        self.ask(question).expect("a resource is made");
    }

    fn dns(&self) -> &DnsPlan {
        &self.plan.as_ref().expect("a VPC is planned").dns
    }
}

fn of_ipv4(address: IpAddr) -> Option<Ipv4Addr> {
    match address {
        IpAddr::V4(address) => Some(address),
        IpAddr::V6(_) => None,
    }
}

fn addresses(all: &[[u8; 4]]) -> Vec<Ipv4Addr> {
    all.iter().map(|address| Ipv4Addr::from(*address)).collect()
}

#[test]
fn interfaces_have_names_in_the_domain_of_their_region_in_their_vpc_alone() {
    for (region, domain) in
        [("us-east-1", "ec2.internal"), ("eu-west-1", "eu-west-1.compute.internal")]
    {
        let mut world = World::new();
        let (vpc, other) = (world.vpc(region, "10.0.0.0/16"), world.vpc(region, "10.0.0.0/16"));
        let subnet = world.subnet(region, vpc.id, "10.0.1.0/24");
        world.resource(region, subnet, "db", "db.example");
        let name = format!("ip-10-0-1-4.{domain}");
        let known = |vpc, name: &str| world.engine.own_name(vpc, name);
        assert_eq!(known(vpc.id, &name), Some(Known::Addresses(addresses(&[[10, 0, 1, 4]]))));
        let back = known(vpc.id, "4.1.0.10.in-addr.arpa");
        assert_eq!(back, Some(Known::Pointer(name.clone())));
        for missing in [
            format!("ip-10-0-1-5.{domain}"),
            format!("ip-10-9-1-4.{domain}"),
            format!("db.{domain}"),
            "5.1.0.10.in-addr.arpa".into(),
        ] {
            assert!(matches!(known(vpc.id, &missing), Some(Known::Missing(_))), "{missing}");
        }
        assert!(matches!(known(other.id, &name), Some(Known::Missing(_))));
        for others in ["4.1.9.10.in-addr.arpa", "example.com", "internal", "ec2.internal.example"] {
            assert_eq!(known(vpc.id, others), None, "{others}");
        }
    }
}

#[test]
fn a_public_name_stands_for_the_private_address_inside_and_for_a_peer_that_is_let_know() {
    let mut world = World::new();
    let region = "us-east-1";
    let (vpc, peer) = (world.vpc(region, "10.0.0.0/16"), world.vpc(region, "10.1.0.0/16"));
    let subnet = world.subnet(region, vpc.id, "10.0.1.0/24");
    world.resource(region, subnet, "db", "db.example");
    let scope = || scope(region);
    let made = internet_gateway::Create { scope: scope(), tags: Tags::new() };
    let gateway = world.ask(made).expect("a gateway is made").id;
    let attach = internet_gateway::Attach { scope: scope(), gateway, vpc: vpc.id };
    world.ask(attach).expect("it is attached");
    let allocate = elastic_ip::Allocate { scope: scope(), tags: Tags::new() };
    let ip = world.ask(allocate).expect("an address");
    let eni = world.engine.enis(&scope()).next().expect("an ENI").id;
    let (scope_of, allocation) = (scope(), ip.id);
    let associate = elastic_ip::Associate {
        scope: scope_of,
        allocation,
        eni,
        private: None,
        reassociates: false,
    };
    world.ask(associate).expect("it is associated");
    let name = format!("ec2-{}.compute-1.amazonaws.com", ip.address.to_string().replace('.', "-"));
    let known = |world: &World, vpc| world.engine.own_name(vpc, &name);
    let found = |address: Ipv4Addr| Some(Known::Addresses(Vec::from([address])));
    let private = Ipv4Addr::new(10, 0, 1, 4);
    let create = peering::Create {
        scope: scope(),
        vpc: peer.id,
        accepter_scope: scope(),
        accepter: vpc.id,
        tags: Tags::new(),
    };
    let made = world.ask(create).expect("it is asked for").id;
    let decide = |deed| peering::Decide { scope: scope(), peering: made, deed };
    world.ask(decide(Deed::Accept)).expect("it is accepted");
    for (requester, accepter, at_peer) in
        [(false, false, ip.address), (true, false, ip.address), (false, true, private)]
    {
        let options = decide(Deed::Options(Some(requester), Some(accepter)));
        world.ask(options).expect("it is changed");
        assert_eq!(known(&world, vpc.id), found(private));
        assert_eq!(known(&world, peer.id), found(at_peer), "{requester} {accepter}");
    }
    world.ask(decide(Deed::Delete)).expect("it is deleted");
    assert_eq!(known(&world, peer.id), found(ip.address));
}

#[test]
fn a_name_of_resources_is_known_to_all_vpcs_of_their_owner_the_own_ones_first() {
    let mut world = World::new();
    let region = "us-east-1";
    let (vpc, other) = (world.vpc(region, "10.0.0.0/16"), world.vpc(region, "10.1.0.0/16"));
    let foreign = world.vpc("eu-west-1", "10.2.0.0/16");
    let subnet = world.subnet(region, vpc.id, "10.0.1.0/24");
    world.resource(region, subnet, "one", "db.example");
    world.resource(region, subnet, "two", "db.example");
    let both = addresses(&[[10, 0, 1, 4], [10, 0, 1, 5]]);
    let given = |world: &World, vpc| {
        let found = world.engine.given_name(vpc, "db.example").into_iter();
        let mut found: Vec<Ipv4Addr> = found.filter_map(of_ipv4).collect();
        found.sort_unstable();
        found
    };
    assert_eq!(given(&world, vpc.id), both);
    assert_eq!(given(&world, other.id), both);
    assert!(world.engine.given_name(foreign.id, "db.example").is_empty());
    let subnet = world.subnet(region, other.id, "10.1.1.0/24");
    world.resource(region, subnet, "three", "db.example");
    let own = addresses(&[[10, 1, 1, 4]]);
    assert_eq!(given(&world, other.id), own);
    assert_eq!(given(&world, vpc.id), both);
}

#[test]
fn a_vpc_has_the_options_of_its_scope_until_it_is_given_others() {
    let mut world = World::new();
    let vpc = world.vpc("us-east-1", "10.0.0.0/16");
    let own = Ipv4Addr::new(10, 0, 0, 2);
    let plan = |servers: Vec<Ipv4Addr>, domain: Option<&str>| DnsPlan {
        resolver: Some(own),
        servers,
        domain: domain.map(str::to_owned),
    };
    assert_eq!(*world.dns(), plan(vec![own], Some("ec2.internal")));
    let at = Ipv4Addr::new(10, 0, 1, 9);
    let create = dhcp_options::Create {
        scope: scope("us-east-1"),
        domain: Some("corp.example".into()),
        servers: vec![Server::At(at), Server::Amazon],
        tags: Tags::new(),
    };
    let made = world.ask(create).expect("a set is made").id;
    let associate =
        |options| dhcp_options::Associate { scope: scope("us-east-1"), options, vpc: vpc.id };
    world.ask(associate(Some(made))).expect("it is there");
    assert_eq!(*world.dns(), plan(vec![at, own], Some("corp.example")));
    let delete = || dhcp_options::Delete { scope: scope("us-east-1"), options: made };
    assert_eq!(world.ask(delete()), Err(Refusal::InUse(made)));
    world.ask(associate(None)).expect("none is there always");
    assert_eq!(*world.dns(), plan(Vec::new(), None));
    world.ask(delete()).expect("nobody has it");
    assert_eq!(world.ask(associate(Some(made))), Err(Refusal::NoOptions(made)));
}

#[test]
fn vpcs_of_earlier_releases_come_to_share_a_set() {
    let mut world = World::new();
    let ids = ["10.0.0.0/16", "10.1.0.0/16"].map(|block| world.vpc("us-east-1", block).id);
    // As they were stored: each with the id of a set of its own, and no set.
    world.stored.retain(|record| !matches!(record, Record::DhcpOptions(_)));
    for (number, record) in world.stored.iter_mut().enumerate() {
        if let Record::Vpc(vpc) = record {
            vpc.dhcp_options = engine::id::DhcpOptionsId(7 + number as u64);
        }
    }
    let mut effects = Effects::new();
    let engine = Engine::restore(config(), world.stored, &mut effects).expect("it is whole");
    engine.check();
    let scope = scope("us-east-1");
    let (all, vpcs): (Vec<&DhcpOptions>, _) =
        (engine.all(&scope).collect(), ids.map(|id| engine.vpc(&scope, id).expect("it is there")));
    assert_eq!(all.len(), 1);
    assert!(all[0].is_default && vpcs.iter().all(|vpc| vpc.dhcp_options == all[0].id));
}
