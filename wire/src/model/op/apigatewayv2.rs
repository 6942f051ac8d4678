//! apigatewayv2's operations by name. Written by `cargo xtask codegen`.

/// The supported operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `CreateApi`.
    CreateApi,
    /// `CreateAuthorizer`.
    CreateAuthorizer,
    /// `CreateDeployment`.
    CreateDeployment,
    /// `CreateIntegration`.
    CreateIntegration,
    /// `CreateRoute`.
    CreateRoute,
    /// `CreateStage`.
    CreateStage,
    /// `DeleteApi`.
    DeleteApi,
    /// `DeleteAuthorizer`.
    DeleteAuthorizer,
    /// `DeleteCorsConfiguration`.
    DeleteCorsConfiguration,
    /// `DeleteDeployment`.
    DeleteDeployment,
    /// `DeleteIntegration`.
    DeleteIntegration,
    /// `DeleteRoute`.
    DeleteRoute,
    /// `DeleteStage`.
    DeleteStage,
    /// `GetApi`.
    GetApi,
    /// `GetApis`.
    GetApis,
    /// `GetAuthorizer`.
    GetAuthorizer,
    /// `GetAuthorizers`.
    GetAuthorizers,
    /// `GetDeployment`.
    GetDeployment,
    /// `GetDeployments`.
    GetDeployments,
    /// `GetIntegration`.
    GetIntegration,
    /// `GetIntegrations`.
    GetIntegrations,
    /// `GetRoute`.
    GetRoute,
    /// `GetRoutes`.
    GetRoutes,
    /// `GetStage`.
    GetStage,
    /// `GetStages`.
    GetStages,
    /// `GetTags`.
    GetTags,
    /// `TagResource`.
    TagResource,
    /// `UntagResource`.
    UntagResource,
    /// `UpdateApi`.
    UpdateApi,
    /// `UpdateAuthorizer`.
    UpdateAuthorizer,
    /// `UpdateIntegration`.
    UpdateIntegration,
    /// `UpdateRoute`.
    UpdateRoute,
    /// `UpdateStage`.
    UpdateStage,
}
