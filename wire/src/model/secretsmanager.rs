//! AWS Secrets Manager 2017-10-17. Written by `cargo xtask codegen`.
#![allow(clippy::all)]
#![allow(unused_imports, reason = "no table needs every one")]
use super::build::*;
use super::op::{self, secretsmanager::Op};
use super::operation::{ErrorShape, Operation, Protocol, Route, Service};
use super::pattern::Pattern;
use super::shape::{Bounds, Kind, Location, Member, Shape};

/// The service.
pub static SERVICE: Service = Service { name: "secretsmanager", signing: "secretsmanager", version: "2017-10-17", protocol: Protocol::Json, namespace: "", target: "secretsmanager", json: "1.1", error_prefix: "", operations: &OPERATIONS, errors: &ERRORS, unsupported: &UNSUPPORTED, also: None };

static OPERATIONS: [Operation; 17] = [
    Operation { op: op::Op::Secretsmanager(Op::BatchGetSecretValue), name: "BatchGetSecretValue", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_BATCH_GET_SECRET_VALUE_REQUEST), output: Some(&S_BATCH_GET_SECRET_VALUE_RESPONSE), note: "" },
    Operation { op: op::Op::Secretsmanager(Op::CreateSecret), name: "CreateSecret", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CREATE_SECRET_REQUEST), output: Some(&S_CREATE_SECRET_RESPONSE), note: "KmsKeyId is kept and told: values lie as they came" },
    Operation { op: op::Op::Secretsmanager(Op::DeleteResourcePolicy), name: "DeleteResourcePolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_RESOURCE_POLICY_REQUEST), output: Some(&S_DELETE_RESOURCE_POLICY_RESPONSE), note: "" },
    Operation { op: op::Op::Secretsmanager(Op::DeleteSecret), name: "DeleteSecret", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_SECRET_REQUEST), output: Some(&S_DELETE_SECRET_RESPONSE), note: "" },
    Operation { op: op::Op::Secretsmanager(Op::DescribeSecret), name: "DescribeSecret", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DESCRIBE_SECRET_REQUEST), output: Some(&S_DESCRIBE_SECRET_RESPONSE), note: "" },
    Operation { op: op::Op::Secretsmanager(Op::GetRandomPassword), name: "GetRandomPassword", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_RANDOM_PASSWORD_REQUEST), output: Some(&S_GET_RANDOM_PASSWORD_RESPONSE), note: "" },
    Operation { op: op::Op::Secretsmanager(Op::GetResourcePolicy), name: "GetResourcePolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_RESOURCE_POLICY_REQUEST), output: Some(&S_GET_RESOURCE_POLICY_RESPONSE), note: "" },
    Operation { op: op::Op::Secretsmanager(Op::GetSecretValue), name: "GetSecretValue", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_SECRET_VALUE_REQUEST), output: Some(&S_GET_SECRET_VALUE_RESPONSE), note: "" },
    Operation { op: op::Op::Secretsmanager(Op::ListSecretVersionIds), name: "ListSecretVersionIds", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_SECRET_VERSION_IDS_REQUEST), output: Some(&S_LIST_SECRET_VERSION_IDS_RESPONSE), note: "" },
    Operation { op: op::Op::Secretsmanager(Op::ListSecrets), name: "ListSecrets", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_SECRETS_REQUEST), output: Some(&S_LIST_SECRETS_RESPONSE), note: "" },
    Operation { op: op::Op::Secretsmanager(Op::PutResourcePolicy), name: "PutResourcePolicy", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PUT_RESOURCE_POLICY_REQUEST), output: Some(&S_PUT_RESOURCE_POLICY_RESPONSE), note: "" },
    Operation { op: op::Op::Secretsmanager(Op::PutSecretValue), name: "PutSecretValue", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PUT_SECRET_VALUE_REQUEST), output: Some(&S_PUT_SECRET_VALUE_RESPONSE), note: "" },
    Operation { op: op::Op::Secretsmanager(Op::RestoreSecret), name: "RestoreSecret", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_RESTORE_SECRET_REQUEST), output: Some(&S_RESTORE_SECRET_RESPONSE), note: "" },
    Operation { op: op::Op::Secretsmanager(Op::TagResource), name: "TagResource", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_TAG_RESOURCE_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Secretsmanager(Op::UntagResource), name: "UntagResource", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UNTAG_RESOURCE_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Secretsmanager(Op::UpdateSecret), name: "UpdateSecret", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UPDATE_SECRET_REQUEST), output: Some(&S_UPDATE_SECRET_RESPONSE), note: "KmsKeyId is kept and told: values lie as they came" },
    Operation { op: op::Op::Secretsmanager(Op::UpdateSecretVersionStage), name: "UpdateSecretVersionStage", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UPDATE_SECRET_VERSION_STAGE_REQUEST), output: Some(&S_UPDATE_SECRET_VERSION_STAGE_RESPONSE), note: "" },
];

static ERRORS: [ErrorShape; 14] = [
    ErrorShape { code: "AccessDeniedException", query: None, status: 400, members: &[] },
    ErrorShape { code: "DecryptionFailure", query: None, status: 400, members: &[m("Message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "EncryptionFailure", query: None, status: 400, members: &[m("Message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "InternalServiceError", query: None, status: 500, members: &[m("Message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "InvalidNextTokenException", query: None, status: 400, members: &[m("Message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "InvalidParameterException", query: None, status: 400, members: &[m("Message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "InvalidRequestException", query: None, status: 400, members: &[m("Message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "LimitExceededException", query: None, status: 400, members: &[m("Message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "MalformedPolicyDocumentException", query: None, status: 400, members: &[m("Message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "PreconditionNotMetException", query: None, status: 400, members: &[m("Message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "PublicPolicyException", query: None, status: 400, members: &[m("Message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "ResourceExistsException", query: None, status: 400, members: &[m("Message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "ResourceNotFoundException", query: None, status: 400, members: &[m("Message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "ValidationException", query: None, status: 400, members: &[] },
];

static UNSUPPORTED: [Route; 0] = [
];

static S_APIERROR_LIST_TYPE: Shape = list("APIErrorListType", &S_APIERROR_TYPE, "member", Bounds::NONE);
static S_APIERROR_TYPE: Shape = structure("APIErrorType", &[m("SecretId", &S_SECRET_ID_TYPE), m("ErrorCode", &S_ERROR_CODE), m("Message", &S_ERROR_MESSAGE)]);
static S_ADD_REPLICA_REGION_LIST_TYPE: Shape = list("AddReplicaRegionListType", &S_REPLICA_REGION_TYPE, "member", b(1, i64::MAX));
static S_AUTOMATICALLY_ROTATE_AFTER_DAYS_TYPE: Shape = scalar("AutomaticallyRotateAfterDaysType", Kind::Long(Bounds::NONE));
static S_BATCH_GET_SECRET_VALUE_REQUEST: Shape = structure("BatchGetSecretValueRequest", &[m("SecretIdList", &S_SECRET_ID_LIST_TYPE).read(), m("Filters", &S_FILTERS_LIST_TYPE).read(), m("MaxResults", &S_MAX_RESULTS_BATCH_TYPE).read(), m("NextToken", &S_NEXT_TOKEN_TYPE).read()]);
static S_BATCH_GET_SECRET_VALUE_RESPONSE: Shape = structure("BatchGetSecretValueResponse", &[m("SecretValues", &S_SECRET_VALUES_TYPE), m("NextToken", &S_NEXT_TOKEN_TYPE), m("Errors", &S_APIERROR_LIST_TYPE)]);
static S_BOOLEAN_TYPE: Shape = scalar("BooleanType", Kind::Boolean);
static S_CLIENT_REQUEST_TOKEN_TYPE: Shape = string("ClientRequestTokenType", b(32, 64), None, &[]);
static S_CREATE_SECRET_REQUEST: Shape = structure("CreateSecretRequest", &[m("Name", &S_NAME_TYPE).required().read(), m("ClientRequestToken", &S_CLIENT_REQUEST_TOKEN_TYPE).token().read(), m("Description", &S_DESCRIPTION_TYPE).read(), m("KmsKeyId", &S_KMS_KEY_ID_TYPE).read(), m("SecretBinary", &S_SECRET_BINARY_TYPE).read(), m("SecretString", &S_SECRET_STRING_TYPE).read(), m("Tags", &S_TAG_LIST_TYPE).read(), m("AddReplicaRegions", &S_ADD_REPLICA_REGION_LIST_TYPE), m("ForceOverwriteReplicaSecret", &S_BOOLEAN_TYPE), m("Type", &S_MEDEA_TYPE_TYPE), m("CrossAccountPrimaryARN", &S_SECRET_ARNTYPE)]);
static S_CREATE_SECRET_RESPONSE: Shape = structure("CreateSecretResponse", &[m("ARN", &S_SECRET_ARNTYPE), m("Name", &S_SECRET_NAME_TYPE), m("VersionId", &S_SECRET_VERSION_ID_TYPE), m("ReplicationStatus", &S_REPLICATION_STATUS_LIST_TYPE)]);
static S_CREATED_DATE_TYPE: Shape = scalar("CreatedDateType", Kind::Timestamp);
static S_CROSS_ACCOUNT_PRIMARY_TYPE: Shape = structure("CrossAccountPrimaryType", &[m("PrimarySecretARN", &S_SECRET_ARNTYPE), m("ReplicationStatus", &S_STATUS_TYPE), m("StatusMessage", &S_STATUS_MESSAGE_TYPE)]);
static S_CROSS_ACCOUNT_REPLICA_ENTRY: Shape = structure("CrossAccountReplicaEntry", &[m("ReplicaSecretARN", &S_SECRET_ARNTYPE), m("ReplicationRoleARN", &S_ROLE_ARNTYPE), m("ReplicationStatus", &S_STATUS_TYPE), m("StatusMessage", &S_STATUS_MESSAGE_TYPE)]);
static S_CROSS_ACCOUNT_REPLICA_LIST_TYPE: Shape = list("CrossAccountReplicaListType", &S_CROSS_ACCOUNT_REPLICA_ENTRY, "member", Bounds::NONE);
static S_DELETE_RESOURCE_POLICY_REQUEST: Shape = structure("DeleteResourcePolicyRequest", &[m("SecretId", &S_SECRET_ID_TYPE).required().read(), m("PolicyName", &S_RESOURCE_POLICY_NAME_TYPE)]);
static S_DELETE_RESOURCE_POLICY_RESPONSE: Shape = structure("DeleteResourcePolicyResponse", &[m("ARN", &S_SECRET_ARNTYPE), m("Name", &S_NAME_TYPE), m("PolicyName", &S_RESOURCE_POLICY_NAME_TYPE)]);
static S_DELETE_SECRET_REQUEST: Shape = structure("DeleteSecretRequest", &[m("SecretId", &S_SECRET_ID_TYPE).required().read(), m("RecoveryWindowInDays", &S_RECOVERY_WINDOW_IN_DAYS_TYPE).read(), m("ForceDeleteWithoutRecovery", &S_BOOLEAN_TYPE).read()]);
static S_DELETE_SECRET_RESPONSE: Shape = structure("DeleteSecretResponse", &[m("ARN", &S_SECRET_ARNTYPE), m("Name", &S_SECRET_NAME_TYPE), m("DeletionDate", &S_DELETION_DATE_TYPE)]);
static S_DELETED_DATE_TYPE: Shape = scalar("DeletedDateType", Kind::Timestamp);
static S_DELETION_DATE_TYPE: Shape = scalar("DeletionDateType", Kind::Timestamp);
static S_DESCRIBE_SECRET_REQUEST: Shape = structure("DescribeSecretRequest", &[m("SecretId", &S_SECRET_ID_TYPE).required().read()]);
static S_DESCRIBE_SECRET_RESPONSE: Shape = structure("DescribeSecretResponse", &[m("ARN", &S_SECRET_ARNTYPE), m("Name", &S_SECRET_NAME_TYPE), m("Type", &S_MEDEA_TYPE_TYPE), m("Description", &S_DESCRIPTION_TYPE), m("KmsKeyId", &S_KMS_KEY_ID_TYPE), m("RotationEnabled", &S_ROTATION_ENABLED_TYPE), m("RotationLambdaARN", &S_ROTATION_LAMBDA_ARNTYPE), m("RotationRules", &S_ROTATION_RULES_TYPE), m("ExternalSecretRotationMetadata", &S_EXTERNAL_SECRET_ROTATION_METADATA_TYPE), m("ExternalSecretRotationRoleArn", &S_ROLE_ARNTYPE), m("LastRotatedDate", &S_LAST_ROTATED_DATE_TYPE), m("LastChangedDate", &S_LAST_CHANGED_DATE_TYPE), m("LastAccessedDate", &S_LAST_ACCESSED_DATE_TYPE), m("DeletedDate", &S_DELETED_DATE_TYPE), m("NextRotationDate", &S_NEXT_ROTATION_DATE_TYPE), m("Tags", &S_TAG_LIST_TYPE), m("VersionIdsToStages", &S_SECRET_VERSIONS_TO_STAGES_MAP_TYPE), m("OwningService", &S_OWNING_SERVICE_TYPE), m("CreatedDate", &S_TIMESTAMP_TYPE), m("PrimaryRegion", &S_REGION_TYPE), m("ReplicationStatus", &S_REPLICATION_STATUS_LIST_TYPE), m("CrossAccountPrimary", &S_CROSS_ACCOUNT_PRIMARY_TYPE), m("CrossAccountReplicas", &S_CROSS_ACCOUNT_REPLICA_LIST_TYPE)]);
static S_DESCRIPTION_TYPE: Shape = string("DescriptionType", b(i64::MIN, 2048), None, &[]);
static S_DURATION_TYPE: Shape = string("DurationType", Bounds::NONE, None, &[]);
static S_ERROR_CODE: Shape = string("ErrorCode", Bounds::NONE, None, &[]);
static S_ERROR_MESSAGE: Shape = string("ErrorMessage", Bounds::NONE, None, &[]);
static S_EXCLUDE_CHARACTERS_TYPE: Shape = string("ExcludeCharactersType", b(0, 4096), None, &[]);
static S_EXCLUDE_LOWERCASE_TYPE: Shape = scalar("ExcludeLowercaseType", Kind::Boolean);
static S_EXCLUDE_NUMBERS_TYPE: Shape = scalar("ExcludeNumbersType", Kind::Boolean);
static S_EXCLUDE_PUNCTUATION_TYPE: Shape = scalar("ExcludePunctuationType", Kind::Boolean);
static S_EXCLUDE_UPPERCASE_TYPE: Shape = scalar("ExcludeUppercaseType", Kind::Boolean);
static S_EXTERNAL_SECRET_ROTATION_METADATA_ITEM: Shape = structure("ExternalSecretRotationMetadataItem", &[m("Key", &S_EXTERNAL_SECRET_ROTATION_METADATA_ITEM_KEY_TYPE), m("Value", &S_EXTERNAL_SECRET_ROTATION_METADATA_ITEM_VALUE_TYPE)]);
static S_EXTERNAL_SECRET_ROTATION_METADATA_ITEM_KEY_TYPE: Shape = string("ExternalSecretRotationMetadataItemKeyType", Bounds::NONE, None, &[]);
static S_EXTERNAL_SECRET_ROTATION_METADATA_ITEM_VALUE_TYPE: Shape = string("ExternalSecretRotationMetadataItemValueType", Bounds::NONE, None, &[]);
static S_EXTERNAL_SECRET_ROTATION_METADATA_TYPE: Shape = list("ExternalSecretRotationMetadataType", &S_EXTERNAL_SECRET_ROTATION_METADATA_ITEM, "member", Bounds::NONE);
static S_FILTER: Shape = structure("Filter", &[m("Key", &S_FILTER_NAME_STRING_TYPE).read(), m("Values", &S_FILTER_VALUES_STRING_LIST).read()]);
static S_FILTER_NAME_STRING_TYPE: Shape = string("FilterNameStringType", Bounds::NONE, None, &["description", "name", "tag-key", "tag-value", "primary-region", "owning-service", "all"]);
static S_FILTER_VALUE_STRING_TYPE: Shape = string("FilterValueStringType", b(i64::MIN, 512), Some(&P0), &[]);
static S_FILTER_VALUES_STRING_LIST: Shape = list("FilterValuesStringList", &S_FILTER_VALUE_STRING_TYPE, "member", b(1, 10));
static S_FILTERS_LIST_TYPE: Shape = list("FiltersListType", &S_FILTER, "member", b(i64::MIN, 10));
static S_GET_RANDOM_PASSWORD_REQUEST: Shape = structure("GetRandomPasswordRequest", &[m("PasswordLength", &S_PASSWORD_LENGTH_TYPE).read(), m("ExcludeCharacters", &S_EXCLUDE_CHARACTERS_TYPE).read(), m("ExcludeNumbers", &S_EXCLUDE_NUMBERS_TYPE).read(), m("ExcludePunctuation", &S_EXCLUDE_PUNCTUATION_TYPE).read(), m("ExcludeUppercase", &S_EXCLUDE_UPPERCASE_TYPE).read(), m("ExcludeLowercase", &S_EXCLUDE_LOWERCASE_TYPE).read(), m("IncludeSpace", &S_INCLUDE_SPACE_TYPE).read(), m("RequireEachIncludedType", &S_REQUIRE_EACH_INCLUDED_TYPE_TYPE).read()]);
static S_GET_RANDOM_PASSWORD_RESPONSE: Shape = structure("GetRandomPasswordResponse", &[m("RandomPassword", &S_RANDOM_PASSWORD_TYPE)]);
static S_GET_RESOURCE_POLICY_REQUEST: Shape = structure("GetResourcePolicyRequest", &[m("SecretId", &S_SECRET_ID_TYPE).required().read(), m("PolicyName", &S_RESOURCE_POLICY_NAME_TYPE)]);
static S_GET_RESOURCE_POLICY_RESPONSE: Shape = structure("GetResourcePolicyResponse", &[m("ARN", &S_SECRET_ARNTYPE), m("Name", &S_NAME_TYPE), m("ResourcePolicy", &S_NON_EMPTY_RESOURCE_POLICY_TYPE), m("PolicyName", &S_RESOURCE_POLICY_NAME_TYPE)]);
static S_GET_SECRET_VALUE_REQUEST: Shape = structure("GetSecretValueRequest", &[m("SecretId", &S_SECRET_ID_TYPE).required().read(), m("VersionId", &S_SECRET_VERSION_ID_TYPE).read(), m("VersionStage", &S_SECRET_VERSION_STAGE_TYPE).read()]);
static S_GET_SECRET_VALUE_RESPONSE: Shape = structure("GetSecretValueResponse", &[m("ARN", &S_SECRET_ARNTYPE), m("Name", &S_SECRET_NAME_TYPE), m("VersionId", &S_SECRET_VERSION_ID_TYPE), m("SecretBinary", &S_SECRET_BINARY_TYPE), m("SecretString", &S_SECRET_STRING_TYPE), m("VersionStages", &S_SECRET_VERSION_STAGES_TYPE), m("CreatedDate", &S_CREATED_DATE_TYPE)]);
static S_INCLUDE_SPACE_TYPE: Shape = scalar("IncludeSpaceType", Kind::Boolean);
static S_KMS_KEY_ID_LIST_TYPE: Shape = list("KmsKeyIdListType", &S_KMS_KEY_ID_TYPE, "member", Bounds::NONE);
static S_KMS_KEY_ID_TYPE: Shape = string("KmsKeyIdType", b(0, 2048), None, &[]);
static S_LAST_ACCESSED_DATE_TYPE: Shape = scalar("LastAccessedDateType", Kind::Timestamp);
static S_LAST_CHANGED_DATE_TYPE: Shape = scalar("LastChangedDateType", Kind::Timestamp);
static S_LAST_ROTATED_DATE_TYPE: Shape = scalar("LastRotatedDateType", Kind::Timestamp);
static S_LIST_SECRET_VERSION_IDS_REQUEST: Shape = structure("ListSecretVersionIdsRequest", &[m("SecretId", &S_SECRET_ID_TYPE).required().read(), m("MaxResults", &S_MAX_RESULTS_TYPE).read(), m("NextToken", &S_NEXT_TOKEN_TYPE).read(), m("IncludeDeprecated", &S_BOOLEAN_TYPE).read()]);
static S_LIST_SECRET_VERSION_IDS_RESPONSE: Shape = structure("ListSecretVersionIdsResponse", &[m("Versions", &S_SECRET_VERSIONS_LIST_TYPE), m("NextToken", &S_NEXT_TOKEN_TYPE), m("ARN", &S_SECRET_ARNTYPE), m("Name", &S_SECRET_NAME_TYPE)]);
static S_LIST_SECRETS_REQUEST: Shape = structure("ListSecretsRequest", &[m("IncludePlannedDeletion", &S_BOOLEAN_TYPE).read(), m("MaxResults", &S_MAX_RESULTS_TYPE).read(), m("NextToken", &S_NEXT_TOKEN_TYPE).read(), m("Filters", &S_FILTERS_LIST_TYPE).read(), m("SortOrder", &S_SORT_ORDER_TYPE).read(), m("SortBy", &S_SORT_BY_TYPE).read()]);
static S_LIST_SECRETS_RESPONSE: Shape = structure("ListSecretsResponse", &[m("SecretList", &S_SECRET_LIST_TYPE), m("NextToken", &S_NEXT_TOKEN_TYPE)]);
static S_MAX_RESULTS_BATCH_TYPE: Shape = scalar("MaxResultsBatchType", Kind::Integer(b(1, 20)));
static S_MAX_RESULTS_TYPE: Shape = scalar("MaxResultsType", Kind::Integer(b(1, 100)));
static S_MEDEA_TYPE_TYPE: Shape = string("MedeaTypeType", b(0, 256), None, &[]);
static S_NAME_TYPE: Shape = string("NameType", b(1, 512), None, &[]);
static S_NEXT_ROTATION_DATE_TYPE: Shape = scalar("NextRotationDateType", Kind::Timestamp);
static S_NEXT_TOKEN_TYPE: Shape = string("NextTokenType", b(1, 4096), None, &[]);
static S_NON_EMPTY_RESOURCE_POLICY_TYPE: Shape = string("NonEmptyResourcePolicyType", b(1, 20480), None, &[]);
static S_OWNING_SERVICE_TYPE: Shape = string("OwningServiceType", Bounds::NONE, None, &[]);
static S_PASSWORD_LENGTH_TYPE: Shape = scalar("PasswordLengthType", Kind::Long(b(1, 4096)));
static S_PUT_RESOURCE_POLICY_REQUEST: Shape = structure("PutResourcePolicyRequest", &[m("SecretId", &S_SECRET_ID_TYPE).required().read(), m("ResourcePolicy", &S_NON_EMPTY_RESOURCE_POLICY_TYPE).required().read(), m("PolicyName", &S_RESOURCE_POLICY_NAME_TYPE), m("BlockPublicPolicy", &S_BOOLEAN_TYPE).ignored("nobody outside reaches the installation by a policy alone")]);
static S_PUT_RESOURCE_POLICY_RESPONSE: Shape = structure("PutResourcePolicyResponse", &[m("ARN", &S_SECRET_ARNTYPE), m("Name", &S_NAME_TYPE), m("PolicyName", &S_RESOURCE_POLICY_NAME_TYPE)]);
static S_PUT_SECRET_VALUE_REQUEST: Shape = structure("PutSecretValueRequest", &[m("SecretId", &S_SECRET_ID_TYPE).required().read(), m("ClientRequestToken", &S_CLIENT_REQUEST_TOKEN_TYPE).token().read(), m("SecretBinary", &S_SECRET_BINARY_TYPE).read(), m("SecretString", &S_SECRET_STRING_TYPE).read(), m("VersionStages", &S_SECRET_VERSION_STAGES_TYPE).read(), m("RotationToken", &S_ROTATION_TOKEN_TYPE)]);
static S_PUT_SECRET_VALUE_RESPONSE: Shape = structure("PutSecretValueResponse", &[m("ARN", &S_SECRET_ARNTYPE), m("Name", &S_SECRET_NAME_TYPE), m("VersionId", &S_SECRET_VERSION_ID_TYPE), m("VersionStages", &S_SECRET_VERSION_STAGES_TYPE)]);
static S_RANDOM_PASSWORD_TYPE: Shape = string("RandomPasswordType", Bounds::NONE, None, &[]);
static S_RECOVERY_WINDOW_IN_DAYS_TYPE: Shape = scalar("RecoveryWindowInDaysType", Kind::Long(Bounds::NONE));
static S_REGION_TYPE: Shape = string("RegionType", b(1, 128), Some(&P1), &[]);
static S_REPLICA_REGION_TYPE: Shape = structure("ReplicaRegionType", &[m("Region", &S_REGION_TYPE), m("KmsKeyId", &S_KMS_KEY_ID_TYPE)]);
static S_REPLICATION_STATUS_LIST_TYPE: Shape = list("ReplicationStatusListType", &S_REPLICATION_STATUS_TYPE, "member", Bounds::NONE);
static S_REPLICATION_STATUS_TYPE: Shape = structure("ReplicationStatusType", &[m("Region", &S_REGION_TYPE), m("KmsKeyId", &S_KMS_KEY_ID_TYPE), m("Status", &S_STATUS_TYPE), m("StatusMessage", &S_STATUS_MESSAGE_TYPE), m("LastAccessedDate", &S_LAST_ACCESSED_DATE_TYPE)]);
static S_REQUIRE_EACH_INCLUDED_TYPE_TYPE: Shape = scalar("RequireEachIncludedTypeType", Kind::Boolean);
static S_RESOURCE_POLICY_NAME_TYPE: Shape = string("ResourcePolicyNameType", b(1, 64), Some(&P2), &[]);
static S_RESTORE_SECRET_REQUEST: Shape = structure("RestoreSecretRequest", &[m("SecretId", &S_SECRET_ID_TYPE).required().read()]);
static S_RESTORE_SECRET_RESPONSE: Shape = structure("RestoreSecretResponse", &[m("ARN", &S_SECRET_ARNTYPE), m("Name", &S_SECRET_NAME_TYPE)]);
static S_ROLE_ARNTYPE: Shape = string("RoleARNType", Bounds::NONE, None, &[]);
static S_ROTATION_ENABLED_TYPE: Shape = scalar("RotationEnabledType", Kind::Boolean);
static S_ROTATION_LAMBDA_ARNTYPE: Shape = string("RotationLambdaARNType", Bounds::NONE, None, &[]);
static S_ROTATION_RULES_TYPE: Shape = structure("RotationRulesType", &[m("AutomaticallyAfterDays", &S_AUTOMATICALLY_ROTATE_AFTER_DAYS_TYPE), m("Duration", &S_DURATION_TYPE), m("ScheduleExpression", &S_SCHEDULE_EXPRESSION_TYPE)]);
static S_ROTATION_TOKEN_TYPE: Shape = string("RotationTokenType", b(36, 256), Some(&P3), &[]);
static S_SCHEDULE_EXPRESSION_TYPE: Shape = string("ScheduleExpressionType", Bounds::NONE, None, &[]);
static S_SECRET_ARNTYPE: Shape = string("SecretARNType", b(20, 2048), None, &[]);
static S_SECRET_BINARY_TYPE: Shape = scalar("SecretBinaryType", Kind::Blob(b(1, 65536)));
static S_SECRET_ID_LIST_TYPE: Shape = list("SecretIdListType", &S_SECRET_ID_TYPE, "member", b(1, 20));
static S_SECRET_ID_TYPE: Shape = string("SecretIdType", b(1, 2048), None, &[]);
static S_SECRET_LIST_ENTRY: Shape = structure("SecretListEntry", &[m("ARN", &S_SECRET_ARNTYPE), m("Name", &S_SECRET_NAME_TYPE), m("Type", &S_MEDEA_TYPE_TYPE), m("Description", &S_DESCRIPTION_TYPE), m("KmsKeyId", &S_KMS_KEY_ID_TYPE), m("RotationEnabled", &S_ROTATION_ENABLED_TYPE), m("RotationLambdaARN", &S_ROTATION_LAMBDA_ARNTYPE), m("RotationRules", &S_ROTATION_RULES_TYPE), m("ExternalSecretRotationMetadata", &S_EXTERNAL_SECRET_ROTATION_METADATA_TYPE), m("ExternalSecretRotationRoleArn", &S_ROLE_ARNTYPE), m("LastRotatedDate", &S_LAST_ROTATED_DATE_TYPE), m("LastChangedDate", &S_LAST_CHANGED_DATE_TYPE), m("LastAccessedDate", &S_LAST_ACCESSED_DATE_TYPE), m("DeletedDate", &S_DELETED_DATE_TYPE), m("NextRotationDate", &S_NEXT_ROTATION_DATE_TYPE), m("Tags", &S_TAG_LIST_TYPE), m("SecretVersionsToStages", &S_SECRET_VERSIONS_TO_STAGES_MAP_TYPE), m("OwningService", &S_OWNING_SERVICE_TYPE), m("CreatedDate", &S_TIMESTAMP_TYPE), m("PrimaryRegion", &S_REGION_TYPE)]);
static S_SECRET_LIST_TYPE: Shape = list("SecretListType", &S_SECRET_LIST_ENTRY, "member", Bounds::NONE);
static S_SECRET_NAME_TYPE: Shape = string("SecretNameType", Bounds::NONE, None, &[]);
static S_SECRET_STRING_TYPE: Shape = string("SecretStringType", b(1, 65536), None, &[]);
static S_SECRET_VALUE_ENTRY: Shape = structure("SecretValueEntry", &[m("ARN", &S_SECRET_ARNTYPE), m("Name", &S_SECRET_NAME_TYPE), m("VersionId", &S_SECRET_VERSION_ID_TYPE), m("SecretBinary", &S_SECRET_BINARY_TYPE), m("SecretString", &S_SECRET_STRING_TYPE), m("VersionStages", &S_SECRET_VERSION_STAGES_TYPE), m("CreatedDate", &S_CREATED_DATE_TYPE)]);
static S_SECRET_VALUES_TYPE: Shape = list("SecretValuesType", &S_SECRET_VALUE_ENTRY, "member", Bounds::NONE);
static S_SECRET_VERSION_ID_TYPE: Shape = string("SecretVersionIdType", b(32, 64), None, &[]);
static S_SECRET_VERSION_STAGE_TYPE: Shape = string("SecretVersionStageType", b(1, 256), None, &[]);
static S_SECRET_VERSION_STAGES_TYPE: Shape = list("SecretVersionStagesType", &S_SECRET_VERSION_STAGE_TYPE, "member", b(1, 20));
static S_SECRET_VERSIONS_LIST_ENTRY: Shape = structure("SecretVersionsListEntry", &[m("VersionId", &S_SECRET_VERSION_ID_TYPE), m("VersionStages", &S_SECRET_VERSION_STAGES_TYPE), m("LastAccessedDate", &S_LAST_ACCESSED_DATE_TYPE), m("CreatedDate", &S_CREATED_DATE_TYPE), m("KmsKeyIds", &S_KMS_KEY_ID_LIST_TYPE)]);
static S_SECRET_VERSIONS_LIST_TYPE: Shape = list("SecretVersionsListType", &S_SECRET_VERSIONS_LIST_ENTRY, "member", Bounds::NONE);
static S_SECRET_VERSIONS_TO_STAGES_MAP_TYPE: Shape = map("SecretVersionsToStagesMapType", &S_SECRET_VERSION_ID_TYPE, &S_SECRET_VERSION_STAGES_TYPE, Bounds::NONE);
static S_SORT_BY_TYPE: Shape = string("SortByType", Bounds::NONE, None, &["created-date", "last-accessed-date", "last-changed-date", "name"]);
static S_SORT_ORDER_TYPE: Shape = string("SortOrderType", Bounds::NONE, None, &["asc", "desc"]);
static S_STATUS_MESSAGE_TYPE: Shape = string("StatusMessageType", Bounds::NONE, None, &[]);
static S_STATUS_TYPE: Shape = string("StatusType", Bounds::NONE, None, &[]);
static S_TAG: Shape = structure("Tag", &[m("Key", &S_TAG_KEY_TYPE).read(), m("Value", &S_TAG_VALUE_TYPE).read()]);
static S_TAG_KEY_LIST_TYPE: Shape = list("TagKeyListType", &S_TAG_KEY_TYPE, "member", Bounds::NONE);
static S_TAG_KEY_TYPE: Shape = string("TagKeyType", b(1, 128), None, &[]);
static S_TAG_LIST_TYPE: Shape = list("TagListType", &S_TAG, "member", Bounds::NONE);
static S_TAG_RESOURCE_REQUEST: Shape = structure("TagResourceRequest", &[m("SecretId", &S_SECRET_ID_TYPE).required().read(), m("Tags", &S_TAG_LIST_TYPE).required().read()]);
static S_TAG_VALUE_TYPE: Shape = string("TagValueType", b(0, 256), None, &[]);
static S_TIMESTAMP_TYPE: Shape = scalar("TimestampType", Kind::Timestamp);
static S_UNTAG_RESOURCE_REQUEST: Shape = structure("UntagResourceRequest", &[m("SecretId", &S_SECRET_ID_TYPE).required().read(), m("TagKeys", &S_TAG_KEY_LIST_TYPE).required().read()]);
static S_UPDATE_SECRET_REQUEST: Shape = structure("UpdateSecretRequest", &[m("SecretId", &S_SECRET_ID_TYPE).required().read(), m("ClientRequestToken", &S_CLIENT_REQUEST_TOKEN_TYPE).token().read(), m("Description", &S_DESCRIPTION_TYPE).read(), m("KmsKeyId", &S_KMS_KEY_ID_TYPE).read(), m("SecretBinary", &S_SECRET_BINARY_TYPE).read(), m("SecretString", &S_SECRET_STRING_TYPE).read(), m("Type", &S_MEDEA_TYPE_TYPE)]);
static S_UPDATE_SECRET_RESPONSE: Shape = structure("UpdateSecretResponse", &[m("ARN", &S_SECRET_ARNTYPE), m("Name", &S_SECRET_NAME_TYPE), m("VersionId", &S_SECRET_VERSION_ID_TYPE)]);
static S_UPDATE_SECRET_VERSION_STAGE_REQUEST: Shape = structure("UpdateSecretVersionStageRequest", &[m("SecretId", &S_SECRET_ID_TYPE).required().read(), m("VersionStage", &S_SECRET_VERSION_STAGE_TYPE).required().read(), m("RemoveFromVersionId", &S_SECRET_VERSION_ID_TYPE).read(), m("MoveToVersionId", &S_SECRET_VERSION_ID_TYPE).read()]);
static S_UPDATE_SECRET_VERSION_STAGE_RESPONSE: Shape = structure("UpdateSecretVersionStageResponse", &[m("ARN", &S_SECRET_ARNTYPE), m("Name", &S_SECRET_NAME_TYPE)]);
static P0: Pattern = Pattern::new("^\\!?[a-zA-Z0-9 :_@\\/\\+\\=\\.\\-\\!]*$", "^\\!?[a-zA-Z0-9 :_@\\/\\+\\=\\.\\-\\!]*$");
static P1: Pattern = Pattern::new("^([a-z]+-)+\\d+$", "^([a-z]+-)+\\d+$");
static P2: Pattern = Pattern::new("[0-9A-Za-z\\-\\_]+", "[0-9A-Za-z\\-\\_]+");
static P3: Pattern = Pattern::new("^[a-zA-Z0-9\\-]+$", "^[a-zA-Z0-9\\-]+$");
