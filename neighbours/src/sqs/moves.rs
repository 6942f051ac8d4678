//! Tasks that move messages out of a dead-letter queue, back to where they came from or elsewhere.

use std::sync::Arc;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, params};

use super::group;
use super::name::QueueName;
use super::service::Sqs;
use super::stored::Queue;
use crate::failure::Failure;
use crate::store::StoreError;
use crate::time::now;

/// Messages that are moved in one work, where the task does not say how many a second.
const AT_ONCE: i64 = 100;

/// What became of a part of a task.
enum Step {
    /// It goes on, after these queues have got something.
    Moved(Vec<QueueName>, Option<i64>),
    Over,
}

/// Goes on with the tasks of an earlier server.
pub(super) fn resume(sqs: &Arc<Sqs>) {
    let sqs = Arc::clone(sqs);
    tokio::spawn(async move {
        let find = |connection: &Connection| -> Result<Vec<String>, StoreError> {
            let mut statement = connection
                .prepare("SELECT id FROM move_task WHERE status IN ('RUNNING', 'CANCELLING')")?;
            let ids = statement.query_map([], |row| row.get(0))?;
            Ok(ids.collect::<rusqlite::Result<_>>()?)
        };
        match sqs.store.run(find).await {
            Ok(ids) => ids.into_iter().for_each(|id| drive(&sqs, id)),
            Err(why) => tracing::warn!(%why, "tasks that move messages do not go on"),
        }
    });
}

/// Runs a task to its end.
pub(super) fn drive(sqs: &Arc<Sqs>, id: String) {
    let sqs = Arc::clone(sqs);
    tokio::spawn(async move {
        loop {
            let task = id.clone();
            let done = sqs.store.run_lean(move |connection| step(connection, &task, now())).await;
            match done {
                Ok(Step::Moved(rang, rate)) => {
                    rang.iter().for_each(|queue| sqs.bells.ring(queue));
                    if rate.is_some() {
                        tokio::time::sleep(Duration::from_secs(1)).await;
                    }
                }
                Ok(Step::Over) => return,
                Err(Failure::Store(StoreError::Closed)) => return,
                Err(why) => {
                    tracing::warn!(task = id, %why, "messages are not moved");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
    });
}

fn step(connection: &Connection, id: &str, now: i64) -> Result<Step, Failure> {
    let found: Option<(String, Option<String>, Option<i64>, String)> = connection
        .prepare_cached("SELECT source, destination, rate, status FROM move_task WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    let Some((source, destination, rate, status)) = found else { return Ok(Step::Over) };
    let over = |status: &str, failure: Option<&str>| -> Result<Step, Failure> {
        connection
            .prepare_cached("UPDATE move_task SET status = ?2, failure = ?3 WHERE id = ?1")?
            .execute(params![id, status, failure])?;
        Ok(Step::Over)
    };
    match status.as_str() {
        "RUNNING" => {}
        "CANCELLING" => return over("CANCELLED", None),
        _ => return Ok(Step::Over),
    }
    let source = QueueName::of_arn(&source);
    let source = match source.map(|name| Queue::look(connection, &name)).transpose()?.flatten() {
        Some(queue) => queue,
        None => return over("FAILED", Some("AWS.SimpleQueueService.NonExistentQueue")),
    };
    let mut statement = connection.prepare_cached(
        "SELECT message.id, fifo_group, dead_letter_source FROM message
         JOIN content ON content.message = message.id
         WHERE queue = ?1 AND visible <= ?2 ORDER BY message.id LIMIT ?3",
    )?;
    let most = rate.unwrap_or(AT_ONCE);
    let rows = statement.query_map(params![source.id, now, most], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })?;
    let messages =
        rows.collect::<rusqlite::Result<Vec<(i64, Option<String>, Option<String>)>>>()?;
    if messages.is_empty() {
        return over("COMPLETED", None);
    }
    let mut rang = Vec::new();
    for (message, fifo_group, came_from) in messages {
        let target = destination.clone().or(came_from);
        let target = target.and_then(|arn| QueueName::of_arn(&arn));
        let target = match target.map(|name| Queue::look(connection, &name)).transpose()?.flatten()
        {
            Some(target) => target,
            None => return over("FAILED", Some("CouldNotDetermineMessageSource")),
        };
        change_queue(connection, message, fifo_group.as_deref(), &source, &target, now)?;
        connection
            .prepare_cached("UPDATE move_task SET moved = moved + 1 WHERE id = ?1")?
            .execute([id])?;
        if !rang.contains(&target.name) {
            rang.push(target.name);
        }
    }
    Ok(Step::Moved(rang, rate))
}

fn change_queue(
    connection: &Connection,
    message: i64,
    fifo_group: Option<&str>,
    source: &Queue,
    target: &Queue,
    now: i64,
) -> rusqlite::Result<()> {
    // What is moved is as if it had just been sent.
    connection
        .prepare_cached(
            "UPDATE message SET queue = ?2, visible = ?3, sent = ?3, receives = 0, receipt = NULL,
             first_received = NULL, received = NULL WHERE id = ?1",
        )?
        .execute(params![message, target.id, now])?;
    connection
        .prepare_cached("UPDATE content SET dead_letter_source = NULL WHERE message = ?1")?
        .execute([message])?;
    for queue in [source.id, target.id] {
        if let Some(group) = fifo_group {
            group::settle(connection, queue, group, now)?;
        }
    }
    Ok(())
}
