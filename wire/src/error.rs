//! Errors as AWS's services answer them, spelled per protocol.

use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode};
use serde_json::{Map, Value};

use crate::model::{Location, Operation, Protocol, Service};
use crate::render::{json_type, rest_xml};
use crate::xml;

/// An error of an AWS service: code, message and status, and how its service spells it.
#[derive(Clone, Debug)]
pub struct ApiError {
    /// The service that answers.
    pub service: &'static Service,
    /// The error code.
    pub code: Cow<'static, str>,
    /// What a person reads.
    pub message: String,
    /// The HTTP status.
    pub status: u16,
    /// Further members, such as Lambda's `Reason`.
    pub members: Vec<(&'static str, Value)>,
}

/// Statuses of codes that no model declares.
const COMMON: &[(&str, u16)] = &[
    ("AccessDenied", 403),
    ("AccessDeniedException", 403),
    ("AuthFailure", 401),
    ("DryRunOperation", 412),
    ("ExpiredToken", 403),
    ("ExpiredTokenException", 403),
    ("IncompleteSignatureException", 400),
    ("InternalError", 500),
    ("InternalFailure", 500),
    ("InvalidClientTokenId", 403),
    ("InvalidSignatureException", 403),
    ("MissingAuthenticationToken", 403),
    ("MissingAuthenticationTokenException", 403),
    ("OptInRequired", 403),
    ("RequestEntityTooLargeException", 413),
    ("RequestExpired", 400),
    ("RequestLimitExceeded", 503),
    ("ServiceUnavailable", 503),
    ("ServiceUnavailableException", 503),
    ("SignatureDoesNotMatch", 403),
    ("UnauthorizedOperation", 403),
    ("Unavailable", 503),
    ("UnknownOperationException", 404),
    ("UnrecognizedClientException", 403),
];

impl ApiError {
    /// An error of `service`; the status is the model's, or the usual one of the code, or 400.
    pub fn new(
        service: &'static Service,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> ApiError {
        let code = code.into();
        let status = service.error(&code).map(|e| e.status).unwrap_or_else(|| {
            let common = COMMON.binary_search_by(|(c, _)| (*c).cmp(&code));
            match (common, service.protocol) {
                // JSON-RPC services answer every client's mistake with 400.
                (Ok(i), Protocol::Json) if COMMON[i].1 < 500 => 400,
                (Ok(i), _) => COMMON[i].1,
                (Err(_), _) => 400,
            }
        });
        ApiError { service, code, message: message.into(), status, members: Vec::new() }
    }

    /// The same error with a further member.
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> ApiError {
        self.members.push((name, value.into()));
        self
    }

    /// The refusal of an input that does not have the form of its operation's.
    pub fn malformed(operation: &Operation, why: &str) -> ApiError {
        let code = match operation.service.protocol {
            Protocol::Ec2 => "InvalidParameterValue",
            Protocol::Query => "MalformedInput",
            Protocol::RestXml => "InvalidRequest",
            Protocol::RestJson | Protocol::Json => "SerializationException",
        };
        ApiError::new(operation.service, code, format!("The request cannot be read: {why}"))
    }

    /// The refusal of an operation of this name.
    pub(crate) fn unsupported_named(service: &'static Service, name: &str) -> ApiError {
        let code = match service.protocol {
            Protocol::Ec2 | Protocol::Query => "InvalidAction",
            Protocol::RestXml => "NotImplemented",
            Protocol::RestJson | Protocol::Json => "UnknownOperationException",
        };
        let message = format!("Warren does not support the operation {}:{name}.", service.name);
        ApiError::new(service, code, message)
    }

    /// The answer of a service that is broken itself.
    pub fn internal(service: &'static Service) -> ApiError {
        let code = match service.protocol {
            Protocol::Ec2 => "InternalError",
            Protocol::RestJson if service.error("InternalServerException").is_some() => {
                "InternalServerException"
            }
            Protocol::RestJson => "ServiceException",
            Protocol::RestXml => "InternalError",
            Protocol::Query | Protocol::Json => "InternalFailure",
        };
        ApiError::new(service, code, "An internal error occurred; the server's log has it.")
    }

    /// Whether the caller is to blame.
    pub fn is_client_fault(&self) -> bool {
        // Lambda answers 502 where the caller's VPC or key refuses, and still calls it the service's.
        self.status < 500
    }

    /// The response, as the service's protocol spells it.
    pub fn render(&self, request_id: &str) -> Response<Bytes> {
        let (content_type, body) = match self.service.protocol {
            Protocol::Ec2 => ("text/xml;charset=UTF-8", self.ec2(request_id)),
            Protocol::Query => ("text/xml", self.query(request_id)),
            Protocol::RestJson => ("application/json", self.rest_json()),
            Protocol::Json => (json_type(self.service), self.json()),
            Protocol::RestXml if self.service.name == "s3" => {
                ("application/xml", self.rest_xml(request_id))
            }
            Protocol::RestXml => ("text/xml", self.rest_xml_error(request_id)),
        };
        let body = if self.status == 304 { String::new() } else { body };
        let mut response = Response::new(Bytes::from(body));
        *response.status_mut() = StatusCode::from_u16(self.status).expect("a status of HTTP");
        let headers = response.headers_mut();
        headers.insert("content-type", HeaderValue::from_static(content_type));
        let id = match self.service.protocol {
            Protocol::RestXml if self.service.name == "s3" => "x-amz-request-id",
            _ => "x-amzn-requestid",
        };
        headers.insert(id, header(request_id));
        if self.status == 304 {
            // It has no body, and tells of what it speaks in its head.
            headers.remove("content-type");
            let etag = self.members.iter().find(|(name, _)| *name == "ETag");
            if let Some(etag) = etag.and_then(|(_, etag)| etag.as_str()) {
                headers.insert("etag", header(etag));
            }
        }
        if self.service.name == "s3" {
            headers.insert("x-amz-id-2", header(&host_id(request_id)));
        }
        if matches!(self.service.protocol, Protocol::RestJson | Protocol::Json) {
            headers.insert("x-amzn-errortype", header(&self.code));
        }
        if self.service.protocol == Protocol::RestJson {
            // Older clients, such as the first SDK for Go, look for the message nowhere else.
            let message: String = self.message.chars().take(LONGEST_IN_HEADER).collect();
            headers.insert("x-amzn-errormessage", header(&message));
        }
        if self.service.also.is_some() {
            // Clients that spoke the older protocol are told the code by which they knew the error.
            let told = format!("{};{}", self.query_code(), self.fault());
            headers.insert("x-amzn-query-error", header(&told));
        }
        for (name, value) in &self.members {
            if let Some(bound) = self.bound_header(name) {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let name = http::HeaderName::from_bytes(bound.as_bytes()).expect("a header's name");
                headers.insert(name, header(&text));
            }
        }
        response
    }

    fn bound_header(&self, member: &str) -> Option<&'static str> {
        let member = self.service.error(&self.code)?.member(member)?;
        (member.location == Location::Header).then_some(member.wire)
    }

    fn rest_json(&self) -> String {
        let shape = self.service.error(&self.code);
        let mut body = Map::new();
        for (name, value) in &self.members {
            if self.bound_header(name).is_none() {
                body.insert((*name).to_owned(), value.clone());
            }
        }
        if shape.is_some_and(|s| s.member("Type").is_some()) && !body.contains_key("Type") {
            let fault = if self.is_client_fault() { "User" } else { "Service" };
            body.insert("Type".to_owned(), fault.into());
        }
        // What is given as null is left out.
        body.retain(|_, value| !value.is_null());
        // Errors outside the model come from the front end: authorization says `Message`, validation `message`.
        let fallback = if self.code == "AccessDeniedException" { "Message" } else { "message" };
        let message = shape.map_or(fallback, |s| s.message_member());
        body.insert(message.to_owned(), self.message.clone().into());
        Value::Object(body).to_string()
    }

    /// The code as the query protocol spells it.
    pub fn query_code(&self) -> &str {
        self.service.error(&self.code).and_then(|shape| shape.query).unwrap_or(&self.code)
    }

    /// Whose fault it is, in the words of the query protocol.
    fn fault(&self) -> &'static str {
        if self.is_client_fault() { "Sender" } else { "Receiver" }
    }

    fn json(&self) -> String {
        let shape = self.service.error(&self.code);
        let message = shape.map_or("message", |s| s.message_member());
        let prefix = shape.map_or("", |_| self.service.error_prefix);
        let mut body = Map::new();
        body.insert("__type".to_owned(), format!("{prefix}{}", self.code).into());
        for (name, value) in &self.members {
            body.insert((*name).to_owned(), value.clone());
        }
        body.insert(message.to_owned(), self.message.clone().into());
        Value::Object(body).to_string()
    }

    fn ec2(&self, request_id: &str) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml::element(&mut out, "Response", |out| {
            xml::element(out, "Errors", |out| {
                xml::element(out, "Error", |out| {
                    xml::leaf(out, "Code", &self.code);
                    xml::leaf(out, "Message", &self.message);
                });
            });
            xml::leaf(out, "RequestID", request_id);
        });
        out
    }

    fn rest_xml(&self, request_id: &str) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml::element(&mut out, "Error", |out| {
            xml::leaf(out, "Code", &self.code);
            xml::leaf(out, "Message", &self.message);
            for (name, value) in &self.members {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                xml::leaf(out, name, &text);
            }
            xml::leaf(out, "RequestId", request_id);
            xml::leaf(out, "HostId", &host_id(request_id));
        });
        out
    }

    /// As services of REST and XML other than S3 spell it.
    fn rest_xml_error(&self, request_id: &str) -> String {
        let namespace = rest_xml::namespace(self.service);
        let mut out = format!("<?xml version=\"1.0\"?>\n<ErrorResponse xmlns=\"{namespace}\">");
        xml::element(&mut out, "Error", |out| {
            xml::leaf(out, "Type", self.fault());
            xml::leaf(out, "Code", &self.code);
            xml::leaf(out, "Message", &self.message);
        });
        xml::leaf(&mut out, "RequestId", request_id);
        out + "</ErrorResponse>"
    }

    fn query(&self, request_id: &str) -> String {
        let mut out = format!("<ErrorResponse xmlns=\"{}\">", self.service.namespace);
        xml::element(&mut out, "Error", |out| {
            xml::leaf(out, "Type", self.fault());
            xml::leaf(out, "Code", self.query_code());
            xml::leaf(out, "Message", &self.message);
        });
        xml::leaf(&mut out, "RequestId", request_id);
        out + "</ErrorResponse>"
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for ApiError {}

/// What S3 tells beside a request's id, for people who look into what became of it.
pub(crate) fn host_id(request_id: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(format!("warren {request_id}"))
}

/// Characters of a message that are told in a header, which clients bound as a whole.
const LONGEST_IN_HEADER: usize = 1024;

/// A header's value; what HTTP cannot carry is replaced.
pub(crate) fn header(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or_else(|_| {
        let safe: String =
            text.chars().map(|c| if (' '..='~').contains(&c) { c } else { '?' }).collect();
        HeaderValue::from_str(&safe).expect("visible ASCII")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ec2, iam, lambda, logs};

    fn body(error: &ApiError) -> String {
        String::from_utf8(error.render("r-1").into_body().to_vec()).expect("UTF-8")
    }

    #[test]
    fn common_codes_are_sorted() {
        assert!(COMMON.is_sorted());
    }

    #[test]
    fn lambda_throttles_as_recorded() {
        let error = lambda::error("TooManyRequestsException", "Rate Exceeded.")
            .with("Reason", "ReservedFunctionConcurrentInvocationLimitExceeded")
            .with("retryAfterSeconds", "1");
        let response = error.render("r-1");
        assert_eq!(response.status(), 429);
        assert_eq!(response.headers()["retry-after"], "1");
        assert_eq!(response.headers()["x-amzn-errortype"], "TooManyRequestsException");
        assert_eq!(response.headers()["x-amzn-errormessage"], "Rate Exceeded.");
        assert_eq!(
            body(&error),
            r#"{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded","Type":"User","message":"Rate Exceeded."}"#
        );
    }

    #[test]
    fn lambda_capitalises_message_per_error() {
        let error = lambda::error("ResourceNotFoundException", "Function not found: x");
        assert_eq!(body(&error), r#"{"Type":"User","Message":"Function not found: x"}"#);
        assert_eq!(error.status, 404);
        assert_eq!(lambda::error("SubnetIPAddressLimitReachedException", "").status, 502);
    }

    #[test]
    fn ec2_spells_xml() {
        let error = ec2::error("InvalidVpcID.NotFound", "The vpc ID 'vpc-<1>' does not exist");
        assert_eq!(error.status, 400);
        assert_eq!(
            body(&error),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response><Errors><Error>\
             <Code>InvalidVpcID.NotFound</Code><Message>The vpc ID 'vpc-&lt;1&gt;' does not exist</Message>\
             </Error></Errors><RequestID>r-1</RequestID></Response>"
        );
        assert_eq!(ec2::error("DryRunOperation", "").status, 412);
    }

    #[test]
    fn iam_and_logs_spell_theirs() {
        let error = iam::error("NoSuchEntity", "The role with name r cannot be found.");
        assert_eq!(error.status, 404);
        assert!(body(&error).contains("<Type>Sender</Type><Code>NoSuchEntity</Code>"));
        let error =
            logs::error("ResourceNotFoundException", "The specified log group does not exist.");
        assert_eq!(error.status, 400);
        assert_eq!(
            body(&error),
            r#"{"__type":"ResourceNotFoundException","message":"The specified log group does not exist."}"#
        );
        assert_eq!(logs::error("InvalidSignatureException", "").status, 400);
    }
}
