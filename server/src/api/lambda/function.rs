//! Functions as wholes: created, shown, listed, deleted.

use engine::compute::function::{Create, Delete, Shown};
use engine::id::Version;
use serde_json::{Value, json};
use wire::ApiError;

use crate::api::Context;
use crate::api::lambda::configuration::view;
use crate::api::lambda::target::Target;
use crate::api::lambda::{INVALID, ask, code, invalid, role_verdict, settings, tag};

/// Functions on a page of a list, at the most.
const PAGE: usize = 50;

pub(crate) async fn create(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let target = Target::unqualified(context, input)?;
    let settings = settings::settings(input)?;
    let tags = tag::read(&input["Tags"])?;
    let role = role_verdict(context, &settings.role, INVALID)?;
    let pinned = code::package(context, &input["Code"]).await?;
    let question = Create {
        scope: context.scope.clone(),
        name: target.name,
        settings: Box::new(settings),
        code: pinned.code.clone(),
        tags,
        publish: input["Publish"] == true,
        role,
    };
    let Shown { function, version } = ask(context, question).await?;
    let published = version.and_then(|version| function.versions.get(&version));
    Ok(view(&function, published.unwrap_or(&function.latest), version, version))
}

pub(crate) fn get(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let target = Target::read(context, input)?;
    context.driver.read(|engine| {
        let (function, configuration) = target.find(engine, &context.scope)?;
        let package = crate::code::hex(&configuration.code.sha256);
        let location = format!("http://{}/_warren/code/{package}.zip", context.host);
        let mut shown = json!({
            "Configuration": view(function, configuration, target.version(), target.shown()),
            "Code": {"RepositoryType": "S3", "Location": location},
        });
        if !function.tags.is_empty() {
            shown["Tags"] = json!(function.tags);
        }
        if let Some(reserved) = function.reserved {
            shown["Concurrency"] = json!({"ReservedConcurrentExecutions": reserved});
        }
        Ok(shown)
    })
}

pub(crate) async fn delete(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let target = Target::read(context, input)?;
    let version = match target.qualifier {
        None => None,
        Some(_) => match target.version() {
            Some(Version(0)) => {
                return Err(invalid(
                    "$LATEST version cannot be deleted without deleting the function.",
                ));
            }
            Some(version) => Some(version),
            None => {
                return Err(invalid("Deletion of aliases is not currently supported."));
            }
        },
    };
    // Looked for first: a version that is not there is not found, as on AWS.
    context.driver.read(|engine| target.find(engine, &context.scope).map(drop))?;
    let scope = context.scope.clone();
    ask(context, Delete { scope, name: target.name, version }).await?;
    Ok(json!({"StatusCode": 204}))
}

pub(crate) fn list(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    if let Some(region) = input["MasterRegion"].as_str().filter(|region| *region != "ALL") {
        return Err(invalid(format!("Warren does not support the MasterRegion {region}.")));
    }
    let all = input["FunctionVersion"] == "ALL";
    context.driver.read(|engine| {
        let mut found = Vec::new();
        for function in engine.functions(&context.scope) {
            let shown = if all { Some(Version(0)) } else { None };
            let latest = view(function, &function.latest, None, shown);
            found.push((format!("{}:{:020}", function.name, 0), latest));
            for (version, configuration) in function.versions.iter().filter(|_| all) {
                let shown = view(function, configuration, Some(*version), Some(*version));
                found.push((format!("{}:{:020}", function.name, version.0), shown));
            }
        }
        Ok(page(input, "Functions", found))
    })
}

/// One page of configurations in the order of their keys; the marker is the last key before.
pub(crate) fn page(input: &Value, name: &str, mut found: Vec<(String, Value)>) -> Value {
    found.sort_by(|a, b| a.0.cmp(&b.0));
    if let Some(marker) = input["Marker"].as_str() {
        found.retain(|(key, _)| key.as_str() > marker);
    }
    let wanted = input["MaxItems"].as_u64().and_then(|items| usize::try_from(items).ok());
    let size = wanted.unwrap_or(PAGE).clamp(1, PAGE);
    let more = found.len() > size;
    found.truncate(size);
    let marker = found.last().map(|(key, _)| key.clone()).filter(|_| more);
    let shown: Vec<Value> = found.into_iter().map(|(_, shown)| listed(shown)).collect();
    let mut answer = json!({name: shown});
    if let Some(marker) = marker {
        answer["NextMarker"] = json!(marker);
    }
    answer
}

/// A configuration without what lists leave out.
fn listed(mut shown: Value) -> Value {
    if let Some(object) = shown.as_object_mut() {
        for name in [
            "State",
            "StateReason",
            "StateReasonCode",
            "LastUpdateStatus",
            "LastUpdateStatusReason",
            "LastUpdateStatusReasonCode",
            "RuntimeVersionConfig",
        ] {
            object.remove(name);
        }
    }
    shown
}
