//! What tools ask of every function and Warren has nothing to say to beside the defaults.

use serde_json::{Value, json};
use wire::ApiError;
use wire::lambda::error;

use crate::api::Context;
use crate::api::lambda::target::{Target, arn};

/// The function that is meant, which must exist.
fn existing(context: &Context<'_>, input: &Value) -> Result<Target, ApiError> {
    let target = Target::read(context, input)?;
    context.driver.read(|engine| target.find(engine, &context.scope).map(drop))?;
    Ok(target)
}

/// No function has a resource policy, since AddPermission is refused.
pub(crate) fn get(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    existing(context, input)?;
    let message = "No policy is associated with the given resource.";
    Err(error("ResourceNotFoundException", message))
}

pub(crate) fn code_signing(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let target = existing(context, input)?;
    Ok(json!({"CodeSigningConfigArn": "", "FunctionName": target.name}))
}

/// Loops are not looked for.
pub(crate) fn recursion(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    existing(context, input)?;
    Ok(json!({"RecursiveLoop": "Allow"}))
}

pub(crate) fn runtime_management(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let target = existing(context, input)?;
    let qualifier = target.qualifier.as_deref().unwrap_or("$LATEST");
    let arn = arn(&context.scope, &target.name, Some(qualifier));
    Ok(json!({"UpdateRuntimeOn": "Auto", "FunctionArn": arn}))
}

/// No function has one, since they cannot be put.
pub(crate) fn event_invoke(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let target = existing(context, input)?;
    let qualifier = target.qualifier.as_deref().unwrap_or("$LATEST");
    let arn = arn(&context.scope, &target.name, Some(qualifier));
    let message = format!("The function {arn} doesn't have an EventInvokeConfig");
    Err(error("ResourceNotFoundException", message))
}

pub(crate) fn list_event_invoke(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    existing(context, input)?;
    Ok(json!({"FunctionEventInvokeConfigs": []}))
}
