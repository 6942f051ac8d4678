//! What the engine tells of itself: trails of invocations, the journal, explanations.

mod acl;
pub(crate) mod drop;
pub mod explain;
mod gates;
pub mod journal;
pub mod led;
pub mod mapping;
mod mend;
pub mod reach;
mod replies;
pub mod trail;
mod way;
mod words;
