//! What every noun shows alike: owners, ARNs and tags.

use std::fmt::Display;

use engine::scope::{Scope, Tags};
use wire::ec2::output::Tag;

/// The account that owns what is in a scope.
pub(crate) fn owner(scope: &Scope) -> String {
    format!("{:012}", scope.account)
}

/// The ARN of a resource: its kind, for instance `subnet`, and its id.
pub(crate) fn arn(scope: &Scope, kind: &str, id: impl Display) -> String {
    format!("arn:aws:ec2:{}:{}:{kind}/{id}", scope.region, owner(scope))
}

/// Tags as EC2 shows them.
pub(crate) fn tags(tags: &Tags) -> Vec<Tag> {
    let shown =
        tags.iter().map(|(key, value)| Tag { key: Some(key.clone()), value: Some(value.clone()) });
    shown.collect()
}
