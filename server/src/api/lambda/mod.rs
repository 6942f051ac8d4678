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

use engine::compute::function::FunctionRequest;
use engine::effect::Reply;
use engine::id::Version;
use engine::input::Request;
use engine::record::function::{Function, RoleVerdict};
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

/// Asks the engine for a change of a function.
async fn ask(
    context: &Context<'_>,
    request: FunctionRequest,
) -> Result<(Box<Function>, Option<Version>), ApiError> {
    match context.driver.request(Request::Function(request)).await {
        Ok(Reply::Function(function, version)) => Ok((function, version)),
        Ok(other) => unreachable!("a function is answered with a function, not {other:?}"),
        Err(refusal) => Err(refusal::spell(context, refusal)),
    }
}

/// Asks the engine for a change that leaves nothing to show.
async fn tell(context: &Context<'_>, request: FunctionRequest) -> Result<(), ApiError> {
    let answer = context.driver.request(Request::Function(request)).await;
    answer.map(drop).map_err(|refusal| refusal::spell(context, refusal))
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
