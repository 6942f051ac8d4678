//! Reading a botocore service model.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::selection::Selected;

/// Chooses JSON for a service that is spelled in several ways, of which CBOR is the first.
pub(crate) fn choose_protocol(model: &mut Value) {
    let metadata = &mut model["metadata"];
    let is_json = list(&metadata["protocols"]).iter().any(|protocol| protocol == "json");
    if metadata["protocol"] == "smithy-rpc-v2-cbor" && is_json {
        metadata["protocol"] = "json".into();
    }
}

/// Adds what the selection tells of a model: errors that are not declared, and the older protocol.
pub(crate) fn amend(model: &mut Value, selected: &Selected) {
    for (code, status) in selected.errors {
        model["shapes"][*code] = json!({
            "type": "structure", "exception": true, "error": {"httpStatusCode": status},
            "members": {}
        });
    }
    // Texts are spelled by whoever answers with them.
    if model["metadata"]["protocol"] == "rest-json" {
        for shape in model["shapes"].as_object_mut().into_iter().flat_map(Map::values_mut) {
            if shape["type"] == "timestamp" && shape["timestampFormat"] == "iso8601" {
                *shape = json!({"type": "string"});
            }
        }
    }
    let Some(query) = &selected.query else { return };
    model["metadata"]["protocols"] = json!(["json", "query"]);
    model["metadata"]["xmlNamespace"] = query.namespace.into();
    let shapes = &mut model["shapes"];
    for (shape, item) in query.items {
        shapes[*shape]["member"]["locationName"] = (*item).into();
    }
    for (shape, [entry, key, value]) in query.entries {
        shapes[*shape]["locationName"] = (*entry).into();
        shapes[*shape]["key"]["locationName"] = (*key).into();
        shapes[*shape]["value"]["locationName"] = (*value).into();
    }
    for (shape, code, status) in query.codes {
        shapes[*shape]["query"] = (*code).into();
        shapes[*shape]["error"]["httpStatusCode"] = (*status).into();
    }
}

/// Whether a service of JSON is also spelled as forms and XML, as it was before.
pub(crate) fn is_also_query(metadata: &Value) -> bool {
    let is_query = list(&metadata["protocols"]).iter().any(|protocol| protocol == "query");
    metadata["protocol"] == "json" && is_query
}

/// Adds the names of a shape and of all within it.
pub(crate) fn reach<'a>(shapes: &'a Value, name: &'a str, into: &mut BTreeSet<&'a str>) {
    if !into.insert(name) {
        return;
    }
    let shape = &shapes[name];
    for member in object(&shape["members"]).values() {
        reach(shapes, text(member, "shape"), into);
    }
    for key in ["member", "key", "value"] {
        if let Some(inner) = shape[key]["shape"].as_str() {
            reach(shapes, inner, into);
        }
    }
}

/// The structure that a shape is, or that its items or values are.
pub(crate) fn structure_within<'a>(shapes: &'a Value, name: &'a str) -> Option<&'a str> {
    let shape = &shapes[name];
    match text(shape, "type") {
        "structure" => Some(name),
        "list" => structure_within(shapes, text(&shape["member"], "shape")),
        "map" => structure_within(shapes, text(&shape["value"], "shape")),
        _ => None,
    }
}

pub(crate) fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or(String::new(), |c| c.to_ascii_uppercase().to_string() + chars.as_str())
}

/// `KMSKeyArn` → `kms_key_arn`, as fields are named.
pub(crate) fn snake(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (at, c) in chars.iter().enumerate() {
        let after_word = at > 0 && !chars[at - 1].is_ascii_uppercase();
        let before_word = at > 0 && chars.get(at + 1).is_some_and(char::is_ascii_lowercase);
        if c.is_ascii_uppercase() && (after_word || before_word) {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    if matches!(out.as_str(), "type" | "return") { format!("r#{out}") } else { out }
}

pub(crate) fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or("")
}

pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

pub(crate) fn object(value: &Value) -> &Map<String, Value> {
    static EMPTY: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    value.as_object().unwrap_or(&EMPTY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_as_rust_does() {
        assert_eq!(capitalised("vpcId"), "VpcId");
        for (name, field) in [
            ("VpcId", "vpc_id"),
            ("logGroupName", "log_group_name"),
            ("KMSKeyArn", "kms_key_arn"),
            ("S3Bucket", "s3_bucket"),
            ("Ipv6CidrBlock", "ipv6_cidr_block"),
            ("EnableResourceNameDnsAAAARecord", "enable_resource_name_dns_aaaa_record"),
            ("Type", "r#type"),
        ] {
            assert_eq!(snake(name), field);
        }
    }
}
