//! The third version of functions: layers, how logs are kept, and what becomes of asynchronous
//! events and of loops.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::v2;
pub use super::v2::{Code, EniModel, FunctionState, RoleVerdict, StateReason, VpcConfig};
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

/// How a function's log is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logging {
    /// `LogFormat`.
    pub format: LogFormat,
    /// `ApplicationLogLevel`: what the function logs below it is left out.
    pub application: Option<LogLevel>,
    /// `SystemLogLevel`: likewise for what the platform logs.
    pub system: Option<LogLevel>,
    /// `LogGroup`, where it is not the function's own.
    pub group: Option<String>,
}

/// The form of a log's entries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LogFormat {
    /// Lines of text.
    #[default]
    Text,
    /// Documents.
    Json,
}

/// How much an entry matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LogLevel {
    /// `TRACE`.
    Trace,
    /// `DEBUG`.
    Debug,
    /// `INFO`.
    Info,
    /// `WARN`.
    Warn,
    /// `ERROR`.
    Error,
    /// `FATAL`.
    Fatal,
}

/// A layer version, as a function holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsedLayer {
    /// The version's ARN.
    pub arn: String,
    /// Its content.
    pub code: Code,
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

/// A function's `EventInvokeConfig` for one qualifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventInvoke {
    /// `LastModified`.
    pub modified: Time,
    /// `MaximumRetryAttempts`; two where none is given.
    pub retries: Option<u8>,
    /// `MaximumEventAgeInSeconds`; the installation's where none is given.
    pub age: Option<u32>,
    /// The ARN that a success is told.
    pub on_success: Option<String>,
    /// The ARN that a failure is told.
    pub on_failure: Option<String>,
}

/// What becomes of a loop of invocations that a function is part of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecursiveLoop {
    /// It is broken.
    #[default]
    Terminate,
    /// It goes on.
    Allow,
}

impl Migrate for Function {
    const VERSION: u32 = 3;
    type From = v2::Function;

    fn migrate(from: v2::Function, _: &mut Vec<Record>) -> Function {
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
            event_invoke: BTreeMap::new(),
            recursive_loop: RecursiveLoop::default(),
            tags: from.tags,
            used: from.used,
            decision: from.decision,
        }
    }
}

impl From<v2::Configuration> for Configuration {
    fn from(from: v2::Configuration) -> Configuration {
        Configuration {
            settings: from.settings.into(),
            code: from.code,
            state: from.state,
            update: match from.update {
                v2::FunctionUpdate::Successful => FunctionUpdate::Successful,
                v2::FunctionUpdate::InProgress(earlier) => {
                    FunctionUpdate::InProgress(Box::new((*earlier).into()))
                }
                v2::FunctionUpdate::Failed(why) => FunctionUpdate::Failed(why),
            },
            revision: from.revision,
            modified: from.modified,
        }
    }
}

impl From<v2::Settings> for Settings {
    fn from(from: v2::Settings) -> Settings {
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
            vpc: from.vpc,
            layers: Vec::new(),
            dead_letter: None,
            logging: Logging::default(),
        }
    }
}
