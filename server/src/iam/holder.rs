//! Who holds policies: roles, users and groups alike.

use std::collections::{BTreeMap, BTreeSet};

use crate::iam::record::{Account, Group, Policy, Role, User};

/// What holds policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Role,
    User,
    Group,
}

impl Kind {
    /// The word that IAM's messages and ARNs have.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Kind::Role => "role",
            Kind::User => "user",
            Kind::Group => "group",
        }
    }
}

/// One that holds policies.
pub(crate) struct Holder<'a> {
    /// Policies of its own, by name.
    pub(crate) inline: &'a mut BTreeMap<String, String>,
    /// ARNs of attached policies.
    pub(crate) attached: &'a mut BTreeSet<String>,
}

/// What one holds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Held<'a> {
    pub(crate) inline: &'a BTreeMap<String, String>,
    pub(crate) attached: &'a BTreeSet<String>,
    pub(crate) boundary: Option<&'a str>,
}

impl Account {
    /// What a role, a user or a group holds.
    pub(crate) fn held(&self, kind: Kind, name: &str) -> Option<Held<'_>> {
        match kind {
            Kind::Role => self.roles.get(name).map(Role::held),
            Kind::User => self.users.get(name).map(User::held),
            Kind::Group => self.groups.get(name).map(Group::held),
        }
    }

    /// A role, a user or a group whose policies are to change.
    pub(crate) fn holder(&mut self, kind: Kind, name: &str) -> Option<Holder<'_>> {
        match kind {
            Kind::Role => self
                .roles
                .get_mut(name)
                .map(|Role { inline, attached, .. }| Holder { inline, attached }),
            Kind::User => self
                .users
                .get_mut(name)
                .map(|User { inline, attached, .. }| Holder { inline, attached }),
            Kind::Group => self
                .groups
                .get_mut(name)
                .map(|Group { inline, attached, .. }| Holder { inline, attached }),
        }
    }

    /// The documents of the policies that one is given, for a user also by its groups.
    pub(crate) fn documents(&self, kind: Kind, name: &str) -> Vec<&str> {
        let mut all: Vec<Held<'_>> = self.held(kind, name).into_iter().collect();
        if kind == Kind::User {
            let groups = self.groups.values().filter(|group| group.users.contains(name));
            all.extend(groups.map(Group::held));
        }
        all.into_iter().flat_map(|held| self.documents_held(held)).collect()
    }

    /// The documents of what one holds.
    pub(crate) fn documents_held<'a>(&'a self, held: Held<'a>) -> impl Iterator<Item = &'a str> {
        let attached = held.attached.iter().filter_map(|arn| self.policy(arn));
        attached.map(Policy::document).chain(held.inline.values().map(String::as_str))
    }

    fn all_held(&self) -> impl Iterator<Item = Held<'_>> {
        let roles = self.roles.values().map(Role::held);
        roles
            .chain(self.users.values().map(User::held))
            .chain(self.groups.values().map(Group::held))
    }

    /// How many a policy is attached to.
    pub(crate) fn attachments(&self, arn: &str) -> usize {
        self.all_held().filter(|held| held.attached.contains(arn)).count()
    }

    /// How many a policy bounds.
    pub(crate) fn bounded(&self, arn: &str) -> usize {
        self.all_held().filter(|held| held.boundary == Some(arn)).count()
    }
}

impl Role {
    pub(crate) fn held(&self) -> Held<'_> {
        let boundary = self.boundary.as_deref();
        Held { inline: &self.inline, attached: &self.attached, boundary }
    }
}

impl User {
    pub(crate) fn held(&self) -> Held<'_> {
        let boundary = self.boundary.as_deref();
        Held { inline: &self.inline, attached: &self.attached, boundary }
    }
}

impl Group {
    pub(crate) fn held(&self) -> Held<'_> {
        Held { inline: &self.inline, attached: &self.attached, boundary: None }
    }
}
