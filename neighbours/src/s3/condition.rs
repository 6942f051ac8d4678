//! Conditions on which objects are read and written.

use wire::ApiError;
use wire::s3::error;

use super::refusal::{no_key, precondition};
use super::version::Version;

/// On which condition an object is read.
#[derive(Debug, Clone, Default)]
pub(super) struct Reads {
    pub(super) if_match: Option<String>,
    pub(super) if_none_match: Option<String>,
    pub(super) if_modified_since: Option<i64>,
    pub(super) if_unmodified_since: Option<i64>,
}

/// Whether a list of entity tags has one.
fn names(list: &str, etag: &str) -> bool {
    let plain = |text: &str| text.trim().trim_start_matches("W/").trim_matches('"').to_owned();
    list.split(',').any(|each| each.trim() == "*" || plain(each) == plain(etag))
}

/// What seconds are in: headers have no smaller part.
fn seconds(millis: i64) -> i64 {
    millis.div_euclid(1_000)
}

/// Why a version is not to be read.
#[derive(Debug, PartialEq, Eq)]
enum Unmet {
    NotModified,
    Failed(&'static str),
}

impl Reads {
    fn unmet(&self, etag: &str, modified: i64) -> Option<Unmet> {
        if let Some(list) = &self.if_match {
            if !names(list, etag) {
                return Some(Unmet::Failed("If-Match"));
            }
        } else if self.if_unmodified_since.is_some_and(|at| seconds(modified) > seconds(at)) {
            return Some(Unmet::Failed("If-Unmodified-Since"));
        }
        if let Some(list) = &self.if_none_match {
            return names(list, etag).then_some(Unmet::NotModified);
        }
        let unmodified = self.if_modified_since.is_some_and(|at| seconds(modified) <= seconds(at));
        unmodified.then_some(Unmet::NotModified)
    }

    /// Whether a version is to be told.
    ///
    /// # Errors
    /// When it was not modified, or is not the one that is meant.
    pub(super) fn check(&self, version: &Version) -> Result<(), ApiError> {
        match self.unmet(&version.etag, version.modified) {
            None => Ok(()),
            Some(Unmet::NotModified) => {
                Err(error("NotModified", "Not Modified").with("ETag", version.quoted_etag()))
            }
            Some(Unmet::Failed(condition)) => Err(precondition(condition)),
        }
    }

    /// Whether a version is to be copied, which knows no "not modified".
    ///
    /// # Errors
    /// When it is not the one that is meant.
    pub(super) fn check_copy(&self, version: &Version) -> Result<(), ApiError> {
        match self.unmet(&version.etag, version.modified) {
            None => Ok(()),
            Some(Unmet::NotModified) => Err(precondition(match self.if_none_match {
                Some(_) => "x-amz-copy-source-If-None-Match",
                None => "x-amz-copy-source-If-Modified-Since",
            })),
            Some(Unmet::Failed("If-Match")) => Err(precondition("x-amz-copy-source-If-Match")),
            Some(Unmet::Failed(_)) => Err(precondition("x-amz-copy-source-If-Unmodified-Since")),
        }
    }
}

/// On which condition an object is written.
#[derive(Debug, Clone, Default)]
pub(super) struct Writes {
    pub(super) if_match: Option<String>,
    pub(super) if_none_match: Option<String>,
}

impl Writes {
    /// Whether the object that is there, if one is, may be replaced.
    ///
    /// # Errors
    /// When the condition does not hold.
    pub(super) fn check(&self, key: &str, current: Option<&Version>) -> Result<(), ApiError> {
        if let Some(list) = &self.if_none_match {
            if list.trim() != "*" {
                let message = "A header you provided implies functionality that is not implemented";
                return Err(error("NotImplemented", message).with("Header", "If-None-Match"));
            }
            if current.is_some() {
                return Err(precondition("If-None-Match"));
            }
        }
        match (&self.if_match, current) {
            (Some(_), None) => Err(no_key(key)),
            (Some(list), Some(current)) if !names(list, &current.etag) => {
                Err(precondition("If-Match"))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_those_of_http() {
        let of = |change: fn(&mut Reads)| {
            let mut reads = Reads::default();
            change(&mut reads);
            reads.unmet("abc", 10_500)
        };
        assert_eq!(of(|_| ()), None);
        assert_eq!(of(|it| it.if_match = Some("\"abc\"".into())), None);
        assert_eq!(of(|it| it.if_match = Some("\"x\", \"abc\"".into())), None);
        assert_eq!(of(|it| it.if_match = Some("x".into())), Some(Unmet::Failed("If-Match")));
        assert_eq!(of(|it| it.if_none_match = Some("*".into())), Some(Unmet::NotModified));
        assert_eq!(of(|it| it.if_none_match = Some("x".into())), None);
        assert_eq!(of(|it| it.if_modified_since = Some(10_000)), Some(Unmet::NotModified));
        assert_eq!(of(|it| it.if_modified_since = Some(9_000)), None);
        let late = Some(Unmet::Failed("If-Unmodified-Since"));
        assert_eq!(of(|it| it.if_unmodified_since = Some(9_000)), late);
        // A tag that fits says more than a date.
        let both = of(|it| {
            it.if_match = Some("abc".into());
            it.if_unmodified_since = Some(9_000);
        });
        assert_eq!(both, None);
    }
}
