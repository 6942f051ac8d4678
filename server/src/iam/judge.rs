//! What policy documents say to a call.

use crate::glob::Glob;
use crate::iam::condition::{Values, fill};
use crate::iam::document::{self, But, Condition, Document, Principals, Resource, Statement};

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

/// What documents say to a call. One that nobody understands denies it.
pub(crate) fn judge<'d>(
    documents: impl IntoIterator<Item = &'d str>,
    question: &Question<'_>,
) -> Verdict {
    let action = question.action.to_ascii_lowercase();
    let mut verdict = Verdict::Silent;
    for text in documents {
        let Some(document) = document::read(text) else { return Verdict::Denied };
        for statement in &document.statements {
            let applies = statement.speaks_of(&action)
                && statement.is_about(question)
                && statement.holds(&document, question);
            if applies {
                verdict = verdict.max(match statement.is_denial {
                    true => Verdict::Denied,
                    false => Verdict::Allowed,
                });
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

/// Whether anybody can tell what the document of a thing says. One that nobody understands keeps out all
/// but who alone can mend it.
pub(crate) fn is_understood(text: &str) -> bool {
    document::read(text).is_some()
}

fn said_to(text: &str, assumer: Assumer<'_>, question: &Question<'_>, is_of_thing: bool) -> Trust {
    let action = question.action.to_ascii_lowercase();
    let Some(document) = document::read(text) else { return Trust::Denied };
    let mut trust = Trust::Silent;
    for statement in &document.statements {
        let named = statement.names(assumer, statement.is_denial || is_of_thing);
        let applies = named != Trust::Silent
            && statement.speaks_of(&action)
            && (!is_of_thing || statement.is_about(question))
            && statement.holds(&document, question);
        if applies {
            trust = trust.max(if statement.is_denial { Trust::Denied } else { named });
        }
    }
    trust
}

impl Statement {
    /// How it names somebody; `is_all` says whether everyone includes who is no caller.
    fn names(&self, assumer: Assumer<'_>, is_all: bool) -> Trust {
        match &self.principals {
            None if self.is_denial => Trust::Itself,
            None => Trust::Silent,
            Some(But::These(principals)) => principals.name(assumer, is_all),
            Some(But::Others(principals)) => match principals.name(assumer, true) {
                Trust::Silent => Trust::Itself,
                _ => Trust::Silent,
            },
        }
    }

    /// Whether it is about an action, which is in small letters.
    fn speaks_of(&self, action: &str) -> bool {
        let actions = self.actions.as_ref();
        actions.map_or(self.is_denial, |it| it.means(|actions| actions.have(action)))
    }

    fn is_about(&self, question: &Question<'_>) -> bool {
        let resource = question.resource;
        let fits = |pattern: &Resource| match pattern {
            Resource::Plain(pattern) => pattern.matches(resource),
            Resource::Filled(word) => fill(word, question.values)
                .is_some_and(|word| Glob::escaped(&word).matches(resource)),
        };
        let resources = self.resources.as_ref();
        resources.map_or(self.is_denial, |it| it.means(|all| all.iter().any(fits)))
    }

    /// Whether all conditions hold.
    fn holds(&self, document: &Document, question: &Question<'_>) -> bool {
        let Some(conditions) = &self.conditions else { return self.is_denial };
        conditions.iter().all(|Condition { operator, key, wanted }| {
            operator.holds(key, wanted, question.values, document.has_variables)
        })
    }
}

impl Principals {
    fn name(&self, assumer: Assumer<'_>, is_all: bool) -> Trust {
        let Principals { is_everyone, callers, services } = self;
        let everyone = *is_everyone || callers.iter().any(|word| word == "*");
        let if_so = |is_so| if is_so { Trust::Itself } else { Trust::Silent };
        match assumer {
            Assumer::Service(service) => {
                if_so(services.iter().any(|word| word == service) || is_all && everyone)
            }
            Assumer::Nobody => if_so(is_all && everyone),
            Assumer::Caller { arn, role, account } => {
                let root = format!("arn:aws:iam::{account}:root");
                let of_word = |word: &String| {
                    if word == arn || Some(word.as_str()) == role {
                        Trust::Itself
                    } else if word == account || *word == root {
                        Trust::Account
                    } else {
                        Trust::Silent
                    }
                };
                let listed = callers.iter().map(of_word).max().unwrap_or(Trust::Silent);
                if everyone { Trust::Itself } else { listed }
            }
        }
    }
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
    fn what_is_not_understood_keeps_out_and_lets_in_nobody() {
        let allow = r#"{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}"#;
        let values = Values::default();
        let question = Question { action: "a:b", resource: "arn:x:1", values: &values };
        let nobody = Assumer::Nobody;
        for (odd, allows) in [
            (r#"{"Effect":"Deny","Principal":"*","Action":"c:d","Resource":"*"}"#, true),
            ("7", false),
            (r#"{"Effect":"deny","Principal":"*","Action":"a:b","Resource":"*"}"#, false),
            (r#"{"Principal":"*","Action":"a:b","Resource":"*"}"#, false),
            (r#"{"Effect":"Deny","Principal":7,"Action":"a:b","Resource":"*"}"#, false),
            (r#"{"Effect":"Deny","Principal":"*","Action":7,"Resource":"*"}"#, false),
            (r#"{"Effect":"Deny","Principal":"*","Action":["a:b",7],"Resource":"*"}"#, false),
            (r#"{"Effect":"Deny","Principal":"*","Action":"a:b"}"#, false),
            (
                r#"{"Effect":"Deny","Principal":"*","Action":"a:b","Resource":"*","Condition":7}"#,
                false,
            ),
            (
                r#"{"Effect":"Deny","Principal":"*","Action":"a:b","Resource":"*",
                    "Condition":{"StringEquals":"x"}}"#,
                false,
            ),
        ] {
            let document = format!(r#"{{"Statement":[{allow},{odd}]}}"#);
            let said = grants(&document, nobody, &question);
            assert_eq!(said == Trust::Itself, allows, "{odd}: {said:?}");
            let said = judge([document.as_str()], &question);
            assert_eq!(said == Verdict::Allowed, allows, "{odd}: {said:?}");
        }
        for odd in [
            r#"{"Effect":"Allow","Principal":7,"Action":"a:b","Resource":"*"}"#,
            r#"{"Effect":"Allow","Principal":"*","Action":7,"Resource":"*"}"#,
            r#"{"Effect":"Allow","Principal":"*","Action":"a:b"}"#,
            r#"{"Effect":"Allow","Principal":"*","Action":"a:b","Resource":"*","Condition":7}"#,
            r#"{"Effect":"Allow","Principal":"*","Action":"a:b","Resource":"*",
                "Condition":{"StringEquals":"x"}}"#,
        ] {
            let document = format!(r#"{{"Statement":{odd}}}"#);
            assert_eq!(grants(&document, nobody, &question), Trust::Silent, "{odd}");
        }
        for text in ["", "7", "{}", r#"{"Statement":[]}"#] {
            assert_eq!(grants(text, nobody, &question), Trust::Denied, "{text}");
            assert_eq!(judge([text], &question), Verdict::Denied, "{text}");
            assert!(!is_understood(text), "{text}");
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
