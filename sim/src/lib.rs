//! The simulator: runs the engine against a simulated world, to prove it.
//!
//! A world is drawn from a seed: its sizes, what fails and how often, when the server crashes.
//! The same seed gives the same world, to the byte. After every step the engine checks itself;
//! the world checks what is promised to callers, to the node and to the store, and in the end,
//! when nothing fails any more, that everything comes to rest as a plainer model says.
#![forbid(unsafe_code)]

mod distribution;
mod machine;
pub mod plan;
mod reference;
mod sources;
pub mod trace;
mod world;

pub use sources::{SourcesOutcome, run as run_sources};
pub use world::{Outcome, run};
