//! Tells whose invocation it was in which a name did not resolve, as often as each may have it told.

use std::net::Ipv4Addr;
use std::sync::{Arc, Weak};

use engine::id::VpcId;
use engine::input::Unresolved;
use tokio::sync::Semaphore;

use crate::driver::Driver;
use crate::often::Often;

/// How many are looked for at once.
const AT_ONCE: usize = 8;

/// Who was told of of late.
#[derive(Debug)]
pub(super) struct Teller {
    told: Often<(VpcId, Ipv4Addr)>,
    looking: Arc<Semaphore>,
}

impl Default for Teller {
    fn default() -> Teller {
        Teller { told: Often::default(), looking: Arc::new(Semaphore::new(AT_ONCE)) }
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
        if !self.told.may_tell(sender) {
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
}
