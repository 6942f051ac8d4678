//! Configurations that functions cannot be given here: what is told of them is what holds without.

use wire::ApiError;
use wire::lambda::input::{GetFunctionCodeSigningConfig, GetRuntimeManagementConfig};
use wire::lambda::output::{
    GetFunctionCodeSigningConfigResponse, GetRuntimeManagementConfigResponse,
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
