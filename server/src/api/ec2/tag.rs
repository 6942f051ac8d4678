//! Tags on EC2's things.

use engine::id::RuleId;
use engine::input::Request;
use engine::network::tag::{TagRequest, Tagged};
use engine::scope::Tags;
use serde_json::{Value, json};
use wire::ApiError;
use wire::ec2::error;

use crate::api::Context;
use crate::api::ec2::input::{id, missing, tag_list, texts};
use crate::api::ec2::list::{page, passes};
use crate::api::ec2::{nothing, request};

pub(crate) async fn create(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let tags = tag_list(&input["Tags"])?;
    if tags.is_empty() {
        return Err(missing("Tag"));
    }
    let question = TagRequest::Put { scope: context.scope.clone(), on: tagged(input)?, tags };
    request(context, None, Request::Tag(question)).await.map(|_| nothing())
}

pub(crate) async fn delete(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let keys = input["Tags"].as_array().into_iter().flatten();
    let keys = keys.filter_map(|tag| {
        Some((tag["Key"].as_str()?.to_owned(), tag["Value"].as_str().map(str::to_owned)))
    });
    let keys = keys.collect();
    let question = TagRequest::Delete { scope: context.scope.clone(), on: tagged(input)?, keys };
    request(context, None, Request::Tag(question)).await.map(|_| nothing())
}

/// All tags of a scope, one by one.
pub(crate) fn describe(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    context.driver.read(|engine| {
        let scope = &context.scope;
        let vpcs = engine.vpcs(scope).map(|each| ("vpc", each.id.to_string(), &each.tags));
        let subnets = engine.subnets(scope).map(|each| ("subnet", each.id.to_string(), &each.tags));
        let groups = engine.groups(scope);
        let groups = groups.map(|each| ("security-group", each.id.to_string(), &each.tags));
        let rules = engine.groups(scope).flat_map(|each| each.rules.values());
        let rules = rules.map(|each| ("security-group-rule", each.id.to_string(), &each.tags));
        let enis = engine.enis(scope);
        let enis = enis.map(|each| ("network-interface", each.id.to_string(), &each.tags));
        let mut found = Vec::new();
        for (kind, id, tags) in vpcs.chain(subnets).chain(groups).chain(rules).chain(enis) {
            for (key, value) in tags {
                let attribute = |name: &str| match name {
                    "key" => Some(vec![key.clone()]),
                    "value" => Some(vec![value.clone()]),
                    "resource-id" => Some(vec![id.clone()]),
                    "resource-type" => Some(vec![kind.to_owned()]),
                    _ => None,
                };
                if passes(input, &Tags::new(), attribute)? {
                    let shown = json!({
                        "Key": key, "Value": value, "ResourceId": id, "ResourceType": kind,
                    });
                    found.push((format!("{id}-{key}"), shown));
                }
            }
        }
        page(input, "Tags", found)
    })
}

fn tagged(input: &Value) -> Result<Vec<Tagged>, ApiError> {
    let things: Vec<Tagged> = texts(&input["Resources"])
        .map(|text| match text.split_once('-').map(|(prefix, _)| prefix) {
            Some("vpc") => id(text).map(Tagged::Vpc),
            Some("subnet") => id(text).map(Tagged::Subnet),
            Some("sg") => id(text).map(Tagged::Group),
            Some("eni") => id(text).map(Tagged::Eni),
            Some("sgr") => text.parse::<RuleId>().map(Tagged::Rule).map_err(|_| invalid(text)),
            _ => Err(invalid(text)),
        })
        .collect::<Result<_, _>>()?;
    if things.is_empty() { Err(missing("resourceIdSet")) } else { Ok(things) }
}

fn invalid(text: &str) -> ApiError {
    error("InvalidID", format!("The ID '{text}' is not valid"))
}
