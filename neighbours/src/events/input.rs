//! What of an event a target is given: all of it, a part, a text of its own, or a template that is
//! filled.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::event::Event;
use super::path::Path;

/// What a target is given.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) enum Input {
    /// The event.
    #[default]
    Whole,
    /// A text of its own.
    Text(String),
    /// A part of the event.
    Path(String),
    /// A template.
    Template { paths: BTreeMap<String, String>, template: String },
}

/// The rule that an event has met.
#[derive(Debug, Clone, Copy)]
pub(super) struct Met<'a> {
    pub(super) arn: &'a str,
    pub(super) name: &'a str,
}

/// Why a target is given nothing; EventBridge drops it, since it would be the same the next time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum NoInput {
    #[error("an input template made no JSON")]
    NoJson,
    #[error("an input template made more than {MOST} bytes, which no target takes")]
    TooLarge,
}

/// Bytes that a template makes: no target takes more, and its placeholders may each be the event.
const MOST: usize = 1 << 20;

const RULE_ARN: &str = "aws.events.rule-arn";
const RULE_NAME: &str = "aws.events.rule-name";
const INGESTION_TIME: &str = "aws.events.event.ingestion-time";
const EVENT: &str = "aws.events.event";
const EVENT_JSON: &str = "aws.events.event.json";

impl Input {
    /// What a target is given of an event.
    ///
    /// # Errors
    /// When its template makes nothing of it that could be given.
    pub(super) fn of(&self, event: &Event, met: Met<'_>) -> Result<String, NoInput> {
        match self {
            Input::Whole => Ok(event.value.to_string()),
            Input::Text(text) => Ok(text.clone()),
            Input::Path(path) => {
                let found = Path::parse(path).and_then(|path| path.find(&event.value));
                Ok(found.unwrap_or_default().to_string())
            }
            Input::Template { paths, template } => {
                let values = |name: &str| value_of(name, paths, event, met);
                let is_text = template.trim_start().starts_with('"');
                let filled = fill(template, is_text, values).ok_or(NoInput::TooLarge)?;
                let is_whole = is_text || serde_json::from_str::<Value>(&filled).is_ok();
                if is_whole { Ok(filled) } else { Err(NoInput::NoJson) }
            }
        }
    }

    /// Why it is no input.
    pub(super) fn fault(&self, target: &str) -> Option<String> {
        match self {
            Input::Whole => None,
            Input::Text(text) => {
                let is_json = serde_json::from_str::<Value>(text).is_ok();
                (!is_json).then(|| format!("JSON syntax error in input for target {target}."))
            }
            Input::Path(path) => is_no_path(path, target),
            Input::Template { paths, template } => {
                if let Some(fault) = paths.values().find_map(|path| is_no_path(path, target)) {
                    return Some(fault);
                }
                let is_known = |name: &&str| paths.contains_key(*name) || is_reserved(name);
                let unknown = placeholders(template).find(|name| !is_known(name));
                if let Some(name) = unknown {
                    return Some(format!(
                        "InputTemplate for target {target} contains invalid placeholder {name}."
                    ));
                }
                let sample = fill(template, true, |_| Some(json!(0))).unwrap_or_default();
                let values = serde_json::Deserializer::from_str(&sample).into_iter::<Value>();
                let fault = values.filter_map(Result::err).next();
                fault.map(|why| format!("Invalid InputTemplate for target {target} : {why}."))
            }
        }
    }
}

fn is_no_path(path: &str, target: &str) -> Option<String> {
    Path::parse(path).is_none().then(|| format!("Invalid InputPath for target {target}."))
}

fn is_reserved(name: &str) -> bool {
    [RULE_ARN, RULE_NAME, INGESTION_TIME, EVENT, EVENT_JSON].contains(&name)
}

fn value_of(
    name: &str,
    paths: &BTreeMap<String, String>,
    event: &Event,
    met: Met<'_>,
) -> Option<Value> {
    if let Some(path) = paths.get(name) {
        return Path::parse(path)?.find(&event.value);
    }
    let of = |member: &str| event.value[member].clone();
    Some(match name {
        RULE_ARN => json!(met.arn),
        RULE_NAME => json!(met.name),
        INGESTION_TIME => json!(wire::time::iso8601(event.ingested)),
        EVENT_JSON => event.value.clone(),
        EVENT => json!({
            "id": of("id"),
            "account": of("account"),
            "detailType": of("detail-type"),
            "time": of("time"),
            "source": of("source"),
            "region": of("region"),
            "resources": of("resources"),
            "version": of("version"),
        }),
        _ => return None,
    })
}

/// The name at the beginning of a text behind `<`, and what follows its `>`.
fn placeholder(text: &str) -> Option<(&str, &str)> {
    let (name, after) = text.split_once('>')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    (!name.is_empty() && name.chars().all(is_name)).then_some((name, after))
}

fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template.split('<').skip(1).filter_map(|text| placeholder(text).map(|(name, _)| name))
}

/// Puts values in the places of their names. A value between quotes stands there without its own; in a
/// template that is a text an object stands there without any. None where it becomes too large.
fn fill(template: &str, is_text: bool, value: impl Fn(&str) -> Option<Value>) -> Option<String> {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    let (mut is_quoted, mut is_escaped) = (false, false);
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        if let Some((name, after)) = Some(after).filter(|_| c == '<').and_then(placeholder) {
            let value = spelled(value(name), is_quoted, is_text);
            if filled.len() + value.len() > MOST {
                return None;
            }
            filled.push_str(&value);
            rest = after;
            is_escaped = false;
            continue;
        }
        is_quoted ^= c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        filled.push(c);
        rest = after;
    }
    Some(filled)
}

fn spelled(value: Option<Value>, is_quoted: bool, is_text: bool) -> String {
    match (value, is_quoted) {
        (None, false) => "\"\"".to_owned(),
        (None, true) => String::new(),
        (Some(value), false) => value.to_string(),
        (Some(Value::String(text)), true) => {
            let quoted = Value::String(text).to_string();
            quoted[1..quoted.len() - 1].to_owned()
        }
        (Some(value @ (Value::Object(_) | Value::Array(_))), true) if is_text => {
            value.to_string().replace('"', "")
        }
        (Some(value), true) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str) -> Option<String> {
        let value = json!({
            "version": "0", "id": "i", "detail-type": "t", "source": "s", "account": "000000000000",
            "time": "2026-11-26T16:25:00Z", "region": "us-east-1", "resources": [],
            "detail": {"payload": {"acc_id": "0a787ecb-4015", "sf_id": "baz"}, "single": ["HIGH"],
                "multi": ["ACTIVE", "INACTIVE"], "valid": true, "n": 3, "quoted": "a \"b\""},
        });
        let event = Event { id: "i".into(), value, trace: None, ingested: 0, hops: 0 };
        let paths = [
            ("userId", "$.detail.payload.acc_id"),
            ("payload", "$.detail.payload"),
            ("none", "$.detail.awsAccountId"),
            ("single", "$.detail.single"),
            ("multi", "$.detail.multi"),
            ("valid", "$.detail.valid"),
            ("n", "$.detail.n"),
            ("quoted", "$.detail.quoted"),
        ];
        let paths = paths.map(|(name, path)| (name.to_owned(), path.to_owned())).into();
        let input = Input::Template { paths, template: template.to_owned() };
        assert_eq!(input.fault("id"), None, "{template}");
        input
            .of(&event, Met { arn: "arn:aws:events:us-east-1:000000000000:rule/r", name: "r" })
            .ok()
    }

    #[test]
    fn templates_are_filled_as_recorded() {
        for (template, expected) in [
            (
                r#""Payload of <payload> with path users/<userId> and <userId>""#,
                r#""Payload of {acc_id:0a787ecb-4015,sf_id:baz} with path users/0a787ecb-4015 and 0a787ecb-4015""#,
            ),
            (
                r#"{"path": "users/<userId>", "bod": <payload>}"#,
                r#"{"path": "users/0a787ecb-4015", "bod": {"acc_id":"0a787ecb-4015","sf_id":"baz"}}"#,
            ),
            (r#"{"id" : <userId>}"#, r#"{"id" : "0a787ecb-4015"}"#),
            (r#"{"id" : "<userId>"}"#, r#"{"id" : "0a787ecb-4015"}"#),
            (r#"{"bod": [<userId>, "hardcoded"]}"#, r#"{"bod": ["0a787ecb-4015", "hardcoded"]}"#),
            (r#""<single> single list item""#, r#""[HIGH] single list item""#),
            (r#""<multi> items""#, r#""[ACTIVE,INACTIVE] items""#),
            (r#"{"single": <single>}"#, r#"{"single": ["HIGH"]}"#),
            (r#""<none> id""#, r#"" id""#),
            (r#"{"command": <none>}"#, r#"{"command": ""}"#),
            (r#""Command is <valid>!""#, r#""Command is true!""#),
            (r#"{"n": <n>, "m": "<n>"}"#, r#"{"n": 3, "m": "3"}"#),
            (r#"{"q": "<quoted>"}"#, r#"{"q": "a \"b\""}"#),
            (r#"{"a": "\"<userId>"}"#, r#"{"a": "\"0a787ecb-4015"}"#),
            ("\"<single> a\"\n\"<multi> b\"", "\"[HIGH] a\"\n\"[ACTIVE,INACTIVE] b\""),
            (r#""{[/ special <userId>""#, r#""{[/ special 0a787ecb-4015""#),
            (
                r#""<aws.events.rule-arn> <aws.events.rule-name> <aws.events.event.ingestion-time>""#,
                r#""arn:aws:events:us-east-1:000000000000:rule/r r 1970-01-01T00:00:00Z""#,
            ),
            (
                r#"{"e": <aws.events.event>}"#,
                r#"{"e": {"id":"i","account":"000000000000","detailType":"t","time":"2026-11-26T16:25:00Z","source":"s","region":"us-east-1","resources":[],"version":"0"}}"#,
            ),
        ] {
            assert_eq!(filled(template).as_deref(), Some(expected), "{template}");
        }
        for template in [
            r#"{"not_valid": "users/<payload>", "bod": <payload>}"#,
            r#"{"payload": "<payload>"}"#,
            r#"{"single": "<single>"}"#,
        ] {
            assert_eq!(filled(template), None, "{template}");
        }
    }

    #[test]
    fn templates_that_become_very_large_are_given_up() {
        let filled = |count: usize| {
            let template = format!("\"{}\"", "<a>".repeat(count));
            fill(&template, true, |_| Some(Value::String("x".repeat(200_000))))
        };
        assert_eq!(filled(5).map(|text| text.len()), Some(1_000_002));
        assert_eq!(filled(6), None);
        assert_eq!(filled(700), None);
    }

    #[test]
    fn what_cannot_be_filled_is_told() {
        let template = |template: &str| Input::Template {
            paths: [("a".to_owned(), "$.detail.a".to_owned())].into(),
            template: template.to_owned(),
        };
        let fault = template(r#""with not defined key <notdefinedkey>""#).fault("t");
        let expected = "InputTemplate for target t contains invalid placeholder notdefinedkey.";
        assert_eq!(fault.as_deref(), Some(expected));
        for wrong in ["<a> single", r#"{"a": <a>"#, "a", ""] {
            let fault = template(wrong).fault("t");
            let is_told =
                |fault: String| fault.starts_with("Invalid InputTemplate for target t : ");
            assert!(wrong.is_empty() || fault.is_some_and(is_told), "{wrong}");
        }
        assert!(Input::Text("{".into()).fault("t").is_some());
        assert!(Input::Path("detail".into()).fault("t").is_some());
        assert_eq!(Input::Path("$.detail".into()).fault("t"), None);
    }
}
