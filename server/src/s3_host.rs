//! Hosts of S3: the bucket that a name has before the store's own, and what names mean besides buckets.

use wire::ApiError;

/// Below which the names of AWS's own endpoints are, which nobody else can make mean anything.
pub(crate) const AWS: &str = "amazonaws.com";
/// Below which those of interface endpoints are.
pub(crate) const ENDPOINTS: &str = "vpce.amazonaws.com";

/// What a name of S3 at AWS is for.
#[derive(Debug, PartialEq, Eq)]
enum Asked<'a> {
    /// Buckets, or the one that stands before.
    Buckets(Option<&'a str>),
    /// Access points.
    AccessPoints,
    /// The operations of S3 Control.
    Control,
}

/// The bucket that a name of S3 at AWS has, if it has one; none where it is no name of S3's. The name is one
/// of AWS's.
pub(crate) fn of_aws(name: &str) -> Option<Option<&str>> {
    match asked(name)? {
        Asked::Buckets(bucket) => Some(bucket),
        Asked::AccessPoints | Asked::Control => None,
    }
}

fn asked(name: &str) -> Option<Asked<'_>> {
    if let Some(front) = cut(name, ENDPOINTS) {
        return at_endpoint(front);
    }
    let front = cut(name, AWS)?;
    match before(front) {
        Some(bucket) => Some(Asked::Buckets(bucket)),
        None => beside_buckets(front),
    }
}

/// What stands before an end, without the dot in between.
fn cut<'a>(name: &'a str, end: &str) -> Option<&'a str> {
    let at = name.len().checked_sub(end.len())?;
    let is_end = name.get(at..).is_some_and(|it| it.eq_ignore_ascii_case(end));
    name.get(..at).filter(|_| is_end)?.strip_suffix('.')
}

/// What a name below one of an interface endpoint is for: `<bucket>.bucket.vpce-….s3.us-east-1`.
fn at_endpoint(front: &str) -> Option<Asked<'_>> {
    let (front, _region) = front.rsplit_once('.')?;
    let (front, endpoint) = front.strip_suffix(".s3")?.rsplit_once('.')?;
    if !endpoint.starts_with("vpce-") {
        return None;
    }
    let (rest, part) =
        front.rsplit_once('.').map_or((None, front), |(rest, part)| (Some(rest), part));
    match part {
        "bucket" => Some(Asked::Buckets(rest)),
        "accesspoint" => Some(Asked::AccessPoints),
        "control" => Some(Asked::Control),
        _ => None,
    }
}

/// What stands before `s3` or `s3.<region>` at the end of a name, if something does; none where the
/// name does not end so.
pub(crate) fn before(name: &str) -> Option<Option<&str>> {
    let (rest, last) = name.rsplit_once('.').map_or(("", name), |(rest, last)| (rest, last));
    let bucket = match last {
        "s3" => rest,
        // A region, which is none of a bucket's labels.
        _ if last.contains('-') => match rest.rsplit_once('.') {
            Some((bucket, "s3")) => bucket,
            None if rest == "s3" => "",
            _ => return None,
        },
        _ => return None,
    };
    Some(Some(bucket).filter(|bucket| !bucket.is_empty()))
}

/// What a name is for that ends with `s3-control.<region>` or `s3-accesspoint.<region>`.
fn beside_buckets(front: &str) -> Option<Asked<'_>> {
    let (front, _region) = front.rsplit_once('.')?;
    match front.rsplit_once('.').map_or(front, |(_, last)| last) {
        "s3-control" => Some(Asked::Control),
        "s3-accesspoint" => Some(Asked::AccessPoints),
        _ => None,
    }
}

/// Refuses what is asked of S3 by the name of a host that stands for no buckets.
///
/// # Errors
/// When it is asked so.
pub(crate) fn check(name: &str) -> Result<(), ApiError> {
    let what = match asked(&name.to_ascii_lowercase()) {
        None | Some(Asked::Buckets(_)) => return Ok(()),
        Some(Asked::AccessPoints) => "access points of S3",
        Some(Asked::Control) => "operations of S3 Control",
    };
    Err(wire::s3::error("NotImplemented", format!("Warren does not support {what}.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_s3_are_for_buckets_or_for_what_is_refused() {
        let of_vpce = |front: &str| format!("{front}.s3.us-east-1.vpce.amazonaws.com");
        for (name, wanted) in [
            (of_vpce("bucket.vpce-0123456789abcdef0-abcdefgh"), Some(Asked::Buckets(None))),
            (of_vpce("mine.bucket.vpce-0-a-us-east-1a"), Some(Asked::Buckets(Some("mine")))),
            (of_vpce("my.own.bucket.vpce-0-a"), Some(Asked::Buckets(Some("my.own")))),
            (of_vpce("vpce-1.bucket.vpce-0-a"), Some(Asked::Buckets(Some("vpce-1")))),
            (of_vpce("bucket.bucket.vpce-0-a"), Some(Asked::Buckets(Some("bucket")))),
            (of_vpce("control.bucket.vpce-0-a"), Some(Asked::Buckets(Some("control")))),
            (of_vpce("accesspoint.vpce-0-a"), Some(Asked::AccessPoints)),
            (of_vpce("one-000000000000.accesspoint.vpce-0-a"), Some(Asked::AccessPoints)),
            (of_vpce("control.vpce-0-a"), Some(Asked::Control)),
            (of_vpce("000000000000.control.vpce-0-a"), Some(Asked::Control)),
            (of_vpce("vpce-0-a"), None),
            (of_vpce("other.vpce-0-a"), None),
            (of_vpce("bucket.other"), None),
            ("bucket.vpce-0-a.sqs.us-east-1.vpce.amazonaws.com".into(), None),
            ("s3.us-east-1.amazonaws.com".into(), Some(Asked::Buckets(None))),
            ("mine.s3.amazonaws.com".into(), Some(Asked::Buckets(Some("mine")))),
            ("0.s3-control.us-east-1.amazonaws.com".into(), Some(Asked::Control)),
            ("s3-control.us-east-1.amazonaws.com".into(), Some(Asked::Control)),
            ("a-0.s3-accesspoint.us-east-1.amazonaws.com".into(), Some(Asked::AccessPoints)),
            (
                "s3-control.s3.us-east-1.amazonaws.com".into(),
                Some(Asked::Buckets(Some("s3-control"))),
            ),
            ("sqs.us-east-1.amazonaws.com".into(), None),
            ("s3-control.us-east-1.example".into(), None),
        ] {
            assert_eq!(asked(&name), wanted, "{name}");
        }
    }
}
