//! To which trace a request belongs: X-Ray's header, W3C's, and one made of both.

use http::HeaderMap;

/// What a trace header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TraceContext {
    /// The trace.
    pub(crate) trace: u128,
    /// The span that asks.
    pub(crate) parent: Option<u64>,
    /// Whether the trace is kept; none where that was left open.
    pub(crate) is_sampled: Option<bool>,
}

impl TraceContext {
    /// Of a `traceparent` header; none of a malformed one, or of a later form that is not known.
    pub(crate) fn of_w3c(text: &str) -> Option<TraceContext> {
        let mut parts = text.split('-');
        let (version, trace) = (parts.next()?, parts.next()?);
        let (parent, flags) = (parts.next()?, parts.next()?);
        let is_hex = |text: &str, length| {
            text.len() == length
                && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        };
        let is_good =
            is_hex(version, 2) && is_hex(trace, 32) && is_hex(parent, 16) && is_hex(flags, 2);
        if !is_good || version == "ff" || version == "00" && parts.next().is_some() {
            return None;
        }
        let trace = u128::from_str_radix(trace, 16).ok().filter(|trace| *trace != 0)?;
        let parent = u64::from_str_radix(parent, 16).ok().filter(|parent| *parent != 0)?;
        let flags = u8::from_str_radix(flags, 16).ok()?;
        Some(TraceContext { trace, parent: Some(parent), is_sampled: Some(flags & 1 == 1) })
    }

    /// Of an `X-Amzn-Trace-Id` header, such as `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=…`.
    pub(crate) fn of_xray(text: &str) -> Option<TraceContext> {
        let part = |name: &str| {
            let mut parts = text.split(';').filter_map(|part| part.trim().split_once('='));
            parts.find(|(key, _)| *key == name).map(|(_, value)| value)
        };
        let digits = part("Root")?.strip_prefix("1-")?.replace('-', "");
        let trace = u128::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 32)?;
        let parent = part("Parent").and_then(|parent| u64::from_str_radix(parent, 16).ok());
        let is_sampled = match part("Sampled") {
            Some("1") => Some(true),
            Some("0") => Some(false),
            _ => None,
        };
        Some(TraceContext { trace, parent, is_sampled })
    }

    /// X-Ray's header of it, with a parent of its own where one is given.
    pub(crate) fn xray(&self, parent: Option<u64>) -> String {
        let digits = format!("{:032x}", self.trace);
        let mut text = format!("Root=1-{}-{}", &digits[..8], &digits[8..]);
        if let Some(parent) = parent.or(self.parent) {
            text += &format!(";Parent={parent:016x}");
        }
        if let Some(is_sampled) = self.is_sampled {
            text += &format!(";Sampled={}", u8::from(is_sampled));
        }
        text
    }
}

/// Bytes of a header that is kept with what it comes with: as many as anybody's lineage has, and more. A
/// longer one is passed over.
const LONGEST: usize = 2048;

/// X-Ray's header of a request.
pub(crate) fn xray(headers: &HeaderMap) -> Option<&str> {
    let header = headers.get("x-amzn-trace-id").and_then(|value| value.to_str().ok());
    header.filter(|header| header.len() <= LONGEST)
}

/// The trace header that a request brings, in X-Ray's form: its own, or one made of W3C's.
pub(crate) fn brought(headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let made = || TraceContext::of_w3c(text("traceparent")?).map(|context| context.xray(None));
    xray(headers).map(str::to_owned).or_else(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    const W3C: &str = "00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01";
    const XRAY: &str = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    #[test]
    fn both_forms_say_the_same() {
        let context = TraceContext::of_w3c(W3C).expect("good");
        assert_eq!(context.xray(None), XRAY);
        assert_eq!(TraceContext::of_xray(XRAY), Some(context));
        assert_eq!(context.xray(Some(1)), XRAY.replace("53995c3f42cd8ad8", "0000000000000001"));
        let later = W3C.replacen("00", "01", 1) + "-more";
        assert_eq!(TraceContext::of_w3c(&later), Some(context));
        for bad in [
            "",
            "00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8",
            &W3C.replace("5759", "575G"),
            &W3C.to_uppercase(),
            &format!("{W3C}-more"),
            "ff-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01",
            "00-00000000000000000000000000000000-53995c3f42cd8ad8-01",
            "00-5759e988bd862e3fe1be46a994272793-0000000000000000-01",
        ] {
            assert_eq!(TraceContext::of_w3c(bad), None, "{bad}");
        }
        let open = TraceContext::of_xray("Root=1-5759e988-bd862e3fe1be46a994272793").expect("good");
        assert_eq!((open.parent, open.is_sampled), (None, None));
        for bad in ["", "Root=1-5759e988", "Parent=53995c3f42cd8ad8", "Root=2-0-0"] {
            assert_eq!(TraceContext::of_xray(bad), None, "{bad}");
        }
    }

    #[test]
    fn x_rays_own_header_goes_first() {
        let mut headers = HeaderMap::new();
        assert_eq!(brought(&headers), None);
        headers.insert("traceparent", W3C.parse().expect("a value"));
        assert_eq!(brought(&headers).as_deref(), Some(XRAY));
        headers.insert("x-amzn-trace-id", "Root=x".parse().expect("a value"));
        assert_eq!(brought(&headers).as_deref(), Some("Root=x"));
        let long = format!("Root={}", "x".repeat(LONGEST));
        headers.insert("x-amzn-trace-id", long.parse().expect("a value"));
        assert_eq!(brought(&headers).as_deref(), Some(XRAY), "as if it were not there");
    }
}
