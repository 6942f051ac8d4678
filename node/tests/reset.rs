//! Resets: what of an environment outlives its runtime, and what does not.

mod common;

use common::{Harness, spec};
use engine::id::EnvironmentId;
use engine::node::{EnvironmentSpec, NodeCommand, NodeReport};

/// Leaves a file and a process, and tells which it found, and how often this runtime was asked.
const PYTHON: &str = r#"
import os, subprocess, time
asked = 0
def handler(event, context):
    global asked
    asked += 1
    found = open("/tmp/kept").read() if os.path.exists("/tmp/kept") else ""
    with open("/tmp/kept", "a") as file:
        file.write("x")
    processes = [pid for pid in os.listdir("/proc") if pid.isdigit()]
    others = [pid for pid in processes if b"sleep" in open(f"/proc/{pid}/cmdline", "rb").read()]
    subprocess.Popen(["sleep", "1000"])
    if event == "exit":
        os._exit(1)
    if event == "hang":
        time.sleep(1000)
    return f"found {len(found)}, asked {asked}, others {len(others)}, parent {os.getppid()}"
"#;

const BASH: &str = r#"#!/bin/bash
api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation
asked=0
while true; do
    event=$(curl -sS -D /tmp/headers "$api/next")
    request=$(grep -i Lambda-Runtime-Aws-Request-Id /tmp/headers | tr -d '[:space:]' | cut -d: -f2)
    asked=$((asked + 1))
    touch /tmp/kept
    found=$(wc -c </tmp/kept)
    printf x >>/tmp/kept
    [ "$event" != '"exit"' ] || exit 1
    [ "$event" != '"hang"' ] || sleep 1000
    curl -sS -d "\"found $found, asked $asked\"" "$api/$request/response" >/dev/null
done
"#;

fn exits(harness: &Harness, environment: EnvironmentId) {
    harness.deliver(environment, "\"exit\"");
    harness.wait(|report| match report {
        NodeReport::Exited { environment: exited, .. } if *exited == environment => Some(()),
        _ => None,
    });
}

fn was_reset(harness: &Harness, environment: EnvironmentId) {
    harness.wait(|report| match report {
        NodeReport::Reset(reset) if *reset == environment => Some(()),
        _ => None,
    });
}

fn reset(harness: &Harness, environment: EnvironmentId) {
    harness.node.command(NodeCommand::Reset(environment), None);
    was_reset(harness, environment);
}

/// Has an environment that was started fail in every way, and be asked after each.
fn fails_and_goes_on(
    harness: &Harness,
    spec: &EnvironmentSpec,
    expected: impl Fn(usize) -> String,
) {
    let environment = spec.environment;
    let (_, said) = harness.invoke(environment, "0");
    assert!(said.starts_with(&expected(0)), "{said}");
    exits(harness, environment);
    reset(harness, environment);
    harness.start(spec.clone());
    let (_, said) = harness.invoke(environment, "0");
    assert!(said.starts_with(&expected(2)), "after an exit: {said}");
    harness.deliver(environment, "\"hang\"");
    // Until it has begun there is nothing to be ended.
    std::thread::sleep(std::time::Duration::from_millis(500));
    reset(harness, environment);
    harness.start(spec.clone());
    let (_, said) = harness.invoke(environment, "0");
    assert!(said.starts_with(&expected(4)), "after a hang: {said}");
    harness.stop(environment);
}

fn python(found: usize) -> String {
    format!("\"found {found}, asked 1, others 0,")
}

#[test]
fn tmp_outlives_a_runtime_that_exits_or_hangs_and_no_process_does() {
    let harness = Harness::new("reset", 0);
    let code = harness.code(&[("f.py", PYTHON)]);
    let python_spec = spec(code, "python3.11", "f.handler");
    harness.start(python_spec.clone());
    fails_and_goes_on(&harness, &python_spec, python);
    let bash = harness.code(&[("bootstrap", BASH)]);
    let bash = spec(bash, "provided.al2023", "f.handler");
    harness.start(bash.clone());
    fails_and_goes_on(&harness, &bash, |found| format!("\"found {found}, asked 1"));
    // What is kept is that environment's alone.
    let other = harness.start(spec(code, "python3.11", "f.handler"));
    assert!(harness.invoke(other, "0").1.starts_with(&python(0)));
}

#[test]
fn forks_of_an_interpreter_and_what_was_built_ahead_are_reset_alike() {
    let harness = Harness::new("forks", 1);
    let code = harness.code(&[("f.py", PYTHON)]);
    // Of several at once, most are forked.
    let specs: Vec<_> = (0..5).map(|_| spec(code, "python3.11", "f.handler")).collect();
    specs.iter().for_each(|spec| harness.command_start(spec.clone()));
    for wanted in &specs {
        harness.wait(|report| match report {
            NodeReport::Ready { environment, .. } if *environment == wanted.environment => Some(()),
            _ => None,
        });
    }
    let is_fork = |spec: &&EnvironmentSpec| {
        let (_, said) = harness.invoke(spec.environment, "0");
        said.ends_with("parent 0\"")
    };
    let fork = specs.iter().find(is_fork).expect("most are forks");
    exits(&harness, fork.environment);
    reset(&harness, fork.environment);
    harness.start(fork.clone());
    let (_, said) = harness.invoke(fork.environment, "0");
    assert!(said.starts_with(&python(2)), "{said}");
    harness.wait_for_stock();
    let ahead = spec(code, "python3.11", "f.handler");
    let (_, stages) = harness.start_with_stages(ahead.clone());
    assert!(stages.prepared);
    fails_and_goes_on(&harness, &ahead, python);
}

#[test]
fn an_environment_can_be_ended_at_every_point_of_a_reset() {
    let harness = Harness::new("points", 0);
    let code = harness.code(&[("f.py", PYTHON)]);
    let spec = || spec(code, "python3.11", "f.handler");
    // Kept, and not wanted any more.
    let kept = harness.start(spec());
    exits(&harness, kept);
    reset(&harness, kept);
    harness.stop(kept);
    // On its way there.
    let going = harness.start(spec());
    harness.node.command(NodeCommand::Reset(going), None);
    harness.stop(going);
    // While it starts.
    let starting = spec();
    harness.command_start(starting.clone());
    reset(&harness, starting.environment);
    harness.forget();
    harness.start(starting.clone());
    let (_, said) = harness.invoke(starting.environment, "0");
    assert!(said.starts_with(&python(0)), "{said}");
    harness.stop(starting.environment);
    // Nothing is known of it.
    reset(&harness, EnvironmentId(1 << 40));
    harness.stop(EnvironmentId(1 << 40));
}
