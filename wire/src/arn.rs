//! ARNs, and the ways in which a request may refer to a function.

use std::fmt;

use crate::error::ApiError;
use crate::service::lambda;

/// `arn:partition:service:region:account:resource`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    /// Such as `aws`.
    pub partition: &'a str,
    /// Such as `lambda`.
    pub service: &'a str,
    /// Empty for global services.
    pub region: &'a str,
    /// Empty for resources of AWS's own.
    pub account: &'a str,
    /// The rest, colons and slashes included.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Parses an ARN; none if a part is missing or the resource is empty.
    pub fn parse(text: &'a str) -> Option<Arn<'a>> {
        let mut parts = text.splitn(6, ':');
        if parts.next()? != "arn" {
            return None;
        }
        let arn = Arn {
            partition: parts.next()?,
            service: parts.next()?,
            region: parts.next()?,
            account: parts.next()?,
            resource: parts.next()?,
        };
        let named =
            |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        (named(arn.partition) && named(arn.service) && !arn.resource.is_empty()).then_some(arn)
    }
}

impl fmt::Display for Arn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Arn { partition, service, region, account, resource } = self;
        write!(f, "arn:{partition}:{service}:{region}:{account}:{resource}")
    }
}

/// A function named in a request: name, partial ARN or ARN, each perhaps with a qualifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FunctionReference<'a> {
    /// The partition, where an ARN was given.
    pub partition: Option<&'a str>,
    /// The region, where given.
    pub region: Option<&'a str>,
    /// The account, where given.
    pub account: Option<&'a str>,
    /// The function's name.
    pub name: &'a str,
    /// The version, alias or `$LATEST`, where given.
    pub qualifier: Option<&'a str>,
}

impl<'a> FunctionReference<'a> {
    /// Parses what the API's pattern accepts; none for anything else.
    ///
    /// Every prefix is optional, so `function:x` is the function `x`, but `function:$LATEST` is the function
    /// `function`: a prefix counts if what is left of it is still a reference.
    pub fn parse(text: &'a str) -> Option<FunctionReference<'a>> {
        if !text.contains(':') {
            return tail(text);
        }
        let whole = Some((None, text));
        let arn = [arn_prefix(text), whole];
        for (partition, text) in arn.into_iter().flatten() {
            for (region, text) in
                [prefix(text, is_region), Some((None, text))].into_iter().flatten()
            {
                for (account, text) in
                    [prefix(text, is_account), Some((None, text))].into_iter().flatten()
                {
                    let stripped = text.strip_prefix("function:").and_then(tail);
                    if let Some(found) = stripped.or_else(|| tail(text)) {
                        return Some(FunctionReference { partition, region, account, ..found });
                    }
                }
            }
        }
        None
    }

    /// Joins the qualifier of the query string with the one in the name.
    pub fn with_qualifier(self, specified: Option<&'a str>) -> Result<Self, ApiError> {
        match (self.qualifier, specified) {
            (Some(own), Some(specified)) if own != specified => Err(lambda::error(
                "InvalidParameterValueException",
                "The derived qualifier from the function name does not match the specified qualifier.",
            )),
            (own, specified) => Ok(FunctionReference { qualifier: own.or(specified), ..self }),
        }
    }

    /// Refuses a function of another region.
    pub fn in_region(self, region: &str) -> Result<Self, ApiError> {
        match self.region {
            Some(other) if other != region => Err(lambda::error(
                "ResourceNotFoundException",
                format!("Functions from '{other}' are not reachable in this region ('{region}')"),
            )),
            _ => Ok(self),
        }
    }
}

/// The ARN of a function, qualified or not.
pub fn function_arn(region: &str, account: &str, name: &str, qualifier: Option<&str>) -> String {
    match qualifier {
        Some(qualifier) => format!("arn:aws:lambda:{region}:{account}:function:{name}:{qualifier}"),
        None => format!("arn:aws:lambda:{region}:{account}:function:{name}"),
    }
}

/// `arn:aws:lambda:`; the partition may even be empty, as the API's pattern has it.
fn arn_prefix(text: &str) -> Option<(Option<&str>, &str)> {
    let (partition, rest) = text.strip_prefix("arn:")?.split_once(':')?;
    let rest = rest.strip_prefix("lambda:")?;
    let of_aws = partition
        .strip_prefix("aws")
        .is_some_and(|more| more.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-'));
    (partition.is_empty() || of_aws).then_some((Some(partition), rest))
}

fn prefix(text: &str, fits: fn(&str) -> bool) -> Option<(Option<&str>, &str)> {
    let (first, rest) = text.split_once(':')?;
    fits(first).then_some((Some(first), rest))
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}

/// `us-east-1`, `us-gov-west-1`, `us-isob-east-1`, `eusc-de-east-1`.
fn is_region(text: &str) -> bool {
    let text = text.strip_prefix("eusc-").unwrap_or(text);
    let mut parts: Vec<&str> = text.split('-').collect();
    if parts.len() == 4 {
        let kind = parts.remove(1);
        let iso = kind
            .strip_prefix("iso")
            .is_some_and(|more| more.len() <= 1 && more.bytes().all(|b| b.is_ascii_lowercase()));
        if kind != "gov" && !iso {
            return false;
        }
    }
    let lower = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase());
    match parts.as_slice() {
        [country, direction, number] => {
            country.len() == 2
                && lower(country)
                && lower(direction)
                && number.len() == 1
                && number.as_bytes()[0].is_ascii_digit()
        }
        _ => false,
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

/// `name[:qualifier]`.
fn tail(text: &str) -> Option<FunctionReference<'_>> {
    let (name, qualifier) = match text.split_once(':') {
        Some((name, qualifier)) => (name, Some(qualifier)),
        None => (text, None),
    };
    let qualified = qualifier.is_none_or(|q| {
        matches!(q, "$LATEST" | "$LATEST.PUBLISHED") || (is_name(q) && !q.contains('.'))
    });
    let reference =
        FunctionReference { partition: None, region: None, account: None, name, qualifier };
    (is_name(name) && qualified).then_some(reference)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_of_every_form() {
        let parse = |text| {
            FunctionReference::parse(text).map(|r| (r.region, r.account, r.name, r.qualifier))
        };
        assert_eq!(parse("f"), Some((None, None, "f", None)));
        assert_eq!(parse("f:live"), Some((None, None, "f", Some("live"))));
        assert_eq!(parse("function:f"), Some((None, None, "f", None)));
        assert_eq!(parse("function:$LATEST"), Some((None, None, "function", Some("$LATEST"))));
        let account = Some("123456789012");
        assert_eq!(parse("123456789012:function:f"), Some((None, account, "f", None)));
        assert_eq!(
            parse("arn:aws:lambda:us-east-1:123456789012:function:f:7"),
            Some((Some("us-east-1"), account, "f", Some("7")))
        );
        assert_eq!(
            parse("arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:f"),
            Some((Some("us-gov-west-1"), account, "f", None))
        );
        for bad in [
            "",
            ":",
            "f:",
            "f:a:b",
            "f f",
            "arn:aws:sqs:us-east-1:123456789012:f",
            "f:$NEWEST",
            "é",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn qualifiers_must_agree() {
        let parsed = FunctionReference::parse("f:1").expect("a reference");
        assert_eq!(parsed.with_qualifier(Some("1")).expect("equal").qualifier, Some("1"));
        assert_eq!(
            parsed.with_qualifier(Some("2")).expect_err("unequal").code,
            "InvalidParameterValueException"
        );
        let plain = FunctionReference::parse("f").expect("a reference");
        assert_eq!(plain.with_qualifier(Some("2")).expect("only one").qualifier, Some("2"));
    }

    #[test]
    fn arns_round_trip() {
        for text in
            ["arn:aws:iam::123456789012:role/a:b/c", "arn:aws:lambda:us-east-1:1:function:f:1"]
        {
            assert_eq!(Arn::parse(text).expect("an ARN").to_string(), text);
        }
        for text in
            ["", "arn", "arn:aws:iam::1", "arn:aws:iam::1:", "arn::iam::1:x", "urn:aws:iam::1:x"]
        {
            assert_eq!(Arn::parse(text), None, "{text}");
        }
    }
}
