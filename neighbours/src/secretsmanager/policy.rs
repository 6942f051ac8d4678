//! The policies of secrets.

use std::sync::Arc;

use rusqlite::Connection;
use wire::policy::check_resource;
use wire::secretsmanager::error;
use wire::secretsmanager::input::{DeleteResourcePolicy, GetResourcePolicy, PutResourcePolicy};
use wire::secretsmanager::output::{
    DeleteResourcePolicyResponse, GetResourcePolicyResponse, PutResourcePolicyResponse,
};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::secretsmanager::service::Secretsmanager;
use crate::secretsmanager::stored::Secret;

/// Sets a secret's policy, or none; its ARN and name.
async fn set(
    secrets: &Secretsmanager,
    cx: &Context<'_>,
    id: String,
    policy: Option<String>,
) -> Result<(String, String), Failure> {
    let scope = cx.scope.clone();
    let work = move |connection: &Connection| {
        let mut secret = Secret::find(connection, &scope, &id)?;
        secret.policy = policy;
        secret.update(connection)?;
        Ok::<_, Failure>((secret.arn(&scope), secret.name))
    };
    secrets.store.run(work).await
}

impl Operation<Secretsmanager> for PutResourcePolicy {
    type Output = PutResourcePolicyResponse;

    async fn run(
        self,
        secrets: &Arc<Secretsmanager>,
        cx: &Context<'_>,
    ) -> Result<PutResourcePolicyResponse, Failure> {
        let PutResourcePolicy { secret_id, resource_policy } = self;
        if check_resource(&resource_policy).is_err() {
            let message = "This resource policy contains a syntax error.";
            return Err(error("MalformedPolicyDocumentException", message).into());
        }
        let (arn, name) = set(secrets, cx, secret_id, Some(resource_policy)).await?;
        Ok(PutResourcePolicyResponse { arn: Some(arn), name: Some(name), policy_name: None })
    }
}

impl Operation<Secretsmanager> for DeleteResourcePolicy {
    type Output = DeleteResourcePolicyResponse;

    async fn run(
        self,
        secrets: &Arc<Secretsmanager>,
        cx: &Context<'_>,
    ) -> Result<DeleteResourcePolicyResponse, Failure> {
        let DeleteResourcePolicy { secret_id } = self;
        let (arn, name) = set(secrets, cx, secret_id, None).await?;
        Ok(DeleteResourcePolicyResponse { arn: Some(arn), name: Some(name), policy_name: None })
    }
}

impl Operation<Secretsmanager> for GetResourcePolicy {
    type Output = GetResourcePolicyResponse;

    async fn run(
        self,
        secrets: &Arc<Secretsmanager>,
        cx: &Context<'_>,
    ) -> Result<GetResourcePolicyResponse, Failure> {
        let GetResourcePolicy { secret_id } = self;
        let scope = cx.scope.clone();
        let get = move |connection: &Connection| Secret::find(connection, &scope, &secret_id);
        let secret = secrets.store.run_lean(get).await?;
        Ok(GetResourcePolicyResponse {
            arn: Some(secret.arn(&cx.scope)),
            name: Some(secret.name),
            resource_policy: secret.policy,
            policy_name: None,
        })
    }
}
