//! Faults that are injected, each in a process of its own: none is passed over in silence, and
//! none costs more than it must.

mod common;

use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::time::Duration;

use common::{Harness, groups, spec};
use engine::cidr::Cidr;
use engine::id::{EniId, EnvironmentId, SubnetId, VpcId};
use engine::node::{Attachment, Exit, FailureKind, NodeCommand, NodeReport, Outcome};
use engine::plan::{EniPlan, Holder, VpcPlan};
use node::agent::{Config, Network, Node, Place, Report};
use node::cgroup::Cgroups;
use node::loopback::Loopback;
use node::net::{Net, namespace};

const PRINTER: &str = "#!/bin/bash\necho one line\nsleep 60\n";

fn instance(fault: &str) -> String {
    std::env::var("WARREN_TEST_INSTANCE").unwrap_or_else(|_| {
        let name = format!("fault-{fault}-{}", std::process::id());
        name.replace(' ', "-")
    })
}

/// Runs one of the ignored tests below in a process of its own.
fn run(test: &str, fault: &str) -> (Output, String) {
    let instance = instance(fault);
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", test, "--nocapture"])
        .env("WARREN_TEST_FAULT", fault)
        .env("WARREN_TEST_INSTANCE", &instance)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    (output, instance)
}

/// A node, or network, whose report panics where it is told what `fault` waits for.
#[test]
#[ignore = "started by another test"]
fn a_node_with_a_fault() {
    let Ok(fault) = std::env::var("WARREN_TEST_FAULT") else { return };
    if fault == "node-drops" {
        return with_a_network(&instance(&fault));
    }
    let directory = std::env::temp_dir().join(format!("warren-{}", instance(&fault)));
    for name in ["root", "code"] {
        std::fs::create_dir_all(directory.join(name)).unwrap();
    }
    let mut config = Config::new(&instance(&fault), directory.join("root"), directory.join("code"));
    config.fork_server = env!("CARGO_BIN_EXE_fork-server").into();
    config.stock = 0;
    let report = |report| match report {
        Report::Node(NodeReport::Gone(_), _) | Report::Log(..) => panic!("injected"),
        _ => {}
    };
    let node = Node::start(config, Box::new(Loopback), Box::new(report)).unwrap();
    match fault.as_str() {
        "node-worker" => node.command(NodeCommand::Stop(EnvironmentId(1)), None),
        _ => {
            let code = common::unpack(&directory, &[("bootstrap", PRINTER)]);
            let spec = spec(code, "provided.al2023", "x");
            node.command(NodeCommand::Start(Box::new(spec)), None);
        }
    }
    std::thread::sleep(Duration::from_secs(20));
}

fn with_a_network(instance: &str) {
    let report = |report| assert!(!matches!(report, NodeReport::Dropped(_)), "injected");
    let net = Net::start(instance, Vec::new(), Arc::new(report)).unwrap();
    let vpc = VpcId(1);
    let block = Cidr::containing([10, 0, 0, 0].into(), 16).unwrap();
    net.command(NodeCommand::Plan(Arc::new(VpcPlan::empty(vpc, vec![block]))));
    let slot = net.slot(Place::Vpc(vpc)).unwrap();
    let plan = EniPlan {
        addresses6: Vec::new(),
        eni: EniId(1),
        vpc,
        subnet: SubnetId(1),
        gateway: [10, 0, 0, 1].into(),
        address: [10, 0, 0, 4].into(),
        mac: [2, 0, 0, 0, 0, 4],
        groups: [].into(),
        holder: Holder::Environment,
    };
    net.attach(&slot, EnvironmentId(1), &Attachment::Classic(plan)).unwrap();
    namespace::enter(&slot.namespace, || {
        std::net::UdpSocket::bind("10.0.0.4:0")?.send_to(b"dropped", "10.0.0.9:53")
    })
    .unwrap();
    std::thread::sleep(Duration::from_secs(20));
}

#[test]
fn a_thread_that_panics_ends_the_process_and_says_so() {
    for thread in ["node-worker", "runtime-api", "node-drops"] {
        let (output, instance) = run("a_node_with_a_fault", thread);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.signal(), Some(libc::SIGABRT), "{thread}: {errors}");
        assert!(errors.contains(&format!("thread '{thread}'")), "{thread}: {errors}");
        assert!(errors.contains("injected"), "{thread}: {errors}");
        Cgroups::open(&instance).unwrap().clean();
        let net = Net::start(&instance, Vec::new(), Arc::new(|_| {})).unwrap();
        net.sweep();
        let _ = std::fs::remove_dir_all(std::env::temp_dir().join(format!("warren-{instance}")));
    }
}

/// The interpreter that this process's fork server forks others from.
fn zygote() -> i32 {
    let parent = |pid: &str| {
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("PPid:"))?;
        Some(line.trim().to_owned())
    };
    let own = std::process::id().to_string();
    let entries = std::fs::read_dir("/proc").unwrap().flatten();
    let mut pids = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let found = pids.find(|pid| {
        let command = std::fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        let orders = std::fs::read_link(format!("/proc/{pid}/fd/3")).unwrap_or_default();
        command.contains("/var/runtime/bootstrap.py")
            && orders.to_string_lossy().starts_with("socket:")
            && parent(pid).and_then(|server| parent(&server)).as_ref() == Some(&own)
    });
    found.expect("there is a zygote").parse().unwrap()
}

/// A node whose zygote is killed.
#[test]
#[ignore = "started by another test"]
fn a_node_without_its_zygote() {
    if std::env::var("WARREN_TEST_FAULT").is_err() {
        return;
    }
    let harness = Harness::new("zygote", 0);
    let code = harness.code(&[("app.py", ECHO)]);
    let many = || {
        let specs: Vec<_> = (0..6).map(|_| spec(code, "python3.11", "app.handler")).collect();
        let environments: Vec<_> = specs.iter().map(|spec| spec.environment).collect();
        specs.into_iter().for_each(|spec| harness.command_start(spec));
        for _ in &environments {
            harness.wait(|report| matches!(report, NodeReport::Ready { .. }).then_some(()));
        }
        environments
    };
    let first = many();
    let before = zygote();
    // SAFETY: integers only.
    // JUSTIFICATION: std kills only its own children.
    assert_eq!(unsafe { libc::kill(before, libc::SIGKILL) }, 0);
    // All that it forked end, since nobody would hear of their end; at most one was not.
    for _ in 0..3 {
        harness.wait(|report| match report {
            NodeReport::Exited { environment, exit: Exit::Signal(libc::SIGKILL), .. } => {
                assert!(first.contains(environment));
                Some(())
            }
            _ => None,
        });
    }
    let second = many();
    assert_ne!(zygote(), before);
    for environment in second {
        assert_eq!(harness.invoke(environment, "[2]").1, "[2]");
    }
    first.into_iter().for_each(|environment| harness.stop(environment));
    println!("\nanother zygote took over");
}

#[test]
fn a_zygote_that_is_gone_is_replaced_and_its_forks_end() {
    let (output, _) = run("a_node_without_its_zygote", "zygote");
    let told = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}\n{errors}");
    assert!(told.contains("another zygote took over"), "{told}");
}

fn signal(pid: i32, signal: i32) {
    // SAFETY: integers only.
    // JUSTIFICATION: std kills only its own children. One may have ended since it was seen.
    unsafe { libc::kill(pid, signal) };
}

/// The processes whose parent is this one.
fn children(of: i32) -> Vec<i32> {
    let entries = std::fs::read_dir("/proc").unwrap().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    let is_child = |pid: &i32| {
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        status.lines().any(|line| {
            line.strip_prefix("PPid:").is_some_and(|parent| parent.trim() == of.to_string())
        })
    };
    pids.filter(is_child).collect()
}

/// A node whose fork server, zygote and sandboxes are stopped and killed while others start.
#[test]
#[ignore = "started by another test"]
fn a_node_whose_processes_are_meddled_with() {
    if std::env::var("WARREN_TEST_FAULT").is_err() {
        return;
    }
    let harness = Harness::new("meddled", 0);
    let code = harness.code(&[("app.py", ECHO)]);
    // Another one may be on its way.
    let fork_server = || loop {
        if let Some(found) = children(std::process::id() as i32).first() {
            return *found;
        }
    };
    let start = || {
        let spec = spec(code, "python3.11", "app.handler");
        let environment = spec.environment;
        harness.command_start(spec);
        environment
    };
    // One that is killed while its function's code is loaded may be told as that code's own end.
    let become_ready = |environments: Vec<EnvironmentId>, may_exit: bool| {
        for environment in &environments {
            harness.wait(|report| match report {
                NodeReport::Ready { environment: ready, .. } if ready == environment => Some(()),
                NodeReport::Exited {
                    environment: exited,
                    exit: Exit::Signal(libc::SIGKILL),
                    ..
                } if may_exit && exited == environment => Some(()),
                NodeReport::StartFailed(failed, failure) if failed == environment => {
                    panic!("{failure}")
                }
                _ => None,
            });
        }
        environments
    };
    let are_ready = |environments| become_ready(environments, false);
    are_ready((0..4).map(|_| start()).collect());
    // Stopped ones go on, and nothing is lost.
    for stopped in [fork_server(), zygote()] {
        signal(stopped, libc::SIGSTOP);
        for environment in are_ready((0..4).map(|_| start()).collect()) {
            assert_eq!(harness.invoke(environment, "[1]").1, "[1]");
        }
    }
    // Killed ones are replaced, and the starts under way with them.
    for round in 0..12u64 {
        let starting: Vec<_> = (0..4).map(|_| start()).collect();
        // Whenever it hits: the outcome is the same.
        std::thread::sleep(Duration::from_millis(round * 3));
        match round % 3 {
            0 => signal(fork_server(), libc::SIGKILL),
            1 => children(fork_server()).into_iter().for_each(|each| signal(each, libc::SIGKILL)),
            _ => children(fork_server())
                .last()
                .into_iter()
                .for_each(|each| signal(*each, libc::SIGKILL)),
        }
        become_ready(starting, round % 3 != 0);
    }
    are_ready((0..4).map(|_| start()).collect());
    println!("\nall of them started");
}

#[test]
fn what_is_stopped_goes_on_and_what_is_killed_amid_a_start_is_started_again() {
    let (output, _) = run("a_node_whose_processes_are_meddled_with", "meddled");
    let told = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}\n{errors}");
    assert!(told.contains("all of them started"), "{told}");
}

/// Descriptors that this process has open.
fn open() -> u64 {
    std::fs::read_dir("/proc/self/fd").unwrap().count() as u64
}

fn limit(descriptors: u64) {
    let limit = libc::rlimit { rlim_cur: descriptors, rlim_max: 4096 };
    // SAFETY: a valid limit.
    // JUSTIFICATION: std has no setrlimit.
    assert_eq!(unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) }, 0);
}

const ECHO: &str = "def handler(event, context):\n    return event\n";

/// A node that may open fewer and fewer descriptors, so that starts fail at every step.
#[test]
#[ignore = "started by another test"]
fn a_node_short_of_descriptors() {
    if std::env::var("WARREN_TEST_FAULT").is_err() {
        return;
    }
    let harness = Harness::new("short", 0);
    let code = harness.code(&[("app.py", ECHO)]);
    let python = || spec(code, "python3.11", "app.handler");
    let first = harness.start(python());
    let before = open();
    let mut failed = 0;
    for room in 0..24 {
        limit(before + room);
        let spec = python();
        let environment = spec.environment;
        harness.command_start(spec);
        let is_ready = harness.wait(|report| match report {
            NodeReport::Ready { environment: ready, .. } if *ready == environment => Some(true),
            NodeReport::StartFailed(failed, failure) if *failed == environment => {
                assert_eq!(failure.kind, FailureKind::Room, "{failure}");
                assert!(failure.text.contains("Too many open files"), "{failure}");
                Some(false)
            }
            NodeReport::Exited { environment: gone, .. } => panic!("{gone} was killed"),
            _ => None,
        });
        failed += u32::from(!is_ready);
        limit(4096);
        if is_ready {
            harness.stop(environment);
        }
        let (outcome, answer) = harness.invoke(first, "[1]");
        assert!(matches!(outcome, Outcome::Response { .. }), "{outcome:?}");
        assert_eq!(answer, "[1]");
    }
    assert!(failed >= 10, "{failed} of 24 starts failed");
    // What did not start holds nothing, and nothing is left of it.
    let last = harness.start(python());
    harness.stop(last);
    let instance = harness.directory.file_name().unwrap().to_str().unwrap();
    for parent in groups(instance.strip_prefix("warren-").unwrap()) {
        let left = std::fs::read_dir(&parent).unwrap().flatten();
        let left = left.filter(|entry| entry.file_type().unwrap().is_dir()).count();
        // That of the first, and some that wait for another.
        assert!(left <= 4, "{left} groups in {}", parent.display());
    }
    println!("\nall of {failed} failed alone");
}

#[test]
fn a_start_that_finds_no_descriptors_fails_alone() {
    let (output, _) = run("a_node_short_of_descriptors", "descriptors");
    let told = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}\n{errors}");
    assert!(told.contains("failed alone"), "{told}");
}
