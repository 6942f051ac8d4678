//! When something is to happen: rates, crons and single instants, in time zones.

mod clock;
mod cron;
mod expression;
mod zone;

pub(crate) use clock::{Clock, Fired, Timed, tick};
pub(crate) use expression::Expression;
pub(crate) use zone::Zone;
