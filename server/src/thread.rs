//! Threads that the server cannot do without.

use std::io;
use std::thread::{Builder, JoinHandle};

/// Ends the process when its thread panics: what waits for that thread would wait for ever.
struct Vital;

impl Drop for Vital {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let thread = std::thread::current();
            tracing::error!(thread = thread.name(), "thread has panicked, the server ends");
            // A subscriber may be missing, or be what has panicked.
            eprintln!("thread {} has panicked, the server ends", thread.name().unwrap_or("?"));
            std::process::abort();
        }
    }
}

/// Starts a thread that is never to panic; the process ends if it does.
///
/// # Errors
/// When the system has no room for another thread.
pub(crate) fn start_vital(
    name: &str,
    work: impl FnOnce() + Send + 'static,
) -> io::Result<JoinHandle<()>> {
    Builder::new().name(name.into()).spawn(move || {
        let _vital = Vital;
        work();
    })
}
