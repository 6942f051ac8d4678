//! RPC v2 CBOR: requests to services of JSON, and their answers, in another spelling.
//!
//! What travels is the same values under the same names. A request is read as if it were one of JSON;
//! an answer that was spelled in JSON is spelled anew, so that nobody else knows of the two.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::HeaderValue;
use minicbor::data::{Tag, Type};
use minicbor::decode::Error;
use minicbor::{Decoder, Encoder};
use serde_json::{Map, Number, Value};

use crate::model::{Kind, Shape};
use crate::recognise::recognise;
use crate::render::Response;
use crate::request::Request;

/// The header that says which protocol a request speaks, and what it says of this one.
const HEADER: &str = "smithy-protocol";
const PROTOCOL: &str = "rpc-v2-cbor";
/// The tag of seconds since the epoch.
const SECONDS: u64 = 1;
/// How deep values may lie within another: no shape of AWS's is deeper.
const DEPTH: usize = 64;

/// A request that came in CBOR, and is to be answered in it.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    output: Option<&'static Shape>,
}

/// Whether a request speaks this protocol.
pub(crate) fn speaks(request: &Request<'_>) -> bool {
    request.headers.get(HEADER).is_some_and(|protocol| protocol == PROTOCOL)
}

/// The service and the operation that a path names: `…/service/Name/operation/Name`.
pub(crate) fn target<'a>(request: &Request<'a>) -> Option<(&'a str, &'a str)> {
    let mut parts = request.path.trim_end_matches('/').rsplit('/');
    let (operation, word) = (parts.next()?, parts.next()?);
    let (service, of) = (parts.next()?, parts.next()?);
    (word == "operation" && of == "service").then_some((service, operation))
}

impl Asked {
    /// What is to be answered to a request in CBOR; nothing to another.
    pub fn of(request: &Request<'_>) -> Option<Asked> {
        speaks(request).then(|| Asked { output: recognise(request).ok().and_then(|it| it.output) })
    }

    /// An answer of JSON in CBOR.
    pub fn respell(self, response: Response) -> Response {
        let kind = response.headers().get("content-type").map(HeaderValue::as_bytes);
        if !kind.is_some_and(|kind| kind.starts_with(b"application/x-amz-json")) {
            return response;
        }
        let (mut parts, body) = response.into_parts();
        let shape = self.output.filter(|_| parts.status.is_success());
        let value = match body.is_empty() {
            true => Value::Object(Map::new()),
            false => serde_json::from_slice(&body).expect("it was spelled here"),
        };
        let mut encoder = Encoder::new(Vec::new());
        let _infallible = write(&mut encoder, shape, &value);
        parts.headers.insert(HEADER, HeaderValue::from_static(PROTOCOL));
        parts.headers.insert("content-type", HeaderValue::from_static("application/cbor"));
        Response::from_parts(parts, Bytes::from(encoder.into_writer()))
    }
}

fn write(
    to: &mut Encoder<Vec<u8>>,
    shape: Option<&'static Shape>,
    value: &Value,
) -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
    let kind = shape.map(|shape| &shape.kind);
    match (kind, value) {
        (_, Value::Null) => to.null().map(drop),
        (_, Value::Bool(flag)) => to.bool(*flag).map(drop),
        (Some(Kind::Timestamp), Value::Number(seconds)) => {
            to.tag(Tag::new(SECONDS))?;
            write(to, None, &Value::Number(seconds.clone()))
        }
        (Some(Kind::Double(_)), Value::Number(number)) => {
            to.f64(number.as_f64().unwrap_or_default()).map(drop)
        }
        (_, Value::Number(number)) => match number.as_i64() {
            Some(whole) => to.i64(whole).map(drop),
            None => to.f64(number.as_f64().unwrap_or_default()).map(drop),
        },
        (Some(Kind::Blob(_)), Value::String(text)) => {
            to.bytes(&STANDARD.decode(text).unwrap_or_default()).map(drop)
        }
        (_, Value::String(text)) => to.str(text).map(drop),
        (_, Value::Array(items)) => {
            let item = match kind {
                Some(Kind::List { item, .. }) => Some(*item),
                _ => None,
            };
            to.array(items.len() as u64)?;
            items.iter().try_for_each(|value| write(to, item, value))
        }
        (_, Value::Object(object)) => {
            to.map(object.len() as u64)?;
            object.iter().try_for_each(|(name, value)| {
                to.str(name)?;
                write(to, within(kind, name), value)
            })
        }
    }
}

/// The shape of what stands under a name.
fn within(kind: Option<&'static Kind>, name: &str) -> Option<&'static Shape> {
    match kind? {
        Kind::Structure { members, .. } => {
            members.iter().find(|member| member.wire == name).map(|member| member.shape)
        }
        Kind::Map { value, .. } => Some(value),
        _ => None,
    }
}

/// A body as a value of JSON: of bytes their base64, of a time its seconds since the epoch.
pub(crate) fn read(body: &[u8]) -> Result<Value, Error> {
    let mut decoder = Decoder::new(body);
    let value = value(&mut decoder, DEPTH)?;
    match decoder.position() == body.len() {
        true => Ok(value),
        false => Err(Error::message("something follows the value")),
    }
}

fn value(from: &mut Decoder<'_>, depth: usize) -> Result<Value, Error> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err(Error::message("the values lie too deep within another"));
    };
    let float = |number: f64| Number::from_f64(number).map_or(Value::Null, Value::Number);
    Ok(match from.datatype()? {
        Type::Bool => from.bool()?.into(),
        Type::Null => from.null().map(|()| Value::Null)?,
        Type::Undefined => from.undefined().map(|()| Value::Null)?,
        Type::U8 | Type::U16 | Type::U32 | Type::U64 => from.u64()?.into(),
        Type::I8 | Type::I16 | Type::I32 | Type::I64 => from.i64()?.into(),
        Type::F16 => float(half(from)?),
        Type::F32 => float(from.f32()?.into()),
        Type::F64 => float(from.f64()?),
        Type::Bytes | Type::BytesIndef => {
            let parts: Result<Vec<&[u8]>, Error> = from.bytes_iter()?.collect();
            STANDARD.encode(parts?.concat()).into()
        }
        Type::String | Type::StringIndef => text(from)?.into(),
        Type::Array | Type::ArrayIndef => {
            let length = from.array()?;
            let mut items = Vec::new();
            while is_more(from, length, items.len())? {
                items.push(value(from, depth)?);
            }
            Value::Array(items)
        }
        Type::Map | Type::MapIndef => {
            let (length, mut read) = (from.map()?, 0);
            let mut object = Map::new();
            while is_more(from, length, read)? {
                let name = text(from)?;
                object.insert(name, value(from, depth)?);
                read += 1;
            }
            Value::Object(object)
        }
        // The only one that there is here says that what follows is a time.
        Type::Tag => {
            from.tag()?;
            value(from, depth)?
        }
        other => return Err(Error::type_mismatch(other)),
    })
}

fn text(from: &mut Decoder<'_>) -> Result<String, Error> {
    from.str_iter()?.collect()
}

/// Whether a list or a map that says its length, or ends with a mark, goes on.
fn is_more(from: &mut Decoder<'_>, length: Option<u64>, read: usize) -> Result<bool, Error> {
    match length {
        Some(length) => Ok((read as u64) < length),
        None if from.datatype()? == Type::Break => {
            from.set_position(from.position() + 1);
            Ok(false)
        }
        None => Ok(true),
    }
}

/// A number of half precision.
fn half(from: &mut Decoder<'_>) -> Result<f64, Error> {
    let at = from.position() + 1;
    let Some(&[high, low]) = from.input().get(at..at + 2) else {
        return Err(Error::end_of_input());
    };
    from.set_position(at + 2);
    let bits = u16::from_be_bytes([high, low]);
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f64::from(bits & 1023));
    let size = match exponent {
        0 => fraction * 2f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1024.0 + fraction) * 2f64.powi(exponent - 25),
    };
    Ok(if bits >> 15 == 1 { -size } else { size })
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;
    use serde_json::json;

    use super::*;
    use crate::cloudwatch;

    fn hex(text: &str) -> Vec<u8> {
        let digits: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        let pairs = digits.chunks(2).map(|pair| std::str::from_utf8(pair).expect("ASCII"));
        pairs.map(|pair| u8::from_str_radix(pair, 16).expect("digits")).collect()
    }

    /// From the table of RFC 8949's appendix A.
    #[test]
    fn reads_what_the_rfc_spells() {
        for (bytes, expected) in [
            ("1bffffffffffffffff", json!(18_446_744_073_709_551_615_u64)),
            ("3903e7", json!(-1000)),
            ("f93e00", json!(1.5)),
            ("f90001", json!(5.960464477539063e-8)),
            ("f97bff", json!(65504.0)),
            ("f9c400", json!(-4.0)),
            ("fa47c35000", json!(100_000.0)),
            ("fb3ff199999999999a", json!(1.1)),
            ("f97c00", Value::Null),
            ("f7", Value::Null),
            ("c1fb41d452d9ec200000", json!(1_363_896_240.5)),
            ("4401020304", json!("AQIDBA==")),
            ("5f42010243030405ff", json!("AQIDBAU=")),
            ("7f657374726561646d696e67ff", json!("streaming")),
            ("9f018202039f0405ffff", json!([1, [2, 3], [4, 5]])),
            ("bf6346756ef563416d7421ff", json!({"Fun": true, "Amt": -2})),
            ("a26161016162820203", json!({"a": 1, "b": [2, 3]})),
        ] {
            assert_eq!(read(&hex(bytes)).ok(), Some(expected), "{bytes}");
        }
    }

    #[test]
    fn refuses_what_is_none() {
        let deep = "81".repeat(DEPTH + 1) + "00";
        for bytes in
            ["", "61", "a1", "a10000", "0000", "ff", "9f", "1c", "9bffffffffffffffff00", &deep]
        {
            assert!(read(&hex(bytes)).is_err(), "{bytes}");
        }
    }

    #[test]
    fn answers_have_the_types_of_their_shapes() {
        let mut headers = HeaderMap::new();
        headers.insert(HEADER, HeaderValue::from_static(PROTOCOL));
        let path = "/service/GraniteServiceVersion20100801/operation/GetMetricData";
        let request = Request { method: "POST", path, query: "", headers: &headers, body: b"" };
        let operation = recognise(&request).expect("an operation");
        assert_eq!(operation.name, "GetMetricData");
        let asked = Asked::of(&request).expect("it came in CBOR");
        let output = json!({"MetricDataResults": [{"Timestamps": [1_500], "Values": [2.0]}]});
        let response = asked.respell(crate::render(operation, &output, "id"));
        assert_eq!(response.headers()["content-type"], "application/cbor");
        assert_eq!(response.headers()["smithy-protocol"], "rpc-v2-cbor");
        let expected = hex("a1 71 4d657472696344617461526573756c7473 81 a2
             6a 54696d657374616d7073 81 c1 fb3ff8000000000000
             66 56616c756573 81 fb4000000000000000");
        assert_eq!(response.body(), &expected);
        let error = asked.respell(cloudwatch::error("InvalidNextToken", "No.").render("id"));
        assert_eq!(error.status(), 400);
        let told = read(error.body()).expect("CBOR");
        assert_eq!(told, json!({"__type": "InvalidNextToken", "message": "No."}));
        assert_eq!(error.headers()["x-amzn-query-error"], "InvalidNextToken;Sender");
    }
}
