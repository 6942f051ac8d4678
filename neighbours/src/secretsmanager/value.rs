//! The values of secrets: put and got.

use std::sync::Arc;

use rusqlite::Connection;
use wire::ApiError;
use wire::secretsmanager::error;
use wire::secretsmanager::input::{BatchGetSecretValue, GetSecretValue, PutSecretValue};
use wire::secretsmanager::output::{
    APIErrorType, BatchGetSecretValueResponse, GetSecretValueResponse, PutSecretValueResponse,
    SecretValueEntry,
};

use crate::failure::Failure;
use crate::operation::{Context, Operation, Scope};
use crate::page::{NotAToken, page};
use crate::random;
use crate::secretsmanager::content::Content;
use crate::secretsmanager::filter::Filters;
use crate::secretsmanager::service::Secretsmanager;
use crate::secretsmanager::stored::{CURRENT, Secret, Version, invalid_request};
use crate::time::now;

/// A day, in milliseconds, to which the last access is told.
const DAY: i64 = 24 * 60 * 60 * 1_000;

impl Operation<Secretsmanager> for PutSecretValue {
    type Output = PutSecretValueResponse;

    async fn run(
        self,
        secrets: &Arc<Secretsmanager>,
        cx: &Context<'_>,
    ) -> Result<PutSecretValueResponse, Failure> {
        let PutSecretValue {
            secret_id,
            client_request_token,
            secret_binary,
            secret_string,
            version_stages,
        } = self;
        let content = Content::read(secret_string, secret_binary)?;
        let missing = || invalid_request("You must provide either SecretString or SecretBinary.");
        let content = content.ok_or_else(missing)?;
        let version = client_request_token.unwrap_or_else(|| random::spelled(random::uuid()));
        let stages = version_stages.unwrap_or_else(|| vec![CURRENT.to_owned()]);
        let (scope, id) = (cx.scope.clone(), version.clone());
        let put = move |connection: &Connection| {
            let mut secret = Secret::find(connection, &scope, &secret_id)?;
            let stages = secret.put(connection, &scope, &id, content, stages)?;
            secret.changed = now();
            secret.update(connection)?;
            Ok::<_, Failure>((secret.arn(&scope), secret.name, stages))
        };
        let (arn, name, stages) = secrets.store.run(put).await?;
        Ok(PutSecretValueResponse {
            arn: Some(arn),
            name: Some(name),
            version_id: Some(version),
            version_stages: Some(stages),
        })
    }
}

/// The version that is meant: the current one, where nothing names another.
fn selected(
    connection: &Connection,
    secret: &Secret,
    id: Option<&str>,
    stage: Option<&str>,
) -> Result<Version, Failure> {
    let stage = if id.is_none() { stage.or(Some(CURRENT)) } else { stage };
    let is_meant = |version: &Version| {
        id.is_none_or(|id| version.id == id)
            && stage.is_none_or(|stage| version.stages.iter().any(|own| own == stage))
    };
    let found = secret.versions(connection)?.into_iter().find(is_meant);
    let missing = || -> ApiError {
        let what = match (id, stage) {
            (Some(id), _) => format!("VersionId: {id}"),
            (None, stage) => format!("staging label: {}", stage.unwrap_or(CURRENT)),
        };
        let message = format!("Secrets Manager can't find the specified secret value for {what}");
        error("ResourceNotFoundException", message)
    };
    Ok(found.ok_or_else(missing)?)
}

/// Takes note of a secret's having been read today.
fn accessed(connection: &Connection, secret: &mut Secret) -> rusqlite::Result<()> {
    let today = now() / DAY * DAY;
    if secret.accessed == Some(today) {
        return Ok(());
    }
    secret.accessed = Some(today);
    secret.update(connection)
}

impl Operation<Secretsmanager> for GetSecretValue {
    type Output = GetSecretValueResponse;

    async fn run(
        self,
        secrets: &Arc<Secretsmanager>,
        cx: &Context<'_>,
    ) -> Result<GetSecretValueResponse, Failure> {
        let GetSecretValue { secret_id, version_id, version_stage } = self;
        let scope = cx.scope.clone();
        let get = move |connection: &Connection| {
            let mut secret = Secret::find(connection, &scope, &secret_id)?;
            let (id, stage) = (version_id.as_deref(), version_stage.as_deref());
            let version = selected(connection, &secret, id, stage)?;
            accessed(connection, &mut secret)?;
            Ok::<_, Failure>((secret.arn(&scope), secret.name, version))
        };
        let (arn, name, version) = secrets.store.run_lean(get).await?;
        let Version { id, content, stages, created } = version;
        let (secret_string, secret_binary) = content.parts();
        Ok(GetSecretValueResponse {
            arn: Some(arn),
            name: Some(name),
            version_id: Some(id),
            secret_binary,
            secret_string,
            version_stages: Some(stages),
            created_date: Some(created),
        })
    }
}

impl Operation<Secretsmanager> for BatchGetSecretValue {
    type Output = BatchGetSecretValueResponse;

    async fn run(
        self,
        secrets: &Arc<Secretsmanager>,
        cx: &Context<'_>,
    ) -> Result<BatchGetSecretValueResponse, Failure> {
        let BatchGetSecretValue { secret_id_list, filters, max_results, next_token } = self;
        let filters = Filters::read(filters)?;
        match (&secret_id_list, filters.is_empty()) {
            (Some(_), false) | (None, true) => {
                let message = "Either 'SecretIdList' or 'Filters' must be provided, but not both.";
                return Err(error("InvalidParameterException", message).into());
            }
            _ => {}
        }
        let scope = cx.scope.clone();
        let find =
            move |connection: &Connection| wanted(connection, &scope, secret_id_list, &filters);
        let (mut allowed, mut errors) = (Vec::new(), Vec::new());
        for (id, secret) in secrets.store.run_lean(find).await? {
            // What was judged is what is got, also where another comes to have the name meanwhile.
            let meant = secret.as_ref().map_or_else(|| id.clone(), |it| it.arn(&cx.scope));
            let demand = Secret::demand(&cx.scope, "GetSecretValue", &id, secret);
            match cx.check(demand) {
                Ok(()) => allowed.push((id, meant)),
                Err(why) => errors.push(failed(id, why)),
            }
        }
        let scope = cx.scope.clone();
        let get = move |connection: &Connection| {
            let mut found = Vec::new();
            for (id, meant) in allowed {
                match entry(connection, &scope, &meant) {
                    Ok(entry) => found.push((id, entry)),
                    Err(Failure::Refused(why)) => errors.push(failed(id, why)),
                    Err(why) => return Err(why),
                }
            }
            Ok((found, errors))
        };
        let (found, errors) = secrets.store.run_lean(get).await?;
        let size = usize::try_from(max_results.unwrap_or(20)).unwrap_or_default();
        let (values, next_token) =
            page(found, size, next_token.as_deref()).map_err(|NotAToken| no_such_token())?;
        Ok(BatchGetSecretValueResponse {
            secret_values: Some(values),
            next_token,
            errors: Some(errors),
        })
    }
}

/// The secrets that a batch is of, by the ids that they were given or found by.
fn wanted(
    connection: &Connection,
    scope: &Scope,
    ids: Option<Vec<String>>,
    filters: &Filters,
) -> Result<Vec<(String, Option<Secret>)>, Failure> {
    if let Some(ids) = ids {
        let look = |id: String| Ok((id.clone(), Secret::look(connection, scope, &id)?));
        return ids.into_iter().map(look).collect();
    }
    let all = Secret::all(connection, scope)?.into_iter();
    let found = all.filter(|secret| secret.deleted.is_none() && filters.takes(secret));
    Ok(found.map(|secret| (secret.name.clone(), Some(secret))).collect())
}

fn failed(id: String, why: ApiError) -> APIErrorType {
    APIErrorType {
        secret_id: Some(id),
        error_code: Some(why.code.into_owned()),
        message: Some(why.message),
    }
}

pub(crate) fn no_such_token() -> ApiError {
    error("InvalidNextTokenException", "The NextToken value is invalid.")
}

fn entry(connection: &Connection, scope: &Scope, id: &str) -> Result<SecretValueEntry, Failure> {
    let mut secret = Secret::find(connection, scope, id)?;
    let Version { id, content, stages, created } = selected(connection, &secret, None, None)?;
    accessed(connection, &mut secret)?;
    let (secret_string, secret_binary) = content.parts();
    Ok(SecretValueEntry {
        arn: Some(secret.arn(scope)),
        name: Some(secret.name),
        version_id: Some(id),
        secret_binary,
        secret_string,
        version_stages: Some(stages),
        created_date: Some(created),
    })
}
