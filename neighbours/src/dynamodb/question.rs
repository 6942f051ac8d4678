//! What is asked of dynoxide: requests as it reads them, of tables that are named or told by ARN.

use dynoxide::DynoxideError;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use wire::ApiError;
use wire::dynamodb::error;

use crate::operation::Scope;

/// What stands before tables in dynoxide's own ARNs.
pub(in crate::dynamodb) const LOCAL: &str = "arn:aws:dynamodb:dynoxide:000000000000:";

/// What stands before tables in the ARNs of a scope.
pub(in crate::dynamodb) fn prefix(scope: &Scope) -> String {
    scope.arn("dynamodb", "")
}

/// A request with names in the place of ARNs, and the ARNs that were given for tables, by their names.
///
/// # Errors
/// When an ARN is of another account or region.
pub(in crate::dynamodb) fn localised(
    scope: &Scope,
    mut input: Value,
) -> Result<(Value, Map<String, Value>), ApiError> {
    let mut given = Map::new();
    let prefix = prefix(scope);
    if let Some(arn) = input["ResourceArn"].as_str() {
        match arn.strip_prefix(&prefix) {
            Some(rest) => input["ResourceArn"] = format!("{LOCAL}{rest}").into(),
            None if arn.starts_with("arn:aws:dynamodb:") => return Err(elsewhere(arn)),
            // It is refused as what it is.
            None => {}
        }
    }
    name_table(&prefix, &mut input)?;
    for item in input["TransactItems"].as_array_mut().into_iter().flatten() {
        for part in item.as_object_mut().into_iter().flat_map(Map::values_mut) {
            name_table(&prefix, part)?;
        }
    }
    if let Some(tables) = input["RequestItems"].as_object_mut() {
        for (name, of) in std::mem::take(tables) {
            let table = name_of(&prefix, &name)?.to_owned();
            if table != name {
                given.insert(table.clone(), name.into());
            }
            if tables.insert(table, of).is_some() {
                let message = "The same table is given by its name and by its ARN.";
                return Err(error("ValidationException", message));
            }
        }
    }
    // Members that were looked at and are not there.
    if let Some(members) = input.as_object_mut() {
        members.retain(|_, value| !value.is_null());
    }
    Ok((input, given))
}

fn name_table(prefix: &str, of: &mut Value) -> Result<(), ApiError> {
    if let Some(given) = of.get("TableName").and_then(Value::as_str) {
        let name = name_of(prefix, given)?;
        if name != given {
            of["TableName"] = name.to_owned().into();
        }
    }
    Ok(())
}

fn name_of<'a>(prefix: &str, given: &'a str) -> Result<&'a str, ApiError> {
    if !given.starts_with("arn:") {
        return Ok(given);
    }
    let name = given.strip_prefix(prefix).and_then(|it| it.strip_prefix("table/"));
    name.ok_or_else(|| elsewhere(given))
}

fn elsewhere(arn: &str) -> ApiError {
    let message = format!("Requested resource not found: ResourcArn: {arn} not found");
    error("ResourceNotFoundException", message)
}

/// A request as dynoxide reads it.
///
/// # Errors
/// As DynamoDB refuses what does not have a request's form.
pub(in crate::dynamodb) fn read<T: DeserializeOwned>(
    operation: &str,
    input: &Value,
) -> Result<T, DynoxideError> {
    serde_json::from_str(&input.to_string()).map_err(|why| classified(operation, &why.to_string()))
}

/// The error that dynoxide marks in what its readers say.
fn classified(operation: &str, said: &str) -> DynoxideError {
    let plain = |text: &str| match text.rfind(" at line ") {
        Some(at) => text[..at].to_owned(),
        None => text.to_owned(),
    };
    let is_enveloped = matches!(operation, "PutItem" | "UpdateItem");
    if let Some(text) = said.strip_prefix("VALIDATION_REQUEST:") {
        let text = plain(text);
        return DynoxideError::ValidationException(match is_enveloped {
            true => format!("1 validation error detected: {text}"),
            false => text,
        });
    }
    for marker in ["VALIDATION:", "VALIDATION_AS_READ:"] {
        if let Some(text) = said.strip_prefix(marker) {
            return DynoxideError::ValidationException(plain(text));
        }
    }
    for marker in ["SERIALIZATION:", "SERIALIZATION_AS_READ:"] {
        if let Some(text) = said.strip_prefix(marker) {
            return DynoxideError::SerializationException(plain(text));
        }
    }
    let text = plain(said);
    if text.contains("empty AttributeValue") {
        let message = "Supplied AttributeValue is empty, must contain exactly one of the supported \
                       datatypes";
        return DynoxideError::ValidationException(message.to_owned());
    }
    let is_invalid =
        ["missing field", "unknown variant", "invalid type: null", "Supplied AttributeValue"];
    match is_invalid.iter().any(|it| text.contains(it)) {
        true => DynoxideError::ValidationException(text),
        false => DynoxideError::SerializationException(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn tables_are_named_by_their_own_arns_and_by_no_others() {
        let scope = Scope { account: 7, region: "eu-west-1".to_owned() };
        let arn = "arn:aws:dynamodb:eu-west-1:000000000007:table/orders";
        let (named, _) = localised(&scope, json!({"TableName": arn})).expect("its own");
        assert_eq!(named, json!({"TableName": "orders"}));
        let items = json!({"TransactItems": [{"Put": {"TableName": arn}}]});
        let (named, _) = localised(&scope, items).expect("its own");
        assert_eq!(named, json!({"TransactItems": [{"Put": {"TableName": "orders"}}]}));
        let (named, given) =
            localised(&scope, json!({"RequestItems": {arn: []}})).expect("its own");
        assert_eq!(named, json!({"RequestItems": {"orders": []}}));
        assert_eq!(given["orders"], arn);
        for other in ["us-east-1:000000000007", "eu-west-1:000000000008"] {
            let arn = format!("arn:aws:dynamodb:{other}:table/orders");
            for member in ["TableName", "ResourceArn"] {
                let refused = localised(&scope, json!({member: arn})).expect_err("another's");
                assert_eq!(refused.code, "ResourceNotFoundException");
            }
        }
    }

    #[test]
    fn no_mark_of_the_library_is_told() {
        for (said, told) in [
            ("VALIDATION:a b at line 1 column 2", "ValidationException a b"),
            ("VALIDATION_REQUEST:a", "ValidationException 1 validation error detected: a"),
            ("SERIALIZATION:a", "SerializationException a"),
            ("missing field `x` at line 1 column 2", "ValidationException missing field `x`"),
        ] {
            let why = classified("PutItem", said);
            let code = why.error_type().rsplit('#').next().expect("a code");
            assert_eq!(format!("{code} {why}"), told);
        }
    }
}
