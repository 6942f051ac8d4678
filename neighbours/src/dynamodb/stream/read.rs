//! Records as they are read: from a place in a shard, and on.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension};
use serde_json::{Value, json};
use wire::dynamodbstreams::input::{GetRecords, GetShardIterator};
use wire::dynamodbstreams::output::GetShardIteratorOutput;

use crate::dynamodb::service::Dynamodb;
use crate::dynamodb::stream::iterator::Iterator;
use crate::dynamodb::stream::record;
use crate::dynamodb::stream::refusal::{expired, invalid, no_shard, no_stream, trimmed};
use crate::dynamodb::stream::stored::{Stream, id_of, newest};
use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::time::now;

/// Records that are read at once.
const RECORDS: usize = 1000;

impl Operation<Dynamodb> for GetShardIterator {
    type Output = GetShardIteratorOutput;

    async fn run(
        self,
        service: &Arc<Dynamodb>,
        cx: &Context<'_>,
    ) -> Result<GetShardIteratorOutput, Failure> {
        let scope = cx.scope.clone();
        let made = service.on_thread(&cx.scope, move |tables| {
            tables.trim()?;
            let connection = &tables.side().connection;
            let stream = Stream::find(connection, &scope, &self.stream_arn)?;
            if self.shard_id != stream.shard() {
                return Err(no_shard(&self.shard_id, &self.stream_arn).into());
            }
            let after = place(connection, &stream, &self)?;
            Ok(Iterator { arn: self.stream_arn, stream: stream.id, after, at: now() })
        });
        Ok(GetShardIteratorOutput { shard_iterator: Some(made.await?.spelled()) })
    }
}

/// The id of the record behind which is read.
fn place(
    connection: &Connection,
    stream: &Stream,
    asked: &GetShardIterator,
) -> Result<i64, Failure> {
    let GetShardIterator {
        shard_iterator_type,
        sequence_number,
        timestamp,
        stream_arn: _,
        shard_id: _,
    } = asked;
    let kind = shard_iterator_type.as_str();
    let is_numbered = matches!(kind, "AT_SEQUENCE_NUMBER" | "AFTER_SEQUENCE_NUMBER");
    match sequence_number {
        None if is_numbered => {
            return Err(invalid(format!("SequenceNumber is missing of an iterator {kind}")).into());
        }
        Some(_) if !is_numbered => {
            return Err(invalid(format!("SequenceNumber is given of an iterator {kind}")).into());
        }
        _ => {}
    }
    let id = match sequence_number {
        Some(number) => {
            let id = id_of(number).ok_or_else(|| invalid("Invalid SequenceNumber"))?;
            let after = if kind == "AT_SEQUENCE_NUMBER" { id - 1 } else { id };
            if after < stream.trimmed {
                return Err(trimmed().into());
            }
            return Ok(after.max(stream.first - 1));
        }
        None => match kind {
            "LATEST" => newest(connection)?,
            "AT_TIMESTAMP" => {
                let at = timestamp.ok_or_else(|| {
                    invalid("Timestamp is missing of an iterator AT_TIMESTAMP".to_owned())
                })?;
                let sql = "SELECT id - 1 FROM \"warren:record\"
                           WHERE stream = ?1 AND created >= ?2 ORDER BY id LIMIT 1";
                let mut statement = connection.prepare_cached(sql)?;
                let first = statement.query_row((stream.id, at / 1000), |row| row.get(0));
                first.optional()?.map_or_else(|| newest(connection), Ok)?
            }
            _ => stream.first - 1,
        },
    };
    Ok(id)
}

impl Operation<Dynamodb> for GetRecords {
    type Output = Value;

    async fn run(self, service: &Arc<Dynamodb>, cx: &Context<'_>) -> Result<Value, Failure> {
        let GetRecords { shard_iterator, limit } = self;
        let most = limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(RECORDS);
        if most > RECORDS {
            return Err(invalid(format!(
                "1 validation error detected: Value '{most}' at 'limit' failed to satisfy constraint: \
                 Member must have value less than or equal to {RECORDS}"
            ))
            .into());
        }
        let iterator =
            Iterator::parse(&shard_iterator).ok_or_else(|| invalid("Invalid ShardIterator"))?;
        let now = now();
        if iterator.is_expired(now) {
            return Err(expired().into());
        }
        let scope = cx.scope.clone();
        let answer = service.on_thread(&cx.scope, move |tables| {
            tables.trim()?;
            let connection = &tables.side().connection;
            let stream = Stream::find(connection, &scope, &iterator.arn)?;
            if stream.id != iterator.stream {
                return Err(no_stream(&iterator.arn).into());
            }
            let read = record::read(connection, &stream, &scope.region, iterator.after, most)?;
            let is_over = read.is_end && !stream.is_open();
            let next = Iterator { after: read.after, at: now, ..iterator };
            Ok(match is_over {
                true => json!({"Records": read.records}),
                false => json!({"Records": read.records, "NextShardIterator": next.spelled()}),
            })
        });
        answer.await
    }
}
