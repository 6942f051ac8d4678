//! Subnets, as EC2 shows and changes them.

use engine::id::SubnetId;
use engine::network::subnet;
use engine::record::subnet::Subnet;
use serde_json::{Value, json};
use wire::ApiError;
use wire::ec2::error;

use crate::api::Context;
use crate::api::ec2::input::{block, id, ids, required, specified_tags};
use crate::api::ec2::list::{page, passes, show};
use crate::api::ec2::{nothing, refusal};
use crate::driver::Refused;
use crate::zone::zones;

pub(crate) async fn create(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let vpc = id(required(input, "VpcId")?)?;
    let cidr = block(required(input, "CidrBlock")?, "cidrBlock")?;
    let tags = specified_tags(input, "subnet")?;
    let (zone, zone_id) = zone(context, input)?;
    let scope = context.scope.clone();
    let question = subnet::Create { scope, vpc, cidr, zone, zone_id, tags };
    let (subnet, free) = context.driver.ask(question).await.map_err(spell)?;
    Ok(json!({"Subnet": view(&subnet, free)}))
}

pub(crate) fn describe(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let wanted: Vec<SubnetId> = ids(&input["SubnetIds"])?;
    context.driver.read(|engine| {
        for subnet in &wanted {
            engine.subnet(&context.scope, *subnet).map_err(refusal::spell)?;
        }
        let mut found = Vec::new();
        for subnet in engine.subnets(&context.scope) {
            let free = engine.free_addresses(subnet.id);
            let is_wanted = wanted.is_empty() || wanted.contains(&subnet.id);
            if is_wanted && passes(input, &subnet.tags, |name| attribute(subnet, free, name))? {
                found.push((subnet.id.to_string(), view(subnet, free)));
            }
        }
        page(input, "Subnets", found)
    })
}

pub(crate) async fn delete(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let subnet = id(required(input, "SubnetId")?)?;
    let question = subnet::Delete { scope: context.scope.clone(), subnet };
    context.driver.ask(question).await.map_err(spell)?;
    Ok(nothing())
}

/// How EC2 spells what questions about subnets are refused for.
fn spell(refused: Refused<subnet::Refusal>) -> ApiError {
    let refusal = match refused {
        Refused::Refused(refusal) => refusal,
        Refused::Draining => return refusal::draining(),
        Refused::Unavailable(why) => return refusal::unavailable(&why),
    };
    match refusal {
        subnet::Refusal::NoVpc(id) => refusal::no_vpc(id),
        subnet::Refusal::NoSubnet(id) => refusal::no_subnet(id),
        subnet::Refusal::Size(cidr) | subnet::Refusal::Outside(cidr) => {
            error("InvalidSubnet.Range", format!("The CIDR '{cidr}' is invalid."))
        }
        subnet::Refusal::Conflict(cidr) => {
            let message = format!("The CIDR '{cidr}' conflicts with another subnet");
            error("InvalidSubnet.Conflict", message)
        }
        subnet::Refusal::TooMany => {
            error("SubnetLimitExceeded", "The maximum number has been reached.")
        }
        subnet::Refusal::InUse(id) => {
            let message = format!("The subnet '{id}' has dependencies and cannot be deleted.");
            error("DependencyViolation", message)
        }
    }
}

/// The zone asked for by name or id; the region's first when none is.
fn zone(context: &Context<'_>, input: &Value) -> Result<(String, String), ApiError> {
    let zones = zones(&context.scope.region);
    let name = input["AvailabilityZone"].as_str();
    let zone_id = input["AvailabilityZoneId"].as_str();
    let found = zones.iter().find(|zone| {
        name.is_none_or(|name| zone.0 == name) && zone_id.is_none_or(|id| zone.1 == id)
    });
    found.cloned().ok_or_else(|| {
        let names: Vec<&str> = zones.iter().map(|zone| zone.0.as_str()).collect();
        let given = name.or(zone_id).unwrap_or_default();
        let message = format!(
            "Value ({given}) for parameter availabilityZone is invalid. Subnets can currently \
             only be created in the following availability zones: {}.",
            names.join(", ")
        );
        error("InvalidParameterValue", message)
    })
}

fn view(subnet: &Subnet, free: u32) -> Value {
    json!({
        "AvailabilityZoneId": subnet.zone_id,
        "MapCustomerOwnedIpOnLaunch": false,
        "OwnerId": format!("{:012}", subnet.scope.account),
        "AssignIpv6AddressOnCreation": false,
        "Ipv6CidrBlockAssociationSet": [],
        "Tags": show(&subnet.tags),
        "SubnetArn": arn(subnet),
        "EnableDns64": false,
        "Ipv6Native": false,
        "PrivateDnsNameOptionsOnLaunch": {
            "HostnameType": "ip-name",
            "EnableResourceNameDnsARecord": false,
            "EnableResourceNameDnsAAAARecord": false,
        },
        "SubnetId": subnet.id.to_string(),
        "State": "available",
        "VpcId": subnet.vpc.to_string(),
        "CidrBlock": subnet.cidr.to_string(),
        "AvailableIpAddressCount": free,
        "AvailabilityZone": subnet.zone,
        "DefaultForAz": subnet.default_for_zone,
        "MapPublicIpOnLaunch": subnet.map_public,
    })
}

fn arn(subnet: &Subnet) -> String {
    let scope = &subnet.scope;
    format!("arn:aws:ec2:{}:{:012}:subnet/{}", scope.region, scope.account, subnet.id)
}

fn attribute(subnet: &Subnet, free: u32, name: &str) -> Option<Vec<String>> {
    let value = match name {
        "availability-zone" | "availabilityZone" => subnet.zone.clone(),
        "availability-zone-id" | "availabilityZoneId" => subnet.zone_id.clone(),
        "available-ip-address-count" => free.to_string(),
        "cidr-block" | "cidr" | "cidrBlock" => subnet.cidr.to_string(),
        "default-for-az" | "defaultForAz" => subnet.default_for_zone.to_string(),
        "map-public-ip-on-launch" => subnet.map_public.to_string(),
        "owner-id" => format!("{:012}", subnet.scope.account),
        "state" => "available".into(),
        "subnet-arn" => arn(subnet),
        "subnet-id" => subnet.id.to_string(),
        "vpc-id" => subnet.vpc.to_string(),
        _ => return None,
    };
    Some(vec![value])
}

pub(crate) async fn modify_attribute(
    context: &Context<'_>,
    input: &Value,
) -> Result<Value, ApiError> {
    let subnet = id(required(input, "SubnetId")?)?;
    let Some(map_public) = input["MapPublicIpOnLaunch"]["Value"].as_bool() else {
        let message = "Warren supports MapPublicIpOnLaunch alone in ModifySubnetAttribute.";
        return Err(error("UnsupportedOperation", message));
    };
    let question = subnet::Modify { scope: context.scope.clone(), subnet, map_public };
    context.driver.ask(question).await.map_err(spell)?;
    Ok(nothing())
}
