//! What cannot be made here of functions: provisioned concurrency. Tools look for it before they
//! make or remove anything, and are told that there is none.

use wire::ApiError;
use wire::lambda::error;
use wire::lambda::input::{
    DeleteProvisionedConcurrencyConfig, GetProvisionedConcurrencyConfig,
    ListProvisionedConcurrencyConfigs,
};
use wire::lambda::output::{
    GetProvisionedConcurrencyConfigResponse, ListProvisionedConcurrencyConfigsResponse,
};

use crate::api::lambda::invalid::invalid;
use crate::api::lambda::target::Target;
use crate::api::operation::{Context, Operation};

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
