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
