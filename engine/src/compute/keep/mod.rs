//! Keep-alive: how long idle environments are kept, which are given up for the sake of others, and
//! which are started ahead of their invocations.

use alloc::collections::BTreeSet;

use crate::base::id::EnvironmentId;
use crate::base::time::Time;

pub(crate) mod habit;
mod policy;

/// What environments hold, and in which order idle ones are given up.
#[derive(Debug, Clone, Default)]
pub(crate) struct Keeper {
    /// MB of all environments that are not being reaped.
    pub(crate) memory: u64,
    /// The priority of what was given up last.
    pub(super) clock: u64,
    /// Idle environments by priority and then by their last use, under greedy-dual.
    pub(super) idle: BTreeSet<(u64, Time, EnvironmentId)>,
}
