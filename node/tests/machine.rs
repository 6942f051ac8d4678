//! What a function sees of the machine it runs on, as recorded on AWS.

mod common;

use common::{Harness, spec};
use engine::node::Outcome;

const FACTS: &str = r#"
import os, pathlib, resource, socket, subprocess
def handler(event, context):
    return eval(event)
"#;

fn ask(questions: &[(&str, &str)]) {
    let harness = Harness::new("machine", 0);
    let code = harness.code(&[("app.py", FACTS)]);
    let environment = harness.start(spec(code, "python3.11", "app.handler"));
    for (question, wanted) in questions {
        let (outcome, answer) = harness.invoke(environment, &format!("\"{question}\""));
        assert!(matches!(outcome, Outcome::Response { .. }), "{question}: {answer}");
        assert_eq!(&answer, wanted, "{question}");
    }
    harness.stop(environment);
}

#[test]
fn its_directories_are_roots() {
    ask(&["/", "/var/task", "/opt", "/tmp", "/var/runtime", "/usr/bin"].map(|path| {
        let question = format!("[pathlib.Path('{path}').owner(), pathlib.Path('{path}').group()]");
        (&*question.leak(), "[\"root\", \"root\"]")
    }));
}

#[test]
fn its_limits_are_those_recorded() {
    ask(&[
        ("resource.getrlimit(resource.RLIMIT_NOFILE)", "[1024, 1024]"),
        ("resource.getrlimit(resource.RLIMIT_NPROC)", "[742, 742]"),
        ("resource.getrlimit(resource.RLIMIT_CORE)", "[10737418240, 10737418240]"),
        ("resource.getrlimit(resource.RLIMIT_MEMLOCK)", "[65536, 65536]"),
        ("resource.getrlimit(resource.RLIMIT_STACK)[0]", "8388608"),
    ]);
}

/// How long a process computes at a time, in nanoseconds, by its `sched_attr`.
fn turn(attributes: &[u8; 48]) -> u64 {
    u64::from_ne_bytes(attributes[24..32].try_into().unwrap())
}

#[test]
fn its_turns_on_a_processor_are_short_where_the_kernel_can_do_that() {
    // What this kernel makes of the same wish of another process.
    let own = std::thread::spawn(|| {
        let mut wanted = [0u8; 48];
        wanted[..4].copy_from_slice(&48u32.to_ne_bytes());
        wanted[24..32].copy_from_slice(&300_000u64.to_ne_bytes());
        // SAFETY: a whole `sched_attr`, for this thread; it and its length live until both return.
        // JUSTIFICATION: neither std nor libc has these calls.
        unsafe {
            assert_eq!(libc::syscall(libc::SYS_sched_setattr, 0, wanted.as_ptr(), 0), 0);
            assert_eq!(libc::syscall(libc::SYS_sched_getattr, 0, wanted.as_mut_ptr(), 48, 0), 0);
        }
        turn(&wanted)
    });
    let wanted = own.join().unwrap();
    let code = format!(
        "import ctypes, struct\n\
         def handler(e, c):\n  attributes = ctypes.create_string_buffer(48)\n\
         \x20 ctypes.CDLL(None).syscall({}, 0, attributes, 48, 0)\n\
         \x20 return struct.unpack_from('Q', attributes, 24)[0]",
        libc::SYS_sched_getattr
    );
    let harness = Harness::new("turns", 0);
    let code = harness.code(&[("app.py", &code)]);
    let environment = harness.start(spec(code, "python3.11", "app.handler"));
    assert_eq!(harness.invoke(environment, "1").1, wanted.to_string());
    harness.stop(environment);
}

#[test]
fn its_runtime_api_has_the_address_of_aws() {
    ask(&[
        ("os.environ['AWS_LAMBDA_RUNTIME_API']", "\"169.254.100.1:9001\""),
        (
            "socket.create_connection(('169.254.100.1', 9001), 2).getpeername()",
            "[\"169.254.100.1\", 9001]",
        ),
    ]);
}

#[test]
fn it_has_no_semaphores_and_says_so_as_there() {
    let code = "from multiprocessing import Lock\n\
                def handler(e, c):\n  try: Lock()\n  except OSError as x: \
                return [type(x).__name__, x.errno, str(x)]";
    let harness = Harness::new("semaphores", 0);
    let code = harness.code(&[("app.py", code)]);
    let environment = harness.start(spec(code, "python3.11", "app.handler"));
    let told = "[\"OSError\", 38, \"[Errno 38] Function not implemented\"]";
    assert_eq!(harness.invoke(environment, "1").1, told);
}

const SHELL: &str = "#!/bin/sh\nset -euo pipefail\n\
    API=\"http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation\"\n\
    while true; do\n\
      HEADERS=\"$(mktemp)\"\n\
      EVENT=$(curl -sS -LD \"$HEADERS\" \"$API/next\")\n\
      ID=$(grep -Fi Lambda-Runtime-Aws-Request-Id \"$HEADERS\" | tr -d '[:space:]' | cut -d: -f2)\n\
      curl -sS -o /dev/null -d \"Echoing request: '$EVENT'\" \"$API/$ID/response\"\n\
    done\n";

#[test]
fn the_bootstrap_of_awss_guide_runs_by_its_own_sh() {
    let harness = Harness::new("shell", 0);
    let code = harness.code(&[("bootstrap", SHELL)]);
    let environment = harness.start(spec(code, "provided.al2023", "x"));
    assert_eq!(harness.invoke(environment, "7").1, "Echoing request: '7'");
    harness.stop(environment);
}

#[test]
fn an_environment_holds_no_more_descriptors_than_are_counted_for_it() {
    let harness = Harness::new("held", 0);
    let code = harness.code(&[("app.py", FACTS)]);
    let start = || harness.start(spec(code, "python3.11", "app.handler"));
    let open = || std::fs::read_dir("/proc/self/fd").unwrap().count() as u64;
    start();
    let before = open();
    for _ in 0..4 {
        start();
    }
    // The network of these tests holds no socket for a slot, and nobody waits over HTTP: two more.
    let each = (open() - before).div_ceil(4) + 2;
    let counted = node::descriptors::PER_ENVIRONMENT;
    assert!(each <= counted, "{each} descriptors for each environment");
}
