//! The tags of secrets.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::Connection;
use wire::secretsmanager::error;
use wire::secretsmanager::input::{Tag, TagResource, UntagResource};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::secretsmanager::service::Secretsmanager;
use crate::secretsmanager::stored::Secret;

type Tags = BTreeMap<String, String>;

/// Tags of one secret.
const MOST: usize = 50;

/// Adds tags, within the bound.
///
/// # Errors
/// As Secrets Manager says it.
pub(crate) fn add(to: &mut Tags, tags: Vec<Tag>) -> Result<(), Failure> {
    for Tag { key, value } in tags {
        let key =
            key.ok_or_else(|| error("InvalidParameterException", "Invalid tag: it has a key."))?;
        to.insert(key, value.unwrap_or_default());
    }
    match to.len() > MOST {
        false => Ok(()),
        true => {
            let message = "Tags of a secret are 50 at the most.";
            Err(error("InvalidParameterException", message).into())
        }
    }
}

async fn retag(
    secrets: &Secretsmanager,
    cx: &Context<'_>,
    id: String,
    change: impl FnOnce(&mut Tags) -> Result<(), Failure> + Send + 'static,
) -> Result<(), Failure> {
    let scope = cx.scope.clone();
    let work = move |connection: &Connection| {
        let mut secret = Secret::find(connection, &scope, &id)?;
        change(&mut secret.tags)?;
        Ok::<_, Failure>(secret.update(connection)?)
    };
    secrets.store.run(work).await
}

impl Operation<Secretsmanager> for TagResource {
    type Output = ();

    async fn run(self, secrets: &Arc<Secretsmanager>, cx: &Context<'_>) -> Result<(), Failure> {
        let TagResource { secret_id, tags } = self;
        retag(secrets, cx, secret_id, |known| add(known, tags)).await
    }
}

impl Operation<Secretsmanager> for UntagResource {
    type Output = ();

    async fn run(self, secrets: &Arc<Secretsmanager>, cx: &Context<'_>) -> Result<(), Failure> {
        let UntagResource { secret_id, tag_keys } = self;
        let remove = move |known: &mut Tags| {
            known.retain(|key, _| !tag_keys.contains(key));
            Ok(())
        };
        retag(secrets, cx, secret_id, remove).await
    }
}
