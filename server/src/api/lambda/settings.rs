//! The settings that a request gives a function: AWS's defaults and limits, and what runs here.

use std::collections::{BTreeMap, BTreeSet};

use engine::compute::function::{LevelOfText, LoggingPatch, SettingsPatch};
use engine::id::{GroupId, SubnetId};
use engine::record::function::{LogFormat, Logging, Settings, VpcConfig};
use wire::ApiError;
use wire::lambda::error;
use wire::lambda::input::{self, Environment, EphemeralStorage, LoggingConfig};

use crate::api::lambda::invalid::invalid;
use crate::api::lambda::{measured, name, refusal};
use crate::level;
use crate::runtimes::is_retired;

const TIMEOUT: i32 = 900;
const MEMORY: i32 = 10_240;
const EPHEMERAL: i32 = 10_240;
const VARIABLES: usize = 4096;

/// Variables that are AWS's.
const RESERVED: [&str; 18] = [
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_LAMBDA_RUNTIME_API",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "LAMBDA_RUNTIME_DIR",
    "LAMBDA_TASK_ROOT",
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
];

/// The settings that a request gives, for a new function or for one that changes.
pub(crate) struct Given<'a> {
    /// The function's name.
    pub(crate) function: &'a str,
    /// The request's body.
    pub(crate) body: &'a [u8],
    pub(crate) runtime: Option<String>,
    pub(crate) role: Option<String>,
    pub(crate) handler: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) timeout: Option<i32>,
    pub(crate) memory_size: Option<i32>,
    pub(crate) vpc_config: Option<input::VpcConfig>,
    pub(crate) environment: Option<Environment>,
    pub(crate) ephemeral_storage: Option<EphemeralStorage>,
    pub(crate) logging_config: Option<LoggingConfig>,
}

impl Given<'_> {
    /// The settings of a new function, with AWS's defaults.
    pub(crate) fn settings(self, architecture: &'static str) -> Result<Settings, ApiError> {
        if self.runtime.is_none() || self.handler.is_none() {
            return Err(invalid(
                "Runtime and Handler are mandatory parameters for functions created with deployment packages.",
            ));
        }
        let patch = self.patch()?;
        let subnets = patch.subnets.unwrap_or_default();
        let groups: BTreeSet<GroupId> = patch.groups.unwrap_or_default().into_iter().collect();
        let logging = patch.logging.applied(&Logging::default());
        let logging = logging.map_err(|LevelOfText| refusal::level_of_text())?;
        let ipv6 = patch.ipv6.unwrap_or(false);
        let is_attached = !subnets.is_empty() || !groups.is_empty();
        Ok(Settings {
            runtime: patch.runtime.unwrap_or_default(),
            handler: patch.handler.unwrap_or_default(),
            role: patch.role.unwrap_or_default(),
            description: patch.description.unwrap_or_default(),
            timeout: patch.timeout.unwrap_or(3),
            memory: patch.memory.unwrap_or(128),
            ephemeral: patch.ephemeral.unwrap_or(512),
            variables: patch.variables,
            architecture: architecture.to_owned(),
            tracing: "PassThrough".to_owned(),
            vpc: is_attached.then_some(VpcConfig { vpc: None, subnets, groups, ipv6 }),
            layers: Vec::new(),
            dead_letter: None,
            logging,
        })
    }

    /// The settings that the request changes.
    pub(crate) fn patch(self) -> Result<SettingsPatch, ApiError> {
        let Given {
            function,
            body,
            runtime,
            role,
            handler,
            description,
            timeout,
            memory_size,
            vpc_config,
            environment,
            ephemeral_storage,
            logging_config,
        } = self;
        runtime.as_deref().map_or(Ok(()), check_runtime)?;
        let (subnets, groups, ipv6) = vpc(vpc_config)?;
        let size = ephemeral_storage.map(|EphemeralStorage { size }| size);
        Ok(SettingsPatch {
            runtime,
            handler,
            role,
            description,
            timeout: bounded(timeout, TIMEOUT, |given| {
                error("ValidationException", too_large("timeout", given, TIMEOUT))
            })?,
            memory: bounded(memory_size, MEMORY, |_| {
                invalid(format!(
                    "'MemorySize' value failed to satisfy constraint: Member must have value less \
                     than or equal to {MEMORY}"
                ))
            })?,
            ephemeral: bounded(size, EPHEMERAL, |given| {
                error("ValidationException", too_large("ephemeralStorage.size", given, EPHEMERAL))
            })?,
            variables: environment.map(|given| variables(given, body)).transpose()?,
            tracing: None,
            dead_letter: None,
            layers: None,
            logging: logging(function, logging_config),
            subnets,
            groups,
            ipv6,
        })
    }
}

/// The architecture asked for, which must be this machine's.
pub(crate) fn architecture(given: Option<Vec<String>>) -> Result<&'static str, ApiError> {
    let own = if cfg!(target_arch = "aarch64") { "arm64" } else { "x86_64" };
    match given.into_iter().flatten().find(|given| given != own) {
        Some(other) => Err(invalid(format!(
            "Warren runs functions on this machine's architecture alone, {own}, not {other}."
        ))),
        None => Ok(own),
    }
}

/// How the log is to be kept; the model has the words.
fn logging(function: &str, given: Option<LoggingConfig>) -> LoggingPatch {
    let Some(given) = given else { return LoggingPatch::default() };
    let LoggingConfig { log_format, application_log_level, system_log_level, log_group } = given;
    let own = name::log_group(function);
    LoggingPatch {
        format: log_format.map(|format| match format.as_str() {
            "JSON" => LogFormat::Json,
            _ => LogFormat::Text,
        }),
        application: application_log_level.as_deref().and_then(level::parse),
        system: system_log_level.as_deref().and_then(level::parse),
        group: log_group.map(|group| Some(group).filter(|group| *group != own)),
    }
}

fn bounded(
    given: Option<i32>,
    limit: i32,
    refuse: impl FnOnce(i32) -> ApiError,
) -> Result<Option<u32>, ApiError> {
    match given {
        Some(given) if given > limit => Err(refuse(given)),
        // The model has the least of each.
        other => Ok(other.and_then(|given| u32::try_from(given).ok())),
    }
}

fn too_large(path: &str, given: i32, limit: i32) -> String {
    format!(
        "1 validation error detected: Value '{given}' at '{path}' failed to satisfy constraint: \
         Member must have value less than or equal to {limit}"
    )
}

fn check_runtime(runtime: &str) -> Result<(), ApiError> {
    if is_retired(runtime) {
        return Err(invalid(format!(
            "The runtime parameter of {runtime} is no longer supported for creating or updating AWS \
             Lambda functions. We recommend you use a supported runtime while creating or updating \
             functions."
        )));
    }
    let is_known = ["python3.", "nodejs", "provided."].iter().any(|kind| runtime.starts_with(kind));
    match is_known {
        true => Ok(()),
        false => Err(invalid(format!(
            "Warren does not support the runtime {runtime}; it runs python3.x, nodejs and provided.*."
        ))),
    }
}

fn variables(environment: Environment, body: &[u8]) -> Result<BTreeMap<String, String>, ApiError> {
    let Environment { variables } = environment;
    let variables = variables.unwrap_or_default();
    let reserved: Vec<&str> =
        RESERVED.into_iter().filter(|name| variables.contains_key(*name)).collect();
    if !reserved.is_empty() {
        return Err(invalid(format!(
            "Lambda was unable to configure your environment variables because the environment \
             variables you have provided contains reserved keys that are currently not supported \
             for modification. Reserved keys used in this request: {}",
            reserved.join(", ")
        )));
    }
    let measured = serde_json::to_string(&variables).expect("texts are JSON");
    if measured.len() > VARIABLES {
        let measured = measured::measured(body).unwrap_or(measured);
        return Err(invalid(format!(
            "Lambda was unable to configure your environment variables because the environment \
             variables you have provided exceeded the 4KB limit. String measured: {measured}"
        )));
    }
    Ok(variables)
}

/// Subnets, security groups, and whether IPv6 is allowed.
type Network = (Option<Vec<SubnetId>>, Option<Vec<GroupId>>, Option<bool>);

fn vpc(config: Option<input::VpcConfig>) -> Result<Network, ApiError> {
    let Some(config) = config else {
        return Ok((None, None, None));
    };
    let input::VpcConfig { subnet_ids, security_group_ids, ipv6_allowed_for_dual_stack } = config;
    let mut seen = BTreeSet::new();
    let groups = security_group_ids.map(|ids| {
        let ids = ids.into_iter();
        ids.map(|id| id.parse().map_err(|_| refusal::no_group(&id))).collect::<Result<_, _>>()
    });
    // AWS looks for the groups first.
    let groups = groups.transpose()?;
    let subnets = subnet_ids.map(|ids| {
        let ids = ids.into_iter().filter(|id| seen.insert(id.clone()));
        ids.map(|id| id.parse().map_err(|_| refusal::no_subnet(&id))).collect::<Result<_, _>>()
    });
    Ok((subnets.transpose()?, groups, ipv6_allowed_for_dual_stack))
}
