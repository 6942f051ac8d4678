//! The documents in which messages arrive: as text for queues, as an event for functions.
//!
//! Nothing signs them: where AWS has a signature and the place of its certificate, there is an empty
//! text, which no verification takes for good.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::content::Content;
use super::stored::Subscription;

/// A message on its way to a subscription.
#[derive(Debug, Clone)]
pub(super) struct Notification {
    /// The message's id.
    pub(super) uuid: String,
    /// When it was published, in milliseconds of the Unix epoch.
    pub(super) published: i64,
    /// Its place in a FIFO topic.
    pub(super) sequence: Option<i64>,
    pub(super) content: Content,
    pub(super) signature_version: String,
    pub(super) subscription: Subscription,
}

/// The number that tells the order of messages of a FIFO topic, which has twenty digits.
pub(super) fn sequence(number: i64) -> String {
    const FIRST: u128 = 10_000_000_000_000_000_000;
    (FIRST + u128::from(number.unsigned_abs()) * 1_000).to_string()
}

impl Notification {
    fn time(&self) -> String {
        wire::time::iso8601_millis(self.published)
    }

    /// Where a subscription is given up, which needs credentials as any request does.
    fn unsubscribe_url(&self) -> String {
        let Subscription { host, .. } = &self.subscription;
        format!("http://{host}/?Action=Unsubscribe&SubscriptionArn={}", self.subscription.arn())
    }

    /// The message without anything around it.
    pub(super) fn body(&self) -> &str {
        self.content.body_for(&self.subscription.protocol)
    }

    /// The message as a text with what is around it.
    pub(super) fn text(&self) -> String {
        if let Some(token) = &self.content.token {
            return self.confirmation(token);
        }
        let content = &self.content;
        let mut members: Vec<(&str, Value)> =
            vec![("Type", "Notification".into()), ("MessageId", self.uuid.as_str().into())];
        members.extend(self.sequence.map(|number| ("SequenceNumber", sequence(number).into())));
        members.push(("TopicArn", self.subscription.topic.arn().into()));
        members.extend(content.subject.as_deref().map(|subject| ("Subject", subject.into())));
        members.push(("Message", self.body().into()));
        members.push(("Timestamp", self.time().into()));
        // Messages of FIFO topics have no signature on AWS either.
        if self.sequence.is_none() {
            members.extend(self.signature("SigningCertURL"));
        }
        members.push(("UnsubscribeURL", self.unsubscribe_url().into()));
        let mut text = spelled(&members);
        if !content.attributes.is_empty() {
            let attributes = content.attributes.iter().map(|(name, attribute)| {
                let value = json!({"Type": attribute.kind, "Value": attribute.value});
                format!("    {} : {value}", Value::from(name.as_str()))
            });
            let attributes: Vec<String> = attributes.collect();
            let _ =
                write!(text, ",\n  \"MessageAttributes\" : {{\n{}\n  }}", attributes.join(",\n"));
        }
        text + "\n}"
    }

    fn signature(&self, certificate: &'static str) -> [(&'static str, Value); 3] {
        [
            ("SignatureVersion", self.signature_version.as_str().into()),
            ("Signature", "".into()),
            (certificate, "".into()),
        ]
    }

    /// The message that asks whether a subscription is wanted, and where that is said.
    fn question(&self, token: &str) -> (String, String) {
        let (topic, host) = (self.subscription.topic.arn(), &self.subscription.host);
        let message = format!(
            "You have chosen to subscribe to the topic {topic}.\nTo confirm the subscription, visit \
             the SubscribeURL included in this message."
        );
        let url =
            format!("http://{host}/?Action=ConfirmSubscription&TopicArn={topic}&Token={token}");
        (message, url)
    }

    fn confirmation(&self, token: &str) -> String {
        let (message, url) = self.question(token);
        let mut members: Vec<(&str, Value)> = vec![
            ("Type", "SubscriptionConfirmation".into()),
            ("MessageId", self.uuid.as_str().into()),
            ("Token", token.into()),
            ("TopicArn", self.subscription.topic.arn().into()),
            ("Message", message.into()),
            ("SubscribeURL", url.into()),
            ("Timestamp", self.time().into()),
        ];
        members.extend(self.signature("SigningCertURL"));
        spelled(&members) + "\n}"
    }

    /// The event that a function gets.
    pub(super) fn event(&self) -> Value {
        let content = &self.content;
        let attributes = content.attributes.iter().map(|(name, attribute)| {
            (name.clone(), json!({"Type": attribute.kind, "Value": attribute.value}))
        });
        let [version, signature, certificate] = self.signature("SigningCertUrl");
        let mut sns = json!({
            "Type": "Notification",
            "MessageId": self.uuid,
            "TopicArn": self.subscription.topic.arn(),
            "Subject": content.subject,
            "Message": self.body(),
            "Timestamp": self.time(),
            "SignatureVersion": version.1,
            "Signature": signature.1,
            "SigningCertUrl": certificate.1,
            "UnsubscribeUrl": self.unsubscribe_url(),
            "MessageAttributes": attributes.collect::<serde_json::Map<String, Value>>(),
        });
        if let Some(token) = &content.token {
            let (message, url) = self.question(token);
            sns["Type"] = "SubscriptionConfirmation".into();
            sns["Token"] = token.as_str().into();
            sns["Message"] = message.into();
            sns["SubscribeUrl"] = url.into();
        }
        json!({"Records": [{
            "EventSource": "aws:sns",
            "EventVersion": "1.0",
            "EventSubscriptionArn": self.subscription.arn(),
            "Sns": sns,
        }]})
    }
}

/// An object's members as SNS lays them out, without its end.
fn spelled(members: &[(&str, Value)]) -> String {
    let lines: Vec<String> =
        members.iter().map(|(name, value)| format!("  \"{name}\" : {value}")).collect();
    format!("{{\n{}", lines.join(",\n"))
}
