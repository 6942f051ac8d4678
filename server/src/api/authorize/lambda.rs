//! What Lambda's operations demand: themselves on a function, that a role may be passed on, and
//! what EC2 is asked of a function's network.

use std::collections::BTreeSet;

use engine::id::MappingId;
use engine::record::policy::ResourcePolicy;
use engine::record::subnet::Subnet;
use engine::scope::Scope;
use serde_json::Value;
use wire::arn::{FunctionReference, function_arn};
use wire::{ApiError, Invoke, Operation};

use super::demand::{Demand, OfThing, Wording, request_tags, taken_tags, text};
use super::judge::{check_all, check_all_by_endpoint};
use crate::api::lambda::target::Target;
use crate::api::operation::Context;
use crate::iam::account_number;

pub(super) fn demands(cx: &Context<'_>, operation: &str, input: &Value) -> Vec<Demand> {
    if operation.ends_with("EventSourceMapping") {
        return mapping_demands(cx, operation, input);
    }
    let mut own = Demand::new(format!("lambda:{operation}"), "*");
    if let Some(reference) = reference(input) {
        let scope = owner(cx, &reference);
        // The latest version has the policy, and to policies the name, of the function.
        let qualifier = reference.qualifier.or(input["Qualifier"].as_str());
        let qualifier = qualifier.filter(|qualifier| *qualifier != "$LATEST");
        own.resource = arn(&scope, reference.name, qualifier);
        let (tags, policy) = cx
            .driver
            .read(|engine| {
                let function = engine.function(&scope, reference.name)?;
                let policy = engine.resource_policy(function.id, qualifier);
                Some((function.tags.clone(), policy.map(ResourcePolicy::document)))
            })
            .unwrap_or_default();
        for (key, value) in tags {
            own.values.set(format!("aws:ResourceTag/{key}"), value);
        }
        own.values.set("aws:ResourceAccount", format!("{:012}", scope.account));
        own.of = Some(OfThing { owner: scope.account, policy });
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
    taken_tags(&mut own.values, &input["TagKeys"]);
    let auth = text(input, "AuthType");
    if !auth.is_empty() {
        own.values.set("lambda:FunctionUrlAuthType", auth);
    }
    let network = &input["VpcConfig"];
    let (subnets, groups) = (texts(network, "SubnetIds"), texts(network, "SecurityGroupIds"));
    if !subnets.is_empty() || !groups.is_empty() {
        own.values.set_all("lambda:SubnetIds", subnets.clone());
        own.values.set_all("lambda:SecurityGroupIds", groups.clone());
        own.values.set_all("lambda:VpcIds", vpcs_of(cx, &subnets));
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

/// The VPCs of subnets, each once.
fn vpcs_of(cx: &Context<'_>, subnets: &[String]) -> Vec<String> {
    let vpcs: BTreeSet<String> = cx.driver.read(|engine| {
        let ids = subnets.iter().filter_map(|id| id.parse().ok());
        let known = ids.filter_map(|id| engine.find::<Subnet>(&cx.scope, id).ok());
        known.map(|subnet| subnet.vpc.to_string()).collect()
    });
    vpcs.into_iter().collect()
}

/// What an operation on one mapping demands: itself on the mapping, told its function. Whoever gives it
/// another function must be allowed that for both, or one could be had the records of the other.
fn mapping_demands(cx: &Context<'_>, operation: &str, input: &Value) -> Vec<Demand> {
    let Scope { account, region } = &cx.scope;
    let resource = match text(input, "UUID") {
        "" => "*".to_owned(),
        id => format!("arn:aws:lambda:{region}:{account:012}:event-source-mapping:{id}"),
    };
    let id = text(input, "UUID").parse::<MappingId>().ok();
    let known = id.and_then(|id| {
        cx.driver.read(|engine| {
            let mapping = engine.mapping(&cx.scope, id)?;
            let function = arn(&cx.scope, &mapping.function, mapping.qualifier.as_deref());
            Some((function, mapping.tags.clone()))
        })
    });
    let (present, tags) = known.unzip();
    let given = reference(input);
    let given = given.map(|it| arn(&owner(cx, &it), it.name, it.qualifier));
    let mut functions: Vec<Option<String>> =
        [present, given].into_iter().flatten().map(Some).collect();
    functions.dedup();
    if functions.is_empty() {
        functions.push(None);
    }
    let demand = |function: Option<String>| {
        let mut demand = Demand::new(format!("lambda:{operation}"), resource.clone());
        if let Some(function) = function {
            demand.values.set("lambda:FunctionArn", function);
        }
        for (key, value) in tags.iter().flatten() {
            demand.values.set(format!("aws:ResourceTag/{key}"), value.as_str());
        }
        if let Some(tags) = input["Tags"].as_object() {
            let tags =
                tags.iter().map(|(key, tag)| (key.as_str(), tag.as_str().unwrap_or_default()));
            request_tags(&mut demand.values, tags);
        }
        demand
    };
    functions.into_iter().map(demand).collect()
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

fn arn(scope: &Scope, name: &str, qualifier: Option<&str>) -> String {
    function_arn(&scope.region, &format!("{:012}", scope.account), name, qualifier)
}

/// The function that a request is about.
fn reference(input: &Value) -> Option<FunctionReference<'_>> {
    let given = ["FunctionName", "Resource", "ResourceArn"].map(|member| text(input, member));
    given.into_iter().find(|text| !text.is_empty()).and_then(FunctionReference::parse)
}

/// Whose function is meant.
fn owner(cx: &Context<'_>, reference: &FunctionReference<'_>) -> Scope {
    let account = reference.account.and_then(account_number).unwrap_or(cx.scope.account);
    Scope { account, region: cx.scope.region.clone() }
}

/// The operations, beside Invoke, that are served between accounts; others are refused where they
/// are done.
const ACROSS: [&str; 2] = ["GetFunction", "GetFunctionConfiguration"];

/// Whether a request is about a function of another account, and served so.
pub(super) fn is_across(cx: &Context<'_>, operation: &str, input: &Value) -> bool {
    ACROSS.contains(&operation)
        && reference(input).is_some_and(|reference| owner(cx, &reference) != cx.scope)
}

/// Refuses what the caller may not do.
pub(super) fn check(
    cx: &Context<'_>,
    operation: &'static Operation,
    action: &str,
    input: &Value,
) -> Result<(), ApiError> {
    check_all(cx, operation, &demands(cx, action, input))
}

/// Refuses an invocation that the caller may not make.
///
/// # Errors
/// As Lambda spells it.
pub(crate) fn check_invoke(cx: &Context<'_>, target: &Target) -> Result<(), ApiError> {
    if cx.way.policy().is_some() {
        let demands = demands(cx, "InvokeFunction", &input(target));
        check_all_by_endpoint(cx, Invoke::operation(), &demands)?;
    }
    match asks(cx, target) {
        true => check_all(cx, Invoke::operation(), &demands(cx, "InvokeFunction", &input(target))),
        false => Ok(()),
    }
}

/// Refuses a request to a function's URL, for callers who sign, that the caller may not make.
///
/// # Errors
/// As Lambda spells it.
pub(crate) fn check_url(cx: &Context<'_>, target: &Target) -> Result<(), ApiError> {
    if !asks(cx, target) {
        return Ok(());
    }
    for (action, key, value) in [
        ("InvokeFunctionUrl", "lambda:FunctionUrlAuthType", "AWS_IAM"),
        ("InvokeFunction", "lambda:InvokedViaFunctionUrl", "true"),
    ] {
        let mut demands = demands(cx, action, &input(target));
        demands.iter_mut().for_each(|demand| demand.values.set(key, value));
        check_all(cx, Invoke::operation(), &demands)?;
    }
    Ok(())
}

/// Whether policies are to be asked about an invocation.
fn asks(cx: &Context<'_>, target: &Target) -> bool {
    target.scope != cx.scope || cx.endpoint.iam.enforces() && !cx.caller.is_root()
}

/// What names a function as a request would.
fn input(target: &Target) -> Value {
    let mut input = serde_json::json!({"FunctionName": arn(&target.scope, &target.name, None)});
    if let Some(qualifier) = &target.qualifier {
        input["Qualifier"] = qualifier.as_str().into();
    }
    input
}
