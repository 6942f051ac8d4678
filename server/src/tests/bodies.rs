//! Bodies and connections as clients should not send them, over real sockets.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use engine::id::EnvironmentId;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

use super::harness::{Server, Setup, function, signed_for};
use super::iam::Keys;
use crate::body::BodyLimits;
use crate::http::{Door, Heard, HttpLimits, Listening, serve_within};
use crate::iam::Rules;

/// Longer than anything here takes, and shorter than what would be waited for.
const LONG: Duration = Duration::from_secs(20);
const DRAIN: Duration = Duration::from_secs(120);

struct Served {
    server: Server,
    at: SocketAddr,
    /// Where functions ask.
    of_functions: SocketAddr,
    stop: watch::Sender<bool>,
    serving: JoinHandle<std::io::Result<()>>,
}

impl Served {
    async fn start(change: impl FnOnce(&mut HttpLimits)) -> Served {
        Served::start_with(Server::start(), change).await
    }

    async fn start_with(server: Server, change: impl FnOnce(&mut HttpLimits)) -> Served {
        Served::start_draining(server, DRAIN, change).await
    }

    /// The same, where a stop waits no longer than that.
    async fn start_draining(
        server: Server,
        drain: Duration,
        change: impl FnOnce(&mut HttpLimits),
    ) -> Served {
        let mut limits =
            HttpLimits { connections: 1000, unread: LONG, bodies: BodyLimits::DEFAULT };
        change(&mut limits);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("bound");
        let at = listener.local_addr().expect("an address");
        let (stop, stopped) = watch::channel(false);
        let endpoint = Arc::clone(&server.endpoint);
        let functions = std::net::TcpListener::bind("127.0.0.1:0").expect("bound");
        let of_functions = functions.local_addr().expect("an address");
        let (sender, receiver) = mpsc::unbounded_channel();
        sender.send(Heard { listener: functions, door: Door::Router }).expect("it is waited for");
        let listening = Listening { public: listener, functions: receiver, tls: None };
        let serving = tokio::spawn(serve_within(limits, listening, endpoint, stopped, drain));
        Served { server, at, of_functions, stop, serving }
    }

    /// Sends these bytes on a connection of its own.
    async fn send(&self, bytes: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(self.at).await.expect("connected");
        stream.write_all(bytes).await.expect("written");
        stream
    }

    /// Sends these bytes; the status and the text of the answer.
    async fn ask(&self, bytes: &[u8]) -> (u16, String) {
        answer(&mut self.send(bytes).await).await
    }

    /// The same, and none where it is cut before it has sent all or read why: so may happen to whoever
    /// is refused while it still sends.
    async fn try_ask(&self, bytes: &[u8]) -> Option<(u16, String)> {
        let mut stream = TcpStream::connect(self.at).await.expect("connected");
        stream.write_all(bytes).await.ok()?;
        try_answer(&mut stream).await
    }
}

/// What comes of an answer whose connection ends with it, or whose length is told.
async fn answer(stream: &mut TcpStream) -> (u16, String) {
    try_answer(stream).await.expect("an answer is whole")
}

/// The same, and none where the connection ends before.
async fn try_answer(stream: &mut TcpStream) -> Option<(u16, String)> {
    let reading = async {
        let mut read = Vec::new();
        while stream.read_buf(&mut read).await.ok()? > 0 {
            let text = String::from_utf8_lossy(&read).into_owned();
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let length =
                    head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
                let length: usize = length.expect("a length").parse().expect("a number");
                if body.len() >= length {
                    let status = head.get(9..12).and_then(|status| status.parse().ok());
                    return Some((status.expect("a status"), text));
                }
            }
        }
        None
    };
    timeout(LONG, reading).await.expect("an answer or an end comes")
}

const EC2: &str =
    "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\n";

/// A head up to its last line, of EC2, Lambda, CloudWatch Logs or STS.
fn head(service: &str) -> String {
    let line = match service {
        "lambda" => "POST /2015-03-31/functions HTTP/1.1\r\nhost: localhost\r\n".to_owned(),
        "logs" => {
            "POST / HTTP/1.1\r\nhost: localhost\r\nx-amz-target: Logs_20140328.PutLogEvents\r\n"
                .to_owned()
        }
        _ => EC2.to_owned(),
    };
    format!("{line}authorization: {}\r\n", signed_for(service))
}

/// An invocation of `f` with an event of so many letters, which it answers with.
fn invocation(length: usize) -> String {
    let event = format!("\"{}\"", "e".repeat(length));
    format!(
        "POST /2015-03-31/functions/f/invocations HTTP/1.1\r\nhost: localhost\r\nauthorization: {}\r\n\
         content-length: {}\r\n\r\n{event}",
        signed_for("lambda"),
        event.len()
    )
}

const VPCS: &str = "Action=DescribeVpcs&Version=2016-11-15";

fn whole(service: &str, body: &str) -> Vec<u8> {
    format!("{}content-length: {}\r\n\r\n{body}", head(service), body.len()).into_bytes()
}

#[tokio::test(flavor = "multi_thread")]
async fn malformed_bodies_are_refused_as_such() {
    let served = Served::start(|_| {}).await;
    for (service, code) in [
        ("ec2", "<Code>InvalidRequest</Code>"),
        ("sts", "<Code>MalformedInput</Code>"),
        ("lambda", "x-amzn-errortype: SerializationException"),
        ("logs", "\"__type\":\"SerializationException\""),
    ] {
        for body in [
            "zz\r\nab\r\n0\r\n\r\n",
            "-1\r\na\r\n",
            "0x5\r\nabcde\r\n0\r\n\r\n",
            "3\r\nabcdef\r\n0\r\n\r\n",
            "3\nabc\n0\n\n",
            "ffffffffffffffffff\r\na",
        ] {
            let request = format!("{}transfer-encoding: chunked\r\n\r\n{body}", head(service));
            let (status, text) = served.ask(request.as_bytes()).await;
            assert_eq!(status, 400, "{service} {body:?}: {text}");
            assert!(text.contains(code), "{service} {body:?}: {text}");
        }
        let half = format!("{}content-length: 10\r\n\r\nhalf", head(service));
        let mut stream = served.send(half.as_bytes()).await;
        stream.shutdown().await.expect("shut down");
        let (status, text) = answer(&mut stream).await;
        assert_eq!(status, 400, "{text}");
        assert!(text.contains(code), "{text}");
    }
    let (status, _) = served.ask(&whole("ec2", VPCS)).await;
    assert_eq!(status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn codings_that_are_not_understood_are_refused_and_end_the_connection() {
    let served = Served::start(|_| {}).await;
    let chunked = format!("{:x}\r\n{VPCS}\r\n0\r\n\r\n", VPCS.len());
    for (codings, wanted) in [
        (&["chunked"][..], 200),
        (&["Chunked"], 200),
        (&["gzip, chunked"], 501),
        (&["gzip", "chunked"], 501),
        (&["identity,chunked"], 501),
        (&["chunked;a=b, chunked"], 501),
        (&["chunked, chunked"], 400),
        (&["chunked", "chunked"], 400),
        (&["chunked, gzip"], 400),
        (&["gzip"], 400),
    ] {
        let lines: String =
            codings.iter().map(|coding| format!("transfer-encoding: {coding}\r\n")).collect();
        let request = format!("{}{lines}\r\n{chunked}", head("ec2"));
        let mut stream = served.send(request.as_bytes()).await;
        let (status, text) = answer(&mut stream).await;
        assert_eq!(status, wanted, "{codings:?}: {text}");
        if status != 200 {
            // What may be beneath the chunks is not taken for a further request.
            let ended = timeout(LONG, stream.read(&mut [0])).await.expect("it ends");
            assert!(matches!(ended, Ok(0) | Err(_)), "{codings:?}: {text}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_that_are_too_large_are_refused_with_the_bound_of_what_is_asked() {
    let served = Served::start(|_| {}).await;
    let invoke = format!(
        "POST /2015-03-31/functions/f/invocations HTTP/1.1\r\nhost: localhost\r\nauthorization: {}\r\n",
        signed_for("lambda")
    );
    for (head, length, told) in [
        (head("ec2"), (1 << 20) + 1, "smaller than 1048576 bytes"),
        (invoke, 6_291_457, "smaller than 6291456 bytes for the InvokeFunction operation"),
        (
            head("lambda"),
            70_167_212,
            "smaller than 70167211 bytes for the CreateFunction operation",
        ),
    ] {
        let mut request = format!("{head}content-length: {length}\r\n\r\n").into_bytes();
        request.resize(request.len() + length, b'a');
        let (status, text) = served.ask(&request).await;
        assert_eq!(status, 413, "{text}");
        assert!(text.contains(told), "{text}");
        let mut request =
            format!("{head}transfer-encoding: chunked\r\n\r\n{length:x}\r\n").into_bytes();
        request.resize(request.len() + length, b'a');
        request.extend_from_slice(b"\r\n0\r\n\r\n");
        let (status, text) = served.ask(&request).await;
        assert_eq!(status, 413, "{text}");
        assert!(text.contains(told), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_does_not_come_ends_its_connection() {
    let served = Served::start(|limits| limits.bodies.idle = Duration::from_millis(100)).await;
    let half = format!("{}content-length: 10\r\n\r\nhalf", head("ec2"));
    let mut stream = served.send(half.as_bytes()).await;
    let (status, text) = answer(&mut stream).await;
    assert_eq!(status, 408, "{text}");
    assert!(text.contains("<Code>RequestTimeout</Code>"), "{text}");
    let ended = timeout(LONG, stream.read(&mut [0])).await.expect("it ends");
    assert!(matches!(ended, Ok(0) | Err(_)), "{ended:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_trickles_ends_its_connection() {
    let served = Served::start(|limits| limits.bodies.whole = Duration::from_millis(300)).await;
    let mut stream =
        served.send(format!("{}content-length: 10000\r\n\r\n", head("ec2")).as_bytes()).await;
    let (mut read, mut write) = stream.split();
    let trickling = async {
        while write.write_all(b"a").await.is_ok() {
            sleep(Duration::from_millis(20)).await;
        }
    };
    let mut text = Vec::new();
    let reading = read.read_buf(&mut text);
    let told = async {
        tokio::select! { told = reading => told, () = trickling => Ok(0) }
    };
    timeout(LONG, told).await.expect("it ends").expect("it is told");
    assert!(text.starts_with(b"HTTP/1.1 408"), "{}", String::from_utf8_lossy(&text));
}

#[tokio::test(flavor = "multi_thread")]
async fn all_bodies_together_have_a_bound() {
    let served = Served::start(|limits| limits.bodies.in_flight = 1 << 20).await;
    let mut held = format!("{}content-length: 800000\r\n\r\n", head("lambda")).into_bytes();
    held.resize(held.len() + 700_000, b'a');
    let mut holding = served.send(&held).await;
    let large = whole("lambda", &"b".repeat(500_000));
    let asked = async {
        loop {
            if let Some((503, text)) = served.try_ask(&large).await {
                return text;
            }
            // What is held has not arrived yet, or it was what found no room beside a large one.
            let answered = timeout(Duration::from_millis(10), holding.read(&mut [0])).await;
            if answered.is_ok() {
                holding = served.send(&held).await;
            }
        }
    };
    let text = timeout(LONG, asked).await.expect("it is refused");
    assert!(text.contains("x-amzn-errortype: ServiceUnavailableException"), "{text}");
    let (status, _) = served.ask(&whole("ec2", VPCS)).await;
    assert_eq!(status, 200, "small ones find room");
    drop(holding);
    let asked = async {
        while served.try_ask(&large).await.is_none_or(|(status, _)| status == 503) {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(LONG, asked).await.expect("what was held is given back");
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_beyond_their_limit_wait() {
    let served = Served::start(|limits| limits.connections = 2).await;
    let mut first = served.send(&whole("ec2", VPCS)).await;
    assert_eq!(answer(&mut first).await.0, 200);
    let mut second = served.send(&whole("ec2", VPCS)).await;
    assert_eq!(answer(&mut second).await.0, 200);
    let mut third = served.send(&whole("ec2", VPCS)).await;
    let early = timeout(Duration::from_millis(300), third.read(&mut [0])).await;
    assert!(early.is_err(), "it waits");
    drop(first);
    assert_eq!(answer(&mut third).await.0, 200);
    drop(second);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_not_sent_a_request_whole_does_not_hold_up_the_end() {
    let served = Served::start(|_| {}).await;
    let half = format!("{}content-length: 10\r\n\r\nhalf", head("ec2"));
    let body = served.send(half.as_bytes()).await;
    let line = served.send(b"POST / HTTP/1.1\r\nhost: loc").await;
    let silent = served.send(b"").await;
    let mut kept = served.send(&whole("ec2", VPCS)).await;
    assert_eq!(answer(&mut kept).await.0, 200);
    kept.write_all(half.as_bytes()).await.expect("written");
    served.stop.send(true).expect("told");
    let ended = timeout(LONG, served.serving).await.expect("it ends long before it has to");
    ended.expect("no panic").expect("served");
    drop((body, line, silent, kept));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_reads_an_answer_reads_it_to_its_end() {
    let served = Served::start(|_| {}).await;
    served.server.create_function(&function("f")).await;
    let event = format!("\"{}\"", "e".repeat(6_000_000));
    let request = format!(
        "POST /2015-03-31/functions/f/invocations HTTP/1.1\r\nhost: localhost\r\nauthorization: {}\r\n\
         content-length: {}\r\n\r\n{event}",
        signed_for("lambda"),
        event.len()
    );
    let mut stream = served.send(request.as_bytes()).await;
    let mut first = [0; 12];
    stream.read_exact(&mut first).await.expect("it is answered");
    assert_eq!(&first, b"HTTP/1.1 200");
    served.stop.send(true).expect("told");
    // As long as it takes to look whether connections are still owed something, several times over.
    sleep(Duration::from_millis(500)).await;
    let mut rest = Vec::new();
    timeout(LONG, stream.read_to_end(&mut rest)).await.expect("it ends").expect("read");
    assert!(rest.ends_with(event.as_bytes()), "{} bytes", rest.len());
    timeout(LONG, served.serving).await.expect("it ends").expect("no panic").expect("served");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_waits_for_clients_that_stall_no_longer_than_it_may() {
    let drain = Duration::from_millis(700);
    let served = Served::start_draining(Server::start(), drain, |_| {}).await;
    served.server.create_function(&function("f")).await;
    // Far more than sockets hold of an answer that nobody reads.
    let silent = served.send(invocation(6_000_000).as_bytes()).await;
    timeout(LONG, silent.readable()).await.expect("it is answered").expect("it is open");
    let stalled = served.send(format!("{}content-length: 9\r\n\r\n", head("ec2")).as_bytes()).await;
    let told = Instant::now();
    served.stop.send(true).expect("told");
    timeout(LONG, served.serving).await.expect("it ends").expect("no panic").expect("served");
    assert!(told.elapsed() >= drain, "whoever is owed an answer is waited for");
    drop((silent, stalled));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_body_is_read_of_whom_nobody_knows() {
    let rules = Rules { verifies: true, ..Rules::default() };
    let server = Server::start_with(Setup { rules, ..Setup::default() });
    let served = Served::start_with(server, |_| {}).await;
    for (service, code) in [
        ("lambda", "UnrecognizedClientException"),
        ("sts", "InvalidClientTokenId"),
        ("ec2", "AuthFailure"),
    ] {
        let authorization = signed_for(service);
        // The body never comes.
        let head = format!(
            "POST / HTTP/1.1\r\nhost: localhost\r\nauthorization: {authorization}\r\n\
             content-length: 1000000\r\n\r\n"
        );
        let (status, text) = served.ask(head.as_bytes()).await;
        assert!(status == 401 || status == 403, "{service}: {text}");
        assert!(text.contains(code), "{service}: {text}");
    }
    let head = "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000000\r\n\r\n";
    let (status, text) = served.ask(head.as_bytes()).await;
    assert!(status == 400 && text.contains("MissingAuthenticationToken"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_read_leaves_no_room_and_is_cut() {
    let served = Served::start(|limits| {
        // Longer than a slow machine takes to ask once.
        limits.unread = Duration::from_secs(5);
        // The last bytes of the second body are too many, so that its sender comes to read why.
        limits.bodies.in_flight = 8_999_000;
    })
    .await;
    served.server.create_function(&function("f")).await;
    let small = invocation(3_000_000);
    let mut silent = Vec::new();
    let full = async {
        loop {
            // Far more than sockets hold. Those that were cut meanwhile make room for another.
            let mut stream = TcpStream::connect(served.at).await.expect("connected");
            let _refused = stream.write_all(invocation(6_000_000).as_bytes()).await;
            silent.push(stream);
            if served.try_ask(small.as_bytes()).await.is_some_and(|(status, _)| status == 503) {
                return;
            }
        }
    };
    timeout(6 * LONG, full).await.expect("there is no room");
    let roomy = async {
        while served.try_ask(small.as_bytes()).await.is_none_or(|(status, _)| status != 200) {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(6 * LONG, roomy).await.expect("they are cut, and there is room again");
    drop(silent);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_of_http2_that_asks_for_nothing_is_ended() {
    let served = Served::start(|limits| limits.unread = Duration::from_millis(100)).await;
    // What it begins with in two parts, as a network may bring it, and settings that change nothing.
    let mut stream = served.send(b"PR").await;
    sleep(Duration::from_millis(20)).await;
    let rest = b"I * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
    stream.write_all(rest).await.expect("written");
    let mut read = Vec::new();
    let ended = timeout(LONG, stream.read_to_end(&mut read)).await.expect("it is ended");
    ended.expect("it is read until then");
    let (mut kinds, mut frames) = (Vec::new(), read.as_slice());
    while let [_, high, low, kind, ..] = *frames {
        kinds.push(kind);
        frames = &frames[9 + usize::from(u16::from_be_bytes([high, low]))..];
    }
    // SETTINGS come first, and GOAWAY tells that it is ended.
    assert_eq!(kinds.first(), Some(&4));
    assert!(kinds.contains(&7), "{kinds:?}");
}

/// An environment's keys, as it finds them in its variables.
fn keys_of_function(server: &Server) -> Keys {
    let now = crate::logs::now();
    let role = "arn:aws:iam::000000000000:role/any";
    let issued = server.endpoint.iam.keys_of_environment(EnvironmentId(1), (0, "f"), role, now);
    Keys { key: issued.key, secret: issued.secret, token: Some(issued.token) }
}

/// A request as it goes over a connection.
fn spelled(request: &http::Request<String>) -> Vec<u8> {
    let mut text = format!("{} {} HTTP/1.1\r\n", request.method(), request.uri());
    for (name, value) in request.headers() {
        text += &format!("{name}: {}\r\n", value.to_str().expect("text"));
    }
    text += &format!("content-length: {}\r\n\r\n{}", request.body().len(), request.body());
    text.into_bytes()
}

#[tokio::test(flavor = "multi_thread")]
async fn functions_ask_with_the_keys_of_their_role_alone() {
    let served = Served::start(|_| {}).await;
    let ask = async |bytes: &[u8]| {
        let mut stream = TcpStream::connect(served.of_functions).await.expect("connected");
        stream.write_all(bytes).await.expect("written");
        answer(&mut stream).await
    };
    let (status, text) = ask(&whole("ec2", VPCS)).await;
    assert_eq!(status, 401, "an account's number is no key there: {text}");
    let request = http::Request::post("/")
        .header("host", "localhost")
        .header("content-type", "application/x-www-form-urlencoded")
        .body("Action=GetCallerIdentity&Version=2011-06-15".to_owned())
        .expect("a request");
    let signed = keys_of_function(&served.server).sign("sts", request, crate::logs::now());
    let (status, text) = ask(&spelled(&signed)).await;
    assert_eq!(status, 200, "{text}");
    assert!(text.contains(":assumed-role/any/f</Arn>"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_environment_has_its_share_of_connections_and_leaves_others_theirs() {
    let served = Served::start(|limits| limits.connections = 400).await;
    let mut held = Vec::new();
    for _ in 0..64 {
        held.push(TcpStream::connect(served.of_functions).await.expect("connected"));
    }
    // One beyond is ended without a word.
    let mut beyond = TcpStream::connect(served.of_functions).await.expect("connected");
    let ended = timeout(LONG, beyond.read(&mut [0])).await.expect("it ends");
    assert!(matches!(ended, Ok(0) | Err(_)));
    let (status, _) = served.ask(&whole("ec2", VPCS)).await;
    assert_eq!(status, 200);
    held.pop();
    let again = async {
        loop {
            let mut stream = TcpStream::connect(served.of_functions).await.expect("connected");
            if stream.write_all(&whole("ec2", VPCS)).await.is_ok() {
                let mut first = [0; 12];
                if stream.read_exact(&mut first).await.is_ok() {
                    return first;
                }
            }
            sleep(Duration::from_millis(20)).await;
        }
    };
    assert_eq!(&timeout(LONG, again).await.expect("there is room again"), b"HTTP/1.1 401");
}
