//! The time of day, in milliseconds of the Unix epoch.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::Instant;

/// Now.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// The instant at which it will be so late, as far as can be told now.
pub(crate) fn instant_of(millis: i64) -> Instant {
    // A clock tells a moment of which it has reached only the beginning.
    let left = u64::try_from(millis.saturating_sub(now()).saturating_add(1)).unwrap_or_default();
    Instant::now() + Duration::from_millis(left)
}
