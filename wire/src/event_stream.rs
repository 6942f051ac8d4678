//! `application/vnd.amazon.eventstream`: messages that come one after the other in the body of an answer.

use bytes::{BufMut, Bytes, BytesMut};
use serde_json::{Value, json};

use crate::checksum::crc32;
use crate::error::ApiError;
use crate::model::{Operation, Protocol};

/// What the answer says that its body is.
pub const CONTENT_TYPE: &str = "application/vnd.amazon.eventstream";
/// The kind of a header whose value is text.
const TEXT: u8 = 7;
/// Bytes before the headers and behind the payload.
const AROUND: usize = 16;

/// The message that comes first where an operation answers by JSON-RPC: its output beside the events.
pub fn initial(operation: &Operation) -> Bytes {
    event(operation, "initial-response", &json!({}))
}

/// An event, whose value is spelled already.
pub fn event(operation: &Operation, name: &str, value: &Value) -> Bytes {
    let headers = [
        (":message-type", "event"),
        (":event-type", name),
        (":content-type", content_type(operation)),
    ];
    message(&headers, value.to_string().as_bytes())
}

/// The error with which a stream ends.
pub fn exception(operation: &Operation, error: &ApiError) -> Bytes {
    let headers = [
        (":message-type", "exception"),
        (":exception-type", &*error.code),
        (":content-type", content_type(operation)),
    ];
    message(&headers, json!({"message": error.message}).to_string().as_bytes())
}

fn content_type(operation: &Operation) -> &'static str {
    match operation.service.protocol {
        Protocol::Json => "application/x-amz-json-1.1",
        Protocol::RestXml | Protocol::Query | Protocol::Ec2 => "text/xml",
        Protocol::RestJson => "application/json",
    }
}

fn message(headers: &[(&str, &str)], payload: &[u8]) -> Bytes {
    let length: usize = headers.iter().map(|(name, value)| 4 + name.len() + value.len()).sum();
    let mut bytes = BytesMut::with_capacity(AROUND + length + payload.len());
    bytes.put_u32(fitting(AROUND + length + payload.len()));
    bytes.put_u32(fitting(length));
    let sum = crc32(&bytes);
    bytes.put_u32(sum);
    for (name, value) in headers {
        // Names and values are ours, and short.
        bytes.put_u8(u8::try_from(name.len()).unwrap_or(u8::MAX));
        bytes.put_slice(name.as_bytes());
        bytes.put_u8(TEXT);
        bytes.put_u16(u16::try_from(value.len()).unwrap_or(u16::MAX));
        bytes.put_slice(value.as_bytes());
    }
    bytes.put_slice(payload);
    let sum = crc32(&bytes);
    bytes.put_u32(sum);
    bytes.freeze()
}

/// A length: messages are of a few megabytes at the most.
fn fitting(length: usize) -> u32 {
    u32::try_from(length).expect("a message is far below 4 GB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_framed() {
        let framed = message(&[(":a", "bc")], b"{}");
        // As Python's zlib has its sums.
        let whole: [u8; 26] = [
            0, 0, 0, 26, 0, 0, 0, 8, 65, 169, 216, 120, 2, 58, 97, 7, 0, 2, 98, 99, 123, 125, 122,
            156, 111, 199,
        ];
        assert_eq!(*framed, whole);
    }
}
