//! Streams and consumers as requests name them.

use crate::failure::Failure;
use crate::kinesis::refusal::{invalid, no_stream};
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
    let named = of_arn(scope, arn)?;
    match name {
        Some(name) if name != named => {
            Err(invalid(format!("StreamName {name} and StreamARN {arn} are of two streams."))
                .into())
        }
        _ => Ok(named.to_owned()),
    }
}

/// The name of the stream that an ARN is of, also one of its consumers'.
pub(super) fn of_arn<'a>(scope: &Scope, arn: &'a str) -> Result<&'a str, Failure> {
    let rest = arn.strip_prefix(&stream_arn(scope, ""));
    let name = rest.map(|rest| rest.split_once("/consumer/").map_or(rest, |(name, _)| name));
    // One of another account or region is not here.
    let shown = arn.rsplit_once("stream/").map_or(arn, |(_, name)| name);
    Ok(name.filter(|name| !name.is_empty()).ok_or_else(|| no_stream(scope, shown))?)
}

/// What names a consumer in an ARN: its name and the second in which it was registered.
pub(super) fn consumer_of_arn(arn: &str) -> Option<(&str, i64)> {
    let (name, second) = arn.split_once("/consumer/")?.1.rsplit_once(':')?;
    Some((name, second.parse().ok()?))
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
        let consumer = consumer_arn(&scope, "s", "c", 5999);
        assert_eq!(named(None, Some(&consumer)).as_deref(), Some("s"));
        assert_eq!(consumer_of_arn(&consumer), Some(("c", 5)));
    }
}
