//! Topics: made, listed and removed.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::{Connection, params};
use wire::sns::error;
use wire::sns::input::{CreateTopic, DeleteTopic, ListTopics};
use wire::sns::output::{CreateTopicResponse, ListTopicsResponse, Topic as ShownTopic};

use crate::boolean;
use crate::failure::Failure;
use crate::operation::{Context, Operation, Scope};
use crate::page::page;
use crate::sns::name::{TopicName, is_possible};
use crate::sns::operations::tag;
use crate::sns::outbox;
use crate::sns::refusal::invalid;
use crate::sns::service::{Sns, topic_of};
use crate::sns::settings::Settings;
use crate::sns::stored::{Subscription, Topic};

/// Topics of an account in a region.
const MOST: i64 = 100_000;
/// Topics and subscriptions of one answer.
pub(crate) const PAGE: usize = 100;

impl Operation<Sns> for CreateTopic {
    type Output = CreateTopicResponse;

    async fn run(self, sns: &Arc<Sns>, cx: &Context<'_>) -> Result<CreateTopicResponse, Failure> {
        let CreateTopic { name, attributes, tags } = self;
        let attributes = boolean::values(attributes);
        let topic = TopicName::new(&cx.scope, &name);
        let is_marked = attributes.get("FifoTopic").is_some_and(|value| value == "true");
        if !is_possible(&name) || is_marked != topic.is_fifo() {
            return Err(invalid("Topic Name").into());
        }
        let settings = Settings::new(&topic, &attributes)?;
        let tags = tag::read(tags)?;
        let arn = topic.arn();
        let create = move |connection: &Connection| {
            create(connection, &topic, &settings, &attributes, &tags)
        };
        sns.store.run(create).await?;
        Ok(CreateTopicResponse { topic_arn: Some(arn) })
    }
}

/// Makes a topic, unless the same is there.
fn create(
    connection: &Connection,
    name: &TopicName,
    settings: &Settings,
    given: &BTreeMap<String, String>,
    tags: &BTreeMap<String, String>,
) -> Result<(), Failure> {
    let other = |what: &str| {
        invalid(format!(
            "{what} Reason: Topic already exists with different {}",
            what.to_lowercase()
        ))
    };
    if let Some(known) = Topic::look(connection, name)? {
        let own = known.tags(connection)?;
        return match () {
            () if !known.settings.has(given) => Err(other("Attributes").into()),
            () if tags.iter().any(|(key, value)| own.get(key) != Some(value)) => {
                Err(other("Tags").into())
            }
            () => Ok(()),
        };
    }
    let of = (name.account.cast_signed(), &name.region);
    let count: i64 = connection
        .prepare_cached("SELECT count(*) FROM topic WHERE account = ?1 AND region = ?2")?
        .query_row(of, |row| row.get(0))?;
    if count >= MOST {
        let message = format!("There may be {MOST} topics of an account in a region.");
        return Err(error("TopicLimitExceeded", message).into());
    }
    let tags = serde_json::to_string(tags).expect("texts are plain data");
    connection.execute(
        "INSERT INTO topic (account, region, name, attributes, tags) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![of.0, of.1, name.name, settings.spell(), tags],
    )?;
    Ok(())
}

impl Operation<Sns> for DeleteTopic {
    type Output = ();

    async fn run(self, sns: &Arc<Sns>, cx: &Context<'_>) -> Result<(), Failure> {
        let DeleteTopic { topic_arn } = self;
        let name = topic_of(cx, "TopicArn", &topic_arn)?;
        let of = name.clone();
        sns.empty(move |connection| {
            let topic = Topic::look(connection, &of)?;
            let all = topic.map(|topic| Subscription::of_topic(connection, &topic)).transpose()?;
            Ok(all.into_iter().flatten().map(|subscription| subscription.id).collect())
        })
        .await?;
        let delete = move |connection: &Connection| {
            // One that is not there is deleted.
            let Some(topic) = Topic::look(connection, &name)? else { return Ok(()) };
            for subscription in Subscription::of_topic(connection, &topic)? {
                outbox::forget(connection, subscription.id)?;
            }
            for sql in
                ["DELETE FROM deduplication WHERE topic = ?1", "DELETE FROM topic WHERE id = ?1"]
            {
                connection.prepare_cached(sql)?.execute([topic.id])?;
            }
            Ok::<_, Failure>(())
        };
        sns.store.run_lean(delete).await
    }
}

impl Operation<Sns> for ListTopics {
    type Output = ListTopicsResponse;

    async fn run(self, sns: &Arc<Sns>, cx: &Context<'_>) -> Result<ListTopicsResponse, Failure> {
        let ListTopics { next_token } = self;
        let scope = cx.scope.clone();
        let names = sns.store.run(move |connection| names(connection, &scope)).await?;
        let arns = names.into_iter().map(|name| {
            let arn = name.arn();
            (name.name, ShownTopic { topic_arn: Some(arn) })
        });
        let (topics, next_token) =
            page(arns.collect(), PAGE, next_token.as_deref()).map_err(|_| invalid("NextToken"))?;
        Ok(ListTopicsResponse { topics: Some(topics), next_token })
    }
}

/// The names of all topics of a scope, in their order.
fn names(connection: &Connection, scope: &Scope) -> Result<Vec<TopicName>, Failure> {
    let mut statement = connection.prepare_cached(
        "SELECT name FROM topic WHERE account = ?1 AND region = ?2 ORDER BY name",
    )?;
    let of = (scope.account.cast_signed(), &scope.region);
    let names =
        statement.query_map(of, |row| Ok(TopicName::new(scope, row.get_ref(0)?.as_str()?)))?;
    Ok(names.collect::<rusqlite::Result<_>>()?)
}
