//! Conditions of statements: operators, and the values of condition keys that they compare.

use std::net::IpAddr;

use serde_json::Value;

use crate::glob::Glob;

/// The values of condition keys; a key that is not there is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Values(Vec<(String, Vec<String>)>);

impl Values {
    /// Gives a key a value.
    pub(crate) fn set(&mut self, key: impl Into<String>, value: impl Into<String>) {
        self.0.push((key.into(), vec![value.into()]));
    }

    /// Gives a key several values, or none.
    pub(crate) fn set_all(&mut self, key: impl Into<String>, values: Vec<String>) {
        self.0.push((key.into(), values));
    }

    /// Takes over what others are.
    pub(crate) fn extend(&mut self, others: &Values) {
        self.0.extend(others.0.iter().cloned());
    }

    /// All keys with their values.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0.iter().map(|(key, values)| (key.as_str(), values.as_slice()))
    }

    /// The values of a key: the last that it was given.
    pub(crate) fn get(&self, key: &str) -> Option<&[String]> {
        let mut known = self.0.iter().rev();
        known.find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, values)| values.as_slice())
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Values {
    fn from(values: [(&str, &str); N]) -> Values {
        Values(values.map(|(key, value)| (key.to_owned(), vec![value.to_owned()])).into())
    }
}

/// How a condition compares.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Operator {
    each: Each,
    test: Test,
    is_negated: bool,
    if_exists: bool,
}

/// Which of several values of a key count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Each {
    One,
    All,
    Any,
}

#[derive(Debug, Clone, Copy)]
enum Test {
    Text,
    TextOfAnyCase,
    Pattern,
    Arn,
    Number(fn(f64, f64) -> bool),
    Date(fn(i64, i64) -> bool),
    Truth,
    Address,
    Absent,
}

impl Operator {
    /// Reads its name; none of one that is not known.
    pub(crate) fn parse(name: &str) -> Option<Operator> {
        let (each, name) = match name.split_once(':') {
            Some(("ForAllValues", name)) => (Each::All, name),
            Some(("ForAnyValue", name)) => (Each::Any, name),
            Some(_) => return None,
            None => (Each::One, name),
        };
        let (name, if_exists) = match name.strip_suffix("IfExists") {
            Some(name) => (name, true),
            None => (name, false),
        };
        let (test, is_negated) = match name {
            "StringEquals" | "BinaryEquals" => (Test::Text, false),
            "StringNotEquals" => (Test::Text, true),
            "StringEqualsIgnoreCase" => (Test::TextOfAnyCase, false),
            "StringNotEqualsIgnoreCase" => (Test::TextOfAnyCase, true),
            "StringLike" => (Test::Pattern, false),
            "StringNotLike" => (Test::Pattern, true),
            "ArnLike" | "ArnEquals" => (Test::Arn, false),
            "ArnNotLike" | "ArnNotEquals" => (Test::Arn, true),
            "NumericEquals" => (Test::Number(|given, word| given == word), false),
            "NumericNotEquals" => (Test::Number(|given, word| given == word), true),
            "NumericLessThan" => (Test::Number(|given, word| given < word), false),
            "NumericLessThanEquals" => (Test::Number(|given, word| given <= word), false),
            "NumericGreaterThan" => (Test::Number(|given, word| given > word), false),
            "NumericGreaterThanEquals" => (Test::Number(|given, word| given >= word), false),
            "DateEquals" => (Test::Date(|given, word| given == word), false),
            "DateNotEquals" => (Test::Date(|given, word| given == word), true),
            "DateLessThan" => (Test::Date(|given, word| given < word), false),
            "DateLessThanEquals" => (Test::Date(|given, word| given <= word), false),
            "DateGreaterThan" => (Test::Date(|given, word| given > word), false),
            "DateGreaterThanEquals" => (Test::Date(|given, word| given >= word), false),
            "Bool" => (Test::Truth, false),
            "IpAddress" => (Test::Address, false),
            "NotIpAddress" => (Test::Address, true),
            "Null" if !if_exists => (Test::Absent, false),
            _ => return None,
        };
        Some(Operator { each, test, is_negated, if_exists })
    }

    /// Whether a key with these values, or without any, is as a condition wants it.
    pub(crate) fn holds(
        self,
        key: &str,
        wanted: &Value,
        values: &Values,
        has_variables: bool,
    ) -> bool {
        let given = values.get(key);
        if matches!(self.test, Test::Absent) {
            let is_absent = given.is_none_or(<[String]>::is_empty);
            return words(wanted).any(|word| word.eq_ignore_ascii_case("true") == is_absent);
        }
        let fits = |given: &String| {
            let is_one =
                words(wanted).any(|word| self.test.fits(&word, given, values, has_variables));
            is_one != self.is_negated
        };
        match (self.each, given) {
            (Each::One, None) => self.is_negated || self.if_exists,
            (Each::One, Some(given)) if self.is_negated => given.iter().all(fits),
            (Each::One | Each::Any, Some(given)) => given.iter().any(fits),
            (Each::All, given) => given.unwrap_or_default().iter().all(fits),
            (Each::Any, None) => self.if_exists,
        }
    }
}

impl Test {
    fn fits(self, word: &str, given: &str, values: &Values, has_variables: bool) -> bool {
        let filled = || if has_variables { fill(word, values) } else { Some(escaped(word)) };
        match self {
            Test::Text => filled().is_some_and(|word| unescaped(&word) == given),
            Test::TextOfAnyCase => {
                // Letters of any script, as IAM has them.
                filled().is_some_and(|word| unescaped(&word).to_lowercase() == given.to_lowercase())
            }
            Test::Pattern => filled().is_some_and(|word| Glob::escaped(&word).matches(given)),
            Test::Arn => filled().is_some_and(|word| arn_fits(&word, given)),
            Test::Number(fits) => match (given.parse(), word.parse()) {
                (Ok(given), Ok(word)) => fits(given, word),
                _ => false,
            },
            Test::Date(fits) => match (date(given), date(word)) {
                (Some(given), Some(word)) => fits(given, word),
                _ => false,
            },
            Test::Truth => word.eq_ignore_ascii_case(given),
            Test::Address => given.parse().is_ok_and(|given| is_in(given, word)),
            Test::Absent => false,
        }
    }
}

/// Each part of an ARN is compared by itself.
fn arn_fits(pattern: &str, given: &str) -> bool {
    let mut patterns = pattern.splitn(6, ':');
    let mut parts = given.splitn(6, ':');
    loop {
        match (patterns.next(), parts.next()) {
            (None, None) => return true,
            (Some(pattern), Some(part)) if Glob::escaped(pattern).matches(part) => {}
            _ => return false,
        }
    }
}

/// An instant in milliseconds, of ISO 8601 or in seconds of the epoch.
fn date(text: &str) -> Option<i64> {
    wire::time::parse_iso8601(text).or_else(|| text.parse::<i64>().ok()?.checked_mul(1_000))
}

/// Whether an address is another, or in a block.
fn is_in(address: IpAddr, block: &str) -> bool {
    let (base, length) = match block.split_once('/') {
        Some((base, length)) => (base, length.parse::<u32>().ok()),
        None => (block, Some(128)),
    };
    let Some(length) = length else { return false };
    match (address.to_canonical(), base.parse()) {
        (IpAddr::V4(address), Ok(IpAddr::V4(base))) => {
            let differ = u32::from(address) ^ u32::from(base);
            differ.leading_zeros() >= length.min(32)
        }
        (IpAddr::V6(address), Ok(IpAddr::V6(base))) => {
            let differ = u128::from(address) ^ u128::from(base);
            differ.leading_zeros() >= length.min(128)
        }
        _ => false,
    }
}

/// The texts of a member that is one or a list.
pub(super) fn words(value: &Value) -> impl Iterator<Item = String> {
    let list = value.as_array().map(Vec::as_slice);
    let list = list.unwrap_or(std::slice::from_ref(value));
    list.iter().filter_map(|word| match word {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(word.to_string()),
        _ => None,
    })
}

/// A pattern with its variables filled in, escaped for [`Glob::escaped`]; none where one of them has
/// no single value and no default.
pub(super) fn fill(pattern: &str, values: &Values) -> Option<String> {
    let mut filled = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once("${") {
        filled.push_str(&escaped(before));
        let Some((inside, behind)) = after.split_once('}') else {
            filled.push_str(&escaped("${"));
            rest = after;
            continue;
        };
        rest = behind;
        let (name, default) = inside.split_once(',').unwrap_or((inside, ""));
        let (name, default) = (name.trim(), default.trim());
        let default = default.strip_prefix('\'').and_then(|it| it.strip_suffix('\''));
        let value = match (name, values.get(name)) {
            ("*" | "?" | "$", _) => Some(name),
            (_, Some([value])) => Some(value.as_str()),
            _ => default,
        };
        filled.push_str(&plain(value?));
    }
    filled.push_str(&escaped(rest));
    Some(filled)
}

/// A pattern in which stars and question marks stay what they are.
pub(super) fn escaped(pattern: &str) -> String {
    pattern.replace('\\', "\\\\")
}

/// A text in which they are none.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '?') {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}

/// What an escaped text says.
fn unescaped(text: &str) -> String {
    let mut chars = text.chars();
    let mut plain = String::new();
    while let Some(c) = chars.next() {
        plain.push(if c == '\\' { chars.next().unwrap_or('\\') } else { c });
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn holds(operator: &str, key: &str, wanted: Value) -> bool {
        let mut values = Values::from([
            ("aws:username", "a*b"),
            ("aws:SourceIp", "10.0.7.9"),
            ("aws:CurrentTime", "2026-07-01T12:00:00Z"),
            ("aws:MultiFactorAuthAge", "300"),
            ("aws:SecureTransport", "false"),
            ("aws:PrincipalArn", "arn:aws:iam::000000000007:role/a/b"),
        ]);
        values.set_all("aws:TagKeys", vec!["x".into(), "y".into()]);
        let operator = Operator::parse(operator).expect("an operator");
        operator.holds(key, &wanted, &values, true)
    }

    #[test]
    fn operators_compare() {
        let user = "aws:username";
        for (operator, key, wanted, expected) in [
            ("StringEquals", user, json!("a*b"), true),
            ("StringEquals", user, json!("a*"), false),
            ("StringEquals", user, json!("${aws:username}"), true),
            ("StringLike", "AWS:UserName", json!(["x", "a*"]), true),
            ("StringLike", user, json!("${*}b"), false),
            ("StringNotLike", user, json!("a*"), false),
            ("StringNotEquals", "none", json!("x"), true),
            ("StringEquals", "none", json!("x"), false),
            ("StringEqualsIfExists", "none", json!("x"), true),
            ("StringEquals", user, json!("${none}"), false),
            ("StringEquals", user, json!("${none, 'a*b'}"), true),
            ("StringEqualsIgnoreCase", user, json!("A*B"), true),
            ("ArnLike", "aws:PrincipalArn", json!("arn:aws:iam::*:role/a/*"), true),
            ("ArnLike", "aws:PrincipalArn", json!("arn:aws:*:role/a/*"), false),
            (
                "ArnNotEquals",
                "aws:PrincipalArn",
                json!("arn:aws:iam::000000000007:role/a/b"),
                false,
            ),
            ("IpAddress", "aws:SourceIp", json!(["192.168.0.0/16", "10.0.0.0/21"]), true),
            ("IpAddress", "aws:SourceIp", json!("10.0.0.0/22"), false),
            ("NotIpAddress", "aws:SourceIp", json!("10.0.7.9"), false),
            ("IpAddress", "aws:SourceIp", json!("::/0"), false),
            ("DateGreaterThan", "aws:CurrentTime", json!("2026-06-30T00:00:00Z"), true),
            ("DateLessThan", "aws:CurrentTime", json!("1"), false),
            ("NumericLessThanEquals", "aws:MultiFactorAuthAge", json!(300), true),
            ("NumericLessThan", "aws:MultiFactorAuthAge", json!("300"), false),
            ("Bool", "aws:SecureTransport", json!(false), true),
            ("Bool", "aws:SecureTransport", json!("true"), false),
            ("BoolIfExists", "aws:MultiFactorAuthPresent", json!("true"), true),
            ("Null", "aws:MultiFactorAuthPresent", json!("true"), true),
            ("Null", user, json!(true), false),
            ("ForAllValues:StringEquals", "aws:TagKeys", json!(["x", "y", "z"]), true),
            ("ForAllValues:StringEquals", "aws:TagKeys", json!(["x"]), false),
            ("ForAllValues:StringEquals", "none", json!(["x"]), true),
            ("ForAnyValue:StringEquals", "aws:TagKeys", json!(["x"]), true),
            ("ForAnyValue:StringEquals", "none", json!(["x"]), false),
            ("ForAnyValue:StringNotEquals", "aws:TagKeys", json!(["x"]), true),
        ] {
            assert_eq!(holds(operator, key, wanted.clone()), expected, "{operator} {key} {wanted}");
        }
        for unknown in ["StringResembles", "ForNoValue:StringEquals", "NullIfExists", ""] {
            assert!(Operator::parse(unknown).is_none(), "{unknown}");
        }
    }
}
