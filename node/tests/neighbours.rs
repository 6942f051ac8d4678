//! Floods of one function, which must cost neither the machine nor its neighbours.

mod common;

use common::{Harness, spec};
use engine::id::EnvironmentId;
use engine::node::Outcome;

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
