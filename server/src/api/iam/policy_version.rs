//! Versions of managed policies, one of which is in force.

use wire::ApiError;
use wire::iam::error;
use wire::iam::input::{
    CreatePolicyVersion, DeletePolicyVersion, GetPolicyVersion, ListPolicyVersions,
    SetDefaultPolicyVersion,
};
use wire::iam::output::{
    self, CreatePolicyVersionResponse, GetPolicyVersionResponse, ListPolicyVersionsResponse,
};

use crate::api::iam::operations::policy::{check_document, existing, own};
use crate::api::iam::{change, conflict, page, read};
use crate::api::operation::{Context, Operation};
use crate::iam::{Policy, PolicyVersion};
use crate::logs::now;

/// Versions of one policy.
pub(super) const VERSIONS: usize = 5;

impl Operation for CreatePolicyVersion {
    type Output = CreatePolicyVersionResponse;

    async fn run(self, cx: &Context<'_>) -> Result<CreatePolicyVersionResponse, ApiError> {
        let CreatePolicyVersion { policy_arn, policy_document: document, set_as_default } = self;
        change(cx, move |known| {
            let policy = own(known, &policy_arn)?;
            check_document(&document)?;
            if policy.versions.len() >= VERSIONS {
                let message = format!(
                    "A managed policy can have up to {VERSIONS} versions. Before you create a new \
                     version, you must delete an existing version."
                );
                return Err(error("LimitExceeded", message));
            }
            policy.last += 1;
            policy.versions.insert(policy.last, PolicyVersion { created: now(), document });
            if set_as_default == Some(true) {
                policy.default = policy.last;
            }
            let shown = view(policy, policy.last, &policy.versions[&policy.last]);
            Ok(CreatePolicyVersionResponse { policy_version: Some(shown) })
        })
        .await
    }
}

impl Operation for GetPolicyVersion {
    type Output = GetPolicyVersionResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetPolicyVersionResponse, ApiError> {
        let GetPolicyVersion { policy_arn, version_id } = self;
        read(cx, |known| {
            let policy = existing(known, &policy_arn)?;
            let (number, version) = find(policy, &version_id)?;
            let shown = output::PolicyVersion {
                document: Some(version.document.clone()),
                ..view(policy, number, version)
            };
            Ok(GetPolicyVersionResponse { policy_version: Some(shown) })
        })
    }
}

impl Operation for ListPolicyVersions {
    type Output = ListPolicyVersionsResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListPolicyVersionsResponse, ApiError> {
        let ListPolicyVersions { policy_arn, marker, max_items } = self;
        let found = read(cx, |known| {
            let policy = existing(known, &policy_arn)?;
            let versions = policy.versions.iter();
            // The newest first.
            let key = |number: u32| format!("{:010}", u32::MAX - number);
            let shown = versions.map(|(number, it)| (key(*number), view(policy, *number, it)));
            Ok::<_, ApiError>(shown.collect())
        })?;
        let page = page(found, max_items, marker.as_deref())?;
        let (more, marker) = (Some(page.next_token.is_some()), page.next_token);
        Ok(ListPolicyVersionsResponse { versions: Some(page.items), is_truncated: more, marker })
    }
}

impl Operation for SetDefaultPolicyVersion {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let SetDefaultPolicyVersion { policy_arn, version_id } = self;
        change(cx, move |known| {
            let policy = own(known, &policy_arn)?;
            policy.default = find(policy, &version_id)?.0;
            Ok(())
        })
        .await
    }
}

impl Operation for DeletePolicyVersion {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeletePolicyVersion { policy_arn, version_id } = self;
        change(cx, move |known| {
            let policy = own(known, &policy_arn)?;
            let (number, _) = find(policy, &version_id)?;
            if number == policy.default {
                return Err(conflict("Cannot delete the default version of a policy."));
            }
            policy.versions.remove(&number);
            Ok(())
        })
        .await
    }
}

/// The version that an id names.
fn find<'a>(policy: &'a Policy, id: &str) -> Result<(u32, &'a PolicyVersion), ApiError> {
    let number = id.strip_prefix('v').and_then(|number| number.parse().ok());
    let found = number.and_then(|number| Some((number, policy.versions.get(&number)?)));
    found.ok_or_else(|| {
        let arn = &policy.arn;
        let message = format!("Policy {arn} version {id} does not exist or is not attachable.");
        error("NoSuchEntity", message)
    })
}

/// A version as lists show it: without its document.
pub(super) fn view(policy: &Policy, number: u32, version: &PolicyVersion) -> output::PolicyVersion {
    output::PolicyVersion {
        document: None,
        version_id: Some(format!("v{number}")),
        is_default_version: Some(number == policy.default),
        create_date: Some(version.created),
    }
}
