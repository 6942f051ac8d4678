//! The names of topics and subscriptions, and the ARNs in which they are given.

use wire::ApiError;

use super::refusal::invalid;
use crate::operation::Scope;

/// A topic's name, with whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct TopicName {
    pub(crate) account: u64,
    pub(crate) region: String,
    pub(crate) name: String,
}

impl TopicName {
    /// A topic of a scope.
    pub(super) fn new(scope: &Scope, name: &str) -> TopicName {
        TopicName { account: scope.account, region: scope.region.clone(), name: name.to_owned() }
    }

    /// The topic that an ARN names, as the parameter of this name gives it.
    ///
    /// # Errors
    /// When it is no ARN, or none of a topic.
    pub(super) fn of(parameter: &str, arn: &str) -> Result<TopicName, ApiError> {
        let (name, rest) = parts(parameter, arn)?;
        match rest {
            None => Ok(name),
            Some(_) => Err(invalid(parameter)),
        }
    }

    /// The ARN.
    pub(super) fn arn(&self) -> String {
        format!("arn:aws:sns:{}:{:012}:{}", self.region, self.account, self.name)
    }

    /// Whether messages of a topic of this name keep their order.
    pub(super) fn is_fifo(&self) -> bool {
        is_fifo(&self.name)
    }

    /// The ARN of a subscription.
    pub(super) fn subscription(&self, uuid: &str) -> String {
        format!("{}:{uuid}", self.arn())
    }
}

/// The topic that the ARN of a subscription names, and the subscription's own id.
///
/// # Errors
/// When it is no such ARN.
pub(super) fn subscription(arn: &str) -> Result<(TopicName, String), ApiError> {
    match parts("SubscriptionArn", arn)? {
        (topic, Some(uuid)) => Ok((topic, uuid)),
        (_, None) => Err(invalid("SubscriptionArn")),
    }
}

fn parts(parameter: &str, arn: &str) -> Result<(TopicName, Option<String>), ApiError> {
    let parts: Vec<&str> = arn.split(':').collect();
    if parts.len() < 6 {
        return Err(invalid(format!(
            "{parameter} Reason: An ARN must have at least 6 elements, not {}",
            parts.len()
        )));
    }
    let account = account_number(parts[4]);
    let (Some(account), "arn", "sns", 6 | 7) = (account, parts[0], parts[2], parts.len()) else {
        return Err(invalid(parameter));
    };
    let topic = TopicName { account, region: parts[3].to_owned(), name: parts[5].to_owned() };
    Ok((topic, parts.get(6).map(|uuid| (*uuid).to_owned())))
}

/// The number that is written with twelve digits.
pub(super) fn account_number(text: &str) -> Option<u64> {
    let is_number = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

/// Whether a topic, or a queue, of this name keeps the order of messages.
pub(super) fn is_fifo(name: &str) -> bool {
    name.ends_with(".fifo")
}

/// Whether a topic can have this name.
pub(super) fn is_possible(name: &str) -> bool {
    let word = name.strip_suffix(".fifo").unwrap_or(name);
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    !word.is_empty() && name.len() <= 256 && word.bytes().all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_and_subscriptions_are_named_by_arns() {
        let scope = Scope { account: 7, region: "eu-west-1".into() };
        let topic = TopicName::new(&scope, "t");
        assert_eq!(TopicName::of("TopicArn", &topic.arn()).expect("a topic"), topic);
        let (of, uuid) = subscription(&topic.subscription("u-1")).expect("a subscription");
        assert_eq!((of, uuid.as_str()), (topic.clone(), "u-1"));
        for (wrong, message) in [
            ("t", "TopicArn Reason: An ARN must have at least 6 elements, not 1"),
            ("arn:t", "TopicArn Reason: An ARN must have at least 6 elements, not 2"),
            ("arn:aws:sqs:eu-west-1:000000000007:t", "TopicArn"),
            ("arn:aws:sns:eu-west-1:7:t", "TopicArn"),
            (&topic.subscription("u"), "TopicArn"),
        ] {
            let why = TopicName::of("TopicArn", wrong).expect_err(wrong);
            assert_eq!(why.message, format!("Invalid parameter: {message}"));
        }
        subscription(&topic.arn()).expect_err("a topic is no subscription");
        for (name, possible) in
            [("a-b_9", true), ("a.fifo", true), ("a.b", false), ("", false), (".fifo", false)]
        {
            assert_eq!(is_possible(name), possible, "{name}");
        }
    }
}
