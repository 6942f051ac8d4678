//! Names of buckets and keys of objects.

use wire::ApiError;
use wire::s3::error;

use super::refusal::too_long;

/// Bytes of a key.
const KEY: usize = 1024;

/// Whether a bucket may have this name.
///
/// # Errors
/// As S3 says it.
pub(super) fn check(name: &str) -> Result<(), ApiError> {
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_good = (3..=63).contains(&name.len())
        && name.bytes().all(|byte| is_letter(byte) || matches!(byte, b'-' | b'.'))
        && name.bytes().next().is_some_and(is_letter)
        && name.bytes().next_back().is_some_and(is_letter)
        && !name.contains("..")
        && name.parse::<std::net::Ipv4Addr>().is_err()
        && !["xn--", "sthree-", "amzn-s3-demo-"].iter().any(|start| name.starts_with(start))
        && !["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"]
            .iter()
            .any(|end| name.ends_with(end));
    match is_good {
        true => Ok(()),
        false => {
            let message = "The specified bucket is not valid.";
            Err(error("InvalidBucketName", message).with("BucketName", name))
        }
    }
}

/// Whether an object may have this key.
///
/// # Errors
/// As S3 says it.
pub(super) fn check_key(key: &str) -> Result<(), ApiError> {
    if key.len() > KEY { Err(too_long(key)) } else { Ok(()) }
}

/// The ARN of a bucket.
pub(super) fn arn(bucket: &str) -> String {
    format!("arn:aws:s3:::{bucket}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_hosts_can_have() {
        for good in ["abc", "my-bucket.of.logs", "1st", &"a".repeat(63)] {
            check(good).expect(good);
        }
        for bad in ["ab", "Abc", "a_b", "-ab", "ab-", "a..b", "10.0.0.1", "xn--a", &"a".repeat(64)]
        {
            check(bad).expect_err(bad);
        }
    }
}
