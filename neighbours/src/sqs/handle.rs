//! Receipt handles: which receiving of which message, as an opaque text.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rusqlite::{Connection, OptionalExtension};

/// One receiving of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Handle {
    /// The queue's row in the store.
    pub(super) queue: i64,
    /// The message's.
    pub(super) message: i64,
    /// What was drawn for this receiving.
    pub(super) receipt: i64,
}

/// What is known of a message that was received.
#[derive(Debug)]
pub(super) struct Held {
    /// Of the last receiving.
    pub(super) receipt: Option<i64>,
    /// Until when it is not visible.
    pub(super) visible: i64,
    /// When it was last received.
    pub(super) received: Option<i64>,
    pub(super) fifo_group: Option<String>,
}

/// What handles begin with, so that what is none is told from one.
const MARK: &[u8] = b"warren-receipt-1";

impl Handle {
    /// The message, if it is still among those of its queue.
    pub(super) fn look(
        self,
        connection: &Connection,
        queue: i64,
    ) -> rusqlite::Result<Option<Held>> {
        connection
            .prepare_cached(
                "SELECT receipt, visible, received, fifo_group FROM message
                 WHERE id = ?1 AND queue = ?2",
            )?
            .query_row([self.message, queue], |row| {
                Ok(Held {
                    receipt: row.get(0)?,
                    visible: row.get(1)?,
                    received: row.get(2)?,
                    fifo_group: row.get(3)?,
                })
            })
            .optional()
    }

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
