//! Filter patterns: which events are wanted, by terms, by fields of JSON, by fields between blanks, or
//! by a regular expression.

mod condition;
mod field;
mod term;
mod text;

use regex_lite::Regex;
use serde_json::Value;

use condition::Condition;
use field::Fields;
use term::Terms;
use text::Text;

/// Characters of a pattern.
const LENGTH: usize = 1024;
/// Regular expressions of one pattern that has fields.
const EXPRESSIONS: usize = 2;

/// Why a text is no pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BadFilterPattern(pub(crate) String);

/// A filter pattern, read.
#[derive(Debug)]
pub(crate) struct FilterPattern(Kind);

#[derive(Debug)]
enum Kind {
    /// Of any text: what is in it, and what is not.
    Terms(Terms),
    /// Of any text.
    Expression(Regex),
    /// Of objects in JSON.
    Json(Condition),
    /// Of texts with blanks between their parts.
    Fields(Fields),
}

impl FilterPattern {
    /// Reads a pattern; an empty one lets everything pass.
    pub(crate) fn parse(pattern: &str) -> Result<FilterPattern, BadFilterPattern> {
        let bad = || BadFilterPattern(pattern.to_owned());
        if pattern.chars().count() > LENGTH {
            return Err(bad());
        }
        let trimmed = pattern.trim();
        let mut text = Text::of(trimmed);
        let kind = match trimmed.chars().next() {
            Some('{') => condition::json(&mut text).map(Kind::Json),
            Some('[') => field::read(&mut text).map(Kind::Fields),
            Some('%') => text.expression().map(Kind::Expression),
            _ => return term::read(trimmed).map(Kind::Terms).map(FilterPattern).ok_or_else(bad),
        };
        let is_whole =
            text.is_at_end() && (trimmed.starts_with('%') || text.expressions <= EXPRESSIONS);
        kind.filter(|_| is_whole).map(FilterPattern).ok_or_else(bad)
    }

    /// Whether a message passes.
    pub(crate) fn passes(&self, message: &str) -> bool {
        match &self.0 {
            Kind::Terms(terms) => terms.hold(message),
            Kind::Expression(expression) => expression.is_match(message),
            Kind::Json(condition) => match serde_json::from_str::<Value>(message) {
                Ok(value @ (Value::Object(_) | Value::Array(_))) => condition.holds(&value),
                _ => false,
            },
            Kind::Fields(fields) => fields.hold(message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: &[(&str, &str, bool)]) {
        for (pattern, message, expected) in rows {
            let filter = FilterPattern::parse(pattern).expect(pattern);
            assert_eq!(filter.passes(message), *expected, "{pattern} {message}");
        }
    }

    #[test]
    fn terms_phrases_and_exclusions() {
        check(&[
            ("", "anything", true),
            (" ", "anything", true),
            ("ERROR", "[ERROR] x", true),
            ("error", "[ERROR] x", false),
            ("ERROR timeout", "ERROR: no timeout", true),
            ("ERROR timeout", "ERROR", false),
            ("?ERROR ?WARN", "WARN x", true),
            ("?ERROR ?WARN", "INFO x", false),
            ("ERROR -exit", "ERROR exit", false),
            ("\"a b\" c", "c a b", true),
            ("\"a \\\"b\\\"\"", "a \"b\"", true),
            ("-\"a b\"", "a b", false),
            ("%AUTHORI[SZ]ED%", "401 UNAUTHORIZED", true),
            ("%^AUTHORI[SZ]ED%", "401 UNAUTHORIZED", false),
        ]);
    }

    #[test]
    fn fields_of_json() {
        const EVENT: &str = r#"{"eventType": "UpdateTrail", "sourceIPAddress": "111.111.111.111",
            "arrayKey": ["value", "another value"], "objectList": [{"name": "a", "id": 1},
            {"name": "b", "id": 2}], "SomeObject": null, "cluster.name": "c", "count": 5,
            "ratio": 0.25, "ok": true, "text": "404", "errorCode": 404}"#;
        check(&[
            (r#"{ $.eventType = "UpdateTrail" }"#, EVENT, true),
            (r#"{$.eventType = UpdateTrail}"#, EVENT, true),
            (r#"{ $.eventType = "*Trail" }"#, EVENT, true),
            (r#"{ $.eventType = %^Upd.*l$% }"#, EVENT, true),
            (r#"{ $.eventType != "UpdateTrail" }"#, EVENT, false),
            (r#"{ $.sourceIPAddress != 123.123.* }"#, EVENT, true),
            (r#"{ $.sourceIPAddress = 111.111.* }"#, EVENT, true),
            (r#"{ $.arrayKey[0] = "value" }"#, EVENT, true),
            (r#"{ $.arrayKey[1] = "value" }"#, EVENT, false),
            (r#"{ $.arrayKey[*] = "another value" }"#, EVENT, true),
            (r#"{ $.objectList[1].id = 2 }"#, EVENT, true),
            (r#"{ $.objectList[*].id > 2 }"#, EVENT, false),
            (r#"{ $.SomeObject IS NULL }"#, EVENT, true),
            (r#"{ $.SomeOtherObject IS NULL }"#, EVENT, false),
            (r#"{ $.SomeOtherObject NOT EXISTS }"#, EVENT, true),
            (r#"{ $.SomeObject NOT EXISTS }"#, EVENT, false),
            (r#"{ $.ok IS TRUE }"#, EVENT, true),
            (r#"{ $.ok IS FALSE }"#, EVENT, false),
            (r#"{ $.['cluster.name'] = "c" }"#, EVENT, true),
            (r#"{ $.count >= 5 && $.count < 6 && $.ratio = 2.5e-1 }"#, EVENT, true),
            (r#"{ $.count > 5 || $.ratio < 1 }"#, EVENT, true),
            (r#"{ ($.count > 5 || $.ok IS TRUE) && $.eventType = "x" }"#, EVENT, false),
            (r#"{ $.errorCode = 404 }"#, EVENT, true),
            (r#"{ $.errorCode = 4* }"#, EVENT, true),
            (r#"{ $.missing != "x" }"#, EVENT, false),
            (r#"{ $.count = 5 }"#, "no JSON 5", false),
            (r#"{ $[0].a = 1 }"#, r#"[{"a": 1}]"#, true),
        ]);
    }

    #[test]
    fn fields_between_blanks() {
        const LINE: &str = r#"127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534"#;
        check(&[
            ("[ip, server, username, timestamp, request, status_code, bytes]", LINE, true),
            ("[ip, server, username, timestamp, request, status_code]", LINE, false),
            (
                "[ip, server, username, timestamp, request = *.html*, status_code = 4*, bytes]",
                LINE,
                true,
            ),
            (
                "[ip, server, username, timestamp, request = *.html*, status_code = 5*, bytes]",
                LINE,
                false,
            ),
            (
                "[ip=%127\\.0\\.0\\.[1-9]%, server, username, timestamp, request, status_code, bytes > 1000]",
                LINE,
                true,
            ),
            ("[..., request =*.html*, status_code = 4*, bytes]", LINE, true),
            ("[ip, ..., bytes < 1000]", LINE, false),
            ("[..., status_code = 404 || status_code = 410, bytes]", LINE, true),
            ("[ip != 127.0.0.1, ...]", LINE, false),
            ("[..., username = frank && username != bob, timestamp, request, s, b]", LINE, true),
            ("[]", LINE, true),
            ("[w1=ERROR, w2]", "ERROR x", true),
            ("[w1=\"ERROR\", w2]", "WARN x", false),
        ]);
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        let deep = format!("{{ {}$.a = 1{} }}", "(".repeat(500), ")".repeat(500));
        for pattern in [
            "\"open",
            "a&b",
            "-",
            "? x",
            "{",
            "{ $.a }",
            "{ $.a = }",
            "{ a = 1 }",
            "{ $.a = 1 } x",
            "{ $.a = 1 && }",
            "{ $.a > x }",
            "{ $.a IS }",
            "{ $.a = \"open }",
            "{ $.a[x] = 1 }",
            "[a",
            "[a,]",
            "[a = 1",
            "[..., a, ...]",
            "[a, b = 1 || a = 2]",
            "%open",
            "%(a)%",
            "{ $.a = %a% && $.b = %b% && $.c = %c% }",
            deep.as_str(),
            &"a".repeat(1025),
        ] {
            assert!(FilterPattern::parse(pattern).is_err(), "{pattern}");
        }
    }
}
