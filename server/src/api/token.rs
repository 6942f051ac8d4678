//! Idempotency tokens: a write that is repeated with its token is answered as the first one was.
//!
//! What is remembered is lost when the server ends.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard};

use engine::scope::Scope;
use serde_json::Value;
use wire::{ApiError, Kind};

use crate::api::{Context, run};

/// Writes that are remembered; the oldest are forgotten first.
const REMEMBERED: usize = 4096;

/// Whose token it is, of which operation, and the token.
type Key = (Scope, &'static str, String);

/// The writes that came with tokens.
#[derive(Default)]
pub struct Tokens(Mutex<Remembered>);

#[derive(Default)]
struct Remembered {
    writes: HashMap<Key, Arc<Write>>,
    /// The keys, the oldest first.
    order: VecDeque<Key>,
}

struct Write {
    input: Value,
    /// The answer, once there is one; locked while it is being worked on.
    answer: tokio::sync::Mutex<Option<Value>>,
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
    fn write(&self, key: &Key, input: &Value) -> Arc<Write> {
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

    /// Forgets a write that failed: its token is free.
    fn forget(&self, key: &Key) {
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

/// Runs an operation, unless it was run with this token already: then answers the same again.
///
/// It runs to its end also where its caller hangs up, so that a caller who tries again finds it.
///
/// # Errors
/// When the input is not the one that first came with the token; and the operation's own, which are not
/// remembered.
pub(crate) async fn once(
    cx: &Context<'_>,
    operation: &'static wire::Operation,
    input: Value,
    token: String,
) -> Result<Value, ApiError> {
    let endpoint = Arc::clone(cx.endpoint);
    let (scope, host, id) = (cx.scope.clone(), cx.host.to_owned(), cx.id.to_owned());
    let key = (scope.clone(), operation.name, token);
    let write = endpoint.tokens.write(&key, &input);
    if write.input != input {
        let message =
            "The request uses the same client token as a previous, but non-identical request.";
        return Err(ApiError::new(operation.service, "IdempotentParameterMismatch", message));
    }
    let work = tokio::spawn(async move {
        let mut answer = write.answer.lock().await;
        if let Some(known) = &*answer {
            return Ok(known.clone());
        }
        let cx =
            Context { driver: &endpoint.driver, endpoint: &endpoint, scope, host: &host, id: &id };
        let outcome = run(&cx, operation, input).await;
        match &outcome {
            Ok(output) => {
                *answer = Some(output.clone());
                // Another caller's failure may have freed the token meanwhile.
                endpoint.tokens.lock().keep(&key, &write);
            }
            Err(_) => endpoint.tokens.forget(&key),
        }
        outcome
    });
    match work.await {
        Ok(outcome) => outcome,
        Err(why) if why.is_panic() => std::panic::resume_unwind(why.into_panic()),
        Err(_) => {
            let message = "The server is shutting down.";
            Err(ApiError::new(operation.service, "ServiceUnavailable", message))
        }
    }
}
