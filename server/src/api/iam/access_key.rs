//! Access keys of users.

use wire::ApiError;
use wire::iam::error;
use wire::iam::input::{
    CreateAccessKey, DeleteAccessKey, GetAccessKeyLastUsed, ListAccessKeys, UpdateAccessKey,
};
use wire::iam::output::{
    self, AccessKeyLastUsed, AccessKeyMetadata, CreateAccessKeyResponse,
    GetAccessKeyLastUsedResponse, ListAccessKeysResponse,
};

use super::user::meant;
use crate::api::iam::{change, check_quota, page, read, user, user_mut};
use crate::api::operation::{Context, Operation};
use crate::iam::{AccessKey, Used, fresh_key, fresh_secret};
use crate::logs::now;

/// Keys of one user.
pub(super) const KEYS: usize = 2;

fn status(key: &AccessKey) -> String {
    if key.is_active { "Active".into() } else { "Inactive".into() }
}

fn no_key(id: &str) -> ApiError {
    error("NoSuchEntity", format!("The Access Key with id {id} cannot be found."))
}

impl Operation for CreateAccessKey {
    type Output = CreateAccessKeyResponse;

    async fn run(self, cx: &Context<'_>) -> Result<CreateAccessKeyResponse, ApiError> {
        let CreateAccessKey { user_name } = self;
        let name = meant(cx, user_name)?;
        let account = cx.scope.account;
        change(cx, move |known| {
            let found = user_mut(known, &name)?;
            check_quota("AccessKeysPerUser", found.keys.len(), KEYS)?;
            let key =
                AccessKey { secret: fresh_secret(), is_active: true, created: now(), used: None };
            let id = fresh_key("AKIA", account);
            let shown = output::AccessKey {
                user_name: name,
                access_key_id: id.clone(),
                status: status(&key),
                secret_access_key: key.secret.clone(),
                create_date: Some(key.created),
            };
            found.keys.insert(id, key);
            Ok(CreateAccessKeyResponse { access_key: shown })
        })
        .await
    }
}

impl Operation for ListAccessKeys {
    type Output = ListAccessKeysResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListAccessKeysResponse, ApiError> {
        let ListAccessKeys { user_name, marker, max_items } = self;
        let name = meant(cx, user_name)?;
        let found = read(cx, |known| {
            let keys = user(known, &name)?.keys.iter();
            let shown = keys.map(|(id, key)| {
                let shown = AccessKeyMetadata {
                    user_name: Some(name.clone()),
                    access_key_id: Some(id.clone()),
                    status: Some(status(key)),
                    create_date: Some(key.created),
                };
                (id.clone(), shown)
            });
            Ok::<_, ApiError>(shown.collect())
        })?;
        let page = page(found, max_items, marker.as_deref())?;
        let (more, marker) = (Some(page.next_token.is_some()), page.next_token);
        Ok(ListAccessKeysResponse { access_key_metadata: page.items, is_truncated: more, marker })
    }
}

impl Operation for UpdateAccessKey {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let UpdateAccessKey { user_name, access_key_id, status } = self;
        let name = meant(cx, user_name)?;
        let is_active = match status.as_str() {
            "Active" => true,
            "Inactive" => false,
            // The model has a third one, which AWS alone sets.
            _ => {
                let message = "Status must be Active or Inactive.";
                return Err(error("ValidationError", message));
            }
        };
        change(cx, move |known| {
            let key = user_mut(known, &name)?.keys.get_mut(&access_key_id);
            key.ok_or_else(|| no_key(&access_key_id))?.is_active = is_active;
            Ok(())
        })
        .await
    }
}

impl Operation for DeleteAccessKey {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteAccessKey { user_name, access_key_id } = self;
        let name = meant(cx, user_name)?;
        change(cx, move |known| {
            let removed = user_mut(known, &name)?.keys.remove(&access_key_id);
            removed.map(drop).ok_or_else(|| no_key(&access_key_id))
        })
        .await
    }
}

impl Operation for GetAccessKeyLastUsed {
    type Output = GetAccessKeyLastUsedResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetAccessKeyLastUsedResponse, ApiError> {
        let GetAccessKeyLastUsed { access_key_id } = self;
        read(cx, |known| {
            let owner = known.users.values().find(|user| user.keys.contains_key(&access_key_id));
            let owner = owner.ok_or_else(|| no_key(&access_key_id))?;
            let used = owner.keys[&access_key_id].used.as_ref();
            let known =
                |text: fn(&Used) -> &String| used.map_or("N/A".into(), |it| text(it).clone());
            Ok(GetAccessKeyLastUsedResponse {
                user_name: Some(owner.name.clone()),
                access_key_last_used: Some(AccessKeyLastUsed {
                    last_used_date: used.map(|used| used.at),
                    service_name: known(|used| &used.service),
                    region: known(|used| &used.region),
                }),
            })
        })
    }
}
