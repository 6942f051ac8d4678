//! Idempotency: what was made under a client token is answered again, and is not made twice.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::Display;
use core::str::FromStr;

use crate::ask::{Ask, Asked};
use crate::base::id::TokenId;
use crate::base::limits::{TOKEN_AGE, TOKENS_KEPT};
use crate::base::random::fresh;
use crate::base::scope::Scope;
use crate::base::time::Time;
use crate::effect::{Effect, EffectSink, Effects};
use crate::engine::Engine;
use crate::network::Noun;
use crate::record::token::Token;
use crate::record::{Change, Key, Record, Stored};

/// Under which token something is to be made once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    /// Whose token it is.
    pub scope: Scope,
    /// The operation that it comes with: AWS's name.
    pub operation: String,
    /// The token.
    pub token: String,
    /// SHA-256 of the request's parameters.
    pub parameters: [u8; 32],
}

/// Why a question that comes with a token is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnceRefusal<R, I> {
    /// As without a token; the token is free.
    Refused(R),
    /// The token came with other parameters before.
    Mismatch,
    /// What was made under the token is gone.
    Gone(I),
}

/// The tokens that are remembered.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tokens {
    by_id: BTreeMap<TokenId, Token>,
    by_use: BTreeMap<(Scope, String, String), TokenId>,
    by_age: BTreeSet<(Time, TokenId)>,
}

impl Tokens {
    pub(crate) fn insert(&mut self, token: Token) {
        let (scope, operation) = (token.scope.clone(), token.operation.clone());
        self.by_use.insert((scope, operation, token.token.clone()), token.id);
        self.by_age.insert((token.at, token.id));
        self.by_id.insert(token.id, token);
    }

    fn find(&self, once: &Once, now: Time) -> Option<&Token> {
        let key = (once.scope.clone(), once.operation.clone(), once.token.clone());
        let token = &self.by_id[self.by_use.get(&key)?];
        (token.at + TOKEN_AGE > now).then_some(token)
    }

    /// Forgets those that are too old, and the oldest of too many.
    fn forget(&mut self, now: Time, changes: &mut Vec<Change>) {
        while let Some((at, id)) = self.by_age.first().copied() {
            if at + TOKEN_AGE > now && self.by_id.len() <= TOKENS_KEPT {
                return;
            }
            self.by_age.remove(&(at, id));
            let token = self.by_id.remove(&id).expect("each has an age");
            let key = (token.scope, token.operation, token.token);
            // A later one of the same token has taken its place.
            if self.by_use.get(&key) == Some(&id) {
                self.by_use.remove(&key);
            }
            changes.push(Change::Delete(Key::Token(id)));
        }
    }
}

impl Engine {
    /// Asks for something that is made once under a token: what was made under it before is
    /// answered again, as it is by now. The token is stored in one change with what is made.
    ///
    /// # Errors
    /// What the question is refused for, or what is wrong with the token.
    #[expect(clippy::type_complexity, reason = "each part is of the question's own types")]
    pub fn ask_once<A>(
        &mut self,
        now: Time,
        once: Once,
        question: A,
        out: &mut dyn EffectSink,
    ) -> Result<Asked<A::Answer>, OnceRefusal<A::Refusal, <A::Answer as Stored>::Key>>
    where
        A: Ask,
        A::Answer: Noun,
        <A::Answer as Stored>::Key: Display + FromStr,
    {
        self.fire_due(now, out);
        if let Some(known) = self.network.tokens.find(&once, now) {
            if known.parameters != once.parameters {
                return Err(OnceRefusal::Mismatch);
            }
            let Ok(id) = known.made.parse() else { return Err(OnceRefusal::Mismatch) };
            let record = Record::Token(known.clone());
            let made = self.find::<A::Answer>(&once.scope, id);
            let answer = made.map_err(|_| OnceRefusal::Gone(id))?.clone();
            // Stored again, since whoever asked first may still wait for it to be durable.
            let (_, mut cx) = self.network_cx(now, out);
            cx.persist(Vec::from([Change::Put(Box::new(record))]));
            return Ok(Asked { answer, durable: Some(self.tickets.last()) });
        }
        let mut effects = Effects::new();
        let asked = self.ask(now, question, &mut effects).map_err(OnceRefusal::Refused)?;
        let network = &mut self.network;
        let id = fresh(&mut self.random, &network.tokens.by_id, TokenId);
        let Once { scope, operation, token, parameters } = once;
        let made = Stored::key(&asked.answer).to_string();
        let token = Token { id, scope, operation, token, parameters, made, at: now };
        let mut beside = Vec::from([Change::Put(Box::new(Record::Token(token.clone())))]);
        network.tokens.insert(token);
        network.tokens.forget(now, &mut beside);
        for mut effect in effects {
            if let Effect::Persist(_, changes) = &mut effect {
                changes.append(&mut beside);
            }
            out.push(effect);
        }
        Ok(asked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_tokens_are_remembered_than_there_is_room_for() {
        let mut tokens = Tokens::default();
        let scope = Scope { account: 0, region: "us-east-1".into() };
        let (now, mut changes) = (Time(1), Vec::new());
        let once = |number: u64| Once {
            scope: scope.clone(),
            operation: "CreateVpc".into(),
            token: number.to_string(),
            parameters: [0; 32],
        };
        for number in 0..TOKENS_KEPT as u64 + 3 {
            let Once { scope, operation, token, parameters } = once(number);
            let (id, made) = (TokenId(number), "vpc-1".into());
            tokens.insert(Token {
                id,
                scope,
                operation,
                token,
                parameters,
                made,
                at: Time(number),
            });
            tokens.forget(now, &mut changes);
        }
        assert_eq!((tokens.by_id.len(), tokens.by_use.len()), (TOKENS_KEPT, TOKENS_KEPT));
        let forgotten = [0, 1, 2].map(|number| Change::Delete(Key::Token(TokenId(number))));
        assert_eq!(changes, forgotten);
        assert!(tokens.find(&once(2), now).is_none() && tokens.find(&once(3), now).is_some());
    }
}
