//! What pages of other sites may do, and how browsers are told.

use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
};
use http::{HeaderMap, HeaderName, HeaderValue};

/// What pages of other sites may do.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cors {
    pub(crate) allow_credentials: bool,
    pub(crate) allow_headers: Vec<String>,
    pub(crate) allow_methods: Vec<String>,
    pub(crate) allow_origins: Vec<String>,
    pub(crate) expose_headers: Vec<String>,
    pub(crate) max_age: Option<i32>,
}

/// Whether a browser asks what it may ask.
pub(crate) fn is_preflight(method: &str, headers: &HeaderMap) -> bool {
    method == "OPTIONS"
        && headers.contains_key(ORIGIN)
        && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

impl Cors {
    /// The value that lets the origin of a request in, if it is let in.
    fn origin(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        let origin = headers.get(ORIGIN)?;
        let text = origin.to_str().ok()?;
        let is_named = self.allow_origins.iter().any(|it| it.eq_ignore_ascii_case(text));
        let is_any = self.allow_origins.iter().any(|it| it == "*");
        // Browsers take no `*` of who is sent credentials.
        if is_named || is_any && self.allow_credentials {
            return Some(origin.clone());
        }
        is_any.then(|| HeaderValue::from_static("*"))
    }

    /// Tells a browser, in the answer to a preflight, what it may ask.
    pub(crate) fn preflight(&self, asked: &HeaderMap, answer: &mut HeaderMap) {
        let Some(origin) = self.origin(asked) else { return };
        answer.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        list(answer, ACCESS_CONTROL_ALLOW_METHODS, &self.allow_methods);
        list(answer, ACCESS_CONTROL_ALLOW_HEADERS, &self.allow_headers);
        if let Some(age) = self.max_age {
            answer.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from(age));
        }
        self.common(answer);
    }

    /// Tells a browser, in any other answer, who may read it. What the function itself says of that
    /// is passed over.
    pub(crate) fn mark(&self, asked: &HeaderMap, answer: &mut HeaderMap) {
        for name in [
            ACCESS_CONTROL_ALLOW_ORIGIN,
            ACCESS_CONTROL_ALLOW_CREDENTIALS,
            ACCESS_CONTROL_EXPOSE_HEADERS,
        ] {
            answer.remove(name);
        }
        let Some(origin) = self.origin(asked) else { return };
        answer.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        list(answer, ACCESS_CONTROL_EXPOSE_HEADERS, &self.expose_headers);
        self.common(answer);
    }

    fn common(&self, answer: &mut HeaderMap) {
        if self.allow_credentials {
            answer.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        }
        answer.append(VARY, HeaderValue::from_static("Origin"));
    }
}

/// Puts a list into a header; what no header can hold is left out.
fn list(answer: &mut HeaderMap, name: HeaderName, items: &[String]) {
    let value = HeaderValue::from_str(&items.join(","));
    if let Some(value) = value.ok().filter(|value| !value.is_empty()) {
        answer.insert(name, value);
    }
}
