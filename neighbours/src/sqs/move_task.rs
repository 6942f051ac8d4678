//! Tasks that move messages out of a dead-letter queue: started, told, cancelled.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;
use wire::ApiError;
use wire::sqs::error;
use wire::sqs::input::{CancelMessageMoveTask, ListMessageMoveTasks, StartMessageMoveTask};
use wire::sqs::output::{
    CancelMessageMoveTaskResult, ListMessageMoveTasksResult, ListMessageMoveTasksResultEntry,
    StartMessageMoveTaskResult,
};

use crate::failure::Failure;
use crate::operation::{Context, Operation, Scope};
use crate::random;
use crate::sqs::moves::drive;
use crate::sqs::name::QueueName;
use crate::sqs::refusal::{invalid, not_taken};
use crate::sqs::service::Sqs;
use crate::sqs::stored::Queue;
use crate::sqs::task::{source_of, task_of};
use crate::time::now;

fn handle(id: &str, source: &str) -> String {
    STANDARD.encode(json!({"taskId": id, "sourceArn": source}).to_string())
}

/// The queue of an ARN whose messages are to be moved, which is the caller's own: between accounts
/// nobody moves any.
fn source(connection: &Connection, scope: &Scope, arn: &str) -> Result<Queue, Failure> {
    let is_own = |name: &QueueName| name.account == scope.account && name.region == scope.region;
    let name = QueueName::of_arn(arn).filter(is_own).ok_or_else(no_queue)?;
    Ok(Queue::look(connection, &name)?.ok_or_else(no_queue)?)
}

fn no_queue() -> ApiError {
    error(
        "ResourceNotFoundException",
        "The resource that you specified for the SourceArn parameter doesn't exist.",
    )
}

impl Operation<Sqs> for StartMessageMoveTask {
    type Output = StartMessageMoveTaskResult;

    async fn run(
        self,
        sqs: &Arc<Sqs>,
        cx: &Context<'_>,
    ) -> Result<StartMessageMoveTaskResult, Failure> {
        let StartMessageMoveTask { source_arn, destination_arn, max_number_of_messages_per_second } =
            self;
        let rate = max_number_of_messages_per_second;
        if let Some(rate) = rate.filter(|rate| !(1..=500).contains(rate)) {
            let reason = "You must enter a number between 1 and 500.";
            let name = "MaxNumberOfMessagesPerSecond";
            return Err(not_taken(&rate.to_string(), name, reason).into());
        }
        let id = random::spelled(random::uuid());
        let handle = handle(&id, &source_arn);
        let (scope, task) = (cx.scope.clone(), id.clone());
        sqs.store
            .run(move |connection| {
                let source = source(connection, &scope, &source_arn)?;
                start(connection, &task, &source, destination_arn.as_deref(), rate)
            })
            .await?;
        drive(sqs, id);
        Ok(StartMessageMoveTaskResult { task_handle: Some(handle) })
    }
}

fn start(
    connection: &Connection,
    id: &str,
    source: &Queue,
    destination: Option<&str>,
    rate: Option<i32>,
) -> Result<(), Failure> {
    let source_arn = source.name.arn();
    if source.sources(connection)?.is_empty() {
        return Err(invalid("Source queue must be configured as a Dead Letter Queue.").into());
    }
    if let Some(destination) = destination {
        let missing = || {
            let message =
                "The resource that you specified for the DestinationArn parameter doesn't exist.";
            error("ResourceNotFoundException", message)
        };
        let name = QueueName::of_arn(destination).ok_or_else(missing)?;
        let target = Queue::look(connection, &name)?.ok_or_else(missing)?;
        if target.is_fifo() != source.is_fifo() {
            return Err(invalid("Source and destination queues must be of the same type.").into());
        }
    }
    let is_running = connection
        .prepare_cached(
            "SELECT 1 FROM move_task WHERE source = ?1 AND status IN ('RUNNING', 'CANCELLING')",
        )?
        .exists([&source_arn])?;
    if is_running {
        let message = "There is already a task running. Only one active task is allowed for a source \
                       queue arn at a given time.";
        return Err(error("UnsupportedOperation", message).into());
    }
    let to_move: i64 = connection
        .prepare_cached("SELECT count(*) FROM message WHERE queue = ?1")?
        .query_row([source.id], |row| row.get(0))?;
    connection
        .prepare_cached(
            "INSERT INTO move_task (id, source, destination, rate, status, to_move, started)
             VALUES (?1, ?2, ?3, ?4, 'RUNNING', ?5, ?6)",
        )?
        .execute(params![id, source_arn, destination, rate, to_move, now()])?;
    // Of each queue the last ten are told.
    connection
        .prepare_cached(
            "DELETE FROM move_task WHERE source = ?1 AND id NOT IN
             (SELECT id FROM move_task WHERE source = ?1 ORDER BY started DESC, rowid DESC LIMIT 10)",
        )?
        .execute([&source_arn])?;
    Ok(())
}

impl Operation<Sqs> for ListMessageMoveTasks {
    type Output = ListMessageMoveTasksResult;

    async fn run(
        self,
        sqs: &Arc<Sqs>,
        cx: &Context<'_>,
    ) -> Result<ListMessageMoveTasksResult, Failure> {
        let ListMessageMoveTasks { source_arn, max_results } = self;
        let most = max_results.unwrap_or(1);
        if !(1..=10).contains(&most) {
            let reason = "Must be between 1 and 10.";
            return Err(not_taken(&most.to_string(), "MaxResults", reason).into());
        }
        let scope = cx.scope.clone();
        let list = move |connection: &Connection| {
            source(connection, &scope, &source_arn)?;
            let mut statement = connection.prepare_cached(
                "SELECT id, destination, rate, status, to_move, moved, failure, started FROM move_task
                 WHERE source = ?1 ORDER BY started DESC, rowid DESC LIMIT ?2",
            )?;
            let tasks =
                statement.query_map(params![source_arn, most], |row| shown(row, &source_arn))?;
            Ok::<_, Failure>(tasks.collect::<rusqlite::Result<Vec<_>>>()?)
        };
        let results = sqs.store.run(list).await?;
        Ok(ListMessageMoveTasksResult { results: Some(results) })
    }
}

fn shown(
    row: &rusqlite::Row<'_>,
    source: &str,
) -> rusqlite::Result<ListMessageMoveTasksResultEntry> {
    let (id, status): (String, String) = (row.get(0)?, row.get(3)?);
    Ok(ListMessageMoveTasksResultEntry {
        task_handle: (status == "RUNNING").then(|| handle(&id, source)),
        status: Some(status),
        source_arn: Some(source.to_owned()),
        destination_arn: row.get(1)?,
        max_number_of_messages_per_second: row.get(2)?,
        approximate_number_of_messages_to_move: row.get(4)?,
        approximate_number_of_messages_moved: row.get(5)?,
        failure_reason: row.get(6)?,
        started_timestamp: row.get(7)?,
    })
}

impl Operation<Sqs> for CancelMessageMoveTask {
    type Output = CancelMessageMoveTaskResult;

    async fn run(
        self,
        sqs: &Arc<Sqs>,
        cx: &Context<'_>,
    ) -> Result<CancelMessageMoveTaskResult, Failure> {
        let CancelMessageMoveTask { task_handle } = self;
        let missing = || error("ResourceNotFoundException", "Task does not exist.");
        let id = task_of(&task_handle)
            .ok_or_else(|| invalid("Value for parameter TaskHandle is invalid."))?;
        let scope = cx.scope.clone();
        let cancel = move |connection: &Connection| {
            let of = source_of(connection, &id)?.ok_or_else(missing)?;
            source(connection, &scope, &of).map_err(|why| match why {
                Failure::Refused(_) => missing().into(),
                why => why,
            })?;
            let found: Option<(i64, String)> = connection
                .prepare_cached("SELECT moved, status FROM move_task WHERE id = ?1")?
                .query_row([&id], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let (moved, status) = found.ok_or_else(missing)?;
            if status != "RUNNING" {
                let message = "Only active tasks can be cancelled.";
                return Err(Failure::from(error("ResourceNotFoundException", message)));
            }
            connection
                .prepare_cached("UPDATE move_task SET status = 'CANCELLING' WHERE id = ?1")?
                .execute([&id])?;
            Ok(moved)
        };
        let moved = sqs.store.run(cancel).await?;
        Ok(CancelMessageMoveTaskResult { approximate_number_of_messages_moved: Some(moved) })
    }
}
