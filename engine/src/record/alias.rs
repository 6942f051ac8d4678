//! Aliases of functions, as they are stored and described.

/// The first version of the record.
pub mod v1 {
    use alloc::string::String;

    use serde::{Deserialize, Serialize};

    use crate::base::id::{AliasId, FunctionId, Version};

    /// A name for a version of a function, or for two between which it draws.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Alias {
        /// Its id, for the engine.
        pub id: AliasId,
        /// Of which function.
        pub function: FunctionId,
        /// Its name, unique among those of its function.
        pub name: String,
        /// `Description`.
        pub description: String,
        /// `FunctionVersion`.
        pub version: Version,
        /// The other version, if it draws.
        pub further: Option<Further>,
        /// `RevisionId`, shown as a UUID.
        pub revision: u128,
    }

    /// The version that an alias leads to in some cases.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Further {
        /// Which version.
        pub version: Version,
        /// In how many of the cases.
        pub weight: Weight,
    }

    /// A share of invocations, from 0 to 1.
    #[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
    #[serde(transparent)]
    pub struct Weight(pub f64);

    // A weight is always a number.
    impl Eq for Weight {}
}

pub use v1::*;

use crate::base::id::Version;

super::version::first_versions!(Alias);

impl Alias {
    /// Whether it leads to a version, always or in some cases.
    pub fn leads_to(&self, version: Version) -> bool {
        self.version == version || self.further.is_some_and(|further| further.version == version)
    }
}
