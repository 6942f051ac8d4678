//! Kinesis as a whole.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use rusqlite::Connection;
use serde_json::Value;
use wire::{ApiError, Operation};

use crate::bell::{Bells, Ears};
use crate::kinesis::iterator::Iterator;
use crate::kinesis::name::stream_arn;
use crate::kinesis::schema::SCHEMA;
use crate::kinesis::stored::Stream;
use crate::operation::{Context, Demand, Scope, Service, Setup};
use crate::store::Store;

/// Kinesis.
#[derive(Debug)]
pub struct Kinesis {
    pub(in crate::kinesis) store: Store,
    /// Rung when a stream has new records, or its shards have changed, by its ARN.
    bells: Bells<String>,
    trims: Trims,
}

/// How often is looked for records that are too old, in milliseconds.
const BETWEEN: i64 = 60_000;

/// When records that are too old were let go of last.
#[derive(Debug, Clone, Default)]
pub(in crate::kinesis) struct Trims(Arc<AtomicI64>);

impl Trims {
    /// Lets records of all streams go that are too old, if it was not done lately.
    pub(in crate::kinesis) fn trim(
        &self,
        connection: &Connection,
        now: i64,
    ) -> rusqlite::Result<()> {
        if (0..BETWEEN).contains(&(now - self.0.load(Ordering::Relaxed))) {
            return Ok(());
        }
        self.0.store(now, Ordering::Relaxed);
        Stream::everywhere(connection)?.iter().try_for_each(|stream| stream.trim(connection, now))
    }
}

impl Service for Kinesis {
    fn new(setup: &Setup) -> Arc<Kinesis> {
        let store = Store::new(&setup.directory, SCHEMA);
        Arc::new(Kinesis { store, bells: Bells::default(), trims: Trims::default() })
    }

    async fn demands(
        self: &Arc<Kinesis>,
        cx: &Context<'_>,
        operation: &'static Operation,
        input: &Value,
    ) -> Result<Vec<Demand>, ApiError> {
        let text = |member: &str| input[member].as_str();
        let iterator = || Iterator::parse(text("ShardIterator")?).map(|it| it.name);
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
            .or_else(|| iterator().map(|name| stream_arn(&cx.scope, &name)))
            .unwrap_or_else(|| "*".to_owned());
        let mut demand = Demand::new(format!("kinesis:{}", operation.name), resource);
        let tags = input["Tags"].as_object().into_iter().flatten();
        demand.request_tags = tags
            .map(|(key, value)| (key.clone(), value.as_str().unwrap_or_default().to_owned()))
            .collect();
        demand.tag_keys(&input["TagKeys"]);
        Ok(vec![demand])
    }

    fn close(&self) {
        self.store.close();
    }
}

impl Kinesis {
    /// Wakes whoever listens whenever the stream of an ARN may have new records, or other shards.
    pub fn listen(&self, stream: &str) -> Ears {
        self.bells.listen(&stream.to_owned())
    }

    pub(in crate::kinesis) fn trims(&self) -> Trims {
        self.trims.clone()
    }

    pub(in crate::kinesis) fn ring(&self, scope: &Scope, stream: &str) {
        self.bells.ring(&stream_arn(scope, stream));
    }
}
