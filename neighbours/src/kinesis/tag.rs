//! The tags of streams and consumers.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::Connection;
use wire::kinesis::input::{
    AddTagsToStream, ListTagsForResource, ListTagsForStream, RemoveTagsFromStream, TagResource,
    UntagResource,
};
use wire::kinesis::output::{ListTagsForResourceOutput, ListTagsForStreamOutput, Tag};

use crate::failure::Failure;
use crate::kinesis::name;
use crate::kinesis::refusal::{no_consumer, too_many};
use crate::kinesis::service::Kinesis;
use crate::kinesis::stored::Stream;
use crate::operation::{Context, Operation, Scope};

type Tags = BTreeMap<String, String>;

/// Tags of a stream or a consumer.
const MOST: usize = 50;

/// Adds tags, within the bound.
///
/// # Errors
/// When there are too many.
pub(super) fn add(to: &mut Tags, tags: Tags) -> Result<(), Failure> {
    to.extend(tags);
    match to.len() > MOST {
        false => Ok(()),
        true => {
            let message = format!("Failed to add tags because a resource has {MOST} at the most.");
            Err(too_many(message).into())
        }
    }
}

fn told(tags: Tags) -> Vec<Tag> {
    tags.into_iter().map(|(key, value)| Tag { key, value: Some(value) }).collect()
}

/// What has tags: a stream, or a consumer of it, by name and second of registration.
struct Tagged {
    stream: String,
    consumer: Option<(String, i64)>,
}

impl Tagged {
    fn stream(
        cx: &Context<'_>,
        name: Option<String>,
        arn: Option<&str>,
    ) -> Result<Tagged, Failure> {
        Ok(Tagged { stream: name::stream(&cx.scope, name, arn)?, consumer: None })
    }

    fn resource(cx: &Context<'_>, arn: &str) -> Result<Tagged, Failure> {
        if !name::is_of_consumer(arn) {
            let stream = name::of_stream_arn(&cx.scope, arn)?.to_owned();
            return Ok(Tagged { stream, consumer: None });
        }
        let (stream, name, second) = name::of_consumer_arn(&cx.scope, arn)?;
        Ok(Tagged { stream: stream.to_owned(), consumer: Some((name.to_owned(), second)) })
    }

    fn look(&self, connection: &Connection, scope: &Scope) -> Result<(Stream, Tags), Failure> {
        let stream = Stream::find(connection, scope, &self.stream)?;
        let Some((name, second)) = &self.consumer else {
            let tags = stream.tags(connection)?;
            return Ok((stream, tags));
        };
        let sql =
            "SELECT tags FROM consumer WHERE stream = ?1 AND name = ?2 AND created / 1000 = ?3";
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query((stream.id, name, second))?;
        let row = rows.next()?.ok_or_else(|| no_consumer(scope, name))?;
        let tags = serde_json::from_str(row.get_ref(0)?.as_str().unwrap_or_default());
        drop(rows);
        Ok((stream, tags.unwrap_or_default()))
    }

    /// Changes its tags.
    async fn change(
        self,
        kinesis: &Kinesis,
        cx: &Context<'_>,
        change: impl FnOnce(&mut Tags) -> Result<(), Failure> + Send + 'static,
    ) -> Result<(), Failure> {
        let scope = cx.scope.clone();
        let work = move |connection: &Connection| -> Result<(), Failure> {
            let (stream, mut tags) = self.look(connection, &scope)?;
            change(&mut tags)?;
            let text = serde_json::to_string(&tags).expect("tags are plain data");
            match &self.consumer {
                None => connection
                    .prepare_cached("UPDATE stream SET tags = ?2 WHERE id = ?1")?
                    .execute((stream.id, text))?,
                Some((name, _)) => connection
                    .prepare_cached(
                        "UPDATE consumer SET tags = ?3 WHERE stream = ?1 AND name = ?2",
                    )?
                    .execute((stream.id, name, text))?,
            };
            Ok(())
        };
        kinesis.store.run(work).await
    }

    async fn tags(self, kinesis: &Kinesis, cx: &Context<'_>) -> Result<Tags, Failure> {
        let scope = cx.scope.clone();
        let work = move |connection: &Connection| Ok(self.look(connection, &scope)?.1);
        kinesis.store.run(work).await
    }
}

fn remove(keys: Vec<String>) -> impl FnOnce(&mut Tags) -> Result<(), Failure> + Send + 'static {
    move |tags| {
        tags.retain(|key, _| !keys.contains(key));
        Ok(())
    }
}

impl Operation<Kinesis> for AddTagsToStream {
    type Output = ();

    async fn run(self, kinesis: &Arc<Kinesis>, cx: &Context<'_>) -> Result<(), Failure> {
        let AddTagsToStream { stream_name, tags, stream_arn } = self;
        let tagged = Tagged::stream(cx, stream_name, stream_arn.as_deref())?;
        tagged.change(kinesis, cx, |known| add(known, tags)).await
    }
}

impl Operation<Kinesis> for RemoveTagsFromStream {
    type Output = ();

    async fn run(self, kinesis: &Arc<Kinesis>, cx: &Context<'_>) -> Result<(), Failure> {
        let RemoveTagsFromStream { stream_name, tag_keys, stream_arn } = self;
        let tagged = Tagged::stream(cx, stream_name, stream_arn.as_deref())?;
        tagged.change(kinesis, cx, remove(tag_keys)).await
    }
}

impl Operation<Kinesis> for ListTagsForStream {
    type Output = ListTagsForStreamOutput;

    async fn run(
        self,
        kinesis: &Arc<Kinesis>,
        cx: &Context<'_>,
    ) -> Result<ListTagsForStreamOutput, Failure> {
        let ListTagsForStream { stream_name, exclusive_start_tag_key, limit, stream_arn } = self;
        let tagged = Tagged::stream(cx, stream_name, stream_arn.as_deref())?;
        let mut tags = told(tagged.tags(kinesis, cx).await?);
        if let Some(start) = exclusive_start_tag_key {
            tags.retain(|tag| tag.key > start);
        }
        let most = limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(MOST);
        let has_more_tags = tags.len() > most;
        tags.truncate(most);
        Ok(ListTagsForStreamOutput { tags, has_more_tags })
    }
}

impl Operation<Kinesis> for TagResource {
    type Output = ();

    async fn run(self, kinesis: &Arc<Kinesis>, cx: &Context<'_>) -> Result<(), Failure> {
        let TagResource { tags, resource_arn } = self;
        let tagged = Tagged::resource(cx, &resource_arn)?;
        tagged.change(kinesis, cx, |known| add(known, tags)).await
    }
}

impl Operation<Kinesis> for UntagResource {
    type Output = ();

    async fn run(self, kinesis: &Arc<Kinesis>, cx: &Context<'_>) -> Result<(), Failure> {
        let UntagResource { tag_keys, resource_arn } = self;
        let tagged = Tagged::resource(cx, &resource_arn)?;
        tagged.change(kinesis, cx, remove(tag_keys)).await
    }
}

impl Operation<Kinesis> for ListTagsForResource {
    type Output = ListTagsForResourceOutput;

    async fn run(
        self,
        kinesis: &Arc<Kinesis>,
        cx: &Context<'_>,
    ) -> Result<ListTagsForResourceOutput, Failure> {
        let ListTagsForResource { resource_arn } = self;
        let tagged = Tagged::resource(cx, &resource_arn)?;
        Ok(ListTagsForResourceOutput { tags: Some(told(tagged.tags(kinesis, cx).await?)) })
    }
}
