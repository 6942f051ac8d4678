//! The smallest bootstrap there is: answers every event with itself, after as many milliseconds
//! as an event that is a number says; for measurements and tests.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

fn main() {
    let Ok(mut stream) = TcpStream::connect("169.254.100.1:9001") else { return };
    if stream.set_nodelay(true).is_err() {
        return;
    }
    let mut buffer = vec![0u8; 64 * 1024];
    let next = b"GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n";
    while stream.write_all(next).is_ok() {
        let Some((head, body)) = receive(&mut stream, &mut buffer) else { return };
        let Some(id) = value(&head, "Lambda-Runtime-Aws-Request-Id: ") else { return };
        if let Some(millis) = std::str::from_utf8(&body).ok().and_then(|text| text.parse().ok()) {
            std::thread::sleep(Duration::from_millis(millis));
        }
        let mut answer = format!(
            "POST /2018-06-01/runtime/invocation/{id}/response HTTP/1.1\r\nHost: x\r\n\
             Content-Length: {}\r\n\r\n",
            body.len()
        )
        .into_bytes();
        answer.extend_from_slice(&body);
        if stream.write_all(&answer).is_err() || receive(&mut stream, &mut buffer).is_none() {
            return;
        }
    }
}

fn value<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| line.strip_prefix(name))
}

/// Reads one response: its head and its body.
fn receive(stream: &mut TcpStream, buffer: &mut [u8]) -> Option<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
        match stream.read(buffer) {
            Ok(length) if length > 0 => bytes.extend_from_slice(&buffer[..length]),
            _ => return None,
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let length: usize = value(&head, "Content-Length: ")?.parse().ok()?;
    let mut body = bytes.split_off(end + 4);
    while body.len() < length {
        match stream.read(buffer) {
            Ok(length) if length > 0 => body.extend_from_slice(&buffer[..length]),
            _ => return None,
        }
    }
    Some((head, body))
}
