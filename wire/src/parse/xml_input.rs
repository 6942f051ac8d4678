//! Inputs of S3: labels, query strings, headers, and bodies that are XML.

use roxmltree::{Document, Node, ParsingOptions};
use serde_json::{Map, Value};

use crate::checksum::{Algorithm, Checksum};
use crate::error::ApiError;
use crate::model::{Kind, Location, Member, Operation, Service, Shape};
use crate::recognise::{bind, thing};
use crate::request::Request;
use crate::time;

/// Elements, attributes and texts of a document.
const NODES: u32 = 200_000;
/// Attributes of an element, and namespaces that a document declares: the parser holds each against
/// those before it, and what S3 is given has a few.
const ATTRIBUTES: usize = 16;
const NAMESPACES: usize = 256;

type Object = Map<String, Value>;

/// The input of an operation; a body that is bytes is left out.
pub(super) fn parse(operation: &Operation, request: &Request<'_>) -> Result<Object, ApiError> {
    let mut object = Map::new();
    let Some(shape) = operation.input else { return Ok(object) };
    let Kind::Structure { members, payload } = &shape.kind else { unreachable!("a structure") };
    let service = operation.service;
    let (bucket, key) = thing(request.path);
    let template = operation.uri.split('?').next().unwrap_or_default();
    let labels = bind(template, request.path).filter(|_| service.name != "s3").unwrap_or_default();
    for member in *members {
        let value = match member.location {
            Location::Uri if service.name != "s3" => {
                let label = labels.iter().find(|(label, _)| *label == member.wire);
                label.map(|(_, text)| Value::String(text.clone().into_owned()))
            }
            Location::Uri => {
                let label = if member.wire == "Bucket" { bucket } else { key };
                label.map(|text| label_value(service, text)).transpose()?
            }
            Location::Query => {
                let value = request.query_value(member.wire).filter(|value| !value.is_empty());
                value.map(|value| text_value(service, member, &value)).transpose()?
            }
            Location::Header => {
                let value = request.headers.get(member.wire);
                let text = value.map(|value| header_text(value.as_bytes()));
                text.map(|text| text_value(service, member, &text)).transpose()?
            }
            Location::Headers => prefixed(member, request),
            Location::Body | Location::Status | Location::Attribute => None,
        };
        if let Some(value) = value {
            object.insert(member.name.to_owned(), value);
        }
    }
    let Some(payload) = payload.and_then(|name| members.iter().find(|it| it.name == name)) else {
        if members.iter().any(|member| member.location == Location::Body) {
            members_of_body(service, members, request, &mut object)?;
        }
        return Ok(object);
    };
    if let Some(value) = payload_value(service, payload, request)? {
        object.insert(payload.name.to_owned(), value);
    }
    Ok(object)
}

/// The members that are the body's root together.
fn members_of_body(
    service: &'static Service,
    members: &[Member],
    request: &Request<'_>,
    object: &mut Object,
) -> Result<(), ApiError> {
    let text = std::str::from_utf8(request.body).map_err(|_| malformed(service))?;
    if text.trim().is_empty() {
        return Ok(());
    }
    if !is_modest(text) {
        return Err(malformed(service));
    }
    let options = ParsingOptions { nodes_limit: NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|_| malformed(service))?;
    for member in members.iter().filter(|member| member.location == Location::Body) {
        if let Some(value) = member_of(service, member, document.root_element())? {
            object.insert(member.name.to_owned(), value);
        }
    }
    Ok(())
}

fn payload_value(
    service: &'static Service,
    member: &Member,
    request: &Request<'_>,
) -> Result<Option<Value>, ApiError> {
    if matches!(member.shape.kind, Kind::Blob(_)) {
        return Ok(None);
    }
    check_digests(service, request)?;
    let text = std::str::from_utf8(request.body).map_err(|_| malformed(service))?;
    if text.trim().is_empty() {
        return match member.required {
            true => {
                let message = "Request Body is empty";
                Err(ApiError::new(service, "MissingRequestBodyError", message))
            }
            false => Ok(None),
        };
    }
    if let Kind::String { .. } = member.shape.kind {
        return Ok(Some(Value::String(text.to_owned())));
    }
    if !is_modest(text) {
        return Err(malformed(service));
    }
    let options = ParsingOptions { nodes_limit: NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|_| malformed(service))?;
    element(service, member.shape, document.root_element()).map(Some)
}

/// Whether a document's attributes are so few that it may be parsed. What is no XML may be told
/// either way, since the parser ends where it first is none.
fn is_modest(text: &str) -> bool {
    let mut rest = text;
    let mut namespaces = 0;
    while let Some((_, after)) = rest.split_once('<') {
        let enclosed = [("!--", "-->"), ("![CDATA[", "]]>"), ("?", "?>")];
        let enclosed = enclosed.iter().find_map(|(begin, end)| {
            let within = after.strip_prefix(begin)?;
            Some(within.split_once(end).map_or("", |(_, behind)| behind))
        });
        if let Some(behind) = enclosed {
            rest = behind;
            continue;
        }
        let (mut attributes, mut tag) = (0, after);
        while let Some(at) = tag.find(['"', '\'', '>']) {
            let quote = char::from(tag.as_bytes()[at]);
            if quote == '>' {
                tag = &tag[at + 1..];
                break;
            }
            attributes += 1;
            namespaces += usize::from(tag[..at].contains("xmlns"));
            if attributes > ATTRIBUTES || namespaces > NAMESPACES {
                return false;
            }
            tag = tag[at + 1..].split_once(quote).map_or("", |(_, behind)| behind);
        }
        rest = tag;
    }
    true
}

/// Holds what a request says of its body against it.
fn check_digests(service: &'static Service, request: &Request<'_>) -> Result<(), ApiError> {
    use base64::Engine as _;
    use md5::Digest as _;
    let base64 = base64::engine::general_purpose::STANDARD;
    if let Some(given) = request.header("content-md5") {
        if base64.decode(given).map_or(0, |bytes| bytes.len()) != 16 {
            let message = "The Content-MD5 you specified was invalid.";
            return Err(ApiError::new(service, "InvalidDigest", message));
        }
        if base64.encode(md5::Md5::digest(request.body)) != given {
            let message = "The Content-MD5 you specified did not match what we received.";
            return Err(ApiError::new(service, "BadDigest", message));
        }
    }
    for algorithm in Algorithm::ALL {
        if let Some(given) = request.header(algorithm.header())
            && Checksum::of(algorithm, request.body) != given
        {
            return Err(bad_checksum(service, algorithm));
        }
    }
    Ok(())
}

/// A checksum is not that of the body.
pub fn bad_checksum(service: &'static Service, algorithm: Algorithm) -> ApiError {
    let message =
        format!("The {} you specified did not match the calculated checksum.", algorithm.name());
    ApiError::new(service, "BadDigest", message)
}

fn malformed(service: &'static Service) -> ApiError {
    if service.name == "route53" {
        let message = "The request body is not well-formed XML of this operation.";
        return ApiError::new(service, "InvalidInput", message);
    }
    let message = "The XML you provided was not well-formed or did not validate against our \
                   published schema";
    ApiError::new(service, "MalformedXML", message)
}

/// The value of a label: bytes that are no UTF-8 name nothing.
fn label_value(service: &'static Service, text: &str) -> Result<Value, ApiError> {
    match percent_encoding::percent_decode_str(text).decode_utf8() {
        Ok(text) => Ok(Value::String(text.into_owned())),
        Err(_) => Err(ApiError::new(service, "InvalidURI", "Couldn't parse the specified URI.")),
    }
}

/// A header's text: UTF-8, or Latin 1 where it is none.
fn header_text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// The headers whose names begin as the member says.
fn prefixed(member: &Member, request: &Request<'_>) -> Option<Value> {
    let mut entries = Map::new();
    for (name, value) in request.headers {
        if let Some(rest) = name.as_str().strip_prefix(member.wire) {
            let text = header_text(value.as_bytes());
            match entries.get_mut(rest) {
                Some(Value::String(known)) => *known += &format!(",{text}"),
                _ => drop(entries.insert(rest.to_owned(), Value::String(text))),
            }
        }
    }
    (!entries.is_empty()).then_some(Value::Object(entries))
}

/// The value of a query parameter or header.
fn text_value(service: &'static Service, member: &Member, text: &str) -> Result<Value, ApiError> {
    let refused = || {
        let message = format!("Provided value for {} is not valid", member.wire);
        ApiError::new(service, "InvalidArgument", message)
            .with("ArgumentName", member.wire)
            .with("ArgumentValue", text)
    };
    Ok(match member.shape.kind {
        Kind::Integer(_) => text.parse::<i32>().map_err(|_| refused())?.into(),
        Kind::Long(_) => text.parse::<i64>().map_err(|_| refused())?.into(),
        Kind::Boolean => text.to_ascii_lowercase().parse::<bool>().map_err(|_| refused())?.into(),
        Kind::Timestamp => instant(text).ok_or_else(refused)?.into(),
        Kind::List { .. } => {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            items.map(|item| Value::String(item.to_owned())).collect()
        }
        _ => Value::String(text.to_owned()),
    })
}

fn instant(text: &str) -> Option<i64> {
    time::parse_http_date(text).or_else(|| time::parse_iso8601(text))
}

fn element(
    service: &'static Service,
    shape: &Shape,
    node: Node<'_, '_>,
) -> Result<Value, ApiError> {
    let text = || -> String {
        node.children().filter(|it| it.is_text()).filter_map(|it| it.text()).collect()
    };
    let number = || text().trim().parse::<i64>().map_err(|_| malformed(service));
    Ok(match &shape.kind {
        Kind::Structure { members, .. } => {
            let mut object = Map::new();
            for member in *members {
                if let Some(value) = member_of(service, member, node)? {
                    object.insert(member.name.to_owned(), value);
                }
            }
            Value::Object(object)
        }
        Kind::List { item, item_name, .. } => {
            let items = children(node, item_name).map(|child| element(service, item, child));
            Value::Array(items.collect::<Result<_, _>>()?)
        }
        Kind::Map { .. } => return Err(malformed(service)),
        Kind::String { .. } | Kind::Blob(_) => Value::String(text()),
        Kind::Integer(_) => i32::try_from(number()?).map_err(|_| malformed(service))?.into(),
        Kind::Long(_) => number()?.into(),
        Kind::Double(_) => text().trim().parse::<f64>().map_err(|_| malformed(service))?.into(),
        Kind::Boolean => {
            let text = text().trim().to_ascii_lowercase();
            text.parse::<bool>().map_err(|_| malformed(service))?.into()
        }
        Kind::Timestamp => instant(text().trim()).ok_or_else(|| malformed(service))?.into(),
    })
}

fn member_of(
    service: &'static Service,
    member: &Member,
    node: Node<'_, '_>,
) -> Result<Option<Value>, ApiError> {
    match (&member.shape.kind, member.location) {
        (_, Location::Attribute) => {
            let name = member.wire.rsplit(':').next().unwrap_or(member.wire);
            let found = node.attributes().find(|attribute| attribute.name() == name);
            Ok(found.map(|attribute| Value::String(attribute.value().to_owned())))
        }
        (Kind::List { item, item_name, is_flat: true, .. }, _) => {
            let name = if item_name.is_empty() { member.wire } else { item_name };
            let items = children(node, name).map(|child| element(service, item, child));
            let items = items.collect::<Result<Vec<_>, _>>()?;
            Ok((!items.is_empty()).then_some(Value::Array(items)))
        }
        _ => {
            let child = children(node, member.wire).next();
            child.map(|child| element(service, member.shape, child)).transpose()
        }
    }
}

/// The elements of a name within another, in whatever namespace.
fn children<'a, 'input>(
    node: Node<'a, 'input>,
    name: &'a str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

/// How deep elements of a document that nobody has a shape of may lie within each other.
const DEPTH: usize = 16;

/// A document that nobody has a shape of, for instance another's answer: the name of its root, and that
/// with its elements by their names, each name with a list of what they hold; texts at the ends. None
/// where it is no document, or a very odd one.
pub fn xml_tree(text: &str) -> Option<(String, Value)> {
    if !is_modest(text) {
        return None;
    }
    let options = ParsingOptions { nodes_limit: NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).ok()?;
    let root = document.root_element();
    Some((root.tag_name().name().to_owned(), tree(root, DEPTH)?))
}

fn tree(node: Node<'_, '_>, depth: usize) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    let mut object: Object = Map::new();
    for child in node.children().filter(Node::is_element) {
        let all = object.entry(child.tag_name().name()).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(all) = all {
            all.push(tree(child, depth)?);
        }
    }
    if !object.is_empty() {
        return Some(Value::Object(object));
    }
    Some(Value::String(node.children().filter_map(|it| it.text()).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_without_a_shape_is_told_by_its_names() {
        let text =
            "<?xml version='1.0'?> <R xmlns='urn:x'><D><K>a&amp;b</K></D><D><K> c</K><V/></D></R>";
        let (name, tree) = xml_tree(text).expect("a document");
        let expected = serde_json::json!({"D": [{"K": ["a&b"]}, {"K": [" c"], "V": [""]}]});
        assert_eq!((name.as_str(), tree), ("R", expected));
        for odd in ["", "no document", &"<a>".repeat(20), "<a><b></a>"] {
            assert_eq!(xml_tree(odd), None, "{odd}");
        }
        let deep = format!("{}{}", "<a>".repeat(17), "</a>".repeat(17));
        assert_eq!(xml_tree(&deep), None);
    }

    #[test]
    fn documents_of_very_many_attributes_are_not_parsed() {
        let attributes =
            |count: usize| -> String { (0..count).map(|n| format!(" a{n}='>\"'")).collect() };
        let spaces = |count: usize| -> String {
            (0..count).map(|n| format!("<b xmlns:a{n}=\"n\"/>")).collect()
        };
        for (text, expected) in [
            (format!("<a{}><b{}/></a>", attributes(16), attributes(16)), true),
            (format!("<a><b/>text > \"<c{}/></a>", attributes(17)), false),
            (format!("<?xml version='1.0'?><!-- <a{} --><a/>", attributes(17)), true),
            (format!("<a><![CDATA[<a{}>]]></a>", attributes(17)), true),
            (format!("<!-- ' --><a{}/>", attributes(17)), false),
            (format!("<a>{}</a>", spaces(256)), true),
            (format!("<a>{}</a>", spaces(257)), false),
            ("<a b='".to_owned(), true),
        ] {
            assert_eq!(is_modest(&text), expected, "{text}");
        }
    }
}
