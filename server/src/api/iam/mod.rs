//! IAM: the operations on roles and policies, one file per noun.

mod policy;
mod role;
mod role_policy;

use serde_json::{Value, json};
use wire::ApiError;
use wire::iam::{Op, error};

use crate::api::{Call, Context};
use crate::iam::{Account, DocumentError, Role};
use crate::store::Unavailable;

pub(super) async fn dispatch(call: Call<'_>, op: Op) -> Result<Value, ApiError> {
    let (context, input) = (call.cx, &call.input);
    match op {
        Op::CreateRole => role::create(context, input).await,
        Op::GetRole => role::get(context, input),
        Op::ListRoles => role::list(context, input),
        Op::DeleteRole => role::delete(context, input).await,
        Op::UpdateAssumeRolePolicy => role::update_trust(context, input).await,
        Op::TagRole => role::tag(context, input).await,
        Op::UntagRole => role::untag(context, input).await,
        Op::ListRoleTags => role::list_tags(context, input),
        Op::ListInstanceProfilesForRole => role::instance_profiles(context, input),
        Op::PutRolePolicy => role_policy::put(context, input).await,
        Op::GetRolePolicy => role_policy::get(context, input),
        Op::DeleteRolePolicy => role_policy::delete(context, input).await,
        Op::ListRolePolicies => role_policy::list(context, input),
        Op::AttachRolePolicy => role_policy::attach(context, input).await,
        Op::DetachRolePolicy => role_policy::detach(context, input).await,
        Op::ListAttachedRolePolicies => role_policy::list_attached(context, input),
        Op::CreatePolicy => policy::create(context, input).await,
        Op::GetPolicy => policy::get(context, input),
        Op::DeletePolicy => policy::delete(context, input).await,
        Op::ListPolicies => policy::list(context, input),
        Op::GetPolicyVersion => policy::version(context, input),
        Op::ListPolicyVersions => policy::versions(context, input),
    }
}

/// What goes wrong with a change.
#[derive(Debug)]
struct Failure(ApiError);

impl From<Unavailable> for Failure {
    fn from(why: Unavailable) -> Failure {
        Failure(error("ServiceFailure", format!("{why}")))
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Failure {
        Failure(error)
    }
}

/// Changes what the caller's account has.
async fn change(
    context: &Context<'_>,
    input: &Value,
    work: impl FnOnce(&mut Account, &Value) -> Result<Value, Failure> + Send + 'static,
) -> Result<Value, ApiError> {
    let (account, input) = (context.scope.account, input.clone());
    let iam = std::sync::Arc::clone(&context.endpoint.iam);
    let done =
        tokio::task::spawn_blocking(move || iam.change(account, |account| work(account, &input)));
    done.await.expect("work on the roles does not panic").map_err(|Failure(error)| error)
}

fn read<T>(context: &Context<'_>, look: impl FnOnce(&Account) -> T) -> T {
    context.endpoint.iam.read(context.scope.account, look)
}

fn text<'a>(input: &'a Value, name: &str) -> &'a str {
    input[name].as_str().unwrap_or_default()
}

fn role<'a>(account: &'a Account, input: &Value) -> Result<&'a Role, ApiError> {
    let name = text(input, "RoleName");
    account.roles.get(name).ok_or_else(|| no_role(name))
}

fn role_mut<'a>(account: &'a mut Account, input: &Value) -> Result<&'a mut Role, ApiError> {
    let name = text(input, "RoleName");
    account.roles.get_mut(name).ok_or_else(|| no_role(name))
}

fn no_role(name: &str) -> ApiError {
    error("NoSuchEntity", format!("The role with name {name} cannot be found."))
}

fn malformed(DocumentError(message): DocumentError) -> ApiError {
    error("MalformedPolicyDocument", message)
}

/// Tags given as a list, or as IAM shows them.
fn tags(list: &Value) -> std::collections::BTreeMap<String, String> {
    let list = list.as_array().into_iter().flatten();
    list.map(|tag| (text(tag, "Key").to_owned(), text(tag, "Value").to_owned())).collect()
}

fn show_tags(tags: &std::collections::BTreeMap<String, String>) -> Value {
    tags.iter().map(|(key, value)| json!({"Key": key, "Value": value})).collect()
}

/// One page of things in the order of their keys; the marker is the last key before.
fn page(input: &Value, name: &str, mut found: Vec<(String, Value)>) -> Value {
    found.sort_by(|a, b| a.0.cmp(&b.0));
    if let Some(marker) = input["Marker"].as_str() {
        found.retain(|(key, _)| key.as_str() > marker);
    }
    let wanted = input["MaxItems"].as_u64().and_then(|items| usize::try_from(items).ok());
    let size = wanted.unwrap_or(100);
    let more = found.len() > size;
    found.truncate(size);
    let marker = found.last().map(|(key, _)| key.clone()).filter(|_| more);
    let shown: Vec<Value> = found.into_iter().map(|(_, value)| value).collect();
    let mut answer = json!({name: shown, "IsTruncated": more});
    if let Some(marker) = marker {
        answer["Marker"] = json!(marker);
    }
    answer
}
