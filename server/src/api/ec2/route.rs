//! Routes, as EC2 makes, replaces and deletes them.

use engine::cidr::Cidr;
use engine::cidr6::Cidr6;
use engine::id::{IdError, InternetGatewayId, NatGatewayId, PrefixListId, RouteTableId};
use engine::network::listed_route;
use engine::network::route::{self, Refusal};
use engine::network::route6;
use engine::record::route_table::{Route, Route6, Target, Target6};
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{CreateRoute, DeleteRoute, ReplaceRoute};
use wire::ec2::output::CreateRouteResult;

use crate::api::ec2::input::{block, block6, given, id, missing, no_such, together};
use crate::api::ec2::{Spell, ask};
use crate::api::operation::{Context, Operation};

impl Operation for CreateRoute {
    type Output = CreateRouteResult;

    async fn run(self, cx: &Context<'_>) -> Result<CreateRouteResult, ApiError> {
        let CreateRoute {
            dry_run,
            route_table_id,
            destination_cidr_block,
            destination_prefix_list_id,
            gateway_id,
            destination_ipv6_cidr_block,
            egress_only_internet_gateway_id,
            nat_gateway_id,
            network_interface_id,
            vpc_peering_connection_id,
        } = self;
        let (scope, table) = (cx.scope.clone(), id(&route_table_id)?);
        let targets = Targets {
            gateway_id,
            nat_gateway_id,
            egress_only_internet_gateway_id,
            network_interface_id,
            vpc_peering_connection_id,
        };
        match destination(
            destination_cidr_block,
            destination_ipv6_cidr_block,
            destination_prefix_list_id,
        )? {
            Destination::Block(destination) => {
                let route = Route { destination, target: targets.target()? };
                ask(cx, dry_run, route::Create { scope, table, route }).await?;
            }
            Destination::Block6(destination) => {
                let route = Route6 { destination, target: targets.target6()? };
                ask(cx, dry_run, route6::Put { scope, table, route, replaces: false }).await?;
            }
            Destination::List(list) => {
                let target = targets.target()?;
                ask(cx, dry_run, listed_route::Create { scope, table, list, target }).await?;
            }
        }
        Ok(CreateRouteResult { r#return: Some(true) })
    }
}

impl Operation for ReplaceRoute {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let ReplaceRoute {
            dry_run,
            route_table_id,
            destination_cidr_block,
            destination_prefix_list_id,
            gateway_id,
            destination_ipv6_cidr_block,
            egress_only_internet_gateway_id,
            nat_gateway_id,
            network_interface_id,
            vpc_peering_connection_id,
            local_target,
        } = self;
        let targets = Targets {
            gateway_id,
            nat_gateway_id,
            egress_only_internet_gateway_id,
            network_interface_id,
            vpc_peering_connection_id,
        };
        let (scope, table) = (cx.scope.clone(), id(&route_table_id)?);
        let destination = destination(
            destination_cidr_block,
            destination_ipv6_cidr_block,
            destination_prefix_list_id,
        )?;
        if local_target == Some(true) {
            if let Some((name, _)) = targets.given().first() {
                return Err(together("localTarget", name));
            }
            let destination = match destination {
                Destination::Block(destination) => destination,
                Destination::Block6(_) => {
                    let message = "Warren does not support LocalTarget for IPv6 destinations.";
                    return Err(error("UnsupportedOperation", message));
                }
                Destination::List(_) => {
                    return Err(together("localTarget", "destinationPrefixListId"));
                }
            };
            return ask(cx, dry_run, route::Restore { scope, table, destination }).await;
        }
        match destination {
            Destination::Block(destination) => {
                let route = Route { destination, target: targets.target()? };
                ask(cx, dry_run, route::Replace { scope, table, route }).await
            }
            Destination::Block6(destination) => {
                let route = Route6 { destination, target: targets.target6()? };
                ask(cx, dry_run, route6::Put { scope, table, route, replaces: true }).await
            }
            Destination::List(list) => {
                let target = targets.target()?;
                ask(cx, dry_run, listed_route::Replace { scope, table, list, target }).await
            }
        }
    }
}

impl Operation for DeleteRoute {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteRoute {
            dry_run,
            route_table_id,
            destination_cidr_block,
            destination_prefix_list_id,
            destination_ipv6_cidr_block,
        } = self;
        let (scope, table) = (cx.scope.clone(), id(&route_table_id)?);
        match destination(
            destination_cidr_block,
            destination_ipv6_cidr_block,
            destination_prefix_list_id,
        )? {
            Destination::Block(destination) => {
                ask(cx, dry_run, route::Delete { scope, table, destination }).await
            }
            Destination::Block6(destination) => {
                ask(cx, dry_run, route6::Delete { scope, table, destination }).await
            }
            Destination::List(list) => {
                ask(cx, dry_run, listed_route::Delete { scope, table, list }).await
            }
        }
    }
}

/// What a route is to lead to.
enum Destination {
    Block(Cidr),
    Block6(Cidr6),
    List(PrefixListId),
}

fn destination(
    text: Option<String>,
    text6: Option<String>,
    list: Option<String>,
) -> Result<Destination, ApiError> {
    match (given(text), given(text6), given(list)) {
        (Some(text), None, None) => block(&text, "destinationCidrBlock").map(Destination::Block),
        (None, Some(text), None) => {
            block6(&text, "destinationIpv6CidrBlock").map(Destination::Block6)
        }
        (None, None, Some(list)) => id(&list).map(Destination::List),
        (None, None, None) => Err(missing("destinationCidrBlock")),
        _ => {
            let message = "The request must contain exactly one of destinationCidrBlock, \
                           destinationIpv6CidrBlock, destinationPrefixListId";
            Err(error("InvalidParameterCombination", message))
        }
    }
}

/// The parameter of a target that is for IPv6 alone.
const EGRESS_ONLY: &str = "egressOnlyInternetGatewayId";

/// The targets of which a route has one.
struct Targets {
    gateway_id: Option<String>,
    nat_gateway_id: Option<String>,
    egress_only_internet_gateway_id: Option<String>,
    network_interface_id: Option<String>,
    vpc_peering_connection_id: Option<String>,
}

impl Targets {
    /// Those that are given, by the names of their parameters.
    fn given(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("gatewayId", &self.gateway_id),
            ("natGatewayId", &self.nat_gateway_id),
            (EGRESS_ONLY, &self.egress_only_internet_gateway_id),
            ("networkInterfaceId", &self.network_interface_id),
            ("vpcPeeringConnectionId", &self.vpc_peering_connection_id),
        ];
        let given = all.into_iter().filter_map(|(name, text)| Some((name, text.as_deref()?)));
        given.filter(|(_, text)| !text.is_empty()).collect()
    }

    /// The one target of a route that is asked for.
    fn target(&self) -> Result<Target, ApiError> {
        let (name, text) = self.only()?;
        target(name, text)
    }

    /// The same of a route for IPv6.
    fn target6(&self) -> Result<Target6, ApiError> {
        match self.only()? {
            ("gatewayId", text) => internet_gateway(text).map(Target6::InternetGateway),
            (EGRESS_ONLY, text) => {
                text.parse().map(Target6::EgressOnly).map_err(|_| no_gateway(text))
            }
            (name, _) => {
                let message = format!("Warren does not support {name} for IPv6 destinations.");
                Err(error("UnsupportedOperation", message))
            }
        }
    }

    fn only(&self) -> Result<(&'static str, &str), ApiError> {
        let code = match self.given()[..] {
            [only] => return Ok(only),
            [] => "MissingParameter",
            [..] => "InvalidParameterCombination",
        };
        let message = "The request must contain exactly one of gatewayId, natGatewayId, \
                       networkInterfaceId, vpcPeeringConnectionId";
        Err(error(code, message))
    }
}

fn target(parameter: &str, text: &str) -> Result<Target, ApiError> {
    match parameter {
        "natGatewayId" => nat_gateway(text).map(Target::NatGateway),
        "networkInterfaceId" => id(text).map(Target::NetworkInterface),
        "vpcPeeringConnectionId" => id(text).map(Target::Peering),
        EGRESS_ONLY => {
            let message = "Egress-only internet gateways are for IPv6 destinations alone.";
            Err(error("InvalidParameterCombination", message))
        }
        _ => internet_gateway(text).map(Target::InternetGateway),
    }
}

/// Gateways of other kinds go by the same parameter.
fn internet_gateway(text: &str) -> Result<InternetGatewayId, ApiError> {
    if !text.starts_with(InternetGatewayId::PREFIX) {
        let message = format!(
            "Warren does not support the gateway '{text}' as GatewayId: internet gateways (igw-) are."
        );
        return Err(error("UnsupportedOperation", message));
    }
    text.parse().map_err(|_| no_gateway(text))
}

fn no_gateway(text: &str) -> ApiError {
    error("InvalidGatewayID.NotFound", format!("The gateway ID '{text}' does not exist"))
}

fn nat_gateway(text: &str) -> Result<NatGatewayId, ApiError> {
    text.parse().map_err(|why| match why {
        IdError::Malformed => {
            let message =
                format!("Invalid id: \"{text}\" (expecting \"{}...\")", NatGatewayId::PREFIX);
            error("NatGatewayMalformed", message)
        }
        IdError::Foreign => no_nat(text),
    })
}

fn no_nat(text: &str) -> ApiError {
    error("InvalidNatGatewayID.NotFound", format!("The natGateway ID '{text}' does not exist"))
}

/// What is said of a route to a prefix list.
fn of_list(refusal: Refusal) -> ApiError {
    let (code, message) = match refusal {
        Refusal::NoList(id) => return no_such(id),
        Refusal::ListExists(list) => {
            ("RouteAlreadyExists", format!("The route identified by {list} already exists."))
        }
        Refusal::NoListToReplace(list) => (
            "InvalidParameterValue",
            format!(
                "There is no route defined for '{list}' in the route table. Use CreateRoute \
                 instead."
            ),
        ),
        Refusal::NoListRoute(table, list) => (
            "InvalidRoute.NotFound",
            format!("no route with destination-prefix-list-id {list} in route table {table}"),
        ),
        Refusal::OfEndpoint(table, list) => (
            "InvalidParameterValue",
            format!("cannot remove VPC endpoint route {list} in route table {table}"),
        ),
        other => return other.spell(),
    };
    error(code, message)
}

/// What is said of where a route leads to.
fn of_target(refusal: Refusal) -> ApiError {
    let elsewhere = |table: RouteTableId, what: &str, id: &dyn core::fmt::Display| {
        let message = format!("route table {table} and {what} {id} belong to different networks");
        error("InvalidParameterValue", message)
    };
    match refusal {
        Refusal::NoGateway(id) => no_gateway(&id.to_string()),
        Refusal::NoNat(id) => no_nat(&id.to_string()),
        Refusal::NoEni(id) => no_such(id),
        Refusal::NoPeering(id) => no_such(id),
        Refusal::PeeringElsewhere(table, id) => elsewhere(table, "VPC peering connection", &id),
        Refusal::EniElsewhere(table, id) => elsewhere(table, "interface", &id),
        Refusal::GatewayElsewhere(table, id) => elsewhere(table, "network gateway", &id),
        Refusal::NatElsewhere(table, id) => elsewhere(table, "NAT gateway", &id),
        Refusal::EniOfOthers(eni) => error(
            "UnsupportedOperation",
            format!(
                "Warren does not support routes to the network interface '{eni}', which a service \
                 manages."
            ),
        ),
        other => other.spell(),
    }
}

/// What is said of where a route is for.
fn of_destination(refusal: Refusal) -> ApiError {
    let (code, message) = match refusal {
        Refusal::Local(table, block) => (
            "InvalidParameterValue",
            format!("cannot remove local route {block} in route table {table}"),
        ),
        Refusal::NotLocal(block) => (
            "InvalidParameterValue",
            format!(
                "The destination CIDR block {block} is none of this VPC's CIDR blocks, whose routes \
                 alone can be local."
            ),
        ),
        Refusal::Within(block, Target::NatGateway(_)) => (
            "UnsupportedOperation",
            format!(
                "Warren does not support the destination {block}, which is more specific than \
                 the local route, for a NAT gateway."
            ),
        ),
        Refusal::Within(block, _) => (
            "InvalidParameterValue",
            format!(
                "The destination CIDR block {block} is equal to or more specific than one of \
                 this VPC's CIDR blocks. This route can target only an interface or an instance."
            ),
        ),
        Refusal::NoSubnetOf(block) => (
            "InvalidParameterValue",
            format!(
                "The destination CIDR block {block} is more specific than one of this VPC's CIDR \
                 blocks, and is not the CIDR block of a subnet."
            ),
        ),
        Refusal::Reserved(block) => (
            "InvalidParameterValue",
            format!("The destination CIDR block {block} is reserved for use by AWS services."),
        ),
        other => return other.spell(),
    };
    error(code, message)
}

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        let (code, message) = match self {
            Refusal::NoTable(id) => return no_such(id),
            Refusal::NoGateway(_)
            | Refusal::NoNat(_)
            | Refusal::NoEni(_)
            | Refusal::NoPeering(_)
            | Refusal::PeeringElsewhere(..)
            | Refusal::EniElsewhere(..)
            | Refusal::EniOfOthers(_)
            | Refusal::GatewayElsewhere(..)
            | Refusal::NatElsewhere(..) => return of_target(self),
            Refusal::NoList(_)
            | Refusal::ListExists(_)
            | Refusal::NoListToReplace(_)
            | Refusal::NoListRoute(..)
            | Refusal::OfEndpoint(..) => return of_list(self),
            Refusal::Exists(block) => {
                ("RouteAlreadyExists", format!("The route identified by {block} already exists."))
            }
            Refusal::NothingToReplace(block) => (
                "InvalidParameterValue",
                format!(
                    "There is no route defined for '{block}' in the route table. Use CreateRoute \
                     instead."
                ),
            ),
            Refusal::NoRoute(table, block) => (
                "InvalidRoute.NotFound",
                format!("no route with destination-cidr-block {block} in route table {table}"),
            ),
            Refusal::Local(..)
            | Refusal::NotLocal(_)
            | Refusal::Within(..)
            | Refusal::NoSubnetOf(_)
            | Refusal::Reserved(_) => return of_destination(self),
            Refusal::TooMany => {
                return error("RouteLimitExceeded", "The maximum number has been reached.");
            }
        };
        error(code, message)
    }
}

impl Spell for route6::Refusal {
    fn spell(self) -> ApiError {
        use route6::Refusal as Six;

        let (code, message) = match self {
            Six::NoTable(id) => return no_such(id),
            Six::NoGateway(id) => return no_gateway(&id.to_string()),
            Six::NoEgressOnly(id) => return no_gateway(&id.to_string()),
            Six::Elsewhere(table, target) => {
                let message = format!(
                    "route table {table} and network gateway {target} belong to different networks"
                );
                ("InvalidParameterValue", message)
            }
            Six::Exists(block) => {
                ("RouteAlreadyExists", format!("The route identified by {block} already exists."))
            }
            Six::NothingToReplace(block) => (
                "InvalidParameterValue",
                format!(
                    "There is no route defined for '{block}' in the route table. Use CreateRoute \
                     instead."
                ),
            ),
            Six::NoRoute(table, block) => (
                "InvalidRoute.NotFound",
                format!("no route with destination-ipv6-cidr-block {block} in route table {table}"),
            ),
            Six::Local(table, block) => (
                "InvalidParameterValue",
                format!("cannot remove local route {block} in route table {table}"),
            ),
            Six::Within(block) => (
                "InvalidParameterValue",
                format!(
                    "The destination CIDR block {block} is equal to or more specific than one of \
                     this VPC's CIDR blocks. This route can target only an interface or an instance."
                ),
            ),
            Six::TooMany => ("RouteLimitExceeded", "The maximum number has been reached.".into()),
        };
        error(code, message)
    }
}
