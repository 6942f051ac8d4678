//! Configurations that functions cannot be given here: what is told of them is what holds without.

use wire::ApiError;
use wire::lambda::error;
use wire::lambda::input::{
    DeleteFunctionEventInvokeConfig, GetFunctionCodeSigningConfig, GetFunctionEventInvokeConfig,
    GetFunctionRecursionConfig, GetRuntimeManagementConfig, ListFunctionEventInvokeConfigs,
};
use wire::lambda::output::{
    FunctionEventInvokeConfig, GetFunctionCodeSigningConfigResponse,
    GetFunctionRecursionConfigResponse, GetRuntimeManagementConfigResponse,
    ListFunctionEventInvokeConfigsResponse,
};

use crate::api::lambda::target::Target;
use crate::api::operation::{Context, Operation};

/// No function's code must be signed.
impl Operation for GetFunctionCodeSigningConfig {
    type Output = GetFunctionCodeSigningConfigResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetFunctionCodeSigningConfigResponse, ApiError> {
        let GetFunctionCodeSigningConfig { function_name } = self;
        let target = Target::read(cx, &function_name, None)?;
        target.check(cx)?;
        Ok(GetFunctionCodeSigningConfigResponse {
            code_signing_config_arn: String::new(),
            function_name: target.name,
        })
    }
}

/// What AWS answers where nothing was put; nothing can be put here, and no loop is looked for.
impl Operation for GetFunctionRecursionConfig {
    type Output = GetFunctionRecursionConfigResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetFunctionRecursionConfigResponse, ApiError> {
        let GetFunctionRecursionConfig { function_name } = self;
        Target::read(cx, &function_name, None)?.check(cx)?;
        Ok(GetFunctionRecursionConfigResponse { recursive_loop: Some("Terminate".into()) })
    }
}

/// Runtimes are the machine's, and follow its updates.
impl Operation for GetRuntimeManagementConfig {
    type Output = GetRuntimeManagementConfigResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetRuntimeManagementConfigResponse, ApiError> {
        let GetRuntimeManagementConfig { function_name, qualifier } = self;
        let target = Target::read(cx, &function_name, qualifier.as_deref())?;
        target.check(cx)?;
        Ok(GetRuntimeManagementConfigResponse {
            update_runtime_on: Some("Auto".into()),
            function_arn: Some(target.qualified_arn(&cx.scope)),
            runtime_version_arn: None,
        })
    }
}

/// No function has one, since none can be put; AWS does not tell whether there is the function.
impl Operation for GetFunctionEventInvokeConfig {
    type Output = FunctionEventInvokeConfig;

    async fn run(self, cx: &Context<'_>) -> Result<FunctionEventInvokeConfig, ApiError> {
        let GetFunctionEventInvokeConfig { function_name, qualifier } = self;
        Err(no_event_invoke_config(cx, &function_name, qualifier.as_deref())?)
    }
}

impl Operation for DeleteFunctionEventInvokeConfig {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteFunctionEventInvokeConfig { function_name, qualifier } = self;
        Err(no_event_invoke_config(cx, &function_name, qualifier.as_deref())?)
    }
}

fn no_event_invoke_config(
    cx: &Context<'_>,
    name: &str,
    qualifier: Option<&str>,
) -> Result<ApiError, ApiError> {
    let arn = Target::read(cx, name, qualifier)?.qualified_arn(&cx.scope);
    let message = format!("The function {arn} doesn't have an EventInvokeConfig");
    Ok(error("ResourceNotFoundException", message))
}

impl Operation for ListFunctionEventInvokeConfigs {
    type Output = ListFunctionEventInvokeConfigsResponse;

    async fn run(
        self,
        cx: &Context<'_>,
    ) -> Result<ListFunctionEventInvokeConfigsResponse, ApiError> {
        let ListFunctionEventInvokeConfigs { function_name } = self;
        let target = Target::read(cx, &function_name, None)?;
        let is_there = cx.driver.read(|engine| engine.function(&cx.scope, &target.name).is_some());
        match is_there {
            true => Ok(ListFunctionEventInvokeConfigsResponse {
                function_event_invoke_configs: Some(Vec::new()),
                next_marker: None,
            }),
            false => Err(error("ResourceNotFoundException", "The function doesn't exist.")),
        }
    }
}
