//! Who says much that leads nowhere is not heard for a moment: its pings, its heads byte by byte and its
//! lines cost its own time, and not that of this process, which is everybody's.
//!
//! What it says meanwhile waits in its sockets and pipes, and then it waits itself.

use std::os::fd::AsRawFd;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use super::api::RuntimeApi;
use super::attend;
use super::instance::{Dialogue, Instance, Stream};

/// How long nobody looks.
pub(super) const REST: Duration = Duration::from_millis(10);
/// What a sandbox may say within that time beside its answers and its requests for events.
const CHATTER: u32 = 16;
/// Bytes of a part of a body that is worth to be read by itself.
const WORTH: usize = 4096;

/// What is not looked at.
#[derive(Debug, Clone, Copy)]
pub(super) enum Resting {
    Pipe(Stream),
    Connection,
    Listener,
}

/// All that is not looked at for a while.
#[derive(Default)]
pub(super) struct Rest {
    resting: Mutex<Vec<(Resting, u64, Weak<Instance>)>>,
    looked: Mutex<Option<Instant>>,
}

impl Rest {
    fn resting(&self) -> MutexGuard<'_, Vec<(Resting, u64, Weak<Instance>)>> {
        self.resting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(&self, what: Resting, instance: &Arc<Instance>, token: u64) {
        let mut resting = self.resting();
        if resting.is_empty() {
            *self.looked() = Some(Instant::now());
        }
        resting.push((what, token, Arc::downgrade(instance)));
    }

    fn looked(&self) -> MutexGuard<'_, Option<Instant>> {
        self.looked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How long the thread may wait for something else; no limit where everything is looked at.
    pub(super) fn patience(&self) -> Option<Duration> {
        (!self.resting().is_empty()).then_some(REST)
    }

    /// Whether it is time to look again.
    fn is_over(&self, now: Instant) -> bool {
        let is_empty = self.resting().is_empty();
        let mut looked = self.looked();
        if is_empty || looked.is_some_and(|looked| now < looked + REST) {
            return false;
        }
        *looked = Some(now);
        true
    }
}

/// What a sandbox has said lately that leads nowhere.
#[derive(Debug, Default)]
pub(super) struct Talk {
    count: u32,
    /// Since when it is counted, where it was much before.
    since: Option<Instant>,
}

impl Talk {
    /// So many bytes were read, or a connection was made.
    pub(super) fn said(&mut self, bytes: usize) {
        if bytes < WORTH {
            self.count += 1;
        }
    }

    /// It was of use, and so was what led to it.
    pub(super) fn was_of_use(&mut self) {
        self.count = 0;
    }

    /// Whether it is too much, as all is from then on until its time is over. The clock is read where much
    /// was said alone.
    fn is_too_much(&mut self) -> bool {
        if self.count <= CHATTER {
            return false;
        }
        let now = Instant::now();
        let is_now = self.since.is_some_and(|since| now < since + REST);
        if !is_now {
            *self = Talk { count: 0, since: Some(now) };
        }
        is_now
    }
}

impl RuntimeApi {
    /// Looks at something again in a while.
    pub(super) fn rest(&self, what: Resting, instance: &Arc<Instance>, token: u64) {
        self.resting.begin(what, instance, token);
    }

    /// Does not look at a connection for a while whose sandbox has said too much; one that has yet to take
    /// what it was sent is looked at.
    pub(super) fn rest_from(&self, state: &mut Dialogue, instance: &Arc<Instance>, token: u64) {
        if !state.talk.is_too_much() {
            return;
        }
        let Some(connection) = state.connections.get_mut(&token) else { return };
        if attend::here(self).is_some() {
            // Whoever attends has better things to do; the API's own thread hears the rest.
            connection.move_to(Arc::clone(&self.poll), token);
        } else if connection.unsent.is_empty() && Arc::ptr_eq(&connection.poll, &self.poll) {
            self.poll.remove(connection.socket.as_raw_fd());
            connection.rests = true;
            self.rest(Resting::Connection, instance, token);
        }
    }

    /// Does not look at a listener for a while whose sandbox connects all the time.
    pub(super) fn rest_from_listener(&self, instance: &Arc<Instance>, token: u64) {
        if instance.dialogue().talk.is_too_much() {
            self.poll.remove(instance.listener.as_raw_fd());
            self.rest(Resting::Listener, instance, token);
        }
    }

    /// Looks again at what rests, and at pipes where there is room for what they hold by now.
    pub(super) fn look_again(&self) {
        if !self.resting.is_over(Instant::now()) {
            return;
        }
        let resting = std::mem::take(&mut *self.resting.resting());
        for (what, token, instance) in resting {
            let Some(known) = instance.upgrade().filter(|known| !known.dialogue().removed) else {
                continue;
            };
            let is_heard = match what {
                // Told at once, where there is something to read.
                Resting::Pipe(stream) => {
                    self.output.prints_on(&known)
                        && self.poll.add(known.pipe(stream).as_raw_fd(), token).is_ok()
                }
                Resting::Listener => {
                    self.accept_again(token, &instance);
                    true
                }
                Resting::Connection => {
                    let mut state = known.dialogue();
                    let connection = state.connections.get_mut(&token);
                    connection.is_none_or(|connection| connection.listen(token))
                }
            };
            if !is_heard {
                self.resting.resting().push((what, token, instance));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_nowhere_is_counted_and_what_is_of_use_is_not() {
        let mut talk = Talk::default();
        for _ in 0..10 * CHATTER {
            // A head, and a body by itself.
            talk.said(100);
            talk.said(10);
            talk.was_of_use();
            talk.said(WORTH);
            assert!(!talk.is_too_much());
        }
        let mut count = 0;
        while !talk.is_too_much() {
            talk.said(1);
            count += 1;
        }
        // Nothing was too much before.
        assert!(count >= 2 * (CHATTER + 1));
        assert!(talk.is_too_much(), "until its time is over");
    }
}
