//! Log events: put, and read by stream or by group.

use std::sync::Arc;

use engine::scope::Scope;
use wire::ApiError;
use wire::logs::input::*;
use wire::logs::output::{
    FilterLogEventsResponse, FilteredLogEvent, GetLogEventsResponse, OutputLogEvent,
    PutLogEventsResponse, RejectedLogEventsInfo,
};

use crate::api::logs::{
    change, existing, group_name, invalid, no_group, no_stream, no_such_token, with,
};
use crate::api::operation::{Context, Operation};
use crate::logs::{
    BadFilterPattern, EventPage, FilterPattern, LogDatabase, NewLines, StoredEvent, StreamSet,
    TimeSpan, now,
};
use crate::output::LogPlace;

/// Events of one answer, at the most and by default.
const EVENTS: usize = 10_000;
/// Bytes of the messages of one answer.
const BYTES: usize = 1 << 20;
/// How old and how new events may be that are put, in milliseconds.
const OLDEST: i64 = 14 * 86_400_000;
const NEWEST: i64 = 2 * 3_600_000;

impl Operation for PutLogEvents {
    type Output = PutLogEventsResponse;

    async fn run(self, cx: &Context<'_>) -> Result<PutLogEventsResponse, ApiError> {
        let PutLogEvents { log_group_name: group, log_stream_name: stream, log_events } = self;
        if !log_events.is_sorted_by_key(|event| event.timestamp) {
            return Err(invalid(
                "Log events in a single PutLogEvents request must be in chronological order.",
            ));
        }
        let now = now();
        let old = log_events.iter().take_while(|event| event.timestamp < now - OLDEST).count();
        let new = log_events.iter().position(|event| event.timestamp > now + NEWEST);
        let taken = old..new.unwrap_or(log_events.len()).max(old);
        let lines = log_events.into_iter().skip(taken.start).take(taken.len());
        let lines: Vec<(i64, String)> =
            lines.map(|InputLogEvent { timestamp, message }| (timestamp, message)).collect();
        change(cx, move |database, scope| {
            existing(database, scope, &group)?;
            database.stream(scope, &group, &stream)?.ok_or_else(no_stream)?;
            let place = Arc::new(LogPlace::new(scope.clone(), group, stream));
            Ok(database.append(&[NewLines { place, lines }], now)?)
        })
        .await?;
        cx.endpoint.logs.tell_news();
        let index = |at: usize| i32::try_from(at).unwrap_or(i32::MAX);
        let rejected = RejectedLogEventsInfo {
            too_new_log_event_start_index: new.map(index),
            too_old_log_event_end_index: Some(index(old)).filter(|_| old > 0),
            expired_log_event_end_index: None,
        };
        Ok(PutLogEventsResponse {
            next_sequence_token: Some(format!("{now:056}")),
            rejected_log_events_info: (old > 0 || new.is_some()).then_some(rejected),
            rejected_entity_info: None,
        })
    }
}

impl Operation for GetLogEvents {
    type Output = GetLogEventsResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetLogEventsResponse, ApiError> {
        let GetLogEvents {
            log_group_name,
            log_group_identifier,
            log_stream_name: stream,
            start_time: start,
            end_time: end,
            next_token,
            limit,
            start_from_head,
        } = self;
        let group = group_name(log_group_name, log_group_identifier)?;
        let page = match next_token.as_deref() {
            Some(token) => position(token).ok_or_else(no_such_token)?,
            None if start_from_head == Some(true) => EventPage::First,
            None => EventPage::Last,
        };
        let found = with(cx, move |database, scope| {
            existing(database, scope, &group)?;
            let streams = database.stream(scope, &group, &stream)?.ok_or_else(no_stream)?;
            Ok(database.events(&streams, &TimeSpan { start, end }, page, most(limit))?)
        });
        let is_forward = !matches!(page, EventPage::Last | EventPage::Before(..));
        let events = bounded(found.await?, is_forward);
        // Where there is nothing more in a direction, its token stays as it is.
        let (before, after) = match (events.first(), events.last(), page) {
            (Some(first), Some(last), _) => ((first.time, first.id), (last.time, last.id)),
            (_, _, EventPage::After(time, id) | EventPage::Before(time, id)) => {
                ((time, id), (time, id))
            }
            _ => ((0, 0), (0, 0)),
        };
        let shown = events.into_iter().map(|event| OutputLogEvent {
            timestamp: Some(event.time),
            message: Some(event.message),
            ingestion_time: Some(event.ingested),
        });
        Ok(GetLogEventsResponse {
            events: Some(shown.collect()),
            next_forward_token: Some(token('f', after)),
            next_backward_token: Some(token('b', before)),
        })
    }
}

impl Operation for FilterLogEvents {
    type Output = FilterLogEventsResponse;

    async fn run(self, cx: &Context<'_>) -> Result<FilterLogEventsResponse, ApiError> {
        let FilterLogEvents {
            log_group_name,
            log_group_identifier,
            log_stream_names,
            log_stream_name_prefix: prefix,
            start_time: start,
            end_time: end,
            filter_pattern,
            next_token,
            limit,
        } = self;
        let group = group_name(log_group_name, log_group_identifier)?;
        let streams = log_stream_names.unwrap_or_default();
        if !streams.is_empty() && prefix.is_some() {
            return Err(invalid(
                "LogStreamNamePrefix and LogStreamNames are mutually exclusive parameters.",
            ));
        }
        let wanted = EventQuery {
            streams,
            prefix,
            span: TimeSpan { start, end },
            pattern: pattern(filter_pattern.as_deref().unwrap_or_default())?,
            page: match next_token.as_deref() {
                Some(token) => position(token).ok_or_else(no_such_token)?,
                None => EventPage::First,
            },
            limit: most(limit),
        };
        let found = with(cx, move |database, scope| filter(database, scope, &group, wanted));
        let Filtered { events, more } = found.await?;
        let shown = events.into_iter().map(|event| FilteredLogEvent {
            event_id: Some(format!("{:028}{:028}", event.time, event.id)),
            log_stream_name: Some(event.stream),
            timestamp: Some(event.time),
            message: Some(event.message),
            ingestion_time: Some(event.ingested),
        });
        Ok(FilterLogEventsResponse {
            events: Some(shown.collect()),
            // AWS has told of no stream since 2019.
            searched_log_streams: Some(Vec::new()),
            next_token: more.map(|at| token('f', at)),
        })
    }
}

/// What of a group is asked for.
struct EventQuery {
    /// Names of streams; all where there are none.
    streams: Vec<String>,
    prefix: Option<String>,
    span: TimeSpan,
    pattern: FilterPattern,
    page: EventPage,
    limit: usize,
}

/// Events that passed.
struct Filtered {
    events: Vec<StoredEvent>,
    /// The time and id of the event behind which there may be more.
    more: Option<(i64, i64)>,
}

/// The events of a group that pass.
fn filter(
    database: &LogDatabase,
    scope: &Scope,
    group: &str,
    wanted: EventQuery,
) -> Result<Filtered, ApiError> {
    let EventQuery { streams, prefix, span, pattern, mut page, limit } = wanted;
    let group = database.group(scope, group)?.ok_or_else(no_group)?;
    let streams = StreamSet::OfGroup { group: group.id, streams, prefix };
    let mut passed: Vec<StoredEvent> = Vec::new();
    let mut more = None;
    // A few large reads; where nothing passes in all of them, the next request goes on.
    for _ in 0..4 {
        let read = database.events(&streams, &span, page, EVENTS)?;
        let is_last = read.len() < EVENTS;
        let end = read.last().map(|event| (event.time, event.id));
        passed.extend(read.into_iter().filter(|event| pattern.passes(&event.message)));
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
    Ok(Filtered { events: shown, more })
}

pub(super) fn pattern(text: &str) -> Result<FilterPattern, ApiError> {
    FilterPattern::parse(text)
        .map_err(|BadFilterPattern(what)| invalid(format!("Invalid filter pattern: {what}")))
}

/// The end that matters of events, as much as fits one answer.
fn bounded(mut events: Vec<StoredEvent>, is_forward: bool) -> Vec<StoredEvent> {
    let mut bytes = 0;
    let mut fits = |event: &StoredEvent| {
        bytes += event.message.len() + 26;
        bytes <= BYTES
    };
    if is_forward {
        let count = events.iter().take_while(|event| fits(event)).count();
        events.truncate(count.max(1));
    } else {
        let count = events.iter().rev().take_while(|event| fits(event)).count();
        events.drain(..events.len() - count.max(1).min(events.len()));
    }
    events
}

/// How many events an answer may have.
fn most(limit: Option<i32>) -> usize {
    limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(EVENTS).min(EVENTS)
}

/// A token for what comes after (`f`) or before (`b`) an event.
fn token(direction: char, (time, id): (i64, i64)) -> String {
    format!("{direction}/{time:020}{id:020}/s")
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
        let after = token('f', (12, 7));
        assert_eq!(position(&after), Some(EventPage::After(12, 7)));
        assert_eq!(position(&token('b', (12, 7))), Some(EventPage::Before(12, 7)));
        for bad in ["", "f/1/s", "x/0/s", "f//s", &after[1..]] {
            assert_eq!(position(bad), None, "{bad}");
        }
    }
}
