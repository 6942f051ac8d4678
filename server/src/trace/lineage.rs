//! The lineage in X-Ray's header: how often each function was invoked in a chain of invocations.

use engine::node::EventContext;
use sha2::{Digest, Sha256};

use crate::request_id::request_id;

/// Functions of which a chain is known: of a longer one the eldest are forgotten.
const KNOWN: usize = 32;

/// The header that a function is given which is invoked with another, and how often it was invoked
/// in the chain before.
pub(crate) fn next(header: &str, function_arn: &str) -> (String, u32) {
    let own = hash(function_arn);
    let mut parts: Vec<&str> = header.split(';').filter(|part| !part.is_empty()).collect();
    let lineage = parts.iter().position(|part| part.starts_with("Lineage="));
    let lineage = lineage.map(|at| parts.remove(at)).unwrap_or_default();
    let mut entries: Vec<(&str, u32)> =
        lineage.trim_start_matches("Lineage=").split('|').filter_map(entry).collect();
    let hops = match entries.iter().position(|(hash, _)| *hash == own) {
        Some(at) => entries.remove(at).1,
        None => 0,
    };
    // What nobody was invoked by says nothing.
    entries.retain(|(_, count)| *count > 0);
    entries.push((&own, hops.saturating_add(1)));
    let from = entries.len().saturating_sub(KNOWN);
    let entries: Vec<String> =
        entries[from..].iter().map(|(hash, count)| format!("{hash}:{count}")).collect();
    let mut next = parts.join(";");
    if !next.is_empty() {
        next.push(';');
    }
    (format!("{next}Lineage=1:{}", entries.join("|")), hops)
}

/// The header of a chain that begins, which nobody samples, from a request's id.
pub(crate) fn begun(id: &str) -> String {
    let seconds = crate::driver::now().0 / 1_000_000_000;
    let digits: String = id.chars().filter(|c| *c != '-').collect();
    let (root, parent) = (&digits[..24], &digits[16..]);
    format!("Root=1-{seconds:08x}-{root};Parent={parent};Sampled=0;Lineage=1:{}:0", &digits[..8])
}

/// What an event is given along to a function: of a chain that goes on, or begins.
pub(crate) fn context(header: Option<&str>, function_arn: &str) -> EventContext {
    let own = || begun(&request_id());
    let (trace, hops) = next(&header.map_or_else(own, str::to_owned), function_arn);
    EventContext { client: None, trace: Some(trace), hops }
}

/// A function's hash, and how often it was invoked: the last two parts of an entry.
fn entry(text: &str) -> Option<(&str, u32)> {
    let mut parts = text.rsplit(':');
    let (count, hash) = (parts.next()?, parts.next()?);
    Some((hash, count.parse().ok()?))
}

fn hash(function_arn: &str) -> String {
    // All versions of a function are one.
    let unqualified: Vec<&str> = function_arn.splitn(8, ':').take(7).collect();
    let digest = Sha256::digest(unqualified.join(":"));
    digest[..4].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_back_to_a_function_is_counted() {
        let (f, g) = ("arn:aws:lambda:r:1:function:f", "arn:aws:lambda:r:1:function:g:7");
        let (mut header, hops) = next("Root=1-2-3;Parent=4;Sampled=0;Lineage=1:a26086f9:0", f);
        assert_eq!(hops, 0);
        assert!(header.starts_with("Root=1-2-3;Parent=4;Sampled=0;Lineage=1:"), "{header}");
        for round in 1..20 {
            let (of_g, hops) = next(&header, g);
            assert_eq!(hops, round - 1);
            let (of_f, hops) = next(&of_g, &format!("{f}:$LATEST"));
            assert_eq!(hops, round);
            header = of_f;
        }
        assert_eq!(header.matches(':').count(), 3, "{header}");
        assert_eq!(next("", f).1, 0);
        assert_eq!(next("Lineage=x|:|::|1:zz:99999999999", f).1, 0);
    }
}
