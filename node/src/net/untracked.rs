//! Connections that security groups do not track, as on AWS: where rules let everybody in at a port and
//! everything out again, or the other way round, a rule that goes ends what it let begin, at once. What a
//! narrower rule let begin goes on.
//!
//! The kernel tracks all alike. So when such a rule goes, it is noted of the connections that hung on it at
//! which end they did; from then on each of their packets is judged there by itself, and passes again where a
//! rule lets it. Who shares an ENI, or goes by a NAT gateway, is tracked in any case, and so is ICMP.

use std::io;
use std::net::Ipv4Addr;

use engine::cidr::Cidr;
use engine::network::reach::{Content, speaks_of};
use engine::plan::{EniPlan, GroupPlan, RulePlan, VpcPlan};
use engine::record::group::{Direction, Peer, Ports, Protocol};

use super::conntrack::{self, Tracked};
use super::hop_rules::LED;
use super::names::TABLE;
use super::nft::Batch;
use super::router::{Known, Router};
use super::rules;
use super::untracked_rules::{AT_FIRST, AT_SECOND};

/// The rules of an ENI's security groups for one way.
fn rules_of<'a>(
    plan: &'a VpcPlan,
    eni: &'a EniPlan,
    way: Direction,
) -> impl Iterator<Item = &'a RulePlan> {
    let groups = eni.groups.iter().filter_map(|group| plan.groups.get(group));
    groups.flat_map(move |group| of_way(group, way))
}

fn of_way(group: &GroupPlan, way: Direction) -> &[RulePlan] {
    match way {
        Direction::Ingress => &group.ingress,
        Direction::Egress => &group.egress,
    }
}

fn other(way: Direction) -> Direction {
    match way {
        Direction::Ingress => Direction::Egress,
        Direction::Egress => Direction::Ingress,
    }
}

fn is_of_everybody(rule: &RulePlan) -> bool {
    rule.peer == Peer::Cidr(Cidr::ANYWHERE)
}

/// Whether a rule speaks of every port of a protocol.
fn is_of_all_ports(rule: &RulePlan, protocol: u8) -> bool {
    let all = |ports: Ports| ports.first == 0 && ports.last == u16::MAX;
    match rule.protocol {
        Protocol::All => true,
        Protocol::Tcp(ports) => protocol == 6 && all(ports),
        Protocol::Udp(ports) => protocol == 17 && all(ports),
        Protocol::Number(number) => number == protocol,
        Protocol::Icmp { .. } | Protocol::Icmp6 { .. } => false,
    }
}

/// Whether an ENI's groups do not track what begins this way.
fn is_untracked(plan: &VpcPlan, eni: &EniPlan, way: Direction, content: Content) -> bool {
    let mut begins = rules_of(plan, eni, way).filter(|rule| is_of_everybody(rule));
    let mut answers = rules_of(plan, eni, other(way)).filter(|rule| is_of_everybody(rule));
    begins.any(|rule| speaks_of(rule.protocol, content))
        && answers.any(|rule| is_of_all_ports(rule, content.number()))
}

/// Whether groups have rules of everybody that they have no longer by another plan.
fn closes(before: &GroupPlan, plan: &VpcPlan) -> bool {
    let after = plan.groups.get(&before.group);
    [Direction::Ingress, Direction::Egress].into_iter().any(|way| {
        let has = |rule: &RulePlan| {
            let mut kept = after.into_iter().flat_map(|group| of_way(group, way));
            kept.any(|other| (other.protocol, other.peer) == (rule.protocol, rule.peer))
        };
        of_way(before, way).iter().any(|rule| is_of_everybody(rule) && !has(rule))
    })
}

impl Router {
    /// The rules of a plan are in force in the place of another's.
    pub(super) fn untrack(&mut self, before: &VpcPlan, plan: &VpcPlan) -> io::Result<()> {
        let mut groups = before.groups.values();
        match groups.any(|group| closes(group, plan)) {
            true => self.note_untracked((before, None), plan),
            false => Ok(()),
        }
    }

    /// An ENI has got other groups.
    pub(super) fn untrack_of(&mut self, before: &EniPlan, plan: &VpcPlan) -> io::Result<()> {
        let after = self.enis.get(&before.eni).map(|known| &known.plan.groups);
        let gone = before.groups.iter().filter(|group| !after.is_some_and(|is| is.contains(group)));
        let mut rules = gone.filter_map(|group| plan.groups.get(group)).flat_map(|group| {
            let ways = [Direction::Ingress, Direction::Egress];
            ways.into_iter().flat_map(|way| of_way(group, way))
        });
        match rules.any(is_of_everybody) {
            true => self.note_untracked((plan, Some(before)), plan),
            false => Ok(()),
        }
    }

    /// Notes the connections that were not tracked, and that no rule lets begin any more.
    fn note_untracked(
        &mut self,
        before: (&VpcPlan, Option<&EniPlan>),
        plan: &VpcPlan,
    ) -> io::Result<()> {
        let tracked = conntrack::tracked(&mut self.filter)?;
        let mut noted: Vec<(&Tracked, u32)> = Vec::new();
        for each in &tracked {
            let bits = self.hangs_on(each, before, plan);
            if bits & !each.note != 0 {
                noted.push((each, bits));
            }
        }
        if noted.is_empty() {
            return Ok(());
        }
        for (each, bits) in noted {
            conntrack::note(&mut self.filter, each, bits)?;
        }
        self.judge_untracked()
    }

    /// At which ends a connection was not tracked, and is not let begin any more.
    fn hangs_on(
        &self,
        each: &Tracked,
        (before, moved): (&VpcPlan, Option<&EniPlan>),
        plan: &VpcPlan,
    ) -> u32 {
        let content = match each.protocol {
            6 => Content::Tcp(each.port),
            17 => Content::Udp(each.port),
            _ => return 0,
        };
        // What goes through a middlebox, or by a NAT gateway, is tracked.
        let is_by_nat = plan.nats.values().any(|nat| nat.public == Some(each.answered_at));
        if each.note & LED != 0 || is_by_nat {
            return 0;
        }
        let ends = [
            (each.source, each.destination, Direction::Egress, AT_FIRST),
            (each.answered_by, each.answered_at, Direction::Ingress, AT_SECOND),
        ];
        let hangs = ends.into_iter().filter(|(own, peer, way, _)| {
            let Some(Known { plan: eni, slot: Some(_), .. }) = self.eni_at(*own) else {
                return false;
            };
            let was = moved.filter(|moved| moved.eni == eni.eni).unwrap_or(eni);
            let mut rules = rules_of(plan, eni, *way);
            is_untracked(before, was, *way, content)
                && !rules.any(|rule| {
                    speaks_of(rule.protocol, content) && self.is_peer(plan, rule.peer, *peer)
                })
        });
        hangs.map(|(.., bit)| bit).sum()
    }

    fn is_peer(&self, plan: &VpcPlan, peer: Peer, address: Ipv4Addr) -> bool {
        match peer {
            Peer::Cidr(block) => block.contains(address),
            Peer::Group(group) => {
                let of_peers = plan.peers.values().filter_map(|peer| peer.members.get(&group));
                self.eni_at(address).is_some_and(|known| known.plan.groups.contains(&group))
                    || of_peers.flatten().any(|member| *member == address)
            }
            // Of lists plans have the blocks, and packets are of IPv4.
            Peer::Cidr6(_) | Peer::List(_) => false,
        }
    }

    /// Has packets of noted connections be judged, from now on.
    fn judge_untracked(&mut self) -> io::Result<()> {
        if self.judges_untracked {
            return Ok(());
        }
        let mut batch = Batch::new(TABLE);
        let gates = rules::Gates { judges_untracked: true, ..self.gates() };
        rules::fill_gates(&mut batch, gates);
        batch.commit(&mut self.filter)?;
        self.judges_untracked = true;
        Ok(())
    }

    /// A router that an earlier run has left may know connections that are noted.
    pub(super) fn look_for_untracked(&mut self) -> io::Result<()> {
        let tracked = conntrack::tracked(&mut self.filter)?;
        match tracked.iter().any(|each| each.note & (AT_FIRST | AT_SECOND) != 0) {
            true => self.judge_untracked(),
            false => Ok(()),
        }
    }

    /// How the gates are filled at present.
    pub(super) fn gates(&self) -> rules::Gates {
        rules::Gates {
            is_open: self.edge.is_some(),
            has_hops: self.routing.hops.is_on,
            judges_untracked: self.judges_untracked,
        }
    }
}
