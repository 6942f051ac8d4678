//! Delivers events of logs to functions that have subscribed to their groups.
//!
//! One task looks when something was written, and takes what is behind each filter's position, chunk by
//! chunk: a chunk is what one stream got at a time, and becomes one document. A position is kept once its
//! function has the document, so that each is delivered at least once, whatever becomes of the process.

use std::collections::HashMap;
use std::sync::{Arc, Weak};
use std::time::Duration;

use bytes::Bytes;
use neighbours::{Actor, InvokeError, Outward};
use serde_json::{Value, json};

use crate::logs::{Chunk, FilterPattern, Logs, LogsError, OfGroup, StoredEvent, gzip, now};
use crate::outward::Reach;
use crate::thread::spawn_vital;

/// The principal of what CloudWatch Logs does.
pub(crate) const LOGS: &str = "logs.amazonaws.com";
/// How long what cannot be delivered is tried, in milliseconds: as AWS does.
const TRIED: i64 = 24 * 3_600_000;
/// Waits between tries.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// Chunks that a filter gets before the others have their turn.
const AT_ONCE: usize = 16;

/// Delivers whatever comes, for as long as the logs are there.
pub fn start(logs: &Arc<Logs>, reach: Arc<Reach>) {
    spawn_vital("subscriptions", run(Arc::downgrade(logs), reach));
}

/// How a filter fares.
#[derive(Debug, Clone, Copy)]
struct Course {
    /// The last chunk that it is done with, which may not be kept yet.
    position: i64,
    /// The wait after the last failure, and when it is over.
    wait: Option<(Duration, tokio::time::Instant)>,
}

async fn run(logs: Weak<Logs>, reach: Arc<Reach>) {
    let mut courses: HashMap<i64, Course> = HashMap::new();
    let Some(news) = logs.upgrade().map(|logs| logs.news()) else { return };
    loop {
        let Some(held) = logs.upgrade() else { return };
        let next = match round(&held, &reach, &mut courses).await {
            Ok(next) => next,
            Err(why) => {
                tracing::warn!(%why, "events of logs are not delivered to functions");
                Next::At(tokio::time::Instant::now() + LONGEST_WAIT)
            }
        };
        drop(held);
        match next {
            Next::Now => {}
            Next::At(due) => tokio::select! {
                () = news.notified() => {}
                () = tokio::time::sleep_until(due) => {}
            },
            Next::WithNews => news.notified().await,
        }
    }
}

/// When there is something to do again.
enum Next {
    Now,
    At(tokio::time::Instant),
    WithNews,
}

/// Gives each filter some of what is there for it.
async fn round(
    logs: &Arc<Logs>,
    reach: &Reach,
    courses: &mut HashMap<i64, Course>,
) -> Result<Next, LogsError> {
    if !logs.has_filters() {
        return Ok(Next::WithNews);
    }
    let (filters, last) =
        logs.look(|database| Ok((database.all_filters()?, database.last_chunk()?))).await?;
    courses.retain(|id, _| filters.iter().any(|of| of.filter.id == *id));
    logs.filters_are(!filters.is_empty());
    let (mut goes_on, mut due): (bool, Option<tokio::time::Instant>) = (false, None);
    for of in filters {
        let known = Course { position: of.filter.position, wait: None };
        let course = courses.entry(of.filter.id).or_insert(known);
        if let Some((_, until)) =
            course.wait.filter(|(_, until)| *until > tokio::time::Instant::now())
        {
            due = Some(due.map_or(until, |due| due.min(until)));
            continue;
        }
        goes_on |= serve(logs, reach, &of, course, last).await?;
        if let Some((_, until)) = course.wait {
            due = Some(due.map_or(until, |due| due.min(until)));
        }
    }
    Ok(match (goes_on, due) {
        (true, _) => Next::Now,
        (false, Some(due)) => Next::At(due),
        (false, None) => Next::WithNews,
    })
}

/// Gives a filter some chunks; answers whether there may be more at once.
async fn serve(
    logs: &Arc<Logs>,
    reach: &Reach,
    of: &OfGroup,
    course: &mut Course,
    last: i64,
) -> Result<bool, LogsError> {
    let Ok(pattern) = FilterPattern::parse(&of.filter.new.pattern) else {
        // It was checked when it came.
        return Ok(false);
    };
    let (group, id) = (of.group.0, of.filter.id);
    for _ in 0..AT_ONCE {
        let after = course.position;
        let found = logs.look(move |database| database.chunk_after(group, after, last)).await?;
        let Some(chunk) = found else {
            // What others have logged is passed by.
            course.position = last;
            return Ok(false);
        };
        match deliver(reach, of, &pattern, &chunk).await {
            Delivered::Yes => {}
            Delivered::Never(why) => {
                let (group, function) = (&of.group.1, &of.filter.new.destination);
                tracing::warn!(group, function, why, "events of logs are not delivered");
            }
            Delivered::Later(why) if now() - chunk.ingested < TRIED => {
                let (group, function) = (&of.group.1, &of.filter.new.destination);
                tracing::debug!(group, function, why, "events of logs are delivered later");
                let wait = course.wait.map_or(FIRST_WAIT, |(wait, _)| (wait * 2).min(LONGEST_WAIT));
                course.wait = Some((wait, tokio::time::Instant::now() + wait));
                return Ok(false);
            }
            Delivered::Later(why) => {
                let (group, function) = (&of.group.1, &of.filter.new.destination);
                tracing::warn!(group, function, why, "events of logs are given up");
            }
        }
        course.wait = None;
        course.position = chunk.id;
        logs.look(move |database| database.filter_is_at(id, chunk.id)).await?;
    }
    Ok(true)
}

/// What came of a document.
enum Delivered {
    Yes,
    Never(String),
    Later(String),
}

async fn deliver(reach: &Reach, of: &OfGroup, pattern: &FilterPattern, chunk: &Chunk) -> Delivered {
    let wanted: Vec<&StoredEvent> =
        chunk.events.iter().filter(|event| pattern.passes(&event.message)).collect();
    let Some(first) = wanted.first() else { return Delivered::Yes };
    let OfGroup { scope, group: (_, group), filter } = of;
    let document = json!({
        "messageType": "DATA_MESSAGE",
        "owner": format!("{:012}", scope.account),
        "logGroup": group,
        "logStream": first.stream,
        "subscriptionFilters": [filter.new.name],
        "logEvents": wanted.iter().map(|event| shown(event)).collect::<Vec<Value>>(),
    });
    let data = gzip(document.to_string().as_bytes());
    let event = json!({"awslogs": {"data": data}}).to_string();
    let source = source_arn(scope, group);
    let actor = Actor {
        principal: LOGS,
        source_arn: source,
        source_account: scope.account,
        role: None,
        trace: None,
    };
    let cause = format!("subscription filter {} of log group {group}", filter.new.name);
    let (function, event) = (&filter.new.destination, Bytes::from(event));
    match reach.invoke(&actor, function, event, &cause).await {
        Ok(()) => Delivered::Yes,
        Err(InvokeError::Later(why)) => Delivered::Later(why),
        Err(why) => Delivered::Never(why.to_string()),
    }
}

fn shown(event: &StoredEvent) -> Value {
    json!({
        "id": format!("{:028}{:028}", event.time, event.id),
        "timestamp": event.time,
        "message": event.message,
    })
}

/// What policies of functions know a group by.
pub(crate) fn source_arn(scope: &engine::scope::Scope, group: &str) -> String {
    format!("arn:aws:logs:{}:{:012}:log-group:{group}:*", scope.region, scope.account)
}
