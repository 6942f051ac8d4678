//! Checkpoints: up to where a shard of a stream is done with, as they are stored.

/// The first version of the record.
pub mod v1 {
    use alloc::string::String;

    use serde::{Deserialize, Serialize};

    use crate::base::id::{CheckpointId, MappingId};
    use crate::record::mapping::Starting;

    /// Up to where a shard is done with.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Checkpoint {
        /// Its id, which nobody sees.
        pub id: CheckpointId,
        /// For which mapping.
        pub mapping: MappingId,
        /// The shard's id.
        pub shard: String,
        /// Up to where.
        pub place: Place,
    }

    /// A place in a shard.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub enum Place {
        /// Nothing is done: it is read from here.
        Start(Starting),
        /// Behind the record of this sequence number.
        After(String),
        /// The shard has ended, and all of it is done.
        Over,
    }
}

/// The second version: with a tumbling window.
pub mod v2 {
    use alloc::string::String;
    use alloc::vec::Vec;

    use serde::{Deserialize, Serialize};

    use super::v1;
    pub use super::v1::Place;
    use crate::base::id::{CheckpointId, MappingId};
    use crate::record::{Migrate, Record};

    /// Up to where a shard is done with.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Checkpoint {
        /// Its id, which nobody sees.
        pub id: CheckpointId,
        /// For which mapping.
        pub mapping: MappingId,
        /// The shard's id.
        pub shard: String,
        /// Up to where.
        pub place: Place,
        /// The tumbling window that is open there.
        pub window: Option<Window>,
    }

    /// A tumbling window of which records were given to the function.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Window {
        /// When it begins, in milliseconds of the Unix epoch.
        pub start: u64,
        /// What the function has made of its records so far, as JSON.
        pub state: String,
        /// Whether that is too large for it to go on.
        pub is_early: bool,
    }

    impl Migrate for Checkpoint {
        const VERSION: u32 = 2;
        type From = v1::Checkpoint;

        fn migrate(from: v1::Checkpoint, _: &mut Vec<Record>) -> Checkpoint {
            let v1::Checkpoint { id, mapping, shard, place } = from;
            Checkpoint { id, mapping, shard, place, window: None }
        }
    }
}

pub use v2::*;

super::version::first_versions!(v1::Checkpoint);
