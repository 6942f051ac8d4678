//! Destinations and dead-letter queues: who can be told of an asynchronous event that ended, and the
//! telling.

mod record;

use std::sync::{Arc, Weak};

use bytes::Bytes;
use engine::effect::Receiver;
use engine::input::Told;
use engine::node::EventContext;
use neighbours::{Actor, InvokeError, Outward};
use serde_json::{Value, json};
use tokio::sync::{Semaphore, mpsc, oneshot};
use wire::arn::{Arn, FunctionReference};
use wire::{ApiError, Operation, SERVICES};

use crate::driver::{Driver, OfFunction, Order, now};
use crate::outward::Reach;
use crate::payload::EventBytes;
use crate::thread::spawn_vital;
use crate::trace::lineage;

/// Receivers that are told at a time.
const AT_ONCE: usize = 32;
/// Bytes of an event.
const EVENT: usize = 1_048_576;
/// The principal of what Lambda does.
const LAMBDA: &str = "lambda.amazonaws.com";

/// Tells whatever is to be told, for as long as the driver is there.
pub fn start(driver: Weak<Driver>, reach: Arc<Reach>) {
    spawn_vital("destinations", run(driver, reach));
}

async fn run(driver: Weak<Driver>, reach: Arc<Reach>) {
    let orders = driver.upgrade().and_then(|driver| driver.orders());
    let Some(orders) = orders else { return };
    tell_all(driver, reach, orders).await;
}

async fn tell_all(
    driver: Weak<Driver>,
    reach: Arc<Reach>,
    mut orders: mpsc::UnboundedReceiver<Order>,
) {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    while let Some(order) = orders.recv().await {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let Some(held) = driver.upgrade() else { return };
        let reach = Arc::clone(&reach);
        tokio::spawn(async move {
            let (request, receiver) = (order.telling.request, order.receiver.clone());
            let function = order.function.clone();
            let told = tell(&held, &reach, order).await;
            if let Told::Refused(why) | Told::Later(why) = &told {
                let arn = receiver.arn();
                tracing::warn!(%request, receiver = arn, why, "how an event ended was not told");
                count(&held, &function, &receiver);
            }
            held.told(request, receiver, told);
            drop(place);
        });
    }
}

/// Counts that a receiver could not be told.
fn count(driver: &Driver, function: &OfFunction, receiver: &Receiver) {
    let reference = FunctionReference::parse(&function.arn);
    let figures = reference.and_then(|it| driver.metrics().of(&function.scope, it.name));
    if let Some(figures) = figures {
        figures.untold(now(), matches!(receiver, Receiver::DeadLetter(_)));
    }
}

async fn tell(driver: &Arc<Driver>, reach: &Reach, order: Order) -> Told {
    let Order { receiver, telling, function, event, response } = order;
    let event = match event {
        EventBytes::Held(bytes) => bytes,
        EventBytes::Stored(request) => {
            let (sender, read) = oneshot::channel();
            driver.store().read_event(request, move |read| drop(sender.send(read)));
            match read.await {
                Ok(Ok(Some(bytes))) => bytes,
                _ => return Told::Later("the event cannot be read".into()),
            }
        }
    };
    let Some(place) = Place::of(receiver.arn()) else {
        return Told::Refused("it is no destination".into());
    };
    let actor = Actor {
        principal: LAMBDA,
        source_arn: function.arn.clone(),
        source_account: function.scope.account,
        role: Some(function.role.clone()),
    };
    let sent = match &receiver {
        Receiver::Destination(_) => {
            let record = record::record(&telling, &function, &event, response);
            place.send(reach, &actor, &telling.trace, record, &function.arn).await
        }
        Receiver::DeadLetter(_) => {
            let letter = record::letter(&telling, &event, response);
            place.send_letter(reach, &actor, letter).await
        }
    };
    match sent {
        Ok(()) => Told::Delivered,
        Err(Failure::Refused(why)) => Told::Refused(why),
        Err(Failure::Later(why)) => Told::Later(why),
    }
}

/// Why something was not delivered.
enum Failure {
    Refused(String),
    Later(String),
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Failure {
        let why = format!("{}: {}", error.code, error.message);
        match error.status {
            429 | 500.. => Failure::Later(why),
            _ => Failure::Refused(why),
        }
    }
}

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

    /// Whether it is there, and the services that have it are served; a function is not asked about.
    pub(crate) async fn is_there(&self, reach: &Reach, actor: &Actor) -> bool {
        let (service, operation, arn, input) = match self {
            Place::Function(_) => return true,
            Place::Bucket(name) => return reach.has_bucket(name).await,
            Place::Queue(arn, path) => {
                let name = path.rsplit('/').next().unwrap_or_default();
                ("sqs", "GetQueueUrl", arn, json!({"QueueName": name}))
            }
            Place::Topic(arn) => ("sns", "GetTopicAttributes", arn, json!({"TopicArn": arn})),
            Place::Bus(arn) => ("events", "DescribeEventBus", arn, json!({"Name": arn})),
        };
        match operation_of(service, operation) {
            Some(operation) => reach.call(actor, operation, arn, input).await.is_ok(),
            None => false,
        }
    }

    async fn send(
        &self,
        reach: &Reach,
        actor: &Actor,
        trace: &Option<String>,
        record: Value,
        function: &str,
    ) -> Result<(), Failure> {
        let body = record.to_string();
        match self {
            Place::Function(arn) => {
                if body.len() > EVENT {
                    return Err(Failure::Refused("the record is too large".into()));
                }
                let (trace, hops) = lineage::next(trace.as_deref().unwrap_or_default(), arn);
                let context = EventContext { client: None, trace: Some(trace), hops };
                let invoked = reach.invoke_with(actor, arn, Bytes::from(body), context, "").await;
                invoked.map_err(|why| match why {
                    InvokeError::Missing(_) | InvokeError::Denied(_) => {
                        Failure::Refused(why.to_string())
                    }
                    InvokeError::Later(why) => Failure::Later(why),
                })
            }
            Place::Queue(arn, path) => {
                let input =
                    json!({"QueueUrl": format!("http://localhost/{path}"), "MessageBody": body});
                call(reach, actor, "sqs", "SendMessage", arn, input).await
            }
            Place::Topic(arn) => {
                let input = json!({"TopicArn": arn, "Message": body});
                call(reach, actor, "sns", "Publish", arn, input).await
            }
            Place::Bucket(name) => {
                let key = object_key(function);
                reach.put_object(actor, name, &key, body.as_bytes()).await.map_err(Failure::from)
            }
            Place::Bus(arn) => {
                let is_success = record["requestContext"]["condition"] == "Success";
                let how = if is_success { "Success" } else { "Failure" };
                let entry = json!({
                    "Source": "lambda",
                    "DetailType": format!("Lambda Function Invocation Result - {how}"),
                    "Detail": body,
                    "Resources": [arn, function],
                    "EventBusName": arn,
                });
                call(reach, actor, "events", "PutEvents", arn, json!({"Entries": [entry]})).await
            }
        }
    }

    async fn send_letter(
        &self,
        reach: &Reach,
        actor: &Actor,
        letter: record::Letter,
    ) -> Result<(), Failure> {
        let record::Letter { body, attributes } = letter;
        match self {
            Place::Queue(arn, path) => {
                let url = format!("http://localhost/{path}");
                let input =
                    json!({"QueueUrl": url, "MessageBody": body, "MessageAttributes": attributes});
                call(reach, actor, "sqs", "SendMessage", arn, input).await
            }
            Place::Topic(arn) => {
                let input =
                    json!({"TopicArn": arn, "Message": body, "MessageAttributes": attributes});
                call(reach, actor, "sns", "Publish", arn, input).await
            }
            Place::Function(_) | Place::Bus(_) | Place::Bucket(_) => {
                Err(Failure::Refused("it takes no dead letters".into()))
            }
        }
    }
}

/// Under which key S3 has what is told of a function now.
fn object_key(function: &str) -> String {
    let name = FunctionReference::parse(function).map_or(function, |reference| reference.name);
    let at = wire::time::iso8601(crate::logs::now());
    let (day, time) = at.trim_end_matches('Z').split_once('T').unwrap_or((&at, ""));
    let (path, time) = (day.replace('-', "/"), time.replace(':', "."));
    format!("aws/lambda/async/{name}/{path}/{day}T{time}-{}", crate::http::request_id())
}

fn operation_of(service: &str, operation: &str) -> Option<&'static Operation> {
    SERVICES.into_iter().find(|each| each.name == service)?.operation(operation)
}

async fn call(
    reach: &Reach,
    actor: &Actor,
    service: &str,
    operation: &str,
    arn: &str,
    input: Value,
) -> Result<(), Failure> {
    let missing = || Failure::Refused(format!("{service} is not served"));
    let operation = operation_of(service, operation).ok_or_else(missing)?;
    reach.call(actor, operation, arn, input).await?;
    Ok(())
}
