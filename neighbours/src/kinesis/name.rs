//! Streams and consumers as requests name them.

use crate::failure::Failure;
use crate::kinesis::refusal::{invalid, no_consumer, no_stream};
use crate::operation::Scope;

/// The ARN of a stream.
pub(super) fn stream_arn(scope: &Scope, name: &str) -> String {
    scope.arn("kinesis", &format!("stream/{name}"))
}

/// The ARN of a consumer, which tells the second in which it was registered.
pub(super) fn consumer_arn(scope: &Scope, stream: &str, name: &str, created: i64) -> String {
    format!("{}/consumer/{name}:{}", stream_arn(scope, stream), created / 1000)
}

/// The name of a stream that is given by its name or its ARN, or both.
///
/// # Errors
/// When it is given by neither, the two do not agree, or it is another's.
pub(super) fn stream(
    scope: &Scope,
    name: Option<String>,
    arn: Option<&str>,
) -> Result<String, Failure> {
    let Some(arn) = arn else {
        let missing = || invalid("Either StreamName or StreamARN is to be given.");
        return Ok(name.ok_or_else(missing)?);
    };
    let named = of_stream_arn(scope, arn)?;
    match name {
        Some(name) if name != named => {
            Err(invalid(format!("StreamName {name} and StreamARN {arn} are of two streams."))
                .into())
        }
        _ => Ok(named.to_owned()),
    }
}

/// The name of the stream whose ARN this is. A stream has one, so that a policy that names it is passed by
/// with no other.
///
/// # Errors
/// When it is another's, or no stream's.
pub(super) fn of_stream_arn<'a>(scope: &Scope, arn: &'a str) -> Result<&'a str, Failure> {
    // One of another account or region is not here.
    let shown = arn.rsplit_once("stream/").map_or(arn, |(_, name)| name);
    let name = arn.strip_prefix(&stream_arn(scope, ""));
    let name = name.filter(|name| !name.is_empty() && !name.contains('/'));
    Ok(name.ok_or_else(|| no_stream(scope, shown))?)
}

/// What the ARN of a consumer names: its stream, its name and the second in which it was registered.
///
/// # Errors
/// When it is another's, or no consumer's.
pub(super) fn of_consumer_arn<'a>(
    scope: &Scope,
    arn: &'a str,
) -> Result<(&'a str, &'a str, i64), Failure> {
    let parts = || {
        let (stream, consumer) = arn.split_once("/consumer/")?;
        let (name, second) = consumer.rsplit_once(':')?;
        // As it is spelled where it is told, and no other way.
        let second = second.parse::<i64>().ok().filter(|number| number.to_string() == second)?;
        Some((stream, name, second))
    };
    let (stream, name, second) = parts().ok_or_else(|| no_consumer(scope, arn))?;
    Ok((of_stream_arn(scope, stream)?, name, second))
}

/// Whether an ARN is to be taken for a consumer's, and not a stream's.
pub(super) fn is_of_consumer(arn: &str) -> bool {
    arn.contains("/consumer/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_named_by_names_and_arns() {
        let scope = Scope { account: 7, region: "eu-west-1".to_owned() };
        let arn = stream_arn(&scope, "s");
        assert_eq!(arn, "arn:aws:kinesis:eu-west-1:000000000007:stream/s");
        let named = |name: Option<&str>, arn: Option<&str>| {
            stream(&scope, name.map(str::to_owned), arn).ok()
        };
        assert_eq!(named(Some("s"), None).as_deref(), Some("s"));
        assert_eq!(named(None, Some(&arn)).as_deref(), Some("s"));
        assert_eq!(named(Some("s"), Some(&arn)).as_deref(), Some("s"));
        assert_eq!(named(Some("t"), Some(&arn)), None);
        assert_eq!(named(None, None), None);
        assert_eq!(named(None, Some("arn:aws:kinesis:us-east-1:000000000007:stream/s")), None);
    }

    #[test]
    fn each_has_one_arn() {
        let scope = Scope { account: 7, region: "eu-west-1".to_owned() };
        let arn = stream_arn(&scope, "s");
        let consumer = consumer_arn(&scope, "s", "c", 5999);
        assert_eq!(of_stream_arn(&scope, &arn).ok(), Some("s"));
        assert_eq!(of_consumer_arn(&scope, &consumer).ok(), Some(("s", "c", 5)));
        assert!(is_of_consumer(&consumer) && !is_of_consumer(&arn));
        for other in ["/", "/consumer/c:5", "/consumer/", "/x"] {
            assert!(of_stream_arn(&scope, &format!("{arn}{other}")).is_err(), "{other}");
        }
        for other in
            ["", "/consumer/", "/consumer/c", "/consumer/c:", "/consumer/c:05", "/consumer/c:+5"]
        {
            assert!(of_consumer_arn(&scope, &format!("{arn}{other}")).is_err(), "{other}");
        }
        assert!(of_consumer_arn(&scope, &format!("{arn}/x/consumer/c:5")).is_err());
    }
}
