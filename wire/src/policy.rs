//! Policy documents: whether they are well formed, as IAM's grammar has it.
//!
//! What is not understood is refused when a document comes: nobody could say whom it lets in, nor whom
//! it keeps out.

use serde_json::Value;

/// Why a document cannot be taken, in IAM's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentError(pub &'static str);

const NO_VENDOR: DocumentError =
    DocumentError("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
const SYNTAX: DocumentError = DocumentError("Syntax errors in policy.");

/// The members of a document, and of a statement.
const MEMBERS: [&str; 3] = ["Id", "Statement", "Version"];
const OF_STATEMENT: [&str; 9] = [
    "Action",
    "Condition",
    "Effect",
    "NotAction",
    "NotPrincipal",
    "NotResource",
    "Principal",
    "Resource",
    "Sid",
];
/// The kinds of principals.
const PRINCIPALS: [&str; 4] = ["AWS", "CanonicalUser", "Federated", "Service"];
/// The operators of conditions, without what stands before and behind them.
pub const OPERATORS: [&str; 27] = [
    "ArnEquals",
    "ArnLike",
    "ArnNotEquals",
    "ArnNotLike",
    "BinaryEquals",
    "Bool",
    "DateEquals",
    "DateGreaterThan",
    "DateGreaterThanEquals",
    "DateLessThan",
    "DateLessThanEquals",
    "DateNotEquals",
    "IpAddress",
    "NotIpAddress",
    "Null",
    "NumericEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericNotEquals",
    "StringEquals",
    "StringEqualsIgnoreCase",
    "StringLike",
    "StringNotEquals",
    "StringNotEqualsIgnoreCase",
    "StringNotLike",
];

/// Whether a condition may have this operator.
pub fn is_operator(name: &str) -> bool {
    let name = match name.split_once(':') {
        Some(("ForAllValues" | "ForAnyValue", name)) => name,
        Some(_) => return false,
        None => name,
    };
    let plain = name.strip_suffix("IfExists").unwrap_or(name);
    OPERATORS.contains(&plain) && name != "NullIfExists"
}

/// Checks the document of a policy that is attached to a user, group or role.
///
/// # Errors
/// Why it cannot be taken.
pub fn check_identity(text: &str) -> Result<(), DocumentError> {
    for statement in statements(&parse(text)?)? {
        if has(statement, "Principal") || has(statement, "NotPrincipal") {
            return Err(DocumentError("Policy document should not specify a principal."));
        }
        if !has(statement, "Resource") && !has(statement, "NotResource") {
            return Err(DocumentError("Policy statement must contain resources."));
        }
        check_statement(statement)?;
        check_vendors(statement)?;
    }
    Ok(())
}

/// Checks the document that says who may assume a role.
///
/// # Errors
/// Why it cannot be taken.
pub fn check_trust(text: &str) -> Result<(), DocumentError> {
    for statement in statements(&parse(text)?)? {
        if has(statement, "Resource") || has(statement, "NotResource") {
            return Err(DocumentError("Has prohibited field Resource"));
        }
        if !has(statement, "Principal") && !has(statement, "NotPrincipal") {
            return Err(DocumentError("Missing required field Principal"));
        }
        check_statement(statement)?;
        check_vendors(statement)?;
    }
    Ok(())
}

/// Checks the document of a policy that a thing has itself.
///
/// # Errors
/// Why it cannot be taken.
pub fn check_resource(text: &str) -> Result<(), DocumentError> {
    for statement in statements(&parse(text)?)? {
        if !has(statement, "Resource") && !has(statement, "NotResource") {
            return Err(DocumentError("Policy statement must contain resources."));
        }
        if !has(statement, "Principal") && !has(statement, "NotPrincipal") {
            return Err(DocumentError("Missing required field Principal"));
        }
        check_statement(statement)?;
    }
    Ok(())
}

fn check_statement(statement: &Value) -> Result<(), DocumentError> {
    if !matches!(statement["Effect"].as_str(), Some("Allow" | "Deny")) {
        return Err(SYNTAX);
    }
    if !has(statement, "Action") && !has(statement, "NotAction") {
        return Err(DocumentError("Policy statement must contain actions."));
    }
    let members = statement.as_object().into_iter().flatten();
    let is_known = |(name, value): (&String, &Value)| {
        OF_STATEMENT.contains(&name.as_str()) && !value.is_null()
    };
    let sid = &statement["Sid"];
    let is_good = members.clone().all(is_known)
        && (sid.is_null() || sid.is_string())
        && either(statement, "Action", "NotAction").is_some_and(are_texts)
        && either(statement, "Resource", "NotResource").is_none_or(are_texts)
        && either(statement, "Principal", "NotPrincipal").is_none_or(are_principals)
        && are_conditions(&statement["Condition"])
        && [("Action", "NotAction"), ("Resource", "NotResource"), ("Principal", "NotPrincipal")]
            .iter()
            .all(|(one, other)| !(has(statement, one) && has(statement, other)));
    if is_good { Ok(()) } else { Err(SYNTAX) }
}

/// Whether actions and the keys of conditions say whose they are.
fn check_vendors(statement: &Value) -> Result<(), DocumentError> {
    let given = either(statement, "Action", "NotAction").unwrap_or(&Value::Null);
    let actions = given.as_array().map_or(std::slice::from_ref(given), Vec::as_slice);
    let mut actions = actions.iter().filter_map(Value::as_str).filter(|action| *action != "*");
    let conditions = statement["Condition"].as_object().into_iter().flatten();
    let mut keys = conditions.flat_map(|(_, keys)| keys.as_object().into_iter().flatten());
    if actions.any(|action| !action.contains(':')) || keys.any(|(key, _)| !key.contains(':')) {
        return Err(NO_VENDOR);
    }
    Ok(())
}

/// The one of two members that there is.
fn either<'a>(statement: &'a Value, one: &str, other: &str) -> Option<&'a Value> {
    [one, other].iter().map(|name| &statement[*name]).find(|value| !value.is_null())
}

/// Whether a member is a text, or a list of such.
fn are_texts(value: &Value) -> bool {
    let is_text = |value: &Value| value.as_str().is_some_and(|text| !text.is_empty());
    match value.as_array() {
        Some(list) => !list.is_empty() && list.iter().all(is_text),
        None => is_text(value),
    }
}

/// Whether a member names principals.
pub fn are_principals(value: &Value) -> bool {
    let of_kinds = |kinds: &serde_json::Map<String, Value>| {
        let is_good = |(kind, named): (&String, &Value)| {
            PRINCIPALS.contains(&kind.as_str()) && are_texts(named)
        };
        !kinds.is_empty() && kinds.iter().all(is_good)
    };
    value == "*" || value.as_object().is_some_and(of_kinds)
}

/// Whether a member has conditions, each with an operator that is known, or is not there.
pub fn are_conditions(value: &Value) -> bool {
    let is_good = |(operator, keys): (&String, &Value)| {
        is_operator(operator) && keys.as_object().is_some_and(|keys| keys.values().all(are_words))
    };
    match value {
        Value::Null => true,
        Value::Object(conditions) => conditions.iter().all(is_good),
        _ => false,
    }
}

/// Whether a member is a plain value, or a list of such.
fn are_words(value: &Value) -> bool {
    let is_word = |value: &Value| value.is_string() || value.is_boolean() || value.is_number();
    value.as_array().map_or(is_word(value), |list| list.iter().all(is_word))
}

/// Reads a document.
fn parse(text: &str) -> Result<Value, DocumentError> {
    let document: Value = serde_json::from_str(text)
        .map_err(|_| DocumentError("This policy contains invalid Json"))?;
    let members = document.as_object().ok_or(SYNTAX)?;
    if members.keys().any(|name| !MEMBERS.contains(&name.as_str())) {
        return Err(SYNTAX);
    }
    match &document["Version"] {
        Value::Null => Ok(document),
        version if version == "2012-10-17" || version == "2008-10-17" => Ok(document),
        _ => Err(DocumentError("The policy must contain a valid version string")),
    }
}

/// The statements of a document.
fn statements(document: &Value) -> Result<Vec<&Value>, DocumentError> {
    let found = match &document["Statement"] {
        one @ Value::Object(_) => vec![one],
        Value::Array(many) => many.iter().collect(),
        _ => return Err(SYNTAX),
    };
    match found.is_empty() || found.iter().any(|statement| !statement.is_object()) {
        true => Err(SYNTAX),
        false => Ok(found),
    }
}

/// Whether a statement has a member.
fn has(statement: &Value, name: &str) -> bool {
    !statement[name].is_null()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_checked_in_iams_words() {
        let good = r#"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
        assert_eq!(check_identity(good), Ok(()));
        assert_eq!(check_trust(good), Err(DocumentError("Has prohibited field Resource")));
        for (bad, message) in [
            ("{", "This policy contains invalid Json"),
            ("[]", "Syntax errors in policy."),
            (r#"{"Statement":[]}"#, "Syntax errors in policy."),
            (r#"{"Statement":[7]}"#, "Syntax errors in policy."),
            (
                r#"{"Statement":{"Effect":"Allow","Action":"*"}}"#,
                "Policy statement must contain resources.",
            ),
            (
                r#"{"Statement":{"Effect":"Allow","Resource":"*"}}"#,
                "Policy statement must contain actions.",
            ),
            (
                r#"{"Statement":{"Effect":"Allow","Action":["s3:*","zz"],"Resource":"*"}}"#,
                NO_VENDOR.0,
            ),
            (
                r#"{"Statement":{"Effect":"Deny","NotAction":"*","Resource":"*",
                    "Condition":{"Bool":{"zz":true}}}}"#,
                NO_VENDOR.0,
            ),
            (
                r#"{"Version":"2012-10-18","Statement":[]}"#,
                "The policy must contain a valid version string",
            ),
        ] {
            assert_eq!(check_identity(bad), Err(DocumentError(message)), "{bad}");
        }
    }

    #[test]
    fn what_is_not_understood_of_a_statement_is_refused() {
        for (change, good) in [
            (r#""Sid":"s""#, true),
            (r#""Sid":7"#, false),
            (r#""Effect":"May""#, false),
            (r#""Effect":"deny""#, false),
            (r#""Effects":"Deny""#, false),
            (r#""Action":7"#, false),
            (r#""Action":[]"#, false),
            (r#""Action":["a:b",7]"#, false),
            (r#""NotAction":"a:b""#, false),
            (r#""Resource":{"a":"b"}"#, false),
            (r#""NotResource":"arn:x""#, false),
            (r#""Principal":"*""#, true),
            (r#""Principal":{"AWS":["1","2"],"Service":"x"}"#, true),
            (r#""Principal":"1""#, false),
            (r#""Principal":{"Aws":"1"}"#, false),
            (r#""Principal":{"AWS":7}"#, false),
            (r#""Principal":{}"#, false),
            (r#""NotPrincipal":"*""#, false),
            (r#""Condition":{}"#, true),
            (r#""Condition":[]"#, false),
            (r#""Condition":{"StringResembles":{"a":"x"}}"#, false),
            (r#""Condition":{"StringEquals":"x"}"#, false),
            (r#""Condition":{"StringEquals":{"a":{}}}"#, false),
            (r#""Condition":{"ForAnyValue:StringLikeIfExists":{"a":["x",7,true]}}"#, true),
            (r#""Condition":{"NullIfExists":{"a":true}}"#, false),
        ] {
            // Of two members of one name the last counts.
            let text = format!(
                r#"{{"Statement":[{{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*",{change}}}]}}"#
            );
            assert_eq!(check_resource(&text).is_ok(), good, "{text}");
        }
    }
}
