//! What may be asked about resource policies.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::id::{FunctionId, PolicyId, Version};
use crate::base::limits::POLICY_BYTES;
use crate::base::scope::Scope;
use crate::base::time::Time;
use crate::compute::Compute;
use crate::compute::function::Refusal;
use crate::compute::function::network::revision;
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::record::policy::{ResourcePolicy, Statement};
use crate::record::{Change, Key, Record};

/// What a policy that is begun by a permission has before its statements.
const HEAD: &str = "\"Version\":\"2012-10-17\",\"Id\":\"default\",";

/// A function, or its version or alias, that a policy is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyOf {
    /// The account and region that it is of.
    pub scope: Scope,
    /// The function's name.
    pub function: String,
    /// The version or the alias; none is the function without a qualifier.
    pub qualifier: Option<String>,
}

/// `AddPermission`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddPermission {
    /// Of what.
    pub of: PolicyOf,
    /// The statement, with a `Sid` that no other has.
    pub statement: Statement,
    /// The revision that the policy must have, if one is named; without a policy, that of what it
    /// is to be of.
    pub revision: Option<u128>,
}

/// `RemovePermission`; the policy goes with its last statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovePermission {
    /// Of what.
    pub of: PolicyOf,
    /// The statement's `Sid`.
    pub sid: String,
    /// The revision that the policy must have, if one is named.
    pub revision: Option<u128>,
}

/// `PutResourcePolicy`: this in the place of whatever policy there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutPolicy {
    /// Of what.
    pub of: PolicyOf,
    /// What the document has before its statements, in JSON: members, each with a comma behind it.
    pub head: String,
    /// The statements.
    pub statements: Vec<Statement>,
    /// The revision that the policy must have that is there, if one is named.
    pub revision: Option<u128>,
}

/// `DeleteResourcePolicy`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletePolicy {
    /// Of what.
    pub of: PolicyOf,
    /// The revision that the policy must have, if one is named.
    pub revision: Option<u128>,
}

/// A policy as it is to be, but for its revision; its id where it is there already.
#[derive(Debug)]
pub struct NewPolicy {
    id: Option<PolicyId>,
    function: FunctionId,
    qualifier: Option<String>,
    head: String,
    statements: Vec<Statement>,
}

/// What a policy is of, which was found, and the policy.
struct Found<'e> {
    function: FunctionId,
    /// Of the version or alias; without a qualifier, of `$LATEST`.
    revision: u128,
    policy: Option<&'e ResourcePolicy>,
}

impl PolicyOf {
    fn find<'e>(&self, compute: &'e Compute) -> Result<Found<'e>, Refusal> {
        let PolicyOf { scope, function: name, qualifier } = self;
        let qualifier = qualifier.as_deref();
        let numbered = qualifier.and_then(|qualifier| qualifier.parse().ok()).map(Version);
        let Some(function) = compute.functions.named(scope, name) else {
            return Err(Refusal::NoFunction(scope.clone(), name.clone(), numbered));
        };
        let revision = match (qualifier, numbered) {
            (None, _) => function.latest.revision,
            (Some(_), Some(version)) => match function.versions.get(&version) {
                Some(configuration) => configuration.revision,
                None => return Err(Refusal::NoFunction(scope.clone(), name.clone(), numbered)),
            },
            (Some(alias), None) => match compute.aliases.named(function.id, alias) {
                Some(alias) => alias.revision,
                None => {
                    let (scope, function, name) = (scope.clone(), name.clone(), alias.into());
                    return Err(Refusal::CannotFindAlias { scope, function, name });
                }
            },
        };
        let policy = compute.policies.find(function.id, qualifier);
        Ok(Found { function: function.id, revision, policy })
    }
}

impl Found<'_> {
    /// Whether the policy, or what it is to be of, has the revision that is named.
    fn check_revision(&self, named: Option<u128>) -> Result<(), Refusal> {
        let current = self.policy.map_or(self.revision, |policy| policy.revision);
        match named {
            Some(named) if named != current => Err(Refusal::PolicyRevisionMismatch),
            _ => Ok(()),
        }
    }
}

impl NewPolicy {
    fn checked(self) -> Result<NewPolicy, Refusal> {
        let statements = self.statements.iter().map(|statement| statement.text.len() + 1);
        let bytes = self.head.len() + statements.sum::<usize>() + "{\"Statement\":[]}".len() - 1;
        if bytes > POLICY_BYTES {
            return Err(Refusal::PolicyTooLong { bytes, most: POLICY_BYTES });
        }
        Ok(self)
    }
}

impl Ask for AddPermission {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = NewPolicy;

    fn check(self, engine: &Engine) -> Result<NewPolicy, Refusal> {
        let found = self.of.find(&engine.compute)?;
        found.check_revision(self.revision)?;
        let (id, head, mut statements) = match found.policy {
            Some(policy) => (Some(policy.id), policy.head.clone(), policy.statements.clone()),
            None => (None, HEAD.into(), Vec::new()),
        };
        if statements.iter().any(|known| known.sid == self.statement.sid) {
            return Err(Refusal::StatementExists(self.statement.sid));
        }
        statements.push(self.statement);
        let (function, qualifier) = (found.function, self.of.qualifier);
        NewPolicy { id, function, qualifier, head, statements }.checked()
    }

    fn apply(granted: NewPolicy, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (compute, _, mut cx) = engine.parts(now, out);
        compute.put_policy(&mut cx, granted);
    }
}

impl Ask for RemovePermission {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = NewPolicy;

    fn check(self, engine: &Engine) -> Result<NewPolicy, Refusal> {
        let found = self.of.find(&engine.compute)?;
        let Some(policy) = found.policy else { return Err(Refusal::NoPolicy) };
        if !policy.statements.iter().any(|known| known.sid == self.sid) {
            return Err(Refusal::NoStatement(self.sid));
        }
        found.check_revision(self.revision)?;
        let mut statements = policy.statements.clone();
        statements.retain(|known| known.sid != self.sid);
        let (function, qualifier) = (found.function, self.of.qualifier);
        let (id, head) = (Some(policy.id), policy.head.clone());
        Ok(NewPolicy { id, function, qualifier, head, statements })
    }

    fn apply(granted: NewPolicy, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (compute, _, mut cx) = engine.parts(now, out);
        match granted.statements.is_empty() {
            true => compute.delete_policy(&mut cx, granted.function, granted.qualifier.as_deref()),
            false => drop(compute.put_policy(&mut cx, granted)),
        }
    }
}

impl Ask for PutPolicy {
    type Answer = ResourcePolicy;
    type Refusal = Refusal;
    type Granted = NewPolicy;

    fn check(self, engine: &Engine) -> Result<NewPolicy, Refusal> {
        let PutPolicy { of, head, statements, revision } = self;
        let found = of.find(&engine.compute)?;
        found.check_revision(revision)?;
        let id = found.policy.map(|policy| policy.id);
        let (function, qualifier) = (found.function, of.qualifier);
        NewPolicy { id, function, qualifier, head, statements }.checked()
    }

    fn apply(
        granted: NewPolicy,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> ResourcePolicy {
        let (compute, _, mut cx) = engine.parts(now, out);
        compute.put_policy(&mut cx, granted)
    }
}

impl Ask for DeletePolicy {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = (FunctionId, Option<String>);

    fn check(self, engine: &Engine) -> Result<Self::Granted, Refusal> {
        let DeletePolicy { of, revision } = self;
        let found = of.find(&engine.compute)?;
        if found.policy.is_none() {
            return Err(Refusal::NoPolicy);
        }
        found.check_revision(revision)?;
        Ok((found.function, of.qualifier))
    }

    fn apply(granted: Self::Granted, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (compute, _, mut cx) = engine.parts(now, out);
        let (function, qualifier) = granted;
        compute.delete_policy(&mut cx, function, qualifier.as_deref());
    }
}

impl Compute {
    fn put_policy(&mut self, cx: &mut Cx<'_>, granted: NewPolicy) -> ResourcePolicy {
        let NewPolicy { id, function, qualifier, head, statements } = granted;
        // So many bits are drawn but once.
        let id = id.unwrap_or_else(|| PolicyId(cx.random.draw()));
        let revision = revision(cx.random);
        let policy = ResourcePolicy { id, function, qualifier, head, statements, revision };
        self.policies.insert(policy.clone());
        let record = Record::ResourcePolicy(policy.clone());
        cx.persist(Vec::from([Change::Put(Box::new(record))]));
        policy
    }

    fn delete_policy(&mut self, cx: &mut Cx<'_>, function: FunctionId, qualifier: Option<&str>) {
        if let Some(id) = self.policies.remove(function, qualifier) {
            cx.persist(Vec::from([Change::Delete(Key::ResourcePolicy(id))]));
        }
    }
}
