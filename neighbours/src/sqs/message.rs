//! Messages as requests and answers have them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use wire::ApiError;
use wire::sqs::input::{DeleteMessage, ReceiveMessage, SendMessage};
use wire::sqs::output::{Message, MessageAttributeValue, ReceiveMessageResult, SendMessageResult};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::sqs::content::{Attribute, Content};
use crate::sqs::digest::{self, Digests};
use crate::sqs::name::of_url;
use crate::sqs::receive::{Receive, Received};
use crate::sqs::refusal;
use crate::sqs::refusal::{invalid, not_taken};
use crate::sqs::send::NewMessage;
use crate::sqs::service::Sqs;

impl Operation<Sqs> for SendMessage {
    type Output = SendMessageResult;

    async fn run(self, sqs: &Arc<Sqs>, cx: &Context<'_>) -> Result<SendMessageResult, Failure> {
        let SendMessage {
            queue_url,
            message_body,
            delay_seconds,
            message_attributes,
            message_system_attributes,
            message_deduplication_id,
            message_group_id,
        } = self;
        let queue = of_url(cx, &queue_url)?;
        let (attributes, system) = (message_attributes, message_system_attributes);
        let content = Content::of_request(message_body, attributes, system, cx.trace.as_deref())?;
        let digests = Digests::of(&content);
        let message = NewMessage {
            content,
            sender: cx.caller_id.clone(),
            delay: delay_seconds,
            group: message_group_id,
            deduplication_id: message_deduplication_id,
        };
        let sent = sqs.send(&queue, vec![message]).await?.pop().expect("one for each")?;
        let Digests { body, attributes, system } = digests;
        Ok(SendMessageResult {
            md5_of_message_body: Some(body),
            md5_of_message_attributes: attributes,
            md5_of_message_system_attributes: system,
            message_id: Some(sent.message_id),
            sequence_number: sent.sequence,
        })
    }
}

impl Operation<Sqs> for ReceiveMessage {
    type Output = ReceiveMessageResult;

    async fn run(self, sqs: &Arc<Sqs>, cx: &Context<'_>) -> Result<ReceiveMessageResult, Failure> {
        let ReceiveMessage {
            queue_url,
            attribute_names,
            message_system_attribute_names,
            message_attribute_names,
            max_number_of_messages,
            visibility_timeout,
            wait_time_seconds,
            receive_request_attempt_id,
        } = self;
        let queue = of_url(cx, &queue_url)?;
        let bounded =
            |name: &str, value: Option<i32>, least: i32, most: i32, reason: &str| match value {
                Some(value) if !(least..=most).contains(&value) => {
                    Err(not_taken(&value.to_string(), name, reason))
                }
                value => Ok(value),
            };
        let most = bounded(
            "MaxNumberOfMessages",
            max_number_of_messages,
            1,
            10,
            "Must be between 1 and 10, if provided.",
        )?;
        let wait = bounded(
            "WaitTimeSeconds",
            wait_time_seconds,
            0,
            20,
            "Must be >= 0 and <= 20, if provided.",
        )?;
        let visibility = bounded(
            "VisibilityTimeout",
            visibility_timeout,
            0,
            43_200,
            "Must be between 0 and 43200, if provided.",
        )?;
        let mut system = attribute_names.unwrap_or_default();
        system.extend(message_system_attribute_names.unwrap_or_default());
        check_system_names(&system)?;
        let wanted = Wanted { system, own: message_attribute_names.unwrap_or_default() };
        let seconds = |value: i32| Duration::from_secs(u64::try_from(value).unwrap_or_default());
        let request = Receive {
            most: usize::try_from(most.unwrap_or(1)).unwrap_or(1),
            visibility: visibility.map(i64::from),
            wait: wait.map(seconds),
            attempt: receive_request_attempt_id,
        };
        let received = sqs.receive(&queue, request).await?;
        let messages = received.into_iter().map(|message| wanted.show(message)).collect();
        Ok(ReceiveMessageResult { messages: Some(messages).filter(|it: &Vec<_>| !it.is_empty()) })
    }
}

/// The system attributes that there are.
const SYSTEM: [&str; 10] = [
    "All",
    "SenderId",
    "SentTimestamp",
    "ApproximateReceiveCount",
    "ApproximateFirstReceiveTimestamp",
    "SequenceNumber",
    "MessageDeduplicationId",
    "MessageGroupId",
    "AWSTraceHeader",
    "DeadLetterQueueSourceArn",
];

fn check_system_names(names: &[String]) -> Result<(), ApiError> {
    match names.iter().find(|name| !SYSTEM.contains(&name.as_str())) {
        None => Ok(()),
        Some(name) => Err(refusal::unknown_attribute(name)),
    }
}

/// What of a message is asked for.
struct Wanted {
    system: Vec<String>,
    own: Vec<String>,
}

impl Wanted {
    fn show(&self, message: Received) -> Message {
        let Received { message_id, handle, content, .. } = &message;
        let own: BTreeMap<String, Attribute> = content
            .attributes
            .iter()
            .filter(|(name, _)| self.wants(name))
            .map(|(name, attribute)| (name.clone(), attribute.clone()))
            .collect();
        let system = self.system(&message);
        Message {
            message_id: Some(message_id.clone()),
            receipt_handle: Some(handle.clone()),
            md5_of_body: Some(digest::of_body(&content.body)),
            md5_of_message_attributes: digest::of_attributes(&own),
            attributes: Some(system).filter(|it| !it.is_empty()),
            message_attributes: Some(own)
                .filter(|it| !it.is_empty())
                .map(|own| own.into_iter().map(|(name, it)| (name, shown(it))).collect()),
            body: Some(message.content.body),
        }
    }

    /// Whether an attribute of the sender's is asked for: by its name, or by its beginning.
    fn wants(&self, name: &str) -> bool {
        self.own.iter().any(|wanted| match wanted.as_str() {
            "All" | ".*" => true,
            wanted => match wanted.strip_suffix(".*") {
                Some(beginning) => name
                    .strip_prefix(beginning)
                    .is_some_and(|rest| rest.starts_with('.') || rest.is_empty()),
                None => wanted == name,
            },
        })
    }

    fn system(&self, message: &Received) -> BTreeMap<String, String> {
        let there = [
            ("SenderId", Some(message.sender.clone())),
            ("SentTimestamp", Some(message.sent.to_string())),
            ("ApproximateReceiveCount", Some(message.receives.to_string())),
            ("ApproximateFirstReceiveTimestamp", Some(message.first_received.to_string())),
            ("SequenceNumber", message.sequence.clone()),
            ("MessageDeduplicationId", message.deduplication_id.clone()),
            ("MessageGroupId", message.group.clone()),
            ("AWSTraceHeader", message.content.trace.clone()),
            ("DeadLetterQueueSourceArn", message.dead_letter_source.clone()),
        ];
        let is_wanted = |name: &str| self.system.iter().any(|it| it == "All" || it == name);
        let there = there.into_iter().filter(|(name, _)| is_wanted(name));
        there.filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }
}

fn shown(attribute: Attribute) -> MessageAttributeValue {
    let is_binary = attribute.is_binary();
    let Attribute { kind, value } = attribute;
    let (string_value, binary_value) =
        if is_binary { (None, Some(value)) } else { (Some(value), None) };
    MessageAttributeValue {
        string_value,
        binary_value,
        string_list_values: None,
        binary_list_values: None,
        data_type: kind,
    }
}

impl Operation<Sqs> for DeleteMessage {
    type Output = ();

    async fn run(self, sqs: &Arc<Sqs>, cx: &Context<'_>) -> Result<(), Failure> {
        let DeleteMessage { queue_url, receipt_handle } = self;
        let queue = of_url(cx, &queue_url)?;
        if receipt_handle.is_empty() {
            return Err(invalid("The request must contain a receipt handle.").into());
        }
        sqs.delete(&queue, vec![receipt_handle]).await?.pop().expect("one for each")?;
        Ok(())
    }
}
