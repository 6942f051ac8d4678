//! Reserved concurrency.

use engine::compute::function;
use wire::ApiError;
use wire::lambda::input::{
    DeleteFunctionConcurrency, GetFunctionConcurrency, PutFunctionConcurrency,
};
use wire::lambda::output::{Concurrency, GetFunctionConcurrencyResponse};

use crate::api::lambda::ask;
use crate::api::lambda::name::not_found;
use crate::api::lambda::target::Target;
use crate::api::operation::{Context, Operation};

impl Operation for PutFunctionConcurrency {
    type Output = Concurrency;

    async fn run(self, cx: &Context<'_>) -> Result<Concurrency, ApiError> {
        let PutFunctionConcurrency { function_name, reserved_concurrent_executions: wanted } = self;
        let target = Target::unqualified(cx, &function_name)?;
        // AWS names the version here, and in none of the other operations on concurrency.
        let missing = |_| not_found(&cx.scope, &target.name, Some("$LATEST"));
        target.check(cx).map_err(missing)?;
        let scope = cx.scope.clone();
        // The model has it at zero or more.
        let reserved = Some(u32::try_from(wanted).unwrap_or_default());
        ask(cx, function::Reserve { scope, name: target.name, reserved }).await?;
        Ok(Concurrency { reserved_concurrent_executions: Some(wanted) })
    }
}

impl Operation for GetFunctionConcurrency {
    type Output = GetFunctionConcurrencyResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetFunctionConcurrencyResponse, ApiError> {
        let GetFunctionConcurrency { function_name } = self;
        let target = Target::unqualified(cx, &function_name)?;
        let reserved = cx.driver.read(|engine| {
            let (function, _) = target.find(engine, &cx.scope)?;
            Ok::<_, ApiError>(function.reserved)
        })?;
        Ok(GetFunctionConcurrencyResponse {
            reserved_concurrent_executions: reserved
                .map(|reserved| i32::try_from(reserved).unwrap_or(i32::MAX)),
        })
    }
}

impl Operation for DeleteFunctionConcurrency {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteFunctionConcurrency { function_name } = self;
        let target = Target::unqualified(cx, &function_name)?;
        let scope = cx.scope.clone();
        ask(cx, function::Reserve { scope, name: target.name, reserved: None }).await.map(drop)
    }
}
