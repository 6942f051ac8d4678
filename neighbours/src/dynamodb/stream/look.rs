//! Streams and their shards as they are listed and described.

use wire::dynamodbstreams::input::{DescribeStream, ListStreams};
use wire::dynamodbstreams::output::{
    DescribeStreamOutput, KeySchemaElement, ListStreamsOutput, SequenceNumberRange, Shard, Stream,
    StreamDescription,
};

use crate::dynamodb::service::Dynamodb;
use crate::dynamodb::stream::stored::{self, number};
use crate::failure::Failure;
use crate::operation::{Context, Operation};

/// As many as are told at once.
const LISTED: usize = 100;

fn most(limit: Option<i32>) -> usize {
    limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(LISTED).min(LISTED)
}

impl Operation<Dynamodb> for ListStreams {
    type Output = ListStreamsOutput;

    async fn run(
        self,
        service: &std::sync::Arc<Dynamodb>,
        cx: &Context<'_>,
    ) -> Result<ListStreamsOutput, Failure> {
        let ListStreams { table_name, limit, exclusive_start_stream_arn } = self;
        let all = service.on_thread(&cx.scope, move |tables| {
            tables.trim()?;
            Ok(stored::Stream::all(&tables.side().connection, table_name.as_deref())?)
        });
        let mut all = all.await?;
        let arn = |stream: &stored::Stream| stream.arn(&cx.scope);
        if let Some(start) = exclusive_start_stream_arn {
            // One that has gone meanwhile is followed by nothing that is known.
            let at = all.iter().position(|stream| arn(stream) == start);
            all.drain(..at.map_or(all.len(), |at| at + 1));
        }
        let has_more = all.len() > most(limit);
        all.truncate(most(limit));
        let last = all.last().filter(|_| has_more).map(arn);
        let streams = all.iter().map(|stream| Stream {
            stream_arn: Some(arn(stream)),
            table_name: Some(stream.table.clone()),
            stream_label: Some(stream.label.clone()),
        });
        Ok(ListStreamsOutput { streams: Some(streams.collect()), last_evaluated_stream_arn: last })
    }
}

impl Operation<Dynamodb> for DescribeStream {
    type Output = DescribeStreamOutput;

    async fn run(
        self,
        service: &std::sync::Arc<Dynamodb>,
        cx: &Context<'_>,
    ) -> Result<DescribeStreamOutput, Failure> {
        // There is one shard: what follows one, or came out of one, is nothing.
        let DescribeStream { stream_arn, limit: _, exclusive_start_shard_id, shard_filter } = self;
        let is_wanted = exclusive_start_shard_id.is_none() && shard_filter.is_none();
        let (scope, arn) = (cx.scope.clone(), stream_arn.clone());
        let found = service.on_thread(&cx.scope, move |tables| {
            tables.trim()?;
            stored::Stream::find(&tables.side().connection, &scope, &arn)
        });
        let stream = found.await?;
        let shard = Shard {
            shard_id: Some(stream.shard()),
            sequence_number_range: Some(SequenceNumberRange {
                starting_sequence_number: Some(number(stream.first)),
                ending_sequence_number: stream.last.map(number),
            }),
            parent_shard_id: None,
        };
        let status = if stream.is_open() { "ENABLED" } else { "DISABLED" };
        Ok(DescribeStreamOutput {
            stream_description: Some(StreamDescription {
                stream_arn: Some(stream_arn),
                stream_label: Some(stream.label),
                stream_status: Some(status.to_owned()),
                stream_view_type: Some(stream.view_type),
                creation_request_date_time: Some(stream.created),
                table_name: Some(stream.table),
                key_schema: Some(key_schema(&stream.key_schema)),
                shards: Some(is_wanted.then_some(shard).into_iter().collect()),
                last_evaluated_shard_id: None,
            }),
        })
    }
}

/// A table's key, as dynoxide keeps it.
fn key_schema(text: &str) -> Vec<KeySchemaElement> {
    let parts: Vec<serde_json::Value> = serde_json::from_str(text).unwrap_or_default();
    let text =
        |part: &serde_json::Value, name: &str| part[name].as_str().unwrap_or_default().to_owned();
    let parts = parts.iter().map(|part| KeySchemaElement {
        attribute_name: text(part, "AttributeName"),
        key_type: text(part, "KeyType"),
    });
    parts.collect()
}
