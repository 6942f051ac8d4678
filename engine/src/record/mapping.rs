//! Event source mappings, as they are stored and described.

/// The first version of the record.
pub mod v1 {
    use alloc::string::String;
    use alloc::vec::Vec;

    use serde::{Deserialize, Serialize};

    use crate::base::id::MappingId;
    use crate::base::scope::{Scope, Tags};
    use crate::base::time::Time;

    /// An event source mapping: whose records it takes, and which function is given them.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Mapping {
        /// Its id.
        pub id: MappingId,
        /// Who owns it.
        pub scope: Scope,
        /// The function's name: one of that name may be made after the mapping, or again.
        pub function: String,
        /// The version or alias.
        pub qualifier: Option<String>,
        /// The ARN of the source.
        pub source: String,
        /// What it is.
        pub kind: SourceKind,
        /// Where a stream is read from at first.
        pub starting: Option<Starting>,
        /// What may be changed.
        pub settings: MappingSettings,
        /// How it is.
        pub state: MappingState,
        /// When it was made.
        pub created: Time,
        /// When it was changed last.
        pub modified: Time,
        /// Tags of the mapping.
        pub tags: Tags,
    }

    /// What a source is.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
    pub enum SourceKind {
        /// A standard queue of SQS.
        Queue,
        /// A FIFO queue of SQS.
        FifoQueue,
        /// A stream of Kinesis.
        Kinesis,
        /// The stream of a DynamoDB table.
        DynamoDb,
    }

    /// Where a stream is read from at first.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
    pub enum Starting {
        /// At the oldest record.
        TrimHorizon,
        /// At what is written from now on.
        Latest,
        /// At an instant, in milliseconds of the Unix epoch.
        At(u64),
    }

    /// What may be changed of a mapping.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct MappingSettings {
        /// Whether records are taken.
        pub is_enabled: bool,
        /// Records of a batch at the most.
        pub batch_size: u32,
        /// Seconds for which a batch gathers at the most.
        pub window: u32,
        /// Patterns, one of which must match a record.
        pub filters: Vec<String>,
        /// `ReportBatchItemFailures`: the function's answer names the records that failed.
        pub reports_failures: bool,
        /// Batches at once at the most, where that is bounded.
        pub maximum_concurrency: Option<u32>,
        /// Batches at once of each shard.
        pub parallelization: u32,
        /// Retries of a batch; without end where there is none.
        pub retries: Option<u32>,
        /// Seconds after which a record is given up; never where there is none.
        pub age: Option<u32>,
        /// Whether a batch that fails is split in two.
        pub bisects: bool,
        /// Seconds of a tumbling window; 0 is none.
        pub tumbling: u32,
        /// The ARN of where it is told that records were given up.
        pub on_failure: Option<String>,
    }

    /// How a mapping is, by AWS's names.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
    pub enum MappingState {
        /// It is made, and takes no records yet.
        Creating,
        /// It takes records from now on.
        Enabling,
        /// It takes records.
        Enabled,
        /// It takes no further records; batches under way are finished.
        Disabling,
        /// It takes no records.
        Disabled,
        /// What it is set to comes into force.
        Updating,
        /// Batches under way are finished, and then it is gone.
        Deleting,
    }
}

/// The second version: with pollers that are provisioned.
pub mod v2 {
    use alloc::string::String;
    use alloc::vec::Vec;

    use serde::{Deserialize, Serialize};

    use super::v1;
    pub use super::v1::{MappingState, SourceKind, Starting};
    use crate::base::id::MappingId;
    use crate::base::scope::{Scope, Tags};
    use crate::base::time::Time;
    use crate::record::{Migrate, Record};

    /// An event source mapping: whose records it takes, and which function is given them.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Mapping {
        /// Its id.
        pub id: MappingId,
        /// Who owns it.
        pub scope: Scope,
        /// The function's name: one of that name may be made after the mapping, or again.
        pub function: String,
        /// The version or alias.
        pub qualifier: Option<String>,
        /// The ARN of the source.
        pub source: String,
        /// What it is.
        pub kind: SourceKind,
        /// Where a stream is read from at first.
        pub starting: Option<Starting>,
        /// What may be changed.
        pub settings: MappingSettings,
        /// How it is.
        pub state: MappingState,
        /// When it was made.
        pub created: Time,
        /// When it was changed last.
        pub modified: Time,
        /// Tags of the mapping.
        pub tags: Tags,
    }

    /// What may be changed of a mapping.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct MappingSettings {
        /// Whether records are taken.
        pub is_enabled: bool,
        /// Records of a batch at the most.
        pub batch_size: u32,
        /// Seconds for which a batch gathers at the most.
        pub window: u32,
        /// Patterns, one of which must match a record.
        pub filters: Vec<String>,
        /// `ReportBatchItemFailures`: the function's answer names the records that failed.
        pub reports_failures: bool,
        /// Batches at once at the most, where that is bounded.
        pub maximum_concurrency: Option<u32>,
        /// The pollers that are provisioned, where any are.
        pub pollers: Option<Pollers>,
        /// Batches at once of each shard.
        pub parallelization: u32,
        /// Retries of a batch; without end where there is none.
        pub retries: Option<u32>,
        /// Seconds after which a record is given up; never where there is none.
        pub age: Option<u32>,
        /// Whether a batch that fails is split in two.
        pub bisects: bool,
        /// Seconds of a tumbling window; 0 is none.
        pub tumbling: u32,
        /// The ARN of where it is told that records were given up.
        pub on_failure: Option<String>,
    }

    /// Pollers that are provisioned.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Pollers {
        /// How many there are at the least.
        pub least: u32,
        /// How many there are at the most.
        pub most: u32,
    }

    impl Migrate for Mapping {
        const VERSION: u32 = 2;
        type From = v1::Mapping;

        fn migrate(from: v1::Mapping, _: &mut Vec<Record>) -> Mapping {
            let v1::Mapping {
                id,
                scope,
                function,
                qualifier,
                source,
                kind,
                starting,
                settings,
                state,
                created,
                modified,
                tags,
            } = from;
            let settings = migrate_settings(settings);
            Mapping {
                id,
                scope,
                function,
                qualifier,
                source,
                kind,
                starting,
                settings,
                state,
                created,
                modified,
                tags,
            }
        }
    }

    fn migrate_settings(from: v1::MappingSettings) -> MappingSettings {
        let v1::MappingSettings {
            is_enabled,
            batch_size,
            window,
            filters,
            reports_failures,
            maximum_concurrency,
            parallelization,
            retries,
            age,
            bisects,
            tumbling,
            on_failure,
        } = from;
        MappingSettings {
            is_enabled,
            batch_size,
            window,
            filters,
            reports_failures,
            maximum_concurrency,
            pollers: None,
            parallelization,
            retries,
            age,
            bisects,
            tumbling,
            on_failure,
        }
    }
}

pub use v2::*;

use core::fmt;

super::version::first_versions!(v1::Mapping);

impl fmt::Display for MappingState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl MappingState {
    /// Whether it stays as it is until somebody asks for something else.
    pub fn is_settled(self) -> bool {
        matches!(self, MappingState::Enabled | MappingState::Disabled)
    }
}

impl SourceKind {
    /// Whether it is a queue of SQS.
    pub fn is_queue(self) -> bool {
        matches!(self, SourceKind::Queue | SourceKind::FifoQueue)
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::Mapping;
    use crate::record::version;

    /// As the first version was written.
    const FIRST: &str = r#"{"id":5,"scope":{"account":0,
        "region":"us-east-1"},"function":"f","qualifier":null,"source":"arn:aws:sqs:us-east-1:000000000000:q",
        "kind":"Queue","starting":null,"settings":{"is_enabled":true,"batch_size":5,"window":1,"filters":[],
        "reports_failures":true,"maximum_concurrency":7,"parallelization":1,"retries":null,"age":null,
        "bisects":false,"tumbling":0,"on_failure":null},"state":"Enabled","created":1,"modified":2,"tags":{}}"#;

    #[test]
    fn the_first_version_is_read() {
        let mut beside = Vec::new();
        let mut text = serde_json::Deserializer::from_str(FIRST);
        let read = version::read::<Mapping, _>(1, &mut text, &mut beside);
        let mapping = read.expect("it is read").expect("it is known");
        let settings = &mapping.settings;
        assert_eq!((settings.batch_size, settings.maximum_concurrency), (5, Some(7)));
        assert_eq!((settings.pollers, beside.len()), (None, 0));
    }
}
