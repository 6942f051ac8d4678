//! Messages of queues as functions are given them, and what filters see of them.

use serde_json::{Map, Value, json};
use wire::event_pattern::EventPattern;

/// A message as `ReceiveMessage` spells it, in the spelling of an event's record.
pub fn record(message: &Value, arn: &str, region: &str) -> Value {
    let text = |name: &str| message[name].as_str().unwrap_or_default();
    let attributes = message["MessageAttributes"].as_object();
    let attributes: Map<String, Value> = attributes
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.clone(), attribute(value)))
        .collect();
    let mut record = json!({
        "messageId": text("MessageId"),
        "receiptHandle": text("ReceiptHandle"),
        "body": text("Body"),
        "attributes": message.get("Attributes").cloned().unwrap_or_else(|| json!({})),
        "messageAttributes": attributes,
        "md5OfBody": text("MD5OfBody"),
        "eventSource": "aws:sqs",
        "eventSourceARN": arn,
        "awsRegion": region,
    });
    if let Some(digest) = message["MD5OfMessageAttributes"].as_str() {
        record["md5OfMessageAttributes"] = digest.into();
    }
    record
}

fn attribute(value: &Value) -> Value {
    let mut attribute = Map::new();
    for (name, spelled) in [("StringValue", "stringValue"), ("BinaryValue", "binaryValue")] {
        if let Some(text) = value.get(name).filter(|text| !text.is_null()) {
            attribute.insert(spelled.into(), text.clone());
        }
    }
    attribute.insert("stringListValues".into(), json!([]));
    attribute.insert("binaryListValues".into(), json!([]));
    attribute.insert("dataType".into(), value["DataType"].clone());
    Value::Object(attribute)
}

/// Whether one of the filters matches a record, or there is none.
pub fn is_wanted(record: &Value, filters: &[EventPattern]) -> bool {
    filters.is_empty() || filters.iter().any(|filter| matches(record, filter))
}

/// A body is looked into where the filter does; one that is of another form does not match.
fn matches(record: &Value, filter: &EventPattern) -> bool {
    if !filter.looks_into("body") {
        return filter.matches(record);
    }
    let body = record["body"].as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
    let Some(body) = body.filter(|body| body.is_object() || body.is_array()) else { return false };
    let mut seen = record.clone();
    seen["body"] = body;
    filter.matches(&seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_spelled_as_records() {
        let message = json!({
            "MessageId": "m", "ReceiptHandle": "h", "MD5OfBody": "d", "Body": "hello",
            "Attributes": {"ApproximateReceiveCount": "1"}, "MD5OfMessageAttributes": "e",
            "MessageAttributes": {"a": {"StringValue": "x", "DataType": "String"}},
        });
        let arn = "arn:aws:sqs:eu-west-1:000000000000:q";
        let expected = json!({
            "messageId": "m", "receiptHandle": "h", "body": "hello",
            "attributes": {"ApproximateReceiveCount": "1"},
            "messageAttributes": {"a": {"stringValue": "x", "stringListValues": [],
                "binaryListValues": [], "dataType": "String"}},
            "md5OfBody": "d", "md5OfMessageAttributes": "e", "eventSource": "aws:sqs",
            "eventSourceARN": arn, "awsRegion": "eu-west-1",
        });
        assert_eq!(record(&message, arn, "eu-west-1"), expected);
    }

    #[test]
    fn filters_see_bodies_as_they_are_written() {
        let message = |body: &str| record(&json!({"MessageId": "m", "Body": body}), "arn", "r");
        let filter = |text: &str| vec![EventPattern::parse(text).expect("a pattern")];
        let json = filter(r#"{"body": {"a": [1]}}"#);
        assert!(is_wanted(&message(r#"{"a": 1}"#), &json));
        assert!(!is_wanted(&message(r#"{"a": 2}"#), &json) && !is_wanted(&message("a"), &json));
        let plain = filter(r#"{"body": ["a"]}"#);
        assert!(is_wanted(&message("a"), &plain) && !is_wanted(&message(r#"{"a": 1}"#), &plain));
        assert!(is_wanted(&message("x"), &filter(r#"{"messageId": ["m"]}"#)));
        assert!(is_wanted(&message("x"), &[]));
    }
}
