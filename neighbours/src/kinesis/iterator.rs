//! Shard iterators: a place in a shard, good for five minutes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use wire::ApiError;
use wire::kinesis::error;
use wire::time::iso8601_millis;

use crate::kinesis::refusal::invalid;

/// How long an iterator is good for, in milliseconds.
const LIFETIME: i64 = 5 * 60 * 1000;

/// A place in a shard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Iterator {
    /// The stream's name, and its id: one that is made anew is another.
    pub(super) name: String,
    pub(super) stream: i64,
    /// The shard's number.
    pub(super) shard: i64,
    /// The number of the record that was read last.
    pub(super) after: i64,
    /// When it was given out, in milliseconds of the Unix epoch.
    pub(super) at: i64,
}

impl Iterator {
    pub(super) fn spelled(&self) -> String {
        let Iterator { name, stream, shard, after, at } = self;
        STANDARD.encode(format!("{name} {stream} {shard} {after} {at}"))
    }

    /// The iterator that a text spells.
    pub(super) fn parse(text: &str) -> Option<Iterator> {
        let text = String::from_utf8(STANDARD.decode(text).ok()?).ok()?;
        let mut words = text.split(' ');
        let name = words.next()?.to_owned();
        let mut number = || words.next()?.parse::<i64>().ok().filter(|number| *number >= 0);
        let (stream, shard, after, at) = (number()?, number()?, number()?, number()?);
        words.next().is_none().then_some(Iterator { name, stream, shard, after, at })
    }

    /// The iterator that a text spells, if it is still good.
    ///
    /// # Errors
    /// When it is none, or too old.
    pub(super) fn good(text: &str, now: i64) -> Result<Iterator, ApiError> {
        let iterator = Iterator::parse(text).ok_or_else(|| invalid("Invalid ShardIterator."))?;
        if now.saturating_sub(iterator.at) <= LIFETIME {
            return Ok(iterator);
        }
        let (made, right) = (iso8601_millis(iterator.at), iso8601_millis(now));
        let message = format!(
            "Iterator expired. The iterator was created at time {made} while right now it is {right} \
             which is further in the future than the tolerated delay of {LIFETIME} milliseconds."
        );
        Err(error("ExpiredIteratorException", message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iterators_are_read_as_they_are_spelled_and_grow_old() {
        let name = "s".repeat(128);
        let iterator = Iterator { name, stream: 3, shard: 0, after: i64::MAX, at: 77 };
        let text = iterator.spelled();
        assert!(text.len() <= 512, "{}", text.len());
        assert_eq!(Iterator::good(&text, 77 + LIFETIME).ok(), Some(iterator));
        let code = |text: &str, now| Iterator::good(text, now).expect_err("not good").code;
        assert_eq!(code(&text, 78 + LIFETIME), "ExpiredIteratorException");
        for none in ["", "?", &STANDARD.encode("s 1 2 3"), &STANDARD.encode("s 1 2 3 4 5")] {
            assert_eq!(code(none, 0), "InvalidArgumentException", "{none}");
        }
    }
}
