//! Who has a function invoked without calling Lambda: a service for what happened in it, or whoever
//! reaches a URL. The function's resource policy alone says whether they may.

use engine::record::policy::ResourcePolicy;
use engine::scope::Scope;
use wire::arn::function_arn;

use crate::driver::Driver;
use crate::iam::{Assumer, Question, Trust, Values, grants};
use crate::subscriptions::LOGS;

/// Who has a function invoked.
///
/// Whatever brings events to functions asks [`Source::may_invoke`]: S3, SNS, EventBridge, CloudWatch
/// Logs and API Gateway with their service's principal, the ARN of the bucket, topic, rule, log group
/// or API, and its account; a function URL without authentication as [`Source::Url`]. It holds
/// whether or not policies of IAM are enforced, as without its policy no service reaches a function on
/// AWS. Event source mappings and EventBridge Scheduler do not ask: they use roles.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Source<'a> {
    /// A service of AWS's.
    Service {
        /// For instance `sns.amazonaws.com`.
        principal: &'a str,
        /// What it does so for, for instance a topic: `aws:SourceArn`.
        arn: &'a str,
        /// Whose that is, in twelve digits: `aws:SourceAccount`. A bucket's ARN does not tell.
        account: &'a str,
    },
    /// Whoever reaches the function's URL, whose type of authentication is `NONE`.
    Url,
}

/// Which function, version or alias is to be invoked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Invoked<'a> {
    pub(crate) scope: &'a Scope,
    pub(crate) name: &'a str,
    /// As it was given; each version and alias has a policy of its own.
    pub(crate) qualifier: Option<&'a str>,
}

/// Why it may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotPermitted {
    /// There is no such function.
    NoFunction,
    /// Its policy does not allow it.
    NoPermission,
}

impl Source<'_> {
    /// Whether it may have a function invoked.
    ///
    /// # Errors
    /// Why it may not.
    pub(crate) fn may_invoke(
        self,
        driver: &Driver,
        invoked: Invoked<'_>,
    ) -> Result<(), NotPermitted> {
        let Invoked { scope, name, qualifier } = invoked;
        if let Source::Service { principal: LOGS, arn, account } = self {
            // It is known by its name in a region, too.
            let principal = format!("logs.{}.amazonaws.com", scope.region);
            let regional = Source::Service { principal: &principal, arn, account };
            if regional.may_invoke(driver, invoked).is_ok() {
                return Ok(());
            }
        }
        let published = published(qualifier);
        let policy = policy_of(driver, invoked)?.ok_or(NotPermitted::NoPermission)?;
        let account = format!("{:012}", scope.account);
        let resource = function_arn(&scope.region, &account, name, published);
        let is_allowed = self.questions(scope).into_iter().all(|(action, values)| {
            let question = Question { action, resource: &resource, values: &values };
            matches!(grants(&policy, self.assumer(), &question), Trust::Itself)
        });
        if is_allowed { Ok(()) } else { Err(NotPermitted::NoPermission) }
    }

    fn assumer(&self) -> Assumer<'_> {
        match self {
            Source::Service { principal, .. } => Assumer::Service(principal),
            Source::Url => Assumer::Nobody,
        }
    }

    /// What must be allowed, each with its condition keys.
    fn questions(&self, scope: &Scope) -> Vec<(&'static str, Values)> {
        let mut values = Values::default();
        values.set("aws:ResourceAccount", format!("{:012}", scope.account));
        values.set("aws:RequestedRegion", scope.region.as_str());
        let millis = crate::logs::now();
        values.set("aws:CurrentTime", wire::time::iso8601(millis));
        values.set("aws:EpochTime", (millis / 1_000).to_string());
        let with = |key: &str, value: &str| {
            let mut values = values.clone();
            values.set(key, value);
            values
        };
        match *self {
            Source::Service { principal, arn, account } => {
                let mut values = with("aws:SourceArn", arn);
                values.set("aws:SourceAccount", account);
                values.set("aws:PrincipalIsAWSService", "true");
                values.set("aws:PrincipalServiceName", principal);
                vec![("lambda:InvokeFunction", values)]
            }
            Source::Url => vec![
                ("lambda:InvokeFunctionUrl", with("lambda:FunctionUrlAuthType", "NONE")),
                ("lambda:InvokeFunction", with("lambda:InvokedViaFunctionUrl", "true")),
            ],
        }
    }
}

/// The latest version has the policy of the function.
fn published(qualifier: Option<&str>) -> Option<&str> {
    qualifier.filter(|qualifier| *qualifier != "$LATEST")
}

/// The policy of what is to be invoked, if it has one: a document to be judged after the engine's lock.
pub(crate) fn policy_of(
    driver: &Driver,
    invoked: Invoked<'_>,
) -> Result<Option<String>, NotPermitted> {
    let Invoked { scope, name, qualifier } = invoked;
    let policy = driver.read(|engine| {
        let function = engine.function(scope, name)?;
        let policy = engine.resource_policy(function.id, published(qualifier));
        Some(policy.map(ResourcePolicy::document))
    });
    policy.ok_or(NotPermitted::NoFunction)
}
