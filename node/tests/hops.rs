//! Hops: where the kernel leads real packets, and replies to them, through middleboxes and to peers against
//! the engine's model, over generated route tables and rules. What a middlebox gets the test passes on.

mod packets;

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use engine::cidr::Cidr;
use engine::id::{
    AclId, EniId, EnvironmentId, Generation, GroupId, PeeringId, ResourceId, RouteTableId, RuleId,
    SubnetId, VpcId,
};
use engine::network::hop::{Hop, Step};
use engine::network::reach::{Content, Packet, Reach};
use engine::node::{Attachment, NodeCommand, NodeReport};
use engine::plan::{
    AclPlan, AclRulePlan, DropReason, EniPlan, GroupPlan, Holder, MiddleboxPlan, PeerPlan,
    RoutePlan, RouteTablePlan, RouteTarget, RulePlan, SubnetPlan, VpcPlan,
};
use engine::random::Random;
use engine::record::group::{Peer, Ports, Protocol};
use engine::record::network_acl::AclBlock;
use node::agent::Network;
use node::net::Net;
use packets::{
    Draw, Ends, Host, bytes, endpoint, link_local, port_of, read, reply_to, start, until_in_force,
    v4,
};

const WORLDS: u64 = 8;
/// Plans of a world, one after another over the same ENIs.
const ROUNDS: u64 = 12;
const PACKETS: u32 = 120;
/// The first two are peers, and the last two: what the middle one is to both leads no further.
const VPCS: u64 = 3;
const SUBNETS: u64 = 3;
/// ENIs of a VPC, in its subnets in turn: the last two may be middleboxes, one is shared and one is an
/// interface endpoint's.
const ENIS: u64 = 8;
const SHARED: u64 = 3;
const ENDPOINT: u64 = 5;
const MIDDLEBOXES: [u64; 2] = [7, 8];
const GROUPS: u64 = 3;
const PORTS: [u16; 3] = [80, 443, 5432];

fn block(vpc: u64) -> Cidr {
    Cidr::containing(Ipv4Addr::new(10, vpc as u8, 0, 0), 16).unwrap()
}

fn subnet_block(vpc: u64, subnet: u64) -> Cidr {
    Cidr::containing(Ipv4Addr::new(10, vpc as u8, subnet as u8, 0), 24).unwrap()
}

/// An id of the nth thing of a VPC.
fn of(vpc: u64, nth: u64) -> u64 {
    vpc * 100 + nth
}

/// The peering connection of a VPC with the one after it.
fn peering(vpc: u64) -> PeeringId {
    PeeringId(vpc)
}

struct World {
    net: Net,
    reports: Receiver<NodeReport>,
    random: Random,
    plans: BTreeMap<VpcId, VpcPlan>,
    enis: BTreeMap<EniId, EniPlan>,
    hosts: BTreeMap<EniId, Host>,
    endpoints: BTreeMap<EniId, Ends>,
    /// Why what was sent is dropped, each round to ports of its own: by source, destination and port.
    told: BTreeSet<(Ipv4Addr, Ipv4Addr, u16, DropReason)>,
}

/// What comes of a packet, or of the reply to it: who gets it in turn, and why it goes no further.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Course {
    by: Vec<EniId>,
    outcome: Result<EniId, DropReason>,
}

impl World {
    fn new(seed: u64) -> World {
        let (net, reports) = start(&format!("hops-{seed}"));
        let plan = |vpc| (VpcId(vpc), VpcPlan::empty(VpcId(vpc), vec![block(vpc)]));
        let plans = (1..=VPCS).map(plan).collect();
        net.serve_services(Box::new(drop));
        let (enis, hosts, endpoints) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let told = BTreeSet::new();
        let random = Random::new(seed);
        let mut world = World { net, reports, random, plans, enis, hosts, endpoints, told };
        world.change();
        for vpc in 1..=VPCS {
            (1..=ENIS).for_each(|nth| world.add_eni(vpc, nth));
        }
        world.change();
        world
    }

    fn rule(&mut self, vpc: u64, id: u64) -> RulePlan {
        let protocol = match self.random.below(4) {
            0 => Protocol::All,
            1 => {
                let port = self.random.one(&PORTS);
                Protocol::Udp(Ports { first: port, last: port })
            }
            _ => Protocol::Udp(Ports { first: 0, last: u16::MAX }),
        };
        let near = [vpc.saturating_sub(1).max(1), vpc, (vpc + 1).min(VPCS)];
        let peer = match self.random.below(4) {
            0 => Peer::Group(GroupId(of(self.random.one(&near), 1 + self.random.below(GROUPS)))),
            1 => Peer::Cidr(subnet_block(self.random.one(&near), 1 + self.random.below(SUBNETS))),
            _ => Peer::Cidr(Cidr::ANYWHERE),
        };
        RulePlan { rule: RuleId(id), protocol, peer }
    }

    fn table(&mut self, vpc: u64, id: u64) -> RouteTablePlan {
        let mut routes = Vec::new();
        let middlebox = |world: &mut World| {
            RouteTarget::NetworkInterface(EniId(of(vpc, world.random.one(&MIDDLEBOXES))))
        };
        let local = if self.random.below(8) == 0 { middlebox(self) } else { RouteTarget::Local };
        routes.push(RoutePlan { destination: block(vpc), target: local });
        for subnet in 1..=SUBNETS {
            let target = match self.random.below(8) {
                0..=2 => middlebox(self),
                3 => RouteTarget::Blackhole,
                _ => continue,
            };
            routes.push(RoutePlan { destination: subnet_block(vpc, subnet), target });
        }
        for other in (1..=VPCS).filter(|other| *other != vpc) {
            let by = peering(vpc.min(if other > vpc { vpc } else { vpc - 1 }));
            let target = match self.random.below(8) {
                0 => middlebox(self),
                1 => RouteTarget::Blackhole,
                2 => continue,
                _ => RouteTarget::Peering(by),
            };
            let narrow = subnet_block(other, 1 + self.random.below(SUBNETS));
            let destination = if self.random.below(4) == 0 { narrow } else { block(other) };
            routes.push(RoutePlan { destination, target });
        }
        RouteTablePlan { routes6: Vec::new(), table: RouteTableId(of(vpc, id)), routes }
    }

    /// Other plans: groups, tables, who passes packets on, and who is a peer.
    fn change(&mut self) {
        for vpc in 1..=VPCS {
            let plan = VpcPlan { generation: self.plans[&VpcId(vpc)].generation, ..self.plan(vpc) };
            self.plans.insert(VpcId(vpc), plan);
        }
        let all: Vec<(VpcId, BTreeMap<GroupId, BTreeSet<Ipv4Addr>>)> =
            self.plans.values().map(|plan| (plan.vpc, self.members(plan))).collect();
        for (vpc, members) in all {
            let plan = self.plans.get_mut(&vpc).unwrap();
            for peer in plan.peers.values_mut() {
                let block = peer.cidrs[0];
                let of_peer = members.iter().map(|(group, all)| {
                    (*group, all.iter().copied().filter(|at| block.contains(*at)).collect())
                });
                peer.members =
                    of_peer.filter(|(_, all): &(_, BTreeSet<_>)| !all.is_empty()).collect();
            }
            plan.generation = Generation(plan.generation.0 + 1);
            self.net.command(NodeCommand::Plan(Arc::new(plan.clone())));
        }
        let plans: Vec<_> = self.plans.values().map(|plan| (plan.vpc, plan.generation)).collect();
        until_in_force(&self.reports, &plans);
    }

    fn plan(&mut self, vpc: u64) -> VpcPlan {
        let mut plan = VpcPlan::empty(VpcId(vpc), vec![block(vpc)]);
        for nth in 1..=GROUPS {
            let group = GroupId(of(vpc, nth));
            let rules = |world: &mut World, few| -> Vec<RulePlan> {
                (0..1 + world.random.below(few)).map(|id| world.rule(vpc, id)).collect()
            };
            let (ingress, egress) = (rules(self, 3), rules(self, 4));
            let planned = GroupPlan { group, vpc: VpcId(vpc), ingress, egress };
            plan.groups.insert(group, Arc::new(planned));
        }
        let everything = AclRulePlan {
            number: 100,
            allows: true,
            protocol: Protocol::All,
            block: AclBlock::V4(Cidr::ANYWHERE),
        };
        let acl = AclId(vpc);
        let (ingress, egress) = (vec![everything], vec![everything]);
        plan.acls.insert(acl, Arc::new(AclPlan { acl, ingress, egress }));
        for nth in 1..=SUBNETS {
            let table = self.table(vpc, nth);
            let subnet = SubnetPlan {
                cidr6: None,
                subnet: SubnetId(of(vpc, nth)),
                cidr: subnet_block(vpc, nth),
                table: table.table,
                acl,
            };
            plan.tables.insert(table.table, Arc::new(table));
            plan.subnets.push(subnet);
        }
        for nth in MIDDLEBOXES {
            let eni = EniId(of(vpc, nth));
            let place = 1 + nth % SUBNETS;
            let forwards = self.random.below(5) > 0;
            let planned = MiddleboxPlan {
                eni,
                subnet: SubnetId(of(vpc, place)),
                address: Ipv4Addr::new(10, vpc as u8, place as u8, 10 + nth as u8),
                forwards,
            };
            plan.middleboxes.insert(eni, planned);
        }
        for (by, other) in [(vpc, vpc + 1), (vpc - 1, vpc - 1)] {
            let is_there = (1..VPCS).contains(&by) && (1..=VPCS).contains(&other);
            // Both ends agree whether it is there.
            if is_there && (self.plans[&VpcId(1)].generation.0 + by) % 5 != 4 {
                let (peering, cidrs) = (peering(by), vec![block(other)]);
                let members = BTreeMap::new();
                let peer = PeerPlan { peering, vpc: VpcId(other), cidrs, members };
                plan.peers.insert(peering, peer);
            }
        }
        plan
    }

    /// The members of the groups that rules of a plan name.
    fn members(&self, plan: &VpcPlan) -> BTreeMap<GroupId, BTreeSet<Ipv4Addr>> {
        let rules =
            plan.groups.values().flat_map(|group| group.ingress.iter().chain(&group.egress));
        let named = rules.filter_map(|rule| match rule.peer {
            Peer::Group(group) => Some(group),
            _ => None,
        });
        let members = |group: GroupId| {
            let carry = self.enis.values().filter(|eni| eni.groups.contains(&group));
            (group, carry.map(|eni| eni.address).collect())
        };
        named.map(members).collect()
    }

    fn add_eni(&mut self, vpc: u64, nth: u64) {
        let place = 1 + nth % SUBNETS;
        let holder = match nth {
            SHARED => Holder::Shared,
            ENDPOINT => Holder::Resource,
            _ => Holder::Environment,
        };
        let mut groups = BTreeSet::from([GroupId(of(vpc, 1 + self.random.below(GROUPS)))]);
        groups.insert(GroupId(of(vpc, 1 + self.random.below(GROUPS))));
        let plan = EniPlan {
            addresses6: Vec::new(),
            eni: EniId(of(vpc, nth)),
            vpc: VpcId(vpc),
            subnet: SubnetId(of(vpc, place)),
            gateway: Ipv4Addr::new(10, vpc as u8, place as u8, 1),
            address: Ipv4Addr::new(10, vpc as u8, place as u8, 10 + nth as u8),
            mac: [2, 0, 0, 0, vpc as u8, nth as u8],
            groups,
            holder,
        };
        if holder == Holder::Resource {
            self.endpoints.insert(plan.eni, endpoint(&self.net, &self.reports, &plan));
            self.enis.insert(plan.eni, plan);
            return;
        }
        let attachment = if holder == Holder::Shared {
            self.net.command(NodeCommand::PutEni(plan.clone()));
            Attachment::Hyperplane(plan.eni)
        } else {
            Attachment::Classic(plan.clone())
        };
        let slot = self.net.slot(self.net.place(&attachment).unwrap()).unwrap();
        self.net.attach(&slot, EnvironmentId(of(vpc, nth)), &attachment).unwrap();
        let own = match holder {
            Holder::Shared => link_local(&slot),
            Holder::Environment | Holder::Resource => plan.address,
        };
        self.hosts.insert(plan.eni, Host::new(slot, own));
        self.enis.insert(plan.eni, plan);
    }

    /// Has a deed look at the model of a VPC.
    fn at<T>(&self, vpc: VpcId, deed: impl FnOnce(&Reach<'_>) -> T) -> T {
        let plan = &self.plans[&vpc];
        let groups = plan.groups.iter().map(|(id, group)| (*id, (**group).clone())).collect();
        let own = self.enis.iter().filter(|(_, eni)| eni.vpc == vpc);
        let enis = own.map(|(id, eni)| (*id, eni.clone())).collect();
        deed(&Reach { vpc: plan, groups: &groups, enis: &enis })
    }

    fn course(&self, packet: &Packet) -> Course {
        let sender = &self.enis[&packet.sender];
        let source = sender.address;
        let (mut by, mut packet) = (Vec::new(), *packet);
        loop {
            let outcome = match self.at(sender.vpc, |reach| reach.step(source, &packet)) {
                Ok(Step::Middlebox(eni)) => {
                    by.push(eni);
                    packet.sender = eni;
                    continue;
                }
                Ok(Step::Peer(id)) => {
                    let peer = self.plans[&sender.vpc].peers[&id].vpc;
                    self.at(peer, |reach| reach.comes_from_peer(source, &packet))
                }
                outcome => outcome,
            };
            let outcome = outcome.map(|step| match step {
                Step::Arrives(eni) => eni,
                other => panic!("{other:?} for {packet:?}"),
            });
            return Course { by, outcome };
        }
    }

    /// What comes of the reply; nothing where that is led through another middlebox than the packet was.
    fn reply(&self, packet: &Packet, there: &Course) -> Option<Course> {
        let (sender, receiver) = (&self.enis[&packet.sender], &self.enis[&there.outcome.ok()?]);
        let is_of_peer = sender.vpc != receiver.vpc;
        let plan = &self.plans[&receiver.vpc];
        let arrives = |by| Some(Course { by, outcome: Ok(sender.eni) });
        let drops = |reason| Some(Course { by: Vec::new(), outcome: Err(reason) });
        // Of peers the middlebox of the one is none of the other's.
        if is_of_peer && !there.by.is_empty() {
            return None;
        }
        match plan.hop(receiver.subnet, sender.address) {
            Err(reason) => drops(reason),
            Ok(Some(Hop::Middlebox(id))) => {
                // A middlebox's own replies are not led by another.
                let is_same = there.by.first() == Some(&id) && !plan.forwards(receiver.eni);
                let on = plan.hop(self.enis[&id].subnet, sender.address);
                let course = |outcome| Some(Course { by: vec![id], outcome });
                match on {
                    _ if !is_same => None,
                    Ok(None) => arrives(vec![id]),
                    Ok(Some(_)) => course(Err(DropReason::SecondMiddlebox)),
                    Err(reason) => course(Err(reason)),
                }
            }
            Ok(None) if is_of_peer => drops(DropReason::NoRouteBack),
            Ok(_) => arrives(Vec::new()),
        }
    }

    fn packet(&mut self) -> Packet {
        let vpc = 1 + self.random.below(VPCS);
        // An endpoint begins nothing.
        let sender = match 1 + self.random.below(ENIS) {
            ENDPOINT => EniId(of(vpc, SHARED)),
            nth => EniId(of(vpc, nth)),
        };
        let destination = loop {
            let to = if self.random.below(2) == 0 { vpc } else { 1 + self.random.below(VPCS) };
            let to = EniId(of(to, 1 + self.random.below(ENIS)));
            if to != sender {
                break self.enis[&to].address;
            }
        };
        Packet { sender, destination, content: Content::Udp(self.random.one(&PORTS)) }
    }

    /// Sends packets, and compares who got them, by whom, and who a reply, with who should have.
    fn round(&mut self, first: u32) -> Result<(), String> {
        let packets: BTreeMap<u32, Packet> =
            (first..first + PACKETS).map(|number| (number, self.packet())).collect();
        let courses: BTreeMap<u32, Course> =
            packets.iter().map(|(number, packet)| (*number, self.course(packet))).collect();
        let replies: BTreeMap<u32, Course> = packets
            .iter()
            .filter_map(|(number, packet)| Some((*number, self.reply(packet, &courses[number])?)))
            .collect();
        self.expect(&packets, &courses, &replies);
        for (number, packet) in &packets {
            let host = &self.hosts[&packet.sender];
            host.send(&bytes(host.own, packet, *number), packet.destination);
        }
        // Who is to get what: the number, whether it is the reply, and the ENI.
        let mut missing: BTreeSet<(u32, bool, EniId)> = BTreeSet::new();
        for (is_reply, all) in [(false, &courses), (true, &replies)] {
            for (number, course) in all {
                let to = course.by.iter().copied().chain(course.outcome.ok());
                missing.extend(to.map(|eni| (*number, is_reply, eni)));
            }
        }
        let wanted = missing.clone();
        let end = Instant::now() + Duration::from_secs(5);
        let mut quiet = 0;
        while (!missing.is_empty() && Instant::now() < end) || quiet < 3 {
            quiet += 1;
            let hosts = self.hosts.iter().map(|(eni, host)| (eni, &**host));
            for (eni, host) in hosts.chain(&self.endpoints) {
                while let Some(received) = host.receive() {
                    let Some((number, _)) = read(&received) else { continue };
                    let Some(packet) = packets.get(&number) else {
                        return Err(format!("packet {number} came to {eni} late or from nowhere"));
                    };
                    quiet = 0;
                    let to = Ipv4Addr::from(<[u8; 4]>::try_from(&received[16..20]).unwrap());
                    let is_reply = to != packet.destination;
                    let got = (number, is_reply, *eni);
                    if !wanted.contains(&got) {
                        let (there, back) = (&courses[&number], replies.get(&number));
                        return Err(format!(
                            "{packet:?} (reply: {is_reply}) came to {eni}; {there:?} {back:?}"
                        ));
                    }
                    missing.remove(&got);
                    let is_there =
                        self.enis[eni].address == to || is_reply && *eni == packet.sender;
                    if !is_there {
                        // As it came: a middlebox changes nothing.
                        host.send(&received, to);
                    } else if let (false, Content::Udp(port)) = (is_reply, packet.content)
                        && replies.contains_key(&number)
                    {
                        let (reply, to) = reply_to(&received, port, number);
                        host.send(&reply, to);
                    }
                }
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        match missing.first() {
            None => self.compare_reasons(),
            Some((number, is_reply, eni)) => Err(format!(
                "{:?} (reply: {is_reply}) did not come to {eni}; {:?} {:?}",
                packets[number],
                courses[number],
                replies.get(number)
            )),
        }
    }

    /// The drops that may be told.
    fn expect(
        &mut self,
        packets: &BTreeMap<u32, Packet>,
        courses: &BTreeMap<u32, Course>,
        replies: &BTreeMap<u32, Course>,
    ) {
        for (number, packet) in packets {
            let (here, there) = (self.enis[&packet.sender].address, packet.destination);
            let Content::Udp(port) = packet.content else { continue };
            if let Err(reason) = courses[number].outcome {
                self.told.insert((here, there, port, reason));
            }
            if let Some(Err(reason)) = replies.get(number).map(|course| course.outcome) {
                self.told.insert((there, here, port_of(*number), reason));
            }
        }
    }

    /// Drops that were told have the model's reason; how many are told is limited.
    fn compare_reasons(&self) -> Result<(), String> {
        while let Ok(report) = self.reports.recv_timeout(Duration::from_millis(2)) {
            let NodeReport::Dropped(drop) = report else { continue };
            let (to, port) = (v4(drop.destination.ip()), drop.destination.port());
            // Hosts say that nobody waits for a packet; of that the model knows nothing.
            if drop.protocol == 17 && !self.told.contains(&(v4(drop.source), to, port, drop.reason))
            {
                return Err(format!("{drop:?} was told, which the model does not expect"));
            }
        }
        Ok(())
    }
}

impl Drop for World {
    fn drop(&mut self) {
        for host in std::mem::take(&mut self.hosts).into_values() {
            self.net.release(&host.slot);
        }
        for eni in self.endpoints.keys() {
            self.net.command(NodeCommand::DeleteResource(ResourceId(eni.0)));
        }
        for vpc in 1..=VPCS {
            self.net.command(NodeCommand::DeleteVpc(VpcId(vpc)));
        }
    }
}

#[test]
fn the_kernel_leads_every_packet_by_the_hops_of_the_model() {
    const { assert!(WORLDS * ROUNDS * PACKETS as u64 >= 10_000) };
    let mut numbers = 0u32;
    for seed in 0..WORLDS {
        let mut world = World::new(seed);
        for round in 0..ROUNDS {
            if round > 0 {
                world.change();
            }
            if let Err(difference) = world.round(numbers) {
                panic!(
                    "seed {seed}, round {round}: {difference}\n{:#?}\n{:#?}",
                    world.plans, world.enis
                );
            }
            numbers += PACKETS;
        }
    }
}
