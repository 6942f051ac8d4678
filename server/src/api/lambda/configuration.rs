//! A version's configuration: how it is shown, and how it is changed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use engine::compute::function::{SettingsPatch, UpdateConfiguration};
use engine::id::{RequestId, Version};
use engine::record::function::{
    Configuration, Function, FunctionState, FunctionUpdate, StateReason, VpcConfig,
};
use serde_json::{Map, Value, json};
use wire::ApiError;

use crate::api::Context;
use crate::api::lambda::target::{Target, arn};
use crate::api::lambda::{INVALID, ask, refusal, role_verdict, settings};
use crate::platform::runtime_version_arn;

pub(crate) fn get(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let target = Target::read(context, input)?;
    context.driver.read(|engine| {
        let (function, configuration) = target.find(engine, &context.scope)?;
        Ok(view(function, configuration, target.version(), target.shown()))
    })
}

pub(crate) async fn update(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let target = Target::unqualified(context, input)?;
    let patch: SettingsPatch = settings::patch(input)?;
    let role = match &patch.role {
        Some(role) => role.clone(),
        None => context.driver.read(|engine| {
            let (_, configuration) = target.find(engine, &context.scope)?;
            Ok::<_, ApiError>(configuration.settings.role.clone())
        })?,
    };
    let question = UpdateConfiguration {
        scope: context.scope.clone(),
        name: target.name,
        patch: Box::new(patch),
        revision: revision(input)?,
        role: role_verdict(context, &role, INVALID)?,
    };
    let function = ask(context, question).await?;
    Ok(view(&function, &function.latest, None, None))
}

/// The `RevisionId` that a request demands.
pub(crate) fn revision(input: &Value) -> Result<Option<u128>, ApiError> {
    let Some(text) = input["RevisionId"].as_str() else { return Ok(None) };
    // One that is no revision of Warren's matches none.
    Ok(Some(text.parse::<RequestId>().map_or(0, |id| id.0)))
}

/// A version as Lambda shows it. `version` is the one shown, `$LATEST` by default; `qualifier` is
/// the one in its ARN.
pub(crate) fn view(
    function: &Function,
    configuration: &Configuration,
    version: Option<Version>,
    qualifier: Option<Version>,
) -> Value {
    let settings = &configuration.settings;
    let qualifier = qualifier.map(Version::spelled);
    let mut shown = json!({
        "FunctionName": function.name,
        "FunctionArn": arn(&function.scope, &function.name, qualifier.as_deref()),
        "Runtime": settings.runtime,
        "Role": settings.role,
        "Handler": settings.handler,
        "CodeSize": configuration.code.size,
        "Description": settings.description,
        "Timeout": settings.timeout,
        "MemorySize": settings.memory,
        "LastModified": wire::time::last_modified(
            i64::try_from(configuration.modified.millis()).unwrap_or(i64::MAX),
        ),
        "CodeSha256": STANDARD.encode(configuration.code.sha256),
        "Version": version.unwrap_or(Version(0)).spelled(),
        "TracingConfig": {"Mode": settings.tracing},
        "RevisionId": RequestId(configuration.revision).to_string(),
        "PackageType": "Zip",
        "Architectures": [settings.architecture],
        "EphemeralStorage": {"Size": settings.ephemeral},
        "SnapStart": {"ApplyOn": "None", "OptimizationStatus": "Off"},
        "RuntimeVersionConfig": {
            "RuntimeVersionArn": runtime_version_arn(&function.scope.region, &settings.runtime),
        },
        "LoggingConfig": {"LogFormat": "Text", "LogGroup": format!("/aws/lambda/{}", function.name)},
    });
    let object = shown.as_object_mut().expect("an object was made");
    if let Some(vpc) = &settings.vpc {
        object.insert("VpcConfig".into(), vpc_view(vpc));
    }
    if !settings.variables.is_empty() {
        object.insert("Environment".into(), json!({"Variables": settings.variables}));
    }
    insert_state(object, configuration);
    shown
}

fn vpc_view(vpc: &VpcConfig) -> Value {
    let subnets: Vec<String> = vpc.subnets.iter().map(ToString::to_string).collect();
    let groups: Vec<String> = vpc.groups.iter().map(ToString::to_string).collect();
    json!({
        "SubnetIds": subnets,
        "SecurityGroupIds": groups,
        "VpcId": vpc.vpc.map(|id| id.to_string()).unwrap_or_default(),
        "Ipv6AllowedForDualStack": false,
    })
}

fn insert_state(object: &mut Map<String, Value>, configuration: &Configuration) {
    let mut insert = |name: &str, value: &str| object.insert(name.to_owned(), json!(value));
    let (state, reason) = match &configuration.state {
        FunctionState::Pending => {
            ("Pending", Some(("The function is being created.".to_owned(), "Creating")))
        }
        FunctionState::Active => ("Active", None),
        FunctionState::Inactive => (
            "Inactive",
            Some(("The function is inactive because it was not invoked for long.".into(), "Idle")),
        ),
        FunctionState::Restoring => {
            ("Pending", Some(("The function is being restored.".to_owned(), "Restoring")))
        }
        FunctionState::Failed(why) => ("Failed", Some(refusal::reason(*why))),
    };
    insert("State", state);
    if let Some((text, code)) = reason {
        insert("StateReason", &text);
        insert("StateReasonCode", code);
    }
    if matches!(configuration.state, FunctionState::Pending) {
        // AWS shows no update before there is something to update.
        return;
    }
    let (update, reason) = match &configuration.update {
        FunctionUpdate::Successful => ("Successful", None),
        FunctionUpdate::InProgress(_) => {
            ("InProgress", Some(("The function is being created.".to_owned(), "Creating")))
        }
        FunctionUpdate::Failed(why) => ("Failed", Some(refusal::reason(*why))),
    };
    insert("LastUpdateStatus", update);
    if let Some((text, code)) = reason {
        insert("LastUpdateStatusReason", &text);
        insert("LastUpdateStatusReasonCode", code);
    }
}

/// What `StateReasonCode` and `LastUpdateStatusReasonCode` say.
pub(crate) fn reason_code(reason: StateReason) -> &'static str {
    match reason {
        StateReason::EniLimitExceeded => "EniLimitExceeded",
        StateReason::SubnetOutOfIpAddresses(_) => "SubnetOutOfIPAddresses",
        StateReason::InvalidSubnet => "InvalidSubnet",
        StateReason::InvalidSecurityGroup => "InvalidSecurityGroup",
        StateReason::InsufficientRolePermissions => "InsufficientRolePermissions",
        StateReason::InternalError => "InternalError",
    }
}

/// What `StateReason` and `LastUpdateStatusReason` say.
pub(crate) fn reason_text(reason: StateReason) -> String {
    match reason {
        StateReason::EniLimitExceeded => {
            "The elastic network interface limit was reached for the function's VPC.".into()
        }
        StateReason::SubnetOutOfIpAddresses(subnet) => {
            format!("The subnet {subnet} is out of IP addresses.")
        }
        StateReason::InvalidSubnet => "A subnet of the function does not exist.".into(),
        StateReason::InvalidSecurityGroup => {
            "A security group of the function does not exist.".into()
        }
        StateReason::InsufficientRolePermissions => {
            "The function's execution role doesn't have permission to perform this operation."
                .into()
        }
        StateReason::InternalError => "An internal error has occurred.".into(),
    }
}
