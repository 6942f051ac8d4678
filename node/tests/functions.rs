//! Functions in real sandboxes: what they get, what they answer, how they end.

mod common;

use std::sync::Arc;

use common::{Harness, spec};
use engine::id::EnvironmentId;
use engine::node::{Exit, NodeReport, Outcome};

const BASH: &str = r#"#!/bin/bash
API=http://169.254.100.1:9001/2018-06-01/runtime/invocation
while true; do
  HEADERS=$(mktemp)
  EVENT=$(curl -sS -D "$HEADERS" "$API/next")
  ID=$(grep -i '^Lambda-Runtime-Aws-Request-Id:' "$HEADERS" | tr -d '[:space:]' | cut -d: -f2)
  echo "event $EVENT"
  case "$EVENT" in
    *exit*) exit 7;;
    *kill*) kill -9 $$;;
    *error*) curl -sS -o /dev/null -X POST -d '{"errorType":"E"}' "$API/$ID/error";;
    *) curl -sS -o /dev/null -X POST -d "{\"got\":$EVENT}" "$API/$ID/response";;
  esac
done
"#;

#[test]
fn a_bootstrap_of_bash_and_curl_serves_events() {
    let harness = Harness::new("bash", 0);
    let code = harness.code(&[("bootstrap", BASH)]);
    let environment = harness.start(spec(code, "provided.al2023", "x"));
    for _ in 0..3 {
        let (outcome, body) = harness.invoke(environment, "{\"a\":1}");
        assert!(matches!(outcome, Outcome::Response { .. }), "{outcome:?}");
        assert_eq!(body, "{\"got\":{\"a\":1}}");
    }
    assert!(harness.log().contains("event {\"a\":1}"));
    let (outcome, body) = harness.invoke(environment, "\"error\"");
    assert!(matches!(outcome, Outcome::Error { .. }), "{outcome:?}");
    assert_eq!(body, "{\"errorType\":\"E\"}");
    harness.deliver(environment, "\"exit\"");
    let exit = harness.wait(|report| match report {
        NodeReport::Exited { exit, .. } => Some(*exit),
        _ => None,
    });
    assert_eq!(exit, Exit::Status(7));
    harness.stop(environment);
}

#[test]
fn a_killed_bootstrap_is_reported_with_its_signal() {
    let harness = Harness::new("kill", 1);
    let code = harness.code(&[("bootstrap", BASH)]);
    let environment = harness.start(spec(code, "provided.al2", "x"));
    harness.deliver(environment, "\"kill\"");
    let exit = harness.wait(|report| match report {
        NodeReport::Exited { exit, .. } => Some(*exit),
        _ => None,
    });
    assert_eq!(exit, Exit::Signal(libc::SIGKILL));
    harness.stop(environment);
}

/// Waits for an environment that has nothing to start; what is told of it.
fn no_entrypoint(harness: &Harness) -> (EnvironmentId, String) {
    let (environment, kind) = harness.wait(|report| match report {
        NodeReport::InitFailed { environment, error_type, .. } => {
            Some((*environment, error_type.clone()))
        }
        _ => None,
    });
    assert_eq!(kind.as_deref(), Some("Runtime.InvalidEntrypoint"));
    (environment, harness.last_payload())
}

#[test]
fn a_missing_or_broken_bootstrap_fails_its_start() {
    let harness = Harness::new("none", 0);
    for (files, wanted) in [
        (&[("other", "")], "Couldn't find valid bootstrap(s)"),
        (&[("bootstrap", "not a program")], "exec format error"),
    ] {
        let code = harness.code(files);
        harness.command_start(spec(code, "provided.al2023", "x"));
        let (environment, body) = no_entrypoint(&harness);
        assert!(body.contains(wanted), "{body}");
        harness.stop(environment);
    }
}

#[test]
fn a_function_whose_interpreter_is_gone_fails_its_init_and_says_so() {
    let harness = Harness::new("gone", 0);
    let code = harness.code(&[("app.py", "def handler(e, c): pass")]);
    for runtime in ["python3.99", "nodejs99.x"] {
        harness.command_start(spec(code, runtime, "app.handler"));
        let (environment, body) = no_entrypoint(&harness);
        let wanted = format!("no interpreter for runtime {runtime} on this host, which has ");
        assert!(body.contains(&wanted) && !body.contains('\n'), "{body}");
        harness.stop(environment);
    }
}

const PYTHON: &str = r#"
import os, sys, json
count = 0
def handler(event, context):
    global count
    count += 1
    print("hello", event)
    if event.get("fail"):
        raise ValueError("boom")
    return {"count": count, "event": event, "id": context.aws_request_id,
            "left": context.get_remaining_time_in_millis() > 0,
            "name": os.environ["AWS_LAMBDA_FUNCTION_NAME"], "user": os.environ.get("USER_VARIABLE"),
            "fds": sorted(int(fd) for fd in os.listdir("/proc/self/fd")), "cwd": os.getcwd()}
"#;

#[test]
fn python_functions_run_on_the_hosts_interpreter() {
    for stock in [0, 1] {
        let harness = Harness::new(&format!("python{stock}"), stock);
        let code = harness.code(&[("app.py", PYTHON)]);
        for round in 0..2 {
            let mut wanted = spec(code, "python3.11", "app.handler");
            Arc::make_mut(&mut wanted.launch)
                .variables
                .insert("USER_VARIABLE".into(), "ü=1".into());
            let (environment, stages) = harness.start_with_stages(wanted);
            if stock == 1 && round == 1 {
                assert!(stages.prepared);
            }
            let (outcome, body) = harness.invoke(environment, "{\"x\":[1]}");
            assert!(matches!(outcome, Outcome::Response { .. }), "{outcome:?} {body}");
            assert!(body.contains("\"user\": \"\\u00fc=1\""), "{body}");
            assert!(body.contains("\"event\": {\"x\": [1]}"), "{body}");
            assert!(body.contains("\"left\": true"), "{body}");
            assert!(body.contains("\"cwd\": \"/var/task\""), "{body}");
            let (outcome, body) = harness.invoke(environment, "{\"fail\":1}");
            assert!(matches!(outcome, Outcome::Error { .. }), "{outcome:?}");
            assert!(body.starts_with("{\"errorMessage\": \"boom\", \"errorType\": \"ValueError\""));
            assert!(body.contains("File \\\"/var/task/app.py\\\", line 9, in handler"), "{body}");
            let log = harness.log();
            assert!(log.contains("hello {'x': [1]}"), "{log}");
            assert!(
                log.contains(
                    "[ERROR] ValueError: boom\nTraceback (most recent call last):\n\u{a0}\u{a0}File"
                ),
                "{log}"
            );
            harness.stop(environment);
            if stock == 1 {
                harness.wait_for_stock();
            }
        }
    }
}

#[test]
fn python_init_errors_have_awss_types() {
    let harness = Harness::new("pyerr", 0);
    let code = harness.code(&[
        ("app.py", "import nothing_like_this"),
        ("syntax.py", "def x(:\n"),
        ("fine.py", "x = 1"),
    ]);
    for (handler, kind, message) in [
        ("app.handler", "Runtime.ImportModuleError", "Unable to import module 'app': No module"),
        ("gone.handler", "Runtime.ImportModuleError", "Unable to import module 'gone': No module"),
        ("syntax.handler", "Runtime.UserCodeSyntaxError", "Syntax error in module 'syntax': "),
        ("fine.handler", "Runtime.HandlerNotFound", "Handler 'handler' missing on module 'fine'"),
        ("fine", "Runtime.MalformedHandlerName", "Bad handler 'fine'"),
    ] {
        harness.command_start(spec(code, "python3.11", handler));
        let (environment, error_type) = harness.wait(|report| match report {
            NodeReport::InitFailed { environment, error_type, .. } => {
                Some((*environment, error_type.clone()))
            }
            _ => None,
        });
        assert_eq!(error_type.as_deref(), Some(kind));
        let body = harness.last_payload();
        assert!(body.contains(message), "{body}");
        assert!(body.contains("\"requestId\": \"\""), "{body}");
        harness.stop(environment);
    }
}

/// Its module's own time, which is a part of its init.
const TIMED: &str = "
import time
begun = time.monotonic_ns()
time.sleep(0.0002)
took = time.monotonic_ns() - begun
def handler(event, context):
    return took
";

#[test]
fn an_init_is_never_told_shorter_than_it_was() {
    let harness = Harness::new("inits", 1);
    let code = harness.code(&[("app.py", TIMED)]);
    for round in 0..60 {
        let wanted = spec(code, "python3.11", "app.handler");
        let (environment, stages) = harness.start_with_stages(wanted);
        let (_, took) = harness.invoke(environment, "{}");
        let took: u128 = took.parse().unwrap();
        assert!(stages.runtime.as_nanos() >= took, "{took} ns in round {round}: {stages:?}");
        harness.stop(environment);
        if round > 0 {
            harness.wait_for_stock();
        }
    }
}

const NODE: &str = r#"
let count = 0;
exports.handler = async (event, context) => {
  console.log('hello', event, 'two\nlines');
  if (event.fail) throw new TypeError('boom');
  if (event.never) return new Promise(() => {});
  return { count: ++count, event, left: context.getRemainingTimeInMillis() > 0,
           user: process.env.USER_VARIABLE };
};
exports.callback = (event, context, done) => setTimeout(() => done(null, { late: true }), 5);
"#;

#[test]
fn node_functions_run_on_the_hosts_interpreter() {
    for stock in [0, 1] {
        let harness = Harness::new(&format!("node{stock}"), stock);
        let code = harness.code(&[
            ("app.js", NODE),
            ("esm.mjs", "export const handler = async (event) => ({ esm: event });"),
        ]);
        for round in 0..2 {
            let mut wanted = spec(code, "nodejs20.x", "app.handler");
            Arc::make_mut(&mut wanted.launch)
                .variables
                .insert("USER_VARIABLE".into(), "ü=1".into());
            let (environment, stages) = harness.start_with_stages(wanted);
            if stock == 1 && round == 1 {
                assert!(stages.prepared);
            }
            let (outcome, body) = harness.invoke(environment, "{\"x\":[1]}");
            assert!(matches!(outcome, Outcome::Response { .. }), "{outcome:?} {body}");
            assert_eq!(body, "{\"count\":1,\"event\":{\"x\":[1]},\"left\":true,\"user\":\"ü=1\"}");
            let log = harness.log();
            assert!(log.contains("\tINFO\thello { x: [ 1 ] } two\nlines"), "{log}");
            let (outcome, body) = harness.invoke(environment, "{\"fail\":1}");
            assert!(matches!(outcome, Outcome::Error { .. }), "{outcome:?}");
            assert!(
                body.starts_with(
                    "{\"errorType\":\"TypeError\",\"errorMessage\":\"boom\",\"trace\":["
                ),
                "{body}"
            );
            assert!(harness.log().contains("\tERROR\tInvoke Error \t{\"errorType\":\"TypeError\""));
            let (outcome, body) = harness.invoke(environment, "{\"never\":1}");
            assert!(matches!(outcome, Outcome::Response { .. }), "{outcome:?}");
            assert_eq!(body, "null");
            harness.stop(environment);
            if stock == 1 {
                harness.wait_for_stock();
            }
        }
        for (handler, wanted) in
            [("esm.handler", "{\"esm\":{\"x\":1}}"), ("app.callback", "{\"late\":true}")]
        {
            let environment = harness.start(spec(code, "nodejs20.x", handler));
            assert_eq!(harness.invoke(environment, "{\"x\":1}").1, wanted);
            harness.stop(environment);
        }
    }
}

#[test]
fn a_wrapper_starts_the_runtime() {
    let harness = Harness::new("wrapper", 0);
    let code = harness.code(&[
        ("app.py", "import os\ndef handler(e, c): return [os.environ.get(e), os.environ['OWN']]"),
        ("app.js", "exports.handler = async (e) => [process.env[e], process.env.OWN]"),
        ("wrap", "#!/bin/sh\nexport FOO=wrapped OWN=changed\nexec \"$@\"\n"),
    ]);
    for (runtime, variable) in [("python3.11", "FOO"), ("nodejs20.x", "FOO")] {
        let mut wanted = spec(code, runtime, "app.handler");
        let variables = &mut Arc::make_mut(&mut wanted.launch).variables;
        variables.insert("AWS_LAMBDA_EXEC_WRAPPER".into(), "/var/task/wrap".into());
        variables.insert("OWN".into(), "given".into());
        let environment = harness.start(wanted);
        let (_, body) = harness.invoke(environment, &format!("\"{variable}\""));
        assert_eq!(body.replace(' ', ""), "[\"wrapped\",\"changed\"]", "{runtime}");
        let (_, body) = harness.invoke(environment, "\"_WARREN_WRAPPED\"");
        assert!(!body.contains("\"1\""), "{body}");
        harness.stop(environment);
    }
    for (wrapper, status, text) in [
        ("/opt/none", 127, "/opt/none: does not exist\n"),
        ("/var/runtime/streaming.txt", 127, "/var/runtime/streaming.txt: does not exist\n"),
        ("/etc/passwd", 126, "/etc/passwd: is not an executable\n"),
    ] {
        let mut wanted = spec(code, "python3.11", "app.handler");
        let variables = &mut Arc::make_mut(&mut wanted.launch).variables;
        variables.insert("AWS_LAMBDA_EXEC_WRAPPER".into(), wrapper.into());
        let environment = wanted.environment;
        harness.command_start(wanted);
        let exit = harness.wait(|report| match report {
            NodeReport::Exited { exit, .. } => Some(*exit),
            _ => None,
        });
        assert_eq!(exit, Exit::Status(status));
        assert!(harness.log().contains(text), "{}", harness.log());
        harness.stop(environment);
    }
}

#[test]
fn what_is_printed_is_logged_as_it_was() {
    let harness = Harness::new("printed", 0);
    let python = "import logging, os\n\
                  def handler(event, context):\n    \
                  print('a\\0b\\n\\0c\\n\\n'); logging.warning('w\\n\\nx')\n    \
                  os.write(1, b'open'); context.log('l'); print('end')\n";
    let node = "exports.handler = async () => { console.log('w\\n\\nx\\0y'); \
                process.stdout.write('a\\0b\\n\\0c\\n\\nopen'); }";
    let code = harness.code(&[("app.py", python), ("app.js", node)]);
    for runtime in ["python3.11", "nodejs20.x"] {
        let environment = harness.start(spec(code, runtime, "app.handler"));
        harness.invoke(environment, "{}");
        harness.stop(environment);
    }
    let entries: Vec<String> = harness
        .entries()
        .into_iter()
        .map(|entry| entry.rsplit('\t').next().unwrap().to_owned())
        .collect();
    let wanted = [
        "a\0b\n",
        "\0c\n",
        "w\n\nx\n",
        "open",
        "l",
        "end\n",
        "w\n\nx\0y\n",
        "a\0b\n",
        "\0c\n",
        "open",
    ];
    assert_eq!(entries, wanted);
}

#[test]
fn memory_beyond_the_limit_ends_the_function() {
    let harness = Harness::new("oom", 0);
    let source = "def handler(event, context):\n    x = bytearray(400 << 20)\n    return len(x)\n";
    let code = harness.code(&[("app.py", source)]);
    let environment = harness.start(spec(code, "python3.11", "app.handler"));
    harness.deliver(environment, "{}");
    let (exit, peak) = harness.wait(|report| match report {
        NodeReport::Exited { exit, memory_peak, .. } => Some((*exit, *memory_peak)),
        _ => None,
    });
    assert_eq!(exit, Exit::OutOfMemory);
    assert!(peak <= 128 << 20 && peak > 100 << 20, "{peak}");
    harness.stop(environment);
}

#[test]
fn files_in_tmp_do_not_count_as_memory() {
    let first_version = std::path::Path::new("/sys/fs/cgroup/memory/memory.limit_in_bytes");
    if !first_version.exists() {
        // Known of version 2, see cgroup/allowance.rs.
        return;
    }
    let harness = Harness::new("tmp", 0);
    let source = "import os\ndef handler(event, context):\n    with open('/tmp/x', 'wb') as f:\n        \
                  for _ in range(400): f.write(os.urandom(1 << 20))\n    \
                  if event: bytearray(200 << 20)\n    return os.path.getsize('/tmp/x')\n";
    let code = harness.code(&[("app.py", source)]);
    let environment = harness.start(spec(code, "python3.11", "app.handler"));
    let (_, body) = harness.invoke(environment, "{}");
    assert_eq!(body, (400 << 20).to_string());
    harness.deliver(environment, "1");
    let exit = harness.wait(|report| match report {
        NodeReport::Exited { exit, .. } => Some(*exit),
        _ => None,
    });
    assert_eq!(exit, Exit::OutOfMemory);
    harness.stop(environment);
}
