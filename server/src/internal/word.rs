//! Words that mean something to whoever asks what is reached, whatever resources there are.

use std::net::{IpAddr, Ipv4Addr};

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
    if is_id(word) || is_zone(word) || word.parse::<RequestId>().is_ok() {
        return Some("an id");
    }
    if is_host(&word.to_ascii_lowercase()) {
        return Some("an interface's host name");
    }
    Served::named(&host(word, region)).map(|_| "a service of AWS's")
}

/// Whether a word is of the form of a hosted zone's id.
fn is_zone(word: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    word.starts_with('Z') && (12..=32).contains(&word.len()) && word.bytes().all(is_sign)
}

/// Whether a word is of the form of the names that interfaces have in their VPCs, by themselves or within the
/// domain of a region.
fn is_host(word: &str) -> bool {
    let label = word.split('.').next().unwrap_or_default();
    let address = label.strip_prefix("ip-").map(|rest| rest.replace('-', "."));
    let is_address = address.is_some_and(|text| text.parse::<Ipv4Addr>().is_ok());
    is_address || word.ends_with(".ec2.internal") || word.ends_with(".compute.internal")
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
            ("Z0FWG1234567890ABCDEF", "an id"),
            ("ip-10-9-1-5", "an interface's host name"),
            ("ip-10-9-1-5.ec2.internal", "an interface's host name"),
            ("IP-10-9-1-5.eu-west-1.compute.internal", "an interface's host name"),
            ("i-0123.ec2.internal", "an interface's host name"),
            ("s3", "a service of AWS's"),
            ("sqs", "a service of AWS's"),
            ("SQS.us-east-1.amazonaws.com", "a service of AWS's"),
            ("bucket.s3.amazonaws.com", "a service of AWS's"),
        ] {
            assert_eq!(meaning(word, "eu-west-1"), Some(told), "{word}");
        }
        let free = [
            "db",
            "Internet",
            "10.14.1",
            "eni-db",
            "web-20240101",
            "s3-cache",
            "orders.s3",
            "Zone1",
            "ip-db",
            "six.int.example",
        ];
        for word in free {
            assert_eq!(meaning(word, "eu-west-1"), None, "{word}");
        }
    }
}
