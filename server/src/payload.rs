//! Payloads: the bytes of events and responses, which the engine knows by id and length only.

use std::collections::HashMap;

use bytes::Bytes;
use engine::id::PayloadId;

/// Payloads by id. The server's own ids have bit 63 clear, a node's have it set.
#[derive(Debug, Default)]
pub(crate) struct Payloads {
    held: HashMap<PayloadId, Bytes>,
    given: u64,
}

impl Payloads {
    /// Takes bytes that came from outside, and names them.
    pub(crate) fn hold(&mut self, bytes: Bytes) -> PayloadId {
        self.given += 1;
        let id = PayloadId(self.given);
        self.held.insert(id, bytes);
        id
    }

    /// Takes bytes that a node has named.
    pub(crate) fn take_over(&mut self, id: PayloadId, bytes: Bytes) {
        assert!(id.0 >> 63 == 1, "a node's payload {} is named like the server's", id.0);
        self.held.insert(id, bytes);
    }

    /// The bytes, shared.
    pub(crate) fn get(&self, id: PayloadId) -> Option<Bytes> {
        self.held.get(&id).cloned()
    }

    /// The bytes, of which nobody else needs to know any more.
    pub(crate) fn take(&mut self, id: PayloadId) -> Option<Bytes> {
        self.held.remove(&id)
    }

    /// Lets go of bytes that nobody needs any more.
    pub(crate) fn release(&mut self, id: PayloadId) {
        self.held.remove(&id);
    }

    /// How many are held.
    pub(crate) fn len(&self) -> usize {
        self.held.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payloads_are_held_until_they_are_released() {
        let mut payloads = Payloads::default();
        let event = payloads.hold(Bytes::from_static(b"{}"));
        let response = PayloadId(1 << 63);
        payloads.take_over(response, Bytes::from_static(b"1"));
        assert_eq!(payloads.get(event).as_deref(), Some(b"{}".as_slice()));
        payloads.release(event);
        assert_eq!((payloads.get(event), payloads.len()), (None, 1));
        assert_eq!(payloads.get(response).as_deref(), Some(b"1".as_slice()));
    }
}
