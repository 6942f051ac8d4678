//! A server of its own to be measured, and the client that asks it over HTTP as SDKs do.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde_json::Value;

use super::error::BenchError;

/// A server on a state directory of its own.
pub(super) struct Served {
    process: Child,
    state: PathBuf,
    pub(super) at: SocketAddr,
}

impl Drop for Served {
    fn drop(&mut self) {
        let pid = rustix::process::Pid::from_child(&self.process);
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.state);
    }
}

impl Served {
    /// Starts it with these options beside those of every server here.
    pub(super) fn start(program: &Path, options: &[&str]) -> Result<Served, BenchError> {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let name = format!("warren-bench-{}-{number}", std::process::id());
        let state = std::env::temp_dir().join(name);
        let mut process = Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0", "--state"])
            .arg(&state)
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .map_err(BenchError::Start)?;
        let mut line = String::new();
        if let Some(output) = process.stdout.take() {
            let read = BufReader::new(output).read_line(&mut line);
            read.map_err(BenchError::Silent)?;
        }
        let address = line.split("http://").nth(1).and_then(|rest| rest.split(',').next());
        let at = address.and_then(|text| text.parse().ok());
        let at = at.ok_or(BenchError::Greeting(line))?;
        Ok(Served { process, state, at })
    }

    /// How long each of its threads has run on processors.
    pub(super) fn ran(&self) -> HashMap<OsString, Duration> {
        let threads = std::fs::read_dir(format!("/proc/{}/task", self.process.id()));
        let spans = threads.into_iter().flatten().flatten().filter_map(|thread| {
            let text = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
            let nanos = text.split_whitespace().next()?.parse().ok()?;
            Some((thread.file_name(), Duration::from_nanos(nanos)))
        });
        spans.collect()
    }

    /// Memory of the server's process, in MiB.
    pub(super) fn memory(&self) -> f64 {
        let path = format!("/proc/{}/status", self.process.id());
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
        kib.unwrap_or_default() / 1024.0
    }
}

/// What says that somebody asks Lambda.
const LAMBDA: &str = "authorization: AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/\
                      lambda/aws4_request, SignedHeaders=host, Signature=0\r\n";
/// What tells EC2's requests from those of other services.
const EC2: &str = "authorization: AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/ec2/\
                   aws4_request, SignedHeaders=host, Signature=0\r\n\
                   content-type: application/x-www-form-urlencoded\r\n";

/// A connection that is kept.
pub(super) struct Connection(BufReader<TcpStream>);

impl Connection {
    pub(super) fn open(at: SocketAddr) -> Result<Connection, BenchError> {
        let stream = TcpStream::connect(at).map_err(|source| BenchError::Connect { at, source })?;
        let _ = stream.set_nodelay(true);
        Ok(Connection(BufReader::new(stream)))
    }

    /// The status and body of an answer.
    pub(super) fn ask(
        &mut self,
        method: &str,
        path: &str,
        body: &[u8],
    ) -> Result<(u16, Vec<u8>), BenchError> {
        self.ask_with(method, path, LAMBDA, body)
    }

    /// The same, with more headers, each with its end.
    fn ask_with(
        &mut self,
        method: &str,
        path: &str,
        headers: &str,
        body: &[u8],
    ) -> Result<(u16, Vec<u8>), BenchError> {
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nhost: localhost\r\n{headers}content-length: {}\r\n\r\n",
            body.len()
        )
        .into_bytes();
        request.extend_from_slice(body);
        self.0.get_mut().write_all(&request).map_err(BenchError::Connection)?;
        let (mut status, mut length, mut line) = (0, 0, String::new());
        loop {
            line.clear();
            self.0.read_line(&mut line).map_err(BenchError::Connection)?;
            let text = line.trim_end();
            if let Some(rest) = text.strip_prefix("HTTP/1.1 ") {
                status = rest.get(..3).and_then(|code| code.parse().ok()).unwrap_or(0);
            } else if let Some((name, value)) = text.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap_or(0);
            } else if text.is_empty() {
                break;
            }
        }
        let mut answer = vec![0; length];
        self.0.read_exact(&mut answer).map_err(BenchError::Connection)?;
        Ok((status, answer))
    }

    /// Asks a service, which is told by its signing name and the start of its targets; its answer.
    pub(super) fn target(
        &mut self,
        (service, prefix): (&str, &str),
        operation: &str,
        input: &Value,
    ) -> Result<Value, BenchError> {
        let headers = format!(
            "authorization: AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/{service}/\
             aws4_request, SignedHeaders=host, Signature=0\r\n\
             content-type: application/x-amz-json-1.1\r\nx-amz-target: {prefix}.{operation}\r\n"
        );
        let (status, answer) =
            self.ask_with("POST", "/", &headers, input.to_string().as_bytes())?;
        match status {
            200 => Ok(serde_json::from_slice(&answer).unwrap_or_default()),
            _ => Err(refused(operation, &String::from_utf8_lossy(&answer))),
        }
    }

    pub(super) fn json(
        &mut self,
        method: &str,
        path: &str,
        body: &Value,
    ) -> Result<Value, BenchError> {
        let bytes = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let (status, answer) = self.ask(method, path, &bytes)?;
        if status >= 300 {
            let answer = String::from_utf8_lossy(&answer).into_owned();
            return Err(BenchError::Refused { request: format!("{method} {path}"), answer });
        }
        Ok(serde_json::from_slice(&answer).unwrap_or_default())
    }

    /// Posts an event to somebody who answers with it.
    pub(super) fn echoed(&mut self, path: &str, event: &str) -> Result<(), BenchError> {
        match self.ask("POST", path, event.as_bytes())? {
            (200, answer) if answer == event.as_bytes() => Ok(()),
            (status, answer) => {
                let answer = format!("{status}: {}", String::from_utf8_lossy(&answer));
                Err(BenchError::Refused { request: format!("POST {path}"), answer })
            }
        }
    }

    /// An EC2 request; its answer.
    pub(super) fn ec2(&mut self, query: &str) -> Result<String, BenchError> {
        let body = format!("Version=2016-11-15&{query}");
        let (status, answer) = self.ask_with("POST", "/", EC2, body.as_bytes())?;
        let text = String::from_utf8_lossy(&answer).into_owned();
        if status == 200 { Ok(text) } else { Err(refused(query, &text)) }
    }

    /// An EC2 request; the text of the first element of this name in its answer.
    pub(super) fn ec2_element(&mut self, query: &str, name: &str) -> Result<String, BenchError> {
        let text = self.ec2(query)?;
        element(&text, name).map(str::to_owned).ok_or_else(|| refused(query, &text))
    }
}

fn refused(query: &str, answer: &str) -> BenchError {
    BenchError::Refused { request: query.to_owned(), answer: answer.to_owned() }
}

/// The text of the first element of a name.
pub(super) fn element<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(&format!("<{name}>"))?;
    rest.split_once("</").map(|(value, _)| value)
}
