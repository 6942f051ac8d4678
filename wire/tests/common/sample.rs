//! Sample values of the model's shapes, which satisfy their constraints.

use serde_json::{Map, Value};
use wire::{Bounds, Kind, Shape};

use super::Random;

/// Texts of which one matches each pattern of the model.
const TEXTS: &[&str] = &[
    "sample",
    "Grüße & <größer> \"zitiert\" + 50%",
    "arn:aws:iam::123456789012:role/service/r",
    "arn:aws:lambda:us-east-1:123456789012:function:f",
    "arn:aws:lambda:us-east-1:123456789012:layer:l:1",
    "arn:aws:lambda:us-east-1:123456789012:code-signing-config:csc-0123456789abcdef0",
    "arn:aws:lambda:us-east-1:123456789012:capacity-provider:p",
    "arn:aws:lambda:us-east-1::runtime:0123",
    "arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-0123456789abcdef0",
    "arn:aws:sqs:us-east-1:123456789012:queue",
    "arn:aws:lambda:us-east-1:123456789012:runtime/some-runtime/version/1",
    "broker.example:9092",
    "arn:aws:kafka:us-east-1:123456789012:cluster/c/0123",
    "arn:aws:sns:us-east-1:123456789012:topic",
    "12345678-1234-1234-1234-123456789012",
    "https://registry.example/r",
    "subnet-0123456789abcdef0",
    "sg-0123456789abcdef0",
    "/mnt/data",
    "/path/",
    "lambda:InvokeFunction",
    "123456789012",
    "123456",
    "o-0123456789",
    "v1",
    "ALL",
    "lambda:GetLayerVersion",
    "1",
    "$LATEST",
    "01234567-0123-4123-8123-0123456789ab",
    "tag:team",
    "us-east-1",
    "events:PutEvents",
    "arn:aws:scheduler:us-east-1:123456789012:schedule-group/default",
    "arn:aws:kms:us-east-1:123456789012:key/key",
    "aws.partner/shop/orders",
    "arn:aws:kinesis:us-east-1:123456789012:stream/s",
    "arn:aws:kinesis:us-east-1:123456789012:stream/s/consumer/c:1700000000",
    "01234567890123456789-abc",
    "arn:aws:secretsmanager:us-east-1:123456789012:secret:s",
    "arn:aws:events:us-east-1:123456789012:event-bus/b",
    "arn:aws:events:us-east-1:123456789012:connection/c/0123",
    "arn:aws:s3:::bucket",
    "abc.def",
    "",
];

/// A value of the shape, with every member down to a depth.
pub(crate) fn sample(shape: &Shape, random: &mut Random, depth: usize) -> Value {
    match &shape.kind {
        Kind::Structure { members, payload } => {
            let mut object = Map::new();
            for member in *members {
                let nested = matches!(
                    member.shape.kind,
                    Kind::Structure { .. } | Kind::List { .. } | Kind::Map { .. }
                );
                let wanted = member.required || (depth > 0 || !nested) && !random.chance(4);
                if wanted && *payload != Some(member.name) {
                    let value = sample(member.shape, random, depth.saturating_sub(1));
                    object.insert(member.name.to_owned(), value);
                }
            }
            // Forms cannot spell a structure without members.
            if let (true, Some(first)) = (object.is_empty(), members.first())
                && *payload != Some(first.name)
            {
                object.insert(first.name.to_owned(), sample(first.shape, random, 0));
            }
            Value::Object(object)
        }
        Kind::List { item, bounds, .. } => {
            let count = clamp(1 + random.below(3) as i64, bounds);
            (0..count).map(|_| sample(item, random, depth.saturating_sub(1))).collect()
        }
        Kind::Map { key, value, bounds, .. } => {
            let mut object = Map::new();
            while (object.len() as i64) < clamp(1, bounds) {
                object.insert(text(key, random), sample(value, random, depth.saturating_sub(1)));
            }
            Value::Object(object)
        }
        Kind::String { .. } => Value::String(text(shape, random)),
        Kind::Integer(bounds) | Kind::Long(bounds) => {
            Value::from(clamp(random.below(100_000) as i64, bounds))
        }
        Kind::Double(Bounds { min: Some(min), max: Some(max) }) => {
            Value::from((min + max) as f64 / 2.0)
        }
        Kind::Double(bounds) => Value::from(clamp(random.below(10) as i64, bounds) as f64 + 0.5),
        Kind::Boolean => Value::Bool(random.chance(2)),
        Kind::Timestamp => Value::from(random.below(2_000_000_000) as i64 * 1_000),
        Kind::Blob(_) => Value::String("AAEC/w==".to_owned()),
    }
}

fn clamp(number: i64, bounds: &Bounds) -> i64 {
    number.min(bounds.max.unwrap_or(i64::MAX)).max(bounds.min.unwrap_or(i64::MIN))
}

fn text(shape: &Shape, random: &mut Random) -> String {
    let Kind::String { bounds, pattern, values } = &shape.kind else { unreachable!("a string") };
    if shape.name.ends_with("Iso8601") {
        return "2026-01-02T03:04:05Z".to_owned();
    }
    if !values.is_empty() {
        return random.pick(values).to_owned();
    }
    let fits = |text: &&&str| {
        let length = text.chars().count() as i64;
        // No empty texts where others fit: a form or header cannot tell them from absent ones.
        clamp(length, bounds) == length && pattern.is_none_or(|p| p.matches(text))
    };
    let fitting: Vec<&&str> = TEXTS.iter().filter(fits).collect();
    let padded = "x".repeat(bounds.min.unwrap_or(1) as usize);
    if fitting.is_empty() {
        assert!(pattern.is_none_or(|p| p.matches(&padded)), "no sample of {}", shape.name);
        return padded;
    }
    let nonempty: Vec<&str> = fitting.iter().map(|t| **t).filter(|t| !t.is_empty()).collect();
    if nonempty.is_empty() { String::new() } else { random.pick(&nonempty).to_owned() }
}
