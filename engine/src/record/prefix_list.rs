//! Managed prefix lists, as they are stored and described.

/// The first version of the record.
pub mod v1 {
    use alloc::collections::BTreeMap;
    use alloc::string::String;
    use alloc::vec::Vec;

    use serde::{Deserialize, Serialize};

    use crate::base::cidr::Cidr;
    use crate::base::id::PrefixListId;
    use crate::base::scope::{Scope, Tags};

    /// A managed prefix list, as it is stored and described.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct PrefixList {
        /// Its id.
        pub id: PrefixListId,
        /// Who owns it.
        pub scope: Scope,
        /// Its name.
        pub name: String,
        /// How many entries it may have: what refers to it counts for as many.
        pub max_entries: u32,
        /// Its version: a later one has a higher number.
        pub version: u64,
        /// Its entries, in the order of their blocks.
        pub entries: Entries,
        /// What it was in earlier versions, as far as that is kept.
        pub earlier: BTreeMap<u64, Entries>,
        /// What was done with it last.
        pub last: LastDone,
        /// Tags of the list.
        pub tags: Tags,
    }

    /// Blocks with their descriptions.
    #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(from = "Pairs", into = "Pairs")]
    pub struct Entries(pub BTreeMap<Cidr, Option<String>>);

    /// As they are stored: a block is no key of JSON's.
    type Pairs = Vec<(Cidr, Option<String>)>;

    impl From<Pairs> for Entries {
        fn from(pairs: Pairs) -> Entries {
            Entries(pairs.into_iter().collect())
        }
    }

    impl From<Entries> for Pairs {
        fn from(entries: Entries) -> Pairs {
            entries.0.into_iter().collect()
        }
    }

    /// What was done with a list last, which its state tells.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
    pub enum LastDone {
        /// It was made.
        Create,
        /// It was modified.
        Modify,
        /// An earlier version was restored.
        Restore,
    }
}

pub use v1::*;

super::version::first_versions!(PrefixList);
