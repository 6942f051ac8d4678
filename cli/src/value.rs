//! Values of options that several commands take, read from their text.

use std::fmt::Display;
use std::net::{SocketAddr, ToSocketAddrs};
use std::ops::RangeInclusive;
use std::str::FromStr;
use std::time::Duration;

use engine::limits::KeepAlive;
use http::Uri;
use sim::trace::synthetic::time;

/// What a value is not.
#[derive(Debug, PartialEq, thiserror::Error)]
pub(crate) enum ValueError {
    #[error("size {0} is not understood\nhint: for instance 512MB or 8GB")]
    Size(String),
    #[error("keep-alive {0} is not understood\nhint: 5m, hybrid, hybrid:4h or greedy-dual:8GB")]
    KeepAlive(String),
    #[error("{option} {text} is not a whole number from {least} to {most}")]
    Whole { option: &'static str, text: String, least: String, most: String },
    #[error("{option} {text} is not a time\nhint: 90s or 1h")]
    Span { option: &'static str, text: String },
    #[error("span {0} is not a number of seconds")]
    Seconds(String),
    #[error("{option} {text} is not understood\nhint: {option} KEY=VALUE")]
    Pair { option: &'static str, text: String },
    #[error("address {0} is not one\nhint: for instance 127.0.0.1:4566")]
    Address(String),
    #[error("endpoint {0} is not one\nhint: for instance http://127.0.0.1:4566")]
    Endpoint(String),
    #[error("account {0} is not one\nhint: 12 digits")]
    Account(String),
    #[error("region {0} is not one\nhint: for instance us-east-1")]
    Region(String),
    #[error(
        "log levels {0} are not understood\nhint: error, warn, info, debug or trace; of one part: warn,node=debug"
    )]
    LogLevels(String),
}

/// The span of a histogram's idle times, as its authors have it.
const HISTOGRAM: Duration = Duration::from_secs(4 * 3600);

/// A keep-alive policy: a time, `hybrid`, `hybrid:RANGE` or `greedy-dual:MEMORY`.
pub(crate) fn keep_alive(text: &str) -> Result<KeepAlive, ValueError> {
    let (name, value) = text.trim().split_once(':').unwrap_or((text.trim(), ""));
    let policy = match name {
        "hybrid" if value.is_empty() => Some(KeepAlive::Histogram(HISTOGRAM)),
        "hybrid" => {
            let range = time(value).filter(|range| *range >= Duration::from_secs(60));
            range.map(KeepAlive::Histogram)
        }
        "greedy-dual" => megabytes(value).map(KeepAlive::GreedyDual),
        span => time(span).filter(|span| !span.is_zero()).map(KeepAlive::Fixed),
    };
    policy.ok_or_else(|| ValueError::KeepAlive(text.to_owned()))
}

/// Bytes, of a text such as `512MB` or `8GB`.
pub(crate) fn size(text: &str) -> Result<u64, ValueError> {
    let bytes = megabytes(text).map(|megabytes| u64::from(megabytes) << 20);
    bytes.ok_or_else(|| ValueError::Size(text.to_owned()))
}

/// MB, of a text such as `512MB` or `8GB`.
fn megabytes(text: &str) -> Option<u32> {
    let (number, factor) = match text.strip_suffix("GB") {
        Some(number) => (number, 1024),
        None => (text.strip_suffix("MB")?, 1),
    };
    number.parse::<u32>().ok()?.checked_mul(factor).filter(|megabytes| *megabytes > 0)
}

/// The reader of a whole number within a range, which names its option where it is none.
pub(crate) fn whole<T>(
    option: &'static str,
    range: RangeInclusive<T>,
) -> impl Fn(&str) -> Result<T, ValueError> + Clone + Send + Sync + 'static
where
    T: FromStr + PartialOrd + Display + Clone + Send + Sync + 'static,
{
    move |text| {
        let number = text.parse().ok().filter(|number| range.contains(number));
        number.ok_or_else(|| ValueError::Whole {
            option,
            text: text.to_owned(),
            least: range.start().to_string(),
            most: range.end().to_string(),
        })
    }
}

/// The reader of a time with its unit, such as `90s`.
pub(crate) fn span(
    option: &'static str,
) -> impl Fn(&str) -> Result<Duration, ValueError> + Clone + Send + Sync + 'static {
    move |text| time(text).ok_or_else(|| ValueError::Span { option, text: text.to_owned() })
}

/// A number of seconds, perhaps with a fraction.
pub(crate) fn seconds(text: &str) -> Result<Duration, ValueError> {
    let seconds: Option<f64> = text.trim().parse().ok();
    let span = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    span.ok_or_else(|| ValueError::Seconds(text.to_owned()))
}

/// The reader of `KEY=VALUE`.
pub(crate) fn pair(
    option: &'static str,
) -> impl Fn(&str) -> Result<(String, String), ValueError> + Clone + Send + Sync + 'static {
    move |text| {
        let pair = text.split_once('=').map(|(key, value)| (key.to_owned(), value.to_owned()));
        pair.ok_or_else(|| ValueError::Pair { option, text: text.to_owned() })
    }
}

/// An address with a port, or a name of this machine's: of its addresses the first of IPv4.
pub(crate) fn address(text: &str) -> Result<SocketAddr, ValueError> {
    let known: Vec<SocketAddr> = text.to_socket_addrs().map(Iterator::collect).unwrap_or_default();
    let chosen = known.iter().find(|address| address.is_ipv4()).or(known.first());
    chosen.copied().ok_or_else(|| ValueError::Address(text.to_owned()))
}

/// An account, which has 12 digits.
pub(crate) fn account(text: &str) -> Result<String, ValueError> {
    match text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Ok(text.to_owned()),
        false => Err(ValueError::Account(text.to_owned())),
    }
}

/// The name of a region.
pub(crate) fn region(text: &str) -> Result<String, ValueError> {
    let is_of_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    match (1..=32).contains(&text.len()) && text.bytes().all(is_of_name) {
        true => Ok(text.to_owned()),
        false => Err(ValueError::Region(text.to_owned())),
    }
}

/// Whether a URL has a host, and what follows that is a port: of one that is none a parser may make none.
pub(crate) fn has_place(uri: &Uri) -> bool {
    let Some(authority) = uri.authority() else { return false };
    let place = authority.as_str().rsplit_once('@').map_or(authority.as_str(), |(_, place)| place);
    let rest = place.strip_prefix(authority.host());
    let is_port = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|it| it > 0)
    };
    let is_good =
        rest.is_some_and(|rest| rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port));
    !authority.host().is_empty() && is_good
}

/// A URL under which others are told to find a server.
pub(crate) fn url(text: &str) -> Result<String, ValueError> {
    let uri = text.parse::<Uri>().ok();
    let is_url = uri
        .is_some_and(|uri| matches!(uri.scheme_str(), Some("http" | "https")) && has_place(&uri));
    if is_url { Ok(text.to_owned()) } else { Err(ValueError::Endpoint(text.to_owned())) }
}

/// The URL of a server that is spoken to without TLS.
pub(crate) fn endpoint(text: &str) -> Result<Uri, ValueError> {
    plain_http(text).ok_or_else(|| ValueError::Endpoint(text.to_owned()))
}

/// An `http` or `https` URL with a host.
pub(crate) fn http_or_https(text: &str) -> Option<Uri> {
    let uri = text.parse::<Uri>().ok()?;
    let is_http = matches!(uri.scheme_str(), Some("http" | "https"));
    let has_query = uri.query().is_some();
    (is_http && !has_query && has_place(&uri)).then_some(uri)
}

/// An `http` URL with a host.
pub(crate) fn plain_http(text: &str) -> Option<Uri> {
    let uri = text.parse::<Uri>().ok();
    uri.filter(|uri| uri.scheme_str() == Some("http") && has_place(uri))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keep_alive_policies_are_understood() {
        assert_eq!(keep_alive("5m"), Ok(KeepAlive::Fixed(Duration::from_secs(300))));
        assert_eq!(keep_alive("hybrid"), Ok(KeepAlive::Histogram(Duration::from_secs(14_400))));
        assert_eq!(keep_alive("hybrid:1h"), Ok(KeepAlive::Histogram(Duration::from_secs(3600))));
        assert_eq!(keep_alive("greedy-dual:8GB"), Ok(KeepAlive::GreedyDual(8192)));
        assert_eq!(keep_alive("greedy-dual:512MB"), Ok(KeepAlive::GreedyDual(512)));
        for bad in ["", "0s", "hybrid:1s", "greedy-dual", "greedy-dual:8", "greedy-dual:0GB", "lru"]
        {
            assert_eq!(keep_alive(bad), Err(ValueError::KeepAlive(bad.to_owned())));
        }
    }

    #[test]
    fn numbers_are_told_with_their_option_and_range() {
        let timeout = whole::<u32>("--timeout", 1..=900);
        assert_eq!(timeout("900"), Ok(900));
        for bad in ["0", "901", "1.5", "-1", "x", ""] {
            let told = timeout(bad).unwrap_err().to_string();
            assert_eq!(told, format!("--timeout {bad} is not a whole number from 1 to 900"));
        }
    }

    #[test]
    fn endpoints_are_of_plain_http() {
        for good in
            ["http://127.0.0.1:4566", "http://[::1]:4566/", "http://localhost", "http://a@b:1"]
        {
            assert!(endpoint(good).is_ok(), "{good}");
        }
        let no_port =
            ["http://[::1]:99999", "http://127.0.0.1:99999", "http://localhost:0", "http://a@b:"];
        for bad in ["https://127.0.0.1", "127.0.0.1:4566", "http://", ""].iter().chain(&no_port) {
            assert_eq!(endpoint(bad), Err(ValueError::Endpoint((*bad).to_owned())), "{bad}");
            let (other, told) = (bad.replace("http:", "https:"), url(bad));
            let is_no_port = no_port.contains(bad);
            assert!(!is_no_port || http_or_https(&other).is_none() && told.is_err(), "{other}");
        }
    }
}
