//! Whether the policy of the VPC endpoint that a request came through lets it pass. It is asked whatever else
//! is enforced, and lets nothing pass that others refuse.

use serde_json::Value;
use wire::{ApiError, Operation};

use super::demand::Demand;
use super::judge::{check_by_endpoint, common};
use super::{ec2, iam, lambda, logs, neighbours};
use crate::api::operation::Context;

pub(super) async fn check(
    cx: &Context<'_>,
    operation: &'static Operation,
    input: &Value,
) -> Result<(), ApiError> {
    if cx.way.policy().is_none() {
        return Ok(());
    }
    let demands = match operation.op {
        wire::Op::Ec2(_) => ec2::demands(cx, operation.name, input),
        wire::Op::Lambda(_) => lambda::demands(cx, operation.name, input),
        wire::Op::Iam(_) => iam::demands(cx, operation.name, input),
        wire::Op::Logs(_) => logs::demands(cx, operation.name, input),
        wire::Op::Cloudwatch(_) | wire::Op::Sts(_) => {
            vec![Demand::new(format!("{}:{}", operation.service.name, operation.name), "*")]
        }
        _ => return neighbours::check_endpoint(cx, operation, input).await,
    };
    check_all(cx, operation, &demands)
}

/// The same for what is demanded.
pub(super) fn check_all(
    cx: &Context<'_>,
    operation: &'static Operation,
    demands: &[Demand],
) -> Result<(), ApiError> {
    let common = common(cx);
    demands.iter().try_for_each(|demand| {
        let mut values = common.clone();
        values.extend(&demand.values);
        let demand = Demand { values, ..demand.clone() };
        check_by_endpoint(cx, operation, &demand)
    })
}
