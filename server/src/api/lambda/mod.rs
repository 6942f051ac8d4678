//! Lambda: the operations on functions, one file per noun.

mod account;
mod code;
mod concurrency;
mod configuration;
mod function;
mod invoke;
mod json;
mod policy;
mod refusal;
mod result;
mod settings;
mod tag;
mod target;
mod version;

use engine::ask::Ask;
use engine::compute::function::Refusal;
use engine::record::function::RoleVerdict;
use serde_json::Value;
use wire::ApiError;
use wire::lambda::{Op, error};

use crate::api::{Call, Context};

pub(crate) use invoke::invoke;

pub(super) async fn dispatch(call: Call<'_>, op: Op) -> Result<Value, ApiError> {
    let (context, input) = (call.cx, &call.input);
    match op {
        Op::CreateFunction => function::create(context, input).await,
        Op::GetFunction => function::get(context, input),
        Op::DeleteFunction => function::delete(context, input).await,
        Op::ListFunctions => function::list(context, input),
        Op::GetFunctionConfiguration => configuration::get(context, input),
        Op::UpdateFunctionConfiguration => configuration::update(context, input).await,
        Op::UpdateFunctionCode => code::update(context, input).await,
        Op::PublishVersion => version::publish(context, input).await,
        Op::ListVersionsByFunction => version::list(context, input),
        Op::PutFunctionConcurrency => concurrency::put(context, input).await,
        Op::GetFunctionConcurrency => concurrency::get(context, input),
        Op::DeleteFunctionConcurrency => concurrency::delete(context, input).await,
        Op::TagResource => tag::put(context, input).await,
        Op::UntagResource => tag::remove(context, input).await,
        Op::ListTags => tag::list(context, input),
        Op::GetAccountSettings => Ok(account::settings(context)),
        Op::GetPolicy => policy::get(context, input),
        Op::GetFunctionCodeSigningConfig => policy::code_signing(context, input),
        Op::GetFunctionRecursionConfig => policy::recursion(context, input),
        Op::GetRuntimeManagementConfig => policy::runtime_management(context, input),
        Op::GetFunctionEventInvokeConfig => policy::event_invoke(context, input),
        Op::ListFunctionEventInvokeConfigs => policy::list_event_invoke(context, input),
        Op::Invoke => {
            let message = "Invoke is recognised by its path before other operations are.";
            Err(error("ServiceException", message))
        }
    }
}

/// Asks a question about a function.
async fn ask<A: Ask<Refusal = Refusal> + Send + 'static>(
    context: &Context<'_>,
    question: A,
) -> Result<A::Answer, ApiError> {
    let answer = context.driver.ask(question).await;
    answer.map_err(|refused| refusal::spell(context, refused))
}

/// Whether a role may be a function's, and manage its ENIs; `code` is that of its refusal.
fn role_verdict(
    context: &Context<'_>,
    role: &str,
    code: &'static str,
) -> Result<RoleVerdict, ApiError> {
    let scope = &context.scope;
    let verdict = context.endpoint.iam.verdict(scope.account, &scope.region, role);
    let message = "The role defined for the function cannot be assumed by Lambda.";
    verdict.map_err(|_| error(code, message))
}

/// The code of what is refused about a request's parameters.
const INVALID: &str = "InvalidParameterValueException";

fn invalid(message: impl Into<String>) -> ApiError {
    error(INVALID, message)
}
