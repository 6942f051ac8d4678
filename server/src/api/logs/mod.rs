//! CloudWatch Logs: groups, streams and their events, one file per noun.

mod event;
mod group;
mod stream;
mod subscription;
mod tag;

use engine::scope::Scope;
use serde_json::Value;
use wire::ApiError;
use wire::logs::input::*;
use wire::logs::{Op, error};

use crate::api::operation::{Call, Context};
use crate::api::page;
use crate::api::page::{NotAToken, Order, Page};
use crate::logs::{LogDatabase, LogGroup, LogsError};

/// Things of one page, where a request does not say how many.
const PAGE: i32 = 50;

pub(super) async fn dispatch(call: Call<'_>, op: Op) -> Result<Value, ApiError> {
    match op {
        Op::CreateLogGroup => call.run::<CreateLogGroup>().await,
        Op::DeleteLogGroup => call.run::<DeleteLogGroup>().await,
        Op::DescribeLogGroups => call.run::<DescribeLogGroups>().await,
        Op::PutRetentionPolicy => call.run::<PutRetentionPolicy>().await,
        Op::DeleteSubscriptionFilter => call.run::<DeleteSubscriptionFilter>().await,
        Op::DescribeSubscriptionFilters => call.run::<DescribeSubscriptionFilters>().await,
        Op::PutSubscriptionFilter => call.run::<PutSubscriptionFilter>().await,
        Op::DeleteRetentionPolicy => call.run::<DeleteRetentionPolicy>().await,
        Op::CreateLogStream => call.run::<CreateLogStream>().await,
        Op::DeleteLogStream => call.run::<DeleteLogStream>().await,
        Op::DescribeLogStreams => call.run::<DescribeLogStreams>().await,
        Op::PutLogEvents => call.run::<PutLogEvents>().await,
        Op::GetLogEvents => call.run::<GetLogEvents>().await,
        Op::FilterLogEvents => call.run::<FilterLogEvents>().await,
        Op::TagLogGroup => call.run::<TagLogGroup>().await,
        Op::TagResource => call.run::<TagResource>().await,
        Op::UntagLogGroup => call.run::<UntagLogGroup>().await,
        Op::UntagResource => call.run::<UntagResource>().await,
        Op::ListTagsLogGroup => call.run::<ListTagsLogGroup>().await,
        Op::ListTagsForResource => call.run::<ListTagsForResource>().await,
    }
}

impl From<LogsError> for ApiError {
    fn from(why: LogsError) -> ApiError {
        tracing::error!(%why, "logs cannot be used");
        error("ServiceUnavailableException", format!("The logs cannot be used: {why}"))
    }
}

/// Works on the logs with what the caller sees.
async fn with<T: Send + 'static>(
    cx: &Context<'_>,
    work: impl FnOnce(&mut LogDatabase, &Scope) -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    let scope = cx.scope.clone();
    cx.endpoint.logs.with(move |database| work(database, &scope)).await
}

/// Changes the logs, where there is room for that.
async fn change<T: Send + 'static>(
    cx: &Context<'_>,
    work: impl FnOnce(&mut LogDatabase, &Scope) -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    let scope = cx.scope.clone();
    cx.endpoint.logs.change(move |database| work(database, &scope)).await
}

fn invalid(message: impl Into<String>) -> ApiError {
    error("InvalidParameterException", message)
}

/// The name of a group that is given by its name or by an identifier, which is its name or ARN.
fn group_name(name: Option<String>, identifier: Option<String>) -> Result<String, ApiError> {
    match (name, identifier) {
        (Some(name), None) => Ok(name),
        (None, Some(identifier)) => Ok(named(&identifier).to_owned()),
        (None, None) | (Some(_), Some(_)) => {
            Err(invalid("Exactly one of logGroupName or logGroupIdentifier must be specified."))
        }
    }
}

/// The name in an ARN of a group; what is none is a name.
fn named(arn: &str) -> &str {
    let name = arn.split_once(":log-group:").map_or(arn, |(_, name)| name);
    name.trim_end_matches(":*")
}

/// A group that must be there.
fn existing(database: &LogDatabase, scope: &Scope, name: &str) -> Result<LogGroup, ApiError> {
    database.group(scope, name)?.ok_or_else(no_group)
}

fn no_group() -> ApiError {
    error("ResourceNotFoundException", "The specified log group does not exist.")
}

fn no_stream() -> ApiError {
    error("ResourceNotFoundException", "The specified log stream does not exist.")
}

fn arn(scope: &Scope, group: &str) -> String {
    format!("arn:aws:logs:{}:{:012}:log-group:{group}", scope.region, scope.account)
}

/// One page of things in the order of their keys.
fn page<T>(
    things: Vec<(String, T)>,
    order: Order,
    limit: Option<i32>,
    token: Option<&str>,
) -> Result<Page<T>, ApiError> {
    let size = usize::try_from(limit.unwrap_or(PAGE)).unwrap_or_default();
    page::page(things, order, size, token).map_err(|NotAToken| no_such_token())
}

fn no_such_token() -> ApiError {
    invalid("The specified nextToken is invalid.")
}
