//! A queue of a simulated world: hides what it has given, keeps the order of message groups, and knows
//! what the function took.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use engine::random::Random;
use engine::sources::command::{Message, RecordKey, SourceCommand, SourceReport};
use engine::time::Time;

/// The largest message: not as many go into a batch as are received at once.
const LARGE: usize = 1 << 20;
/// How long a message is hidden that was received.
const VISIBILITY: Duration = Duration::from_secs(20);

struct Stored {
    group: Option<String>,
    size: usize,
    is_wanted: bool,
    hidden_until: Time,
    is_taken: bool,
    is_deleted: bool,
}

pub(super) struct Queue {
    is_fifo: bool,
    messages: Vec<Stored>,
    /// Which message a poller holds under which key.
    held: BTreeMap<RecordKey, usize>,
    last_key: u64,
    /// Messages of batches under way.
    running: BTreeSet<RecordKey>,
}

impl Queue {
    pub(super) fn new(is_fifo: bool) -> Queue {
        let (messages, held, running) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
        Queue { is_fifo, messages, held, last_key: 0, running }
    }

    pub(super) fn put(&mut self, random: &mut Random) {
        let group = self.is_fifo.then(|| format!("g{}", random.draw() % 4));
        let is_wanted = !random.draw().is_multiple_of(10);
        let size = if random.draw().is_multiple_of(3) { LARGE } else { 100 };
        let (hidden_until, is_taken, is_deleted) = (Time(0), false, false);
        self.messages.push(Stored { group, size, is_wanted, hidden_until, is_taken, is_deleted });
    }

    fn receive(&mut self, now: Time, most: u32) -> Vec<Message> {
        let mut blocked: BTreeSet<String> = BTreeSet::new();
        let mut received = Vec::new();
        for hidden in self.messages.iter().filter(|it| !it.is_deleted && it.hidden_until > now) {
            blocked.extend(hidden.group.clone());
        }
        for (at, message) in self.messages.iter_mut().enumerate() {
            let is_blocked = message.group.as_ref().is_some_and(|group| blocked.contains(group));
            if message.is_deleted || message.hidden_until > now || is_blocked {
                continue;
            }
            if received.len() == most as usize {
                break;
            }
            message.hidden_until = now + VISIBILITY;
            self.last_key += 1;
            let key = RecordKey(self.last_key);
            self.held.insert(key, at);
            let Stored { size, is_wanted, .. } = *message;
            received.push(Message { key, size, group: message.group.clone(), is_wanted });
        }
        received
    }

    pub(super) fn command(
        &mut self,
        now: Time,
        command: SourceCommand,
        fails: bool,
    ) -> Option<SourceReport> {
        match command {
            SourceCommand::Receive { mapping, poll, .. } if fails => {
                let why = "the queue does not answer".to_owned().into();
                Some(SourceReport::Failed { mapping, poll, why })
            }
            SourceCommand::Receive { mapping, poll, most } => {
                let messages = self.receive(now, most);
                Some(SourceReport::Received { mapping, poll, messages })
            }
            SourceCommand::Delete(_, keys) => {
                for key in keys {
                    let at = self.held.remove(&key).expect("it deletes what it holds, once");
                    let message = &mut self.messages[at];
                    assert!(
                        message.is_taken || !message.is_wanted,
                        "it deletes what was not taken"
                    );
                    // A deletion that fails has the message come again.
                    message.is_deleted |= !fails;
                }
                None
            }
            SourceCommand::Release(_, keys) => {
                for key in keys {
                    assert!(self.held.remove(&key).is_some(), "it lets go of what it holds, once");
                }
                None
            }
            _ => None,
        }
    }

    pub(super) fn run(&mut self, keys: &[RecordKey]) {
        for key in keys {
            let message = &self.messages[self.held[key]];
            assert!(!message.is_deleted, "a message that is done with is given to the function");
            let group = &message.group;
            let same = self
                .running
                .iter()
                .find(|other| group.is_some() && self.messages[self.held[other]].group == *group);
            assert_eq!(same, None, "two batches of one message group");
        }
        self.running.extend(keys);
    }

    /// The function took some of a batch's messages; answers how many it had not taken before.
    pub(super) fn took(&mut self, batch: &[RecordKey], taken: &[RecordKey]) -> u64 {
        let mut new = 0;
        for key in taken {
            let at = self.held[key];
            let group = self.messages[at].group.clone();
            let before =
                self.messages[..at].iter().filter(|it| group.is_some() && it.group == group);
            for earlier in before {
                assert!(
                    earlier.is_taken || !earlier.is_wanted,
                    "a message passed one of its group"
                );
            }
            new += u64::from(!self.messages[at].is_taken);
            self.messages[at].is_taken = true;
        }
        for key in batch {
            self.running.remove(key);
        }
        new
    }

    pub(super) fn crash(&mut self) {
        self.held.clear();
        self.running.clear();
    }

    pub(super) fn check_end(&self) {
        for message in &self.messages {
            assert!(message.is_deleted, "a message is left in the queue");
            assert_eq!(message.is_taken, message.is_wanted, "a message was lost");
        }
        assert!(self.held.is_empty(), "a poller holds what is done with");
    }
}
