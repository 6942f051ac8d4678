//! events's operations by name. Written by `cargo xtask codegen`.

/// The supported operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `CreateEventBus`.
    CreateEventBus,
    /// `DeleteEventBus`.
    DeleteEventBus,
    /// `DeleteRule`.
    DeleteRule,
    /// `DescribeEventBus`.
    DescribeEventBus,
    /// `DescribeRule`.
    DescribeRule,
    /// `DisableRule`.
    DisableRule,
    /// `EnableRule`.
    EnableRule,
    /// `ListEventBuses`.
    ListEventBuses,
    /// `ListRuleNamesByTarget`.
    ListRuleNamesByTarget,
    /// `ListRules`.
    ListRules,
    /// `ListTagsForResource`.
    ListTagsForResource,
    /// `ListTargetsByRule`.
    ListTargetsByRule,
    /// `PutEvents`.
    PutEvents,
    /// `PutPermission`.
    PutPermission,
    /// `PutRule`.
    PutRule,
    /// `PutTargets`.
    PutTargets,
    /// `RemovePermission`.
    RemovePermission,
    /// `RemoveTargets`.
    RemoveTargets,
    /// `TagResource`.
    TagResource,
    /// `TestEventPattern`.
    TestEventPattern,
    /// `UntagResource`.
    UntagResource,
    /// `UpdateEventBus`.
    UpdateEventBus,
}
