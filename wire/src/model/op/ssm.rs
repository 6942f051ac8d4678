//! ssm's operations by name. Written by `cargo xtask codegen`.

/// The supported operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `AddTagsToResource`.
    AddTagsToResource,
    /// `DeleteParameter`.
    DeleteParameter,
    /// `DeleteParameters`.
    DeleteParameters,
    /// `DescribeParameters`.
    DescribeParameters,
    /// `GetParameter`.
    GetParameter,
    /// `GetParameterHistory`.
    GetParameterHistory,
    /// `GetParameters`.
    GetParameters,
    /// `GetParametersByPath`.
    GetParametersByPath,
    /// `LabelParameterVersion`.
    LabelParameterVersion,
    /// `ListTagsForResource`.
    ListTagsForResource,
    /// `PutParameter`.
    PutParameter,
    /// `RemoveTagsFromResource`.
    RemoveTagsFromResource,
    /// `UnlabelParameterVersion`.
    UnlabelParameterVersion,
}
