//! CloudWatch Logs: groups, streams and their events, one file per noun.

mod event;
mod group;
mod stream;
mod tag;

use engine::scope::Scope;
use serde_json::{Value, json};
use wire::ApiError;
use wire::logs::{Op, error};

use crate::api::{Call, Context};
use crate::logs::{LogDatabase, LogGroup, LogsError};

pub(super) async fn dispatch(call: Call<'_>, op: Op) -> Result<Value, ApiError> {
    let (context, input) = (call.cx, &call.input);
    match op {
        Op::CreateLogGroup => group::create(context, input).await,
        Op::DeleteLogGroup => group::delete(context, input).await,
        Op::DescribeLogGroups => group::describe(context, input).await,
        Op::PutRetentionPolicy => group::retain(context, input, true).await,
        Op::DeleteRetentionPolicy => group::retain(context, input, false).await,
        Op::CreateLogStream => stream::create(context, input).await,
        Op::DeleteLogStream => stream::delete(context, input).await,
        Op::DescribeLogStreams => stream::describe(context, input).await,
        Op::PutLogEvents => event::put(context, input).await,
        Op::GetLogEvents => event::get(context, input).await,
        Op::FilterLogEvents => event::filter(context, input).await,
        Op::TagLogGroup | Op::TagResource => tag::put(context, input).await,
        Op::UntagLogGroup | Op::UntagResource => tag::remove(context, input).await,
        Op::ListTagsLogGroup | Op::ListTagsForResource => tag::list(context, input).await,
    }
}

/// What goes wrong with the logs.
#[derive(Debug)]
struct LogsFailure(ApiError);

impl From<LogsError> for LogsFailure {
    fn from(why: LogsError) -> LogsFailure {
        tracing::error!(%why, "logs cannot be used");
        LogsFailure(error("ServiceUnavailableException", format!("The logs cannot be used: {why}")))
    }
}

impl From<ApiError> for LogsFailure {
    fn from(error: ApiError) -> LogsFailure {
        LogsFailure(error)
    }
}

/// Works on the logs with what the caller sees.
async fn with(
    context: &Context<'_>,
    input: &Value,
    work: impl FnOnce(&mut LogDatabase, &Scope, &Value) -> Result<Value, LogsFailure> + Send + 'static,
) -> Result<Value, ApiError> {
    let (scope, input) = (context.scope.clone(), input.clone());
    let worked = context.endpoint.logs.with(move |database| work(database, &scope, &input)).await;
    worked.map_err(|LogsFailure(error)| error)
}

/// Changes the logs, likewise.
async fn change(
    context: &Context<'_>,
    input: &Value,
    work: impl FnOnce(&mut LogDatabase, &Scope, &Value) -> Result<Value, LogsFailure> + Send + 'static,
) -> Result<Value, ApiError> {
    let (scope, input) = (context.scope.clone(), input.clone());
    let worked = context.endpoint.logs.change(move |database| work(database, &scope, &input)).await;
    worked.map_err(|LogsFailure(error)| error)
}

fn invalid(message: impl Into<String>) -> ApiError {
    error("InvalidParameterException", message)
}

/// The name that a request gives by name, by identifier or by ARN.
fn group_name(input: &Value) -> Result<String, ApiError> {
    let by_name = input["logGroupName"].as_str();
    let given = by_name.or_else(|| input["logGroupIdentifier"].as_str());
    let given = given.or_else(|| input["resourceArn"].as_str());
    let given = given.ok_or_else(|| {
        invalid("Exactly one of logGroupName or logGroupIdentifier must be specified.")
    })?;
    let named = given.split_once(":log-group:").map_or(given, |(_, name)| name);
    Ok(named.trim_end_matches(":*").to_owned())
}

/// The group that a request names, which must be there.
fn existing(database: &LogDatabase, scope: &Scope, input: &Value) -> Result<LogGroup, LogsFailure> {
    let name = group_name(input)?;
    let found = database.group(scope, &name)?;
    found.ok_or_else(|| LogsFailure(no_group()))
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

/// One page of things with their keys in the order given; the token is the last key before.
fn page(input: &Value, name: &str, mut found: Vec<(String, Value)>) -> Value {
    if let Some(token) = input["nextToken"].as_str()
        && let Some(at) = found.iter().position(|(key, _)| key == token)
    {
        found.drain(..=at);
    }
    let size = input["limit"].as_u64().and_then(|limit| usize::try_from(limit).ok()).unwrap_or(50);
    let more = found.len() > size;
    found.truncate(size);
    let token = found.last().map(|(key, _)| key.clone()).filter(|_| more);
    let mut answer = json!({name: found.into_iter().map(|(_, value)| value).collect::<Vec<_>>()});
    if let Some(token) = token {
        answer["nextToken"] = json!(token);
    }
    answer
}
