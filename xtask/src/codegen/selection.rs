//! What Warren supports: services, operations, and of their inputs every member that is read.

mod cloudwatch;
mod ec2;
mod iam;
mod lambda;
mod logs;
mod sts;

/// One service's share of the tables.
pub(crate) struct Selected {
    /// The service's folder in botocore.
    pub(crate) service: &'static str,
    /// The API version.
    pub(crate) version: &'static str,
    /// The operations, with what is read of their inputs.
    pub(crate) operations: &'static [Selection],
    /// The server's files that answer the operations, one for each noun, where the server's table
    /// of operations is written too.
    pub(crate) files: &'static [&'static str],
    /// Structures within inputs: each that is reached through a member that is read is listed.
    pub(crate) shapes: &'static [Selection],
}

/// What is done with the members of an operation's input, or of a structure within inputs.
///
/// A member that is named nowhere is refused when a request carries it, unless it is a structure
/// that is listed among the shapes and of which nothing is read: then its members are looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Selection {
    /// The operation or the shape.
    pub(crate) name: &'static str,
    /// What the handler reads: the fields of the generated struct.
    pub(crate) reads: &'static [&'static str],
    /// What is accepted and has no effect, and why that is as good as AWS's effect.
    pub(crate) ignores: &'static [(&'static str, &'static str)],
    /// What is accepted with this value alone, since it asks for what happens anyway.
    pub(crate) defaults: &'static [(&'static str, &'static str)],
}

/// Writes a [`Selection`] down: `select!(Name, reads: […], ignores: […], defaults: […])`.
macro_rules! select {
    (
        $name:ident, reads: [$($read:ident),* $(,)?]
        $(, ignores: [$($ignored:ident: $reason:literal),* $(,)?])?
        $(, defaults: [$($member:ident: $value:literal),* $(,)?])?
    ) => {
        $crate::codegen::selection::Selection {
            name: stringify!($name),
            reads: &[$(stringify!($read)),*],
            ignores: &[$($((stringify!($ignored), $reason)),*)?],
            defaults: &[$($((stringify!($member), $value)),*)?],
        }
    };
}
pub(crate) use {select as op, select as shape};

/// Everything that is generated.
pub(crate) const SELECTION: &[Selected] = &[
    lambda::SELECTED,
    ec2::SELECTED,
    sts::SELECTED,
    iam::SELECTED,
    logs::SELECTED,
    cloudwatch::SELECTED,
];
