//! The server in process: `(operation, input) -> answer`, without a kernel's part.

mod bodies;
mod door;
mod ec2;
mod harness;
mod iam;
mod lambda;
mod metrics;
mod outage;
mod outward;
mod panics;
mod rows;
mod trace;

/// Panics where a request asks for it: a fault in an operation's own code.
pub(crate) fn panic_if_asked(request: &wire::Request<'_>) {
    if let Some(text) = request.header("x-test-panic") {
        panic!("{text}");
    }
}
