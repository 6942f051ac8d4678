//! Names of what is planned for.

use std::collections::BTreeMap;

/// Names that are the same for no other: the wanted one where it is, else the long one.
pub(crate) fn distinct(named: &[(String, String)]) -> Vec<String> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for (wanted, _) in named {
        *counts.entry(wanted).or_default() += 1;
    }
    named
        .iter()
        .map(|(wanted, long)| match counts[wanted.as_str()] {
            1 if !wanted.is_empty() => wanted.clone(),
            _ => long.clone(),
        })
        .collect()
}
