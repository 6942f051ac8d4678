//! Records of partitions, fetched of their leaders: all that is waited for of one leader is asked for at
//! once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::error::{KafkaError, code};
use super::links::{Links, Purpose};
use super::message;
use super::records::{self, Record};
use crate::thread;

/// How long a leader waits for records, and so how long others who want some may have to wait until they
/// are asked for, in milliseconds.
const LEADER_WAITS: i32 = 250;
/// The least time between two requests while nothing comes.
const PAUSE: Duration = Duration::from_millis(50);
/// How long somebody waits for records of a partition.
const WAIT: Duration = Duration::from_secs(20);

/// What was fetched of a partition.
#[derive(Debug)]
pub(super) struct Got {
    pub(super) records: Vec<Record>,
    /// The offset to go on from.
    pub(super) next: i64,
    /// The offset that the next record to come will have.
    pub(super) end: i64,
}

/// Somebody who waits for records.
struct Wanted {
    partition: i32,
    offset: i64,
    since: Instant,
    reply: oneshot::Sender<Result<Got, KafkaError>>,
}

/// Fetches of a topic.
pub(super) struct Fetches {
    links: Arc<Links>,
    topic: String,
    /// Those who wait, by leader; where there is an entry somebody serves them.
    waiting: Mutex<HashMap<String, Vec<Wanted>>>,
}

impl Fetches {
    pub(super) fn new(links: Arc<Links>, topic: String) -> Fetches {
        Fetches { links, topic, waiting: Mutex::default() }
    }

    /// Waits for records of a partition from an offset on, not for ever.
    pub(super) async fn fetch(
        self: &Arc<Self>,
        leader: &str,
        partition: i32,
        offset: i64,
    ) -> Result<Got, KafkaError> {
        let (reply, answer) = oneshot::channel();
        let wanted = Wanted { partition, offset, since: Instant::now(), reply };
        let is_served = {
            let mut waiting = thread::lock(&self.waiting, "fetches");
            let is_served = waiting.contains_key(leader);
            waiting.entry(leader.to_owned()).or_default().push(wanted);
            is_served
        };
        if !is_served {
            let (own, leader) = (Arc::clone(self), leader.to_owned());
            thread::spawn_vital("fetches", async move { own.serve(&leader).await });
        }
        answer.await.unwrap_or_else(|_| Err(KafkaError::Silent(leader.to_owned())))
    }

    /// Fetches of a leader for as long as somebody waits for it.
    async fn serve(&self, leader: &str) {
        let mut wanted: Vec<Wanted> = Vec::new();
        loop {
            {
                let mut waiting = thread::lock(&self.waiting, "fetches");
                wanted.extend(waiting.get_mut(leader).into_iter().flat_map(std::mem::take));
                wanted.retain(|each| !each.reply.is_closed());
                if wanted.is_empty() {
                    waiting.remove(leader);
                    return;
                }
            }
            // Of a partition for which two wait, as when one was told to stop just now, one is asked for.
            wanted.sort_by_key(|each| each.partition);
            let mut asked: Vec<(i32, i64)> = Vec::new();
            for each in &wanted {
                if asked.last().is_none_or(|(partition, _)| *partition != each.partition) {
                    asked.push((each.partition, each.offset));
                }
            }
            let began = Instant::now();
            let body = message::fetch_request(&self.topic, &asked, LEADER_WAITS);
            let answer = self.links.call(Purpose::Fetch, leader, message::FETCH, &body).await;
            wanted = match answer.and_then(|answer| take(&self.topic, &answer, &asked)) {
                Ok(mut got) => wanted.into_iter().filter_map(|each| each.given(&mut got)).collect(),
                Err(error) => {
                    wanted.into_iter().for_each(|each| drop(each.reply.send(Err(error.clone()))));
                    Vec::new()
                }
            };
            // A leader that has nothing and does not wait is not asked without a pause.
            if !wanted.is_empty() && began.elapsed() < PAUSE {
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// What an answer has of each partition and offset that was asked for.
type Answered = HashMap<(i32, i64), Result<Got, KafkaError>>;

fn take(topic: &str, answer: &[u8], asked: &[(i32, i64)]) -> Result<Answered, KafkaError> {
    let mut got = HashMap::new();
    for fetched in message::fetched(answer)? {
        let found = asked.iter().find(|(partition, _)| *partition == fetched.partition);
        let Some((partition, offset)) = found.copied() else { continue };
        let read = match fetched.code {
            0 => records::read(fetched.records, offset).map(|(records, next)| Got {
                records,
                next,
                end: fetched.end,
            }),
            code => {
                Err(KafkaError::Code { what: format!("{topic}-{partition} is not read"), code })
            }
        };
        got.insert((partition, offset), read);
    }
    Ok(got)
}

impl Wanted {
    /// Takes what there is of it; who is left waits on.
    fn given(mut self, got: &mut Answered) -> Option<Wanted> {
        let Some(got) = got.remove(&(self.partition, self.offset)) else {
            if self.since.elapsed() < WAIT {
                return Some(self);
            }
            let missing = KafkaError::NoPartition("the answer".into(), self.partition);
            drop(self.reply.send(Err(missing)));
            return None;
        };
        match got {
            Ok(got) if got.records.is_empty() && self.since.elapsed() < WAIT => {
                // Past marks of transactions, for instance.
                self.offset = got.next;
                Some(self)
            }
            // Whoever has stopped to wait reads it again.
            other => {
                drop(self.reply.send(other));
                None
            }
        }
    }
}

impl KafkaError {
    /// Whether the offset that was asked for is not there.
    pub(super) fn is_out_of_range(&self) -> bool {
        matches!(self, KafkaError::Code { code: code::OFFSET_OUT_OF_RANGE, .. })
    }
}
