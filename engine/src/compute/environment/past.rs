//! Environments that are gone and still explained.

use alloc::collections::VecDeque;

use crate::base::id::EnvironmentId;
use crate::compute::environment::Environment;

/// The environments that went last, as many as are remembered.
#[derive(Debug, Clone, Default)]
pub(crate) struct Past(VecDeque<Environment>);

impl Past {
    /// Remembers one that is gone, and at most so many.
    pub(crate) fn bury(&mut self, environment: Environment, remembered: usize) {
        if self.0.len() == remembered.max(1) {
            self.0.pop_front();
        }
        self.0.push_back(environment);
    }

    /// All of them, those first that went first.
    pub(crate) fn all(&self) -> impl DoubleEndedIterator<Item = &Environment> {
        self.0.iter()
    }

    /// One by its id.
    pub(crate) fn find(&self, id: EnvironmentId) -> Option<&Environment> {
        self.0.iter().rev().find(|environment| environment.id() == id)
    }
}
