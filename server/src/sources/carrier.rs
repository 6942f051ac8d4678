//! Who carries for one mapping: receives, keeps, deletes.

use std::sync::{Arc, Weak};
use std::time::Duration;

use engine::engine::Engine;
use engine::record::mapping::{Mapping, SourceKind};
use engine::sources::command::{
    GivenUp, Message, ReadFrom, RecordKey, Records, SourceReport, StreamRecord, Trouble,
};
use neighbours::Actor;
use serde_json::Value;
use tokio::sync::watch;
use wire::arn::{Arn, function_arn};
use wire::event_pattern::EventPattern;

use crate::driver::{Driver, now};
use crate::outward::Reach;
use crate::receiver::{LAMBDA, Place, key_within};
use crate::sources::given_up::Payload;
use crate::sources::held::{Held, Record};
use crate::sources::kafka::event as kafka;
use crate::sources::queue::{Queue, SourceError};
use crate::sources::record::{self, Origin, Spelled};
use crate::sources::stream::Stream;
use crate::sources::{answer, given_up, message};

/// Messages that are deleted at once.
const DELETED_AT_ONCE: usize = 10;
/// How often a deletion is tried, and how long after each failure.
const DELETIONS: u32 = 5;
const DELETE_AGAIN: Duration = Duration::from_millis(200);

/// From where records are carried.
pub(super) enum From {
    Queue(Arc<dyn Queue>),
    Stream(Arc<dyn Stream>),
}

/// Where it is told that records were given up.
pub(crate) enum GivenUpTo {
    /// A queue at an endpoint.
    There(Arc<dyn Queue>),
    /// A place here, which is told in the name of the function's role.
    Here(Place, Arc<Reach>),
}

/// Carries for a mapping, as it was set when it was opened.
pub(super) struct Carrier {
    pub(super) mapping: Mapping,
    pub(super) held: Arc<Held>,
    source: Result<From, SourceError>,
    /// Where a cluster of Kafka is found, as functions are told.
    pub(super) servers: String,
    given_up_to: Option<GivenUpTo>,
    filters: Vec<EventPattern>,
    closed: watch::Sender<bool>,
}

impl Carrier {
    pub(super) fn new(
        mapping: Mapping,
        (source, servers): (Result<From, SourceError>, String),
        given_up_to: Option<GivenUpTo>,
        held: Arc<Held>,
    ) -> Carrier {
        let filters = mapping.settings.filters.iter();
        // They were read when they were given.
        let filters = filters.filter_map(|text| EventPattern::parse(text).ok()).collect();
        let closed = watch::Sender::new(false);
        Carrier { mapping, held, source, servers, given_up_to, filters, closed }
    }

    pub(super) fn close(&self) {
        self.closed.send_replace(true);
    }

    pub(super) fn is_closed(&self) -> bool {
        *self.closed.borrow()
    }

    /// Does something until it is done, or the carrier is closed.
    pub(super) fn carry(&self, work: impl Future<Output = ()> + Send + 'static) {
        let mut closed = self.closed.subscribe();
        tokio::spawn(async move {
            tokio::select! {
                () = work => {}
                _ = closed.wait_for(|closed| *closed) => {}
            }
        });
    }

    fn queue(&self) -> Result<&Arc<dyn Queue>, SourceError> {
        match &self.source {
            Ok(From::Queue(queue)) => Ok(queue),
            Ok(From::Stream(_)) => Err(SourceError::new("InternalError", "it is no queue")),
            Err(error) => Err(error.clone()),
        }
    }

    fn stream(&self) -> Result<&Arc<dyn Stream>, SourceError> {
        match &self.source {
            Ok(From::Stream(stream)) => Ok(stream),
            Ok(From::Queue(_)) => Err(SourceError::new("InternalError", "it is no stream")),
            Err(error) => Err(error.clone()),
        }
    }

    /// Asks for the shards of a stream, and reports them.
    pub(super) async fn list(&self, driver: Weak<Driver>, call: u64) {
        let found = match self.stream() {
            Ok(stream) => stream.shards().await,
            Err(error) => Err(error),
        };
        let Some(driver) = driver.upgrade() else { return };
        let shards = found.map_err(|error| self.told(&error));
        driver.carried(SourceReport::Listed { mapping: self.mapping.id, call, shards });
    }

    /// Reads a shard, and reports its records.
    pub(super) async fn read(
        &self,
        driver: Weak<Driver>,
        shard: String,
        call: u64,
        from: ReadFrom,
    ) {
        let read = match self.stream() {
            Ok(stream) => stream.read(&shard, &from).await,
            Err(error) => Err(error),
        };
        let Some(driver) = driver.upgrade() else { return };
        let mapping = &self.mapping;
        let records = read.map_err(|error| self.told(&error)).map(|read| {
            let role = self.role(&driver);
            let arn = &mapping.source;
            let region = Arn::parse(arn).map_or("", |arn| arn.region);
            let origin = Origin { kind: mapping.kind, arn, region, shard: &shard, role: &role };
            let records = read.records.iter().map(|each| self.keep_record(each, &origin)).collect();
            Records { records, is_end: read.is_end, next: read.next }
        });
        driver.carried(SourceReport::Read { mapping: mapping.id, shard, call, records });
    }

    fn keep_record(&self, each: &Value, origin: &Origin<'_>) -> StreamRecord {
        let Spelled { event, sequence, lane, at } = record::spell(each, origin);
        let is_wanted = record::is_wanted(&event, origin.kind, &self.filters);
        let event = event.to_string();
        let size = event.len() + 1;
        let id = match origin.kind.is_kafka() {
            true => answer::name(origin.shard, &sequence),
            false => sequence.clone(),
        };
        let kept = Record { id, handle: String::new(), event, trace: None };
        StreamRecord { key: self.held.keep(kept), sequence, lane, size, at, is_wanted }
    }

    /// Why a source is not read, as it is told.
    fn told(&self, error: &SourceError) -> Trouble {
        let (mapping, source) = (self.mapping.id, &self.mapping.source);
        tracing::warn!(%mapping, source, %error, "an event source is not read");
        Trouble { problem: error.problem, why: error.to_string() }
    }

    /// Has the source know up to where a shard is done with.
    pub(super) fn commit(&self, shard: &str, after: &str) {
        if let Ok(stream) = self.stream() {
            stream.commit(shard, after);
        }
    }

    /// Tells the mapping's destination that records are given up, and reports whether it could.
    pub(super) async fn give_up(&self, driver: &Driver, number: u64, given_up: GivenUp) {
        let payload = self.mapping.kind.is_kafka().then(|| {
            let event = self.event_of(&given_up);
            Payload { servers: &self.servers, size: event.len() }
        });
        let document = given_up::document(&self.mapping, &given_up, now(), payload.as_ref());
        let told = match &self.given_up_to {
            Some(GivenUpTo::There(queue)) => queue.send(document.to_string()).await,
            Some(GivenUpTo::Here(place, reach)) => {
                let actor = self.actor(driver);
                let body = match place {
                    // An object has room for what the function was given, too.
                    Place::Bucket(_) => self.with_payload(document, &given_up),
                    _ => document.to_string(),
                };
                let path = format!("{}/{}", self.mapping.id, given_up.shard);
                let told = place.put(reach, &actor, body, || key_within(&path)).await;
                told.map_err(|error| SourceError::new(error.code, error.message))
            }
            None => Err(SourceError::new("InvalidAddress", "it cannot be told")),
        };
        let mapping = self.mapping.id;
        let failure = told.err().map(|error| {
            tracing::warn!(%mapping, %error, "a destination is not told that records are given up");
            error.to_string()
        });
        driver.carried(SourceReport::GaveUp { mapping, number, failure });
    }

    /// Who tells a destination: Lambda, as the role of the mapping's function.
    fn actor(&self, driver: &Driver) -> Actor {
        let Mapping { scope, function, qualifier, .. } = &self.mapping;
        let account = format!("{:012}", scope.account);
        Actor {
            principal: LAMBDA,
            source_arn: function_arn(&scope.region, &account, function, qualifier.as_deref()),
            source_account: scope.account,
            role: Some(self.role(driver)),
            trace: None,
        }
    }

    /// The mapping's function, whatever of it is invoked.
    pub(super) fn function_arn(&self) -> String {
        let Mapping { scope, function, .. } = &self.mapping;
        function_arn(&scope.region, &format!("{:012}", scope.account), function, None)
    }

    /// The role of the mapping's function; of one that is gone it is none that may anything.
    fn role(&self, driver: &Driver) -> String {
        let mapping = &self.mapping;
        let role = driver.read(|engine: &Engine| {
            let function = engine.function(&mapping.scope, &mapping.function)?;
            Some(function.latest.settings.role.clone())
        });
        role.unwrap_or_default()
    }

    /// What the function was given of records that are given up.
    fn event_of(&self, given_up: &GivenUp) -> String {
        let events = self.held.look(&given_up.records, |record| record.event.clone());
        let records = events.join(",");
        match self.mapping.kind.is_kafka() {
            true => kafka::document(&self.mapping, &self.servers, &given_up.shard, &records),
            false => format!("{{\"Records\":[{records}]}}"),
        }
    }

    /// A document of records that are given up, with what the function was given.
    fn with_payload(&self, mut document: Value, given_up: &GivenUp) -> String {
        document["payload"] = self.event_of(given_up).into();
        document.to_string()
    }

    /// Waits for messages, and reports them.
    pub(super) async fn receive(&self, driver: Weak<Driver>, poll: u64, most: u32) {
        let received = match self.queue() {
            Ok(queue) => queue.receive(most).await,
            Err(error) => Err(error),
        };
        let mapping = self.mapping.id;
        // The server ends.
        let Some(driver) = driver.upgrade() else { return };
        if matches!(&received, Ok(messages) if messages.is_empty()) && driver.is_draining() {
            // Whoever waits was sent away, since the server stops.
            return;
        }
        driver.carried(match received {
            Ok(messages) => {
                let messages = messages.iter().map(|message| self.keep(message)).collect();
                SourceReport::Received { mapping, poll, messages }
            }
            Err(error) => SourceReport::Failed { mapping, poll, why: self.told(&error) },
        });
    }

    fn keep(&self, message: &Value) -> Message {
        let arn = &self.mapping.source;
        let region = Arn::parse(arn).map_or("", |arn| arn.region);
        let record = message::record(message, arn, region);
        let is_wanted = message::is_wanted(&record, &self.filters);
        let group = match self.mapping.kind {
            SourceKind::FifoQueue => {
                record["attributes"]["MessageGroupId"].as_str().map(str::to_owned)
            }
            // Groups of a standard queue are shares of it, and have no order.
            SourceKind::Queue
            | SourceKind::Kinesis
            | SourceKind::DynamoDb
            | SourceKind::Msk
            | SourceKind::Kafka => None,
        };
        let text = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
        let (id, handle) = (text("messageId"), text("receiptHandle"));
        let trace = record["attributes"]["AWSTraceHeader"].as_str().map(str::to_owned);
        let event = record.to_string();
        let size = event.len() + 1;
        let key = self.held.keep(Record { id, handle, event, trace });
        Message { key, size, group, is_wanted }
    }

    /// Deletes messages; one that cannot be deleted comes again.
    pub(super) async fn delete(&self, records: Vec<RecordKey>) {
        let mut handles = self.held.look(&records, |record| record.handle.clone());
        self.held.forget(&records);
        let Ok(queue) = self.queue() else { return };
        for tried in 1..=DELETIONS {
            let mut left = Vec::new();
            let mut why = None;
            for part in handles.chunks(DELETED_AT_ONCE) {
                match queue.delete(part.to_vec()).await {
                    Ok(there) => {
                        left.extend(there.into_iter().filter_map(|at| part.get(at).cloned()))
                    }
                    Err(error) => {
                        left.extend_from_slice(part);
                        why = Some(error);
                    }
                }
            }
            if left.is_empty() {
                return;
            }
            if tried == DELETIONS {
                let (mapping, count) = (self.mapping.id, left.len());
                let why = why.map(|error| error.to_string());
                tracing::warn!(%mapping, count, why, "messages are not deleted, and come again");
            }
            handles = left;
            tokio::time::sleep(DELETE_AGAIN * tried).await;
        }
    }
}
