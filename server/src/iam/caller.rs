//! Who calls: an account's root, a user, or a session of a role or of a federated user.

use serde::{Deserialize, Serialize};

/// Who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Caller {
    pub(crate) account: u64,
    pub(crate) who: Who,
    /// The path of a user, which is a part of its ARN.
    pub(crate) path: String,
    /// What a temporary key says beside, if the key is one.
    pub(crate) session: Option<Session>,
}

/// Whose key it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Who {
    /// The account itself.
    Root,
    /// A user, by name and id.
    User { name: String, id: String },
    /// A session of a role, whose name and id are given.
    Role { name: String, id: String, session: String },
    /// One that a user vouches for; root does so without a name.
    Federated { name: String, by: Option<Box<Who>> },
}

/// What a temporary key says beside whose it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Session {
    /// In milliseconds of the Unix epoch.
    pub(crate) issued: i64,
    /// A policy that narrows what it may do.
    pub(crate) policy: Option<String>,
    /// ARNs of managed policies that do so too.
    pub(crate) policies: Vec<String>,
}

impl Session {
    /// Whether anything narrows it.
    pub(crate) fn is_narrowed(&self) -> bool {
        self.policy.is_some() || !self.policies.is_empty()
    }
}

impl Caller {
    /// The root of an account.
    pub(crate) const fn root(account: u64) -> Caller {
        Caller { account, who: Who::Root, path: String::new(), session: None }
    }

    /// Whether nothing is refused to it.
    pub(crate) fn is_root(&self) -> bool {
        self.who == Who::Root
    }

    /// Whether it is a session that a user or an account's root made of itself or of somebody whom
    /// it vouches for, and not one of a role.
    pub(crate) fn is_temporary_of_user(&self) -> bool {
        self.session.is_some() && !matches!(self.who, Who::Role { .. })
    }

    /// The ARN, as errors and GetCallerIdentity show it.
    pub(crate) fn arn(&self) -> String {
        let account = self.account;
        match &self.who {
            Who::Root => format!("arn:aws:iam::{account:012}:root"),
            Who::User { name, .. } => {
                format!("arn:aws:iam::{account:012}:user{}{name}", self.path)
            }
            Who::Role { name, session, .. } => {
                format!("arn:aws:sts::{account:012}:assumed-role/{name}/{session}")
            }
            Who::Federated { name, .. } => {
                format!("arn:aws:sts::{account:012}:federated-user/{name}")
            }
        }
    }

    /// The id that policies know as `aws:userid`.
    pub(crate) fn user_id(&self) -> String {
        match &self.who {
            Who::Root => format!("{:012}", self.account),
            Who::User { id, .. } => id.clone(),
            Who::Role { id, session, .. } => format!("{id}:{session}"),
            Who::Federated { name, .. } => format!("{:012}:{name}", self.account),
        }
    }
}
