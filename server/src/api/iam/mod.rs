//! IAM: the operations on users, groups, roles, instance profiles and policies, one file per noun.

mod operations;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;
use wire::ApiError;
use wire::iam::input;
use wire::iam::{Op, error, output};

use crate::api::operation::{Call, Context};
use crate::api::page;
use crate::api::page::{NotAToken, Order, Page};
use crate::iam::{Account, DocumentError, Role, User};

/// Things of one page, where a request does not say how many.
const PAGE: i32 = 100;
/// Tags of one thing.
const TAGS: usize = 50;

pub(super) async fn dispatch(call: Call<'_>, op: Op) -> Result<Value, ApiError> {
    operations::run(call, op).await
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
    account.roles.get(name).ok_or_else(|| missing("role", name))
}

fn role_mut<'a>(account: &'a mut Account, name: &str) -> Result<&'a mut Role, ApiError> {
    account.roles.get_mut(name).ok_or_else(|| missing("role", name))
}

fn user<'a>(account: &'a Account, name: &str) -> Result<&'a User, ApiError> {
    account.users.get(name).ok_or_else(|| missing("user", name))
}

fn user_mut<'a>(account: &'a mut Account, name: &str) -> Result<&'a mut User, ApiError> {
    account.users.get_mut(name).ok_or_else(|| missing("user", name))
}

/// The refusal of a request about what is not there.
fn missing(what: &str, name: &str) -> ApiError {
    error("NoSuchEntity", format!("The {what} with name {name} cannot be found."))
}

/// The refusal of a name that something of its kind has: IAM tells names apart by more than their
/// case.
fn check_new<'a>(
    what: &str,
    mut others: impl Iterator<Item = &'a String>,
    name: &str,
) -> Result<(), ApiError> {
    match others.any(|other| other.eq_ignore_ascii_case(name)) {
        true => {
            Err(error("EntityAlreadyExists", format!("{what} with name {name} already exists.")))
        }
        false => Ok(()),
    }
}

/// The refusal of what would be one too many, in IAM's words for the quota.
fn check_quota(quota: &str, has: usize, limit: usize) -> Result<(), ApiError> {
    match has < limit {
        true => Ok(()),
        false => Err(error("LimitExceeded", format!("Cannot exceed quota for {quota}: {limit}"))),
    }
}

/// The refusal of what still has something, in IAM's words.
fn conflict(message: &str) -> ApiError {
    error("DeleteConflict", message)
}

fn malformed(DocumentError(message): DocumentError) -> ApiError {
    error("MalformedPolicyDocument", message)
}

/// A policy that may be attached, or bound somebody.
fn check_policy(account: &Account, arn: &str) -> Result<(), ApiError> {
    match account.policy(arn) {
        Some(_) => Ok(()),
        None => {
            let message = format!("Policy {arn} does not exist or is not attachable.");
            Err(error("NoSuchEntity", message))
        }
    }
}

fn tags(list: Vec<input::Tag>) -> impl Iterator<Item = (String, String)> {
    list.into_iter().map(|input::Tag { key, value }| (key, value))
}

/// Adds tags, unless they come to be too many.
fn add_tags(to: &mut BTreeMap<String, String>, given: Vec<input::Tag>) -> Result<(), ApiError> {
    to.extend(tags(given));
    match to.len() > TAGS {
        true => Err(error(
            "LimitExceeded",
            format!("The number of tags has reached the maximum limit: {TAGS}."),
        )),
        false => Ok(()),
    }
}

fn show_tag((key, value): (&String, &String)) -> output::Tag {
    output::Tag { key: key.clone(), value: value.clone() }
}

/// Tags where there are any, as IAM leaves the others out.
fn show_tags(tags: &BTreeMap<String, String>) -> Option<Vec<output::Tag>> {
    Some(tags.iter().map(show_tag).collect()).filter(|_| !tags.is_empty())
}

/// Tags to be paged.
fn list_tags(tags: &BTreeMap<String, String>) -> Vec<(String, output::Tag)> {
    tags.iter().map(|tag| (tag.0.clone(), show_tag(tag))).collect()
}

fn show_boundary(arn: Option<&str>) -> Option<output::AttachedPermissionsBoundary> {
    arn.map(|arn| output::AttachedPermissionsBoundary {
        permissions_boundary_type: Some("Policy".into()),
        permissions_boundary_arn: Some(arn.to_owned()),
    })
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
