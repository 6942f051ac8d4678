//! What a function has at present that warm invocations do not need.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::base::id::{EnvironmentId, Version};
use crate::compute::hot::Running;
use crate::compute::keep::habit::Habit;
use crate::node::Launch;

/// What a function has at present that warm invocations do not need.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rest {
    versions: Vec<(Version, Running)>,
    /// Its environments, in every phase.
    pub(crate) environments: Vec<EnvironmentId>,
    /// Those that have answered and not asked for their next event yet, the first of them first.
    pub(crate) answered: Vec<EnvironmentId>,
    /// What environments are started with, by versions, once it was needed.
    pub(crate) launches: Vec<(Version, Arc<Launch>)>,
    /// Its idle times, if the keep-alive policy goes by them.
    pub(crate) habit: Option<Box<Habit>>,
    /// Invocations since it has environments, under greedy-dual.
    pub(crate) uses: u32,
    /// Microseconds that its last start took.
    pub(crate) start_micros: u32,
}

impl Rest {
    /// What a function begins with.
    pub(crate) fn new() -> Rest {
        Rest { start_micros: 1, ..Rest::default() }
    }

    /// What a published version has, which begins with nothing.
    pub(crate) fn of(&mut self, version: Version) -> &mut Running {
        let place = self.versions.iter().position(|(of, _)| *of == version);
        let place = place.unwrap_or_else(|| {
            self.versions.push((version, Running::default()));
            self.versions.len() - 1
        });
        &mut self.versions[place].1
    }

    /// What each published version has.
    pub(crate) fn published(&self) -> impl Iterator<Item = (Version, &Running)> {
        self.versions.iter().map(|(version, running)| (*version, running))
    }

    /// What a version's environments are started with, if it was needed before.
    pub(crate) fn launch(&self, version: Version) -> Option<Arc<Launch>> {
        let known = self.launches.iter().find(|(of, _)| *of == version);
        known.map(|(_, launch)| launch.clone())
    }
}
