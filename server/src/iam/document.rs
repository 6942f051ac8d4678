//! Policy documents: whether they are well formed.

use serde_json::Value;

use crate::iam::condition::Operator;

/// Why a document cannot be taken, in IAM's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DocumentError(pub(crate) &'static str);

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

/// Checks the document of a policy that a thing has itself.
pub(crate) fn check_resource(text: &str) -> Result<(), DocumentError> {
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
        return Err(DocumentError("Syntax errors in policy."));
    }
    if !has(statement, "Action") && !has(statement, "NotAction") {
        return Err(DocumentError("Policy statement must contain actions."));
    }
    // What is not understood is refused: nobody can say to whom it would apply.
    let conditions = match &statement["Condition"] {
        Value::Null => return Ok(()),
        Value::Object(conditions) => conditions,
        _ => return Err(DocumentError("Syntax errors in policy.")),
    };
    let is_good = conditions.iter().all(|(operator, keys)| {
        let known = Operator::parse(operator).is_some();
        known && keys.as_object().is_some_and(|keys| keys.values().all(are_words))
    });
    match is_good {
        true => Ok(()),
        false => Err(DocumentError("Syntax errors in policy.")),
    }
}

/// Whether a member is a plain value, or a list of such.
fn are_words(value: &Value) -> bool {
    let is_word = |value: &Value| value.is_string() || value.is_boolean() || value.is_number();
    value.as_array().map_or(is_word(value), |list| list.iter().all(is_word))
}

/// Reads a document.
pub(super) fn parse(text: &str) -> Result<Value, DocumentError> {
    let document: Value = serde_json::from_str(text)
        .map_err(|_| DocumentError("This policy contains invalid Json"))?;
    match document.is_object() {
        true => Ok(document),
        false => Err(DocumentError("Syntax errors in policy.")),
    }
}

/// The statements of a document.
pub(super) fn statements(document: &Value) -> Result<Vec<&Value>, DocumentError> {
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

/// Whether a statement has a member.
pub(super) fn has(statement: &Value, name: &str) -> bool {
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
            (
                r#"{"Statement":{"Effect":"Deny","Action":"*","Resource":"*",
                    "Condition":{"StringResembles":{"aws:username":"x"}}}}"#,
                "Syntax errors in policy.",
            ),
        ] {
            assert_eq!(check_identity(bad), Err(DocumentError(message)), "{bad}");
        }
    }
}
