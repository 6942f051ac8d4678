//! Fetching ahead: memory that will be needed soon is asked for before it is.

/// Asks the processor for the cache line of an address, and does not wait: nothing that safe Rust
/// has, so it is given by whoever may.
pub trait Fetch: Fn(*const u8) + Copy {}

impl<F: Fn(*const u8) + Copy> Fetch for F {}
