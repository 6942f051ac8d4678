//! What is seen from outside: health and what is counted.

use std::time::Duration;

use http::Request;
use serde_json::{Value, json};

use super::harness::{Answered, FAIL, Server, Setup, function, signed_for};
use crate::store::fault::{Fault, Faults};

async fn get(server: &Server, path: &str) -> Answered {
    server.ask(Request::get(path).body(String::new()).expect("a request")).await
}

/// The value of a metric with these labels, in the text.
fn value(text: &str, metric: &str) -> f64 {
    let line = text.lines().find_map(|line| line.strip_prefix(metric)?.strip_prefix(' '));
    line.and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{metric} in {text}"))
}

async fn invoke(server: &Server, name: &str, event: &str, kind: &str) -> u16 {
    let request = Request::post(format!("/2015-03-31/functions/{name}/invocations"))
        .header("authorization", signed_for("lambda"))
        .header("x-amz-invocation-type", kind)
        .body(event.to_owned());
    server.ask(request.expect("a request")).await.status
}

#[tokio::test]
async fn what_happens_is_counted() {
    let server = Server::start();
    server.create_function(&function("f")).await;
    server.create_function(&function("g")).await;
    for event in ["1", "2", FAIL] {
        assert_eq!(invoke(&server, "f", event, "RequestResponse").await, 200);
    }
    assert_eq!(invoke(&server, "g", "3", "Event").await, 202);
    let none = json!({"ReservedConcurrentExecutions": 0});
    let path = "PUT /2017-10-31/functions/g/concurrency";
    let labels = |function: &str, more: &str| {
        format!("{{account=\"000000000000\",region=\"us-east-1\",function=\"{function}\"{more}}}")
    };
    let ran = format!("warren_invocations_total{}", labels("g", ",result=\"ok\""));
    let mut text = String::new();
    for _ in 0..1000 {
        text = get(&server, "/_warren/metrics").await.text;
        if text.contains(&ran) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(value(&text, &ran), 1.0);
    assert_eq!(server.lambda(path, &none).await.status, 200);
    assert_eq!(invoke(&server, "g", "4", "RequestResponse").await, 429);
    text = get(&server, "/_warren/metrics").await.text;
    for (metric, function, more, expected) in [
        ("warren_invocations_total", "f", ",result=\"ok\"", 2.0),
        ("warren_invocations_total", "f", ",result=\"error\"", 1.0),
        ("warren_invocations_total", "g", ",result=\"throttled\"", 1.0),
        ("warren_invocation_duration_seconds_count", "f", "", 3.0),
        ("warren_invocation_duration_seconds_sum", "f", "", 0.003),
        ("warren_invocation_duration_seconds_bucket", "f", ",le=\"0.001\"", 3.0),
        ("warren_invocation_duration_seconds_bucket", "f", ",le=\"+Inf\"", 3.0),
        ("warren_cold_starts_total", "f", "", 1.0),
        ("warren_events_received_total", "g", "", 1.0),
    ] {
        let found = value(&text, &format!("{metric}{}", labels(function, more)));
        assert!((found - expected).abs() < 1e-9, "{metric} of {function}: {found}");
    }
    assert_eq!(value(&text, "warren_environments{state=\"idle\"}"), 2.0);
    assert_eq!(value(&text, "warren_queued_events"), 0.0);
    assert_eq!(value(&text, "warren_store_writable"), 1.0);
    assert_eq!(value(&text, "warren_uncounted_total"), 0.0);
    assert!(value(&text, "warren_free_addresses") == 0.0, "no VPC was asked for");
    // Each line is one that the format knows.
    for line in text.lines() {
        let is_comment = line.starts_with("# HELP warren_") || line.starts_with("# TYPE warren_");
        let is_value = line.rsplit_once(' ').is_some_and(|(_, value)| value.parse::<f64>().is_ok());
        assert!(is_comment || is_value || line.contains(" process_"), "{line}");
    }
    server.ec2("Action=DescribeVpcs").await;
    let text = get(&server, "/_warren/metrics").await.text;
    assert!(value(&text, "warren_free_addresses") > 4000.0, "{text}");
    assert!(text.contains(
        "warren_subnet_free_addresses{account=\"000000000000\",region=\"us-east-1\",vpc=\"vpc-"
    ));
}

#[tokio::test]
async fn health_tells_what_does_not_work() {
    let faults = Faults::default();
    let setup = Setup { faults: faults.clone(), ..Setup::default() };
    let server = Server::start_with(setup);
    let health = async || {
        let answered = get(&server, "/_warren/health").await;
        (answered.status, serde_json::from_str::<Value>(&answered.text).expect("JSON"))
    };
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(health().await, (200, json!({"status": "ok", "version": version, "degraded": []})));
    faults.set(Fault::Full);
    // A change is what finds out.
    assert_eq!(server.ec2("Action=CreateVpc&CidrBlock=10.0.0.0/16").await.status, 503);
    let (status, told) = health().await;
    let what = &told["degraded"][0]["what"];
    assert_eq!((status, &told["status"], what), (200, &json!("degraded"), &json!("store")));
    faults.set(Fault::None);
    while health().await.1["status"] == "degraded" {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    server.endpoint.driver.drain().await;
    let (status, told) = health().await;
    assert_eq!((status, &told["status"]), (503, &json!("stopping")));
}

#[tokio::test]
async fn a_plan_that_is_not_in_force_is_told() {
    let server = Server::start();
    let vpc = server.ec2_element("Action=CreateVpc&CidrBlock=10.0.0.0/16", "vpcId").await;
    let metrics = server.endpoint.driver.metrics();
    metrics.plan_failed(vpc.parse().expect("an id"), "rules are refused".into());
    let told = get(&server, "/_warren/health").await.text;
    assert!(told.contains(&format!("\"what\":\"{vpc}\"")), "{told}");
    let text = get(&server, "/_warren/metrics").await.text;
    assert_eq!(value(&text, "warren_failed_plans"), 1.0);
    metrics.plan_in_force(vpc.parse().expect("an id"));
    let told = get(&server, "/_warren/health").await.text;
    assert!(told.contains("\"status\":\"ok\""), "{told}");
}

#[tokio::test]
async fn tools_that_wait_for_localstack_find_each_service() {
    let server = Server::start();
    let answered = get(&server, "/_localstack/health").await;
    let told: Value = serde_json::from_str(&answered.text).expect("JSON");
    assert_eq!(answered.status, 200);
    for service in ["lambda", "ec2", "iam", "sts", "logs"] {
        assert_eq!(told["services"][service], "running", "{service}");
    }
}
