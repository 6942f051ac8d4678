//! Explanations of parts of things that have ids of their own: rules of groups, reserved blocks, associations,
//! and the paths of Reachability Analyzer with what was found of them.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::base::id::{
    AclAssociationId, AddressAssociationId, CidrAssociationId, InsightsAnalysisId, InsightsPathId,
    ReservationId, RouteAssociationId, RuleId, SubnetCidrAssociationId, SubnetId,
};
use crate::network::address::Pool;
use crate::record::cidr_reservation::ReservationType;
use crate::record::group::Direction;
use crate::record::insights_analysis::InsightsAnalysis;
use crate::record::insights_path::{InsightsPath, PathEnd, PathProtocol};
use crate::tell::explain::Outline;
use crate::tell::subject::Piece;
use crate::tell::thing::{few, headed, protocol};
use crate::tell::words::{Explanation, SHOWN, Teller, count, more};

impl Teller<'_> {
    pub(super) fn explain_piece(&self, piece: Piece) -> Option<Explanation> {
        match piece {
            Piece::Rule(id) => self.explain_rule(id),
            Piece::Reservation(id) => self.explain_reservation(id),
            Piece::Route(id) => self.explain_route_association(id),
            Piece::Acl(id) => self.explain_acl_association(id),
            Piece::Address(id) => self.explain_address_association(id),
            Piece::Block(id) => self.explain_cidr_association(id),
            Piece::SubnetBlock(id) => self.explain_subnet_association(id),
            Piece::Path(id) => self.explain_path(id),
            Piece::Analysis(id) => self.explain_analysis(id),
        }
    }

    fn explain_rule(&self, id: RuleId) -> Option<Explanation> {
        let mut groups = self.network.groups.values();
        let (group, rule) = groups.find_map(|group| Some((group, group.rules.get(&id)?)))?;
        let (protocol, peer) = (protocol(rule.spec.protocol), self.peer(rule.spec.peer));
        let lets = match rule.direction {
            Direction::Ingress => format!("lets {protocol} in from {peer}"),
            Direction::Egress => format!("lets {protocol} out to {peer}"),
        };
        let text = format!("{id} of {} {lets}", self.group_name(group.id));
        Some(Explanation::with(text, self.explain_group(group.id).into_iter().collect()))
    }

    fn explain_reservation(&self, id: ReservationId) -> Option<Explanation> {
        let known = self.network.cidr_reservations.get(&id)?;
        let what = match known.kind {
            ReservationType::Prefix => "for prefixes: nobody gets an address of it",
            ReservationType::Explicit => {
                "who asks for an address of it by name gets it, nobody else"
            }
        };
        let holders = self.network.holders(known.subnet);
        let holders = holders.filter(|(address, _)| known.cidr.contains(*address));
        let holders = holders.filter_map(|(address, eni)| {
            Some(format!("{address} is {}", self.holder_name(self.network.enis.get(&eni)?)))
        });
        let held = headed(|all| format!("{} held", count(all, "address")), holders.collect());
        let held = held.unwrap_or_else(|| Explanation::new("nobody holds an address of it".into()));
        let mut because = Vec::from([Explanation::new(what.into()), held]);
        let description = known.description.as_ref().filter(|text| !text.is_empty());
        because.extend(description.map(|text| Explanation::new(format!("description: {text}"))));
        let subnet = self.subnet_name(known.subnet);
        Some(Explanation::with(format!("{id} reserves {} of {subnet}", known.cidr), because))
    }

    /// How many addresses of a subnet nobody gets for that, before other numbers.
    pub(super) fn reserved_of(&self, subnet: SubnetId) -> String {
        match self.network.pools.get(&subnet).map_or(0, Pool::set_aside) {
            0 => String::new(),
            aside => format!("{aside} reserved, "),
        }
    }

    /// The blocks of a subnet that are reserved.
    pub(super) fn tell_reserved(&self, subnet: SubnetId) -> Option<Explanation> {
        let all = self.network.cidr_reservations.values().filter(|each| each.subnet == subnet);
        let lines = all.map(|each| {
            let what = match each.kind {
                ReservationType::Prefix => "for prefixes",
                ReservationType::Explicit => "for who asks for an address of it",
            };
            format!("{} by {}, {what}", each.cidr, each.id)
        });
        headed(|all| format!("{} reserved", count(all, "block")), lines.collect())
    }

    fn explain_route_association(&self, id: RouteAssociationId) -> Option<Explanation> {
        let mut tables = self.network.route_tables.values();
        let chosen = tables.find_map(|table| Some((table.id, *table.associations.get(&id)?)));
        let mut vpcs = self.network.vpcs.values();
        let (table, of) = match chosen {
            Some((table, subnet)) => (table, self.subnet_name(subnet)),
            None => {
                let vpc = vpcs.find(|vpc| vpc.main_association == id)?;
                (vpc.main_route_table, format!("{}, as its main one", vpc.id))
            }
        };
        let because = self.explain_table(table).into_iter().collect();
        Some(Explanation::with(format!("{id} associates {table} with {of}"), because))
    }

    fn explain_acl_association(&self, id: AclAssociationId) -> Option<Explanation> {
        let mut subnets = self.network.subnets.values();
        let subnet = subnets.find(|subnet| subnet.acl_association == id)?;
        let planned = &self.network.planned(subnet.vpc).subnets;
        let acl = planned.iter().find(|known| known.subnet == subnet.id)?.acl;
        let because = self.explain_acl(acl).into_iter().collect();
        let text = format!("{id} associates {acl} with {}", self.subnet_name(subnet.id));
        Some(Explanation::with(text, because))
    }

    fn explain_address_association(&self, id: AddressAssociationId) -> Option<Explanation> {
        let mut all = self.network.elastic_ips.values();
        let ip = all.find(|ip| ip.association.is_some_and(|held| held.id == id))?;
        let held = ip.association?;
        let because = self.explain_allocation(ip.id).into_iter().collect();
        let private = held.secondary.or_else(|| Some(self.network.enis.get(&held.eni)?.address));
        let at = private.map_or_else(String::new, |private| format!(" ({private})"));
        let text = format!("{id} associates {} with {}{at}", ip.address, held.eni);
        Some(Explanation::with(text, because))
    }

    fn explain_cidr_association(&self, id: CidrAssociationId) -> Option<Explanation> {
        let (vpc, block, what) = match self.network.vpc_blocks.get(&id) {
            Some(block) => (block.vpc, block.cidr.to_string(), ""),
            None => self.network.vpcs.values().find_map(|vpc| {
                if vpc.cidr_association == id {
                    return Some((vpc.id, vpc.cidr.to_string(), ", as its primary block"));
                }
                let own = vpc.blocks6.iter().find(|own| own.association == id)?;
                Some((vpc.id, own.cidr.to_string(), ""))
            })?,
        };
        let because = self.explain_vpc(vpc).into_iter().collect();
        Some(Explanation::with(format!("{id} associates {block} with {vpc}{what}"), because))
    }

    fn explain_subnet_association(&self, id: SubnetCidrAssociationId) -> Option<Explanation> {
        let subnet = self.network.subnets.values().find_map(|subnet| {
            let block = subnet.block6.filter(|block| block.association == id)?;
            Some((subnet.id, block.cidr))
        });
        let (subnet, block) = subnet?;
        let text = format!("{id} associates {block} with {}", self.subnet_name(subnet));
        let Outline { mut told, parts } = self.outline_subnet(subnet)?;
        told.because.extend(parts.iter().take(SHOWN).filter_map(|part| self.explain_part(*part)));
        told.because.extend(more(self.network.holders(subnet).count()));
        Some(Explanation::with(text, Vec::from([told])))
    }

    fn explain_path(&self, id: InsightsPathId) -> Option<Explanation> {
        let path = self.network.insights_paths.get(&id)?;
        let analyses = self.network.insights_analyses.values().filter(|each| each.path == id);
        let lines = analyses.map(|each| format!("{}: {}", each.id, found(each)));
        let analyses = headed(|all| count(all, "analysis"), lines.collect());
        let none = || Explanation::new("it was never analysed".into());
        let because = Vec::from([analyses.unwrap_or_else(none)]);
        Some(Explanation::with(format!("{id} is a path {}", led(path)), because))
    }

    fn explain_analysis(&self, id: InsightsAnalysisId) -> Option<Explanation> {
        let analysis = self.network.insights_analyses.get(&id)?;
        let path = self.network.insights_paths.get(&analysis.path);
        let of = path.map_or_else(String::new, |path| format!(" {}", led(path)));
        let because = few([found(analysis).to_string()].into_iter());
        Some(Explanation::with(format!("{id} is an analysis of {}{of}", analysis.path), because))
    }
}

fn found(analysis: &InsightsAnalysis) -> &'static str {
    match analysis.found {
        true => "a way was found",
        false => "no way was found",
    }
}

/// From where to where a path leads.
fn led(path: &InsightsPath) -> String {
    let end = |end: PathEnd| match end {
        PathEnd::Eni(id) => id.to_string(),
        PathEnd::Gateway(id) => id.to_string(),
    };
    let address = path.at_source.destination.or(path.at_destination.destination);
    let to = path.destination.map(end).or_else(|| address.map(|address| address.to_string()));
    let protocol = match path.protocol {
        PathProtocol::Tcp => "tcp",
        PathProtocol::Udp => "udp",
    };
    let port = match path.at_source.ports.or(path.at_destination.ports) {
        Some((first, last)) if first == last => format!(" {first}"),
        Some((first, last)) => format!(" {first}-{last}"),
        None => String::new(),
    };
    format!("from {} to {}, {protocol}{port}", end(path.source), to.unwrap_or_default())
}
