//! What tables tell of their streams, and whether they may have one.

use serde_json::{Value, json};
use wire::dynamodb::{Op, error};

use crate::dynamodb::stream::stored::Stream;
use crate::dynamodb::tables::Tables;
use crate::failure::Failure;

const VIEWS: [&str; 4] = ["NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"];

/// Whether a request has a table's stream enabled or disabled.
pub(in crate::dynamodb) fn changes(op: Op, input: &Value) -> bool {
    matches!(op, Op::CreateTable | Op::UpdateTable) && !input["StreamSpecification"].is_null()
}

/// Refuses a specification that cannot be, or that is already.
pub(in crate::dynamodb) fn check(
    connection: &rusqlite::Connection,
    op: Op,
    input: &Value,
) -> Result<(), Failure> {
    let invalid = |message: String| Err(error("ValidationException", message).into());
    let detected = |value: &str, member: &str, constraint: &str| {
        invalid(format!(
            "1 validation error detected: Value {value} at 'streamSpecification.{member}' failed to \
             satisfy constraint: Member must {constraint}"
        ))
    };
    let (given, table) = (&input["StreamSpecification"], &input["TableName"]);
    let table = table.as_str().unwrap_or_default();
    let Some(enables) = given["StreamEnabled"].as_bool() else {
        return detected("null", "streamEnabled", "not be null");
    };
    match given["StreamViewType"].as_str() {
        Some(view) if !VIEWS.contains(&view) => {
            let constraint = format!("satisfy enum value set: [{}]", VIEWS.join(", "));
            return detected(&format!("'{view}'"), "streamViewType", &constraint);
        }
        None if enables => {
            return invalid(
                "One or more parameter values were invalid: StreamViewType is missing of a stream \
                 that is enabled"
                    .to_owned(),
            );
        }
        Some(_) if !enables && op == Op::UpdateTable => {
            return invalid(
                "One or more parameter values were invalid: StreamViewType is given of a stream that \
                 is disabled"
                    .to_owned(),
            );
        }
        _ => {}
    }
    let exists = "SELECT 1 FROM _tables WHERE table_name = ?1";
    if op == Op::CreateTable || !connection.prepare_cached(exists)?.exists([table])? {
        return Ok(());
    }
    let is_open = Stream::latest(connection, table)?.is_some_and(|stream| stream.is_open());
    match (enables, is_open) {
        (true, true) => invalid(format!("Table already has an enabled stream: TableName: {table}")),
        (false, false) => invalid(format!("Table has no stream to disable: TableName: {table}")),
        _ => Ok(()),
    }
}

/// Has the description of a table in an answer tell its stream as it is outside.
pub(in crate::dynamodb) fn told(tables: &Tables, answer: &mut Value) -> Result<(), Failure> {
    for member in ["TableDescription", "Table"] {
        let Some(description) = answer.get_mut(member).and_then(Value::as_object_mut) else {
            continue;
        };
        for own in ["StreamSpecification", "LatestStreamArn", "LatestStreamLabel"] {
            description.remove(own);
        }
        let name = description["TableName"].as_str().unwrap_or_default().to_owned();
        let latest = Stream::latest(&tables.side().connection, &name)?;
        let Some(stream) = latest else { continue };
        if stream.is_open() {
            let specification = json!({"StreamEnabled": true, "StreamViewType": stream.view_type});
            description.insert("StreamSpecification".to_owned(), specification);
        }
        let arn = stream.arn(&tables.scope);
        description.insert("LatestStreamArn".to_owned(), arn.into());
        description.insert("LatestStreamLabel".to_owned(), stream.label.into());
    }
    Ok(())
}
