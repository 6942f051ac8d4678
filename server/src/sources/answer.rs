//! What a function's answer says of the records that it was given.

use engine::sources::command::{BatchOutcome, RecordKey};
use serde_json::Value;

/// Reads an answer of a function whose mapping has `ReportBatchItemFailures`; `records` are those
/// of the batch, with their ids.
pub(crate) fn read(answer: &[u8], records: &[(String, RecordKey)]) -> BatchOutcome {
    let failed = |why: &str| BatchOutcome::Failed(why.to_owned());
    let Ok(answer) = serde_json::from_slice::<Value>(answer) else {
        return failed("its answer is not JSON");
    };
    let list = match &answer {
        Value::Null => return BatchOutcome::Taken,
        Value::Object(answer) => match answer.get("batchItemFailures") {
            None | Some(Value::Null) => return BatchOutcome::Taken,
            Some(Value::Array(list)) => list,
            Some(_) => return failed("its batchItemFailures are no list"),
        },
        _ => return failed("its answer is no object"),
    };
    let mut named = Vec::new();
    for item in list {
        let id = identifier(&item["itemIdentifier"]).filter(|id| !id.is_empty());
        let Some(id) = id else { return failed("it names a record without an itemIdentifier") };
        let Some((_, key)) = records.iter().find(|(record, _)| *record == id) else {
            return failed("it names a record that was not in the batch");
        };
        named.push(*key);
    }
    match named.is_empty() {
        true => BatchOutcome::Taken,
        false => BatchOutcome::Partial(named),
    }
}

/// What a record of a topic is called: by its partition, as `topic-0`, and its offset.
pub(crate) fn name(partition: &str, offset: &str) -> String {
    format!("{partition}:{offset}")
}

/// What an answer calls a record by: its id, or of a topic its partition and offset.
fn identifier(item: &Value) -> Option<String> {
    let Value::Object(item) = item else { return item.as_str().map(str::to_owned) };
    let partition = item.get("partition")?.as_str()?;
    match item.get("offset")? {
        Value::Number(offset) => Some(name(partition, &offset.to_string())),
        Value::String(offset) => Some(name(partition, offset)),
        _ => None,
    }
}

/// The state of a tumbling window that an answer tells, as JSON.
pub(crate) fn state(answer: &[u8]) -> Result<String, &'static str> {
    let answer = serde_json::from_slice::<Value>(answer).map_err(|_| "its answer is not JSON")?;
    match answer.get("state") {
        Some(state @ Value::Object(_)) => Ok(state.to_string()),
        _ => Err("its answer has no state of the tumbling window"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_topics_are_named_by_partition_and_offset() {
        let records = [(name("t-0", "7"), RecordKey(1)), (name("t-0", "8"), RecordKey(2))];
        let read = |item: &str| {
            let answer = format!(r#"{{"batchItemFailures": [{{"itemIdentifier": {item}}}]}}"#);
            read(answer.as_bytes(), &records)
        };
        let second = BatchOutcome::Partial(vec![RecordKey(2)]);
        assert_eq!(read(r#"{"partition": "t-0", "offset": 8}"#), second);
        assert_eq!(read(r#"{"partition": "t-0", "offset": "8"}"#), second);
        for none in [r#"{"partition": "t-1", "offset": 8}"#, r#"{"offset": 8}"#, "8", "{}"] {
            assert!(matches!(read(none), BatchOutcome::Failed(_)), "{none}");
        }
    }

    #[test]
    fn states_are_objects() {
        assert_eq!(state(br#"{"state": {"a": 1}}"#).as_deref(), Ok("{\"a\":1}"));
        for none in ["x", "null", "{}", r#"{"state": 1}"#, r#"{"state": null}"#] {
            assert!(state(none.as_bytes()).is_err(), "{none}");
        }
    }

    #[test]
    fn answers_are_read_as_documented() {
        let records = [("a".to_owned(), RecordKey(1)), ("b".to_owned(), RecordKey(2))];
        let read = |answer: &str| read(answer.as_bytes(), &records);
        for all in ["null", "{}", r#"{"batchItemFailures": null}"#, r#"{"batchItemFailures": []}"#]
        {
            assert_eq!(read(all), BatchOutcome::Taken, "{all}");
        }
        let partial = r#"{"batchItemFailures": [{"itemIdentifier": "b"}]}"#;
        assert_eq!(read(partial), BatchOutcome::Partial(vec![RecordKey(2)]));
        for none in [
            "x",
            "\"text\"",
            r#"{"batchItemFailures": {}}"#,
            r#"{"batchItemFailures": [{"itemIdentifier": ""}]}"#,
            r#"{"batchItemFailures": [{"itemIdentifier": null}]}"#,
            r#"{"batchItemFailures": [{"item": "a"}]}"#,
            r#"{"batchItemFailures": [{"itemIdentifier": "a"}, {"itemIdentifier": "c"}]}"#,
        ] {
            assert!(matches!(read(none), BatchOutcome::Failed(_)), "{none}");
        }
    }
}
