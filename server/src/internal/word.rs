//! Words that mean something to whoever asks what is reached, whatever resources there are.

use std::net::IpAddr;

use engine::id::{RequestId, is_id};
use engine::network::service::Served;

/// The word for whoever is outside.
pub(super) const INTERNET: &str = "internet";

/// The host that a word names where it names a service of AWS's: by its whole name, or by what that
/// begins with in a region.
pub(super) fn host(word: &str, region: &str) -> String {
    let is_whole = word.contains('.') && word.parse::<IpAddr>().is_err();
    if is_whole { word.to_ascii_lowercase() } else { format!("{word}.{region}.amazonaws.com") }
}

/// What a word means that no resource may be called, since nobody could tell then which is meant.
pub(super) fn meaning(word: &str, region: &str) -> Option<&'static str> {
    if word == INTERNET {
        return Some("whoever is outside");
    }
    if word == "localhost" {
        return Some("whoever asks");
    }
    if word.chars().all(|c| c == '.') {
        return Some("nothing");
    }
    if word.parse::<IpAddr>().is_ok() {
        return Some("an address");
    }
    if is_id(word) || word.parse::<RequestId>().is_ok() {
        return Some("an id");
    }
    Served::named(&host(word, region)).map(|_| "a service of AWS's")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant_already_is_no_name() {
        for (word, told) in [
            ("internet", "whoever is outside"),
            ("localhost", "whoever asks"),
            ("..", "nothing"),
            ("10.14.1.9", "an address"),
            ("eni-0aaaaaaaaaaaaaaaa", "an id"),
            ("eni-0123abcd", "an id"),
            ("sgr-0aaaaaaaaaaaaaaaa", "an id"),
            ("0d3a9b9e-5c3d-4f7e-8e0a-0123456789ab", "an id"),
            ("s3", "a service of AWS's"),
            ("sqs", "a service of AWS's"),
            ("SQS.us-east-1.amazonaws.com", "a service of AWS's"),
            ("bucket.s3.amazonaws.com", "a service of AWS's"),
        ] {
            assert_eq!(meaning(word, "eu-west-1"), Some(told), "{word}");
        }
        let free = ["db", "Internet", "10.14.1", "eni-db", "web-20240101", "s3-cache", "orders.s3"];
        for word in free {
            assert_eq!(meaning(word, "eu-west-1"), None, "{word}");
        }
    }
}
