//! What the kinds of policies that count for a caller say together.

use crate::iam::caller::{Caller, Who};
use crate::iam::judge::Verdict;

/// What kind of policy decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    Identity,
    Boundary,
    Session,
    /// Of what it is about.
    Resource,
    /// Of the VPC endpoint that it came through.
    Endpoint,
}

/// Why a caller may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotAllowed {
    /// A policy denies it.
    Denied(By),
    /// No policy of this kind allows it.
    Unmentioned(By),
}

impl By {
    fn words(self) -> &'static str {
        match self {
            By::Identity => "identity-based policy",
            By::Boundary => "permissions boundary",
            By::Session => "session policy",
            By::Resource => "resource-based policy",
            By::Endpoint => "VPC endpoint policy",
        }
    }
}

impl NotAllowed {
    /// The end of the sentence that says so, as AWS has it.
    pub(crate) fn words(self, action: &str) -> String {
        match self {
            NotAllowed::Denied(By::Identity) => {
                "with an explicit deny in an identity-based policy".to_owned()
            }
            NotAllowed::Denied(by) => format!("with an explicit deny in a {}", by.words()),
            NotAllowed::Unmentioned(by) => {
                format!("because no {} allows the {action} action", by.words())
            }
        }
    }
}

/// What each kind of policy says; none of a kind that does not narrow the caller.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said {
    pub(super) identity: Verdict,
    pub(super) boundary: Option<Verdict>,
    pub(super) session: Option<Verdict>,
}

impl Said {
    /// The same where the policy of what it is about may name the caller, and so allows it too.
    pub(super) fn with(mut self, is_named: bool, caller: &Caller) -> Result<(), NotAllowed> {
        if is_named {
            self.identity = self.identity.max(Verdict::Allowed);
            // A boundary does not narrow what is given to a user by name, as it does for a role.
            if !matches!(caller.who, Who::Role { .. }) {
                let denial = |said: Option<Verdict>| said.filter(|it| *it != Verdict::Silent);
                (self.boundary, self.session) = (denial(self.boundary), denial(self.session));
            }
        }
        self.verdict()
    }

    pub(super) fn verdict(self) -> Result<(), NotAllowed> {
        let all = [
            (By::Identity, Some(self.identity)),
            (By::Boundary, self.boundary),
            (By::Session, self.session),
        ];
        let first = |verdict| all.iter().find(|(_, said)| *said == Some(verdict));
        match (first(Verdict::Denied), first(Verdict::Silent)) {
            (Some((by, _)), _) => Err(NotAllowed::Denied(*by)),
            (None, Some((by, _))) => Err(NotAllowed::Unmentioned(*by)),
            (None, None) => Ok(()),
        }
    }
}
