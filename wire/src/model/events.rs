//! Amazon EventBridge 2015-10-07. Written by `cargo xtask codegen`.
#![allow(clippy::all)]
#![allow(unused_imports, reason = "no table needs every one")]
use super::build::*;
use super::op::{self, events::Op};
use super::operation::{ErrorShape, Operation, Protocol, Route, Service};
use super::pattern::Pattern;
use super::shape::{Bounds, Kind, Location, Member, Shape};

/// The service.
pub static SERVICE: Service = Service { name: "events", signing: "events", version: "2015-10-07", protocol: Protocol::Json, namespace: "", target: "AWSEvents", json: "1.1", error_prefix: "", operations: &OPERATIONS, errors: &ERRORS, unsupported: &UNSUPPORTED, also: None };

static OPERATIONS: [Operation; 22] = [
    Operation { op: op::Op::Events(Op::CreateEventBus), name: "CreateEventBus", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CREATE_EVENT_BUS_REQUEST), output: Some(&S_CREATE_EVENT_BUS_RESPONSE), note: "" },
    Operation { op: op::Op::Events(Op::DeleteEventBus), name: "DeleteEventBus", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_EVENT_BUS_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Events(Op::DeleteRule), name: "DeleteRule", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_RULE_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Events(Op::DescribeEventBus), name: "DescribeEventBus", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DESCRIBE_EVENT_BUS_REQUEST), output: Some(&S_DESCRIBE_EVENT_BUS_RESPONSE), note: "" },
    Operation { op: op::Op::Events(Op::DescribeRule), name: "DescribeRule", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DESCRIBE_RULE_REQUEST), output: Some(&S_DESCRIBE_RULE_RESPONSE), note: "" },
    Operation { op: op::Op::Events(Op::DisableRule), name: "DisableRule", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DISABLE_RULE_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Events(Op::EnableRule), name: "EnableRule", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_ENABLE_RULE_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Events(Op::ListEventBuses), name: "ListEventBuses", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_EVENT_BUSES_REQUEST), output: Some(&S_LIST_EVENT_BUSES_RESPONSE), note: "" },
    Operation { op: op::Op::Events(Op::ListRuleNamesByTarget), name: "ListRuleNamesByTarget", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_RULE_NAMES_BY_TARGET_REQUEST), output: Some(&S_LIST_RULE_NAMES_BY_TARGET_RESPONSE), note: "" },
    Operation { op: op::Op::Events(Op::ListRules), name: "ListRules", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_RULES_REQUEST), output: Some(&S_LIST_RULES_RESPONSE), note: "" },
    Operation { op: op::Op::Events(Op::ListTagsForResource), name: "ListTagsForResource", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_TAGS_FOR_RESOURCE_REQUEST), output: Some(&S_LIST_TAGS_FOR_RESOURCE_RESPONSE), note: "" },
    Operation { op: op::Op::Events(Op::ListTargetsByRule), name: "ListTargetsByRule", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_TARGETS_BY_RULE_REQUEST), output: Some(&S_LIST_TARGETS_BY_RULE_RESPONSE), note: "" },
    Operation { op: op::Op::Events(Op::PutEvents), name: "PutEvents", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PUT_EVENTS_REQUEST), output: Some(&S_PUT_EVENTS_RESPONSE), note: "" },
    Operation { op: op::Op::Events(Op::PutPermission), name: "PutPermission", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PUT_PERMISSION_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Events(Op::PutRule), name: "PutRule", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PUT_RULE_REQUEST), output: Some(&S_PUT_RULE_RESPONSE), note: "" },
    Operation { op: op::Op::Events(Op::PutTargets), name: "PutTargets", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PUT_TARGETS_REQUEST), output: Some(&S_PUT_TARGETS_RESPONSE), note: "" },
    Operation { op: op::Op::Events(Op::RemovePermission), name: "RemovePermission", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_REMOVE_PERMISSION_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Events(Op::RemoveTargets), name: "RemoveTargets", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_REMOVE_TARGETS_REQUEST), output: Some(&S_REMOVE_TARGETS_RESPONSE), note: "" },
    Operation { op: op::Op::Events(Op::TagResource), name: "TagResource", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_TAG_RESOURCE_REQUEST), output: Some(&S_TAG_RESOURCE_RESPONSE), note: "" },
    Operation { op: op::Op::Events(Op::TestEventPattern), name: "TestEventPattern", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_TEST_EVENT_PATTERN_REQUEST), output: Some(&S_TEST_EVENT_PATTERN_RESPONSE), note: "" },
    Operation { op: op::Op::Events(Op::UntagResource), name: "UntagResource", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UNTAG_RESOURCE_REQUEST), output: Some(&S_UNTAG_RESOURCE_RESPONSE), note: "" },
    Operation { op: op::Op::Events(Op::UpdateEventBus), name: "UpdateEventBus", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UPDATE_EVENT_BUS_REQUEST), output: Some(&S_UPDATE_EVENT_BUS_RESPONSE), note: "" },
];

static ERRORS: [ErrorShape; 11] = [
    ErrorShape { code: "ConcurrentModificationException", query: None, status: 400, members: &[] },
    ErrorShape { code: "InternalException", query: None, status: 500, members: &[] },
    ErrorShape { code: "InvalidEventPatternException", query: None, status: 400, members: &[] },
    ErrorShape { code: "InvalidStateException", query: None, status: 400, members: &[] },
    ErrorShape { code: "LimitExceededException", query: None, status: 400, members: &[] },
    ErrorShape { code: "ManagedRuleException", query: None, status: 400, members: &[] },
    ErrorShape { code: "OperationDisabledException", query: None, status: 400, members: &[] },
    ErrorShape { code: "PolicyLengthExceededException", query: None, status: 400, members: &[] },
    ErrorShape { code: "ResourceAlreadyExistsException", query: None, status: 400, members: &[] },
    ErrorShape { code: "ResourceNotFoundException", query: None, status: 400, members: &[] },
    ErrorShape { code: "ValidationException", query: None, status: 400, members: &[] },
];

static UNSUPPORTED: [Route; 0] = [
];

static S_ACTION: Shape = string("Action", b(1, 64), Some(&P0), &[]);
static S_APP_SYNC_PARAMETERS: Shape = structure("AppSyncParameters", &[m("GraphQLOperation", &S_GRAPH_QLOPERATION)]);
static S_ARN: Shape = string("Arn", b(1, 1600), None, &[]);
static S_ASSIGN_PUBLIC_IP: Shape = string("AssignPublicIp", Bounds::NONE, None, &["ENABLED", "DISABLED"]);
static S_AWS_VPC_CONFIGURATION: Shape = structure("AwsVpcConfiguration", &[m("Subnets", &S_STRING_LIST).required(), m("SecurityGroups", &S_STRING_LIST), m("AssignPublicIp", &S_ASSIGN_PUBLIC_IP)]);
static S_BATCH_ARRAY_PROPERTIES: Shape = structure("BatchArrayProperties", &[m("Size", &S_INTEGER)]);
static S_BATCH_PARAMETERS: Shape = structure("BatchParameters", &[m("JobDefinition", &S_STRING).required(), m("JobName", &S_STRING).required(), m("ArrayProperties", &S_BATCH_ARRAY_PROPERTIES), m("RetryStrategy", &S_BATCH_RETRY_STRATEGY)]);
static S_BATCH_RETRY_STRATEGY: Shape = structure("BatchRetryStrategy", &[m("Attempts", &S_INTEGER)]);
static S_BOOLEAN: Shape = scalar("Boolean", Kind::Boolean);
static S_CAPACITY_PROVIDER: Shape = string("CapacityProvider", b(1, 255), None, &[]);
static S_CAPACITY_PROVIDER_STRATEGY: Shape = list("CapacityProviderStrategy", &S_CAPACITY_PROVIDER_STRATEGY_ITEM, "member", b(i64::MIN, 6));
static S_CAPACITY_PROVIDER_STRATEGY_ITEM: Shape = structure("CapacityProviderStrategyItem", &[m("capacityProvider", &S_CAPACITY_PROVIDER).required(), m("weight", &S_CAPACITY_PROVIDER_STRATEGY_ITEM_WEIGHT), m("base", &S_CAPACITY_PROVIDER_STRATEGY_ITEM_BASE)]);
static S_CAPACITY_PROVIDER_STRATEGY_ITEM_BASE: Shape = scalar("CapacityProviderStrategyItemBase", Kind::Integer(b(0, 100000)));
static S_CAPACITY_PROVIDER_STRATEGY_ITEM_WEIGHT: Shape = scalar("CapacityProviderStrategyItemWeight", Kind::Integer(b(0, 1000)));
static S_CONDITION: Shape = structure("Condition", &[m("Type", &S_STRING).required().read(), m("Key", &S_STRING).required().read(), m("Value", &S_STRING).required().read()]);
static S_CREATE_EVENT_BUS_REQUEST: Shape = structure("CreateEventBusRequest", &[m("Name", &S_EVENT_BUS_NAME).required().read(), m("EventSourceName", &S_EVENT_SOURCE_NAME), m("Description", &S_EVENT_BUS_DESCRIPTION).read(), m("KmsKeyIdentifier", &S_KMS_KEY_IDENTIFIER), m("DeadLetterConfig", &S_DEAD_LETTER_CONFIG), m("LogConfig", &S_LOG_CONFIG), m("Tags", &S_TAG_LIST).read()]);
static S_CREATE_EVENT_BUS_RESPONSE: Shape = structure("CreateEventBusResponse", &[m("EventBusArn", &S_STRING), m("Description", &S_EVENT_BUS_DESCRIPTION), m("KmsKeyIdentifier", &S_KMS_KEY_IDENTIFIER), m("DeadLetterConfig", &S_DEAD_LETTER_CONFIG), m("LogConfig", &S_LOG_CONFIG)]);
static S_CREATED_BY: Shape = string("CreatedBy", Bounds::NONE, None, &[]);
static S_DATABASE: Shape = string("Database", b(1, 64), None, &[]);
static S_DB_USER: Shape = string("DbUser", b(1, 128), None, &[]);
static S_DEAD_LETTER_CONFIG: Shape = structure("DeadLetterConfig", &[m("Arn", &S_RESOURCE_ARN).read()]);
static S_DELETE_EVENT_BUS_REQUEST: Shape = structure("DeleteEventBusRequest", &[m("Name", &S_EVENT_BUS_NAME).required().read()]);
static S_DELETE_RULE_REQUEST: Shape = structure("DeleteRuleRequest", &[m("Name", &S_RULE_NAME).required().read(), m("EventBusName", &S_EVENT_BUS_NAME_OR_ARN).read(), m("Force", &S_BOOLEAN).ignored("no rule is managed by a service of AWS's")]);
static S_DESCRIBE_EVENT_BUS_REQUEST: Shape = structure("DescribeEventBusRequest", &[m("Name", &S_EVENT_BUS_NAME_OR_ARN).read()]);
static S_DESCRIBE_EVENT_BUS_RESPONSE: Shape = structure("DescribeEventBusResponse", &[m("Name", &S_STRING), m("Arn", &S_STRING), m("Description", &S_EVENT_BUS_DESCRIPTION), m("KmsKeyIdentifier", &S_KMS_KEY_IDENTIFIER), m("DeadLetterConfig", &S_DEAD_LETTER_CONFIG), m("Policy", &S_STRING), m("LogConfig", &S_LOG_CONFIG), m("CreationTime", &S_TIMESTAMP), m("LastModifiedTime", &S_TIMESTAMP), m("ManagedBy", &S_MANAGED_BY)]);
static S_DESCRIBE_RULE_REQUEST: Shape = structure("DescribeRuleRequest", &[m("Name", &S_RULE_NAME).required().read(), m("EventBusName", &S_EVENT_BUS_NAME_OR_ARN).read()]);
static S_DESCRIBE_RULE_RESPONSE: Shape = structure("DescribeRuleResponse", &[m("Name", &S_RULE_NAME), m("Arn", &S_RULE_ARN), m("EventPattern", &S_EVENT_PATTERN), m("ScheduleExpression", &S_SCHEDULE_EXPRESSION), m("State", &S_RULE_STATE), m("Description", &S_RULE_DESCRIPTION), m("RoleArn", &S_ROLE_ARN), m("ManagedBy", &S_MANAGED_BY), m("EventBusName", &S_EVENT_BUS_NAME), m("CreatedBy", &S_CREATED_BY)]);
static S_DISABLE_RULE_REQUEST: Shape = structure("DisableRuleRequest", &[m("Name", &S_RULE_NAME).required().read(), m("EventBusName", &S_EVENT_BUS_NAME_OR_ARN).read()]);
static S_ECS_PARAMETERS: Shape = structure("EcsParameters", &[m("TaskDefinitionArn", &S_ARN).required(), m("TaskCount", &S_LIMIT_MIN1), m("LaunchType", &S_LAUNCH_TYPE), m("NetworkConfiguration", &S_NETWORK_CONFIGURATION), m("PlatformVersion", &S_STRING), m("Group", &S_STRING), m("CapacityProviderStrategy", &S_CAPACITY_PROVIDER_STRATEGY), m("EnableECSManagedTags", &S_BOOLEAN), m("EnableExecuteCommand", &S_BOOLEAN), m("PlacementConstraints", &S_PLACEMENT_CONSTRAINTS), m("PlacementStrategy", &S_PLACEMENT_STRATEGIES), m("PropagateTags", &S_PROPAGATE_TAGS), m("ReferenceId", &S_REFERENCE_ID), m("Tags", &S_TAG_LIST)]);
static S_ENABLE_RULE_REQUEST: Shape = structure("EnableRuleRequest", &[m("Name", &S_RULE_NAME).required().read(), m("EventBusName", &S_EVENT_BUS_NAME_OR_ARN).read()]);
static S_ENDPOINT_ID: Shape = string("EndpointId", b(1, 50), Some(&P1), &[]);
static S_ERROR_CODE: Shape = string("ErrorCode", Bounds::NONE, None, &[]);
static S_ERROR_MESSAGE: Shape = string("ErrorMessage", Bounds::NONE, None, &[]);
static S_EVENT_BUS: Shape = structure("EventBus", &[m("Name", &S_STRING), m("Arn", &S_STRING), m("Description", &S_EVENT_BUS_DESCRIPTION), m("Policy", &S_STRING), m("CreationTime", &S_TIMESTAMP), m("LastModifiedTime", &S_TIMESTAMP), m("ManagedBy", &S_MANAGED_BY)]);
static S_EVENT_BUS_DESCRIPTION: Shape = string("EventBusDescription", b(i64::MIN, 512), None, &[]);
static S_EVENT_BUS_LIST: Shape = list("EventBusList", &S_EVENT_BUS, "member", Bounds::NONE);
static S_EVENT_BUS_NAME: Shape = string("EventBusName", b(1, 256), Some(&P2), &[]);
static S_EVENT_BUS_NAME_OR_ARN: Shape = string("EventBusNameOrArn", b(1, 1600), Some(&P3), &[]);
static S_EVENT_ID: Shape = string("EventId", Bounds::NONE, None, &[]);
static S_EVENT_PATTERN: Shape = string("EventPattern", b(i64::MIN, 4096), None, &[]);
static S_EVENT_RESOURCE: Shape = string("EventResource", b(i64::MIN, 2048), None, &[]);
static S_EVENT_RESOURCE_LIST: Shape = list("EventResourceList", &S_EVENT_RESOURCE, "member", Bounds::NONE);
static S_EVENT_SOURCE_NAME: Shape = string("EventSourceName", b(1, 256), Some(&P4), &[]);
static S_EVENT_TIME: Shape = scalar("EventTime", Kind::Timestamp);
static S_GRAPH_QLOPERATION: Shape = string("GraphQLOperation", b(1, 1048576), None, &[]);
static S_HEADER_KEY: Shape = string("HeaderKey", b(i64::MIN, 512), Some(&P5), &[]);
static S_HEADER_PARAMETERS_MAP: Shape = map("HeaderParametersMap", &S_HEADER_KEY, &S_HEADER_VALUE, Bounds::NONE);
static S_HEADER_VALUE: Shape = string("HeaderValue", b(i64::MIN, 512), Some(&P6), &[]);
static S_HTTP_PARAMETERS: Shape = structure("HttpParameters", &[m("PathParameterValues", &S_PATH_PARAMETER_LIST), m("HeaderParameters", &S_HEADER_PARAMETERS_MAP), m("QueryStringParameters", &S_QUERY_STRING_PARAMETERS_MAP)]);
static S_INCLUDE_DETAIL: Shape = string("IncludeDetail", Bounds::NONE, None, &["NONE", "FULL"]);
static S_INPUT_TRANSFORMER: Shape = structure("InputTransformer", &[m("InputPathsMap", &S_TRANSFORMER_PATHS).read(), m("InputTemplate", &S_TRANSFORMER_INPUT).required().read()]);
static S_INPUT_TRANSFORMER_PATH_KEY: Shape = string("InputTransformerPathKey", b(1, 256), Some(&P7), &[]);
static S_INTEGER: Shape = scalar("Integer", Kind::Integer(Bounds::NONE));
static S_KINESIS_PARAMETERS: Shape = structure("KinesisParameters", &[m("PartitionKeyPath", &S_TARGET_PARTITION_KEY_PATH).required()]);
static S_KMS_KEY_IDENTIFIER: Shape = string("KmsKeyIdentifier", b(i64::MIN, 2048), Some(&P8), &[]);
static S_LAUNCH_TYPE: Shape = string("LaunchType", Bounds::NONE, None, &["EC2", "FARGATE", "EXTERNAL"]);
static S_LEVEL: Shape = string("Level", Bounds::NONE, None, &["OFF", "ERROR", "INFO", "TRACE"]);
static S_LIMIT_MAX100: Shape = scalar("LimitMax100", Kind::Integer(b(1, 100)));
static S_LIMIT_MIN1: Shape = scalar("LimitMin1", Kind::Integer(b(1, i64::MAX)));
static S_LIST_EVENT_BUSES_REQUEST: Shape = structure("ListEventBusesRequest", &[m("NamePrefix", &S_EVENT_BUS_NAME).read(), m("NextToken", &S_NEXT_TOKEN).read(), m("Limit", &S_LIMIT_MAX100).read()]);
static S_LIST_EVENT_BUSES_RESPONSE: Shape = structure("ListEventBusesResponse", &[m("EventBuses", &S_EVENT_BUS_LIST), m("NextToken", &S_NEXT_TOKEN)]);
static S_LIST_RULE_NAMES_BY_TARGET_REQUEST: Shape = structure("ListRuleNamesByTargetRequest", &[m("TargetArn", &S_TARGET_ARN).required().read(), m("EventBusName", &S_EVENT_BUS_NAME_OR_ARN).read(), m("NextToken", &S_NEXT_TOKEN).read(), m("Limit", &S_LIMIT_MAX100).read()]);
static S_LIST_RULE_NAMES_BY_TARGET_RESPONSE: Shape = structure("ListRuleNamesByTargetResponse", &[m("RuleNames", &S_RULE_NAME_LIST), m("NextToken", &S_NEXT_TOKEN)]);
static S_LIST_RULES_REQUEST: Shape = structure("ListRulesRequest", &[m("NamePrefix", &S_RULE_NAME).read(), m("EventBusName", &S_EVENT_BUS_NAME_OR_ARN).read(), m("NextToken", &S_NEXT_TOKEN).read(), m("Limit", &S_LIMIT_MAX100).read()]);
static S_LIST_RULES_RESPONSE: Shape = structure("ListRulesResponse", &[m("Rules", &S_RULE_RESPONSE_LIST), m("NextToken", &S_NEXT_TOKEN)]);
static S_LIST_TAGS_FOR_RESOURCE_REQUEST: Shape = structure("ListTagsForResourceRequest", &[m("ResourceARN", &S_ARN).required().read()]);
static S_LIST_TAGS_FOR_RESOURCE_RESPONSE: Shape = structure("ListTagsForResourceResponse", &[m("Tags", &S_TAG_LIST)]);
static S_LIST_TARGETS_BY_RULE_REQUEST: Shape = structure("ListTargetsByRuleRequest", &[m("Rule", &S_RULE_NAME).required().read(), m("EventBusName", &S_EVENT_BUS_NAME_OR_ARN).read(), m("NextToken", &S_NEXT_TOKEN).read(), m("Limit", &S_LIMIT_MAX100).read()]);
static S_LIST_TARGETS_BY_RULE_RESPONSE: Shape = structure("ListTargetsByRuleResponse", &[m("Targets", &S_TARGET_LIST), m("NextToken", &S_NEXT_TOKEN)]);
static S_LOG_CONFIG: Shape = structure("LogConfig", &[m("IncludeDetail", &S_INCLUDE_DETAIL), m("Level", &S_LEVEL)]);
static S_MANAGED_BY: Shape = string("ManagedBy", Bounds::NONE, None, &[]);
static S_MAXIMUM_EVENT_AGE_IN_SECONDS: Shape = scalar("MaximumEventAgeInSeconds", Kind::Integer(b(60, 86400)));
static S_MAXIMUM_RETRY_ATTEMPTS: Shape = scalar("MaximumRetryAttempts", Kind::Integer(b(0, 185)));
static S_MESSAGE_GROUP_ID: Shape = string("MessageGroupId", b(i64::MIN, 100), None, &[]);
static S_NETWORK_CONFIGURATION: Shape = structure("NetworkConfiguration", &[m("awsvpcConfiguration", &S_AWS_VPC_CONFIGURATION)]);
static S_NEXT_TOKEN: Shape = string("NextToken", b(1, 2048), None, &[]);
static S_NON_PARTNER_EVENT_BUS_NAME: Shape = string("NonPartnerEventBusName", b(1, 256), Some(&P9), &[]);
static S_NON_PARTNER_EVENT_BUS_NAME_OR_ARN: Shape = string("NonPartnerEventBusNameOrArn", b(1, 1600), Some(&P10), &[]);
static S_PATH_PARAMETER: Shape = string("PathParameter", Bounds::NONE, Some(&P11), &[]);
static S_PATH_PARAMETER_LIST: Shape = list("PathParameterList", &S_PATH_PARAMETER, "member", Bounds::NONE);
static S_PLACEMENT_CONSTRAINT: Shape = structure("PlacementConstraint", &[m("type", &S_PLACEMENT_CONSTRAINT_TYPE), m("expression", &S_PLACEMENT_CONSTRAINT_EXPRESSION)]);
static S_PLACEMENT_CONSTRAINT_EXPRESSION: Shape = string("PlacementConstraintExpression", b(i64::MIN, 2000), None, &[]);
static S_PLACEMENT_CONSTRAINT_TYPE: Shape = string("PlacementConstraintType", Bounds::NONE, None, &["distinctInstance", "memberOf"]);
static S_PLACEMENT_CONSTRAINTS: Shape = list("PlacementConstraints", &S_PLACEMENT_CONSTRAINT, "member", b(i64::MIN, 10));
static S_PLACEMENT_STRATEGIES: Shape = list("PlacementStrategies", &S_PLACEMENT_STRATEGY, "member", b(i64::MIN, 5));
static S_PLACEMENT_STRATEGY: Shape = structure("PlacementStrategy", &[m("type", &S_PLACEMENT_STRATEGY_TYPE), m("field", &S_PLACEMENT_STRATEGY_FIELD)]);
static S_PLACEMENT_STRATEGY_FIELD: Shape = string("PlacementStrategyField", b(i64::MIN, 255), None, &[]);
static S_PLACEMENT_STRATEGY_TYPE: Shape = string("PlacementStrategyType", Bounds::NONE, None, &["random", "spread", "binpack"]);
static S_PRINCIPAL: Shape = string("Principal", b(1, 12), Some(&P12), &[]);
static S_PROPAGATE_TAGS: Shape = string("PropagateTags", Bounds::NONE, None, &["TASK_DEFINITION"]);
static S_PUT_EVENTS_REQUEST: Shape = structure("PutEventsRequest", &[m("Entries", &S_PUT_EVENTS_REQUEST_ENTRY_LIST).required().read(), m("EndpointId", &S_ENDPOINT_ID)]);
static S_PUT_EVENTS_REQUEST_ENTRY: Shape = structure("PutEventsRequestEntry", &[m("Time", &S_EVENT_TIME).read(), m("Source", &S_STRING).read(), m("Resources", &S_EVENT_RESOURCE_LIST).read(), m("DetailType", &S_STRING).read(), m("Detail", &S_STRING).read(), m("EventBusName", &S_NON_PARTNER_EVENT_BUS_NAME_OR_ARN).read(), m("TraceHeader", &S_TRACE_HEADER).read()]);
static S_PUT_EVENTS_REQUEST_ENTRY_LIST: Shape = list("PutEventsRequestEntryList", &S_PUT_EVENTS_REQUEST_ENTRY, "member", b(1, 10));
static S_PUT_EVENTS_RESPONSE: Shape = structure("PutEventsResponse", &[m("FailedEntryCount", &S_INTEGER), m("Entries", &S_PUT_EVENTS_RESULT_ENTRY_LIST)]);
static S_PUT_EVENTS_RESULT_ENTRY: Shape = structure("PutEventsResultEntry", &[m("EventId", &S_EVENT_ID), m("ErrorCode", &S_ERROR_CODE), m("ErrorMessage", &S_ERROR_MESSAGE)]);
static S_PUT_EVENTS_RESULT_ENTRY_LIST: Shape = list("PutEventsResultEntryList", &S_PUT_EVENTS_RESULT_ENTRY, "member", Bounds::NONE);
static S_PUT_PERMISSION_REQUEST: Shape = structure("PutPermissionRequest", &[m("EventBusName", &S_NON_PARTNER_EVENT_BUS_NAME).read(), m("Action", &S_ACTION).read(), m("Principal", &S_PRINCIPAL).read(), m("StatementId", &S_STATEMENT_ID).read(), m("Condition", &S_CONDITION).read(), m("Policy", &S_STRING).read()]);
static S_PUT_RULE_REQUEST: Shape = structure("PutRuleRequest", &[m("Name", &S_RULE_NAME).required().read(), m("ScheduleExpression", &S_SCHEDULE_EXPRESSION).read(), m("EventPattern", &S_EVENT_PATTERN).read(), m("State", &S_RULE_STATE).read(), m("Description", &S_RULE_DESCRIPTION).read(), m("RoleArn", &S_ROLE_ARN).read(), m("Tags", &S_TAG_LIST).read(), m("EventBusName", &S_EVENT_BUS_NAME_OR_ARN).read()]);
static S_PUT_RULE_RESPONSE: Shape = structure("PutRuleResponse", &[m("RuleArn", &S_RULE_ARN)]);
static S_PUT_TARGETS_REQUEST: Shape = structure("PutTargetsRequest", &[m("Rule", &S_RULE_NAME).required().read(), m("EventBusName", &S_EVENT_BUS_NAME_OR_ARN).read(), m("Targets", &S_TARGET_LIST).required().read()]);
static S_PUT_TARGETS_RESPONSE: Shape = structure("PutTargetsResponse", &[m("FailedEntryCount", &S_INTEGER), m("FailedEntries", &S_PUT_TARGETS_RESULT_ENTRY_LIST)]);
static S_PUT_TARGETS_RESULT_ENTRY: Shape = structure("PutTargetsResultEntry", &[m("TargetId", &S_TARGET_ID), m("ErrorCode", &S_ERROR_CODE), m("ErrorMessage", &S_ERROR_MESSAGE)]);
static S_PUT_TARGETS_RESULT_ENTRY_LIST: Shape = list("PutTargetsResultEntryList", &S_PUT_TARGETS_RESULT_ENTRY, "member", Bounds::NONE);
static S_QUERY_STRING_KEY: Shape = string("QueryStringKey", b(i64::MIN, 512), Some(&P13), &[]);
static S_QUERY_STRING_PARAMETERS_MAP: Shape = map("QueryStringParametersMap", &S_QUERY_STRING_KEY, &S_QUERY_STRING_VALUE, Bounds::NONE);
static S_QUERY_STRING_VALUE: Shape = string("QueryStringValue", b(i64::MIN, 512), Some(&P14), &[]);
static S_REDSHIFT_DATA_PARAMETERS: Shape = structure("RedshiftDataParameters", &[m("SecretManagerArn", &S_REDSHIFT_SECRET_MANAGER_ARN), m("Database", &S_DATABASE).required(), m("DbUser", &S_DB_USER), m("Sql", &S_SQL), m("StatementName", &S_STATEMENT_NAME), m("WithEvent", &S_BOOLEAN), m("Sqls", &S_SQLS)]);
static S_REDSHIFT_SECRET_MANAGER_ARN: Shape = string("RedshiftSecretManagerArn", b(1, 1600), Some(&P15), &[]);
static S_REFERENCE_ID: Shape = string("ReferenceId", b(i64::MIN, 1024), None, &[]);
static S_REMOVE_PERMISSION_REQUEST: Shape = structure("RemovePermissionRequest", &[m("StatementId", &S_STATEMENT_ID).read(), m("RemoveAllPermissions", &S_BOOLEAN).read(), m("EventBusName", &S_NON_PARTNER_EVENT_BUS_NAME).read()]);
static S_REMOVE_TARGETS_REQUEST: Shape = structure("RemoveTargetsRequest", &[m("Rule", &S_RULE_NAME).required().read(), m("EventBusName", &S_EVENT_BUS_NAME_OR_ARN).read(), m("Ids", &S_TARGET_ID_LIST).required().read(), m("Force", &S_BOOLEAN).ignored("no rule is managed by a service of AWS's")]);
static S_REMOVE_TARGETS_RESPONSE: Shape = structure("RemoveTargetsResponse", &[m("FailedEntryCount", &S_INTEGER), m("FailedEntries", &S_REMOVE_TARGETS_RESULT_ENTRY_LIST)]);
static S_REMOVE_TARGETS_RESULT_ENTRY: Shape = structure("RemoveTargetsResultEntry", &[m("TargetId", &S_TARGET_ID), m("ErrorCode", &S_ERROR_CODE), m("ErrorMessage", &S_ERROR_MESSAGE)]);
static S_REMOVE_TARGETS_RESULT_ENTRY_LIST: Shape = list("RemoveTargetsResultEntryList", &S_REMOVE_TARGETS_RESULT_ENTRY, "member", Bounds::NONE);
static S_RESOURCE_ARN: Shape = string("ResourceArn", b(1, 1600), None, &[]);
static S_RETRY_POLICY: Shape = structure("RetryPolicy", &[m("MaximumRetryAttempts", &S_MAXIMUM_RETRY_ATTEMPTS).read(), m("MaximumEventAgeInSeconds", &S_MAXIMUM_EVENT_AGE_IN_SECONDS).read()]);
static S_ROLE_ARN: Shape = string("RoleArn", b(1, 1600), None, &[]);
static S_RULE: Shape = structure("Rule", &[m("Name", &S_RULE_NAME), m("Arn", &S_RULE_ARN), m("EventPattern", &S_EVENT_PATTERN), m("State", &S_RULE_STATE), m("Description", &S_RULE_DESCRIPTION), m("ScheduleExpression", &S_SCHEDULE_EXPRESSION), m("RoleArn", &S_ROLE_ARN), m("ManagedBy", &S_MANAGED_BY), m("EventBusName", &S_EVENT_BUS_NAME)]);
static S_RULE_ARN: Shape = string("RuleArn", Bounds::NONE, None, &[]);
static S_RULE_DESCRIPTION: Shape = string("RuleDescription", b(i64::MIN, 512), None, &[]);
static S_RULE_NAME: Shape = string("RuleName", b(1, 64), Some(&P9), &[]);
static S_RULE_NAME_LIST: Shape = list("RuleNameList", &S_RULE_NAME, "member", Bounds::NONE);
static S_RULE_RESPONSE_LIST: Shape = list("RuleResponseList", &S_RULE, "member", Bounds::NONE);
static S_RULE_STATE: Shape = string("RuleState", Bounds::NONE, None, &["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"]);
static S_RUN_COMMAND_PARAMETERS: Shape = structure("RunCommandParameters", &[m("RunCommandTargets", &S_RUN_COMMAND_TARGETS).required()]);
static S_RUN_COMMAND_TARGET: Shape = structure("RunCommandTarget", &[m("Key", &S_RUN_COMMAND_TARGET_KEY).required(), m("Values", &S_RUN_COMMAND_TARGET_VALUES).required()]);
static S_RUN_COMMAND_TARGET_KEY: Shape = string("RunCommandTargetKey", b(1, 128), Some(&P16), &[]);
static S_RUN_COMMAND_TARGET_VALUE: Shape = string("RunCommandTargetValue", b(1, 256), None, &[]);
static S_RUN_COMMAND_TARGET_VALUES: Shape = list("RunCommandTargetValues", &S_RUN_COMMAND_TARGET_VALUE, "member", b(1, 50));
static S_RUN_COMMAND_TARGETS: Shape = list("RunCommandTargets", &S_RUN_COMMAND_TARGET, "member", b(1, 5));
static S_SAGE_MAKER_PIPELINE_PARAMETER: Shape = structure("SageMakerPipelineParameter", &[m("Name", &S_SAGE_MAKER_PIPELINE_PARAMETER_NAME).required(), m("Value", &S_SAGE_MAKER_PIPELINE_PARAMETER_VALUE).required()]);
static S_SAGE_MAKER_PIPELINE_PARAMETER_LIST: Shape = list("SageMakerPipelineParameterList", &S_SAGE_MAKER_PIPELINE_PARAMETER, "member", b(0, 200));
static S_SAGE_MAKER_PIPELINE_PARAMETER_NAME: Shape = string("SageMakerPipelineParameterName", b(1, 256), Some(&P17), &[]);
static S_SAGE_MAKER_PIPELINE_PARAMETER_VALUE: Shape = string("SageMakerPipelineParameterValue", b(i64::MIN, 1024), None, &[]);
static S_SAGE_MAKER_PIPELINE_PARAMETERS: Shape = structure("SageMakerPipelineParameters", &[m("PipelineParameterList", &S_SAGE_MAKER_PIPELINE_PARAMETER_LIST)]);
static S_SCHEDULE_EXPRESSION: Shape = string("ScheduleExpression", b(i64::MIN, 256), None, &[]);
static S_SQL: Shape = string("Sql", b(1, 100000), None, &[]);
static S_SQLS: Shape = list("Sqls", &S_SQL, "member", b(0, 40));
static S_SQS_PARAMETERS: Shape = structure("SqsParameters", &[m("MessageGroupId", &S_MESSAGE_GROUP_ID).read()]);
static S_STATEMENT_ID: Shape = string("StatementId", b(1, 64), Some(&P18), &[]);
static S_STATEMENT_NAME: Shape = string("StatementName", b(1, 500), None, &[]);
static S_STRING: Shape = string("String", Bounds::NONE, None, &[]);
static S_STRING_LIST: Shape = list("StringList", &S_STRING, "member", Bounds::NONE);
static S_TAG: Shape = structure("Tag", &[m("Key", &S_TAG_KEY).required().read(), m("Value", &S_TAG_VALUE).required().read()]);
static S_TAG_KEY: Shape = string("TagKey", b(1, 128), None, &[]);
static S_TAG_KEY_LIST: Shape = list("TagKeyList", &S_TAG_KEY, "member", Bounds::NONE);
static S_TAG_LIST: Shape = list("TagList", &S_TAG, "member", Bounds::NONE);
static S_TAG_RESOURCE_REQUEST: Shape = structure("TagResourceRequest", &[m("ResourceARN", &S_ARN).required().read(), m("Tags", &S_TAG_LIST).required().read()]);
static S_TAG_RESOURCE_RESPONSE: Shape = structure("TagResourceResponse", &[]);
static S_TAG_VALUE: Shape = string("TagValue", b(0, 256), None, &[]);
static S_TARGET: Shape = structure("Target", &[m("Id", &S_TARGET_ID).required().read(), m("Arn", &S_TARGET_ARN).required().read(), m("RoleArn", &S_ROLE_ARN).read(), m("Input", &S_TARGET_INPUT).read(), m("InputPath", &S_TARGET_INPUT_PATH).read(), m("InputTransformer", &S_INPUT_TRANSFORMER).read(), m("KinesisParameters", &S_KINESIS_PARAMETERS), m("RunCommandParameters", &S_RUN_COMMAND_PARAMETERS), m("EcsParameters", &S_ECS_PARAMETERS), m("BatchParameters", &S_BATCH_PARAMETERS), m("SqsParameters", &S_SQS_PARAMETERS).read(), m("HttpParameters", &S_HTTP_PARAMETERS), m("RedshiftDataParameters", &S_REDSHIFT_DATA_PARAMETERS), m("SageMakerPipelineParameters", &S_SAGE_MAKER_PIPELINE_PARAMETERS), m("DeadLetterConfig", &S_DEAD_LETTER_CONFIG).read(), m("RetryPolicy", &S_RETRY_POLICY).read(), m("AppSyncParameters", &S_APP_SYNC_PARAMETERS)]);
static S_TARGET_ARN: Shape = string("TargetArn", b(1, 1600), None, &[]);
static S_TARGET_ID: Shape = string("TargetId", b(1, 64), Some(&P9), &[]);
static S_TARGET_ID_LIST: Shape = list("TargetIdList", &S_TARGET_ID, "member", b(1, 100));
static S_TARGET_INPUT: Shape = string("TargetInput", b(i64::MIN, 8192), None, &[]);
static S_TARGET_INPUT_PATH: Shape = string("TargetInputPath", b(i64::MIN, 256), None, &[]);
static S_TARGET_LIST: Shape = list("TargetList", &S_TARGET, "member", b(1, 100));
static S_TARGET_PARTITION_KEY_PATH: Shape = string("TargetPartitionKeyPath", b(i64::MIN, 256), None, &[]);
static S_TEST_EVENT_PATTERN_REQUEST: Shape = structure("TestEventPatternRequest", &[m("EventPattern", &S_EVENT_PATTERN).required().read(), m("Event", &S_STRING).required().read()]);
static S_TEST_EVENT_PATTERN_RESPONSE: Shape = structure("TestEventPatternResponse", &[m("Result", &S_BOOLEAN)]);
static S_TIMESTAMP: Shape = scalar("Timestamp", Kind::Timestamp);
static S_TRACE_HEADER: Shape = string("TraceHeader", b(1, 500), None, &[]);
static S_TRANSFORMER_INPUT: Shape = string("TransformerInput", b(1, 8192), None, &[]);
static S_TRANSFORMER_PATHS: Shape = map("TransformerPaths", &S_INPUT_TRANSFORMER_PATH_KEY, &S_TARGET_INPUT_PATH, b(i64::MIN, 100));
static S_UNTAG_RESOURCE_REQUEST: Shape = structure("UntagResourceRequest", &[m("ResourceARN", &S_ARN).required().read(), m("TagKeys", &S_TAG_KEY_LIST).required().read()]);
static S_UNTAG_RESOURCE_RESPONSE: Shape = structure("UntagResourceResponse", &[]);
static S_UPDATE_EVENT_BUS_REQUEST: Shape = structure("UpdateEventBusRequest", &[m("Name", &S_EVENT_BUS_NAME).read(), m("KmsKeyIdentifier", &S_KMS_KEY_IDENTIFIER), m("Description", &S_EVENT_BUS_DESCRIPTION).read(), m("DeadLetterConfig", &S_DEAD_LETTER_CONFIG), m("LogConfig", &S_LOG_CONFIG)]);
static S_UPDATE_EVENT_BUS_RESPONSE: Shape = structure("UpdateEventBusResponse", &[m("Arn", &S_STRING), m("Name", &S_EVENT_BUS_NAME), m("KmsKeyIdentifier", &S_KMS_KEY_IDENTIFIER), m("Description", &S_EVENT_BUS_DESCRIPTION), m("DeadLetterConfig", &S_DEAD_LETTER_CONFIG), m("LogConfig", &S_LOG_CONFIG)]);
static P0: Pattern = Pattern::new("events:[a-zA-Z]+", "events:[a-zA-Z]+");
static P1: Pattern = Pattern::new("^[A-Za-z0-9\\-]+[\\.][A-Za-z0-9\\-]+$", "^[A-Za-z0-9\\-]+[\\.][A-Za-z0-9\\-]+$");
static P2: Pattern = Pattern::new("[/\\.\\-_A-Za-z0-9]+", "[/\\.\\-_A-Za-z0-9]+");
static P3: Pattern = Pattern::new("(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[/\\.\\-_A-Za-z0-9]+", "(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[/\\.\\-_A-Za-z0-9]+");
static P4: Pattern = Pattern::new("aws\\.partner(/[\\.\\-_A-Za-z0-9]+){2,}", "aws\\.partner(/[\\.\\-_A-Za-z0-9]+){2,}");
static P5: Pattern = Pattern::new("^[!#$%&'*+-.^_`|~0-9a-zA-Z]+$", "^[!#$%&'*+-.^_`|~0-9a-zA-Z]+$");
static P6: Pattern = Pattern::new("^[ \\t]*[\\x20-\\x7E]+([ \\t]+[\\x20-\\x7E]+)*[ \\t]*$", "^[ \\t]*[\\x20-\\x7E]+([ \\t]+[\\x20-\\x7E]+)*[ \\t]*$");
static P7: Pattern = Pattern::new("[A-Za-z0-9\\_\\-]+", "[A-Za-z0-9\\_\\-]+");
static P8: Pattern = Pattern::new("^[a-zA-Z0-9_\\-/:]*$", "^[a-zA-Z0-9_\\-/:]*$");
static P9: Pattern = Pattern::new("[\\.\\-_A-Za-z0-9]+", "[\\.\\-_A-Za-z0-9]+");
static P10: Pattern = Pattern::new("(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[\\.\\-_A-Za-z0-9]+", "(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[\\.\\-_A-Za-z0-9]+");
static P11: Pattern = Pattern::new("^(?!\\s*$).+", ".*\\S.*");
static P12: Pattern = Pattern::new("(\\d{12}|\\*)", "(\\d{12}|\\*)");
static P13: Pattern = Pattern::new("[^\\x00-\\x1F\\x7F]+", "[^\\x00-\\x1F\\x7F]+");
static P14: Pattern = Pattern::new("[^\\x00-\\x09\\x0B\\x0C\\x0E-\\x1F\\x7F]+", "[^\\x00-\\x09\\x0B\\x0C\\x0E-\\x1F\\x7F]+");
static P15: Pattern = Pattern::new("(^arn:aws([a-z]|\\-)*:secretsmanager:[a-z0-9-.]+:.*)|(\\$(\\.[\\w_-]+(\\[(\\d+|\\*)\\])*)*)", "(^arn:aws([a-z]|\\-)*:secretsmanager:[a-z0-9-.]+:.*)|(\\$(\\.[\\w_-]+(\\[(\\d+|\\*)\\])*)*)");
static P16: Pattern = Pattern::tag_text("^[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$");
static P17: Pattern = Pattern::new("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$", "^[a-zA-Z0-9](-*[a-zA-Z0-9])*$");
static P18: Pattern = Pattern::new("[a-zA-Z0-9-_]+", "[a-zA-Z0-9-_]+");
