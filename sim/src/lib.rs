//! The simulator: runs the engine against a simulated world.
#![forbid(unsafe_code)]
