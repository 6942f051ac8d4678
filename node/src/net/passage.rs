//! Network ACLs of the subnets of NAT gateways: what goes through such a gateway comes into its subnet and
//! leaves that again, both ways, and is judged there too.
//!
//! The gateway is no hop, but connections that go by it are known by its public address, which is where
//! answers go to. So what leaves is judged behind the translation, once for both boundaries. What comes back
//! is judged ahead of the translation, by the gateway's port, on its way in, and behind it on its way
//! out. From its own subnet and to that, there is no boundary. Where the ACLs let everything through, there
//! is nothing of this.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use engine::id::NatGatewayId;
use engine::plan::VpcPlan;
use engine::record::group::Direction;

use super::acl::{self, LOOKED_AT};
use super::decisions::{Judge, Numbers};
use super::names::{POSTROUTING, PREROUTING, TRANSLATIONS, UPLINK};
use super::nft::{Batch, Hook, Rule, Side, Verdict};

/// Where what has been translated is judged, and what has not been yet.
const LEAVING: &str = "acl_nat_leaving";
const COMING: &str = "acl_nat_coming";
/// Both ways of a subnet's boundary.
const WAYS: [Direction; 2] = [Direction::Egress, Direction::Ingress];

/// The map from NAT gateways' public addresses to numbers of ACLs.
fn nats(way: Direction) -> String {
    format!("acl_{}_nats", acl::word(way).0)
}

/// The chain that drops what goes to the internet, or what comes back.
fn denied(way: Direction, is_reply: bool) -> String {
    let of = if is_reply { "back" } else { "through" };
    format!("acl_{}_denied_{of}", acl::word(way).0)
}

/// The NAT gateways of a plan in subnets whose ACLs do not let everything through.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Passing<'a>(BTreeMap<(NatGatewayId, Direction), (Ipv4Addr, Judge<'a>)>);

impl<'a> Passing<'a> {
    pub(super) fn of(plan: &'a VpcPlan) -> Passing<'a> {
        let mut passing = Passing::default();
        for nat in plan.nats.values() {
            let subnet = plan.subnets.iter().find(|subnet| subnet.subnet == nat.subnet);
            let (Some(public), Some(subnet)) = (nat.public, subnet) else { continue };
            for way in WAYS {
                let acl = plan.acls.get(&subnet.acl);
                let rules = acl::in_force(acl.map_or(&[], |acl| acl.rules(way)));
                if !acl::lets_everything(rules) {
                    let judge = Judge { acl: subnet.acl, own: Some(subnet.cidr), rules };
                    passing.0.insert((nat.nat, way), (public, judge));
                }
            }
        }
        passing
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What of that is in force: the numbers of what is asked.
#[derive(Debug, Clone, Default)]
pub(super) struct Passages(BTreeMap<(NatGatewayId, Direction), u16>);

impl Passages {
    /// Has what goes through NAT gateways be judged as in one plan, in the place of another.
    pub(super) fn change(
        &mut self,
        batch: &mut Batch,
        numbers: &mut Numbers,
        before: &Passing<'_>,
        after: &Passing<'_>,
    ) {
        if before.is_empty() && !after.is_empty() {
            open(batch);
        }
        for (key, (public, judge)) in
            before.0.iter().filter(|(key, is)| after.0.get(key) != Some(is))
        {
            let goes_on = after.0.get(key).filter(|(then, _)| then == public);
            let number = self.0[key];
            let then = goes_on.map(|(_, is)| numbers.replace(batch, number, [judge, is]));
            if then == Some(number) {
                continue;
            }
            batch.remove_key(&nats(key.1), public.octets());
            match then {
                Some(then) => self.point(batch, *key, *public, then),
                None => {
                    self.0.remove(key);
                    numbers.remove(batch, number, judge);
                }
            }
        }
        for (key, (public, judge)) in &after.0 {
            if !self.0.contains_key(key) {
                let number = numbers.add(batch, judge);
                self.point(batch, *key, *public, number);
            }
        }
        if !before.is_empty() && after.is_empty() {
            close(batch);
        }
    }
}

impl Passages {
    /// Has what goes through a gateway be judged by a number.
    fn point(
        &mut self,
        batch: &mut Batch,
        key: (NatGatewayId, Direction),
        public: Ipv4Addr,
        number: u16,
    ) {
        self.0.insert(key, number);
        batch.add_mapping(&nats(key.1), public.octets(), u32::from(number).to_be_bytes());
    }
}

fn open(batch: &mut Batch) {
    for way in WAYS {
        batch.add_map(&nats(way));
        let letter = acl::word(way).1;
        acl::denial(batch, &denied(way, true), letter);
        acl::denial(batch, &denied(way, false), letter.to_ascii_uppercase());
    }
    let hook = |number, priority| Hook { number, priority, is_nat: false, accepts: true };
    batch.add_chain(LEAVING, Some(hook(POSTROUTING, 140)));
    batch.add_chain(COMING, Some(hook(PREROUTING, -136)));
    for (protocol, content) in LOOKED_AT {
        let out = || Rule::new().link(7, UPLINK, true).protocol(protocol);
        let back = || Rule::new().link(6, UPLINK, true).protocol(protocol);
        let egress = |rule: Rule| rule.answered_in(&nats(Direction::Egress));
        let ingress = |rule: Rule| rule.answered_in(&nats(Direction::Ingress));
        for behind in [None, Some(TRANSLATIONS)] {
            let comes = ingress(out()).decided_by_origin(behind, content);
            deny(batch, LEAVING, comes, &denied(Direction::Ingress, false));
            let goes = egress(back()).decided_by_origin(behind, content);
            deny(batch, LEAVING, goes, &denied(Direction::Egress, true));
        }
        let goes = egress(out()).decided(Side::Destination, content);
        deny(batch, LEAVING, goes, &denied(Direction::Egress, false));
        let to_gateway = back().in_map(Side::Destination, &nats(Direction::Ingress));
        let comes = to_gateway.decided(Side::Source, content);
        deny(batch, COMING, comes, &denied(Direction::Ingress, true));
    }
}

fn deny(batch: &mut Batch, chain: &str, decided: Rule, denied: &str) {
    batch.add_rule(chain, &decided.when_denied().write_decision().then(Verdict::Goto(denied)));
}

fn close(batch: &mut Batch) {
    for chain in [LEAVING, COMING] {
        batch.flush_chain(chain);
        batch.delete_chain(chain);
    }
    for way in WAYS {
        for is_reply in [true, false] {
            batch.flush_chain(&denied(way, is_reply));
            batch.delete_chain(&denied(way, is_reply));
        }
        batch.delete_set(&nats(way));
    }
}
