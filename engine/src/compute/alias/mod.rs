//! Aliases: names for versions of functions, and what may be asked about them.

mod ask;
pub(crate) mod known;

pub use ask::{CreateAlias, DeleteAlias, UpdateAlias};
