//! What destinations are told of records that were given up.

use engine::record::mapping::{Mapping, SourceKind};
use engine::sources::command::{Condition, GivenUp};
use engine::time::Time;
use serde_json::{Value, json};
use wire::arn::function_arn;
use wire::time::{iso8601, iso8601_millis};

/// What a function was, or would have been, given of a topic.
pub(crate) struct Payload<'a> {
    /// Where the cluster is found.
    pub(crate) servers: &'a str,
    /// Bytes of the event.
    pub(crate) size: usize,
}

/// The document of records that were given up; `kafka` is of a topic.
pub(crate) fn document(
    mapping: &Mapping,
    given_up: &GivenUp,
    now: Time,
    kafka: Option<&Payload<'_>>,
) -> Value {
    let account = format!("{:012}", mapping.scope.account);
    let qualifier = mapping.qualifier.as_deref();
    let function = function_arn(&mapping.scope.region, &account, &mapping.function, qualifier);
    let condition = match given_up.condition {
        Condition::RetryAttemptsExhausted => "RetryAttemptsExhausted",
        Condition::RecordAgeExceeded => "RecordAgeExceeded",
        Condition::MaximumPayloadSizeExceeded => "MaximumPayloadSizeExceeded",
    };
    let request = given_up.request.map(|request| request.to_string());
    let (info, spell): (_, fn(i64) -> String) = match mapping.kind {
        SourceKind::Kinesis => ("KinesisBatchInfo", iso8601_millis),
        SourceKind::Msk | SourceKind::Kafka => ("KafkaBatchInfo", iso8601_millis),
        SourceKind::DynamoDb | SourceKind::Queue | SourceKind::FifoQueue => {
            ("DDBStreamBatchInfo", iso8601)
        }
    };
    let mut document = json!({
        "requestContext": {
            "requestId": request,
            "functionArn": function,
            "condition": condition,
            "approximateInvokeCount": given_up.invocations,
        },
        "responseContext": {
            "statusCode": 200,
            "executedVersion": qualifier.unwrap_or("$LATEST"),
            "functionError": "Unhandled",
        },
        "version": "1.0",
        "timestamp": iso8601_millis(millis(now)),
    });
    document[info] = match kafka {
        Some(payload) => of_topic(mapping, given_up, payload),
        None => json!({
        "shardId": given_up.shard,
        "startSequenceNumber": given_up.first.0,
        "endSequenceNumber": given_up.last.0,
        "approximateArrivalOfFirstRecord": spell(millis(given_up.first.1)),
        "approximateArrivalOfLastRecord": spell(millis(given_up.last.1)),
        "batchSize": given_up.records.len(),
        "streamArn": mapping.source,
        }),
    };
    if given_up.request.is_none() {
        // The function was never given them.
        document.as_object_mut().expect("it was made one").remove("responseContext");
    }
    document
}

/// What is told of a batch of a topic.
fn of_topic(mapping: &Mapping, given_up: &GivenUp, payload: &Payload<'_>) -> Value {
    let mut told = json!({"batchSize": given_up.records.len()});
    if mapping.kind == SourceKind::Msk {
        told["eventSourceArn"] = mapping.source.as_str().into();
    }
    told["bootstrapServers"] = payload.servers.into();
    told["payloadSize"] = payload.size.into();
    told["recordsInfo"] = json!({given_up.shard.as_str(): {
        "firstRecordOffset": given_up.first.0,
        "lastRecordOffset": given_up.last.0,
        "firstRecordTimestamp": iso8601_millis(millis(given_up.first.1)),
        "lastRecordTimestamp": iso8601_millis(millis(given_up.last.1)),
    }});
    told
}

fn millis(at: Time) -> i64 {
    i64::try_from(at.millis()).unwrap_or(i64::MAX)
}
