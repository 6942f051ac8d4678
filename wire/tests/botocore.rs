//! Requests as botocore spells and signs them are read as what they were, for every operation.
//!
//! The requests are recorded in `botocore/requests.jsonl`. `UPDATE=1` records them anew, with botocore 1.44.5
//! installed for `python3`, and then also checks that botocore reads every rendered response as its output.

mod common;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use common::Random;
use common::sample::sample;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};
use wire::sigv4::{Paths, Presented};
use wire::{Operation, Request, SERVICES};

const PER_OPERATION: u64 = 3;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/botocore").join(name)
}

fn operations() -> impl Iterator<Item = &'static Operation> {
    // What S3's requests and answers hold is mostly no value; the client itself is asked, end to end.
    let spelled = SERVICES.into_iter().filter(|it| it.protocol != wire::Protocol::RestXml);
    spelled.flat_map(|service| service.operations)
}

fn input(operation: &Operation, seed: u64) -> Value {
    let mut random = Random::new(seed);
    operation.input.map_or(json!({}), |shape| sample(shape, &mut random, 5))
}

/// What is asked of botocore for one sample: to spell the input, and to read the rendered output.
fn question(operation: &Operation, seed: u64) -> Value {
    let mut random = Random::new(seed + 1_000);
    let mut output = operation.output.map_or(json!({}), |shape| sample(shape, &mut random, 7));
    if matches!(operation.name, "Invoke" | "DeleteFunction") {
        output["StatusCode"] = json!(200);
    }
    let response = if operation.name == "Invoke" {
        // A header cannot carry every text.
        output["FunctionError"] = json!("Unhandled");
        wire::render_with_payload(operation, &output, "payload".into(), "request-1")
    } else {
        wire::render(operation, &output, "request-1")
    };
    let headers: serde_json::Map<String, Value> = response
        .headers()
        .iter()
        .map(|(k, v)| (k.to_string(), String::from_utf8_lossy(v.as_bytes()).into()))
        .collect();
    if operation.name == "Invoke" {
        output["Payload"] = json!("cGF5bG9hZA==");
    }
    json!({
        "service": operation.service.name,
        "operation": operation.name,
        "input": input(operation, seed),
        "output": output,
        "response": {
            "status": response.status().as_u16(),
            "headers": headers,
            "body": String::from_utf8_lossy(response.body()),
        },
    })
}

/// Records botocore's requests.
fn record() {
    let mut questions = String::new();
    for operation in operations() {
        for seed in 0..PER_OPERATION {
            questions.push_str(&question(operation, seed).to_string());
            questions.push('\n');
        }
    }
    let mut python = Command::new("python3")
        .arg(file("check.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 starts");
    let mut stdin = python.stdin.take().expect("a pipe");
    let writer = std::thread::spawn(move || stdin.write_all(questions.as_bytes()));
    let output = python.wait_with_output().expect("python3 ends");
    assert!(output.status.success(), "botocore 1.44.5 is needed by python3");
    writer.join().expect("no panic").expect("python3 reads");
    let answers = String::from_utf8(output.stdout).expect("UTF-8");
    let mut lines = answers.lines();
    let mut recorded = String::new();
    for operation in operations() {
        for seed in 0..PER_OPERATION {
            let answer: Value =
                serde_json::from_str(lines.next().expect("an answer")).expect("JSON");
            assert!(answer["differing"].is_null(), "{} {}", operation.name, answer["differing"]);
            let service = operation.service.name;
            let line = json!({
                "service": service, "operation": operation.name, "seed": seed,
                "request": answer["request"],
            });
            recorded.push_str(&format!("{line}\n"));
        }
    }
    fs::write(file("requests.jsonl"), recorded).expect("write requests");
}

#[test]
fn reads_every_operation_as_botocore_spells_it() {
    if std::env::var_os("UPDATE").is_some() {
        record();
    }
    let recorded = fs::read_to_string(file("requests.jsonl")).expect("recorded requests");
    let wanted = operations().count() * PER_OPERATION as usize;
    let hint = "hint: with botocore 1.44.5, UPDATE=1 cargo test -p wire --test botocore";
    assert_eq!(recorded.lines().count(), wanted, "{hint}");
    for line in recorded.lines() {
        let case: Value = serde_json::from_str(line).expect("JSON");
        let sent = &case["request"];
        let text = |key: &str| sent[key].as_str().expect("text");
        let mut headers = HeaderMap::new();
        for (name, value) in sent["headers"].as_object().expect("headers") {
            let name = HeaderName::from_bytes(name.as_bytes()).expect("a header's name");
            let value = value.as_str().expect("text").as_bytes();
            headers.insert(name, HeaderValue::from_bytes(value).expect("a header's value"));
        }
        headers.insert("host", HeaderValue::from_static("localhost"));
        let request = Request {
            method: text("method"),
            path: text("path"),
            query: text("query"),
            headers: &headers,
            body: text("body").as_bytes(),
        };
        let presented = Presented::read(&request).expect("a signature");
        let verdict = presented.verify(&request, "secret", Paths::Normalized, presented.signed_at);
        assert_eq!(verdict, Ok(()), "{line}");
        let operation = wire::recognise(&request).unwrap_or_else(|e| panic!("{line}: {e}"));
        assert_eq!(operation.service.name, case["service"]);
        assert_eq!(presented.credential.service, operation.service.signing);
        assert_eq!(operation.name, case["operation"]);
        let read = wire::parse(operation, &request).unwrap_or_else(|e| panic!("{line}: {e}"));
        assert_eq!(read, input(operation, case["seed"].as_u64().expect("a seed")), "{line}");
    }
}
