//! Names as zones keep them: in small letters, absolute, with what is no usual sign as a number.

use std::cmp::Ordering;

/// The longest name, and the longest label.
const LONGEST: usize = 255;
const LONGEST_LABEL: usize = 63;

/// A name, or why it is none in Route 53's words.
pub(super) fn read(given: &str) -> Result<String, String> {
    let fatal = |problem: &str, text: &str| {
        Err(format!("FATAL problem: {problem} ({text}) encountered with '{given}'"))
    };
    let plain = given.strip_suffix('.').unwrap_or(given);
    if plain.is_empty() {
        return fatal("DomainNameEmpty", "Domain name is empty");
    }
    let mut labels = Vec::new();
    for label in plain.split('.') {
        let Some(bytes) = unescaped(label) else {
            return fatal("InvalidEscapeCode", "Invalid escape code");
        };
        match bytes.len() {
            0 => return fatal("DomainLabelEmpty", "Domain label is empty"),
            1..=LONGEST_LABEL => labels.push(escaped(&bytes)),
            _ => return fatal("DomainLabelTooLong", "Domain label is too long"),
        }
    }
    let name = labels.join(".") + ".";
    if name.len() > LONGEST {
        return fatal("DomainNameTooLong", "Domain name is too long");
    }
    Ok(name)
}

/// The bytes of a label, in which a backslash begins three octal digits.
fn unescaped(label: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut rest) = (Vec::new(), label.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'\\' {
            bytes.push(*first);
            continue;
        }
        let digits = rest.get(..3).filter(|it| it.iter().all(|it| (b'0'..=b'7').contains(it)))?;
        let code = digits.iter().fold(0u16, |code, digit| code * 8 + u16::from(digit - b'0'));
        bytes.push(u8::try_from(code).ok()?);
        rest = &rest[3..];
    }
    Some(bytes)
}

/// The text of a label: what is neither letter, digit, hyphen nor underscore is told by its number.
fn escaped(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' => text.push(char::from(*byte)),
            b'A'..=b'Z' => text.push(char::from(byte.to_ascii_lowercase())),
            other => text += &format!("\\{other:03o}"),
        }
    }
    text
}

/// The first label of names that stand for all that there are not.
const WILDCARD: &str = "\\052";

/// Whether a name is a zone's own, or within it.
pub(super) fn is_within(name: &str, zone: &str) -> bool {
    name == zone || name.strip_suffix(zone).is_some_and(|rest| rest.ends_with('.'))
}

/// What is left of a name without its first label.
pub(super) fn parent(name: &str) -> Option<&str> {
    name.split_once('.').map(|(_, rest)| rest).filter(|rest| !rest.is_empty())
}

/// The name that stands for all names right under another that there are not.
pub(super) fn wildcard(of: &str) -> String {
    format!("{WILDCARD}.{of}")
}

/// Zones and records are told in the order of their labels, the last one first.
pub(super) fn order(one: &str, other: &str) -> Ordering {
    let labels = |name: &str| name.trim_end_matches('.').rsplit('.').map(str::to_owned).collect();
    let (one, other): (Vec<String>, Vec<String>) = (labels(one), labels(other));
    one.cmp(&other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_spelling() {
        for (given, kept) in [
            ("Orders.Internal", "orders.internal."),
            ("orders.internal.", "orders.internal."),
            ("*.internal", "\\052.internal."),
            ("\\052.internal", "\\052.internal."),
            ("_sip._tcp.internal", "_sip._tcp.internal."),
            ("a\\100.internal", "a\\100.internal."),
            ("\\101.internal", "a.internal."),
        ] {
            assert_eq!(read(given).as_deref(), Ok(kept), "{given}");
        }
        for given in ["", ".", "a..b", ".a", "\\9.b", &format!("{}.b", "a".repeat(64))] {
            assert!(read(given).is_err(), "{given}");
        }
    }

    #[test]
    fn names_are_ordered_from_their_end() {
        let mut names = ["b.example.", "example.", "a.b.example.", "a.example."];
        names.sort_by(|one, other| order(one, other));
        assert_eq!(names, ["example.", "a.example.", "b.example.", "a.b.example."]);
        assert!(is_within("a.example.", "example.") && is_within("example.", "example."));
        assert!(!is_within("another-example.", "example."));
        assert_eq!((parent("a.example."), parent("example.")), (Some("example."), None));
    }
}
