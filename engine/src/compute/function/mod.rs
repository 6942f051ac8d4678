//! Functions: what is to run, how, and where it may reach.

mod network;
mod request;

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::base::id::{EnvironmentId, FunctionId, GroupId, SubnetId, Version};
use crate::base::scope::{Scope, Tags};
use crate::base::table::{Keyed, Table};
use crate::base::time::Time;
use crate::compute::environment::Idle;
use crate::compute::keep::Habit;
use crate::node::Launch;
use crate::record::function::{Code, Function, RoleVerdict, Settings};

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
