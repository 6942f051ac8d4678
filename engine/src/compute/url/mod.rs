//! URLs of functions and aliases, and what may be asked about them.

mod ask;
pub(crate) mod known;

pub use ask::{CreateUrl, DeleteUrl, UpdateUrl, UrlOf};
