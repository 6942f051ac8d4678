//! Plans: a trace replayed through the engine, against a layout.

pub mod advice;
mod error;
pub mod layout;
mod measure;
mod options;
mod replay;
pub mod report;
mod setup;
pub mod steps;

pub use error::PlanError;
pub use options::{InVpc, Setup, StartTime};
pub use replay::{Decided, Progress, Watch, replay, replay_with};
