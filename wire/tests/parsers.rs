//! Parsers take any input: they never panic, and agree with the model's patterns.

mod common;

use std::fs;
use std::path::Path;

use common::Random;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use wire::arn::{Arn, FunctionReference};
use wire::sigv4::{Credential, Presented};
use wire::{Invoke, Kind, Pattern, Request, SERVICES, Shape, lambda};

/// A request that can be damaged.
#[derive(Clone, Debug)]
struct Parts {
    method: String,
    path: String,
    query: String,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
}

impl Parts {
    /// Everything that a server does with a request.
    fn serve(&self) {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            let name = HeaderName::from_bytes(name.as_bytes());
            if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(value)) {
                headers.append(name, value);
            }
        }
        let request = Request {
            method: &self.method,
            path: &self.path,
            query: &self.query,
            headers: &headers,
            body: &self.body,
        };
        let invoke = Invoke::recognise(&request);
        let answer =
            wire::recognise(&request).and_then(|operation| wire::parse(operation, &request));
        if let Some(Err(error)) = &invoke {
            error.render("request-1");
        }
        if let Err(error) = answer {
            let response = error.render("request-1");
            // 501 is what S3 answers to what it does not know.
            let status = response.status();
            assert!(status.is_client_error() || status == 501, "{self:?}: {error}");
            assert!(!response.body().is_empty());
        }
        if let Ok(presented) = Presented::read(&request) {
            let now = presented.signed_at;
            let paths = wire::sigv4::Paths::Normalized;
            assert!(presented.verify(&request, "a secret", paths, now).is_err());
        }
    }
}

fn recorded() -> Vec<Parts> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/botocore/requests.jsonl");
    let text = fs::read_to_string(file).expect("recorded requests");
    let parts = text.lines().map(|line| {
        let case: Value = serde_json::from_str(line).expect("JSON");
        let sent = &case["request"];
        let text = |key: &str| sent[key].as_str().expect("text").to_owned();
        let mut headers: Vec<(String, Vec<u8>)> = sent["headers"]
            .as_object()
            .expect("headers")
            .iter()
            .map(|(k, v)| (k.clone(), v.as_str().expect("text").as_bytes().to_vec()))
            .collect();
        headers.push(("host".to_owned(), b"localhost".to_vec()));
        let body = text("body").into_bytes();
        Parts { method: text("method"), path: text("path"), query: text("query"), headers, body }
    });
    parts.collect()
}

/// Damages some bytes, mostly with those that mean something to a parser.
fn damage(random: &mut Random, bytes: &mut Vec<u8>) {
    const SPECIAL: &[u8] = b"&=.%+/?#:;,\"{}[]<>0919-\0\n\xff $@*eEn\\";
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        let byte = SPECIAL[random.below(SPECIAL.len())];
        match random.below(5) {
            0 => bytes.insert(at, byte),
            1 if at < bytes.len() => drop(bytes.remove(at)),
            2 if at < bytes.len() => bytes[at] = byte,
            3 => bytes.truncate(at),
            _ => {
                let end = (at + random.below(20)).min(bytes.len());
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
        }
    }
}

fn damage_text(random: &mut Random, text: &mut String) {
    let mut bytes = std::mem::take(text).into_bytes();
    damage(random, &mut bytes);
    *text = String::from_utf8_lossy(&bytes).into_owned();
}

#[test]
fn damaged_requests_are_answered() {
    let requests = recorded();
    for seed in 0..20_000 {
        let mut random = Random::new(seed);
        let mut parts = requests[random.below(requests.len())].clone();
        for _ in 0..=random.below(2) {
            match random.below(8) {
                0 => damage_text(&mut random, &mut parts.path),
                1 => damage_text(&mut random, &mut parts.query),
                2 => {
                    let at = random.below(parts.headers.len());
                    damage(&mut random, &mut parts.headers[at].1);
                }
                3 => drop(parts.headers.remove(random.below(parts.headers.len()))),
                4 => parts.method = random.pick(&["GET", "POST", "PUT", "DELETE", ""]).to_owned(),
                _ => damage(&mut random, &mut parts.body),
            }
            if parts.headers.is_empty() {
                break;
            }
        }
        parts.serve();
    }
}

#[test]
fn noise_is_answered() {
    for seed in 0..5_000 {
        let mut random = Random::new(seed);
        let body = random.bytes(200);
        let service = random.pick(&["lambda", "ec2", "iam", "sts", "logs", "s3", "", "é"]);
        let scope = format!("AWS4-HMAC-SHA256 Credential=A/20250101/r/{service}/aws4_request");
        let mut path = format!("/2015-03-31/functions/{}", random.word());
        damage_text(&mut random, &mut path);
        Parts {
            method: "POST".to_owned(),
            path,
            query: String::from_utf8_lossy(&random.bytes(60)).into_owned(),
            headers: vec![("authorization".to_owned(), scope.into_bytes())],
            body,
        }
        .serve();
    }
}

/// Bodies made to exhaust: deep, wide and with huge indexes.
#[test]
fn hostile_bodies_are_answered() {
    let requests = recorded();
    let form =
        requests.iter().find(|p| p.body.starts_with(b"Action=DescribeVpcs&")).expect("a form");
    let json = requests.iter().find(|p| p.path.ends_with("/2015-03-31/functions")).expect("JSON");
    let envelope = "Action=DescribeVpcs&Version=2016-11-15";
    for body in [
        format!("{envelope}&Filter{}=1", ".1".repeat(100_000)),
        format!("{envelope}&Filter.{}.Name=a", "9".repeat(50)),
        format!("{envelope}&Filter.4294967296.Name=a"),
        format!("{envelope}{}", "&VpcId.1=a".repeat(100_000)),
        format!("{envelope}&.=a&..=b&=c&Filter.=d&Filter..1=e"),
    ] {
        Parts { body: body.into_bytes(), ..form.clone() }.serve();
    }
    for body in
        ["[".repeat(100_000), format!("{}1{}", "{\"Environment\":".repeat(200), "}".repeat(200))]
    {
        Parts { body: body.into_bytes(), ..json.clone() }.serve();
    }
}

fn patterns(
    shape: &'static Shape,
    depth: usize,
    out: &mut Vec<(&'static Shape, &'static Pattern)>,
) {
    if depth == 0 {
        return;
    }
    match &shape.kind {
        Kind::Structure { members, .. } => {
            members.iter().for_each(|m| patterns(m.shape, depth - 1, out));
        }
        Kind::List { item, .. } => patterns(item, depth - 1, out),
        Kind::Map { key, value, .. } => {
            patterns(key, depth - 1, out);
            patterns(value, depth - 1, out);
        }
        Kind::String { pattern: Some(pattern), .. } => out.push((shape, pattern)),
        _ => {}
    }
}

fn all_patterns() -> Vec<(&'static Shape, &'static Pattern)> {
    let mut all = Vec::new();
    for operation in SERVICES.into_iter().flat_map(|s| s.operations) {
        operation.input.into_iter().for_each(|shape| patterns(shape, 12, &mut all));
    }
    all.sort_by_key(|(shape, _)| shape.name);
    all.dedup_by_key(|(shape, _)| shape.name);
    all
}

#[test]
fn every_pattern_compiles_and_matches_whole_texts() {
    let all = all_patterns();
    assert!(all.len() > 40, "{}", all.len());
    for (_, pattern) in &all {
        pattern.matches("any text");
    }
    let of = |name: &str| all.iter().find(|(s, _)| s.name == name).expect("a pattern").1;
    assert!(of("SubnetId").matches("subnet-0a") && !of("SubnetId").matches("a subnet-0a"));
    assert!(!of("SubnetId").matches("subnet-0a\n"));
    assert!(of("S3Bucket").matches("a.b-c") && !of("S3Bucket").matches("a."));
    assert!(of("policyDocumentType").matches("{\"é\": 1}\r\n"));
    assert!(!of("policyDocumentType").matches("\u{7f}\u{4e2d}\0"));
    assert!(of("TagKey").matches("Größe 中: a@b") && !of("TagKey").matches("a#b"));
}

#[test]
fn function_references_agree_with_the_models_pattern() {
    let pattern = all_patterns()
        .into_iter()
        .find(|(shape, _)| shape.name == "NamespacedFunctionName")
        .expect("the pattern")
        .1;
    let fragments = [
        "arn:",
        "aws",
        "aws-cn:",
        ":lambda:",
        "lambda:",
        "us-east-1:",
        "us-gov-west-1:",
        "us-isob-east-1:",
        "eusc-de-east-1:",
        "us-iso-east-1",
        "123456789012:",
        "123456789012",
        "function:",
        "function",
        "f",
        ":",
        "$LATEST",
        ":$LATEST.PUBLISHED",
        "a.b",
        "-",
        "_",
        "é",
        " ",
        "1",
        "US-east-1:",
        ":live",
    ];
    let mut accepted = 0;
    for seed in 0..200_000 {
        let mut random = Random::new(seed);
        let text: String = (0..random.below(8)).map(|_| random.pick(&fragments)).collect();
        let parsed = FunctionReference::parse(&text);
        assert_eq!(parsed.is_some(), pattern.matches(&text), "{text}");
        accepted += usize::from(parsed.is_some());
    }
    assert!(accepted > 10_000, "{accepted}");
}

#[test]
fn the_fast_path_of_invoke_agrees_with_the_general_one() {
    let operation = lambda::SERVICE.operation("Invoke").expect("Invoke");
    let names = [
        "f",
        "f:1",
        "f:$LATEST",
        "f%3A2",
        "arn:aws:lambda:us-east-1:123456789012:function:f",
        "a b",
        "%FF",
        "",
        "f:a:b",
    ];
    let qualifiers = [
        "",
        "Qualifier=1",
        "Qualifier=%24LATEST",
        "Qualifier=a.b",
        "Qualifier=",
        "Other=1",
        "Qualifier=$LATEST.PUBLISHED",
        "Qualifier=$",
    ];
    let long = "x".repeat(300);
    for name in names.into_iter().chain([long.as_str(), &long[..256], &long[..257]]) {
        for qualifier in qualifiers {
            for (header, values) in [
                ("x-amz-invocation-type", ["Event", "DryRun", "event", "RequestResponse"]),
                ("x-amz-log-type", ["None", "Tail", "tail", " "]),
            ] {
                for value in values {
                    let mut headers = HeaderMap::new();
                    headers.insert(header, HeaderValue::from_static(value));
                    let path = format!("/2015-03-31/functions/{name}/invocations");
                    let request = Request {
                        method: "POST",
                        path: &path,
                        query: qualifier,
                        headers: &headers,
                        body: b"",
                    };
                    let general = wire::recognise(&request);
                    assert_eq!(general.is_ok(), !name.is_empty());
                    let fast = Invoke::recognise(&request);
                    assert_eq!(fast.is_some(), general.is_ok(), "{path}");
                    let Some(fast) = fast else { continue };
                    match (fast, wire::parse(operation, &request)) {
                        (Ok(invoke), Ok(input)) => {
                            assert_eq!(input["FunctionName"], invoke.function.as_ref());
                            let qualifier = input.get("Qualifier").and_then(Value::as_str);
                            assert_eq!(qualifier, invoke.qualifier.as_deref());
                        }
                        (Err(fast), Err(general)) => assert_eq!(fast.message, general.message),
                        (fast, general) => {
                            panic!("{path} {qualifier} {value:?}: {fast:?} {general:?}")
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn arns_and_credentials_round_trip_or_are_refused() {
    for seed in 0..50_000 {
        let mut random = Random::new(seed);
        let mut text = "arn:aws:iam::123456789012:role/r".to_owned();
        damage_text(&mut random, &mut text);
        if let Some(arn) = Arn::parse(&text) {
            assert_eq!(arn.to_string(), text);
        }
        let mut text = "AKID/20150830/us-east-1/lambda/aws4_request".to_owned();
        damage_text(&mut random, &mut text);
        if let Some(credential) = Credential::parse(&text) {
            assert_eq!(format!("{}/{}", credential.access_key, credential.scope()), text);
        }
    }
}
