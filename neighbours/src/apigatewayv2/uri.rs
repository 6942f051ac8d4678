//! The functions that URIs mean.

use std::collections::BTreeMap;

use wire::arn::{Arn, FunctionReference};

use super::stored::{Authorizer, Integration};

/// The ARN of the function that a URI means: the ARN itself, or the path of its invocations.
pub(super) fn function(uri: &str) -> Option<&str> {
    let within = uri.split_once(":lambda:path/2015-03-31/functions/").map(|(_, arn)| arn);
    let arn = within.map_or(Some(uri), |arn| arn.strip_suffix("/invocations"))?;
    let parsed = Arn::parse(arn)?;
    (parsed.service == "lambda" && FunctionReference::parse(arn).is_some()).then_some(arn)
}

/// A URI with the variables of a stage in the places that name them.
pub(super) fn filled<'v>(uri: &str, value: impl Fn(&str) -> &'v str) -> String {
    let mut filled = String::new();
    let mut rest = uri;
    while let Some((before, after)) = rest.split_once("${stageVariables.") {
        let Some((name, behind)) = after.split_once('}') else { break };
        filled.push_str(before);
        filled.push_str(value(name));
        rest = behind;
    }
    filled + rest
}

fn of(uri: &str, variables: &BTreeMap<String, String>) -> Option<String> {
    let uri = filled(uri, |name| variables.get(name).map_or("", String::as_str));
    function(&uri).map(str::to_owned)
}

impl Integration {
    /// The ARN of the function that it leads to, in a stage with these variables.
    pub fn function(&self, variables: &BTreeMap<String, String>) -> Option<String> {
        of(&self.uri, variables)
    }
}

impl Authorizer {
    /// The ARN of the function that is asked, in a stage with these variables.
    pub fn function(&self, variables: &BTreeMap<String, String>) -> Option<String> {
        of(&self.uri, variables)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uri_means_a_function() {
        let arn = "arn:aws:lambda:us-east-1:123456789012:function:f:live";
        let path = format!(
            "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{arn}/invocations"
        );
        assert_eq!(function(arn), Some(arn));
        assert_eq!(function(&path), Some(arn));
        for bad in ["", "f", "https://example.com", "arn:aws:sqs:us-east-1:123456789012:q"] {
            assert_eq!(function(bad), None, "{bad}");
        }
        let variables = BTreeMap::from([("fn".to_owned(), "f:live".to_owned())]);
        let named = "arn:aws:lambda:us-east-1:123456789012:function:${stageVariables.fn}";
        assert_eq!(of(named, &variables).as_deref(), Some(arn));
        assert_eq!(of(named, &BTreeMap::new()), None);
    }
}
