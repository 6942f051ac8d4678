//! What a schedule calls: a function, a queue, a topic, a bus, or an operation by its name.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use wire::ApiError;
use wire::arn::Arn;
use wire::scheduler::input::{
    DeadLetterConfig, EventBridgeParameters, RetryPolicy, SqsParameters, Target,
};
use wire::scheduler::output;

use super::refusal::invalid;
use crate::delivery::{self, PlaceKind, operation_of, place_of};
use crate::operation::Scope;
use crate::sqs::QueueName;

/// How ARNs begin that name an operation of AWS's.
const UNIVERSAL: &str = "arn:aws:scheduler:::aws-sdk:";

/// A target as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct CalledTarget {
    pub(super) arn: String,
    pub(super) role: String,
    pub(super) input: Option<String>,
    /// The message group, where it is a queue.
    pub(super) group: Option<String>,
    /// The detail type and the source, where it is a bus.
    pub(super) event: Option<(String, String)>,
    /// The ARN of its dead-letter queue.
    pub(super) dead_letters: Option<String>,
    pub(super) retries: Option<i32>,
    /// How old a call becomes, in seconds.
    pub(super) age: Option<i32>,
}

impl CalledTarget {
    /// Reads a target.
    ///
    /// # Errors
    /// When it is none that there can be.
    pub(super) fn read(target: Target) -> Result<CalledTarget, ApiError> {
        let Target {
            arn,
            role_arn,
            dead_letter_config,
            retry_policy,
            input,
            event_bridge_parameters,
            sqs_parameters,
        } = target;
        let dead_letters = dead_letter_config.and_then(|DeadLetterConfig { arn }| arn);
        if let Some(queue) = dead_letters.as_deref().filter(|queue| queue.ends_with(".fifo")) {
            let message = format!("The dead-letter queue {queue} must be a standard queue.");
            return Err(invalid(message));
        }
        let RetryPolicy { maximum_event_age_in_seconds, maximum_retry_attempts } =
            retry_policy.unwrap_or_default();
        let event = event_bridge_parameters
            .map(|EventBridgeParameters { detail_type, source }| (detail_type, source));
        let read = CalledTarget {
            arn,
            role: role_arn,
            input,
            group: sqs_parameters.and_then(|SqsParameters { message_group_id }| message_group_id),
            event,
            dead_letters,
            retries: maximum_retry_attempts,
            age: maximum_event_age_in_seconds,
        };
        read.check()?;
        Ok(read)
    }

    fn check(&self) -> Result<(), ApiError> {
        let place = place_of(&self.arn);
        if self.group.is_some() && place != Some(PlaceKind::Queue) {
            return Err(invalid("SqsParameters are for targets that are SQS queues."));
        }
        if self.event.is_some() && place != Some(PlaceKind::Bus) {
            return Err(invalid("EventBridgeParameters are for targets that are event buses."));
        }
        let json = || serde_json::from_str::<Value>(self.input.as_deref().unwrap_or("{}")).ok();
        match place {
            Some(PlaceKind::Function) if json().is_none() => {
                Err(invalid("The Input of a function must be valid JSON."))
            }
            Some(PlaceKind::Queue) if self.arn.ends_with(".fifo") && self.group.is_none() => {
                Err(invalid("A FIFO queue must be given a MessageGroupId in SqsParameters."))
            }
            Some(PlaceKind::Bus) => {
                if self.event.is_none() {
                    return Err(invalid("EventBridgeParameters must be given for an event bus."));
                }
                match json().filter(|input| self.input.is_some() && input.is_object()) {
                    Some(_) => Ok(()),
                    None => Err(invalid("The Input of an event bus must be a JSON object.")),
                }
            }
            Some(_) => Ok(()),
            None => match self.arn.strip_prefix(UNIVERSAL) {
                Some(name) => self.check_universal(name),
                None => Err(other(&self.arn)),
            },
        }
    }

    fn check_universal(&self, name: &str) -> Result<(), ApiError> {
        let unsupported = || invalid(format!("Warren does not support the target {}.", self.arn));
        let text = self.input.as_deref().unwrap_or("{}");
        let input: Option<Value> = serde_json::from_str(text).ok().filter(Value::is_object);
        let input = input.ok_or_else(|| invalid("The Input must be a JSON object."))?;
        if name == "lambda:invoke" {
            return check_invoke(&input);
        }
        let (service, operation) = universal(name).ok_or_else(unsupported)?;
        let operation = operation_of(service, operation).ok_or_else(unsupported)?;
        wire::supported::check(operation, &input).map_err(|why| invalid(why.message))?;
        let known = operation.input.map_or(&[][..], members);
        let is_known = |name: &String| known.iter().any(|member| member.name == *name);
        let unknown = input.as_object().into_iter().flatten().find(|(name, _)| !is_known(name));
        if let Some((unknown, _)) = unknown {
            let message = format!("{unknown} is no parameter of {}.", operation.name);
            return Err(invalid(message));
        }
        let required = known.iter().filter(|member| member.required).map(|member| member.name);
        // The model requires no topic, since there are phone numbers, which Warren does not send to.
        let topic = (name == "sns:publish").then_some("TopicArn");
        let missing = required.chain(topic).find(|name| input[*name].is_null());
        if let Some(missing) = missing {
            return Err(invalid(format!("The Input of {name} must have {missing}.")));
        }
        let url = &input["QueueUrl"];
        let queue = url.as_str().and_then(|url| QueueName::of_url(url, ""));
        if service == "sqs" && queue.is_none() {
            return Err(invalid(format!("The QueueUrl {url} names no account and queue.")));
        }
        Ok(())
    }

    /// The target of a call, and what it is given.
    pub(super) fn call(&self, scope: &Scope, source: &str, at: i64) -> (delivery::Target, String) {
        let arn = self.arn.clone();
        let body = || self.input.clone().unwrap_or_else(|| told(scope, source, at));
        if let Some(name) = self.arn.strip_prefix(UNIVERSAL) {
            return self.called(scope, name);
        }
        match place_of(&self.arn) {
            Some(PlaceKind::Queue) => {
                (delivery::Target::Queue { arn, group: self.group.clone() }, body())
            }
            Some(PlaceKind::Topic) => (delivery::Target::Topic(arn), body()),
            Some(PlaceKind::Bus) => {
                let (detail_type, source) = self.event.clone().unwrap_or_default();
                (delivery::Target::Event { bus: arn, source, detail_type }, body())
            }
            Some(PlaceKind::Function) | None => (delivery::Target::Function(arn), body()),
        }
    }

    /// A call of an operation.
    fn called(&self, scope: &Scope, name: &str) -> (delivery::Target, String) {
        let body = self.input.clone().unwrap_or_else(|| "{}".to_owned());
        let input: Value = serde_json::from_str(&body).unwrap_or_default();
        let text = |member: &str| input[member].as_str().unwrap_or_default().to_owned();
        if name == "lambda:invoke" {
            let payload = match &input["Payload"] {
                Value::String(text) => text.clone(),
                Value::Null => "{}".to_owned(),
                other => other.to_string(),
            };
            return (
                delivery::Target::Function(function_arn(scope, &text("FunctionName"))),
                payload,
            );
        }
        let (service, operation) = universal(name).unwrap_or_default();
        let resource = match service {
            "sqs" => {
                let queue = QueueName::of_url(&text("QueueUrl"), &scope.region);
                queue.map(|queue| queue.arn()).unwrap_or_default()
            }
            "sns" => text("TopicArn"),
            _ => scope.arn(service, "event-bus/default"),
        };
        let (service, operation) = (service.to_owned(), operation.to_owned());
        (delivery::Target::Operation { service, operation, resource }, body)
    }

    /// As it is told.
    pub(super) fn shown(&self) -> output::Target {
        let event = self.event.clone();
        output::Target {
            arn: self.arn.clone(),
            role_arn: self.role.clone(),
            dead_letter_config: self
                .dead_letters
                .clone()
                .map(|arn| output::DeadLetterConfig { arn: Some(arn) }),
            // What is not asked for is what happens.
            retry_policy: Some(output::RetryPolicy {
                maximum_event_age_in_seconds: Some(self.age.unwrap_or(super::fire::AGE)),
                maximum_retry_attempts: Some(self.retries.unwrap_or(super::fire::RETRIES)),
            }),
            input: self.input.clone(),
            ecs_parameters: None,
            event_bridge_parameters: event
                .map(|(detail_type, source)| output::EventBridgeParameters { detail_type, source }),
            event_bridge_put_events_v2_parameters: None,
            event_bridge_put_raw_events_parameters: None,
            kinesis_parameters: None,
            sage_maker_pipeline_parameters: None,
            sqs_parameters: self
                .group
                .clone()
                .map(|group| output::SqsParameters { message_group_id: Some(group) }),
        }
    }
}

fn members(shape: &'static wire::Shape) -> &'static [wire::Member] {
    match &shape.kind {
        wire::Kind::Structure { members, .. } => members,
        _ => &[],
    }
}

/// The service and the operation that a universal target names, where Warren calls it.
fn universal(name: &str) -> Option<(&'static str, &'static str)> {
    match name {
        "sqs:sendMessage" => Some(("sqs", "SendMessage")),
        "sns:publish" => Some(("sns", "Publish")),
        "eventbridge:putEvents" => Some(("events", "PutEvents")),
        _ => None,
    }
}

fn other(arn: &str) -> ApiError {
    match Arn::parse(arn) {
        Some(parsed) if !arn.starts_with(UNIVERSAL) => invalid(format!(
            "Warren does not support targets of {}, such as {arn}: functions, SQS queues, SNS topics and \
             event buses are.",
            parsed.service
        )),
        _ => invalid(format!("Provided Arn is not in correct format: {arn}.")),
    }
}

fn check_invoke(input: &Value) -> Result<(), ApiError> {
    for (name, value) in input.as_object().into_iter().flatten() {
        match (name.as_str(), value.as_str()) {
            ("Payload", _) => {}
            ("FunctionName", Some(name)) if wire::arn::FunctionReference::parse(name).is_some() => {
            }
            ("InvocationType", Some("Event")) => {}
            ("InvocationType", _) => {
                let message = "Warren supports lambda:invoke with InvocationType Event alone.";
                return Err(invalid(message));
            }
            _ => {
                let message =
                    format!("Warren does not support {name} as it is given to lambda:invoke.");
                return Err(invalid(message));
            }
        }
    }
    match (input["FunctionName"].is_string(), input["InvocationType"].is_string()) {
        (false, _) => Err(invalid("The Input of lambda:invoke must have a FunctionName.")),
        (_, false) => {
            Err(invalid("Warren supports lambda:invoke with InvocationType Event alone."))
        }
        _ => Ok(()),
    }
}

/// The ARN of a function that is named in some way.
fn function_arn(scope: &Scope, name: &str) -> String {
    match wire::arn::FunctionReference::parse(name) {
        Some(found) => wire::arn::function_arn(
            found.region.unwrap_or(&scope.region),
            found.account.unwrap_or(&format!("{:012}", scope.account)),
            found.name,
            found.qualifier,
        ),
        None => name.to_owned(),
    }
}

/// What a target is told that is given no input.
fn told(scope: &Scope, source: &str, at: i64) -> String {
    json!({
        "version": "0",
        "id": "<aws.scheduler.execution-id>",
        "detail-type": "Scheduled Event",
        "source": "aws.scheduler",
        "account": format!("{:012}", scope.account),
        "time": wire::time::iso8601(at),
        "region": scope.region,
        "resources": [source],
        "detail": "{}",
    })
    .to_string()
}
