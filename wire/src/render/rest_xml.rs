//! Bodies of S3's answers: XML whose root each operation names in its own way.

use serde_json::Value;

use super::{xml_content, xml_member};
use crate::model::{Kind, Location, Operation, Service, Shape};
use crate::xml;

/// The names of roots, where they are not the shapes'.
const ROOTS: &[(&str, &str)] = &[
    ("CompleteMultipartUpload", "CompleteMultipartUploadResult"),
    ("CreateMultipartUpload", "InitiateMultipartUploadResult"),
    ("DeleteObjects", "DeleteResult"),
    ("GetBucketAccelerateConfiguration", "AccelerateConfiguration"),
    ("GetBucketAcl", "AccessControlPolicy"),
    ("GetBucketCors", "CORSConfiguration"),
    ("GetBucketLifecycleConfiguration", "LifecycleConfiguration"),
    ("GetBucketLocation", "LocationConstraint"),
    ("GetBucketLogging", "BucketLoggingStatus"),
    ("GetBucketRequestPayment", "RequestPaymentConfiguration"),
    ("GetBucketTagging", "Tagging"),
    ("GetBucketVersioning", "VersioningConfiguration"),
    ("GetBucketWebsite", "WebsiteConfiguration"),
    ("GetObjectAcl", "AccessControlPolicy"),
    ("GetObjectAttributes", "GetObjectAttributesResponse"),
    ("GetObjectTagging", "Tagging"),
    ("ListBuckets", "ListAllMyBucketsResult"),
    ("ListMultipartUploads", "ListMultipartUploadsResult"),
    ("ListObjectVersions", "ListVersionsResult"),
    ("ListObjects", "ListBucketResult"),
    ("ListObjectsV2", "ListBucketResult"),
    ("ListParts", "ListPartsResult"),
];

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The body of an answer; empty where all of it is told in the head, or the body is no value.
pub(super) fn body(operation: &Operation, output: &Value) -> String {
    let Some(Shape { name, kind: Kind::Structure { members, payload } }) = operation.output else {
        return String::new();
    };
    let mut out = String::from(DECLARATION);
    if let Some(payload) = payload {
        let member = members.iter().find(|member| member.name == *payload);
        let member = member.expect("a payload is a member");
        let value = output.get(*payload).filter(|value| !value.is_null());
        return match (&member.shape.kind, value) {
            (Kind::Structure { .. }, Some(value)) => {
                root(&mut out, operation, member.wire, |out| {
                    xml_content(out, member.shape, value, member.name, true);
                });
                out
            }
            // A policy is itself.
            (Kind::String { .. }, Some(Value::String(text))) => text.clone(),
            _ => String::new(),
        };
    }
    if !members.iter().any(|member| member.location == Location::Body) {
        return String::new();
    }
    let name = ROOTS.iter().find(|(of, _)| *of == operation.name).map_or(*name, |(_, name)| *name);
    root(&mut out, operation, name, |out| {
        if operation.name == "GetBucketLocation" {
            // The root is the one member itself.
            let region = output["LocationConstraint"].as_str().unwrap_or_default();
            xml::text(out, region);
            return;
        }
        for member in members.iter().filter(|member| member.location == Location::Body) {
            if let Some(value) = output.get(member.name).filter(|value| !value.is_null()) {
                xml_member(out, member, value, true);
            }
        }
    });
    out
}

/// The namespace of a service's documents.
pub(crate) fn namespace(service: &Service) -> String {
    match service.name {
        "s3" => format!("http://s3.amazonaws.com/doc/{}/", service.version),
        name => format!("https://{name}.amazonaws.com/doc/{}/", service.version),
    }
}

fn root(out: &mut String, operation: &Operation, name: &str, content: impl FnOnce(&mut String)) {
    // The model tells the namespace of its requests alone.
    let namespace = namespace(operation.service);
    out.push_str(&format!("<{name} xmlns=\"{namespace}\">"));
    content(out);
    out.push_str(&format!("</{name}>"));
}

/// An element with the type of what it holds as an attribute.
pub(super) fn typed(
    out: &mut String,
    name: &str,
    attribute: &str,
    value: &str,
    content: impl FnOnce(&mut String),
) {
    out.push_str(&format!("<{name} xmlns:xsi=\"{INSTANCE}\" {attribute}=\""));
    xml::text(out, value);
    out.push_str("\">");
    content(out);
    out.push_str(&format!("</{name}>"));
}
