//! Whether the caller may: what each operation demands, in IAM's words, and how each service
//! spells that it is not allowed.

mod demand;
mod ec2;
mod iam;
mod judge;
mod lambda;
mod logs;
mod neighbours;
mod sts;

use serde_json::Value;
use wire::arn::Arn;
use wire::sigv4::SignatureError;
use wire::{ApiError, Operation};

use crate::api::authorize::demand::Demand;
use crate::api::authorize::judge::{check_all, check_all_by_endpoint};
use crate::api::operation::Context;
use crate::iam::account_number;

pub(crate) use lambda::{check_invoke, check_url};
pub(crate) use neighbours::Judge;

/// Refuses an operation that the caller may not do with this input.
///
/// # Errors
/// As the service spells it.
pub(crate) async fn check(
    cx: &Context<'_>,
    operation: &'static Operation,
    input: &Value,
) -> Result<(), ApiError> {
    check_endpoint(cx, operation, input).await?;
    if let wire::Op::Lambda(_) = operation.op
        && lambda::is_across(cx, operation.name, input)
    {
        // Between accounts the policy of what is asked for decides, whatever else is enforced.
        return lambda::check(cx, operation, operation.name, input);
    }
    let is_across = match operation.op {
        // Names of buckets do not tell whose they are.
        wire::Op::S3(_) => true,
        wire::Op::Sqs(_) | wire::Op::Sns(_) | wire::Op::Events(_) | wire::Op::Secretsmanager(_) => {
            neighbours::names_another(cx.caller.account, input)
        }
        _ => false,
    };
    if matches!(operation.op, wire::Op::Lambda(_) | wire::Op::Events(_) | wire::Op::Scheduler(_)) {
        check_roles(cx, operation, input)?;
    }
    if is_across && !cx.endpoint.iam.enforces() {
        // As between accounts, whatever else is enforced.
        return neighbours::check_across(cx, operation, input).await;
    }
    if !cx.endpoint.iam.enforces() {
        return Ok(());
    }
    if let wire::Op::Iam(_) = operation.op
        && cx.caller.is_temporary_of_user()
    {
        // As AWS says it of a session without a second factor: IAM does not know its key.
        return Err(SignatureError::UnknownKey.to_api_error(operation.service));
    }
    if let wire::Op::Sts(op) = operation.op {
        return sts::check(cx, operation, op, input);
    }
    let is_root = cx.caller.is_root();
    let demands = match operation.op {
        wire::Op::Ec2(_)
        | wire::Op::Lambda(_)
        | wire::Op::Iam(_)
        | wire::Op::Logs(_)
        | wire::Op::Cloudwatch(_)
            if is_root =>
        {
            return Ok(());
        }
        wire::Op::Ec2(_) => ec2::demands(cx, operation.name, input),
        wire::Op::Lambda(_) => lambda::demands(cx, operation.name, input),
        wire::Op::Iam(_) => iam::demands(cx, operation.name, input),
        wire::Op::Logs(_) => logs::demands(cx, operation.name, input),
        // No resource of these has an ARN.
        wire::Op::Cloudwatch(_) | wire::Op::Sts(_) => {
            vec![Demand::new(format!("{}:{}", operation.service.name, operation.name), "*")]
        }
        // What is another account's is not its root's to allow.
        _ => return neighbours::check(cx, operation, input).await,
    };
    check_all(cx, operation, &demands)
}

/// Whether the policy of the VPC endpoint that a request came through lets it pass. It is asked whatever else is
/// enforced, and lets nothing pass that others refuse.
async fn check_endpoint(
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
    check_all_by_endpoint(cx, operation, &demands)
}

/// Refuses roles of other accounts, which nobody may hand to a service, roots neither.
fn check_roles(
    cx: &Context<'_>,
    operation: &'static Operation,
    input: &Value,
) -> Result<(), ApiError> {
    let targets = input["Targets"].as_array().into_iter().flatten().chain([&input["Target"]]);
    let roles = targets.map(|target| &target["RoleArn"]).chain([&input["Role"], &input["RoleArn"]]);
    let is_foreign = |role: &str| {
        let account = Arn::parse(role).and_then(|arn| account_number(arn.account));
        account.is_some_and(|account| account != cx.caller.account)
    };
    if roles.filter_map(Value::as_str).any(is_foreign) {
        let message = "Cross-account pass role is not allowed.";
        return Err(ApiError::new(operation.service, "AccessDeniedException", message));
    }
    Ok(())
}
