//! What is led in a router and by its links: the kernel's own routes for codes of hops, and the connections
//! and resources that have to do with it.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::net::Ipv4Addr;

use engine::plan::VpcPlan;

use super::conntrack::{self, Tracked};
use super::netlink::{Messages, Socket};
use super::nft::Batch;
use super::router::{Known, Router};
use super::{Net, link, lock, namespace, rules};
use crate::agent::NetworkError;

impl Router {
    /// Has the hops of a plan, and the gates that they need.
    pub(super) fn put_hops(&mut self, batch: &mut Batch, before: Option<&VpcPlan>, plan: &VpcPlan) {
        for group in plan.peers.values().flat_map(|peer| peer.members.keys()) {
            self.groups.ensure(batch, *group);
        }
        let Router { routing, enis, .. } = self;
        let held = |id| enis.get(&id).and_then(Known::held);
        if routing.hops.change(batch, before, plan, held) {
            rules::fill_gates(batch, self.gates());
        }
    }

    /// Forgets connections that are led otherwise by another plan, or no longer: routes are looked at for
    /// every packet, and who is led to has to know them first.
    pub(super) fn forget_led(&mut self, before: &VpcPlan, plan: &VpcPlan) -> io::Result<()> {
        let is_same = before.tables == plan.tables
            && before.subnets == plan.subnets
            && before.middleboxes == plan.middleboxes
            && before.secondaries == plan.secondaries
            && before.peers.keys().eq(plan.peers.keys());
        if !self.routing.hops.is_on || is_same {
            return Ok(());
        }
        let senders = self.senders();
        let is_led_otherwise = |from: Ipv4Addr, to: Ipv4Addr| {
            let subnet = senders.get(&from).map(|(_, subnet)| *subnet);
            subnet.is_some_and(|subnet| before.hop(subnet, to) != plan.hop(subnet, to))
        };
        let stale: Vec<Tracked> = conntrack::tracked(&mut self.filter)?
            .into_iter()
            .filter(|each| {
                is_led_otherwise(each.source, each.destination)
                    || is_led_otherwise(each.answered_by, each.answered_at)
            })
            .collect();
        conntrack::forget_all(&mut self.filter, &stale)
    }

    /// Has packets that are led be routed to where they are led to.
    pub(super) fn lead(&mut self) -> io::Result<()> {
        for (code, way) in self.routing.hops.ways() {
            lead(&mut self.route, code, way)?;
        }
        let links: Vec<u32> = self.routing.hops.passing_links().collect();
        // One that is gone takes its packets with it.
        let names = links.into_iter().filter_map(|index| link::name(&mut self.route, index).ok());
        let names: BTreeSet<String> = names.collect();
        let is_known = self.loose.is_some() || !self.is_adopted;
        let was = self.loose.take().unwrap_or_default();
        if is_known && was.is_empty() && names.is_empty() {
            return Ok(());
        }
        let led = namespace::enter(&self.namespace, || {
            let was = if is_known { was.clone() } else { loose()? };
            // What is sent by a link that passes nothing on any more is that of its own address alone.
            for name in was.difference(&names) {
                match namespace::set(&format!("ipv4/conf/{name}/rp_filter"), "1") {
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                    other => other?,
                }
            }
            if names.is_empty() {
                return Ok(());
            }
            // What comes by these links is from others, whom the rules know; each other link is strict.
            namespace::set("ipv4/conf/all/rp_filter", "0")?;
            let open = |name: &String| namespace::set(&format!("ipv4/conf/{name}/rp_filter"), "0");
            names.iter().try_for_each(open)
        });
        // Where it was done in part, all of it is looked at again.
        self.loose = match (&led, is_known) {
            (Ok(()), _) => Some(names),
            (Err(_), true) => Some(was.union(&names).cloned().collect()),
            (Err(_), false) => None,
        };
        led
    }
}

/// The links by which packets of any source may come, as the namespace has it that one is in.
fn loose() -> io::Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir("/proc/sys/net/ipv4/conf")? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let read = fs::read_to_string(format!("/proc/sys/net/ipv4/conf/{name}/rp_filter"));
        let is_loose = read.is_ok_and(|value| value.trim() == "0");
        if is_loose && !matches!(&*name, "all" | "default" | "lo") {
            names.insert(name);
        }
    }
    Ok(names)
}

impl Net {
    /// Has those resources pass packets on whose ENIs are to do so.
    pub(super) fn pass_on(&self, plan: &VpcPlan) -> Result<(), NetworkError> {
        if plan.middleboxes.is_empty() {
            return Ok(());
        }
        let resources = lock(&self.resources);
        let passing = resources.values().filter(|resource| plan.forwards(resource.plan().eni));
        for resource in passing {
            resource.pass_on().map_err(NetworkError::of("having a resource pass packets on"))?;
        }
        Ok(())
    }
}

/// Has packets with a code be routed by a link, and dropped where there is none.
fn lead(route: &mut Socket, code: u16, way: Option<(u32, Ipv4Addr)>) -> io::Result<()> {
    let mut messages = Messages::default();
    link::add_rule(&mut messages, code);
    unless(route.transact(messages), &[libc::EEXIST])?;
    let mut messages = Messages::default();
    link::add_end(&mut messages, code);
    if let Some((index, gateway)) = way {
        link::add_way(&mut messages, code, index, gateway);
        // The link may have ended meanwhile, and the way with it.
        unless(route.transact(messages), &[libc::ENODEV, libc::ENETDOWN])
    } else {
        link::remove_way(&mut messages, code);
        unless(route.transact(messages), &[libc::ESRCH])
    }
}

/// An outcome, unless it failed as it may.
fn unless(outcome: io::Result<()>, may: &[i32]) -> io::Result<()> {
    match outcome {
        Err(error) if error.raw_os_error().is_some_and(|code| may.contains(&code)) => Ok(()),
        other => other,
    }
}
