//! Resource policies as whole documents.

use engine::compute::policy::{self, PolicyOf};
use engine::id::RequestId;
use engine::record::policy::{ResourcePolicy, Statement};
use serde_json::Value;
use wire::ApiError;
use wire::lambda::error;
use wire::lambda::input::{DeleteResourcePolicy, GetResourcePolicy, PutResourcePolicy};
use wire::lambda::output::{GetResourcePolicyResponse, PutResourcePolicyResponse};

use crate::api::lambda::configuration::revision;
use crate::api::lambda::invalid::invalid;
use crate::api::lambda::permission::of;
use crate::api::lambda::refusal;
use crate::api::lambda::target::Target;
use crate::api::operation::{Context, Operation};
use crate::iam::{DocumentError, check_resource};

impl Operation for PutResourcePolicy {
    type Output = PutResourcePolicyResponse;

    async fn run(self, cx: &Context<'_>) -> Result<PutResourcePolicyResponse, ApiError> {
        let PutResourcePolicy { resource_arn, policy: text, revision_id } = self;
        let of = named(cx, &resource_arn)?;
        let (head, statements) = parts(&text)?;
        let revision = revision_id.as_deref().map(revision);
        let question = policy::PutPolicy { of, head, statements, revision };
        let put = cx.driver.ask(question).await;
        let put = put.map_err(|refused| refusal::spell(cx, refused))?;
        Ok(PutResourcePolicyResponse {
            policy: Some(put.document()),
            revision_id: Some(RequestId(put.revision).to_string()),
        })
    }
}

impl Operation for GetResourcePolicy {
    type Output = GetResourcePolicyResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetResourcePolicyResponse, ApiError> {
        let GetResourcePolicy { resource_arn } = self;
        let PolicyOf { scope, function, qualifier } = named(cx, &resource_arn)?;
        let found: Option<ResourcePolicy> = cx.driver.read(|engine| {
            let function = engine.function(&scope, &function)?;
            engine.resource_policy(function.id, qualifier.as_deref()).cloned()
        });
        let found = found.ok_or_else(missing)?;
        Ok(GetResourcePolicyResponse {
            policy: Some(found.document()),
            revision_id: Some(RequestId(found.revision).to_string()),
        })
    }
}

impl Operation for DeleteResourcePolicy {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteResourcePolicy { resource_arn, revision_id } = self;
        let of = named(cx, &resource_arn)?;
        let question = policy::DeletePolicy { of, revision: revision_id.as_deref().map(revision) };
        cx.driver.ask(question).await.map_err(|refused| refusal::spell(cx, refused))
    }
}

fn missing() -> ApiError {
    error("ResourceNotFoundException", "The resource you requested does not exist.")
}

/// What an ARN names.
fn named(cx: &Context<'_>, arn: &str) -> Result<PolicyOf, ApiError> {
    // The model has other things that have policies: none of them is there.
    if !arn.contains(":function:") {
        return Err(missing());
    }
    let target = Target::read(cx, arn, None)?;
    if target.qualifier.as_deref() == Some("$LATEST") {
        return Err(invalid("We currently do not support adding policies for $LATEST."));
    }
    of(cx, target)
}

/// A document taken apart: what stands before its statements, and these.
fn parts(text: &str) -> Result<(String, Vec<Statement>), ApiError> {
    let wrong = |why: &str| invalid(format!("The resource policy is invalid: {why}"));
    check_resource(text).map_err(|DocumentError(why)| wrong(why))?;
    let document: Value = serde_json::from_str(text).map_err(|_| wrong("it is no JSON"))?;
    let mut head = String::new();
    for (name, value) in document.as_object().into_iter().flatten() {
        if name != "Statement" {
            head.push_str(&format!("{}:{value},", Value::from(name.as_str())));
        }
    }
    let statements = &document["Statement"];
    let statements = statements.as_array().map_or(std::slice::from_ref(statements), Vec::as_slice);
    let mut kept: Vec<Statement> = Vec::new();
    for statement in statements {
        let sid = statement["Sid"].as_str().unwrap_or_default().to_owned();
        if !sid.is_empty() && kept.iter().any(|known| known.sid == sid) {
            return Err(wrong("Statement IDs (SID) in a single policy must be unique."));
        }
        kept.push(Statement { sid, text: statement.to_string() });
    }
    Ok((head, kept))
}
