//! lambda's operations by name. Written by `cargo xtask codegen`.

/// The supported operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `CreateFunction`.
    CreateFunction,
    /// `DeleteFunction`.
    DeleteFunction,
    /// `DeleteFunctionConcurrency`.
    DeleteFunctionConcurrency,
    /// `GetAccountSettings`.
    GetAccountSettings,
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
    /// `GetPolicy`.
    GetPolicy,
    /// `GetRuntimeManagementConfig`.
    GetRuntimeManagementConfig,
    /// `Invoke`.
    Invoke,
    /// `ListFunctionEventInvokeConfigs`.
    ListFunctionEventInvokeConfigs,
    /// `ListFunctions`.
    ListFunctions,
    /// `ListTags`.
    ListTags,
    /// `ListVersionsByFunction`.
    ListVersionsByFunction,
    /// `PublishVersion`.
    PublishVersion,
    /// `PutFunctionConcurrency`.
    PutFunctionConcurrency,
    /// `TagResource`.
    TagResource,
    /// `UntagResource`.
    UntagResource,
    /// `UpdateFunctionCode`.
    UpdateFunctionCode,
    /// `UpdateFunctionConfiguration`.
    UpdateFunctionConfiguration,
}
