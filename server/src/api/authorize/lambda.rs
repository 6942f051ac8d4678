//! What Lambda's operations demand: themselves on a function, that a role may be passed on, and
//! what EC2 is asked of a function's network.

use engine::scope::Scope;
use serde_json::Value;
use wire::ApiError;
use wire::arn::{FunctionReference, function_arn};

use super::demand::{Demand, Wording, request_tags, text};
use super::judge::check_all;
use crate::api::operation::Context;

pub(super) fn demands(cx: &Context<'_>, operation: &str, input: &Value) -> Vec<Demand> {
    let reference = [text(input, "FunctionName"), text(input, "Resource")];
    let reference = reference.into_iter().find(|text| !text.is_empty());
    let reference = reference.and_then(FunctionReference::parse);
    let mut own = Demand::new(format!("lambda:{operation}"), "*");
    if let Some(reference) = reference {
        let qualifier = reference.qualifier.or(input["Qualifier"].as_str());
        let account = format!("{:012}", cx.scope.account);
        own.resource = function_arn(&cx.scope.region, &account, reference.name, qualifier);
        let tags = cx.driver.read(|engine| {
            engine.function(&cx.scope, reference.name).map(|function| function.tags.clone())
        });
        for (key, value) in tags.unwrap_or_default() {
            own.values.set(format!("aws:ResourceTag/{key}"), value);
        }
    }
    if let Some((action, layer)) = layer(cx, operation, input) {
        own.action = format!("lambda:{action}");
        own.resource = layer;
    }
    if let Some(tags) = input["Tags"].as_object() {
        let tags =
            tags.iter().map(|(key, value)| (key.as_str(), value.as_str().unwrap_or_default()));
        request_tags(&mut own.values, tags);
    }
    let network = &input["VpcConfig"];
    let (subnets, groups) = (texts(network, "SubnetIds"), texts(network, "SecurityGroupIds"));
    if !subnets.is_empty() || !groups.is_empty() {
        own.values.set_all("lambda:SubnetIds", subnets.clone());
        own.values.set_all("lambda:SecurityGroupIds", groups.clone());
    }
    let layers = texts(input, "Layers");
    if !layers.is_empty() {
        own.values.set_all("lambda:Layer", layers.clone());
    }
    let function = own.resource.clone();
    let mut demands = vec![own];
    demands.extend(layers.into_iter().map(|arn| Demand::new("lambda:GetLayerVersion", arn)));
    let role = text(input, "Role");
    if !role.is_empty() {
        let mut pass = Demand::new("iam:PassRole", role);
        pass.values.set("iam:PassedToService", "lambda.amazonaws.com");
        pass.values.set("iam:AssociatedResourceArn", function);
        demands.push(pass);
    }
    // Descriptions are of nothing in particular; the refusal names the first thing.
    for (call, of) in [("DescribeSecurityGroups", &groups), ("DescribeSubnets", &subnets)] {
        if let Some(first) = of.first() {
            let mut demand = Demand::new(format!("ec2:{call}"), "*");
            demand.wording = Wording::OfNetwork(first.clone());
            demands.push(demand);
        }
    }
    demands
}

/// What an operation on layers demands, and of which layer or version.
fn layer<'a>(cx: &Context<'_>, operation: &'a str, input: &Value) -> Option<(&'a str, String)> {
    if operation == "GetLayerVersionByArn" {
        return Some(("GetLayerVersion", text(input, "Arn").to_owned()));
    }
    let name = text(input, "LayerName");
    // To list versions demands nothing of a layer.
    if name.is_empty() || operation == "ListLayerVersions" {
        return None;
    }
    let mut arn = match name.contains(':') {
        true => name.to_owned(),
        false => {
            let Scope { account, region } = &cx.scope;
            format!("arn:aws:lambda:{region}:{account:012}:layer:{name}")
        }
    };
    if let Some(version) = input["VersionNumber"].as_i64() {
        arn.push_str(&format!(":{version}"));
    }
    Some((operation, arn))
}

fn texts(input: &Value, member: &str) -> Vec<String> {
    let list = input[member].as_array().into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Refuses an invocation that the caller may not make.
///
/// # Errors
/// As Lambda spells it.
pub(crate) fn check_invoke(
    cx: &Context<'_>,
    name: &str,
    qualifier: Option<&str>,
) -> Result<(), ApiError> {
    if !cx.endpoint.iam.enforces() || cx.caller.is_root() {
        return Ok(());
    }
    let operation = wire::lambda::SERVICE.operation("Invoke").expect("it is supported");
    let mut input = serde_json::json!({"FunctionName": name});
    if let Some(qualifier) = qualifier {
        input["Qualifier"] = qualifier.into();
    }
    check_all(cx, operation, &demands(cx, "InvokeFunction", &input))
}
