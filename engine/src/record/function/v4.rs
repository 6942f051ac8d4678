//! The fourth version of functions: what they have of IPv6.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

pub use super::v3::{
    Code, EniModel, EventInvoke, FunctionState, LogFormat, LogLevel, Logging, RecursiveLoop,
    RoleVerdict, StateReason, UsedLayer,
};
use super::{v1, v3};
use crate::base::id::{FunctionId, GroupId, SubnetId, Version, VpcId};
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
    /// What becomes of asynchronous events, by the qualifier that they were invoked by.
    pub event_invoke: BTreeMap<String, EventInvoke>,
    /// What becomes of loops of invocations.
    pub recursive_loop: RecursiveLoop,
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
    /// Its layers, of which a later one covers an earlier one. They stay with it when their
    /// versions are deleted.
    pub layers: Vec<UsedLayer>,
    /// `DeadLetterConfig.TargetArn`.
    pub dead_letter: Option<String>,
    /// `LoggingConfig`.
    pub logging: Logging,
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
    /// `Ipv6AllowedForDualStack`: its ENIs have IPv6 addresses too.
    pub ipv6: bool,
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
    const VERSION: u32 = 4;
    type From = v3::Function;

    fn migrate(from: v3::Function, _: &mut Vec<Record>) -> Function {
        let versions = from.versions.into_iter();
        Function {
            id: from.id,
            scope: from.scope,
            name: from.name,
            latest: from.latest.into(),
            versions: versions.map(|(version, each)| (version, each.into())).collect(),
            published: from.published,
            published_description: from.published_description,
            reserved: from.reserved,
            event_invoke: from.event_invoke,
            recursive_loop: from.recursive_loop,
            tags: from.tags,
            used: from.used,
            decision: from.decision,
        }
    }
}

impl From<v3::Configuration> for Configuration {
    fn from(from: v3::Configuration) -> Configuration {
        Configuration {
            settings: from.settings.into(),
            code: from.code,
            state: from.state,
            update: match from.update {
                v3::FunctionUpdate::Successful => FunctionUpdate::Successful,
                v3::FunctionUpdate::InProgress(earlier) => {
                    FunctionUpdate::InProgress(Box::new((*earlier).into()))
                }
                v3::FunctionUpdate::Failed(why) => FunctionUpdate::Failed(why),
            },
            revision: from.revision,
            modified: from.modified,
        }
    }
}

impl From<v3::Settings> for Settings {
    fn from(from: v3::Settings) -> Settings {
        Settings {
            runtime: from.runtime,
            handler: from.handler,
            role: from.role,
            description: from.description,
            timeout: from.timeout,
            memory: from.memory,
            ephemeral: from.ephemeral,
            variables: from.variables,
            architecture: from.architecture,
            tracing: from.tracing,
            vpc: from.vpc.map(VpcConfig::from),
            layers: from.layers,
            dead_letter: from.dead_letter,
            logging: from.logging,
        }
    }
}

impl From<v1::VpcConfig> for VpcConfig {
    fn from(from: v1::VpcConfig) -> VpcConfig {
        let v1::VpcConfig { vpc, subnets, groups } = from;
        VpcConfig { vpc, subnets, groups, ipv6: false }
    }
}
