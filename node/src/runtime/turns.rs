//! Turns: how much of the API's thread one sandbox has. To talk without rest costs a function little and
//! that thread much; so who has had its part of a period is not listened to until the next one, while
//! what it sends or prints waits where the kernel keeps it, and the function with it.

use std::os::fd::AsRawFd;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use super::api::RuntimeApi;
use super::instance::Instance;
use super::poll::Ready;

/// A period, and the part of it that one sandbox may have.
pub(super) const PERIOD: Duration = Duration::from_millis(10);
const PART: Duration = Duration::from_millis(3);

/// The time that the processor has spent on this thread.
fn spent() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the pointer is to a valid timespec.
    // JUSTIFICATION: std has no clock of a thread.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec.unsigned_abs() as u32)
}

/// What of the thread a sandbox has had in a period.
#[derive(Debug, Default)]
pub(super) struct Had(Mutex<Option<(Instant, Duration)>>);

impl Had {
    fn known(&self) -> MutexGuard<'_, Option<(Instant, Duration)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether that is enough for now.
    pub(super) fn is_enough(&self) -> bool {
        self.known().is_some_and(|(since, had)| had >= PART && since.elapsed() < PERIOD)
    }

    fn add(&self, span: Duration) {
        let mut known = self.known();
        match &mut *known {
            Some((since, had)) if since.elapsed() < PERIOD => *had += span,
            other => *other = Some((Instant::now(), span)),
        }
    }
}

impl Instance {
    /// Does something for the sandbox, by its part of the thread.
    pub(super) fn attended(&self, deed: impl FnOnce()) {
        let before = spent();
        deed();
        self.had.add(spent().saturating_sub(before));
    }
}

/// Connections that are not listened to for a while.
#[derive(Default)]
pub(super) struct Resting(Mutex<Vec<(u64, Weak<Instance>)>>);

impl Resting {
    fn all(&self) -> MutexGuard<'_, Vec<(u64, Weak<Instance>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How long the thread may wait for something else; no limit where none rests.
    pub(super) fn patience(&self) -> Option<Duration> {
        (!self.all().is_empty()).then_some(PERIOD)
    }
}

impl RuntimeApi {
    /// Whether a connection rests from now on, as its sandbox has had its part. What has ended is
    /// looked at in any case.
    pub(super) fn rests(&self, instance: &Arc<Instance>, ready: Ready) -> bool {
        if ready.ends || !instance.had.is_enough() {
            return false;
        }
        let state = instance.dialogue();
        let Some(connection) = state.connections.get(&ready.token) else { return false };
        let is_here = Arc::ptr_eq(&connection.poll, &self.poll);
        if !is_here || self.poll.quiet(connection.socket.as_raw_fd(), ready.token).is_err() {
            return false;
        }
        self.resting.all().push((ready.token, Arc::downgrade(instance)));
        true
    }

    /// Listens again to those whose sandboxes have a part again.
    pub(super) fn listen_again(&self) {
        let all = std::mem::take(&mut *self.resting.all());
        for (token, instance) in all {
            let Some(known) = instance.upgrade() else { continue };
            if known.had.is_enough() {
                self.resting.all().push((token, instance));
                continue;
            }
            let state = known.dialogue();
            // One that a front attends to by now is told there.
            if let Some(connection) = state.connections.get(&token)
                && Arc::ptr_eq(&connection.poll, &self.poll)
            {
                let is_left = !connection.unsent.is_empty();
                let fd = connection.socket.as_raw_fd();
                if let Err(error) = self.poll.want_write(fd, token, is_left) {
                    tracing::warn!(environment = ?state.environment, %error, "not listened to again");
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_had_its_part_has_another_in_the_next_period() {
        let had = Had::default();
        assert!(!had.is_enough());
        had.add(PART / 2);
        assert!(!had.is_enough());
        had.add(PART);
        // Unless this thread had to wait for longer than that.
        if had.known().is_some_and(|(since, _)| since.elapsed() < PERIOD / 2) {
            assert!(had.is_enough());
        }
        std::thread::sleep(PERIOD);
        assert!(!had.is_enough());
        had.add(PART / 2);
        assert!(!had.is_enough());
    }
}
