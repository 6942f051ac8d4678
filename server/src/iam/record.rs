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

/// Version 3: policies have versions, and accounts an alias.
pub(crate) mod v3 {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Serialize};

    use crate::iam::record::v1::Role;
    use crate::iam::record::v2::{Group, InstanceProfile, User};

    /// A managed policy.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub(crate) struct Policy {
        pub(crate) name: String,
        pub(crate) path: String,
        pub(crate) id: String,
        pub(crate) arn: String,
        /// In milliseconds of the Unix epoch.
        pub(crate) created: i64,
        pub(crate) description: String,
        pub(crate) tags: BTreeMap<String, String>,
        /// By their numbers; the one that is in force is among them.
        pub(crate) versions: BTreeMap<u32, PolicyVersion>,
        /// The version that is in force.
        pub(crate) default: u32,
        /// The last version that was made, whether it is still there or not.
        pub(crate) last: u32,
    }

    /// A version of a managed policy.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub(crate) struct PolicyVersion {
        /// In milliseconds of the Unix epoch.
        pub(crate) created: i64,
        pub(crate) document: String,
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
        /// What it is called beside its number.
        pub(crate) alias: Option<String>,
    }
}

pub(crate) use v1::Role;
pub(crate) use v2::{AccessKey, Group, InstanceProfile, Used, User};
pub(crate) use v3::{Account, Policy, PolicyVersion};

impl Policy {
    /// The document that is in force.
    pub(crate) fn document(&self) -> &str {
        self.versions.get(&self.default).map_or("", |version| version.document.as_str())
    }

    /// When its newest version was made.
    pub(crate) fn updated(&self) -> i64 {
        self.versions.values().map(|version| version.created).max().unwrap_or(self.created)
    }
}

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

impl Migrate for v2::Account {
    const VERSION: u32 = 2;
    type From = v1::Account;

    fn migrate(from: v1::Account, _: &mut Vec<Record>) -> v2::Account {
        let v1::Account { roles, policies } = from;
        v2::Account { roles, policies, ..v2::Account::default() }
    }
}

impl Migrate for Account {
    const VERSION: u32 = 3;
    type From = v2::Account;

    fn migrate(from: v2::Account, _: &mut Vec<Record>) -> Account {
        let v2::Account { roles, policies, users, groups, profiles } = from;
        let policies = policies.into_iter().map(|(arn, policy)| (arn, policy.into())).collect();
        Account { roles, policies, users, groups, profiles, alias: None }
    }
}

impl From<v1::Policy> for Policy {
    fn from(from: v1::Policy) -> Policy {
        let v1::Policy { name, path, id, arn, created, version, description, document, tags } =
            from;
        // An account's own policies had one version, which was the first.
        let number = version.trim_start_matches('v').parse().unwrap_or(1);
        let versions = BTreeMap::from([(number, PolicyVersion { created, document })]);
        let (default, last) = (number, number);
        Policy { name, path, id, arn, created, description, tags, versions, default, last }
    }
}

impl Migrate for Seal {
    const VERSION: u32 = 1;
    type From = Unwritten;

    fn migrate(from: Unwritten, _: &mut Vec<Record>) -> Seal {
        match from {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_of_the_second_version_have_one_version() {
        let stored = r#"{"roles":{},"policies":{"arn:aws:iam::000000000007:policy/p":{"name":"p",
            "path":"/","id":"ANPA1","arn":"arn:aws:iam::000000000007:policy/p","created":5,
            "version":"v1","description":"d","document":"{}","tags":{"a":"b"}}},
            "users":{},"groups":{},"profiles":{}}"#;
        let mut body = serde_json::Deserializer::from_str(stored);
        let read = engine::record::read::<Account, _>(2, &mut body, &mut Vec::new());
        let account = read.expect("it is read").expect("the version is known");
        let policy = &account.policies["arn:aws:iam::000000000007:policy/p"];
        assert_eq!((policy.document(), policy.default, policy.last), ("{}", 1, 1));
        assert_eq!((policy.created, policy.updated()), (5, 5));
        assert_eq!(policy.tags["a"], "b");
        assert_eq!(account.alias, None);
    }
}
