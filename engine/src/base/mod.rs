//! What everything else stands on: ids, time, chance, blocks, bounds, tables and timers. These know
//! nothing of one another's users.

pub mod cidr;
pub mod cidr6;
pub mod fetch;
pub mod id;
pub mod limits;
pub mod random;
pub mod scope;
pub(crate) mod spelled;
pub(crate) mod table;
pub mod time;
pub mod timer;
pub mod wheel;
