//! IAM: users, roles and policies, and what they may do.

mod caller;
mod condition;
mod document;
pub(crate) mod ec2_keys;
mod eni;
mod environment;
mod holder;
mod identify;
mod judge;
mod key;
mod managed;
mod may;
pub(crate) mod record;
mod said;
pub(crate) mod session;
mod simulate;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

use engine::record::function::RoleVerdict;
use engine::scope::Scope;
use wire::arn::Arn;
pub(crate) use wire::policy::{DocumentError, check_identity, check_resource, check_trust};

use crate::store::{RowChange, Unavailable, Writer, account_row, seal_row};

pub(crate) use caller::{Caller, Session, Who};
pub(crate) use condition::Values;
pub(crate) use eni::Enis;
pub(crate) use holder::{Held, Holder, Kind};
pub(crate) use identify::KeyError;
pub use identify::RootKey;
pub(crate) use judge::{Assumer, Question, Trust, Verdict, grants, judge};
pub(crate) use key::{account_number, account_of, fresh_id, fresh_key, fresh_secret, id_of};
pub(crate) use managed::managed;
pub use record::Accounts;
pub(crate) use record::{
    AccessKey, Account, Group, InstanceProfile, Policy, PolicyVersion, Role, Used, User,
};
pub(crate) use said::NotAllowed;
pub(crate) use session::{Seal, Statement, Temporary};
pub(crate) use simulate::{Simulated, missing_keys, simulate};

impl Account {
    /// A policy of the account's own or of AWS's.
    pub(crate) fn policy(&self, arn: &str) -> Option<&Policy> {
        self.policies.get(arn).or_else(|| managed().get(arn))
    }
}

/// A role that cannot be a function's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotAssumable;

/// What callers and roles are held to.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Whether roles and callers may do what their policies allow, and nothing else.
    pub enforces: bool,
    /// Whether signatures are verified.
    pub verifies: bool,
    /// The keys of roots.
    pub roots: Vec<RootKey>,
}

/// The users, roles and policies of one state directory.
#[derive(Debug)]
pub struct Iam {
    accounts: RwLock<BTreeMap<u64, Account>>,
    /// Keys of users, by their ids.
    owners: RwLock<identify::Owners>,
    /// Keys of roots, by their ids.
    roots: HashMap<String, RootKey>,
    /// What temporary keys are sealed with.
    seal: Seal,
    /// Whoever changes something holds it, also while that is made durable.
    changing: Mutex<()>,
    store: Arc<Writer>,
    enforces: bool,
    verifies: bool,
}

impl Iam {
    /// What was stored of IAM.
    pub fn new(accounts: Accounts, store: Arc<Writer>, rules: Rules) -> Arc<Iam> {
        let Accounts { by_number, seal } = accounts;
        let seal = seal.unwrap_or_else(|| {
            let seal = Seal::fresh();
            if let Err(error) = store.commit(vec![RowChange::Put(seal_row(&seal))]) {
                tracing::warn!(%error, "seal of sessions cannot be stored: they end with this server");
            }
            seal
        });
        let mut owners = identify::Owners::new();
        by_number.iter().for_each(|(number, known)| identify::index(&mut owners, *number, known));
        let Rules { enforces, verifies, roots } = rules;
        Arc::new(Iam {
            accounts: RwLock::new(by_number),
            owners: RwLock::new(owners),
            roots: roots.into_iter().map(|root| (root.key.clone(), root)).collect(),
            seal,
            changing: Mutex::default(),
            store,
            enforces,
            verifies,
        })
    }

    /// Whether callers may do what their policies allow, and nothing else.
    pub(crate) fn enforces(&self) -> bool {
        self.enforces
    }

    /// Whether signatures are verified.
    pub(crate) fn verifies(&self) -> bool {
        self.verifies
    }

    /// A message that callers of an account alone can have decoded.
    pub(crate) fn encode(&self, account: u64, message: &[u8]) -> String {
        self.seal.encode(account, message)
    }

    /// The message that was encoded for an account.
    pub(crate) fn decode(&self, account: u64, encoded: &str) -> Option<Vec<u8>> {
        self.seal.decode(account, encoded)
    }

    /// A new temporary key.
    pub(crate) fn issue(&self, statement: &Statement) -> Temporary {
        self.seal.issue(statement)
    }

    /// Reads what an account has.
    pub(crate) fn read<T>(&self, account: u64, look: impl FnOnce(&Account) -> T) -> T {
        match self.accounts().get(&account) {
            Some(account) => look(account),
            None => look(&Account::default()),
        }
    }

    /// Whether the root of an account has a key.
    pub(crate) fn has_root_key(&self, account: u64) -> bool {
        self.roots.values().any(|root| root.account == account)
    }

    /// The account that has an alias.
    pub(crate) fn account_called(&self, alias: &str) -> Option<u64> {
        let accounts = self.accounts();
        let mut all = accounts.iter();
        all.find(|(_, known)| known.alias.as_deref() == Some(alias)).map(|(number, _)| *number)
    }

    /// Changes what an account has, durably and wholly or not at all; for a thread that may wait.
    ///
    /// # Errors
    /// When it cannot be stored; within, what the work fails with.
    pub(crate) fn change<T, E>(
        &self,
        account: u64,
        work: impl FnOnce(&mut Account) -> Result<T, E>,
    ) -> Result<Result<T, E>, Unavailable> {
        let _changing: MutexGuard<'_, ()> =
            self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut changed = self.read(account, Account::clone);
        let done = match work(&mut changed) {
            Ok(done) => done,
            Err(refused) => return Ok(Err(refused)),
        };
        self.store.commit(vec![RowChange::Put(account_row(account, &changed))])?;
        let mut owners = self.owners.write().unwrap_or_else(PoisonError::into_inner);
        identify::index(&mut owners, account, &changed);
        let mut accounts = self.accounts.write().unwrap_or_else(PoisonError::into_inner);
        accounts.insert(account, changed);
        Ok(Ok(done))
    }

    /// Whether a role may be a function's, and manage the ENIs that this is to have.
    pub(crate) fn verdict(
        &self,
        scope: &Scope,
        role: &str,
        enis: Option<Enis<'_>>,
    ) -> Result<RoleVerdict, NotAssumable> {
        if !self.enforces {
            return Ok(RoleVerdict::Allowed);
        }
        let account = format!("{:012}", scope.account);
        let name = Arn::parse(role)
            .filter(|arn| arn.service == "iam" && arn.account == account)
            .and_then(|arn| arn.resource.strip_prefix("role/"))
            .and_then(|path| path.rsplit('/').next())
            .ok_or(NotAssumable)?;
        self.read(scope.account, |known| {
            let role = known.roles.get(name).ok_or(NotAssumable)?;
            let always = Values::from([
                ("aws:SourceAccount", account.as_str()),
                ("aws:RequestedRegion", scope.region.as_str()),
                ("ec2:Region", scope.region.as_str()),
            ]);
            let trusted = Question { action: "sts:AssumeRole", resource: "*", values: &always };
            let lambda = Assumer::Service("lambda.amazonaws.com");
            if judge::trust(&role.trust, lambda, &trusted) != Trust::Itself {
                return Err(NotAssumable);
            }
            let calls = enis.map_or_else(Vec::new, |enis| enis.calls(scope));
            let may = calls.into_iter().all(|(action, resource, mut values)| {
                values.extend(&always);
                known.allows(role, &Question { action, resource: &resource, values: &values })
            });
            Ok(if may { RoleVerdict::Allowed } else { RoleVerdict::Denied })
        })
    }

    fn accounts(&self) -> RwLockReadGuard<'_, BTreeMap<u64, Account>> {
        // An account is put in whole: a panic elsewhere leaves none half changed.
        self.accounts.read().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use engine::engine::{Config, Engine};
    use engine::id::{GroupId, SubnetId};
    use engine::limits::Limits;
    use engine::record::function::{EniModel, VpcConfig};

    use super::*;
    use crate::store;

    const TRUST: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow",
        "Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}}"#;
    const ROLE: &str = "arn:aws:iam::000000000007:role/path/r";

    fn role(trust: &str, attached: &[&str]) -> Role {
        Role {
            name: "r".into(),
            path: "/path/".into(),
            id: fresh_id("AROA"),
            created: 0,
            trust: trust.into(),
            description: String::new(),
            longest_session: 3600,
            boundary: None,
            tags: BTreeMap::new(),
            inline: BTreeMap::new(),
            attached: attached.iter().map(|arn| (*arn).to_owned()).collect(),
        }
    }

    fn state(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("warren-iam-{name}-{}", std::process::id()))
    }

    fn open(state: &Path, enforces: bool) -> Arc<Iam> {
        let mut opened = store::open(state).expect("opened");
        let accounts = std::mem::take(&mut opened.accounts);
        Iam::new(accounts, opened.start(), Rules { enforces, ..Rules::default() })
    }

    fn put(iam: &Iam, role: Role) {
        let put = |account: &mut Account| {
            account.roles.insert("r".into(), role);
            Ok::<_, NotAssumable>(())
        };
        iam.change(7, put).expect("stored").expect("changed");
    }

    fn scope() -> Scope {
        Scope { account: 7, region: "us-east-1".into() }
    }

    /// The verdict on a role whose function is in a subnet that is not there any more.
    fn verdict(iam: &Iam, role: Role) -> Result<RoleVerdict, NotAssumable> {
        put(iam, role);
        let limits = Limits::default();
        let engine = Engine::new(Config { seed: 1, eni_model: EniModel::Classic, limits });
        let vpc = VpcConfig {
            subnets: vec![SubnetId(1)],
            groups: [GroupId(1)].into(),
            ..VpcConfig::default()
        };
        iam.verdict(&scope(), ROLE, Enis::of(&engine, &vpc))
    }

    #[test]
    fn roles_must_trust_lambda_and_allow_enis() {
        let state = state("verdict");
        let iam = open(&state, true);
        let basic = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
        let vpc = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole";
        assert_eq!(verdict(&iam, role(TRUST, &[vpc])), Ok(RoleVerdict::Allowed));
        assert_eq!(verdict(&iam, role(TRUST, &[basic])), Ok(RoleVerdict::Denied));
        let other = TRUST.replace("lambda", "ec2");
        assert_eq!(verdict(&iam, role(&other, &[vpc])), Err(NotAssumable));
        let mut denied = role(TRUST, &[vpc]);
        let deny = r#"{"Statement":[{"Effect":"Deny","Action":"ec2:Delete*","Resource":"*"}]}"#;
        denied.inline.insert("no".into(), deny.into());
        assert_eq!(verdict(&iam, denied), Ok(RoleVerdict::Denied));
        let mut limited = role(TRUST, &[]);
        let of_ours = |subnet: &str| {
            let ours = format!("arn:aws:ec2:us-east-1:000000000007:subnet/{subnet}");
            format!(
                r#"{{"Statement":[{{"Effect":"Allow","Action":"ec2:Describe*","Resource":"*"}},
                {{"Effect":"Allow","Action":"ec2:*NetworkInterface","Resource":["{ours}",
                "arn:aws:ec2:*:*:security-group/*","arn:aws:ec2:*:*:network-interface/*"]}}]}}"#
            )
        };
        limited.inline.insert("ours".into(), of_ours(&SubnetId(1).to_string()));
        assert_eq!(verdict(&iam, limited.clone()), Ok(RoleVerdict::Allowed));
        limited.inline.insert("ours".into(), of_ours(&SubnetId(2).to_string()));
        assert_eq!(verdict(&iam, limited), Ok(RoleVerdict::Denied));
        let bounded = Role { boundary: Some(basic.into()), ..role(TRUST, &[vpc]) };
        assert_eq!(verdict(&iam, bounded), Ok(RoleVerdict::Denied));
        drop(iam);
        std::fs::remove_dir_all(state).expect("removed");
    }

    #[test]
    fn what_was_changed_is_there_after_a_restart() {
        let state = state("restart");
        put(&open(&state, true), role(TRUST, &[]));
        let iam = open(&state, false);
        assert_eq!(iam.read(7, |account| account.roles.len()), 1);
        assert_eq!(iam.verdict(&scope(), "anything", None), Ok(RoleVerdict::Allowed));
        drop(iam);
        std::fs::remove_dir_all(state).expect("removed");
    }
}
