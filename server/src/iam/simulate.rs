//! What policies would say to a call that nobody makes.

use std::collections::BTreeSet;

use crate::iam::condition::Values;
use crate::iam::document;
use crate::iam::judge::{Question, Verdict, judge};
use crate::iam::said::{NotAllowed, Said};

/// What would come of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Simulated {
    pub(crate) outcome: Result<(), NotAllowed>,
    /// Whether the boundary, where there is one, allows it.
    pub(crate) is_within_boundary: Option<bool>,
}

/// What documents, within those of a boundary, would say to a call.
pub(crate) fn simulate(
    documents: &[&str],
    boundary: Option<&[&str]>,
    question: &Question<'_>,
) -> Simulated {
    let identity = judge(documents.iter().copied(), question);
    let boundary = boundary.map(|documents| judge(documents.iter().copied(), question));
    Simulated {
        outcome: Said { identity, boundary, session: None }.verdict(),
        is_within_boundary: boundary.map(|said| said == Verdict::Allowed),
    }
}

/// The keys that conditions of documents compare and nobody gave a value.
pub(crate) fn missing_keys(documents: &[&str], values: &Values) -> Vec<String> {
    let mut missing = BTreeSet::new();
    for document in documents.iter().filter_map(|text| document::read(text)) {
        let conditions = document.statements.iter().filter_map(|it| it.conditions.as_ref());
        let keys = conditions.flatten().map(|condition| &condition.key);
        missing.extend(keys.filter(|key| values.get(key).is_none()).cloned());
    }
    missing.into_iter().collect()
}
