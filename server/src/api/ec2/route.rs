//! Routes, as EC2 makes, replaces and deletes them.

use engine::cidr::Cidr;
use engine::id::{IdError, InternetGatewayId, NatGatewayId};
use engine::network::route::{self, Refusal};
use engine::record::route_table::{Route, Target};
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{CreateRoute, DeleteRoute, ReplaceRoute};
use wire::ec2::output::CreateRouteResult;

use crate::api::ec2::input::{block, given, id, missing, no_such};
use crate::api::ec2::{Spell, ask};
use crate::api::operation::{Context, Operation};

impl Operation for CreateRoute {
    type Output = CreateRouteResult;

    async fn run(self, cx: &Context<'_>) -> Result<CreateRouteResult, ApiError> {
        let CreateRoute {
            dry_run,
            route_table_id,
            destination_cidr_block,
            gateway_id,
            nat_gateway_id,
        } = self;
        let question = route::Create {
            scope: cx.scope.clone(),
            table: id(&route_table_id)?,
            route: wanted(destination_cidr_block, gateway_id, nat_gateway_id)?,
        };
        ask(cx, dry_run, question).await?;
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
            gateway_id,
            nat_gateway_id,
        } = self;
        let question = route::Replace {
            scope: cx.scope.clone(),
            table: id(&route_table_id)?,
            route: wanted(destination_cidr_block, gateway_id, nat_gateway_id)?,
        };
        ask(cx, dry_run, question).await
    }
}

impl Operation for DeleteRoute {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteRoute { dry_run, route_table_id, destination_cidr_block } = self;
        let question = route::Delete {
            scope: cx.scope.clone(),
            table: id(&route_table_id)?,
            destination: destination(destination_cidr_block)?,
        };
        ask(cx, dry_run, question).await
    }
}

fn destination(text: Option<String>) -> Result<Cidr, ApiError> {
    let text = given(text).ok_or_else(|| missing("destinationCidrBlock"))?;
    block(&text, "destinationCidrBlock")
}

/// The route that is asked for, which has one target.
fn wanted(
    block: Option<String>,
    gateway: Option<String>,
    nat: Option<String>,
) -> Result<Route, ApiError> {
    let destination = destination(block)?;
    let target = match (given(gateway), given(nat)) {
        (Some(gateway), None) => Target::InternetGateway(internet_gateway(&gateway)?),
        (None, Some(nat)) => Target::NatGateway(nat_gateway(&nat)?),
        (Some(_), Some(_)) => {
            let message = "The request must contain exactly one of gatewayId, natGatewayId";
            return Err(error("InvalidParameterCombination", message));
        }
        (None, None) => {
            let message = "The request must contain exactly one of gatewayId, natGatewayId";
            return Err(error("MissingParameter", message));
        }
    };
    Ok(Route { destination, target })
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

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        let (code, message) = match self {
            Refusal::NoTable(id) => return no_such(id),
            Refusal::NoGateway(id) => return no_gateway(&id.to_string()),
            Refusal::NoNat(id) => return no_nat(&id.to_string()),
            Refusal::GatewayElsewhere(table, gateway) => (
                "InvalidParameterValue",
                format!(
                    "route table {table} and network gateway {gateway} belong to different networks"
                ),
            ),
            Refusal::NatElsewhere(table, nat) => (
                "InvalidParameterValue",
                format!("route table {table} and NAT gateway {nat} belong to different networks"),
            ),
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
            Refusal::Local(table, block) => (
                "InvalidParameterValue",
                format!("cannot remove local route {block} in route table {table}"),
            ),
            Refusal::LocalReplaced(block) => (
                "UnsupportedOperation",
                format!("Warren does not support ReplaceRoute of the local route {block}."),
            ),
            Refusal::Within(block, Target::InternetGateway(_)) => (
                "InvalidParameterValue",
                format!(
                    "The destination CIDR block {block} is equal to or more specific than one of \
                     this VPC's CIDR blocks. This route can target only an interface or an instance."
                ),
            ),
            Refusal::Within(block, Target::NatGateway(_)) => (
                "UnsupportedOperation",
                format!(
                    "Warren does not support the destination {block}, which is more specific than \
                     the local route."
                ),
            ),
            Refusal::Reserved(block) => (
                "InvalidParameterValue",
                format!("The destination CIDR block {block} is reserved for use by AWS services."),
            ),
            Refusal::TooMany => {
                ("RouteLimitExceeded", "The maximum number has been reached.".into())
            }
        };
        error(code, message)
    }
}
