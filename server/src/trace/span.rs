//! The spans of an invocation, as OTLP spells them in JSON.

use engine::time::Time;
use serde_json::{Value, json};

use crate::trace::{Ran, Traced};

/// OTLP's kinds of spans.
const INTERNAL: u8 = 1;
const SERVER: u8 = 2;

/// The spans of an invocation: its whole, and what it consisted of.
pub(super) fn spans(traced: &Traced) -> Vec<Value> {
    let Traced { course, at, environment, .. } = traced;
    let began = course.began;
    let mut spans = vec![whole(traced)];
    let mut part = |name: &str, under: usize, from: Time, to: Time| {
        let number = spans.len();
        let parent = if under == 0 { traced.span } else { number_of(traced, under) };
        spans.push(json!({
            "traceId": format!("{:032x}", traced.trace),
            "spanId": format!("{:016x}", number_of(traced, number)),
            "parentSpanId": format!("{parent:016x}"),
            "name": name,
            "kind": INTERNAL,
            "startTimeUnixNano": from.0.to_string(),
            "endTimeUnixNano": to.max(from).0.to_string(),
        }));
        number
    };
    let delivered = course.delivered.unwrap_or(*at);
    match environment {
        Some(Ran { created, stages, .. }) if course.started => {
            part("queue", 0, began, *created);
            let start = part("start", 0, *created, delivered);
            if let Some(stages) = stages {
                let network = *created + stages.network;
                let sandbox = network + stages.sandbox;
                part("network", start, *created, network);
                part("sandbox", start, network, sandbox);
                part("init", start, sandbox, sandbox + stages.runtime);
            }
        }
        _ => {
            part("queue", 0, began, delivered);
        }
    }
    if course.delivered.is_some() {
        part("run", 0, delivered, *at);
    }
    spans
}

/// The id of a part, which follows from the whole's.
fn number_of(traced: &Traced, number: usize) -> u64 {
    let mixed = traced.span ^ (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ traced.course.delivered.map_or(0, |delivered| delivered.0)
}

fn whole(traced: &Traced) -> Value {
    let Traced { course, at, outcome, scope, function, environment, .. } = traced;
    let text = |key: &str, value: &str| json!({"key": key, "value": {"stringValue": value}});
    let mut attributes = vec![
        text("faas.name", function),
        text("faas.invocation_id", &course.request.to_string()),
        json!({"key": "faas.coldstart", "value": {"boolValue": course.started}}),
        text("cloud.account.id", &format!("{:012}", scope.account)),
        text("cloud.region", &scope.region),
        text("warren.outcome", outcome),
    ];
    attributes.extend(environment.as_ref().map(|ran| text("faas.instance", &ran.id)));
    let status = match *outcome {
        "ok" => json!({"code": 1}),
        outcome => json!({"code": 2, "message": outcome}),
    };
    let mut span = json!({
        "traceId": format!("{:032x}", traced.trace),
        "spanId": format!("{:016x}", traced.span),
        "name": format!("invocation of {function}"),
        "kind": SERVER,
        "startTimeUnixNano": course.began.0.to_string(),
        "endTimeUnixNano": at.0.to_string(),
        "attributes": attributes,
        "status": status,
    });
    if let Some(parent) = traced.parent {
        span["parentSpanId"] = format!("{parent:016x}").into();
    }
    span
}
