//! What operations of neighbours demand: they tell it themselves, with the policies of what they are
//! about.

use serde_json::Value;
use wire::{ApiError, Operation};

use super::demand::{Demand, request_tags};
use super::judge::{check_by_endpoint, check_with_policy, common};
use crate::api::neighbours::context;
use crate::api::operation::Context;
use crate::iam::Values;

pub(super) async fn check(
    cx: &Context<'_>,
    operation: &'static Operation,
    input: &Value,
) -> Result<(), ApiError> {
    let demands = cx.endpoint.neighbours.demands(&context(cx), operation, input).await?;
    check_all(cx, operation, demands)
}

/// Checks what an operation demands by the policy of the endpoint that it came through.
pub(super) async fn check_endpoint(
    cx: &Context<'_>,
    operation: &'static Operation,
    input: &Value,
) -> Result<(), ApiError> {
    let demands = cx.endpoint.neighbours.demands(&context(cx), operation, input).await?;
    let common = common(cx);
    demands.into_iter().try_for_each(|told| {
        let (demand, ..) = filled(cx, &common, told);
        check_by_endpoint(cx, operation, &demand)
    })
}

/// The same for what is another account's alone.
pub(super) async fn check_across(
    cx: &Context<'_>,
    operation: &'static Operation,
    input: &Value,
) -> Result<(), ApiError> {
    let mut demands = cx.endpoint.neighbours.demands(&context(cx), operation, input).await?;
    demands.retain(|demand| is_across(cx, demand));
    check_all(cx, operation, demands)
}

/// Whether an input speaks of another account: in an ARN, in a queue's URL, or by its number alone. It
/// spares nearly every call the look at whose things are meant.
pub(super) fn names_another(own: u64, input: &Value) -> bool {
    let is_other = |number: &str| {
        number.len() == 12 && number.parse::<u64>().is_ok_and(|number| number != own)
    };
    match input {
        Value::String(text) if text.starts_with("arn:") => {
            text.split(':').nth(4).is_some_and(is_other)
        }
        Value::String(text) => text.split('/').any(is_other),
        Value::Array(all) => all.iter().any(|value| names_another(own, value)),
        Value::Object(all) => all.values().any(|value| names_another(own, value)),
        _ => false,
    }
}

/// Whether a demand is on what is another account's.
fn is_across(cx: &Context<'_>, demand: &neighbours::Demand) -> bool {
    demand.owner.is_some_and(|owner| owner != cx.caller.account)
}

fn check_all(
    cx: &Context<'_>,
    operation: &'static Operation,
    demands: Vec<neighbours::Demand>,
) -> Result<(), ApiError> {
    let common = common(cx);
    demands.into_iter().try_for_each(|told| check_told(cx, operation, &common, told))
}

fn check_told(
    cx: &Context<'_>,
    operation: &'static Operation,
    common: &Values,
    told: neighbours::Demand,
) -> Result<(), ApiError> {
    let (demand, policy, owner) = filled(cx, common, told);
    check_with_policy(cx, operation, &demand, policy.as_deref(), owner)
}

/// A demand with all of its condition keys, the policy of what it is about, and whose that is.
fn filled(
    cx: &Context<'_>,
    common: &Values,
    told: neighbours::Demand,
) -> (Demand, Option<String>, u64) {
    let mut demand = Demand::new(told.action, told.resource);
    demand.values.extend(common);
    if let Some(owner) = told.owner {
        demand.values.set("aws:ResourceAccount", format!("{owner:012}"));
    }
    for (key, value) in &told.resource_tags {
        demand.values.set(format!("aws:ResourceTag/{key}"), value.as_str());
    }
    let given = told.request_tags.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    request_tags(&mut demand.values, given);
    for (key, value) in told.values {
        demand.values.set(key, value);
    }
    for (key, values) in told.lists {
        demand.values.set_all(key, values);
    }
    let owner = told.owner.unwrap_or(cx.caller.account);
    (demand, told.policy, owner)
}

/// Judges the parts of an operation of a neighbour, for whoever called it; where IAM is not enforced, those
/// alone that are another account's.
pub(crate) struct Judge<'a> {
    pub(crate) cx: &'a Context<'a>,
    pub(crate) operation: &'static Operation,
}

impl std::fmt::Debug for Judge<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Judge").field("operation", &self.operation.name).finish_non_exhaustive()
    }
}

impl neighbours::Judge for Judge<'_> {
    fn check(&self, demand: neighbours::Demand) -> Result<(), ApiError> {
        if self.cx.way.policy().is_some() {
            let (demand, ..) = filled(self.cx, &common(self.cx), demand.clone());
            check_by_endpoint(self.cx, self.operation, &demand)?;
        }
        match self.cx.endpoint.iam.enforces() || is_across(self.cx, &demand) {
            true => check_told(self.cx, self.operation, &common(self.cx), demand),
            false => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn another_account_is_named_by_arns_urls_and_numbers() {
        let own = 7;
        for input in [
            json!({"QueueUrl": "http://localhost:4566/111111111111/q"}),
            json!({"TopicArn": "arn:aws:sns:eu-west-1:111111111111:t"}),
            json!({"QueueOwnerAWSAccountId": "111111111111"}),
            json!({"Entries": [{"EventBusName": "arn:aws:events:eu-west-1:111111111111:event-bus/b"}]}),
        ] {
            assert!(names_another(own, &input), "{input}");
        }
        for input in [
            json!({"QueueUrl": "http://localhost:4566/000000000007/q", "MessageBody": "m"}),
            json!({"TopicArn": "arn:aws:sns:eu-west-1:000000000007:t"}),
            json!({"Name": "default", "Limit": 12, "Target": "arn:aws:s3:::bucket"}),
        ] {
            assert!(!names_another(own, &input), "{input}");
        }
    }
}
