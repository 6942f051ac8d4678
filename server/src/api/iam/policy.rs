//! Managed policies, the account's own and AWS's.

use std::collections::BTreeMap;

use wire::ApiError;
use wire::iam::error;
use wire::iam::input::{
    CreatePolicy, DeletePolicy, GetPolicy, ListEntitiesForPolicy, ListPolicies, ListPolicyTags,
    TagPolicy, UntagPolicy,
};
use wire::iam::output::{
    self, CreatePolicyResponse, GetPolicyResponse, ListEntitiesForPolicyResponse,
    ListPoliciesResponse, ListPolicyTagsResponse, PolicyGroup, PolicyRole, PolicyUser,
};

use crate::api::iam::{
    add_tags, change, check_quota, conflict, list_tags, malformed, page, read, show_tags,
};
use crate::api::operation::{Context, Operation};
use crate::iam::{
    Account, Group, Held, Policy, PolicyVersion, Role, User, check_identity, fresh_id, managed,
};
use crate::logs::now;

/// Policies of an account.
pub(super) const POLICIES: usize = 1_500;
/// Characters of a policy, blanks aside.
pub(super) const DOCUMENT: usize = 6_144;

impl Operation for CreatePolicy {
    type Output = CreatePolicyResponse;

    async fn run(self, cx: &Context<'_>) -> Result<CreatePolicyResponse, ApiError> {
        let CreatePolicy { policy_name: name, path, policy_document, description, tags: given } =
            self;
        let account = cx.scope.account;
        change(cx, move |known| {
            check_document(&policy_document)?;
            if known.policies.values().any(|other| other.name.eq_ignore_ascii_case(&name)) {
                let message = format!(
                    "A policy called {name} already exists. Duplicate names are not allowed."
                );
                return Err(error("EntityAlreadyExists", message));
            }
            check_quota("PoliciesPerAccount", known.policies.len(), POLICIES)?;
            let (path, created) = (path.unwrap_or_else(|| "/".into()), now());
            let first = PolicyVersion { created, document: policy_document };
            let mut policy = Policy {
                id: fresh_id("ANPA"),
                arn: format!("arn:aws:iam::{account:012}:policy{path}{name}"),
                name,
                path,
                created,
                description: description.unwrap_or_default(),
                tags: BTreeMap::new(),
                versions: BTreeMap::from([(1, first)]),
                default: 1,
                last: 1,
            };
            add_tags(&mut policy.tags, given)?;
            let shown = view(known, &policy);
            known.policies.insert(policy.arn.clone(), policy);
            Ok(CreatePolicyResponse { policy: Some(shown) })
        })
        .await
    }
}

/// A policy of the account's own or of AWS's.
pub(super) fn existing<'a>(known: &'a Account, arn: &str) -> Result<&'a Policy, ApiError> {
    let missing = || error("NoSuchEntity", format!("Policy {arn} was not found."));
    known.policy(arn).ok_or_else(missing)
}

/// A policy that is to change, which AWS's do not.
pub(super) fn own<'a>(known: &'a mut Account, arn: &str) -> Result<&'a mut Policy, ApiError> {
    existing(known, arn)?;
    let foreign = || error("AccessDenied", "Policy is outside your own account.");
    known.policies.get_mut(arn).ok_or_else(foreign)
}

/// The refusal of a document that no policy may have.
pub(super) fn check_document(document: &str) -> Result<(), ApiError> {
    check_identity(document).map_err(malformed)?;
    let characters = document.chars().filter(|c| !c.is_whitespace()).count();
    match characters <= DOCUMENT {
        true => Ok(()),
        false => {
            let message = format!("Cannot exceed quota for PolicySize: {DOCUMENT}");
            Err(error("LimitExceeded", message))
        }
    }
}

impl Operation for GetPolicy {
    type Output = GetPolicyResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetPolicyResponse, ApiError> {
        let GetPolicy { policy_arn } = self;
        read(cx, |known| {
            let policy = existing(known, &policy_arn)?;
            let mut shown = view(known, policy);
            // Lists leave it out.
            shown.description = Some(policy.description.clone()).filter(|text| !text.is_empty());
            Ok(GetPolicyResponse { policy: Some(shown) })
        })
    }
}

impl Operation for DeletePolicy {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeletePolicy { policy_arn } = self;
        change(cx, move |known| {
            let versions = own(known, &policy_arn)?.versions.len();
            if known.attachments(&policy_arn) > 0 || known.bounded(&policy_arn) > 0 {
                return Err(conflict("Cannot delete a policy attached to entities."));
            }
            if versions > 1 {
                return Err(conflict(
                    "This policy has more than one version. Before you delete a policy, you must \
                     delete the policy's versions. The default version is deleted with the policy.",
                ));
            }
            known.policies.remove(&policy_arn);
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
            let own = known.policies.values().filter(|_| scope.as_deref() != Some("AWS"));
            let foreign = managed().values().filter(|_| scope.as_deref() != Some("Local"));
            own.chain(foreign)
                .filter(|policy| policy.path.starts_with(prefix))
                .filter(|policy| !is_attached || known.attachments(&policy.arn) > 0)
                .map(|policy| (policy.arn.clone(), view(known, policy)))
                .collect()
        });
        let page = page(found, max_items, marker.as_deref())?;
        let (more, marker) = (Some(page.next_token.is_some()), page.next_token);
        Ok(ListPoliciesResponse { policies: Some(page.items), is_truncated: more, marker })
    }
}

impl Operation for TagPolicy {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let TagPolicy { policy_arn, tags: given } = self;
        change(cx, move |known| add_tags(&mut own(known, &policy_arn)?.tags, given)).await
    }
}

impl Operation for UntagPolicy {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let UntagPolicy { policy_arn, tag_keys } = self;
        change(cx, move |known| {
            own(known, &policy_arn)?.tags.retain(|key, _| !tag_keys.contains(key));
            Ok(())
        })
        .await
    }
}

impl Operation for ListPolicyTags {
    type Output = ListPolicyTagsResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListPolicyTagsResponse, ApiError> {
        let ListPolicyTags { policy_arn, marker, max_items } = self;
        let found = read(cx, |known| existing(known, &policy_arn).map(|it| list_tags(&it.tags)))?;
        let page = page(found, max_items, marker.as_deref())?;
        let (more, marker) = (Some(page.next_token.is_some()), page.next_token);
        Ok(ListPolicyTagsResponse { tags: page.items, is_truncated: more, marker })
    }
}

/// One to whom a policy is attached, or whom it bounds.
enum Entity {
    Group(PolicyGroup),
    User(PolicyUser),
    Role(PolicyRole),
}

impl Operation for ListEntitiesForPolicy {
    type Output = ListEntitiesForPolicyResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListEntitiesForPolicyResponse, ApiError> {
        let ListEntitiesForPolicy {
            policy_arn: arn,
            entity_filter,
            path_prefix,
            policy_usage_filter,
            marker,
            max_items,
        } = self;
        let prefix = path_prefix.as_deref().unwrap_or("/");
        let usage = policy_usage_filter.as_deref();
        let is_used = |held: Held<'_>| {
            let attached = held.attached.contains(&arn) && usage != Some("PermissionsBoundary");
            let bounds = held.boundary == Some(&arn) && usage != Some("PermissionsPolicy");
            attached || bounds
        };
        let is_wanted = |kind: &str, path: &str, held: Held<'_>| {
            let kinds = entity_filter.as_deref();
            kinds.is_none_or(|wanted| wanted == kind) && path.starts_with(prefix) && is_used(held)
        };
        let found = read(cx, |known| {
            existing(known, &arn)?;
            let (mut found, some) = (Vec::new(), |text: &String| Some(text.clone()));
            for Group { name, id, path, .. } in known.groups.values() {
                if is_wanted("Group", path, known.groups[name].held()) {
                    let shown = PolicyGroup { group_name: some(name), group_id: some(id) };
                    found.push((format!("group/{name}"), Entity::Group(shown)));
                }
            }
            for User { name, id, path, .. } in known.users.values() {
                if is_wanted("User", path, known.users[name].held()) {
                    let shown = PolicyUser { user_name: some(name), user_id: some(id) };
                    found.push((format!("user/{name}"), Entity::User(shown)));
                }
            }
            for Role { name, id, path, .. } in known.roles.values() {
                if is_wanted("Role", path, known.roles[name].held()) {
                    let shown = PolicyRole { role_name: some(name), role_id: some(id) };
                    found.push((format!("role/{name}"), Entity::Role(shown)));
                }
            }
            Ok::<_, ApiError>(found)
        })?;
        let page = page(found, max_items, marker.as_deref())?;
        let (mut groups, mut users, mut roles) = (Vec::new(), Vec::new(), Vec::new());
        for entity in page.items {
            match entity {
                Entity::Group(group) => groups.push(group),
                Entity::User(user) => users.push(user),
                Entity::Role(role) => roles.push(role),
            }
        }
        Ok(ListEntitiesForPolicyResponse {
            policy_groups: Some(groups),
            policy_users: Some(users),
            policy_roles: Some(roles),
            is_truncated: Some(page.next_token.is_some()),
            marker: page.next_token,
        })
    }
}

/// A policy as lists show it: without its description.
pub(super) fn view(known: &Account, policy: &Policy) -> output::Policy {
    let count = |number: usize| Some(i32::try_from(number).unwrap_or(i32::MAX));
    output::Policy {
        policy_name: Some(policy.name.clone()),
        policy_id: Some(policy.id.clone()),
        arn: Some(policy.arn.clone()),
        path: Some(policy.path.clone()),
        default_version_id: Some(format!("v{}", policy.default)),
        attachment_count: count(known.attachments(&policy.arn)),
        permissions_boundary_usage_count: count(known.bounded(&policy.arn)),
        is_attachable: Some(true),
        description: None,
        create_date: Some(policy.created),
        update_date: Some(policy.updated()),
        tags: show_tags(&policy.tags),
    }
}
