//! Network ACLs, as EC2 shows them: each VPC's default one, which lets everything through.

use engine::engine::Engine;
use engine::id::{AclAssociationId, AclId};
use engine::record::vpc::Vpc;
use engine::scope::Tags;
use serde_json::{Value, json};
use wire::ApiError;
use wire::ec2::error;

use crate::api::Context;
use crate::api::ec2::input::texts;
use crate::api::ec2::list::{page, passes};

pub(crate) fn describe(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let wanted: Vec<&str> = texts(&input["NetworkAclIds"]).collect();
    context.driver.read(|engine| {
        for text in &wanted {
            let asked = text.parse::<AclId>().ok();
            if !engine.vpcs(&context.scope).any(|vpc| Some(vpc.default_acl) == asked) {
                let message = format!("The networkAcl ID '{text}' does not exist");
                return Err(error("InvalidNetworkAclID.NotFound", message));
            }
        }
        let mut found = Vec::new();
        for vpc in engine.vpcs(&context.scope) {
            let acl = vpc.default_acl.to_string();
            let is_wanted = wanted.is_empty() || wanted.contains(&acl.as_str());
            if is_wanted && passes(input, &Tags::new(), |name| attribute(engine, vpc, name))? {
                found.push((acl, view(engine, vpc)));
            }
        }
        page(input, "NetworkAcls", found)
    })
}

fn subnets(engine: &Engine, vpc: &Vpc) -> Vec<String> {
    let subnets = engine.subnets(&vpc.scope).filter(|subnet| subnet.vpc == vpc.id);
    subnets.map(|subnet| subnet.id.to_string()).collect()
}

fn view(engine: &Engine, vpc: &Vpc) -> Value {
    let acl = vpc.default_acl.to_string();
    let subnets = engine.subnets(&vpc.scope).filter(|subnet| subnet.vpc == vpc.id);
    let associations: Vec<Value> = subnets
        .map(|subnet| {
            json!({
                "NetworkAclAssociationId": AclAssociationId(subnet.id.0).to_string(),
                "NetworkAclId": acl,
                "SubnetId": subnet.id.to_string(),
            })
        })
        .collect();
    let entry = |egress: bool, number: u32, action: &str| {
        json!({
            "CidrBlock": "0.0.0.0/0",
            "Egress": egress,
            "Protocol": "-1",
            "RuleAction": action,
            "RuleNumber": number,
        })
    };
    json!({
        "Associations": associations,
        "Entries": [
            entry(true, 100, "allow"),
            entry(true, 32_767, "deny"),
            entry(false, 100, "allow"),
            entry(false, 32_767, "deny"),
        ],
        "IsDefault": true,
        "NetworkAclId": acl,
        "Tags": [],
        "VpcId": vpc.id.to_string(),
        "OwnerId": format!("{:012}", vpc.scope.account),
    })
}

fn attribute(engine: &Engine, vpc: &Vpc, name: &str) -> Option<Vec<String>> {
    let value = match name {
        "association.network-acl-id" | "network-acl-id" => vpc.default_acl.to_string(),
        "association.subnet-id" => return Some(subnets(engine, vpc)),
        "default" => "true".into(),
        "owner-id" => format!("{:012}", vpc.scope.account),
        "vpc-id" => vpc.id.to_string(),
        _ => return None,
    };
    Some(vec![value])
}
