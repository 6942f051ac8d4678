//! Log events: put, and read by stream or by group.

use engine::scope::Scope;
use serde_json::{Value, json};
use wire::ApiError;

use crate::api::Context;
use crate::api::logs::{
    LogsFailure, change, existing, group_name, invalid, no_group, no_stream, with,
};
use crate::logs::{
    EventPage, FilterPattern, FilterPatternError, LogDatabase, StoredEvent, StreamSet, TimeSpan,
    now,
};
use crate::output::Sink;

/// Events of one answer, at the most and by default.
const EVENTS: usize = 10_000;
/// Bytes of the messages of one answer.
const BYTES: usize = 1 << 20;
/// How old and how new events may be that are put.
const OLDEST: i64 = 14 * 86_400_000;
const NEWEST: i64 = 2 * 3_600_000;

pub(super) async fn put(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let events: Vec<(i64, String)> = input["logEvents"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|event| {
            let time = event["timestamp"].as_i64().unwrap_or_default();
            (time, event["message"].as_str().unwrap_or_default().to_owned())
        })
        .collect();
    if !events.is_sorted_by_key(|(time, _)| *time) {
        return Err(invalid(
            "Log events in a single PutLogEvents request must be in chronological order.",
        ));
    }
    let stream = input["logStreamName"].as_str().unwrap_or_default().to_owned();
    let (group, name) = (group_name(input)?, stream.clone());
    change(context, input, move |database, scope, input| {
        existing(database, scope, input)?;
        let found = database.stream(scope, &group_name(input)?, &name)?;
        found.map(|_| json!({})).ok_or_else(|| LogsFailure(no_stream()))
    })
    .await?;
    let now = now();
    let old = events.iter().take_while(|(time, _)| *time < now - OLDEST).count();
    let new = events.iter().position(|(time, _)| *time > now + NEWEST);
    let taken = events[old..new.unwrap_or(events.len()).max(old)].to_vec();
    if !taken.is_empty() {
        context.endpoint.logs.append(&context.scope, &group, &stream, taken);
    }
    let mut answer = json!({"nextSequenceToken": format!("{now:056}")});
    if old > 0 || new.is_some() {
        let mut rejected = json!({});
        if old > 0 {
            rejected["tooOldLogEventEndIndex"] = json!(old);
        }
        if let Some(new) = new {
            rejected["tooNewLogEventStartIndex"] = json!(new);
        }
        answer["rejectedLogEventsInfo"] = rejected;
    }
    Ok(answer)
}

pub(super) async fn get(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    with(context, input, |database, scope, input| {
        existing(database, scope, input)?;
        let name = input["logStreamName"].as_str().unwrap_or_default();
        let place = database.stream(scope, &group_name(input)?, name)?;
        let place = place.ok_or_else(|| LogsFailure(no_stream()))?;
        let token = input["nextToken"].as_str();
        let page = match token {
            Some(token) => position(token)
                .ok_or_else(|| LogsFailure(invalid("The specified nextToken is invalid.")))?,
            None if input["startFromHead"] == true => EventPage::First,
            None => EventPage::Last,
        };
        let found = database.events(&place, &span(input), page, limit(input))?;
        let forward = !matches!(page, EventPage::Last | EventPage::Before(..));
        let events = bounded(found, forward);
        // Where there is nothing more in a direction, its token stays as it is.
        let (before, after) = match (events.first(), events.last(), page) {
            (Some(first), Some(last), _) => ((first.time, first.id), (last.time, last.id)),
            (_, _, EventPage::After(time, id) | EventPage::Before(time, id)) => {
                ((time, id), (time, id))
            }
            _ => ((0, 0), (0, 0)),
        };
        let shown: Vec<Value> = events
            .iter()
            .map(|event| {
                json!({
                    "timestamp": event.time,
                    "message": event.message,
                    "ingestionTime": event.ingested,
                })
            })
            .collect();
        Ok(json!({
            "events": shown,
            "nextForwardToken": format!("f/{:020}{:020}/s", after.0, after.1),
            "nextBackwardToken": format!("b/{:020}{:020}/s", before.0, before.1),
        }))
    })
    .await
}

pub(super) async fn filter(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let pattern = input["filterPattern"].as_str().unwrap_or_default();
    let filter = FilterPattern::parse(pattern).map_err(|why| match why {
        FilterPatternError::Invalid(what) => invalid(format!("Invalid filter pattern: {what}")),
        FilterPatternError::Unsupported(what) => {
            invalid(format!("Warren does not support filter patterns {what}."))
        }
    })?;
    with(context, input, move |database, scope, input| filtered(database, scope, input, &filter))
        .await
}

fn filtered(
    database: &LogDatabase,
    scope: &Scope,
    input: &Value,
    filter: &FilterPattern,
) -> Result<Value, LogsFailure> {
    let group =
        database.group(scope, &group_name(input)?)?.ok_or_else(|| LogsFailure(no_group()))?;
    let streams: Vec<String> = input["logStreamNames"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect();
    let prefix = input["logStreamNamePrefix"].as_str().map(str::to_owned);
    if !streams.is_empty() && prefix.is_some() {
        return Err(LogsFailure(invalid(
            "LogStreamNamePrefix and LogStreamNames are mutually exclusive parameters.",
        )));
    }
    let place = StreamSet::OfGroup { group: group.id, streams, prefix };
    let mut page = match input["nextToken"].as_str() {
        Some(token) => position(token)
            .ok_or_else(|| LogsFailure(invalid("The specified nextToken is invalid.")))?,
        None => EventPage::First,
    };
    let (limit, span) = (limit(input), span(input));
    let mut passed: Vec<StoredEvent> = Vec::new();
    let mut more = None;
    // A few large reads; where nothing passes in all of them, the next request goes on.
    for _ in 0..4 {
        let read = database.events(&place, &span, page, EVENTS)?;
        let is_last = read.len() < EVENTS;
        let end = read.last().map(|event| (event.time, event.id));
        for event in read {
            if filter.passes(&event.message) {
                passed.push(event);
            }
        }
        more = end.filter(|_| !is_last);
        if passed.len() >= limit || is_last {
            break;
        }
        if let Some((time, id)) = end {
            page = EventPage::After(time, id);
        }
    }
    let total = passed.len();
    passed.truncate(limit);
    let shown = bounded(passed, true);
    if shown.len() < total {
        more = shown.last().map(|event| (event.time, event.id));
    }
    let events: Vec<Value> = shown
        .iter()
        .map(|event| {
            json!({
                "logStreamName": event.stream,
                "timestamp": event.time,
                "message": event.message,
                "ingestionTime": event.ingested,
                "eventId": format!("{:028}{:028}", event.time, event.id),
            })
        })
        .collect();
    let mut answer = json!({"events": events, "searchedLogStreams": []});
    if let Some((time, id)) = more {
        answer["nextToken"] = json!(format!("f/{time:020}{id:020}/s"));
    }
    Ok(answer)
}

/// The end that matters of events, as much as fits one answer.
fn bounded(mut events: Vec<StoredEvent>, forward: bool) -> Vec<StoredEvent> {
    let mut bytes = 0;
    let mut fits = |event: &StoredEvent| {
        bytes += event.message.len() + 26;
        bytes <= BYTES
    };
    if forward {
        let count = events.iter().take_while(|event| fits(event)).count();
        events.truncate(count.max(1));
    } else {
        let count = events.iter().rev().take_while(|event| fits(event)).count();
        events.drain(..events.len() - count.max(1).min(events.len()));
    }
    events
}

fn limit(input: &Value) -> usize {
    let given = input["limit"].as_u64().and_then(|limit| usize::try_from(limit).ok());
    given.unwrap_or(EVENTS).min(EVENTS)
}

fn span(input: &Value) -> TimeSpan {
    TimeSpan { start: input["startTime"].as_i64(), end: input["endTime"].as_i64() }
}

/// What a token says.
fn position(token: &str) -> Option<EventPage> {
    let (direction, digits) = token.strip_suffix("/s")?.split_once('/')?;
    let is_plain = digits.len() == 40 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let (time, id) = is_plain.then(|| digits.split_at(20))?;
    let (time, id) = (time.parse().ok()?, id.parse().ok()?);
    match direction {
        "f" => Some(EventPage::After(time, id)),
        "b" => Some(EventPage::Before(time, id)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_positions() {
        let token = format!("f/{:020}{:020}/s", 12, 7);
        assert_eq!(position(&token), Some(EventPage::After(12, 7)));
        assert_eq!(position(&token.replace('f', "b")), Some(EventPage::Before(12, 7)));
        for bad in ["", "f/1/s", "x/0/s", "f//s", &token[1..]] {
            assert_eq!(position(bad), None, "{bad}");
        }
    }
}
