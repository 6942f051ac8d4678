//! IPv6 blocks and addresses, asked of the engine as the server asks.

use std::collections::BTreeSet;
use std::net::Ipv6Addr;

use engine::ask::Ask;
use engine::cidr6::Cidr6;
use engine::effect::{Effect, Effects};
use engine::engine::{Config, Engine};
use engine::id::{EniId, SubnetId, VpcId};
use engine::limits::{IPV6_ADDRESSES, Limits};
use engine::network::address6::{Assign, Refusal as AddressRefusal, Unassign, Wish};
use engine::network::ipv6::{
    AssociateSubnet, AssociateVpc, DisassociateSubnet, DisassociateVpc, Refusal,
};
use engine::network::{eni, group, network_acl, subnet, vpc};
use engine::record::eni::Eni;
use engine::record::function::EniModel;
use engine::record::group::{Direction, Group, Peer};
use engine::record::network_acl::{AclBlock, NetworkAcl};
use engine::record::subnet::Subnet;
use engine::record::vpc::Vpc;
use engine::record::{Change, Key, Record};
use engine::scope::{Scope, Tags};
use engine::time::Time;

/// An engine, and a store that is always quick.
struct World {
    engine: Engine,
    stored: Vec<(Key, Record)>,
    now: u64,
}

fn config() -> Config {
    let limits = Limits { vpcs_per_scope: 1000, ..Limits::default() };
    Config { seed: 1, eni_model: EniModel::Classic, limits }
}

fn scope() -> Scope {
    Scope { account: 0, region: "us-east-1".into() }
}

fn address(text: &str) -> Ipv6Addr {
    text.parse().expect("an address")
}

impl World {
    fn new() -> World {
        World { engine: Engine::new(config()), stored: Vec::new(), now: 0 }
    }

    fn ask<A: Ask>(&mut self, question: A) -> Result<A::Answer, A::Refusal> {
        self.now += 1;
        let mut effects = Effects::new();
        let asked = self.engine.ask(Time(self.now), question, &mut effects)?;
        for effect in effects {
            let Effect::Persist(_, changes) = effect else { continue };
            for change in changes {
                let (key, record) = match change {
                    Change::Put(record) => (record.key(), Some(*record)),
                    Change::Delete(key) => (key, None),
                };
                self.stored.retain(|(other, _)| *other != key);
                self.stored.extend(record.map(|record| (key, record)));
            }
        }
        self.engine.check();
        Ok(asked.answer)
    }

    /// The same engine after a restart.
    fn restart(&mut self) {
        let records = self.stored.iter().map(|(_, record)| record.clone()).collect();
        self.engine = Engine::restore(config(), records, &mut Effects::new()).expect("it is whole");
        self.engine.check();
    }

    fn vpc(&mut self, has_ipv6: bool) -> Vpc {
        let cidr = "10.0.0.0/16".parse().expect("a block");
        self.ask(vpc::Create { scope: scope(), cidr, has_ipv6, tags: Tags::new() }).expect("made")
    }

    fn subnet(&mut self, vpc: VpcId, block: &str, cidr6: Option<Cidr6>) -> SubnetId {
        let (zone, zone_id) = ("us-east-1a".into(), "use1-az1".into());
        let (scope, cidr, tags) = (scope(), block.parse().expect("a block"), Tags::new());
        let question = subnet::Create { scope, vpc, cidr, cidr6, zone, zone_id, tags };
        self.ask(question).expect("made").0.id
    }

    fn eni(&mut self, subnet: SubnetId, ipv6: Wish) -> Result<Eni, eni::Refusal> {
        self.ask(eni::Create {
            scope: scope(),
            subnet,
            groups: BTreeSet::new(),
            address: None,
            ipv6,
            description: String::new(),
            tags: Tags::new(),
        })
    }

    fn held(&self, id: EniId) -> Vec<Ipv6Addr> {
        self.engine.find::<Eni>(&scope(), id).expect("it is there").addresses6.clone()
    }
}

fn any(count: usize) -> Wish {
    Wish { any: Some(count), ..Wish::default() }
}

fn these(addresses: &[Ipv6Addr]) -> Wish {
    Wish { addresses: addresses.iter().copied().collect(), any: None }
}

#[test]
fn blocks_of_vpcs_are_of_the_installation_s_and_apart() {
    let mut world = World::new();
    let whole = Cidr6::containing(IPV6_ADDRESSES.0, IPV6_ADDRESSES.1).expect("a block");
    let mut seen = BTreeSet::new();
    for _ in 0..254 {
        let vpc = world.vpc(true);
        let cidr = vpc.blocks6[0].cidr;
        assert!(whole.covers(cidr) && cidr.prefix() == 56 && seen.insert(cidr), "{cidr}");
    }
    let cidr = "10.0.0.0/16".parse().expect("a block");
    let another = vpc::Create { scope: scope(), cidr, has_ipv6: true, tags: Tags::new() };
    assert_eq!(world.ask(another), Err(vpc::Refusal::NoIpv6Block));
    let plain = world.vpc(false).id;
    let refused = world.ask(AssociateVpc { scope: scope(), vpc: plain });
    assert_eq!(refused, Err(Refusal::NoneLeft));
    // What is given back is there again.
    let vpc = world.engine.vpcs(&scope()).next().expect("there are some").clone();
    let association = vpc.blocks6[0].association;
    world.ask(DisassociateVpc { scope: scope(), association }).expect("nobody needs it");
    let block = world.ask(AssociateVpc { scope: scope(), vpc: plain }).expect("one is left");
    assert_eq!(block.cidr, vpc.blocks6[0].cidr);
    world.restart();
    let vpc = world.engine.vpc(&scope(), plain).expect("it is there");
    assert_eq!(vpc.blocks6, [block]);
}

#[test]
fn a_vpc_has_so_many_blocks_and_those_of_subnets_are_inside() {
    let mut world = World::new();
    let vpc = world.vpc(false).id;
    let associate = || AssociateVpc { scope: scope(), vpc };
    let blocks: Vec<_> = (0..5).map(|_| world.ask(associate()).expect("it may")).collect();
    assert_eq!(world.ask(associate()), Err(Refusal::TooMany(vpc)));
    let subnet = world.subnet(vpc, "10.0.1.0/24", None);
    let other = world.subnet(vpc, "10.0.2.0/24", None);
    let of = |block: usize, prefix, at| blocks[block].cidr.part(prefix, at).expect("it is within");
    let put = |subnet, cidr| AssociateSubnet { scope: scope(), subnet, cidr };
    for wrong in [of(0, 62, 0), of(0, 68, 0), "2001:db8::/64".parse().expect("a block")] {
        assert_eq!(world.ask(put(subnet, wrong)), Err(Refusal::Range(wrong)));
    }
    let block = world.ask(put(subnet, of(1, 60, 1))).expect("it is apart");
    assert_eq!(world.ask(put(subnet, of(2, 64, 0))), Err(Refusal::HasOne(subnet)));
    assert_eq!(world.ask(put(other, of(1, 64, 17))), Err(Refusal::Conflict(of(1, 64, 17))));
    let refused = world.ask(DisassociateVpc { scope: scope(), association: blocks[1].association });
    assert_eq!(refused, Err(Refusal::InUse(blocks[1].cidr)));
    let association = block.association;
    world.ask(DisassociateSubnet { scope: scope(), association }).expect("nobody needs it");
    let again = world.ask(DisassociateSubnet { scope: scope(), association });
    assert_eq!(again, Err(Refusal::NoSubnetAssociation(association)));
    let primary = world.engine.vpc(&scope(), vpc).expect("it is there").cidr_association;
    let refused = world.ask(DisassociateVpc { scope: scope(), association: primary });
    assert_eq!(refused, Err(Refusal::Primary(primary)));
}

#[test]
fn addresses_are_of_the_subnet_s_block_and_held_once() {
    let mut world = World::new();
    let vpc = world.vpc(true);
    let block = vpc.blocks6[0].cidr.part(64, 7).expect("it is within");
    let subnet = world.subnet(vpc.id, "10.0.1.0/24", Some(block));
    let plain = world.subnet(vpc.id, "10.0.2.0/24", None);
    let refused = world.eni(plain, any(1));
    assert_eq!(refused, Err(eni::Refusal::Ipv6(AddressRefusal::NoBlock(plain))));
    let at = |offset: u128| Ipv6Addr::from_bits(block.base().to_bits() + offset);
    let eni = world.eni(subnet, these(&[at(9), at(4)])).expect("both are free");
    assert_eq!(eni.addresses6, [at(4), at(9)]);
    for (asked, why) in [
        (at(3), AddressRefusal::Reserved(at(3), subnet)),
        (block.last(), AddressRefusal::Reserved(block.last(), subnet)),
        (at(9), AddressRefusal::Taken(at(9))),
        (address("2001:db8::5"), AddressRefusal::Outside(address("2001:db8::5"), subnet)),
    ] {
        assert_eq!(world.eni(subnet, these(&[asked])), Err(eni::Refusal::Ipv6(why)));
    }
    let drawn = world.ask(Assign { scope: scope(), eni: eni.id, wish: any(48) }).expect("it may");
    assert!(drawn.iter().all(|each| block.contains(*each)));
    let more = world.ask(Assign { scope: scope(), eni: eni.id, wish: any(1) });
    assert_eq!(more, Err(AddressRefusal::TooMany(eni.id)));
    let unassign = |addresses: &[Ipv6Addr]| Unassign {
        scope: scope(),
        eni: eni.id,
        addresses: addresses.iter().copied().collect(),
    };
    let refused = world.ask(unassign(&[at(4), at(10)]));
    assert_eq!(refused, Err(AddressRefusal::NotAssigned(at(10), eni.id)));
    world.ask(unassign(&[at(4)])).expect("it holds it");
    let association =
        world.engine.subnet(&scope(), subnet).expect("there").block6.expect("has one");
    let association = association.association;
    let refused = world.ask(DisassociateSubnet { scope: scope(), association });
    assert_eq!(refused, Err(Refusal::InUse(block)));
    let held = world.held(eni.id);
    assert_eq!(held.len(), 49);
    world.restart();
    assert_eq!(world.held(eni.id), held);
    world.ask(eni::Delete { scope: scope(), eni: eni.id }).expect("nobody uses it");
    world.ask(DisassociateSubnet { scope: scope(), association }).expect("nobody needs it");
}

#[test]
fn a_subnet_that_assigns_addresses_does_so_unless_something_is_asked() {
    let mut world = World::new();
    let vpc = world.vpc(true);
    let subnet = world.subnet(vpc.id, "10.0.1.0/24", None);
    let modify =
        || subnet::Modify { scope: scope(), subnet, map_public: None, assign_ipv6: Some(true) };
    assert_eq!(world.ask(modify()), Err(subnet::Refusal::NoIpv6Block(subnet)));
    let cidr = vpc.blocks6[0].cidr.part(64, 0).expect("it is within");
    world.ask(AssociateSubnet { scope: scope(), subnet, cidr }).expect("it is apart");
    assert!(world.eni(subnet, Wish::default()).expect("made").addresses6.is_empty());
    world.ask(modify()).expect("it has a block");
    assert_eq!(world.eni(subnet, Wish::default()).expect("made").addresses6.len(), 1);
    assert_eq!(world.eni(subnet, any(2)).expect("made").addresses6.len(), 2);
    assert!(world.eni(subnet, any(0)).expect("made").addresses6.is_empty());
    assert!(world.engine.find::<Subnet>(&scope(), subnet).expect("there").assign_ipv6);
}

#[test]
fn what_is_open_by_default_is_open_to_ipv6_once_the_vpc_has_it() {
    let mut world = World::new();
    let before = world.vpc(false);
    let changed = world.vpc(false);
    let number = 7;
    let block = AclBlock::V4("10.9.0.0/16".parse().expect("a block"));
    let entry = engine::record::network_acl::AclEntry {
        allows: false,
        protocol: engine::record::group::Protocol::All,
        block,
    };
    let (acl, direction, replaces) = (changed.default_acl, Direction::Ingress, false);
    let put = network_acl::PutEntry { scope: scope(), acl, direction, number, entry, replaces };
    world.ask(put).expect("it may");
    let rules = world.engine.find::<Group>(&scope(), changed.default_group).expect("it is there");
    let egress = rules.rules.values().find(|rule| rule.direction == Direction::Egress);
    let egress = group::Revocation::Ids(vec![egress.expect("it lets everything out").id]);
    let (group, direction) = (changed.default_group, Direction::Egress);
    let revoke = group::Revoke { scope: scope(), group, direction, rules: egress };
    world.ask(revoke).expect("it has it");
    for vpc in [before.id, changed.id] {
        world.ask(AssociateVpc { scope: scope(), vpc }).expect("it may");
    }
    let made = world.vpc(true);
    let of_ipv6 = |world: &World, vpc: &Vpc| {
        let acl = world.engine.find::<NetworkAcl>(&scope(), vpc.default_acl).expect("it is there");
        let is_v6 =
            |entry: &engine::record::network_acl::AclEntry| matches!(entry.block, AclBlock::V6(_));
        let entries = acl.ingress.values().chain(acl.egress.values()).filter(|each| is_v6(each));
        let group = world.engine.find::<Group>(&scope(), vpc.default_group).expect("it is there");
        let rules = group.rules.values().filter(|rule| matches!(rule.spec.peer, Peer::Cidr6(_)));
        (entries.count(), rules.count())
    };
    assert_eq!(of_ipv6(&world, &before), (2, 1));
    assert_eq!(of_ipv6(&world, &made), (2, 1));
    assert_eq!(of_ipv6(&world, &changed), (0, 0), "what its owner changed is left as it is");
    world.restart();
    assert_eq!(of_ipv6(&world, &before), (2, 1));
}
