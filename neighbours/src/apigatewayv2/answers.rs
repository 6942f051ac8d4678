//! What authorizers have answered, kept for as long as they are set to be.

use std::collections::HashMap;
use std::sync::PoisonError;

use serde_json::Value;

use super::service::Apigatewayv2;
use crate::time::now;

/// Bytes of all answers with what they are kept by: then all are forgotten.
const BYTES: usize = 16 << 20;
/// Bytes that an answer takes beside its own.
const EACH: usize = 256;

/// Answers, by the API, the stage, the authorizer and who asked.
#[derive(Debug, Default)]
pub(super) struct Answers {
    by_who: HashMap<Who, (i64, Value)>,
    bytes: usize,
}

/// Who asked what: the API, the stage, the authorizer and the identity.
pub type Who = (String, String, String, Vec<String>);

fn size(who: &Who, answer: &str) -> usize {
    let (api, stage, authorizer, identity) = who;
    let identity: usize = identity.iter().map(String::len).sum();
    api.len() + stage.len() + authorizer.len() + identity + 2 * answer.len() + EACH
}

impl Answers {
    fn keep(&mut self, who: Who, answer: Value, until: i64) {
        if let Some((_, before)) = self.by_who.remove(&who) {
            self.bytes -= size(&who, &before.to_string());
        }
        let bytes = size(&who, &answer.to_string());
        if self.bytes + bytes > BYTES {
            *self = Answers::default();
        }
        if bytes <= BYTES {
            self.bytes += bytes;
            self.by_who.insert(who, (until, answer));
        }
    }

    /// Forgets what was answered for an API.
    pub(super) fn forget(&mut self, api: &str) {
        self.by_who.retain(|(of, ..), _| of != api);
        let sizes = self.by_who.iter().map(|(who, (_, answer))| size(who, &answer.to_string()));
        self.bytes = sizes.sum();
    }
}

impl Apigatewayv2 {
    /// What an authorizer has answered of late.
    pub fn answered(&self, who: &Who) -> Option<Value> {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let (until, answer) = answers.by_who.get(who)?;
        (*until > now()).then(|| answer.clone())
    }

    /// Keeps an answer for some seconds.
    pub fn keep_answer(&self, who: Who, answer: Value, seconds: i32) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.keep(who, answer, now() + 1_000 * i64::from(seconds));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_bounded_in_bytes_and_go_with_their_api() {
        let mut answers = Answers::default();
        let who = |api: &str, who: usize| {
            (
                api.to_owned(),
                "s".to_owned(),
                "a".to_owned(),
                vec![format!("{who:09}").repeat(1_000)],
            )
        };
        for number in 0..4_000 {
            answers.keep(who("one", number), Value::Bool(true), 0);
            assert!(answers.bytes <= BYTES);
        }
        answers.keep(who("two", 1), Value::Bool(true), 0);
        let before = answers.bytes;
        answers.keep(who("two", 1), Value::Bool(true), 1);
        assert_eq!(answers.bytes, before);
        answers.forget("one");
        assert_eq!(answers.by_who.len(), 1);
        answers.forget("two");
        assert_eq!(answers.bytes, 0);
    }
}
