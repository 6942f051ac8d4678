//! Known connections while rules change: what security groups track goes on, what they do not track is judged
//! packet by packet once the rule is gone that let it begin, and network ACLs judge every packet. The kernel's
//! verdicts against the model's, over generated groups, members of groups and ACLs.

mod packets;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use engine::cidr::Cidr;
use engine::id::{AclId, EniId, EnvironmentId, GroupId, RouteTableId, RuleId, SubnetId, VpcId};
use engine::network::reach::{Content, Packet, Reach, speaks_of};
use engine::node::{Attachment, NodeCommand, NodeReport};
use engine::plan::{
    AclPlan, AclRulePlan, EniPlan, GroupPlan, Holder, RulePlan, SubnetPlan, VpcPlan,
};
use engine::random::Random;
use engine::record::group::{Direction, Peer, Ports, Protocol};
use engine::record::network_acl::AclBlock;
use node::agent::Network;
use node::net::{Net, namespace};
use packets::{Draw, Host, headed, link_local, start, until_in_force};

const WORLDS: u64 = 6;
/// Changes of a world, one after another, over connections that stay.
const ROUNDS: u64 = 40;
/// Connections that are begun in a round, and that are kept in all.
const BEGUN: u32 = 25;
const KEPT: usize = 100;
const VPC: VpcId = VpcId(1);
const GROUPS: u64 = 4;
const SUBNETS: u64 = 2;
/// In the subnets in turn; the last one is shared by environments.
const ENIS: u64 = 6;
const PORTS: [u16; 3] = [53, 443, 5432];
const ALL: Ports = Ports { first: 0, last: u16::MAX };

/// A connection that both sides know.
struct Known {
    client: EniId,
    server: EniId,
    /// Where it is made from, and to.
    ports: [u16; 2],
    /// Whether it is judged packet by packet, at the client and at the server.
    is_judged: [bool; 2],
}

struct World {
    net: Net,
    reports: Receiver<NodeReport>,
    random: Random,
    vpc: VpcPlan,
    groups: BTreeMap<GroupId, GroupPlan>,
    enis: BTreeMap<EniId, EniPlan>,
    hosts: BTreeMap<EniId, Host>,
    known: Vec<Known>,
    number: u32,
    /// How many packets of known connections came, and how many were dropped.
    counts: [usize; 2],
}

fn is_of_everybody(rule: &RulePlan) -> bool {
    rule.peer == Peer::Cidr(Cidr::ANYWHERE)
}

fn udp(from: (Ipv4Addr, u16), to: (Ipv4Addr, u16), number: u32) -> Vec<u8> {
    let mut body = Vec::from(from.1.to_be_bytes());
    body.extend_from_slice(&to.1.to_be_bytes());
    // Without a checksum, which UDP allows.
    body.extend_from_slice(&[0, 12, 0, 0]);
    body.extend_from_slice(&number.to_be_bytes());
    headed(from.0, to.0, 17, &body)
}

impl World {
    fn new(seed: u64) -> World {
        let (net, reports) = start(&format!("tracked-{seed}"));
        let vpc = VpcPlan::empty(VPC, vec!["10.0.0.0/16".parse().unwrap()]);
        let (groups, enis, hosts) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let (random, known, number, counts) = (Random::new(seed), Vec::new(), 0, [0; 2]);
        let mut world =
            World { net, reports, random, vpc, groups, enis, hosts, known, number, counts };
        for id in 1..=GROUPS {
            world.change_group(GroupId(id));
        }
        for id in 1..=SUBNETS {
            world.change_acl(AclId(id));
            let cidr = Cidr::containing(Ipv4Addr::new(10, 0, id as u8, 0), 24).unwrap();
            let (subnet, table, acl) = (SubnetId(id), RouteTableId(1), AclId(id));
            world.vpc.subnets.push(SubnetPlan { subnet, cidr, table, acl, cidr6: None });
        }
        world.put_in_force();
        (1..=ENIS).for_each(|id| world.add_eni(EniId(id)));
        world
    }

    fn rule(&mut self, id: u64) -> RulePlan {
        let port = self.random.one(&PORTS);
        let protocols = [
            Protocol::All,
            Protocol::Udp(ALL),
            Protocol::Udp(Ports { first: port, last: port }),
            Protocol::Udp(Ports { first: port, last: u16::MAX }),
            Protocol::Tcp(ALL),
        ];
        let protocol = self.random.one(&protocols);
        let peer = match self.random.below(6) {
            0 => Peer::Group(GroupId(1 + self.random.below(GROUPS))),
            1 => {
                let base = Ipv4Addr::new(10, 0, 1 + self.random.below(SUBNETS) as u8, 0);
                Peer::Cidr(Cidr::containing(base, self.random.one(&[16, 24, 28])).unwrap())
            }
            _ => Peer::Cidr(Cidr::ANYWHERE),
        };
        RulePlan { rule: RuleId(id), protocol, peer }
    }

    fn change_group(&mut self, group: GroupId) {
        let rules = |world: &mut World| -> Vec<RulePlan> {
            (0..world.random.below(4)).map(|id| world.rule(id)).collect()
        };
        let (ingress, mut egress) = (rules(self), rules(self));
        if self.random.below(2) == 0 {
            let (protocol, peer) = (Protocol::All, Peer::Cidr(Cidr::ANYWHERE));
            egress.push(RulePlan { rule: RuleId(9), protocol, peer });
        }
        let plan = GroupPlan { group, vpc: VPC, ingress, egress };
        self.vpc.groups.insert(group, Arc::new(plan.clone()));
        self.groups.insert(group, plan);
    }

    fn change_acl(&mut self, acl: AclId) {
        let rules = |world: &mut World| {
            let mut rules = Vec::new();
            if world.random.below(3) == 0 {
                let first = world.random.one(&PORTS);
                let ports = Ports { first, last: first + world.random.one(&[0, 20_000]) };
                let (allows, protocol) = (false, Protocol::Udp(ports));
                let block = AclBlock::V4(Cidr::ANYWHERE);
                rules.push(AclRulePlan { number: 1, allows, protocol, block });
            }
            let (allows, protocol) = (true, Protocol::All);
            let block = AclBlock::V4(Cidr::ANYWHERE);
            rules.push(AclRulePlan { number: 100, allows, protocol, block });
            rules
        };
        let (ingress, egress) = (rules(self), rules(self));
        self.vpc.acls.insert(acl, Arc::new(AclPlan { acl, ingress, egress }));
    }

    fn put_in_force(&mut self) {
        self.vpc.generation.0 += 1;
        self.net.command(NodeCommand::Plan(Arc::new(self.vpc.clone())));
        until_in_force(&self.reports, &[(VPC, self.vpc.generation)]);
    }

    fn some_groups(&mut self) -> BTreeSet<GroupId> {
        let one = GroupId(1 + self.random.below(GROUPS));
        let other = GroupId(1 + self.random.below(GROUPS));
        [one, other].into()
    }

    fn add_eni(&mut self, eni: EniId) {
        let holder = if eni.0 == ENIS { Holder::Shared } else { Holder::Environment };
        let subnet = 1 + eni.0 % SUBNETS;
        let plan = EniPlan {
            addresses6: Vec::new(),
            eni,
            vpc: VPC,
            subnet: SubnetId(subnet),
            gateway: Ipv4Addr::new(10, 0, subnet as u8, 1),
            address: Ipv4Addr::new(10, 0, subnet as u8, 10 + eni.0 as u8),
            mac: [2, 0, 0, 0, 4, eni.0 as u8],
            groups: self.some_groups(),
            holder,
        };
        let attachment = if holder == Holder::Shared {
            self.net.command(NodeCommand::PutEni(plan.clone()));
            Attachment::Hyperplane(eni)
        } else {
            Attachment::Classic(plan.clone())
        };
        let slot = self.net.slot(self.net.place(&attachment).unwrap()).unwrap();
        self.net.attach(&slot, EnvironmentId(eni.0), &attachment).unwrap();
        let own = if holder == Holder::Shared { link_local(&slot) } else { plan.address };
        self.hosts.insert(eni, Host::new(slot, own));
        self.enis.insert(eni, plan);
    }

    fn reach(&self) -> Reach<'_> {
        Reach { vpc: &self.vpc, groups: &self.groups, enis: &self.enis }
    }

    /// Whether an ENI's groups do not track what begins this way, by the words of AWS: everybody may begin
    /// it, and answers may go from all ports to everybody.
    fn is_untracked(&self, eni: &EniPlan, way: Direction, content: Content) -> bool {
        let rules = |way| {
            let groups = eni.groups.iter().map(|group| &self.groups[group]);
            let rules = groups.flat_map(move |group| match way {
                Direction::Ingress => &group.ingress,
                Direction::Egress => &group.egress,
            });
            rules.filter(|rule| is_of_everybody(rule))
        };
        let back = if way == Direction::Egress { Direction::Ingress } else { Direction::Egress };
        let answers = [Protocol::All, Protocol::Udp(ALL)];
        eni.holder != Holder::Shared
            && rules(way).any(|rule| speaks_of(rule.protocol, content))
            && rules(back).any(|rule| answers.contains(&rule.protocol))
    }

    /// The two ends of a connection, each with the way that it begins there and its peer.
    fn ends(&self, known: &Known) -> [(&EniPlan, Direction, Ipv4Addr, Content); 2] {
        let (client, server) = (&self.enis[&known.client], &self.enis[&known.server]);
        let content = Content::Udp(known.ports[1]);
        [
            (client, Direction::Egress, server.address, content),
            (server, Direction::Ingress, client.address, content),
        ]
    }

    /// Other rules, or other groups of an ENI, or another ACL.
    fn change(&mut self) {
        let were: Vec<[bool; 2]> = self
            .known
            .iter()
            .map(|known| {
                self.ends(known).map(|(eni, way, _, content)| self.is_untracked(eni, way, content))
            })
            .collect();
        match self.random.below(5) {
            0 => {
                let acl = AclId(1 + self.random.below(SUBNETS));
                self.change_acl(acl);
                self.put_in_force();
            }
            1 => {
                // Those of the one that is shared never change: others are another ENI's.
                let (eni, groups) = (EniId(1 + self.random.below(ENIS - 1)), self.some_groups());
                let plan = self.enis.get_mut(&eni).unwrap();
                plan.groups = groups;
                let plan = plan.clone();
                self.net.command(NodeCommand::PutEni(plan));
            }
            _ => {
                let group = GroupId(1 + self.random.below(GROUPS));
                self.change_group(group);
                self.put_in_force();
            }
        }
        let judged: Vec<[bool; 2]> = self
            .known
            .iter()
            .map(|known| {
                self.ends(known).map(|(eni, way, peer, content)| {
                    self.reach().permitting(eni, way, peer, content).is_none()
                })
            })
            .collect();
        for ((known, were), shut) in self.known.iter_mut().zip(were).zip(judged) {
            for at in [0, 1] {
                known.is_judged[at] |= were[at] && shut[at];
            }
        }
    }

    /// Whether a packet of a connection passes: to the server, or back.
    fn passes(&self, known: &Known, is_back: bool) -> bool {
        let ends = [&self.enis[&known.client], &self.enis[&known.server]];
        let at = usize::from(is_back);
        let (from, to) = (ends[at], ends[1 - at]);
        let content = Content::Udp(known.ports[1 - at]);
        let reach = self.reach();
        let lets = |eni, way, peer| reach.permitting(eni, way, peer, content).is_some();
        (!known.is_judged[at] || lets(from, Direction::Egress, to.address))
            && reach.judge_reply(from.address, to.address, content).is_ok()
            && (!known.is_judged[1 - at] || lets(to, Direction::Ingress, from.address))
    }

    /// What came to whom, by the numbers of packets, once all has come that is waited for.
    fn received(&self, wanted: &BTreeMap<u32, EniId>) -> BTreeMap<u32, (EniId, Vec<u8>)> {
        let mut came = BTreeMap::new();
        let end = Instant::now() + Duration::from_secs(5);
        let mut quiet = 0;
        while (came.len() < wanted.len() && Instant::now() < end) || quiet < 3 {
            quiet += 1;
            for (eni, host) in &self.hosts {
                while let Some(packet) = host.receive() {
                    quiet = 0;
                    // Hosts say that nobody waits for a packet.
                    if packet[9] == 17 {
                        let number = u32::from_be_bytes(packet[28..32].try_into().unwrap());
                        came.insert(number, (*eni, packet));
                    }
                }
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        came
    }

    fn assert_came(&self, came: &BTreeMap<u32, (EniId, Vec<u8>)>, wanted: &BTreeMap<u32, EniId>) {
        let came: BTreeMap<u32, EniId> =
            came.iter().map(|(number, (eni, _))| (*number, *eni)).collect();
        assert_eq!(&came, wanted, "{:#?} {:#?} {:#?}", self.groups, self.enis, self.vpc.acls);
    }

    /// Begins connections; those are known that were answered.
    fn begin(&mut self) {
        let mut begun = BTreeMap::new();
        let mut wanted = BTreeMap::new();
        for _ in 0..BEGUN {
            let client = EniId(1 + self.random.below(ENIS));
            let server = EniId(1 + self.random.below(ENIS - 1));
            if client == server {
                continue;
            }
            self.number += 1;
            let (number, port) = (self.number, self.random.one(&PORTS));
            let from_port = 10_000 + (number % 50_000) as u16;
            let to = self.enis[&server].address;
            let content = Content::Udp(port);
            if self.reach().judge(&Packet { sender: client, destination: to, content }).is_ok() {
                wanted.insert(number, server);
            }
            let host = &self.hosts[&client];
            host.send(&udp((host.own, from_port), (to, port), number), to);
            begun.insert(number, (client, server, from_port, port));
        }
        let came = self.received(&wanted);
        self.assert_came(&came, &wanted);
        let mut answered = BTreeMap::new();
        for (number, (_, packet)) in came {
            let (client, server, _, port) = begun[&number];
            let address = Ipv4Addr::from(<[u8; 4]>::try_from(&packet[12..16]).unwrap());
            let seen = u16::from_be_bytes([packet[20], packet[21]]);
            assert_eq!(address, self.enis[&client].address);
            let known = Known { client, server, ports: [seen, port], is_judged: [false; 2] };
            self.number += 1;
            if self.passes(&known, true) {
                answered.insert(self.number, client);
            }
            let host = &self.hosts[&server];
            host.send(&udp((host.own, port), (address, seen), self.number), address);
            self.known.push(known);
        }
        let came = self.received(&answered);
        self.assert_came(&came, &answered);
        let beyond = self.known.len().saturating_sub(KEPT);
        self.known.drain(..beyond);
    }

    /// Sends both ways over all that is known.
    fn go_on(&mut self) {
        let mut wanted = BTreeMap::new();
        for known in &self.known {
            let (client, server) = (&self.hosts[&known.client], &self.hosts[&known.server]);
            let at_client = self.enis[&known.client].address;
            for is_back in [false, true] {
                self.number += 1;
                let number = self.number;
                let passes = self.passes(known, is_back);
                self.counts[usize::from(!passes)] += 1;
                if is_back {
                    let from = (server.own, known.ports[1]);
                    server.send(&udp(from, (at_client, known.ports[0]), number), at_client);
                } else {
                    let to = (server.own, known.ports[1]);
                    client.send(&udp((client.own, known.ports[0]), to, number), to.0);
                }
                if passes {
                    wanted.insert(number, if is_back { known.client } else { known.server });
                }
            }
        }
        let came = self.received(&wanted);
        self.assert_came(&came, &wanted);
    }
}

impl Drop for World {
    fn drop(&mut self) {
        for host in std::mem::take(&mut self.hosts).into_values() {
            self.net.release(&host.slot);
        }
        self.net.command(NodeCommand::DeleteVpc(VPC));
    }
}

#[test]
fn known_connections_go_on_or_stop_as_on_aws() {
    let mut counts = [0; 2];
    for seed in 0..WORLDS {
        let mut world = World::new(seed);
        for _ in 0..ROUNDS {
            world.begin();
            world.change();
            world.go_on();
        }
        for (all, of_world) in counts.iter_mut().zip(world.counts) {
            *all += of_world;
        }
    }
    // Both are seen often.
    let [came, dropped] = counts;
    assert!(came > 10_000 && dropped > 1_000, "{came} came and {dropped} did not");
}

#[test]
fn a_connection_that_is_not_tracked_is_cut_with_the_rule_that_let_it_begin() {
    let (client, server, group) = (EniId(1), EniId(2), GroupId(2));
    let everybody = Peer::Cidr(Cidr::ANYWHERE);
    let rule = |protocol, peer| RulePlan { rule: RuleId(1), protocol, peer };
    let mut world = World::new(WORLDS);
    for acl in 1..=SUBNETS {
        world.vpc.acls.remove(&AclId(acl));
    }
    world.vpc.subnets.clear();
    let lets_in = |world: &mut World, ingress: Vec<RulePlan>| {
        let egress = vec![rule(Protocol::All, everybody)];
        let plan = GroupPlan { group, vpc: VPC, ingress, egress };
        world.vpc.groups.insert(group, Arc::new(plan));
        world.put_in_force();
    };
    let port = Protocol::Tcp(Ports { first: 5432, last: 5432 });
    lets_in(&mut world, vec![rule(port, everybody)]);
    for eni in [client, server] {
        let plan =
            EniPlan { addresses6: Vec::new(), groups: [group].into(), ..world.enis[&eni].clone() };
        world.net.command(NodeCommand::PutEni(plan));
    }
    let within = |eni: &EniId| &world.hosts[eni].slot.namespace;
    let to = (world.enis[&server].address, 5432);
    let listener = namespace::enter(within(&server), || TcpListener::bind("0.0.0.0:5432")).unwrap();
    let mut held = namespace::enter(within(&client), || TcpStream::connect(to)).unwrap();
    let (mut accepted, _) = listener.accept().unwrap();
    let mut hears = |text: &[u8], wait| {
        held.write_all(text).unwrap();
        accepted.set_read_timeout(Some(Duration::from_millis(wait))).unwrap();
        let mut told = vec![0; text.len()];
        accepted.read_exact(&mut told).is_ok_and(|()| told == text)
    };
    assert!(hears(b"first", 5000));
    // A narrower rule that lets it begin is as good.
    lets_in(&mut world, vec![rule(port, Peer::Group(group))]);
    assert!(hears(b"second", 5000));
    lets_in(&mut world, vec![rule(port, everybody)]);
    lets_in(&mut world, Vec::new());
    assert!(!hears(b"third", 300));
    // It passes again as soon as a rule lets it.
    lets_in(&mut world, vec![rule(port, everybody)]);
    accepted.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut told = [0; 5];
    accepted.read_exact(&mut told).unwrap();
    assert_eq!(&told, b"third");
}
