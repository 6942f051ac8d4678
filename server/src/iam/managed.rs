//! AWS's managed policies that functions' roles, and whoever works with functions, are usually given.
//!
//! `managed.jsonl` has one policy in each line, with the document that AWS has published last.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use crate::iam::record::{Policy, PolicyVersion};

/// A line of the file.
#[derive(Deserialize)]
struct Line {
    name: String,
    path: String,
    /// Where it is known.
    id: Option<String>,
    version: u32,
    /// In milliseconds of the Unix epoch.
    created: i64,
    /// In milliseconds of the Unix epoch.
    updated: i64,
    #[serde(default)]
    description: String,
    document: Value,
}

/// Every managed policy that is known here, by ARN. They are read when one is first asked for.
pub(crate) fn managed() -> &'static BTreeMap<String, Policy> {
    static MANAGED: LazyLock<BTreeMap<String, Policy>> = LazyLock::new(|| {
        let lines = include_str!("managed.jsonl").lines();
        let policies = lines.map(|line| {
            let line = serde_json::from_str::<Line>(line).expect("the file is a part of this one");
            Policy::from(line)
        });
        policies.map(|policy| (policy.arn.clone(), policy)).collect()
    });
    &MANAGED
}

impl From<Line> for Policy {
    fn from(line: Line) -> Policy {
        let Line { name, path, id, version, created, updated, description, document } = line;
        let kept = PolicyVersion { created: updated, document: document.to_string() };
        Policy {
            id: id.unwrap_or_else(|| id_of_name(&name)),
            arn: format!("arn:aws:iam::aws:policy{path}{name}"),
            name,
            path,
            created,
            description,
            tags: BTreeMap::new(),
            versions: BTreeMap::from([(version, kept)]),
            default: version,
            last: version,
        }
    }
}

/// An id that is always the name's.
fn id_of_name(name: &str) -> String {
    let digest = wire::sigv4::sha256_hex(name.as_bytes()).to_ascii_uppercase();
    format!("ANPA{}", &digest[..17])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iam::check_identity;

    #[test]
    fn every_document_is_one_that_is_understood() {
        for (arn, policy) in managed() {
            assert_eq!(check_identity(policy.document()), Ok(()), "{arn}");
            assert!(policy.updated() >= policy.created, "{arn}");
        }
        let read_only = managed()["arn:aws:iam::aws:policy/ReadOnlyAccess"].document();
        assert!(read_only.contains("\"lambda:Get*\""), "{read_only}");
    }
}
