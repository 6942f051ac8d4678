//! Looks from second to second at what has no beginning and no end: how much is in flight.

use std::collections::BTreeMap;
use std::sync::Weak;
use std::time::Duration;

use engine::scope::Scope;
use engine::time::Time;

use crate::driver::{Driver, now};

/// How often it is looked.
const LOOK: Duration = Duration::from_secs(1);
/// After how many looks what is old is forgotten.
const FORGET: u64 = 60;

/// Looks at what runs, from second to second, for as long as the driver is there.
pub(crate) async fn watch(driver: Weak<Driver>) {
    let mut looked = 0u64;
    loop {
        tokio::time::sleep(LOOK).await;
        let Some(driver) = driver.upgrade() else { return };
        look(&driver, now());
        looked += 1;
        if looked.is_multiple_of(FORGET) {
            driver.metrics().forget(now());
        }
    }
}

/// Notes how many invocations are in flight.
fn look(driver: &Driver, at: Time) {
    let metrics = driver.metrics();
    let seen: Vec<_> = driver.read(|engine| {
        let known = |(id, count)| engine.known_function(id).map(|function| (function, count));
        let busy = engine.in_flight().filter_map(known);
        let told = busy.map(|(function, count)| {
            (function.scope.clone(), function.name.clone(), function.reserved.is_some(), count)
        });
        told.collect()
    });
    let mut scopes: BTreeMap<Scope, (u32, u32)> = BTreeMap::new();
    for (scope, name, is_reserved, count) in seen {
        if let Some(figures) = metrics.of(&scope, &name) {
            figures.seen(at, count, None);
        }
        let (all, unreserved) = scopes.entry(scope).or_default();
        (*all, *unreserved) = (*all + count, *unreserved + if is_reserved { 0 } else { count });
    }
    for (scope, (all, unreserved)) in scopes {
        metrics.whole(&scope).seen(at, all, Some(unreserved));
    }
}
