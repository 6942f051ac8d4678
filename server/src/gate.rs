//! Who is let in: what a web page of somebody else could send is refused before it is read.
//!
//! The endpoint listens where every program of this machine can reach it, a browser among them. What
//! a page of another site can make a browser send is told by three things: the host that was asked
//! for (a name that its owner made to mean this machine), the page's own origin, and what the browser
//! says of how the two are related. And such a page can neither sign a request nor add headers.

use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

use bytes::Bytes;
use engine::network::service::Served;
use http::request::Parts;
use http::uri::Authority;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use wire::ApiError;
use wire::sigv4::SignatureError;

use crate::s3_host::{self, AWS, ENDPOINTS};
use crate::web::place::Place;

/// What the paths of what Warren shows and does beside AWS's APIs begin with.
pub const PREFIX: &str = "/_warren/";
/// The header that every change under `/_warren/` carries, and that no form of a web page can.
pub const CHANGE_HEADER: &str = "x-warren";

/// The host names under which requests are taken, beside those that can only mean this machine.
#[derive(Debug, Clone, Default)]
pub struct Gate {
    names: Vec<String>,
    takes_any_address: bool,
}

/// Why a request is not let in, for people.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("request has {0} Host headers, and is to have one")]
    HostHeaders(usize),
    #[error("host {0:?} is not one")]
    MalformedHost(String),
    #[error("host {0} is not served here\nhint: warren serve --host-name {0}")]
    Host(String),
    #[error(
        "this is not answered here, asked of {0}: an endpoint of a VPC has its own service alone\nhint: the \
         service's own name, and an endpoint for that"
    )]
    OtherService(String),
    #[error("requests of pages of {0} are not taken")]
    Origin(String),
    #[error("requests of pages of other sites are not taken (Sec-Fetch-Site: {0})")]
    Site(String),
    #[error("changes need the header {CHANGE_HEADER}: 1")]
    ChangeHeader,
    #[error("the body is to be told as Content-Type: application/json")]
    ContentType,
    #[error("transfer coding {0:?} is not understood: bodies are chunked, or as long as they say")]
    TransferCoding(String),
    #[error("requests that are passed on are not judged by policies of VPC endpoints")]
    Unjudged,
    #[error("the body is chunked more than once")]
    ChunkedTwice,
}

impl Refusal {
    fn status(&self) -> StatusCode {
        match self {
            Refusal::HostHeaders(_) | Refusal::MalformedHost(_) | Refusal::ChunkedTwice => {
                StatusCode::BAD_REQUEST
            }
            Refusal::TransferCoding(_) => StatusCode::NOT_IMPLEMENTED,
            Refusal::ContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Refusal::Host(_)
            | Refusal::OtherService(_)
            | Refusal::Unjudged
            | Refusal::Origin(_)
            | Refusal::Site(_)
            | Refusal::ChangeHeader => StatusCode::FORBIDDEN,
        }
    }

    /// The answer, which is of no service: none was found out.
    pub(crate) fn render(&self) -> Response<Bytes> {
        let body = serde_json::json!({"message": self.to_string()}).to_string();
        let mut response = Response::new(Bytes::from(body));
        *response.status_mut() = self.status();
        let kind = HeaderValue::from_static("application/json");
        response.headers_mut().insert("content-type", kind);
        if matches!(self, Refusal::TransferCoding(_) | Refusal::ChunkedTwice) {
            // What follows the head is of a form that nothing here can tell the end of.
            response.headers_mut().insert("connection", HeaderValue::from_static("close"));
        }
        response
    }
}

impl Gate {
    /// Lets in what asks for these hosts: names, with all that ends with a dot and them, or addresses.
    #[must_use]
    pub fn for_hosts(names: impl IntoIterator<Item = String>) -> Gate {
        let names = names.into_iter().map(|name| plain(&name).to_ascii_lowercase());
        Gate { names: names.collect(), takes_any_address: false }
    }

    /// Lets in what asks for any address, as a server does that listens beyond loopback: a name can
    /// be made to mean another machine, an address cannot.
    #[must_use]
    pub fn with_any_address(self) -> Gate {
        Gate { takes_any_address: true, ..self }
    }

    /// Whether a request may be read, by its head and the place that its host names. Where AWS's services
    /// are asked for, hosts are theirs.
    ///
    /// # Errors
    /// When its host is not served, a page of another site sent it, or its body is coded in a way
    /// that is not understood.
    pub(crate) fn check(
        &self,
        parts: &Parts,
        place: Option<&Place>,
        is_of_services: bool,
    ) -> Result<(), Refusal> {
        check_coding(&parts.headers)?;
        let host = host(&parts.headers)?;
        if place.is_some() {
            // Whom the URL of a function or an API lets in is for its own rules to say, of pages of
            // other sites too. A target that names another host means another thing.
            return match parts.uri.authority() {
                Some(target) if !target.as_str().eq_ignore_ascii_case(host) => {
                    Err(Refusal::MalformedHost(host.to_owned()))
                }
                _ => Ok(()),
            };
        }
        self.check_host(host, is_of_services)?;
        // A request of the form that proxies are sent means what its target names.
        if let Some(target) = parts.uri.authority() {
            self.check_host(target.as_str(), is_of_services)?;
        }
        if let Some(site) = parts.headers.get("sec-fetch-site")
            && site != "same-origin"
            && site != "none"
        {
            return Err(Refusal::Site(text(site)));
        }
        for origin in parts.headers.get_all("origin") {
            let of = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
            if !of.is_some_and(|(_, of)| of.eq_ignore_ascii_case(host)) {
                return Err(Refusal::Origin(text(origin)));
            }
        }
        match parts.uri.path().starts_with(PREFIX) {
            true => check_change(parts),
            false => Ok(()),
        }
    }

    /// The function's URL or the API that a request is to, by its host.
    pub(crate) fn place(&self, headers: &HeaderMap) -> Option<Place> {
        let host = headers.get("host")?.to_str().ok()?;
        let is_served = |name: &str, base: &str| address(name).is_none() && is_within(base, name);
        Place::of(host, |base| self.names().any(|name| is_served(name, base)))
    }

    /// What the hosts end with of what is reached where this server is called by `host`: a name, and
    /// the same port. Nothing can be below an address.
    pub(crate) fn base(&self, host: &str) -> String {
        let port = host.rfind(':').map_or("", |at| &host[at..]);
        let port = if is_port(port) { port } else { "" };
        let name = plain(&host[..host.len() - port.len()]);
        let served =
            self.names().find(|served| address(served).is_none() && is_within(name, served));
        format!("{}{port}", served.unwrap_or("localhost"))
    }

    /// The names under which requests are taken.
    fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once("localhost").chain(self.names.iter().map(String::as_str))
    }

    fn check_host(&self, host: &str, is_of_services: bool) -> Result<(), Refusal> {
        // What nearly every request says is told without taking it apart.
        if host == "localhost" || host.starts_with("127.0.0.1:") && is_port(&host[10..]) {
            return Ok(());
        }
        let malformed = || Refusal::MalformedHost(host.to_owned());
        let authority = Authority::from_str(host).map_err(|_| malformed())?;
        // Its parser takes users and ports of any length, of which a header has neither.
        let (name, rest) = (authority.host(), &authority.as_str()[authority.host().len()..]);
        if !authority.as_str().starts_with(name) || !(rest.is_empty() || is_port(rest)) {
            return Err(malformed());
        }
        let name = plain(name);
        match self.serves(name) || is_of_services && is_of_aws(name) {
            true => Ok(()),
            false => Err(Refusal::Host(name.to_owned())),
        }
    }

    /// The bucket of S3 that a host names, as clients do that put it before the store's own name.
    pub(crate) fn bucket<'a>(&self, host: &'a str) -> Option<&'a str> {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        };
        let name = name.strip_suffix('.').unwrap_or(name);
        if address(plain(name)).is_some() {
            return None;
        }
        if is_within(name, AWS) {
            return s3_host::of_aws(name).flatten();
        }
        let named = self.names.iter().map(String::as_str);
        let served = std::iter::once("localhost").chain(named).find(|it| is_within(name, it))?;
        let rest = name.get(..name.len() - served.len())?.strip_suffix('.')?;
        match s3_host::before(rest) {
            Some(bucket) => bucket,
            // Where the store is told no further, a bucket stands before the name itself.
            None => Some(rest),
        }
    }

    fn serves(&self, name: &str) -> bool {
        if is_within(name, AWS) && s3_host::of_aws(name).is_some() {
            return true;
        }
        if let Some(address) = address(name)
            && (self.takes_any_address || address.is_loopback())
        {
            return true;
        }
        self.names().any(|served| is_within(name, served))
    }
}

/// Whether the body is chunked, if it is coded at all: the only coding that is understood (RFC 9112,
/// 6.1). What is coded otherwise beneath the chunks would be taken for what it is not.
fn check_coding(headers: &HeaderMap) -> Result<(), Refusal> {
    let mut is_chunked = false;
    for line in headers.get_all("transfer-encoding") {
        for coding in text(line).split(',').map(str::trim).filter(|coding| !coding.is_empty()) {
            match coding.eq_ignore_ascii_case("chunked") {
                true if is_chunked => return Err(Refusal::ChunkedTwice),
                true => is_chunked = true,
                false => return Err(Refusal::TransferCoding(coding.to_owned())),
            }
        }
    }
    Ok(())
}

/// The one host of a request.
fn host(headers: &HeaderMap) -> Result<&str, Refusal> {
    let count = headers.get_all("host").iter().count();
    match headers.get("host").filter(|_| count == 1) {
        Some(host) => host.to_str().map_err(|_| Refusal::MalformedHost(text(host))),
        None => Err(Refusal::HostHeaders(count)),
    }
}

/// A name without the dot that may end it, or the brackets of an address.
fn plain(name: &str) -> &str {
    let name = name.strip_suffix('.').unwrap_or(name);
    name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name)
}

/// Whether a name is one of AWS's services'.
fn is_of_aws(name: &str) -> bool {
    let is_endpoints = || is_within(name, ENDPOINTS);
    is_within(name, AWS) && (is_endpoints() || Served::named(&name.to_ascii_lowercase()).is_some())
}

/// The name of a host, without its port.
pub(crate) fn name_of_host(host: &str) -> &str {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    plain(name)
}

/// Whether a name is another, or below it.
fn is_within(name: &str, served: &str) -> bool {
    let Some(at) = name.len().checked_sub(served.len()) else { return false };
    let is_end = name.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(served));
    // Nothing is below an address.
    is_end && (at == 0 || name.as_bytes()[at - 1] == b'.' && address(served).is_none())
}

fn address(name: &str) -> Option<IpAddr> {
    let v6 = || name.parse::<Ipv6Addr>().ok().map(|address| address.to_canonical());
    name.parse().ok().map(IpAddr::V4).or_else(v6)
}

/// Whether this is a colon and a port.
fn is_port(text: &str) -> bool {
    let digits = text.strip_prefix(':');
    digits.is_some_and(|digits| {
        digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.parse::<u16>().is_ok()
    })
}

fn text(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

/// Whether a change under `/_warren/` is one that its sender meant.
fn check_change(parts: &Parts) -> Result<(), Refusal> {
    if matches!(parts.method, Method::GET | Method::HEAD) {
        return Ok(());
    }
    if !parts.headers.contains_key(CHANGE_HEADER) {
        return Err(Refusal::ChangeHeader);
    }
    let kind = parts.headers.get("content-type").and_then(|kind| kind.to_str().ok());
    let kind = kind.map(|kind| kind.split(';').next().unwrap_or_default().trim());
    let length = parts.headers.get("content-length").map(HeaderValue::as_bytes);
    let has_body = length.is_some_and(|length| length != b"0")
        || parts.headers.contains_key("transfer-encoding");
    match kind {
        Some(kind) if kind.eq_ignore_ascii_case("application/json") => Ok(()),
        None if !has_body => Ok(()),
        _ => Err(Refusal::ContentType),
    }
}

/// Whether a request to a service says who sends it: whoever that is, a web page could not.
///
/// # Errors
/// As the service spells it that nobody does.
pub(crate) fn check_credentials(request: &wire::Request<'_>) -> Result<(), ApiError> {
    let is_presigned = || {
        let said = |name| request.query_value(name).is_some();
        said("X-Amz-Credential") && said("X-Amz-Signature")
            || wire::sigv2::Presented::read(request).is_some()
    };
    if request.headers.contains_key("authorization") || is_presigned() {
        return Ok(());
    }
    if names_an_object(request) {
        return Err(wire::s3::error("AccessDenied", "Access Denied"));
    }
    let service = match wire::recognise(request) {
        Ok(operation) => operation.service,
        Err(error) => error.service,
    };
    Err(SignatureError::Missing.to_api_error(service))
}

/// Whether a request that is not signed can only be for a bucket, or for what is in it: whoever means
/// another service says so by a target, an action or a path of its own.
fn names_an_object(request: &wire::Request<'_>) -> bool {
    let is_method = matches!(request.method, "GET" | "HEAD" | "PUT" | "DELETE");
    let names_other =
        request.headers.contains_key("x-amz-target") || request.query_value("Action").is_some();
    let is_own = request.path == "/" || request.path.starts_with("/_");
    let is_nobodys = || wire::recognise(request).is_err_and(|it| it.service.name == "other");
    is_method && !names_other && !is_own && is_nobodys()
}

/// Refuses forms by which pages bring objects into buckets: they are signed within themselves.
///
/// # Errors
/// When it is such a one.
pub(crate) fn check_form(parts: &Parts) -> Result<(), ApiError> {
    let kind = parts.headers.get("content-type").and_then(|kind| kind.to_str().ok());
    let is_form = kind.is_some_and(|kind| kind.starts_with("multipart/form-data"));
    let is_one = parts.method == Method::POST
        && is_form
        && !parts.headers.contains_key("authorization")
        && !parts.uri.path().starts_with(PREFIX);
    match is_one {
        true => {
            let message = "Warren does not support the operation s3:PostObject.";
            Err(wire::s3::error("NotImplemented", message))
        }
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_stand_before_names_of_the_store() {
        let gate = Gate::for_hosts(["warren.lan".to_owned()]);
        for (host, bucket) in [
            ("localhost:4566", None),
            ("127.0.0.1:4566", None),
            ("[::1]:4566", None),
            ("s3.localhost:4566", None),
            ("s3.eu-west-1.localhost", None),
            ("mine.localhost:4566", Some("mine")),
            ("mine.s3.localhost:4566", Some("mine")),
            ("my.own.s3.eu-west-1.localhost:4566", Some("my.own")),
            ("mine.warren.lan", Some("mine")),
            ("mine.s3.warren.lan", Some("mine")),
            ("s3.amazonaws.com", None),
            ("mine.s3.amazonaws.com", Some("mine")),
            ("my.own.s3.us-east-2.amazonaws.com", Some("my.own")),
            ("ec2.us-east-1.amazonaws.com", None),
            ("bucket.vpce-0-a.s3.us-east-1.vpce.amazonaws.com", None),
            ("mine.bucket.vpce-0-a.s3.us-east-1.vpce.amazonaws.com:443", Some("mine")),
            ("other.example", None),
        ] {
            assert_eq!(gate.bucket(host), bucket, "{host}");
        }
        for (host, is_served) in [
            ("mine.s3.amazonaws.com", true),
            ("s3.eu-west-1.amazonaws.com", true),
            ("ec2.us-east-1.amazonaws.com", false),
            ("amazonaws.com", false),
            ("s3.amazonaws.com.evil.example", false),
        ] {
            assert_eq!(gate.serves(host), is_served, "{host}");
        }
    }
}
