//! What operations of neighbours demand: they tell it themselves, with the policies of what they are
//! about.

use serde_json::Value;
use wire::{ApiError, Operation};

use super::demand::{Demand, request_tags};
use super::judge::{check_with_policy, common};
use crate::api::neighbours::context;
use crate::api::operation::Context;

pub(super) async fn check(
    cx: &Context<'_>,
    operation: &'static Operation,
    input: &Value,
) -> Result<(), ApiError> {
    let demands = cx.endpoint.neighbours.demands(&context(cx), operation, input).await?;
    check_all(cx, operation, demands)
}

/// The same for what is another account's alone.
pub(super) async fn check_across(
    cx: &Context<'_>,
    operation: &'static Operation,
    input: &Value,
) -> Result<(), ApiError> {
    let mut demands = cx.endpoint.neighbours.demands(&context(cx), operation, input).await?;
    demands.retain(|demand| demand.owner.is_some_and(|owner| owner != cx.caller.account));
    check_all(cx, operation, demands)
}

fn check_all(
    cx: &Context<'_>,
    operation: &'static Operation,
    demands: Vec<neighbours::Demand>,
) -> Result<(), ApiError> {
    let common = common(cx);
    for told in demands {
        let mut demand = Demand::new(told.action, told.resource);
        demand.values.extend(&common);
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
        let owner = told.owner.unwrap_or(cx.caller.account);
        check_with_policy(cx, operation, &demand, told.policy.as_deref(), owner)?;
    }
    Ok(())
}
