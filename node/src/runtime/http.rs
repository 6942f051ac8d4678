//! HTTP/1.1 as far as the Runtime API needs it: an incremental parser of requests.

use bytes::Bytes;

/// Longest body that is kept: 6 MiB and 100 bytes, as on AWS. A longer one is counted.
pub const MAX_BODY: usize = 6 * 1024 * 1024 + 100;
const MAX_HEAD: usize = 64 * 1024;
/// Requests that a client may send in one breath: a runtime's are an answer and a question. Others
/// wait while they are answered.
const AT_ONCE: usize = 64;

/// A request that is not HTTP as it should be; the connection is to be closed after a 400.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadRequest;

/// A request's body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// All of it.
    Whole(Bytes),
    /// Too much of it; only its length is known.
    TooLarge(usize),
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Whether the method is POST; else it is the other one, GET.
    pub method: Method,
    /// The path, without query.
    pub path: String,
    /// `Lambda-Runtime-Function-Error-Type`.
    pub error_type: Option<String>,
    /// What it carries.
    pub body: Body,
    /// Whether the connection is to be closed afterwards.
    pub close: bool,
}

/// The methods that the Runtime API knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// GET.
    Get,
    /// POST.
    Post,
    /// Any other.
    Other,
}

#[derive(Debug, Clone)]
struct Head {
    method: Method,
    path: String,
    error_type: Option<String>,
    length: Option<usize>,
    chunked: bool,
    close: bool,
    expects: bool,
}

#[derive(Debug, Clone)]
enum State {
    Head,
    Fixed(Head, usize),
    Chunk(Head),
    ChunkData(Head, usize),
    ChunkEnd(Head),
    Trailer(Head),
}

/// Collects bytes into requests.
#[derive(Debug)]
pub struct Parser {
    buffer: Vec<u8>,
    /// How much of the buffer has been consumed.
    at: usize,
    /// How much of what follows was looked through for the end of a line.
    seen: usize,
    /// Where in it the last line of a head begins.
    line: usize,
    /// Requests taken since bytes arrived last.
    taken: usize,
    state: State,
    body: Vec<u8>,
    /// Length of the body so far, also of what was not kept.
    length: usize,
    expects: bool,
}

impl Default for Parser {
    fn default() -> Self {
        Parser {
            buffer: Vec::new(),
            at: 0,
            seen: 0,
            line: 0,
            taken: 0,
            state: State::Head,
            body: Vec::new(),
            length: 0,
            expects: false,
        }
    }
}

impl Parser {
    /// Adds bytes that have arrived.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.at > 0 {
            self.buffer.drain(..self.at);
            self.at = 0;
        }
        self.buffer.extend_from_slice(bytes);
        self.taken = 0;
    }

    /// Whether the peer waits for `100 Continue`; asked once.
    pub fn take_expectation(&mut self) -> bool {
        std::mem::take(&mut self.expects)
    }

    /// Whether a request has begun and not ended.
    pub fn is_amid(&self) -> bool {
        !matches!(self.state, State::Head) || self.at < self.buffer.len()
    }

    /// The next complete request, if there is one; of more at once than any client sends, none.
    pub fn next_message(&mut self) -> Result<Option<Message>, BadRequest> {
        let message = self.next()?;
        self.taken += usize::from(message.is_some());
        if self.taken > AT_ONCE { Err(BadRequest) } else { Ok(message) }
    }

    fn next(&mut self) -> Result<Option<Message>, BadRequest> {
        loop {
            match std::mem::replace(&mut self.state, State::Head) {
                State::Head => {
                    let Some(head) = self.head()? else { return Ok(None) };
                    self.expects = head.expects;
                    self.length = 0;
                    self.body = Vec::with_capacity(head.length.unwrap_or(0).min(MAX_BODY));
                    self.state = match (head.chunked, head.length) {
                        (true, _) => State::Chunk(head),
                        (false, length) => State::Fixed(head, length.unwrap_or(0)),
                    };
                }
                State::Fixed(head, left) => match self.take(left) {
                    0 => return Ok(Some(self.finish(head))),
                    left => {
                        self.state = State::Fixed(head, left);
                        return Ok(None);
                    }
                },
                State::Chunk(head) => {
                    let Some(line) = self.line(256)? else {
                        self.state = State::Chunk(head);
                        return Ok(None);
                    };
                    let digits = line.split(|&byte| byte == b';').next().unwrap_or_default();
                    let size = hex(digits.trim_ascii()).ok_or(BadRequest)?;
                    self.state = match size {
                        0 => State::Trailer(head),
                        size => State::ChunkData(head, size),
                    };
                }
                State::ChunkData(head, left) => match self.take(left) {
                    0 => self.state = State::ChunkEnd(head),
                    left => {
                        self.state = State::ChunkData(head, left);
                        return Ok(None);
                    }
                },
                State::ChunkEnd(head) => match self.line(2)? {
                    Some(line) if line.is_empty() => self.state = State::Chunk(head),
                    Some(_) => return Err(BadRequest),
                    None => {
                        self.state = State::ChunkEnd(head);
                        return Ok(None);
                    }
                },
                State::Trailer(mut head) => match self.line(MAX_HEAD)? {
                    Some(line) if line.is_empty() => return Ok(Some(self.finish(head))),
                    // A function that fails amid its response says so in trailers.
                    Some(line) => {
                        field(&mut head, &line, true)?;
                        self.state = State::Trailer(head);
                    }
                    None => {
                        self.state = State::Trailer(head);
                        return Ok(None);
                    }
                },
            }
        }
    }

    fn finish(&mut self, head: Head) -> Message {
        let kept = std::mem::take(&mut self.body);
        let body = if self.length > MAX_BODY {
            Body::TooLarge(self.length)
        } else {
            Body::Whole(Bytes::from(kept))
        };
        Message {
            method: head.method,
            path: head.path,
            error_type: head.error_type,
            body,
            close: head.close,
        }
    }

    /// Moves up to `left` bytes of the buffer to the body; returns how many are still to come.
    fn take(&mut self, left: usize) -> usize {
        let available = &self.buffer[self.at..];
        let taken = available.len().min(left);
        self.length = self.length.saturating_add(taken);
        if self.length <= MAX_BODY {
            self.body.extend_from_slice(&available[..taken]);
        } else {
            self.body = Vec::new();
        }
        self.at += taken;
        left - taken
    }

    fn line(&mut self, limit: usize) -> Result<Option<Vec<u8>>, BadRequest> {
        let rest = &self.buffer[self.at..];
        let Some(end) = self.end_of_line(rest) else {
            self.seen = rest.len();
            return if rest.len() > limit { Err(BadRequest) } else { Ok(None) };
        };
        if end > limit {
            return Err(BadRequest);
        }
        let line = rest[..end].strip_suffix(b"\r").ok_or(BadRequest)?.to_vec();
        self.at += end + 1;
        self.seen = 0;
        Ok(Some(line))
    }

    /// Where the next line ends that was not seen before: what arrives byte by byte is looked at
    /// once.
    fn end_of_line(&self, rest: &[u8]) -> Option<usize> {
        let found = rest[self.seen..].iter().position(|&byte| byte == b'\n');
        found.map(|found| self.seen + found)
    }

    fn head(&mut self) -> Result<Option<Head>, BadRequest> {
        let rest = &self.buffer[self.at..];
        let (mut seen, mut line) = (self.seen, self.line);
        while let Some(found) = rest[seen..].iter().position(|&byte| byte == b'\n') {
            let end = seen + found;
            // A line that ends with LF alone is another to whoever looked at it before.
            if end > MAX_HEAD || end == 0 || rest[end - 1] != b'\r' {
                return Err(BadRequest);
            }
            if end - 1 == line {
                let head = parse_head(&rest[..line.checked_sub(2).ok_or(BadRequest)?])?;
                self.at += end + 1;
                (self.seen, self.line) = (0, 0);
                return Ok(Some(head));
            }
            seen = end + 1;
            line = seen;
        }
        if rest.len() > MAX_HEAD {
            return Err(BadRequest);
        }
        (self.seen, self.line) = (rest.len(), line);
        Ok(None)
    }
}

fn hex(digits: &[u8]) -> Option<usize> {
    if digits.is_empty() || digits.len() > 12 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    usize::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

fn parse_head(bytes: &[u8]) -> Result<Head, BadRequest> {
    let mut lines =
        bytes.split(|&byte| byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let request = lines.next().and_then(|line| std::str::from_utf8(line).ok()).ok_or(BadRequest)?;
    let mut words = request.split(' ');
    let (Some(method), Some(target), Some(version), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(BadRequest);
    };
    let close = match version {
        "HTTP/1.1" => false,
        "HTTP/1.0" => true,
        _ => return Err(BadRequest),
    };
    // A client behind a proxy setting sends the absolute form.
    let path = match target.strip_prefix("http://") {
        Some(rest) => &rest[rest.find('/').ok_or(BadRequest)?..],
        None => target,
    };
    if !path.starts_with('/') || path.bytes().any(|byte| byte.is_ascii_control()) {
        return Err(BadRequest);
    }
    let path = path.split(['?', '#']).next().unwrap_or_default().to_owned();
    let method = match method {
        "GET" => Method::Get,
        "POST" => Method::Post,
        _ => Method::Other,
    };
    let mut head = Head {
        method,
        path,
        error_type: None,
        length: None,
        chunked: false,
        close,
        expects: false,
    };
    for line in lines {
        field(&mut head, line, false)?;
    }
    // Both at once is how requests are smuggled.
    if head.chunked && head.length.is_some() {
        return Err(BadRequest);
    }
    Ok(head)
}

fn field(head: &mut Head, line: &[u8], trailer: bool) -> Result<(), BadRequest> {
    let colon = line.iter().position(|&byte| byte == b':').ok_or(BadRequest)?;
    let (name, value) = (&line[..colon], line[colon + 1..].trim_ascii());
    if name.is_empty() || name.iter().any(|byte| !byte.is_ascii_graphic()) {
        return Err(BadRequest);
    }
    if value.iter().any(|&byte| byte == b'\r' || byte == 0) {
        return Err(BadRequest);
    }
    let is = |wanted: &str| name.eq_ignore_ascii_case(wanted.as_bytes());
    let text = || String::from_utf8_lossy(value).into_owned();
    if is("lambda-runtime-function-error-type") {
        head.error_type = Some(text());
    } else if trailer {
    } else if is("content-length") {
        if value.is_empty() || value.len() > 12 || !value.iter().all(u8::is_ascii_digit) {
            return Err(BadRequest);
        }
        let length = text().parse().map_err(|_| BadRequest)?;
        if head.length.is_some_and(|known| known != length) {
            return Err(BadRequest);
        }
        head.length = Some(length);
    } else if is("transfer-encoding") {
        if !value.eq_ignore_ascii_case(b"chunked") || head.chunked {
            return Err(BadRequest);
        }
        head.chunked = true;
    } else if is("connection") {
        let mut options = value.split(|&byte| byte == b',').map(<[u8]>::trim_ascii);
        head.close |= options.any(|option| option.eq_ignore_ascii_case(b"close"));
    } else if is("expect") {
        head.expects = value.eq_ignore_ascii_case(b"100-continue");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(input: &[u8], cut: usize) -> Result<Vec<Message>, BadRequest> {
        let mut parser = Parser::default();
        let mut messages = vec![];
        for part in input.chunks(cut.max(1)) {
            parser.push(part);
            while let Some(message) = parser.next_message()? {
                messages.push(message);
            }
        }
        Ok(messages)
    }

    const TWO: &[u8] = b"POST /a?x HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc\
        POST /b HTTP/1.1\r\ntransfer-encoding: chunked\r\nLambda-Runtime-Function-Error-Type: E\r\n\
        \r\n2;x=y\r\nde\r\n1\r\nf\r\n0\r\nT: u\r\n\r\nGET /c HTTP/1.1\r\nConnection: close\r\n\r\n";

    #[test]
    fn requests_are_the_same_however_they_are_cut() {
        let whole = all(TWO, TWO.len()).unwrap();
        assert_eq!(whole.len(), 3);
        assert_eq!(whole[0].body, Body::Whole(Bytes::from_static(b"abc")));
        assert_eq!((whole[0].path.as_str(), whole[0].method), ("/a", Method::Post));
        assert_eq!(whole[1].body, Body::Whole(Bytes::from_static(b"def")));
        assert_eq!(whole[1].error_type.as_deref(), Some("E"));
        assert!(whole[2].close && whole[2].method == Method::Get);
        for cut in 1..TWO.len() {
            assert_eq!(all(TWO, cut).unwrap(), whole, "cut at {cut}");
        }
    }

    #[test]
    fn what_is_not_http_is_refused() {
        for bad in [
            "GET / HTTP/2\r\n\r\n",
            "GET  / HTTP/1.1\r\n\r\n",
            "GET x HTTP/1.1\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "GET / HTTP/1.1\r\nno colon\r\n\r\n",
            "GET / HTTP/1.1\r\na b: c\r\n\r\n",
            "GET / HTTP/1.1\nHost: h\n\n",
            "GET / HTTP/1.1\r\nHost: h\nX: y\r\n\r\n",
            "GET / HTTP/1.1\n",
            "\r\nGET / HTTP/1.1\r\n\r\n",
        ] {
            assert_eq!(all(bad.as_bytes(), 1), Err(BadRequest), "{bad:?}");
        }
    }

    #[test]
    fn a_body_beyond_the_limit_is_counted_not_kept() {
        let length = MAX_BODY + 1;
        let mut parser = Parser::default();
        parser.push(format!("POST / HTTP/1.1\r\nContent-Length: {length}\r\n\r\n").as_bytes());
        let chunk = vec![0; 65_536];
        let mut left = length;
        while left > 0 {
            assert_eq!(parser.next_message(), Ok(None));
            let part = left.min(chunk.len());
            parser.push(&chunk[..part]);
            left -= part;
        }
        assert_eq!(parser.next_message().unwrap().unwrap().body, Body::TooLarge(length));
    }

    #[test]
    fn what_arrives_byte_by_byte_is_looked_at_once() {
        let mut parser = Parser::default();
        let value = "x".repeat(60_000);
        let trailer = format!("0\r\nA: {value}\r\n\r\n");
        let head = format!("POST / HTTP/1.1\r\nX: {value}\r\nTransfer-Encoding: chunked\r\n\r\n");
        let mut looked = 0;
        for byte in head.bytes().chain(trailer.bytes()) {
            assert_eq!(parser.next_message(), Ok(None));
            looked += parser.buffer.len() - parser.at - parser.seen;
            parser.push(&[byte]);
        }
        assert!(parser.next_message().unwrap().is_some());
        assert!(looked < 4 * (head.len() + trailer.len()), "{looked} looks");
    }

    #[test]
    fn a_flood_in_one_breath_is_refused() {
        let ping = b"GET /2018-06-01/ping HTTP/1.1\r\n\r\n";
        assert_eq!(all(&ping.repeat(AT_ONCE), usize::MAX).unwrap().len(), AT_ONCE);
        assert_eq!(all(&ping.repeat(AT_ONCE + 1), usize::MAX), Err(BadRequest));
        assert_eq!(all(&ping.repeat(500), ping.len()).unwrap().len(), 500);
    }

    /// Mutated requests must neither panic nor differ by how they are cut.
    #[test]
    fn mutations_are_judged_alike_however_they_are_cut() {
        let mut seed = 0x9E37_79B9_7F4A_7C15u64;
        let mut random = |below: usize| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            (seed % below as u64) as usize
        };
        for _ in 0..20_000 {
            let mut input = TWO.to_vec();
            for _ in 0..1 + random(4) {
                let at = random(input.len());
                match random(3) {
                    0 => input[at] = random(256) as u8,
                    1 => drop(input.remove(at)),
                    _ => input.insert(at, b"\r\n :0aF\0"[random(8)]),
                }
            }
            let whole = all(&input, input.len());
            assert_eq!(all(&input, 1 + random(7)), whole, "{}", input.escape_ascii());
        }
    }
}
