//! IAM: roles and policies, kept in a file of their own, and what a role may do.

mod document;
mod managed;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use engine::record::function::RoleVerdict;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use wire::arn::Arn;

use crate::store::StoreError;

pub(crate) use document::{DocumentError, Question, check_identity, check_trust};
pub(crate) use managed::managed;

/// The calls that a function's role must allow where it is attached to a VPC.
const ENI_CALLS: [&str; 3] =
    ["ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface"];

/// A role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Role {
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) id: String,
    pub(crate) created: i64,
    /// Who may assume it, as it was given.
    pub(crate) trust: String,
    pub(crate) description: String,
    pub(crate) longest_session: i64,
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

impl Account {
    /// A policy of the account's own or of AWS's.
    pub(crate) fn policy(&self, arn: &str) -> Option<Policy> {
        self.policies.get(arn).cloned().or_else(|| managed().into_iter().find(|p| p.arn == arn))
    }

    /// How many roles a policy is attached to.
    pub(crate) fn attachments(&self, arn: &str) -> usize {
        self.roles.values().filter(|role| role.attached.contains(arn)).count()
    }

    /// Whether a role's policies, within its boundary, allow a call.
    fn allows(&self, role: &Role, question: &Question<'_>) -> bool {
        let attached: Vec<Policy> =
            role.attached.iter().filter_map(|arn| self.policy(arn)).collect();
        let documents = attached.iter().map(|policy| policy.document.as_str());
        let documents = documents.chain(role.inline.values().map(String::as_str));
        let bounded = role.boundary.as_deref().is_none_or(|arn| {
            let boundary = self.policy(arn);
            boundary.is_some_and(|policy| {
                document::allows([policy.document.as_str()].into_iter(), question)
            })
        });
        bounded && document::allows(documents, question)
    }
}

/// A role that cannot be a function's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotAssumable;

/// The roles and policies of one state directory.
#[derive(Debug)]
pub struct Iam {
    state: Mutex<State>,
    enforces: bool,
}

#[derive(Debug)]
struct State {
    /// None before the first change: most servers never see one.
    connection: Option<Connection>,
    path: PathBuf,
    accounts: BTreeMap<u64, Account>,
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.execute_batch(
        "CREATE TABLE IF NOT EXISTS account (id INTEGER PRIMARY KEY, body TEXT NOT NULL)",
    )?;
    Ok(connection)
}

impl Iam {
    /// Opens the roles of a state directory; where they are not enforced, any role will do.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn open(state: &Path, enforces: bool) -> Result<Arc<Iam>, StoreError> {
        let path = state.join("iam.db");
        let mut accounts = BTreeMap::new();
        let connection = if path.exists() { Some(open(&path)?) } else { None };
        if let Some(connection) = &connection {
            let mut statement = connection.prepare("SELECT id, body FROM account")?;
            let rows = statement
                .query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
            for row in rows {
                let (id, body) = row?;
                let account = serde_json::from_str(&body)
                    .map_err(|error| StoreError::Record(format!("account {id:012}"), error))?;
                accounts.insert(id as u64, account);
            }
        }
        Ok(Arc::new(Iam { state: Mutex::new(State { connection, path, accounts }), enforces }))
    }

    /// Reads what an account has.
    pub(crate) fn read<T>(&self, account: u64, look: impl FnOnce(&Account) -> T) -> T {
        match self.lock().accounts.get(&account) {
            Some(account) => look(account),
            None => look(&Account::default()),
        }
    }

    /// Changes what an account has, durably and wholly or not at all; for a thread that may wait.
    pub(crate) fn change<T, E: From<rusqlite::Error>>(
        &self,
        account: u64,
        work: impl FnOnce(&mut Account) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut state = self.lock();
        let mut changed = state.accounts.get(&account).cloned().unwrap_or_default();
        let done = work(&mut changed)?;
        let body = serde_json::to_string(&changed).expect("an account is plain data");
        let put = "INSERT OR REPLACE INTO account VALUES (?1, ?2)";
        let connection = match state.connection.take() {
            Some(connection) => connection,
            None => open(&state.path)?,
        };
        let connection = state.connection.insert(connection);
        connection.execute(put, params![account as i64, body])?;
        state.accounts.insert(account, changed);
        Ok(done)
    }

    /// Whether a role may be a function's, and manage its ENIs.
    pub(crate) fn verdict(
        &self,
        account: u64,
        region: &str,
        role: &str,
    ) -> Result<RoleVerdict, NotAssumable> {
        if !self.enforces {
            return Ok(RoleVerdict::Allowed);
        }
        let name = Arn::parse(role)
            .filter(|arn| arn.service == "iam" && arn.account == format!("{account:012}"))
            .and_then(|arn| arn.resource.strip_prefix("role/"))
            .and_then(|path| path.rsplit('/').next())
            .ok_or(NotAssumable)?;
        self.read(account, |known| {
            let role = known.roles.get(name).ok_or(NotAssumable)?;
            let account = format!("{account:012}");
            let context =
                [("aws:SourceAccount", account.as_str()), ("aws:RequestedRegion", region)];
            let question = |action| Question { action, resource: "*", context: &context };
            if !document::trusts(&role.trust, "lambda.amazonaws.com", &question("sts:AssumeRole")) {
                return Err(NotAssumable);
            }
            let may = ENI_CALLS.iter().all(|action| known.allows(role, &question(action)));
            Ok(if may { RoleVerdict::Allowed } else { RoleVerdict::Denied })
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An id of IAM's: a prefix and 17 letters and digits.
pub(crate) fn fresh_id(prefix: &str) -> String {
    let mut bytes = [0; 17];
    rustix::rand::getrandom(&mut bytes, rustix::rand::GetRandomFlags::empty())
        .expect("the kernel's generator is seeded long before a server runs");
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let drawn = bytes.iter().map(|byte| char::from(letters[usize::from(*byte) % letters.len()]));
    prefix.chars().chain(drawn).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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

    fn verdict(role: Role) -> Result<RoleVerdict, NotAssumable> {
        let account = Account { roles: BTreeMap::from([("r".into(), role)]), ..Account::default() };
        let accounts = BTreeMap::from([(7, account)]);
        let state = State { connection: None, path: PathBuf::new(), accounts };
        let iam = Iam { state: Mutex::new(state), enforces: true };
        iam.verdict(7, "us-east-1", ROLE)
    }

    #[test]
    fn roles_must_trust_lambda_and_allow_enis() {
        let basic = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
        let vpc = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole";
        assert_eq!(verdict(role(TRUST, &[vpc])), Ok(RoleVerdict::Allowed));
        assert_eq!(verdict(role(TRUST, &[basic])), Ok(RoleVerdict::Denied));
        let other = TRUST.replace("lambda", "ec2");
        assert_eq!(verdict(role(&other, &[vpc])), Err(NotAssumable));
        let mut denied = role(TRUST, &[vpc]);
        let deny = r#"{"Statement":[{"Effect":"Deny","Action":"ec2:Delete*","Resource":"*"}]}"#;
        denied.inline.insert("no".into(), deny.into());
        assert_eq!(verdict(denied), Ok(RoleVerdict::Denied));
        let bounded = Role { boundary: Some(basic.into()), ..role(TRUST, &[vpc]) };
        assert_eq!(verdict(bounded), Ok(RoleVerdict::Denied));
    }

    #[test]
    fn what_was_changed_is_there_after_a_restart() {
        let state = std::env::temp_dir().join(format!("warren-iam-{}", std::process::id()));
        std::fs::create_dir_all(&state).expect("a directory");
        let iam = Iam::open(&state, true).expect("opened");
        let put = |account: &mut Account| {
            account.roles.insert("r".into(), role(TRUST, &[]));
            Ok::<_, rusqlite::Error>(())
        };
        iam.change(7, put).expect("changed");
        drop(iam);
        let iam = Iam::open(&state, false).expect("opened again");
        assert_eq!(iam.read(7, |account| account.roles.len()), 1);
        assert_eq!(iam.verdict(7, "x", "anything"), Ok(RoleVerdict::Allowed));
        std::fs::remove_dir_all(state).expect("removed");
    }
}
