//! Resources in a check: who gets to them, and whether anybody does.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::Ipv6Addr;

use crate::base::id::{ResourceId, Version};
use crate::network::reach::{Content, Reach};
use crate::plan::VpcPlan;
use crate::record::eni::Eni;
use crate::record::group::Protocol;
use crate::record::resource::{Resource, ResourceKind};
use crate::tell::check::{Checks, Finding, Found, Kind, Severity};
use crate::tell::hop::Reached;
use crate::tell::reach::{
    OF_FUNCTIONS, OF_RESOURCES, Origin, ReachPath, SOMEBODY, Sender, groups_of, holder,
};
use crate::tell::words::Teller;

/// Ports of a resource that are looked at.
const PORTS: usize = 4;
/// Other resources that are looked at, where no function gets to one.
const OTHERS: usize = 50;

/// What came of it when functions asked a resource.
#[derive(Default)]
struct Tried {
    /// Requests that arrive, and are not answered.
    found: Vec<Found>,
    is_reached: bool,
    /// The first way that is closed.
    shut: Option<ReachPath>,
}

impl Teller<'_> {
    /// Whether a resource is reached by anybody, and answers get back.
    pub(super) fn check_resource(&self, checks: &Checks, id: ResourceId) -> Vec<Found> {
        let Some(resource) = self.network.resources.get(&id) else { return Vec::new() };
        let Some(eni) = self.network.enis.get(&resource.eni) else { return Vec::new() };
        let plan = self.network.planned(eni.vpc);
        let contents = contents(resource, eni, plan);
        if contents.is_empty() {
            return Vec::from([self.closed(resource, eni).into()]);
        }
        let Tried { found, is_reached, shut } = self.tried(checks, resource, eni, &contents);
        let is_reached = is_reached
            || self.is_reached_by_others(eni, &contents)
            || self.is_reached_from_outside(eni, plan, &contents)
            || self.is_reached_by_ipv6(checks, eni, &contents);
        // Where replies are dropped that is what is wrong.
        if is_reached || !found.is_empty() {
            return found;
        }
        let Some(shut) = shut else { return found };
        let ports: Vec<String> = contents.iter().map(|content| told(*content)).collect();
        let why = shut.hops.iter().find(|hop| !hop.passes).map_or("", |hop| &hop.text);
        let from = shut.subnet.map_or_else(String::new, |subnet| self.subnet_name(subnet));
        let text = format!(
            "nobody gets to {} ({}) at {}; from {from}: {why}",
            shown(resource),
            eni.address,
            ports.join(", ")
        );
        let about = about(resource);
        let finding = Finding::new(Severity::Warning, Kind::Unreached, about, text);
        Vec::from([finding.mended(shut.mend).into()])
    }

    /// A resource whose security groups let nobody in.
    fn closed(&self, resource: &Resource, eni: &Eni) -> Finding {
        let groups: Vec<String> = eni.groups.iter().map(|id| self.group_name(*id)).collect();
        let text = format!(
            "nobody gets to {} ({}): its security groups {} have no ingress rule",
            shown(resource),
            eni.address,
            groups.join(", ")
        );
        let hint = eni.groups.first().map(|group| {
            format!(
                "aws ec2 authorize-security-group-ingress --group-id {group}, with who may come in"
            )
        });
        let about = about(resource);
        Finding::new(Severity::Warning, Kind::ClosedGroups, about, text).mended(hint)
    }

    /// What comes of it when functions ask a resource.
    fn tried(
        &self,
        checks: &Checks,
        resource: &Resource,
        eni: &Eni,
        contents: &[Content],
    ) -> Tried {
        let mut tried = Tried::default();
        for class in checks.of_vpc(eni.vpc) {
            let senders = class.subnets.iter().filter_map(|subnet| {
                self.sender((class.first, class.model), *subnet, &class.groups)
            });
            for sender in senders {
                for content in contents {
                    let path = self.path(&sender, eni.address, *content, OF_FUNCTIONS);
                    tried.is_reached |= path.verdict != Reached::Stopped;
                    if let Some(hop) = path.hops.iter().find(|hop| hop.is_reply && !hop.passes) {
                        let text = format!(
                            "functions in {} ask {} at {}, and are not answered: {}",
                            self.subnet_name(sender.plan.subnet),
                            shown(resource),
                            told(*content),
                            hop.text
                        );
                        let (severity, kind) = (Severity::Error, Kind::RepliesDropped);
                        let finding = Finding::new(severity, kind, about(resource), text);
                        let finding = finding.mended(path.mend.clone()).of(&class.names);
                        tried.found.push(finding.into());
                    }
                    if path.verdict == Reached::Stopped && tried.shut.is_none() {
                        tried.shut = Some(path);
                    }
                }
            }
        }
        tried
    }

    fn is_reached_by_others(&self, eni: &Eni, contents: &[Content]) -> bool {
        let others = self.network.resources.values().filter_map(|resource| {
            self.network.enis.get(&resource.eni).filter(|it| it.vpc == eni.vpc && it.id != eni.id)
        });
        others.take(OTHERS).any(|other| {
            let plan = self.network.eni_plan(other.id, holder(other));
            let sender = Sender { plan, is_to_be: false };
            contents.iter().any(|content| {
                let path = self.path(&sender, eni.address, *content, OF_RESOURCES);
                path.verdict != Reached::Stopped
            })
        })
    }

    /// Whether functions or other resources reach it by IPv6, from whichever VPC.
    fn is_reached_by_ipv6(&self, checks: &Checks, eni: &Eni, contents: &[Content]) -> bool {
        let functions = checks.classes.iter().filter_map(|class| class.by_ipv6.get(&true));
        let functions = functions.map(|id| Origin::Function(*id, Version(0)));
        let others = self.network.resources.values().map(|resource| resource.eni);
        let others = others.filter(|id| {
            let has_ipv6 = |known: &Eni| !known.addresses6.is_empty();
            *id != eni.id && self.network.enis.get(id).is_some_and(has_ipv6)
        });
        let from: Vec<Origin> = functions.chain(others.take(OTHERS).map(Origin::Eni)).collect();
        let reaches = |from: &Origin, to: Ipv6Addr, content: &Content| {
            let paths = self.paths6((*from, None), to, *content).unwrap_or_default();
            paths.iter().any(|path| path.verdict != Reached::Stopped)
        };
        eni.addresses6.iter().any(|to| {
            from.iter().any(|from| contents.iter().any(|content| reaches(from, *to, content)))
        })
    }

    fn is_reached_from_outside(&self, eni: &Eni, plan: &VpcPlan, contents: &[Content]) -> bool {
        if plan.lets_in(eni.id).is_err() {
            return false;
        }
        let receiver = self.network.eni_plan(eni.id, holder(eni));
        let groups = groups_of(plan, core::iter::once(&receiver));
        let enis = BTreeMap::from([(eni.id, receiver.clone())]);
        let reach = Reach { vpc: plan, groups: &groups, enis: &enis };
        let arrives =
            |content: &Content| reach.judge_arrival(SOMEBODY, &receiver, *content).is_ok();
        contents.iter().any(arrives)
    }
}

/// A resource as people know it: the ENIs of an endpoint have no names of their own.
fn about(resource: &Resource) -> String {
    match &resource.kind {
        ResourceKind::Endpoint(endpoint) => endpoint.to_string(),
        _ => resource.name.clone(),
    }
}

/// The same in a sentence.
fn shown(resource: &Resource) -> String {
    match &resource.kind {
        ResourceKind::Endpoint(endpoint) => format!("endpoint {endpoint}"),
        _ => format!("resource {}", resource.name),
    }
}

/// What may be asked of a resource: its exposed ports; of a process the ports that its groups speak of.
fn contents(resource: &Resource, eni: &Eni, plan: &VpcPlan) -> Vec<Content> {
    let rules = eni.groups.iter().filter_map(|group| plan.groups.get(group));
    let rules: BTreeSet<Protocol> =
        rules.flat_map(|group| &group.ingress).map(|rule| rule.protocol).collect();
    if rules.is_empty() {
        return Vec::new();
    }
    match &resource.kind {
        ResourceKind::Exposed(ports) => {
            return ports.iter().take(PORTS).map(|port| Content::Tcp(port.port)).collect();
        }
        // AWS's services are asked by HTTPS, whatever else the groups of an endpoint let in.
        ResourceKind::Endpoint(_) => return Vec::from([Content::Tcp(443)]),
        ResourceKind::Process(_) | ResourceKind::Mapping(_) => {}
    }
    let named = rules.into_iter().map(|protocol| match protocol {
        Protocol::All => Content::Tcp(443),
        Protocol::Tcp(ports) => Content::Tcp(ports.first.max(1)),
        Protocol::Udp(ports) => Content::Udp(ports.first.max(1)),
        Protocol::Icmp { kind, code } => Content::Icmp(kind.unwrap_or(8), code.unwrap_or(0)),
        Protocol::Icmp6 { .. } => Content::Other(58),
        Protocol::Number(number) => Content::Other(number),
    });
    named.take(PORTS).collect()
}

fn told(content: Content) -> String {
    match content {
        Content::Tcp(port) => format!("tcp {port}"),
        Content::Udp(port) => format!("udp {port}"),
        Content::Icmp(..) => "icmp".to_string(),
        Content::Other(number) => format!("protocol {number}"),
    }
}
