//! The server: speaks AWS to the outside and drives the engine.
#![forbid(unsafe_code)]
