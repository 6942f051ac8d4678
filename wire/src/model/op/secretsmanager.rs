//! secretsmanager's operations by name. Written by `cargo xtask codegen`.

/// The supported operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `BatchGetSecretValue`.
    BatchGetSecretValue,
    /// `CreateSecret`.
    CreateSecret,
    /// `DeleteResourcePolicy`.
    DeleteResourcePolicy,
    /// `DeleteSecret`.
    DeleteSecret,
    /// `DescribeSecret`.
    DescribeSecret,
    /// `GetRandomPassword`.
    GetRandomPassword,
    /// `GetResourcePolicy`.
    GetResourcePolicy,
    /// `GetSecretValue`.
    GetSecretValue,
    /// `ListSecretVersionIds`.
    ListSecretVersionIds,
    /// `ListSecrets`.
    ListSecrets,
    /// `PutResourcePolicy`.
    PutResourcePolicy,
    /// `PutSecretValue`.
    PutSecretValue,
    /// `RestoreSecret`.
    RestoreSecret,
    /// `TagResource`.
    TagResource,
    /// `UntagResource`.
    UntagResource,
    /// `UpdateSecret`.
    UpdateSecret,
    /// `UpdateSecretVersionStage`.
    UpdateSecretVersionStage,
}
