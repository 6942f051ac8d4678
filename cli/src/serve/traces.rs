//! Where traces are sent, as OpenTelemetry's variables say.

use http::{HeaderName, HeaderValue, Uri};
use server::trace::export::Collector;

use crate::value;

/// Why traces cannot be sent where they are to be.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TracesError {
    #[error("{0} {1:?} is not one\nhint: a plain endpoint such as http://127.0.0.1:4318")]
    Endpoint(&'static str, String),
    #[error(
        "OTEL_EXPORTER_OTLP_HEADERS {0:?} are not headers\nhint: for instance name=value,other=value"
    )]
    Headers(String),
    #[error("OTEL_EXPORTER_OTLP_PROTOCOL {0:?} is not spoken\nhint: http/json")]
    Protocol(String),
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The collector that the environment names, if it names one.
pub(super) fn collector() -> Result<Option<Collector>, TracesError> {
    const WHOLE: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";
    const TRACES: &str = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    let url = match (variable(TRACES), variable(WHOLE)) {
        (Some(url), _) => endpoint(TRACES, &url)?,
        (None, Some(base)) => {
            endpoint(WHOLE, &base)?;
            endpoint(WHOLE, &format!("{}/v1/traces", base.trim_end_matches('/')))?
        }
        (None, None) => return Ok(None),
    };
    if let Some(protocol) = variable("OTEL_EXPORTER_OTLP_PROTOCOL")
        && protocol != "http/json"
    {
        return Err(TracesError::Protocol(protocol));
    }
    let headers = variable("OTEL_EXPORTER_OTLP_HEADERS");
    let headers = headers.map_or_else(|| Ok(Vec::new()), |text| headers_of(&text))?;
    let service = variable("OTEL_SERVICE_NAME").unwrap_or_else(|| "warren".into());
    Ok(Some(Collector { url, headers, service }))
}

fn endpoint(name: &'static str, text: &str) -> Result<Uri, TracesError> {
    value::plain_http(text).ok_or_else(|| TracesError::Endpoint(name, text.to_owned()))
}

fn headers_of(text: &str) -> Result<Vec<(HeaderName, HeaderValue)>, TracesError> {
    let pairs = text.split(',').filter(|pair| !pair.trim().is_empty());
    let header = |pair: &str| {
        let (name, value) = pair.trim().split_once('=')?;
        Some((name.trim().parse().ok()?, value.trim().parse().ok()?))
    };
    let all = pairs.map(header).collect::<Option<Vec<_>>>();
    all.ok_or_else(|| TracesError::Headers(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_pairs() {
        let good = headers_of("a=b, authorization=Bearer x=,").expect("good");
        let names: Vec<_> = good.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["a", "authorization"]);
        assert_eq!(good[1].1, "Bearer x=");
        for bad in ["a", "=b", "a b=c", "a=b,c"] {
            headers_of(bad).expect_err(bad);
        }
    }

    #[test]
    fn only_plain_endpoints_are_taken() {
        assert!(endpoint("X", "http://127.0.0.1:4318").is_ok());
        for bad in ["", "127.0.0.1:4318", "https://collector.example", "grpc://x"] {
            endpoint("X", bad).expect_err(bad);
        }
    }
}
