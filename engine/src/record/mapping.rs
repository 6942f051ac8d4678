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

/// The second version: with topics of Kafka, and provisioned pollers.
pub mod v2 {
    use alloc::string::String;
    use alloc::vec::Vec;

    use serde::{Deserialize, Serialize};

    use super::v1;
    pub use super::v1::{MappingState, Starting};
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
        /// The ARN of the source; of a self-managed cluster its bootstrap servers.
        pub source: String,
        /// What it is.
        pub kind: SourceKind,
        /// What is read of a cluster of Kafka.
        pub topic: Option<Topic>,
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
        /// A topic of a cluster of Amazon MSK.
        Msk,
        /// A topic of a self-managed cluster of Kafka.
        Kafka,
    }

    /// A topic of Kafka.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Topic {
        /// Its name.
        pub name: String,
        /// The consumer group in whose name it is read; the mapping's id where none was given.
        pub group: Option<String>,
    }

    /// What may be changed of a mapping.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct MappingSettings {
        /// Whether records are taken.
        pub is_enabled: bool,
        /// Records of a batch at the most.
        pub batch_size: u32,
        /// Seconds for which a batch gathers at the most; as long as its kind of source has it
        /// where none was ever given.
        pub window: Option<u32>,
        /// Patterns, one of which must match a record.
        pub filters: Vec<String>,
        /// `ReportBatchItemFailures`: the function's answer names the records that failed.
        pub reports_failures: bool,
        /// Batches at once at the most, where that is bounded.
        pub maximum_concurrency: Option<u32>,
        /// Provisioned pollers, where there are any.
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
        /// How a cluster of Kafka is reached, and by whose name.
        pub access: Vec<Access>,
    }

    /// How many pollers a mapping has.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Pollers {
        /// At the least.
        pub minimum: u32,
        /// At the most.
        pub maximum: u32,
    }

    /// One of `SourceAccessConfigurations`.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Access {
        /// What it is.
        pub kind: AccessKind,
        /// The ARN of a secret, or `subnet:` or `security_group:` with an id.
        pub uri: String,
    }

    /// What one of `SourceAccessConfigurations` is.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
    pub enum AccessKind {
        /// `BASIC_AUTH`: name and password by SASL/PLAIN.
        Basic,
        /// `SASL_SCRAM_256_AUTH`.
        Scram256,
        /// `SASL_SCRAM_512_AUTH`.
        Scram512,
        /// `CLIENT_CERTIFICATE_TLS_AUTH`.
        ClientCertificate,
        /// `SERVER_ROOT_CA_CERTIFICATE`.
        RootCertificate,
        /// `VPC_SUBNET`.
        Subnet,
        /// `VPC_SECURITY_GROUP`.
        SecurityGroup,
    }

    impl Migrate for Mapping {
        const VERSION: u32 = 2;
        type From = v1::Mapping;

        fn migrate(from: v1::Mapping, _: &mut Vec<Record>) -> Mapping {
            let v1::Mapping { id, scope, function, qualifier, source, kind, starting, .. } = from;
            let v1::Mapping { settings, state, created, modified, tags, .. } = from;
            let kind = match kind {
                v1::SourceKind::Queue => SourceKind::Queue,
                v1::SourceKind::FifoQueue => SourceKind::FifoQueue,
                v1::SourceKind::Kinesis => SourceKind::Kinesis,
                v1::SourceKind::DynamoDb => SourceKind::DynamoDb,
            };
            Mapping {
                id,
                scope,
                function,
                qualifier,
                source,
                kind,
                topic: None,
                starting,
                settings: settings.into(),
                state,
                created,
                modified,
                tags,
            }
        }
    }

    impl From<v1::MappingSettings> for MappingSettings {
        fn from(from: v1::MappingSettings) -> MappingSettings {
            MappingSettings {
                is_enabled: from.is_enabled,
                batch_size: from.batch_size,
                window: Some(from.window),
                filters: from.filters,
                reports_failures: from.reports_failures,
                maximum_concurrency: from.maximum_concurrency,
                pollers: None,
                parallelization: from.parallelization,
                retries: from.retries,
                age: from.age,
                bisects: from.bisects,
                tumbling: from.tumbling,
                on_failure: from.on_failure,
                access: Vec::new(),
            }
        }
    }
}

pub use v2::*;

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use core::fmt;
use core::time::Duration;

use crate::base::id::{GroupId, SubnetId};
use crate::base::limits::KAFKA_WINDOW;

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

    /// Whether it is a topic of Kafka.
    pub fn is_kafka(self) -> bool {
        matches!(self, SourceKind::Msk | SourceKind::Kafka)
    }
}

impl Mapping {
    /// For how long a batch gathers at the most.
    pub fn window(&self) -> Duration {
        match self.settings.window {
            Some(seconds) => Duration::from_secs(u64::from(seconds)),
            None if self.kind.is_kafka() => KAFKA_WINDOW,
            None => Duration::ZERO,
        }
    }

    /// The consumer group in whose name a topic is read.
    pub fn group(&self) -> String {
        let given = self.topic.as_ref().and_then(|topic| topic.group.clone());
        given.unwrap_or_else(|| self.id.to_string())
    }
}

impl MappingSettings {
    /// What is given of a kind of access.
    pub fn access(&self, kind: AccessKind) -> impl Iterator<Item = &str> {
        self.access.iter().filter(move |it| it.kind == kind).map(|it| it.uri.as_str())
    }

    /// The subnets from which a cluster is reached; none where that is not by a VPC.
    pub fn subnets(&self) -> BTreeSet<SubnetId> {
        let all = self.access(AccessKind::Subnet).filter_map(|uri| uri.strip_prefix("subnet:"));
        all.filter_map(|id| id.parse().ok()).collect()
    }

    /// The security groups of the ENIs by which it is.
    pub fn groups(&self) -> BTreeSet<GroupId> {
        let all = self.access(AccessKind::SecurityGroup);
        let all = all.filter_map(|uri| uri.strip_prefix("security_group:"));
        all.filter_map(|id| id.parse().ok()).collect()
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;
    use crate::record::Migrate;

    #[test]
    fn a_mapping_of_the_first_version_is_as_it_was() {
        let text = r#"{"id":7,"scope":{"account":0,"region":"us-east-1"},"function":"f",
            "qualifier":null,"source":"arn","kind":"DynamoDb","starting":"TrimHorizon",
            "settings":{"is_enabled":true,"batch_size":5,"window":2,"filters":["{}"],
            "reports_failures":true,"maximum_concurrency":3,"parallelization":4,"retries":1,
            "age":60,"bisects":true,"tumbling":9,"on_failure":"dead"},"state":"Enabled",
            "created":1,"modified":2,"tags":{}}"#;
        let stored: v1::Mapping = serde_json::from_str(text).expect("version 1");
        let mapping = Mapping::migrate(stored, &mut Vec::new());
        assert_eq!((mapping.kind, mapping.topic.as_ref()), (SourceKind::DynamoDb, None));
        assert_eq!(mapping.window(), Duration::from_secs(2));
        let settings = &mapping.settings;
        assert_eq!((settings.pollers, settings.access.len()), (None, 0));
        assert_eq!((settings.parallelization, settings.tumbling), (4, 9));
        assert_eq!(settings.on_failure.as_deref(), Some("dead"));
    }
}
