//! What cannot be made here of functions: URLs, provisioned concurrency. Tools
//! look for them before they make or remove anything, and are told that there are none.

use wire::ApiError;
use wire::lambda::error;
use wire::lambda::input::{
    DeleteFunctionUrlConfig, DeleteProvisionedConcurrencyConfig, GetFunctionUrlConfig,
    GetProvisionedConcurrencyConfig, ListFunctionUrlConfigs, ListProvisionedConcurrencyConfigs,
};
use wire::lambda::output::{
    GetFunctionUrlConfigResponse, GetProvisionedConcurrencyConfigResponse,
    ListFunctionUrlConfigsResponse, ListProvisionedConcurrencyConfigsResponse,
};

use crate::api::lambda::invalid::invalid;
use crate::api::lambda::target::Target;
use crate::api::operation::{Context, Operation};

const NOT_FOUND: &str = "ResourceNotFoundException";
const NONE: &str = "The resource you requested does not exist.";

impl Operation for GetFunctionUrlConfig {
    type Output = GetFunctionUrlConfigResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetFunctionUrlConfigResponse, ApiError> {
        let GetFunctionUrlConfig { function_name, qualifier } = self;
        Target::read(cx, &function_name, qualifier.as_deref())?;
        Err(error(NOT_FOUND, NONE))
    }
}

impl Operation for ListFunctionUrlConfigs {
    type Output = ListFunctionUrlConfigsResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListFunctionUrlConfigsResponse, ApiError> {
        let ListFunctionUrlConfigs { function_name } = self;
        let target = Target::read(cx, &function_name, None)?;
        match target.check(cx) {
            Ok(()) => Ok(ListFunctionUrlConfigsResponse {
                function_url_configs: Vec::new(),
                next_marker: None,
            }),
            Err(_) => Err(error(NOT_FOUND, "Function does not exist")),
        }
    }
}

impl Operation for DeleteFunctionUrlConfig {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteFunctionUrlConfig { function_name, qualifier } = self;
        Target::read(cx, &function_name, qualifier.as_deref())?;
        Err(error(NOT_FOUND, NONE))
    }
}

impl Operation for GetProvisionedConcurrencyConfig {
    type Output = GetProvisionedConcurrencyConfigResponse;

    async fn run(
        self,
        cx: &Context<'_>,
    ) -> Result<GetProvisionedConcurrencyConfigResponse, ApiError> {
        let GetProvisionedConcurrencyConfig { function_name, qualifier } = self;
        published(cx, &function_name, &qualifier)?;
        let message = "No Provisioned Concurrency Config found for this function";
        Err(error("ProvisionedConcurrencyConfigNotFoundException", message))
    }
}

impl Operation for ListProvisionedConcurrencyConfigs {
    type Output = ListProvisionedConcurrencyConfigsResponse;

    async fn run(
        self,
        cx: &Context<'_>,
    ) -> Result<ListProvisionedConcurrencyConfigsResponse, ApiError> {
        let ListProvisionedConcurrencyConfigs { function_name } = self;
        Target::unqualified(cx, &function_name)?.check(cx)?;
        Ok(ListProvisionedConcurrencyConfigsResponse {
            provisioned_concurrency_configs: Some(Vec::new()),
            next_marker: None,
        })
    }
}

/// AWS removes what is not there as what is.
impl Operation for DeleteProvisionedConcurrencyConfig {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteProvisionedConcurrencyConfig { function_name, qualifier } = self;
        published(cx, &function_name, &qualifier)
    }
}

/// Whether the published version is there that is meant.
fn published(cx: &Context<'_>, name: &str, qualifier: &str) -> Result<(), ApiError> {
    if qualifier == "$LATEST" {
        return Err(invalid(
            "Provisioned Concurrency Configs cannot be applied to unpublished function versions.",
        ));
    }
    Target::read(cx, name, Some(qualifier))?.check(cx)
}
