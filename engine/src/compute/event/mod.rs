//! Asynchronous events: durable before they are accepted, run with AWS's retries.

use core::time::Duration;

use crate::record::event::Event;

mod attempt;

/// An event with what need not survive a restart.
#[derive(Debug, Clone)]
pub(crate) struct Queued {
    pub(crate) event: Event,
    /// The last wait after a throttling.
    pub(super) backoff: Duration,
    pub(super) running: bool,
}

impl Queued {
    pub(crate) fn restored(event: Event) -> Queued {
        Queued { event, backoff: Duration::ZERO, running: false }
    }
}
