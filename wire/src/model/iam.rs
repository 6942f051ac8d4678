//! AWS Identity and Access Management 2010-05-08. Written by `cargo xtask codegen`.
#![allow(clippy::all)]
#![allow(unused_imports, reason = "no table needs every one")]
use super::build::*;
use super::op::{self, iam::Op};
use super::operation::{ErrorShape, Operation, Protocol, Route, Service};
use super::pattern::Pattern;
use super::shape::{Bounds, Kind, Location, Member, Shape};

/// The service.
pub static SERVICE: Service = Service { name: "iam", version: "2010-05-08", protocol: Protocol::Query, namespace: "https://iam.amazonaws.com/doc/2010-05-08/", target: "", operations: &OPERATIONS, errors: &ERRORS, unsupported: &UNSUPPORTED };

static OPERATIONS: [Operation; 22] = [
    Operation { op: op::Op::Iam(Op::AttachRolePolicy), name: "AttachRolePolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_ATTACH_ROLE_POLICY_REQUEST), output: None },
    Operation { op: op::Op::Iam(Op::CreatePolicy), name: "CreatePolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CREATE_POLICY_REQUEST), output: Some(&S_CREATE_POLICY_RESPONSE) },
    Operation { op: op::Op::Iam(Op::CreateRole), name: "CreateRole", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CREATE_ROLE_REQUEST), output: Some(&S_CREATE_ROLE_RESPONSE) },
    Operation { op: op::Op::Iam(Op::DeletePolicy), name: "DeletePolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_POLICY_REQUEST), output: None },
    Operation { op: op::Op::Iam(Op::DeleteRole), name: "DeleteRole", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_ROLE_REQUEST), output: None },
    Operation { op: op::Op::Iam(Op::DeleteRolePolicy), name: "DeleteRolePolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_ROLE_POLICY_REQUEST), output: None },
    Operation { op: op::Op::Iam(Op::DetachRolePolicy), name: "DetachRolePolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DETACH_ROLE_POLICY_REQUEST), output: None },
    Operation { op: op::Op::Iam(Op::GetPolicy), name: "GetPolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_POLICY_REQUEST), output: Some(&S_GET_POLICY_RESPONSE) },
    Operation { op: op::Op::Iam(Op::GetPolicyVersion), name: "GetPolicyVersion", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_POLICY_VERSION_REQUEST), output: Some(&S_GET_POLICY_VERSION_RESPONSE) },
    Operation { op: op::Op::Iam(Op::GetRole), name: "GetRole", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_ROLE_REQUEST), output: Some(&S_GET_ROLE_RESPONSE) },
    Operation { op: op::Op::Iam(Op::GetRolePolicy), name: "GetRolePolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_ROLE_POLICY_REQUEST), output: Some(&S_GET_ROLE_POLICY_RESPONSE) },
    Operation { op: op::Op::Iam(Op::ListAttachedRolePolicies), name: "ListAttachedRolePolicies", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_ATTACHED_ROLE_POLICIES_REQUEST), output: Some(&S_LIST_ATTACHED_ROLE_POLICIES_RESPONSE) },
    Operation { op: op::Op::Iam(Op::ListInstanceProfilesForRole), name: "ListInstanceProfilesForRole", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_INSTANCE_PROFILES_FOR_ROLE_REQUEST), output: Some(&S_LIST_INSTANCE_PROFILES_FOR_ROLE_RESPONSE) },
    Operation { op: op::Op::Iam(Op::ListPolicies), name: "ListPolicies", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_POLICIES_REQUEST), output: Some(&S_LIST_POLICIES_RESPONSE) },
    Operation { op: op::Op::Iam(Op::ListPolicyVersions), name: "ListPolicyVersions", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_POLICY_VERSIONS_REQUEST), output: Some(&S_LIST_POLICY_VERSIONS_RESPONSE) },
    Operation { op: op::Op::Iam(Op::ListRolePolicies), name: "ListRolePolicies", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_ROLE_POLICIES_REQUEST), output: Some(&S_LIST_ROLE_POLICIES_RESPONSE) },
    Operation { op: op::Op::Iam(Op::ListRoleTags), name: "ListRoleTags", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_ROLE_TAGS_REQUEST), output: Some(&S_LIST_ROLE_TAGS_RESPONSE) },
    Operation { op: op::Op::Iam(Op::ListRoles), name: "ListRoles", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_ROLES_REQUEST), output: Some(&S_LIST_ROLES_RESPONSE) },
    Operation { op: op::Op::Iam(Op::PutRolePolicy), name: "PutRolePolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PUT_ROLE_POLICY_REQUEST), output: None },
    Operation { op: op::Op::Iam(Op::TagRole), name: "TagRole", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_TAG_ROLE_REQUEST), output: None },
    Operation { op: op::Op::Iam(Op::UntagRole), name: "UntagRole", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UNTAG_ROLE_REQUEST), output: None },
    Operation { op: op::Op::Iam(Op::UpdateAssumeRolePolicy), name: "UpdateAssumeRolePolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UPDATE_ASSUME_ROLE_POLICY_REQUEST), output: None },
];

static ERRORS: [ErrorShape; 10] = [
    ErrorShape { code: "ConcurrentModification", status: 409, members: &[] },
    ErrorShape { code: "DeleteConflict", status: 409, members: &[] },
    ErrorShape { code: "EntityAlreadyExists", status: 409, members: &[] },
    ErrorShape { code: "InvalidInput", status: 400, members: &[] },
    ErrorShape { code: "LimitExceeded", status: 409, members: &[] },
    ErrorShape { code: "MalformedPolicyDocument", status: 400, members: &[] },
    ErrorShape { code: "NoSuchEntity", status: 404, members: &[] },
    ErrorShape { code: "PolicyNotAttachable", status: 400, members: &[] },
    ErrorShape { code: "ServiceFailure", status: 500, members: &[] },
    ErrorShape { code: "UnmodifiableEntity", status: 400, members: &[] },
];

static UNSUPPORTED: [Route; 0] = [
];

static S_ATTACH_ROLE_POLICY_REQUEST: Shape = structure("AttachRolePolicyRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("PolicyArn", &S_ARN_TYPE).required().read()]);
static S_ATTACHED_PERMISSIONS_BOUNDARY: Shape = structure("AttachedPermissionsBoundary", &[m("PermissionsBoundaryType", &S_PERMISSIONS_BOUNDARY_ATTACHMENT_TYPE), m("PermissionsBoundaryArn", &S_ARN_TYPE)]);
static S_ATTACHED_POLICY: Shape = structure("AttachedPolicy", &[m("PolicyName", &S_POLICY_NAME_TYPE), m("PolicyArn", &S_ARN_TYPE)]);
static S_CREATE_POLICY_REQUEST: Shape = structure("CreatePolicyRequest", &[m("PolicyName", &S_POLICY_NAME_TYPE).required().read(), m("Path", &S_POLICY_PATH_TYPE).read(), m("PolicyDocument", &S_POLICY_DOCUMENT_TYPE).required().read(), m("Description", &S_POLICY_DESCRIPTION_TYPE).read(), m("Tags", &S_TAG_LIST_TYPE).read()]);
static S_CREATE_POLICY_RESPONSE: Shape = structure("CreatePolicyResponse", &[m("Policy", &S_POLICY)]);
static S_CREATE_ROLE_REQUEST: Shape = structure("CreateRoleRequest", &[m("Path", &S_PATH_TYPE).read(), m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("AssumeRolePolicyDocument", &S_POLICY_DOCUMENT_TYPE).required().read(), m("Description", &S_ROLE_DESCRIPTION_TYPE).read(), m("MaxSessionDuration", &S_ROLE_MAX_SESSION_DURATION_TYPE).read(), m("PermissionsBoundary", &S_ARN_TYPE).read(), m("Tags", &S_TAG_LIST_TYPE).read()]);
static S_CREATE_ROLE_RESPONSE: Shape = structure("CreateRoleResponse", &[m("Role", &S_ROLE).required()]);
static S_DELETE_POLICY_REQUEST: Shape = structure("DeletePolicyRequest", &[m("PolicyArn", &S_ARN_TYPE).required().read()]);
static S_DELETE_ROLE_POLICY_REQUEST: Shape = structure("DeleteRolePolicyRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("PolicyName", &S_POLICY_NAME_TYPE).required().read()]);
static S_DELETE_ROLE_REQUEST: Shape = structure("DeleteRoleRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read()]);
static S_DETACH_ROLE_POLICY_REQUEST: Shape = structure("DetachRolePolicyRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("PolicyArn", &S_ARN_TYPE).required().read()]);
static S_GET_POLICY_REQUEST: Shape = structure("GetPolicyRequest", &[m("PolicyArn", &S_ARN_TYPE).required().read()]);
static S_GET_POLICY_RESPONSE: Shape = structure("GetPolicyResponse", &[m("Policy", &S_POLICY)]);
static S_GET_POLICY_VERSION_REQUEST: Shape = structure("GetPolicyVersionRequest", &[m("PolicyArn", &S_ARN_TYPE).required().read(), m("VersionId", &S_POLICY_VERSION_ID_TYPE).required().read()]);
static S_GET_POLICY_VERSION_RESPONSE: Shape = structure("GetPolicyVersionResponse", &[m("PolicyVersion", &S_POLICY_VERSION)]);
static S_GET_ROLE_POLICY_REQUEST: Shape = structure("GetRolePolicyRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("PolicyName", &S_POLICY_NAME_TYPE).required().read()]);
static S_GET_ROLE_POLICY_RESPONSE: Shape = structure("GetRolePolicyResponse", &[m("RoleName", &S_ROLE_NAME_TYPE).required(), m("PolicyName", &S_POLICY_NAME_TYPE).required(), m("PolicyDocument", &S_POLICY_DOCUMENT_TYPE).required()]);
static S_GET_ROLE_REQUEST: Shape = structure("GetRoleRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read()]);
static S_GET_ROLE_RESPONSE: Shape = structure("GetRoleResponse", &[m("Role", &S_ROLE).required()]);
static S_INSTANCE_PROFILE: Shape = structure("InstanceProfile", &[m("Path", &S_PATH_TYPE).required(), m("InstanceProfileName", &S_INSTANCE_PROFILE_NAME_TYPE).required(), m("InstanceProfileId", &S_ID_TYPE).required(), m("Arn", &S_ARN_TYPE).required(), m("CreateDate", &S_DATE_TYPE).required(), m("Roles", &S_ROLE_LIST_TYPE).required(), m("Tags", &S_TAG_LIST_TYPE)]);
static S_LIST_ATTACHED_ROLE_POLICIES_REQUEST: Shape = structure("ListAttachedRolePoliciesRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("PathPrefix", &S_POLICY_PATH_TYPE).read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_ATTACHED_ROLE_POLICIES_RESPONSE: Shape = structure("ListAttachedRolePoliciesResponse", &[m("AttachedPolicies", &S_ATTACHED_POLICIES_LIST_TYPE), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_INSTANCE_PROFILES_FOR_ROLE_REQUEST: Shape = structure("ListInstanceProfilesForRoleRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_INSTANCE_PROFILES_FOR_ROLE_RESPONSE: Shape = structure("ListInstanceProfilesForRoleResponse", &[m("InstanceProfiles", &S_INSTANCE_PROFILE_LIST_TYPE).required(), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_POLICIES_REQUEST: Shape = structure("ListPoliciesRequest", &[m("Scope", &S_POLICY_SCOPE_TYPE).read(), m("OnlyAttached", &S_BOOLEAN_TYPE).read(), m("PathPrefix", &S_POLICY_PATH_TYPE).read(), m("PolicyUsageFilter", &S_POLICY_USAGE_TYPE), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_POLICIES_RESPONSE: Shape = structure("ListPoliciesResponse", &[m("Policies", &S_POLICY_LIST_TYPE), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_POLICY_VERSIONS_REQUEST: Shape = structure("ListPolicyVersionsRequest", &[m("PolicyArn", &S_ARN_TYPE).required().read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_POLICY_VERSIONS_RESPONSE: Shape = structure("ListPolicyVersionsResponse", &[m("Versions", &S_POLICY_DOCUMENT_VERSION_LIST_TYPE), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_ROLE_POLICIES_REQUEST: Shape = structure("ListRolePoliciesRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_ROLE_POLICIES_RESPONSE: Shape = structure("ListRolePoliciesResponse", &[m("PolicyNames", &S_POLICY_NAME_LIST_TYPE).required(), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_ROLE_TAGS_REQUEST: Shape = structure("ListRoleTagsRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_ROLE_TAGS_RESPONSE: Shape = structure("ListRoleTagsResponse", &[m("Tags", &S_TAG_LIST_TYPE).required(), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_LIST_ROLES_REQUEST: Shape = structure("ListRolesRequest", &[m("PathPrefix", &S_PATH_PREFIX_TYPE).read(), m("Marker", &S_MARKER_TYPE).read(), m("MaxItems", &S_MAX_ITEMS_TYPE).read()]);
static S_LIST_ROLES_RESPONSE: Shape = structure("ListRolesResponse", &[m("Roles", &S_ROLE_LIST_TYPE).required(), m("IsTruncated", &S_BOOLEAN_TYPE), m("Marker", &S_RESPONSE_MARKER_TYPE)]);
static S_PERMISSIONS_BOUNDARY_ATTACHMENT_TYPE: Shape = string("PermissionsBoundaryAttachmentType", Bounds::NONE, None, &[]);
static S_POLICY: Shape = structure("Policy", &[m("PolicyName", &S_POLICY_NAME_TYPE), m("PolicyId", &S_ID_TYPE), m("Arn", &S_ARN_TYPE), m("Path", &S_POLICY_PATH_TYPE), m("DefaultVersionId", &S_POLICY_VERSION_ID_TYPE), m("AttachmentCount", &S_ATTACHMENT_COUNT_TYPE), m("PermissionsBoundaryUsageCount", &S_ATTACHMENT_COUNT_TYPE), m("IsAttachable", &S_BOOLEAN_TYPE), m("Description", &S_POLICY_DESCRIPTION_TYPE), m("CreateDate", &S_DATE_TYPE), m("UpdateDate", &S_DATE_TYPE), m("Tags", &S_TAG_LIST_TYPE)]);
static S_POLICY_USAGE_TYPE: Shape = string("PolicyUsageType", Bounds::NONE, None, &["PermissionsPolicy", "PermissionsBoundary"]);
static S_POLICY_VERSION: Shape = structure("PolicyVersion", &[m("Document", &S_POLICY_DOCUMENT_TYPE), m("VersionId", &S_POLICY_VERSION_ID_TYPE), m("IsDefaultVersion", &S_BOOLEAN_TYPE), m("CreateDate", &S_DATE_TYPE)]);
static S_PUT_ROLE_POLICY_REQUEST: Shape = structure("PutRolePolicyRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("PolicyName", &S_POLICY_NAME_TYPE).required().read(), m("PolicyDocument", &S_POLICY_DOCUMENT_TYPE).required().read()]);
static S_ROLE: Shape = structure("Role", &[m("Path", &S_PATH_TYPE).required(), m("RoleName", &S_ROLE_NAME_TYPE).required(), m("RoleId", &S_ID_TYPE).required(), m("Arn", &S_ARN_TYPE).required(), m("CreateDate", &S_DATE_TYPE).required(), m("AssumeRolePolicyDocument", &S_POLICY_DOCUMENT_TYPE), m("Description", &S_ROLE_DESCRIPTION_TYPE), m("MaxSessionDuration", &S_ROLE_MAX_SESSION_DURATION_TYPE), m("PermissionsBoundary", &S_ATTACHED_PERMISSIONS_BOUNDARY), m("Tags", &S_TAG_LIST_TYPE), m("RoleLastUsed", &S_ROLE_LAST_USED), m("SourceRoleTemplate", &S_SOURCE_ROLE_TEMPLATE)]);
static S_ROLE_LAST_USED: Shape = structure("RoleLastUsed", &[m("LastUsedDate", &S_DATE_TYPE), m("Region", &S_STRING_TYPE)]);
static S_SOURCE_ROLE_TEMPLATE: Shape = structure("SourceRoleTemplate", &[m("TemplateArn", &S_ARN_TYPE).required(), m("TemplateMinorVersion", &S_INTEGER_TYPE).required()]);
static S_TAG: Shape = structure("Tag", &[m("Key", &S_TAG_KEY_TYPE).required().read(), m("Value", &S_TAG_VALUE_TYPE).required().read()]);
static S_TAG_ROLE_REQUEST: Shape = structure("TagRoleRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("Tags", &S_TAG_LIST_TYPE).required().read()]);
static S_UNTAG_ROLE_REQUEST: Shape = structure("UntagRoleRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("TagKeys", &S_TAG_KEY_LIST_TYPE).required().read()]);
static S_UPDATE_ASSUME_ROLE_POLICY_REQUEST: Shape = structure("UpdateAssumeRolePolicyRequest", &[m("RoleName", &S_ROLE_NAME_TYPE).required().read(), m("PolicyDocument", &S_POLICY_DOCUMENT_TYPE).required().read()]);
static S_ARN_TYPE: Shape = string("arnType", b(20, 2048), None, &[]);
static S_ATTACHED_POLICIES_LIST_TYPE: Shape = list("attachedPoliciesListType", &S_ATTACHED_POLICY, "member", Bounds::NONE);
static S_ATTACHMENT_COUNT_TYPE: Shape = scalar("attachmentCountType", Kind::Integer(Bounds::NONE));
static S_BOOLEAN_TYPE: Shape = scalar("booleanType", Kind::Boolean);
static S_DATE_TYPE: Shape = scalar("dateType", Kind::Timestamp);
static S_ID_TYPE: Shape = string("idType", Bounds::NONE, None, &[]);
static S_INSTANCE_PROFILE_LIST_TYPE: Shape = list("instanceProfileListType", &S_INSTANCE_PROFILE, "member", Bounds::NONE);
static S_INSTANCE_PROFILE_NAME_TYPE: Shape = string("instanceProfileNameType", Bounds::NONE, None, &[]);
static S_INTEGER_TYPE: Shape = scalar("integerType", Kind::Integer(Bounds::NONE));
static S_MARKER_TYPE: Shape = string("markerType", b(1, 320), Some(&P0), &[]);
static S_MAX_ITEMS_TYPE: Shape = scalar("maxItemsType", Kind::Integer(b(1, 1000)));
static S_PATH_PREFIX_TYPE: Shape = string("pathPrefixType", b(1, 512), Some(&P1), &[]);
static S_PATH_TYPE: Shape = string("pathType", b(1, 512), Some(&P2), &[]);
static S_POLICY_DESCRIPTION_TYPE: Shape = string("policyDescriptionType", b(i64::MIN, 1000), None, &[]);
static S_POLICY_DOCUMENT_TYPE: Shape = string("policyDocumentType", b(1, 131072), Some(&P3), &[]);
static S_POLICY_DOCUMENT_VERSION_LIST_TYPE: Shape = list("policyDocumentVersionListType", &S_POLICY_VERSION, "member", Bounds::NONE);
static S_POLICY_LIST_TYPE: Shape = list("policyListType", &S_POLICY, "member", Bounds::NONE);
static S_POLICY_NAME_LIST_TYPE: Shape = list("policyNameListType", &S_POLICY_NAME_TYPE, "member", Bounds::NONE);
static S_POLICY_NAME_TYPE: Shape = string("policyNameType", b(1, 128), Some(&P4), &[]);
static S_POLICY_PATH_TYPE: Shape = string("policyPathType", b(1, 512), Some(&P5), &[]);
static S_POLICY_SCOPE_TYPE: Shape = string("policyScopeType", Bounds::NONE, None, &["All", "AWS", "Local"]);
static S_POLICY_VERSION_ID_TYPE: Shape = string("policyVersionIdType", Bounds::NONE, Some(&P6), &[]);
static S_RESPONSE_MARKER_TYPE: Shape = string("responseMarkerType", Bounds::NONE, None, &[]);
static S_ROLE_DESCRIPTION_TYPE: Shape = string("roleDescriptionType", b(i64::MIN, 1000), Some(&P7), &[]);
static S_ROLE_LIST_TYPE: Shape = list("roleListType", &S_ROLE, "member", Bounds::NONE);
static S_ROLE_MAX_SESSION_DURATION_TYPE: Shape = scalar("roleMaxSessionDurationType", Kind::Integer(b(3600, 43200)));
static S_ROLE_NAME_TYPE: Shape = string("roleNameType", b(1, 64), Some(&P4), &[]);
static S_STRING_TYPE: Shape = string("stringType", Bounds::NONE, None, &[]);
static S_TAG_KEY_LIST_TYPE: Shape = list("tagKeyListType", &S_TAG_KEY_TYPE, "member", b(i64::MIN, 50));
static S_TAG_KEY_TYPE: Shape = string("tagKeyType", b(1, 128), Some(&P8), &[]);
static S_TAG_LIST_TYPE: Shape = list("tagListType", &S_TAG, "member", b(i64::MIN, 50));
static S_TAG_VALUE_TYPE: Shape = string("tagValueType", b(0, 256), Some(&P9), &[]);
static P0: Pattern = Pattern::new("[\\u0020-\\u00FF]+", "[\\u0020-\\u00FF]+");
static P1: Pattern = Pattern::new("\\u002F[\\u0021-\\u007F]*", "\\u002F[\\u0021-\\u007F]*");
static P2: Pattern = Pattern::new("(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)", "(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)");
static P3: Pattern = Pattern::new("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+", "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
static P4: Pattern = Pattern::new("[\\w+=,.@-]+", "[\\w+=,.@-]+");
static P5: Pattern = Pattern::new("((/[A-Za-z0-9\\.,\\+@=_-]+)*)/", "((/[A-Za-z0-9\\.,\\+@=_-]+)*)/");
static P6: Pattern = Pattern::new("v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?", "v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?");
static P7: Pattern = Pattern::new("[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*", "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*");
static P8: Pattern = Pattern::tag_text("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+");
static P9: Pattern = Pattern::tag_text("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
