//! The node: does what the kernel must do, and decides nothing.
