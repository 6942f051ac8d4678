//! Kinesis as a whole.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use rusqlite::Connection;
use serde_json::Value;
use tokio::sync::Semaphore;
use wire::{ApiError, Operation};

use crate::bell::{Bells, Ears};
use crate::kinesis::iterator::Iterator;
use crate::kinesis::name::stream_arn;
use crate::kinesis::operations::{list, subscribe};
use crate::kinesis::schema::SCHEMA;
use crate::kinesis::subscription::Subscriptions;
use crate::kinesis::sweep;
use crate::operation::{Context, Demand, Scope, Service, Setup};
use crate::store::{Store, StoreError};

/// Kinesis.
#[derive(Debug)]
pub struct Kinesis {
    pub(in crate::kinesis) store: Store,
    /// Rung when a stream has new records, or its shards have changed, by its ARN.
    bells: Bells<String>,
    pub(in crate::kinesis) subscriptions: Subscriptions,
    /// Bytes that events of subscriptions may have.
    pub(in crate::kinesis) sent: Arc<Semaphore>,
    /// When records that are too old were let go of last.
    trimmed: AtomicI64,
}

/// How often is looked for records that are too old, in milliseconds.
const BETWEEN: i64 = 60_000;

impl Service for Kinesis {
    fn new(setup: &Setup) -> Arc<Kinesis> {
        let store = Store::new(&setup.directory, SCHEMA);
        Arc::new(Kinesis {
            store,
            bells: Bells::default(),
            subscriptions: Subscriptions::default(),
            sent: Arc::new(Semaphore::new(subscribe::ALL)),
            trimmed: AtomicI64::default(),
        })
    }

    async fn demands(
        self: &Arc<Kinesis>,
        cx: &Context<'_>,
        operation: &'static Operation,
        input: &Value,
    ) -> Result<Vec<Demand>, ApiError> {
        let text = |member: &str| input[member].as_str();
        let iterator = || Iterator::parse(text("ShardIterator")?).map(|it| it.name);
        // Of the two listings that go on by tokens, that of a stream's shards tells the stream by it.
        let listed =
            || list::stream_of(text("NextToken").filter(|_| operation.name == "ListShards")?);
        let of_consumer = || {
            let (stream, name) = (text("StreamARN")?, text("ConsumerName")?);
            let is_registered = operation.name != "RegisterStreamConsumer";
            // Policies tell the second of a consumer by a pattern.
            is_registered.then(|| format!("{stream}/consumer/{name}:*"))
        };
        let given = ["ConsumerARN", "ResourceARN"].into_iter().find_map(text).map(str::to_owned);
        let resource = given
            .or_else(of_consumer)
            .or_else(|| text("StreamARN").map(str::to_owned))
            .or_else(|| text("StreamName").map(|name| stream_arn(&cx.scope, name)))
            .or_else(|| iterator().or_else(listed).map(|name| stream_arn(&cx.scope, &name)))
            .unwrap_or_else(|| "*".to_owned());
        let mut demand = Demand::new(format!("kinesis:{}", operation.name), resource);
        let tags = input["Tags"].as_object().into_iter().flatten();
        demand.request_tags = tags
            .map(|(key, value)| (key.clone(), value.as_str().unwrap_or_default().to_owned()))
            .collect();
        demand.tag_keys(&input["TagKeys"]);
        Ok(vec![demand])
    }

    fn stop_waiting(&self) {
        self.subscriptions.stop();
    }

    fn close(&self) {
        self.stop_waiting();
        self.store.close();
    }
}

impl Kinesis {
    /// Wakes whoever listens whenever the stream of an ARN may have new records, or other shards.
    pub fn listen(&self, stream: &str) -> Ears {
        self.bells.listen(&stream.to_owned())
    }

    /// Lets records of all streams go that are too old, if it was not done lately.
    pub(in crate::kinesis) async fn trim(&self, now: i64) {
        if (0..BETWEEN).contains(&(now - self.trimmed.load(Ordering::Relaxed))) {
            return;
        }
        self.trimmed.store(now, Ordering::Relaxed);
        self.sweep(now).await;
    }

    /// Lets records go that are too old, or whose stream was deleted.
    pub(in crate::kinesis) async fn sweep(&self, now: i64) {
        loop {
            let step =
                move |connection: &Connection| Ok::<_, StoreError>(sweep::step(connection, now)?);
            match self.store.run_lean(step).await {
                Ok(true) => {}
                Ok(false) | Err(StoreError::Closed) => return,
                Err(why) => {
                    tracing::warn!(%why, "records that are gone keep their room");
                    return;
                }
            }
        }
    }

    pub(in crate::kinesis) fn ring(&self, scope: &Scope, stream: &str) {
        self.bells.ring(&stream_arn(scope, stream));
    }
}
