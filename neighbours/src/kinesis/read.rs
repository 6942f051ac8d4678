//! Records as they are read: from a place in a shard, and on.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rusqlite::{Connection, OptionalExtension};
use wire::kinesis::input::{GetRecords, GetShardIterator};
use wire::kinesis::output::{ChildShard, GetRecordsOutput, GetShardIteratorOutput, Record};

use crate::failure::Failure;
use crate::kinesis::iterator::Iterator;
use crate::kinesis::operations::list::range;
use crate::kinesis::refusal::{invalid, no_stream};
use crate::kinesis::service::Kinesis;
use crate::kinesis::stored::{Shard, Stream, shard_name};
use crate::kinesis::{name, sequence};
use crate::operation::{Context, Operation, Scope};
use crate::time::now;

/// Records that are read at once, and their bytes but for the last of them.
const RECORDS: usize = 10_000;
const BYTES: usize = 10 << 20;

impl Operation<Kinesis> for GetShardIterator {
    type Output = GetShardIteratorOutput;

    async fn run(
        self,
        kinesis: &Arc<Kinesis>,
        cx: &Context<'_>,
    ) -> Result<GetShardIteratorOutput, Failure> {
        let GetShardIterator {
            stream_name,
            shard_id,
            shard_iterator_type,
            starting_sequence_number,
            timestamp,
            stream_arn,
        } = self;
        let name = name::stream(&cx.scope, stream_name, stream_arn.as_deref())?;
        let scope = cx.scope.clone();
        let work = move |connection: &Connection| -> Result<Iterator, Failure> {
            let stream = Stream::find(connection, &scope, &name)?;
            let shard = stream.shard(connection, &scope, &shard_id)?;
            let at = now();
            let place = Place {
                operation: "GetShardIterator",
                kind: &shard_iterator_type,
                number: starting_sequence_number.as_deref(),
                timestamp,
            };
            let after = place.find(connection, (&scope, &stream, &shard), at)?;
            Ok(Iterator { name, stream: stream.id, shard: shard.number, after, at })
        };
        let made = kinesis.store.run_lean(work).await?;
        Ok(GetShardIteratorOutput { shard_iterator: Some(made.spelled()) })
    }
}

/// A place in a shard, as requests tell it.
pub(super) struct Place<'a> {
    /// By which operation.
    pub(super) operation: &'static str,
    pub(super) kind: &'a str,
    pub(super) number: Option<&'a str>,
    pub(super) timestamp: Option<i64>,
}

impl Place<'_> {
    /// The number behind which it is.
    pub(super) fn find(
        &self,
        connection: &Connection,
        (scope, stream, shard): (&Scope, &Stream, &Shard),
        now: i64,
    ) -> Result<i64, Failure> {
        Ok(match self.kind {
            "LATEST" => sequence::last(connection)?,
            "TRIM_HORIZON" => shard.first - 1,
            "AT_TIMESTAMP" => before(connection, shard, self.timestamp, now)?,
            kind => {
                let number = self.numbered(scope, stream, shard)?;
                if kind == "AT_SEQUENCE_NUMBER" { number - 1 } else { number }
            }
        })
    }

    /// The number that its sequence number spells.
    fn numbered(&self, scope: &Scope, stream: &Stream, shard: &Shard) -> Result<i64, Failure> {
        let Place { operation, kind, number, .. } = self;
        let missing = || {
            invalid(format!(
                "Must either specify sequence number or null for iterator of type {kind}."
            ))
        };
        let text = number.ok_or_else(missing)?;
        let is_of_shard =
            |number: &i64| *number >= shard.first && shard.last.is_none_or(|last| *number <= last);
        let number = sequence::parse(text).filter(is_of_shard);
        Ok(number.ok_or_else(|| {
            invalid(format!(
                "StartingSequenceNumber {text} used in {operation} on shard {} in stream {} under account \
                 {:012} is invalid because it did not come from this stream.",
                shard.name(),
                stream.name,
                scope.account
            ))
        })?)
    }
}

/// The number before that of the first record from a time on.
fn before(
    connection: &Connection,
    shard: &Shard,
    timestamp: Option<i64>,
    now: i64,
) -> Result<i64, Failure> {
    let kind = "AT_TIMESTAMP";
    let at = timestamp.ok_or_else(|| {
        invalid(format!("Must specify timestamp parameter for iterator of type {kind}."))
    })?;
    if at > now {
        return Err(invalid(format!(
            "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. \
             timestampInMillis: {at}, currentTimestampInMillis: {now}"
        ))
        .into());
    }
    let sql = "SELECT id - 1 FROM record WHERE shard = ?1 AND at >= ?2 ORDER BY id LIMIT 1";
    let mut statement = connection.prepare_cached(sql)?;
    let first = statement.query_row((shard.id, at), |row| row.get(0)).optional()?;
    Ok(first.map_or_else(|| sequence::last(connection), Ok)?)
}

impl Operation<Kinesis> for GetRecords {
    type Output = GetRecordsOutput;

    async fn run(
        self,
        kinesis: &Arc<Kinesis>,
        cx: &Context<'_>,
    ) -> Result<GetRecordsOutput, Failure> {
        let GetRecords { shard_iterator, limit, stream_arn } = self;
        let now = now();
        let iterator = Iterator::good(&shard_iterator, now)?;
        let given = stream_arn.as_deref().map(|arn| name::of_stream_arn(&cx.scope, arn));
        let given = given.transpose()?;
        if given.is_some_and(|name| name != iterator.name) {
            return Err(invalid("StreamARN and ShardIterator are of two streams.").into());
        }
        let most = limit.and_then(|it| usize::try_from(it).ok()).unwrap_or(RECORDS).min(RECORDS);
        kinesis.trim(now).await;
        let scope = cx.scope.clone();
        let work = move |connection: &Connection| -> Result<GetRecordsOutput, Failure> {
            let stream = Stream::find(connection, &scope, &iterator.name)?;
            if stream.id != iterator.stream {
                return Err(no_stream(&scope, &iterator.name).into());
            }
            read(connection, &scope, &stream, &iterator, most, now)
        };
        kinesis.store.run_lean(work).await
    }
}

fn read(
    connection: &Connection,
    scope: &Scope,
    stream: &Stream,
    iterator: &Iterator,
    most: usize,
    now: i64,
) -> Result<GetRecordsOutput, Failure> {
    let shard = stream.shard(connection, scope, &shard_name(iterator.shard))?;
    let bounds = Bounds { records: most, bytes: BYTES };
    let Read { records, after, behind, children } =
        read_on(connection, (stream, &shard), iterator.after, bounds, now)?;
    let next = Iterator { after, at: now, ..iterator.clone() };
    Ok(GetRecordsOutput {
        records,
        next_shard_iterator: children.is_none().then(|| next.spelled()),
        millis_behind_latest: Some(behind),
        child_shards: children,
    })
}

/// How much is read at once.
pub(super) struct Bounds {
    pub(super) records: usize,
    /// But for the last of the records.
    pub(super) bytes: usize,
}

/// What was read of a shard.
pub(super) struct Read {
    pub(super) records: Vec<Record>,
    /// The number of the last of them.
    pub(super) after: i64,
    /// Milliseconds since the last of them came; 0 where nothing is left.
    pub(super) behind: i64,
    /// The shards that it came to, where it has ended with these.
    pub(super) children: Option<Vec<ChildShard>>,
}

/// Reads a shard from a number on.
pub(super) fn read_on(
    connection: &Connection,
    (stream, shard): (&Stream, &Shard),
    from: i64,
    bounds: Bounds,
    now: i64,
) -> Result<Read, Failure> {
    let mut statement = connection.prepare_cached(
        "SELECT id, at, partition_key, data FROM record
         WHERE shard = ?1 AND id > ?2 AND at >= ?3 ORDER BY id",
    )?;
    let mut rows = statement.query((shard.id, from, stream.horizon(now)))?;
    let (mut records, mut bytes, mut after, mut at_end) = (Vec::new(), 0, from, false);
    let mut behind = 0;
    while records.len() < bounds.records && bytes < bounds.bytes {
        let Some(row) = rows.next()? else {
            at_end = true;
            break;
        };
        after = row.get(0)?;
        let at: i64 = row.get(1)?;
        let data = row.get_ref(3)?.as_blob().map_err(rusqlite::Error::from)?;
        bytes += data.len();
        behind = (now - at).max(0);
        records.push(Record {
            sequence_number: sequence::spelled(after),
            approximate_arrival_timestamp: Some(at),
            data: STANDARD.encode(data),
            partition_key: Some(row.get(2)?),
            encryption_type: None,
        });
    }
    let has_ended = at_end && !shard.is_open();
    let children = match has_ended {
        true => Some(children(connection, stream, shard)?),
        false => None,
    };
    Ok(Read { records, after, behind: if at_end { 0 } else { behind }, children })
}

/// The shards that came out of one.
fn children(
    connection: &Connection,
    stream: &Stream,
    parent: &Shard,
) -> rusqlite::Result<Vec<ChildShard>> {
    let mut shards = stream.shards(connection)?;
    let of = Some(parent.number);
    shards.retain(|shard| shard.parents.0 == of || shard.parents.1 == of);
    let told = |shard: &Shard| ChildShard {
        shard_id: shard.name(),
        parent_shards: [shard.parents.0, shard.parents.1]
            .into_iter()
            .flatten()
            .map(shard_name)
            .collect(),
        hash_key_range: range(shard),
    };
    Ok(shards.iter().map(told).collect())
}
