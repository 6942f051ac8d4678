//! Records of streams as functions are given them, and what filters see of them.

use std::hash::{DefaultHasher, Hash, Hasher};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use engine::record::mapping::SourceKind;
use engine::time::Time;
use serde_json::{Map, Value, json};
use wire::event_pattern::EventPattern;

use crate::sources::kafka::event as kafka;

/// Where a record comes from.
pub(crate) struct Origin<'a> {
    pub(crate) kind: SourceKind,
    pub(crate) arn: &'a str,
    pub(crate) region: &'a str,
    pub(crate) shard: &'a str,
    /// The role of the function.
    pub(crate) role: &'a str,
}

/// A record in the spelling of an event, with what the engine is told of it.
pub(crate) struct Spelled {
    pub(crate) event: Value,
    pub(crate) sequence: String,
    /// A hash of its partition key.
    pub(crate) lane: u64,
    pub(crate) at: Time,
}

/// Spells a record that `GetRecords` has given.
pub(crate) fn spell(record: &Value, origin: &Origin<'_>) -> Spelled {
    match origin.kind {
        SourceKind::Kinesis => kinesis(record, origin),
        SourceKind::Msk | SourceKind::Kafka => kafka::spell(record),
        SourceKind::DynamoDb | SourceKind::Queue | SourceKind::FifoQueue => table(record, origin),
    }
}

fn kinesis(record: &Value, origin: &Origin<'_>) -> Spelled {
    let text = |name: &str| record[name].as_str().unwrap_or_default();
    let (sequence, key) = (text("SequenceNumber"), text("PartitionKey"));
    let arrived = &record["ApproximateArrivalTimestamp"];
    let mut data = json!({
        "kinesisSchemaVersion": "1.0",
        "partitionKey": key,
        "sequenceNumber": sequence,
        "data": text("Data"),
        "approximateArrivalTimestamp": arrived,
    });
    if let Some(encryption) = record["EncryptionType"].as_str().filter(|kind| *kind != "NONE") {
        data["encryptionType"] = encryption.into();
    }
    let event = json!({
        "kinesis": data,
        "eventSource": "aws:kinesis",
        "eventVersion": "1.0",
        "eventID": format!("{}:{sequence}", origin.shard),
        "eventName": "aws:kinesis:record",
        "invokeIdentityArn": origin.role,
        "awsRegion": origin.region,
        "eventSourceARN": origin.arn,
    });
    Spelled { event, sequence: sequence.to_owned(), lane: hash(key), at: instant(arrived) }
}

fn table(record: &Value, origin: &Origin<'_>) -> Spelled {
    let mut event = record.clone();
    event["awsRegion"] = origin.region.into();
    event["eventSource"] = "aws:dynamodb".into();
    event["eventSourceARN"] = origin.arn.into();
    // The API spells the members of an identity otherwise than the event does.
    if let Some(identity) = record["userIdentity"].as_object() {
        let lower = |(name, value): (&String, &Value)| {
            let mut letters = name.chars();
            let first = letters.next().map(|letter| letter.to_ascii_lowercase());
            (first.into_iter().chain(letters).collect(), value.clone())
        };
        event["userIdentity"] = Value::Object(identity.iter().map(lower).collect::<Map<_, _>>());
    }
    let change = &record["dynamodb"];
    let sequence = change["SequenceNumber"].as_str().unwrap_or_default().to_owned();
    // A key has its attributes in any order.
    let mut keys: Vec<String> = change["Keys"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    keys.sort_unstable();
    let at = instant(&change["ApproximateCreationDateTime"]);
    Spelled { event, sequence, lane: hash(&keys.join("&")), at }
}

fn hash(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

/// Seconds of the epoch, with or without a fraction.
fn instant(seconds: &Value) -> Time {
    let millis = seconds.as_f64().map_or(0.0, |seconds| seconds * 1000.0);
    Time((millis.max(0.0) as u64).saturating_mul(1_000_000))
}

/// Whether one of the filters matches an event's record, or there is none.
pub(crate) fn is_wanted(event: &Value, kind: SourceKind, filters: &[EventPattern]) -> bool {
    let matches = |filter: &EventPattern| match kind {
        SourceKind::Kinesis => matches_data(event, filter),
        SourceKind::Msk | SourceKind::Kafka => kafka::is_wanted(event, filter),
        SourceKind::DynamoDb | SourceKind::Queue | SourceKind::FifoQueue => filter.matches(event),
    };
    filters.is_empty() || filters.iter().any(matches)
}

/// Filters of Kinesis look at the record's data as JSON, and at what is told of it beside.
fn matches_data(event: &Value, filter: &EventPattern) -> bool {
    let mut seen = event.clone();
    if let (Some(seen), Some(own)) = (seen.as_object_mut(), event["kinesis"].as_object()) {
        seen.extend(own.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
    if filter.names("data") {
        let bytes = event["kinesis"]["data"].as_str().and_then(|text| STANDARD.decode(text).ok());
        let data = bytes.and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
        let Some(data) = data else { return false };
        seen["data"] = data;
    }
    filter.matches(&seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(kind: SourceKind) -> Origin<'static> {
        Origin { kind, arn: "arn", region: "eu-west-1", shard: "shardId-0", role: "role" }
    }

    #[test]
    fn records_of_kinesis_are_spelled_and_filtered() {
        let data = STANDARD.encode(r#"{"a": 1}"#);
        let record = json!({"SequenceNumber": "9", "PartitionKey": "k", "Data": data,
            "ApproximateArrivalTimestamp": 1.5});
        let spelled = spell(&record, &origin(SourceKind::Kinesis));
        assert_eq!((spelled.sequence.as_str(), spelled.at), ("9", Time(1_500_000_000)));
        assert_eq!(
            spelled.event,
            json!({
                "kinesis": {"kinesisSchemaVersion": "1.0", "partitionKey": "k", "sequenceNumber": "9",
                    "data": data, "approximateArrivalTimestamp": 1.5},
                "eventSource": "aws:kinesis", "eventVersion": "1.0", "eventID": "shardId-0:9",
                "eventName": "aws:kinesis:record", "invokeIdentityArn": "role",
                "awsRegion": "eu-west-1", "eventSourceARN": "arn",
            })
        );
        let is_wanted = |filter: &str| {
            let filter = EventPattern::parse(filter).expect("a pattern");
            is_wanted(&spelled.event, SourceKind::Kinesis, &[filter])
        };
        assert!(is_wanted(r#"{"data": {"a": [1]}}"#) && is_wanted(r#"{"partitionKey": ["k"]}"#));
        assert!(!is_wanted(r#"{"data": {"a": [2]}}"#));
    }

    #[test]
    fn records_of_tables_are_spelled() {
        let record = json!({"eventID": "e", "eventName": "REMOVE", "eventVersion": "1.1",
            "eventSource": "aws:dynamodb", "awsRegion": "elsewhere",
            "userIdentity": {"PrincipalId": "dynamodb.amazonaws.com", "Type": "Service"},
            "dynamodb": {"Keys": {"b": {"S": "1"}, "a": {"N": "2"}}, "SequenceNumber": "5",
                "ApproximateCreationDateTime": 7}});
        let spelled = spell(&record, &origin(SourceKind::DynamoDb));
        assert_eq!(
            spelled.event["userIdentity"],
            json!({"principalId": "dynamodb.amazonaws.com", "type": "Service"})
        );
        assert_eq!(
            (&spelled.event["eventSourceARN"], &spelled.event["awsRegion"]),
            (&json!("arn"), &json!("eu-west-1"))
        );
        let mut other = record.clone();
        other["dynamodb"]["Keys"] = json!({"a": {"N": "2"}, "b": {"S": "1"}});
        assert_eq!(spelled.lane, spell(&other, &origin(SourceKind::DynamoDb)).lane);
    }
}
