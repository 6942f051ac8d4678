//! Functions: what is to run, how, and where it may reach.

mod network;
mod request;

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::decision::Decision;
use crate::effect::FunctionBusy;
use crate::environment::Idle;
use crate::id::{EnvironmentId, FunctionId, GroupId, SubnetId, Version, VpcId};
use crate::keep::Habit;
use crate::node::Launch;
use crate::scope::{Scope, Tags};
use crate::table::{Keyed, Table};
use crate::time::Time;

/// A function, as it is stored and described.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Function {
    /// Its id, for the engine.
    pub id: FunctionId,
    /// Who owns it.
    pub scope: Scope,
    /// Its name.
    pub name: String,
    /// `$LATEST`.
    pub latest: Configuration,
    /// Published versions, from 1.
    pub versions: BTreeMap<Version, Configuration>,
    /// The highest number of a version so far.
    pub published: u64,
    /// Reserved concurrency.
    pub reserved: Option<u32>,
    /// Tags; `warren:eni-model` chooses the ENI model.
    pub tags: Tags,
    /// When it was last invoked, or made.
    pub used: Time,
    /// Why its ENIs are what they are.
    pub decision: Option<Decision>,
}

/// One version's code and settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Configuration {
    /// What was asked for.
    pub settings: Settings,
    /// Its code.
    pub code: Code,
    /// `State`.
    pub state: State,
    /// `LastUpdateStatus`.
    pub update: Update,
    /// `RevisionId`, shown as a UUID.
    pub revision: u128,
    /// `LastModified`.
    pub modified: Time,
}

/// The settings that CreateFunction and UpdateFunctionConfiguration give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The runtime, one of those that the server knows.
    pub runtime: String,
    /// The handler; empty for `provided.*` is allowed.
    pub handler: String,
    /// The execution role's ARN.
    pub role: String,
    /// `Description`.
    pub description: String,
    /// Seconds an invocation may take.
    pub timeout: u32,
    /// MB of memory.
    pub memory: u32,
    /// MB of /tmp.
    pub ephemeral: u32,
    /// The user's variables.
    pub variables: BTreeMap<String, String>,
    /// `x86_64` or `arm64`.
    pub architecture: String,
    /// `TracingConfig` mode.
    pub tracing: String,
    /// Where it is attached; an empty one was attached and detached, which AWS goes on to show.
    pub vpc: Option<VpcConfig>,
}

/// A function's `VpcConfig`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VpcConfig {
    /// The VPC of the subnets; none when detached.
    pub vpc: Option<VpcId>,
    /// The subnets, in the order given; round-robin goes by it.
    pub subnets: Vec<SubnetId>,
    /// The security groups.
    pub groups: BTreeSet<GroupId>,
}

/// A function's code package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// SHA-256 of the zip, which names the unpacked directory.
    pub sha256: [u8; 32],
    /// Bytes of the zip.
    pub size: u64,
}

/// `State` with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// Being made.
    Pending,
    /// May be invoked.
    Active,
    /// Its ENIs were reclaimed after it had been idle for long.
    Inactive,
    /// Being restored from Inactive.
    Restoring,
    /// Could not be made.
    Failed(Reason),
}

/// `LastUpdateStatus` with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Update {
    /// In force.
    Successful,
    /// The settings shown are not in force yet; invocations still use these earlier ones.
    InProgress(Box<Settings>),
    /// Could not be done; the earlier settings are in force.
    Failed(Reason),
}

/// Why a function could not be given its network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// `EniLimitExceeded`.
    EniLimitExceeded,
    /// `SubnetOutOfIPAddresses`, with the subnet.
    SubnetOutOfIpAddresses(SubnetId),
    /// `InvalidSubnet`.
    InvalidSubnet,
    /// `InvalidSecurityGroup`.
    InvalidSecurityGroup,
    /// `InsufficientRolePermissions`.
    InsufficientRolePermissions,
    /// `InternalError`: the node could not make it.
    InternalError,
}

/// The ENI model, per installation and per function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum EniModel {
    /// An ENI per environment.
    Classic,
    /// An ENI per (subnet, security-group set).
    Hyperplane,
}

/// Whether the execution role may manage ENIs; decided by the server's IAM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RoleVerdict {
    /// It may, or IAM is not enforced.
    Allowed,
    /// It may not.
    Denied,
}

/// Changes of settings; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettingsPatch {
    /// `Runtime`.
    pub runtime: Option<String>,
    /// `Handler`.
    pub handler: Option<String>,
    /// `Role`.
    pub role: Option<String>,
    /// `Description`.
    pub description: Option<String>,
    /// `Timeout`.
    pub timeout: Option<u32>,
    /// `MemorySize`.
    pub memory: Option<u32>,
    /// `EphemeralStorage`.
    pub ephemeral: Option<u32>,
    /// `Environment`.
    pub variables: Option<BTreeMap<String, String>>,
    /// `TracingConfig`.
    pub tracing: Option<String>,
    /// `VpcConfig.SubnetIds`.
    pub subnets: Option<Vec<SubnetId>>,
    /// `VpcConfig.SecurityGroupIds`.
    pub groups: Option<Vec<GroupId>>,
}

/// What may be asked about functions. `VpcId` of a given `VpcConfig` is the engine's to find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FunctionRequest {
    /// `CreateFunction`.
    Create {
        /// The owner.
        scope: Scope,
        /// Its name.
        name: String,
        /// Its settings.
        settings: Box<Settings>,
        /// Its code.
        code: Code,
        /// Its tags.
        tags: Tags,
        /// Whether version 1 is published at once.
        publish: bool,
        /// Whether its role may manage ENIs.
        role: RoleVerdict,
    },
    /// `UpdateFunctionCode`.
    UpdateCode {
        /// The owner.
        scope: Scope,
        /// Its name.
        name: String,
        /// Its code.
        code: Code,
        /// The revision it must have.
        revision: Option<u128>,
        /// Whether a version is published as well.
        publish: bool,
    },
    /// `UpdateFunctionConfiguration`.
    UpdateConfiguration {
        /// The owner.
        scope: Scope,
        /// Its name.
        name: String,
        /// What changes.
        patch: Box<SettingsPatch>,
        /// The revision it must have.
        revision: Option<u128>,
        /// Whether its role may manage ENIs.
        role: RoleVerdict,
    },
    /// `PublishVersion`.
    Publish {
        /// The owner.
        scope: Scope,
        /// Its name.
        name: String,
        /// The version's description; the function's own by default.
        description: Option<String>,
    },
    /// `DeleteFunction`: a version, or all.
    Delete {
        /// The owner.
        scope: Scope,
        /// Its name.
        name: String,
        /// Which version; none is all.
        version: Option<Version>,
    },
    /// `PutFunctionConcurrency` and, with none, `DeleteFunctionConcurrency`.
    Reserve {
        /// The owner.
        scope: Scope,
        /// Its name.
        name: String,
        /// Permits kept for it.
        reserved: Option<u32>,
    },
    /// `TagResource` and `UntagResource`.
    Tag {
        /// The owner.
        scope: Scope,
        /// Its name.
        name: String,
        /// Tags to put.
        put: Tags,
        /// Keys to take away.
        remove: Vec<String>,
    },
}

/// All functions, by id and by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Functions {
    pub(crate) by_id: Table<Box<Function>>,
    pub(crate) names: BTreeMap<Scope, BTreeMap<String, FunctionId>>,
    /// Those that may have changed since what is derived from them was last seen to.
    pub(crate) touched: Vec<FunctionId>,
}

/// What a function has at present, none of it stored: all that a warm invocation needs of it, in
/// one cache line.
#[derive(Debug, Clone)]
#[repr(align(64))]
pub(crate) struct Live {
    pub(crate) id: FunctionId,
    /// When it was last invoked, as is stored.
    pub(crate) used: Time,
    pub(crate) rest: Box<Rest>,
    /// Reserved concurrency.
    pub(crate) reserved: Option<u32>,
    /// Its scope's place.
    pub(crate) scope: u32,
    /// Invocations that have a permit.
    pub(crate) inflight: u32,
    /// Where the next search for a subnet begins.
    pub(crate) cursor: u32,
    latest: Running,
    /// `$LATEST` was found to be invokable, and the function has not changed since.
    pub(crate) is_invokable: bool,
    /// The function is deleted, and its last environments are on their way out.
    pub(crate) is_deleted: bool,
}

const _: () = assert!(size_of::<Option<Live>>() == 64);

/// What a function has at present that warm invocations do not need.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rest {
    versions: Vec<(Version, Running)>,
    /// Its environments, in every phase.
    pub(crate) environments: Vec<EnvironmentId>,
    /// What environments are started with, by versions, once it was needed.
    pub(crate) launches: Vec<(Version, Arc<Launch>)>,
    /// Its idle times, if the keep-alive policy goes by them.
    pub(crate) habit: Option<Box<Habit>>,
    /// Invocations since it has environments, under greedy-dual.
    pub(crate) uses: u32,
    /// Microseconds that its last start took.
    pub(crate) start_micros: u32,
}

/// What a version has at present.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Running {
    /// Invocations that have a permit.
    pub(crate) permits: u32,
    pub(crate) idle: Idle,
}

impl Keyed for Live {
    type Id = FunctionId;
    fn key(&self) -> FunctionId {
        self.id
    }
}

impl Live {
    pub(crate) fn new(id: FunctionId, scope: u32, reserved: Option<u32>) -> Live {
        Live {
            id,
            used: Time(0),
            rest: Box::new(Rest { start_micros: 1, ..Rest::default() }),
            reserved,
            scope,
            inflight: 0,
            cursor: 0,
            latest: Running::default(),
            is_invokable: false,
            is_deleted: false,
        }
    }

    /// What a version has.
    #[inline]
    pub(crate) fn of(&mut self, version: Version) -> &mut Running {
        if version == Version(0) { &mut self.latest } else { self.rest.of(version) }
    }

    /// What each of its versions has.
    pub(crate) fn each(&self) -> impl Iterator<Item = (Version, &Running)> {
        let published = self.rest.versions.iter().map(|(version, running)| (*version, running));
        core::iter::once((Version(0), &self.latest)).chain(published)
    }

    /// What a version's environments are started with, if it was needed before.
    pub(crate) fn launch(&self, version: Version) -> Option<Arc<Launch>> {
        let known = self.rest.launches.iter().find(|(of, _)| *of == version);
        known.map(|(_, launch)| launch.clone())
    }

    /// The slot of the environment that a further invocation of `$LATEST` would find idle.
    pub(crate) fn newest(&self) -> Option<u32> {
        self.latest.idle.newest()
    }

    /// The function has changed: what was derived from it no longer holds.
    pub(crate) fn forget_derived(&mut self) {
        self.is_invokable = false;
        self.rest.launches.clear();
    }
}

impl Rest {
    fn of(&mut self, version: Version) -> &mut Running {
        let place = self.versions.iter().position(|(of, _)| *of == version);
        let place = place.unwrap_or_else(|| {
            self.versions.push((version, Running::default()));
            self.versions.len() - 1
        });
        &mut self.versions[place].1
    }
}

/// What the functions of a scope have together.
#[derive(Debug, Clone, Default)]
pub(crate) struct ScopeUse {
    pub(crate) inflight: u32,
    pub(crate) reserved: BTreeMap<FunctionId, u32>,
    /// The sum of what is reserved.
    pub(crate) reserved_sum: u32,
    /// Invocations in flight of functions that have reserved concurrency.
    pub(crate) in_reserved: u32,
}

/// Scopes by number.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scopes {
    places: BTreeMap<Scope, u32>,
    pub(crate) used: Vec<ScopeUse>,
}

impl Scopes {
    /// A scope's number; it gets one when it has none.
    pub(crate) fn place(&mut self, scope: &Scope) -> u32 {
        if let Some(place) = self.places.get(scope) {
            return *place;
        }
        let place = self.used.len() as u32;
        self.used.push(ScopeUse::default());
        self.places.insert(scope.clone(), place);
        place
    }

    /// What the functions of a scope have.
    pub(crate) fn of(&mut self, place: u32) -> &mut ScopeUse {
        &mut self.used[place as usize]
    }

    /// Changes what a function has reserved, so many of whose invocations are in flight.
    pub(crate) fn reserve(
        &mut self,
        scope: u32,
        function: FunctionId,
        reserved: Option<u32>,
        inflight: u32,
    ) {
        let used = self.of(scope);
        let before = match reserved {
            Some(reserved) => used.reserved.insert(function, reserved),
            None => used.reserved.remove(&function),
        };
        match (before, reserved) {
            (None, Some(_)) => used.in_reserved += inflight,
            (Some(_), None) => used.in_reserved -= inflight,
            (Some(_), Some(_)) | (None, None) => {}
        }
        used.reserved_sum = used.reserved.values().sum();
    }
}

impl Functions {
    pub(crate) fn insert(&mut self, function: Box<Function>) {
        let names = self.names.entry(function.scope.clone()).or_default();
        names.insert(function.name.clone(), function.id);
        self.touched.push(function.id);
        self.by_id.insert(function);
    }

    /// A function, to be changed.
    pub(crate) fn get_mut(&mut self, id: &FunctionId) -> Option<&mut Function> {
        self.touched.push(*id);
        self.by_id.get_mut(id).map(|function| &mut **function)
    }

    pub(crate) fn remove(&mut self, id: FunctionId) {
        let Some(function) = self.by_id.remove(&id) else { return };
        self.touched.push(id);
        if let Some(names) = self.names.get_mut(&function.scope) {
            names.remove(&function.name);
        }
    }
}

impl Keyed for Function {
    type Id = FunctionId;
    fn key(&self) -> FunctionId {
        self.id
    }
}

impl Function {
    /// `$LATEST` (0) or a published version.
    pub fn configuration(&self, version: Version) -> Option<&Configuration> {
        if version == Version(0) { Some(&self.latest) } else { self.versions.get(&version) }
    }

    pub(crate) fn configuration_mut(&mut self, version: Version) -> Option<&mut Configuration> {
        if version == Version(0) { Some(&mut self.latest) } else { self.versions.get_mut(&version) }
    }

    /// `$LATEST` and all published versions.
    pub fn configurations(&self) -> impl Iterator<Item = (Version, &Configuration)> {
        let published = self.versions.iter().map(|(version, each)| (*version, each));
        core::iter::once((Version(0), &self.latest)).chain(published)
    }

    /// The ARN, with the version's number unless it is `$LATEST`.
    pub fn arn(&self, version: Version) -> String {
        let Scope { account, region } = &self.scope;
        let mut arn = format!("arn:aws:lambda:{region}:{account:012}:function:{}", self.name);
        if version != Version(0) {
            arn.push(':');
            arn.push_str(&version.spelled());
        }
        arn
    }
}

impl Configuration {
    /// The settings by which it is invoked, while those shown are being applied.
    pub fn in_force(&self) -> &Settings {
        match &self.update {
            Update::InProgress(earlier) => earlier,
            Update::Successful | Update::Failed(_) => &self.settings,
        }
    }
}

impl State {
    /// Why it cannot be invoked, if it cannot.
    pub fn busy(&self) -> Option<FunctionBusy> {
        match self {
            State::Active => None,
            State::Pending => Some(FunctionBusy::Pending),
            State::Inactive | State::Restoring => Some(FunctionBusy::Restoring),
            State::Failed(_) => Some(FunctionBusy::Failed),
        }
    }

    /// Whether ENIs are there for it or are being made.
    pub(crate) fn holds_network(&self) -> bool {
        match self {
            State::Active | State::Pending | State::Restoring => true,
            State::Inactive | State::Failed(_) => false,
        }
    }
}

impl Version {
    /// `$LATEST` or the number.
    pub fn spelled(self) -> String {
        if self == Version(0) { "$LATEST".into() } else { self.0.to_string() }
    }
}
