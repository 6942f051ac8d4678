//! Whatever no handler reads is refused by name, in every operation; and the page says what is read.

mod common;

use std::fs;
use std::path::Path;

use common::Random;
use common::sample::sample;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Map, Value, json};
use wire::supported::{self, check};
use wire::{
    Invoke, Kind, Location, Member, Operation, Protocol, Request, SERVICES, Shape, Support, ec2,
    lambda, logs,
};

fn operations() -> impl Iterator<Item = &'static Operation> {
    SERVICES.into_iter().flat_map(|service| service.operations)
}

/// A value of a shape that asks for something.
fn asking(shape: &Shape, random: &mut Random) -> Value {
    match (&shape.kind, sample(shape, random, 5)) {
        (Kind::Boolean, _) => Value::Bool(true),
        (_, Value::Array(items)) if items.is_empty() => unreachable!("samples have items"),
        (Kind::Structure { members, .. }, _) => {
            let first = members.first().expect("a structure in an input has members");
            let inner = members.iter().find(|m| m.required).unwrap_or(first);
            json!({inner.name: asking(inner.shape, random)})
        }
        (_, Value::String(text)) if text.is_empty() => json!("x"),
        (_, value) => value,
    }
}

/// One input for each member that is refused, with its path: the member alone, within what holds it.
fn unread(
    shape: &'static Shape,
    random: &mut Random,
    seen: &mut Vec<&'static str>,
) -> Vec<(String, Value)> {
    match &shape.kind {
        Kind::Structure { members, .. } if !seen.contains(&shape.name) => {
            seen.push(shape.name);
            let found =
                members.iter().flat_map(|member| unread_member(member, random, seen)).collect();
            seen.pop();
            found
        }
        Kind::List { item, .. } => {
            let within = unread(item, random, seen).into_iter();
            within.map(|(path, value)| (path, json!([{}, value]))).collect()
        }
        Kind::Map { value, .. } => {
            let within = unread(value, random, seen).into_iter();
            within.map(|(path, value)| (path, json!({"key": value}))).collect()
        }
        _ => Vec::new(),
    }
}

fn unread_member(
    member: &'static Member,
    random: &mut Random,
    seen: &mut Vec<&'static str>,
) -> Vec<(String, Value)> {
    match member.support {
        Support::Refused => {
            vec![(member.name.to_owned(), json!({member.name: asking(member.shape, random)}))]
        }
        Support::Only(values) => {
            let value = match member.shape.kind {
                // The other of the two is what happens anyway.
                Kind::Boolean => json!(!values.contains(&"true")),
                Kind::String { .. } => json!("something else"),
                _ => asking(member.shape, random),
            };
            vec![(member.name.to_owned(), json!({member.name: value}))]
        }
        Support::Read | Support::Within => {
            let within = unread(member.shape, random, seen).into_iter();
            let outer =
                |(path, value)| (format!("{}.{path}", member.name), json!({member.name: value}));
            within.map(outer).collect()
        }
        Support::Ignored(_) => Vec::new(),
    }
}

#[test]
fn every_member_that_is_not_read_is_refused_by_name() {
    let mut random = Random::new(7);
    let mut refused = 0;
    for operation in operations() {
        let Some(shape) = operation.input else { continue };
        for (path, input) in unread(shape, &mut random, &mut Vec::new()) {
            let what = format!("{} of {}", path, operation.name);
            let error = check(operation, &input).expect_err(&what);
            let expected = format!("Warren does not support the parameter {what}");
            assert!(error.message.starts_with(&expected), "{what}: {error}");
            let code = match operation.service.protocol {
                _ if matches!(operation.service.name, "events" | "scheduler") => {
                    "ValidationException"
                }
                _ if operation.service.name == "route53" => "InvalidInput",
                Protocol::Ec2 => "UnsupportedOperation",
                Protocol::Query => "ValidationError",
                Protocol::RestJson => "InvalidParameterValueException",
                Protocol::Json if operation.service.signing == "dynamodb" => "ValidationException",
                Protocol::Json => "InvalidParameterException",
                Protocol::RestXml => "NotImplemented",
            };
            let status = if code == "NotImplemented" { 501 } else { 400 };
            assert_eq!((error.code.as_ref(), error.status), (code, status), "{what}");
            refused += 1;
        }
    }
    assert!(refused > 100, "{refused} members were looked at");
}

#[test]
fn invoke_refuses_by_name_too() {
    let Kind::Structure { members, .. } = &Invoke::operation().input.expect("an input").kind else {
        panic!("an input is a structure")
    };
    let refused = members.iter().filter(|member| member.support == Support::Refused);
    let mut count = 0;
    for member in refused {
        assert_eq!(member.location, Location::Header, "{}", member.name);
        let mut headers = HeaderMap::new();
        let name = HeaderName::from_bytes(member.wire.as_bytes()).expect("a header's name");
        headers.insert(name, HeaderValue::from_static("x"));
        let path = "/2015-03-31/functions/f/invocations";
        let request = Request { method: "POST", path, query: "", headers: &headers, body: b"" };
        let error = Invoke::recognise(&request).expect("Invoke").expect_err(member.name);
        let expected = format!("Warren does not support the parameter {} of Invoke.", member.name);
        assert_eq!(error.message, expected);
        count += 1;
    }
    assert!(count > 0);
}

/// An input with all that is supported and nothing else; what holds itself does so once.
fn readable(shape: &Shape, random: &mut Random, within: &[&Shape]) -> Value {
    let within = &[within, &[shape]].concat();
    match &shape.kind {
        Kind::Structure { members, .. } => {
            let mut object = Map::new();
            for member in *members {
                let value = match member.support {
                    Support::Read | Support::Within
                        if within.iter().any(|it| std::ptr::eq(*it, member.shape)) =>
                    {
                        continue;
                    }
                    Support::Read | Support::Within => readable(member.shape, random, within),
                    Support::Ignored(_) => asking(member.shape, random),
                    Support::Only([text, ..]) => {
                        serde_json::from_str(text).unwrap_or_else(|_| json!(text))
                    }
                    Support::Only([]) | Support::Refused => continue,
                };
                object.insert(member.name.to_owned(), value);
            }
            Value::Object(object)
        }
        Kind::List { item, .. } if within.iter().any(|it| std::ptr::eq(*it, *item)) => json!([]),
        Kind::Map { value, .. } if within.iter().any(|it| std::ptr::eq(*it, *value)) => json!({}),
        Kind::List { item, .. } => json!([readable(item, random, within)]),
        Kind::Map { key, value, .. } => {
            let key = sample(key, random, 1);
            json!({key.as_str().expect("a text"): readable(value, random, within)})
        }
        _ => sample(shape, random, 1),
    }
}

#[test]
fn what_is_supported_is_let_through() {
    let mut random = Random::new(11);
    for operation in operations() {
        let Some(shape) = operation.input else { continue };
        let input = readable(shape, &mut random, &[]);
        check(operation, &input).unwrap_or_else(|e| panic!("{} {input}: {e}", operation.name));
    }
}

#[test]
fn what_asks_for_nothing_is_let_through() {
    let operation = |service: &'static wire::Service, name| service.operation(name).expect(name);
    let create = operation(&lambda::SERVICE, "CreateFunction");
    for good in [
        json!({"VpcConfig": {"SubnetIds": [], "Ipv6AllowedForDualStack": false}}),
        json!({"DeadLetterConfig": {"TargetArn": ""}, "Layers": [], "KMSKeyArn": ""}),
        json!({"SnapStart": {"ApplyOn": "None"}, "PackageType": "Zip", "ImageConfig": {}}),
        json!({"Environment": {"Variables": {"A": ""}}, "LoggingConfig": {"LogFormat": "Text"}}),
    ] {
        check(create, &good).unwrap_or_else(|e| panic!("{good}: {e}"));
    }
    for (service, name, input, message) in [
        (
            &lambda::SERVICE,
            "CreateFunction",
            json!({"ImageConfig": {"Command": ["c"]}}),
            "Warren does not support the parameter ImageConfig of CreateFunction.",
        ),
        (
            &lambda::SERVICE,
            "CreateFunction",
            json!({"PackageType": "Image"}),
            "Warren does not support the parameter PackageType of CreateFunction, except as Zip.",
        ),
        (
            &lambda::SERVICE,
            "UpdateFunctionConfiguration",
            json!({"SnapStart": {"ApplyOn": "PublishedVersions"}}),
            "Warren does not support the parameter SnapStart.ApplyOn of UpdateFunctionConfiguration, except as None.",
        ),
        (
            &ec2::SERVICE,
            "AuthorizeSecurityGroupEgress",
            json!({"IpPermissions": [{"IpProtocol": "-1"}, {"UserIdGroupPairs": [{"PeeringStatus": "active"}]}]}),
            "Warren does not support the parameter IpPermissions.UserIdGroupPairs.PeeringStatus of AuthorizeSecurityGroupEgress.",
        ),
        (
            &ec2::SERVICE,
            "ModifySubnetAttribute",
            json!({"MapPublicIpOnLaunch": {"Value": true}, "CustomerOwnedIpv4Pool": "pool"}),
            "Warren does not support the parameter CustomerOwnedIpv4Pool of ModifySubnetAttribute.",
        ),
        (
            &logs::SERVICE,
            "FilterLogEvents",
            json!({"startFromHead": false}),
            "Warren does not support the parameter startFromHead of FilterLogEvents, except as true.",
        ),
    ] {
        let error = check(operation(service, name), &input).expect_err(message);
        assert_eq!(error.message, message);
    }
}

#[test]
fn the_page_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/supported.md");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, supported::page()).expect("write the page");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == supported::page(), "docs/supported.md is old; hint: cargo xtask codegen");
}
