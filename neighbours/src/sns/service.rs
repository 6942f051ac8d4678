//! SNS as a whole, and its calls within the process.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;
use serde_json::Value;
use tokio::sync::{Notify, watch};
use wire::{ApiError, Operation};

use crate::failure::Failure;
use crate::operation::{Context, Demand, Service, Setup};
use crate::outward::Outward;
use crate::sns::content::Content;
use crate::sns::courier;
use crate::sns::name::{self, TopicName};
use crate::sns::outbox::{self, Published};
use crate::sns::refusal::invalid;
use crate::sns::schema::SCHEMA;
use crate::sns::stored::{Subscription, Topic};
use crate::store::Store;

/// SNS.
#[derive(Debug)]
pub struct Sns {
    pub(in crate::sns) store: Store,
    pub(in crate::sns) outward: Arc<dyn Outward>,
    /// Told when there is something to deliver.
    pub(in crate::sns) filled: Arc<Notify>,
    /// Whether nothing more is to be delivered.
    pub(in crate::sns) is_stopping: watch::Sender<bool>,
    /// Whether an earlier server may have left something to deliver.
    has_store: bool,
    has_begun: AtomicBool,
}

impl Service for Sns {
    fn new(setup: &Setup) -> Arc<Sns> {
        Arc::new(Sns {
            store: Store::new(&setup.directory, SCHEMA),
            outward: Arc::clone(&setup.outward),
            filled: Arc::default(),
            is_stopping: watch::Sender::new(false),
            has_store: setup.directory.join(SCHEMA.file).exists(),
            has_begun: AtomicBool::new(false),
        })
    }

    async fn demands(
        self: &Arc<Sns>,
        cx: &Context<'_>,
        operation: &'static Operation,
        input: &Value,
    ) -> Result<Vec<Demand>, ApiError> {
        let text = |member: &str| input[member].as_str();
        // A batch is its operation many times.
        let name = operation.name.strip_suffix("Batch").unwrap_or(operation.name);
        let action = format!("SNS:{name}");
        let told = |failure: Failure| failure.told_by(operation.service);
        if let Some(arn) = text("SubscriptionArn") {
            let (topic, uuid) = name::subscription(arn)?;
            let look = move |connection: &_| {
                Ok::<_, Failure>(Subscription::look(connection, &topic, &uuid)?)
            };
            let mut demand = Demand::new(action, "*");
            // It is of whoever subscribed, and of the topic's owner.
            if let Some(found) = self.store.run(look).await.map_err(told)? {
                let is_own = [found.owner, found.topic.account].contains(&cx.scope.account);
                demand.owner = Some(found.owner).filter(|_| !is_own);
            }
            return Ok(vec![demand]);
        }
        let arn = ["TopicArn", "TargetArn", "ResourceArn"].iter().find_map(|member| text(member));
        let topic = match (arn, text("Name")) {
            // What is no ARN is refused as such.
            (Some(arn), _) => TopicName::of("TopicArn", arn).ok(),
            (None, Some(name)) => Some(TopicName::new(&cx.scope, name)),
            (None, None) => None,
        };
        let Some(topic) = topic else { return Ok(vec![Demand::new(action, "*")]) };
        let mut demand = Demand::new(action, topic.arn());
        demand.owner = Some(topic.account);
        for (key, member) in [("sns:Endpoint", "Endpoint"), ("sns:Protocol", "Protocol")] {
            demand.values.extend(text(member).map(|value| (key.to_owned(), value.to_owned())));
        }
        for tag in input["Tags"].as_array().into_iter().flatten() {
            let part = |member: &str| tag[member].as_str().unwrap_or_default().to_owned();
            demand.request_tags.push((part("Key"), part("Value")));
        }
        demand.tag_keys(&input["TagKeys"]);
        let look = move |connection: &_| {
            let found = Topic::look(connection, &topic)?;
            let tags = found.as_ref().map(|topic| topic.tags(connection)).transpose()?;
            Ok::<_, Failure>((found, tags))
        };
        let (found, tags) = self.store.run(look).await.map_err(told)?;
        demand.policy = found.and_then(|topic| topic.settings.policy().map(str::to_owned));
        demand.resource_tags = tags.unwrap_or_default().into_iter().collect();
        Ok(vec![demand])
    }

    fn begin(self: &Arc<Sns>) {
        if !self.has_begun.swap(true, Ordering::Relaxed) {
            courier::start(self);
        }
    }

    fn resume(self: &Arc<Sns>) {
        if self.has_store {
            self.begin();
        }
    }

    fn stop_waiting(&self) {
        self.is_stopping.send_replace(true);
    }

    fn close(&self) {
        self.stop_waiting();
        self.store.close();
    }
}

/// The topic that a request names, which is one of the region that is asked.
///
/// # Errors
/// When it is none.
pub(crate) fn topic_of(
    cx: &Context<'_>,
    parameter: &str,
    arn: &str,
) -> Result<TopicName, ApiError> {
    let topic = TopicName::of(parameter, arn)?;
    match topic.region == cx.scope.region {
        true => Ok(topic),
        false => Err(invalid(parameter)),
    }
}

impl Sns {
    /// Publishes messages to a topic; told in their order once they are sure to be delivered.
    ///
    /// # Errors
    /// When the topic is not there, or refuses one of them.
    pub(in crate::sns) async fn publish(
        &self,
        topic: TopicName,
        messages: Vec<Content>,
    ) -> Result<Vec<Published>, Failure> {
        let now = crate::time::now();
        let publish = move |connection: &_| outbox::publish(connection, &topic, messages, now);
        let published = self.store.run(publish).await?;
        self.filled.notify_one();
        Ok(published)
    }

    /// Has nothing be on its way to subscriptions that are to go. It is done bit by bit, so that it needs no
    /// room, however much there is.
    pub(in crate::sns) async fn empty(
        &self,
        find: impl FnOnce(&Connection) -> Result<Vec<i64>, Failure> + Send + 'static,
    ) -> Result<(), Failure> {
        for id in self.store.run_lean(find).await? {
            let some = move |connection: &Connection| {
                Ok::<_, Failure>(outbox::forget_some(connection, id)?)
            };
            while self.store.run_lean(some).await? {}
        }
        Ok(())
    }
}
