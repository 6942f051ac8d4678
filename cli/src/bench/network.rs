//! Figures of the network alone: attaching, rules and teardown, without any process.

mod much;
mod path;

use std::collections::BTreeSet;
use std::net::Ipv4Addr;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use engine::cidr::Cidr;
use engine::id::{EniId, EnvironmentId, GroupId, RuleId, SubnetId, VpcId};
use engine::node::{Attachment, NodeCommand};
use engine::plan::{EniPlan, GroupPlan, Holder, RulePlan, VpcPlan};
use engine::record::group::{Peer, Ports, Protocol};
use node::agent::{Network, NetworkError, Place, Slot};
use node::net::Net;

use super::error::BenchError;
use super::figure::{Figures, timed};

const VPC: VpcId = VpcId(1);
const GROUP: GroupId = GroupId(1);

struct World {
    net: Net,
    plan: VpcPlan,
    enis: u64,
    /// Whether each /24 is a subnet of its own.
    has_subnets: bool,
}

/// How many subnets ENIs are of in turn, where there are any.
const SUBNETS: u64 = 200;

impl World {
    fn new() -> Result<World, BenchError> {
        World::named("bench")
    }

    fn named(name: &str) -> Result<World, BenchError> {
        let instance = format!("{name}-{}", std::process::id());
        let net = Net::start(&instance, Vec::new(), Arc::new(|_| {}))?;
        let block =
            Cidr::containing(Ipv4Addr::new(10, 0, 0, 0), 16).expect("a prefix of at most 32");
        let plan = VpcPlan::empty(VPC, vec![block]);
        let mut world = World { net, plan, enis: 0, has_subnets: false };
        world.rules(5432);
        Ok(world)
    }

    /// Ten rules, one of them for this port.
    fn rules(&mut self, port: u16) {
        let rule = |number: u16| RulePlan {
            rule: RuleId(u64::from(number)),
            protocol: Protocol::Tcp(Ports { first: port + number, last: port + number }),
            peer: Peer::Group(GROUP),
        };
        let ingress = (0..10).map(rule).collect::<Vec<_>>();
        let plan = GroupPlan { group: GROUP, vpc: VPC, egress: ingress.clone(), ingress };
        self.plan.groups.insert(GROUP, Arc::new(plan));
        self.put();
    }

    /// Has the plan in force.
    fn put(&mut self) {
        self.plan.generation.0 += 1;
        self.net.command(NodeCommand::Plan(Arc::new(self.plan.clone())));
    }

    fn eni(&mut self, holder: Holder) -> EniPlan {
        self.enis += 1;
        let high = (self.enis % SUBNETS) as u8;
        let low = (self.enis / SUBNETS + 4) as u8;
        let subnet = if self.has_subnets { 1 + u64::from(high) } else { 1 };
        EniPlan {
            addresses6: Vec::new(),
            eni: EniId(self.enis),
            vpc: VPC,
            subnet: SubnetId(subnet),
            gateway: Ipv4Addr::new(10, 0, 0, 1),
            address: Ipv4Addr::new(10, 0, high, low),
            mac: [2, 0, 0, 1, high, low],
            groups: BTreeSet::from([GROUP]),
            holder,
        }
    }

    /// Members of the group, up to this many.
    fn fill(&mut self, count: u64) {
        while self.enis < count {
            let plan = self.eni(Holder::Shared);
            self.net.command(NodeCommand::PutEni(plan));
        }
    }

    fn slots(&self, count: usize) -> Result<Vec<Slot>, NetworkError> {
        (0..count).map(|_| self.net.slot(Place::Vpc(VPC))).collect()
    }

    fn attach(&self, slot: &Slot, attachment: &Attachment) -> Result<Duration, NetworkError> {
        let environment = EnvironmentId(self.enis);
        let (span, done) = timed(|| self.net.attach(slot, environment, attachment));
        done.map(|()| span)
    }

    fn classic(&mut self, count: usize) -> Result<Vec<Duration>, NetworkError> {
        let slots = self.slots(count)?;
        let spans = slots
            .iter()
            .map(|slot| {
                let plan = self.eni(Holder::Environment);
                self.attach(slot, &Attachment::Classic(plan))
            })
            .collect();
        slots.iter().for_each(|slot| self.net.release(slot));
        spans
    }

    fn hyperplane(&self, count: usize, eni: EniId) -> Result<Vec<Duration>, NetworkError> {
        let slots = self.slots(count)?;
        let attachment = Attachment::Hyperplane(eni);
        let spans = slots.iter().map(|slot| self.attach(slot, &attachment)).collect();
        slots.iter().for_each(|slot| self.net.release(slot));
        spans
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.net.command(NodeCommand::DeleteVpc(VPC));
    }
}

pub(super) fn measure(figures: &mut Figures, is_quick: bool) -> Result<(), BenchError> {
    let count = if is_quick { 50 } else { 300 };
    naive(figures, if is_quick { 2 } else { 10 });
    let mut world = World::new()?;
    // The first one makes the router.
    world.classic(1)?;
    let shared = world.eni(Holder::Shared);
    world.net.command(NodeCommand::PutEni(shared.clone()));
    let fillings: &[u64] = if is_quick { &[0, 1000] } else { &[0, 1000, 5000] };
    for others in fillings {
        world.fill(*others);
        let among = |what: &str| format!("{what}, {others} other ENIs");
        let spans = world.classic(count)?;
        figures.spans(&among("ENI attach to a waiting slot (classic)"), spans, Some(60.0));
        let spans = world.hyperplane(count, shared.eni)?;
        figures.spans(&among("ENI attach to a waiting slot (hyperplane)"), spans, Some(15.0));
    }
    let mut spans = Vec::new();
    let mut slots = Vec::new();
    for _ in 0..count {
        let plan = world.eni(Holder::Environment);
        let (span, slot) = timed(|| {
            let slot = world.net.slot(Place::Vpc(VPC))?;
            let attachment = Attachment::Classic(plan);
            world.net.attach(&slot, EnvironmentId(1), &attachment)?;
            Ok::<_, NetworkError>(slot)
        });
        slots.push(slot?);
        spans.push(span);
    }
    figures.spans("ENI from nothing (namespace, link, routes, rules)", spans, Some(1000.0));
    teardown(figures, &mut world, slots)?;
    world.fill(10_000);
    let spans = (0..count as u16).map(|number| timed(|| world.rules(1000 + number)).0).collect();
    figures.spans("rule change, in force for 10,000 members", spans, Some(1000.0));
    drop(world);
    much::measure(figures, is_quick)?;
    path::measure(figures, is_quick)
}

/// Takes ENIs down while others are made.
fn teardown(
    figures: &mut Figures,
    world: &mut World,
    slots: Vec<Slot>,
) -> Result<(), NetworkError> {
    let count = slots.len() as f64;
    let (span, ()) = timed(|| {
        for slot in slots {
            world.net.release(&slot);
        }
    });
    let each = span.as_secs_f64() * 1e6 / count;
    figures.note("ENI teardown, each of many", "µs", each, None, None);
    // The kernel ends the namespaces meanwhile.
    let mut spans = Vec::new();
    for _ in 0..50 {
        let plan = world.eni(Holder::Environment);
        let (span, slot) = timed(|| {
            let slot = world.net.slot(Place::Vpc(VPC))?;
            let attachment = Attachment::Classic(plan);
            world.net.attach(&slot, EnvironmentId(1), &attachment)?;
            Ok::<_, NetworkError>(slot)
        });
        world.net.release(&slot?);
        spans.push(span);
    }
    figures.spans("ENI from nothing, during teardown", spans, Some(5000.0));
    Ok(())
}

/// What a script of `ip` does, where it is installed.
fn naive(figures: &mut Figures, count: usize) {
    let name = format!("wrnb{}", std::process::id());
    let ip = |words: &str| {
        let words = words.replace("NAME", &name);
        let done = Command::new("ip")
            .args(words.split(' '))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        done.is_ok_and(|status| status.success())
    };
    let (mut making, mut ending) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let (span, is_done) = timed(|| {
            ip("netns add NAME")
                && ip("link add NAME type veth peer name NAMEp")
                && ip("link set NAMEp netns NAME")
                && ip("link set NAME up")
                && ip("-n NAME addr add 10.255.0.4/32 dev NAMEp")
                && ip("-n NAME link set NAMEp up")
                && ip("-n NAME route add default dev NAMEp")
                && ip("route add 10.255.0.4/32 dev NAME")
        });
        let (end, _) = timed(|| ip("link del NAME") && ip("netns del NAME"));
        if !is_done {
            return;
        }
        making.push(span);
        ending.push(end);
    }
    figures.spans("  ENI from nothing by `ip`, without rules", making, None);
    figures.spans("  ENI teardown by `ip`", ending, None);
}
