//! The operations of sns, and the files that answer them. Written by `cargo xtask codegen`.

#[path = "permission.rs"]
pub(super) mod permission;
#[path = "publish.rs"]
pub(super) mod publish;
#[path = "subscription.rs"]
pub(super) mod subscription;
#[path = "subscription_attribute.rs"]
pub(super) mod subscription_attribute;
#[path = "tag.rs"]
pub(super) mod tag;
#[path = "topic.rs"]
pub(super) mod topic;
#[path = "topic_attribute.rs"]
pub(super) mod topic_attribute;

use serde_json::Value;
use wire::ApiError;
use wire::sns::{Op, input};

use super::service::Sns;
use crate::operation::Call;

/// Runs the operation that is meant.
#[allow(clippy::too_many_lines, reason = "a line for each operation")]
pub(crate) async fn run(call: Call<'_, Sns>, op: Op) -> Result<Value, ApiError> {
    match op {
        Op::AddPermission => call.run::<input::AddPermission>().await,
        Op::ConfirmSubscription => call.run::<input::ConfirmSubscription>().await,
        Op::CreateTopic => call.run::<input::CreateTopic>().await,
        Op::DeleteTopic => call.run::<input::DeleteTopic>().await,
        Op::GetSubscriptionAttributes => call.run::<input::GetSubscriptionAttributes>().await,
        Op::GetTopicAttributes => call.run::<input::GetTopicAttributes>().await,
        Op::ListSubscriptions => call.run::<input::ListSubscriptions>().await,
        Op::ListSubscriptionsByTopic => call.run::<input::ListSubscriptionsByTopic>().await,
        Op::ListTagsForResource => call.run::<input::ListTagsForResource>().await,
        Op::ListTopics => call.run::<input::ListTopics>().await,
        Op::Publish => call.run::<input::Publish>().await,
        Op::PublishBatch => call.run::<input::PublishBatch>().await,
        Op::RemovePermission => call.run::<input::RemovePermission>().await,
        Op::SetSubscriptionAttributes => call.run::<input::SetSubscriptionAttributes>().await,
        Op::SetTopicAttributes => call.run::<input::SetTopicAttributes>().await,
        Op::Subscribe => call.run::<input::Subscribe>().await,
        Op::TagResource => call.run::<input::TagResource>().await,
        Op::Unsubscribe => call.run::<input::Unsubscribe>().await,
        Op::UntagResource => call.run::<input::UntagResource>().await,
    }
}
