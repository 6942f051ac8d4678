//! Secrets: created, updated, deleted and restored.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::{Connection, params};
use wire::ApiError;
use wire::secretsmanager::error;
use wire::secretsmanager::input::{CreateSecret, DeleteSecret, RestoreSecret, UpdateSecret};
use wire::secretsmanager::output::{
    CreateSecretResponse, DeleteSecretResponse, RestoreSecretResponse, UpdateSecretResponse,
};

use crate::failure::Failure;
use crate::operation::{Context, Operation, Scope};
use crate::random;
use crate::secretsmanager::content::Content;
use crate::secretsmanager::operations::tag;
use crate::secretsmanager::service::Secretsmanager;
use crate::secretsmanager::stored::{CURRENT, Secret, invalid_request, remove};
use crate::time::now;

/// A day, in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1_000;

fn invalid(message: &str) -> ApiError {
    error("InvalidParameterException", message)
}

/// The six letters that an ARN ends with.
fn suffix() -> String {
    const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let bytes: [u8; 6] = random::random();
    bytes.iter().map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()])).collect()
}

impl Operation<Secretsmanager> for CreateSecret {
    type Output = CreateSecretResponse;

    async fn run(
        self,
        secrets: &Arc<Secretsmanager>,
        cx: &Context<'_>,
    ) -> Result<CreateSecretResponse, Failure> {
        let CreateSecret {
            name,
            client_request_token,
            description,
            kms_key_id,
            secret_binary,
            secret_string,
            tags,
        } = self;
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || "-/_+=.@!".contains(c);
        if !name.chars().all(is_allowed) {
            let message = "Invalid name. Must be a valid name containing alphanumeric characters, or \
                           any of the following: -/_+=.@!";
            return Err(error("ValidationException", message).into());
        }
        let content = Content::read(secret_string, secret_binary)?;
        let version = client_request_token.unwrap_or_else(|| random::spelled(random::uuid()));
        let mut all = BTreeMap::new();
        tag::add(&mut all, tags.unwrap_or_default())?;
        let scope = cx.scope.clone();
        let create = move |connection: &Connection| {
            if let Some(known) = Secret::look(connection, &scope, &name)? {
                return exists(connection, &scope, &known, &version, content);
            }
            let tags = serde_json::to_string(&all).expect("texts are plain data");
            connection
                .prepare_cached(
                    "INSERT INTO secret (account, region, name, suffix, description, key_id, tags,
                     created, changed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)",
                )?
                .execute(params![
                    scope.account.cast_signed(),
                    scope.region,
                    name,
                    suffix(),
                    description,
                    kms_key_id,
                    tags,
                    now()
                ])?;
            let made = Secret::any(connection, &scope, &name)?;
            let has_value = content.is_some();
            if let Some(content) = content {
                made.put(connection, &scope, &version, content, vec![CURRENT.to_owned()])?;
            }
            Ok((made.arn(&scope), made.name, has_value.then_some(version)))
        };
        let (arn, name, version_id) = secrets.store.run(create).await?;
        Ok(CreateSecretResponse {
            arn: Some(arn),
            name: Some(name),
            version_id,
            replication_status: None,
        })
    }
}

/// What creating a secret that is there comes to: the same under the same token is as good as done.
fn exists(
    connection: &Connection,
    scope: &Scope,
    known: &Secret,
    version: &str,
    content: Option<Content>,
) -> Result<(String, String, Option<String>), Failure> {
    if known.deleted.is_some() {
        return Err(invalid_request(
            "You can't create this secret because a secret with this name is already scheduled for \
             deletion.",
        )
        .into());
    }
    let versions = known.versions(connection)?;
    let is_same = |it: &crate::secretsmanager::stored::Version| {
        it.id == version && Some(&it.content) == content.as_ref()
    };
    if versions.iter().any(is_same) {
        return Ok((known.arn(scope), known.name.clone(), Some(version.to_owned())));
    }
    let message = format!("The operation failed because the secret {} already exists.", known.name);
    Err(error("ResourceExistsException", message).into())
}

impl Operation<Secretsmanager> for UpdateSecret {
    type Output = UpdateSecretResponse;

    async fn run(
        self,
        secrets: &Arc<Secretsmanager>,
        cx: &Context<'_>,
    ) -> Result<UpdateSecretResponse, Failure> {
        let UpdateSecret {
            secret_id,
            client_request_token,
            description,
            kms_key_id,
            secret_binary,
            secret_string,
        } = self;
        let content = Content::read(secret_string, secret_binary)?;
        let version = client_request_token.unwrap_or_else(|| random::spelled(random::uuid()));
        let scope = cx.scope.clone();
        let update = move |connection: &Connection| {
            let mut secret = Secret::find(connection, &scope, &secret_id)?;
            secret.description = description.or(secret.description);
            secret.key_id = kms_key_id.or(secret.key_id);
            secret.changed = now();
            secret.update(connection)?;
            let has_value = content.is_some();
            if let Some(content) = content {
                secret.put(connection, &scope, &version, content, vec![CURRENT.to_owned()])?;
            }
            let arn = secret.arn(&scope);
            Ok::<_, Failure>((arn, secret.name, has_value.then_some(version)))
        };
        let (arn, name, version_id) = secrets.store.run(update).await?;
        Ok(UpdateSecretResponse { arn: Some(arn), name: Some(name), version_id })
    }
}

impl Operation<Secretsmanager> for DeleteSecret {
    type Output = DeleteSecretResponse;

    async fn run(
        self,
        secrets: &Arc<Secretsmanager>,
        cx: &Context<'_>,
    ) -> Result<DeleteSecretResponse, Failure> {
        let DeleteSecret { secret_id, recovery_window_in_days, force_delete_without_recovery } =
            self;
        let at_once = force_delete_without_recovery.unwrap_or(false);
        if at_once && recovery_window_in_days.is_some() {
            return Err(invalid(
                "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
            )
            .into());
        }
        let days = recovery_window_in_days.unwrap_or(30);
        if !(7..=30).contains(&days) {
            return Err(invalid(
                "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).",
            )
            .into());
        }
        let scope = cx.scope.clone();
        let delete = move |connection: &Connection| {
            let now = now();
            if at_once {
                // One that is not there is as gone as it is to be.
                let Some(secret) = Secret::look(connection, &scope, &secret_id)? else {
                    let is_arn = secret_id.starts_with("arn:");
                    let arn = match is_arn {
                        true => secret_id.clone(),
                        false => scope.arn("secretsmanager", &format!("secret:{secret_id}")),
                    };
                    return Ok((arn, secret_id, now));
                };
                remove(connection, secret.id)?;
                return Ok((secret.arn(&scope), secret.name, now));
            }
            let mut secret = Secret::find(connection, &scope, &secret_id)?;
            secret.deleted = Some((now, now + days * DAY));
            secret.update(connection)?;
            Ok::<_, Failure>((secret.arn(&scope), secret.name, now + days * DAY))
        };
        let (arn, name, date) = secrets.store.run_lean(delete).await?;
        Ok(DeleteSecretResponse { arn: Some(arn), name: Some(name), deletion_date: Some(date) })
    }
}

impl Operation<Secretsmanager> for RestoreSecret {
    type Output = RestoreSecretResponse;

    async fn run(
        self,
        secrets: &Arc<Secretsmanager>,
        cx: &Context<'_>,
    ) -> Result<RestoreSecretResponse, Failure> {
        let RestoreSecret { secret_id } = self;
        let scope = cx.scope.clone();
        let restore = move |connection: &Connection| {
            let mut secret = Secret::any(connection, &scope, &secret_id)?;
            secret.deleted = None;
            secret.update(connection)?;
            Ok::<_, Failure>((secret.arn(&scope), secret.name))
        };
        let (arn, name) = secrets.store.run(restore).await?;
        Ok(RestoreSecretResponse { arn: Some(arn), name: Some(name) })
    }
}
