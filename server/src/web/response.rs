//! The answer that a function gives to a request.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, SET_COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use serde_json::{Map, Value};

/// What a function has returned that is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Malformed {
    #[error("it is no JSON")]
    NoJson,
    #[error("it has no statusCode")]
    NoStatus,
    #[error("its statusCode is no status of an answer")]
    Status,
    #[error("one of its headers or cookies is none")]
    Header,
    #[error("its body is not what isBase64Encoded says")]
    Body,
}

/// Headers that are between this server and its client: what functions say of them goes by other
/// names, as on AWS.
const REMAPPED: [&str; 9] = [
    "connection",
    "content-length",
    "date",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The answer that is meant by what a function returned: an object with a `statusCode` says it, and
/// everything else is its body.
pub(super) fn of(payload: &[u8]) -> Result<Response<Bytes>, Malformed> {
    meant_by(serde_json::from_slice(payload).map_err(|_| Malformed::NoJson)?)
}

fn meant_by(value: Value) -> Result<Response<Bytes>, Malformed> {
    let mut response = match value {
        Value::Object(object) if object.contains_key("statusCode") => whole(object)?,
        other => Response::new(body_text(other).into()),
    };
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().entry(CONTENT_TYPE).or_insert(json);
    let status = response.status();
    if status == StatusCode::NO_CONTENT || status == StatusCode::NOT_MODIFIED {
        *response.body_mut() = Bytes::new();
    }
    Ok(response)
}

/// The answer that is meant in format 1.0, which has a `statusCode` and may have several values for a
/// header.
pub(super) fn of_one(payload: &[u8]) -> Result<Response<Bytes>, Malformed> {
    let mut value: Value = serde_json::from_slice(payload).map_err(|_| Malformed::NoJson)?;
    let many = match value.get_mut("multiValueHeaders").map(Value::take) {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(many)) => many,
        Some(_) => return Err(Malformed::Header),
    };
    if value.get("statusCode").is_none() {
        return Err(Malformed::NoStatus);
    }
    let mut response = meant_by(value)?;
    for (name, values) in many {
        // What both name has the values of this one.
        if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
            response.headers_mut().remove(name);
        }
        for value in values.as_array().ok_or(Malformed::Header)? {
            put(response.headers_mut(), &name, value.clone())?;
        }
    }
    Ok(response)
}

fn whole(mut object: Map<String, Value>) -> Result<Response<Bytes>, Malformed> {
    let status = match &object["statusCode"] {
        Value::Number(number) => number.as_u64().and_then(|number| u16::try_from(number).ok()),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    // An answer of less than 200 would be none: others follow it.
    let status = status.filter(|status| (200..600).contains(status)).ok_or(Malformed::Status)?;
    let is_encoded = object.get("isBase64Encoded").and_then(Value::as_bool).unwrap_or_default();
    let body = match object.remove("body") {
        None | Some(Value::Null) => Bytes::new(),
        Some(Value::String(text)) if is_encoded => {
            STANDARD.decode(text).map_err(|_| Malformed::Body)?.into()
        }
        Some(_) if is_encoded => return Err(Malformed::Body),
        Some(other) => body_text(other).into(),
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).map_err(|_| Malformed::Status)?;
    let headers = response.headers_mut();
    match object.remove("headers") {
        None | Some(Value::Null) => {}
        Some(Value::Object(given)) => {
            for (name, value) in given {
                put(headers, &name, value)?;
            }
        }
        Some(_) => return Err(Malformed::Header),
    }
    match object.remove("cookies") {
        None | Some(Value::Null) => {}
        Some(Value::Array(cookies)) => {
            for cookie in cookies {
                headers.append(SET_COOKIE, header(cookie)?);
            }
        }
        Some(_) => return Err(Malformed::Header),
    }
    Ok(response)
}

fn put(headers: &mut HeaderMap, name: &str, value: Value) -> Result<(), Malformed> {
    let lower = name.to_ascii_lowercase();
    let name = match REMAPPED.contains(&&*lower) {
        true => format!("x-amzn-remapped-{lower}"),
        false => lower,
    };
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| Malformed::Header)?;
    headers.append(name, header(value)?);
    Ok(())
}

fn header(value: Value) -> Result<HeaderValue, Malformed> {
    match value {
        Value::String(text) => HeaderValue::from_str(&text).map_err(|_| Malformed::Header),
        Value::Bool(_) | Value::Number(_) => {
            HeaderValue::from_str(&value.to_string()).map_err(|_| Malformed::Header)
        }
        Value::Null | Value::Array(_) | Value::Object(_) => Err(Malformed::Header),
    }
}

/// A text as it is, and anything else as JSON.
fn body_text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_returned_is_the_body_unless_it_has_a_status() {
        for (payload, body) in [
            ("{\"hello\": \"world\"}", "{\"hello\":\"world\"}"),
            ("[\"hello\", 3, true]", "[\"hello\",3,true]"),
            ("\"hello\"", "hello"),
            ("3", "3"),
            ("3.1", "3.1"),
            ("true", "true"),
            ("null", "null"),
            ("{\"body\": \"b\"}", "{\"body\":\"b\"}"),
            ("{\"statusCode\": 200, \"body\": \"body123\"}", "body123"),
            ("{\"statusCode\": 200, \"body\": {\"a\": 1}}", "{\"a\":1}"),
            ("{\"statusCode\": 204, \"body\": \"b\"}", ""),
            ("{\"statusCode\": 200, \"isBase64Encoded\": true, \"body\": \"aGk=\"}", "hi"),
        ] {
            let response = of(payload.as_bytes()).expect(payload);
            assert_eq!(*response.body(), body.as_bytes(), "{payload}");
            assert_eq!(response.headers()["content-type"], "application/json", "{payload}");
        }
        for (payload, status) in
            [("{\"statusCode\": \"418\"}", 418), ("{\"statusCode\": 599}", 599), ("1", 200)]
        {
            assert_eq!(of(payload.as_bytes()).expect(payload).status().as_u16(), status);
        }
    }

    #[test]
    fn headers_and_cookies_are_put_in() {
        let payload = "{\"statusCode\": 200, \"cookies\": [\"a=1\", \"b=2; Path=/\"], \"headers\": \
                       {\"Content-Type\": \"text/html\", \"X-N\": 1, \"Content-Length\": \"7\", \
                       \"Connection\": \"close\"}}";
        let response = of(payload.as_bytes()).expect("an answer");
        let headers = response.headers();
        assert_eq!(headers["content-type"], "text/html");
        assert_eq!(headers["x-n"], "1");
        assert_eq!(headers["x-amzn-remapped-content-length"], "7");
        assert!(!headers.contains_key("connection") && !headers.contains_key("content-length"));
        let cookies: Vec<_> = headers.get_all("set-cookie").into_iter().collect();
        assert_eq!(cookies, ["a=1", "b=2; Path=/"]);
    }

    #[test]
    fn what_is_no_answer_is_told() {
        for (payload, why) in [
            ("no JSON", Malformed::NoJson),
            ("", Malformed::NoJson),
            ("{\"statusCode\": 99}", Malformed::Status),
            ("{\"statusCode\": 101}", Malformed::Status),
            ("{\"statusCode\": 600}", Malformed::Status),
            ("{\"statusCode\": \"x\"}", Malformed::Status),
            ("{\"statusCode\": null}", Malformed::Status),
            ("{\"statusCode\": 200, \"headers\": {\"a b\": \"c\"}}", Malformed::Header),
            ("{\"statusCode\": 200, \"headers\": {\"a\": \"b\\r\\nc: d\"}}", Malformed::Header),
            ("{\"statusCode\": 200, \"headers\": [1]}", Malformed::Header),
            ("{\"statusCode\": 200, \"cookies\": \"a=1\"}", Malformed::Header),
            ("{\"statusCode\": 200, \"body\": \"?\", \"isBase64Encoded\": true}", Malformed::Body),
        ] {
            assert_eq!(of(payload.as_bytes()).expect_err(payload), why, "{payload}");
        }
    }
}
