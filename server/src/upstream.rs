//! Services that are elsewhere: which requests are passed on to where, and by whose keys.

mod feed;
pub(crate) mod notice;
pub(crate) mod pass;
mod resign;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use http::Uri;
use http::request::Parts;
use hyper::client::conn::http1::SendRequest;
use wire::{SERVICES, Service};

use crate::for_s3::head;
use crate::sources::remote::Keys;
use crate::thread;
use crate::upstream::feed::Passed;

/// Connections that are kept for the next request.
const KEPT: usize = 32;

/// Services that requests are passed on to.
#[derive(Debug, Default)]
pub struct Upstreams {
    /// By their names.
    endpoints: BTreeMap<String, Arc<Elsewhere>>,
    /// For all that has no tables here.
    rest: Option<Arc<Elsewhere>>,
}

/// A place that requests are passed on to.
pub(crate) struct Elsewhere {
    pub(crate) uri: Uri,
    /// By whose keys requests are signed anew; none where each is by its caller's account.
    keys: Option<Keys>,
    idle: Mutex<Vec<SendRequest<Passed>>>,
}

impl fmt::Debug for Elsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Elsewhere").field("uri", &self.uri).finish_non_exhaustive()
    }
}

impl Elsewhere {
    fn new(uri: Uri, keys: Option<Keys>) -> Arc<Elsewhere> {
        Arc::new(Elsewhere { uri, keys, idle: Mutex::default() })
    }

    /// A connection on which nothing is under way.
    fn kept(&self) -> Option<SendRequest<Passed>> {
        thread::lock(&self.idle, "connections to an upstream").pop()
    }

    fn keep(&self, sender: SendRequest<Passed>) {
        let mut idle = thread::lock(&self.idle, "connections to an upstream");
        if idle.len() < KEPT && !sender.is_closed() {
            idle.push(sender);
        }
    }
}

impl Upstreams {
    /// Services at these URLs, and at `rest` all that has no tables here.
    pub fn new(
        endpoints: impl IntoIterator<Item = (String, Uri)>,
        rest: Option<Uri>,
        keys: Option<&Keys>,
    ) -> Upstreams {
        let endpoints = endpoints.into_iter();
        let endpoints = endpoints.map(|(name, uri)| (name, Elsewhere::new(uri, keys.cloned())));
        let rest = rest.map(|uri| Elsewhere::new(uri, keys.cloned()));
        Upstreams { endpoints: endpoints.collect(), rest }
    }

    /// Where a request is to be passed on to, by its head; nowhere where it is answered here.
    pub(crate) fn of(&self, parts: &Parts) -> Option<&Arc<Elsewhere>> {
        if self.endpoints.is_empty() && self.rest.is_none() {
            return None;
        }
        let scope = wire::signed_for(&head(parts))?.into_owned();
        match service(parts) {
            Some(service) => self.endpoints.get(service.name),
            None => self.endpoints.get(&scope).or(self.rest.as_ref()),
        }
    }
}

/// The service with tables here that a request is for, by its head.
pub(crate) fn service(parts: &Parts) -> Option<&'static Service> {
    let request = head(parts);
    let scope = wire::signed_for(&request)?;
    let target = request.header("x-amz-target").and_then(|it| it.split_once('.'));
    let by_target = target.and_then(|(prefix, _)| {
        SERVICES.into_iter().find(|it| !it.target.is_empty() && it.target == prefix)
    });
    let served = by_target.or_else(|| SERVICES.into_iter().find(|it| it.signing == scope));
    // Another service, of REST APIs, signs by the same name.
    served.filter(|it| it.signing != "apigateway" || request.path.starts_with("/v2/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of<'u>(upstreams: &'u Upstreams, scope: &str, path: &str, target: &str) -> Option<&'u str> {
        let credential =
            format!("AWS4-HMAC-SHA256 Credential=1/20260101/us-east-1/{scope}/aws4_request, S");
        let mut request = http::Request::post(path).header("authorization", credential);
        if !target.is_empty() {
            request = request.header("x-amz-target", target);
        }
        let (parts, ()) = request.body(()).expect("a request").into_parts();
        upstreams.of(&parts).map(|it| it.uri.host().expect("it has one"))
    }

    #[test]
    fn a_request_goes_to_where_its_service_is() {
        let at = |host: &str| format!("http://{host}:1").parse::<Uri>().expect("a URL");
        let endpoints = [("sqs", "queues"), ("dynamodbstreams", "streams"), ("glue", "glue")];
        let endpoints = endpoints.map(|(name, host)| (name.to_owned(), at(host)));
        let all = Upstreams::new(endpoints.clone(), Some(at("rest")), None);
        assert_eq!(of(&all, "sqs", "/", "AmazonSQS.ListQueues"), Some("queues"));
        assert_eq!(of(&all, "sqs", "/", ""), Some("queues"));
        assert_eq!(
            of(&all, "dynamodb", "/", "DynamoDBStreams_20120810.GetRecords"),
            Some("streams")
        );
        assert_eq!(of(&all, "dynamodb", "/", "DynamoDB_20120810.GetItem"), None);
        assert_eq!(of(&all, "lambda", "/2015-03-31/functions", ""), None);
        assert_eq!(of(&all, "glue", "/", "AWSGlue.GetTables"), Some("glue"));
        assert_eq!(of(&all, "ecr", "/", "AmazonEC2ContainerRegistry.Describe"), Some("rest"));
        assert_eq!(of(&all, "apigateway", "/restapis", ""), Some("rest"));
        assert_eq!(of(&all, "apigateway", "/v2/apis", ""), None);
        let some = Upstreams::new(endpoints, None, None);
        assert_eq!(of(&some, "ecr", "/", "AmazonEC2ContainerRegistry.Describe"), None);
    }
}
