//! Events, as they are put and as targets see them.

use serde_json::{Value, json};

use crate::operation::Scope;
use crate::random;

/// An event that is to be put.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewEvent {
    /// Who tells it, for instance `aws.s3`.
    pub source: String,
    /// What kind of thing happened.
    pub detail_type: String,
    /// An object.
    pub detail: Value,
    /// The ARNs of what it is about.
    pub resources: Vec<String>,
    /// When it happened, in milliseconds of the Unix epoch.
    pub time: i64,
    /// The trace header that came with it.
    pub trace: Option<String>,
}

/// An event of a bus.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Event {
    pub(crate) id: String,
    /// Whole, as targets see it.
    pub(crate) value: Value,
    pub(crate) trace: Option<String>,
    /// When it was put.
    pub(crate) ingested: i64,
    /// How many buses it has gone through before.
    pub(crate) hops: u32,
}

impl Event {
    /// The event of an account that has come.
    pub(crate) fn new(scope: &Scope, new: NewEvent, now: i64) -> Event {
        let NewEvent { source, detail_type, detail, resources, time, trace } = new;
        let id = random::spelled(random::uuid());
        let value = json!({
            "version": "0",
            "id": id,
            "detail-type": detail_type,
            "source": source,
            "account": format!("{:012}", scope.account),
            "time": wire::time::iso8601(time),
            "region": scope.region,
            "resources": resources,
            "detail": detail,
        });
        Event { id, value, trace, ingested: now, hops: 0 }
    }

    /// An event that was put into another bus before.
    pub(crate) fn again(text: &str, trace: Option<String>, hops: u32, now: i64) -> Option<Event> {
        let value: Value = serde_json::from_str(text).ok()?;
        let id = value["id"].as_str()?.to_owned();
        Some(Event { id, value, trace, ingested: now, hops })
    }
}
