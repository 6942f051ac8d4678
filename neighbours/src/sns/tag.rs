//! The tags of topics.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::{Connection, params};
use wire::sns::error;
use wire::sns::input::{ListTagsForResource, Tag, TagResource, UntagResource};
use wire::sns::output::{
    ListTagsForResourceResponse, Tag as ShownTag, TagResourceResponse, UntagResourceResponse,
};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::sns::name::TopicName;
use crate::sns::refusal::invalid;
use crate::sns::service::{Sns, topic_of};
use crate::sns::stored::Topic;

type Tags = BTreeMap<String, String>;

/// Tags of one topic.
const MOST: usize = 50;

/// The tags of a request.
///
/// # Errors
/// When a key comes twice, or there are too many.
pub(crate) fn read(given: Vec<Tag>) -> Result<Tags, Failure> {
    let mut tags = Tags::new();
    for Tag { key, value } in given {
        if tags.insert(key, value).is_some() {
            return Err(invalid("Duplicated keys are not allowed.").into());
        }
    }
    check(&tags)?;
    Ok(tags)
}

fn check(tags: &Tags) -> Result<(), Failure> {
    match tags.len() > MOST {
        false => Ok(()),
        true => {
            let message = "Could not complete request: tag quota of per resource exceeded";
            Err(error("TagLimitExceeded", message).into())
        }
    }
}

/// Changes the tags of a topic, if they become others, and returns them.
async fn with(
    sns: &Sns,
    name: TopicName,
    change: impl FnOnce(&mut Tags) + Send + 'static,
) -> Result<Tags, Failure> {
    let work = move |connection: &Connection| {
        let missing = || error("ResourceNotFound", "Resource does not exist");
        let topic = Topic::look(connection, &name)?.ok_or_else(missing)?;
        let before = topic.tags(connection)?;
        let mut tags = before.clone();
        change(&mut tags);
        check(&tags)?;
        if tags != before {
            let text = serde_json::to_string(&tags).expect("texts are plain data");
            connection
                .prepare_cached("UPDATE topic SET tags = ?2 WHERE id = ?1")?
                .execute(params![topic.id, text])?;
        }
        Ok::<_, Failure>(tags)
    };
    sns.store.run(work).await
}

impl Operation<Sns> for ListTagsForResource {
    type Output = ListTagsForResourceResponse;

    async fn run(
        self,
        sns: &Arc<Sns>,
        cx: &Context<'_>,
    ) -> Result<ListTagsForResourceResponse, Failure> {
        let ListTagsForResource { resource_arn } = self;
        let tags = with(sns, topic_of(cx, "ResourceArn", &resource_arn)?, |_| {}).await?;
        let tags = tags.into_iter().map(|(key, value)| ShownTag { key, value }).collect();
        Ok(ListTagsForResourceResponse { tags: Some(tags) })
    }
}

impl Operation<Sns> for TagResource {
    type Output = TagResourceResponse;

    async fn run(self, sns: &Arc<Sns>, cx: &Context<'_>) -> Result<TagResourceResponse, Failure> {
        let TagResource { resource_arn, tags } = self;
        let name = topic_of(cx, "ResourceArn", &resource_arn)?;
        let tags = read(tags)?;
        with(sns, name, |known| known.extend(tags)).await?;
        Ok(TagResourceResponse {})
    }
}

impl Operation<Sns> for UntagResource {
    type Output = UntagResourceResponse;

    async fn run(self, sns: &Arc<Sns>, cx: &Context<'_>) -> Result<UntagResourceResponse, Failure> {
        let UntagResource { resource_arn, tag_keys } = self;
        let name = topic_of(cx, "ResourceArn", &resource_arn)?;
        with(sns, name, move |known| known.retain(|key, _| !tag_keys.contains(key))).await?;
        Ok(UntagResourceResponse {})
    }
}
