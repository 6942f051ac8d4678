//! Replies by IPv6 in the model of reach, as `replies.rs` has it of IPv4.

use alloc::vec::Vec;

use crate::network::reach::Content;
use crate::plan::DropReason;
use crate::record::group::Direction;
use crate::tell::reach6::Way6;
use crate::tell::replies::{Segment, begins, segments};

/// The replies to a packet.
pub(super) struct Replies6<'a> {
    pub(super) way: &'a Way6<'a>,
    /// The ports that the connection may be made from.
    pub(super) ports: (u16, u16),
}

impl Replies6<'_> {
    /// What replies meet, from the lowest port to the highest.
    pub(super) fn segments(&self) -> Vec<Segment> {
        let content = self.way.content;
        let reply = match content {
            // An echo request is answered by an echo reply.
            Content::Icmp(_, code) => Content::Icmp(129, code),
            other => other,
        };
        let vpcs = [Some(self.way.reach), self.way.beyond].into_iter().flatten();
        let begins = begins(vpcs.map(|reach| reach.vpc), self.ports);
        segments((content, reply), &begins, self.ports.1, |content, ports| {
            self.segment(content, ports)
        })
    }

    fn segment(&self, content: Content, ports: Option<(u16, u16)>) -> Segment {
        let Way6 { reach, source: to, destination: from, .. } = *self.way;
        let far = self.way.beyond.unwrap_or(reach);
        let out = far.boundary6(from, to, Direction::Egress, content);
        let into = reach.boundary6(to, from, Direction::Ingress, content);
        let verdict = match (out, into) {
            (Some(out), _) if !out.allows => Err(DropReason::AclEgress(out.rule)),
            _ if !self.is_led_back() => Err(DropReason::NoRouteBack),
            (_, Some(into)) if !into.allows => Err(DropReason::AclIngress(into.rule)),
            _ => Ok(()),
        };
        let into = into.filter(|_| matches!(verdict, Ok(()) | Err(DropReason::AclIngress(_))));
        let both = [(Direction::Egress, out), (Direction::Ingress, into)];
        let crossings = both.into_iter().filter_map(|(way, met)| Some((way, met?))).collect();
        Segment { ports, crossings, verdict }
    }

    /// Whether who was asked has a route back, where that is in another VPC.
    fn is_led_back(&self) -> bool {
        let (Some(beyond), Some(receiver)) = (self.way.beyond, self.way.receiver) else {
            return true;
        };
        beyond.vpc.exit6(receiver.subnet, self.way.source).is_ok()
    }
}
