//! Route tables, as EC2 shows them: each VPC's main one, with its local route.

use engine::id::RouteTableId;
use engine::record::vpc::Vpc;
use engine::scope::Tags;
use serde_json::{Value, json};
use wire::ApiError;
use wire::ec2::error;

use crate::api::Context;
use crate::api::ec2::input::texts;
use crate::api::ec2::list::{page, passes};

pub(crate) fn describe(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let wanted: Vec<&str> = texts(&input["RouteTableIds"]).collect();
    context.driver.read(|engine| {
        for text in &wanted {
            let id = text.parse::<RouteTableId>().ok();
            if !engine.vpcs(&context.scope).any(|vpc| Some(vpc.main_route_table) == id) {
                let message = format!("The routeTable ID '{text}' does not exist");
                return Err(error("InvalidRouteTableID.NotFound", message));
            }
        }
        let mut found = Vec::new();
        for vpc in engine.vpcs(&context.scope) {
            let id = vpc.main_route_table.to_string();
            let is_wanted = wanted.is_empty() || wanted.contains(&id.as_str());
            if is_wanted && passes(input, &Tags::new(), |name| attribute(vpc, name))? {
                found.push((id, view(vpc)));
            }
        }
        page(input, "RouteTables", found)
    })
}

fn view(vpc: &Vpc) -> Value {
    let id = vpc.main_route_table.to_string();
    json!({
        "Associations": [{
            "Main": true,
            "RouteTableAssociationId": vpc.main_association.to_string(),
            "RouteTableId": id,
            "AssociationState": {"State": "associated"},
        }],
        "PropagatingVgws": [],
        "RouteTableId": id,
        "Routes": [{
            "DestinationCidrBlock": vpc.cidr.to_string(),
            "GatewayId": "local",
            "Origin": "CreateRouteTable",
            "State": "active",
        }],
        "Tags": [],
        "VpcId": vpc.id.to_string(),
        "OwnerId": format!("{:012}", vpc.scope.account),
    })
}

fn attribute(vpc: &Vpc, name: &str) -> Option<Vec<String>> {
    let value = match name {
        "association.main" => "true".into(),
        "association.route-table-association-id" => vpc.main_association.to_string(),
        "association.route-table-id" | "route-table-id" => vpc.main_route_table.to_string(),
        // The main table serves subnets without an association of their own.
        "association.subnet-id" => return Some(Vec::new()),
        "owner-id" => format!("{:012}", vpc.scope.account),
        "route.destination-cidr-block" => vpc.cidr.to_string(),
        "route.gateway-id" => "local".into(),
        "route.origin" => "CreateRouteTable".into(),
        "route.state" => "active".into(),
        "vpc-id" => vpc.id.to_string(),
        _ => return None,
    };
    Some(vec![value])
}
