//! Records that are put into streams.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rusqlite::Connection;
use wire::kinesis::error;
use wire::kinesis::input::{PutRecord, PutRecords};
use wire::kinesis::output::{PutRecordOutput, PutRecordsOutput, PutRecordsResultEntry};

use crate::failure::Failure;
use crate::kinesis::refusal::invalid;
use crate::kinesis::service::Kinesis;
use crate::kinesis::stored::Stream;
use crate::kinesis::{hash, name, sequence};
use crate::operation::{Context, Operation};
use crate::time::now;

/// Bytes of a record, its key among them, and of the records of a request.
const RECORD: usize = 1 << 20;
const REQUEST: usize = 10 << 20;

/// A record that is to be put.
struct New {
    hash: u128,
    key: String,
    data: Vec<u8>,
}

impl New {
    fn read(
        data: &str,
        key: Option<String>,
        explicit: Option<&str>,
        member: &str,
    ) -> Result<New, Failure> {
        let detected = |what: &str, constraint: String| {
            let message = format!(
                "1 validation error detected: Value {what} failed to satisfy constraint: Member must \
                 {constraint}"
            );
            Failure::from(error("ValidationException", message))
        };
        let missing = || detected(&format!("null at '{member}partitionKey'"), "not be null".into());
        let key = key.ok_or_else(missing)?;
        let data = STANDARD
            .decode(data)
            .map_err(|_| error("SerializationException", format!("{member}data is not base64.")))?;
        if data.len() + key.len() > RECORD {
            let constraint = format!("have length less than or equal to {RECORD}");
            return Err(detected(&format!("at '{member}data'"), constraint));
        }
        let hash = match explicit {
            None => hash::of(&key),
            Some(text) => text.parse().map_err(|_| {
                invalid(format!(
                    "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. \
                     Specified value was {text}"
                ))
            })?,
        };
        Ok(New { hash, key, data })
    }
}

/// Puts records; answers the shard and the sequence number of each.
async fn put(
    kinesis: &Kinesis,
    cx: &Context<'_>,
    name: String,
    records: Vec<New>,
) -> Result<Vec<(String, String)>, Failure> {
    kinesis.trim(now()).await;
    let (scope, rung) = (cx.scope.clone(), name.clone());
    let work = move |connection: &Connection| -> Result<_, Failure> {
        let now = now();
        let stream = Stream::find(connection, &scope, &name)?;
        let shards = stream.open_shards(connection)?;
        let first = sequence::take(connection, records.len())?;
        let mut insert = connection.prepare_cached(
            "INSERT INTO record (id, shard, at, partition_key, data) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let mut told = Vec::with_capacity(records.len());
        for (id, record) in (first..).zip(records) {
            let shard = shards.iter().find(|shard| shard.has(record.hash));
            let shard = shard.expect("open shards have all hash keys");
            insert.execute((id, shard.id, now, record.key, record.data))?;
            told.push((shard.name(), sequence::spelled(id)));
        }
        Ok(told)
    };
    let told = kinesis.store.run(work).await?;
    kinesis.ring(&cx.scope, &rung);
    Ok(told)
}

impl Operation<Kinesis> for PutRecord {
    type Output = PutRecordOutput;

    async fn run(
        self,
        kinesis: &Arc<Kinesis>,
        cx: &Context<'_>,
    ) -> Result<PutRecordOutput, Failure> {
        let PutRecord {
            stream_name,
            data,
            partition_key,
            explicit_hash_key,
            sequence_number_for_ordering,
            stream_arn,
        } = self;
        let name = name::stream(&cx.scope, stream_name, stream_arn.as_deref())?;
        // Later records have larger numbers in any case; it only has to be one.
        if let Some(number) = sequence_number_for_ordering.as_deref()
            && sequence::parse(number).is_none()
        {
            return Err(invalid(format!(
                "ExclusiveMinimumSequenceNumber {number} used in PutRecord on stream {name} under account \
                 {:012} is invalid.",
                cx.scope.account
            ))
            .into());
        }
        let record = New::read(&data, partition_key, explicit_hash_key.as_deref(), "")?;
        let mut told = put(kinesis, cx, name, vec![record]).await?;
        let (shard_id, sequence_number) = told.pop().expect("one was put");
        Ok(PutRecordOutput { shard_id, sequence_number, encryption_type: None })
    }
}

impl Operation<Kinesis> for PutRecords {
    type Output = PutRecordsOutput;

    async fn run(
        self,
        kinesis: &Arc<Kinesis>,
        cx: &Context<'_>,
    ) -> Result<PutRecordsOutput, Failure> {
        let PutRecords { records, stream_name, stream_arn } = self;
        let name = name::stream(&cx.scope, stream_name, stream_arn.as_deref())?;
        let read = records.into_iter().enumerate().map(|(at, entry)| {
            let member = format!("records.{}.member.", at + 1);
            let explicit = entry.explicit_hash_key.as_deref();
            New::read(&entry.data, entry.partition_key, explicit, &member)
        });
        let records: Vec<New> = read.collect::<Result<_, Failure>>()?;
        let bytes: usize = records.iter().map(|it| it.data.len() + it.key.len()).sum();
        if bytes > REQUEST {
            return Err(invalid(format!("Records size exceeds {} MB limit", REQUEST >> 20)).into());
        }
        let told = put(kinesis, cx, name, records).await?;
        let entries = told.into_iter().map(|(shard, number)| PutRecordsResultEntry {
            shard_id: Some(shard),
            sequence_number: Some(number),
            ..PutRecordsResultEntry::default()
        });
        Ok(PutRecordsOutput {
            failed_record_count: Some(0),
            records: entries.collect(),
            encryption_type: None,
        })
    }
}
