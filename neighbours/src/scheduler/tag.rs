//! The tags of groups of schedules.

use std::sync::Arc;

use rusqlite::Connection;
use wire::arn::Arn;
use wire::scheduler::input::{ListTagsForResource, Tag, TagResource, UntagResource};
use wire::scheduler::output::{
    ListTagsForResourceOutput, Tag as ShownTag, TagResourceOutput, UntagResourceOutput,
};

use crate::failure::Failure;
use crate::operation::{Context, Operation, Scope};
use crate::scheduler::refusal::{no_group, too_many};
use crate::scheduler::service::Scheduler;
use crate::scheduler::stored::{Group, Tags};

/// Tags of one group.
const MOST: usize = 50;

/// Adds tags, within the bound.
///
/// # Errors
/// When there are too many.
pub(crate) fn add(to: &mut Tags, tags: Vec<Tag>) -> Result<(), Failure> {
    for Tag { key, value } in tags {
        to.insert(key, value);
    }
    if to.len() > MOST { Err(too_many("tags", MOST).into()) } else { Ok(()) }
}

/// Works on the tags of a group, which are stored where the work changes them.
async fn with(
    scheduler: &Scheduler,
    cx: &Context<'_>,
    arn: &str,
    work: impl FnOnce(&mut Tags) -> Result<(), Failure> + Send + 'static,
) -> Result<Tags, Failure> {
    let parsed = Arn::parse(arn);
    let name = parsed.and_then(|arn| arn.resource.strip_prefix("schedule-group/"));
    let name = name.ok_or_else(|| no_group(arn))?.to_owned();
    let region = parsed.map_or_else(|| cx.scope.region.clone(), |arn| arn.region.to_owned());
    let scope = Scope { account: cx.scope.account, region };
    let work = move |connection: &Connection| {
        let mut group = Group::find(connection, &scope, &name)?;
        let before = group.tags.clone();
        work(&mut group.tags)?;
        if group.tags != before {
            group.set_tags(connection)?;
        }
        Ok::<_, Failure>(group.tags)
    };
    scheduler.store.run(work).await
}

impl Operation<Scheduler> for TagResource {
    type Output = TagResourceOutput;

    async fn run(
        self,
        scheduler: &Arc<Scheduler>,
        cx: &Context<'_>,
    ) -> Result<TagResourceOutput, Failure> {
        let TagResource { resource_arn, tags } = self;
        with(scheduler, cx, &resource_arn, |known| add(known, tags)).await?;
        Ok(TagResourceOutput {})
    }
}

impl Operation<Scheduler> for UntagResource {
    type Output = UntagResourceOutput;

    async fn run(
        self,
        scheduler: &Arc<Scheduler>,
        cx: &Context<'_>,
    ) -> Result<UntagResourceOutput, Failure> {
        let UntagResource { resource_arn, tag_keys } = self;
        let remove = move |known: &mut Tags| {
            known.retain(|key, _| !tag_keys.contains(key));
            Ok(())
        };
        with(scheduler, cx, &resource_arn, remove).await?;
        Ok(UntagResourceOutput {})
    }
}

impl Operation<Scheduler> for ListTagsForResource {
    type Output = ListTagsForResourceOutput;

    async fn run(
        self,
        scheduler: &Arc<Scheduler>,
        cx: &Context<'_>,
    ) -> Result<ListTagsForResourceOutput, Failure> {
        let ListTagsForResource { resource_arn } = self;
        let tags = with(scheduler, cx, &resource_arn, |_| Ok(())).await?;
        let tags = tags.into_iter().map(|(key, value)| ShownTag { key, value }).collect();
        Ok(ListTagsForResourceOutput { tags: Some(tags) })
    }
}
