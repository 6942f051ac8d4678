//! What the operations of CloudWatch Logs demand: themselves on a group and a stream.

use serde_json::Value;

use super::demand::{Demand, request_tags, taken_tags, text};
use crate::api::operation::Context;

pub(super) fn demands(cx: &Context<'_>, operation: &str, input: &Value) -> Vec<Demand> {
    let prefix = format!("arn:aws:logs:{}:{:012}:log-group:", cx.scope.region, cx.scope.account);
    let named = ["logGroupName", "logGroupIdentifier", "resourceArn", "logGroupNamePrefix"];
    let group = named.iter().map(|member| text(input, member)).find(|text| !text.is_empty());
    let group = group.unwrap_or_default();
    let group = group.strip_prefix(&prefix).unwrap_or(group);
    let group = group.strip_suffix(":*").unwrap_or(group);
    let stream = text(input, "logStreamName");
    let resource = format!("{prefix}{group}:log-stream:{stream}");
    let mut demand = Demand::new(format!("logs:{operation}"), resource);
    if let Some(tags) = input["tags"].as_object() {
        let tags =
            tags.iter().map(|(key, value)| (key.as_str(), value.as_str().unwrap_or_default()));
        request_tags(&mut demand.values, tags);
    }
    taken_tags(&mut demand.values, &input["tagKeys"]);
    vec![demand]
}
