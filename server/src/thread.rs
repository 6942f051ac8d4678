//! What the server cannot do without: threads, tasks and locks. Where one of them breaks, the
//! process ends at once with a message; what is durable is found again by the next one.

use std::future::Future;
use std::io;
use std::process::abort;
use std::sync::{Mutex, MutexGuard};
use std::thread::{Builder, JoinHandle};

/// Ends the process.
pub(crate) fn end_process(why: &str) -> ! {
    tracing::error!("{why}, the server ends");
    // A subscriber may be missing, or be what has panicked.
    eprintln!("fatal: {why}, the server ends");
    abort()
}

/// Ends the process when its thread panics: what waits for that thread would wait for ever.
struct Vital;

impl Drop for Vital {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let thread = std::thread::current();
            end_process(&format!("thread {} has panicked", thread.name().unwrap_or("?")));
        }
    }
}

/// Locks what is never to be found half changed; the process ends where a thread panicked amid a
/// change of it.
pub(crate) fn lock<'a, T>(mutex: &'a Mutex<T>, what: &str) -> MutexGuard<'a, T> {
    mutex.lock().unwrap_or_else(|_| end_process(&format!("lock of {what} is poisoned")))
}

/// Runs a task that is never to panic; the process ends if it does.
pub(crate) fn spawn_vital(name: &'static str, task: impl Future<Output = ()> + Send + 'static) {
    let running = tokio::spawn(task);
    tokio::spawn(async move {
        if running.await.is_err_and(|error| error.is_panic()) {
            end_process(&format!("task {name} has panicked"));
        }
    });
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
