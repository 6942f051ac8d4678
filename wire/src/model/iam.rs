//! AWS Identity and Access Management 2010-05-08. Written by `cargo xtask codegen`.
#![allow(clippy::all)]
#![allow(unused_imports, reason = "no table needs every one")]
use super::build::*;
use super::op::{self, iam::Op};
use super::operation::{ErrorShape, Operation, Protocol, Route, Service};
use super::pattern::Pattern;
use super::shape::{Bounds, Kind, Location, Member, Shape};

/// The service.
pub static SERVICE: Service = Service { name: "iam", signing: "iam", version: "2010-05-08", protocol: Protocol::Query, namespace: "https://iam.amazonaws.com/doc/2010-05-08/", target: "", json: "", error_prefix: "", operations: &OPERATIONS, errors: &ERRORS, unsupported: &UNSUPPORTED, also: None };

static OPERATIONS: [Operation; 85] = [
    Operation { op: op::Op::Iam(Op::AddRoleToInstanceProfile), name: "AddRoleToInstanceProfile", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_ADD_ROLE_TO_INSTANCE_PROFILE_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::AddUserToGroup), name: "AddUserToGroup", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_ADD_USER_TO_GROUP_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::AttachGroupPolicy), name: "AttachGroupPolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_ATTACH_GROUP_POLICY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::AttachRolePolicy), name: "AttachRolePolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_ATTACH_ROLE_POLICY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::AttachUserPolicy), name: "AttachUserPolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_ATTACH_USER_POLICY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::CreateAccessKey), name: "CreateAccessKey", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CREATE_ACCESS_KEY_REQUEST), output: Some(&S_CREATE_ACCESS_KEY_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::CreateAccountAlias), name: "CreateAccountAlias", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CREATE_ACCOUNT_ALIAS_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::CreateGroup), name: "CreateGroup", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CREATE_GROUP_REQUEST), output: Some(&S_CREATE_GROUP_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::CreateInstanceProfile), name: "CreateInstanceProfile", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CREATE_INSTANCE_PROFILE_REQUEST), output: Some(&S_CREATE_INSTANCE_PROFILE_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::CreatePolicy), name: "CreatePolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CREATE_POLICY_REQUEST), output: Some(&S_CREATE_POLICY_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::CreatePolicyVersion), name: "CreatePolicyVersion", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CREATE_POLICY_VERSION_REQUEST), output: Some(&S_CREATE_POLICY_VERSION_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::CreateRole), name: "CreateRole", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CREATE_ROLE_REQUEST), output: Some(&S_CREATE_ROLE_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::CreateUser), name: "CreateUser", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CREATE_USER_REQUEST), output: Some(&S_CREATE_USER_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::DeleteAccessKey), name: "DeleteAccessKey", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_ACCESS_KEY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::DeleteAccountAlias), name: "DeleteAccountAlias", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_ACCOUNT_ALIAS_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::DeleteGroup), name: "DeleteGroup", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_GROUP_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::DeleteGroupPolicy), name: "DeleteGroupPolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_GROUP_POLICY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::DeleteInstanceProfile), name: "DeleteInstanceProfile", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_INSTANCE_PROFILE_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::DeletePolicy), name: "DeletePolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_POLICY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::DeletePolicyVersion), name: "DeletePolicyVersion", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_POLICY_VERSION_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::DeleteRole), name: "DeleteRole", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_ROLE_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::DeleteRolePermissionsBoundary), name: "DeleteRolePermissionsBoundary", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_ROLE_PERMISSIONS_BOUNDARY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::DeleteRolePolicy), name: "DeleteRolePolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_ROLE_POLICY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::DeleteUser), name: "DeleteUser", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_USER_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::DeleteUserPermissionsBoundary), name: "DeleteUserPermissionsBoundary", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_USER_PERMISSIONS_BOUNDARY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::DeleteUserPolicy), name: "DeleteUserPolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_USER_POLICY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::DetachGroupPolicy), name: "DetachGroupPolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DETACH_GROUP_POLICY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::DetachRolePolicy), name: "DetachRolePolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DETACH_ROLE_POLICY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::DetachUserPolicy), name: "DetachUserPolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DETACH_USER_POLICY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::GetAccessKeyLastUsed), name: "GetAccessKeyLastUsed", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_ACCESS_KEY_LAST_USED_REQUEST), output: Some(&S_GET_ACCESS_KEY_LAST_USED_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::GetAccountAuthorizationDetails), name: "GetAccountAuthorizationDetails", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_ACCOUNT_AUTHORIZATION_DETAILS_REQUEST), output: Some(&S_GET_ACCOUNT_AUTHORIZATION_DETAILS_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::GetAccountSummary), name: "GetAccountSummary", service: &SERVICE, method: "POST", uri: "/", status: 200, input: None, output: Some(&S_GET_ACCOUNT_SUMMARY_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::GetGroup), name: "GetGroup", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_GROUP_REQUEST), output: Some(&S_GET_GROUP_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::GetGroupPolicy), name: "GetGroupPolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_GROUP_POLICY_REQUEST), output: Some(&S_GET_GROUP_POLICY_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::GetInstanceProfile), name: "GetInstanceProfile", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_INSTANCE_PROFILE_REQUEST), output: Some(&S_GET_INSTANCE_PROFILE_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::GetPolicy), name: "GetPolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_POLICY_REQUEST), output: Some(&S_GET_POLICY_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::GetPolicyVersion), name: "GetPolicyVersion", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_POLICY_VERSION_REQUEST), output: Some(&S_GET_POLICY_VERSION_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::GetRole), name: "GetRole", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_ROLE_REQUEST), output: Some(&S_GET_ROLE_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::GetRolePolicy), name: "GetRolePolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_ROLE_POLICY_REQUEST), output: Some(&S_GET_ROLE_POLICY_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::GetUser), name: "GetUser", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_USER_REQUEST), output: Some(&S_GET_USER_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::GetUserPolicy), name: "GetUserPolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_USER_POLICY_REQUEST), output: Some(&S_GET_USER_POLICY_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::ListAccessKeys), name: "ListAccessKeys", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_ACCESS_KEYS_REQUEST), output: Some(&S_LIST_ACCESS_KEYS_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::ListAccountAliases), name: "ListAccountAliases", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_ACCOUNT_ALIASES_REQUEST), output: Some(&S_LIST_ACCOUNT_ALIASES_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::ListAttachedGroupPolicies), name: "ListAttachedGroupPolicies", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_ATTACHED_GROUP_POLICIES_REQUEST), output: Some(&S_LIST_ATTACHED_GROUP_POLICIES_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::ListAttachedRolePolicies), name: "ListAttachedRolePolicies", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_ATTACHED_ROLE_POLICIES_REQUEST), output: Some(&S_LIST_ATTACHED_ROLE_POLICIES_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::ListAttachedUserPolicies), name: "ListAttachedUserPolicies", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_ATTACHED_USER_POLICIES_REQUEST), output: Some(&S_LIST_ATTACHED_USER_POLICIES_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::ListEntitiesForPolicy), name: "ListEntitiesForPolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_ENTITIES_FOR_POLICY_REQUEST), output: Some(&S_LIST_ENTITIES_FOR_POLICY_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::ListGroupPolicies), name: "ListGroupPolicies", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_GROUP_POLICIES_REQUEST), output: Some(&S_LIST_GROUP_POLICIES_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::ListGroups), name: "ListGroups", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_GROUPS_REQUEST), output: Some(&S_LIST_GROUPS_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::ListGroupsForUser), name: "ListGroupsForUser", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_GROUPS_FOR_USER_REQUEST), output: Some(&S_LIST_GROUPS_FOR_USER_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::ListInstanceProfileTags), name: "ListInstanceProfileTags", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_INSTANCE_PROFILE_TAGS_REQUEST), output: Some(&S_LIST_INSTANCE_PROFILE_TAGS_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::ListInstanceProfiles), name: "ListInstanceProfiles", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_INSTANCE_PROFILES_REQUEST), output: Some(&S_LIST_INSTANCE_PROFILES_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::ListInstanceProfilesForRole), name: "ListInstanceProfilesForRole", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_INSTANCE_PROFILES_FOR_ROLE_REQUEST), output: Some(&S_LIST_INSTANCE_PROFILES_FOR_ROLE_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::ListPolicies), name: "ListPolicies", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_POLICIES_REQUEST), output: Some(&S_LIST_POLICIES_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::ListPolicyTags), name: "ListPolicyTags", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_POLICY_TAGS_REQUEST), output: Some(&S_LIST_POLICY_TAGS_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::ListPolicyVersions), name: "ListPolicyVersions", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_POLICY_VERSIONS_REQUEST), output: Some(&S_LIST_POLICY_VERSIONS_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::ListRolePolicies), name: "ListRolePolicies", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_ROLE_POLICIES_REQUEST), output: Some(&S_LIST_ROLE_POLICIES_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::ListRoleTags), name: "ListRoleTags", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_ROLE_TAGS_REQUEST), output: Some(&S_LIST_ROLE_TAGS_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::ListRoles), name: "ListRoles", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_ROLES_REQUEST), output: Some(&S_LIST_ROLES_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::ListUserPolicies), name: "ListUserPolicies", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_USER_POLICIES_REQUEST), output: Some(&S_LIST_USER_POLICIES_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::ListUserTags), name: "ListUserTags", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_USER_TAGS_REQUEST), output: Some(&S_LIST_USER_TAGS_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::ListUsers), name: "ListUsers", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_USERS_REQUEST), output: Some(&S_LIST_USERS_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::PutGroupPolicy), name: "PutGroupPolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PUT_GROUP_POLICY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::PutRolePermissionsBoundary), name: "PutRolePermissionsBoundary", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PUT_ROLE_PERMISSIONS_BOUNDARY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::PutRolePolicy), name: "PutRolePolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PUT_ROLE_POLICY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::PutUserPermissionsBoundary), name: "PutUserPermissionsBoundary", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PUT_USER_PERMISSIONS_BOUNDARY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::PutUserPolicy), name: "PutUserPolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PUT_USER_POLICY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::RemoveRoleFromInstanceProfile), name: "RemoveRoleFromInstanceProfile", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_REMOVE_ROLE_FROM_INSTANCE_PROFILE_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::RemoveUserFromGroup), name: "RemoveUserFromGroup", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_REMOVE_USER_FROM_GROUP_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::SetDefaultPolicyVersion), name: "SetDefaultPolicyVersion", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_SET_DEFAULT_POLICY_VERSION_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::SimulateCustomPolicy), name: "SimulateCustomPolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_SIMULATE_CUSTOM_POLICY_REQUEST), output: Some(&S_SIMULATE_POLICY_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::SimulatePrincipalPolicy), name: "SimulatePrincipalPolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_SIMULATE_PRINCIPAL_POLICY_REQUEST), output: Some(&S_SIMULATE_POLICY_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::TagInstanceProfile), name: "TagInstanceProfile", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_TAG_INSTANCE_PROFILE_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::TagPolicy), name: "TagPolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_TAG_POLICY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::TagRole), name: "TagRole", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_TAG_ROLE_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::TagUser), name: "TagUser", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_TAG_USER_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::UntagInstanceProfile), name: "UntagInstanceProfile", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UNTAG_INSTANCE_PROFILE_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::UntagPolicy), name: "UntagPolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UNTAG_POLICY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::UntagRole), name: "UntagRole", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UNTAG_ROLE_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::UntagUser), name: "UntagUser", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UNTAG_USER_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::UpdateAccessKey), name: "UpdateAccessKey", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UPDATE_ACCESS_KEY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::UpdateAssumeRolePolicy), name: "UpdateAssumeRolePolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UPDATE_ASSUME_ROLE_POLICY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::UpdateGroup), name: "UpdateGroup", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UPDATE_GROUP_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Iam(Op::UpdateRole), name: "UpdateRole", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UPDATE_ROLE_REQUEST), output: Some(&S_UPDATE_ROLE_RESPONSE), note: "" },
    Operation { op: op::Op::Iam(Op::UpdateUser), name: "UpdateUser", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UPDATE_USER_REQUEST), output: None, note: "" },
];

static ERRORS: [ErrorShape; 12] = [
    ErrorShape { code: "ConcurrentModification", query: None, status: 409, members: &[] },
    ErrorShape { code: "DeleteConflict", query: None, status: 409, members: &[] },
    ErrorShape { code: "EntityAlreadyExists", query: None, status: 409, members: &[] },
    ErrorShape { code: "EntityTemporarilyUnmodifiable", query: None, status: 409, members: &[] },
    ErrorShape { code: "InvalidInput", query: None, status: 400, members: &[] },
    ErrorShape { code: "LimitExceeded", query: None, status: 409, members: &[] },
    ErrorShape { code: "MalformedPolicyDocument", query: None, status: 400, members: &[] },
    ErrorShape { code: "NoSuchEntity", query: None, status: 404, members: &[] },
    ErrorShape { code: "PolicyEvaluation", query: None, status: 500, members: &[] },
    ErrorShape { code: "PolicyNotAttachable", query: None, status: 400, members: &[] },
    ErrorShape { code: "ServiceFailure", query: None, status: 500, members: &[] },
    ErrorShape { code: "UnmodifiableEntity", query: None, status: 400, members: &[] },
];

static UNSUPPORTED: [Route; 0] = [
];

static S_ACCESS_KEY: Shape = structure("AccessKey", &[m("UserName", &S_USER_NAME_TYPE).required(), m("AccessKeyId", &S_ACCESS_KEY_ID_TYPE).required(), m("Status", &S_STATUS_TYPE).required(), m("SecretAccessKey", &S_ACCESS_KEY_SECRET_TYPE).required(), m("CreateDate", &S_DATE_TYPE)]);
static S_ACCESS_KEY_LAST_USED: Shape = structure("AccessKeyLastUsed", &[m("LastUsedDate", &S_DATE_TYPE), m("ServiceName", &S_STRING_TYPE).required(), m("Region", &S_STRING_TYPE).required()]);
static S_ACCESS_KEY_METADATA: Shape = structure("AccessKeyMetadata", &[m("UserName", &S_USER_NAME_TYPE), m("AccessKeyId", &S_ACCESS_KEY_ID_TYPE), m("Status", &S_STATUS_TYPE), m("CreateDate", &S_DATE_TYPE)]);
static S_ACTION_NAME_LIST_TYPE: Shape = list("ActionNameListType", &S_ACTION_NAME_TYPE, "member", Bounds::NONE);
static S_ACTION_NAME_TYPE: Shape = string("ActionNameType", b(3, 128), None, &[]);
static S_ADD_ROLE_TO_INSTANCE_PROFILE_REQUEST: Shape = structure("AddRoleToInstanceProfileRequest", &[m("InstanceProfileName", &S_INSTANCE_PROFILE_NAME_TYPE).required().read(), m("RoleName", &S_ROLE_NAME_TYPE).required().read()]);
static S_ADD_USER_TO_GROUP_REQUEST: Shape = structure("AddUserToGroupRequest", &[m("GroupName", &S_GROUP_NAME_TYPE).required().read(), m("UserName", &S_EXISTING_USER_NAME_TYPE).required().read()]);
static S_ATTACH_GROUP_POLICY_REQUEST: Shape = structure("AttachGroupPolicyRequest", &[m("GroupName", &S_GROUP_NAME_TYPE).required().read(), m("PolicyArn", &S_ARN_TYPE).required().read()]);
static S_ATTACH_ROLE_POLICY_REQUEST: Shape = structure("AttachRolePolicyRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("PolicyArn", &S_ARN_TYPE).required().read()]);
static S_ATTACH_USER_POLICY_REQUEST: Shape = structure("AttachUserPolicyRequest", &[m("UserName", &S_USER_NAME_TYPE).required().read(), m("PolicyArn", &S_ARN_TYPE).required().read()]);
static S_ATTACHED_PERMISSIONS_BOUNDARY: Shape = structure("AttachedPermissionsBoundary", &[m("PermissionsBoundaryType", &S_PERMISSIONS_BOUNDARY_ATTACHMENT_TYPE), m("PermissionsBoundaryArn", &S_ARN_TYPE)]);
static S_ATTACHED_POLICY: Shape = structure("AttachedPolicy", &[m("PolicyName", &S_POLICY_NAME_TYPE), m("PolicyArn", &S_ARN_TYPE)]);
static S_ATTACHMENT_NAME: Shape = string("AttachmentName", b(1, 128), Some(&P0), &[]);
static S_ATTACHMENT_TYPE: Shape = string("AttachmentType", Bounds::NONE, None, &["user", "group", "role"]);
static S_COLUMN_NUMBER: Shape = scalar("ColumnNumber", Kind::Integer(Bounds::NONE));
static S_CONTEXT_ENTRY: Shape = structure("ContextEntry", &[m("ContextKeyName", &S_CONTEXT_KEY_NAME_TYPE).read(), m("ContextKeyValues", &S_CONTEXT_KEY_VALUE_LIST_TYPE).read(), m("ContextKeyType", &S_CONTEXT_KEY_TYPE_ENUM).ignored("a condition's operator says how its values are compared")]);
static S_CONTEXT_ENTRY_LIST_TYPE: Shape = list("ContextEntryListType", &S_CONTEXT_ENTRY, "member", Bounds::NONE);
static S_CONTEXT_KEY_NAME_TYPE: Shape = string("ContextKeyNameType", b(5, 256), None, &[]);
static S_CONTEXT_KEY_NAMES_RESULT_LIST_TYPE: Shape = list("ContextKeyNamesResultListType", &S_CONTEXT_KEY_NAME_TYPE, "member", Bounds::NONE);
static S_CONTEXT_KEY_TYPE_ENUM: Shape = string("ContextKeyTypeEnum", Bounds::NONE, None, &["string", "stringList", "numeric", "numericList", "boolean", "booleanList", "ip", "ipList", "binary", "binaryList", "date", "dateList"]);
static S_CONTEXT_KEY_VALUE_LIST_TYPE: Shape = list("ContextKeyValueListType", &S_CONTEXT_KEY_VALUE_TYPE, "member", Bounds::NONE);
static S_CONTEXT_KEY_VALUE_TYPE: Shape = string("ContextKeyValueType", Bounds::NONE, None, &[]);
static S_CREATE_ACCESS_KEY_REQUEST: Shape = structure("CreateAccessKeyRequest", &[m("UserName", &S_EXISTING_USER_NAME_TYPE).read()]);
static S_CREATE_ACCESS_KEY_RESPONSE: Shape = structure("CreateAccessKeyResponse", &[m("AccessKey", &S_ACCESS_KEY).required()]);
static S_CREATE_ACCOUNT_ALIAS_REQUEST: Shape = structure("CreateAccountAliasRequest", &[m("AccountAlias", &S_ACCOUNT_ALIAS_TYPE).required().read()]);
static S_CREATE_GROUP_REQUEST: Shape = structure("CreateGroupRequest", &[m("Path", &S_PATH_TYPE).read(), m("GroupName", &S_GROUP_NAME_TYPE).required().read()]);
static S_CREATE_GROUP_RESPONSE: Shape = structure("CreateGroupResponse", &[m("Group", &S_GROUP).required()]);
static S_CREATE_INSTANCE_PROFILE_REQUEST: Shape = structure("CreateInstanceProfileRequest", &[m("InstanceProfileName", &S_INSTANCE_PROFILE_NAME_TYPE).required().read(), m("Path", &S_PATH_TYPE).read(), m("Tags", &S_TAG_LIST_TYPE).read()]);
static S_CREATE_INSTANCE_PROFILE_RESPONSE: Shape = structure("CreateInstanceProfileResponse", &[m("InstanceProfile", &S_INSTANCE_PROFILE).required()]);
static S_CREATE_POLICY_REQUEST: Shape = structure("CreatePolicyRequest", &[m("PolicyName", &S_POLICY_NAME_TYPE).required().read(), m("Path", &S_POLICY_PATH_TYPE).read(), m("PolicyDocument", &S_POLICY_DOCUMENT_TYPE).required().read(), m("Description", &S_POLICY_DESCRIPTION_TYPE).read(), m("Tags", &S_TAG_LIST_TYPE).read()]);
static S_CREATE_POLICY_RESPONSE: Shape = structure("CreatePolicyResponse", &[m("Policy", &S_POLICY)]);
static S_CREATE_POLICY_VERSION_REQUEST: Shape = structure("CreatePolicyVersionRequest", &[m("PolicyArn", &S_ARN_TYPE).required().read(), m("PolicyDocument", &S_POLICY_DOCUMENT_TYPE).required().read(), m("SetAsDefault", &S_BOOLEAN_TYPE).read()]);
static S_CREATE_POLICY_VERSION_RESPONSE: Shape = structure("CreatePolicyVersionResponse", &[m("PolicyVersion", &S_POLICY_VERSION)]);
static S_CREATE_ROLE_REQUEST: Shape = structure("CreateRoleRequest", &[m("Path", &S_PATH_TYPE).read(), m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("AssumeRolePolicyDocument", &S_POLICY_DOCUMENT_TYPE).required().read(), m("Description", &S_ROLE_DESCRIPTION_TYPE).read(), m("MaxSessionDuration", &S_ROLE_MAX_SESSION_DURATION_TYPE).read(), m("PermissionsBoundary", &S_ARN_TYPE).read(), m("Tags", &S_TAG_LIST_TYPE).read()]);
static S_CREATE_ROLE_RESPONSE: Shape = structure("CreateRoleResponse", &[m("Role", &S_ROLE).required()]);
static S_CREATE_USER_REQUEST: Shape = structure("CreateUserRequest", &[m("Path", &S_PATH_TYPE).read(), m("UserName", &S_USER_NAME_TYPE).required().read(), m("PermissionsBoundary", &S_ARN_TYPE).read(), m("Tags", &S_TAG_LIST_TYPE).read()]);
static S_CREATE_USER_RESPONSE: Shape = structure("CreateUserResponse", &[m("User", &S_USER)]);
static S_DELETE_ACCESS_KEY_REQUEST: Shape = structure("DeleteAccessKeyRequest", &[m("UserName", &S_EXISTING_USER_NAME_TYPE).read(), m("AccessKeyId", &S_ACCESS_KEY_ID_TYPE).required().read()]);
static S_DELETE_ACCOUNT_ALIAS_REQUEST: Shape = structure("DeleteAccountAliasRequest", &[m("AccountAlias", &S_ACCOUNT_ALIAS_TYPE).required().read()]);
static S_DELETE_GROUP_POLICY_REQUEST: Shape = structure("DeleteGroupPolicyRequest", &[m("GroupName", &S_GROUP_NAME_TYPE).required().read(), m("PolicyName", &S_POLICY_NAME_TYPE).required().read()]);
static S_DELETE_GROUP_REQUEST: Shape = structure("DeleteGroupRequest", &[m("GroupName", &S_GROUP_NAME_TYPE).required().read()]);
static S_DELETE_INSTANCE_PROFILE_REQUEST: Shape = structure("DeleteInstanceProfileRequest", &[m("InstanceProfileName", &S_INSTANCE_PROFILE_NAME_TYPE).required().read()]);
static S_DELETE_POLICY_REQUEST: Shape = structure("DeletePolicyRequest", &[m("PolicyArn", &S_ARN_TYPE).required().read()]);
static S_DELETE_POLICY_VERSION_REQUEST: Shape = structure("DeletePolicyVersionRequest", &[m("PolicyArn", &S_ARN_TYPE).required().read(), m("VersionId", &S_POLICY_VERSION_ID_TYPE).required().read()]);
static S_DELETE_ROLE_PERMISSIONS_BOUNDARY_REQUEST: Shape = structure("DeleteRolePermissionsBoundaryRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read()]);
static S_DELETE_ROLE_POLICY_REQUEST: Shape = structure("DeleteRolePolicyRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("PolicyName", &S_POLICY_NAME_TYPE).required().read()]);
static S_DELETE_ROLE_REQUEST: Shape = structure("DeleteRoleRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read()]);
static S_DELETE_USER_PERMISSIONS_BOUNDARY_REQUEST: Shape = structure("DeleteUserPermissionsBoundaryRequest", &[m("UserName", &S_USER_NAME_TYPE).required().read()]);
static S_DELETE_USER_POLICY_REQUEST: Shape = structure("DeleteUserPolicyRequest", &[m("UserName", &S_EXISTING_USER_NAME_TYPE).required().read(), m("PolicyName", &S_POLICY_NAME_TYPE).required().read()]);
static S_DELETE_USER_REQUEST: Shape = structure("DeleteUserRequest", &[m("UserName", &S_EXISTING_USER_NAME_TYPE).required().read()]);
static S_DETACH_GROUP_POLICY_REQUEST: Shape = structure("DetachGroupPolicyRequest", &[m("GroupName", &S_GROUP_NAME_TYPE).required().read(), m("PolicyArn", &S_ARN_TYPE).required().read()]);
static S_DETACH_ROLE_POLICY_REQUEST: Shape = structure("DetachRolePolicyRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("PolicyArn", &S_ARN_TYPE).required().read()]);
static S_DETACH_USER_POLICY_REQUEST: Shape = structure("DetachUserPolicyRequest", &[m("UserName", &S_USER_NAME_TYPE).required().read(), m("PolicyArn", &S_ARN_TYPE).required().read()]);
static S_ENTITY_TYPE: Shape = string("EntityType", Bounds::NONE, None, &["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"]);
static S_EVAL_DECISION_DETAILS_TYPE: Shape = map("EvalDecisionDetailsType", &S_EVAL_DECISION_SOURCE_TYPE, &S_POLICY_EVALUATION_DECISION_TYPE, Bounds::NONE);
static S_EVAL_DECISION_SOURCE_TYPE: Shape = string("EvalDecisionSourceType", Bounds::NONE, None, &[]);
static S_EVALUATION_RESULT: Shape = structure("EvaluationResult", &[m("EvalActionName", &S_ACTION_NAME_TYPE).required(), m("EvalResourceName", &S_RESOURCE_NAME_TYPE), m("EvalDecision", &S_POLICY_EVALUATION_DECISION_TYPE).required(), m("MatchedStatements", &S_STATEMENT_LIST_TYPE), m("MissingContextValues", &S_CONTEXT_KEY_NAMES_RESULT_LIST_TYPE), m("OrganizationsDecisionDetail", &S_ORGANIZATIONS_DECISION_DETAIL), m("PermissionsBoundaryDecisionDetail", &S_PERMISSIONS_BOUNDARY_DECISION_DETAIL), m("EvalDecisionDetails", &S_EVAL_DECISION_DETAILS_TYPE), m("ResourceSpecificResults", &S_RESOURCE_SPECIFIC_RESULT_LIST_TYPE)]);
static S_EVALUATION_RESULTS_LIST_TYPE: Shape = list("EvaluationResultsListType", &S_EVALUATION_RESULT, "member", Bounds::NONE);
static S_GET_ACCESS_KEY_LAST_USED_REQUEST: Shape = structure("GetAccessKeyLastUsedRequest", &[m("AccessKeyId", &S_ACCESS_KEY_ID_TYPE).required().read()]);
static S_GET_ACCESS_KEY_LAST_USED_RESPONSE: Shape = structure("GetAccessKeyLastUsedResponse", &[m("UserName", &S_EXISTING_USER_NAME_TYPE), m("AccessKeyLastUsed", &S_ACCESS_KEY_LAST_USED)]);
static S_GET_ACCOUNT_AUTHORIZATION_DETAILS_REQUEST: Shape = structure("GetAccountAuthorizationDetailsRequest", &[m("Filter", &S_ENTITY_LIST_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read(), m("Marker", &S_MARKER_TYPE).read()]);
static S_GET_ACCOUNT_AUTHORIZATION_DETAILS_RESPONSE: Shape = structure("GetAccountAuthorizationDetailsResponse", &[m("UserDetailList", &S_USER_DETAIL_LIST_TYPE), m("GroupDetailList", &S_GROUP_DETAIL_LIST_TYPE), m("RoleDetailList", &S_ROLE_DETAIL_LIST_TYPE), m("Policies", &S_MANAGED_POLICY_DETAIL_LIST_TYPE), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_GET_ACCOUNT_SUMMARY_RESPONSE: Shape = structure("GetAccountSummaryResponse", &[m("SummaryMap", &S_SUMMARY_MAP_TYPE)]);
static S_GET_GROUP_POLICY_REQUEST: Shape = structure("GetGroupPolicyRequest", &[m("GroupName", &S_GROUP_NAME_TYPE).required().read(), m("PolicyName", &S_POLICY_NAME_TYPE).required().read()]);
static S_GET_GROUP_POLICY_RESPONSE: Shape = structure("GetGroupPolicyResponse", &[m("GroupName", &S_GROUP_NAME_TYPE).required(), m("PolicyName", &S_POLICY_NAME_TYPE).required(), m("PolicyDocument", &S_POLICY_DOCUMENT_TYPE).required()]);
static S_GET_GROUP_REQUEST: Shape = structure("GetGroupRequest", &[m("GroupName", &S_GROUP_NAME_TYPE).required().read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_GET_GROUP_RESPONSE: Shape = structure("GetGroupResponse", &[m("Group", &S_GROUP).required(), m("Users", &S_USER_LIST_TYPE).required(), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_GET_INSTANCE_PROFILE_REQUEST: Shape = structure("GetInstanceProfileRequest", &[m("InstanceProfileName", &S_INSTANCE_PROFILE_NAME_TYPE).required().read()]);
static S_GET_INSTANCE_PROFILE_RESPONSE: Shape = structure("GetInstanceProfileResponse", &[m("InstanceProfile", &S_INSTANCE_PROFILE).required()]);
static S_GET_POLICY_REQUEST: Shape = structure("GetPolicyRequest", &[m("PolicyArn", &S_ARN_TYPE).required().read()]);
static S_GET_POLICY_RESPONSE: Shape = structure("GetPolicyResponse", &[m("Policy", &S_POLICY)]);
static S_GET_POLICY_VERSION_REQUEST: Shape = structure("GetPolicyVersionRequest", &[m("PolicyArn", &S_ARN_TYPE).required().read(), m("VersionId", &S_POLICY_VERSION_ID_TYPE).required().read()]);
static S_GET_POLICY_VERSION_RESPONSE: Shape = structure("GetPolicyVersionResponse", &[m("PolicyVersion", &S_POLICY_VERSION)]);
static S_GET_ROLE_POLICY_REQUEST: Shape = structure("GetRolePolicyRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("PolicyName", &S_POLICY_NAME_TYPE).required().read()]);
static S_GET_ROLE_POLICY_RESPONSE: Shape = structure("GetRolePolicyResponse", &[m("RoleName", &S_ROLE_NAME_TYPE).required(), m("PolicyName", &S_POLICY_NAME_TYPE).required(), m("PolicyDocument", &S_POLICY_DOCUMENT_TYPE).required()]);
static S_GET_ROLE_REQUEST: Shape = structure("GetRoleRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read()]);
static S_GET_ROLE_RESPONSE: Shape = structure("GetRoleResponse", &[m("Role", &S_ROLE).required()]);
static S_GET_USER_POLICY_REQUEST: Shape = structure("GetUserPolicyRequest", &[m("UserName", &S_EXISTING_USER_NAME_TYPE).required().read(), m("PolicyName", &S_POLICY_NAME_TYPE).required().read()]);
static S_GET_USER_POLICY_RESPONSE: Shape = structure("GetUserPolicyResponse", &[m("UserName", &S_EXISTING_USER_NAME_TYPE).required(), m("PolicyName", &S_POLICY_NAME_TYPE).required(), m("PolicyDocument", &S_POLICY_DOCUMENT_TYPE).required()]);
static S_GET_USER_REQUEST: Shape = structure("GetUserRequest", &[m("UserName", &S_EXISTING_USER_NAME_TYPE).read()]);
static S_GET_USER_RESPONSE: Shape = structure("GetUserResponse", &[m("User", &S_USER).required()]);
static S_GROUP: Shape = structure("Group", &[m("Path", &S_PATH_TYPE).required(), m("GroupName", &S_GROUP_NAME_TYPE).required(), m("GroupId", &S_ID_TYPE).required(), m("Arn", &S_ARN_TYPE).required(), m("CreateDate", &S_DATE_TYPE).required()]);
static S_GROUP_DETAIL: Shape = structure("GroupDetail", &[m("Path", &S_PATH_TYPE), m("GroupName", &S_GROUP_NAME_TYPE), m("GroupId", &S_ID_TYPE), m("Arn", &S_ARN_TYPE), m("CreateDate", &S_DATE_TYPE), m("GroupPolicyList", &S_POLICY_DETAIL_LIST_TYPE), m("AttachedManagedPolicies", &S_ATTACHED_POLICIES_LIST_TYPE)]);
static S_INLINE_POLICY_IDENTIFIER_TYPE: Shape = structure("InlinePolicyIdentifierType", &[m("PolicyName", &S_POLICY_NAME_TYPE).required(), m("AttachmentType", &S_ATTACHMENT_TYPE).required(), m("AttachmentName", &S_ATTACHMENT_NAME).required()]);
static S_INSTANCE_PROFILE: Shape = structure("InstanceProfile", &[m("Path", &S_PATH_TYPE).required(), m("InstanceProfileName", &S_INSTANCE_PROFILE_NAME_TYPE).required(), m("InstanceProfileId", &S_ID_TYPE).required(), m("Arn", &S_ARN_TYPE).required(), m("CreateDate", &S_DATE_TYPE).required(), m("Roles", &S_ROLE_LIST_TYPE).required(), m("Tags", &S_TAG_LIST_TYPE)]);
static S_LINE_NUMBER: Shape = scalar("LineNumber", Kind::Integer(Bounds::NONE));
static S_LIST_ACCESS_KEYS_REQUEST: Shape = structure("ListAccessKeysRequest", &[m("UserName", &S_EXISTING_USER_NAME_TYPE).read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_ACCESS_KEYS_RESPONSE: Shape = structure("ListAccessKeysResponse", &[m("AccessKeyMetadata", &S_ACCESS_KEY_METADATA_LIST_TYPE).required(), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_ACCOUNT_ALIASES_REQUEST: Shape = structure("ListAccountAliasesRequest", &[m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_ACCOUNT_ALIASES_RESPONSE: Shape = structure("ListAccountAliasesResponse", &[m("AccountAliases", &S_ACCOUNT_ALIAS_LIST_TYPE).required(), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_ATTACHED_GROUP_POLICIES_REQUEST: Shape = structure("ListAttachedGroupPoliciesRequest", &[m("GroupName", &S_GROUP_NAME_TYPE).required().read(), m("PathPrefix", &S_POLICY_PATH_TYPE).read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_ATTACHED_GROUP_POLICIES_RESPONSE: Shape = structure("ListAttachedGroupPoliciesResponse", &[m("AttachedPolicies", &S_ATTACHED_POLICIES_LIST_TYPE), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_ATTACHED_ROLE_POLICIES_REQUEST: Shape = structure("ListAttachedRolePoliciesRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("PathPrefix", &S_POLICY_PATH_TYPE).read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_ATTACHED_ROLE_POLICIES_RESPONSE: Shape = structure("ListAttachedRolePoliciesResponse", &[m("AttachedPolicies", &S_ATTACHED_POLICIES_LIST_TYPE), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_ATTACHED_USER_POLICIES_REQUEST: Shape = structure("ListAttachedUserPoliciesRequest", &[m("UserName", &S_USER_NAME_TYPE).required().read(), m("PathPrefix", &S_POLICY_PATH_TYPE).read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_ATTACHED_USER_POLICIES_RESPONSE: Shape = structure("ListAttachedUserPoliciesResponse", &[m("AttachedPolicies", &S_ATTACHED_POLICIES_LIST_TYPE), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_ENTITIES_FOR_POLICY_REQUEST: Shape = structure("ListEntitiesForPolicyRequest", &[m("PolicyArn", &S_ARN_TYPE).required().read(), m("EntityFilter", &S_ENTITY_TYPE).read(), m("PathPrefix", &S_PATH_TYPE).read(), m("PolicyUsageFilter", &S_POLICY_USAGE_TYPE).read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_ENTITIES_FOR_POLICY_RESPONSE: Shape = structure("ListEntitiesForPolicyResponse", &[m("PolicyGroups", &S_POLICY_GROUP_LIST_TYPE), m("PolicyUsers", &S_POLICY_USER_LIST_TYPE), m("PolicyRoles", &S_POLICY_ROLE_LIST_TYPE), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_GROUP_POLICIES_REQUEST: Shape = structure("ListGroupPoliciesRequest", &[m("GroupName", &S_GROUP_NAME_TYPE).required().read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_GROUP_POLICIES_RESPONSE: Shape = structure("ListGroupPoliciesResponse", &[m("PolicyNames", &S_POLICY_NAME_LIST_TYPE).required(), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_GROUPS_FOR_USER_REQUEST: Shape = structure("ListGroupsForUserRequest", &[m("UserName", &S_EXISTING_USER_NAME_TYPE).required().read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_GROUPS_FOR_USER_RESPONSE: Shape = structure("ListGroupsForUserResponse", &[m("Groups", &S_GROUP_LIST_TYPE).required(), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_GROUPS_REQUEST: Shape = structure("ListGroupsRequest", &[m("PathPrefix", &S_PATH_PREFIX_TYPE).read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_GROUPS_RESPONSE: Shape = structure("ListGroupsResponse", &[m("Groups", &S_GROUP_LIST_TYPE).required(), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_INSTANCE_PROFILE_TAGS_REQUEST: Shape = structure("ListInstanceProfileTagsRequest", &[m("InstanceProfileName", &S_INSTANCE_PROFILE_NAME_TYPE).required().read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_INSTANCE_PROFILE_TAGS_RESPONSE: Shape = structure("ListInstanceProfileTagsResponse", &[m("Tags", &S_TAG_LIST_TYPE).required(), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_INSTANCE_PROFILES_FOR_ROLE_REQUEST: Shape = structure("ListInstanceProfilesForRoleRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_INSTANCE_PROFILES_FOR_ROLE_RESPONSE: Shape = structure("ListInstanceProfilesForRoleResponse", &[m("InstanceProfiles", &S_INSTANCE_PROFILE_LIST_TYPE).required(), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_INSTANCE_PROFILES_REQUEST: Shape = structure("ListInstanceProfilesRequest", &[m("PathPrefix", &S_PATH_PREFIX_TYPE).read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_INSTANCE_PROFILES_RESPONSE: Shape = structure("ListInstanceProfilesResponse", &[m("InstanceProfiles", &S_INSTANCE_PROFILE_LIST_TYPE).required(), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_POLICIES_REQUEST: Shape = structure("ListPoliciesRequest", &[m("Scope", &S_POLICY_SCOPE_TYPE).read(), m("OnlyAttached", &S_BOOLEAN_TYPE).read(), m("PathPrefix", &S_POLICY_PATH_TYPE).read(), m("PolicyUsageFilter", &S_POLICY_USAGE_TYPE), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_POLICIES_RESPONSE: Shape = structure("ListPoliciesResponse", &[m("Policies", &S_POLICY_LIST_TYPE), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_POLICY_TAGS_REQUEST: Shape = structure("ListPolicyTagsRequest", &[m("PolicyArn", &S_ARN_TYPE).required().read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_POLICY_TAGS_RESPONSE: Shape = structure("ListPolicyTagsResponse", &[m("Tags", &S_TAG_LIST_TYPE).required(), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_POLICY_VERSIONS_REQUEST: Shape = structure("ListPolicyVersionsRequest", &[m("PolicyArn", &S_ARN_TYPE).required().read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_POLICY_VERSIONS_RESPONSE: Shape = structure("ListPolicyVersionsResponse", &[m("Versions", &S_POLICY_DOCUMENT_VERSION_LIST_TYPE), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_ROLE_POLICIES_REQUEST: Shape = structure("ListRolePoliciesRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_ROLE_POLICIES_RESPONSE: Shape = structure("ListRolePoliciesResponse", &[m("PolicyNames", &S_POLICY_NAME_LIST_TYPE).required(), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_ROLE_TAGS_REQUEST: Shape = structure("ListRoleTagsRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_ROLE_TAGS_RESPONSE: Shape = structure("ListRoleTagsResponse", &[m("Tags", &S_TAG_LIST_TYPE).required(), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_ROLES_REQUEST: Shape = structure("ListRolesRequest", &[m("PathPrefix", &S_PATH_PREFIX_TYPE).read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_ROLES_RESPONSE: Shape = structure("ListRolesResponse", &[m("Roles", &S_ROLE_LIST_TYPE).required(), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_USER_POLICIES_REQUEST: Shape = structure("ListUserPoliciesRequest", &[m("UserName", &S_EXISTING_USER_NAME_TYPE).required().read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_USER_POLICIES_RESPONSE: Shape = structure("ListUserPoliciesResponse", &[m("PolicyNames", &S_POLICY_NAME_LIST_TYPE).required(), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_USER_TAGS_REQUEST: Shape = structure("ListUserTagsRequest", &[m("UserName", &S_EXISTING_USER_NAME_TYPE).required().read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_USER_TAGS_RESPONSE: Shape = structure("ListUserTagsResponse", &[m("Tags", &S_TAG_LIST_TYPE).required(), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_USERS_REQUEST: Shape = structure("ListUsersRequest", &[m("PathPrefix", &S_PATH_PREFIX_TYPE).read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_USERS_RESPONSE: Shape = structure("ListUsersResponse", &[m("Users", &S_USER_LIST_TYPE).required(), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_MANAGED_POLICY_DETAIL: Shape = structure("ManagedPolicyDetail", &[m("PolicyName", &S_POLICY_NAME_TYPE), m("PolicyId", &S_ID_TYPE), m("Arn", &S_ARN_TYPE), m("Path", &S_POLICY_PATH_TYPE), m("DefaultVersionId", &S_POLICY_VERSION_ID_TYPE), m("AttachmentCount", &S_ATTACHMENT_COUNT_TYPE), m("PermissionsBoundaryUsageCount", &S_ATTACHMENT_COUNT_TYPE), m("IsAttachable", &S_BOOLEAN_TYPE), m("Description", &S_POLICY_DESCRIPTION_TYPE), m("CreateDate", &S_DATE_TYPE), m("UpdateDate", &S_DATE_TYPE), m("PolicyVersionList", &S_POLICY_DOCUMENT_VERSION_LIST_TYPE)]);
static S_MANAGED_POLICY_DETAIL_LIST_TYPE: Shape = list("ManagedPolicyDetailListType", &S_MANAGED_POLICY_DETAIL, "member", Bounds::NONE);
static S_ORDERED_ORGANIZATION_POLICY_TYPE: Shape = structure("OrderedOrganizationPolicyType", &[m("ServiceControlPolicyInputList", &S_SIMULATION_POLICY_LIST_TYPE)]);
static S_ORGANIZATION_POLICY_LIST_TYPE: Shape = list("OrganizationPolicyListType", &S_ORDERED_ORGANIZATION_POLICY_TYPE, "member", b(i64::MIN, 7));
static S_ORGANIZATIONS_DECISION_DETAIL: Shape = structure("OrganizationsDecisionDetail", &[m("AllowedByOrganizations", &S_BOOLEAN_TYPE)]);
static S_PERMISSIONS_BOUNDARY_ATTACHMENT_TYPE: Shape = string("PermissionsBoundaryAttachmentType", Bounds::NONE, None, &[]);
static S_PERMISSIONS_BOUNDARY_DECISION_DETAIL: Shape = structure("PermissionsBoundaryDecisionDetail", &[m("AllowedByPermissionsBoundary", &S_BOOLEAN_TYPE)]);
static S_POLICY: Shape = structure("Policy", &[m("PolicyName", &S_POLICY_NAME_TYPE), m("PolicyId", &S_ID_TYPE), m("Arn", &S_ARN_TYPE), m("Path", &S_POLICY_PATH_TYPE), m("DefaultVersionId", &S_POLICY_VERSION_ID_TYPE), m("AttachmentCount", &S_ATTACHMENT_COUNT_TYPE), m("PermissionsBoundaryUsageCount", &S_ATTACHMENT_COUNT_TYPE), m("IsAttachable", &S_BOOLEAN_TYPE), m("Description", &S_POLICY_DESCRIPTION_TYPE), m("CreateDate", &S_DATE_TYPE), m("UpdateDate", &S_DATE_TYPE), m("Tags", &S_TAG_LIST_TYPE)]);
static S_POLICY_DETAIL: Shape = structure("PolicyDetail", &[m("PolicyName", &S_POLICY_NAME_TYPE), m("PolicyDocument", &S_POLICY_DOCUMENT_TYPE)]);
static S_POLICY_EVALUATION_DECISION_TYPE: Shape = string("PolicyEvaluationDecisionType", Bounds::NONE, None, &[]);
static S_POLICY_EXCLUSIONS_LIST_TYPE: Shape = list("PolicyExclusionsListType", &S_POLICY_IDENTIFIER, "member", b(i64::MIN, 256));
static S_POLICY_GROUP: Shape = structure("PolicyGroup", &[m("GroupName", &S_GROUP_NAME_TYPE), m("GroupId", &S_ID_TYPE)]);
static S_POLICY_GROUP_LIST_TYPE: Shape = list("PolicyGroupListType", &S_POLICY_GROUP, "member", Bounds::NONE);
static S_POLICY_IDENTIFIER: Shape = structure("PolicyIdentifier", &[m("PolicyType", &S_POLICY_IDENTIFIER_POLICY_TYPE), m("PolicyArn", &S_ARN_TYPE), m("InlinePolicyIdentifier", &S_INLINE_POLICY_IDENTIFIER_TYPE)]);
static S_POLICY_IDENTIFIER_POLICY_TYPE: Shape = string("PolicyIdentifierPolicyType", Bounds::NONE, None, &["inline", "aws-managed", "user-managed", "permission-boundary", "scp", "rcp"]);
static S_POLICY_IDENTIFIER_TYPE: Shape = string("PolicyIdentifierType", Bounds::NONE, None, &[]);
static S_POLICY_ROLE: Shape = structure("PolicyRole", &[m("RoleName", &S_ROLE_NAME_TYPE), m("RoleId", &S_ID_TYPE)]);
static S_POLICY_ROLE_LIST_TYPE: Shape = list("PolicyRoleListType", &S_POLICY_ROLE, "member", Bounds::NONE);
static S_POLICY_SOURCE_TYPE: Shape = string("PolicySourceType", Bounds::NONE, None, &[]);
static S_POLICY_USAGE_TYPE: Shape = string("PolicyUsageType", Bounds::NONE, None, &["PermissionsPolicy", "PermissionsBoundary"]);
static S_POLICY_USER: Shape = structure("PolicyUser", &[m("UserName", &S_USER_NAME_TYPE), m("UserId", &S_ID_TYPE)]);
static S_POLICY_USER_LIST_TYPE: Shape = list("PolicyUserListType", &S_POLICY_USER, "member", Bounds::NONE);
static S_POLICY_VERSION: Shape = structure("PolicyVersion", &[m("Document", &S_POLICY_DOCUMENT_TYPE), m("VersionId", &S_POLICY_VERSION_ID_TYPE), m("IsDefaultVersion", &S_BOOLEAN_TYPE), m("CreateDate", &S_DATE_TYPE)]);
static S_POSITION: Shape = structure("Position", &[m("Line", &S_LINE_NUMBER), m("Column", &S_COLUMN_NUMBER)]);
static S_PUT_GROUP_POLICY_REQUEST: Shape = structure("PutGroupPolicyRequest", &[m("GroupName", &S_GROUP_NAME_TYPE).required().read(), m("PolicyName", &S_POLICY_NAME_TYPE).required().read(), m("PolicyDocument", &S_POLICY_DOCUMENT_TYPE).required().read()]);
static S_PUT_ROLE_PERMISSIONS_BOUNDARY_REQUEST: Shape = structure("PutRolePermissionsBoundaryRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("PermissionsBoundary", &S_ARN_TYPE).required().read()]);
static S_PUT_ROLE_POLICY_REQUEST: Shape = structure("PutRolePolicyRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("PolicyName", &S_POLICY_NAME_TYPE).required().read(), m("PolicyDocument", &S_POLICY_DOCUMENT_TYPE).required().read()]);
static S_PUT_USER_PERMISSIONS_BOUNDARY_REQUEST: Shape = structure("PutUserPermissionsBoundaryRequest", &[m("UserName", &S_USER_NAME_TYPE).required().read(), m("PermissionsBoundary", &S_ARN_TYPE).required().read()]);
static S_PUT_USER_POLICY_REQUEST: Shape = structure("PutUserPolicyRequest", &[m("UserName", &S_EXISTING_USER_NAME_TYPE).required().read(), m("PolicyName", &S_POLICY_NAME_TYPE).required().read(), m("PolicyDocument", &S_POLICY_DOCUMENT_TYPE).required().read()]);
static S_REMOVE_ROLE_FROM_INSTANCE_PROFILE_REQUEST: Shape = structure("RemoveRoleFromInstanceProfileRequest", &[m("InstanceProfileName", &S_INSTANCE_PROFILE_NAME_TYPE).required().read(), m("RoleName", &S_ROLE_NAME_TYPE).required().read()]);
static S_REMOVE_USER_FROM_GROUP_REQUEST: Shape = structure("RemoveUserFromGroupRequest", &[m("GroupName", &S_GROUP_NAME_TYPE).required().read(), m("UserName", &S_EXISTING_USER_NAME_TYPE).required().read()]);
static S_RESOURCE_HANDLING_OPTION_TYPE: Shape = string("ResourceHandlingOptionType", b(1, 64), None, &[]);
static S_RESOURCE_NAME_LIST_TYPE: Shape = list("ResourceNameListType", &S_RESOURCE_NAME_TYPE, "member", Bounds::NONE);
static S_RESOURCE_NAME_TYPE: Shape = string("ResourceNameType", b(1, 2048), None, &[]);
static S_RESOURCE_SPECIFIC_RESULT: Shape = structure("ResourceSpecificResult", &[m("EvalResourceName", &S_RESOURCE_NAME_TYPE).required(), m("EvalResourceDecision", &S_POLICY_EVALUATION_DECISION_TYPE).required(), m("MatchedStatements", &S_STATEMENT_LIST_TYPE), m("MissingContextValues", &S_CONTEXT_KEY_NAMES_RESULT_LIST_TYPE), m("EvalDecisionDetails", &S_EVAL_DECISION_DETAILS_TYPE), m("PermissionsBoundaryDecisionDetail", &S_PERMISSIONS_BOUNDARY_DECISION_DETAIL)]);
static S_RESOURCE_SPECIFIC_RESULT_LIST_TYPE: Shape = list("ResourceSpecificResultListType", &S_RESOURCE_SPECIFIC_RESULT, "member", Bounds::NONE);
static S_ROLE: Shape = structure("Role", &[m("Path", &S_PATH_TYPE).required(), m("RoleName", &S_ROLE_NAME_TYPE).required(), m("RoleId", &S_ID_TYPE).required(), m("Arn", &S_ARN_TYPE).required(), m("CreateDate", &S_DATE_TYPE).required(), m("AssumeRolePolicyDocument", &S_POLICY_DOCUMENT_TYPE), m("Description", &S_ROLE_DESCRIPTION_TYPE), m("MaxSessionDuration", &S_ROLE_MAX_SESSION_DURATION_TYPE), m("PermissionsBoundary", &S_ATTACHED_PERMISSIONS_BOUNDARY), m("Tags", &S_TAG_LIST_TYPE), m("RoleLastUsed", &S_ROLE_LAST_USED), m("SourceRoleTemplate", &S_SOURCE_ROLE_TEMPLATE)]);
static S_ROLE_DETAIL: Shape = structure("RoleDetail", &[m("Path", &S_PATH_TYPE), m("RoleName", &S_ROLE_NAME_TYPE), m("RoleId", &S_ID_TYPE), m("Arn", &S_ARN_TYPE), m("CreateDate", &S_DATE_TYPE), m("AssumeRolePolicyDocument", &S_POLICY_DOCUMENT_TYPE), m("InstanceProfileList", &S_INSTANCE_PROFILE_LIST_TYPE), m("RolePolicyList", &S_POLICY_DETAIL_LIST_TYPE), m("AttachedManagedPolicies", &S_ATTACHED_POLICIES_LIST_TYPE), m("PermissionsBoundary", &S_ATTACHED_PERMISSIONS_BOUNDARY), m("Tags", &S_TAG_LIST_TYPE), m("RoleLastUsed", &S_ROLE_LAST_USED)]);
static S_ROLE_LAST_USED: Shape = structure("RoleLastUsed", &[m("LastUsedDate", &S_DATE_TYPE), m("Region", &S_STRING_TYPE)]);
static S_SET_DEFAULT_POLICY_VERSION_REQUEST: Shape = structure("SetDefaultPolicyVersionRequest", &[m("PolicyArn", &S_ARN_TYPE).required().read(), m("VersionId", &S_POLICY_VERSION_ID_TYPE).required().read()]);
static S_SIMULATE_CUSTOM_POLICY_REQUEST: Shape = structure("SimulateCustomPolicyRequest", &[m("PolicyInputList", &S_SIMULATION_POLICY_LIST_TYPE).required().read(), m("PermissionsBoundaryPolicyInputList", &S_SIMULATION_POLICY_LIST_TYPE).read(), m("OrderedOrganizationPolicyInputList", &S_ORGANIZATION_POLICY_LIST_TYPE), m("ActionNames", &S_ACTION_NAME_LIST_TYPE).required().read(), m("ResourceArns", &S_RESOURCE_NAME_LIST_TYPE).read(), m("ResourcePolicy", &S_POLICY_DOCUMENT_TYPE), m("ResourceOwner", &S_RESOURCE_NAME_TYPE), m("CallerArn", &S_RESOURCE_NAME_TYPE), m("ContextEntries", &S_CONTEXT_ENTRY_LIST_TYPE).read(), m("ResourceHandlingOption", &S_RESOURCE_HANDLING_OPTION_TYPE), m("MaxItems", &S_MAX_ITEMS_TYPE).read(), m("Marker", &S_MARKER_TYPE).read()]);
static S_SIMULATE_POLICY_RESPONSE: Shape = structure("SimulatePolicyResponse", &[m("EvaluationResults", &S_EVALUATION_RESULTS_LIST_TYPE), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_SIMULATE_PRINCIPAL_POLICY_REQUEST: Shape = structure("SimulatePrincipalPolicyRequest", &[m("PolicySourceArn", &S_ARN_TYPE).required().read(), m("PolicyInputList", &S_SIMULATION_POLICY_LIST_TYPE).read(), m("PermissionsBoundaryPolicyInputList", &S_SIMULATION_POLICY_LIST_TYPE).read(), m("PolicyExclusionList", &S_POLICY_EXCLUSIONS_LIST_TYPE), m("ActionNames", &S_ACTION_NAME_LIST_TYPE).required().read(), m("ResourceArns", &S_RESOURCE_NAME_LIST_TYPE).read(), m("ResourcePolicy", &S_POLICY_DOCUMENT_TYPE), m("ResourceOwner", &S_RESOURCE_NAME_TYPE), m("CallerArn", &S_RESOURCE_NAME_TYPE), m("ContextEntries", &S_CONTEXT_ENTRY_LIST_TYPE).read(), m("ResourceHandlingOption", &S_RESOURCE_HANDLING_OPTION_TYPE), m("MaxItems", &S_MAX_ITEMS_TYPE).read(), m("Marker", &S_MARKER_TYPE).read()]);
static S_SIMULATION_POLICY_LIST_TYPE: Shape = list("SimulationPolicyListType", &S_POLICY_DOCUMENT_TYPE, "member", Bounds::NONE);
static S_SOURCE_ROLE_TEMPLATE: Shape = structure("SourceRoleTemplate", &[m("TemplateArn", &S_ARN_TYPE).required(), m("TemplateMinorVersion", &S_INTEGER_TYPE).required()]);
static S_STATEMENT: Shape = structure("Statement", &[m("SourcePolicyId", &S_POLICY_IDENTIFIER_TYPE), m("SourcePolicyType", &S_POLICY_SOURCE_TYPE), m("StartPosition", &S_POSITION), m("EndPosition", &S_POSITION)]);
static S_STATEMENT_LIST_TYPE: Shape = list("StatementListType", &S_STATEMENT, "member", Bounds::NONE);
static S_TAG: Shape = structure("Tag", &[m("Key", &S_TAG_KEY_TYPE).required().read(), m("Value", &S_TAG_VALUE_TYPE).required().read()]);
static S_TAG_INSTANCE_PROFILE_REQUEST: Shape = structure("TagInstanceProfileRequest", &[m("InstanceProfileName", &S_INSTANCE_PROFILE_NAME_TYPE).required().read(), m("Tags", &S_TAG_LIST_TYPE).required().read()]);
static S_TAG_POLICY_REQUEST: Shape = structure("TagPolicyRequest", &[m("PolicyArn", &S_ARN_TYPE).required().read(), m("Tags", &S_TAG_LIST_TYPE).required().read()]);
static S_TAG_ROLE_REQUEST: Shape = structure("TagRoleRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("Tags", &S_TAG_LIST_TYPE).required().read()]);
static S_TAG_USER_REQUEST: Shape = structure("TagUserRequest", &[m("UserName", &S_EXISTING_USER_NAME_TYPE).required().read(), m("Tags", &S_TAG_LIST_TYPE).required().read()]);
static S_UNTAG_INSTANCE_PROFILE_REQUEST: Shape = structure("UntagInstanceProfileRequest", &[m("InstanceProfileName", &S_INSTANCE_PROFILE_NAME_TYPE).required().read(), m("TagKeys", &S_TAG_KEY_LIST_TYPE).required().read()]);
static S_UNTAG_POLICY_REQUEST: Shape = structure("UntagPolicyRequest", &[m("PolicyArn", &S_ARN_TYPE).required().read(), m("TagKeys", &S_TAG_KEY_LIST_TYPE).required().read()]);
static S_UNTAG_ROLE_REQUEST: Shape = structure("UntagRoleRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("TagKeys", &S_TAG_KEY_LIST_TYPE).required().read()]);
static S_UNTAG_USER_REQUEST: Shape = structure("UntagUserRequest", &[m("UserName", &S_EXISTING_USER_NAME_TYPE).required().read(), m("TagKeys", &S_TAG_KEY_LIST_TYPE).required().read()]);
static S_UPDATE_ACCESS_KEY_REQUEST: Shape = structure("UpdateAccessKeyRequest", &[m("UserName", &S_EXISTING_USER_NAME_TYPE).read(), m("AccessKeyId", &S_ACCESS_KEY_ID_TYPE).required().read(), m("Status", &S_STATUS_TYPE).required().read()]);
static S_UPDATE_ASSUME_ROLE_POLICY_REQUEST: Shape = structure("UpdateAssumeRolePolicyRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("PolicyDocument", &S_POLICY_DOCUMENT_TYPE).required().read()]);
static S_UPDATE_GROUP_REQUEST: Shape = structure("UpdateGroupRequest", &[m("GroupName", &S_GROUP_NAME_TYPE).required().read(), m("NewPath", &S_PATH_TYPE).read(), m("NewGroupName", &S_GROUP_NAME_TYPE).read()]);
static S_UPDATE_ROLE_REQUEST: Shape = structure("UpdateRoleRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("Description", &S_ROLE_DESCRIPTION_TYPE).read(), m("MaxSessionDuration", &S_ROLE_MAX_SESSION_DURATION_TYPE).read()]);
static S_UPDATE_ROLE_RESPONSE: Shape = structure("UpdateRoleResponse", &[]);
static S_UPDATE_USER_REQUEST: Shape = structure("UpdateUserRequest", &[m("UserName", &S_EXISTING_USER_NAME_TYPE).required().read(), m("NewPath", &S_PATH_TYPE).read(), m("NewUserName", &S_USER_NAME_TYPE).read()]);
static S_USER: Shape = structure("User", &[m("Path", &S_PATH_TYPE).required(), m("UserName", &S_USER_NAME_TYPE).required(), m("UserId", &S_ID_TYPE).required(), m("Arn", &S_ARN_TYPE).required(), m("CreateDate", &S_DATE_TYPE).required(), m("PasswordLastUsed", &S_DATE_TYPE), m("PermissionsBoundary", &S_ATTACHED_PERMISSIONS_BOUNDARY), m("Tags", &S_TAG_LIST_TYPE)]);
static S_USER_DETAIL: Shape = structure("UserDetail", &[m("Path", &S_PATH_TYPE), m("UserName", &S_USER_NAME_TYPE), m("UserId", &S_ID_TYPE), m("Arn", &S_ARN_TYPE), m("CreateDate", &S_DATE_TYPE), m("UserPolicyList", &S_POLICY_DETAIL_LIST_TYPE), m("GroupList", &S_GROUP_NAME_LIST_TYPE), m("AttachedManagedPolicies", &S_ATTACHED_POLICIES_LIST_TYPE), m("PermissionsBoundary", &S_ATTACHED_PERMISSIONS_BOUNDARY), m("Tags", &S_TAG_LIST_TYPE)]);
static S_ACCESS_KEY_ID_TYPE: Shape = string("accessKeyIdType", b(16, 128), Some(&P1), &[]);
static S_ACCESS_KEY_METADATA_LIST_TYPE: Shape = list("accessKeyMetadataListType", &S_ACCESS_KEY_METADATA, "member", Bounds::NONE);
static S_ACCESS_KEY_SECRET_TYPE: Shape = string("accessKeySecretType", Bounds::NONE, None, &[]);
static S_ACCOUNT_ALIAS_LIST_TYPE: Shape = list("accountAliasListType", &S_ACCOUNT_ALIAS_TYPE, "member", Bounds::NONE);
static S_ACCOUNT_ALIAS_TYPE: Shape = string("accountAliasType", b(3, 63), Some(&P2), &[]);
static S_ARN_TYPE: Shape = string("arnType", b(20, 2048), None, &[]);
static S_ATTACHED_POLICIES_LIST_TYPE: Shape = list("attachedPoliciesListType", &S_ATTACHED_POLICY, "member", Bounds::NONE);
static S_ATTACHMENT_COUNT_TYPE: Shape = scalar("attachmentCountType", Kind::Integer(Bounds::NONE));
static S_BOOLEAN_TYPE: Shape = scalar("booleanType", Kind::Boolean);
static S_DATE_TYPE: Shape = scalar("dateType", Kind::Timestamp);
static S_ENTITY_LIST_TYPE: Shape = list("entityListType", &S_ENTITY_TYPE, "member", Bounds::NONE);
static S_EXISTING_USER_NAME_TYPE: Shape = string("existingUserNameType", b(1, 128), Some(&P0), &[]);
static S_GROUP_DETAIL_LIST_TYPE: Shape = list("groupDetailListType", &S_GROUP_DETAIL, "member", Bounds::NONE);
static S_GROUP_LIST_TYPE: Shape = list("groupListType", &S_GROUP, "member", Bounds::NONE);
static S_GROUP_NAME_LIST_TYPE: Shape = list("groupNameListType", &S_GROUP_NAME_TYPE, "member", Bounds::NONE);
static S_GROUP_NAME_TYPE: Shape = string("groupNameType", b(1, 128), Some(&P0), &[]);
static S_ID_TYPE: Shape = string("idType", Bounds::NONE, None, &[]);
static S_INSTANCE_PROFILE_LIST_TYPE: Shape = list("instanceProfileListType", &S_INSTANCE_PROFILE, "member", Bounds::NONE);
static S_INSTANCE_PROFILE_NAME_TYPE: Shape = string("instanceProfileNameType", b(1, 128), Some(&P0), &[]);
static S_INTEGER_TYPE: Shape = scalar("integerType", Kind::Integer(Bounds::NONE));
static S_MARKER_TYPE: Shape = string("markerType", b(1, 320), Some(&P3), &[]);
static S_MAX_ITEMS_TYPE: Shape = scalar("maxItemsType", Kind::Integer(b(1, 1000)));
static S_PATH_PREFIX_TYPE: Shape = string("pathPrefixType", b(1, 512), Some(&P4), &[]);
static S_PATH_TYPE: Shape = string("pathType", b(1, 512), Some(&P5), &[]);
static S_POLICY_DESCRIPTION_TYPE: Shape = string("policyDescriptionType", b(i64::MIN, 1000), None, &[]);
static S_POLICY_DETAIL_LIST_TYPE: Shape = list("policyDetailListType", &S_POLICY_DETAIL, "member", Bounds::NONE);
static S_POLICY_DOCUMENT_TYPE: Shape = string("policyDocumentType", b(1, 131072), Some(&P6), &[]);
static S_POLICY_DOCUMENT_VERSION_LIST_TYPE: Shape = list("policyDocumentVersionListType", &S_POLICY_VERSION, "member", Bounds::NONE);
static S_POLICY_LIST_TYPE: Shape = list("policyListType", &S_POLICY, "member", Bounds::NONE);
static S_POLICY_NAME_LIST_TYPE: Shape = list("policyNameListType", &S_POLICY_NAME_TYPE, "member", Bounds::NONE);
static S_POLICY_NAME_TYPE: Shape = string("policyNameType", b(1, 128), Some(&P0), &[]);
static S_POLICY_PATH_TYPE: Shape = string("policyPathType", b(1, 512), Some(&P7), &[]);
static S_POLICY_SCOPE_TYPE: Shape = string("policyScopeType", Bounds::NONE, None, &["All", "AWS", "Local"]);
static S_POLICY_VERSION_ID_TYPE: Shape = string("policyVersionIdType", Bounds::NONE, Some(&P8), &[]);
static S_RESPONSE_MARKER_TYPE: Shape = string("responseMarkerType", Bounds::NONE, None, &[]);
static S_ROLE_DESCRIPTION_TYPE: Shape = string("roleDescriptionType", b(i64::MIN, 1000), Some(&P9), &[]);
static S_ROLE_DETAIL_LIST_TYPE: Shape = list("roleDetailListType", &S_ROLE_DETAIL, "member", Bounds::NONE);
static S_ROLE_LIST_TYPE: Shape = list("roleListType", &S_ROLE, "member", Bounds::NONE);
static S_ROLE_MAX_SESSION_DURATION_TYPE: Shape = scalar("roleMaxSessionDurationType", Kind::Integer(b(3600, 43200)));
static S_ROLE_NAME_TYPE: Shape = string("roleNameType", b(1, 64), Some(&P0), &[]);
static S_STATUS_TYPE: Shape = string("statusType", Bounds::NONE, None, &["Active", "Inactive", "Expired"]);
static S_STRING_TYPE: Shape = string("stringType", Bounds::NONE, None, &[]);
static S_SUMMARY_KEY_TYPE: Shape = string("summaryKeyType", Bounds::NONE, None, &[]);
static S_SUMMARY_MAP_TYPE: Shape = map("summaryMapType", &S_SUMMARY_KEY_TYPE, &S_SUMMARY_VALUE_TYPE, Bounds::NONE);
static S_SUMMARY_VALUE_TYPE: Shape = scalar("summaryValueType", Kind::Integer(Bounds::NONE));
static S_TAG_KEY_LIST_TYPE: Shape = list("tagKeyListType", &S_TAG_KEY_TYPE, "member", b(i64::MIN, 50));
static S_TAG_KEY_TYPE: Shape = string("tagKeyType", b(1, 128), Some(&P10), &[]);
static S_TAG_LIST_TYPE: Shape = list("tagListType", &S_TAG, "member", b(i64::MIN, 50));
static S_TAG_VALUE_TYPE: Shape = string("tagValueType", b(0, 256), Some(&P11), &[]);
static S_USER_DETAIL_LIST_TYPE: Shape = list("userDetailListType", &S_USER_DETAIL, "member", Bounds::NONE);
static S_USER_LIST_TYPE: Shape = list("userListType", &S_USER, "member", Bounds::NONE);
static S_USER_NAME_TYPE: Shape = string("userNameType", b(1, 64), Some(&P0), &[]);
static P0: Pattern = Pattern::new("[\\w+=,.@-]+", "[\\w+=,.@-]+");
static P1: Pattern = Pattern::new("[\\w]+", "[\\w]+");
static P2: Pattern = Pattern::new("^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$", "^[a-z0-9](-?[a-z0-9])+$");
static P3: Pattern = Pattern::new("[\\u0020-\\u00FF]+", "[\\u0020-\\u00FF]+");
static P4: Pattern = Pattern::new("\\u002F[\\u0021-\\u007F]*", "\\u002F[\\u0021-\\u007F]*");
static P5: Pattern = Pattern::new("(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)", "(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)");
static P6: Pattern = Pattern::new("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+", "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
static P7: Pattern = Pattern::new("((/[A-Za-z0-9\\.,\\+@=_-]+)*)/", "((/[A-Za-z0-9\\.,\\+@=_-]+)*)/");
static P8: Pattern = Pattern::new("v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?", "v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?");
static P9: Pattern = Pattern::new("[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*", "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*");
static P10: Pattern = Pattern::tag_text("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+");
static P11: Pattern = Pattern::tag_text("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
