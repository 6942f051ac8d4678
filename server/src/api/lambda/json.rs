//! Whether an event is JSON, and how Lambda says that it is not.

use serde::de::IgnoredAny;
use wire::ApiError;
use wire::lambda::error;

/// Checks an event.
///
/// # Errors
/// The message names the place as AWS's parser does.
pub(crate) fn check(event: &[u8]) -> Result<(), ApiError> {
    match serde_json::from_slice::<IgnoredAny>(event) {
        Ok(_) => Ok(()),
        Err(failure) => {
            let what = what(event, &failure);
            let message = format!(
                "Could not parse request body into json: Could not parse payload into json: {what}"
            );
            Err(error("InvalidRequestContentException", message))
        }
    }
}

const EXPECTED: &str = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

fn what(event: &[u8], failure: &serde_json::Error) -> String {
    let text = String::from_utf8_lossy(event);
    let line = text.lines().nth(failure.line().saturating_sub(1)).unwrap_or_default();
    let place = |column: usize| {
        format!(
            "\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); \
             line: {}, column: {column}]",
            failure.line().max(1)
        )
    };
    if failure.is_eof() {
        return format!("Unexpected end-of-input{}", place(failure.column() + 1));
    }
    let before = failure.column().saturating_sub(1);
    let rest: String = line.chars().skip(before).collect();
    // A word that is no literal is told whole, wherever within it the parser stopped.
    let start = line.chars().take(before).collect::<String>();
    let head = start.chars().rev().take_while(char::is_ascii_alphanumeric).count();
    let word: String =
        line.chars().skip(before - head).take_while(char::is_ascii_alphanumeric).collect();
    match rest.chars().next() {
        Some(_) if word.len() > 1 && word.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            format!(
                "Unrecognized token '{word}': was expecting {EXPECTED}{}",
                place(before - head + word.chars().count() + 1)
            )
        }
        Some(character) => format!(
            "Unexpected character ('{character}' (code {})): expected a valid value {EXPECTED}{}",
            u32::from(character),
            place(failure.column())
        ),
        None => format!("Unexpected end-of-input{}", place(failure.column() + 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_must_be_json() {
        for good in ["{}", "null", " [1, \"ü\"] ", "1"] {
            check(good.as_bytes()).expect(good);
        }
        for (bad, expected) in [
            ("x", "Unexpected character ('x' (code 120)): expected a valid value"),
            ("\u{1}", "line: 1, column: 1]"),
            ("nonsense", "Unrecognized token 'nonsense': was expecting (JSON String"),
            ("{\"a\":", "Unexpected end-of-input"),
            ("", "Unexpected end-of-input"),
            ("{\n \"a\": ?}", "('?' (code 63))"),
        ] {
            let error = check(bad.as_bytes()).expect_err(bad);
            assert!(error.message.contains(expected), "{bad}: {error}");
        }
        check(b"\xff\xfe").expect_err("no UTF-8");
    }
}
