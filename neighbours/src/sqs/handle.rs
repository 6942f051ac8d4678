//! Receipt handles: which receiving of which message, as an opaque text.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// One receiving of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Handle {
    /// The queue's id in the store.
    pub(super) queue: i64,
    /// The message's.
    pub(super) message: i64,
    /// What was drawn for this receiving.
    pub(super) receipt: i64,
}

/// What handles begin with, so that what is none is told from one.
const MARK: &[u8] = b"warren-receipt-1";

impl Handle {
    pub(super) fn spell(self) -> String {
        let Handle { queue, message, receipt } = self;
        let mut bytes = MARK.to_vec();
        for number in [queue, message, receipt] {
            bytes.extend(number.to_be_bytes());
        }
        STANDARD.encode(bytes)
    }

    pub(super) fn parse(text: &str) -> Option<Handle> {
        let bytes = STANDARD.decode(text).ok()?;
        let (chunks, rest) = bytes.strip_prefix(MARK)?.as_chunks::<8>();
        let numbers: [[u8; 8]; 3] = chunks.try_into().ok().filter(|_| rest.is_empty())?;
        let [queue, message, receipt] = numbers.map(i64::from_be_bytes);
        Some(Handle { queue, message, receipt })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_is_read_as_it_was_written() {
        let handle = Handle { queue: 1, message: -2, receipt: i64::MAX };
        assert_eq!(Handle::parse(&handle.spell()), Some(handle));
        for wrong in ["", "x", "AAAA", &STANDARD.encode([0; 40])] {
            assert_eq!(Handle::parse(wrong), None, "{wrong}");
        }
    }
}
