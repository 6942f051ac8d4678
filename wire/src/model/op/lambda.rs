//! lambda's operations by name. Written by `cargo xtask codegen`.

/// The supported operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `AddLayerVersionPermission`.
    AddLayerVersionPermission,
    /// `AddPermission`.
    AddPermission,
    /// `CreateAlias`.
    CreateAlias,
    /// `CreateEventSourceMapping`.
    CreateEventSourceMapping,
    /// `CreateFunction`.
    CreateFunction,
    /// `CreateFunctionUrlConfig`.
    CreateFunctionUrlConfig,
    /// `DeleteAlias`.
    DeleteAlias,
    /// `DeleteEventSourceMapping`.
    DeleteEventSourceMapping,
    /// `DeleteFunction`.
    DeleteFunction,
    /// `DeleteFunctionConcurrency`.
    DeleteFunctionConcurrency,
    /// `DeleteFunctionEventInvokeConfig`.
    DeleteFunctionEventInvokeConfig,
    /// `DeleteFunctionUrlConfig`.
    DeleteFunctionUrlConfig,
    /// `DeleteLayerVersion`.
    DeleteLayerVersion,
    /// `DeleteProvisionedConcurrencyConfig`.
    DeleteProvisionedConcurrencyConfig,
    /// `DeleteResourcePolicy`.
    DeleteResourcePolicy,
    /// `GetAccountSettings`.
    GetAccountSettings,
    /// `GetAlias`.
    GetAlias,
    /// `GetEventSourceMapping`.
    GetEventSourceMapping,
    /// `GetFunction`.
    GetFunction,
    /// `GetFunctionCodeSigningConfig`.
    GetFunctionCodeSigningConfig,
    /// `GetFunctionConcurrency`.
    GetFunctionConcurrency,
    /// `GetFunctionConfiguration`.
    GetFunctionConfiguration,
    /// `GetFunctionEventInvokeConfig`.
    GetFunctionEventInvokeConfig,
    /// `GetFunctionRecursionConfig`.
    GetFunctionRecursionConfig,
    /// `GetFunctionUrlConfig`.
    GetFunctionUrlConfig,
    /// `GetLayerVersion`.
    GetLayerVersion,
    /// `GetLayerVersionByArn`.
    GetLayerVersionByArn,
    /// `GetLayerVersionPolicy`.
    GetLayerVersionPolicy,
    /// `GetPolicy`.
    GetPolicy,
    /// `GetProvisionedConcurrencyConfig`.
    GetProvisionedConcurrencyConfig,
    /// `GetResourcePolicy`.
    GetResourcePolicy,
    /// `GetRuntimeManagementConfig`.
    GetRuntimeManagementConfig,
    /// `Invoke`.
    Invoke,
    /// `ListAliases`.
    ListAliases,
    /// `ListEventSourceMappings`.
    ListEventSourceMappings,
    /// `ListFunctionEventInvokeConfigs`.
    ListFunctionEventInvokeConfigs,
    /// `ListFunctionUrlConfigs`.
    ListFunctionUrlConfigs,
    /// `ListFunctions`.
    ListFunctions,
    /// `ListLayerVersions`.
    ListLayerVersions,
    /// `ListLayers`.
    ListLayers,
    /// `ListProvisionedConcurrencyConfigs`.
    ListProvisionedConcurrencyConfigs,
    /// `ListTags`.
    ListTags,
    /// `ListVersionsByFunction`.
    ListVersionsByFunction,
    /// `PublishLayerVersion`.
    PublishLayerVersion,
    /// `PublishVersion`.
    PublishVersion,
    /// `PutFunctionConcurrency`.
    PutFunctionConcurrency,
    /// `PutFunctionEventInvokeConfig`.
    PutFunctionEventInvokeConfig,
    /// `PutFunctionRecursionConfig`.
    PutFunctionRecursionConfig,
    /// `PutResourcePolicy`.
    PutResourcePolicy,
    /// `RemoveLayerVersionPermission`.
    RemoveLayerVersionPermission,
    /// `RemovePermission`.
    RemovePermission,
    /// `TagResource`.
    TagResource,
    /// `UntagResource`.
    UntagResource,
    /// `UpdateAlias`.
    UpdateAlias,
    /// `UpdateEventSourceMapping`.
    UpdateEventSourceMapping,
    /// `UpdateFunctionCode`.
    UpdateFunctionCode,
    /// `UpdateFunctionConfiguration`.
    UpdateFunctionConfiguration,
    /// `UpdateFunctionEventInvokeConfig`.
    UpdateFunctionEventInvokeConfig,
    /// `UpdateFunctionUrlConfig`.
    UpdateFunctionUrlConfig,
}
