//! Functions with their versions, as they are stored and described.

use alloc::format;
use alloc::string::String;

use crate::base::id::{FunctionId, Version};
use crate::base::scope::Scope;
use crate::base::table::Keyed;

/// The first version of the record.
pub mod v1 {
    use alloc::boxed::Box;
    use alloc::collections::{BTreeMap, BTreeSet};
    use alloc::string::String;
    use alloc::vec::Vec;

    use serde::{Deserialize, Serialize};

    use crate::base::id::{FunctionId, GroupId, SubnetId, Version, VpcId};
    use crate::base::scope::{Scope, Tags};
    use crate::base::time::Time;
    use crate::record::decision::Decision;

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
        pub state: FunctionState,
        /// `LastUpdateStatus`.
        pub update: FunctionUpdate,
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
    pub enum FunctionState {
        /// Being made.
        Pending,
        /// May be invoked.
        Active,
        /// Its ENIs were reclaimed after it had been idle for long.
        Inactive,
        /// Being restored from Inactive.
        Restoring,
        /// Could not be made.
        Failed(StateReason),
    }

    /// `LastUpdateStatus` with its reason.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub enum FunctionUpdate {
        /// In force.
        Successful,
        /// The settings shown are not in force yet; invocations still use these earlier ones.
        InProgress(Box<Settings>),
        /// Could not be done; the earlier settings are in force.
        Failed(StateReason),
    }

    /// Why a function could not be given its network.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
    pub enum StateReason {
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
}

/// The second version: an empty `Environment` is told from none, and a version's own description
/// from the one that `$LATEST` had.
pub mod v2 {
    use alloc::boxed::Box;
    use alloc::collections::BTreeMap;
    use alloc::string::String;
    use alloc::vec::Vec;

    use serde::{Deserialize, Serialize};

    use super::v1;
    pub use super::v1::{Code, EniModel, FunctionState, RoleVerdict, StateReason, VpcConfig};
    use crate::base::id::{FunctionId, Version};
    use crate::base::scope::{Scope, Tags};
    use crate::base::time::Time;
    use crate::record::decision::Decision;
    use crate::record::{Migrate, Record};

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
        /// The description that `$LATEST` had when the last version was published: a version
        /// may have been given another one.
        pub published_description: String,
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
        pub state: FunctionState,
        /// `LastUpdateStatus`.
        pub update: FunctionUpdate,
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
        /// The user's variables, if any were ever given: AWS goes on to show an empty map.
        pub variables: Option<BTreeMap<String, String>>,
        /// `x86_64` or `arm64`.
        pub architecture: String,
        /// `TracingConfig` mode.
        pub tracing: String,
        /// Where it is attached; an empty one was attached and detached, which AWS goes on to show.
        pub vpc: Option<VpcConfig>,
    }

    /// `LastUpdateStatus` with its reason.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub enum FunctionUpdate {
        /// In force.
        Successful,
        /// The settings shown are not in force yet; invocations still use these earlier ones.
        InProgress(Box<Settings>),
        /// Could not be done; the earlier settings are in force.
        Failed(StateReason),
    }

    impl Migrate for Function {
        const VERSION: u32 = 2;
        type From = v1::Function;

        fn migrate(from: v1::Function, _: &mut Vec<Record>) -> Function {
            let versions = from.versions.into_iter();
            Function {
                id: from.id,
                scope: from.scope,
                name: from.name,
                // Until now a version was the same only with the same description.
                published_description: from.latest.settings.description.clone(),
                latest: from.latest.into(),
                versions: versions.map(|(version, each)| (version, each.into())).collect(),
                published: from.published,
                reserved: from.reserved,
                tags: from.tags,
                used: from.used,
                decision: from.decision,
            }
        }
    }

    impl From<v1::Configuration> for Configuration {
        fn from(from: v1::Configuration) -> Configuration {
            Configuration {
                settings: from.settings.into(),
                code: from.code,
                state: from.state,
                update: match from.update {
                    v1::FunctionUpdate::Successful => FunctionUpdate::Successful,
                    v1::FunctionUpdate::InProgress(earlier) => {
                        FunctionUpdate::InProgress(Box::new((*earlier).into()))
                    }
                    v1::FunctionUpdate::Failed(why) => FunctionUpdate::Failed(why),
                },
                revision: from.revision,
                modified: from.modified,
            }
        }
    }

    impl From<v1::Settings> for Settings {
        fn from(from: v1::Settings) -> Settings {
            Settings {
                runtime: from.runtime,
                handler: from.handler,
                role: from.role,
                description: from.description,
                timeout: from.timeout,
                memory: from.memory,
                ephemeral: from.ephemeral,
                variables: Some(from.variables).filter(|variables| !variables.is_empty()),
                architecture: from.architecture,
                tracing: from.tracing,
                vpc: from.vpc,
            }
        }
    }
}

/// The third version: layers, and what becomes of asynchronous events and of loops.
pub mod v3;

/// The fourth version: functions may have IPv6.
pub mod v4;

pub use v4::*;

super::version::first_versions!(v1::Function);

/// Why a function is not ready for what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunctionBusy {
    /// It is being made.
    Pending,
    /// It is being updated.
    Updating,
    /// It failed.
    Failed,
    /// It was inactive and is being restored.
    Restoring,
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
    /// The SHA-256 of its code and of its layers' content, also of those that are only being
    /// replaced.
    pub fn content(&self) -> impl Iterator<Item = [u8; 32]> + '_ {
        let layers = self.settings.content().chain(self.in_force().content());
        core::iter::once(self.code.sha256).chain(layers)
    }

    /// The settings by which it is invoked, while those shown are being applied.
    pub fn in_force(&self) -> &Settings {
        match &self.update {
            FunctionUpdate::InProgress(earlier) => earlier,
            FunctionUpdate::Successful | FunctionUpdate::Failed(_) => &self.settings,
        }
    }
}

impl Settings {
    /// The SHA-256 of its layers' content.
    pub fn content(&self) -> impl Iterator<Item = [u8; 32]> + '_ {
        self.layers.iter().map(|layer| layer.code.sha256)
    }
}

impl FunctionState {
    /// Why it cannot be invoked, if it cannot.
    pub fn busy(&self) -> Option<FunctionBusy> {
        match self {
            FunctionState::Active => None,
            FunctionState::Pending => Some(FunctionBusy::Pending),
            FunctionState::Inactive | FunctionState::Restoring => Some(FunctionBusy::Restoring),
            FunctionState::Failed(_) => Some(FunctionBusy::Failed),
        }
    }

    /// Whether ENIs are there for it or are being made.
    pub(crate) fn holds_network(&self) -> bool {
        match self {
            FunctionState::Active | FunctionState::Pending | FunctionState::Restoring => true,
            FunctionState::Inactive | FunctionState::Failed(_) => false,
        }
    }
}
