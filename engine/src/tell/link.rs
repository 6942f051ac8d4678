//! Explanations of what joins a VPC to others and to AWS's services, and of what watches it: endpoints,
//! peering connections, prefix lists, sets of DHCP options, flow logs.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::base::id::{DhcpOptionsId, FlowLogId, PeeringId, PrefixListId, VpcEndpointId, VpcId};
use crate::network::prefix_list::Referrer;
use crate::record::dhcp_options::Server;
use crate::record::eni::{Eni, EniUser};
use crate::record::flow_log::{Destination, Traffic};
use crate::record::peering::PeeringState;
use crate::record::prefix_list::PrefixList;
use crate::record::route_table::Target;
use crate::record::vpc_endpoint::{EndpointKind, PrivateDns, VpcEndpoint};
use crate::tell::thing::{few, headed};
use crate::tell::words::{Explanation, Teller, count};

impl Teller<'_> {
    pub(super) fn explain_endpoint(&self, id: VpcEndpointId) -> Option<Explanation> {
        let endpoint = self.network.vpc_endpoints.get(&id)?;
        let (kind, mut because) = match &endpoint.kind {
            EndpointKind::Gateway { tables } => {
                let tables: Vec<String> = tables.iter().map(|table| format!("{table}")).collect();
                let led = headed(|_| "these route tables lead to it".into(), tables);
                let none = || Explanation::new("no route table leads to it: nothing passes".into());
                ("a gateway endpoint", Vec::from([led.unwrap_or_else(none)]))
            }
            EndpointKind::Interface { groups, private_dns, .. } => {
                let mut because = self.answering(endpoint);
                let groups: Vec<String> = groups.iter().map(|id| self.group_name(*id)).collect();
                because.extend(headed(|_| "its security groups".into(), groups));
                because.push(Explanation::new(
                    match private_dns {
                        PrivateDns::On => "the service's own names lead to it within the VPC",
                        PrivateDns::Inbound => {
                            "only its own names lead to it within the VPC: the service's are for inbound \
                             resolver endpoints alone (PrivateDnsOnlyForInboundResolverEndpoint), and mean \
                             its public addresses here"
                        }
                        PrivateDns::Off => {
                            "only its own names lead to it: PrivateDnsEnabled is off"
                        }
                    }
                    .into(),
                ));
                ("an interface endpoint", because)
            }
        };
        let refusals = self.journal.refusals(id);
        let refusals: Vec<_> = refusals
            .map(|known| Explanation::new(format!("it {} {}", known.told(), known.asker())))
            .collect();
        let policy = match &endpoint.policy {
            Some(_) => "its policy decides what may be asked for through it",
            None => "its policy lets everything be asked for",
        };
        because.push(Explanation::with(policy.into(), refusals));
        let text = format!("{id} is {kind} of {} to {}", endpoint.vpc, endpoint.service);
        Some(Explanation::with(text, because))
    }

    /// The ENIs of an interface endpoint, and whether its service answers at each.
    fn answering(&self, endpoint: &VpcEndpoint) -> Vec<Explanation> {
        let is_own = |eni: &&Eni| match eni.user {
            EniUser::Resource(id) => self.endpoint_of(id) == Some(endpoint.id),
            _ => false,
        };
        let enis = self.network.enis.values().filter(is_own).map(|eni| {
            let EniUser::Resource(resource) = eni.user else { unreachable!("it is a resource's") };
            let (id, address) = (eni.id, eni.address);
            let subnet = self.subnet_name(eni.subnet);
            let does = match self.network.namespaces.contains_key(&resource) {
                true => "answers",
                false => "does not answer yet",
            };
            let drops = self.journal.drops(id).map(|dropped| {
                let led = dropped.led.as_ref();
                self.tell_drop(&dropped.drop, dropped.request, &dropped.groups, led)
            });
            let text = format!("it {does} at {address} of {id} in {subnet}");
            Explanation::with(text, drops.collect())
        });
        enis.collect()
    }

    pub(super) fn explain_peering(&self, id: PeeringId) -> Option<Explanation> {
        let peering = self.network.peerings.get(&id)?;
        let (one, other) = (peering.requester, peering.accepter);
        let state = match peering.state {
            PeeringState::Pending => "waits to be accepted: nothing passes yet".to_string(),
            PeeringState::Active => "is active".to_string(),
            PeeringState::Failed(_) => "could not be made, since the blocks overlap".to_string(),
            PeeringState::Rejected(_) => "was rejected".to_string(),
            PeeringState::Expired(_) => "was accepted by nobody in time".to_string(),
            PeeringState::Deleted(_, account) => format!("was deleted by account {account:012}"),
        };
        let mut because = Vec::new();
        for (vpc, far, account, resolves) in [
            (one, other, peering.scope.account, peering.dns.0),
            (other, one, peering.accepter_scope.account, peering.dns.1),
        ] {
            let mut below = Vec::from([self.led_beyond(vpc, far, id)]);
            below.push(Explanation::new(
                match resolves {
                    true => "the other's resolver is told private addresses for its public names",
                    false => "the other's resolver is told public addresses for its public names",
                }
                .into(),
            ));
            let block = self.network.vpcs.get(&vpc);
            let block = block.map_or_else(|| "gone".into(), |known| known.cidr.to_string());
            let text = format!("{vpc} ({block}) of account {account:012}");
            because.push(Explanation::with(text, below));
        }
        Some(Explanation::with(format!("{id} joins {one} to {other}, and {state}"), because))
    }

    /// The routes of a VPC over a connection, without which nothing gets to the other.
    fn led_beyond(&self, vpc: VpcId, far: VpcId, id: PeeringId) -> Explanation {
        let none = || Explanation::new(format!("no route of its tables leads to {far} by it"));
        let led = self.tables_to(vpc, Target::Peering(id));
        led.filter(|led| !led.because.is_empty()).unwrap_or_else(none)
    }

    pub(super) fn explain_list(&self, id: PrefixListId) -> Option<Explanation> {
        let list = self.network.prefix_lists.get(&id);
        let (mut because, mut led) = (Vec::new(), Vec::new());
        let text = match list {
            Some(list) => {
                because.push(told_entries(list));
                format!(
                    "{id} ({}) is a managed prefix list in its version {}",
                    list.name, list.version
                )
            }
            None => {
                let known = |region: &str| {
                    self.network.lists_of_aws(region).into_iter().find(|list| list.id == id)
                };
                let list = self.network.vpcs.values().find_map(|vpc| known(&vpc.scope.region))?;
                because.push(Explanation::new(format!("{} are its addresses", list.block)));
                // Routes to gateway endpoints are told by it, too.
                let endpoints = self.network.vpc_endpoints.values();
                let endpoints = endpoints.filter(|endpoint| endpoint.service == list.name);
                let routes = endpoints.flat_map(|endpoint| {
                    endpoint.tables().map(|table| format!("routes of {table} to {}", endpoint.id))
                });
                led = routes.collect();
                format!("{id} ({}) is a prefix list of AWS's", list.name)
            }
        };
        let named = self.network.referrers(id).map(|by| match by {
            Referrer::Table(table) => format!("routes of {table}"),
            Referrer::Group(group) => format!("rules of {}", self.group_name(group)),
        });
        let named = named.chain(led).collect();
        let named = headed(|_| "it is referred to by".into(), named);
        because.push(named.unwrap_or_else(|| Explanation::new("nothing refers to it".into())));
        Some(Explanation::with(text, because))
    }

    pub(super) fn explain_options(&self, id: DhcpOptionsId) -> Option<Explanation> {
        let options = self.network.dhcp_options.get(&id)?;
        let mut because = Vec::new();
        because.extend(options.domain.as_ref().map(|domain| {
            Explanation::new(format!("names without a dot are looked for in {domain}"))
        }));
        let servers = options.servers.iter().map(|server| match server {
            Server::Amazon => "the VPC's own resolver (AmazonProvidedDNS)".to_string(),
            Server::At(address) => format!("{address}, as far as packets reach it"),
        });
        let asked =
            headed(|_| "who is asked for names, the first one first".into(), servers.collect());
        let nobody = || Explanation::new("nobody is asked for names: it names no server".into());
        because.push(asked.unwrap_or_else(nobody));
        let vpcs = self.network.vpcs.values().filter(|vpc| vpc.dhcp_options == id);
        let vpcs =
            headed(|_| "VPCs that have it".into(), vpcs.map(|vpc| vpc.id.to_string()).collect());
        because.push(vpcs.unwrap_or_else(|| Explanation::new("no VPC has it".into())));
        let default = if options.is_default { ", the default one of new VPCs" } else { "" };
        Some(Explanation::with(format!("{id} is a set of DHCP options{default}"), because))
    }

    pub(super) fn explain_flow_log(&self, id: FlowLogId) -> Option<Explanation> {
        let log = self.network.flow_logs.get(&id)?;
        let to = match &log.destination {
            Destination::Group { name, role, .. } => format!("log group {name}, as {role}"),
            Destination::Bucket { arn, .. } => arn.clone(),
        };
        let what = match log.traffic {
            Traffic::Accept => "what is let through",
            Traffic::Reject => "what is refused",
            Traffic::All => "what is let through and what is refused",
        };
        let because = Vec::from([
            Explanation::new(format!("it tells of {what}")),
            Explanation::new(format!("it tells {to}")),
            Explanation::new(format!(
                "a record is of {} at the most, spelled {}",
                count(log.interval as usize, "second"),
                log.format
            )),
        ]);
        Some(Explanation::with(format!("{id} is a flow log of {}", log.of), because))
    }
}

fn told_entries(list: &PrefixList) -> Explanation {
    let entries = list.entries.0.iter().map(|(block, description)| match description {
        Some(description) => format!("{block} ({description})"),
        None => block.to_string(),
    });
    let (number, most) = (list.entries.0.len(), list.max_entries);
    let text = format!("{number} of {most} entries, for which it counts where it is referred to");
    Explanation::with(text, few(entries))
}
