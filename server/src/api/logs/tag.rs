//! Tags of log groups, named by themselves or by their ARNs.

use std::collections::BTreeMap;

use wire::ApiError;
use wire::logs::input::*;
use wire::logs::output::{ListTagsForResourceResponse, ListTagsLogGroupResponse};

use crate::api::logs::{change, existing, named, with};
use crate::api::operation::{Context, Operation};

type Tags = BTreeMap<String, String>;

/// Changes the tags of a group.
async fn retag(
    cx: &Context<'_>,
    group: String,
    work: impl FnOnce(&mut Tags) + Send + 'static,
) -> Result<(), ApiError> {
    change(cx, move |database, scope| {
        let mut found = existing(database, scope, &group)?;
        work(&mut found.tags);
        Ok(database.tag(found.id, &found.tags)?)
    })
    .await
}

async fn tags(cx: &Context<'_>, group: String) -> Result<Tags, ApiError> {
    with(cx, move |database, scope| Ok(existing(database, scope, &group)?.tags)).await
}

impl Operation for TagLogGroup {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let TagLogGroup { log_group_name, tags } = self;
        retag(cx, log_group_name, |known| known.extend(tags)).await
    }
}

impl Operation for TagResource {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let TagResource { resource_arn, tags } = self;
        retag(cx, named(&resource_arn).to_owned(), |known| known.extend(tags)).await
    }
}

impl Operation for UntagLogGroup {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let UntagLogGroup { log_group_name, tags } = self;
        retag(cx, log_group_name, move |known| known.retain(|key, _| !tags.contains(key))).await
    }
}

impl Operation for UntagResource {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let UntagResource { resource_arn, tag_keys } = self;
        let remove = move |known: &mut Tags| known.retain(|key, _| !tag_keys.contains(key));
        retag(cx, named(&resource_arn).to_owned(), remove).await
    }
}

impl Operation for ListTagsLogGroup {
    type Output = ListTagsLogGroupResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListTagsLogGroupResponse, ApiError> {
        let ListTagsLogGroup { log_group_name } = self;
        Ok(ListTagsLogGroupResponse { tags: Some(tags(cx, log_group_name).await?) })
    }
}

impl Operation for ListTagsForResource {
    type Output = ListTagsForResourceResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListTagsForResourceResponse, ApiError> {
        let ListTagsForResource { resource_arn } = self;
        let tags = tags(cx, named(&resource_arn).to_owned()).await?;
        Ok(ListTagsForResourceResponse { tags: Some(tags) })
    }
}
