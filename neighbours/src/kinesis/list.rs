//! Shards as they are listed and shown.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rusqlite::Connection;
use serde_json::{Value, json};
use wire::kinesis::error;
use wire::kinesis::input::{ListShards, ShardFilter};
use wire::kinesis::output::{self, HashKeyRange, ListShardsOutput, SequenceNumberRange};

use crate::failure::Failure;
use crate::kinesis::name;
use crate::kinesis::refusal::invalid;
use crate::kinesis::sequence;
use crate::kinesis::service::Kinesis;
use crate::kinesis::stored::{Shard, Stream, shard_name};
use crate::operation::{Context, Operation};
use crate::time::now;

/// Shards of a page, where it is not said how many.
const PAGE: usize = 1000;
/// How long a token is good for, in milliseconds.
const LIFETIME: i64 = 5 * 60 * 1000;

pub(super) fn range(shard: &Shard) -> HashKeyRange {
    HashKeyRange {
        starting_hash_key: shard.low.to_string(),
        ending_hash_key: shard.high.to_string(),
    }
}

pub(super) fn shown(shard: &Shard) -> output::Shard {
    output::Shard {
        shard_id: shard.name(),
        parent_shard_id: shard.parents.0.map(shard_name),
        adjacent_parent_shard_id: shard.parents.1.map(shard_name),
        hash_key_range: range(shard),
        sequence_number_range: SequenceNumberRange {
            starting_sequence_number: sequence::spelled(shard.first),
            ending_sequence_number: shard.last.map(sequence::spelled),
        },
    }
}

/// Which shards a filter lets through.
fn is_wanted(filter: &ShardFilter, stream: &Stream, shard: &Shard, now: i64) -> bool {
    let was_open_at = |at: i64| shard.created <= at && shard.closed.is_none_or(|end| end > at);
    let oldest = stream.horizon(now).max(stream.created);
    let at = filter.timestamp.unwrap_or(now);
    match filter.r#type.as_str() {
        "AFTER_SHARD_ID" => filter.shard_id.as_ref().is_none_or(|id| shard.name() > *id),
        "AT_LATEST" => shard.is_open(),
        "AT_TRIM_HORIZON" => was_open_at(oldest),
        "AT_TIMESTAMP" => was_open_at(at.max(oldest)),
        "FROM_TIMESTAMP" => shard.closed.is_none_or(|end| end >= at.max(oldest)),
        _ => true,
    }
}

fn check(filter: &ShardFilter) -> Result<(), Failure> {
    let kind = filter.r#type.as_str();
    match kind {
        "AFTER_SHARD_ID" if filter.shard_id.is_none() => {
            Err(invalid(format!("ShardId is to be given with the filter {kind}.")).into())
        }
        "AT_TIMESTAMP" | "FROM_TIMESTAMP" if filter.timestamp.is_none() => {
            Err(invalid(format!("Timestamp is to be given with the filter {kind}.")).into())
        }
        _ => Ok(()),
    }
}

/// The name of the stream whose listing a token goes on with.
pub(in crate::kinesis) fn stream_of(token: &str) -> Option<String> {
    let page: Value = serde_json::from_slice(&STANDARD.decode(token).ok()?).ok()?;
    page["name"].as_str().map(str::to_owned)
}

/// Where a listing goes on.
struct Page {
    name: String,
    filter: Option<ShardFilter>,
    after: Option<String>,
}

impl Page {
    fn token(&self, after: String, now: i64) -> String {
        let filter = self.filter.as_ref();
        let filter = filter.map(
            |it| json!({"Type": it.r#type, "ShardId": it.shard_id, "Timestamp": it.timestamp}),
        );
        let page = json!({"name": self.name, "filter": filter, "after": after, "at": now});
        STANDARD.encode(page.to_string())
    }

    fn read(token: &str, now: i64) -> Result<Page, Failure> {
        let bytes = STANDARD.decode(token).ok();
        let page = bytes.and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
        let mut page = page.ok_or_else(|| invalid("NextToken is invalid."))?;
        let text = |member: &str| page[member].as_str().map(str::to_owned);
        let (name, after) = (text("name"), text("after"));
        if now.saturating_sub(page["at"].as_i64().unwrap_or(0)) > LIFETIME {
            return Err(error("ExpiredNextTokenException", "NextToken has expired.").into());
        }
        let filter = wire::filled(page["filter"].take());
        match (name, filter) {
            (Some(name), Ok(filter)) => Ok(Page { name, filter, after }),
            _ => Err(invalid("NextToken is invalid.").into()),
        }
    }
}

impl Operation<Kinesis> for ListShards {
    type Output = ListShardsOutput;

    async fn run(
        self,
        kinesis: &Arc<Kinesis>,
        cx: &Context<'_>,
    ) -> Result<ListShardsOutput, Failure> {
        let ListShards {
            stream_name,
            next_token,
            exclusive_start_shard_id,
            max_results,
            shard_filter,
            stream_arn,
        } = self;
        let now = now();
        let page = match next_token {
            Some(_) if stream_name.is_some() => {
                let message = "NextToken and StreamName cannot be provided together.";
                return Err(invalid(message).into());
            }
            Some(token) => {
                let page = Page::read(&token, now)?;
                // Both name the stream, where both do.
                name::stream(&cx.scope, Some(page.name.clone()), stream_arn.as_deref())?;
                page
            }
            None => Page {
                name: name::stream(&cx.scope, stream_name, stream_arn.as_deref())?,
                filter: shard_filter,
                after: exclusive_start_shard_id,
            },
        };
        page.filter.as_ref().map_or(Ok(()), check)?;
        kinesis.trim(now).await;
        let (scope, name) = (cx.scope.clone(), page.name.clone());
        let work = move |connection: &Connection| -> Result<_, Failure> {
            let stream = Stream::find(connection, &scope, &name)?;
            let shards = stream.shards(connection)?;
            Ok((stream, shards))
        };
        let (stream, mut shards) = kinesis.store.run_lean(work).await?;
        if let Some(filter) = &page.filter {
            shards.retain(|shard| is_wanted(filter, &stream, shard, now));
        }
        if let Some(after) = &page.after {
            shards.retain(|shard| shard.name() > *after);
        }
        let most = max_results.and_then(|it| usize::try_from(it).ok()).unwrap_or(PAGE);
        let has_more = shards.len() > most;
        shards.truncate(most);
        let last = shards.last().filter(|_| has_more).map(Shard::name);
        Ok(ListShardsOutput {
            next_token: last.map(|last| page.token(last, now)),
            shards: Some(shards.iter().map(shown).collect()),
        })
    }
}
