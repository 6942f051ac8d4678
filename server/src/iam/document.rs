//! Policy documents: whether they are well formed, and what they say to a call.

use serde_json::Value;

use crate::glob::Glob;

/// Why a document cannot be taken, in IAM's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DocumentError(pub(crate) &'static str);

/// A call that may be allowed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Question<'a> {
    /// For instance `ec2:CreateNetworkInterface`.
    pub(crate) action: &'a str,
    /// The ARN of what it is about, or `*`.
    pub(crate) resource: &'a str,
    /// The values of condition keys; all others are absent.
    pub(crate) context: &'a [(&'a str, &'a str)],
}

/// Checks the document of a policy that is attached.
pub(crate) fn check_identity(text: &str) -> Result<(), DocumentError> {
    for statement in statements(&parse(text)?)? {
        if has(statement, "Principal") || has(statement, "NotPrincipal") {
            return Err(DocumentError("Policy document should not specify a principal."));
        }
        if !has(statement, "Resource") && !has(statement, "NotResource") {
            return Err(DocumentError("Policy statement must contain resources."));
        }
        check_statement(statement)?;
    }
    Ok(())
}

/// Checks the document that says who may assume a role.
pub(crate) fn check_trust(text: &str) -> Result<(), DocumentError> {
    for statement in statements(&parse(text)?)? {
        if has(statement, "Resource") || has(statement, "NotResource") {
            return Err(DocumentError("Has prohibited field Resource"));
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
        return Err(DocumentError("Syntax errors in policy."));
    }
    match has(statement, "Action") || has(statement, "NotAction") {
        true => Ok(()),
        false => Err(DocumentError("Policy statement must contain actions.")),
    }
}

fn parse(text: &str) -> Result<Value, DocumentError> {
    let document: Value = serde_json::from_str(text)
        .map_err(|_| DocumentError("This policy contains invalid Json"))?;
    match document.is_object() {
        true => Ok(document),
        false => Err(DocumentError("Syntax errors in policy.")),
    }
}

fn statements(document: &Value) -> Result<Vec<&Value>, DocumentError> {
    let found = match &document["Statement"] {
        one @ Value::Object(_) => vec![one],
        Value::Array(many) => many.iter().collect(),
        _ => return Err(DocumentError("Syntax errors in policy.")),
    };
    match found.is_empty() || found.iter().any(|statement| !statement.is_object()) {
        true => Err(DocumentError("Syntax errors in policy.")),
        false => Ok(found),
    }
}

fn has(statement: &Value, name: &str) -> bool {
    !statement[name].is_null()
}

/// Whether documents together allow a call: some statement does, and none denies.
pub(crate) fn allows<'d>(
    documents: impl Iterator<Item = &'d str>,
    question: &Question<'_>,
) -> bool {
    let mut allowed = false;
    for text in documents {
        // Documents were checked when they came.
        let Ok(document) = parse(text) else { continue };
        for statement in statements(&document).unwrap_or_default() {
            let applies = speaks_of(statement, question) && is_about(statement, question);
            match (applies, statement["Effect"].as_str()) {
                (true, Some("Deny")) if holds(statement, question, true) => return false,
                (true, Some("Allow")) if holds(statement, question, false) => allowed = true,
                _ => {}
            }
        }
    }
    allowed
}

/// Whether a document lets a service assume the role.
pub(crate) fn trusts(text: &str, service: &str, question: &Question<'_>) -> bool {
    let Ok(document) = parse(text) else { return false };
    let mut allowed = false;
    for statement in statements(&document).unwrap_or_default() {
        let principal = &statement["Principal"];
        let named = words(&principal["Service"]).any(|word| word == service);
        let is_everyone = principal == "*" || words(&principal["AWS"]).any(|word| word == "*");
        let applies = (named || is_everyone) && speaks_of(statement, question);
        match (applies, statement["Effect"].as_str()) {
            (true, Some("Deny")) if holds(statement, question, true) => return false,
            // Everyone includes no service.
            (true, Some("Allow")) if named && holds(statement, question, false) => allowed = true,
            _ => {}
        }
    }
    allowed
}

fn speaks_of(statement: &Value, question: &Question<'_>) -> bool {
    let action = question.action.to_ascii_lowercase();
    let named =
        |name| words(&statement[name]).any(|word| glob(&word.to_ascii_lowercase(), &action));
    if has(statement, "NotAction") { !named("NotAction") } else { named("Action") }
}

fn is_about(statement: &Value, question: &Question<'_>) -> bool {
    let named = |name| words(&statement[name]).any(|word| glob(word, question.resource));
    if has(statement, "NotResource") { !named("NotResource") } else { named("Resource") }
}

/// Whether all conditions hold. What cannot be judged counts as `unknown`, so that a denial
/// stands and an allowance does not.
fn holds(statement: &Value, question: &Question<'_>, unknown: bool) -> bool {
    let Some(condition) = statement["Condition"].as_object() else { return true };
    condition.iter().all(|(operator, keys)| {
        let keys = keys.as_object();
        keys.into_iter().flatten().all(|(key, values)| {
            let mut context = question.context.iter();
            let given = context.find(|(name, _)| name.eq_ignore_ascii_case(key));
            compare(operator, given.map(|(_, value)| *value), values).unwrap_or(unknown)
        })
    })
}

/// One condition; none where the operator is not known here.
fn compare(operator: &str, given: Option<&str>, values: &Value) -> Option<bool> {
    let (operator, if_exists) = match operator.strip_suffix("IfExists") {
        Some(operator) => (operator, true),
        None => (operator, false),
    };
    if operator == "Null" {
        return Some(words(values).any(|word| (word == "true") == given.is_none()));
    }
    let (matches, is_negated): (fn(&str, &str) -> bool, bool) = match operator {
        "StringEquals" => (|word, given| word == given, false),
        "StringNotEquals" => (|word, given| word == given, true),
        "StringEqualsIgnoreCase" => (|word, given| word.eq_ignore_ascii_case(given), false),
        "StringNotEqualsIgnoreCase" => (|word, given| word.eq_ignore_ascii_case(given), true),
        "StringLike" | "ArnLike" | "ArnEquals" => (glob, false),
        "StringNotLike" | "ArnNotLike" | "ArnNotEquals" => (glob, true),
        _ => return None,
    };
    let Some(given) = given else { return Some(is_negated || if_exists) };
    Some(words(values).any(|word| matches(word, given)) != is_negated)
}

/// The texts of a member that is one or a list.
fn words(value: &Value) -> impl Iterator<Item = &str> {
    let list = value.as_array().map(Vec::as_slice);
    let list = list.unwrap_or(std::slice::from_ref(value));
    list.iter().filter_map(|word| match word {
        Value::String(text) => Some(text.as_str()),
        Value::Bool(true) => Some("true"),
        Value::Bool(false) => Some("false"),
        _ => None,
    })
}

fn glob(pattern: &str, text: &str) -> bool {
    Glob::plain(pattern).matches(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(statement: &str, action: &str) -> bool {
        let document = format!("{{\"Version\":\"2012-10-17\",\"Statement\":{statement}}}");
        let context = [("aws:SourceAccount", "000000000001")];
        let question = Question { action, resource: "arn:x:1", context: &context };
        allows([document.as_str()].into_iter(), &question)
    }

    #[test]
    fn statements_allow_and_deny() {
        for (statement, action, expected) in [
            (r#"{"Effect":"Allow","Action":"ec2:*","Resource":"*"}"#, "ec2:CreateVpc", true),
            (r#"{"Effect":"Allow","Action":"EC2:create*","Resource":"*"}"#, "ec2:CreateVpc", true),
            (r#"{"Effect":"Allow","Action":["s3:*"],"Resource":"*"}"#, "ec2:CreateVpc", false),
            (r#"{"Effect":"Allow","NotAction":"s3:*","Resource":"*"}"#, "ec2:CreateVpc", true),
            (r#"{"Effect":"Allow","Action":"*","Resource":"arn:x:?"}"#, "a:b", true),
            (r#"{"Effect":"Allow","Action":"*","Resource":"arn:y:*"}"#, "a:b", false),
            (r#"{"Effect":"Allow","Action":"*","NotResource":"arn:y:*"}"#, "a:b", true),
            (
                r#"[{"Effect":"Allow","Action":"*","Resource":"*"},
                    {"Effect":"Deny","Action":"a:b","Resource":"*"}]"#,
                "a:b",
                false,
            ),
            (
                r#"{"Effect":"Allow","Action":"*","Resource":"*",
                    "Condition":{"StringEquals":{"aws:SourceAccount":["000000000001"]}}}"#,
                "a:b",
                true,
            ),
            (
                r#"{"Effect":"Allow","Action":"*","Resource":"*",
                    "Condition":{"StringEquals":{"ec2:Vpc":"x"}}}"#,
                "a:b",
                false,
            ),
            (
                r#"{"Effect":"Allow","Action":"*","Resource":"*",
                    "Condition":{"StringEqualsIfExists":{"ec2:Vpc":"x"},"Null":{"ec2:Vpc":"true"}}}"#,
                "a:b",
                true,
            ),
            (
                r#"[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*",
                    "Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}]"#,
                "a:b",
                false,
            ),
        ] {
            assert_eq!(asked(statement, action), expected, "{statement} {action}");
        }
    }

    #[test]
    fn documents_are_checked_in_iams_words() {
        let good = r#"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
        assert_eq!(check_identity(good), Ok(()));
        assert_eq!(check_trust(good), Err(DocumentError("Has prohibited field Resource")));
        for (bad, message) in [
            ("{", "This policy contains invalid Json"),
            ("[]", "Syntax errors in policy."),
            (r#"{"Statement":[]}"#, "Syntax errors in policy."),
            (
                r#"{"Statement":{"Effect":"Allow","Action":"*"}}"#,
                "Policy statement must contain resources.",
            ),
            (
                r#"{"Statement":{"Effect":"Allow","Resource":"*"}}"#,
                "Policy statement must contain actions.",
            ),
            (
                r#"{"Statement":{"Effect":"May","Action":"*","Resource":"*"}}"#,
                "Syntax errors in policy.",
            ),
        ] {
            assert_eq!(check_identity(bad), Err(DocumentError(message)), "{bad}");
        }
    }
}
