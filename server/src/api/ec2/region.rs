//! Regions and availability zones.

use serde_json::{Value, json};
use wire::ApiError;
use wire::ec2::error;

use crate::api::Context;
use crate::api::ec2::input::texts;
use crate::zone::{REGIONS, zones};

pub(crate) fn availability_zones(context: &Context<'_>) -> Value {
    let region = &context.scope.region;
    let zones: Vec<Value> = zones(region)
        .into_iter()
        .map(|(name, id)| {
            json!({
                "OptInStatus": "opt-in-not-required", "Messages": [], "RegionName": region,
                "ZoneName": name, "ZoneId": id, "GroupName": format!("{region}-zg-1"),
                "NetworkBorderGroup": region, "ZoneType": "availability-zone",
                "State": "available",
            })
        })
        .collect();
    json!({"AvailabilityZones": zones})
}

pub(crate) fn regions(input: &Value) -> Result<Value, ApiError> {
    let wanted: Vec<&str> = texts(&input["RegionNames"]).collect();
    if let Some(name) = wanted.iter().find(|name| !REGIONS.contains(name)) {
        let message = format!("Invalid values for the parameter RegionName: [{name}]");
        return Err(error("InvalidParameterValue", message));
    }
    let regions: Vec<Value> = REGIONS
        .iter()
        .filter(|name| wanted.is_empty() || wanted.contains(name))
        .map(|name| {
            json!({
                "RegionName": name, "OptInStatus": "opt-in-not-required",
                "Endpoint": format!("ec2.{name}.amazonaws.com"),
            })
        })
        .collect();
    Ok(json!({"Regions": regions}))
}

pub(crate) fn account_attributes(context: &Context<'_>, input: &Value) -> Value {
    let default = context.driver.read(|engine| {
        let vpc = engine.vpcs(&context.scope).find(|vpc| vpc.is_default);
        vpc.map_or("none".to_owned(), |vpc| vpc.id.to_string())
    });
    let wanted: Vec<&str> = texts(&input["AttributeNames"]).collect();
    let attributes: Vec<Value> = [
        ("vpc-max-security-groups-per-interface", "5"),
        ("max-instances", "20"),
        ("supported-platforms", "VPC"),
        ("default-vpc", default.as_str()),
        ("max-elastic-ips", "5"),
        ("vpc-max-elastic-ips", "5"),
    ]
    .into_iter()
    .filter(|(name, _)| wanted.is_empty() || wanted.contains(name))
    .map(|(name, value)| {
        json!({"AttributeName": name, "AttributeValues": [{"AttributeValue": value}]})
    })
    .collect();
    json!({"AccountAttributes": attributes})
}

/// There are none; whoever asks for one by its id is told so.
pub(crate) fn internet_gateways(input: &Value) -> Result<Value, ApiError> {
    match input["InternetGatewayIds"][0].as_str() {
        Some(id) => Err(error(
            "InvalidInternetGatewayID.NotFound",
            format!("The internetGateway ID '{id}' does not exist"),
        )),
        None => Ok(json!({"InternetGateways": []})),
    }
}
