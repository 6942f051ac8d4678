//! What outlives sandboxes: the `/tmp` and the user of those whose environment goes on.

use std::collections::HashMap;
use std::os::fd::OwnedFd;

use super::users::User;

/// What is kept of one sandbox.
pub(super) struct Kept {
    /// Its `/tmp`, attached nowhere.
    pub(super) tmp: OwnedFd,
    /// The owner of what is in it.
    pub(super) user: User,
}

/// What is kept, by the sandboxes that it was of.
#[derive(Default)]
pub(super) struct Keepsakes(HashMap<u64, Kept>);

impl Keepsakes {
    pub(super) fn put(&mut self, sandbox: u64, kept: Kept) {
        self.0.insert(sandbox, kept);
    }

    pub(super) fn take(&mut self, sandbox: u64) -> Option<Kept> {
        self.0.remove(&sandbox)
    }
}
