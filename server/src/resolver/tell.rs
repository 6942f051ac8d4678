//! Tells whose invocation it was in which a name did not resolve, as often as each may have it told.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use engine::id::VpcId;
use engine::input::Unresolved;
use tokio::sync::Semaphore;

use crate::driver::Driver;

/// How often one sender is looked for and told of, at most, in each second: who floods the resolver
/// with names that there are not keeps nobody else from being told.
const EACH: u32 = 20;
const SECOND: Duration = Duration::from_secs(1);
/// Senders that are remembered.
const SENDERS: usize = 4096;
/// How many are looked for at once.
const AT_ONCE: usize = 8;

/// Who was told of of late.
#[derive(Debug)]
pub(super) struct Teller {
    told: Mutex<HashMap<(VpcId, Ipv4Addr), (Instant, u32)>>,
    looking: Arc<Semaphore>,
}

impl Default for Teller {
    fn default() -> Teller {
        Teller { told: Mutex::default(), looking: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Teller {
    /// Tells of a name, in the background: who has asked is known to the node alone.
    pub(super) fn tell(
        &self,
        driver: &Weak<Driver>,
        sender: (VpcId, Ipv4Addr),
        name: &str,
        why: String,
    ) {
        if !self.may_tell(sender) {
            return;
        }
        let (driver, name) = (Weak::clone(driver), name.to_owned());
        let looking = Arc::clone(&self.looking);
        tokio::spawn(async move {
            let Ok(_looking) = looking.acquire_owned().await else { return };
            let (vpc, address) = sender;
            let told = tokio::task::spawn_blocking(move || {
                let driver = driver.upgrade()?;
                let environment = driver.asker(vpc, address)?;
                driver.unresolved(Unresolved { environment, name, why });
                Some(())
            });
            if let Err(error) = told.await {
                tracing::error!(%error, "nobody is told of a name that did not resolve");
            }
        });
    }

    fn may_tell(&self, sender: (VpcId, Ipv4Addr)) -> bool {
        let now = Instant::now();
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.len() >= SENDERS {
            told.retain(|_, (since, _)| now.duration_since(*since) < SECOND);
        }
        if told.len() >= SENDERS && !told.contains_key(&sender) {
            return false;
        }
        let (since, count) = told.entry(sender).or_insert((now, 0));
        if now.duration_since(*since) >= SECOND {
            (*since, *count) = (now, 0);
        }
        *count += 1;
        *count <= EACH
    }
}
