//! A topic as a stream: its partitions, where reading them begins, their records, and up to where they are done
//! with, which is told to the cluster too.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use engine::record::mapping::{Mapping, Starting};
use engine::sources::command::{Begins, ReadFrom, ShardInfo};

use super::error::{KafkaError, code};
use super::event;
use super::fetch::{Fetches, Got};
use super::links::{Links, Purpose};
use super::message::{self, Instant};
use super::secret::Secrets;
use super::way::Way;
use crate::sources::queue::{Asking, SourceError};
use crate::sources::stream::{Read, Stream};
use crate::thread;

/// How long offsets gather before they are committed together.
const COMMITS: Duration = Duration::from_millis(500);
/// How often a commit is tried, and how long after each failure.
const COMMIT_TRIES: u32 = 5;
const COMMIT_AGAIN: Duration = Duration::from_secs(1);

/// A topic of a cluster.
pub(crate) struct TopicAt {
    topic: String,
    starting: Starting,
    servers: Vec<String>,
    links: Arc<Links>,
    fetches: Arc<Fetches>,
    /// The address of each partition's leader, as it was when somebody asked.
    leaders: Mutex<BTreeMap<i32, Option<String>>>,
    /// Partitions of which it was told where they begin.
    begun: Mutex<HashSet<i32>>,
    /// Where each partition is read on, for who reads on from there.
    places: Mutex<HashMap<i32, (ReadFrom, i64)>>,
    commits: Arc<Commits>,
}

impl TopicAt {
    /// The topic of a mapping, of a cluster that is found at any of these `host:port`.
    pub(crate) fn new(
        mapping: &Mapping,
        servers: Vec<String>,
        way: Way,
        secrets: Secrets,
    ) -> TopicAt {
        let links = Arc::new(Links::new(way, secrets, mapping.clone()));
        let topic = mapping.topic.as_ref().map_or_else(String::new, |topic| topic.name.clone());
        let commits = Commits {
            links: Arc::clone(&links),
            topic: topic.clone(),
            group: mapping.group(),
            servers: servers.clone(),
            state: Mutex::default(),
        };
        TopicAt {
            fetches: Arc::new(Fetches::new(Arc::clone(&links), topic.clone())),
            starting: mapping.starting.unwrap_or(Starting::TrimHorizon),
            servers,
            links,
            leaders: Mutex::default(),
            begun: Mutex::default(),
            places: Mutex::default(),
            commits: Arc::new(commits),
            topic,
        }
    }

    /// Asks for the partitions and their leaders.
    async fn look(&self) -> Result<BTreeMap<i32, Option<String>>, KafkaError> {
        let body = message::metadata_request(&self.topic);
        let answer = ask_any(&self.links, &self.servers, message::METADATA, &body).await?;
        let found: BTreeMap<_, _> = message::metadata(&self.topic, &answer)?.into_iter().collect();
        thread::lock(&self.leaders, "leaders of partitions").clone_from(&found);
        Ok(found)
    }

    async fn leader(&self, partition: i32) -> Result<String, KafkaError> {
        let known = thread::lock(&self.leaders, "leaders of partitions").get(&partition).cloned();
        if let Some(Some(leader)) = known {
            return Ok(leader);
        }
        match self.look().await?.remove(&partition) {
            Some(Some(leader)) => Ok(leader),
            Some(None) => {
                let what = format!("{}-{partition} is not read", self.topic);
                Err(KafkaError::Code { what, code: code::LEADER_NOT_AVAILABLE })
            }
            None => Err(KafkaError::NoPartition(self.topic.clone(), partition)),
        }
    }

    /// Offsets of partitions at an instant; where no record is as late, of the record to come.
    async fn offsets(
        &self,
        partitions: &[i32],
        at: Instant,
    ) -> Result<Vec<(i32, i64)>, KafkaError> {
        let mut of_leaders: BTreeMap<String, Vec<i32>> = BTreeMap::new();
        for partition in partitions {
            let leader = self.leader(*partition).await?;
            of_leaders.entry(leader).or_default().push(*partition);
        }
        let (mut offsets, mut late) = (Vec::new(), Vec::new());
        for (leader, partitions) in of_leaders {
            let body = message::offsets_request(&self.topic, &partitions, at);
            let call = self.links.call(Purpose::Ask, &leader, message::LIST_OFFSETS, &body);
            for (partition, offset) in message::offsets(&self.topic, &call.await?)? {
                match offset {
                    Some(offset) => offsets.push((partition, offset)),
                    None => late.push(partition),
                }
            }
        }
        if !late.is_empty() && at != Instant::Latest {
            offsets.extend(Box::pin(self.offsets(&late, Instant::Latest)).await?);
        }
        Ok(offsets)
    }

    async fn offset(&self, partition: i32, at: Instant) -> Result<i64, KafkaError> {
        let found = self.offsets(&[partition], at).await?;
        let found = found.into_iter().find(|(of, _)| *of == partition);
        found.map(|(_, offset)| offset).ok_or(KafkaError::Answer)
    }

    /// The partitions, and where those begin of which nobody was told.
    async fn list(&self) -> Result<Vec<ShardInfo>, KafkaError> {
        let partitions: Vec<i32> = self.look().await?.into_keys().collect();
        let new: Vec<i32> = {
            let begun = thread::lock(&self.begun, "partitions");
            partitions.iter().copied().filter(|partition| !begun.contains(partition)).collect()
        };
        let mut begins = HashMap::new();
        if !new.is_empty() {
            begins = self.begins(&new).await?;
            thread::lock(&self.begun, "partitions").extend(new);
        }
        let infos = partitions.into_iter().map(|partition| ShardInfo {
            id: format!("{}-{partition}", self.topic),
            parents: Vec::new(),
            is_closed: false,
            begins: begins.remove(&partition),
        });
        Ok(infos.collect())
    }

    async fn begins(&self, partitions: &[i32]) -> Result<HashMap<i32, Begins>, KafkaError> {
        let before = |offset: i64| (offset - 1).to_string();
        let mut begins = HashMap::new();
        for (partition, offset) in self.commits.committed(partitions).await? {
            if let Some(offset) = offset {
                begins.insert(partition, Begins::Committed(before(offset)));
            }
        }
        let others = partitions.iter().copied().filter(|partition| !begins.contains_key(partition));
        let others: Vec<i32> = others.collect();
        let at = match self.starting {
            Starting::TrimHorizon => Instant::Earliest,
            Starting::Latest => Instant::Latest,
            Starting::At(millis) => Instant::At(i64::try_from(millis).unwrap_or(i64::MAX)),
        };
        for (partition, offset) in self.offsets(&others, at).await? {
            begins.insert(partition, Begins::Starting(before(offset)));
        }
        Ok(begins)
    }

    async fn read_on(&self, shard: &str, from: &ReadFrom) -> Result<Read, KafkaError> {
        let partition = partition_of(shard).ok_or(KafkaError::Answer)?;
        let kept = thread::lock(&self.places, "places in partitions").remove(&partition);
        let offset = match (kept.filter(|(at, _)| at == from), from) {
            (Some((_, offset)), _) => offset,
            (None, ReadFrom::After(done)) => {
                done.parse::<i64>().map_err(|_| KafkaError::Answer)? + 1
            }
            (None, ReadFrom::TrimHorizon) => self.offset(partition, Instant::Earliest).await?,
            (None, ReadFrom::Latest) => self.offset(partition, Instant::Latest).await?,
            (None, ReadFrom::At(millis)) => {
                let at = Instant::At(i64::try_from(*millis).unwrap_or(i64::MAX));
                self.offset(partition, at).await?
            }
        };
        let Got { records, next, end } = self.fetch(partition, offset).await?;
        let place = match records.last() {
            Some(last) => ReadFrom::After(last.offset.to_string()),
            None => from.clone(),
        };
        thread::lock(&self.places, "places in partitions").insert(partition, (place, next));
        let records = records.iter().map(|each| event::value(&self.topic, partition, each));
        Ok(Read { records: records.collect(), is_end: false, next: u64::try_from(end).ok() })
    }

    /// Fetches from an offset on; where that is not there, from the oldest record that is.
    async fn fetch(&self, partition: i32, offset: i64) -> Result<Got, KafkaError> {
        let leader = self.leader(partition).await?;
        match self.fetches.fetch(&leader, partition, offset).await {
            Err(error) if error.is_out_of_range() => {
                let oldest = self.offset(partition, Instant::Earliest).await?;
                let topic = &self.topic;
                tracing::warn!(topic, partition, offset, oldest, "an offset is not there any more");
                self.fetches.fetch(&leader, partition, oldest).await
            }
            other => other,
        }
    }

    /// Forgets leaders after an error that others may not have.
    fn learn<T>(&self, result: Result<T, KafkaError>) -> Result<T, SourceError> {
        if result.as_ref().is_err_and(KafkaError::is_of_broker) {
            thread::lock(&self.leaders, "leaders of partitions").clear();
        }
        result.map_err(SourceError::from)
    }
}

/// The partition that a name like `topic-0` has.
fn partition_of(shard: &str) -> Option<i32> {
    shard.rsplit_once('-')?.1.parse().ok()
}

/// Asks one broker after the other, until one answers.
async fn ask_any(
    links: &Links,
    servers: &[String],
    api: message::Api,
    body: &[u8],
) -> Result<Vec<u8>, KafkaError> {
    let mut failed = KafkaError::Answer;
    for server in servers {
        match links.call(Purpose::Ask, server, api, body).await {
            Err(error) if error.is_of_broker() => failed = error,
            other => return other,
        }
    }
    Err(failed)
}

impl Stream for TopicAt {
    fn shards(&self) -> Asking<'_, Vec<ShardInfo>> {
        Box::pin(async move { self.learn(self.list().await) })
    }

    fn read<'a>(&'a self, shard: &'a str, from: &'a ReadFrom) -> Asking<'a, Read> {
        Box::pin(async move { self.learn(self.read_on(shard, from).await) })
    }

    fn commit(&self, shard: &str, after: &str) {
        if let (Some(partition), Ok(done)) = (partition_of(shard), after.parse::<i64>()) {
            self.commits.commit(partition, done + 1);
        }
    }
}

/// Offsets of the mapping's consumer group, for whoever looks at them in the cluster, or goes on there.
struct Commits {
    links: Arc<Links>,
    topic: String,
    group: String,
    servers: Vec<String>,
    state: Mutex<Pending>,
}

#[derive(Default)]
struct Pending {
    offsets: BTreeMap<i32, i64>,
    /// Whether somebody commits them soon.
    is_seen_to: bool,
}

impl Commits {
    /// Asks the coordinator of the group.
    async fn ask(&self, api: message::Api, body: &[u8]) -> Result<Vec<u8>, KafkaError> {
        let request = message::coordinator_request(&self.group);
        let answer =
            ask_any(&self.links, &self.servers, message::FIND_COORDINATOR, &request).await?;
        let coordinator = message::coordinator(&self.group, &answer)?;
        self.links.call(Purpose::Ask, &coordinator, api, body).await
    }

    async fn committed(&self, partitions: &[i32]) -> Result<Vec<(i32, Option<i64>)>, KafkaError> {
        let body = message::committed_request(&self.group, &self.topic, partitions);
        let answer = self.ask(message::OFFSET_FETCH, &body).await?;
        message::committed(&self.group, &answer)
    }

    /// Has an offset be committed soon.
    fn commit(self: &Arc<Self>, partition: i32, offset: i64) {
        let is_seen_to = {
            let mut state = thread::lock(&self.state, "offsets to be committed");
            state.offsets.insert(partition, offset);
            std::mem::replace(&mut state.is_seen_to, true)
        };
        if !is_seen_to {
            let own = Arc::clone(self);
            thread::spawn_vital("commits", async move { own.commit_all().await });
        }
    }

    async fn commit_all(&self) {
        loop {
            tokio::time::sleep(COMMITS).await;
            let offsets: Vec<(i32, i64)> = {
                let mut state = thread::lock(&self.state, "offsets to be committed");
                state.is_seen_to = !state.offsets.is_empty();
                if !state.is_seen_to {
                    return;
                }
                std::mem::take(&mut state.offsets).into_iter().collect()
            };
            let body = message::commit_request(&self.group, &self.topic, &offsets);
            for tried in 1..=COMMIT_TRIES {
                let answer = self.ask(message::OFFSET_COMMIT, &body).await;
                match answer.and_then(|answer| message::commit(&self.group, &answer)) {
                    Ok(()) => break,
                    Err(error) if tried == COMMIT_TRIES => {
                        let (topic, group) = (&self.topic, &self.group);
                        tracing::warn!(topic, group, %error, "offsets are not committed");
                    }
                    Err(_) => tokio::time::sleep(COMMIT_AGAIN).await,
                }
            }
        }
    }
}
