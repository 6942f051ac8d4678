//! Managed policies, the account's own and AWS's.

use wire::ApiError;
use wire::iam::error;
use wire::iam::input::{
    CreatePolicy, DeletePolicy, GetPolicy, GetPolicyVersion, ListPolicies, ListPolicyVersions,
};
use wire::iam::output::{
    self, CreatePolicyResponse, GetPolicyResponse, GetPolicyVersionResponse, ListPoliciesResponse,
    ListPolicyVersionsResponse, PolicyVersion,
};

use crate::api::iam::{change, check_quota, malformed, page, read, show_tags, tags};
use crate::api::operation::{Context, Operation};
use crate::iam::{Account, Policy, check_identity, fresh_id, managed};
use crate::logs::now;

/// Policies of an account.
const POLICIES: usize = 1_500;
/// Characters of a policy, blanks aside.
const DOCUMENT: usize = 6_144;

impl Operation for CreatePolicy {
    type Output = CreatePolicyResponse;

    async fn run(self, cx: &Context<'_>) -> Result<CreatePolicyResponse, ApiError> {
        let CreatePolicy { policy_name: name, path, policy_document, description, tags: given } =
            self;
        let account = cx.scope.account;
        change(cx, move |known| {
            check_identity(&policy_document).map_err(malformed)?;
            if known.policies.values().any(|other| other.name.eq_ignore_ascii_case(&name)) {
                let message = format!(
                    "A policy called {name} already exists. Duplicate names are not allowed."
                );
                return Err(error("EntityAlreadyExists", message));
            }
            check_quota("PoliciesPerAccount", known.policies.len(), POLICIES)?;
            let characters = policy_document.chars().filter(|c| !c.is_whitespace()).count();
            if characters > DOCUMENT {
                let message = format!("Cannot exceed quota for PolicySize: {DOCUMENT}");
                return Err(error("LimitExceeded", message));
            }
            let path = path.unwrap_or_else(|| "/".into());
            let policy = Policy {
                id: fresh_id("ANPA"),
                arn: format!("arn:aws:iam::{account:012}:policy{path}{name}"),
                name,
                path,
                created: now(),
                version: "v1".to_owned(),
                description: description.unwrap_or_default(),
                document: policy_document,
                tags: tags(given).collect(),
            };
            let shown = view(known, &policy);
            known.policies.insert(policy.arn.clone(), policy);
            Ok(CreatePolicyResponse { policy: Some(shown) })
        })
        .await
    }
}

fn existing(known: &Account, arn: &str) -> Result<Policy, ApiError> {
    let missing = || error("NoSuchEntity", format!("Policy {arn} was not found."));
    known.policy(arn).ok_or_else(missing)
}

impl Operation for GetPolicy {
    type Output = GetPolicyResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetPolicyResponse, ApiError> {
        let GetPolicy { policy_arn } = self;
        read(cx, |known| {
            let policy = existing(known, &policy_arn)?;
            let mut shown = view(known, &policy);
            // Lists leave it out.
            shown.description = Some(policy.description).filter(|text| !text.is_empty());
            Ok(GetPolicyResponse { policy: Some(shown) })
        })
    }
}

impl Operation for DeletePolicy {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeletePolicy { policy_arn } = self;
        change(cx, move |known| {
            let policy = existing(known, &policy_arn)?;
            if !known.policies.contains_key(&policy.arn) {
                return Err(error("AccessDenied", "Policy is outside your own account."));
            }
            if known.attachments(&policy.arn) > 0 || known.bounded(&policy.arn) > 0 {
                let message = "Cannot delete a policy attached to entities.";
                return Err(error("DeleteConflict", message));
            }
            known.policies.remove(&policy.arn);
            Ok(())
        })
        .await
    }
}

impl Operation for ListPolicies {
    type Output = ListPoliciesResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListPoliciesResponse, ApiError> {
        let ListPolicies { scope, only_attached, path_prefix, marker, max_items } = self;
        let prefix = path_prefix.as_deref().unwrap_or("/");
        let is_attached = only_attached == Some(true);
        let found = read(cx, |known| {
            let own = known.policies.values().filter(|_| scope.as_deref() != Some("AWS")).cloned();
            let foreign = managed().into_iter().filter(|_| scope.as_deref() != Some("Local"));
            own.chain(foreign)
                .filter(|policy| policy.path.starts_with(prefix))
                .filter(|policy| !is_attached || known.attachments(&policy.arn) > 0)
                .map(|policy| (policy.arn.clone(), view(known, &policy)))
                .collect()
        });
        let page = page(found, max_items, marker.as_deref())?;
        let (more, marker) = (Some(page.next_token.is_some()), page.next_token);
        Ok(ListPoliciesResponse { policies: Some(page.items), is_truncated: more, marker })
    }
}

impl Operation for GetPolicyVersion {
    type Output = GetPolicyVersionResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetPolicyVersionResponse, ApiError> {
        let GetPolicyVersion { policy_arn: arn, version_id: wanted } = self;
        read(cx, |known| {
            let policy = existing(known, &arn)?;
            if wanted != policy.version {
                let message =
                    format!("Policy {arn} version {wanted} does not exist or is not attachable.");
                return Err(error("NoSuchEntity", message));
            }
            let shown =
                PolicyVersion { document: Some(policy.document.clone()), ..version(&policy) };
            Ok(GetPolicyVersionResponse { policy_version: Some(shown) })
        })
    }
}

/// Policies have one version here.
impl Operation for ListPolicyVersions {
    type Output = ListPolicyVersionsResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListPolicyVersionsResponse, ApiError> {
        let ListPolicyVersions { policy_arn, marker, max_items } = self;
        let policy = read(cx, |known| existing(known, &policy_arn))?;
        let versions = vec![(policy.version.clone(), version(&policy))];
        let page = page(versions, max_items, marker.as_deref())?;
        let (more, marker) = (Some(page.next_token.is_some()), page.next_token);
        Ok(ListPolicyVersionsResponse { versions: Some(page.items), is_truncated: more, marker })
    }
}

/// A version as lists show it: without its document.
fn version(policy: &Policy) -> PolicyVersion {
    PolicyVersion {
        document: None,
        version_id: Some(policy.version.clone()),
        is_default_version: Some(true),
        create_date: Some(policy.created),
    }
}

/// A policy as lists show it: without its description.
fn view(known: &Account, policy: &Policy) -> output::Policy {
    let count = |number: usize| Some(i32::try_from(number).unwrap_or(i32::MAX));
    output::Policy {
        policy_name: Some(policy.name.clone()),
        policy_id: Some(policy.id.clone()),
        arn: Some(policy.arn.clone()),
        path: Some(policy.path.clone()),
        default_version_id: Some(policy.version.clone()),
        attachment_count: count(known.attachments(&policy.arn)),
        permissions_boundary_usage_count: count(known.bounded(&policy.arn)),
        is_attachable: Some(true),
        description: None,
        create_date: Some(policy.created),
        update_date: Some(policy.created),
        tags: show_tags(&policy.tags),
    }
}
