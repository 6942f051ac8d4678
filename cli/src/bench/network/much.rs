//! Figures of a VPC with much in it: attaching and changes beside many route tables, routes and network
//! ACLs, and beside none in the same run.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use engine::cidr::Cidr;
use engine::id::{AclId, InternetGatewayId, RouteTableId, SubnetId};
use engine::node::NodeCommand;
use engine::plan::{
    AclPlan, AclRulePlan, EniPlan, Holder, RoutePlan, RouteTablePlan, RouteTarget, SubnetPlan,
};
use engine::record::group::{Ports, Protocol};
use engine::record::network_acl::AclBlock;
use node::agent::Network;

use super::super::error::BenchError;
use super::super::figure::{Figures, percentile, timed};
use super::{SUBNETS, World};

/// Routes of each of as many tables as there are subnets: 1,000 in all.
const ROUTES: u8 = 5;
/// ENIs beside which is attached, and of the VPC in which something changes.
pub(super) const ENIS: u64 = 5000;
const MANY_ENIS: u64 = 10_000;
const GATEWAY: InternetGatewayId = InternetGatewayId(1);

fn block(octets: [u8; 4], prefix: u8) -> Cidr {
    Cidr::containing(Ipv4Addr::from(octets), prefix).expect("a prefix of at most 32")
}

impl World {
    /// A table and an ACL of its own for each subnet, with so many entries each way.
    pub(super) fn fill_plan(&mut self, entries: u16) {
        self.has_subnets = true;
        self.plan.gateway = Some(GATEWAY);
        for number in 0..SUBNETS {
            let (subnet, table, acl) = (1 + number, RouteTableId(1 + number), AclId(1 + number));
            self.plan.subnets.push(SubnetPlan {
                subnet: SubnetId(subnet),
                cidr: block([10, 0, number as u8, 0], 24),
                cidr6: None,
                table,
                acl,
            });
            self.routes(table, 0);
            self.acl(acl, entries, number as u16);
        }
        self.put();
    }

    /// A table whose routes depend on a seed.
    fn routes(&mut self, table: RouteTableId, seed: u8) {
        let route = |number: u8| RoutePlan {
            destination: block([172, 16 + number, seed, 0], if number == 0 { 0 } else { 24 }),
            target: RouteTarget::InternetGateway(GATEWAY),
        };
        let routes = (0..ROUTES).map(route).collect();
        self.plan
            .tables
            .insert(table, Arc::new(RouteTablePlan { routes6: Vec::new(), table, routes }));
    }

    /// An ACL whose ports depend on a seed: every other entry denies, and the last lets all else through.
    fn acl(&mut self, acl: AclId, entries: u16, seed: u16) {
        let anywhere = AclBlock::V4(Cidr::ANYWHERE);
        let entry = |number: u16| {
            let port = 1000 + 10 * number + seed;
            AclRulePlan {
                number,
                allows: number.is_multiple_of(2),
                protocol: Protocol::Tcp(Ports { first: port, last: port + 5 }),
                block: AclBlock::V4(block([10, 0, (number % 4) as u8, 0], 24)),
            }
        };
        let rest =
            AclRulePlan { number: 32_000, allows: true, protocol: Protocol::All, block: anywhere };
        let rules: Vec<AclRulePlan> = (1..entries).map(entry).chain([rest]).collect();
        let plan = AclPlan { acl, ingress: rules.clone(), egress: rules };
        self.plan.acls.insert(acl, Arc::new(plan));
    }

    /// What `ReplaceNetworkAclEntry` does: one of its entries for what comes in has another port.
    fn acl_entry(&mut self, acl: AclId, port: u16) {
        let mut plan = AclPlan::clone(&self.plan.acls[&acl]);
        plan.ingress[8].protocol = Protocol::Tcp(Ports { first: port, last: port + 5 });
        self.plan.acls.insert(acl, Arc::new(plan));
    }

    /// Has an ENI that environments share, and this many beside it.
    fn populate(&mut self, count: u64) -> EniPlan {
        let shared = self.eni(Holder::Shared);
        self.net.command(NodeCommand::PutEni(shared.clone()));
        self.fill(count);
        shared
    }
}

/// The figures of attaching in one VPC.
#[derive(Default)]
struct Attached {
    classic: Vec<Duration>,
    hyperplane: Vec<Duration>,
}

pub(super) fn measure(figures: &mut Figures, is_quick: bool) -> Result<(), BenchError> {
    let (rounds, each) = if is_quick { (3, 20) } else { (10, 50) };
    let mut plain = World::named("bench-plain")?;
    let beside_none = plain.populate(ENIS);
    for entries in [4, 20] {
        let mut full = World::named("bench-much")?;
        full.fill_plan(entries);
        let beside_much = full.populate(ENIS);
        let (mut none, mut much) = (Attached::default(), Attached::default());
        // By turns, so that what else the machine does falls on both alike.
        for _ in 0..rounds {
            none.classic.extend(plain.classic(each)?);
            much.classic.extend(full.classic(each)?);
            none.hyperplane.extend(plain.hyperplane(each, beside_none.eni)?);
            much.hyperplane.extend(full.hyperplane(each, beside_much.eni)?);
        }
        let what = format!("200 tables, 1,000 routes, 200 ACLs of {entries} entries, {ENIS} ENIs");
        told(figures, &format!("classic attach beside {what}"), 60.0, none.classic, much.classic);
        let (alone, beside) = (none.hyperplane, much.hyperplane);
        told(figures, &format!("hyperplane attach beside {what}"), 15.0, alone, beside);
        if entries == 20 {
            changes(figures, &mut full, if is_quick { 10 } else { 100 });
        }
    }
    Ok(())
}

fn told(
    figures: &mut Figures,
    what: &str,
    most: f64,
    mut alone: Vec<Duration>,
    mut beside: Vec<Duration>,
) {
    let middle = |spans: &mut [Duration]| percentile(spans, 50).as_secs_f64();
    let ratio = middle(&mut beside) / middle(&mut alone);
    figures.spans(what, beside, Some(most));
    figures.spans("  the same beside none of them", alone, None);
    figures.ratio("  beside them ÷ beside none", ratio, None);
}

/// Changes of one of each, until they are in force.
fn changes(figures: &mut Figures, world: &mut World, count: u8) {
    world.fill(MANY_ENIS);
    let mut spans = |what: &str, most, change: &dyn Fn(&mut World, u8)| {
        let each = |number| {
            change(world, number);
            timed(|| world.put()).0
        };
        let spans = (1..=count).map(each).collect();
        let told = format!("change of {what} beside as much, in force for {MANY_ENIS} ENIs");
        figures.spans(&told, spans, most);
    };
    let most = Some(2000.0);
    spans("a route", most, &|world, number| world.routes(RouteTableId(7), number));
    let entry = |world: &mut World, number| world.acl_entry(AclId(7), 3000 + u16::from(number));
    spans("an entry of a network ACL", most, &entry);
    // No call does so much.
    let all = |world: &mut World, number| world.acl(AclId(7), 20, 300 + u16::from(number));
    spans("all entries of a network ACL", None, &all);
    spans("an association", most, &|world, number| {
        world.plan.subnets[3].acl = AclId(1 + u64::from(number));
    });
    let changed = |number: u8| timed(|| world.rules(2000 + u16::from(number))).0;
    let spans = (1..=count).map(changed).collect();
    let told = format!("change of a rule beside as much, in force for {MANY_ENIS} ENIs");
    figures.spans(&told, spans, Some(2000.0));
}
