//! Permissions: statements of the resource policies of functions, versions and aliases.

use engine::compute::function::Refusal;
use engine::compute::policy::{self, PolicyOf};
use engine::id::RequestId;
use engine::record::policy::Statement;
use serde::Serialize;
use serde_json::{Map, Value, json};
use wire::ApiError;
use wire::arn::Arn;
use wire::lambda::error;
use wire::lambda::input::{AddPermission, GetPolicy, RemovePermission};
use wire::lambda::output::{AddPermissionResponse, GetPolicyResponse};

use crate::api::lambda::configuration::revision;
use crate::api::lambda::invalid::invalid;
use crate::api::lambda::name::{arn, not_found};
use crate::api::lambda::refusal;
use crate::api::lambda::target::Target;
use crate::api::operation::{Context, Operation};
use crate::driver::Refused;

/// A statement as AWS writes it.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Written<'a> {
    sid: &'a str,
    effect: &'a str,
    principal: Value,
    action: &'a str,
    resource: &'a str,
    #[serde(skip_serializing_if = "Condition::is_empty")]
    condition: Condition,
}

/// The conditions that permissions may have, in AWS's order.
#[derive(Default, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Condition {
    #[serde(skip_serializing_if = "Keys::is_empty")]
    string_equals: Keys,
    #[serde(skip_serializing_if = "Keys::is_empty")]
    arn_like: Keys,
    #[serde(skip_serializing_if = "Keys::is_empty")]
    bool: Keys,
}

/// Condition keys in the order in which they were put, each with its value.
#[derive(Default)]
struct Keys(Vec<(&'static str, String)>);

impl Keys {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn put(&mut self, key: &'static str, value: Option<String>) {
        self.0.extend(value.map(|value| (key, value)));
    }
}

impl Serialize for Keys {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl Condition {
    fn is_empty(&self) -> bool {
        [&self.string_equals, &self.arn_like, &self.bool].into_iter().all(Keys::is_empty)
    }
}

impl Operation for AddPermission {
    type Output = AddPermissionResponse;

    async fn run(self, cx: &Context<'_>) -> Result<AddPermissionResponse, ApiError> {
        let AddPermission {
            function_name,
            statement_id,
            action,
            principal,
            source_arn,
            function_url_auth_type,
            invoked_via_function_url,
            source_account,
            event_source_token,
            qualifier,
            revision_id,
            principal_org_id,
        } = self;
        let target = Target::read(cx, &function_name, qualifier.as_deref())?;
        if target.qualifier.as_deref() == Some("$LATEST") {
            return Err(invalid("We currently do not support adding policies for $LATEST."));
        }
        if !is_action(&action) {
            return Err(invalid(
                "The provided action was invalid. Please check the action and try again.",
            ));
        }
        if function_url_auth_type.is_some() && action != "lambda:InvokeFunctionUrl" {
            return Err(invalid(
                "FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action",
            ));
        }
        let mut condition = Condition::default();
        let equals = &mut condition.string_equals;
        equals.put("AWS:SourceAccount", source_account);
        equals.put("lambda:FunctionUrlAuthType", function_url_auth_type);
        equals.put("aws:PrincipalOrgID", principal_org_id);
        equals.put("lambda:EventSourceToken", event_source_token);
        condition.arn_like.put("AWS:SourceArn", source_arn);
        let via_url = invoked_via_function_url.map(|is_via| is_via.to_string());
        condition.bool.put("lambda:InvokedViaFunctionUrl", via_url);
        let written = Written {
            sid: &statement_id,
            effect: "Allow",
            principal: named(&principal)?,
            action: &action,
            resource: &arn(&cx.scope, &target.name, target.qualifier.as_deref()),
            condition,
        };
        let text = serde_json::to_string(&written).expect("a statement is plain data");
        let question = policy::AddPermission {
            of: of(cx, target)?,
            statement: Statement { sid: statement_id, text: text.clone() },
            revision: revision_id.as_deref().map(revision),
        };
        let asked = cx.driver.ask(question).await;
        asked.map_err(|refused| refusal::spell(cx, refused))?;
        Ok(AddPermissionResponse { statement: Some(text) })
    }
}

impl Operation for RemovePermission {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let RemovePermission { function_name, statement_id, qualifier, revision_id } = self;
        let target = Target::read(cx, &function_name, qualifier.as_deref())?;
        let question = policy::RemovePermission {
            of: of(cx, target)?,
            sid: statement_id,
            revision: revision_id.as_deref().map(revision),
        };
        cx.driver.ask(question).await.map_err(|refused| match refused {
            Refused::Refused(Refusal::NoFunction(scope, name, version)) => {
                let version = version.map(|version| version.spelled());
                let arn = arn(&scope, &name, version.as_deref());
                error("ResourceNotFoundException", format!("No policy found for: {arn}"))
            }
            refused => refusal::spell(cx, refused),
        })
    }
}

impl Operation for GetPolicy {
    type Output = GetPolicyResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetPolicyResponse, ApiError> {
        let GetPolicy { function_name, qualifier } = self;
        let target = Target::read(cx, &function_name, qualifier.as_deref())?;
        let found = cx.driver.read(|engine| {
            let function = engine.function(&cx.scope, &target.name)?;
            engine.resource_policy(function.id, target.qualifier.as_deref()).cloned()
        });
        // AWS does not tell whether there is the function.
        let missing = "The resource you requested does not exist.";
        let found = found.ok_or_else(|| error("ResourceNotFoundException", missing))?;
        Ok(GetPolicyResponse {
            policy: Some(found.document()),
            revision_id: Some(RequestId(found.revision).to_string()),
        })
    }
}

/// What a policy is of.
///
/// # Errors
/// When the qualifier is none that a version or an alias may have.
pub(crate) fn of(cx: &Context<'_>, target: Target) -> Result<PolicyOf, ApiError> {
    let Target { scope: _, name: function, qualifier } = target;
    if let Some(qualifier) = qualifier.as_deref().filter(|qualifier| qualifier.contains('$')) {
        return Err(not_found(&cx.scope, &function, Some(qualifier)));
    }
    Ok(PolicyOf { scope: cx.scope.clone(), function, qualifier })
}

/// What policies know operations by that is not their own name.
const ACTIONS: [&str; 4] =
    ["DisableReplication", "EnableReplication", "InvokeFunction", "InvokeFunctionUrl"];

/// Whether there is an action, of those that are supported here or not.
fn is_action(action: &str) -> bool {
    let service = &wire::lambda::SERVICE;
    let Some(name) = action.strip_prefix("lambda:") else { return action == "*" };
    name == "*"
        || ACTIONS.contains(&name)
        || service.operation(name).is_some()
        || service.unsupported.iter().any(|it| it.name == name)
}

/// Whom a statement names.
fn named(principal: &str) -> Result<Value, ApiError> {
    let is_number = |text: &str| text.len() == 12 && text.bytes().all(|it| it.is_ascii_digit());
    let of_iam = |arn: &Arn<'_>| {
        matches!(arn.service, "iam" | "sts") && arn.region.is_empty() && is_number(arn.account)
    };
    let ends = [".amazonaws.com", ".amazonaws.com.cn", ".amazon.com"];
    let is_service = ends.iter().any(|end| {
        let name = principal.strip_suffix(end);
        let plain = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'.' | b'_');
        name.is_some_and(|name| !name.is_empty() && name.bytes().all(plain))
    });
    let of = |kind: &str, name: String| {
        Value::Object(Map::from_iter([(kind.to_owned(), Value::String(name))]))
    };
    match principal {
        "*" => Ok(json!("*")),
        service if is_service => Ok(of("Service", service.to_owned())),
        number if is_number(number) => Ok(of("AWS", format!("arn:aws:iam::{number}:root"))),
        text if Arn::parse(text).is_some_and(|arn| of_iam(&arn)) => Ok(of("AWS", text.to_owned())),
        _ => Err(invalid(
            "The provided principal was invalid. Please check the principal and try again.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_are_those_of_lambda() {
        for good in ["*", "lambda:*", "lambda:InvokeFunction", "lambda:InvokeFunctionUrl"] {
            assert!(is_action(good), "{good}");
        }
        for good in ["lambda:GetFunction", "lambda:InvokeAsync", "lambda:CreateCodeSigningConfig"] {
            assert!(is_action(good), "{good}");
        }
        for bad in
            ["lambda:Nope", "s3:GetObject", "lambda:", "InvokeFunction", "lambda:invokefunction"]
        {
            assert!(!is_action(bad), "{bad}");
        }
    }
}
