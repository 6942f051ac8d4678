//! Amazon Simple Systems Manager (SSM) 2014-11-06. Written by `cargo xtask codegen`.
#![allow(clippy::all)]
#![allow(unused_imports, reason = "no table needs every one")]
use super::build::*;
use super::op::{self, ssm::Op};
use super::operation::{ErrorShape, Operation, Protocol, Route, Service};
use super::pattern::Pattern;
use super::shape::{Bounds, Kind, Location, Member, Shape};

/// The service.
pub static SERVICE: Service = Service { name: "ssm", signing: "ssm", version: "2014-11-06", protocol: Protocol::Json, namespace: "", target: "AmazonSSM", json: "1.1", error_prefix: "", operations: &OPERATIONS, errors: &ERRORS, unsupported: &UNSUPPORTED, also: None };

static OPERATIONS: [Operation; 13] = [
    Operation { op: op::Op::Ssm(Op::AddTagsToResource), name: "AddTagsToResource", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_ADD_TAGS_TO_RESOURCE_REQUEST), output: Some(&S_ADD_TAGS_TO_RESOURCE_RESULT), note: "" },
    Operation { op: op::Op::Ssm(Op::DeleteParameter), name: "DeleteParameter", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_PARAMETER_REQUEST), output: Some(&S_DELETE_PARAMETER_RESULT), note: "" },
    Operation { op: op::Op::Ssm(Op::DeleteParameters), name: "DeleteParameters", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_PARAMETERS_REQUEST), output: Some(&S_DELETE_PARAMETERS_RESULT), note: "" },
    Operation { op: op::Op::Ssm(Op::DescribeParameters), name: "DescribeParameters", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DESCRIBE_PARAMETERS_REQUEST), output: Some(&S_DESCRIBE_PARAMETERS_RESULT), note: "" },
    Operation { op: op::Op::Ssm(Op::GetParameter), name: "GetParameter", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_PARAMETER_REQUEST), output: Some(&S_GET_PARAMETER_RESULT), note: "" },
    Operation { op: op::Op::Ssm(Op::GetParameterHistory), name: "GetParameterHistory", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_PARAMETER_HISTORY_REQUEST), output: Some(&S_GET_PARAMETER_HISTORY_RESULT), note: "" },
    Operation { op: op::Op::Ssm(Op::GetParameters), name: "GetParameters", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_PARAMETERS_REQUEST), output: Some(&S_GET_PARAMETERS_RESULT), note: "" },
    Operation { op: op::Op::Ssm(Op::GetParametersByPath), name: "GetParametersByPath", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_PARAMETERS_BY_PATH_REQUEST), output: Some(&S_GET_PARAMETERS_BY_PATH_RESULT), note: "" },
    Operation { op: op::Op::Ssm(Op::LabelParameterVersion), name: "LabelParameterVersion", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LABEL_PARAMETER_VERSION_REQUEST), output: Some(&S_LABEL_PARAMETER_VERSION_RESULT), note: "" },
    Operation { op: op::Op::Ssm(Op::ListTagsForResource), name: "ListTagsForResource", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_TAGS_FOR_RESOURCE_REQUEST), output: Some(&S_LIST_TAGS_FOR_RESOURCE_RESULT), note: "" },
    Operation { op: op::Op::Ssm(Op::PutParameter), name: "PutParameter", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PUT_PARAMETER_REQUEST), output: Some(&S_PUT_PARAMETER_RESULT), note: "KeyId is kept and told: values lie as they came" },
    Operation { op: op::Op::Ssm(Op::RemoveTagsFromResource), name: "RemoveTagsFromResource", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_REMOVE_TAGS_FROM_RESOURCE_REQUEST), output: Some(&S_REMOVE_TAGS_FROM_RESOURCE_RESULT), note: "" },
    Operation { op: op::Op::Ssm(Op::UnlabelParameterVersion), name: "UnlabelParameterVersion", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UNLABEL_PARAMETER_VERSION_REQUEST), output: Some(&S_UNLABEL_PARAMETER_VERSION_RESULT), note: "" },
];

static ERRORS: [ErrorShape; 27] = [
    ErrorShape { code: "AccessDeniedException", query: None, status: 400, members: &[] },
    ErrorShape { code: "HierarchyLevelLimitExceededException", query: None, status: 400, members: &[m("message", &S_STRING)] },
    ErrorShape { code: "HierarchyTypeMismatchException", query: None, status: 400, members: &[m("message", &S_STRING)] },
    ErrorShape { code: "IncompatiblePolicyException", query: None, status: 400, members: &[m("message", &S_STRING)] },
    ErrorShape { code: "InternalServerError", query: None, status: 500, members: &[m("Message", &S_STRING)] },
    ErrorShape { code: "InvalidAllowedPatternException", query: None, status: 400, members: &[m("message", &S_STRING)] },
    ErrorShape { code: "InvalidFilterKey", query: None, status: 400, members: &[] },
    ErrorShape { code: "InvalidFilterOption", query: None, status: 400, members: &[m("message", &S_STRING)] },
    ErrorShape { code: "InvalidFilterValue", query: None, status: 400, members: &[m("Message", &S_STRING)] },
    ErrorShape { code: "InvalidKeyId", query: None, status: 400, members: &[m("message", &S_STRING)] },
    ErrorShape { code: "InvalidNextToken", query: None, status: 400, members: &[m("Message", &S_STRING)] },
    ErrorShape { code: "InvalidPolicyAttributeException", query: None, status: 400, members: &[m("message", &S_STRING)] },
    ErrorShape { code: "InvalidPolicyTypeException", query: None, status: 400, members: &[m("message", &S_STRING)] },
    ErrorShape { code: "InvalidResourceId", query: None, status: 400, members: &[] },
    ErrorShape { code: "InvalidResourceType", query: None, status: 400, members: &[] },
    ErrorShape { code: "ParameterAlreadyExists", query: None, status: 400, members: &[m("message", &S_STRING)] },
    ErrorShape { code: "ParameterLimitExceeded", query: None, status: 400, members: &[m("message", &S_STRING)] },
    ErrorShape { code: "ParameterMaxVersionLimitExceeded", query: None, status: 400, members: &[m("message", &S_STRING)] },
    ErrorShape { code: "ParameterNotFound", query: None, status: 400, members: &[m("message", &S_STRING)] },
    ErrorShape { code: "ParameterPatternMismatchException", query: None, status: 400, members: &[m("message", &S_STRING)] },
    ErrorShape { code: "ParameterVersionLabelLimitExceeded", query: None, status: 400, members: &[m("message", &S_STRING)] },
    ErrorShape { code: "ParameterVersionNotFound", query: None, status: 400, members: &[m("message", &S_STRING)] },
    ErrorShape { code: "PoliciesLimitExceededException", query: None, status: 400, members: &[m("message", &S_STRING)] },
    ErrorShape { code: "TooManyTagsError", query: None, status: 400, members: &[] },
    ErrorShape { code: "TooManyUpdates", query: None, status: 400, members: &[m("Message", &S_STRING)] },
    ErrorShape { code: "UnsupportedParameterType", query: None, status: 400, members: &[m("message", &S_STRING)] },
    ErrorShape { code: "ValidationException", query: None, status: 400, members: &[] },
];

static UNSUPPORTED: [Route; 0] = [
];

static S_ADD_TAGS_TO_RESOURCE_REQUEST: Shape = structure("AddTagsToResourceRequest", &[m("ResourceType", &S_RESOURCE_TYPE_FOR_TAGGING).required().read(), m("ResourceId", &S_RESOURCE_ID).required().read(), m("Tags", &S_TAG_LIST).required().read()]);
static S_ADD_TAGS_TO_RESOURCE_RESULT: Shape = structure("AddTagsToResourceResult", &[]);
static S_ALLOWED_PATTERN: Shape = string("AllowedPattern", b(0, 1024), None, &[]);
static S_BOOLEAN: Shape = scalar("Boolean", Kind::Boolean);
static S_DATE_TIME: Shape = scalar("DateTime", Kind::Timestamp);
static S_DELETE_PARAMETER_REQUEST: Shape = structure("DeleteParameterRequest", &[m("Name", &S_PSPARAMETER_NAME).required().read()]);
static S_DELETE_PARAMETER_RESULT: Shape = structure("DeleteParameterResult", &[]);
static S_DELETE_PARAMETERS_REQUEST: Shape = structure("DeleteParametersRequest", &[m("Names", &S_PARAMETER_NAME_LIST).required().read()]);
static S_DELETE_PARAMETERS_RESULT: Shape = structure("DeleteParametersResult", &[m("DeletedParameters", &S_PARAMETER_NAME_LIST), m("InvalidParameters", &S_PARAMETER_NAME_LIST)]);
static S_DESCRIBE_PARAMETERS_REQUEST: Shape = structure("DescribeParametersRequest", &[m("Filters", &S_PARAMETERS_FILTER_LIST).read(), m("ParameterFilters", &S_PARAMETER_STRING_FILTER_LIST).read(), m("MaxResults", &S_MAX_RESULTS).read(), m("NextToken", &S_NEXT_TOKEN).read(), m("Shared", &S_BOOLEAN)]);
static S_DESCRIBE_PARAMETERS_RESULT: Shape = structure("DescribeParametersResult", &[m("Parameters", &S_PARAMETER_METADATA_LIST), m("NextToken", &S_NEXT_TOKEN)]);
static S_GET_PARAMETER_HISTORY_REQUEST: Shape = structure("GetParameterHistoryRequest", &[m("Name", &S_PSPARAMETER_NAME).required().read(), m("WithDecryption", &S_BOOLEAN).read(), m("MaxResults", &S_MAX_RESULTS).read(), m("NextToken", &S_NEXT_TOKEN).read()]);
static S_GET_PARAMETER_HISTORY_RESULT: Shape = structure("GetParameterHistoryResult", &[m("Parameters", &S_PARAMETER_HISTORY_LIST), m("NextToken", &S_NEXT_TOKEN)]);
static S_GET_PARAMETER_REQUEST: Shape = structure("GetParameterRequest", &[m("Name", &S_PSPARAMETER_NAME).required().read(), m("WithDecryption", &S_BOOLEAN).read()]);
static S_GET_PARAMETER_RESULT: Shape = structure("GetParameterResult", &[m("Parameter", &S_PARAMETER)]);
static S_GET_PARAMETERS_BY_PATH_MAX_RESULTS: Shape = scalar("GetParametersByPathMaxResults", Kind::Integer(b(1, 10)));
static S_GET_PARAMETERS_BY_PATH_REQUEST: Shape = structure("GetParametersByPathRequest", &[m("Path", &S_PSPARAMETER_NAME).required().read(), m("Recursive", &S_BOOLEAN).read(), m("ParameterFilters", &S_PARAMETER_STRING_FILTER_LIST).read(), m("WithDecryption", &S_BOOLEAN).read(), m("MaxResults", &S_GET_PARAMETERS_BY_PATH_MAX_RESULTS).read(), m("NextToken", &S_NEXT_TOKEN).read()]);
static S_GET_PARAMETERS_BY_PATH_RESULT: Shape = structure("GetParametersByPathResult", &[m("Parameters", &S_PARAMETER_LIST), m("NextToken", &S_NEXT_TOKEN)]);
static S_GET_PARAMETERS_REQUEST: Shape = structure("GetParametersRequest", &[m("Names", &S_PARAMETER_NAME_LIST).required().read(), m("WithDecryption", &S_BOOLEAN).read()]);
static S_GET_PARAMETERS_RESULT: Shape = structure("GetParametersResult", &[m("Parameters", &S_PARAMETER_LIST), m("InvalidParameters", &S_PARAMETER_NAME_LIST)]);
static S_KEY_LIST: Shape = list("KeyList", &S_TAG_KEY, "member", Bounds::NONE);
static S_LABEL_PARAMETER_VERSION_REQUEST: Shape = structure("LabelParameterVersionRequest", &[m("Name", &S_PSPARAMETER_NAME).required().read(), m("ParameterVersion", &S_PSPARAMETER_VERSION).read(), m("Labels", &S_PARAMETER_LABEL_LIST).required().read()]);
static S_LABEL_PARAMETER_VERSION_RESULT: Shape = structure("LabelParameterVersionResult", &[m("InvalidLabels", &S_PARAMETER_LABEL_LIST), m("ParameterVersion", &S_PSPARAMETER_VERSION)]);
static S_LIST_TAGS_FOR_RESOURCE_REQUEST: Shape = structure("ListTagsForResourceRequest", &[m("ResourceType", &S_RESOURCE_TYPE_FOR_TAGGING).required().read(), m("ResourceId", &S_RESOURCE_ID).required().read()]);
static S_LIST_TAGS_FOR_RESOURCE_RESULT: Shape = structure("ListTagsForResourceResult", &[m("TagList", &S_TAG_LIST)]);
static S_MAX_RESULTS: Shape = scalar("MaxResults", Kind::Integer(b(1, 50)));
static S_NEXT_TOKEN: Shape = string("NextToken", Bounds::NONE, None, &[]);
static S_PSPARAMETER_NAME: Shape = string("PSParameterName", b(1, 2048), None, &[]);
static S_PSPARAMETER_SELECTOR: Shape = string("PSParameterSelector", Bounds::NONE, None, &[]);
static S_PSPARAMETER_VALUE: Shape = string("PSParameterValue", Bounds::NONE, None, &[]);
static S_PSPARAMETER_VERSION: Shape = scalar("PSParameterVersion", Kind::Long(Bounds::NONE));
static S_PARAMETER: Shape = structure("Parameter", &[m("Name", &S_PSPARAMETER_NAME), m("Type", &S_PARAMETER_TYPE), m("Value", &S_PSPARAMETER_VALUE), m("Version", &S_PSPARAMETER_VERSION), m("Selector", &S_PSPARAMETER_SELECTOR), m("SourceResult", &S_STRING), m("LastModifiedDate", &S_DATE_TIME), m("ARN", &S_STRING), m("DataType", &S_PARAMETER_DATA_TYPE)]);
static S_PARAMETER_DATA_TYPE: Shape = string("ParameterDataType", b(0, 128), None, &[]);
static S_PARAMETER_DESCRIPTION: Shape = string("ParameterDescription", b(0, 1024), None, &[]);
static S_PARAMETER_HISTORY: Shape = structure("ParameterHistory", &[m("Name", &S_PSPARAMETER_NAME), m("Type", &S_PARAMETER_TYPE), m("KeyId", &S_PARAMETER_KEY_ID), m("LastModifiedDate", &S_DATE_TIME), m("LastModifiedUser", &S_STRING), m("Description", &S_PARAMETER_DESCRIPTION), m("Value", &S_PSPARAMETER_VALUE), m("AllowedPattern", &S_ALLOWED_PATTERN), m("Version", &S_PSPARAMETER_VERSION), m("Labels", &S_PARAMETER_LABEL_LIST), m("Tier", &S_PARAMETER_TIER), m("Policies", &S_PARAMETER_POLICY_LIST), m("DataType", &S_PARAMETER_DATA_TYPE)]);
static S_PARAMETER_HISTORY_LIST: Shape = list("ParameterHistoryList", &S_PARAMETER_HISTORY, "member", Bounds::NONE);
static S_PARAMETER_INLINE_POLICY: Shape = structure("ParameterInlinePolicy", &[m("PolicyText", &S_STRING), m("PolicyType", &S_STRING), m("PolicyStatus", &S_STRING)]);
static S_PARAMETER_KEY_ID: Shape = string("ParameterKeyId", b(1, 256), Some(&P0), &[]);
static S_PARAMETER_LABEL: Shape = string("ParameterLabel", b(1, 100), None, &[]);
static S_PARAMETER_LABEL_LIST: Shape = list("ParameterLabelList", &S_PARAMETER_LABEL, "member", b(1, 10));
static S_PARAMETER_LIST: Shape = list("ParameterList", &S_PARAMETER, "member", Bounds::NONE);
static S_PARAMETER_METADATA: Shape = structure("ParameterMetadata", &[m("Name", &S_PSPARAMETER_NAME), m("ARN", &S_STRING), m("Type", &S_PARAMETER_TYPE), m("KeyId", &S_PARAMETER_KEY_ID), m("LastModifiedDate", &S_DATE_TIME), m("LastModifiedUser", &S_STRING), m("Description", &S_PARAMETER_DESCRIPTION), m("AllowedPattern", &S_ALLOWED_PATTERN), m("Version", &S_PSPARAMETER_VERSION), m("Tier", &S_PARAMETER_TIER), m("Policies", &S_PARAMETER_POLICY_LIST), m("DataType", &S_PARAMETER_DATA_TYPE)]);
static S_PARAMETER_METADATA_LIST: Shape = list("ParameterMetadataList", &S_PARAMETER_METADATA, "member", Bounds::NONE);
static S_PARAMETER_NAME_LIST: Shape = list("ParameterNameList", &S_PSPARAMETER_NAME, "member", b(1, 10));
static S_PARAMETER_POLICIES: Shape = string("ParameterPolicies", b(1, 4096), None, &[]);
static S_PARAMETER_POLICY_LIST: Shape = list("ParameterPolicyList", &S_PARAMETER_INLINE_POLICY, "member", Bounds::NONE);
static S_PARAMETER_STRING_FILTER: Shape = structure("ParameterStringFilter", &[m("Key", &S_PARAMETER_STRING_FILTER_KEY).required().read(), m("Option", &S_PARAMETER_STRING_QUERY_OPTION).read(), m("Values", &S_PARAMETER_STRING_FILTER_VALUE_LIST).read()]);
static S_PARAMETER_STRING_FILTER_KEY: Shape = string("ParameterStringFilterKey", b(1, 132), Some(&P1), &[]);
static S_PARAMETER_STRING_FILTER_LIST: Shape = list("ParameterStringFilterList", &S_PARAMETER_STRING_FILTER, "member", Bounds::NONE);
static S_PARAMETER_STRING_FILTER_VALUE: Shape = string("ParameterStringFilterValue", b(1, 1024), None, &[]);
static S_PARAMETER_STRING_FILTER_VALUE_LIST: Shape = list("ParameterStringFilterValueList", &S_PARAMETER_STRING_FILTER_VALUE, "member", b(1, 50));
static S_PARAMETER_STRING_QUERY_OPTION: Shape = string("ParameterStringQueryOption", b(1, 10), None, &[]);
static S_PARAMETER_TIER: Shape = string("ParameterTier", Bounds::NONE, None, &["Standard", "Advanced", "Intelligent-Tiering"]);
static S_PARAMETER_TYPE: Shape = string("ParameterType", Bounds::NONE, None, &["String", "StringList", "SecureString"]);
static S_PARAMETERS_FILTER: Shape = structure("ParametersFilter", &[m("Key", &S_PARAMETERS_FILTER_KEY).required().read(), m("Values", &S_PARAMETERS_FILTER_VALUE_LIST).required().read()]);
static S_PARAMETERS_FILTER_KEY: Shape = string("ParametersFilterKey", Bounds::NONE, None, &["Name", "Type", "KeyId"]);
static S_PARAMETERS_FILTER_LIST: Shape = list("ParametersFilterList", &S_PARAMETERS_FILTER, "member", Bounds::NONE);
static S_PARAMETERS_FILTER_VALUE: Shape = string("ParametersFilterValue", b(1, 1024), None, &[]);
static S_PARAMETERS_FILTER_VALUE_LIST: Shape = list("ParametersFilterValueList", &S_PARAMETERS_FILTER_VALUE, "member", b(1, 50));
static S_PUT_PARAMETER_REQUEST: Shape = structure("PutParameterRequest", &[m("Name", &S_PSPARAMETER_NAME).required().read(), m("Description", &S_PARAMETER_DESCRIPTION).read(), m("Value", &S_PSPARAMETER_VALUE).required().read(), m("Type", &S_PARAMETER_TYPE).read(), m("KeyId", &S_PARAMETER_KEY_ID).read(), m("Overwrite", &S_BOOLEAN).read(), m("AllowedPattern", &S_ALLOWED_PATTERN).read(), m("Tags", &S_TAG_LIST).read(), m("Tier", &S_PARAMETER_TIER).read(), m("Policies", &S_PARAMETER_POLICIES), m("DataType", &S_PARAMETER_DATA_TYPE).read()]);
static S_PUT_PARAMETER_RESULT: Shape = structure("PutParameterResult", &[m("Version", &S_PSPARAMETER_VERSION), m("Tier", &S_PARAMETER_TIER)]);
static S_REMOVE_TAGS_FROM_RESOURCE_REQUEST: Shape = structure("RemoveTagsFromResourceRequest", &[m("ResourceType", &S_RESOURCE_TYPE_FOR_TAGGING).required().read(), m("ResourceId", &S_RESOURCE_ID).required().read(), m("TagKeys", &S_KEY_LIST).required().read()]);
static S_REMOVE_TAGS_FROM_RESOURCE_RESULT: Shape = structure("RemoveTagsFromResourceResult", &[]);
static S_RESOURCE_ID: Shape = string("ResourceId", Bounds::NONE, None, &[]);
static S_RESOURCE_TYPE_FOR_TAGGING: Shape = string("ResourceTypeForTagging", Bounds::NONE, None, &["Document", "ManagedInstance", "MaintenanceWindow", "Parameter", "PatchBaseline", "OpsItem", "OpsMetadata", "Automation", "Association", "CloudConnector"]);
static S_STRING: Shape = string("String", Bounds::NONE, None, &[]);
static S_TAG: Shape = structure("Tag", &[m("Key", &S_TAG_KEY).required().read(), m("Value", &S_TAG_VALUE).required().read()]);
static S_TAG_KEY: Shape = string("TagKey", b(1, 128), Some(&P2), &[]);
static S_TAG_LIST: Shape = list("TagList", &S_TAG, "member", b(i64::MIN, 1000));
static S_TAG_VALUE: Shape = string("TagValue", b(0, 256), Some(&P2), &[]);
static S_UNLABEL_PARAMETER_VERSION_REQUEST: Shape = structure("UnlabelParameterVersionRequest", &[m("Name", &S_PSPARAMETER_NAME).required().read(), m("ParameterVersion", &S_PSPARAMETER_VERSION).required().read(), m("Labels", &S_PARAMETER_LABEL_LIST).required().read()]);
static S_UNLABEL_PARAMETER_VERSION_RESULT: Shape = structure("UnlabelParameterVersionResult", &[m("RemovedLabels", &S_PARAMETER_LABEL_LIST), m("InvalidLabels", &S_PARAMETER_LABEL_LIST)]);
static P0: Pattern = Pattern::new("^([a-zA-Z0-9:/_-]+)$", "^([a-zA-Z0-9:/_-]+)$");
static P1: Pattern = Pattern::new("^(tag:.+|Name|Type|KeyId|Path|Label|Tier|DataType)$", "^(tag:.+|Name|Type|KeyId|Path|Label|Tier|DataType)$");
static P2: Pattern = Pattern::tag_text("^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$");
