//! Log streams.

use wire::ApiError;
use wire::logs::error;
use wire::logs::input::*;
use wire::logs::output::{self, DescribeLogStreamsResponse};

use crate::api::logs::{arn, change, existing, group_name, invalid, no_stream, page, with};
use crate::api::operation::{Context, Operation};
use crate::api::page::Order;
use crate::logs::{LogStream, now};

impl Operation for CreateLogStream {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let CreateLogStream { log_group_name, log_stream_name } = self;
        change(cx, move |database, scope| {
            let group = existing(database, scope, &log_group_name)?;
            match database.create_stream(group.id, &log_stream_name, now())? {
                true => Ok(()),
                false => {
                    let message = "The specified log stream already exists";
                    Err(error("ResourceAlreadyExistsException", message))
                }
            }
        })
        .await
    }
}

impl Operation for DeleteLogStream {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteLogStream { log_group_name, log_stream_name } = self;
        with(cx, move |database, scope| {
            let group = existing(database, scope, &log_group_name)?;
            match database.delete(group.id, Some(&log_stream_name))? {
                true => Ok(()),
                false => Err(no_stream()),
            }
        })
        .await
    }
}

impl Operation for DescribeLogStreams {
    type Output = DescribeLogStreamsResponse;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeLogStreamsResponse, ApiError> {
        let DescribeLogStreams {
            log_group_name,
            log_group_identifier,
            log_stream_name_prefix: prefix,
            order_by,
            descending,
            next_token,
            limit,
        } = self;
        let group = group_name(log_group_name, log_group_identifier)?;
        let is_by_time = order_by.as_deref() == Some("LastEventTime");
        if is_by_time && prefix.is_some() {
            return Err(invalid("Cannot order by LastEventTime with a logStreamNamePrefix."));
        }
        let arn = arn(&cx.scope, &group);
        let streams = with(cx, move |database, scope| {
            let group = existing(database, scope, &group)?;
            Ok(database.streams(group.id, prefix.as_deref().unwrap_or_default())?)
        });
        let keyed = streams.await?.into_iter().map(|stream| {
            // Those without events come before all others.
            let last = stream.last.map_or(0, |time| u64::try_from(time).unwrap_or(0) + 1);
            let key = match is_by_time {
                true => format!("{last:020}{}", stream.name),
                false => stream.name.clone(),
            };
            (key, view(&arn, stream))
        });
        let order = if descending == Some(true) { Order::Falling } else { Order::Rising };
        let page = page(keyed.collect(), order, limit, next_token.as_deref())?;
        let next_token = page.next_token;
        Ok(DescribeLogStreamsResponse { log_streams: Some(page.items), next_token })
    }
}

fn view(group: &str, stream: LogStream) -> output::LogStream {
    let LogStream { name, created, first, last, ingested } = stream;
    output::LogStream {
        arn: Some(format!("{group}:log-stream:{name}")),
        log_stream_name: Some(name),
        creation_time: Some(created),
        first_event_timestamp: first,
        last_event_timestamp: last,
        last_ingestion_time: ingested,
        upload_sequence_token: None,
        // AWS has said so of every stream since 2019.
        stored_bytes: Some(0),
    }
}
