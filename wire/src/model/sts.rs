//! AWS Security Token Service 2011-06-15. Written by `cargo xtask codegen`.
#![allow(clippy::all)]
#![allow(unused_imports, reason = "no table needs every one")]
use super::build::*;
use super::op::{self, sts::Op};
use super::operation::{ErrorShape, Operation, Protocol, Route, Service};
use super::pattern::Pattern;
use super::shape::{Bounds, Kind, Location, Member, Shape};

/// The service.
pub static SERVICE: Service = Service { name: "sts", signing: "sts", version: "2011-06-15", protocol: Protocol::Query, namespace: "https://sts.amazonaws.com/doc/2011-06-15/", target: "", json: "", error_prefix: "", operations: &OPERATIONS, errors: &ERRORS, unsupported: &UNSUPPORTED, also: None };

static OPERATIONS: [Operation; 6] = [
    Operation { op: op::Op::Sts(Op::AssumeRole), name: "AssumeRole", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_ASSUME_ROLE_REQUEST), output: Some(&S_ASSUME_ROLE_RESPONSE), note: "" },
    Operation { op: op::Op::Sts(Op::DecodeAuthorizationMessage), name: "DecodeAuthorizationMessage", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DECODE_AUTHORIZATION_MESSAGE_REQUEST), output: Some(&S_DECODE_AUTHORIZATION_MESSAGE_RESPONSE), note: "" },
    Operation { op: op::Op::Sts(Op::GetAccessKeyInfo), name: "GetAccessKeyInfo", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_ACCESS_KEY_INFO_REQUEST), output: Some(&S_GET_ACCESS_KEY_INFO_RESPONSE), note: "" },
    Operation { op: op::Op::Sts(Op::GetCallerIdentity), name: "GetCallerIdentity", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_CALLER_IDENTITY_REQUEST), output: Some(&S_GET_CALLER_IDENTITY_RESPONSE), note: "" },
    Operation { op: op::Op::Sts(Op::GetFederationToken), name: "GetFederationToken", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_FEDERATION_TOKEN_REQUEST), output: Some(&S_GET_FEDERATION_TOKEN_RESPONSE), note: "" },
    Operation { op: op::Op::Sts(Op::GetSessionToken), name: "GetSessionToken", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_SESSION_TOKEN_REQUEST), output: Some(&S_GET_SESSION_TOKEN_RESPONSE), note: "" },
];

static ERRORS: [ErrorShape; 5] = [
    ErrorShape { code: "ExpiredTokenException", query: None, status: 400, members: &[] },
    ErrorShape { code: "InvalidAuthorizationMessageException", query: None, status: 400, members: &[] },
    ErrorShape { code: "MalformedPolicyDocument", query: None, status: 400, members: &[] },
    ErrorShape { code: "PackedPolicyTooLarge", query: None, status: 400, members: &[] },
    ErrorShape { code: "RegionDisabledException", query: None, status: 403, members: &[] },
];

static UNSUPPORTED: [Route; 0] = [
];

static S_ASSUME_ROLE_REQUEST: Shape = structure("AssumeRoleRequest", &[m("RoleArn", &S_ARN_TYPE).required().read(), m("RoleSessionName", &S_ROLE_SESSION_NAME_TYPE).required().read(), m("PolicyArns", &S_POLICY_DESCRIPTOR_LIST_TYPE).read(), m("Policy", &S_UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE).read(), m("DurationSeconds", &S_ROLE_DURATION_SECONDS_TYPE).read(), m("Tags", &S_TAG_LIST_TYPE), m("TransitiveTagKeys", &S_TAG_KEY_LIST_TYPE), m("ExternalId", &S_EXTERNAL_ID_TYPE).read(), m("SerialNumber", &S_SERIAL_NUMBER_TYPE), m("TokenCode", &S_TOKEN_CODE_TYPE), m("SourceIdentity", &S_SOURCE_IDENTITY_TYPE), m("ProvidedContexts", &S_PROVIDED_CONTEXTS_LIST_TYPE), m("MinimumSessionTokenSize", &S_MINIMUM_SESSION_TOKEN_SIZE_TYPE)]);
static S_ASSUME_ROLE_RESPONSE: Shape = structure("AssumeRoleResponse", &[m("Credentials", &S_CREDENTIALS), m("AssumedRoleUser", &S_ASSUMED_ROLE_USER), m("PackedPolicySize", &S_NON_NEGATIVE_INTEGER_TYPE), m("SourceIdentity", &S_SOURCE_IDENTITY_TYPE), m("SessionTokenUtilization", &S_SESSION_TOKEN_UTILIZATION_TYPE), m("SessionTokenSize", &S_SESSION_TOKEN_SIZE_TYPE)]);
static S_ASSUMED_ROLE_USER: Shape = structure("AssumedRoleUser", &[m("AssumedRoleId", &S_ASSUMED_ROLE_ID_TYPE).required(), m("Arn", &S_ARN_TYPE).required()]);
static S_CREDENTIALS: Shape = structure("Credentials", &[m("AccessKeyId", &S_ACCESS_KEY_ID_TYPE).required(), m("SecretAccessKey", &S_ACCESS_KEY_SECRET_TYPE).required(), m("SessionToken", &S_TOKEN_TYPE).required(), m("Expiration", &S_DATE_TYPE).required()]);
static S_DECODE_AUTHORIZATION_MESSAGE_REQUEST: Shape = structure("DecodeAuthorizationMessageRequest", &[m("EncodedMessage", &S_ENCODED_MESSAGE_TYPE).required().read()]);
static S_DECODE_AUTHORIZATION_MESSAGE_RESPONSE: Shape = structure("DecodeAuthorizationMessageResponse", &[m("DecodedMessage", &S_DECODED_MESSAGE_TYPE)]);
static S_FEDERATED_USER: Shape = structure("FederatedUser", &[m("FederatedUserId", &S_FEDERATED_ID_TYPE).required(), m("Arn", &S_ARN_TYPE).required()]);
static S_GET_ACCESS_KEY_INFO_REQUEST: Shape = structure("GetAccessKeyInfoRequest", &[m("AccessKeyId", &S_ACCESS_KEY_ID_TYPE).required().read()]);
static S_GET_ACCESS_KEY_INFO_RESPONSE: Shape = structure("GetAccessKeyInfoResponse", &[m("Account", &S_ACCOUNT_TYPE)]);
static S_GET_CALLER_IDENTITY_REQUEST: Shape = structure("GetCallerIdentityRequest", &[]);
static S_GET_CALLER_IDENTITY_RESPONSE: Shape = structure("GetCallerIdentityResponse", &[m("UserId", &S_USER_ID_TYPE), m("Account", &S_ACCOUNT_TYPE), m("Arn", &S_ARN_TYPE)]);
static S_GET_FEDERATION_TOKEN_REQUEST: Shape = structure("GetFederationTokenRequest", &[m("Name", &S_USER_NAME_TYPE).required().read(), m("Policy", &S_SESSION_POLICY_DOCUMENT_TYPE).read(), m("PolicyArns", &S_POLICY_DESCRIPTOR_LIST_TYPE).read(), m("DurationSeconds", &S_DURATION_SECONDS_TYPE).read(), m("Tags", &S_TAG_LIST_TYPE), m("MinimumSessionTokenSize", &S_MINIMUM_SESSION_TOKEN_SIZE_TYPE)]);
static S_GET_FEDERATION_TOKEN_RESPONSE: Shape = structure("GetFederationTokenResponse", &[m("Credentials", &S_CREDENTIALS), m("FederatedUser", &S_FEDERATED_USER), m("PackedPolicySize", &S_NON_NEGATIVE_INTEGER_TYPE), m("SessionTokenUtilization", &S_SESSION_TOKEN_UTILIZATION_TYPE), m("SessionTokenSize", &S_SESSION_TOKEN_SIZE_TYPE)]);
static S_GET_SESSION_TOKEN_REQUEST: Shape = structure("GetSessionTokenRequest", &[m("DurationSeconds", &S_DURATION_SECONDS_TYPE).read(), m("SerialNumber", &S_SERIAL_NUMBER_TYPE), m("TokenCode", &S_TOKEN_CODE_TYPE), m("MinimumSessionTokenSize", &S_MINIMUM_SESSION_TOKEN_SIZE_TYPE)]);
static S_GET_SESSION_TOKEN_RESPONSE: Shape = structure("GetSessionTokenResponse", &[m("Credentials", &S_CREDENTIALS), m("SessionTokenUtilization", &S_SESSION_TOKEN_UTILIZATION_TYPE), m("SessionTokenSize", &S_SESSION_TOKEN_SIZE_TYPE)]);
static S_POLICY_DESCRIPTOR_TYPE: Shape = structure("PolicyDescriptorType", &[m("arn", &S_ARN_TYPE).read()]);
static S_PROVIDED_CONTEXT: Shape = structure("ProvidedContext", &[m("ProviderArn", &S_ARN_TYPE), m("ContextAssertion", &S_CONTEXT_ASSERTION_TYPE)]);
static S_PROVIDED_CONTEXTS_LIST_TYPE: Shape = list("ProvidedContextsListType", &S_PROVIDED_CONTEXT, "member", b(1, 5));
static S_TAG: Shape = structure("Tag", &[m("Key", &S_TAG_KEY_TYPE).required(), m("Value", &S_TAG_VALUE_TYPE).required()]);
static S_ACCESS_KEY_ID_TYPE: Shape = string("accessKeyIdType", b(16, 128), Some(&P0), &[]);
static S_ACCESS_KEY_SECRET_TYPE: Shape = string("accessKeySecretType", Bounds::NONE, None, &[]);
static S_ACCOUNT_TYPE: Shape = string("accountType", Bounds::NONE, None, &[]);
static S_ARN_TYPE: Shape = string("arnType", b(20, 2048), Some(&P1), &[]);
static S_ASSUMED_ROLE_ID_TYPE: Shape = string("assumedRoleIdType", Bounds::NONE, None, &[]);
static S_CONTEXT_ASSERTION_TYPE: Shape = string("contextAssertionType", b(4, 2048), None, &[]);
static S_DATE_TYPE: Shape = scalar("dateType", Kind::Timestamp);
static S_DECODED_MESSAGE_TYPE: Shape = string("decodedMessageType", Bounds::NONE, None, &[]);
static S_DURATION_SECONDS_TYPE: Shape = scalar("durationSecondsType", Kind::Integer(b(900, 129600)));
static S_ENCODED_MESSAGE_TYPE: Shape = string("encodedMessageType", b(1, 10240), None, &[]);
static S_EXTERNAL_ID_TYPE: Shape = string("externalIdType", b(2, 1224), Some(&P2), &[]);
static S_FEDERATED_ID_TYPE: Shape = string("federatedIdType", Bounds::NONE, None, &[]);
static S_MINIMUM_SESSION_TOKEN_SIZE_TYPE: Shape = scalar("minimumSessionTokenSizeType", Kind::Integer(b(0, 4096)));
static S_NON_NEGATIVE_INTEGER_TYPE: Shape = scalar("nonNegativeIntegerType", Kind::Integer(Bounds::NONE));
static S_POLICY_DESCRIPTOR_LIST_TYPE: Shape = list("policyDescriptorListType", &S_POLICY_DESCRIPTOR_TYPE, "member", Bounds::NONE);
static S_ROLE_DURATION_SECONDS_TYPE: Shape = scalar("roleDurationSecondsType", Kind::Integer(b(900, 43200)));
static S_ROLE_SESSION_NAME_TYPE: Shape = string("roleSessionNameType", b(2, 64), Some(&P3), &[]);
static S_SERIAL_NUMBER_TYPE: Shape = string("serialNumberType", b(9, 256), Some(&P4), &[]);
static S_SESSION_POLICY_DOCUMENT_TYPE: Shape = string("sessionPolicyDocumentType", b(1, 2048), Some(&P5), &[]);
static S_SESSION_TOKEN_SIZE_TYPE: Shape = scalar("sessionTokenSizeType", Kind::Integer(Bounds::NONE));
static S_SESSION_TOKEN_UTILIZATION_TYPE: Shape = scalar("sessionTokenUtilizationType", Kind::Integer(Bounds::NONE));
static S_SOURCE_IDENTITY_TYPE: Shape = string("sourceIdentityType", b(2, 64), Some(&P3), &[]);
static S_TAG_KEY_LIST_TYPE: Shape = list("tagKeyListType", &S_TAG_KEY_TYPE, "member", b(i64::MIN, 50));
static S_TAG_KEY_TYPE: Shape = string("tagKeyType", b(1, 128), Some(&P6), &[]);
static S_TAG_LIST_TYPE: Shape = list("tagListType", &S_TAG, "member", b(i64::MIN, 50));
static S_TAG_VALUE_TYPE: Shape = string("tagValueType", b(0, 256), Some(&P7), &[]);
static S_TOKEN_CODE_TYPE: Shape = string("tokenCodeType", b(6, 6), Some(&P8), &[]);
static S_TOKEN_TYPE: Shape = string("tokenType", Bounds::NONE, None, &[]);
static S_UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE: Shape = string("unrestrictedSessionPolicyDocumentType", b(1, i64::MAX), Some(&P5), &[]);
static S_USER_ID_TYPE: Shape = string("userIdType", Bounds::NONE, None, &[]);
static S_USER_NAME_TYPE: Shape = string("userNameType", b(2, 32), Some(&P3), &[]);
static P0: Pattern = Pattern::new("[\\w]*", "[\\w]*");
static P1: Pattern = Pattern::new("[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+", "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+");
static P2: Pattern = Pattern::new("[\\w+=,.@:\\/-]*", "[\\w+=,.@:\\/-]*");
static P3: Pattern = Pattern::new("[\\w+=,.@-]*", "[\\w+=,.@-]*");
static P4: Pattern = Pattern::new("[\\w+=/:,.@-]*", "[\\w+=/:,.@-]*");
static P5: Pattern = Pattern::new("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+", "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
static P6: Pattern = Pattern::tag_text("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+");
static P7: Pattern = Pattern::tag_text("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
static P8: Pattern = Pattern::new("[\\d]*", "[\\d]*");
