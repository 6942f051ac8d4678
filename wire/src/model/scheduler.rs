//! Amazon EventBridge Scheduler 2021-06-30. Written by `cargo xtask codegen`.
#![allow(clippy::all)]
#![allow(unused_imports, reason = "no table needs every one")]
use super::build::*;
use super::op::{self, scheduler::Op};
use super::operation::{ErrorShape, Operation, Protocol, Route, Service};
use super::pattern::Pattern;
use super::shape::{Bounds, Kind, Location, Member, Shape};

/// The service.
pub static SERVICE: Service = Service { name: "scheduler", signing: "scheduler", version: "2021-06-30", protocol: Protocol::RestJson, namespace: "", target: "", json: "", error_prefix: "", operations: &OPERATIONS, errors: &ERRORS, unsupported: &UNSUPPORTED, also: None };

static OPERATIONS: [Operation; 12] = [
    Operation { op: op::Op::Scheduler(Op::CreateSchedule), name: "CreateSchedule", service: &SERVICE, method: "POST", uri: "/schedules/{Name}", status: 200, input: Some(&S_CREATE_SCHEDULE_INPUT), output: Some(&S_CREATE_SCHEDULE_OUTPUT), note: "" },
    Operation { op: op::Op::Scheduler(Op::CreateScheduleGroup), name: "CreateScheduleGroup", service: &SERVICE, method: "POST", uri: "/schedule-groups/{Name}", status: 200, input: Some(&S_CREATE_SCHEDULE_GROUP_INPUT), output: Some(&S_CREATE_SCHEDULE_GROUP_OUTPUT), note: "" },
    Operation { op: op::Op::Scheduler(Op::DeleteSchedule), name: "DeleteSchedule", service: &SERVICE, method: "DELETE", uri: "/schedules/{Name}", status: 200, input: Some(&S_DELETE_SCHEDULE_INPUT), output: Some(&S_DELETE_SCHEDULE_OUTPUT), note: "" },
    Operation { op: op::Op::Scheduler(Op::DeleteScheduleGroup), name: "DeleteScheduleGroup", service: &SERVICE, method: "DELETE", uri: "/schedule-groups/{Name}", status: 200, input: Some(&S_DELETE_SCHEDULE_GROUP_INPUT), output: Some(&S_DELETE_SCHEDULE_GROUP_OUTPUT), note: "" },
    Operation { op: op::Op::Scheduler(Op::GetSchedule), name: "GetSchedule", service: &SERVICE, method: "GET", uri: "/schedules/{Name}", status: 200, input: Some(&S_GET_SCHEDULE_INPUT), output: Some(&S_GET_SCHEDULE_OUTPUT), note: "" },
    Operation { op: op::Op::Scheduler(Op::GetScheduleGroup), name: "GetScheduleGroup", service: &SERVICE, method: "GET", uri: "/schedule-groups/{Name}", status: 200, input: Some(&S_GET_SCHEDULE_GROUP_INPUT), output: Some(&S_GET_SCHEDULE_GROUP_OUTPUT), note: "" },
    Operation { op: op::Op::Scheduler(Op::ListScheduleGroups), name: "ListScheduleGroups", service: &SERVICE, method: "GET", uri: "/schedule-groups", status: 200, input: Some(&S_LIST_SCHEDULE_GROUPS_INPUT), output: Some(&S_LIST_SCHEDULE_GROUPS_OUTPUT), note: "" },
    Operation { op: op::Op::Scheduler(Op::ListSchedules), name: "ListSchedules", service: &SERVICE, method: "GET", uri: "/schedules", status: 200, input: Some(&S_LIST_SCHEDULES_INPUT), output: Some(&S_LIST_SCHEDULES_OUTPUT), note: "" },
    Operation { op: op::Op::Scheduler(Op::ListTagsForResource), name: "ListTagsForResource", service: &SERVICE, method: "GET", uri: "/tags/{ResourceArn}", status: 200, input: Some(&S_LIST_TAGS_FOR_RESOURCE_INPUT), output: Some(&S_LIST_TAGS_FOR_RESOURCE_OUTPUT), note: "" },
    Operation { op: op::Op::Scheduler(Op::TagResource), name: "TagResource", service: &SERVICE, method: "POST", uri: "/tags/{ResourceArn}", status: 200, input: Some(&S_TAG_RESOURCE_INPUT), output: Some(&S_TAG_RESOURCE_OUTPUT), note: "" },
    Operation { op: op::Op::Scheduler(Op::UntagResource), name: "UntagResource", service: &SERVICE, method: "DELETE", uri: "/tags/{ResourceArn}", status: 200, input: Some(&S_UNTAG_RESOURCE_INPUT), output: Some(&S_UNTAG_RESOURCE_OUTPUT), note: "" },
    Operation { op: op::Op::Scheduler(Op::UpdateSchedule), name: "UpdateSchedule", service: &SERVICE, method: "PUT", uri: "/schedules/{Name}", status: 200, input: Some(&S_UPDATE_SCHEDULE_INPUT), output: Some(&S_UPDATE_SCHEDULE_OUTPUT), note: "" },
];

static ERRORS: [ErrorShape; 6] = [
    ErrorShape { code: "ConflictException", query: None, status: 409, members: &[m("Message", &S_STRING).required()] },
    ErrorShape { code: "InternalServerException", query: None, status: 500, members: &[m("Message", &S_STRING).required()] },
    ErrorShape { code: "ResourceNotFoundException", query: None, status: 404, members: &[m("Message", &S_STRING).required()] },
    ErrorShape { code: "ServiceQuotaExceededException", query: None, status: 402, members: &[m("Message", &S_STRING).required()] },
    ErrorShape { code: "ThrottlingException", query: None, status: 429, members: &[m("Message", &S_STRING).required()] },
    ErrorShape { code: "ValidationException", query: None, status: 400, members: &[m("Message", &S_STRING).required()] },
];

static UNSUPPORTED: [Route; 0] = [
];

static S_ACTION_AFTER_COMPLETION: Shape = string("ActionAfterCompletion", Bounds::NONE, None, &["NONE", "DELETE"]);
static S_ASSIGN_PUBLIC_IP: Shape = string("AssignPublicIp", Bounds::NONE, None, &["ENABLED", "DISABLED"]);
static S_AWS_VPC_CONFIGURATION: Shape = structure("AwsVpcConfiguration", &[m("Subnets", &S_SUBNETS).required(), m("SecurityGroups", &S_SECURITY_GROUPS), m("AssignPublicIp", &S_ASSIGN_PUBLIC_IP)]);
static S_CAPACITY_PROVIDER: Shape = string("CapacityProvider", b(1, 255), None, &[]);
static S_CAPACITY_PROVIDER_STRATEGY: Shape = list("CapacityProviderStrategy", &S_CAPACITY_PROVIDER_STRATEGY_ITEM, "member", b(0, 6));
static S_CAPACITY_PROVIDER_STRATEGY_ITEM: Shape = structure("CapacityProviderStrategyItem", &[m("capacityProvider", &S_CAPACITY_PROVIDER).required(), m("weight", &S_CAPACITY_PROVIDER_STRATEGY_ITEM_WEIGHT), m("base", &S_CAPACITY_PROVIDER_STRATEGY_ITEM_BASE)]);
static S_CAPACITY_PROVIDER_STRATEGY_ITEM_BASE: Shape = scalar("CapacityProviderStrategyItemBase", Kind::Integer(b(0, 100000)));
static S_CAPACITY_PROVIDER_STRATEGY_ITEM_WEIGHT: Shape = scalar("CapacityProviderStrategyItemWeight", Kind::Integer(b(0, 1000)));
static S_CLIENT_TOKEN: Shape = string("ClientToken", b(1, 64), Some(&P0), &[]);
static S_CREATE_SCHEDULE_GROUP_INPUT: Shape = structure("CreateScheduleGroupInput", &[ml("Name", "Name", Location::Uri, &S_SCHEDULE_GROUP_NAME).required().read(), m("Tags", &S_TAG_LIST).read(), m("ClientToken", &S_CLIENT_TOKEN).token().read()]);
static S_CREATE_SCHEDULE_GROUP_OUTPUT: Shape = structure("CreateScheduleGroupOutput", &[m("ScheduleGroupArn", &S_SCHEDULE_GROUP_ARN).required()]);
static S_CREATE_SCHEDULE_INPUT: Shape = structure("CreateScheduleInput", &[ml("Name", "Name", Location::Uri, &S_NAME).required().read(), m("GroupName", &S_SCHEDULE_GROUP_NAME).read(), m("ScheduleExpression", &S_SCHEDULE_EXPRESSION).required().read(), m("StartDate", &S_START_DATE).read(), m("EndDate", &S_END_DATE).read(), m("Description", &S_DESCRIPTION).read(), m("ScheduleExpressionTimezone", &S_SCHEDULE_EXPRESSION_TIMEZONE).read(), m("State", &S_SCHEDULE_STATE).read(), m("KmsKeyArn", &S_KMS_KEY_ARN), m("Target", &S_TARGET).required().read(), m("FlexibleTimeWindow", &S_FLEXIBLE_TIME_WINDOW).required().read(), m("ClientToken", &S_CLIENT_TOKEN).token().read(), m("ActionAfterCompletion", &S_ACTION_AFTER_COMPLETION).read()]);
static S_CREATE_SCHEDULE_OUTPUT: Shape = structure("CreateScheduleOutput", &[m("ScheduleArn", &S_SCHEDULE_ARN).required()]);
static S_CREATION_DATE: Shape = scalar("CreationDate", Kind::Timestamp);
static S_DEAD_LETTER_CONFIG: Shape = structure("DeadLetterConfig", &[m("Arn", &S_DEAD_LETTER_CONFIG_ARN_STRING).read()]);
static S_DEAD_LETTER_CONFIG_ARN_STRING: Shape = string("DeadLetterConfigArnString", b(1, 1600), Some(&P1), &[]);
static S_DELETE_SCHEDULE_GROUP_INPUT: Shape = structure("DeleteScheduleGroupInput", &[ml("Name", "Name", Location::Uri, &S_SCHEDULE_GROUP_NAME).required().read(), ml("ClientToken", "clientToken", Location::Query, &S_CLIENT_TOKEN).token().read()]);
static S_DELETE_SCHEDULE_GROUP_OUTPUT: Shape = structure("DeleteScheduleGroupOutput", &[]);
static S_DELETE_SCHEDULE_INPUT: Shape = structure("DeleteScheduleInput", &[ml("Name", "Name", Location::Uri, &S_NAME).required().read(), ml("GroupName", "groupName", Location::Query, &S_SCHEDULE_GROUP_NAME).read(), ml("ClientToken", "clientToken", Location::Query, &S_CLIENT_TOKEN).token().read()]);
static S_DELETE_SCHEDULE_OUTPUT: Shape = structure("DeleteScheduleOutput", &[]);
static S_DESCRIPTION: Shape = string("Description", b(0, 512), None, &[]);
static S_DETAIL_TYPE: Shape = string("DetailType", b(1, 128), None, &[]);
static S_ECS_PARAMETERS: Shape = structure("EcsParameters", &[m("TaskDefinitionArn", &S_TASK_DEFINITION_ARN).required(), m("TaskCount", &S_TASK_COUNT), m("LaunchType", &S_LAUNCH_TYPE), m("NetworkConfiguration", &S_NETWORK_CONFIGURATION), m("PlatformVersion", &S_PLATFORM_VERSION), m("Group", &S_GROUP), m("CapacityProviderStrategy", &S_CAPACITY_PROVIDER_STRATEGY), m("EnableECSManagedTags", &S_ENABLE_ECSMANAGED_TAGS), m("EnableExecuteCommand", &S_ENABLE_EXECUTE_COMMAND), m("PlacementConstraints", &S_PLACEMENT_CONSTRAINTS), m("PlacementStrategy", &S_PLACEMENT_STRATEGIES), m("PropagateTags", &S_PROPAGATE_TAGS), m("ReferenceId", &S_REFERENCE_ID), m("Tags", &S_TAGS)]);
static S_ENABLE_ECSMANAGED_TAGS: Shape = scalar("EnableECSManagedTags", Kind::Boolean);
static S_ENABLE_EXECUTE_COMMAND: Shape = scalar("EnableExecuteCommand", Kind::Boolean);
static S_END_DATE: Shape = scalar("EndDate", Kind::Timestamp);
static S_EVENT_BRIDGE_METADATA_KEY: Shape = string("EventBridgeMetadataKey", b(1, 128), Some(&P2), &[]);
static S_EVENT_BRIDGE_METADATA_MAP: Shape = map("EventBridgeMetadataMap", &S_EVENT_BRIDGE_METADATA_KEY, &S_EVENT_BRIDGE_METADATA_VALUE, b(0, 100));
static S_EVENT_BRIDGE_METADATA_VALUE: Shape = string("EventBridgeMetadataValue", b(1, i64::MAX), None, &[]);
static S_EVENT_BRIDGE_PARAMETERS: Shape = structure("EventBridgeParameters", &[m("DetailType", &S_DETAIL_TYPE).required().read(), m("Source", &S_SOURCE).required().read()]);
static S_EVENT_BRIDGE_PUT_EVENTS_V2_PARAMETERS: Shape = structure("EventBridgePutEventsV2Parameters", &[m("DetailType", &S_DETAIL_TYPE).required(), m("Source", &S_SOURCE).required()]);
static S_EVENT_BRIDGE_PUT_RAW_EVENTS_PARAMETERS: Shape = structure("EventBridgePutRawEventsParameters", &[m("Metadata", &S_EVENT_BRIDGE_METADATA_MAP)]);
static S_FLEXIBLE_TIME_WINDOW: Shape = structure("FlexibleTimeWindow", &[m("Mode", &S_FLEXIBLE_TIME_WINDOW_MODE).required().read(), m("MaximumWindowInMinutes", &S_MAXIMUM_WINDOW_IN_MINUTES).read()]);
static S_FLEXIBLE_TIME_WINDOW_MODE: Shape = string("FlexibleTimeWindowMode", Bounds::NONE, None, &["OFF", "FLEXIBLE"]);
static S_GET_SCHEDULE_GROUP_INPUT: Shape = structure("GetScheduleGroupInput", &[ml("Name", "Name", Location::Uri, &S_SCHEDULE_GROUP_NAME).required().read()]);
static S_GET_SCHEDULE_GROUP_OUTPUT: Shape = structure("GetScheduleGroupOutput", &[m("Arn", &S_SCHEDULE_GROUP_ARN), m("Name", &S_SCHEDULE_GROUP_NAME), m("State", &S_SCHEDULE_GROUP_STATE), m("CreationDate", &S_CREATION_DATE), m("LastModificationDate", &S_LAST_MODIFICATION_DATE)]);
static S_GET_SCHEDULE_INPUT: Shape = structure("GetScheduleInput", &[ml("Name", "Name", Location::Uri, &S_NAME).required().read(), ml("GroupName", "groupName", Location::Query, &S_SCHEDULE_GROUP_NAME).read()]);
static S_GET_SCHEDULE_OUTPUT: Shape = structure("GetScheduleOutput", &[m("Arn", &S_SCHEDULE_ARN), m("GroupName", &S_SCHEDULE_GROUP_NAME), m("Name", &S_NAME), m("ScheduleExpression", &S_SCHEDULE_EXPRESSION), m("StartDate", &S_START_DATE), m("EndDate", &S_END_DATE), m("Description", &S_DESCRIPTION), m("ScheduleExpressionTimezone", &S_SCHEDULE_EXPRESSION_TIMEZONE), m("State", &S_SCHEDULE_STATE), m("CreationDate", &S_CREATION_DATE), m("LastModificationDate", &S_LAST_MODIFICATION_DATE), m("KmsKeyArn", &S_KMS_KEY_ARN), m("Target", &S_TARGET), m("FlexibleTimeWindow", &S_FLEXIBLE_TIME_WINDOW), m("ActionAfterCompletion", &S_ACTION_AFTER_COMPLETION)]);
static S_GROUP: Shape = string("Group", b(1, 255), None, &[]);
static S_KINESIS_PARAMETERS: Shape = structure("KinesisParameters", &[m("PartitionKey", &S_TARGET_PARTITION_KEY).required()]);
static S_KMS_KEY_ARN: Shape = string("KmsKeyArn", b(1, 2048), Some(&P3), &[]);
static S_LAST_MODIFICATION_DATE: Shape = scalar("LastModificationDate", Kind::Timestamp);
static S_LAUNCH_TYPE: Shape = string("LaunchType", Bounds::NONE, None, &["EC2", "FARGATE", "EXTERNAL"]);
static S_LIST_SCHEDULE_GROUPS_INPUT: Shape = structure("ListScheduleGroupsInput", &[ml("NamePrefix", "NamePrefix", Location::Query, &S_SCHEDULE_GROUP_NAME_PREFIX).read(), ml("NextToken", "NextToken", Location::Query, &S_NEXT_TOKEN).read(), ml("MaxResults", "MaxResults", Location::Query, &S_MAX_RESULTS).read()]);
static S_LIST_SCHEDULE_GROUPS_OUTPUT: Shape = structure("ListScheduleGroupsOutput", &[m("NextToken", &S_NEXT_TOKEN), m("ScheduleGroups", &S_SCHEDULE_GROUP_LIST).required()]);
static S_LIST_SCHEDULES_INPUT: Shape = structure("ListSchedulesInput", &[ml("GroupName", "ScheduleGroup", Location::Query, &S_SCHEDULE_GROUP_NAME).read(), ml("NamePrefix", "NamePrefix", Location::Query, &S_NAME_PREFIX).read(), ml("State", "State", Location::Query, &S_SCHEDULE_STATE).read(), ml("NextToken", "NextToken", Location::Query, &S_NEXT_TOKEN).read(), ml("MaxResults", "MaxResults", Location::Query, &S_MAX_RESULTS).read()]);
static S_LIST_SCHEDULES_OUTPUT: Shape = structure("ListSchedulesOutput", &[m("NextToken", &S_NEXT_TOKEN), m("Schedules", &S_SCHEDULE_LIST).required()]);
static S_LIST_TAGS_FOR_RESOURCE_INPUT: Shape = structure("ListTagsForResourceInput", &[ml("ResourceArn", "ResourceArn", Location::Uri, &S_TAG_RESOURCE_ARN).required().read()]);
static S_LIST_TAGS_FOR_RESOURCE_OUTPUT: Shape = structure("ListTagsForResourceOutput", &[m("Tags", &S_TAG_LIST)]);
static S_MAX_RESULTS: Shape = scalar("MaxResults", Kind::Integer(b(1, 100)));
static S_MAXIMUM_EVENT_AGE_IN_SECONDS: Shape = scalar("MaximumEventAgeInSeconds", Kind::Integer(b(60, 86400)));
static S_MAXIMUM_RETRY_ATTEMPTS: Shape = scalar("MaximumRetryAttempts", Kind::Integer(b(0, 185)));
static S_MAXIMUM_WINDOW_IN_MINUTES: Shape = scalar("MaximumWindowInMinutes", Kind::Integer(b(1, 1440)));
static S_MESSAGE_GROUP_ID: Shape = string("MessageGroupId", b(1, 128), None, &[]);
static S_NAME: Shape = string("Name", b(1, 64), Some(&P4), &[]);
static S_NAME_PREFIX: Shape = string("NamePrefix", b(1, 64), Some(&P4), &[]);
static S_NETWORK_CONFIGURATION: Shape = structure("NetworkConfiguration", &[m("awsvpcConfiguration", &S_AWS_VPC_CONFIGURATION)]);
static S_NEXT_TOKEN: Shape = string("NextToken", b(1, 2048), None, &[]);
static S_PLACEMENT_CONSTRAINT: Shape = structure("PlacementConstraint", &[m("type", &S_PLACEMENT_CONSTRAINT_TYPE), m("expression", &S_PLACEMENT_CONSTRAINT_EXPRESSION)]);
static S_PLACEMENT_CONSTRAINT_EXPRESSION: Shape = string("PlacementConstraintExpression", b(0, 2000), None, &[]);
static S_PLACEMENT_CONSTRAINT_TYPE: Shape = string("PlacementConstraintType", Bounds::NONE, None, &["distinctInstance", "memberOf"]);
static S_PLACEMENT_CONSTRAINTS: Shape = list("PlacementConstraints", &S_PLACEMENT_CONSTRAINT, "member", b(0, 10));
static S_PLACEMENT_STRATEGIES: Shape = list("PlacementStrategies", &S_PLACEMENT_STRATEGY, "member", b(0, 5));
static S_PLACEMENT_STRATEGY: Shape = structure("PlacementStrategy", &[m("type", &S_PLACEMENT_STRATEGY_TYPE), m("field", &S_PLACEMENT_STRATEGY_FIELD)]);
static S_PLACEMENT_STRATEGY_FIELD: Shape = string("PlacementStrategyField", b(0, 255), None, &[]);
static S_PLACEMENT_STRATEGY_TYPE: Shape = string("PlacementStrategyType", Bounds::NONE, None, &["random", "spread", "binpack"]);
static S_PLATFORM_VERSION: Shape = string("PlatformVersion", b(1, 64), None, &[]);
static S_PROPAGATE_TAGS: Shape = string("PropagateTags", Bounds::NONE, None, &["TASK_DEFINITION"]);
static S_REFERENCE_ID: Shape = string("ReferenceId", b(0, 1024), None, &[]);
static S_RETRY_POLICY: Shape = structure("RetryPolicy", &[m("MaximumEventAgeInSeconds", &S_MAXIMUM_EVENT_AGE_IN_SECONDS).read(), m("MaximumRetryAttempts", &S_MAXIMUM_RETRY_ATTEMPTS).read()]);
static S_ROLE_ARN: Shape = string("RoleArn", b(1, 1600), Some(&P5), &[]);
static S_SAGE_MAKER_PIPELINE_PARAMETER: Shape = structure("SageMakerPipelineParameter", &[m("Name", &S_SAGE_MAKER_PIPELINE_PARAMETER_NAME).required(), m("Value", &S_SAGE_MAKER_PIPELINE_PARAMETER_VALUE).required()]);
static S_SAGE_MAKER_PIPELINE_PARAMETER_LIST: Shape = list("SageMakerPipelineParameterList", &S_SAGE_MAKER_PIPELINE_PARAMETER, "member", b(0, 200));
static S_SAGE_MAKER_PIPELINE_PARAMETER_NAME: Shape = string("SageMakerPipelineParameterName", b(1, 256), Some(&P6), &[]);
static S_SAGE_MAKER_PIPELINE_PARAMETER_VALUE: Shape = string("SageMakerPipelineParameterValue", b(1, 1024), None, &[]);
static S_SAGE_MAKER_PIPELINE_PARAMETERS: Shape = structure("SageMakerPipelineParameters", &[m("PipelineParameterList", &S_SAGE_MAKER_PIPELINE_PARAMETER_LIST)]);
static S_SCHEDULE_ARN: Shape = string("ScheduleArn", Bounds::NONE, None, &[]);
static S_SCHEDULE_EXPRESSION: Shape = string("ScheduleExpression", b(1, 256), None, &[]);
static S_SCHEDULE_EXPRESSION_TIMEZONE: Shape = string("ScheduleExpressionTimezone", b(1, 50), None, &[]);
static S_SCHEDULE_GROUP_ARN: Shape = string("ScheduleGroupArn", Bounds::NONE, None, &[]);
static S_SCHEDULE_GROUP_LIST: Shape = list("ScheduleGroupList", &S_SCHEDULE_GROUP_SUMMARY, "member", Bounds::NONE);
static S_SCHEDULE_GROUP_NAME: Shape = string("ScheduleGroupName", b(1, 64), Some(&P4), &[]);
static S_SCHEDULE_GROUP_NAME_PREFIX: Shape = string("ScheduleGroupNamePrefix", b(1, 64), Some(&P4), &[]);
static S_SCHEDULE_GROUP_STATE: Shape = string("ScheduleGroupState", Bounds::NONE, None, &[]);
static S_SCHEDULE_GROUP_SUMMARY: Shape = structure("ScheduleGroupSummary", &[m("Arn", &S_SCHEDULE_GROUP_ARN), m("Name", &S_SCHEDULE_GROUP_NAME), m("State", &S_SCHEDULE_GROUP_STATE), m("CreationDate", &S_CREATION_DATE), m("LastModificationDate", &S_LAST_MODIFICATION_DATE)]);
static S_SCHEDULE_LIST: Shape = list("ScheduleList", &S_SCHEDULE_SUMMARY, "member", Bounds::NONE);
static S_SCHEDULE_STATE: Shape = string("ScheduleState", Bounds::NONE, None, &["ENABLED", "DISABLED"]);
static S_SCHEDULE_SUMMARY: Shape = structure("ScheduleSummary", &[m("Arn", &S_SCHEDULE_ARN), m("Name", &S_NAME), m("GroupName", &S_SCHEDULE_GROUP_NAME), m("State", &S_SCHEDULE_STATE), m("CreationDate", &S_CREATION_DATE), m("LastModificationDate", &S_LAST_MODIFICATION_DATE), m("Target", &S_TARGET_SUMMARY)]);
static S_SECURITY_GROUP: Shape = string("SecurityGroup", b(1, 1000), None, &[]);
static S_SECURITY_GROUPS: Shape = list("SecurityGroups", &S_SECURITY_GROUP, "member", b(1, 5));
static S_SOURCE: Shape = string("Source", b(1, 256), Some(&P7), &[]);
static S_SQS_PARAMETERS: Shape = structure("SqsParameters", &[m("MessageGroupId", &S_MESSAGE_GROUP_ID).read()]);
static S_START_DATE: Shape = scalar("StartDate", Kind::Timestamp);
static S_STRING: Shape = string("String", Bounds::NONE, None, &[]);
static S_SUBNET: Shape = string("Subnet", b(1, 1000), None, &[]);
static S_SUBNETS: Shape = list("Subnets", &S_SUBNET, "member", b(1, 16));
static S_TAG: Shape = structure("Tag", &[m("Key", &S_TAG_KEY).required().read(), m("Value", &S_TAG_VALUE).required().read()]);
static S_TAG_KEY: Shape = string("TagKey", b(1, 128), None, &[]);
static S_TAG_KEY_LIST: Shape = list("TagKeyList", &S_TAG_KEY, "member", b(0, 200));
static S_TAG_LIST: Shape = list("TagList", &S_TAG, "member", b(0, 200));
static S_TAG_MAP: Shape = map("TagMap", &S_TAG_KEY, &S_TAG_VALUE, Bounds::NONE);
static S_TAG_RESOURCE_ARN: Shape = string("TagResourceArn", b(1, 1011), Some(&P8), &[]);
static S_TAG_RESOURCE_INPUT: Shape = structure("TagResourceInput", &[ml("ResourceArn", "ResourceArn", Location::Uri, &S_TAG_RESOURCE_ARN).required().read(), m("Tags", &S_TAG_LIST).required().read()]);
static S_TAG_RESOURCE_OUTPUT: Shape = structure("TagResourceOutput", &[]);
static S_TAG_VALUE: Shape = string("TagValue", b(1, 256), None, &[]);
static S_TAGS: Shape = list("Tags", &S_TAG_MAP, "member", b(0, 50));
static S_TARGET: Shape = structure("Target", &[m("Arn", &S_TARGET_ARN).required().read(), m("RoleArn", &S_ROLE_ARN).required().read(), m("DeadLetterConfig", &S_DEAD_LETTER_CONFIG).read(), m("RetryPolicy", &S_RETRY_POLICY).read(), m("Input", &S_TARGET_INPUT).read(), m("EcsParameters", &S_ECS_PARAMETERS), m("EventBridgeParameters", &S_EVENT_BRIDGE_PARAMETERS).read(), m("EventBridgePutEventsV2Parameters", &S_EVENT_BRIDGE_PUT_EVENTS_V2_PARAMETERS), m("EventBridgePutRawEventsParameters", &S_EVENT_BRIDGE_PUT_RAW_EVENTS_PARAMETERS), m("KinesisParameters", &S_KINESIS_PARAMETERS), m("SageMakerPipelineParameters", &S_SAGE_MAKER_PIPELINE_PARAMETERS), m("SqsParameters", &S_SQS_PARAMETERS).read()]);
static S_TARGET_ARN: Shape = string("TargetArn", b(1, 1600), None, &[]);
static S_TARGET_INPUT: Shape = string("TargetInput", b(1, i64::MAX), None, &[]);
static S_TARGET_PARTITION_KEY: Shape = string("TargetPartitionKey", b(1, 256), None, &[]);
static S_TARGET_SUMMARY: Shape = structure("TargetSummary", &[m("Arn", &S_TARGET_ARN).required()]);
static S_TASK_COUNT: Shape = scalar("TaskCount", Kind::Integer(b(1, 10)));
static S_TASK_DEFINITION_ARN: Shape = string("TaskDefinitionArn", b(1, 1600), None, &[]);
static S_UNTAG_RESOURCE_INPUT: Shape = structure("UntagResourceInput", &[ml("ResourceArn", "ResourceArn", Location::Uri, &S_TAG_RESOURCE_ARN).required().read(), ml("TagKeys", "TagKeys", Location::Query, &S_TAG_KEY_LIST).required().read()]);
static S_UNTAG_RESOURCE_OUTPUT: Shape = structure("UntagResourceOutput", &[]);
static S_UPDATE_SCHEDULE_INPUT: Shape = structure("UpdateScheduleInput", &[ml("Name", "Name", Location::Uri, &S_NAME).required().read(), m("GroupName", &S_SCHEDULE_GROUP_NAME).read(), m("ScheduleExpression", &S_SCHEDULE_EXPRESSION).required().read(), m("StartDate", &S_START_DATE).read(), m("EndDate", &S_END_DATE).read(), m("Description", &S_DESCRIPTION).read(), m("ScheduleExpressionTimezone", &S_SCHEDULE_EXPRESSION_TIMEZONE).read(), m("State", &S_SCHEDULE_STATE).read(), m("KmsKeyArn", &S_KMS_KEY_ARN), m("Target", &S_TARGET).required().read(), m("FlexibleTimeWindow", &S_FLEXIBLE_TIME_WINDOW).required().read(), m("ClientToken", &S_CLIENT_TOKEN).token().read(), m("ActionAfterCompletion", &S_ACTION_AFTER_COMPLETION).read()]);
static S_UPDATE_SCHEDULE_OUTPUT: Shape = structure("UpdateScheduleOutput", &[m("ScheduleArn", &S_SCHEDULE_ARN).required()]);
static P0: Pattern = Pattern::new("[a-zA-Z0-9-_]+", "[a-zA-Z0-9-_]+");
static P1: Pattern = Pattern::new("arn:aws[a-z-]*:sqs:[a-z0-9\\-]+:\\d{12}:[a-zA-Z0-9\\-_]+", "arn:aws[a-z-]*:sqs:[a-z0-9\\-]+:\\d{12}:[a-zA-Z0-9\\-_]+");
static P2: Pattern = Pattern::new("[^/]+", "[^/]+");
static P3: Pattern = Pattern::new("arn:aws[a-z-]*:kms:[a-z0-9\\-]+:\\d{12}:(key|alias)\\/[0-9a-zA-Z-_]*", "arn:aws[a-z-]*:kms:[a-z0-9\\-]+:\\d{12}:(key|alias)\\/[0-9a-zA-Z-_]*");
static P4: Pattern = Pattern::new("[0-9a-zA-Z-_.]+", "[0-9a-zA-Z-_.]+");
static P5: Pattern = Pattern::new("arn:aws[a-z-]*:iam::\\d{12}:role\\/[\\w+=,.@\\/-]+", "arn:aws[a-z-]*:iam::\\d{12}:role\\/[\\w+=,.@\\/-]+");
static P6: Pattern = Pattern::new("[A-Za-z0-9\\-_]*", "[A-Za-z0-9\\-_]*");
static P7: Pattern = Pattern::new("(?=[/\\.\\-_A-Za-z0-9]+)((?!aws\\.).*)|(\\$(\\.[\\w_-]+(\\[(\\d+|\\*)\\])*)*)", "[/\\.\\-_A-Zb-z0-9].*|a(?:|[^w].*|w(?:|[^s].*|s(?:|[^.].*)))|(\\$(\\.[\\w_-]+(\\[(\\d+|\\*)\\])*)*)");
static P8: Pattern = Pattern::new("arn:aws[a-z-]*:scheduler:[a-z0-9\\-]+:\\d{12}:schedule-group\\/[0-9a-zA-Z-_.]+", "arn:aws[a-z-]*:scheduler:[a-z0-9\\-]+:\\d{12}:schedule-group\\/[0-9a-zA-Z-_.]+");
