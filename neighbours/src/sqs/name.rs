//! The name of a queue, and the forms in which it is given: a URL, an ARN.

use wire::sqs::error;

use crate::failure::Failure;
use crate::operation::{Context, Scope};

/// A queue's name, with whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QueueName {
    /// The account's number.
    pub account: u64,
    /// The region.
    pub region: String,
    /// The name itself.
    pub name: String,
}

impl QueueName {
    /// A queue of a scope.
    pub fn new(scope: &Scope, name: &str) -> QueueName {
        QueueName { account: scope.account, region: scope.region.clone(), name: name.to_owned() }
    }

    /// The queue that a URL names by its path, `/<account>/<name>`, whatever host it has.
    pub fn of_url(url: &str, region: &str) -> Option<QueueName> {
        let mut segments = url.trim_end_matches('/').rsplit('/');
        let (name, account) = (segments.next()?, segments.next()?);
        let account = account_number(account)?;
        Some(QueueName { account, region: region.to_owned(), name: name.to_owned() })
    }

    /// The queue that an ARN names.
    pub fn of_arn(arn: &str) -> Option<QueueName> {
        let mut parts = arn.split(':');
        let is_arn = parts.next() == Some("arn") && parts.next().is_some();
        let is_queue = is_arn && parts.next() == Some("sqs");
        let (region, account, name) = (parts.next()?, parts.next()?, parts.next()?);
        let account = account_number(account)?;
        let is_whole = is_queue && parts.next().is_none() && !name.is_empty();
        is_whole.then(|| QueueName { account, region: region.to_owned(), name: name.to_owned() })
    }

    /// The ARN.
    pub fn arn(&self) -> String {
        format!("arn:aws:sqs:{}:{:012}:{}", self.region, self.account, self.name)
    }

    /// The URL, under which the queue is found at a server: that which the caller asked.
    pub fn url(&self, server: &str) -> String {
        format!("{server}/{:012}/{}", self.account, self.name)
    }
}

/// The queue that a request names.
pub(crate) fn of_url(cx: &Context<'_>, url: &str) -> Result<QueueName, Failure> {
    match QueueName::of_url(url, &cx.scope.region) {
        Some(name) => Ok(name),
        None => {
            let message = format!("The address {url} is not valid for this endpoint.");
            Err(error("InvalidAddress", message).into())
        }
    }
}

fn account_number(text: &str) -> Option<u64> {
    let is_number = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

/// Whether a queue of this name is a FIFO queue.
pub(super) fn is_fifo(name: &str) -> bool {
    name.ends_with(".fifo")
}

/// Whether a queue can have this name.
pub(super) fn is_possible(name: &str) -> bool {
    let word = name.strip_suffix(".fifo").unwrap_or(name);
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    !word.is_empty() && name.len() <= 80 && word.bytes().all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queue_is_named_by_urls_and_arns() {
        let scope = Scope { account: 7, region: "eu-west-1".into() };
        let name = QueueName::new(&scope, "q.fifo");
        assert_eq!(name.url("http://localhost:4566"), "http://localhost:4566/000000000007/q.fifo");
        for url in [
            "http://localhost:4566/000000000007/q.fifo",
            "http://sqs.eu-west-1.localhost:4566/000000000007/q.fifo/",
            "/000000000007/q.fifo",
        ] {
            assert_eq!(QueueName::of_url(url, "eu-west-1").as_ref(), Some(&name), "{url}");
        }
        assert_eq!(QueueName::of_arn(&name.arn()), Some(name));
        for wrong in ["q", "http://localhost:4566/q", "http://localhost/12/q"] {
            assert_eq!(QueueName::of_url(wrong, "eu-west-1"), None, "{wrong}");
        }
        for wrong in ["arn:aws:sns:eu-west-1:000000000007:q", "arn:aws:sqs:eu-west-1:7:q", "q"] {
            assert_eq!(QueueName::of_arn(wrong), None, "{wrong}");
        }
        for (word, possible) in
            [("a-b_9", true), ("a.fifo", true), ("a.b", false), ("", false), (".fifo", false)]
        {
            assert_eq!(is_possible(word), possible, "{word}");
        }
    }
}
