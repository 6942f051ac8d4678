//! The wire: spells AWS's shapes, errors and signatures, without IO.
#![forbid(unsafe_code)]
