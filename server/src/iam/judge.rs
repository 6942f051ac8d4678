//! What policy documents say to a call.

use serde_json::Value;

use crate::glob::Glob;
use crate::iam::condition::{Operator, Values, escaped, fill, words};
use crate::iam::document::{has, parse, statements};

/// A call that may be allowed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Question<'a> {
    /// For instance `ec2:CreateNetworkInterface`.
    pub(crate) action: &'a str,
    /// The ARN of what it is about, or `*`.
    pub(crate) resource: &'a str,
    /// The values of condition keys.
    pub(crate) values: &'a Values,
}

/// What documents say together: one denial outweighs whatever else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// Nothing of the call.
    Silent,
    Allowed,
    Denied,
}

/// What documents say to a call.
pub(crate) fn judge<'d>(
    documents: impl IntoIterator<Item = &'d str>,
    question: &Question<'_>,
) -> Verdict {
    let mut verdict = Verdict::Silent;
    for text in documents {
        // Documents were checked when they came.
        let Ok(document) = parse(text) else { continue };
        let has_variables = has_variables(&document);
        for statement in statements(&document).unwrap_or_default() {
            let applies = speaks_of(statement, question)
                && is_about(statement, question, has_variables)
                && holds(statement, question, has_variables);
            if applies {
                verdict = verdict.max(effect(statement));
            }
        }
    }
    verdict
}

/// Who asks, where a document names whom it is for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Assumer<'a> {
    /// A service of AWS's.
    Service(&'a str),
    /// Somebody who does not say who that is.
    Nobody,
    /// A caller, by its own ARN, that of the role that it is a session of, and its account's number.
    Caller { arn: &'a str, role: Option<&'a str>, account: &'a str },
}

/// What a trust policy says to who wants to assume its role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trust {
    Silent,
    /// To its account as a whole, which leaves the rest to the policies of whoever it is.
    Account,
    /// To itself.
    Itself,
    Denied,
}

/// Whether a document lets somebody assume the role.
pub(crate) fn trust(text: &str, assumer: Assumer<'_>, question: &Question<'_>) -> Trust {
    said_to(text, assumer, question, false)
}

/// What the policy of a thing says to who wants to do something with it. Everyone, there, includes
/// services and who does not say who that is.
pub(crate) fn grants(text: &str, assumer: Assumer<'_>, question: &Question<'_>) -> Trust {
    said_to(text, assumer, question, true)
}

fn said_to(text: &str, assumer: Assumer<'_>, question: &Question<'_>, is_of_thing: bool) -> Trust {
    let Ok(document) = parse(text) else { return Trust::Silent };
    let has_variables = has_variables(&document);
    let mut trust = Trust::Silent;
    for statement in statements(&document).unwrap_or_default() {
        let is_denial = effect(statement) == Verdict::Denied;
        let named = match has(statement, "NotPrincipal") {
            true => match names(&statement["NotPrincipal"], assumer, true) {
                Trust::Silent => Trust::Itself,
                _ => Trust::Silent,
            },
            false => names(&statement["Principal"], assumer, is_denial || is_of_thing),
        };
        let applies = named != Trust::Silent
            && speaks_of(statement, question)
            && (!is_of_thing || is_about(statement, question, has_variables))
            && holds(statement, question, has_variables);
        if applies {
            trust = trust.max(if is_denial { Trust::Denied } else { named });
        }
    }
    trust
}

/// How a principal names somebody; `is_all` says whether everyone includes who is no caller.
fn names(principal: &Value, assumer: Assumer<'_>, is_all: bool) -> Trust {
    let is_everyone = principal == "*";
    let listed = |kind: &str| words(&principal[kind]).collect::<Vec<_>>();
    match assumer {
        Assumer::Service(service) => {
            let is_named = listed("Service").iter().any(|word| word == service);
            let everyone = is_everyone || listed("AWS").iter().any(|word| word == "*");
            if is_named || is_all && everyone { Trust::Itself } else { Trust::Silent }
        }
        Assumer::Nobody => {
            let everyone = is_everyone || listed("AWS").iter().any(|word| word == "*");
            if is_all && everyone { Trust::Itself } else { Trust::Silent }
        }
        Assumer::Caller { arn, role, account } => {
            let root = format!("arn:aws:iam::{account}:root");
            let of_word = |word: &String| {
                if word == "*" || word == arn || Some(word.as_str()) == role {
                    Trust::Itself
                } else if word == account || *word == root {
                    Trust::Account
                } else {
                    Trust::Silent
                }
            };
            let words = listed("AWS");
            let listed = words.iter().map(of_word).max().unwrap_or(Trust::Silent);
            if is_everyone { Trust::Itself } else { listed }
        }
    }
}

fn effect(statement: &Value) -> Verdict {
    match statement["Effect"].as_str() {
        Some("Allow") => Verdict::Allowed,
        Some("Deny") => Verdict::Denied,
        _ => Verdict::Silent,
    }
}

/// Variables are those of documents of the present language alone.
fn has_variables(document: &Value) -> bool {
    document["Version"] == "2012-10-17"
}

fn speaks_of(statement: &Value, question: &Question<'_>) -> bool {
    let action = question.action.to_ascii_lowercase();
    let named = |name| {
        words(&statement[name]).any(|word| Glob::plain(&word.to_ascii_lowercase()).matches(&action))
    };
    if has(statement, "NotAction") { !named("NotAction") } else { named("Action") }
}

fn is_about(statement: &Value, question: &Question<'_>, has_variables: bool) -> bool {
    let named = |name| {
        words(&statement[name]).any(|word| {
            let word = match has_variables {
                true => fill(&word, question.values),
                false => Some(escaped(&word)),
            };
            word.is_some_and(|word| Glob::escaped(&word).matches(question.resource))
        })
    };
    if has(statement, "NotResource") { !named("NotResource") } else { named("Resource") }
}

/// Whether all conditions hold. What cannot be judged, since an earlier server took it, holds of a
/// denial, and not of an allowance.
fn holds(statement: &Value, question: &Question<'_>, has_variables: bool) -> bool {
    let Some(conditions) = statement["Condition"].as_object() else { return true };
    conditions.iter().all(|(operator, keys)| {
        let Some(operator) = Operator::parse(operator) else {
            return effect(statement) == Verdict::Denied;
        };
        let keys = keys.as_object();
        keys.into_iter()
            .flatten()
            .all(|(key, wanted)| operator.holds(key, wanted, question.values, has_variables))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(statement: &str, action: &str) -> bool {
        let document = format!("{{\"Version\":\"2012-10-17\",\"Statement\":{statement}}}");
        let values =
            Values::from([("aws:SourceAccount", "000000000001"), ("aws:SourceIp", "10.1.2.3")]);
        let question = Question { action, resource: "arn:x:1", values: &values };
        judge([document.as_str()], &question) == Verdict::Allowed
    }

    #[test]
    fn statements_allow_and_deny() {
        for (statement, action, expected) in [
            (r#"{"Effect":"Allow","Action":"ec2:*","Resource":"*"}"#, "ec2:CreateVpc", true),
            (r#"{"Effect":"Allow","Action":"EC2:create*","Resource":"*"}"#, "ec2:CreateVpc", true),
            (r#"{"Effect":"Allow","Action":["s3:*"],"Resource":"*"}"#, "ec2:CreateVpc", false),
            (r#"{"Effect":"Allow","NotAction":"s3:*","Resource":"*"}"#, "ec2:CreateVpc", true),
            (r#"{"Effect":"Allow","Action":"*","Resource":"arn:x:?"}"#, "a:b", true),
            (r#"{"Effect":"Allow","Action":"*","Resource":"arn:y:*"}"#, "a:b", false),
            (r#"{"Effect":"Allow","Action":"*","NotResource":"arn:y:*"}"#, "a:b", true),
            (
                r#"[{"Effect":"Allow","Action":"*","Resource":"*"},
                    {"Effect":"Deny","Action":"a:b","Resource":"*"}]"#,
                "a:b",
                false,
            ),
            (
                r#"{"Effect":"Allow","Action":"*","Resource":"*",
                    "Condition":{"StringEquals":{"aws:SourceAccount":["000000000001"]}}}"#,
                "a:b",
                true,
            ),
            (
                r#"{"Effect":"Allow","Action":"*","Resource":"*",
                    "Condition":{"StringEquals":{"ec2:Vpc":"x"}}}"#,
                "a:b",
                false,
            ),
            (
                r#"{"Effect":"Allow","Action":"*","Resource":"*",
                    "Condition":{"StringEqualsIfExists":{"ec2:Vpc":"x"},"Null":{"ec2:Vpc":"true"}}}"#,
                "a:b",
                true,
            ),
            (
                r#"[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*",
                    "Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}]"#,
                "a:b",
                false,
            ),
        ] {
            assert_eq!(asked(statement, action), expected, "{statement} {action}");
        }
    }

    #[test]
    fn roles_trust_services_accounts_and_callers() {
        let trusts = |principal: &str, assumer| {
            let document = format!(
                r#"{{"Statement":[{{"Effect":"Allow","Action":"sts:AssumeRole",
                    "Principal":{principal}}}]}}"#
            );
            let values = Values::default();
            let question = Question { action: "sts:AssumeRole", resource: "*", values: &values };
            trust(&document, assumer, &question)
        };
        let user = "arn:aws:iam::000000000007:user/u";
        let account = "000000000007";
        let lambda = Assumer::Service("lambda.amazonaws.com");
        let caller = Assumer::Caller { arn: user, role: None, account };
        let session = Assumer::Caller {
            arn: "arn:aws:sts::000000000007:assumed-role/r/s",
            role: Some("arn:aws:iam::000000000007:role/a/r"),
            account,
        };
        for (principal, assumer, expected) in [
            (r#"{"Service":["x","lambda.amazonaws.com"]}"#, lambda, Trust::Itself),
            (r#"{"Service":"ec2.amazonaws.com"}"#, lambda, Trust::Silent),
            (r#""*""#, lambda, Trust::Silent),
            (r#""*""#, caller, Trust::Itself),
            (r#"{"AWS":"*"}"#, caller, Trust::Itself),
            (r#"{"AWS":"arn:aws:iam::000000000007:root"}"#, caller, Trust::Account),
            (r#"{"AWS":"000000000007"}"#, session, Trust::Account),
            (r#"{"AWS":"000000000008"}"#, caller, Trust::Silent),
            (r#"{"AWS":["arn:aws:iam::000000000007:user/u"]}"#, caller, Trust::Itself),
            (r#"{"AWS":["arn:aws:iam::000000000007:user/*"]}"#, caller, Trust::Silent),
            (r#"{"AWS":"arn:aws:iam::000000000007:role/a/r"}"#, session, Trust::Itself),
            (r#"{"AWS":"arn:aws:sts::000000000007:assumed-role/r/s"}"#, session, Trust::Itself),
            (r#"{"AWS":"arn:aws:sts::000000000007:assumed-role/r/t"}"#, session, Trust::Silent),
        ] {
            assert_eq!(trusts(principal, assumer), expected, "{principal} {assumer:?}");
        }
    }
}
