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

pub use v1::*;

super::version::first_versions!(Checkpoint);
