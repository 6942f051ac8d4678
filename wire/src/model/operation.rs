//! Services, their operations and their errors, as static tables hold them.

use super::op::Op;
use super::shape::{Kind, Member, Shape};

/// How a service spells requests and responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// EC2's own form-encoded requests and XML responses.
    Ec2,
    /// AWS query: form-encoded requests, XML responses with a result wrapper.
    Query,
    /// JSON bodies bound to methods, paths, query strings and headers.
    RestJson,
    /// JSON bodies posted to `/`, the operation in `X-Amz-Target`.
    Json,
    /// Methods, paths, query strings and headers, with XML bodies: S3's.
    RestXml,
}

/// One AWS service.
#[derive(Debug)]
pub struct Service {
    /// The name, such as `cloudwatch`.
    pub name: &'static str,
    /// The name in a credential scope, such as `monitoring`.
    pub signing: &'static str,
    /// The API version, such as `2015-03-31`.
    pub version: &'static str,
    /// How the service spells.
    pub protocol: Protocol,
    /// The XML namespace of responses; empty for JSON protocols.
    pub namespace: &'static str,
    /// What stands before the dot in `X-Amz-Target`; empty elsewhere.
    pub target: &'static str,
    /// The version of JSON-RPC, such as `1.0`; empty elsewhere.
    pub json: &'static str,
    /// What stands before the code of a declared error in JSON, such as `com.amazonaws.sqs#`.
    pub error_prefix: &'static str,
    /// The supported operations, sorted by name.
    pub operations: &'static [Operation],
    /// The errors that the model declares, sorted by code.
    pub errors: &'static [ErrorShape],
    /// Routes of operations that AWS has and these tables do not (only for `RestJson` and `RestXml`).
    pub unsupported: &'static [Route],
    /// The same service as older clients spell it, where it is spelled in two ways.
    pub also: Option<&'static Service>,
}

impl Service {
    /// The supported operation of this name.
    pub fn operation(&self, name: &str) -> Option<&'static Operation> {
        self.operations.binary_search_by(|o| o.name.cmp(name)).ok().map(|i| &self.operations[i])
    }

    /// The declared error of this code.
    pub fn error(&self, code: &str) -> Option<&'static ErrorShape> {
        self.errors.binary_search_by(|e| e.code.cmp(code)).ok().map(|i| &self.errors[i])
    }
}

/// The method and path template of an operation.
#[derive(Debug)]
pub struct Route {
    /// The operation's name.
    pub name: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path template, labels in braces, perhaps with a constant query.
    pub uri: &'static str,
}

/// One supported operation.
#[derive(Debug)]
pub struct Operation {
    /// Its identity.
    pub op: Op,
    /// Its name, such as `CreateVpc`.
    pub name: &'static str,
    /// Its service.
    pub service: &'static Service,
    /// The HTTP method.
    pub method: &'static str,
    /// The path template.
    pub uri: &'static str,
    /// The status of success.
    pub status: u16,
    /// The structure of its input.
    pub input: Option<&'static Shape>,
    /// The structure of its output.
    pub output: Option<&'static Shape>,
    /// What it does less than AWS with what it reads; empty where it does all.
    pub note: &'static str,
}

impl Operation {
    /// Whether its body is bytes of any length, which are taken as they come.
    pub fn takes_stream(&self) -> bool {
        let Some(Shape { kind: Kind::Structure { members, payload }, .. }) = self.input else {
            return false;
        };
        let payload = payload.and_then(|name| members.iter().find(|member| member.name == name));
        self.service.protocol == Protocol::RestXml
            && payload.is_some_and(|member| matches!(member.shape.kind, Kind::Blob(_)))
    }
}

/// A declared error: its code on the wire and how it is rendered.
#[derive(Debug)]
pub struct ErrorShape {
    /// The code on the wire.
    pub code: &'static str,
    /// The code as the query protocol spells it, where a service of JSON tells that too.
    pub query: Option<&'static str>,
    /// The HTTP status.
    pub status: u16,
    /// The members beside the code; empty for XML protocols.
    pub members: &'static [Member],
}

impl ErrorShape {
    /// The name of the member that carries the message: services disagree on its capital.
    pub fn message_member(&self) -> &'static str {
        self.members
            .iter()
            .map(|m| m.wire)
            .find(|w| w.eq_ignore_ascii_case("message"))
            .unwrap_or("message")
    }

    /// Whether the error declares this member.
    pub fn member(&self, name: &str) -> Option<&'static Member> {
        self.members.iter().find(|m| m.name == name)
    }
}
