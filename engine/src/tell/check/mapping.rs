//! Event source mappings in a check: whether their sources are read, and whether their ENIs reach the brokers
//! that they name.

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::base::id::MappingId;
use crate::network::reach::Content;
use crate::record::mapping::{MappingState, SourceKind};
use crate::sources::Live;
use crate::tell::check::hosts::of_way;
use crate::tell::check::{Finding, Found, Kind, Names, Severity};
use crate::tell::hop::Reached;
use crate::tell::reach::{OF_RESOURCES, Sender, holder};
use crate::tell::words::Teller;

/// Brokers of a mapping that are looked at.
const BROKERS: usize = 16;

impl Teller<'_> {
    /// Whether the source of a mapping could be read last, and whether it reaches the brokers of its self-managed
    /// cluster in a VPC; those of other clusters are known to the server alone.
    pub(super) fn check_mapping(&self, id: MappingId) -> Vec<Found> {
        let Some(live) = self.sources.all.get(&id) else { return Vec::new() };
        let mapping = &live.mapping;
        let unread: Vec<Found> = unread(live).into_iter().map(Found::from).collect();
        if mapping.kind != SourceKind::Kafka {
            return unread;
        }
        let brokers = mapping.source.split(',').take(BROKERS).filter_map(|broker| {
            let (host, port) = broker.rsplit_once(':')?;
            Some((host.parse::<Ipv4Addr>().ok()?, port.parse::<u16>().ok()?))
        });
        let brokers: Vec<(Ipv4Addr, u16)> = brokers.collect();
        let mut names = Names::default();
        names.add(&mapping.function);
        let mut found = Vec::new();
        for way in self.network.ways_out(id) {
            let plan = self.network.eni_plan(way.eni.id, holder(way.eni));
            let sender = Sender { plan, is_to_be: false };
            for (address, port) in &brokers {
                let path = self.path(&sender, *address, Content::Tcp(*port), OF_RESOURCES);
                if path.verdict == Reached::Reached {
                    continue;
                }
                let Some(hop) = path.hops.iter().find(|hop| !hop.passes) else { continue };
                let text = format!(
                    "event source mapping {id} does not reach {address}:{port} from {}: {}",
                    self.subnet_name(way.eni.subnet),
                    hop.text
                );
                let hint = path.mend.clone().or_else(|| hop.reason.and_then(of_way));
                let finding = Finding::new(Severity::Error, Kind::Source, id.to_string(), text);
                found.push(finding.mended(hint).of(&names).into());
            }
        }
        // What is not reached is not read either.
        if found.is_empty() { unread } else { found }
    }
}

/// That the source of a mapping could not be read last.
fn unread(live: &Live) -> Option<Finding> {
    let Live { mapping, told, .. } = live;
    let why = &told.failure.as_ref().filter(|_| mapping.state != MappingState::Disabled)?.why;
    let mut names = Names::default();
    names.add(&mapping.function);
    let id = mapping.id;
    let text = format!("event source mapping {id} cannot read {}: {why}", mapping.source);
    let finding = Finding::new(Severity::Warning, Kind::Source, id.to_string(), text);
    let hint = format!("function {} is given nothing of it until that is mended", mapping.function);
    Some(finding.mended(Some(hint)).of(&names))
}
