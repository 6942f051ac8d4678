//! Whether an event is JSON, and how Lambda says that it is not.

use serde::de::IgnoredAny;
use wire::ApiError;
use wire::lambda::error;

/// Checks an event.
///
/// # Errors
/// The message names the place as AWS's parser does.
pub(crate) fn check(event: &[u8]) -> Result<(), ApiError> {
    let Some(what) = what(event) else { return Ok(()) };
    let message = format!(
        "Could not parse request body into json: Could not parse payload into json: {what}"
    );
    Err(error("InvalidRequestContentException", message))
}

const EXPECTED: &str = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/// What is wrong with an event, if something is.
fn what(event: &[u8]) -> Option<String> {
    let parsed = |text: &[u8]| serde_json::from_slice::<IgnoredAny>(text).err();
    match (parsed(event), std::str::from_utf8(event)) {
        (None, Ok(_)) => None,
        (Some(failure), Ok(_)) => Some(syntax(event, &failure)),
        (_, Err(invalid)) => {
            // The first fault counts, of the syntax or of the bytes.
            let good = &event[..invalid.valid_up_to()];
            match parsed(good).filter(|failure| !failure.is_eof()) {
                Some(failure) => Some(syntax(event, &failure)),
                None => Some(bytes(event, good.len())),
            }
        }
    }
}

/// A byte that is not ASCII and where it is: a fault of the bytes, or a letter where a value should be.
fn bytes(event: &[u8], at: usize) -> String {
    if is_in_text(&event[..at]) {
        return match decoded(event, at) {
            Ok(_) => ended(event),
            Err(fault) => fault,
        };
    }
    letter(event, at)
}

fn syntax(event: &[u8], failure: &serde_json::Error) -> String {
    if failure.is_eof() {
        return ended(event);
    }
    let lines = event.split_inclusive(|byte| *byte == b'\n');
    let start: usize = lines.take(failure.line().saturating_sub(1)).map(<[u8]>::len).sum();
    let at = start + failure.column().saturating_sub(1);
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric();
    // A word that is no literal is told whole, wherever within it the parser stopped.
    let head = event[start..at].iter().rev().take_while(|byte| is_word(byte)).count();
    let word: Vec<u8> = event[at - head..].iter().copied().take_while(|b| is_word(b)).collect();
    match event.get(at) {
        None => ended(event),
        Some(_) if word.len() > 1 && word[0].is_ascii_alphabetic() => {
            let end = at - head + word.len();
            token(event, &String::from_utf8_lossy(&word), end)
        }
        Some(byte) if byte.is_ascii() => unexpected(event, at),
        Some(_) => letter(event, at),
    }
}

/// AWS's parser takes the first byte of a letter beyond ASCII for a letter of Latin-1: it is the
/// beginning of a word, or a character by itself.
fn letter(event: &[u8], at: usize) -> String {
    let first = char::from(event[at]);
    if !first.is_alphabetic() && !matches!(first, '\u{a2}'..='\u{a5}') {
        return unexpected(event, at);
    }
    let mut word = String::from(first);
    let mut next = at + 1;
    while next < event.len() {
        let (letter, length) = match decoded(event, next) {
            Ok(found) => found,
            Err(fault) => return fault,
        };
        next += length;
        if !letter.is_alphanumeric() && !matches!(letter, '_' | '$') {
            break;
        }
        word.push(letter);
    }
    token(event, &word, next - 1)
}

/// The character at a place, and its bytes.
fn decoded(event: &[u8], at: usize) -> Result<(char, usize), String> {
    let first = event[at];
    let length = match first {
        0..=0x7f => 1,
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf7 => 4,
        _ => return Err(format!("Invalid UTF-8 start byte 0x{first:x}{}", place(event, at + 1))),
    };
    for next in at + 1..at + length {
        match event.get(next) {
            None => return Err(ended(event)),
            Some(byte) if byte & 0xc0 != 0x80 => {
                let place = place(event, next + 1);
                return Err(format!("Invalid UTF-8 middle byte 0x{byte:x}{place}"));
            }
            Some(_) => {}
        }
    }
    let text = std::str::from_utf8(&event[at..at + length]).ok();
    let found = text.and_then(|text| text.chars().next());
    Ok((found.unwrap_or(char::REPLACEMENT_CHARACTER), length))
}

/// Whether what is well formed so far ends within a text.
fn is_in_text(before: &[u8]) -> bool {
    let (mut is_in, mut is_escaped) = (false, false);
    for byte in before {
        match (is_escaped, byte) {
            (true, _) => is_escaped = false,
            (false, b'\\') => is_escaped = is_in,
            (false, b'"') => is_in = !is_in,
            (false, _) => {}
        }
    }
    is_in
}

fn token(event: &[u8], word: &str, end: usize) -> String {
    format!("Unrecognized token '{word}': was expecting {EXPECTED}{}", place(event, end))
}

fn unexpected(event: &[u8], at: usize) -> String {
    let found = char::from(event[at]);
    let code = u32::from(found);
    let shown = match found.is_control() {
        true => format!("(CTRL-CHAR, code {code})"),
        false => format!("'{found}' (code {code})"),
    };
    format!("Unexpected character ({shown}): expected a valid value {EXPECTED}{}", place(event, at))
}

fn ended(event: &[u8]) -> String {
    format!("Unexpected end-of-input{}", place(event, event.len()))
}

/// A place as messages end with it.
fn place(event: &[u8], at: usize) -> String {
    let before = &event[..at.min(event.len())];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    format!(
        "\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); \
         line: {line}, column: {}]",
        before.len() - start + 1
    )
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
        for (bad, expected) in [
            (&b"\xc4\x87"[..], "json: Invalid UTF-8 start byte 0x87\n"),
            (b"\x99", "json: Unexpected character ((CTRL-CHAR, code 153)): expected a valid value"),
            (b"\x1f\x8b\x08", "json: Unexpected character ((CTRL-CHAR, code 31)): expected"),
            (b"{\"a\": \"\xff\"}", "json: Invalid UTF-8 start byte 0xff\n"),
            (b"{\"a\": \"\xc3(\"}", "json: Invalid UTF-8 middle byte 0x28\n"),
            (b"[\n\x80]", "(CTRL-CHAR, code 128)"),
            (b"[?, \"\xff\"]", "('?' (code 63))"),
            (b"{} \xff", "json: Unrecognized token '\u{ff}'"),
            ("é".as_bytes(), "json: Invalid UTF-8 start byte 0xa9\n"),
            ("¡".as_bytes(), "json: Invalid UTF-8 start byte 0xa1\n"),
            (b"\xa1", "Unexpected character ('\u{a1}' (code 161))"),
            (b"{\"a\": \"\xc3", "json: Unexpected end-of-input"),
        ] {
            let error = check(bad).expect_err("refused");
            assert!(error.message.contains(expected), "{bad:?}: {error}");
        }
        let at = |bad: &[u8]| check(bad).expect_err("refused").message;
        assert!(at(b"[\n  \x80]").ends_with("line: 2, column: 3]"), "{}", at(b"[\n  \x80]"));
    }
}
