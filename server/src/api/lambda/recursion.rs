//! What becomes of loops of invocations that a function is part of.

use engine::compute::function::PutRecursion;
use engine::record::function::RecursiveLoop;
use wire::ApiError;
use wire::lambda::input::{GetFunctionRecursionConfig, PutFunctionRecursionConfig};
use wire::lambda::output::{
    GetFunctionRecursionConfigResponse, PutFunctionRecursionConfigResponse,
};

use crate::api::lambda::ask;
use crate::api::lambda::target::Target;
use crate::api::operation::{Context, Operation};

impl Operation for PutFunctionRecursionConfig {
    type Output = PutFunctionRecursionConfigResponse;

    async fn run(self, cx: &Context<'_>) -> Result<PutFunctionRecursionConfigResponse, ApiError> {
        let PutFunctionRecursionConfig { function_name, recursive_loop: given } = self;
        let target = Target::unqualified(cx, &function_name)?;
        // The model has these two alone.
        let recursive_loop = match given.as_str() {
            "Allow" => RecursiveLoop::Allow,
            _ => RecursiveLoop::Terminate,
        };
        let scope = cx.scope.clone();
        ask(cx, PutRecursion { scope, name: target.name, recursive_loop }).await?;
        Ok(PutFunctionRecursionConfigResponse { recursive_loop: Some(given) })
    }
}

impl Operation for GetFunctionRecursionConfig {
    type Output = GetFunctionRecursionConfigResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetFunctionRecursionConfigResponse, ApiError> {
        let GetFunctionRecursionConfig { function_name } = self;
        let target = Target::read(cx, &function_name, None)?;
        let found = cx.driver.read(|engine| {
            let (function, _) = target.find(engine, &cx.scope)?;
            Ok::<_, ApiError>(function.recursive_loop)
        })?;
        let recursive_loop = match found {
            RecursiveLoop::Allow => "Allow",
            RecursiveLoop::Terminate => "Terminate",
        };
        Ok(GetFunctionRecursionConfigResponse { recursive_loop: Some(recursive_loop.into()) })
    }
}
