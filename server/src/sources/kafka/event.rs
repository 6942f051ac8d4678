//! Records of topics as functions are given them, and what filters see of them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use engine::record::mapping::{Mapping, SourceKind};
use engine::time::Time;
use serde_json::{Map, Value, json};
use wire::event_pattern::EventPattern;

use super::records::Record;
use crate::sources::record::Spelled;

/// Parts of a record that are base64, and that filters look at as they were sent.
const ENCODED: [&str; 2] = ["value", "key"];

/// A record in the spelling of an event; a key or a value that is null is absent.
pub(super) fn value(topic: &str, partition: i32, record: &Record) -> Value {
    let kind = if record.is_append_time { "LOG_APPEND_TIME" } else { "CREATE_TIME" };
    let mut told = json!({
        "topic": topic,
        "partition": partition,
        "offset": record.offset,
        "timestamp": record.timestamp,
        "timestampType": kind,
    });
    for (name, bytes) in [("key", &record.key), ("value", &record.value)] {
        if let Some(bytes) = bytes {
            told[name] = STANDARD.encode(bytes).into();
        }
    }
    let headers = record.headers.iter().map(|(name, bytes)| {
        // Bytes have signs there.
        let bytes = bytes.iter().map(|byte| json!(*byte as i8)).collect();
        Value::Object(Map::from_iter([(name.clone(), Value::Array(bytes))]))
    });
    told["headers"] = headers.collect();
    told
}

/// A record that was read, with what the engine is told of it.
pub(crate) fn spell(record: &Value) -> Spelled {
    let millis = record["timestamp"].as_u64().unwrap_or(0);
    Spelled {
        event: record.clone(),
        sequence: record["offset"].to_string(),
        lane: 0,
        at: Time(millis.saturating_mul(1_000_000)),
    }
}

/// The whole event, of records of one partition.
pub(crate) fn document(mapping: &Mapping, servers: &str, part: &str, records: &str) -> String {
    let head = match mapping.kind {
        SourceKind::Msk => json!({"eventSource": "aws:kafka", "eventSourceArn": mapping.source}),
        _ => json!({"eventSource": "SelfManagedKafka"}),
    };
    let mut document = head.to_string();
    document.pop();
    let (servers, part) = (Value::from(servers), Value::from(part));
    document
        .push_str(&format!(",\"bootstrapServers\":{servers},\"records\":{{{part}:[{records}]}}}}"));
    document
}

/// Whether a filter matches an event's record. Of a key or a value that is of another form than the
/// filter has it, nothing is asked: the rest decides.
pub(crate) fn is_wanted(event: &Value, filter: &EventPattern) -> bool {
    let mut seen = event.clone();
    let mut asked = filter.clone();
    for name in ENCODED.into_iter().filter(|name| filter.names(name)) {
        let bytes = event[name].as_str().and_then(|text| STANDARD.decode(text).ok());
        let text = match bytes.map(String::from_utf8) {
            Some(Ok(text)) => text,
            Some(Err(_)) => {
                asked = asked.without(name);
                continue;
            }
            // What is null is there for filters that ask whether it is.
            None => continue,
        };
        let parsed = serde_json::from_str::<Value>(&text).ok();
        let parsed = parsed.filter(|value| value.is_object() || value.is_array());
        match (parsed, filter.looks_into(name)) {
            (Some(value), true) => seen[name] = value,
            (None, false) => seen[name] = text.into(),
            (Some(_), false) | (None, true) => asked = asked.without(name),
        }
    }
    asked.matches(&seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(key: Option<&[u8]>, value: Option<&[u8]>) -> Record {
        Record {
            offset: 15,
            timestamp: 1_545_084_650_987,
            is_append_time: false,
            key: key.map(<[u8]>::to_vec),
            value: value.map(<[u8]>::to_vec),
            headers: vec![("h".into(), vec![104, 255])],
        }
    }

    #[test]
    fn records_are_spelled_as_lambda_spells_them() {
        let told = value("t", 3, &record(Some(b"k"), Some(b"hello")));
        let expected = r#"{"topic":"t","partition":3,"offset":15,"timestamp":1545084650987,"timestampType":"CREATE_TIME","key":"aw==","value":"aGVsbG8=","headers":[{"h":[104,-1]}]}"#;
        assert_eq!(told.to_string(), expected);
        let spelled = spell(&told);
        assert_eq!((spelled.sequence.as_str(), spelled.at.millis()), ("15", 1_545_084_650_987));
        let none = value("t", 3, &record(None, None));
        assert!(none.get("key").is_none() && none.get("value").is_none());
    }

    #[test]
    fn filters_see_keys_and_values_as_they_were_sent() {
        let wanted = |filter: &str, bytes: &[u8]| {
            let filter = EventPattern::parse(filter).expect("a pattern");
            is_wanted(&value("t", 3, &record(Some(bytes), Some(bytes))), &filter)
        };
        for part in ["key", "value"] {
            let json = format!(r#"{{"{part}": {{"a": [1]}}}}"#);
            assert!(wanted(&json, br#"{"a": 1}"#) && !wanted(&json, br#"{"a": 2}"#));
            let plain = format!(r#"{{"{part}": ["x"]}}"#);
            assert!(wanted(&plain, b"x") && !wanted(&plain, b"y"));
            // What is of another form is not asked about.
            assert!(wanted(&json, b"x") && wanted(&plain, br#"{"a": 1}"#));
            assert!(wanted(&json, &[0xff]) && wanted(&plain, &[0xff]));
            let both = format!(r#"{{"{part}": {{"a": [1]}}, "partition": [4]}}"#);
            assert!(!wanted(&both, b"x") && !wanted(&both, br#"{"a": 1}"#));
        }
        assert!(wanted(r#"{"partition": [3]}"#, b"x"));
    }
}
