//! Values of records: what Route 53 takes of each type, and what a resolver tells of it.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::name;

/// What a record says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// An address of IPv4.
    A(Ipv4Addr),
    /// An address of IPv6.
    Aaaa(Ipv6Addr),
    /// Another name for the same.
    Cname(String),
    /// Who takes mail, and in which order.
    Mx(u16, String),
    /// A server of names.
    Ns(String),
    /// A name for an address.
    Ptr(String),
    /// The start of a zone: the first server, who keeps it, the serial number, and four times.
    Soa(String, String, u32, [u32; 4]),
    /// Where a service is: priority, weight, port and host.
    Srv(u16, u16, u16, String),
    /// Texts.
    Txt(Vec<Vec<u8>>),
}

/// The types of records that are kept.
pub(super) const KINDS: [&str; 9] = ["A", "AAAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT"];

fn fatal(problem: &str, text: &str, given: &str) -> String {
    format!("FATAL problem: {problem} ({text}) encountered with '{given}'")
}

impl Value {
    /// The value of a record of a type, or why it is none in Route 53's words.
    pub(super) fn read(kind: &str, given: &str) -> Result<Value, String> {
        let host = |text: &str| name::read(text);
        match kind {
            "A" => given.parse().map(Value::A).map_err(|_| {
                fatal("ARRDATAIllegalIPv4Address", "Value is not a valid IPv4 address", given)
            }),
            "AAAA" => given.parse().map(Value::Aaaa).map_err(|_| {
                fatal("AAAARRDATAIllegalIPv6Address", "Value is not a valid IPv6 address", given)
            }),
            "CNAME" => host(given).map(Value::Cname),
            "NS" => host(given).map(Value::Ns),
            "PTR" => host(given).map(Value::Ptr),
            "MX" => match words(given)[..] {
                [preference, exchange] => {
                    Ok(Value::Mx(number(preference, given)?, host(exchange)?))
                }
                _ => Err(fields(given, "MX", 2)),
            },
            "SRV" => match words(given)[..] {
                [priority, weight, port, target] => Ok(Value::Srv(
                    number(priority, given)?,
                    number(weight, given)?,
                    number(port, given)?,
                    host(target)?,
                )),
                _ => Err(fields(given, "SRV", 4)),
            },
            "SOA" => match words(given)[..] {
                [primary, keeper, serial, refresh, retry, expire, minimum] => {
                    let times = [
                        number(refresh, given)?,
                        number(retry, given)?,
                        number(expire, given)?,
                        number(minimum, given)?,
                    ];
                    Ok(Value::Soa(host(primary)?, host(keeper)?, number(serial, given)?, times))
                }
                _ => Err(fields(given, "SOA", 7)),
            },
            "TXT" => texts(given).map(Value::Txt),
            other => Err(fatal("UnsupportedType", "Warren keeps no records of this type", other)),
        }
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn fields(given: &str, kind: &str, count: usize) -> String {
    let text = format!("{kind} records have {count} fields");
    fatal("IncorrectNumberOfFields", &text, given)
}

fn number<T: std::str::FromStr>(text: &str, given: &str) -> Result<T, String> {
    text.parse().map_err(|_| fatal("InvalidNumber", "Value is not a valid number", given))
}

/// Texts in quotation marks, of 255 bytes at most each.
fn texts(given: &str) -> Result<Vec<Vec<u8>>, String> {
    let unquoted = || {
        let text = "Value should be enclosed in quotation marks";
        fatal("InvalidCharacterString", text, given)
    };
    let mut all = Vec::new();
    let mut rest = given.trim().as_bytes();
    if rest.is_empty() {
        return Err(unquoted());
    }
    while !rest.is_empty() {
        let mut inside = rest.strip_prefix(b"\"").ok_or_else(unquoted)?;
        let mut text = Vec::new();
        loop {
            match inside {
                [b'"', after @ ..] => {
                    rest = after.trim_ascii_start();
                    break;
                }
                [b'\\', a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', after @ ..] => {
                    text.push((a - b'0') * 64 + (b - b'0') * 8 + (c - b'0'));
                    inside = after;
                }
                [b'\\', escaped @ (b'"' | b'\\'), after @ ..] => {
                    text.push(*escaped);
                    inside = after;
                }
                [byte, after @ ..] => {
                    text.push(*byte);
                    inside = after;
                }
                [] => return Err(unquoted()),
            }
        }
        if text.len() > 255 {
            return Err(fatal("CharacterStringTooLong", "Value is too long", given));
        }
        all.push(text);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_has_values_of_its_own() {
        for (kind, given, value) in [
            ("A", "10.0.1.5", Value::A([10, 0, 1, 5].into())),
            ("AAAA", "fd00::1", Value::Aaaa("fd00::1".parse().unwrap())),
            ("CNAME", "A.internal", Value::Cname("a.internal.".into())),
            ("MX", "10 mail.internal", Value::Mx(10, "mail.internal.".into())),
            ("SRV", "1 2 389 d.internal.", Value::Srv(1, 2, 389, "d.internal.".into())),
            (
                "TXT",
                "\"v=1; a \\\"b\\\"\" \"\\303\\251\"",
                Value::Txt(vec![b"v=1; a \"b\"".to_vec(), "é".into()]),
            ),
        ] {
            assert_eq!(Value::read(kind, given), Ok(value), "{kind}");
        }
        for (kind, given) in [
            ("A", "10.0.1"),
            ("A", "fd00::1"),
            ("AAAA", "10.0.1.5"),
            ("CNAME", "a..b"),
            ("MX", "mail.internal"),
            ("MX", "99999 mail.internal"),
            ("SRV", "1 2 d.internal"),
            ("TXT", "bare"),
            ("TXT", "\"open"),
            ("TXT", "\"a\" b"),
            ("TXT", ""),
            ("CAA", "0 issue \"a\""),
        ] {
            assert!(Value::read(kind, given).is_err(), "{kind} {given}");
        }
        assert!(Value::read("TXT", &format!("\"{}\"", "a".repeat(256))).is_err());
    }
}
