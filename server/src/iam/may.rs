//! Whether a caller may do something: what its policies, its boundary and its session say.

use crate::iam::{Iam, Values};
use std::collections::BTreeMap;

use wire::arn::Arn;

use crate::iam::caller::{Caller, Session, Who};
use crate::iam::holder::{Held, Kind};
use crate::iam::judge::{self, Assumer, Question, Trust, Verdict, judge};
use crate::iam::key::account_number;
use crate::iam::record::{Account, Policy, Role};
use crate::iam::said::{By, NotAllowed, Said};

impl Iam {
    /// Whether a caller may do something, by its own policies.
    ///
    /// # Errors
    /// Why it may not.
    pub(crate) fn may(&self, caller: &Caller, question: &Question<'_>) -> Result<(), NotAllowed> {
        if caller.is_root() {
            return Ok(());
        }
        self.said(caller, question).verdict()
    }

    /// What each kind of a caller's own policies says.
    fn said(&self, caller: &Caller, question: &Question<'_>) -> Said {
        self.read(caller.account, |known| {
            let (identity, boundary) = known.say(&caller.who, question);
            let session = caller.session.as_ref();
            let is_federated = matches!(caller.who, Who::Federated { .. });
            let session = session.filter(|it| it.is_narrowed() || is_federated);
            let session = session.map(|session| known.of_session(session, question));
            Said { identity, boundary, session }
        })
    }
}

/// What no policy of a bucket keeps its owner's root from.
const OF_OWNERS: [&str; 3] = ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"];

impl Iam {
    /// Whether a caller may do something with what is an account's, by its own policies and that of the
    /// thing.
    ///
    /// # Errors
    /// Why it may not.
    pub(crate) fn may_with_policy(
        &self,
        caller: &Caller,
        question: &Question<'_>,
        policy: Option<&str>,
        owner: u64,
    ) -> Result<(), NotAllowed> {
        let (arn, account) = (caller.arn(), format!("{:012}", caller.account));
        let principal = self.principal_arn(caller);
        let assumer = Assumer::Caller { arn: &arn, role: Some(&principal), account: &account };
        let is_own = owner == caller.account;
        let is_owner = is_own && caller.is_root();
        let policy = policy.filter(|text| !is_owner || judge::is_understood(text));
        let said = policy.map_or(Trust::Silent, |text| judge::grants(text, assumer, question));
        // Whoever has locked a bucket up, its owner among others, can have it opened by the owner.
        if said == Trust::Denied && !(is_owner && OF_OWNERS.contains(&question.action)) {
            return Err(NotAllowed::Denied(By::Resource));
        }
        // What the caller's own policies say counts where they are enforced.
        let own = match self.enforces() && !caller.is_root() {
            true => self.said(caller, question).with(is_own && said == Trust::Itself, caller),
            false => Ok(()),
        };
        // Within an account either is enough; of another's things both must speak.
        match own {
            Ok(()) if !is_own && said == Trust::Silent => {
                Err(NotAllowed::Unmentioned(By::Resource))
            }
            own => own,
        }
    }

    /// Whether the policy of a VPC endpoint lets a caller do something through it.
    ///
    /// # Errors
    /// Why it does not.
    pub(crate) fn lets_through(
        &self,
        policy: &str,
        caller: &Caller,
        question: &Question<'_>,
    ) -> Result<(), NotAllowed> {
        let (arn, account) = (caller.arn(), format!("{:012}", caller.account));
        let principal = self.principal_arn(caller);
        let assumer = Assumer::Caller { arn: &arn, role: Some(&principal), account: &account };
        match judge::grants(policy, assumer, question) {
            Trust::Denied => Err(NotAllowed::Denied(By::Endpoint)),
            Trust::Silent => Err(NotAllowed::Unmentioned(By::Endpoint)),
            Trust::Account | Trust::Itself => Ok(()),
        }
    }

    /// Whether the policies of a role, by its ARN, allow something.
    pub(crate) fn lets_role(&self, role: &str, question: &Question<'_>) -> bool {
        let Some((account, name)) = role_name(role) else { return false };
        self.read(account, |known| {
            known.roles.get(name).is_some_and(|role| known.allows(role, question))
        })
    }

    /// Whether a role is there and a service may assume it.
    pub(crate) fn role_trusts(&self, role: &str, service: &str, values: &Values) -> bool {
        let Some((account, name)) = role_name(role) else { return false };
        let question = Question { action: "sts:AssumeRole", resource: "*", values };
        self.read(account, |known| {
            let role = known.roles.get(name);
            role.is_some_and(|role| {
                judge::trust(&role.trust, Assumer::Service(service), &question) == Trust::Itself
            })
        })
    }

    /// Whether the policy of a thing of another account lets a role of this account do something with it.
    pub(crate) fn lets_foreign_role(
        &self,
        policy: &str,
        role: &str,
        account: u64,
        question: &Question<'_>,
    ) -> bool {
        let account = format!("{account:012}");
        let assumer = Assumer::Caller { arn: role, role: Some(role), account: &account };
        matches!(judge::grants(policy, assumer, question), Trust::Itself | Trust::Account)
    }

    /// Whether the policy of a thing lets a service do something with it.
    pub(crate) fn lets_service(
        &self,
        policy: &str,
        service: &str,
        question: &Question<'_>,
    ) -> bool {
        judge::grants(policy, Assumer::Service(service), question) == Trust::Itself
    }

    /// Whether any policy of a caller's denies something.
    pub(crate) fn denies(&self, caller: &Caller, question: &Question<'_>) -> bool {
        matches!(self.may(caller, question), Err(NotAllowed::Denied(_)))
    }

    /// What a role's trust policy says to a caller; nothing of a role that is not there.
    pub(crate) fn trusts(&self, role: &str, caller: &Caller, question: &Question<'_>) -> Trust {
        let arn = Arn::parse(role).filter(|arn| arn.service == "iam");
        let path = arn.and_then(|arn| arn.resource.strip_prefix("role"));
        let account = arn.and_then(|arn| account_number(arn.account));
        let (Some(path), Some(account)) = (path, account) else { return Trust::Silent };
        let name = path.rsplit('/').next().unwrap_or(path);
        let (own, of) = (caller.arn(), format!("{:012}", caller.account));
        let principal = self.principal_arn(caller);
        let assumer = Assumer::Caller { arn: &own, role: Some(&principal), account: &of };
        self.read(account, |known| {
            // A role has one path.
            let role = known.roles.get(name);
            let role = role.filter(|role| path == format!("{}{name}", role.path));
            role.map_or(Trust::Silent, |role| judge::trust(&role.trust, assumer, question))
        })
    }

    /// The ARN that policies know a caller by: of a session, that of its role.
    pub(crate) fn principal_arn(&self, caller: &Caller) -> String {
        let Who::Role { name, .. } = &caller.who else { return caller.arn() };
        let account = caller.account;
        let path = self.read(account, |known| known.roles.get(name).map(|it| it.path.clone()));
        format!("arn:aws:iam::{account:012}:role{}{name}", path.as_deref().unwrap_or("/"))
    }

    /// The tags of the user or the role that calls.
    pub(crate) fn principal_tags(&self, caller: &Caller) -> BTreeMap<String, String> {
        self.read(caller.account, |known| match &caller.who {
            Who::User { name, .. } => known.users.get(name).map(|user| user.tags.clone()),
            Who::Role { name, .. } => known.roles.get(name).map(|role| role.tags.clone()),
            Who::Root | Who::Federated { .. } => None,
        })
        .unwrap_or_default()
    }
}

impl Account {
    /// What the policies of somebody say, and what its boundary does.
    fn say(&self, who: &Who, question: &Question<'_>) -> (Verdict, Option<Verdict>) {
        let nothing = (Verdict::Silent, None);
        match who {
            Who::Root | Who::Federated { by: None, .. } => (Verdict::Allowed, None),
            Who::Federated { by: Some(by), .. } => self.say(by, question),
            Who::Role { name, id, .. } => {
                let role = self.roles.get(name).filter(|role| role.id == *id);
                role.map_or(nothing, |role| self.held_say(role.held(), question))
            }
            Who::User { name, id } => {
                let user = self.users.get(name).filter(|user| user.id == *id);
                let Some(user) = user else { return nothing };
                let (_, boundary) = self.held_say(user.held(), question);
                (judge(self.documents(Kind::User, name), question), boundary)
            }
        }
    }

    fn held_say(&self, held: Held<'_>, question: &Question<'_>) -> (Verdict, Option<Verdict>) {
        let boundary = held.boundary.map(|arn| self.of_managed([arn], question));
        (judge(self.documents_held(held), question), boundary)
    }

    /// What managed policies say together.
    fn of_managed<'a>(
        &self,
        arns: impl IntoIterator<Item = &'a str>,
        question: &Question<'_>,
    ) -> Verdict {
        let policies = arns.into_iter().filter_map(|arn| self.policy(arn));
        judge(policies.map(Policy::document), question)
    }

    fn of_session(&self, session: &Session, question: &Question<'_>) -> Verdict {
        let managed = self.of_managed(session.policies.iter().map(String::as_str), question);
        managed.max(judge(session.policy.as_deref(), question))
    }

    /// Whether a role's policies, within its boundary, allow a call.
    pub(super) fn allows(&self, role: &Role, question: &Question<'_>) -> bool {
        let (identity, boundary) = self.held_say(role.held(), question);
        Said { identity, boundary, session: None }.verdict().is_ok()
    }
}

/// The account's number and the name in the ARN of a role.
fn role_name(arn: &str) -> Option<(u64, &str)> {
    let arn = Arn::parse(arn).filter(|arn| arn.service == "iam")?;
    let name = arn.resource.strip_prefix("role/")?.rsplit('/').next()?;
    Some((account_number(arn.account)?, name))
}
