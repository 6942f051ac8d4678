//! What is seen of the driver from outside: its figures, its traces, and how it stands.

use std::sync::Arc;

use crate::driver::Driver;
use crate::metrics::Metrics;
use crate::trace::Tracer;

impl Driver {
    /// What is counted.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.metrics
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
}
