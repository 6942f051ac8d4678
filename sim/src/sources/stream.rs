//! A stream of a simulated world: shards that split, records with keys, and what the function took of
//! them in which order.

use std::collections::{BTreeMap, BTreeSet};

use engine::random::Random;
use engine::sources::command::{
    BatchWindow, GivenUp, ReadFrom, RecordKey, Records, ShardInfo, SourceCommand, SourceReport,
    StreamRecord,
};
use engine::time::Time;

const KEYS: u64 = 8;
/// The size of some records: few go into a batch, or wait to.
const LARGE: usize = 1_400_000;

struct Stored {
    key: u64,
    shard: usize,
    at: Time,
    size: usize,
    is_wanted: bool,
    is_over: bool,
    is_given_up: bool,
    /// Since which opening of the mapping it is over.
    over_since: u64,
}

struct Shard {
    parents: Vec<usize>,
    is_closed: bool,
    /// The keys of its records, as a range.
    keys: (u64, u64),
}

/// Records by their sequence numbers, which rise over all shards.
pub(super) struct Stream {
    shards: Vec<Shard>,
    records: Vec<Stored>,
    /// Which record a poller holds under which key.
    held: BTreeMap<RecordKey, usize>,
    last_key: u64,
    running: BTreeSet<RecordKey>,
    /// The records of which the ends of tumbling windows told.
    summed: BTreeSet<usize>,
    /// How often the mapping was opened: until it is again, nothing that is over is given to the function.
    openings: u64,
}

impl Default for Stream {
    fn default() -> Stream {
        let shards = vec![Shard { parents: Vec::new(), is_closed: false, keys: (0, KEYS) }];
        let (held, running, summed) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
        Stream { shards, records: Vec::new(), held, last_key: 0, running, summed, openings: 0 }
    }
}

fn name(shard: usize) -> String {
    format!("shardId-{shard:012}")
}

fn number(name: &str) -> usize {
    name["shardId-".len()..].parse().expect("a shard's name")
}

/// The records that the state of a window has.
fn seen(window: &BatchWindow) -> Vec<usize> {
    let state = window.state.trim_matches(['{', '}', '"', ':', 's', '[', ']']);
    let numbers = state.split(',').filter(|word| !word.is_empty());
    numbers.map(|word| word.parse().expect("a number")).collect()
}

impl Stream {
    pub(super) fn put(&mut self, at: Time, random: &mut Random) {
        let key = random.draw() % KEYS;
        let is_wanted = !random.draw().is_multiple_of(10);
        let is_of = |shard: &Shard| !shard.is_closed && (shard.keys.0..shard.keys.1).contains(&key);
        let shard = self.shards.iter().position(is_of).expect("some shard is open for each key");
        let size = if random.draw().is_multiple_of(8) { LARGE } else { 100 };
        let (is_over, is_given_up, over_since) = (false, false, 0);
        self.records.push(Stored {
            key,
            shard,
            at,
            size,
            is_wanted,
            is_over,
            is_given_up,
            over_since,
        });
    }

    pub(super) fn split(&mut self, random: &mut Random) {
        let at = (random.draw() % self.shards.len() as u64) as usize;
        let (first, end) = self.shards[at].keys;
        if self.shards[at].is_closed || end - first < 2 {
            return;
        }
        self.shards[at].is_closed = true;
        let middle = (first + end) / 2;
        for keys in [(first, middle), (middle, end)] {
            self.shards.push(Shard { parents: vec![at], is_closed: false, keys });
        }
    }

    /// Merges the first two open shards that are side by side, if there are such.
    pub(super) fn merge(&mut self) {
        let open = |shard: &&(usize, &Shard)| !shard.1.is_closed;
        let all = || self.shards.iter().enumerate();
        let pair = all().filter(|it| open(&it)).find_map(|(one, left)| {
            let is_beside = |it: &(usize, &Shard)| it.1.keys.0 == left.keys.1;
            let (other, right) = all().filter(|it| open(&it)).find(is_beside)?;
            Some((one, other, (left.keys.0, right.keys.1)))
        });
        let Some((one, other, keys)) = pair else { return };
        self.shards[one].is_closed = true;
        self.shards[other].is_closed = true;
        self.shards.push(Shard { parents: vec![one, other], is_closed: false, keys });
    }

    /// The mapping reads anew behind what is stored to be done.
    pub(super) fn opened(&mut self) {
        self.openings += 1;
    }

    fn read(&mut self, shard: usize, from: &ReadFrom) -> Records {
        let after = match from {
            ReadFrom::TrimHorizon => 0,
            ReadFrom::After(sequence) => sequence.parse::<usize>().expect("a number") + 1,
            ReadFrom::Latest | ReadFrom::At(_) => panic!("it starts at the oldest"),
        };
        let mut records = Vec::new();
        let of_shard = |(_, record): &(usize, &Stored)| record.shard == shard;
        let left: Vec<usize> = self
            .records
            .iter()
            .enumerate()
            .skip(after)
            .filter(of_shard)
            .map(|(at, _)| at)
            .collect();
        for at in left.iter().take(20) {
            self.last_key += 1;
            let key = RecordKey(self.last_key);
            self.held.insert(key, *at);
            let Stored { key: lane, at: came, size, is_wanted, .. } = self.records[*at];
            let sequence = at.to_string();
            records.push(StreamRecord { key, sequence, lane, size, at: came, is_wanted });
        }
        let is_end = self.shards[shard].is_closed && records.len() == left.len();
        Records { records, is_end, next: None }
    }

    pub(super) fn command(&mut self, command: SourceCommand, fails: bool) -> Option<SourceReport> {
        let failure = || "the stream does not answer".to_owned().into();
        match command {
            SourceCommand::List { mapping, call } => {
                let all = self.shards.iter().enumerate().map(|(at, shard)| ShardInfo {
                    id: name(at),
                    parents: shard.parents.iter().copied().map(name).collect(),
                    is_closed: shard.is_closed,
                    begins: None,
                });
                let shards = if fails { Err(failure()) } else { Ok(all.collect()) };
                Some(SourceReport::Listed { mapping, call, shards })
            }
            SourceCommand::Read { mapping, shard, call, from } => {
                let at = number(&shard);
                for parent in &self.shards[at].parents {
                    let mut of_parent = self.records.iter().filter(|each| each.shard == *parent);
                    let is_done = of_parent.all(|each| each.is_over || !each.is_wanted);
                    assert!(is_done, "a shard is read before its parent is done");
                }
                let records = if fails { Err(failure()) } else { Ok(self.read(at, &from)) };
                Some(SourceReport::Read { mapping, shard, call, records })
            }
            SourceCommand::Release(_, keys) => {
                for key in keys {
                    assert!(self.held.remove(&key).is_some(), "it lets go of what it holds, once");
                    assert!(!self.running.contains(&key), "it lets go of what is under way");
                }
                None
            }
            _ => None,
        }
    }

    pub(super) fn run(&mut self, keys: &[RecordKey]) {
        for key in keys {
            let record = &self.records[self.held[key]];
            let is_again = record.is_over && record.over_since == self.openings;
            assert!(!is_again, "a record that is done with is given to the function");
            let own = record.key;
            let same = |other: &&RecordKey| self.records[self.held[other]].key == own;
            assert_eq!(self.running.iter().find(same), None, "two batches of one key");
        }
        self.running.extend(keys);
    }

    /// How many shards have records under way.
    pub(super) fn busy(&self) -> usize {
        let shards = self.running.iter().map(|key| self.records[self.held[key]].shard);
        shards.collect::<BTreeSet<_>>().len()
    }

    /// The function took some of a batch's records; answers how many were not done before.
    pub(super) fn took(&mut self, batch: &[RecordKey], taken: &[RecordKey]) -> u64 {
        let mut new = 0;
        for key in taken {
            let at = self.held[key];
            let own = self.records[at].key;
            for earlier in self.records[..at].iter().filter(|each| each.key == own) {
                assert!(earlier.is_over || !earlier.is_wanted, "a record passed one of its key");
            }
            new += u64::from(!self.records[at].is_over);
            self.records[at].is_over = true;
            self.records[at].over_since = self.openings;
        }
        for key in batch {
            self.running.remove(key);
        }
        new
    }

    /// The state of a window to which some records are added, and at its end what it came to.
    pub(super) fn summed(&mut self, window: &BatchWindow, taken: &[RecordKey]) -> Option<String> {
        let mut seen = seen(window);
        assert!(seen.is_sorted_by(|one, other| one < other), "a window has a record twice");
        if window.is_final {
            self.summed.extend(seen);
            return None;
        }
        for key in taken {
            let at = self.held[key];
            let came = self.records[at].at.millis();
            assert!(came < window.end, "a window has a record that came after it");
            seen.push(at);
        }
        let words: Vec<String> = seen.iter().map(usize::to_string).collect();
        Some(format!("{{\"s\":[{}]}}", words.join(",")))
    }

    /// The function has failed at the end of a window, which it may not be told of again.
    pub(super) fn unsummed(&mut self, window: &BatchWindow) {
        for at in seen(window) {
            self.records[at].is_given_up = true;
        }
    }

    pub(super) fn gave_up(&mut self, given_up: &GivenUp, is_told: bool) -> u64 {
        if is_told {
            for key in &given_up.records {
                let at = self.held[key];
                self.records[at].is_over = true;
                self.records[at].over_since = self.openings;
                self.records[at].is_given_up = true;
            }
        }
        if is_told { given_up.records.len() as u64 } else { 0 }
    }

    pub(super) fn crash(&mut self) {
        self.held.clear();
        self.running.clear();
    }

    pub(super) fn check_end(&self, has_windows: bool) {
        for (at, record) in self.records.iter().enumerate() {
            assert!(record.is_over || !record.is_wanted, "record {at} was lost");
            let is_told = !has_windows || record.is_given_up || self.summed.contains(&at);
            assert!(is_told || !record.is_wanted, "no window told of record {at}");
        }
        assert!(self.held.is_empty(), "a poller holds what is done with");
    }
}
