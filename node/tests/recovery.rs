//! What is left when a node is killed at once: nothing that runs, and nothing after a restart.

mod common;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::{Harness, groups, spec};

const SLEEPER: &str =
    "#!/bin/bash\ncurl -sS http://169.254.100.1:9001/2018-06-01/runtime/invocation/next\n";

/// The node that is killed; run by the test below in a process of its own.
#[test]
#[ignore = "started by another test"]
fn a_node_to_be_killed() {
    let Ok(name) = std::env::var("WARREN_TEST_INSTANCE") else { return };
    let harness = Harness::with("recovery", 1, |config| config.instance = name);
    let code = harness.code(&[("bootstrap", SLEEPER)]);
    for _ in 0..3 {
        harness.start(spec(code, "provided.al2023", "x"));
    }
    println!("\nready {}", harness.directory.display());
    loop {
        std::thread::park();
    }
}

fn processes(instance: &str) -> usize {
    let entries = groups(instance).into_iter().flat_map(|path| std::fs::read_dir(path).unwrap());
    entries
        .flatten()
        .filter_map(|entry| std::fs::read_to_string(entry.path().join("cgroup.procs")).ok())
        .map(|text| text.lines().count())
        .sum()
}

#[test]
fn a_killed_node_leaves_nothing() {
    let instance = format!("test-killed-{}", std::process::id());
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "a_node_to_be_killed", "--nocapture"])
        .env("WARREN_TEST_INSTANCE", &instance)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let directory = lines
        .find_map(|line| line.unwrap().strip_prefix("ready ").map(str::to_owned))
        .expect("the node started its functions");
    assert!(processes(&instance) >= 3);
    child.kill().unwrap();
    child.wait().unwrap();
    // Every process dies with the node, without anybody's help.
    let end = Instant::now() + Duration::from_secs(10);
    while processes(&instance) > 0 {
        assert!(Instant::now() < end, "{} processes outlive the node", processes(&instance));
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(!groups(&instance).is_empty());
    let name = instance.clone();
    drop(Harness::with("recovered", 0, |config| config.instance = name));
    assert_eq!(groups(&instance), Vec::<std::path::PathBuf>::new());
    let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap();
    assert!(!mounts.contains(&directory));
    std::fs::remove_dir_all(directory).unwrap();
}
