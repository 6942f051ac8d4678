//! The operations of apigatewayv2, and the files that answer them. Written by `cargo xtask codegen`.

#[path = "api.rs"]
pub(super) mod api;
#[path = "authorizer.rs"]
pub(super) mod authorizer;
#[path = "deployment.rs"]
pub(super) mod deployment;
#[path = "integration.rs"]
pub(super) mod integration;
#[path = "route.rs"]
pub(super) mod route;
#[path = "stage.rs"]
pub(super) mod stage;
#[path = "tag.rs"]
pub(super) mod tag;

use serde_json::Value;
use wire::ApiError;
use wire::apigatewayv2::{Op, input};

use super::service::Apigatewayv2;
use crate::operation::Call;

/// Runs the operation that is meant.
#[allow(clippy::too_many_lines, reason = "a line for each operation")]
pub(crate) async fn run(call: Call<'_, Apigatewayv2>, op: Op) -> Result<Value, ApiError> {
    match op {
        Op::CreateApi => call.run::<input::CreateApi>().await,
        Op::CreateAuthorizer => call.run::<input::CreateAuthorizer>().await,
        Op::CreateDeployment => call.run::<input::CreateDeployment>().await,
        Op::CreateIntegration => call.run::<input::CreateIntegration>().await,
        Op::CreateRoute => call.run::<input::CreateRoute>().await,
        Op::CreateStage => call.run::<input::CreateStage>().await,
        Op::DeleteApi => call.run::<input::DeleteApi>().await,
        Op::DeleteAuthorizer => call.run::<input::DeleteAuthorizer>().await,
        Op::DeleteCorsConfiguration => call.run::<input::DeleteCorsConfiguration>().await,
        Op::DeleteDeployment => call.run::<input::DeleteDeployment>().await,
        Op::DeleteIntegration => call.run::<input::DeleteIntegration>().await,
        Op::DeleteRoute => call.run::<input::DeleteRoute>().await,
        Op::DeleteStage => call.run::<input::DeleteStage>().await,
        Op::GetApi => call.run::<input::GetApi>().await,
        Op::GetApis => call.run::<input::GetApis>().await,
        Op::GetAuthorizer => call.run::<input::GetAuthorizer>().await,
        Op::GetAuthorizers => call.run::<input::GetAuthorizers>().await,
        Op::GetDeployment => call.run::<input::GetDeployment>().await,
        Op::GetDeployments => call.run::<input::GetDeployments>().await,
        Op::GetIntegration => call.run::<input::GetIntegration>().await,
        Op::GetIntegrations => call.run::<input::GetIntegrations>().await,
        Op::GetRoute => call.run::<input::GetRoute>().await,
        Op::GetRoutes => call.run::<input::GetRoutes>().await,
        Op::GetStage => call.run::<input::GetStage>().await,
        Op::GetStages => call.run::<input::GetStages>().await,
        Op::GetTags => call.run::<input::GetTags>().await,
        Op::TagResource => call.run::<input::TagResource>().await,
        Op::UntagResource => call.run::<input::UntagResource>().await,
        Op::UpdateApi => call.run::<input::UpdateApi>().await,
        Op::UpdateAuthorizer => call.run::<input::UpdateAuthorizer>().await,
        Op::UpdateIntegration => call.run::<input::UpdateIntegration>().await,
        Op::UpdateRoute => call.run::<input::UpdateRoute>().await,
        Op::UpdateStage => call.run::<input::UpdateStage>().await,
    }
}
