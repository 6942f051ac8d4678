//! Repository chores: code generation from the service models, and tidiness checks.
#![forbid(unsafe_code)]

fn main() {}
