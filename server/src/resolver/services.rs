//! The names of AWS's services: where they lead to is said by the VPC that asks.

use std::sync::{Arc, Weak};

use super::names::{Data, Entry, From, Names, Record};
use crate::driver::Driver;

/// For how many seconds it may be remembered where a service is (AWS: 60, and less of some).
const TTL: u32 = 60;

/// Knows them.
#[derive(Debug)]
pub struct ServiceNames(Weak<Driver>);

impl ServiceNames {
    /// As the engine of this driver has them.
    pub fn of(driver: &Arc<Driver>) -> Arc<ServiceNames> {
        Arc::new(ServiceNames(Arc::downgrade(driver)))
    }
}

impl Names for ServiceNames {
    fn look_up(&self, from: &From, name: &str) -> Option<Entry> {
        let driver = self.0.upgrade()?;
        let addresses = driver.read(|engine| engine.service_addresses(Some(from.vpc), name))?;
        let record = |address| Record { name: name.to_owned(), ttl: TTL, data: Data::A(address) };
        Some(Entry::Records(addresses.into_iter().map(record).collect()))
    }
}
