//! The tags of buses and rules.

use std::sync::Arc;

use rusqlite::Connection;
use wire::events::input::{ListTagsForResource, Tag, TagResource, UntagResource};
use wire::events::output::{
    ListTagsForResourceResponse, Tag as ShownTag, TagResourceResponse, UntagResourceResponse,
};

use crate::events::name::Resource;
use crate::events::refusal::too_many;
use crate::events::service::Events;
use crate::events::stored::{Bus, Tags};
use crate::failure::Failure;
use crate::operation::{Context, Operation};

/// Tags of one thing.
const MOST: usize = 50;

/// Adds tags, within the bound.
///
/// # Errors
/// When there are too many.
pub(crate) fn add(to: &mut Tags, tags: Vec<Tag>) -> Result<(), Failure> {
    for Tag { key, value } in tags {
        to.insert(key, value);
    }
    if to.len() > MOST { Err(too_many().into()) } else { Ok(()) }
}

/// Works on the tags of a thing, which are stored where the work changes them.
async fn with(
    events: &Events,
    arn: &str,
    work: impl FnOnce(&mut Tags) -> Result<(), Failure> + Send + 'static,
) -> Result<Tags, Failure> {
    let resource = Resource::read(arn)?;
    let work = move |connection: &Connection| {
        let change = |tags: &mut Tags| {
            let before = tags.clone();
            work(tags)?;
            Ok::<_, Failure>(*tags != before)
        };
        match resource {
            Resource::Bus(bus) => {
                let mut bus = Bus::find(connection, &bus)?;
                if change(&mut bus.tags)? {
                    bus.update(connection)?;
                }
                Ok(bus.tags)
            }
            Resource::Rule(bus, rule) => {
                let mut rule = Bus::find(connection, &bus)?.rule(connection, &rule)?;
                if change(&mut rule.tags)? {
                    rule.store(connection)?;
                }
                Ok(rule.tags)
            }
        }
    };
    events.store.run(work).await
}

impl Operation<Events> for TagResource {
    type Output = TagResourceResponse;

    async fn run(
        self,
        events: &Arc<Events>,
        _: &Context<'_>,
    ) -> Result<TagResourceResponse, Failure> {
        let TagResource { resource_arn, tags } = self;
        with(events, &resource_arn, |known| add(known, tags)).await?;
        Ok(TagResourceResponse {})
    }
}

impl Operation<Events> for UntagResource {
    type Output = UntagResourceResponse;

    async fn run(
        self,
        events: &Arc<Events>,
        _: &Context<'_>,
    ) -> Result<UntagResourceResponse, Failure> {
        let UntagResource { resource_arn, tag_keys } = self;
        let remove = move |known: &mut Tags| {
            known.retain(|key, _| !tag_keys.contains(key));
            Ok(())
        };
        with(events, &resource_arn, remove).await?;
        Ok(UntagResourceResponse {})
    }
}

impl Operation<Events> for ListTagsForResource {
    type Output = ListTagsForResourceResponse;

    async fn run(
        self,
        events: &Arc<Events>,
        _: &Context<'_>,
    ) -> Result<ListTagsForResourceResponse, Failure> {
        let ListTagsForResource { resource_arn } = self;
        let tags = with(events, &resource_arn, |_| Ok(())).await?;
        let tags = tags.into_iter().map(|(key, value)| ShownTag { key, value }).collect();
        Ok(ListTagsForResourceResponse { tags: Some(tags) })
    }
}
