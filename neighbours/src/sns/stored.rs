//! Topics and subscriptions as they are stored.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::name::TopicName;
use super::refusal::{no_subscription, no_topic};
use super::settings::Settings;
use super::terms::Terms;
use crate::failure::Failure;

/// A topic as it is stored.
#[derive(Debug, Clone)]
pub(super) struct Topic {
    pub(super) id: i64,
    pub(super) name: TopicName,
    pub(super) settings: Settings,
}

impl Topic {
    /// The topic of a name, if there is one.
    pub(super) fn look(
        connection: &Connection,
        name: &TopicName,
    ) -> rusqlite::Result<Option<Topic>> {
        let found = connection
            .prepare_cached(
                "SELECT id, attributes FROM topic WHERE account = ?1 AND region = ?2 AND name = ?3",
            )?
            .query_row(params![name.account.cast_signed(), name.region, name.name], |row| {
                Ok((row.get(0)?, row.get_ref(1)?.as_str().map(Settings::stored)?))
            })
            .optional()?;
        Ok(found.map(|(id, settings)| Topic { id, name: name.clone(), settings }))
    }

    /// The topic of a name.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn find(connection: &Connection, name: &TopicName) -> Result<Topic, Failure> {
        Ok(Topic::look(connection, name)?.ok_or_else(no_topic)?)
    }

    /// Keeps its attributes.
    pub(super) fn keep(&self, connection: &Connection) -> rusqlite::Result<()> {
        connection
            .prepare_cached("UPDATE topic SET attributes = ?2 WHERE id = ?1")?
            .execute(params![self.id, self.settings.spell()])?;
        Ok(())
    }

    /// Its tags.
    pub(super) fn tags(
        &self,
        connection: &Connection,
    ) -> rusqlite::Result<BTreeMap<String, String>> {
        let text: String = connection
            .prepare_cached("SELECT tags FROM topic WHERE id = ?1")?
            .query_row([self.id], |row| row.get(0))?;
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }
}

/// A subscription as it is stored.
#[derive(Debug, Clone)]
pub(super) struct Subscription {
    pub(super) id: i64,
    pub(super) uuid: String,
    pub(super) topic: TopicName,
    /// `lambda` or `sqs`.
    pub(super) protocol: String,
    /// The ARN of the function or the queue.
    pub(super) endpoint: String,
    /// Whose account it is.
    pub(super) owner: u64,
    /// Who subscribed.
    pub(super) principal: String,
    /// How that one named this server.
    pub(super) host: String,
    /// What confirms it; none of one that is confirmed.
    pub(super) token: Option<String>,
    pub(super) terms: Terms,
}

/// What is read of a subscription, with its topic.
const COLUMNS: &str =
    "SELECT subscription.id, uuid, protocol, endpoint, owner, principal, host, token,
    subscription.attributes, account, region, name
    FROM subscription JOIN topic ON topic.id = subscription.topic";

impl Subscription {
    fn read(row: &Row<'_>) -> rusqlite::Result<Subscription> {
        Ok(Subscription {
            id: row.get(0)?,
            uuid: row.get(1)?,
            protocol: row.get(2)?,
            endpoint: row.get(3)?,
            owner: row.get::<_, i64>(4)?.cast_unsigned(),
            principal: row.get(5)?,
            host: row.get(6)?,
            token: row.get(7)?,
            terms: row.get_ref(8)?.as_str().map(Terms::stored)?,
            topic: TopicName {
                account: row.get::<_, i64>(9)?.cast_unsigned(),
                region: row.get(10)?,
                name: row.get(11)?,
            },
        })
    }

    /// The subscription of an id, if there is one.
    pub(super) fn look(
        connection: &Connection,
        topic: &TopicName,
        uuid: &str,
    ) -> rusqlite::Result<Option<Subscription>> {
        let found = connection
            .prepare_cached(&format!("{COLUMNS} WHERE uuid = ?1"))?
            .query_row([uuid], Subscription::read)
            .optional()?;
        Ok(found.filter(|found| found.topic == *topic))
    }

    /// The subscription of an id.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn find(
        connection: &Connection,
        topic: &TopicName,
        uuid: &str,
    ) -> Result<Subscription, Failure> {
        Ok(Subscription::look(connection, topic, uuid)?.ok_or_else(no_subscription)?)
    }

    /// The one that a delivery is for.
    pub(super) fn numbered(
        connection: &Connection,
        id: i64,
    ) -> rusqlite::Result<Option<Subscription>> {
        connection
            .prepare_cached(&format!("{COLUMNS} WHERE subscription.id = ?1"))?
            .query_row([id], Subscription::read)
            .optional()
    }

    /// The one by which an endpoint has subscribed to a topic, if it has.
    pub(super) fn of_endpoint(
        connection: &Connection,
        topic: &Topic,
        protocol: &str,
        endpoint: &str,
    ) -> rusqlite::Result<Option<Subscription>> {
        connection
            .prepare_cached(&format!(
                "{COLUMNS} WHERE topic = ?1 AND protocol = ?2 AND endpoint = ?3"
            ))?
            .query_row(params![topic.id, protocol, endpoint], Subscription::read)
            .optional()
    }

    /// All of a topic, in the order in which they were made.
    pub(super) fn of_topic(
        connection: &Connection,
        topic: &Topic,
    ) -> rusqlite::Result<Vec<Subscription>> {
        let mut statement = connection
            .prepare_cached(&format!("{COLUMNS} WHERE topic = ?1 ORDER BY subscription.id"))?;
        statement.query_map([topic.id], Subscription::read)?.collect()
    }

    /// All of an account in a region, behind one of them.
    pub(super) fn of_owner(
        connection: &Connection,
        owner: u64,
        region: &str,
    ) -> rusqlite::Result<Vec<Subscription>> {
        let mut statement = connection.prepare_cached(&format!(
            "{COLUMNS} WHERE owner = ?1 AND region = ?2 ORDER BY subscription.id"
        ))?;
        statement.query_map(params![owner.cast_signed(), region], Subscription::read)?.collect()
    }

    /// Its ARN.
    pub(super) fn arn(&self) -> String {
        self.topic.subscription(&self.uuid)
    }

    /// Whether messages that it gets keep their order.
    pub(super) fn is_fifo(&self) -> bool {
        self.topic.is_fifo() && super::name::is_fifo(&self.endpoint)
    }

    /// Keeps its attributes.
    pub(super) fn keep(&self, connection: &Connection) -> rusqlite::Result<()> {
        connection
            .prepare_cached("UPDATE subscription SET attributes = ?2 WHERE id = ?1")?
            .execute(params![self.id, self.terms.spell()])?;
        Ok(())
    }
}
