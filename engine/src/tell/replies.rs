//! Replies in the model of reach: network ACLs judge them by the port that the connection was made
//! from, which is one of a range; so the range is taken apart where a rule begins or ends.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use crate::network::boundary::{Crossing, pass};
use crate::network::reach::Content;
use crate::plan::{DropReason, VpcPlan};
use crate::record::group::{Direction, Protocol};
use crate::tell::gates::Way;

/// The replies to a packet.
pub(super) struct Replies<'a> {
    pub(super) way: &'a Way<'a>,
    /// The ports that the connection may be made from.
    pub(super) ports: (u16, u16),
}

/// Replies that meet the same.
pub(super) struct Segment {
    /// To these ports; none of protocols without.
    pub(super) ports: Option<(u16, u16)>,
    /// The boundaries that they cross.
    pub(super) crossings: Vec<(Direction, Crossing)>,
    /// Whether they arrive.
    pub(super) verdict: Result<(), DropReason>,
}

impl Replies<'_> {
    /// What replies meet, from the lowest port to the highest.
    pub(super) fn segments(&self) -> Vec<Segment> {
        let content = self.way.packet.content;
        let reply = match content {
            // An echo request is answered by an echo reply; what is no request is not answered.
            Content::Icmp(_, code) => Content::Icmp(0, code),
            other => other,
        };
        let vpcs = [Some(self.way.reach), self.way.beyond].into_iter().flatten();
        let begins = begins(vpcs.map(|reach| reach.vpc), self.ports);
        segments((content, reply), &begins, self.ports.1, |content, ports| {
            self.segment(content, ports)
        })
    }

    fn segment(&self, content: Content, ports: Option<(u16, u16)>) -> Segment {
        let reach = self.way.reach;
        let (from, to) = (self.way.packet.destination, self.way.sender.address);
        let exit = self.way.exit();
        let mut crossings = exit
            .map_or_else(Vec::new, |exit| reach.crossings_by_nat(&exit, (to, from), true, content));
        let verdict = pass(&crossings).and_then(|()| {
            let sender = self.way.beyond.unwrap_or(reach);
            let out = sender.boundary(from, to, Direction::Egress, content);
            let into = reach.boundary(to, from, Direction::Ingress, content);
            let verdict = match (out, into) {
                (Some(out), _) if !out.allows => Err(DropReason::AclEgress(out.rule)),
                _ if !self.is_led_back() => Err(DropReason::NoRouteBack),
                (_, Some(into)) if !into.allows => Err(DropReason::AclIngress(into.rule)),
                _ => Ok(()),
            };
            let into = into.filter(|_| matches!(verdict, Ok(()) | Err(DropReason::AclIngress(_))));
            let both = [(Direction::Egress, out), (Direction::Ingress, into)];
            crossings.extend(both.into_iter().filter_map(|(way, met)| Some((way, met?))));
            verdict
        });
        Segment { ports, crossings, verdict }
    }

    /// Whether who was asked has a route back, where that is in another VPC.
    fn is_led_back(&self) -> bool {
        let (Some(beyond), Some(receiver)) = (self.way.beyond, self.way.receiver) else {
            return true;
        };
        beyond.vpc.leads_back(receiver.subnet, self.way.sender.address)
    }
}

/// Takes the ports apart at those that replies may meet something else from, and puts together again what
/// meets the same. Of protocols without ports there is one reply.
pub(super) fn segments(
    (content, reply): (Content, Content),
    begins: &BTreeSet<u16>,
    last: u16,
    judge: impl Fn(Content, Option<(u16, u16)>) -> Segment,
) -> Vec<Segment> {
    let to: fn(u16) -> Content = match content {
        Content::Tcp(_) => Content::Tcp,
        Content::Udp(_) => Content::Udp,
        Content::Icmp(..) | Content::Other(_) => return Vec::from([judge(reply, None)]),
    };
    let begins: Vec<u16> = begins.iter().copied().collect();
    let mut segments: Vec<Segment> = Vec::new();
    for (at, begin) in begins.iter().enumerate() {
        let end = begins.get(at + 1).map_or(last, |next| next - 1);
        let segment = judge(to(*begin), Some((*begin, end)));
        match segments.last_mut() {
            Some(before)
                if before.crossings == segment.crossings && before.verdict == segment.verdict =>
            {
                before.ports = before.ports.map(|(first, _)| (first, end));
            }
            _ => segments.push(segment),
        }
    }
    segments
}

/// The first port, and each port within the range at which another rule of a network ACL may decide.
pub(super) fn begins<'a>(
    vpcs: impl Iterator<Item = &'a VpcPlan>,
    (first, last): (u16, u16),
) -> BTreeSet<u16> {
    let acls = vpcs.flat_map(|vpc| vpc.acls.values());
    let rules = acls
        .flat_map(|acl| acl.rules(Direction::Egress).iter().chain(acl.rules(Direction::Ingress)));
    let ends = rules.filter_map(|rule| match rule.protocol {
        Protocol::Tcp(ports) | Protocol::Udp(ports) => {
            Some([Some(ports.first), ports.last.checked_add(1)])
        }
        _ => None,
    });
    let within = ends.flatten().flatten().filter(|port| *port > first && *port <= last);
    within.chain([first]).collect()
}
