//! Ways out in a check: whether functions of a class get out of their VPC at all.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::network::reach::Content;
use crate::plan::DropReason;
use crate::tell::check::hosts::of_way;
use crate::tell::check::{Class, Finding, Found, Kind, Severity};
use crate::tell::hop::{Hop, Reached};
use crate::tell::reach::{OF_FUNCTIONS, ReachPath, SOMEBODY};
use crate::tell::words::Teller;

impl Teller<'_> {
    /// What keeps functions of a class from the internet, subnet by subnet; what is so for a whole route table
    /// or a NAT gateway is told there.
    pub(super) fn check_way_out(&self, class: &Class) -> Vec<Found> {
        let senders = class
            .subnets
            .iter()
            .filter_map(|subnet| self.sender((class.first, class.model), *subnet, &class.groups));
        let https = Content::Tcp(443);
        let paths: Vec<ReachPath> =
            senders.map(|sender| self.path(&sender, SOMEBODY, https, OF_FUNCTIONS)).collect();
        let gets_out = paths.iter().any(|path| path.verdict == Reached::Reached);
        let mut found: Vec<(Kind, Finding)> = Vec::new();
        for path in paths.iter().filter(|path| path.verdict != Reached::Reached) {
            let Some(hop) = path.hops.iter().find(|hop| !hop.passes) else { continue };
            let Some((kind, severity)) = judged(hop, gets_out) else { continue };
            let subnet = path.subnet.map_or_else(String::new, |subnet| self.subnet_name(subnet));
            if let Some((_, known)) = found.iter_mut().find(|(known, _)| *known == kind) {
                known.text.push_str(&format!("; the same from {subnet}"));
                continue;
            }
            let text = match kind {
                Kind::RepliesDropped => format!(
                    "what is asked of the internet from {subnet} is not answered: {}",
                    hop.text
                ),
                _ => format!(
                    "nothing outside of {} is reached from {subnet}: {}",
                    class.vpc, hop.text
                ),
            };
            let about = path.subnet.map_or_else(String::new, |subnet| subnet.to_string());
            let hint = path.mend.clone().or_else(|| hop.reason.and_then(of_way));
            found.push((
                kind,
                Finding::new(severity, kind, about, text).mended(hint).of(&class.names),
            ));
        }
        found.into_iter().map(|(_, finding)| finding.into()).collect()
    }
}

/// What kind of finding a closed gate on the way out is. Who reaches nothing outside may well be meant to;
/// but not where that hangs on which of its subnets a function happens to be in.
fn judged(hop: &Hop, gets_out: bool) -> Option<(Kind, Severity)> {
    let mild = if gets_out { Severity::Warning } else { Severity::Note };
    match hop.reason? {
        _ if hop.is_reply => Some((Kind::RepliesDropped, Severity::Error)),
        DropReason::NoPublicAddress => Some((Kind::NoPublicAddress, Severity::Warning)),
        DropReason::NoRoute | DropReason::Egress | DropReason::AclEgress(_) => {
            Some((Kind::NoWayOut, mild))
        }
        _ => None,
    }
}
