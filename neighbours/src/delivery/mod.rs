//! What is to be delivered: kept in a service's store until its target has taken it, tried again, and
//! given to a dead-letter queue at last.

mod attempt;
mod drive;
pub(crate) mod explain;
mod job;
mod letter;
pub(crate) mod outbox;
mod told;

pub(crate) use attempt::{Refusal, attempt, operation_of};
pub(crate) use drive::{Deliveries, Sender, drive};
pub(crate) use job::{Job, Letter, PlaceKind, Target, place_of};
