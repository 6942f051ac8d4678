//! The policy for panics, with faults put where they may come to be.

use std::os::unix::process::ExitStatusExt;
use std::process::Command;
use std::sync::Arc;

use http::Request;
use serde_json::Value;

use super::harness::{Server, function};

#[tokio::test]
async fn a_panic_in_a_request_is_answered_as_its_service_answers() {
    let server = Server::start();
    let ec2 = Request::post("/").header("x-test-panic", "on purpose");
    let ec2 = ec2.body("Action=DescribeVpcs&Version=2016-11-15".to_owned()).expect("a request");
    let answered = server.ask(ec2).await;
    assert_eq!(answered.status, 500);
    assert!(answered.text.contains("<Code>InternalError</Code>"), "{}", answered.text);
    for path in ["/2015-03-31/functions", "/2015-03-31/functions/f/invocations"] {
        let lambda = Request::post(path).header("x-test-panic", "on purpose");
        let answered = server.ask(lambda.body(String::new()).expect("a request")).await;
        assert_eq!(answered.status, 500);
        assert!(answered.text.contains("\"Type\":\"Service\""), "{}", answered.text);
    }
    // The server goes on.
    let answered = server.ec2("Action=DescribeVpcs").await;
    assert_eq!(answered.status, 200);
    server.create_function(&function("f")).await;
}

#[tokio::test]
async fn a_panic_of_who_looks_at_the_engine_leaves_it_usable() {
    let server = Server::start();
    let driver = Arc::clone(&server.endpoint.driver);
    let looked = tokio::spawn(async move { driver.read::<()>(|_| panic!("on purpose")) }).await;
    assert!(looked.expect_err("a panic").is_panic());
    assert_eq!(server.lambda("GET functions/", &Value::Null).await.status, 200);
}

/// Runs one of the tests below in a process of its own, which is to be ended by it.
fn ends_the_process(test: &str, message: &str) {
    let program = std::env::current_exe().expect("this program");
    let name = format!("tests::panics::{test}");
    let arguments = ["--ignored", "--exact", "--nocapture", &name];
    let ended = Command::new(program).args(arguments).output().expect("run");
    let told = String::from_utf8_lossy(&ended.stderr);
    // SIGABRT.
    assert_eq!(ended.status.signal(), Some(6), "{told}");
    assert!(told.contains(message), "{told}");
}

#[test]
fn a_panic_amid_a_step_ends_the_process() {
    ends_the_process("child_panics_amid_a_step", "fatal: engine panicked amid a step");
}

#[test]
fn a_panic_of_the_timer_ends_the_process() {
    ends_the_process("child_panics_in_a_vital_task", "fatal: task timer has panicked");
}

#[test]
fn a_panic_of_a_vital_thread_ends_the_process() {
    ends_the_process("child_panics_in_a_vital_thread", "fatal: thread store has panicked");
}

#[test]
fn a_poisoned_lock_ends_the_process() {
    ends_the_process("child_finds_a_poisoned_lock", "fatal: lock of things is poisoned");
}

#[tokio::test]
#[ignore = "ends its process; run by another test"]
async fn child_panics_amid_a_step() {
    let server = Server::start();
    server.endpoint.driver.panic_amid_a_step();
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "ends its process; run by another test"]
async fn child_panics_in_a_vital_task() {
    crate::thread::spawn_vital("timer", async { panic!("on purpose") });
    tokio::time::sleep(std::time::Duration::from_secs(60)).await;
}

#[test]
#[ignore = "ends its process; run by another test"]
fn child_panics_in_a_vital_thread() {
    let thread = crate::thread::start_vital("store", || panic!("on purpose")).expect("started");
    drop(thread.join());
}

#[test]
#[ignore = "ends its process; run by another test"]
fn child_finds_a_poisoned_lock() {
    let things = std::sync::Mutex::new(());
    let poisoning = std::panic::catch_unwind(|| {
        let _held = things.lock();
        panic!("on purpose");
    });
    assert!(poisoning.is_err());
    drop(crate::thread::lock(&things, "things"));
}
