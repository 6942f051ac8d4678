//! sns's operations by name. Written by `cargo xtask codegen`.

/// The supported operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `AddPermission`.
    AddPermission,
    /// `ConfirmSubscription`.
    ConfirmSubscription,
    /// `CreateTopic`.
    CreateTopic,
    /// `DeleteTopic`.
    DeleteTopic,
    /// `GetSubscriptionAttributes`.
    GetSubscriptionAttributes,
    /// `GetTopicAttributes`.
    GetTopicAttributes,
    /// `ListSubscriptions`.
    ListSubscriptions,
    /// `ListSubscriptionsByTopic`.
    ListSubscriptionsByTopic,
    /// `ListTagsForResource`.
    ListTagsForResource,
    /// `ListTopics`.
    ListTopics,
    /// `Publish`.
    Publish,
    /// `PublishBatch`.
    PublishBatch,
    /// `RemovePermission`.
    RemovePermission,
    /// `SetSubscriptionAttributes`.
    SetSubscriptionAttributes,
    /// `SetTopicAttributes`.
    SetTopicAttributes,
    /// `Subscribe`.
    Subscribe,
    /// `TagResource`.
    TagResource,
    /// `Unsubscribe`.
    Unsubscribe,
    /// `UntagResource`.
    UntagResource,
}
