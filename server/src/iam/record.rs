//! What IAM stores: for each account one record, of whom it has and of its own policies, and what
//! temporary keys are sealed with.

use std::collections::BTreeMap;

use engine::record::{Migrate, Record, Unwritten};

use crate::iam::session::Seal;

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

/// Version 2: users, groups and instance profiles too.
pub(crate) mod v2 {
    use std::collections::{BTreeMap, BTreeSet};

    use serde::{Deserialize, Serialize};

    use crate::iam::record::v1::{Policy, Role};

    /// A user.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub(crate) struct User {
        pub(crate) name: String,
        pub(crate) path: String,
        pub(crate) id: String,
        /// In milliseconds of the Unix epoch.
        pub(crate) created: i64,
        /// The ARN of the policy that bounds it.
        pub(crate) boundary: Option<String>,
        pub(crate) tags: BTreeMap<String, String>,
        /// Policies of its own, by name.
        pub(crate) inline: BTreeMap<String, String>,
        /// ARNs of attached policies.
        pub(crate) attached: BTreeSet<String>,
        /// By their ids.
        pub(crate) keys: BTreeMap<String, AccessKey>,
    }

    /// What a user signs with.
    #[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub(crate) struct AccessKey {
        /// As it is: who verifies a signature needs what it was made with.
        pub(crate) secret: String,
        pub(crate) is_active: bool,
        /// In milliseconds of the Unix epoch.
        pub(crate) created: i64,
        pub(crate) used: Option<Used>,
    }

    /// When and for what a key was last used.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub(crate) struct Used {
        /// In milliseconds of the Unix epoch.
        pub(crate) at: i64,
        pub(crate) service: String,
        pub(crate) region: String,
    }

    /// A group of users.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub(crate) struct Group {
        pub(crate) name: String,
        pub(crate) path: String,
        pub(crate) id: String,
        /// In milliseconds of the Unix epoch.
        pub(crate) created: i64,
        /// Policies of its own, by name.
        pub(crate) inline: BTreeMap<String, String>,
        /// ARNs of attached policies.
        pub(crate) attached: BTreeSet<String>,
        /// Names of the users in it.
        pub(crate) users: BTreeSet<String>,
    }

    /// What hands a role to an instance.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub(crate) struct InstanceProfile {
        pub(crate) name: String,
        pub(crate) path: String,
        pub(crate) id: String,
        /// In milliseconds of the Unix epoch.
        pub(crate) created: i64,
        pub(crate) tags: BTreeMap<String, String>,
        /// The name of its role.
        pub(crate) role: Option<String>,
    }

    /// What one account has.
    #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
    pub(crate) struct Account {
        /// By name.
        pub(crate) roles: BTreeMap<String, Role>,
        /// By ARN.
        pub(crate) policies: BTreeMap<String, Policy>,
        /// By name.
        pub(crate) users: BTreeMap<String, User>,
        /// By name.
        pub(crate) groups: BTreeMap<String, Group>,
        /// By name.
        pub(crate) profiles: BTreeMap<String, InstanceProfile>,
    }

    impl std::fmt::Debug for AccessKey {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            // A secret has no place in a log.
            f.debug_struct("AccessKey").field("is_active", &self.is_active).finish_non_exhaustive()
        }
    }
}

pub(crate) use v1::{Policy, Role};
pub(crate) use v2::{AccessKey, Account, Group, InstanceProfile, Used, User};

/// What IAM resumes from.
#[derive(Debug, Default)]
pub struct Accounts {
    pub(crate) by_number: BTreeMap<u64, Account>,
    /// What temporary keys are sealed with, once it is there.
    pub(crate) seal: Option<Seal>,
}

impl Migrate for v1::Account {
    const VERSION: u32 = 1;
    type From = Unwritten;

    fn migrate(from: Unwritten, _: &mut Vec<Record>) -> v1::Account {
        match from {}
    }
}

impl Migrate for Account {
    const VERSION: u32 = 2;
    type From = v1::Account;

    fn migrate(from: v1::Account, _: &mut Vec<Record>) -> Account {
        let v1::Account { roles, policies } = from;
        Account { roles, policies, ..Account::default() }
    }
}

impl Migrate for Seal {
    const VERSION: u32 = 1;
    type From = Unwritten;

    fn migrate(from: Unwritten, _: &mut Vec<Record>) -> Seal {
        match from {}
    }
}
