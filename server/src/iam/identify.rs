//! Whose a key is: of a file's, of a user's, or of a session's.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError};

use engine::id::EnvironmentId;

use crate::iam::Iam;
use crate::iam::caller::{Caller, Who};
use crate::iam::key::{account_number, account_of};
use crate::iam::record::{Account, Used};
use crate::iam::session::Statement;

/// How often it is stored that a key was used.
const USED: i64 = 15 * 60_000;

/// A key of an account's root, which a file names.
#[derive(Clone)]
pub struct RootKey {
    /// Whose.
    pub account: u64,
    /// The key's id.
    pub key: String,
    /// What it signs with.
    pub secret: String,
}

impl std::fmt::Debug for RootKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RootKey").field("key", &self.key).finish_non_exhaustive()
    }
}

/// A user's key, as it is found by its id.
#[derive(Debug)]
pub(super) struct Owner {
    account: u64,
    user: String,
    id: String,
    path: String,
    secret: String,
    is_active: bool,
    used: AtomicI64,
}

/// Keys of users by their ids.
pub(super) type Owners = HashMap<String, Arc<Owner>>;

/// Why a key is nobody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyError {
    /// It is not known, or no longer.
    Unknown,
    /// Its session is over.
    Expired,
}

/// Puts the keys of an account in the place of those that it had.
pub(super) fn index(owners: &mut Owners, number: u64, account: &Account) {
    owners.retain(|_, owner| owner.account != number);
    for user in account.users.values() {
        for (key, held) in &user.keys {
            let owner = Owner {
                account: number,
                user: user.name.clone(),
                id: user.id.clone(),
                path: user.path.clone(),
                secret: held.secret.clone(),
                is_active: held.is_active,
                used: AtomicI64::new(held.used.as_ref().map_or(0, |used| used.at)),
            };
            owners.insert(key.clone(), Arc::new(owner));
        }
    }
}

impl Iam {
    fn owner(&self, key: &str) -> Option<Arc<Owner>> {
        self.owners.read().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    /// Whether there is any key whose signature can be verified.
    pub fn has_keys(&self) -> bool {
        let owners = self.owners.read().unwrap_or_else(PoisonError::into_inner);
        !self.roots.is_empty() || owners.values().any(|owner| owner.is_active)
    }

    /// Who calls with a key; `lives` says whether an environment does.
    ///
    /// # Errors
    /// When it is nobody's: of a key that says nothing of itself, the root of the account that it
    /// spells may be meant where signatures are not verified.
    pub(crate) fn who(
        &self,
        key: &str,
        token: Option<&str>,
        now: i64,
        lives: impl FnOnce(EnvironmentId) -> bool,
    ) -> Result<Caller, KeyError> {
        if let Some(root) = self.roots.get(key) {
            return Ok(Caller::root(root.account));
        }
        if let Some(owner) = self.owner(key) {
            return match owner.is_active {
                true => Ok(Caller {
                    account: owner.account,
                    who: Who::User { name: owner.user.clone(), id: owner.id.clone() },
                    path: owner.path.clone(),
                    session: None,
                }),
                false => Err(KeyError::Unknown),
            };
        }
        let statement = self.statement(key, token).ok_or(KeyError::Unknown)?;
        let is_over = statement.expires <= now && !statement.environment.is_some_and(lives);
        if is_over {
            return Err(KeyError::Expired);
        }
        let Statement { account, who, session, .. } = statement;
        let path = match &who {
            Who::User { name, id } => self.read(account, |known| {
                // Another user of the same name is another user.
                let user = known.users.get(name).filter(|user| user.id == *id);
                user.map(|user| user.path.clone()).ok_or(KeyError::Unknown)
            })?,
            _ => String::new(),
        };
        Ok(Caller { account, who, path, session: Some(session) })
    }

    fn statement(&self, key: &str, token: Option<&str>) -> Option<Statement> {
        // No other key has a token of ours.
        let token = token.filter(|_| key.starts_with("ASIA"))?;
        self.seal.open(key, token)
    }

    /// The account of which a key is the root's.
    pub(crate) fn root_of(&self, key: &str) -> Option<u64> {
        self.roots.get(key).map(|root| root.account)
    }

    /// Who may be meant by a key that is not known, where any credentials are taken. Where policies are
    /// enforced, what looks like a key that was given out is nobody's any more: it was deleted, and must not
    /// be of more use than before.
    pub(crate) fn anybody(&self, key: &str) -> Option<Caller> {
        let was_given = self.enforces() && account_of(key).is_some();
        let is_free = !was_given && self.owner(key).is_none();
        is_free.then(|| Caller::root(account_number(key).unwrap_or(0)))
    }

    /// The secret of a key, with which its signatures are verified.
    pub(crate) fn secret(&self, key: &str, token: Option<&str>) -> Option<String> {
        if let Some(root) = self.roots.get(key) {
            return Some(root.secret.clone());
        }
        match self.owner(key) {
            Some(owner) => Some(owner.secret.clone()),
            None => self.seal.secret(key, token.filter(|_| key.starts_with("ASIA"))?),
        }
    }

    /// Keeps in mind that a user's key was used, now and then.
    pub(crate) fn used(self: &Arc<Iam>, key: &str, service: &str, region: &str, now: i64) {
        let Some(owner) = self.owner(key) else { return };
        let before = owner.used.load(Ordering::Relaxed);
        let swap = || {
            owner.used.compare_exchange(before, now, Ordering::Relaxed, Ordering::Relaxed).is_ok()
        };
        if now - before < USED || !swap() {
            return;
        }
        let used = Used { at: now, service: service.to_owned(), region: region.to_owned() };
        let (iam, key) = (Arc::clone(self), key.to_owned());
        tokio::task::spawn_blocking(move || {
            let noted = iam.change(owner.account, |account| {
                let user = account.users.get_mut(&owner.user);
                let held = user.and_then(|user| user.keys.get_mut(&key)).ok_or(())?;
                held.used = Some(used);
                Ok::<_, ()>(())
            });
            if let Err(error) = noted {
                tracing::warn!(key, %error, "use of access key cannot be stored");
            }
        });
    }
}
