//! Reach: the kernel's verdict on real packets and on replies to them against the engine's model, over
//! generated rules of security groups and network ACLs; some come in fragments, and some go to interface
//! endpoints, which answer as AWS's services do.

mod packets;

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use engine::cidr::Cidr;
use engine::id::{
    AclId, EniId, EnvironmentId, GroupId, ResourceId, RouteTableId, RuleId, SubnetId, VpcId,
};
use engine::network::reach::{Content, Packet, Reach};
use engine::node::{Attachment, NodeCommand, NodeReport};
use engine::plan::{
    AclPlan, AclRulePlan, DropReason, EniPlan, GroupPlan, Holder, RulePlan, SubnetPlan, VpcPlan,
};
use engine::random::Random;
use engine::record::group::{Peer, Ports, Protocol};
use engine::record::network_acl::AclBlock;
use node::agent::Network;
use node::net::Net;
use packets::{
    Ends, Host, ICMP_TYPES, OTHERS, bytes, endpoint, in_two, is_taken, link_local, port_of, read,
    reply_to, v4,
};

const WORLDS: u64 = 40;
/// Rule sets of a world, one after another over the same ENIs.
const ROUNDS: u64 = 5;
const PACKETS: u64 = 500;
/// One of so many packets comes in two fragments.
const FRAGMENTED: u32 = 7;
const VPC: VpcId = VpcId(1);
const GROUPS: u64 = 5;
const ENIS: u64 = 6;
/// ENIs of interface endpoints, which begin nothing.
const ENDPOINTS: u64 = 2;
const ACLS: u64 = 4;
/// Subnets, of which ENIs are in turn.
const SUBNETS: [([u8; 4], u8); 3] =
    [([10, 0, 1, 0], 24), ([10, 0, 2, 0], 25), ([10, 0, 2, 128], 26)];
const PORTS: [u16; 6] = [0, 22, 53, 443, 5432, 65535];
/// A packet that does not arrive: whether it is a reply, on whose account, from where, where to, its
/// protocol and port, and why not.
type Expected = (bool, EniId, Ipv4Addr, Ipv4Addr, u8, u16, DropReason);

struct World {
    net: Net,
    reports: Receiver<NodeReport>,
    random: Random,
    vpc: VpcPlan,
    groups: BTreeMap<GroupId, GroupPlan>,
    enis: BTreeMap<EniId, EniPlan>,
    /// The drops that the model expected in the round before.
    earlier: BTreeSet<Expected>,
    hosts: BTreeMap<EniId, Host>,
    endpoints: BTreeMap<EniId, Ends>,
    /// Connections that endpoints have taken.
    taken: u64,
}

impl World {
    fn new(seed: u64) -> World {
        let (sender, reports) = channel();
        let sender = Mutex::new(sender);
        let instance = format!("reach-{}-{seed}", std::process::id());
        let report = move |report| drop(sender.lock().unwrap().send(report));
        let net =
            Net::start(&instance, Vec::new(), Arc::new(report)).expect("the tests are run as root");
        let block = |base: [u8; 4], prefix| Cidr::containing(base.into(), prefix).unwrap();
        let vpc = VpcPlan::empty(VPC, vec![block([10, 0, 0, 0], 16)]);
        // Who is asked at an endpoint listens, and says no more.
        net.serve_services(Box::new(drop));
        let (groups, enis) = (BTreeMap::new(), BTreeMap::new());
        let (hosts, endpoints) = (BTreeMap::new(), BTreeMap::new());
        let random = Random::new(seed);
        let earlier = BTreeSet::new();
        let mut world =
            World { net, reports, random, vpc, groups, enis, earlier, hosts, endpoints, taken: 0 };
        world.change_rules();
        (1..=ENIS).for_each(|id| world.add_eni(id));
        (1..=ENDPOINTS).for_each(|id| world.add_endpoint(ENIS + id));
        world
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.random.draw() % limit
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }

    fn protocol(&mut self) -> Protocol {
        let ports = |world: &mut World| {
            let (one, other) = (world.one(&PORTS), world.one(&PORTS));
            Ports { first: one.min(other), last: one.max(other) }
        };
        match self.below(8) {
            0 => Protocol::All,
            1..=3 => Protocol::Tcp(ports(self)),
            4 | 5 => Protocol::Udp(ports(self)),
            6 => {
                let kind = (self.below(3) > 0).then(|| self.one(&ICMP_TYPES));
                let code = (kind.is_some() && self.below(2) == 0).then(|| self.below(2) as u8);
                Protocol::Icmp { kind, code }
            }
            _ => Protocol::Number(self.one(&[1, 6, 17, 50, 99])),
        }
    }

    fn block(&mut self) -> Cidr {
        let (base, _) = self.one(&SUBNETS);
        let within = self.below(64) as u32;
        let prefix = self.one(&[0, 8, 16, 24, 26, 28, 30, 32]);
        Cidr::containing((u32::from(Ipv4Addr::from(base)) + within).into(), prefix).unwrap()
    }

    fn rule(&mut self, id: u64) -> RulePlan {
        let protocol = self.protocol();
        let peer = match self.below(3) {
            0 => Peer::Group(GroupId(1 + self.below(GROUPS))),
            _ => Peer::Cidr(self.block()),
        };
        RulePlan { rule: RuleId(id), protocol, peer }
    }

    /// Rules of one way of an ACL; some let everything through in the end, or at once.
    fn acl_rules(&mut self) -> Vec<AclRulePlan> {
        let mut rules = Vec::new();
        for number in 1..=self.below(7) as u16 {
            let allows = self.below(4) > 0;
            let (block, protocol) = (AclBlock::V4(self.block()), self.protocol());
            rules.push(AclRulePlan { number, allows, protocol, block });
        }
        if self.below(3) > 0 {
            let (allows, protocol) = (true, Protocol::All);
            let block = AclBlock::V4(Cidr::ANYWHERE);
            rules.push(AclRulePlan { number: 100, allows, protocol, block });
        }
        let number = self.one(&[0, 50, 200]);
        let at = rules.partition_point(|rule| rule.number < number);
        let block = AclBlock::V6("::/0".parse().unwrap());
        rules.insert(at, AclRulePlan { number, allows: false, protocol: Protocol::All, block });
        rules
    }

    /// As `ReplaceNetworkAclEntry` does it, mostly with the same block.
    fn other_entry(&mut self, mut plan: AclPlan) -> AclPlan {
        let is_ingress = self.below(2) == 0;
        let (allows, protocol) = (self.below(2) == 0, self.protocol());
        let block = (self.below(4) == 0).then(|| AclBlock::V4(self.block()));
        let rules = if is_ingress { &mut plan.ingress } else { &mut plan.egress };
        let at = self.random.draw() as usize % rules.len();
        if matches!(rules[at].block, AclBlock::V4(_)) {
            let block = block.unwrap_or(rules[at].block);
            rules[at] = AclRulePlan { allows, protocol, block, ..rules[at] };
        }
        plan
    }

    fn change_acls(&mut self) {
        for id in 1..=ACLS {
            let known = self.vpc.acls.get(&AclId(id)).cloned();
            // Some stay as they are, and some get another entry in the place of one.
            match (known, self.below(6)) {
                (Some(_), 0 | 1) => continue,
                (Some(known), 2 | 3) => {
                    let plan = self.other_entry(AclPlan::clone(&known));
                    self.vpc.acls.insert(plan.acl, Arc::new(plan));
                    continue;
                }
                _ => {}
            }
            let (ingress, egress) = (self.acl_rules(), self.acl_rules());
            let plan = AclPlan { acl: AclId(id), ingress, egress };
            self.vpc.acls.insert(plan.acl, Arc::new(plan));
        }
        let subnets = SUBNETS.into_iter().zip(1..).map(|((base, prefix), id)| SubnetPlan {
            cidr6: None,
            subnet: SubnetId(id),
            cidr: Cidr::containing(base.into(), prefix).unwrap(),
            table: RouteTableId(1),
            acl: AclId(1 + self.random.draw() % ACLS),
        });
        self.vpc.subnets = subnets.collect();
    }

    fn change_rules(&mut self) {
        for id in 1..=GROUPS {
            let group = GroupId(id);
            let few = self.below(4);
            let mut ingress: Vec<_> = (0..few).map(|id| self.rule(id)).collect();
            let many = self.below(6);
            let mut egress: Vec<_> = (0..many).map(|id| self.rule(id)).collect();
            // Some are open, so that others have a say.
            let (protocol, peer) = (Protocol::All, Peer::Cidr(Cidr::ANYWHERE));
            for (rules, of) in [(&mut ingress, 4), (&mut egress, 2)] {
                if self.below(of) == 0 {
                    rules.push(RulePlan { rule: RuleId(9), protocol, peer });
                }
            }
            let plan = GroupPlan { group, vpc: VPC, ingress, egress };
            self.vpc.groups.insert(group, Arc::new(plan.clone()));
            self.groups.insert(group, plan);
        }
        self.change_acls();
        self.vpc.generation.0 += 1;
        self.net.command(NodeCommand::Plan(Arc::new(self.vpc.clone())));
        // Endpoints come to have other groups too.
        for eni in self.endpoints.keys().copied().collect::<Vec<_>>() {
            if self.below(2) == 0 {
                let groups = self.some_groups();
                let plan = self.enis.get_mut(&eni).unwrap();
                plan.groups = groups;
                let plan = plan.clone();
                self.net.command(NodeCommand::PutEni(plan));
            }
        }
    }

    fn some_groups(&mut self) -> BTreeSet<GroupId> {
        let mut groups = BTreeSet::from([GroupId(1 + self.below(GROUPS))]);
        for _ in 0..self.below(3) {
            groups.insert(GroupId(1 + self.below(GROUPS)));
        }
        groups
    }

    fn planned(&mut self, id: u64, holder: Holder) -> EniPlan {
        let groups = self.some_groups();
        let place = id as usize % SUBNETS.len();
        let base = u32::from(Ipv4Addr::from(SUBNETS[place].0));
        EniPlan {
            addresses6: Vec::new(),
            eni: EniId(id),
            vpc: VPC,
            subnet: SubnetId(1 + place as u64),
            gateway: (base + 1).into(),
            address: (base + id as u32 * 8).into(),
            mac: [2, 0, 0, 0, 0, id as u8],
            groups,
            holder,
        }
    }

    fn add_endpoint(&mut self, id: u64) {
        let plan = self.planned(id, Holder::Resource);
        self.endpoints.insert(plan.eni, endpoint(&self.net, &self.reports, &plan));
        self.enis.insert(plan.eni, plan);
    }

    fn add_eni(&mut self, id: u64) {
        // The last is shared by environments.
        let holder = if id == ENIS { Holder::Shared } else { Holder::Environment };
        let plan = self.planned(id, holder);
        let attachment = if holder == Holder::Shared {
            self.net.command(NodeCommand::PutEni(plan.clone()));
            Attachment::Hyperplane(plan.eni)
        } else {
            Attachment::Classic(plan.clone())
        };
        let slot = self.net.slot(self.net.place(&attachment).unwrap()).unwrap();
        self.net.attach(&slot, EnvironmentId(id), &attachment).unwrap();
        let own = match holder {
            // The only slot that keeps its link-local address.
            Holder::Shared => link_local(&slot),
            Holder::Environment | Holder::Resource => plan.address,
        };
        self.hosts.insert(plan.eni, Host::new(slot, own));
        self.enis.insert(plan.eni, plan);
    }

    fn packet(&mut self) -> Packet {
        let sender = 1 + self.below(ENIS);
        let all = ENIS + ENDPOINTS;
        let other = 1 + (sender + self.below(all - 1)) % all;
        let destination = match self.below(20) {
            0 => [10, 0, 1, 200].into(),
            1 => [10, 0, 2, 200].into(),
            2 => [10, 7, 0, 1].into(),
            _ => self.enis[&EniId(other)].address,
        };
        let content = match self.below(10) {
            0..=3 => Content::Tcp(self.one(&PORTS)),
            4..=6 => Content::Udp(self.one(&PORTS)),
            // An answer by protocol number alone would be of an established flow.
            7 if sender < other => Content::Other(self.one(&OTHERS)),
            _ => Content::Icmp(self.one(&ICMP_TYPES), self.below(2) as u8),
        };
        Packet { sender: EniId(sender), destination, content }
    }

    /// Sends a packet, some in two fragments: rules look at ports, which the first alone has.
    fn send(&self, number: u32, packet: &Packet) {
        let host = &self.hosts[&packet.sender];
        let whole = bytes(host.own, packet, number);
        let has_ports = matches!(packet.content, Content::Tcp(_) | Content::Udp(_));
        match has_ports && number.is_multiple_of(FRAGMENTED) {
            true => {
                let parts = in_two(&whole, number);
                parts.iter().for_each(|part| host.send(part, packet.destination));
            }
            false => host.send(&whole, packet.destination),
        }
    }

    /// Sends packets, and compares who got them, and who a reply, with who should have.
    fn round(&mut self, first: u32) -> Result<(), String> {
        let packets: BTreeMap<u32, Packet> =
            (first..).take(PACKETS as usize).map(|number| (number, self.packet())).collect();
        let verdicts: BTreeMap<u32, Result<(), DropReason>> =
            packets.iter().map(|(number, packet)| (*number, self.reach().judge(packet))).collect();
        let replies: BTreeMap<u32, Result<(), DropReason>> = packets
            .iter()
            .filter(|(number, _)| verdicts[number].is_ok())
            .filter_map(|(number, packet)| Some((*number, self.reply(*number, packet)?)))
            .collect();
        packets.iter().for_each(|(number, packet)| self.send(*number, packet));
        let arriving = |verdicts: &BTreeMap<u32, Result<(), DropReason>>, is_reply: bool| {
            let arriving = verdicts.iter().filter(|(_, is)| is.is_ok());
            arriving.map(move |(number, _)| (*number, is_reply)).collect::<Vec<_>>()
        };
        let mut missing: BTreeSet<(u32, bool)> =
            arriving(&verdicts, false).into_iter().chain(arriving(&replies, true)).collect();
        let end = Instant::now() + Duration::from_secs(5);
        // What should come is waited for; what should not is given as long as that took, and is
        // still noticed in a later round.
        let (mut quiet, mut taken) = (0, 0);
        while (!missing.is_empty() && Instant::now() < end) || quiet < 3 {
            let mut has_come = false;
            for (eni, host) in self.all_ends() {
                while let Some(received) = host.receive() {
                    let Some((number, source)) = read(&received) else { continue };
                    let Some(packet) = packets.get(&number) else {
                        return Err(format!("packet {number} came to {eni} late or from nowhere"));
                    };
                    has_come = true;
                    let is_reply = *eni == packet.sender;
                    let (verdict, from) = match is_reply {
                        true => (replies.get(&number).copied(), packet.destination),
                        false => (Some(verdicts[&number]), self.enis[&packet.sender].address),
                    };
                    let is_theirs = is_reply || self.enis[eni].address == packet.destination;
                    if verdict != Some(Ok(())) || !is_theirs {
                        let what = if is_reply { "the reply to " } else { "" };
                        return Err(format!(
                            "{what}{packet:?} came to {eni}; the model says {verdict:?}"
                        ));
                    }
                    if source != from {
                        return Err(format!("{packet:?} came from {source}"));
                    }
                    missing.remove(&(number, is_reply));
                    taken += u64::from(is_reply && is_taken(&received));
                    if let (Content::Udp(port), false) = (packet.content, is_reply) {
                        let (reply, to) = reply_to(&received, port, number);
                        host.send(&reply, to);
                    }
                }
            }
            quiet = if has_come { 0 } else { quiet + 1 };
            std::thread::sleep(Duration::from_millis(1));
        }
        self.taken += taken;
        if let Some((number, is_reply)) = missing.first() {
            let what = if *is_reply { "the reply to " } else { "" };
            return Err(format!("{what}{:?} did not come; the model lets it", packets[number]));
        }
        let expected = self.expected(&packets, &verdicts, &replies);
        let outcome = self.compare_reasons(&expected);
        self.earlier = expected;
        outcome
    }

    fn all_ends(&self) -> impl Iterator<Item = (&EniId, &Ends)> {
        self.hosts.iter().map(|(eni, host)| (eni, &**host)).chain(&self.endpoints)
    }

    fn reach(&self) -> Reach<'_> {
        Reach { vpc: &self.vpc, groups: &self.groups, enis: &self.enis }
    }

    /// What a reply to a packet that arrived is, where it is replied to.
    fn reply_content(number: u32, packet: &Packet) -> Option<Content> {
        match packet.content {
            Content::Tcp(_) => Some(Content::Tcp(port_of(number))),
            Content::Udp(_) => Some(Content::Udp(port_of(number))),
            Content::Icmp(8, code) => Some(Content::Icmp(0, code)),
            Content::Icmp(..) | Content::Other(_) => None,
        }
    }

    fn reply(&self, number: u32, packet: &Packet) -> Option<Result<(), DropReason>> {
        let content = World::reply_content(number, packet)?;
        let own = self.enis[&packet.sender].address;
        Some(self.reach().judge_reply(packet.destination, own, content))
    }

    /// The drops that may be told: of packets, of replies, and of what hosts say of packets that nobody
    /// waits for.
    fn expected(
        &self,
        packets: &BTreeMap<u32, Packet>,
        verdicts: &BTreeMap<u32, Result<(), DropReason>>,
        replies: &BTreeMap<u32, Result<(), DropReason>>,
    ) -> BTreeSet<Expected> {
        let mut all = BTreeSet::new();
        for (number, packet) in packets {
            let (there, content) = (packet.destination, packet.content);
            let (eni, here) = (packet.sender, self.enis[&packet.sender].address);
            let mut add = |is_reply, from, to, content: Content, verdict| {
                let port = match content {
                    Content::Tcp(port) | Content::Udp(port) => port,
                    Content::Icmp(..) | Content::Other(_) => 0,
                };
                if let Err(reason) = verdict {
                    all.insert((is_reply, eni, from, to, content.number(), port, reason));
                }
            };
            add(false, here, there, content, verdicts[number]);
            if let (Some(verdict), Some(reply)) =
                (replies.get(number), World::reply_content(*number, packet))
            {
                add(true, there, here, reply, *verdict);
            }
            if matches!(content, Content::Udp(_) | Content::Other(_)) {
                let code = if matches!(content, Content::Udp(_)) { 3 } else { 2 };
                let unreachable = Content::Icmp(3, code);
                let judge = |from, to| self.reach().judge_reply(from, to, unreachable);
                add(true, there, here, unreachable, judge(there, here));
                add(false, here, there, unreachable, judge(here, there));
            }
        }
        all
    }

    /// Drops that were told have the model's reason; the rate at which they are told is limited. On a
    /// busy machine one of the round before may be told only now.
    fn compare_reasons(&self, expected: &BTreeSet<Expected>) -> Result<(), String> {
        while let Ok(report) = self.reports.recv_timeout(Duration::from_millis(2)) {
            let NodeReport::Dropped(drop) = report else { continue };
            let (to, port) = (v4(drop.destination.ip()), drop.destination.port());
            let Some(eni) = drop.eni else { return Err(format!("{drop:?} is nobody's")) };
            let told = (drop.is_reply, eni, v4(drop.source), to, drop.protocol, port, drop.reason);
            let all = || expected.iter().chain(&self.earlier);
            // Hosts say of packets of other protocols what the model knows nothing of.
            let is_ours = matches!(drop.protocol, 6 | 17)
                || all().any(|each| (each.2, each.3, each.4) == (told.2, told.3, told.4));
            if is_ours && !all().any(|each| *each == told) {
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
        self.net.command(NodeCommand::DeleteVpc(VPC));
    }
}

#[test]
fn the_kernel_and_the_model_agree_on_every_packet() {
    const { assert!(WORLDS * ROUNDS * PACKETS >= 100_000) };
    let (mut numbers, mut taken) = (0u32, 0);
    for seed in 0..WORLDS {
        let mut world = World::new(seed);
        for round in 0..ROUNDS {
            if round > 0 {
                world.change_rules();
            }
            if let Err(difference) = world.round(numbers) {
                let World { groups, vpc, .. } = &world;
                let (acls, subnets) = (&vpc.acls, &vpc.subnets);
                panic!(
                    "seed {seed}, round {round}: {difference}\n{groups:#?}\n{acls:#?}\n{subnets:?}"
                );
            }
            numbers += PACKETS as u32;
        }
        taken += world.taken;
    }
    assert!(taken >= 100, "endpoints have taken {taken} connections");
}
