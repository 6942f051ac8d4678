//! A node in the long run: nothing is lost with its fork server, nothing is left of what ended.
//! One test, since it counts this process's descriptors.

mod common;

use common::{Harness, spec};
use engine::node::{Exit, NodeReport, Outcome};

const PYTHON: &str = "def handler(event, context):\n    return event\n";

fn fork_server(harness: &Harness) -> i32 {
    let mountpoint = harness.directory.join("root");
    let wanted = format!("warren-fork-server\0{}\0", mountpoint.display());
    let found = std::fs::read_dir("/proc").unwrap().flatten().find(|entry| {
        std::fs::read_to_string(entry.path().join("cmdline"))
            .is_ok_and(|line| line.starts_with(&wanted))
    });
    found.expect("a fork server runs").file_name().to_str().unwrap().parse().unwrap()
}

/// Descriptors of this process and of its fork server.
fn descriptors(harness: &Harness) -> [usize; 2] {
    let server = fork_server(harness);
    ["self".to_owned(), server.to_string()]
        .map(|process| std::fs::read_dir(format!("/proc/{process}/fd")).unwrap().count())
}

#[test]
fn a_node_outlives_its_fork_server_and_keeps_nothing_of_the_gone() {
    let harness = Harness::new("endurance", 0);
    let code = harness.code(&[("app.py", PYTHON)]);
    let wanted = || spec(code, "python3.11", "app.handler");
    let environment = harness.start(wanted());
    // SAFETY: integers; the process is this test's own.
    // JUSTIFICATION: std kills only its own children.
    unsafe { libc::kill(fork_server(&harness), libc::SIGKILL) };
    let exit = harness.wait(|report| match report {
        NodeReport::Exited { environment: gone, exit, .. } if *gone == environment => Some(*exit),
        _ => None,
    });
    assert_eq!(exit, Exit::Signal(libc::SIGKILL));
    harness.stop(environment);
    let cycle = || {
        let environments: Vec<_> = (0..8).map(|_| harness.start(wanted())).collect();
        for environment in environments {
            let (outcome, body) = harness.invoke(environment, "[1]");
            assert!(matches!(outcome, Outcome::Response { .. }), "{body}");
            harness.stop(environment);
        }
    };
    cycle();
    let before = descriptors(&harness);
    for _ in 0..5 {
        cycle();
    }
    let after = descriptors(&harness);
    // A few are on their way out; one leaked by each of the forty environments would show.
    let leaked = before.iter().zip(after).any(|(before, after)| after > before + 20);
    assert!(!leaked, "{before:?} before, {after:?} after");
}
