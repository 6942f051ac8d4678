//! Attending: a thread that delivers events also reads the answers, so that no other is woken.

use std::cell::RefCell;
use std::io;
use std::marker::PhantomData;
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::{Arc, Weak};
use std::time::Duration;

use super::api::RuntimeApi;
use super::instance::Instance;
use super::poll::{Events, Poll};

thread_local! {
    /// The event queue of this thread, and whose connections it is for.
    static HERE: RefCell<Option<(Weak<RuntimeApi>, Arc<Poll>)>> = const { RefCell::new(None) };
}

/// The event queue of this thread, where it attends to this API.
pub(super) fn here(api: &RuntimeApi) -> Option<Arc<Poll>> {
    HERE.with_borrow(|here| {
        let (of, poll) = here.as_ref()?;
        std::ptr::eq(of.as_ptr(), api).then(|| Arc::clone(poll))
    })
}

/// What a thread attends to: the connections of the environments that it delivered to last. Its
/// descriptor is readable when something is to be done; dropped, the API's own thread goes on.
pub struct Attendant {
    api: Weak<RuntimeApi>,
    poll: Arc<Poll>,
    events: Events,
    /// Connections whose answers are to be sent, after those who wait for what was told.
    late: Vec<(Arc<Instance>, u64)>,
    /// How often it was told of something.
    #[cfg(test)]
    pub(super) heard: usize,
    /// It is of the thread that made it.
    _thread: PhantomData<*const ()>,
}

impl std::fmt::Debug for Attendant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attendant").field("poll", &self.poll).finish_non_exhaustive()
    }
}

impl Attendant {
    pub(super) fn new(api: &Arc<RuntimeApi>) -> io::Result<Attendant> {
        let (api, poll) = (Arc::downgrade(api), Arc::new(Poll::new()?));
        HERE.set(Some((Weak::clone(&api), Arc::clone(&poll))));
        let (events, late) = (Events::default(), Vec::new());
        Ok(Attendant {
            api,
            poll,
            events,
            late,
            #[cfg(test)]
            heard: 0,
            _thread: PhantomData,
        })
    }

    /// Takes what has been said, and tells the listener. What a runtime that pipelines is answered
    /// follows in the next turn, if not with its next event; any other waits for it, and gets it
    /// at once. Returns whether there may be more to do.
    ///
    /// # Errors
    /// When the event queue fails.
    pub fn turn(&mut self) -> io::Result<bool> {
        let Some(api) = self.api.upgrade() else { return Ok(false) };
        for (instance, token) in self.late.drain(..) {
            api.settle(&instance, token);
        }
        // Who is told of what there is more is told once: all must be taken, and what comes
        // meanwhile is told anew.
        let (mut is_more, mut count) = (false, 0);
        for ready in self.poll.wait(&mut self.events, Duration::ZERO)? {
            count += 1;
            if let Some(instance) = api.connected(ready.token) {
                is_more |= api.converse(&instance, ready);
                if instance.is_to_ask(ready.token) {
                    self.late.push((instance, ready.token));
                } else {
                    api.settle(&instance, ready.token);
                }
            }
        }
        #[cfg(test)]
        {
            self.heard += count;
        }
        Ok(is_more || count == Events::ROOM || !self.late.is_empty())
    }
}

impl AsFd for Attendant {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.poll.as_fd()
    }
}

impl Drop for Attendant {
    fn drop(&mut self) {
        HERE.set(None);
        let Some(api) = self.api.upgrade() else { return };
        for (instance, token) in self.late.drain(..) {
            api.settle(&instance, token);
        }
        for (token, instance) in api.connections() {
            if let Some(connection) = instance.dialogue().connections.get_mut(&token)
                && Arc::ptr_eq(&connection.poll, &self.poll)
            {
                connection.move_to(Arc::clone(&api.poll), token);
            }
        }
    }
}
