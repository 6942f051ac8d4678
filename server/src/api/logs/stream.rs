//! Log streams.

use serde_json::{Value, json};
use wire::ApiError;
use wire::logs::error;

use crate::api::Context;
use crate::api::logs::{LogsFailure, arn, change, existing, invalid, no_stream, page, with};
use crate::logs::now;

pub(super) async fn create(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    change(context, input, |database, scope, input| {
        let group = existing(database, scope, input)?;
        let name = input["logStreamName"].as_str().unwrap_or_default();
        match database.create_stream(group.id, name, now())? {
            true => Ok(json!({})),
            false => {
                let message = "The specified log stream already exists";
                Err(LogsFailure(error("ResourceAlreadyExistsException", message)))
            }
        }
    })
    .await
}

pub(super) async fn delete(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    with(context, input, |database, scope, input| {
        let group = existing(database, scope, input)?;
        let name = input["logStreamName"].as_str().unwrap_or_default();
        match database.delete(group.id, Some(name))? {
            true => Ok(json!({})),
            false => Err(LogsFailure(no_stream())),
        }
    })
    .await
}

pub(super) async fn describe(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    with(context, input, |database, scope, input| {
        let prefix = input["logStreamNamePrefix"].as_str();
        let by_time = input["orderBy"] == "LastEventTime";
        if by_time && prefix.is_some() {
            return Err(LogsFailure(invalid(
                "Cannot order by LastEventTime with a logStreamNamePrefix.",
            )));
        }
        let group = existing(database, scope, input)?;
        let mut streams = database.streams(group.id, prefix.unwrap_or_default())?;
        if by_time {
            streams.sort_by_key(|stream| stream.last);
        }
        if input["descending"] == true {
            streams.reverse();
        }
        let arn = arn(scope, &group.name);
        let shown = streams.into_iter().map(|stream| {
            let mut shown = json!({
                "logStreamName": stream.name,
                "creationTime": stream.created,
                "arn": format!("{arn}:log-stream:{}", stream.name),
                // AWS has said so of every stream since 2019.
                "storedBytes": 0,
            });
            for (name, time) in [
                ("firstEventTimestamp", stream.first),
                ("lastEventTimestamp", stream.last),
                ("lastIngestionTime", stream.ingested),
            ] {
                if let Some(time) = time {
                    shown[name] = json!(time);
                }
            }
            (stream.name, shown)
        });
        Ok(page(input, "logStreams", shown.collect()))
    })
    .await
}
