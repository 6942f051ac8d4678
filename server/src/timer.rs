//! The timer: wakes the engine at its next deadline.

use std::sync::{Arc, Weak};
use std::time::Duration;

use crate::driver::{Driver, now};
use crate::thread::spawn_vital;

/// How long it sleeps where nothing is due; the wall clock may be set meanwhile.
const LONGEST: Duration = Duration::from_secs(10);

/// Starts it; it runs for as long as the driver is there, and the process ends if it panics.
pub fn start(driver: Weak<Driver>) {
    spawn_vital("timer", run(driver));
}

async fn run(driver: Weak<Driver>) {
    loop {
        let Some(held) = driver.upgrade() else { return };
        let left = held.tick().map_or(LONGEST, |deadline| (deadline - now()).min(LONGEST));
        sleep(held, left).await;
    }
}

/// Sleeps until it is time, or a nearer deadline is known.
async fn sleep(driver: Arc<Driver>, left: Duration) {
    tokio::select! {
        () = tokio::time::sleep(left) => {}
        () = driver.sooner.notified() => {}
    }
}
