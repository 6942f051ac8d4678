//! Streams: made, shown, listed, changed and deleted.

use std::sync::Arc;

use rusqlite::Connection;
use wire::kinesis::input::{
    CreateStream, DecreaseStreamRetentionPeriod, DeleteStream, DescribeLimits, DescribeStream,
    DescribeStreamSummary, IncreaseStreamRetentionPeriod, ListStreams, UpdateStreamMode,
};
use wire::kinesis::output::{
    DescribeLimitsOutput, DescribeStreamOutput, DescribeStreamSummaryOutput, EnhancedMetrics,
    ListStreamsOutput, StreamDescription, StreamDescriptionSummary, StreamModeDetails,
    StreamSummary,
};

use crate::failure::Failure;
use crate::kinesis::hash;
use crate::kinesis::name::{self, stream_arn};
use crate::kinesis::operations::list::shown;
use crate::kinesis::operations::tag;
use crate::kinesis::refusal::{in_use, invalid, too_many};
use crate::kinesis::service::Kinesis;
use crate::kinesis::stored::{Shard, Stream};
use crate::operation::{Context, Operation, Scope};
use crate::time::now;

/// Shards that are open of an account in a region.
pub(super) const SHARDS: usize = 1000;
/// Shards that a stream on demand has at first.
const ON_DEMAND: u32 = 4;
/// Hours for which records are kept.
const RETENTION: std::ops::RangeInclusive<i32> = 24..=8760;
/// Shards that a description tells, and streams that are listed.
const SHOWN: usize = 100;

/// Every stream is there as soon as it is made.
const ACTIVE: &str = "ACTIVE";

fn count(limit: Option<i32>, most: usize) -> usize {
    limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(most)
}

/// How many shards are open in a scope.
fn open_shards(connection: &Connection, scope: &Scope) -> rusqlite::Result<usize> {
    let sql = "SELECT COUNT(*) FROM shard JOIN stream ON stream.id = shard.stream
               WHERE last IS NULL AND account = ?1 AND region = ?2";
    let of = (scope.account.cast_signed(), &scope.region);
    let count: i64 = connection.prepare_cached(sql)?.query_row(of, |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// Refuses more open shards than there may be.
pub(super) fn expect_shards(
    connection: &Connection,
    scope: &Scope,
    more: usize,
) -> Result<(), Failure> {
    let open = open_shards(connection, scope)?;
    if open + more <= SHARDS {
        return Ok(());
    }
    Err(too_many(format!(
        "This request would exceed the shard limit for the account {:012} in {}. Current shard count for \
         the account: {open}. Limit: {SHARDS}. Number of additional shards that would have resulted from \
         this request: {more}.",
        scope.account, scope.region
    ))
    .into())
}

impl Operation<Kinesis> for CreateStream {
    type Output = ();

    async fn run(self, kinesis: &Arc<Kinesis>, cx: &Context<'_>) -> Result<(), Failure> {
        let CreateStream { stream_name, shard_count, stream_mode_details, tags } = self;
        let mode =
            stream_mode_details.map_or_else(|| "PROVISIONED".to_owned(), |it| it.stream_mode);
        let shards = match (mode.as_str(), shard_count.and_then(|it| u32::try_from(it).ok())) {
            ("ON_DEMAND", None) => ON_DEMAND,
            ("ON_DEMAND", Some(_)) => {
                return Err(invalid("ShardCount is not given of a stream ON_DEMAND.").into());
            }
            (_, Some(shards)) => shards,
            (_, None) => {
                return Err(invalid("ShardCount is to be given of a stream PROVISIONED.").into());
            }
        };
        let mut all = std::collections::BTreeMap::new();
        tag::add(&mut all, tags.unwrap_or_default())?;
        let tags = serde_json::to_string(&all).expect("tags are plain data");
        let scope = cx.scope.clone();
        let work = move |connection: &Connection| -> Result<(), Failure> {
            if Stream::look(connection, &scope, &stream_name)?.is_some() {
                let account = scope.account;
                return Err(in_use(format!(
                    "Stream {stream_name} under account {account:012} already exists."
                ))
                .into());
            }
            expect_shards(connection, &scope, shards as usize)?;
            let now = now();
            connection
                .prepare_cached(
                    "INSERT INTO stream
                     (account, region, name, mode, retention, created, shards, tags)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7)",
                )?
                .execute((
                    scope.account.cast_signed(),
                    &scope.region,
                    &stream_name,
                    mode,
                    RETENTION.start(),
                    now,
                    tags,
                ))?;
            let stream = Stream::find(connection, &scope, &stream_name)?;
            for range in hash::even(shards) {
                stream.open(connection, (None, None), range, now)?;
            }
            Ok(())
        };
        kinesis.store.run(work).await
    }
}

impl Operation<Kinesis> for DeleteStream {
    type Output = ();

    async fn run(self, kinesis: &Arc<Kinesis>, cx: &Context<'_>) -> Result<(), Failure> {
        let DeleteStream { stream_name, enforce_consumer_deletion, stream_arn } = self;
        let name = name::stream(&cx.scope, stream_name, stream_arn.as_deref())?;
        let (scope, rung) = (cx.scope.clone(), name.clone());
        let work = move |connection: &Connection| -> Result<(), Failure> {
            let stream = Stream::find(connection, &scope, &name)?;
            let consumers = "SELECT 1 FROM consumer WHERE stream = ?1";
            let has_consumers = connection.prepare_cached(consumers)?.exists([stream.id])?;
            if has_consumers && enforce_consumer_deletion != Some(true) {
                return Err(in_use(format!(
                    "Stream {name} under account {:012} has consumers; EnforceConsumerDeletion deletes \
                     them with it.",
                    scope.account
                ))
                .into());
            }
            // Its shards and their records go bit by bit.
            for sql in
                ["DELETE FROM consumer WHERE stream = ?1", "DELETE FROM stream WHERE id = ?1"]
            {
                connection.prepare_cached(sql)?.execute([stream.id])?;
            }
            Ok(())
        };
        kinesis.store.run_lean(work).await?;
        kinesis.ring(&cx.scope, &rung);
        let kinesis = Arc::clone(kinesis);
        tokio::spawn(async move { kinesis.sweep(now()).await });
        Ok(())
    }
}

/// What is told of a stream, and its shards.
async fn look(
    kinesis: &Kinesis,
    cx: &Context<'_>,
    name: Option<String>,
    arn: Option<&str>,
) -> Result<(Stream, Vec<Shard>, i32), Failure> {
    let name = name::stream(&cx.scope, name, arn)?;
    kinesis.trim(now()).await;
    let scope = cx.scope.clone();
    let work = move |connection: &Connection| -> Result<_, Failure> {
        let stream = Stream::find(connection, &scope, &name)?;
        let shards = stream.shards(connection)?;
        let sql = "SELECT COUNT(*) FROM consumer WHERE stream = ?1";
        let consumers = connection.prepare_cached(sql)?.query_row([stream.id], |row| row.get(0))?;
        Ok((stream, shards, consumers))
    };
    kinesis.store.run_lean(work).await
}

fn monitoring() -> Vec<EnhancedMetrics> {
    vec![EnhancedMetrics { shard_level_metrics: Some(Vec::new()) }]
}

impl Operation<Kinesis> for DescribeStream {
    type Output = DescribeStreamOutput;

    async fn run(
        self,
        kinesis: &Arc<Kinesis>,
        cx: &Context<'_>,
    ) -> Result<DescribeStreamOutput, Failure> {
        let DescribeStream { stream_name, limit, exclusive_start_shard_id, stream_arn: arn } = self;
        let (stream, mut shards, _) = look(kinesis, cx, stream_name, arn.as_deref()).await?;
        if let Some(start) = exclusive_start_shard_id {
            shards.retain(|shard| shard.name() > start);
        }
        let most = count(limit, SHOWN).min(SHOWN);
        let has_more = shards.len() > most;
        shards.truncate(most);
        Ok(DescribeStreamOutput {
            stream_description: StreamDescription {
                stream_arn: stream_arn(&cx.scope, &stream.name),
                stream_name: stream.name,
                stream_status: ACTIVE.to_owned(),
                stream_mode_details: Some(StreamModeDetails { stream_mode: stream.mode }),
                shards: shards.iter().map(shown).collect(),
                has_more_shards: has_more,
                retention_period_hours: stream.retention,
                stream_creation_timestamp: stream.created,
                enhanced_monitoring: monitoring(),
                encryption_type: Some("NONE".to_owned()),
                key_id: None,
            },
        })
    }
}

impl Operation<Kinesis> for DescribeStreamSummary {
    type Output = DescribeStreamSummaryOutput;

    async fn run(
        self,
        kinesis: &Arc<Kinesis>,
        cx: &Context<'_>,
    ) -> Result<DescribeStreamSummaryOutput, Failure> {
        let DescribeStreamSummary { stream_name, stream_arn: arn } = self;
        let (stream, shards, consumers) = look(kinesis, cx, stream_name, arn.as_deref()).await?;
        let open = shards.iter().filter(|shard| shard.is_open()).count();
        Ok(DescribeStreamSummaryOutput {
            stream_description_summary: StreamDescriptionSummary {
                stream_arn: stream_arn(&cx.scope, &stream.name),
                stream_name: stream.name,
                stream_status: ACTIVE.to_owned(),
                stream_mode_details: Some(StreamModeDetails { stream_mode: stream.mode }),
                retention_period_hours: stream.retention,
                stream_creation_timestamp: stream.created,
                enhanced_monitoring: monitoring(),
                encryption_type: Some("NONE".to_owned()),
                open_shard_count: i32::try_from(open).unwrap_or(i32::MAX),
                consumer_count: Some(consumers),
                stream_id: None,
                key_id: None,
                warm_throughput: None,
                max_record_size_in_ki_b: None,
                channel_count: None,
                record_distribution_strategy: None,
                queue_count: None,
            },
        })
    }
}

impl Operation<Kinesis> for ListStreams {
    type Output = ListStreamsOutput;

    async fn run(
        self,
        kinesis: &Arc<Kinesis>,
        cx: &Context<'_>,
    ) -> Result<ListStreamsOutput, Failure> {
        let ListStreams { limit, exclusive_start_stream_name, next_token } = self;
        let scope = cx.scope.clone();
        let work =
            move |connection: &Connection| Ok::<_, Failure>(Stream::all(connection, &scope)?);
        let mut all = kinesis.store.run(work).await?;
        // A token is the name of the last that was told.
        if let Some(start) = next_token.or(exclusive_start_stream_name) {
            all.retain(|stream| stream.name > start);
        }
        let most = count(limit, SHOWN);
        let has_more = all.len() > most;
        all.truncate(most);
        let summary = |stream: &Stream| StreamSummary {
            stream_name: stream.name.clone(),
            stream_arn: stream_arn(&cx.scope, &stream.name),
            stream_status: ACTIVE.to_owned(),
            stream_mode_details: Some(StreamModeDetails { stream_mode: stream.mode.clone() }),
            stream_creation_timestamp: Some(stream.created),
        };
        Ok(ListStreamsOutput {
            next_token: all.last().filter(|_| has_more).map(|stream| stream.name.clone()),
            stream_summaries: Some(all.iter().map(summary).collect()),
            stream_names: all.into_iter().map(|stream| stream.name).collect(),
            has_more_streams: has_more,
        })
    }
}

impl Operation<Kinesis> for DescribeLimits {
    type Output = DescribeLimitsOutput;

    async fn run(
        self,
        kinesis: &Arc<Kinesis>,
        cx: &Context<'_>,
    ) -> Result<DescribeLimitsOutput, Failure> {
        let DescribeLimits {} = self;
        let scope = cx.scope.clone();
        let work = move |connection: &Connection| -> Result<_, Failure> {
            let on_demand = Stream::all(connection, &scope)?;
            let on_demand = on_demand.iter().filter(|stream| stream.mode == "ON_DEMAND").count();
            Ok((open_shards(connection, &scope)?, on_demand))
        };
        let (open, on_demand) = kinesis.store.run(work).await?;
        let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        Ok(DescribeLimitsOutput {
            shard_limit: number(SHARDS),
            open_shard_count: number(open),
            on_demand_stream_count: number(on_demand),
            on_demand_stream_count_limit: number(SHARDS / ON_DEMAND as usize),
            channel_count: None,
            channel_count_limit: None,
        })
    }
}

impl Operation<Kinesis> for UpdateStreamMode {
    type Output = ();

    async fn run(self, kinesis: &Arc<Kinesis>, cx: &Context<'_>) -> Result<(), Failure> {
        let UpdateStreamMode { stream_arn, stream_mode_details } = self;
        let name = name::of_stream_arn(&cx.scope, &stream_arn)?.to_owned();
        let scope = cx.scope.clone();
        let work = move |connection: &Connection| -> Result<(), Failure> {
            let stream = Stream::find(connection, &scope, &name)?;
            let sql = "UPDATE stream SET mode = ?2 WHERE id = ?1";
            let of = (stream.id, stream_mode_details.stream_mode);
            connection.prepare_cached(sql)?.execute(of)?;
            Ok(())
        };
        kinesis.store.run(work).await
    }
}

async fn retain(
    kinesis: &Kinesis,
    cx: &Context<'_>,
    name: String,
    hours: i32,
    is_longer: bool,
) -> Result<(), Failure> {
    if hours < *RETENTION.start() {
        return Err(invalid(format!(
            "Minimum allowed retention period is {} hours. Requested retention period ({hours} hours) is \
             too short.",
            RETENTION.start()
        ))
        .into());
    }
    if hours > *RETENTION.end() {
        return Err(invalid(format!(
            "Maximum allowed retention period is {} hours. Requested retention period ({hours} hours) is \
             too long.",
            RETENTION.end()
        ))
        .into());
    }
    let scope = cx.scope.clone();
    let work = move |connection: &Connection| -> Result<(), Failure> {
        let stream = Stream::find(connection, &scope, &name)?;
        let had = stream.retention;
        let (fits, how, other) = match is_longer {
            true => (hours >= had, "shorter", "Decrease"),
            false => (hours <= had, "longer", "Increase"),
        };
        if !fits {
            return Err(invalid(format!(
                "Requested retention period ({hours} hours) for stream {name} can not be {how} than \
                 existing retention period ({had} hours). Use {other}RetentionPeriod API."
            ))
            .into());
        }
        let sql = "UPDATE stream SET retention = ?2 WHERE id = ?1";
        connection.prepare_cached(sql)?.execute((stream.id, hours))?;
        Ok(())
    };
    kinesis.store.run(work).await
}

impl Operation<Kinesis> for IncreaseStreamRetentionPeriod {
    type Output = ();

    async fn run(self, kinesis: &Arc<Kinesis>, cx: &Context<'_>) -> Result<(), Failure> {
        let IncreaseStreamRetentionPeriod { stream_name, retention_period_hours, stream_arn } =
            self;
        let name = name::stream(&cx.scope, stream_name, stream_arn.as_deref())?;
        retain(kinesis, cx, name, retention_period_hours, true).await
    }
}

impl Operation<Kinesis> for DecreaseStreamRetentionPeriod {
    type Output = ();

    async fn run(self, kinesis: &Arc<Kinesis>, cx: &Context<'_>) -> Result<(), Failure> {
        let DecreaseStreamRetentionPeriod { stream_name, retention_period_hours, stream_arn } =
            self;
        let name = name::stream(&cx.scope, stream_name, stream_arn.as_deref())?;
        retain(kinesis, cx, name, retention_period_hours, false).await
    }
}
