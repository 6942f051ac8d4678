//! What the engine tells of itself: trails of invocations, the journal, explanations.

mod acl;
pub mod check;
pub(crate) mod drop;
pub mod explain;
mod gates;
mod hop;
pub mod journal;
pub mod led;
mod link;
pub mod mapping;
mod mend;
mod outside;
mod policy;
pub mod reach;
pub mod refused;
mod replies;
mod subject;
mod thing;
pub mod trail;
mod way;
mod words;
