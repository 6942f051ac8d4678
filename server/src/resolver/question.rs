//! Questions as they come: what is asked, and how long an answer may be.

use std::fmt::Write as _;

/// The head of every message.
const HEAD: usize = 12;
/// What an answer may have by UDP where nothing else is said, and at most.
const PLAIN: usize = 512;
pub(super) const MOST: usize = 4096;
/// The longest name, in bytes of a message.
const LONGEST: usize = 255;

/// A question, taken from the message that it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Question {
    /// The number that the answer must have.
    pub(super) id: u16,
    /// Whether what is known elsewhere is wanted too.
    pub(super) recursion: bool,
    /// The labels, as they were written.
    pub(super) labels: Vec<Vec<u8>>,
    /// The same in small letters, with dots between.
    pub(super) name: String,
    /// The type of records.
    pub(super) kind: u16,
    /// The class of records.
    pub(super) class: u16,
    /// Up to where the message is the question.
    pub(super) end: usize,
    /// What was said of extensions, if anything was.
    pub(super) extended: Option<Extended>,
}

/// What a question says of extensions (EDNS).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extended {
    /// How long an answer by UDP may be.
    size: u16,
    /// The version; 0 is the only one.
    pub(super) version: u8,
}

/// Why a message is no question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    /// It is not to be answered: it is too short, or an answer itself.
    Silent,
    /// It is not spelled as questions are.
    Format(u16),
    /// It asks for something else than names.
    Kind(u16),
}

fn number(message: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(message.get(at..at + 2)?.try_into().ok()?))
}

impl Question {
    /// Takes a question from a message.
    pub(super) fn read(message: &[u8]) -> Result<Question, Wrong> {
        let word = |at| number(message, at).ok_or(Wrong::Silent);
        let (id, flags) = (word(0)?, word(2)?);
        let counts = [word(4)?, word(6)?, word(8)?, word(10)?];
        if flags & 0x8000 != 0 {
            return Err(Wrong::Silent);
        }
        if flags & 0x7800 != 0 {
            return Err(Wrong::Kind(id));
        }
        let [1, 0, 0, more] = counts else { return Err(Wrong::Format(id)) };
        let (labels, at) = labels(message).ok_or(Wrong::Format(id))?;
        let kind = number(message, at).ok_or(Wrong::Format(id))?;
        let class = number(message, at + 2).ok_or(Wrong::Format(id))?;
        let end = at + 4;
        let extended = if more > 0 { extended(message, end) } else { None };
        let (recursion, name) = (flags & 0x0100 != 0, spelled(&labels));
        Ok(Question { id, recursion, labels, name, kind, class, end, extended })
    }

    /// How long an answer by UDP may be.
    pub(super) fn room(&self) -> usize {
        self.extended.map_or(PLAIN, |extended| usize::from(extended.size).clamp(PLAIN, MOST))
    }

    /// Whether a message answers the same question.
    pub(super) fn is_answered_by(&self, own: &[u8], answer: &[u8]) -> bool {
        let is_answer = number(answer, 2).is_some_and(|flags| flags & 0x8000 != 0);
        let same = own.get(HEAD..self.end).zip(answer.get(HEAD..self.end));
        let one = number(answer, 4) == Some(1);
        is_answer && one && same.is_some_and(|(own, answer)| own.eq_ignore_ascii_case(answer))
    }
}

/// The labels of the first name, and where they end.
fn labels(message: &[u8]) -> Option<(Vec<Vec<u8>>, usize)> {
    let (mut labels, mut at) = (Vec::new(), HEAD);
    loop {
        let length = usize::from(*message.get(at)?);
        at += 1;
        match length {
            0 => return Some((labels, at)),
            // A question's own name refers to no other.
            1..=63 => labels.push(message.get(at..at + length)?.to_vec()),
            _ => return None,
        }
        at += length;
        if at - HEAD >= LONGEST {
            return None;
        }
    }
}

/// What is said of extensions behind a question; not where anything else comes first.
fn extended(message: &[u8], at: usize) -> Option<Extended> {
    const OPT: u16 = 41;
    let is_it = message.get(at) == Some(&0) && number(message, at + 1) == Some(OPT);
    let size = number(message, at + 3).filter(|_| is_it)?;
    Some(Extended { size, version: *message.get(at + 6)? })
}

/// A name in small letters, with dots between; what is none of the usual signs is a number, as in zones.
fn spelled(labels: &[Vec<u8>]) -> String {
    let mut text = String::new();
    for (place, label) in labels.iter().enumerate() {
        if place > 0 {
            text.push('.');
        }
        for byte in label {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => {
                    text.push(byte.to_ascii_lowercase().into());
                }
                _ => {
                    let _ = write!(text, "\\{byte:03o}");
                }
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(flags: u16, counts: [u16; 4], rest: &[u8]) -> Vec<u8> {
        let mut message = vec![0x12, 0x34];
        for word in [flags, counts[0], counts[1], counts[2], counts[3]] {
            message.extend(word.to_be_bytes());
        }
        message.extend(rest);
        message
    }

    const NAME: &[u8] = b"\x06Orders\x08internal\x00\x00\x01\x00\x01";

    #[test]
    fn a_question_is_read() {
        let read = Question::read(&asked(0x0100, [1, 0, 0, 0], NAME)).unwrap();
        assert_eq!((read.name.as_str(), read.kind, read.class), ("orders.internal", 1, 1));
        assert_eq!((read.id, read.recursion, read.end, read.room()), (0x1234, true, 33, 512));
        let opt = b"\x00\x00\x29\x10\x00\x00\x00\x00\x00\x00\x00";
        let read = Question::read(&asked(0, [1, 0, 0, 1], &[NAME, opt].concat())).unwrap();
        assert_eq!((read.recursion, read.room()), (false, 4096));
        let root = Question::read(&asked(0, [1, 0, 0, 0], b"\x00\x00\x02\x00\x01")).unwrap();
        assert_eq!((root.name.as_str(), root.kind), ("", 2));
        let odd = b"\x03a.B\x02\xff \x02@*\x00\x00\x01\x00\x01";
        let odd = Question::read(&asked(0, [1, 0, 0, 0], odd)).unwrap();
        assert_eq!(odd.name, "a\\056b.\\377\\040.\\100\\052");
    }

    #[test]
    fn what_is_no_question_is_told_from_one() {
        for cut in 0..12 {
            let message = asked(0, [1, 0, 0, 0], NAME);
            assert_eq!(Question::read(&message[..cut]), Err(Wrong::Silent), "{cut}");
        }
        assert_eq!(Question::read(&asked(0x8000, [1, 0, 0, 0], NAME)), Err(Wrong::Silent));
        assert_eq!(Question::read(&asked(0x2800, [1, 0, 0, 0], NAME)), Err(Wrong::Kind(0x1234)));
        let format = Err(Wrong::Format(0x1234));
        for counts in [[0, 0, 0, 0], [2, 0, 0, 0], [1, 1, 0, 0], [1, 0, 1, 0], [u16::MAX; 4]] {
            assert_eq!(Question::read(&asked(0, counts, NAME)), format, "{counts:?}");
        }
        let message = asked(0, [1, 0, 0, 0], NAME);
        for cut in 12..message.len() {
            assert_eq!(Question::read(&message[..cut]), format, "{cut}");
        }
        // A name that refers to itself, and one that is too long.
        assert_eq!(Question::read(&asked(0, [1, 0, 0, 0], b"\xc0\x0c\x00\x01\x00\x01")), format);
        let long = [b"\x3f".as_slice(), &[b'a'; 63]].concat().repeat(4);
        assert_eq!(
            Question::read(&asked(
                0,
                [1, 0, 0, 0],
                &[&long, &b"\x00\x00\x01\x00\x01"[..]].concat()
            )),
            format
        );
    }

    #[test]
    fn an_answer_is_to_the_question_that_was_asked() {
        let own = asked(0x0100, [1, 0, 0, 0], NAME);
        let question = Question::read(&own).unwrap();
        let upper = NAME.to_ascii_uppercase();
        assert!(question.is_answered_by(&own, &asked(0x8180, [1, 0, 0, 0], &upper)));
        assert!(!question.is_answered_by(&own, &own));
        let other = b"\x06errors\x08internal\x00\x00\x01\x00\x01";
        assert!(!question.is_answered_by(&own, &asked(0x8180, [1, 0, 0, 0], other)));
        assert!(!question.is_answered_by(&own, &asked(0x8180, [0, 0, 0, 0], NAME)));
        assert!(!question.is_answered_by(&own, &asked(0x8180, [1, 0, 0, 0], &NAME[..9])));
    }
}
