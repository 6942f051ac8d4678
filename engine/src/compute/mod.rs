//! Functions, their environments and their invocations.

pub mod environment;
pub(crate) mod event;
pub mod function;
pub(crate) mod invocation;
pub(crate) mod keep;
