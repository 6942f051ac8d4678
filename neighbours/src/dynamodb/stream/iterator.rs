//! Shard iterators: a place in a stream, good for a quarter of an hour.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// How long an iterator is good for, in milliseconds.
const LIFETIME: i64 = 15 * 60 * 1000;

/// A place in a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Iterator {
    /// The stream's ARN.
    pub(super) arn: String,
    /// The stream's id: one that is made anew is another.
    pub(super) stream: i64,
    /// The id of the record that was read last.
    pub(super) after: i64,
    /// When it was given out, in milliseconds of the Unix epoch.
    pub(super) at: i64,
}

impl Iterator {
    pub(super) fn spelled(&self) -> String {
        let place = format!("{}:{}:{}", self.stream, self.after, self.at);
        format!("{}|1|{}", self.arn, STANDARD.encode(place))
    }

    /// The iterator that a text spells.
    pub(super) fn parse(text: &str) -> Option<Iterator> {
        let (arn, place) = text.split_once("|1|")?;
        let place = String::from_utf8(STANDARD.decode(place).ok()?).ok()?;
        let mut numbers = place.split(':').map(|number| number.parse::<i64>().ok());
        let mut number = || numbers.next().flatten().filter(|number| *number >= 0);
        let (stream, after, at) = (number()?, number()?, number()?);
        numbers.next().is_none().then(|| Iterator { arn: arn.to_owned(), stream, after, at })
    }

    pub(super) fn is_expired(&self, now: i64) -> bool {
        now.saturating_sub(self.at) > LIFETIME
    }
}

/// The ARN of the stream that an iterator is of, if it is one.
pub(super) fn stream_of(iterator: &str) -> Option<&str> {
    iterator.split_once("|1|").map(|(arn, _)| arn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iterators_are_read_as_they_are_spelled() {
        let iterator = Iterator { arn: "arn:x".into(), stream: 3, after: 0, at: 77 };
        assert_eq!(Iterator::parse(&iterator.spelled()), Some(iterator.clone()));
        assert_eq!(stream_of(&iterator.spelled()), Some("arn:x"));
        assert!(!iterator.is_expired(77 + LIFETIME) && iterator.is_expired(78 + LIFETIME));
        let spell = |place: &str| format!("arn:x|1|{}", STANDARD.encode(place));
        for none in ["", "arn:x", "arn:x|1|?", &spell("1:2"), &spell("1:2:3:4"), &spell("1:-2:3")] {
            assert_eq!(Iterator::parse(none), None, "{none}");
        }
    }
}
