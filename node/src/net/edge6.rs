//! The edge for IPv6: VPCs reach each other by the router to the outside, by addresses that are global,
//! once a route leads one out. Beyond that router nothing of IPv6 is there: a host that does not forward it
//! for others would have to, which changes how it has its own.

use std::collections::BTreeSet;
use std::io;
use std::net::Ipv6Addr;

use engine::cidr6::Cidr6;
use engine::id::VpcId;
use engine::limits::IPV6_PREFIX;
use engine::plan::VpcPlan;

use super::edge::{INNER, OUTER};
use super::link::{UPLINK_INDEX, unless_gone};
use super::names::{FORWARD, INPUT, TABLE, UPLINK};
use super::netlink::Messages;
use super::nft::{Batch, Hook, Rule, Side, Verdict};
use super::outside::Outside;
use super::router::Router;
use super::rules::PUBLISHED;
use super::{Net, link6, lock, namespace, routes6};
use crate::agent::NetworkError;

/// The addresses by which routes lead over the link of a VPC's router.
const INNER6: Ipv6Addr = Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 2);
const OUTER6: Ipv6Addr = Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 1);

/// The rules of the router to the outside: VPCs reach each other's blocks that are led here, and nothing
/// else is reached.
fn rules(batch: &mut Batch) {
    let filter = |number| Hook { number, priority: 0, is_nat: false, accepts: false };
    batch.add_table();
    batch.delete_table();
    batch.add_table();
    batch.add_set6(PUBLISHED);
    batch.add_chain("forward", Some(filter(FORWARD)));
    let uplink = Rule::new().link(6, UPLINK, true);
    batch.add_rule("forward", &uplink.then(Verdict::Drop));
    // By addresses alone: connections are known at the routers of both.
    let published = Rule::new().block_in_set6(Side::Source, IPV6_PREFIX, PUBLISHED);
    let published = published.block_in_set6(Side::Destination, IPV6_PREFIX, PUBLISHED);
    batch.add_rule("forward", &published.then(Verdict::Accept));
    batch.add_chain("router", Some(filter(INPUT)));
}

impl Outside {
    /// Has these blocks, and no others, lead to a VPC, which finds the outside by the same link.
    fn publish6(
        &mut self,
        vpc: VpcId,
        inner: &mut Router,
        wanted: &BTreeSet<Cidr6>,
    ) -> io::Result<()> {
        let Some(edge) = self.edges.get_mut(&vpc) else { return Ok(()) };
        if edge.blocks6 == *wanted {
            return Ok(());
        }
        if !self.router.speaks_ipv6 {
            let mut batch = Batch::new(TABLE);
            batch.of_ipv6(rules);
            batch.commit(&mut self.router.filter)?;
            namespace::enter(&self.router.namespace, link6::settle)?;
            self.router.speaks_ipv6 = true;
        }
        let (index, had) = (edge.index, std::mem::replace(&mut edge.blocks6, wanted.clone()));
        if had.is_empty() {
            let mut messages = Messages::default();
            link6::add_neighbour(&mut messages, index, INNER6, INNER.1);
            self.router.route.transact(messages)?;
            let mut messages = Messages::default();
            link6::add_neighbour(&mut messages, UPLINK_INDEX, OUTER6, OUTER.1);
            link6::add_default(&mut messages, UPLINK_INDEX, OUTER6);
            inner.route.transact(messages)?;
        }
        let mut batch = Batch::new(TABLE);
        for block in wanted.difference(&had) {
            let mut messages = Messages::default();
            link6::add_route_via(&mut messages, index, *block, INNER6);
            self.router.route.transact(messages)?;
            batch.of_ipv6(|batch| batch.add_key(PUBLISHED, block.base().octets()));
        }
        for block in had.difference(wanted) {
            let mut messages = Messages::default();
            link6::remove_route_via(&mut messages, index, *block);
            unless_gone(self.router.route.transact(messages))?;
            batch.of_ipv6(|batch| batch.remove_key(PUBLISHED, block.base().octets()));
        }
        batch.commit(&mut self.router.filter)
    }

    /// A VPC's link is gone, and its routes with it.
    pub(super) fn unpublish6(&mut self, blocks: &BTreeSet<Cidr6>) -> io::Result<()> {
        let mut batch = Batch::new(TABLE);
        batch.of_ipv6(|batch| {
            blocks.iter().for_each(|block| batch.remove_key(PUBLISHED, block.base().octets()));
        });
        batch.commit(&mut self.router.filter)
    }
}

impl Net {
    /// Has the blocks of a VPC lead to it, where a route leads something of it out; none otherwise.
    pub(super) fn publish6(
        &self,
        id: VpcId,
        router: &mut Router,
        plan: &VpcPlan,
    ) -> Result<(), NetworkError> {
        if router.edge.is_none() {
            return Ok(());
        }
        let blocks = plan.cidrs6.iter().copied().filter(|_| routes6::leads_out(plan)).collect();
        let mut outside = lock(&self.outside);
        let Some(outside) = outside.as_mut() else { return Ok(()) };
        let published = outside.publish6(id, router, &blocks);
        published.map_err(NetworkError::of("publishing IPv6 blocks of a VPC"))
    }
}
