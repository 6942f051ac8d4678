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
mod listening;
pub mod mapping;
mod mend;
mod mend6;
mod outside;
mod part;
mod policy;
pub mod reach;
mod reach6;
pub mod refused;
mod replies;
mod replies6;
mod subject;
mod thing;
mod thing6;
pub mod trail;
mod way;
mod words;
