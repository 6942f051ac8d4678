//! A stream that is asked by its service's operations: of Kinesis, or of a DynamoDB table.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use engine::limits::SHARDS_MOST;
use engine::record::mapping::SourceKind;
use engine::sources::command::{ReadFrom, ShardInfo};
use serde_json::{Value, json};
use wire::arn::Arn;

use crate::sources::place::{Call, Place};
use crate::sources::queue::{Asking, SourceError};
use crate::sources::stream::{Read, Stream};
use crate::thread;

/// How long a call may take.
const TIMEOUT: Duration = Duration::from_secs(30);
/// How long a read waits for records.
const WAIT: Duration = Duration::from_secs(20);
/// Records of a read at the most.
const MOST: u32 = 1000;
/// Answers that list one stream's shards: of Kinesis each has up to 1,000 of them.
const PAGES: usize = 200;
/// Letters of a name of a shard or a record, and of an iterator.
const NAME: usize = 128;
const ITERATOR: usize = 4096;

/// A stream, wherever it is.
pub(crate) struct StreamAt {
    place: Place,
    kind: SourceKind,
    region: String,
    account: String,
    /// The stream's own, also where a consumer of it is the source.
    arn: String,
    /// The stream's name, of Kinesis.
    name: String,
    /// The ARN of the consumer that is read for.
    consumer: Option<String>,
    /// Where each shard is read on, for who reads on from there.
    iterators: Mutex<HashMap<String, (ReadFrom, String)>>,
}

impl StreamAt {
    pub(crate) fn new(place: Place, kind: SourceKind, arn: &Arn<'_>) -> StreamAt {
        let whole = arn.to_string();
        let (stream, consumer) = match whole.split_once("/consumer/") {
            Some((stream, _)) => (stream.to_owned(), Some(whole.clone())),
            None => (whole, None),
        };
        let name = arn.resource.strip_prefix("stream/").unwrap_or(arn.resource);
        let name = name.split_once("/consumer/").map_or(name, |(name, _)| name).to_owned();
        StreamAt {
            place,
            kind,
            region: arn.region.to_owned(),
            account: arn.account.to_owned(),
            arn: stream,
            name,
            consumer,
            iterators: Mutex::default(),
        }
    }

    async fn call(&self, operation: &str, input: &Value) -> Result<Value, SourceError> {
        let (service, prefix, version) = match self.kind {
            SourceKind::Kinesis => ("kinesis", "Kinesis_20131202", "1.1"),
            _ => ("dynamodb", "DynamoDBStreams_20120810", "1.0"),
        };
        let call = Call {
            service,
            region: &self.region,
            account: &self.account,
            prefix,
            operation,
            version,
            input,
            timeout: TIMEOUT,
        };
        self.place.call(call).await
    }

    /// How often the service is asked while nothing comes: as often as Lambda does.
    fn interval(&self) -> Duration {
        match self.kind {
            SourceKind::Kinesis => Duration::from_secs(1),
            _ => Duration::from_millis(250),
        }
    }

    async fn list(&self) -> Result<Vec<ShardInfo>, SourceError> {
        let is_kinesis = self.kind == SourceKind::Kinesis;
        if let Some(consumer) = &self.consumer {
            self.call("DescribeStreamConsumer", &json!({"ConsumerARN": consumer})).await?;
        }
        let mut found = Vec::new();
        let mut next: Option<Value> = None;
        for _ in 0..PAGES {
            let answer = if is_kinesis {
                let input = match next.take() {
                    Some(token) => json!({"NextToken": token}),
                    None => json!({"StreamName": self.name}),
                };
                self.call("ListShards", &input).await?
            } else {
                let mut input = json!({"StreamArn": self.arn});
                if let Some(last) = next.take() {
                    input["ExclusiveStartShardId"] = last;
                }
                self.call("DescribeStream", &input).await?["StreamDescription"].take()
            };
            for each in answer["Shards"].as_array().ok_or_else(odd_shards)? {
                found.push(shard(each)?);
            }
            if found.len() > SHARDS_MOST {
                break;
            }
            let token = &answer[if is_kinesis { "NextToken" } else { "LastEvaluatedShardId" }];
            if token.is_null() {
                return Ok(found);
            }
            next = Some(token.clone());
        }
        let why =
            format!("it has more than the {SHARDS_MOST} shards that Warren reads of a stream");
        Err(SourceError::new("LimitExceededException", why))
    }

    async fn iterator(&self, shard: &str, from: &ReadFrom) -> Result<String, SourceError> {
        let kept = thread::lock(&self.iterators, "iterators of a stream").remove(shard);
        if let Some((_, iterator)) = kept.filter(|(at, _)| at == from) {
            return Ok(iterator);
        }
        let mut input = match self.kind {
            SourceKind::Kinesis => json!({"StreamName": self.name}),
            _ => {
                json!({"StreamArn": self.arn})
            }
        };
        input["ShardId"] = shard.into();
        input["ShardIteratorType"] = match from {
            ReadFrom::TrimHorizon => "TRIM_HORIZON",
            ReadFrom::Latest => "LATEST",
            ReadFrom::At(_) => "AT_TIMESTAMP",
            ReadFrom::After(_) => "AFTER_SEQUENCE_NUMBER",
        }
        .into();
        match from {
            ReadFrom::TrimHorizon | ReadFrom::Latest => {}
            ReadFrom::At(millis) => input["Timestamp"] = json!(*millis as f64 / 1000.0),
            ReadFrom::After(sequence) => input["SequenceNumber"] = sequence.as_str().into(),
        }
        if let (SourceKind::Kinesis, Some(sequence)) = (self.kind, input.get("SequenceNumber")) {
            input["StartingSequenceNumber"] = sequence.clone();
            input.as_object_mut().expect("it was made one").remove("SequenceNumber");
        }
        let answer = self.call("GetShardIterator", &input).await;
        let answer = match answer {
            // What followed it is gone: the oldest that is left does now.
            Err(error) if error.code.starts_with("TrimmedData") => {
                let input = json!({"StreamArn": self.arn, "ShardId": shard,
                    "ShardIteratorType": "TRIM_HORIZON"});
                self.call("GetShardIterator", &input).await?
            }
            other => other?,
        };
        let iterator = answer["ShardIterator"].as_str().filter(|it| it.len() <= ITERATOR);
        iterator
            .map(str::to_owned)
            .ok_or_else(|| SourceError::new("InternalError", "the shard has no iterator"))
    }

    fn keep(&self, shard: &str, at: ReadFrom, iterator: String) {
        let mut kept = thread::lock(&self.iterators, "iterators of a stream");
        kept.insert(shard.to_owned(), (at, iterator));
    }

    async fn read_on(&self, shard: &str, from: &ReadFrom) -> Result<Read, SourceError> {
        let began = Instant::now();
        // Listened to before anything is read, so that nothing comes unheard in between.
        let mut ears = self.place.listen(self.kind, &self.arn);
        let mut iterator = self.iterator(shard, from).await?;
        loop {
            let input = json!({"ShardIterator": iterator, "Limit": MOST});
            let mut answer = self.call("GetRecords", &input).await?;
            let records = answer["Records"].as_array_mut().map(std::mem::take).unwrap_or_default();
            let next = answer["NextShardIterator"].as_str().filter(|it| it.len() <= ITERATOR);
            let next = next.map(str::to_owned);
            let sequence = |record: &'_ Value| match self.kind {
                SourceKind::Kinesis => name(&record["SequenceNumber"]),
                _ => name(&record["dynamodb"]["SequenceNumber"]),
            };
            if records.len() > MOST as usize || records.iter().any(|each| sequence(each).is_none())
            {
                return Err(SourceError::new("InternalError", "its records are not understood"));
            }
            let last = records.last().and_then(sequence);
            let Some(next) = next else { return Ok(Read { records, is_end: true, next: None }) };
            if last.is_some() || began.elapsed() >= WAIT {
                let at = last.map_or_else(|| from.clone(), ReadFrom::After);
                self.keep(shard, at, next);
                return Ok(Read { records, is_end: false, next: None });
            }
            // Kept while it waits: who stops to wait goes on from there.
            self.keep(shard, from.clone(), next.clone());
            match &mut ears {
                Some(ears) => {
                    let left = WAIT.saturating_sub(began.elapsed());
                    // Whether it rang or not: what there is now is read.
                    let _ = tokio::time::timeout(left, ears.ring()).await;
                }
                None => tokio::time::sleep(self.interval()).await,
            }
            iterator = next;
        }
    }
}

/// A name as services give them.
fn name(value: &Value) -> Option<String> {
    let name = value.as_str().filter(|name| (1..=NAME).contains(&name.len()))?;
    name.bytes().all(|letter| letter.is_ascii_graphic()).then(|| name.to_owned())
}

fn odd_shards() -> SourceError {
    SourceError::new("InternalError", "its shards are not understood")
}

fn shard(shard: &Value) -> Result<ShardInfo, SourceError> {
    let parents = ["ParentShardId", "AdjacentParentShardId"].map(|it| name(&shard[it]));
    Ok(ShardInfo {
        id: name(&shard["ShardId"]).ok_or_else(odd_shards)?,
        parents: parents.into_iter().flatten().collect(),
        is_closed: shard["SequenceNumberRange"]["EndingSequenceNumber"].is_string(),
        begins: None,
    })
}

impl Stream for StreamAt {
    fn shards(&self) -> Asking<'_, Vec<ShardInfo>> {
        Box::pin(self.list())
    }

    fn read<'a>(&'a self, shard: &'a str, from: &'a ReadFrom) -> Asking<'a, Read> {
        Box::pin(async move {
            match self.read_on(shard, from).await {
                // An iterator is good for minutes; the place that it stood for is known.
                Err(error) if error.code.starts_with("ExpiredIterator") => {
                    self.read_on(shard, from).await
                }
                other => other,
            }
        })
    }
}
