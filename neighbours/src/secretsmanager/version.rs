//! The versions of secrets and their stages.

use std::sync::Arc;

use rusqlite::Connection;
use wire::secretsmanager::error;
use wire::secretsmanager::input::{ListSecretVersionIds, UpdateSecretVersionStage};
use wire::secretsmanager::output::{
    ListSecretVersionIdsResponse, SecretVersionsListEntry, UpdateSecretVersionStageResponse,
};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::page::{NotAToken, page};
use crate::secretsmanager::operations::value::no_such_token;
use crate::secretsmanager::service::Secretsmanager;
use crate::secretsmanager::stored::{Secret, Version};

impl Operation<Secretsmanager> for ListSecretVersionIds {
    type Output = ListSecretVersionIdsResponse;

    async fn run(
        self,
        secrets: &Arc<Secretsmanager>,
        cx: &Context<'_>,
    ) -> Result<ListSecretVersionIdsResponse, Failure> {
        let ListSecretVersionIds { secret_id, max_results, next_token, include_deprecated } = self;
        let scope = cx.scope.clone();
        let list = move |connection: &Connection| {
            let secret = Secret::any(connection, &scope, &secret_id)?;
            let versions = secret.versions(connection)?;
            Ok::<_, Failure>((secret.arn(&scope), secret.name, versions))
        };
        let (arn, name, mut versions) = secrets.store.run_lean(list).await?;
        if !include_deprecated.unwrap_or(false) {
            versions.retain(|version| !version.stages.is_empty());
        }
        let shown = |version: Version| {
            let Version { id, stages, created, .. } = version;
            let entry = SecretVersionsListEntry {
                version_id: Some(id.clone()),
                version_stages: Some(stages).filter(|stages| !stages.is_empty()),
                last_accessed_date: None,
                created_date: Some(created),
                kms_key_ids: None,
            };
            (id, entry)
        };
        let size = usize::try_from(max_results.unwrap_or(100)).unwrap_or_default();
        let versions = versions.into_iter().map(shown).collect();
        let (versions, next_token) =
            page(versions, size, next_token.as_deref()).map_err(|NotAToken| no_such_token())?;
        Ok(ListSecretVersionIdsResponse {
            versions: Some(versions),
            next_token,
            arn: Some(arn),
            name: Some(name),
        })
    }
}

impl Operation<Secretsmanager> for UpdateSecretVersionStage {
    type Output = UpdateSecretVersionStageResponse;

    async fn run(
        self,
        secrets: &Arc<Secretsmanager>,
        cx: &Context<'_>,
    ) -> Result<UpdateSecretVersionStageResponse, Failure> {
        let UpdateSecretVersionStage {
            secret_id,
            version_stage: stage,
            remove_from_version_id: from,
            move_to_version_id: to,
        } = self;
        let scope = cx.scope.clone();
        let update = move |connection: &Connection| {
            let secret = Secret::find(connection, &scope, &secret_id)?;
            let versions = secret.versions(connection)?;
            let invalid =
                |message: String| Failure::from(error("InvalidParameterException", message));
            for id in [&from, &to].into_iter().flatten() {
                if !versions.iter().any(|version| version.id == *id) {
                    let message = format!("Not a valid version: {id}");
                    return Err(error("ResourceNotFoundException", message).into());
                }
            }
            let had = versions.iter().find(|version| version.stages.contains(&stage));
            match (had, &from) {
                (Some(had), None) if to.as_ref() != Some(&had.id) => {
                    return Err(invalid(format!(
                        "The parameter RemoveFromVersionId can't be empty. Staging label {stage} is \
                         currently attached to version {}, so you must explicitly reference that \
                         version in RemoveFromVersionId.",
                        had.id
                    )));
                }
                (had, Some(from)) if had.map(|had| &had.id) != Some(from) => {
                    return Err(invalid(format!(
                        "The staging label {stage} is not attached to version {from}."
                    )));
                }
                _ => {}
            }
            secret.stage(connection, &stage, to.as_deref())?;
            Ok((secret.arn(&scope), secret.name))
        };
        let (arn, name) = secrets.store.run(update).await?;
        Ok(UpdateSecretVersionStageResponse { arn: Some(arn), name: Some(name) })
    }
}
