//! Payloads: the bytes of events and responses, which the engine knows by id and length only.
//!
//! An asynchronous event may wait for hours. Once it is durable, the store alone has its bytes.

use std::collections::HashMap;

use bytes::Bytes;
use engine::id::{PayloadId, RequestId};

/// Bytes of asynchronous events that may wait, for the sake of the disk.
const EVENTS_LIMIT: usize = 1 << 30;

/// Payloads by id. The server's own ids have bit 63 clear, a node's have it set.
#[derive(Debug, Default)]
pub(crate) struct Payloads {
    held: HashMap<PayloadId, Bytes>,
    /// Asynchronous events, held or not.
    events: HashMap<PayloadId, WaitingEvent>,
    /// Bytes of all of them.
    event_bytes: usize,
    given: u64,
}

/// An asynchronous event.
#[derive(Debug)]
struct WaitingEvent {
    length: usize,
    /// Under which id the store has its bytes, once it has.
    stored: Option<RequestId>,
}

/// Where the bytes of an event are.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum EventBytes {
    /// Here.
    Held(Bytes),
    /// In the store.
    Stored(RequestId),
}

impl Payloads {
    /// Takes bytes that came from outside, and names them.
    pub(crate) fn hold(&mut self, bytes: Bytes) -> PayloadId {
        self.given += 1;
        let id = PayloadId(self.given);
        self.held.insert(id, bytes);
        id
    }

    /// Counts bytes that are held among the asynchronous events; whether there is room for them.
    pub(crate) fn count_event(&mut self, id: PayloadId) -> bool {
        let length = self.held.get(&id).map_or(0, Bytes::len);
        let has_room = self.event_bytes + length <= EVENTS_LIMIT;
        if has_room {
            self.event_bytes += length;
            self.events.insert(id, WaitingEvent { length, stored: None });
        }
        has_room
    }

    /// Names the bytes of an event that an earlier server has stored.
    pub(crate) fn recall_event(&mut self, request: RequestId, length: usize) -> PayloadId {
        self.given += 1;
        let id = PayloadId(self.given);
        self.event_bytes += length;
        self.events.insert(id, WaitingEvent { length, stored: Some(request) });
        id
    }

    /// Lets go of the bytes of an event that the store has, unless it is done with already.
    pub(crate) fn note_stored(&mut self, id: PayloadId, request: RequestId) {
        if let Some(event) = self.events.get_mut(&id) {
            event.stored = Some(request);
            self.held.remove(&id);
        }
    }

    /// The bytes of an event, or where they are.
    pub(crate) fn event(&self, id: PayloadId) -> Option<EventBytes> {
        let stored = || self.events.get(&id)?.stored.map(EventBytes::Stored);
        self.get(id).map(EventBytes::Held).or_else(stored)
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
        if !self.events.is_empty()
            && let Some(event) = self.events.remove(&id)
        {
            self.event_bytes -= event.length;
        }
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

    #[test]
    fn events_wait_in_the_store_and_are_bounded() {
        let mut payloads = Payloads::default();
        let bytes = Bytes::from_static(b"{}");
        let event = payloads.hold(bytes.clone());
        assert!(payloads.count_event(event));
        assert_eq!(payloads.event(event), Some(EventBytes::Held(bytes.clone())));
        payloads.note_stored(event, RequestId(7));
        assert_eq!(payloads.event(event), Some(EventBytes::Stored(RequestId(7))));
        assert_eq!(payloads.len(), 0);
        let recalled = payloads.recall_event(RequestId(8), EVENTS_LIMIT - 2);
        assert_eq!(payloads.event(recalled), Some(EventBytes::Stored(RequestId(8))));
        let late = payloads.hold(bytes);
        assert!(!payloads.count_event(late), "there is no room");
        payloads.release(event);
        assert!(payloads.count_event(late));
        payloads.release(late);
        // What was done with before it was found to be durable is not known again.
        payloads.note_stored(late, RequestId(9));
        assert_eq!(payloads.event(late), None);
    }
}
