//! Floods of one function, which must cost neither the machine nor its neighbours.

mod common;

use common::{Harness, spec};
use engine::id::EnvironmentId;
use engine::node::{NodeReport, Outcome};

/// Runs what it is sent, and answers with the variable `result`.
const PROBE: &str = r#"
import os, socket, threading
def handler(event, context):
    exec(event, globals())
    return result
"#;

fn start(harness: &Harness) -> EnvironmentId {
    let code = harness.code(&[("app.py", PROBE)]);
    harness.start(spec(code, "python3.11", "app.handler"))
}

fn run(harness: &Harness, environment: EnvironmentId, code: &str) -> String {
    let event = format!("\"{}\"", code.replace('"', "\\\"").replace('\n', "\\n"));
    let (outcome, body) = harness.invoke(environment, &event);
    assert!(matches!(outcome, Outcome::Response { .. }), "{body}");
    body
}

/// Fills sockets that are connected to each other and never read, with as much as they take.
const FILL_TCP: &str = "
server = socket.create_server(('127.0.0.1', 0), backlog=512)
held, result = [], 0
for _ in range(200):
    mine = socket.socket()
    mine.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8 << 20)
    mine.connect(server.getsockname())
    theirs = server.accept()[0]
    theirs.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
    mine.setblocking(False)
    held += [mine, theirs]
    try:
        while True: result += mine.send(bytes(1 << 20))
    except BlockingIOError:
        pass
";

const FILL_UDP: &str = "
held, result = [], 0
for _ in range(200):
    theirs = socket.socket(type=socket.SOCK_DGRAM)
    theirs.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
    theirs.bind(('127.0.0.1', 0))
    mine = socket.socket(type=socket.SOCK_DGRAM)
    mine.connect(theirs.getsockname())
    for _ in range(200): mine.send(bytes(60000))
    theirs.setblocking(False)
    held += [theirs]
taken = 0
for each in held:
    try:
        while True: result += len(each.recv(65536))
    except BlockingIOError:
        pass
";

#[test]
fn buffers_of_sockets_are_bounded_as_memory_is() {
    let harness = Harness::new("sockets", 0);
    for (kind, code) in [("udp", FILL_UDP), ("tcp", FILL_TCP)] {
        let environment = start(&harness);
        let taken: u64 = run(&harness, environment, code).parse().unwrap();
        // Without a bound it is 6 MB for each pair of them and more.
        assert!(taken < 64 << 20, "{kind}: {taken} bytes are held by 200 pairs");
        harness.stop(environment);
    }
}

/// Each floods the Runtime API, or the log, from four threads for a while.
const FLOODS: [(&str, &str); 4] = [
    ("pings", "s = connect()\n        while goes_on(): s.sendall(PING); s.recv(4096)"),
    // In one breath: the connection is closed, which costs nobody else's.
    ("breaths", "s = connect()\n        while goes_on(): s.sendall(PING * 2000); s.recv(4096)"),
    (
        "heads",
        "s = connect()\n        s.sendall(PING[:-4] + b'\\r\\nX: ')\n        while goes_on(): s.sendall(b'x')",
    ),
    ("lines", "while goes_on(): os.write(1, b'x' * 100 + b'\\n')"),
];

fn flood(deed: &str) -> String {
    format!(
        "import time
end = time.monotonic() + 1.5
PING = b'GET /2018-06-01/ping HTTP/1.1\\r\\n\\r\\n'
def goes_on(): return time.monotonic() < end
def connect(): return socket.create_connection(('169.254.100.1', 9001))
def flood():
    while goes_on():
      try:
        {deed}
      except OSError:
        pass
threads = [threading.Thread(target=flood) for _ in range(4)]
for each in threads: each.start()
for each in threads: each.join()
result = 1
"
    )
}

#[test]
fn a_flood_of_the_runtime_api_leaves_others_theirs() {
    let harness = Harness::new("floods", 0);
    let (flooding, quiet) = (start(&harness), start(&harness));
    for (kind, deed) in FLOODS {
        let event = flood(deed).replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        let request = harness.deliver(flooding, &format!("\"{event}\""));
        for _ in 0..20 {
            assert_eq!(run(&harness, quiet, "result = 7"), "7", "{kind}");
        }
        let outcome = harness.wait(|report| match report {
            NodeReport::Finished { request: of, outcome, .. } if *of == request => {
                Some(outcome.clone())
            }
            NodeReport::Exited { environment, exit, .. } => {
                panic!("{kind}: {environment} {exit:?}")
            }
            _ => None,
        });
        assert!(matches!(outcome, Outcome::Response { .. }), "{kind}: {}", harness.last_payload());
    }
}
