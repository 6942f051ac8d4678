//! Names of what is planned for.

use std::collections::BTreeMap;

/// How something may be named.
pub(crate) struct Candidate {
    /// As people call it; may be empty.
    pub(crate) wanted: String,
    /// As nothing else is called.
    pub(crate) long: String,
}

/// Names that are the same for no other: the wanted one where it is, else the long one.
pub(crate) fn distinct(candidates: &[Candidate]) -> Vec<String> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for candidate in candidates {
        *counts.entry(&candidate.wanted).or_default() += 1;
    }
    candidates
        .iter()
        .map(|Candidate { wanted, long }| match counts[wanted.as_str()] {
            1 if !wanted.is_empty() => wanted.clone(),
            _ => long.clone(),
        })
        .collect()
}
