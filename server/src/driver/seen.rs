//! What is seen of the driver from outside: its figures, its traces, how it stands, and what it has to tell.

use std::net::Ipv4Addr;
use std::sync::Arc;

use engine::effect::Receiver;
use engine::id::{EnvironmentId, RequestId, VpcId};
use engine::input::{Input, Told, Unresolved};
use engine::tell::refused::RefusedByPolicy;
use tokio::sync::mpsc;

use crate::driver::{Driver, Order};
use crate::metrics::Metrics;
use crate::trace::Tracer;

impl Driver {
    /// What is counted.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// In which environment somebody sends from an address in a VPC, if in one. May wait for who changes
    /// the VPC.
    pub(crate) fn asker(&self, vpc: VpcId, address: Ipv4Addr) -> Option<EnvironmentId> {
        self.node.get()?.asker(vpc, address)
    }

    /// A name did not resolve.
    pub(crate) fn unresolved(&self, asked: Unresolved) {
        self.step(self.lock(), Input::Unresolved(Box::new(asked)));
    }

    /// What an invocation returned is no answer to a request from outside.
    pub(crate) fn no_answer(&self, request: RequestId, why: &impl ToString) {
        self.step(self.lock(), Input::NoAnswer(request, why.to_string()));
    }

    /// The policy of a VPC endpoint refused something; told of as often as each sender may be.
    pub(crate) fn refused_by_policy(&self, refused: RefusedByPolicy) {
        if self.refusals.may_tell(refused.from) {
            self.step(self.lock(), Input::RefusedByPolicy(Box::new(refused)));
        }
    }

    /// Has invocations traced; once, before anything is invoked.
    pub fn trace_with(&self, tracer: Arc<Tracer>) {
        let _ = self.tracer.set(tracer);
    }

    /// Who traces invocations, if somebody does.
    pub(crate) fn tracer(&self) -> Option<&Tracer> {
        self.tracer.get().map(|tracer| &**tracer)
    }

    /// Whether the node is there.
    pub(crate) fn has_node(&self) -> bool {
        self.node.get().is_some()
    }

    /// Whether what comes is refused, since the server stops.
    pub(crate) fn is_draining(&self) -> bool {
        self.lock().is_draining
    }

    /// What is to be told of events that ended, for the one who tells it.
    pub(crate) fn orders(&self) -> Option<mpsc::UnboundedReceiver<Order>> {
        self.tells.orders()
    }

    /// A receiver was told of an event, or could not be.
    pub(crate) fn told(&self, request: RequestId, receiver: Receiver, told: Told) {
        self.step(self.lock(), Input::Told(request, receiver, told));
    }
}
