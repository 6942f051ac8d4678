//! Invoke: the one operation on the hot path, recognised and parsed without JSON values.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderValue, StatusCode};
use serde_json::Value;

use crate::arn::FunctionReference;
use crate::error::{ApiError, header};
use crate::model::Operation;
use crate::render::Response;
use crate::request::{Request, decoded};
use crate::service::lambda;
use crate::supported;

/// How the caller wants to be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvocationType {
    /// Wait for the function's response.
    RequestResponse,
    /// Accept and run later.
    Event,
    /// Only check.
    DryRun,
}

/// A parsed Invoke; its payload is the request's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invoke<'a> {
    /// The function as named in the path; it fits [`FunctionReference`].
    pub function: Cow<'a, str>,
    /// The qualifier of the query string.
    pub qualifier: Option<Cow<'a, str>>,
    /// How the caller wants to be answered.
    pub invocation_type: InvocationType,
    /// Whether the last 4 KB of the log go into the response.
    pub tail: bool,
    /// The client context: JSON, already decoded from base64.
    pub client_context: Option<String>,
}

/// The outcome of an Invoke.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invoked {
    /// 200 for a response, 202 where it runs later, 204 for a dry run.
    pub status: u16,
    /// The version that ran.
    pub executed_version: Option<String>,
    /// `Unhandled` where the function failed; the payload says how.
    pub function_error: Option<&'static str>,
    /// The last 4 KB of the log, not yet in base64.
    pub log_tail: Option<Vec<u8>>,
    /// What the function answered.
    pub payload: Bytes,
}

impl Invoked {
    /// The response.
    pub fn render(self, request_id: &str) -> Response {
        let mut response = Response::new(self.payload);
        *response.status_mut() = StatusCode::from_u16(self.status).expect("a status of HTTP");
        let headers = response.headers_mut();
        headers.insert("x-amzn-requestid", header(request_id));
        headers.insert("x-amzn-remapped-content-length", HeaderValue::from_static("0"));
        if self.status == 200 {
            headers.insert("content-type", HeaderValue::from_static("application/json"));
        }
        if let Some(version) = &self.executed_version {
            headers.insert("x-amz-executed-version", header(version));
        }
        if let Some(error) = self.function_error {
            headers.insert("x-amz-function-error", HeaderValue::from_static(error));
        }
        if let Some(tail) = &self.log_tail {
            headers.insert("x-amz-log-result", header(&STANDARD.encode(tail)));
        }
        response
    }
}

const HEAD: &str = "/2015-03-31/functions/";
const TAIL: &str = "/invocations";
/// The headers of members that are not supported.
const UNSUPPORTED: [(&str, &str); 2] =
    [("x-amz-tenant-id", "TenantId"), ("x-amz-durable-execution-name", "DurableExecutionName")];
const MAX_NAME: usize = 256;
const MAX_QUALIFIER: usize = 128;
/// Bytes of a client context, as it travels.
const MAX_CLIENT_CONTEXT: usize = 3583;

impl<'a> Invoke<'a> {
    /// Parses the request if it is an Invoke; none if it is another operation.
    pub fn recognise(request: &Request<'a>) -> Option<Result<Invoke<'a>, ApiError>> {
        if request.method != "POST" {
            return None;
        }
        let path = request.path.strip_prefix(HEAD)?;
        let path = path.strip_suffix('/').unwrap_or(path);
        let function = path.strip_suffix(TAIL)?;
        if function.is_empty() || function.contains('/') {
            return None;
        }
        Some(Invoke::parse(decoded(function), request))
    }

    /// The operation's table, for rendering.
    pub fn operation() -> &'static Operation {
        lambda::SERVICE.operation("Invoke").expect("the table holds Invoke")
    }

    /// The function and qualifier that are meant.
    pub fn reference(&self) -> Result<FunctionReference<'_>, ApiError> {
        FunctionReference::parse(&self.function)
            .expect("checked when parsed")
            .with_qualifier(self.qualifier.as_deref())
    }

    fn parse(function: Cow<'a, str>, request: &Request<'a>) -> Result<Invoke<'a>, ApiError> {
        let qualifier = request.query_value("Qualifier").filter(|q| !q.is_empty());
        let invocation_type = match request.header("x-amz-invocation-type") {
            None | Some("RequestResponse") => Some(InvocationType::RequestResponse),
            Some("Event") => Some(InvocationType::Event),
            Some("DryRun") => Some(InvocationType::DryRun),
            Some(_) => None,
        };
        let tail = match request.header("x-amz-log-type") {
            None | Some("None") => Some(false),
            Some("Tail") => Some(true),
            Some(_) => None,
        };
        let (Some(invocation_type), Some(tail), true) =
            (invocation_type, tail, well_named(&function, qualifier.as_deref()))
        else {
            return Err(refusal(request));
        };
        for (header, member) in UNSUPPORTED {
            if request.headers.contains_key(header) {
                return Err(supported::refusal(Invoke::operation(), member, &[]));
            }
        }
        let client_context =
            request.header("x-amz-client-context").map(client_context).transpose()?;
        Ok(Invoke { function, qualifier, invocation_type, tail, client_context })
    }
}

fn well_named(function: &str, qualifier: Option<&str>) -> bool {
    let qualified = qualifier.is_none_or(|q| {
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'$');
        q.len() <= MAX_QUALIFIER && (q == "$LATEST.PUBLISHED" || q.bytes().all(plain))
    });
    function.len() <= MAX_NAME && FunctionReference::parse(function).is_some() && qualified
}

/// The message of the model's constraints, by the general way.
fn refusal(request: &Request<'_>) -> ApiError {
    match crate::parse::parse(Invoke::operation(), request) {
        Err(error) => error,
        Ok(input) => panic!("Invoke's fast path refuses what the model accepts: {input}"),
    }
}

fn client_context(header: &str) -> Result<String, ApiError> {
    let invalid = || {
        let message = "Client context must be a valid Base64-encoded JSON object.";
        lambda::error("InvalidRequestContentException", message)
    };
    if header.len() > MAX_CLIENT_CONTEXT {
        let message =
            format!("Client context must not be longer than {MAX_CLIENT_CONTEXT} bytes of base64.");
        return Err(lambda::error("InvalidRequestContentException", message));
    }
    let bytes = STANDARD.decode(header).map_err(|_| invalid())?;
    let text = String::from_utf8(bytes).map_err(|_| invalid())?;
    match serde_json::from_str(&text) {
        Ok(Value::Object(_)) => Ok(text),
        _ => Err(invalid()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, Location, Support};
    use http::HeaderMap;

    fn invoke(
        path: &str,
        query: &str,
        headers: &[(&'static str, &str)],
    ) -> Result<String, ApiError> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().expect("a header's value"));
        }
        let request = Request { method: "POST", path, query, headers: &map, body: b"{}" };
        let invoke = Invoke::recognise(&request).expect("an Invoke")?;
        let reference = invoke.reference()?;
        Ok(format!(
            "{} {:?} {:?} {} {:?}",
            reference.name,
            reference.qualifier,
            invoke.invocation_type,
            invoke.tail,
            invoke.client_context
        ))
    }

    #[test]
    fn parses_every_binding() {
        let path = "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Af/invocations";
        let headers = [
            ("x-amz-invocation-type", "Event"),
            ("x-amz-log-type", "Tail"),
            ("x-amz-client-context", "eyJhIjoxfQ=="),
        ];
        assert_eq!(
            invoke(path, "Qualifier=%24LATEST", &headers).expect("parsed"),
            r#"f Some("$LATEST") Event true Some("{\"a\":1}")"#
        );
        assert_eq!(
            invoke("/2015-03-31/functions/f:3/invocations", "", &[]).expect("parsed"),
            r#"f Some("3") RequestResponse false None"#
        );
    }

    #[test]
    fn refuses_with_the_models_messages() {
        let path = "/2015-03-31/functions/f/invocations";
        let error = invoke(path, "", &[("x-amz-invocation-type", "Later")]).expect_err("an enum");
        assert_eq!(error.code, "ValidationException");
        assert_eq!(
            error.message,
            "1 validation error detected: Value 'Later' at 'invocationType' failed to satisfy constraint: \
             Member must satisfy enum value set: [Event, RequestResponse, DryRun]"
        );
        let error = invoke("/2015-03-31/functions/a%20b/invocations", "", &[]).expect_err("a name");
        assert!(error.message.contains("at 'functionName'"), "{error}");
        let error = invoke(path, "", &[("x-amz-client-context", "bm8=")]).expect_err("no object");
        assert_eq!(error.code, "InvalidRequestContentException");
        let long = STANDARD.encode(format!(r#"{{"a":"{}"}}"#, "x".repeat(MAX_CLIENT_CONTEXT)));
        let error = invoke(path, "", &[("x-amz-client-context", &long)]).expect_err("too long");
        assert_eq!(error.code, "InvalidRequestContentException");
        assert!(error.message.contains("3583 bytes"), "{error}");
    }

    #[test]
    fn refuses_by_name_every_parameter_that_is_not_read() {
        let input = Invoke::operation().input.expect("an input");
        let Kind::Structure { members, .. } = &input.kind else { panic!("a structure") };
        let refused = members.iter().filter(|member| member.support == Support::Refused);
        let refused: Vec<_> = refused.map(|member| (member.location, member.name)).collect();
        assert_eq!(refused.len(), UNSUPPORTED.len());
        for (header, member) in UNSUPPORTED {
            assert!(refused.contains(&(Location::Header, member)), "{member}");
            let path = "/2015-03-31/functions/f/invocations";
            let error = invoke(path, "", &[(header, "a")]).expect_err(member);
            assert_eq!(error.code, "InvalidParameterValueException");
            let message = format!("Warren does not support the parameter {member} of Invoke.");
            assert_eq!(error.message, message);
        }
    }

    #[test]
    fn renders_the_recorded_headers() {
        let invoked = Invoked {
            status: 200,
            executed_version: Some("$LATEST".to_owned()),
            function_error: Some("Unhandled"),
            log_tail: Some(b"START".to_vec()),
            payload: Bytes::from_static(b"{}"),
        };
        let response = invoked.render("r-1");
        let headers = response.headers();
        assert_eq!(headers["x-amz-executed-version"], "$LATEST");
        assert_eq!(headers["x-amz-function-error"], "Unhandled");
        assert_eq!(headers["x-amz-log-result"], "U1RBUlQ=");
        assert_eq!(headers["x-amzn-requestid"], "r-1");
        let response = Invoked { status: 202, ..Invoked::default() }.render("r-2");
        assert_eq!((response.status().as_u16(), response.body().len()), (202, 0));
    }

    #[test]
    fn leaves_other_operations_alone() {
        let headers = HeaderMap::new();
        for path in [
            "/2015-03-31/functions/f/versions",
            "/2015-03-31/functions//invocations",
            "/2015-03-31/functions/a/b/invocations",
            "/",
        ] {
            let request = Request { method: "POST", path, query: "", headers: &headers, body: b"" };
            assert!(Invoke::recognise(&request).is_none(), "{path}");
        }
    }
}
