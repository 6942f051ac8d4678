//! The service model: operations, shapes and error shapes as static tables, and how they are looked up.
//!
//! The tables in the submodules are written by `cargo xtask codegen`; they hold structure only.

use std::sync::OnceLock;

use regex_lite::Regex;

#[rustfmt::skip]
pub(crate) mod ec2;
#[rustfmt::skip]
pub(crate) mod iam;
#[rustfmt::skip]
pub(crate) mod lambda;
#[rustfmt::skip]
pub(crate) mod logs;
#[rustfmt::skip]
pub(crate) mod sts;

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
}

/// One AWS service.
#[derive(Debug)]
pub struct Service {
    /// The name in a credential scope, such as `lambda`.
    pub name: &'static str,
    /// The API version, such as `2015-03-31`.
    pub version: &'static str,
    /// How the service spells.
    pub protocol: Protocol,
    /// The XML namespace of responses; empty for JSON protocols.
    pub namespace: &'static str,
    /// What stands before the dot in `X-Amz-Target`; empty elsewhere.
    pub target: &'static str,
    /// The supported operations, sorted by name.
    pub operations: &'static [Operation],
    /// The errors that the model declares, sorted by code.
    pub errors: &'static [ErrorShape],
    /// Routes of operations that AWS has and these tables do not (only for `RestJson`).
    pub unsupported: &'static [Route],
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

/// Every service with tables.
pub static SERVICES: [&Service; 5] =
    [&lambda::SERVICE, &ec2::SERVICE, &logs::SERVICE, &iam::SERVICE, &sts::SERVICE];

/// The identity of a supported operation, for dispatch by `match`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// An operation of Lambda.
    Lambda(lambda::Op),
    /// An operation of EC2.
    Ec2(ec2::Op),
    /// An operation of CloudWatch Logs.
    Logs(logs::Op),
    /// An operation of IAM.
    Iam(iam::Op),
    /// An operation of STS.
    Sts(sts::Op),
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
}

/// A declared error: its code on the wire and how it is rendered.
#[derive(Debug)]
pub struct ErrorShape {
    /// The code on the wire.
    pub code: &'static str,
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

/// A shape: its name and what it is.
#[derive(Debug)]
pub struct Shape {
    /// The model's name of the shape.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
}

/// What a shape is, with its constraints.
#[derive(Debug)]
pub enum Kind {
    /// Named members.
    Structure {
        /// The members in the model's order.
        members: &'static [Member],
        /// The member that is the whole body, if one is.
        payload: Option<&'static str>,
    },
    /// A sequence.
    List {
        /// Its items' shape.
        item: &'static Shape,
        /// The items' element name in XML.
        item_name: &'static str,
        /// Bounds of its length.
        bounds: Bounds,
    },
    /// String keys to values.
    Map {
        /// The keys' shape.
        key: &'static Shape,
        /// The values' shape.
        value: &'static Shape,
        /// Bounds of its length.
        bounds: Bounds,
    },
    /// Text.
    String {
        /// Bounds of its length in characters.
        bounds: Bounds,
        /// The pattern that the whole text matches.
        pattern: Option<&'static Pattern>,
        /// The enumerated values; empty where there is no enumeration.
        values: &'static [&'static str],
    },
    /// A whole number of 32 bits.
    Integer(Bounds),
    /// A whole number of 64 bits.
    Long(Bounds),
    /// A floating number.
    Double(Bounds),
    /// True or false.
    Boolean,
    /// An instant; in values a whole number of milliseconds since the epoch.
    Timestamp,
    /// Bytes; in values base64 text.
    Blob(Bounds),
}

/// Inclusive bounds of a length or value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The least, if bounded.
    pub min: Option<i64>,
    /// The greatest, if bounded.
    pub max: Option<i64>,
}

impl Bounds {
    /// No bounds.
    pub const NONE: Bounds = Bounds { min: None, max: None };
}

/// Where a member travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the body.
    Body,
    /// In a label of the path.
    Uri,
    /// In the query string.
    Query,
    /// In a header.
    Header,
    /// As the response's status.
    Status,
}

/// A member of a structure.
#[derive(Debug)]
pub struct Member {
    /// The model's name: the key in values.
    pub name: &'static str,
    /// The name on the wire (element, JSON key, header, label or query parameter).
    pub wire: &'static str,
    /// The parameter name in form-encoded requests.
    pub form: &'static str,
    /// Where it travels.
    pub location: Location,
    /// Whether a request must carry it.
    pub required: bool,
    /// Whether it tells repetitions of a request from new ones.
    pub is_token: bool,
    /// What is done with it in a request; says nothing of members of outputs.
    pub support: Support,
    /// Its shape.
    pub shape: &'static Shape,
}

/// What is done with a member of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Support {
    /// Its handler reads it; of a structure, the members that are supported.
    Read,
    /// It is accepted and has no effect, for this reason.
    Ignored(&'static str),
    /// It is accepted with these values, which ask for what happens anyway.
    Only(&'static [&'static str]),
    /// A structure whose members are looked at, and that nobody reads as a whole.
    Within,
    /// A request that carries it is refused.
    Refused,
}

/// A pattern of the model, compiled when first used.
pub struct Pattern {
    /// The pattern as AWS's messages quote it.
    pub text: &'static str,
    rule: Rule,
    regex: OnceLock<Regex>,
}

#[derive(Clone, Copy)]
enum Rule {
    Expression(&'static str),
    TagText,
}

impl std::fmt::Debug for Pattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text)
    }
}

impl Pattern {
    /// A pattern quoted as `text` and matched by `expression`.
    pub const fn new(text: &'static str, expression: &'static str) -> Pattern {
        Pattern { text, rule: Rule::Expression(expression), regex: OnceLock::new() }
    }

    /// The characters of tag keys and values, which name Unicode classes.
    pub const fn tag_text(text: &'static str) -> Pattern {
        Pattern { text, rule: Rule::TagText, regex: OnceLock::new() }
    }

    /// Whether the whole of `value` matches.
    pub fn matches(&self, value: &str) -> bool {
        match self.rule {
            Rule::TagText => value.chars().all(is_tag_character),
            Rule::Expression(expression) => self
                .regex
                .get_or_init(|| {
                    Regex::new(&format!(r"\A(?:{expression})\z"))
                        .unwrap_or_else(|e| panic!("pattern {expression} of the model: {e}"))
                })
                .is_match(value),
        }
    }
}

fn is_tag_character(c: char) -> bool {
    c.is_alphabetic()
        || c.is_numeric()
        || "_.:/=+-@ ".contains(c)
        || (c > '\x7f' && c.is_whitespace())
}

// Constructors that keep the generated tables compact.

pub(crate) const fn b(min: i64, max: i64) -> Bounds {
    Bounds {
        min: if min == i64::MIN { None } else { Some(min) },
        max: if max == i64::MAX { None } else { Some(max) },
    }
}

pub(crate) const fn structure(name: &'static str, members: &'static [Member]) -> Shape {
    Shape { name, kind: Kind::Structure { members, payload: None } }
}

pub(crate) const fn structure_with_payload(
    name: &'static str,
    payload: &'static str,
    members: &'static [Member],
) -> Shape {
    Shape { name, kind: Kind::Structure { members, payload: Some(payload) } }
}

pub(crate) const fn list(
    name: &'static str,
    item: &'static Shape,
    item_name: &'static str,
    bounds: Bounds,
) -> Shape {
    Shape { name, kind: Kind::List { item, item_name, bounds } }
}

pub(crate) const fn map(
    name: &'static str,
    key: &'static Shape,
    value: &'static Shape,
    bounds: Bounds,
) -> Shape {
    Shape { name, kind: Kind::Map { key, value, bounds } }
}

pub(crate) const fn string(
    name: &'static str,
    bounds: Bounds,
    pattern: Option<&'static Pattern>,
    values: &'static [&'static str],
) -> Shape {
    Shape { name, kind: Kind::String { bounds, pattern, values } }
}

pub(crate) const fn scalar(name: &'static str, kind: Kind) -> Shape {
    Shape { name, kind }
}

/// A member in the body whose names all agree.
pub(crate) const fn m(name: &'static str, shape: &'static Shape) -> Member {
    mw(name, name, name, shape)
}

/// A member in the body with its own names on the wire.
pub(crate) const fn mw(
    name: &'static str,
    wire: &'static str,
    form: &'static str,
    shape: &'static Shape,
) -> Member {
    ml(name, wire, Location::Body, shape).spelled(form)
}

/// A member elsewhere than in the body.
pub(crate) const fn ml(
    name: &'static str,
    wire: &'static str,
    location: Location,
    shape: &'static Shape,
) -> Member {
    Member {
        name,
        wire,
        form: wire,
        location,
        required: false,
        is_token: false,
        support: Support::Refused,
        shape,
    }
}

impl Member {
    pub(crate) const fn required(self) -> Member {
        Member { required: true, ..self }
    }

    pub(crate) const fn token(self) -> Member {
        Member { is_token: true, ..self }
    }

    pub(crate) const fn read(self) -> Member {
        Member { support: Support::Read, ..self }
    }

    pub(crate) const fn ignored(self, reason: &'static str) -> Member {
        Member { support: Support::Ignored(reason), ..self }
    }

    pub(crate) const fn only(self, values: &'static [&'static str]) -> Member {
        Member { support: Support::Only(values), ..self }
    }

    pub(crate) const fn within(self) -> Member {
        Member { support: Support::Within, ..self }
    }

    const fn spelled(self, form: &'static str) -> Member {
        Member { form, ..self }
    }
}
