//! Asynchronous events: durable before they are accepted, run with AWS's retries.

use alloc::boxed::Box;
use alloc::string::String;
use core::time::Duration;

use crate::compute::event::telling::Ended;
use crate::record::event::Event;

mod attempt;
pub(crate) mod telling;

/// An event with what need not survive a restart.
#[derive(Debug, Clone)]
pub(crate) struct Queued {
    pub(crate) event: Event,
    /// The last wait after a throttling.
    pub(super) backoff: Duration,
    pub(super) running: bool,
    /// `X-Amzn-Trace-Id`, as long as this server runs.
    pub(super) trace: Option<String>,
    /// Whether it is to be dropped, since it is part of a loop.
    pub(super) is_loop: bool,
    /// How it ended, while somebody is still to be told.
    pub(super) ended: Option<Box<Ended>>,
}

impl Queued {
    pub(crate) fn restored(event: Event) -> Queued {
        Queued {
            event,
            backoff: Duration::ZERO,
            running: false,
            trace: None,
            is_loop: false,
            ended: None,
        }
    }
}
