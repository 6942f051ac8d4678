//! Flow logs, as they are stored and described.

/// The first version of the record.
pub mod v1 {
    use alloc::string::String;

    use serde::{Deserialize, Serialize};

    use crate::base::id::{EniId, FlowLogId, SubnetId, VpcId};
    use crate::base::scope::{Scope, Tags};
    use crate::base::time::Time;

    /// A flow log, as it is stored and described.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct FlowLog {
        /// Its id.
        pub id: FlowLogId,
        /// Who owns it.
        pub scope: Scope,
        /// Whose flows it tells of.
        pub of: Watched,
        /// Which of them.
        pub traffic: Traffic,
        /// Where it tells of them.
        pub destination: Destination,
        /// How a flow is told: names of fields in braces.
        pub format: String,
        /// How many seconds one record is of, at the most.
        pub interval: u32,
        /// When it was made.
        pub created: Time,
        /// Tags of the flow log.
        pub tags: Tags,
    }

    /// Whose flows are told.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum Watched {
        /// Of all ENIs of a VPC.
        Vpc(VpcId),
        /// Of all ENIs of a subnet.
        Subnet(SubnetId),
        /// Of one ENI.
        Eni(EniId),
    }

    /// Which flows are told.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum Traffic {
        /// What security groups and network ACLs let through.
        Accept,
        /// What one of them refused.
        Reject,
        /// Both.
        All,
    }

    /// Where flows are told.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum Destination {
        /// In a log group, as a role.
        Group {
            /// The group's name.
            name: String,
            /// The role's ARN.
            role: String,
            /// Whether it was named by its ARN.
            is_by_arn: bool,
        },
        /// In objects of a bucket.
        Bucket {
            /// The ARN of the bucket, with a folder of it where one was named.
            arn: String,
            /// Whether keys are such as Hive knows partitions by.
            is_hive: bool,
            /// Whether each hour has a folder.
            is_by_hour: bool,
        },
    }
}

pub use v1::*;

super::version::first_versions!(FlowLog);

impl Traffic {
    /// AWS's word.
    pub fn word(self) -> &'static str {
        match self {
            Traffic::Accept => "ACCEPT",
            Traffic::Reject => "REJECT",
            Traffic::All => "ALL",
        }
    }

    /// Whether packets that were let through, or were not, are told.
    pub fn tells(self, is_accepted: bool) -> bool {
        match self {
            Traffic::Accept => is_accepted,
            Traffic::Reject => !is_accepted,
            Traffic::All => true,
        }
    }
}

impl core::fmt::Display for Watched {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Watched::Vpc(id) => id.fmt(f),
            Watched::Subnet(id) => id.fmt(f),
            Watched::Eni(id) => id.fmt(f),
        }
    }
}
