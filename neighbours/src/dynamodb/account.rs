//! What DynamoDB tells of an account, its endpoint, and of backups, of which there are none.

use serde_json::{Value, json};

use crate::operation::Context;

/// The quotas of an account as AWS has them at first. Nothing is throttled by throughput.
pub(in crate::dynamodb) fn limits() -> Value {
    json!({
        "AccountMaxReadCapacityUnits": 80_000, "AccountMaxWriteCapacityUnits": 80_000,
        "TableMaxReadCapacityUnits": 40_000, "TableMaxWriteCapacityUnits": 40_000,
    })
}

/// How often clients ask again, in minutes.
const PERIOD: u32 = 1440;

pub(in crate::dynamodb) fn endpoints(cx: &Context<'_>) -> Value {
    json!({"Endpoints": [{"Address": cx.host, "CachePeriodInMinutes": PERIOD}]})
}

pub(in crate::dynamodb) fn backups() -> Value {
    json!({"ContinuousBackupsDescription": {
        "ContinuousBackupsStatus": "ENABLED",
        "PointInTimeRecoveryDescription": {"PointInTimeRecoveryStatus": "DISABLED"},
    }})
}
