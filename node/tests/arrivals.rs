//! Arrivals: the kernel's verdict on packets to public addresses against the engine's model, over generated
//! routes, public addresses, security groups and network ACLs: from ENIs of the same VPC, through the internet
//! gateway and back, by their own public addresses and by a NAT gateway's.

mod internet;
mod packets;

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use engine::cidr::Cidr;
use engine::id::{
    AclId, EniId, EnvironmentId, GroupId, InternetGatewayId, NatGatewayId, RouteTableId, RuleId,
    SubnetId, VpcId,
};
use engine::network::reach::{Content, Packet, Reach};
use engine::node::{Attachment, NodeCommand, NodeReport};
use engine::plan::{
    AclPlan, AclRulePlan, EniPlan, GroupPlan, Holder, NatPlan, PublicPlan, RoutePlan,
    RouteTablePlan, RouteTarget, RulePlan, SubnetPlan, VpcPlan,
};
use engine::random::Random;
use engine::record::group::{Peer, Ports, Protocol};
use engine::record::network_acl::AclBlock;
use node::agent::Network;
use node::net::Net;
use packets::{Draw, Host, bytes, read, start, until_in_force};

const WORLDS: u64 = 4;
/// Plans of a world, one after another over the same ENIs.
const ROUNDS: u64 = 20;
const PACKETS: u32 = 300;
const VPC: VpcId = VpcId(1);
const SUBNETS: u64 = 3;
const ENIS: u64 = 6;
const GROUPS: u64 = 3;
const GATEWAY: InternetGatewayId = InternetGatewayId(1);
const NAT: NatGatewayId = NatGatewayId(1);
const OF_NAT: Ipv4Addr = Ipv4Addr::new(198, 18, 1, 1);
const PORTS: [u16; 3] = [22, 80, 443];

struct World {
    net: Net,
    host: internet::Host,
    reports: Receiver<NodeReport>,
    random: Random,
    plan: VpcPlan,
    groups: BTreeMap<GroupId, GroupPlan>,
    enis: BTreeMap<EniId, EniPlan>,
    held: BTreeMap<EniId, Host>,
}

fn public(eni: EniId) -> Ipv4Addr {
    Ipv4Addr::new(198, 18, 2, eni.0 as u8)
}

fn block(base: [u8; 4], prefix: u8) -> Cidr {
    Cidr::containing(base.into(), prefix).unwrap()
}

impl World {
    fn new(seed: u64) -> World {
        let host = internet::Host::new();
        let (net, reports) = host.within(|| start(&format!("arrivals-{seed}")));
        let plan = VpcPlan::empty(VPC, vec![block([10, 0, 0, 0], 16)]);
        let (groups, enis, held) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let random = Random::new(seed);
        let mut world = World { net, host, reports, random, plan, groups, enis, held };
        world.change();
        (1..=ENIS).for_each(|id| world.add_eni(id));
        world.change();
        world
    }

    fn protocol(&mut self) -> Protocol {
        let port = self.random.one(&PORTS);
        let ports = Ports { first: port, last: port };
        match self.random.below(4) {
            0 | 1 => Protocol::All,
            2 => Protocol::Tcp(ports),
            _ => Protocol::Udp(ports),
        }
    }

    /// Blocks that some of the public addresses are of, and some of the private ones.
    fn peers(&mut self) -> Cidr {
        let eni = 1 + self.random.below(ENIS);
        match self.random.below(6) {
            0 => block(OF_NAT.octets(), 32),
            1 => block(public(EniId(eni)).octets(), 32),
            2 => block([198, 18, 2, 0], 30),
            3 => block([10, 0, 0, 0], 16),
            _ => Cidr::ANYWHERE,
        }
    }

    fn rules(&mut self) -> Vec<RulePlan> {
        let many = 1 + self.random.below(3);
        let rule = |world: &mut World, id| {
            let protocol = world.protocol();
            let peer = match world.random.below(5) {
                // Nobody who comes by a public address is a member.
                0 => Peer::Group(GroupId(1 + world.random.below(GROUPS))),
                _ => Peer::Cidr(world.peers()),
            };
            RulePlan { rule: RuleId(id), protocol, peer }
        };
        (0..many).map(|id| rule(self, id)).collect()
    }

    fn acl(&mut self) -> Vec<AclRulePlan> {
        let mut rules = Vec::new();
        for number in 1..=self.random.below(3) as u16 {
            let (allows, protocol) = (self.random.below(3) > 0, self.protocol());
            let block = AclBlock::V4(self.peers());
            rules.push(AclRulePlan { number, allows, protocol, block });
        }
        let block = AclBlock::V4(Cidr::ANYWHERE);
        rules.push(AclRulePlan { number: 100, allows: true, protocol: Protocol::All, block });
        rules
    }

    /// Another plan: groups, ACLs, tables, and who has public addresses.
    fn change(&mut self) {
        let anywhere = Peer::Cidr(Cidr::ANYWHERE);
        for id in 1..=GROUPS {
            let group = GroupId(id);
            let ingress = self.rules();
            let everything = RulePlan { rule: RuleId(9), protocol: Protocol::All, peer: anywhere };
            let egress = if self.random.below(4) == 0 { self.rules() } else { vec![everything] };
            let plan = GroupPlan { group, vpc: VPC, ingress, egress };
            self.plan.groups.insert(group, Arc::new(plan.clone()));
            self.groups.insert(group, plan);
        }
        self.plan.gateway = Some(GATEWAY);
        let private = Ipv4Addr::new(10, 0, 1, 200);
        let eni = EniId(1_000_000);
        let nat = NatPlan { nat: NAT, eni, subnet: SubnetId(1), private, public: Some(OF_NAT) };
        self.plan.nats.insert(NAT, nat);
        self.plan.subnets.clear();
        for id in 1..=SUBNETS {
            let (table, acl) = (RouteTableId(id), AclId(id));
            let local = RoutePlan { destination: self.plan.cidrs[0], target: RouteTarget::Local };
            let target = match self.random.below(6) {
                0..=2 => Some(RouteTarget::InternetGateway(GATEWAY)),
                3 | 4 => Some(RouteTarget::NatGateway(NAT)),
                _ => None,
            };
            let out = target.map(|target| RoutePlan { destination: Cidr::ANYWHERE, target });
            let routes = std::iter::once(local).chain(out).collect();
            self.plan
                .tables
                .insert(table, Arc::new(RouteTablePlan { routes6: Vec::new(), table, routes }));
            let (ingress, egress) = (self.acl(), self.acl());
            self.plan.acls.insert(acl, Arc::new(AclPlan { acl, ingress, egress }));
            let (subnet, cidr) = (SubnetId(id), block([10, 0, id as u8, 0], 24));
            self.plan.subnets.push(SubnetPlan { subnet, cidr, table, acl, cidr6: None });
        }
        self.plan.publics.clear();
        let enis: Vec<EniPlan> = self.enis.values().cloned().collect();
        for eni in enis.iter().filter(|_| !self.random.draw().is_multiple_of(4)) {
            let public = public(eni.eni);
            let planned = PublicPlan { private: eni.address, public, is_shared: false };
            self.plan.publics.insert(eni.eni, planned);
        }
        self.plan.generation.0 += 1;
        let plan = Arc::new(self.plan.clone());
        self.host.within(|| self.net.command(NodeCommand::Plan(plan)));
        until_in_force(&self.reports, &[(VPC, self.plan.generation)]);
    }

    fn add_eni(&mut self, id: u64) {
        let subnet = 1 + id % SUBNETS;
        let plan = EniPlan {
            addresses6: Vec::new(),
            eni: EniId(id),
            vpc: VPC,
            subnet: SubnetId(subnet),
            gateway: Ipv4Addr::new(10, 0, subnet as u8, 1),
            address: Ipv4Addr::new(10, 0, subnet as u8, 10 + id as u8),
            mac: [2, 0, 0, 0, 3, id as u8],
            groups: BTreeSet::from([GroupId(1 + id % GROUPS)]),
            holder: Holder::Environment,
        };
        let slot = self.host.within(|| {
            let attachment = Attachment::Classic(plan.clone());
            let slot = self.net.slot(self.net.place(&attachment).unwrap()).unwrap();
            self.net.attach(&slot, EnvironmentId(id), &attachment).unwrap();
            slot
        });
        self.held.insert(plan.eni, Host::new(slot, plan.address));
        self.enis.insert(plan.eni, plan);
    }

    /// Who gets a packet to a public address, and from which address it comes.
    fn judge(&self, packet: &Packet) -> Option<(EniId, Ipv4Addr)> {
        let reach = Reach { vpc: &self.plan, groups: &self.groups, enis: &self.enis };
        reach.judge(packet).ok()?;
        let sender = &self.enis[&packet.sender];
        let from = reach.leaves(sender, sender.address, packet).ok()?.public()?;
        let mut publics = self.plan.publics.iter();
        let (eni, _) = publics.find(|(_, public)| public.public == packet.destination)?;
        self.plan.lets_in(*eni).ok()?;
        let arrives = reach.judge_arrival(from, &self.enis[eni], packet.content);
        arrives.is_ok().then_some((*eni, from))
    }

    fn round(&mut self, first: u32) {
        let packets: BTreeMap<u32, Packet> = (first..first + PACKETS)
            .map(|number| {
                let sender = EniId(1 + self.random.below(ENIS));
                let destination = match self.random.below(12) {
                    0 => OF_NAT,
                    _ => public(EniId(1 + self.random.below(ENIS))),
                };
                let content = match self.random.below(5) {
                    0..=2 => Content::Tcp(self.random.one(&PORTS)),
                    3 => Content::Udp(self.random.one(&PORTS)),
                    _ => Content::Icmp(8, 0),
                };
                (number, Packet { sender, destination, content })
            })
            .collect();
        let wanted: BTreeMap<u32, (EniId, Ipv4Addr)> = packets
            .iter()
            .filter_map(|(number, packet)| Some((*number, self.judge(packet)?)))
            .collect();
        for (number, packet) in &packets {
            let sender = &self.held[&packet.sender];
            sender.send(&bytes(sender.own, packet, *number), packet.destination);
        }
        let mut came = BTreeMap::new();
        let end = Instant::now() + Duration::from_secs(5);
        let mut quiet = 0;
        while (came.len() < wanted.len() && Instant::now() < end) || quiet < 3 {
            quiet += 1;
            for (eni, held) in &self.held {
                while let Some(packet) = held.receive() {
                    quiet = 0;
                    // What hosts say of packets that nobody waits for is none of ours.
                    let Some((number, source)) = read(&packet).filter(|_| begins(&packet)) else {
                        continue;
                    };
                    if packets.contains_key(&number) {
                        came.insert(number, (*eni, source));
                    }
                }
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        for (number, packet) in &packets {
            let (came, wanted) = (came.get(number), wanted.get(number));
            assert_eq!(came, wanted, "{packet:?}: {:#?} {:#?}", self.plan, self.enis);
        }
        while self.reports.try_recv().is_ok() {}
    }
}

/// Whether a packet begins a connection, and is no answer to one of ours.
fn begins(packet: &[u8]) -> bool {
    match packet[9] {
        1 => packet[20] == 8,
        6 => packet[33] == 2,
        _ => true,
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.host.within(|| {
            for held in std::mem::take(&mut self.held).into_values() {
                self.net.release(&held.slot);
            }
            self.net.command(NodeCommand::DeleteVpc(VPC));
            self.net.end();
        });
    }
}

#[test]
fn what_is_sent_to_public_addresses_arrives_as_the_model_says() {
    const { assert!(WORLDS * ROUNDS * PACKETS as u64 >= 24_000) };
    let mut numbers = 0;
    for seed in 0..WORLDS {
        let mut world = World::new(seed);
        for _ in 0..ROUNDS {
            world.round(numbers);
            numbers += PACKETS;
            world.change();
        }
    }
}
