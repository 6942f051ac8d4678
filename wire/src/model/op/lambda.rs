//! lambda's operations by name. Written by `cargo xtask codegen`.

/// The supported operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `CreateEventSourceMapping`.
    CreateEventSourceMapping,
    /// `CreateFunction`.
    CreateFunction,
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
    /// `DeleteProvisionedConcurrencyConfig`.
    DeleteProvisionedConcurrencyConfig,
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
    /// `GetPolicy`.
    GetPolicy,
    /// `GetProvisionedConcurrencyConfig`.
    GetProvisionedConcurrencyConfig,
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
    /// `ListProvisionedConcurrencyConfigs`.
    ListProvisionedConcurrencyConfigs,
    /// `ListTags`.
    ListTags,
    /// `ListVersionsByFunction`.
    ListVersionsByFunction,
    /// `PublishVersion`.
    PublishVersion,
    /// `PutFunctionConcurrency`.
    PutFunctionConcurrency,
    /// `RemovePermission`.
    RemovePermission,
    /// `TagResource`.
    TagResource,
    /// `UntagResource`.
    UntagResource,
    /// `UpdateEventSourceMapping`.
    UpdateEventSourceMapping,
    /// `UpdateFunctionCode`.
    UpdateFunctionCode,
    /// `UpdateFunctionConfiguration`.
    UpdateFunctionConfiguration,
}
