//! Log groups.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use wire::ApiError;
use wire::logs::error;

use crate::api::Context;
use crate::api::logs::{LogsFailure, arn, change, existing, group_name, invalid, page, with};
use crate::logs::now;

/// The days that events may be kept.
const DAYS: [i64; 22] = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
];

/// Tags given as an object.
pub(super) fn tags(given: &Value) -> BTreeMap<String, String> {
    let given = given.as_object().into_iter().flatten();
    given.map(|(key, value)| (key.clone(), value.as_str().unwrap_or_default().to_owned())).collect()
}

pub(super) async fn create(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    if !input["kmsKeyId"].is_null() {
        return Err(invalid("Warren does not support the parameter kmsKeyId."));
    }
    change(context, input, |database, scope, input| {
        let name = group_name(input)?;
        match database.create_group(scope, &name, &tags(&input["tags"]), now())? {
            true => Ok(json!({})),
            false => {
                let message = "The specified log group already exists";
                Err(LogsFailure(error("ResourceAlreadyExistsException", message)))
            }
        }
    })
    .await
}

pub(super) async fn delete(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    with(context, input, |database, scope, input| {
        let group = existing(database, scope, input)?;
        database.delete(group.id, None)?;
        Ok(json!({}))
    })
    .await
}

pub(super) async fn describe(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    with(context, input, |database, scope, input| {
        let prefix = input["logGroupNamePrefix"].as_str();
        let pattern = input["logGroupNamePattern"].as_str();
        if prefix.is_some() && pattern.is_some() {
            return Err(LogsFailure(invalid(
                "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.",
            )));
        }
        let groups = database.groups(scope, prefix.unwrap_or_default())?;
        let wanted = groups.into_iter().filter(|group| {
            pattern.is_none_or(|part| group.name.to_lowercase().contains(&part.to_lowercase()))
        });
        let shown = wanted.map(|group| {
            let arn = arn(scope, &group.name);
            let mut shown = json!({
                "logGroupName": group.name,
                "creationTime": group.created,
                "metricFilterCount": 0,
                "arn": format!("{arn}:*"),
                "storedBytes": group.bytes,
                "logGroupClass": "STANDARD",
                "logGroupArn": arn,
            });
            if let Some(days) = group.retention {
                shown["retentionInDays"] = json!(days);
            }
            (group.name, shown)
        });
        Ok(page(input, "logGroups", shown.collect()))
    })
    .await
}

pub(super) async fn retain(
    context: &Context<'_>,
    input: &Value,
    put: bool,
) -> Result<Value, ApiError> {
    change(context, input, move |database, scope, input| {
        let days = input["retentionInDays"].as_i64().filter(|_| put);
        if days.is_some_and(|days| !DAYS.contains(&days)) {
            return Err(LogsFailure(invalid(format!(
                "1 validation error detected: Value '{}' at 'retentionInDays' failed to satisfy \
                 constraint: Member must satisfy enum value set",
                input["retentionInDays"]
            ))));
        }
        let group = existing(database, scope, input)?;
        database.retain(group.id, days, now())?;
        Ok(json!({}))
    })
    .await
}
