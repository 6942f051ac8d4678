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

/// Asks CloudWatch as clients do now; the answer.
async fn ask(server: &Server, operation: &str, input: &Value) -> (u16, Value) {
    let request = Request::post("/")
        .header("authorization", signed_for("monitoring"))
        .header("x-amz-target", format!("GraniteServiceVersion20100801.{operation}"))
        .header("content-type", "application/x-amz-json-1.0")
        .body(input.to_string());
    let answered = server.ask(request.expect("a request")).await;
    // What has nothing to say is answered with nothing.
    let told = if answered.text.is_empty() { "{}" } else { &*answered.text };
    (answered.status, serde_json::from_str(told).expect("JSON"))
}

/// Seconds of the Unix epoch.
fn seconds() -> u64 {
    crate::driver::now().0 / 1_000_000_000
}

#[tokio::test]
async fn cloudwatch_tells_what_was_measured() {
    let server = Server::start();
    let before = seconds() / 60 * 60;
    server.create_function(&function("f")).await;
    server.create_function(&function("g")).await;
    for event in ["1", "2", "3", FAIL] {
        assert_eq!(invoke(&server, "f", event, "RequestResponse").await, 200);
    }
    assert_eq!(invoke(&server, "g", "5", "RequestResponse").await, 200);
    let (status, listed) = ask(&server, "ListMetrics", &json!({"Namespace": "AWS/Lambda"})).await;
    assert_eq!(status, 200, "{listed}");
    let metrics = listed["Metrics"].as_array().expect("metrics");
    for dimensions in [json!([]), json!([{"Name": "FunctionName", "Value": "f"}])] {
        for name in ["Duration", "Errors", "Invocations"] {
            let metric =
                json!({"Namespace": "AWS/Lambda", "MetricName": name, "Dimensions": dimensions});
            assert!(metrics.contains(&metric), "{metric} in {listed}");
        }
    }
    let filter = json!({"MetricName": "Errors", "Dimensions": [{"Name": "FunctionName"}]});
    let (_, listed) = ask(&server, "ListMetrics", &filter).await;
    assert_eq!(listed["Metrics"].as_array().expect("metrics").len(), 2, "{listed}");
    let span = (before, seconds() + 1);
    let statistics = |name: &str, statistics: Value, dimensions: Value| {
        json!({"Namespace": "AWS/Lambda", "MetricName": name, "Dimensions": dimensions, "StartTime": span.0,
            "EndTime": span.1, "Period": 3600, "Statistics": statistics})
    };
    let of_f = json!([{"Name": "FunctionName", "Value": "f"}]);
    let all = json!(["Sum", "SampleCount", "Average", "Minimum", "Maximum"]);
    for (name, dimensions, expected) in [
        ("Invocations", of_f.clone(), [4.0, 4.0, 1.0, 1.0, 1.0]),
        ("Errors", of_f.clone(), [1.0, 4.0, 0.25, 0.0, 1.0]),
        ("Throttles", of_f.clone(), [0.0, 4.0, 0.0, 0.0, 0.0]),
        ("Duration", of_f.clone(), [4.0, 4.0, 1.0, 1.0, 1.0]),
        ("Invocations", json!([]), [5.0, 5.0, 1.0, 1.0, 1.0]),
    ] {
        let (status, told) =
            ask(&server, "GetMetricStatistics", &statistics(name, all.clone(), dimensions)).await;
        assert_eq!((status, &told["Label"]), (200, &json!(name)), "{told}");
        let points = told["Datapoints"].as_array().expect("datapoints");
        assert_eq!((points.len(), &points[0]["Timestamp"]), (1, &json!(before)), "{told}");
        let unit = if name == "Duration" { "Milliseconds" } else { "Count" };
        assert_eq!(points[0]["Unit"], unit, "{told}");
        for (statistic, value) in all.as_array().expect("names").iter().zip(expected) {
            let found = points[0][statistic.as_str().expect("a name")].as_f64().expect("a number");
            assert!((found - value).abs() < 1e-9, "{name} {statistic}: {told}");
        }
    }
    let nothing = json!([{"Name": "FunctionName", "Value": "h"}]);
    let (_, told) = ask(&server, "GetMetricStatistics", &statistics("Errors", all, nothing)).await;
    assert_eq!(told["Datapoints"], json!([]));
    let query = |id: &str, name: &str, stat: &str| {
        let metric = json!({"Namespace": "AWS/Lambda", "MetricName": name, "Dimensions": of_f});
        json!({"Id": id, "MetricStat": {"Metric": metric, "Period": 60, "Stat": stat}})
    };
    let queries = json!([query("a", "Invocations", "Sum"), query("b", "Duration", "p99")]);
    let data = json!({"MetricDataQueries": queries, "StartTime": span.0, "EndTime": span.1});
    let (status, told) = ask(&server, "GetMetricData", &data).await;
    assert_eq!(status, 200, "{told}");
    let sum = |result: &Value| -> f64 {
        result["Values"].as_array().expect("values").iter().filter_map(Value::as_f64).sum()
    };
    let results = told["MetricDataResults"].as_array().expect("results");
    assert_eq!((&results[0]["Id"], &results[0]["StatusCode"]), (&json!("a"), &json!("Complete")));
    assert_eq!(sum(&results[0]), 4.0, "{told}");
    assert!(results[1]["Values"][0].as_f64().is_some_and(|it| (it - 1.0).abs() < 0.01), "{told}");
}

#[tokio::test]
async fn cloudwatch_refuses_what_it_cannot_tell() {
    let server = Server::start();
    let good = json!({"Namespace": "AWS/Lambda", "MetricName": "Errors", "StartTime": 0, "EndTime": 3600,
        "Period": 60, "Statistics": ["Sum"]});
    let with = |name: &str, value: Value| {
        let mut input = good.clone();
        input[name] = value;
        input
    };
    for (input, code) in [
        (with("Period", json!(59)), "InvalidParameterValue"),
        (with("Period", json!(0)), "ValidationError"),
        (with("StartTime", json!(3600)), "InvalidParameterValue"),
        (with("EndTime", json!(864_000)), "InvalidParameterCombination"),
        (with("Statistics", json!([])), "ValidationError"),
        (with("Statistics", json!(["Middle"])), "ValidationError"),
        (with("ExtendedStatistics", json!(["p99"])), "InvalidParameterCombination"),
    ] {
        let (status, told) = ask(&server, "GetMetricStatistics", &input).await;
        assert_eq!((status, &told["__type"]), (400, &json!(code)), "{input}: {told}");
    }
    let expression = json!({"StartTime": 0, "EndTime": 3600, "MetricDataQueries": [{"Id": "a", "Expression": "1"}]});
    let (status, told) = ask(&server, "GetMetricData", &expression).await;
    assert_eq!(status, 400);
    assert!(told["message"].as_str().is_some_and(|it| it.contains("Expression")), "{told}");
    let (_, told) = ask(&server, "PutMetricAlarm", &json!({})).await;
    assert_eq!(told["__type"], "UnknownOperationException", "{told}");
    // Older clients send forms and read XML.
    let form = |body: &str| {
        let request = Request::post("/").header("authorization", signed_for("monitoring"));
        request.body(format!("Version=2010-08-01&{body}")).expect("a request")
    };
    let answered = server.ask(form("Action=ListMetrics")).await;
    assert_eq!(answered.status, 200);
    assert!(answered.text.contains("<ListMetricsResult><Metrics/>"), "{}", answered.text);
    let query = "Action=GetMetricStatistics&Namespace=AWS/Lambda&MetricName=Errors&Period=61&Statistics.member.1=Sum\
        &StartTime=1970-01-01T00:00:00Z&EndTime=1970-01-01T01:00:00Z";
    let answered = server.ask(form(query)).await;
    assert_eq!(answered.status, 400);
    assert!(answered.text.contains("<Code>InvalidParameterValue</Code>"), "{}", answered.text);
}

#[tokio::test]
async fn cloudwatch_keeps_what_is_put() {
    let server = Server::start();
    let now = seconds();
    let of_shop = json!([{"Name": "Shop", "Value": "1"}, {"Name": "City", "Value": "Bonn"}]);
    let turned = json!([{"Name": "City", "Value": "Bonn"}, {"Name": "Shop", "Value": "1"}]);
    let put = |data: Value| json!({"Namespace": "Own", "MetricData": data});
    let data = json!([
        {"MetricName": "Orders", "Dimensions": of_shop, "Value": 3, "Unit": "Count", "Timestamp": now},
        {"MetricName": "Orders", "Dimensions": turned, "Values": [1, 5], "Counts": [2, 1], "Unit": "Count",
            "Timestamp": now},
        {"MetricName": "Orders", "Value": 7, "Timestamp": now - 3600, "StorageResolution": 60},
        {"MetricName": "Waits", "StatisticValues":
            {"SampleCount": 4, "Sum": 10, "Minimum": 1, "Maximum": 4}, "Timestamp": now},
    ]);
    let (status, told) = ask(&server, "PutMetricData", &put(data)).await;
    assert_eq!(status, 200, "{told}");
    let span = (now / 3600 * 3600 - 3600, now + 60);
    let statistics = |name: &str, dimensions: &Value| {
        json!({"Namespace": "Own", "MetricName": name, "Dimensions": dimensions, "StartTime": span.0,
            "EndTime": span.1, "Period": 7200,
            "Statistics": ["Sum", "SampleCount", "Average", "Minimum", "Maximum"]})
    };
    for (name, dimensions, unit, expected) in [
        ("Orders", &of_shop, "Count", [10.0, 4.0, 2.5, 1.0, 5.0]),
        ("Orders", &json!([]), "None", [7.0, 1.0, 7.0, 7.0, 7.0]),
        ("Waits", &json!([]), "None", [10.0, 4.0, 2.5, 1.0, 4.0]),
    ] {
        let (status, told) =
            ask(&server, "GetMetricStatistics", &statistics(name, dimensions)).await;
        assert_eq!(status, 200, "{told}");
        let points = told["Datapoints"].as_array().expect("datapoints");
        assert_eq!((points.len(), &points[0]["Unit"]), (1, &json!(unit)), "{name}: {told}");
        let names = ["Sum", "SampleCount", "Average", "Minimum", "Maximum"];
        assert_eq!(names.map(|it| points[0][it].as_f64()), expected.map(Some), "{name}: {told}");
    }
    let metric = json!({"Namespace": "Own", "MetricName": "Orders", "Dimensions": turned});
    let query = json!([{"Id": "o", "MetricStat": {"Metric": metric, "Period": 60, "Stat": "Sum"}}]);
    let data = json!({"MetricDataQueries": query, "StartTime": span.0, "EndTime": span.1});
    let (_, told) = ask(&server, "GetMetricData", &data).await;
    assert_eq!(told["MetricDataResults"][0]["Values"], json!([10.0]), "{told}");
    let listed = async |filter: Value| {
        let (status, listed) = ask(&server, "ListMetrics", &filter).await;
        assert_eq!(status, 200, "{listed}");
        listed["Metrics"].as_array().expect("metrics").clone()
    };
    assert_eq!(listed(json!({"Namespace": "Own"})).await.len(), 3);
    assert_eq!(listed(json!({"Namespace": "Own", "MetricName": "Waits"})).await.len(), 1);
    let found = listed(json!({"Dimensions": [{"Name": "Shop"}]})).await;
    assert_eq!(found, [json!({"Namespace": "Own", "MetricName": "Orders", "Dimensions": turned})]);
    assert_eq!(listed(json!({"Dimensions": [{"Name": "Shop", "Value": "2"}]})).await.len(), 0);
}

#[tokio::test]
async fn what_cannot_be_put_is_refused_and_nothing_of_it_is_kept() {
    let server = Server::start();
    let now = seconds();
    let good = json!({"MetricName": "m", "Value": 1});
    let with = |members: Value| {
        let mut datum = good.clone();
        let members = members.as_object().expect("members").clone();
        datum.as_object_mut().expect("members").extend(members);
        datum
    };
    let (invalid, combined) = ("InvalidParameterValue", "InvalidParameterCombination");
    let many: Vec<u32> = (0..151).collect();
    for (datum, code) in [
        (with(json!({"Value": 1e300})), invalid),
        (with(json!({"Timestamp": now - 15 * 86400})), invalid),
        (with(json!({"Timestamp": now + 3 * 3600})), invalid),
        (with(json!({"StorageResolution": 1})), invalid),
        (with(json!({"Values": [1]})), combined),
        (json!({"MetricName": "m", "Values": [1, 2], "Counts": [1]}), invalid),
        (json!({"MetricName": "m", "Values": many}), invalid),
        (json!({"MetricName": "m", "Values": [1], "Counts": [0]}), invalid),
        (json!({"MetricName": "m"}), "MissingParameter"),
        (with(json!({"Unit": "Apples"})), "ValidationError"),
    ] {
        let input = json!({"Namespace": "Own", "MetricData": [good, datum]});
        let (status, told) = ask(&server, "PutMetricData", &input).await;
        assert_eq!((status, &told["__type"]), (400, &json!(code)), "{input}: {told}");
    }
    for namespace in ["AWS/Lambda", "AWS/"] {
        let input = json!({"Namespace": namespace, "MetricData": [good]});
        let (status, told) = ask(&server, "PutMetricData", &input).await;
        assert_eq!((status, &told["__type"]), (400, &json!(invalid)), "{told}");
    }
    let (_, listed) = ask(&server, "ListMetrics", &json!({})).await;
    assert_eq!(listed["Metrics"], json!([]));
}
