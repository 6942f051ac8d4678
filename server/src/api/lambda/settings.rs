//! Reading a function's settings: defaults, limits, and what Warren does not do.

use std::collections::{BTreeMap, BTreeSet};

use engine::compute::function::SettingsPatch;
use engine::id::{GroupId, SubnetId};
use engine::record::function::{Settings, VpcConfig};
use serde_json::Value;
use wire::ApiError;
use wire::lambda::error;

use crate::api::lambda::{invalid, refusal};

const TIMEOUT: u64 = 900;
const MEMORY: u64 = 10_240;
const EPHEMERAL: u64 = 10_240;
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

/// Members that ask for what Warren does not do, unless they are empty.
const UNSUPPORTED: [&str; 13] = [
    "AcceleratorConfig",
    "CapacityProviderConfig",
    "CodeSigningConfigArn",
    "DeadLetterConfig",
    "DurableConfig",
    "FileSystemConfigs",
    "ImageConfig",
    "KMSKeyArn",
    "Layers",
    "PublishTo",
    "RuntimeConfig",
    "SourceKMSKeyArn",
    "TenancyConfig",
];

/// Runtimes that AWS no longer takes.
const RETIRED: [&str; 23] = [
    "dotnetcore1.0",
    "dotnetcore2.0",
    "dotnetcore2.1",
    "dotnetcore3.1",
    "go1.x",
    "java8",
    "nodejs",
    "nodejs10.x",
    "nodejs12.x",
    "nodejs14.x",
    "nodejs4.3",
    "nodejs4.3-edge",
    "nodejs6.10",
    "nodejs8.10",
    "provided",
    "python2.7",
    "python3.6",
    "python3.7",
    "ruby2.5",
    "ruby2.7",
    "custom",
    "dotnet5.0",
    "dotnetcore",
];

/// The settings of a new function.
pub(crate) fn settings(input: &Value) -> Result<Settings, ApiError> {
    if input["PackageType"] == "Image" || !input["Code"]["ImageUri"].is_null() {
        return Err(invalid(
            "Warren does not support the package type Image; give a deployment package.",
        ));
    }
    let (Some(runtime), Some(handler)) = (input["Runtime"].as_str(), input["Handler"].as_str())
    else {
        return Err(invalid(
            "Runtime and Handler are mandatory parameters for functions created with deployment packages.",
        ));
    };
    let patch = patch(input)?;
    let subnets = patch.subnets.unwrap_or_default();
    let groups: BTreeSet<GroupId> = patch.groups.unwrap_or_default().into_iter().collect();
    let is_attached = !subnets.is_empty() || !groups.is_empty();
    Ok(Settings {
        runtime: runtime.to_owned(),
        handler: handler.to_owned(),
        role: patch.role.unwrap_or_default(),
        description: patch.description.unwrap_or_default(),
        timeout: patch.timeout.unwrap_or(3),
        memory: patch.memory.unwrap_or(128),
        ephemeral: patch.ephemeral.unwrap_or(512),
        variables: patch.variables.unwrap_or_default(),
        architecture: architecture(input)?.to_owned(),
        tracing: patch.tracing.unwrap_or_else(|| "PassThrough".to_owned()),
        vpc: is_attached.then_some(VpcConfig { vpc: None, subnets, groups }),
    })
}

/// The settings that a request changes.
pub(crate) fn patch(input: &Value) -> Result<SettingsPatch, ApiError> {
    refuse_unsupported(input)?;
    let text = |name: &str| input[name].as_str().map(str::to_owned);
    let runtime = text("Runtime");
    runtime.as_deref().map_or(Ok(()), check_runtime)?;
    let (subnets, groups) = vpc(&input["VpcConfig"])?;
    Ok(SettingsPatch {
        runtime,
        handler: text("Handler"),
        role: text("Role"),
        description: text("Description"),
        timeout: bounded(input["Timeout"].as_u64(), TIMEOUT, |given| {
            error("ValidationException", too_large("timeout", given, TIMEOUT))
        })?,
        memory: bounded(input["MemorySize"].as_u64(), MEMORY, |_| {
            invalid(format!(
                "'MemorySize' value failed to satisfy constraint: Member must have value less than \
                 or equal to {MEMORY}"
            ))
        })?,
        ephemeral: bounded(input["EphemeralStorage"]["Size"].as_u64(), EPHEMERAL, |given| {
            error("ValidationException", too_large("ephemeralStorage.size", given, EPHEMERAL))
        })?,
        variables: variables(&input["Environment"])?,
        tracing: input["TracingConfig"]["Mode"].as_str().map(str::to_owned),
        subnets,
        groups,
    })
}

/// The architecture asked for, which must be this machine's.
pub(crate) fn architecture(input: &Value) -> Result<&'static str, ApiError> {
    let own = if cfg!(target_arch = "aarch64") { "arm64" } else { "x86_64" };
    match input["Architectures"][0].as_str() {
        Some(other) if other != own => Err(invalid(format!(
            "Warren runs functions on this machine's architecture alone, {own}, not {other}."
        ))),
        _ => Ok(own),
    }
}

fn bounded(
    given: Option<u64>,
    limit: u64,
    refuse: impl FnOnce(u64) -> ApiError,
) -> Result<Option<u32>, ApiError> {
    match given {
        Some(given) if given > limit => Err(refuse(given)),
        other => Ok(other.and_then(|given| u32::try_from(given).ok())),
    }
}

fn too_large(path: &str, given: u64, limit: u64) -> String {
    format!(
        "1 validation error detected: Value '{given}' at '{path}' failed to satisfy constraint: \
         Member must have value less than or equal to {limit}"
    )
}

fn check_runtime(runtime: &str) -> Result<(), ApiError> {
    if RETIRED.contains(&runtime) {
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

fn refuse_unsupported(input: &Value) -> Result<(), ApiError> {
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.values().all(|value| value.is_null() || value == ""),
        Value::Bool(_) | Value::Number(_) => false,
    };
    if let Some(name) = UNSUPPORTED.iter().find(|name| !is_empty(&input[**name])) {
        return Err(invalid(format!("Warren does not support the parameter {name}.")));
    }
    if input["SnapStart"]["ApplyOn"] == "PublishedVersions" {
        return Err(invalid("Warren does not support SnapStart."));
    }
    let logging = &input["LoggingConfig"];
    let is_plain = logging["LogFormat"] != "JSON" && logging["LogGroup"].is_null();
    if !is_plain {
        return Err(invalid(
            "Warren does not support a LogGroup or the LogFormat JSON in LoggingConfig.",
        ));
    }
    Ok(())
}

fn variables(environment: &Value) -> Result<Option<BTreeMap<String, String>>, ApiError> {
    if environment.is_null() {
        return Ok(None);
    }
    let given = environment["Variables"].as_object();
    let variables: BTreeMap<String, String> = given
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
        .collect();
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
        return Err(invalid(format!(
            "Lambda was unable to configure your environment variables because the environment \
             variables you have provided exceeded the 4KB limit. String measured: {measured}"
        )));
    }
    Ok(Some(variables))
}

type Lists = (Option<Vec<SubnetId>>, Option<Vec<GroupId>>);

fn vpc(config: &Value) -> Result<Lists, ApiError> {
    if config["Ipv6AllowedForDualStack"] == true {
        return Err(invalid("Warren does not support Ipv6AllowedForDualStack."));
    }
    let mut seen = BTreeSet::new();
    let subnets = config["SubnetIds"].as_array().map(|ids| {
        let ids = ids.iter().filter_map(Value::as_str).filter(|id| seen.insert(*id));
        ids.map(|id| id.parse().map_err(|_| refusal::no_subnet(id))).collect::<Result<Vec<_>, _>>()
    });
    let groups = config["SecurityGroupIds"].as_array().map(|ids| {
        let ids = ids.iter().filter_map(Value::as_str);
        ids.map(|id| id.parse().map_err(|_| refusal::no_group(id))).collect::<Result<Vec<_>, _>>()
    });
    Ok((subnets.transpose()?, groups.transpose()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn with(member: &str, value: Value) -> Result<Settings, ApiError> {
        let mut input = json!({"Runtime": "python3.11", "Handler": "a.b", "Role": "r"});
        input[member] = value;
        settings(&input)
    }

    #[test]
    fn defaults_are_awss() {
        let settings = with("Description", Value::Null).expect("read");
        let numbers = (settings.timeout, settings.memory, settings.ephemeral);
        assert_eq!((numbers, settings.tracing.as_str()), ((3, 128, 512), "PassThrough"));
        assert_eq!(settings.vpc, None);
    }

    #[test]
    fn what_cannot_be_had_is_named() {
        for (member, value, expected) in [
            ("Timeout", json!(901), "Value '901' at 'timeout'"),
            ("MemorySize", json!(10_241), "'MemorySize' value failed"),
            ("EphemeralStorage", json!({"Size": 20_000}), "'ephemeralStorage.size'"),
            ("Runtime", json!("java21"), "the runtime java21"),
            ("Runtime", json!("python2.7"), "no longer supported"),
            ("Layers", json!(["arn"]), "the parameter Layers"),
            ("Handler", Value::Null, "mandatory"),
            ("PackageType", json!("Image"), "package type Image"),
            (
                "Environment",
                json!({"Variables": {"AWS_REGION": "x"}}),
                "in this request: AWS_REGION",
            ),
            (
                "Environment",
                json!({"Variables": {"A": "x".repeat(4096)}}),
                "exceeded the 4KB limit",
            ),
            ("VpcConfig", json!({"SubnetIds": ["subnet-12345678"]}), "'subnet-12345678' does not"),
            ("SnapStart", json!({"ApplyOn": "PublishedVersions"}), "SnapStart"),
            ("LoggingConfig", json!({"LogFormat": "JSON"}), "LogFormat JSON"),
        ] {
            let error = with(member, value).expect_err(expected);
            assert!(error.message.contains(expected), "{error}");
        }
        for (member, value) in [
            ("DeadLetterConfig", json!({"TargetArn": ""})),
            ("Layers", json!([])),
            ("LoggingConfig", json!({"LogFormat": "Text"})),
            ("SnapStart", json!({"ApplyOn": "None"})),
        ] {
            with(member, value).expect(member);
        }
    }
}
