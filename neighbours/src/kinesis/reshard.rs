//! Shards that are split and merged.

use std::sync::Arc;

use rusqlite::Connection;
use wire::kinesis::error;
use wire::kinesis::input::{MergeShards, SplitShard, UpdateShardCount};
use wire::kinesis::output::UpdateShardCountOutput;

use crate::failure::Failure;
use crate::kinesis::hash;
use crate::kinesis::name::{self, stream_arn};
use crate::kinesis::operations::stream::expect_shards;
use crate::kinesis::refusal::{in_use, invalid, too_many};
use crate::kinesis::service::Kinesis;
use crate::kinesis::stored::{Shard, Stream};
use crate::operation::{Context, Operation, Scope};
use crate::time::now;

/// Shards of a stream that are there, open or closed.
const KNOWN: usize = 10_000;

/// Refuses to have the shards of a stream changed that has as many as it needs by itself.
fn expect_provisioned(scope: &Scope, stream: &Stream, operation: &str) -> Result<(), Failure> {
    if stream.mode == "PROVISIONED" {
        return Ok(());
    }
    let message = format!(
        "{operation} is only supported for data streams with the provisioned capacity mode; stream {} \
         under account {:012} is in the on-demand capacity mode.",
        stream.name, scope.account
    );
    Err(Failure::from(error("ValidationException", message)))
}

/// Refuses further shards of a stream where there are too many that were closed.
fn expect_room(connection: &Connection, stream: &Stream) -> Result<(), Failure> {
    match stream.shards(connection)?.len() < KNOWN {
        true => Ok(()),
        false => Err(too_many(format!(
            "Stream {} has {KNOWN} shards, most of them closed; they go with their records.",
            stream.name
        ))
        .into()),
    }
}

fn expect_open(scope: &Scope, stream: &Stream, shard: &Shard) -> Result<(), Failure> {
    match shard.is_open() {
        true => Ok(()),
        false => Err(in_use(format!(
            "Shard {} in stream {} under account {:012} has already been merged or split, and thus is not \
             eligible for merging or splitting.",
            shard.name(),
            stream.name,
            scope.account
        ))
        .into()),
    }
}

fn split(
    connection: &Connection,
    stream: &Stream,
    shard: &Shard,
    at: u128,
    now: i64,
) -> Result<(), Failure> {
    expect_room(connection, stream)?;
    shard.close(connection, now)?;
    let parents = (Some(shard.number), None);
    stream.open(connection, parents, (shard.low, at - 1), now)?;
    Ok(stream.open(connection, parents, (at, shard.high), now)?)
}

fn merge(
    connection: &Connection,
    stream: &Stream,
    (first, second): (&Shard, &Shard),
    now: i64,
) -> Result<(), Failure> {
    expect_room(connection, stream)?;
    first.close(connection, now)?;
    second.close(connection, now)?;
    let range = (first.low.min(second.low), first.high.max(second.high));
    Ok(stream.open(connection, (Some(first.number), Some(second.number)), range, now)?)
}

impl Operation<Kinesis> for SplitShard {
    type Output = ();

    async fn run(self, kinesis: &Arc<Kinesis>, cx: &Context<'_>) -> Result<(), Failure> {
        let SplitShard { stream_name, shard_to_split, new_starting_hash_key, stream_arn } = self;
        let name = name::stream(&cx.scope, stream_name, stream_arn.as_deref())?;
        let (scope, rung) = (cx.scope.clone(), name.clone());
        let work = move |connection: &Connection| -> Result<(), Failure> {
            let stream = Stream::find(connection, &scope, &name)?;
            expect_provisioned(&scope, &stream, "SplitShard")?;
            let shard = stream.shard(connection, &scope, &shard_to_split)?;
            expect_open(&scope, &stream, &shard)?;
            let at = new_starting_hash_key.parse::<u128>().ok();
            let is_inside = |at: &u128| *at > shard.low.saturating_add(1) && *at < shard.high;
            let at = at.filter(is_inside).ok_or_else(|| {
                invalid(format!(
                    "NewStartingHashKey {new_starting_hash_key} used in SplitShard() on shard \
                     {shard_to_split} in stream {name} under account {:012} is not both greater than one \
                     plus the shard's StartingHashKey {} and less than the shard's EndingHashKey {}.",
                    scope.account, shard.low, shard.high
                ))
            })?;
            expect_shards(connection, &scope, 1)?;
            split(connection, &stream, &shard, at, now())
        };
        kinesis.store.run(work).await?;
        kinesis.ring(&cx.scope, &rung);
        Ok(())
    }
}

impl Operation<Kinesis> for MergeShards {
    type Output = ();

    async fn run(self, kinesis: &Arc<Kinesis>, cx: &Context<'_>) -> Result<(), Failure> {
        let MergeShards { stream_name, shard_to_merge, adjacent_shard_to_merge, stream_arn } = self;
        let name = name::stream(&cx.scope, stream_name, stream_arn.as_deref())?;
        let (scope, rung) = (cx.scope.clone(), name.clone());
        let work = move |connection: &Connection| -> Result<(), Failure> {
            let stream = Stream::find(connection, &scope, &name)?;
            expect_provisioned(&scope, &stream, "MergeShards")?;
            let first = stream.shard(connection, &scope, &shard_to_merge)?;
            let second = stream.shard(connection, &scope, &adjacent_shard_to_merge)?;
            expect_open(&scope, &stream, &first)?;
            expect_open(&scope, &stream, &second)?;
            let follows = |one: &Shard, other: &Shard| one.high.checked_add(1) == Some(other.low);
            if !follows(&first, &second) && !follows(&second, &first) {
                return Err(invalid(format!(
                    "Shards {shard_to_merge} and {adjacent_shard_to_merge} in stream {name} under account \
                     {:012} are not an adjacent pair of shards eligible for merging",
                    scope.account
                ))
                .into());
            }
            merge(connection, &stream, (&first, &second), now())
        };
        kinesis.store.run(work).await?;
        kinesis.ring(&cx.scope, &rung);
        Ok(())
    }
}

impl Operation<Kinesis> for UpdateShardCount {
    type Output = UpdateShardCountOutput;

    async fn run(
        self,
        kinesis: &Arc<Kinesis>,
        cx: &Context<'_>,
    ) -> Result<UpdateShardCountOutput, Failure> {
        // There is one type of scaling.
        let UpdateShardCount { stream_name, target_shard_count, scaling_type: _, stream_arn: arn } =
            self;
        let name = name::stream(&cx.scope, stream_name, arn.as_deref())?;
        let target = u32::try_from(target_shard_count).unwrap_or(1);
        let (scope, found) = (cx.scope.clone(), name.clone());
        let work = move |connection: &Connection| -> Result<usize, Failure> {
            let stream = Stream::find(connection, &scope, &found)?;
            expect_provisioned(&scope, &stream, "UpdateShardCount")?;
            let open = stream.open_shards(connection)?.len();
            let wanted = target as usize;
            let refused = |how: &str| {
                Err(invalid(format!(
                    "UpdateShardCount cannot scale {how} your current open shard count. Current open shard \
                     count: {open} Target shard count: {target}"
                ))
                .into())
            };
            if wanted > open * 2 {
                return refused("up over double");
            }
            if wanted * 2 < open {
                return refused("down below half");
            }
            expect_shards(connection, &scope, wanted.saturating_sub(open))?;
            spread(connection, &stream, target, now())?;
            Ok(open)
        };
        let current = kinesis.store.run(work).await?;
        kinesis.ring(&cx.scope, &name);
        Ok(UpdateShardCountOutput {
            stream_arn: Some(stream_arn(&cx.scope, &name)),
            stream_name: Some(name),
            current_shard_count: i32::try_from(current).ok(),
            target_shard_count: Some(target_shard_count),
        })
    }
}

/// Splits and merges until a stream has so many shards, which are as large as each other.
fn spread(connection: &Connection, stream: &Stream, target: u32, now: i64) -> Result<(), Failure> {
    let wanted = hash::even(target);
    for (low, _) in &wanted {
        let open = stream.open_shards(connection)?;
        let within = open.iter().find(|shard| shard.has(*low) && shard.low != *low);
        if let Some(shard) = within {
            split(connection, stream, shard, *low, now)?;
        }
    }
    for (low, high) in wanted {
        loop {
            let mut inside = stream.open_shards(connection)?;
            inside.retain(|shard| low <= shard.low && shard.high <= high);
            let [first, second, ..] = &inside[..] else { break };
            merge(connection, stream, (first, second), now)?;
        }
    }
    Ok(())
}
