//! `SubscribeToShard`: the records of a shard are sent to a consumer as they come, for five minutes.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use rusqlite::Connection;
use serde_json::Value;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};
use tokio::time::{Instant, sleep_until};
use wire::kinesis::input::{StartingPosition, SubscribeToShard};
use wire::kinesis::output::{
    SubscribeToShardEvent, SubscribeToShardEventStream, SubscribeToShardOutput,
};
use wire::{ApiError, Operation as Spelling, event_stream};

use crate::failure::Failure;
use crate::kinesis::name::{consumer_arn, stream_arn};
use crate::kinesis::operations::consumer::Named;
use crate::kinesis::operations::read::{Bounds, Place, Read, read_on};
use crate::kinesis::refusal::{in_use, invalid};
use crate::kinesis::sequence;
use crate::kinesis::service::Kinesis;
use crate::kinesis::subscription::Over;
use crate::operation::{Context, Operation, Scope};
use crate::time::now;

/// How long a subscription lasts.
const LIFE: Duration = Duration::from_secs(5 * 60);
/// After how long without records it is told that there are none.
const QUIET: Duration = Duration::from_secs(5);
/// Bytes of the records of an event, but for the last, and how many they are: of each subscription two events
/// are in memory at the most, one that is sent and one that waits.
const BYTES: usize = 256 << 10;
const RECORDS: usize = 1_000;
/// Bytes that one event may take while it is read and spelled: with a last record of 1 MB, in base64.
const ONE: u32 = 2 << 20;
/// Bytes of the events of all subscriptions that are in memory: whoever reads slowly has others read
/// slowly, and no more.
pub(in crate::kinesis) const ALL: usize = 32 << 20;

/// A shard, as it is read for a consumer.
struct Subscription {
    scope: Scope,
    named: Named,
    stream: String,
    shard: String,
    after: i64,
}

impl Operation<Kinesis> for SubscribeToShard {
    type Output = SubscribeToShardOutput;

    async fn run(
        self,
        kinesis: &Arc<Kinesis>,
        cx: &Context<'_>,
    ) -> Result<SubscribeToShardOutput, Failure> {
        let SubscribeToShard { consumer_arn: given, shard_id, starting_position } = self;
        let StartingPosition { r#type, sequence_number, timestamp } = starting_position;
        let exchange = cx.exchange.ok_or_else(|| {
            invalid(
                "Warren sends the records of a subscription to callers that ask in JSON by HTTP.",
            )
        })?;
        let named = Named::read(&cx.scope, None, None, Some(&given))?;
        let (scope, at) = (cx.scope.clone(), now());
        kinesis.trim(at).await;
        let work = move |connection: &Connection| -> Result<(String, Subscription), Failure> {
            let (stream, created) = named.find(connection, &scope)?;
            let shard = stream.shard(connection, &scope, &shard_id)?;
            let place = Place {
                operation: "SubscribeToShard",
                kind: &r#type,
                number: sequence_number.as_deref(),
                timestamp,
            };
            let after = place.find(connection, (&scope, &stream, &shard), at)?;
            let consumer = consumer_arn(&scope, &stream.name, named.name(), created);
            let stream = stream.name;
            Ok((consumer, Subscription { scope, named, stream, shard: shard_id, after }))
        };
        let (consumer, subscription) = kinesis.store.run_lean(work).await?;
        let key = (consumer, subscription.shard.clone());
        let ends = kinesis.subscriptions.begin(key).ok_or_else(|| subscription.another())?;
        let (sender, events) = mpsc::channel(1);
        exchange.answer_with_events(events);
        tokio::spawn(send(Arc::clone(kinesis), subscription, sender, ends));
        // What is sent is in the exchange.
        Ok(output(SubscribeToShardEvent {
            records: Vec::new(),
            continuation_sequence_number: String::new(),
            millis_behind_latest: 0,
            child_shards: None,
        }))
    }
}

impl Subscription {
    fn another(&self) -> ApiError {
        in_use(format!(
            "Another active subscription exists for this consumer: {:012}:{}:{}:{}",
            self.scope.account,
            self.stream,
            self.shard,
            self.named.name()
        ))
    }

    /// Reads on, as long as the consumer and the shard are there.
    fn read(&mut self, connection: &Connection) -> Result<(Read, i64), Failure> {
        let (stream, _) = self.named.find(connection, &self.scope)?;
        let shard = stream.shard(connection, &self.scope, &self.shard)?;
        let bounds = Bounds { records: RECORDS, bytes: BYTES };
        let read = read_on(connection, (&stream, &shard), self.after, bounds, now())?;
        self.after = read.after;
        // A shard's own numbers are those from its first on.
        Ok((read, self.after.max(shard.first)))
    }
}

/// Sends records until the time is over, the shard has ended, or nobody receives them.
async fn send(
    kinesis: Arc<Kinesis>,
    subscription: Subscription,
    sender: mpsc::Sender<io::Result<Bytes>>,
    mut ends: oneshot::Receiver<Over>,
) {
    let operation = wire::kinesis::SERVICE.operation("SubscribeToShard");
    let operation = operation.expect("it is the one that is run");
    let another = subscription.another();
    let sending = send_all(&kinesis, operation, subscription, &sender);
    let over = tokio::select! {
        error = sending => error,
        // Nobody can say any more that it is over where the service itself ends.
        over = &mut ends => match over {
            Ok(Over::Taken) => Some(another),
            Ok(Over::Stopping) | Err(_) => None,
        },
        () = sleep_until(Instant::now() + LIFE) => None,
        () = sender.closed() => None,
    };
    if let Some(error) = over {
        // Where it is not taken, nobody is there.
        let message = event_stream::exception(operation, &error);
        let _ = tokio::time::timeout(QUIET, sender.send(Ok(message))).await;
    }
}

/// Sends records until the shard has ended; answers the error that ends it before.
async fn send_all(
    kinesis: &Arc<Kinesis>,
    operation: &'static Spelling,
    mut subscription: Subscription,
    sender: &mpsc::Sender<io::Result<Bytes>>,
) -> Option<ApiError> {
    let arn = stream_arn(&subscription.scope, &subscription.stream);
    // Listened to before anything is read, so that nothing comes unheard in between.
    let mut ears = kinesis.listen(&arn);
    let mut told: Option<Instant> = None;
    sender.send(Ok(event_stream::initial(operation))).await.ok()?;
    loop {
        // Nothing is read before there is room for it.
        let room = sender.reserve().await.ok()?;
        let share = Arc::clone(&kinesis.sent).acquire_many_owned(ONE).await.ok()?;
        let work = move |connection: &Connection| -> Result<_, Failure> {
            let read = subscription.read(connection)?;
            Ok((subscription, read))
        };
        let ((read, at), quiet) = match kinesis.store.run_lean(work).await {
            Ok((on, read)) => {
                subscription = on;
                (read, told.map_or(Duration::ZERO, |told| QUIET.saturating_sub(told.elapsed())))
            }
            Err(failure) => return Some(failure.told_by(operation.service)),
        };
        let has_ended = read.children.is_some();
        if has_ended || !read.records.is_empty() || quiet.is_zero() {
            room.send(Ok(Counted::bytes(spelled(operation, read, at), share)));
            told = Some(Instant::now());
            if has_ended {
                return None;
            }
            continue;
        }
        drop((room, share));
        // Whether it rang or not: what there is now is read.
        let _ = tokio::time::timeout(quiet, ears.ring()).await;
    }
}

/// Bytes of an event, which are counted until they are sent.
struct Counted {
    bytes: Bytes,
    _share: OwnedSemaphorePermit,
}

impl AsRef<[u8]> for Counted {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Counted {
    /// An event with as much of a share as it takes; the rest is given back.
    fn bytes(bytes: Bytes, mut share: OwnedSemaphorePermit) -> Bytes {
        let taken = bytes.len().min(share.num_permits());
        drop(share.split(share.num_permits() - taken));
        Bytes::from_owner(Counted { bytes, _share: share })
    }
}

/// What the operation answers, as its model has it: a stream of which each event is one member.
fn output(event: SubscribeToShardEvent) -> SubscribeToShardOutput {
    let event_stream = SubscribeToShardEventStream {
        subscribe_to_shard_event: event,
        resource_not_found_exception: None,
        resource_in_use_exception: None,
        kms_disabled_exception: None,
        kms_invalid_state_exception: None,
        kms_access_denied_exception: None,
        kms_not_found_exception: None,
        kms_opt_in_required: None,
        kms_throttling_exception: None,
        internal_failure_exception: None,
    };
    SubscribeToShardOutput { event_stream }
}

/// What was read, as an event.
fn spelled(operation: &'static Spelling, read: Read, at: i64) -> Bytes {
    let Read { records, behind, children, .. } = read;
    let has_ended = children.is_some();
    let event = SubscribeToShardEvent {
        records,
        continuation_sequence_number: sequence::spelled(at),
        millis_behind_latest: behind,
        child_shards: children,
    };
    let name = "SubscribeToShardEvent";
    let output = serde_json::to_value(output(event)).expect("an output is plain data");
    let mut spelled = wire::spell(operation, &output);
    let mut event: Value = spelled["EventStream"][name].take();
    if let Some(members) = event.as_object_mut().filter(|_| has_ended) {
        // Where nothing follows, there is no place to go on from.
        members.remove("ContinuationSequenceNumber");
    }
    event_stream::event(operation, name, &event)
}

#[cfg(test)]
mod tests {
    use tokio::sync::Semaphore;

    use super::*;

    #[test]
    fn an_event_is_counted_until_nobody_has_any_of_its_bytes() {
        let all = Arc::new(Semaphore::new(ALL));
        let share = Arc::clone(&all).try_acquire_many_owned(ONE).expect("room");
        let mut event = Counted::bytes(Bytes::from(vec![7; 1000]), share);
        assert_eq!(all.available_permits(), ALL - 1000);
        let sent = event.split_to(400);
        drop(event);
        assert_eq!((sent.len(), all.available_permits()), (400, ALL - 1000));
        drop(sent);
        assert_eq!(all.available_permits(), ALL);
    }
}
