//! Plans: a trace replayed through the engine, against a layout.

pub mod layout;
pub mod report;
