//! Who can be told of something: functions, queues, topics, buses and buckets.

use neighbours::{Actor, Outward};
use serde_json::{Value, json};
use wire::arn::Arn;
use wire::{ApiError, Operation, SERVICES};

use crate::outward::Reach;
use crate::request_id::request_id;

/// The principal of what Lambda does.
pub(crate) const LAMBDA: &str = "lambda.amazonaws.com";

/// Where something can be delivered to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// A function, perhaps with a qualifier.
    Function(String),
    /// An SQS queue: its ARN, and the path of its URL.
    Queue(String, String),
    /// An SNS topic.
    Topic(String),
    /// An event bus.
    Bus(String),
    /// A bucket of S3, by its name: of what fails alone.
    Bucket(String),
}

/// An operation by which a place is told, or looked at.
pub(crate) struct Call<'a> {
    service: &'static str,
    operation: &'static str,
    arn: &'a str,
    input: Value,
}

impl Place {
    /// The place that an ARN names; none where no such thing can be delivered to.
    pub(crate) fn of(text: &str) -> Option<Place> {
        let arn = Arn::parse(text)?;
        let whole = text.to_owned();
        match arn.service {
            "lambda" if arn.resource.starts_with("function:") => Some(Place::Function(whole)),
            "sqs" => Some(Place::Queue(whole, format!("{}/{}", arn.account, arn.resource))),
            "sns" => Some(Place::Topic(whole)),
            "s3" if !arn.resource.contains('/') => Some(Place::Bucket(arn.resource.to_owned())),
            "events" if arn.resource.starts_with("event-bus/") => Some(Place::Bus(whole)),
            _ => None,
        }
    }

    /// Whether it is there, and its service lets itself be told by the actor; a function is not asked
    /// about.
    pub(crate) async fn is_open(&self, reach: &Reach, actor: &Actor) -> bool {
        let look = match self {
            Place::Function(_) => return true,
            Place::Bucket(name) => {
                // Whatever key an object will have.
                // Within what Lambda's keys begin with.
                let may = reach.may_put(actor, name, "aws/lambda/*").await;
                return reach.has_bucket(name).await && may.unwrap_or_default();
            }
            Place::Queue(arn, path) => {
                let name = path.rsplit('/').next().unwrap_or_default();
                let input = json!({"QueueName": name});
                Call { service: "sqs", operation: "GetQueueUrl", arn, input }
            }
            Place::Topic(arn) => {
                let input = json!({"TopicArn": arn});
                Call { service: "sns", operation: "GetTopicAttributes", arn, input }
            }
            Place::Bus(arn) => {
                let input = json!({"Name": arn});
                Call { service: "events", operation: "DescribeEventBus", arn, input }
            }
        };
        let telling = match self {
            Place::Bus(arn) => Some(put_event(arn, json!({"EventBusName": arn}))),
            _ => self.message(String::new(), Value::Null),
        };
        let (Some(looked), Some(telling)) = (operation_of(&look), telling) else { return false };
        let Some(told) = operation_of(&telling) else { return false };
        reach.is_answered(actor, looked, look.arn, look.input).await
            && reach.is_let(actor, told, telling.arn, &telling.input).await
    }

    /// The call that sends a text to a queue or topic; none for other places.
    pub(crate) fn message(&self, body: String, attributes: Value) -> Option<Call<'_>> {
        let mut call = match self {
            Place::Queue(arn, path) => {
                let input =
                    json!({"QueueUrl": format!("http://localhost/{path}"), "MessageBody": body});
                Call { service: "sqs", operation: "SendMessage", arn, input }
            }
            Place::Topic(arn) => {
                let input = json!({"TopicArn": arn, "Message": body});
                Call { service: "sns", operation: "Publish", arn, input }
            }
            Place::Function(_) | Place::Bus(_) | Place::Bucket(_) => return None,
        };
        if !attributes.is_null() {
            call.input["MessageAttributes"] = attributes;
        }
        Some(call)
    }

    /// Sends a text to a queue or topic, or puts it into a bucket, under a key that is made then.
    pub(crate) async fn put(
        &self,
        reach: &Reach,
        actor: &Actor,
        body: String,
        key: impl FnOnce() -> String,
    ) -> Result<(), ApiError> {
        if let Place::Bucket(name) = self {
            return reach.put_object(actor, name, &key(), body.as_bytes()).await;
        }
        match self.message(body, Value::Null) {
            Some(call) => made(reach, actor, call).await,
            None => Err(ApiError::internal(&wire::lambda::SERVICE)),
        }
    }
}

pub(crate) fn put_event(bus: &str, entry: Value) -> Call<'_> {
    let input = json!({"Entries": [entry]});
    Call { service: "events", operation: "PutEvents", arn: bus, input }
}

fn operation_of(call: &Call<'_>) -> Option<&'static Operation> {
    SERVICES.into_iter().find(|each| each.name == call.service)?.operation(call.operation)
}

pub(crate) async fn made(reach: &Reach, actor: &Actor, call: Call<'_>) -> Result<(), ApiError> {
    let missing = || ApiError::internal(&wire::lambda::SERVICE);
    let operation = operation_of(&call).ok_or_else(missing)?;
    reach.call(actor, operation, call.arn, call.input).await?;
    Ok(())
}

/// A key of what is told now, within what Lambda has under a path.
pub(crate) fn key_within(path: &str) -> String {
    let at = wire::time::iso8601(crate::logs::now());
    let (day, time) = at.trim_end_matches('Z').split_once('T').unwrap_or((&at, ""));
    let (days, time) = (day.replace('-', "/"), time.replace(':', "."));
    format!("aws/lambda/{path}/{days}/{day}T{time}-{}", request_id())
}
