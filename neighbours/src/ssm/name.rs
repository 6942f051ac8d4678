//! Names of parameters: words, or paths of them, perhaps with a version or a label.

use wire::ApiError;
use wire::ssm::error;

use crate::operation::Scope;

/// A parameter as a request names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) name: String,
    /// A version's number or a label, with the colon before it.
    pub(super) selector: Option<String>,
}

impl Name {
    /// Reads a name or an ARN, with or without a selector; one of another account or region is none.
    pub(super) fn read(scope: &Scope, text: &str) -> Option<Name> {
        let own = match text.starts_with("arn:") {
            false => text,
            true => {
                let path = text.strip_prefix(&*scope.arn("ssm", "parameter"))?;
                // A name that is no path has none of the slash that an ARN has.
                match path.get(1..)?.contains('/') {
                    true => path,
                    false => path.strip_prefix('/')?,
                }
            }
        };
        match own.split_once(':') {
            None => Some(Name { name: own.to_owned(), selector: None }),
            Some((name, selector)) => {
                Some(Name { name: name.to_owned(), selector: Some(format!(":{selector}")) })
            }
        }
    }

    /// The version's number, if the selector is one.
    pub(super) fn version(&self) -> Option<i64> {
        self.selector.as_deref()?[1..].parse().ok()
    }
}

/// The ARN of a parameter.
pub(super) fn arn(scope: &Scope, name: &str) -> String {
    let slash = if name.starts_with('/') { "" } else { "/" };
    scope.arn("ssm", &format!("parameter{slash}{name}"))
}

/// Levels that a name may have.
const LEVELS: usize = 15;

/// Whether a parameter can be made under a name.
///
/// # Errors
/// As SSM says it.
pub(super) fn check_new(name: &str) -> Result<(), ApiError> {
    let invalid = |message: &str| Err(error("ValidationException", message));
    let first = name.trim_start_matches('/').to_ascii_lowercase();
    if first.starts_with("aws") {
        let message = format!("No access to reserved parameter name: {name}.");
        return Err(error("AccessDeniedException", message));
    }
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '/');
    let is_broken = name.contains("//") || name.ends_with('/');
    if first.starts_with("ssm") || !name.chars().all(is_allowed) || is_broken || first.is_empty() {
        return invalid(
            "Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If formed as a path, \
             it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a \
             mix of letters, numbers and the following 3 symbols .-_",
        );
    }
    if name.contains('/') && !name.starts_with('/') {
        return invalid("Parameter name must be a fully qualified name.");
    }
    if name.matches('/').count() > LEVELS {
        let message = format!(
            "Hierarchical parameter names can have a maximum of {LEVELS} levels. Level count includes \
             the forward slash."
        );
        return Err(error("HierarchyLevelLimitExceededException", message));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_with_selectors_and_out_of_arns() {
        let scope = Scope { account: 7, region: "us-east-1".into() };
        for (text, name, selector) in [
            ("a", "a", None),
            ("/a/b:3", "/a/b", Some(":3")),
            ("a:label", "a", Some(":label")),
            ("arn:aws:ssm:us-east-1:000000000007:parameter/a", "a", None),
            ("arn:aws:ssm:us-east-1:000000000007:parameter/a/b:2", "/a/b", Some(":2")),
        ] {
            let read = Name::read(&scope, text).expect("a name");
            assert_eq!((read.name.as_str(), read.selector.as_deref()), (name, selector), "{text}");
        }
        for other in [
            "arn:aws:s3:::b",
            "arn:aws:ssm:us-east-1:000000000008:parameter/a",
            "arn:aws:ssm:eu-west-1:000000000007:parameter/a",
        ] {
            assert_eq!(Name::read(&scope, other), None, "{other}");
        }
        assert_eq!(arn(&scope, "/a/b"), "arn:aws:ssm:us-east-1:000000000007:parameter/a/b");
        assert_eq!(arn(&scope, "a"), "arn:aws:ssm:us-east-1:000000000007:parameter/a");
        for (name, good) in [
            ("a", true),
            ("/a/b", true),
            ("a/b", false),
            ("aws-x", false),
            ("/ssm/x", false),
            ("a b", false),
            ("/a//b", false),
            ("/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16", false),
        ] {
            assert_eq!(check_new(name).is_ok(), good, "{name}");
        }
    }
}
