//! What IAM stores: for each account one record, of its roles and its own policies.

use std::collections::BTreeMap;

use engine::record::{Migrate, Record, Unwritten};

/// Version 1.
pub(crate) mod v1 {
    use std::collections::{BTreeMap, BTreeSet};

    use serde::{Deserialize, Serialize};

    /// A role.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub(crate) struct Role {
        pub(crate) name: String,
        pub(crate) path: String,
        pub(crate) id: String,
        /// In milliseconds of the Unix epoch.
        pub(crate) created: i64,
        /// Who may assume it, as it was given.
        pub(crate) trust: String,
        pub(crate) description: String,
        /// In seconds.
        pub(crate) longest_session: i64,
        /// The ARN of the policy that bounds it.
        pub(crate) boundary: Option<String>,
        pub(crate) tags: BTreeMap<String, String>,
        /// Policies of its own, by name.
        pub(crate) inline: BTreeMap<String, String>,
        /// ARNs of attached policies.
        pub(crate) attached: BTreeSet<String>,
    }

    /// A managed policy.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub(crate) struct Policy {
        pub(crate) name: String,
        pub(crate) path: String,
        pub(crate) id: String,
        pub(crate) arn: String,
        /// In milliseconds of the Unix epoch.
        pub(crate) created: i64,
        pub(crate) version: String,
        pub(crate) description: String,
        pub(crate) document: String,
        pub(crate) tags: BTreeMap<String, String>,
    }

    /// What one account has.
    #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
    pub(crate) struct Account {
        /// By name.
        pub(crate) roles: BTreeMap<String, Role>,
        /// By ARN.
        pub(crate) policies: BTreeMap<String, Policy>,
    }
}

pub(crate) use v1::{Account, Policy, Role};

/// What IAM resumes from: accounts by their numbers.
#[derive(Debug, Default)]
pub struct Accounts(pub(crate) BTreeMap<u64, Account>);

impl Migrate for Account {
    const VERSION: u32 = 1;
    type From = Unwritten;

    fn migrate(from: Unwritten, _: &mut Vec<Record>) -> Account {
        match from {}
    }
}
