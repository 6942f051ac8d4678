//! Whether a policy lets everybody in, as S3 tells it.

use std::net::IpAddr;

use serde_json::Value;

/// Keys of conditions that say who asks, or from where: of fixed values of one, everybody is not.
const FIXING: [&str; 12] = [
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceip",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:userid",
    "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn",
];
/// Operators that hold of nothing but what is listed.
const OPERATORS: [&str; 6] =
    ["ArnEquals", "ArnLike", "IpAddress", "StringEquals", "StringEqualsIgnoreCase", "StringLike"];
/// The shortest prefixes that a range of addresses may have and not be everybody's.
const V4: u8 = 8;
const V6: u8 = 32;

/// Whether a policy has a statement that lets everybody in.
pub(super) fn is_public(document: &Value) -> bool {
    let is_open = |statement: &Value| {
        statement["Effect"] == "Allow" && names_everybody(statement) && !is_fixed(statement)
    };
    match &document["Statement"] {
        Value::Array(statements) => statements.iter().any(is_open),
        one => is_open(one),
    }
}

/// Whether a bucket's policy lets in nobody of other accounts, since it would let in everybody and the
/// bucket's public access block is against that. What it denies is denied to them in any case.
pub(super) fn is_restricted(policy: &str, block: Option<&Value>) -> bool {
    block.is_some_and(|block| block["RestrictPublicBuckets"] == true)
        && serde_json::from_str(policy).is_ok_and(|document| is_public(&document))
}

fn names_everybody(statement: &Value) -> bool {
    let is_everybody = |named: &Value| words(named).any(|word| word == "*");
    let principal = &statement["Principal"];
    !statement["NotPrincipal"].is_null()
        || principal == "*"
        || principal.as_object().is_some_and(|kinds| kinds.values().any(is_everybody))
}

/// Whether a condition holds a statement to those who are listed.
fn is_fixed(statement: &Value) -> bool {
    let conditions = statement["Condition"].as_object().into_iter().flatten();
    conditions
        .filter(|(operator, _)| {
            let plain = operator.strip_prefix("ForAnyValue:").unwrap_or(operator);
            OPERATORS.contains(&plain)
        })
        .flat_map(|(_, keys)| keys.as_object().into_iter().flatten())
        .any(|(key, values)| {
            let key = key.to_ascii_lowercase();
            let is_good = if key == "aws:sourceip" { is_range } else { is_plain };
            FIXING.contains(&key.as_str())
                && words(values).next().is_some()
                && words(values).all(is_good)
        })
}

/// Whether a value has neither wildcards nor variables.
fn is_plain(value: &str) -> bool {
    !value.contains(['*', '?', '$'])
}

/// Whether a value is a range of addresses that is not as good as all of them.
fn is_range(value: &str) -> bool {
    let (address, length) = match value.split_once('/') {
        Some((address, length)) => (address, length.parse::<u8>().ok()),
        None => (value, Some(u8::MAX)),
    };
    let least = match address.parse::<IpAddr>() {
        Ok(IpAddr::V4(_)) => V4,
        Ok(IpAddr::V6(_)) => V6,
        Err(_) => return false,
    };
    length.is_some_and(|length| length >= least)
}

/// A text, or the texts of a list.
fn words(value: &Value) -> impl Iterator<Item = &str> {
    let list = value.as_array().into_iter().flatten().filter_map(Value::as_str);
    value.as_str().into_iter().chain(list)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn policies_are_public_where_nothing_holds_them_to_somebody() {
        let of = |change: Value| {
            let mut statement = json!({"Effect": "Allow", "Principal": "*",
                "Action": "s3:GetObject", "Resource": "arn:aws:s3:::mine/*"});
            for (name, value) in change.as_object().expect("members") {
                statement[name] = value.clone();
            }
            is_public(&json!({"Statement": [statement]}))
        };
        let on = |operator: &str, key: &str, value: &str| {
            of(json!({"Condition": {operator: {key: value}}}))
        };
        assert!(of(json!({})));
        assert!(of(json!({"Principal": {"AWS": ["000000000002", "*"]}})));
        assert!(!of(json!({"Principal": {"AWS": "000000000002"}})));
        assert!(!of(json!({"Principal": {"Service": "sns.amazonaws.com"}})));
        assert!(!of(json!({"Effect": "Deny"})));
        assert!(!on("StringEquals", "aws:SourceAccount", "000000000002"));
        assert!(!on("ForAnyValue:StringLike", "AWS:PrincipalOrgID", "o-1"));
        assert!(on("StringLike", "aws:PrincipalOrgID", "*"));
        assert!(on("StringEqualsIfExists", "aws:SourceAccount", "000000000002"));
        assert!(on("StringNotEquals", "aws:SourceAccount", "000000000002"));
        assert!(on("StringEquals", "aws:Referer", "x"));
        assert!(!on("IpAddress", "aws:SourceIp", "10.0.0.0/8"));
        assert!(on("IpAddress", "aws:SourceIp", "0.0.0.0/0"));
    }

    #[test]
    fn a_public_policy_is_restricted_where_the_block_says_so() {
        let policy = |principal: &str| {
            let statement = json!({"Effect": "Allow", "Principal": {"AWS": principal},
                "Action": "s3:GetObject", "Resource": "arn:aws:s3:::mine/*"});
            json!({"Statement": [statement]}).to_string()
        };
        let block =
            |is_on: bool| json!({"BlockPublicPolicy": true, "RestrictPublicBuckets": is_on});
        assert!(is_restricted(&policy("*"), Some(&block(true))));
        assert!(!is_restricted(&policy("000000000002"), Some(&block(true))));
        assert!(!is_restricted(&policy("*"), Some(&block(false))));
        assert!(!is_restricted(&policy("*"), Some(&json!({"BlockPublicPolicy": true}))));
        assert!(!is_restricted(&policy("*"), None));
    }
}
