//! Items that expire: looked for as long as a table has any, and deleted.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use crate::dynamodb::tables::Tables;

/// How long items stay at the least once they have expired, and how many times as long as a sweep takes.
const BETWEEN: Duration = Duration::from_secs(2);
const SHARE: u32 = 50;

/// Sweeps tables from now on, if items of any expire.
pub(in crate::dynamodb) fn begin(tables: &Arc<Tables>) {
    let has_expiring = tables.has_expiring().unwrap_or_else(|why| {
        tracing::warn!(%why, "tables are not looked at");
        false
    });
    if has_expiring && !tables.is_swept.swap(true, Ordering::Relaxed) {
        tokio::spawn(sweep(Arc::downgrade(tables)));
    }
}

async fn sweep(tables: Weak<Tables>) {
    let mut wait = BETWEEN;
    loop {
        tokio::time::sleep(wait).await;
        let Some(tables) = tables.upgrade() else { return };
        let swept = tokio::task::spawn_blocking(move || {
            let begun = Instant::now();
            if let Err(why) = tables.database.sweep_ttl() {
                tracing::warn!(%why, "what has expired is not deleted");
            }
            tables.written();
            let goes_on = tables.has_expiring().unwrap_or(true);
            if !goes_on {
                tables.is_swept.store(false, Ordering::Relaxed);
                // A table may have come to expire in between.
                begin(&tables);
            }
            goes_on.then(|| begun.elapsed() * SHARE)
        });
        match swept.await {
            Ok(Some(long)) => wait = long.max(BETWEEN),
            _ => return,
        }
    }
}
