//! The scope that owns things: one account in one region.

use alloc::collections::BTreeMap;
use alloc::string::String;
use core::fmt;

use serde::{Deserialize, Serialize};

/// An account in a region; nothing of one scope is visible in another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Scope {
    /// The twelve digits of the account, as a number.
    pub account: u64,
    /// The region's name, for instance `us-east-1`.
    pub region: String,
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012}/{}", self.account, self.region)
    }
}

/// Tags of one thing, key to value.
pub type Tags = BTreeMap<String, String>;
