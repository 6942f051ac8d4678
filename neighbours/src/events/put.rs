//! Events that are put into buses.

use std::sync::Arc;

use serde_json::Value;
use wire::events::input::{PutEvents, PutEventsRequestEntry};
use wire::events::output::{PutEventsResponse, PutEventsResultEntry};

use crate::events::event::{Event, NewEvent};
use crate::events::name::BusName;
use crate::events::refusal::invalid;
use crate::events::service::Events;
use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::time::now;

/// Bytes of all entries of a request.
const MOST: usize = 1 << 20;

impl Operation<Events> for PutEvents {
    type Output = PutEventsResponse;

    async fn run(
        self,
        events: &Arc<Events>,
        cx: &Context<'_>,
    ) -> Result<PutEventsResponse, Failure> {
        let PutEvents { entries } = self;
        if entries.iter().map(size).sum::<usize>() > MOST {
            let message = "Total size of the entries in the request is over the limit.";
            return Err(invalid(message).into());
        }
        let now = now();
        let mut told = Vec::with_capacity(entries.len());
        let mut all = Vec::with_capacity(entries.len());
        for entry in entries {
            let bus = BusName::read(&cx.scope, entry.event_bus_name.as_deref());
            let mut result = PutEventsResultEntry::default();
            match read(entry, now) {
                Ok(new) => {
                    let event = Event::new(&cx.scope, new, now);
                    result.event_id = Some(event.id.clone());
                    all.push((bus, event));
                }
                Err((code, message)) => {
                    (result.error_code, result.error_message) = (Some(code.into()), Some(message));
                }
            }
            told.push(result);
        }
        if !all.is_empty() {
            events.put(all, now).await?;
        }
        let failed = told.iter().filter(|entry| entry.event_id.is_none()).count();
        Ok(PutEventsResponse {
            failed_entry_count: Some(i32::try_from(failed).unwrap_or(i32::MAX)),
            entries: Some(told),
        })
    }
}

/// Bytes of an entry, as EventBridge counts them.
fn size(entry: &PutEventsRequestEntry) -> usize {
    let of = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    let resources = entry.resources.iter().flatten().map(String::len).sum::<usize>();
    let time = if entry.time.is_some() { 14 } else { 0 };
    time + of(&entry.source) + of(&entry.detail_type) + of(&entry.detail) + resources
}

/// The event of an entry, or why it is none.
fn read(entry: PutEventsRequestEntry, now: i64) -> Result<NewEvent, (&'static str, String)> {
    let PutEventsRequestEntry {
        time,
        source,
        resources,
        detail_type,
        detail,
        event_bus_name: _,
        trace_header,
    } = entry;
    let required = |name: &str, text: Option<String>| {
        let why = format!("Parameter {name} is not valid. Reason: {name} is a required argument.");
        text.filter(|text| !text.is_empty()).ok_or(("InvalidArgument", why))
    };
    let source = required("Source", source)?;
    let detail_type = required("DetailType", detail_type)?;
    let detail = required("Detail", detail)?;
    if source.starts_with("aws.") {
        let why = "Not authorized for the source.";
        return Err(("NotAuthorizedForSourceException", why.to_owned()));
    }
    let detail: Option<Value> = serde_json::from_str(&detail).ok().filter(Value::is_object);
    let malformed = || ("MalformedDetail", "Detail is malformed.".to_owned());
    Ok(NewEvent {
        source,
        detail_type,
        detail: detail.ok_or_else(malformed)?,
        resources: resources.unwrap_or_default(),
        time: time.unwrap_or(now),
        trace: trace_header,
    })
}
