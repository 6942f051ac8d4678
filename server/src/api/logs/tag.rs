//! Tags of log groups.

use serde_json::{Value, json};
use wire::ApiError;

use crate::api::Context;
use crate::api::logs::{change, existing, group, with};

pub(super) async fn put(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    change(context, input, |database, scope, input| {
        let mut found = existing(database, scope, input)?;
        found.tags.extend(group::tags(&input["tags"]));
        database.tag(found.id, &found.tags)?;
        Ok(json!({}))
    })
    .await
}

pub(super) async fn remove(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    change(context, input, |database, scope, input| {
        let mut found = existing(database, scope, input)?;
        let keys = input["tags"].as_array().or_else(|| input["tagKeys"].as_array());
        let keys: Vec<&str> = keys.into_iter().flatten().filter_map(Value::as_str).collect();
        found.tags.retain(|key, _| !keys.contains(&key.as_str()));
        database.tag(found.id, &found.tags)?;
        Ok(json!({}))
    })
    .await
}

pub(super) async fn list(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    with(context, input, |database, scope, input| {
        let found = existing(database, scope, input)?;
        Ok(json!({"tags": found.tags}))
    })
    .await
}
