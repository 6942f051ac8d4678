//! VPCs, as EC2 shows and changes them.

use engine::effect::Reply;
use engine::id::VpcId;
use engine::input::Request;
use engine::network::vpc::VpcRequest;
use engine::record::vpc::Vpc;
use serde_json::{Value, json};
use wire::ApiError;
use wire::ec2::error;

use crate::api::Context;
use crate::api::ec2::input::{block, id, ids, missing, required, specified_tags};
use crate::api::ec2::list::{page, passes, show};
use crate::api::ec2::{ask, nothing, refusal};

pub(crate) async fn create(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let cidr = block(required(input, "CidrBlock").map_err(|_| missing("CidrBlock"))?, "cidrBlock")?;
    let tags = specified_tags(input, "vpc")?;
    let request = VpcRequest::Create { scope: context.scope.clone(), cidr, tags };
    let Reply::Vpc(vpc) = ask(context, Request::Vpc(request)).await? else {
        unreachable!("a VPC is answered with a VPC")
    };
    let mut shown = view(&vpc);
    shown["State"] = json!("pending");
    Ok(json!({"Vpc": shown}))
}

pub(crate) fn describe(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let wanted: Vec<VpcId> = ids(&input["VpcIds"])?;
    context.driver.read(|engine| {
        for vpc in &wanted {
            engine.vpc(&context.scope, *vpc).map_err(refusal::spell)?;
        }
        let mut found = Vec::new();
        for vpc in engine.vpcs(&context.scope) {
            let is_wanted = wanted.is_empty() || wanted.contains(&vpc.id);
            if is_wanted && passes(input, &vpc.tags, |name| attribute(vpc, name))? {
                found.push((vpc.id.to_string(), view(vpc)));
            }
        }
        page(input, "Vpcs", found)
    })
}

pub(crate) async fn delete(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let vpc = id(required(input, "VpcId")?)?;
    let request = VpcRequest::Delete { scope: context.scope.clone(), vpc };
    ask(context, Request::Vpc(request)).await.map(|_| nothing())
}

pub(crate) fn describe_attribute(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let id: VpcId = id(required(input, "VpcId")?)?;
    let attribute = required(input, "Attribute")?;
    context.driver.read(|engine| {
        let vpc = engine.vpc(&context.scope, id).map_err(refusal::spell)?;
        let (name, value) = match attribute {
            "enableDnsSupport" => ("EnableDnsSupport", vpc.dns_support),
            "enableDnsHostnames" => ("EnableDnsHostnames", vpc.dns_hostnames),
            "enableNetworkAddressUsageMetrics" => ("EnableNetworkAddressUsageMetrics", false),
            other => {
                let message = format!("Value ({other}) for parameter attribute is invalid.");
                return Err(error("InvalidParameterValue", message));
            }
        };
        Ok(json!({"VpcId": id.to_string(), name: {"Value": value}}))
    })
}

pub(crate) async fn modify_attribute(
    context: &Context<'_>,
    input: &Value,
) -> Result<Value, ApiError> {
    let vpc = id(required(input, "VpcId")?)?;
    let dns_support = input["EnableDnsSupport"]["Value"].as_bool();
    let dns_hostnames = input["EnableDnsHostnames"]["Value"].as_bool();
    let scope = context.scope.clone();
    match (dns_support, dns_hostnames) {
        (None, None) => Err(missing("EnableDnsSupport")),
        (Some(_), Some(_)) => {
            let message = "Fields for multiple attribute types specified";
            Err(error("InvalidParameterCombination", message))
        }
        _ => {
            let request = VpcRequest::Modify { scope, vpc, dns_support, dns_hostnames };
            ask(context, Request::Vpc(request)).await.map(|_| nothing())
        }
    }
}

fn view(vpc: &Vpc) -> Value {
    json!({
        "OwnerId": format!("{:012}", vpc.scope.account),
        "InstanceTenancy": "default",
        "Ipv6CidrBlockAssociationSet": [],
        "CidrBlockAssociationSet": [{
            "AssociationId": vpc.cidr_association.to_string(),
            "CidrBlock": vpc.cidr.to_string(),
            "CidrBlockState": {"State": "associated"},
        }],
        "IsDefault": vpc.is_default,
        "Tags": show(&vpc.tags),
        "VpcId": vpc.id.to_string(),
        "State": "available",
        "CidrBlock": vpc.cidr.to_string(),
        "DhcpOptionsId": vpc.dhcp_options.to_string(),
    })
}

fn attribute(vpc: &Vpc, name: &str) -> Option<Vec<String>> {
    let value = match name {
        "cidr" | "cidr-block-association.cidr-block" => vpc.cidr.to_string(),
        "cidr-block-association.association-id" => vpc.cidr_association.to_string(),
        "cidr-block-association.state" => "associated".into(),
        "dhcp-options-id" => vpc.dhcp_options.to_string(),
        "is-default" | "isDefault" => vpc.is_default.to_string(),
        "owner-id" => format!("{:012}", vpc.scope.account),
        "state" => "available".into(),
        "vpc-id" => vpc.id.to_string(),
        "ipv6-cidr-block-association.ipv6-cidr-block"
        | "ipv6-cidr-block-association.ipv6-pool"
        | "ipv6-cidr-block-association.association-id"
        | "ipv6-cidr-block-association.state" => return Some(Vec::new()),
        _ => return None,
    };
    Some(vec![value])
}
