//! What Warren supports: services, operations, and of their inputs every member that is read.

mod apigatewayv2;
mod cloudwatch;
mod dynamodb;
mod dynamodbstreams;
mod ec2;
mod events;
mod iam;
mod kinesis;
mod lambda;
mod logs;
mod route53;
mod s3;
mod scheduler;
mod secretsmanager;
mod sns;
mod sqs;
mod ssm;
mod sts;

/// One service's share of the tables.
pub(crate) struct Selected {
    /// The service's folder in botocore.
    pub(crate) service: &'static str,
    /// Its name, for people.
    pub(crate) title: &'static str,
    /// Who answers its operations.
    pub(crate) home: Home,
    /// The API version.
    pub(crate) version: &'static str,
    /// The operations, with what is read of their inputs.
    pub(crate) operations: &'static [Selection],
    /// The files of its home that answer the operations, one for each noun, beside which the table
    /// of operations is written.
    pub(crate) files: &'static [&'static str],
    /// Structures within inputs: each that is reached through a member that is read is listed.
    pub(crate) shapes: &'static [Selection],
    /// Structures within inputs that are kept as they come and told again as they are: all of their
    /// members are read, and they are values.
    pub(crate) documents: &'static [&'static str],
    /// Errors that the service answers and its model does not declare, with their statuses.
    pub(crate) errors: &'static [(&'static str, u16)],
    /// What stands before the code of a declared error in JSON.
    pub(crate) error_prefix: &'static str,
    /// How older clients spell a service of JSON whose model tells that no more.
    pub(crate) query: Option<Query>,
}

impl Selected {
    /// What most services have.
    pub(crate) const PLAIN: Selected = Selected {
        service: "",
        title: "",
        home: Home::Server,
        version: "",
        operations: &[],
        files: &[],
        shapes: &[],
        documents: &[],
        errors: &[],
        error_prefix: "",
        query: None,
    };
}

/// Which crate answers a service's operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Home {
    /// `server/src/api/<service>/`.
    Server,
    /// `neighbours/src/<service>/`.
    Neighbours,
}

/// The query protocol of a service whose model has JSON alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Query {
    /// The XML namespace of responses.
    pub(crate) namespace: &'static str,
    /// The names of the items of flat lists, by the lists' shapes.
    pub(crate) items: &'static [(&'static str, &'static str)],
    /// The names of entries, keys and values of flat maps, by the maps' shapes.
    pub(crate) entries: &'static [(&'static str, [&'static str; 3])],
    /// The codes of errors that are spelled otherwise, by the errors' shapes, and their statuses.
    pub(crate) codes: &'static [(&'static str, &'static str, u16)],
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
    /// What of that an operation only keeps, or does less with than AWS; empty where it does all.
    pub(crate) note: &'static str,
}

/// Writes a [`Selection`] down: `select!(Name, reads: […], ignores: […], defaults: […],
/// note: …)`.
macro_rules! select {
    (
        $name:ident, reads: [$($read:ident),* $(,)?]
        $(, ignores: [$($ignored:ident: $reason:literal),* $(,)?])?
        $(, defaults: [$($member:ident: $value:literal),* $(,)?])?
        $(, note: $note:literal)?
    ) => {
        $crate::codegen::selection::Selection {
            name: stringify!($name),
            reads: &[$(stringify!($read)),*],
            ignores: &[$($((stringify!($ignored), $reason)),*)?],
            defaults: &[$($((stringify!($member), $value)),*)?],
            note: concat!($($note)?),
        }
    };
}
pub(crate) use {select as op, select as shape};

/// Everything that is generated.
pub(crate) const SELECTION: &[Selected] = &[
    lambda::SELECTED,
    ec2::SELECTED,
    logs::SELECTED,
    iam::SELECTED,
    sts::SELECTED,
    cloudwatch::SELECTED,
    sqs::SELECTED,
    sns::SELECTED,
    dynamodb::SELECTED,
    dynamodbstreams::SELECTED,
    kinesis::SELECTED,
    ssm::SELECTED,
    secretsmanager::SELECTED,
    s3::SELECTED,
    apigatewayv2::SELECTED,
    events::SELECTED,
    scheduler::SELECTED,
    route53::SELECTED,
];
