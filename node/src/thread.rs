//! Threads of the node: none of them ends in silence.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::{Builder, JoinHandle};

/// Starts a thread that the node cannot do without. It ends by returning, when it is told to; a
/// panic in it ends the process at once, because whoever waits for it would wait for ever. What is
/// durable is found again at the next start.
pub(crate) fn spawn(
    name: &'static str,
    body: impl FnOnce() + Send + 'static,
) -> io::Result<JoinHandle<()>> {
    Builder::new().name(name.into()).spawn(move || {
        // The panic's own message was printed where it arose, with the thread's name.
        if catch_unwind(AssertUnwindSafe(body)).is_err() {
            tracing::error!(thread = name, "thread panicked; the process ends with it");
            std::process::abort();
        }
    })
}
