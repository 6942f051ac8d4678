//! What operations of DynamoDB Streams demand of their callers.

use serde_json::Value;
use wire::dynamodbstreams::Op;

use crate::dynamodb::stream::iterator::stream_of;
use crate::operation::Demand;

/// What an operation demands: its action on the stream that it is about.
pub(in crate::dynamodb) fn of(op: Op, name: &str, input: &Value) -> Demand {
    let stream = match op {
        Op::DescribeStream | Op::GetShardIterator => input["StreamArn"].as_str(),
        Op::GetRecords => input["ShardIterator"].as_str().and_then(stream_of),
        Op::ListStreams => None,
    };
    Demand::new(format!("dynamodb:{name}"), stream.unwrap_or("*"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_operation_demands_its_action_on_its_stream() {
        let arn = "arn:aws:dynamodb:eu-west-1:000000000007:table/a/stream/2026-01-01T00:00:00.000";
        for (op, name, input, resource) in [
            (Op::DescribeStream, "DescribeStream", json!({"StreamArn": arn}), arn),
            (Op::GetShardIterator, "GetShardIterator", json!({"StreamArn": arn}), arn),
            (Op::GetRecords, "GetRecords", json!({"ShardIterator": format!("{arn}|1|x")}), arn),
            (Op::GetRecords, "GetRecords", json!({"ShardIterator": "x"}), "*"),
            (Op::ListStreams, "ListStreams", json!({"TableName": "a"}), "*"),
        ] {
            let demand = of(op, name, &input);
            assert_eq!(demand.action, format!("dynamodb:{name}"));
            assert_eq!(demand.resource, resource);
        }
    }
}
