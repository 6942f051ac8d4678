//! The one binary: where the engine, the node and the server meet.
#![forbid(unsafe_code)]

fn main() {}
