//! What is supported of EventBridge Scheduler.

use super::{Home, Selected, op, shape};

pub(super) const SELECTED: Selected = Selected {
    service: "scheduler",
    title: "EventBridge Scheduler",
    home: Home::Neighbours,
    version: "2021-06-30",
    files: &["group", "schedule", "tag"],
    operations: &[
        op!(CreateSchedule,
            reads: [Name, GroupName, ScheduleExpression, StartDate, EndDate, Description,
                ScheduleExpressionTimezone, State, Target, FlexibleTimeWindow, ClientToken,
                ActionAfterCompletion]),
        op!(CreateScheduleGroup, reads: [Name, Tags, ClientToken]),
        op!(DeleteSchedule, reads: [Name, GroupName, ClientToken]),
        op!(DeleteScheduleGroup, reads: [Name, ClientToken]),
        op!(GetSchedule, reads: [Name, GroupName]),
        op!(GetScheduleGroup, reads: [Name]),
        op!(ListScheduleGroups, reads: [NamePrefix, NextToken, MaxResults]),
        op!(ListSchedules, reads: [GroupName, NamePrefix, State, NextToken, MaxResults]),
        op!(ListTagsForResource, reads: [ResourceArn]),
        op!(TagResource, reads: [ResourceArn, Tags]),
        op!(UntagResource, reads: [ResourceArn, TagKeys]),
        op!(UpdateSchedule,
            reads: [Name, GroupName, ScheduleExpression, StartDate, EndDate, Description,
                ScheduleExpressionTimezone, State, Target, FlexibleTimeWindow, ClientToken,
                ActionAfterCompletion]),
    ],
    shapes: &[
        shape!(DeadLetterConfig, reads: [Arn]),
        shape!(EventBridgeParameters, reads: [DetailType, Source]),
        shape!(FlexibleTimeWindow, reads: [Mode, MaximumWindowInMinutes]),
        shape!(RetryPolicy, reads: [MaximumEventAgeInSeconds, MaximumRetryAttempts]),
        shape!(SqsParameters, reads: [MessageGroupId]),
        shape!(Tag, reads: [Key, Value]),
        shape!(Target,
            reads: [Arn, RoleArn, DeadLetterConfig, RetryPolicy, Input, EventBridgeParameters,
                SqsParameters]),
    ],
    ..Selected::PLAIN
};
