//! Pairs: a subnet with a set of security groups, with IPv6 or without, and the hyperplane ENIs that functions share.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::id::{EniId, FunctionId, GroupId, SubnetId, Version};
use crate::base::limits::CONNECTIONS_PER_ENI;
use crate::base::scope::Scope;
use crate::node::NodeCommand;
use crate::record::Change;
use crate::record::decision::{Cause, Decision};

/// What tells pairs apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PairKey {
    pub(crate) subnet: SubnetId,
    pub(crate) groups: BTreeSet<GroupId>,
    /// Whether its ENIs have IPv6 addresses.
    pub(crate) ipv6: bool,
}

/// A function's version, as a user of pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PairUser {
    pub(crate) function: FunctionId,
    pub(crate) version: Version,
}

/// A pair in use, or on its way out.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    pub(crate) scope: Scope,
    pub(crate) enis: Vec<SharedEni>,
    /// Its users, with the names of their functions.
    pub(crate) users: BTreeMap<PairUser, String>,
}

/// One ENI of a pair.
#[derive(Debug, Clone)]
pub(crate) struct SharedEni {
    pub(crate) eni: EniId,
    /// Whether the node said that it carries traffic.
    pub(crate) ready: bool,
    /// Whether the node could not make it again after a restart, and is asked once more.
    pub(crate) failed: bool,
    pub(crate) connections: u32,
    /// Environments attached to it.
    pub(crate) environments: u32,
}

/// All pairs, and which ENI is whose.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pairs {
    pub(crate) by_key: BTreeMap<PairKey, Pair>,
    pub(crate) of_eni: BTreeMap<EniId, PairKey>,
}

/// Who is to use pairs, and why.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PairUse<'a> {
    pub(crate) user: PairUser,
    pub(crate) scope: &'a Scope,
    /// The function's name, after which ENIs are described.
    pub(crate) name: &'a str,
    pub(crate) cause: &'a Cause,
}

/// What taking pairs into use brought about; the user makes it durable together with its own.
#[derive(Debug, Default)]
pub(crate) struct PairsUsed {
    pub(crate) changes: Vec<Change>,
    pub(crate) commands: Vec<NodeCommand>,
    /// The decision to make or to share the ENI of the first pair.
    pub(crate) decision: Option<Decision>,
    /// Whether all of them carry traffic already.
    pub(crate) ready: bool,
}

/// Why pairs cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PairRefusal {
    NoSubnet(SubnetId),
    NoGroup(GroupId),
    SubnetFull(SubnetId),
    TooManyEnis,
}

impl SharedEni {
    pub(super) fn new(eni: EniId) -> SharedEni {
        SharedEni { eni, ready: false, failed: false, connections: 0, environments: 0 }
    }

    pub(super) fn is_full(&self) -> bool {
        self.connections >= CONNECTIONS_PER_ENI
    }
}

impl Pair {
    pub(super) fn new(scope: Scope) -> Pair {
        Pair { scope, enis: Vec::new(), users: BTreeMap::new() }
    }

    pub(super) fn is_unused(&self) -> bool {
        self.users.is_empty() && self.enis.iter().all(|shared| shared.environments == 0)
    }

    pub(super) fn functions(&self) -> BTreeSet<FunctionId> {
        self.users.keys().map(|user| user.function).collect()
    }
}

impl Pairs {
    /// The shared ENI, while it exists.
    pub(crate) fn shared_mut(&mut self, eni: EniId) -> Option<&mut SharedEni> {
        let pair = self.by_key.get_mut(self.of_eni.get(&eni)?)?;
        pair.enis.iter_mut().find(|shared| shared.eni == eni)
    }

    /// Adds an ENI to a pair that is there.
    pub(super) fn add(&mut self, key: &PairKey, eni: EniId) {
        let pair = self.by_key.get_mut(key).expect("the caller has it");
        pair.enis.push(SharedEni::new(eni));
        self.of_eni.insert(eni, key.clone());
    }
}
