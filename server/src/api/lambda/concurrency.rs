//! Reserved concurrency.

use engine::compute::function::Reserve;
use serde_json::{Value, json};
use wire::ApiError;

use crate::api::Context;
use crate::api::lambda::ask;
use crate::api::lambda::target::Target;

pub(crate) async fn put(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let target = Target::unqualified(context, input)?;
    let reserved = input["ReservedConcurrentExecutions"].as_u64().unwrap_or_default();
    let reserved = u32::try_from(reserved).unwrap_or(u32::MAX);
    let scope = context.scope.clone();
    let question = Reserve { scope, name: target.name, reserved: Some(reserved) };
    ask(context, question).await?;
    Ok(json!({"ReservedConcurrentExecutions": reserved}))
}

pub(crate) fn get(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let target = Target::unqualified(context, input)?;
    context.driver.read(|engine| {
        let (function, _) = target.find(engine, &context.scope)?;
        Ok(function
            .reserved
            .map_or(json!({}), |reserved| json!({"ReservedConcurrentExecutions": reserved})))
    })
}

pub(crate) async fn delete(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let target = Target::unqualified(context, input)?;
    let scope = context.scope.clone();
    let question = Reserve { scope, name: target.name, reserved: None };
    ask(context, question).await?;
    Ok(json!({}))
}
