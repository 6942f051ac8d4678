//! IAM: the operations on roles and policies, one file per noun.

mod policy;
mod role;
mod role_policy;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;
use wire::ApiError;
use wire::iam::input::{self, *};
use wire::iam::{Op, error, output};

use crate::api::operation::{Call, Context};
use crate::api::page;
use crate::api::page::{NotAToken, Order, Page};
use crate::iam::{Account, DocumentError, Role};

/// Things of one page, where a request does not say how many.
const PAGE: i32 = 100;

pub(super) async fn dispatch(call: Call<'_>, op: Op) -> Result<Value, ApiError> {
    match op {
        Op::CreateRole => call.run::<CreateRole>().await,
        Op::GetRole => call.run::<GetRole>().await,
        Op::ListRoles => call.run::<ListRoles>().await,
        Op::DeleteRole => call.run::<DeleteRole>().await,
        Op::UpdateAssumeRolePolicy => call.run::<UpdateAssumeRolePolicy>().await,
        Op::TagRole => call.run::<TagRole>().await,
        Op::UntagRole => call.run::<UntagRole>().await,
        Op::ListRoleTags => call.run::<ListRoleTags>().await,
        Op::ListInstanceProfilesForRole => call.run::<ListInstanceProfilesForRole>().await,
        Op::PutRolePolicy => call.run::<PutRolePolicy>().await,
        Op::GetRolePolicy => call.run::<GetRolePolicy>().await,
        Op::DeleteRolePolicy => call.run::<DeleteRolePolicy>().await,
        Op::ListRolePolicies => call.run::<ListRolePolicies>().await,
        Op::AttachRolePolicy => call.run::<AttachRolePolicy>().await,
        Op::DetachRolePolicy => call.run::<DetachRolePolicy>().await,
        Op::ListAttachedRolePolicies => call.run::<ListAttachedRolePolicies>().await,
        Op::CreatePolicy => call.run::<CreatePolicy>().await,
        Op::GetPolicy => call.run::<GetPolicy>().await,
        Op::DeletePolicy => call.run::<DeletePolicy>().await,
        Op::ListPolicies => call.run::<ListPolicies>().await,
        Op::GetPolicyVersion => call.run::<GetPolicyVersion>().await,
        Op::ListPolicyVersions => call.run::<ListPolicyVersions>().await,
    }
}

/// Changes what the caller's account has.
async fn change<T: Send + 'static>(
    cx: &Context<'_>,
    work: impl FnOnce(&mut Account) -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    let account = cx.scope.account;
    let iam = Arc::clone(&cx.endpoint.iam);
    let done = tokio::task::spawn_blocking(move || iam.change(account, work));
    let outcome = done.await.expect("work on the roles does not panic");
    outcome.map_err(|why| error("ServiceFailure", why.to_string()))?
}

/// Reads what the caller's account has.
fn read<T>(cx: &Context<'_>, look: impl FnOnce(&Account) -> T) -> T {
    cx.endpoint.iam.read(cx.scope.account, look)
}

fn role<'a>(account: &'a Account, name: &str) -> Result<&'a Role, ApiError> {
    account.roles.get(name).ok_or_else(|| no_role(name))
}

fn role_mut<'a>(account: &'a mut Account, name: &str) -> Result<&'a mut Role, ApiError> {
    account.roles.get_mut(name).ok_or_else(|| no_role(name))
}

fn no_role(name: &str) -> ApiError {
    error("NoSuchEntity", format!("The role with name {name} cannot be found."))
}

fn malformed(DocumentError(message): DocumentError) -> ApiError {
    error("MalformedPolicyDocument", message)
}

fn tags(list: Vec<input::Tag>) -> impl Iterator<Item = (String, String)> {
    list.into_iter().map(|input::Tag { key, value }| (key, value))
}

fn show_tag((key, value): (&String, &String)) -> output::Tag {
    output::Tag { key: key.clone(), value: value.clone() }
}

/// Tags where there are any, as IAM leaves the others out.
fn show_tags(tags: &BTreeMap<String, String>) -> Option<Vec<output::Tag>> {
    Some(tags.iter().map(show_tag).collect()).filter(|_| !tags.is_empty())
}

/// One page of things in the order of their keys.
fn page<T>(
    things: Vec<(String, T)>,
    max_items: Option<i32>,
    marker: Option<&str>,
) -> Result<Page<T>, ApiError> {
    let size = usize::try_from(max_items.unwrap_or(PAGE)).unwrap_or_default();
    page::page(things, Order::Rising, size, marker)
        .map_err(|NotAToken| error("InvalidInput", "Invalid Marker."))
}
