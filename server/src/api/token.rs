//! Idempotency tokens: a write that is repeated with its token is answered as the first one was.
//!
//! What is remembered is lost when the server ends.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard};

use engine::scope::Scope;
use serde_json::Value;
use wire::Kind;

/// Writes that are remembered; the oldest are forgotten first.
const REMEMBERED: usize = 4096;

/// A token, whose it is, and of which operation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) scope: Scope,
    pub(crate) operation: &'static str,
    pub(crate) token: String,
}

/// The writes that came with tokens.
#[derive(Default)]
pub struct Tokens(Mutex<Remembered>);

#[derive(Default)]
struct Remembered {
    writes: BTreeMap<Key, Arc<Write>>,
    /// The keys, the oldest first.
    order: VecDeque<Key>,
}

/// A write that came with a token.
pub(crate) struct Write {
    pub(crate) input: Value,
    /// The answer, once there is one; locked while it is being worked on.
    pub(crate) answer: tokio::sync::Mutex<Option<Value>>,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("writes", &self.lock().writes.len()).finish()
    }
}

impl Tokens {
    fn lock(&self) -> MutexGuard<'_, Remembered> {
        self.0.lock().expect("nothing panics while tokens are looked at")
    }

    /// The write that has this token: one that was remembered, or else a new one.
    pub(crate) fn write(&self, key: &Key, input: &Value) -> Arc<Write> {
        let new = || Arc::new(Write { input: input.clone(), answer: Default::default() });
        let mut remembered = self.lock();
        match remembered.writes.get(key) {
            Some(write) => Arc::clone(write),
            None => {
                let write = new();
                remembered.keep(key, &write);
                write
            }
        }
    }

    /// Remembers a write, if it is not remembered already.
    pub(crate) fn keep(&self, key: &Key, write: &Arc<Write>) {
        self.lock().keep(key, write);
    }

    /// Forgets a write that failed: its token is free.
    pub(crate) fn forget(&self, key: &Key) {
        let mut remembered = self.lock();
        remembered.writes.remove(key);
        remembered.order.retain(|known| known != key);
    }
}

impl Remembered {
    fn keep(&mut self, key: &Key, write: &Arc<Write>) {
        if self.writes.insert(key.clone(), Arc::clone(write)).is_none() {
            self.order.push_back(key.clone());
        }
        while self.order.len() > REMEMBERED {
            let oldest = self.order.pop_front().expect("there are many");
            self.writes.remove(&oldest);
        }
    }
}

/// The token of an input, where its operation has one.
pub(crate) fn of<'i>(operation: &wire::Operation, input: &'i Value) -> Option<&'i str> {
    let Kind::Structure { members, .. } = &operation.input?.kind else { return None };
    let member = members.iter().find(|member| member.is_token)?;
    input[member.name].as_str().filter(|token| !token.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: usize) -> Key {
        let scope = Scope { account: 0, region: "us-east-1".into() };
        Key { scope, operation: "CreateNetworkInterface", token: number.to_string() }
    }

    #[test]
    fn the_oldest_writes_are_forgotten() {
        let tokens = Tokens::default();
        let first = tokens.write(&key(0), &Value::from(0));
        assert!(Arc::ptr_eq(&first, &tokens.write(&key(0), &Value::from(1))));
        for number in 1..=REMEMBERED {
            tokens.write(&key(number), &Value::Null);
        }
        assert!(!Arc::ptr_eq(&first, &tokens.write(&key(0), &Value::from(0))));
        let last = tokens.write(&key(REMEMBERED), &Value::Null);
        tokens.forget(&key(REMEMBERED));
        assert!(!Arc::ptr_eq(&last, &tokens.write(&key(REMEMBERED), &Value::Null)));
        let remembered = tokens.lock();
        assert_eq!(remembered.order.len(), remembered.writes.len());
    }
}
