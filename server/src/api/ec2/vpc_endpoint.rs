//! VPC endpoints, as EC2 shows and changes them.

use std::collections::BTreeSet;

use engine::engine::Engine;
use engine::id::{GroupId, RouteTableId, SubnetId, VpcEndpointId};
use engine::network::endpoint_name::{EndpointName, Names, NamesRefusal};
use engine::network::vpc_endpoint::{self, Kind, Refusal};
use engine::record::vpc_endpoint::{EndpointKind, PrivateDns, VpcEndpoint};
use engine::scope::Tags;
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{
    CreateVpcEndpoint, DeleteVpcEndpoints, DescribeVpcEndpoints, ModifyVpcEndpoint,
};
use wire::ec2::output::{
    self, CreateVpcEndpointResult, DeleteVpcEndpointsResult, DescribeVpcEndpointsResult, DnsEntry,
    DnsOptions, ModifyVpcEndpointResult, SecurityGroupIdentifier, UnsuccessfulItem,
    UnsuccessfulItemError,
};

use crate::api::ec2::describe::{Attribute, Described, Wanted, describe};
use crate::api::ec2::input::{Id, given, id, ids, missing, no_such};
use crate::api::ec2::text::tags_for;
use crate::api::ec2::{Spell, ask, ask_once, dry_run, show};
use crate::api::operation::{Context, Operation};
use crate::iam::check_resource;

/// What may be done through an endpoint that has no policy of its own: everything.
const EVERYTHING: &str = "{\"Version\":\"2008-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\
                          \"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}]}";
/// Characters of a policy (AWS: 20,480).
const POLICY: usize = 20_480;
/// Things on a page: who asks for more is given these, where others are refused.
pub(super) const PAGE: i32 = 1000;

impl Operation for CreateVpcEndpoint {
    type Output = CreateVpcEndpointResult;

    async fn run(self, cx: &Context<'_>) -> Result<CreateVpcEndpointResult, ApiError> {
        let CreateVpcEndpoint {
            dry_run,
            vpc_endpoint_type,
            vpc_id,
            service_name,
            policy_document,
            route_table_ids,
            subnet_ids,
            security_group_ids,
            client_token,
            private_dns_enabled,
            dns_options,
            tag_specifications,
        } = self;
        let service = given(service_name).ok_or_else(|| missing("ServiceName"))?;
        let inbound = dns_options.and_then(|it| it.private_dns_only_for_inbound_resolver_endpoint);
        let kind = match vpc_endpoint_type.as_deref() {
            None | Some("Gateway") => {
                not_of("Gateway", "SubnetIds", !subnet_ids.is_empty())?;
                not_of("Gateway", "SecurityGroupIds", !security_group_ids.is_empty())?;
                not_of("Gateway", "PrivateDnsEnabled", private_dns_enabled == Some(true))?;
                inbound.map_or(Ok(()), |_| {
                    Err(Refusal::from(NamesRefusal::InboundAtGateway).spell())
                })?;
                Kind::Gateway(set(&route_table_ids)?)
            }
            Some("Interface") => {
                not_of("Interface", "RouteTableIds", !route_table_ids.is_empty())?;
                let names = Names { are_private: private_dns_enabled, are_inbound: inbound };
                Kind::Interface(set(&subnet_ids)?, set(&security_group_ids)?, names)
            }
            Some(other) => {
                let message =
                    format!("Warren does not support VPC endpoints of the type '{other}'.");
                return Err(error("UnsupportedOperation", message));
            }
        };
        let question = vpc_endpoint::Create {
            scope: cx.scope.clone(),
            vpc: id(&vpc_id)?,
            service,
            kind,
            policy: given(policy_document).map(policy).transpose()?,
            tags: tags_for("vpc-endpoint", &tag_specifications)?,
        };
        let made = ask_once(cx, dry_run, question).await?;
        let shown = cx.driver.read(|engine| Shown::of(engine, &made)).view();
        Ok(CreateVpcEndpointResult { vpc_endpoint: Some(shown), client_token })
    }
}

/// Refuses a parameter that endpoints of a kind do not have.
fn not_of(kind: &str, parameter: &str, is_given: bool) -> Result<(), ApiError> {
    match is_given {
        true => {
            let message = format!("{parameter} is not supported for VPC endpoints of type {kind}.");
            Err(error("InvalidParameter", message))
        }
        false => Ok(()),
    }
}

fn set<I: Id>(list: &[String]) -> Result<BTreeSet<I>, ApiError> {
    Ok(ids(list)?.into_iter().collect())
}

fn policy(text: String) -> Result<String, ApiError> {
    match text.len() <= POLICY && check_resource(&text).is_ok() {
        true => Ok(text),
        false => Err(error("InvalidPolicyDocument", "The policy document is invalid.")),
    }
}

impl Operation for ModifyVpcEndpoint {
    type Output = ModifyVpcEndpointResult;

    async fn run(self, cx: &Context<'_>) -> Result<ModifyVpcEndpointResult, ApiError> {
        let ModifyVpcEndpoint {
            dry_run,
            vpc_endpoint_id,
            reset_policy,
            policy_document,
            add_route_table_ids,
            remove_route_table_ids,
            add_subnet_ids,
            remove_subnet_ids,
            add_security_group_ids,
            remove_security_group_ids,
            dns_options,
            private_dns_enabled,
        } = self;
        let policy = match (reset_policy, given(policy_document)) {
            (Some(true), Some(_)) => {
                let message = "PolicyDocument and ResetPolicy cannot be given together.";
                return Err(error("InvalidParameterCombination", message));
            }
            (Some(true), None) => Some(None),
            (_, Some(text)) => Some(Some(policy(text)?)),
            (_, None) => None,
        };
        let inbound = dns_options.and_then(|it| it.private_dns_only_for_inbound_resolver_endpoint);
        let question = vpc_endpoint::Modify {
            scope: cx.scope.clone(),
            endpoint: id(&vpc_endpoint_id)?,
            policy,
            tables: (set(&add_route_table_ids)?, set(&remove_route_table_ids)?),
            subnets: (set(&add_subnet_ids)?, set(&remove_subnet_ids)?),
            groups: (set(&add_security_group_ids)?, set(&remove_security_group_ids)?),
            names: Names { are_private: private_dns_enabled, are_inbound: inbound },
        };
        ask(cx, dry_run, question).await?;
        Ok(ModifyVpcEndpointResult { r#return: Some(true) })
    }
}

impl Operation for DeleteVpcEndpoints {
    type Output = DeleteVpcEndpointsResult;

    async fn run(self, cx: &Context<'_>) -> Result<DeleteVpcEndpointsResult, ApiError> {
        let DeleteVpcEndpoints { dry_run: is_dry, vpc_endpoint_ids } = self;
        if vpc_endpoint_ids.is_empty() {
            return Err(missing("VpcEndpointId"));
        }
        let chosen = vpc_endpoint_ids.iter().map(|text| (text, id::<VpcEndpointId>(text)));
        let chosen: Vec<_> = chosen.collect();
        dry_run(is_dry)?;
        let mut unsuccessful = Vec::new();
        // Of each it is told by itself what became of it.
        for (text, endpoint) in chosen {
            let deleted = match endpoint {
                Ok(endpoint) => {
                    let scope = cx.scope.clone();
                    ask(cx, None, vpc_endpoint::Delete { scope, endpoint }).await
                }
                Err(error) => Err(error),
            };
            let Err(why) = deleted else { continue };
            if why.code.starts_with("Unavailable") {
                return Err(why);
            }
            unsuccessful.push(UnsuccessfulItem {
                error: Some(UnsuccessfulItemError {
                    code: Some(why.code.to_string()),
                    message: Some(why.message),
                }),
                resource_id: Some(text.clone()),
            });
        }
        Ok(DeleteVpcEndpointsResult { unsuccessful: Some(unsuccessful) })
    }
}

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        let (code, message) = match self {
            Refusal::NoVpc(id) => return no_such(id),
            Refusal::NoEndpoint(id) => return no_such(id),
            Refusal::NoTable(id) => return no_such(id),
            Refusal::Eni(why) => return why.spell(),
            Refusal::NoService(name) => {
                ("InvalidServiceName", format!("The Vpc Endpoint Service '{name}' does not exist"))
            }
            Refusal::KindOfService(name) => (
                "InvalidParameter",
                format!(
                    "Endpoint type (Gateway) does not match available service types ([Interface]) for {name}."
                ),
            ),
            Refusal::KindOfEndpoint(id) => (
                "InvalidParameter",
                format!("The parameters do not fit the type of the VPC endpoint {id}."),
            ),
            Refusal::TableElsewhere(table, vpc) => {
                ("InvalidParameter", format!("Route table {table} does not belong to VPC {vpc}."))
            }
            Refusal::SubnetElsewhere(subnet, vpc) => {
                ("InvalidParameter", format!("Subnet {subnet} does not belong to VPC {vpc}."))
            }
            Refusal::RouteExists(table, list) => (
                "RouteAlreadyExists",
                format!(
                    "route table {table} already has a route with destination-prefix-list-id {list}"
                ),
            ),
            Refusal::SameZone(one, other) => (
                "DuplicateSubnetsInSameZone",
                format!(
                    "Found another VPC endpoint subnet in the availability zone of {other}: {one}"
                ),
            ),
            Refusal::NoGroupLeft(id) => (
                "InvalidParameter",
                format!("The VPC endpoint {id} must have at least one security group."),
            ),
            Refusal::TooMany => {
                ("VpcEndpointLimitExceeded", "The maximum number has been reached.".into())
            }
            Refusal::Names(why) => ("InvalidParameter", told(why)),
        };
        error(code, message)
    }
}

/// Why names do not lead where they are wished to.
fn told(why: NamesRefusal) -> String {
    match why {
        NamesRefusal::NoPrivate(name) => format!(
                    "Private DNS can't be enabled because the service {name} does not provide a private \
                     DNS name."
                ),
        NamesRefusal::NoInbound(name) => format!("PrivateDnsOnlyForInboundResolverEndpoint is not supported for the service {name}."),
        NamesRefusal::InboundAlone => "PrivateDnsOnlyForInboundResolverEndpoint can be set to true only when private DNS is \
                 enabled."
                    .into(),
        NamesRefusal::NoGateway(vpc) => format!(
                    "To set PrivateDnsOnlyForInboundResolverEndpoint to true, the VPC {vpc} must have a \
                     Gateway endpoint for the service."
                ),
        NamesRefusal::GatewayKept(other) => format!(
                    "Gateway endpoint cannot be deleted while Interface endpoint {other} for the service \
                     has PrivateDnsOnlyForInboundResolverEndpoint set to true."
                ),
        NamesRefusal::NoDns(vpc) => format!(
                    "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC \
                     attributes set to true for {vpc}"
                ),
        NamesRefusal::Taken(vpc, host) => format!(
                    "private-dns-enabled cannot be set because there is already a conflicting DNS \
                     domain for {host} in the VPC {vpc}"
                ),
        NamesRefusal::InboundAtGateway => {
            "DnsOptions PrivateDnsOnlyForInboundResolverEndpoint is applicable only to Interface VPC \
             Endpoints."
                .into()
        }
    }
}

impl Operation for DescribeVpcEndpoints {
    type Output = DescribeVpcEndpointsResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeVpcEndpointsResult, ApiError> {
        let DescribeVpcEndpoints {
            dry_run,
            vpc_endpoint_ids: ids,
            filters,
            max_results,
            next_token,
        } = self;
        let max_results = max_results.map(|most| most.min(PAGE));
        let wanted = Wanted { ids, filters, max_results, next_token, dry_run };
        let all = |engine: &Engine| {
            let endpoints = engine.all::<VpcEndpoint>(&cx.scope);
            endpoints.map(|endpoint| Shown::of(engine, endpoint)).collect()
        };
        let page = describe::<Shown>(wanted, cx.driver.read(all))?;
        Ok(DescribeVpcEndpointsResult {
            vpc_endpoints: Some(page.items),
            next_token: page.next_token,
        })
    }
}

/// An endpoint as it is shown.
struct Shown {
    endpoint: VpcEndpoint,
    /// Its ENIs, and whether its service answers at each.
    enis: Vec<(String, bool)>,
    groups: Vec<(GroupId, String)>,
    names: Vec<EndpointName>,
}

impl Shown {
    fn of(engine: &Engine, endpoint: &VpcEndpoint) -> Shown {
        let enis = engine.endpoint_enis(endpoint.id);
        let groups = match &endpoint.kind {
            EndpointKind::Interface { groups, .. } => groups.clone(),
            EndpointKind::Gateway { .. } => BTreeSet::new(),
        };
        let named = groups.into_iter().filter_map(|id| {
            let group = engine.group(&endpoint.scope, id).ok()?;
            Some((id, group.name.clone()))
        });
        Shown {
            endpoint: endpoint.clone(),
            enis: enis.map(|(eni, is_there)| (eni.id.to_string(), is_there)).collect(),
            groups: named.collect(),
            names: engine.endpoint_names(endpoint),
        }
    }

    fn state(&self) -> &'static str {
        match self.enis.iter().all(|(_, is_there)| *is_there) {
            true => "available",
            false => "pending",
        }
    }

    fn kind(&self) -> &'static str {
        match self.endpoint.kind {
            EndpointKind::Gateway { .. } => "Gateway",
            EndpointKind::Interface { .. } => "Interface",
        }
    }

    fn tables(&self) -> Vec<RouteTableId> {
        self.endpoint.tables().collect()
    }

    fn subnets(&self) -> Vec<SubnetId> {
        match &self.endpoint.kind {
            EndpointKind::Interface { subnets, .. } => subnets.iter().copied().collect(),
            EndpointKind::Gateway { .. } => Vec::new(),
        }
    }

    fn entries(&self) -> Vec<DnsEntry> {
        let entry = |name: &EndpointName| {
            let zone = if name.is_private {
                format!("Z{:019X}", self.endpoint.id.0)
            } else {
                "Z7HUB22UULQXV".to_owned()
            };
            DnsEntry { dns_name: Some(name.name.clone()), hosted_zone_id: Some(zone) }
        };
        self.names.iter().map(entry).collect()
    }
}

fn texts<T: ToString>(all: Vec<T>) -> Vec<String> {
    all.iter().map(ToString::to_string).collect()
}

impl Described for Shown {
    type Id = VpcEndpointId;
    type View = output::VpcEndpoint;
    const FILTERS: &'static [Attribute<Shown>] = &[
        ("ip-address-type", |_| vec!["ipv4".into()]),
        ("service-name", |each| vec![each.endpoint.service.clone()]),
        ("service-region", |each| vec![each.endpoint.scope.region.clone()]),
        ("vpc-endpoint-id", |each| vec![each.endpoint.id.to_string()]),
        ("vpc-endpoint-state", |each| vec![each.state().into()]),
        ("vpc-endpoint-type", |each| vec![each.kind().into()]),
        ("vpc-id", |each| vec![each.endpoint.vpc.to_string()]),
    ];

    fn id(&self) -> VpcEndpointId {
        self.endpoint.id
    }

    fn tags(&self) -> &Tags {
        &self.endpoint.tags
    }

    fn view(self) -> output::VpcEndpoint {
        let identified = |(id, name): &(GroupId, String)| SecurityGroupIdentifier {
            group_id: Some(id.to_string()),
            group_name: Some(name.clone()),
        };
        let is_interface = matches!(self.endpoint.kind, EndpointKind::Interface { .. });
        let private_dns = self.endpoint.private_dns();
        let has_inbound = self.endpoint.served().is_some_and(|it| it.service.has_inbound_names());
        let options = || DnsOptions {
            dns_record_ip_type: Some("ipv4".into()),
            private_dns_only_for_inbound_resolver_endpoint: has_inbound
                .then_some(private_dns == PrivateDns::Inbound),
            ..DnsOptions::default()
        };
        output::VpcEndpoint {
            vpc_endpoint_id: Some(self.endpoint.id.to_string()),
            vpc_endpoint_type: Some(self.kind().into()),
            vpc_id: Some(self.endpoint.vpc.to_string()),
            service_name: Some(self.endpoint.service.clone()),
            state: Some(self.state().into()),
            policy_document: Some(
                self.endpoint.policy.clone().unwrap_or_else(|| EVERYTHING.to_owned()),
            ),
            route_table_ids: Some(texts(self.tables())),
            subnet_ids: Some(texts(self.subnets())),
            groups: Some(self.groups.iter().map(identified).collect()),
            ip_address_type: is_interface.then(|| "ipv4".into()),
            dns_options: is_interface.then(options),
            private_dns_enabled: Some(private_dns != PrivateDns::Off),
            requester_managed: Some(false),
            network_interface_ids: Some(self.enis.iter().map(|(eni, _)| eni.clone()).collect()),
            dns_entries: Some(self.entries()),
            creation_timestamp: Some(
                i64::try_from(self.endpoint.created.millis()).unwrap_or(i64::MAX),
            ),
            tags: Some(show::tags(&self.endpoint.tags)),
            owner_id: Some(show::owner(&self.endpoint.scope)),
            service_region: Some(self.endpoint.scope.region.clone()),
            ..output::VpcEndpoint::default()
        }
    }
}
