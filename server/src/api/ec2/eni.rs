//! ENIs, as EC2 shows and changes them.

use engine::effect::Reply;
use engine::engine::Engine;
use engine::id::EniId;
use engine::input::Request;
use engine::network::eni::EniRequest;
use engine::record::eni::{Eni, EniUser};
use serde_json::{Value, json};
use wire::ApiError;
use wire::ec2::error;

use crate::api::Context;
use crate::api::ec2::input::{id, ids, required, specified_tags};
use crate::api::ec2::list::{page, passes, show};
use crate::api::ec2::{nothing, refusal, request};

pub(crate) async fn create(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let address = input["PrivateIpAddress"].as_str().map(|text| {
        text.parse().map_err(|_| {
            let message = format!("Invalid value '{text}' for privateIpAddress. Not an address.");
            error("InvalidParameterValue", message)
        })
    });
    let question = EniRequest::Create {
        scope: context.scope.clone(),
        subnet: id(required(input, "SubnetId")?)?,
        groups: ids(&input["Groups"])?.into_iter().collect(),
        address: address.transpose()?,
        description: input["Description"].as_str().unwrap_or_default().to_owned(),
        tags: specified_tags(input, "network-interface")?,
    };
    let Reply::Eni(eni) = request(context, None, Request::Eni(question)).await? else {
        unreachable!("an ENI is answered with an ENI")
    };
    let mut shown = context.driver.read(|engine| view(engine, &eni));
    shown["Status"] = json!("pending");
    Ok(json!({"NetworkInterface": shown}))
}

pub(crate) fn describe(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let wanted: Vec<EniId> = ids(&input["NetworkInterfaceIds"])?;
    context.driver.read(|engine| {
        for eni in &wanted {
            engine.eni(&context.scope, *eni).map_err(refusal::spell)?;
        }
        let mut found = Vec::new();
        for eni in engine.enis(&context.scope) {
            let is_wanted = wanted.is_empty() || wanted.contains(&eni.id);
            if is_wanted && passes(input, &eni.tags, |name| attribute(engine, eni, name))? {
                found.push((eni.id.to_string(), view(engine, eni)));
            }
        }
        page(input, "NetworkInterfaces", found)
    })
}

pub(crate) async fn delete(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let eni = id(required(input, "NetworkInterfaceId")?)?;
    let question = EniRequest::Delete { scope: context.scope.clone(), eni };
    request(context, None, Request::Eni(question)).await.map(|_| nothing())
}

fn is_free(eni: &Eni) -> bool {
    matches!(eni.user, EniUser::Customer | EniUser::Released(_))
}

fn kind(eni: &Eni) -> &'static str {
    match eni.user {
        EniUser::Customer | EniUser::Resource(_) => "interface",
        EniUser::Environment(..) | EniUser::Pair | EniUser::Released(_) => "lambda",
    }
}

fn zone(engine: &Engine, eni: &Eni) -> String {
    engine.subnet(&eni.scope, eni.subnet).map(|subnet| subnet.zone.clone()).unwrap_or_default()
}

fn mac(eni: &Eni) -> String {
    eni.mac.map(|byte| format!("{byte:02x}")).join(":")
}

/// `ip-10-0-1-5.ec2.internal`, and by region elsewhere.
fn name(eni: &Eni) -> String {
    let address = eni.address.to_string().replace('.', "-");
    match eni.scope.region.as_str() {
        "us-east-1" => format!("ip-{address}.ec2.internal"),
        region => format!("ip-{address}.{region}.compute.internal"),
    }
}

fn view(engine: &Engine, eni: &Eni) -> Value {
    let groups: Vec<Value> = eni
        .groups
        .iter()
        .map(|id| {
            let name = engine.group(&eni.scope, *id).map(|group| group.name.clone());
            json!({"GroupId": id.to_string(), "GroupName": name.unwrap_or_default()})
        })
        .collect();
    let address = eni.address.to_string();
    let mut shown = json!({
        "AvailabilityZone": zone(engine, eni),
        "Description": eni.description,
        "Groups": groups,
        "InterfaceType": kind(eni),
        "Ipv6Addresses": [],
        "MacAddress": mac(eni),
        "NetworkInterfaceId": eni.id.to_string(),
        "OwnerId": format!("{:012}", eni.scope.account),
        "PrivateDnsName": name(eni),
        "PrivateIpAddress": address,
        "PrivateIpAddresses": [{
            "Primary": true, "PrivateDnsName": name(eni), "PrivateIpAddress": address,
        }],
        "RequesterManaged": false,
        "SourceDestCheck": eni.source_dest_check,
        "Status": if is_free(eni) { "available" } else { "in-use" },
        "SubnetId": eni.subnet.to_string(),
        "TagSet": show(&eni.tags),
        "VpcId": eni.vpc.to_string(),
    });
    if is_lambdas(eni) {
        shown["RequesterId"] = json!(requester(eni));
        if !is_free(eni) {
            shown["Attachment"] = attachment(eni);
        }
    }
    shown
}

/// Whether Lambda made it, also where it has given it up.
fn is_lambdas(eni: &Eni) -> bool {
    kind(eni) == "lambda"
}

/// The account in the form that AWS gives to sessions of its own.
fn requester(eni: &Eni) -> String {
    format!("AROALAMBDA:{:012}", eni.scope.account)
}

/// The attachment to what is Lambda's: without an instance.
fn attachment(eni: &Eni) -> Value {
    json!({
        "AttachmentId": format!("ela-attach-0{:016x}", eni.id.0),
        "AttachTime": i64::try_from(eni.created.millis()).unwrap_or(i64::MAX),
        "DeleteOnTermination": false,
        "DeviceIndex": 1,
        "InstanceOwnerId": "amazon-aws",
        "Status": "attached",
    })
}

fn attribute(engine: &Engine, eni: &Eni, filter: &str) -> Option<Vec<String>> {
    let value = match filter {
        "addresses.private-ip-address" | "private-ip-address" => eni.address.to_string(),
        "addresses.primary" => "true".into(),
        "availability-zone" => zone(engine, eni),
        "description" => eni.description.clone(),
        "group-id" => return Some(eni.groups.iter().map(ToString::to_string).collect()),
        "group-name" => {
            let named = |id| engine.group(&eni.scope, id).ok().map(|group| group.name.clone());
            return Some(eni.groups.iter().filter_map(|id| named(*id)).collect());
        }
        "interface-type" => kind(eni).into(),
        "mac-address" => mac(eni),
        "network-interface-id" => eni.id.to_string(),
        "owner-id" => format!("{:012}", eni.scope.account),
        "private-dns-name" => name(eni),
        "attachment.instance-owner-id" if is_lambdas(eni) && !is_free(eni) => "amazon-aws".into(),
        "attachment.status" if is_lambdas(eni) && !is_free(eni) => "attached".into(),
        "attachment.attachment-id" | "attachment.instance-owner-id" | "attachment.status" => {
            return Some(Vec::new());
        }
        "requester-id" if is_lambdas(eni) => requester(eni),
        "requester-id" => return Some(Vec::new()),
        "requester-managed" => "false".into(),
        "source-dest-check" => eni.source_dest_check.to_string(),
        "status" => if is_free(eni) { "available" } else { "in-use" }.into(),
        "subnet-id" => eni.subnet.to_string(),
        "vpc-id" => eni.vpc.to_string(),
        _ => return None,
    };
    Some(vec![value])
}

/// One attribute of an ENI.
pub(crate) fn describe_attribute(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let eni: EniId = id(required(input, "NetworkInterfaceId")?)?;
    context.driver.read(|engine| {
        let eni = engine.eni(&context.scope, eni).map_err(refusal::spell)?;
        let shown = view(engine, eni);
        let mut answer = json!({"NetworkInterfaceId": shown["NetworkInterfaceId"]});
        match input["Attribute"].as_str() {
            Some("attachment") if !shown["Attachment"].is_null() => {
                answer["Attachment"] = shown["Attachment"].clone();
            }
            Some("attachment") => {}
            Some("description") => {
                answer["Description"] = json!({"Value": shown["Description"]});
            }
            Some("groupSet") => answer["Groups"] = shown["Groups"].clone(),
            Some("sourceDestCheck") => {
                answer["SourceDestCheck"] = json!({"Value": shown["SourceDestCheck"]});
            }
            _ => return Err(error("InvalidParameterCombination", "No attributes specified.")),
        }
        Ok(answer)
    })
}

pub(crate) async fn modify_attribute(
    context: &Context<'_>,
    input: &Value,
) -> Result<Value, ApiError> {
    let groups = match input["Groups"].is_array() {
        true => Some(ids(&input["Groups"])?.into_iter().collect()),
        false => None,
    };
    let question = EniRequest::Modify {
        scope: context.scope.clone(),
        eni: id(required(input, "NetworkInterfaceId")?)?,
        groups,
        description: input["Description"]["Value"].as_str().map(str::to_owned),
        source_dest_check: input["SourceDestCheck"]["Value"].as_bool(),
    };
    request(context, None, Request::Eni(question)).await.map(|_| nothing())
}
