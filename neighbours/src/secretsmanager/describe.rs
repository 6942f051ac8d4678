//! Secrets as they are described and listed, without their values.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::Connection;
use wire::secretsmanager::input::{DescribeSecret, ListSecrets};
use wire::secretsmanager::output::{
    DescribeSecretResponse, ListSecretsResponse, SecretListEntry, Tag,
};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::page::{NotAToken, page};
use crate::secretsmanager::filter::Filters;
use crate::secretsmanager::operations::value::no_such_token;
use crate::secretsmanager::service::Secretsmanager;
use crate::secretsmanager::stored::{Secret, Version};

/// The stages of each version that has some.
fn stages(versions: Vec<Version>) -> Option<BTreeMap<String, Vec<String>>> {
    let staged = versions.into_iter().filter(|version| !version.stages.is_empty());
    let all: BTreeMap<_, _> = staged.map(|version| (version.id, version.stages)).collect();
    Some(all).filter(|all| !all.is_empty())
}

fn tags(secret: &Secret) -> Option<Vec<Tag>> {
    let tag = |(key, value): (&String, &String)| Tag {
        key: Some(key.clone()),
        value: Some(value.clone()),
    };
    Some(secret.tags.iter().map(tag).collect())
}

impl Operation<Secretsmanager> for DescribeSecret {
    type Output = DescribeSecretResponse;

    async fn run(
        self,
        secrets: &Arc<Secretsmanager>,
        cx: &Context<'_>,
    ) -> Result<DescribeSecretResponse, Failure> {
        let DescribeSecret { secret_id } = self;
        let scope = cx.scope.clone();
        let describe = move |connection: &Connection| {
            let secret = Secret::any(connection, &scope, &secret_id)?;
            let versions = secret.versions(connection)?;
            Ok::<_, Failure>((secret, versions))
        };
        let (secret, versions) = secrets.store.run_lean(describe).await?;
        Ok(DescribeSecretResponse {
            arn: Some(secret.arn(&cx.scope)),
            tags: tags(&secret),
            name: Some(secret.name),
            description: secret.description,
            kms_key_id: secret.key_id,
            last_changed_date: Some(secret.changed),
            last_accessed_date: secret.accessed,
            deleted_date: secret.deleted.map(|(deleted, _)| deleted),
            created_date: Some(secret.created),
            version_ids_to_stages: stages(versions),
            ..DescribeSecretResponse::default()
        })
    }
}

impl Operation<Secretsmanager> for ListSecrets {
    type Output = ListSecretsResponse;

    async fn run(
        self,
        secrets: &Arc<Secretsmanager>,
        cx: &Context<'_>,
    ) -> Result<ListSecretsResponse, Failure> {
        let ListSecrets {
            include_planned_deletion,
            max_results,
            next_token,
            filters,
            sort_order,
            sort_by,
        } = self;
        let filters = Filters::read(filters)?;
        let includes = include_planned_deletion.unwrap_or(false);
        let scope = cx.scope.clone();
        let list = move |connection: &Connection| {
            let mut found = Vec::new();
            for secret in Secret::all(connection, &scope)? {
                if (includes || secret.deleted.is_none()) && filters.takes(&secret) {
                    let versions = secret.versions(connection)?;
                    found.push((secret, versions));
                }
            }
            Ok::<_, Failure>(found)
        };
        let mut found = secrets.store.run_lean(list).await?;
        match sort_by.as_deref() {
            Some("name") => found.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name)),
            Some("last-changed-date") => found.sort_by_key(|(secret, _)| secret.changed),
            Some("last-accessed-date") => found.sort_by_key(|(secret, _)| secret.accessed),
            _ => {}
        }
        if sort_order.as_deref() == Some("desc") {
            found.reverse();
        }
        let shown = |(secret, versions): (Secret, Vec<Version>)| {
            let arn = secret.arn(&cx.scope);
            let entry = SecretListEntry {
                arn: Some(arn.clone()),
                tags: tags(&secret),
                name: Some(secret.name),
                description: secret.description,
                kms_key_id: secret.key_id,
                last_changed_date: Some(secret.changed),
                last_accessed_date: secret.accessed,
                deleted_date: secret.deleted.map(|(deleted, _)| deleted),
                created_date: Some(secret.created),
                secret_versions_to_stages: stages(versions),
                ..SecretListEntry::default()
            };
            (arn, entry)
        };
        let size = usize::try_from(max_results.unwrap_or(100)).unwrap_or_default();
        let found = found.into_iter().map(shown).collect();
        let (secret_list, next_token) =
            page(found, size, next_token.as_deref()).map_err(|NotAToken| no_such_token())?;
        Ok(ListSecretsResponse { secret_list: Some(secret_list), next_token })
    }
}
