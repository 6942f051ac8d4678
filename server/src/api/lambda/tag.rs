//! Tags of functions.

use engine::compute::function::Tag;
use engine::scope::Tags;
use serde_json::{Value, json};
use wire::ApiError;
use wire::arn::{Arn, FunctionReference};
use wire::lambda::error;

use crate::api::Context;
use crate::api::lambda::target::Target;
use crate::api::lambda::{ask, invalid};

/// Tags of one function.
const LIMIT: usize = 50;
/// Chooses the ENI model of a function.
const ENI_MODEL: &str = "warren:eni-model";

/// Tags given as an object.
pub(crate) fn read(given: &Value) -> Result<Tags, ApiError> {
    let mut tags = Tags::new();
    for (key, value) in given.as_object().into_iter().flatten() {
        let value = value.as_str().unwrap_or_default();
        if key.starts_with("aws:") {
            return Err(invalid(
                "Invalid Tag Key: aws: prefixed tag key names are not allowed for external use.",
            ));
        }
        if key == ENI_MODEL && !matches!(value, "classic" | "hyperplane") {
            return Err(invalid(format!(
                "The tag {ENI_MODEL} chooses between classic and hyperplane; {value} is neither."
            )));
        }
        tags.insert(key.clone(), value.to_owned());
    }
    check_number(tags.len())?;
    Ok(tags)
}

fn check_number(number: usize) -> Result<(), ApiError> {
    match number {
        0..=LIMIT => Ok(()),
        _ => Err(invalid("Number of tags exceeds resource tag limit.")),
    }
}

/// The function that an ARN names.
fn tagged(context: &Context<'_>, input: &Value) -> Result<Target, ApiError> {
    let text = input["Resource"].as_str().unwrap_or_default();
    let is_function = Arn::parse(text).is_some_and(|arn| arn.resource.starts_with("function:"));
    let reference = FunctionReference::parse(text).filter(|_| is_function).ok_or_else(|| {
        error("ResourceNotFoundException", "The resource you requested does not exist.")
    })?;
    if reference.qualifier.is_some() {
        return Err(invalid(
            "Tags on function aliases and versions are not supported. Please specify a function ARN.",
        ));
    }
    let target = Target::of(context, reference)?;
    context.driver.read(|engine| target.find(engine, &context.scope).map(drop))?;
    Ok(target)
}

pub(crate) async fn put(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let target = tagged(context, input)?;
    let put = read(&input["Tags"])?;
    let total = context.driver.read(|engine| {
        let kept = engine.function(&context.scope, &target.name);
        let kept = kept.into_iter().flat_map(|function| function.tags.keys());
        kept.filter(|key| !put.contains_key(*key)).count() + put.len()
    });
    check_number(total)?;
    change(context, target, put, Vec::new()).await
}

pub(crate) async fn remove(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let target = tagged(context, input)?;
    let keys = input["TagKeys"].as_array().into_iter().flatten();
    let keys = keys.filter_map(Value::as_str).map(str::to_owned).collect();
    change(context, target, Tags::new(), keys).await
}

async fn change(
    context: &Context<'_>,
    target: Target,
    put: Tags,
    remove: Vec<String>,
) -> Result<Value, ApiError> {
    let scope = context.scope.clone();
    ask(context, Tag { scope, name: target.name, put, remove }).await?;
    Ok(json!({}))
}

pub(crate) fn list(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let target = tagged(context, input)?;
    context.driver.read(|engine| {
        let (function, _) = target.find(engine, &context.scope)?;
        Ok(json!({"Tags": function.tags}))
    })
}
