//! Tests of the Runtime API, over real sockets and without a sandbox.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command};

use engine::id::EnvironmentId;

use super::*;
use crate::cgroup::{Cgroups, Scratch};
use crate::sandbox::Built;

/// A sandbox that is a process outside of any, and what its runtime would connect to.
fn instance(cgroups: &Cgroups, number: u64, listener: OwnedFd) -> (Arc<Instance>, Child) {
    let process = Command::new("sleep").arg("60").spawn().unwrap();
    let pidfd = sys::open_process(process.id() as i32).unwrap();
    let (group, built) = (cgroups.create(&number.to_string(), 128), Built { pidfd, listener });
    let [(stdout, _), (stderr, _)] = [0, 1].map(|_| sys::pipe(0).unwrap());
    let made = Instance::new(number, group.unwrap(), built, stdout, stderr);
    (Arc::new(made.unwrap()), process)
}

/// What the listener of the next test needs; given to it once they are there.
struct Racing {
    api: Arc<RuntimeApi>,
    instance: Arc<Instance>,
    /// Ends the report that the runtime is ready.
    go_on: Sender<()>,
    at: std::net::SocketAddr,
    attending: std::thread::ThreadId,
}

#[test]
fn two_threads_that_read_a_connection_answer_it_in_order() {
    const PING: &[u8] = b"GET /2018-06-01/ping HTTP/1.1\r\nConnection: close\r\n\r\n";
    const NEXT: &str = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\n\r\n";
    let racing: Arc<std::sync::OnceLock<Racing>> = Arc::default();
    let (is_ready, ready) = channel();
    let (go_on, may_go_on) = channel();
    let (known, may_go_on) = (Arc::clone(&racing), Mutex::new(may_go_on));
    let listener = move |_: Option<&Arc<Instance>>, happening| match happening {
        Happening::Ready => {
            is_ready.send(()).unwrap();
            lock(&may_go_on).recv().unwrap();
        }
        Happening::Answered { .. } => {
            let racing = known.get().unwrap();
            if std::thread::current().id() == racing.attending {
                racing.go_on.send(()).unwrap();
                // The API's thread answers this once it is through with the other connection.
                let mut other = TcpStream::connect(racing.at).unwrap();
                other.write_all(PING).unwrap();
                other.read_to_end(&mut Vec::new()).unwrap();
            }
            racing.api.deliver(&racing.instance, invocation(2)).unwrap();
        }
        _ => {}
    };
    let cgroups = Scratch::new("order");
    let api = RuntimeApi::start(Duration::from_secs(60), Box::new(listener)).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let at = listener.local_addr().unwrap();
    let (instance, mut process) = instance(&cgroups, 1, listener.into());
    instance.assign(engine::id::EnvironmentId(1));
    api.serve(&instance).unwrap();
    let set = racing.set(Racing {
        api: Arc::clone(&api),
        instance: Arc::clone(&instance),
        go_on: go_on.clone(),
        at,
        attending: std::thread::current().id(),
    });
    assert!(set.is_ok());
    let mut runtime = TcpStream::connect(at).unwrap();
    runtime.write_all(NEXT.as_bytes()).unwrap();
    ready.recv().unwrap();
    let mut attendant = api.attend().unwrap();
    api.deliver(&instance, invocation(1)).unwrap();
    assert_ne!(runtime.read(&mut [0; 4096]).unwrap(), 0);
    let path = format!("/2018-06-01/runtime/invocation/{}/response", RequestId(1));
    let answer = format!("POST {path} HTTP/1.1\r\nContent-Length: 2\r\n\r\n{{}}{NEXT}");
    runtime.write_all(answer.as_bytes()).unwrap();
    turn_until_told(&mut attendant);
    go_on.send(()).unwrap();
    attendant.turn().unwrap();
    let mut status = [0; 12];
    runtime.read_exact(&mut status).unwrap();
    assert_eq!(&status, b"HTTP/1.1 202", "the response is accepted before the next event");
    process.kill().unwrap();
    process.wait().unwrap();
    api.remove(&instance);
    cgroups.clean();
}

#[test]
fn who_closes_after_each_answer_has_the_end_with_an_event_that_came_later() {
    let (is_ready, ready) = channel();
    let listener = move |_: Option<&Arc<Instance>>, happening| {
        if matches!(happening, Happening::Ready) {
            is_ready.send(()).unwrap();
        }
    };
    let cgroups = Scratch::new("closes");
    let api = RuntimeApi::start(Duration::from_secs(60), Box::new(listener)).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let at = listener.local_addr().unwrap();
    let (instance, mut process) = instance(&cgroups, 1, listener.into());
    instance.assign(engine::id::EnvironmentId(1));
    api.serve(&instance).unwrap();
    let mut runtime = TcpStream::connect(at).unwrap();
    runtime.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let next = b"GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nConnection: close\r\n\r\n";
    runtime.write_all(next).unwrap();
    ready.recv().unwrap();
    api.deliver(&instance, invocation(1)).unwrap();
    let mut read = Vec::new();
    runtime.read_to_end(&mut read).expect("the connection ends after the event");
    assert!(read.starts_with(b"HTTP/1.1 200 OK"), "{}", String::from_utf8_lossy(&read));
    process.kill().unwrap();
    process.wait().unwrap();
    api.remove(&instance);
    cgroups.clean();
}

#[test]
fn a_listener_that_breaks_costs_its_own_sandbox_alone() {
    let cgroups = Scratch::new("api");
    let api = RuntimeApi::start(Duration::from_secs(1), Box::new(|_, _| {})).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let at = listener.local_addr().unwrap();
    let (whole, mut of_whole) = instance(&cgroups, 1, listener.into());
    api.serve(&whole).unwrap();
    // Ready to be read from, and nothing that accepts.
    let (broken, end) = sys::pipe(0).unwrap();
    std::fs::File::from(end).write_all(b"x").unwrap();
    let (broken, mut of_broken) = instance(&cgroups, 2, broken);
    api.serve(&broken).unwrap();
    assert!(!of_broken.wait().unwrap().success(), "it was killed");
    let mut connection = TcpStream::connect(at).unwrap();
    connection.write_all(b"GET /2018-06-01/ping HTTP/1.1\r\n\r\n").unwrap();
    let mut answer = [0; 15];
    connection.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200 OK");
    assert!(of_whole.try_wait().unwrap().is_none(), "it runs on");
    of_whole.kill().unwrap();
    of_whole.wait().unwrap();
    [whole, broken].iter().for_each(|each| api.remove(each));
    cgroups.clean();
}

#[test]
fn only_an_end_of_the_fork_server_that_is_not_wanted_is_told() {
    let cgroups = Scratch::new("end");
    let (told, happenings) = channel();
    let listener = Box::new(move |_: Option<&Arc<Instance>>, happening| {
        told.send(happening).unwrap();
    });
    let api = RuntimeApi::start(Duration::from_secs(1), listener).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let mut connection = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (served, mut process) = instance(&cgroups, 1, listener.into());
    api.serve(&served).unwrap();
    let (events, fork_server) = sys::packet_pair().unwrap();
    api.watch(events).unwrap();
    api.unwatch();
    drop(fork_server);
    // What the API hears is heard in turn: an end that it watches would be told by then.
    connection.write_all(b"GET /2018-06-01/ping HTTP/1.1\r\n\r\n").unwrap();
    connection.read_exact(&mut [0; 15]).unwrap();
    assert!(happenings.try_recv().is_err(), "nothing is told");
    let (events, fork_server) = sys::packet_pair().unwrap();
    api.watch(events).unwrap();
    drop(fork_server);
    let happening = happenings.recv().unwrap();
    assert!(matches!(happening, Happening::Sandbox(Event::Gone { id: 1 })), "{happening:?}");
    process.kill().unwrap();
    process.wait().unwrap();
    api.remove(&served);
    cgroups.clean();
}

const NEXT: &str = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\n\r\n";

fn answer(request: RequestId) -> String {
    let path = format!("/2018-06-01/runtime/invocation/{request}/response");
    format!("POST {path} HTTP/1.1\r\nContent-Length: 1\r\n\r\n1")
}

fn invocation(number: u128) -> Invocation {
    Invocation {
        request: RequestId(number),
        deadline: 0,
        arn: "arn".into(),
        client_context: None,
        trace: None,
        payload: Bytes::from_static(b"{}"),
    }
}

/// Takes turns until something was told.
fn turn_until_told(attendant: &mut Attendant) {
    let before = attendant.heard;
    while attendant.heard == before {
        attendant.turn().unwrap();
    }
}

/// Reads what there is, up to this end.
fn read_until(connection: &mut TcpStream, end: &str) -> String {
    let mut read = Vec::new();
    while !read.ends_with(end.as_bytes()) {
        let mut byte = [0];
        connection.read_exact(&mut byte).unwrap();
        read.extend(byte);
    }
    String::from_utf8(read).unwrap()
}

#[test]
fn only_a_runtime_that_pipelines_is_told_later_that_its_answer_arrived() {
    let cgroups = Scratch::new("late");
    let (told, happenings) = channel();
    let listener = Box::new(move |_: Option<&Arc<Instance>>, happening| {
        told.send(happening).unwrap();
    });
    let api = RuntimeApi::start(Duration::from_secs(60), listener).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let mut runtime = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    runtime.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let (served, mut process) = instance(&cgroups, 1, listener.into());
    served.assign(EnvironmentId(1));
    api.serve(&served).unwrap();
    let mut attendant = api.attend().unwrap();
    let turn_until_answered = |attendant: &mut Attendant| {
        loop {
            if let Ok(Happening::Answered { asks, .. }) = happenings.try_recv() {
                return asks;
            }
            attendant.turn().unwrap();
        }
    };
    let nothing_came = |runtime: &TcpStream| {
        runtime.set_nonblocking(true).unwrap();
        let error = runtime.peek(&mut [0]).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::WouldBlock);
        runtime.set_nonblocking(false).unwrap();
    };

    // One that does not: in the same turn.
    runtime.write_all(NEXT.as_bytes()).unwrap();
    assert!(matches!(happenings.recv().unwrap(), Happening::Ready));
    api.deliver(&served, invocation(1)).unwrap();
    read_until(&mut runtime, "\r\n\r\n{}");
    runtime.write_all(answer(RequestId(1)).as_bytes()).unwrap();
    assert!(!turn_until_answered(&mut attendant));
    let accepted = read_until(&mut runtime, "\"OK\"}\n");
    assert!(accepted.starts_with("HTTP/1.1 202"), "{accepted}");

    // One that asks for its next event in the same breath: with that event.
    runtime.write_all(NEXT.as_bytes()).unwrap();
    turn_until_told(&mut attendant);
    let asked = happenings.try_recv();
    assert!(matches!(asked, Ok(Happening::Asked { request: RequestId(1), .. })), "{asked:?}");
    api.deliver(&served, invocation(2)).unwrap();
    read_until(&mut runtime, "\r\n\r\n{}");
    runtime.write_all((answer(RequestId(2)) + NEXT).as_bytes()).unwrap();
    assert!(turn_until_answered(&mut attendant), "it asks as it answers");
    nothing_came(&runtime);
    api.deliver(&served, invocation(3)).unwrap();
    let both = read_until(&mut runtime, "\r\n\r\n{}");
    assert!(both.starts_with("HTTP/1.1 202") && both.contains("HTTP/1.1 200"), "{both}");

    // Once it has, its next event may be on its way: in the next turn.
    runtime.write_all(answer(RequestId(3)).as_bytes()).unwrap();
    assert!(!turn_until_answered(&mut attendant));
    nothing_came(&runtime);
    attendant.turn().unwrap();
    let accepted = read_until(&mut runtime, "\"OK\"}\n");
    assert!(accepted.starts_with("HTTP/1.1 202"), "{accepted}");

    process.kill().unwrap();
    process.wait().unwrap();
    api.remove(&served);
    cgroups.clean();
}

#[test]
fn who_says_much_that_leads_nowhere_waits_and_loses_nothing() {
    const PINGS: u32 = 500;
    let ping = b"GET /2018-06-01/ping HTTP/1.1\r\n\r\n";
    let cgroups = Scratch::new("much");
    let (told, happenings) = channel();
    let listener = Box::new(move |_: Option<&Arc<Instance>>, happening| {
        told.send(happening).unwrap();
    });
    let api = RuntimeApi::start(Duration::from_secs(60), listener).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let mut runtime = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    runtime.set_nodelay(true).unwrap();
    runtime.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let (served, mut process) = instance(&cgroups, 1, listener.into());
    served.assign(EnvironmentId(1));
    api.serve(&served).unwrap();
    let began = Instant::now();
    for _ in 0..PINGS {
        runtime.write_all(ping).unwrap();
        read_until(&mut runtime, "pong");
    }
    assert!(began.elapsed() > Duration::from_millis(100), "it is heard in pauses");
    for byte in ping {
        runtime.write_all(&[*byte]).unwrap();
    }
    read_until(&mut runtime, "pong");
    // Its events come and its answers are taken, also where nobody looked a moment ago.
    runtime.write_all(NEXT.as_bytes()).unwrap();
    assert!(matches!(happenings.recv().unwrap(), Happening::Ready));
    for number in 1..=100 {
        api.deliver(&served, invocation(number)).unwrap();
        read_until(&mut runtime, "\r\n\r\n{}");
        runtime.write_all((answer(RequestId(number)) + NEXT).as_bytes()).unwrap();
        let told = happenings.recv_timeout(Duration::from_secs(10)).unwrap();
        assert!(matches!(told, Happening::Answered { asks: true, .. }), "{told:?}");
    }
    process.kill().unwrap();
    process.wait().unwrap();
    api.remove(&served);
    cgroups.clean();
}
