//! A version of a function as Lambda shows it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use engine::id::{RequestId, Version};
use engine::record::function::{
    Configuration, Function, FunctionState, FunctionUpdate, LogFormat, Logging, StateReason,
    UsedLayer, VpcConfig,
};
use engine::scope::Scope;
use wire::lambda::output::{
    DeadLetterConfig, EnvironmentResponse, EphemeralStorage, FunctionConfiguration, Layer,
    LoggingConfig, RuntimeVersionConfig, SnapStartResponse, TracingConfigResponse,
    VpcConfigResponse,
};

use crate::api::lambda::name::arn;
use crate::api::lambda::name::log_group;
use crate::code::CodeStore;
use crate::level;
use crate::platform::runtime_version_arn;

/// A version of a function, as it was when it was looked at.
#[derive(Debug, Clone)]
pub(crate) struct FunctionVersion {
    scope: Scope,
    name: String,
    configuration: Configuration,
    version: Version,
    /// The qualifier that its ARN has.
    qualifier: Option<String>,
}

impl FunctionVersion {
    /// A version with its configuration.
    pub(crate) fn of(
        function: &Function,
        configuration: &Configuration,
        version: Version,
        is_qualified: bool,
    ) -> FunctionVersion {
        FunctionVersion {
            scope: function.scope.clone(),
            name: function.name.clone(),
            configuration: configuration.clone(),
            version,
            qualifier: is_qualified.then(|| version.spelled()),
        }
    }

    /// The same, by the qualifier that names it.
    pub(crate) fn called(self, qualifier: Option<String>) -> FunctionVersion {
        FunctionVersion { qualifier, ..self }
    }

    /// The version that was just published, with the ARN as it is answered, or `$LATEST`.
    pub(crate) fn published(
        function: &Function,
        version: Option<Version>,
        is_qualified: bool,
    ) -> FunctionVersion {
        let found = version.and_then(|version| Some((version, function.versions.get(&version)?)));
        match found {
            Some((version, configuration)) => {
                FunctionVersion::of(function, configuration, version, is_qualified)
            }
            None => FunctionVersion::of(function, &function.latest, Version(0), false),
        }
    }

    /// The configuration as it is shown to who asks how the function is: what lost its code has
    /// failed, until the code is there again.
    pub(crate) fn view_with(self, code: &CodeStore) -> FunctionConfiguration {
        let is_lost = self.configuration.content().any(|sha256| code.is_lost(&sha256));
        let shown = self.view();
        match is_lost {
            true => FunctionConfiguration {
                state: Some("Failed".into()),
                state_reason: Some("Lambda could not unzip the deployment package.".into()),
                state_reason_code: Some("InvalidZipFileException".into()),
                ..shown
            },
            false => shown,
        }
    }

    /// The configuration as it is shown alone.
    pub(crate) fn view(self) -> FunctionConfiguration {
        let (state, update) = (self.configuration.state.clone(), self.configuration.update.clone());
        let runtime = runtime_version_arn(&self.scope.region, &self.configuration.settings.runtime);
        let mut shown = FunctionConfiguration {
            runtime_version_config: Some(RuntimeVersionConfig {
                runtime_version_arn: Some(runtime),
                ..RuntimeVersionConfig::default()
            }),
            ..self.listed()
        };
        show_state(&mut shown, &state);
        // AWS shows no update before there is something to update.
        if state != FunctionState::Pending {
            show_update(&mut shown, &update);
        }
        shown
    }

    /// The configuration as lists show it.
    pub(crate) fn listed(self) -> FunctionConfiguration {
        let FunctionVersion { scope, name, configuration, version, qualifier } = self;
        let Configuration { settings, code, revision, modified, state: _, update: _ } =
            configuration;
        let environment = settings
            .variables
            .map(|variables| EnvironmentResponse { variables: Some(variables), error: None });
        let layers: Vec<Layer> = settings.layers.into_iter().map(show_layer).collect();
        FunctionConfiguration {
            function_arn: Some(arn(&scope, &name, qualifier.as_deref())),
            runtime: Some(settings.runtime),
            role: Some(settings.role),
            handler: Some(settings.handler),
            code_size: Some(i64::try_from(code.size).unwrap_or(i64::MAX)),
            description: Some(settings.description),
            timeout: Some(number(settings.timeout)),
            memory_size: Some(number(settings.memory)),
            last_modified: Some(wire::time::last_modified(
                i64::try_from(modified.millis()).unwrap_or(i64::MAX),
            )),
            code_sha256: Some(STANDARD.encode(code.sha256)),
            version: Some(version.spelled()),
            vpc_config: settings.vpc.as_ref().map(show_vpc),
            environment,
            dead_letter_config: settings
                .dead_letter
                .map(|arn| DeadLetterConfig { target_arn: Some(arn) }),
            layers: Some(layers).filter(|layers| !layers.is_empty()),
            tracing_config: Some(TracingConfigResponse { mode: Some(settings.tracing) }),
            revision_id: Some(RequestId(revision).to_string()),
            package_type: Some("Zip".into()),
            architectures: Some(vec![settings.architecture]),
            ephemeral_storage: Some(EphemeralStorage { size: number(settings.ephemeral) }),
            snap_start: Some(SnapStartResponse {
                apply_on: Some("None".into()),
                optimization_status: Some("Off".into()),
            }),
            logging_config: Some(show_logging(settings.logging, &name)),
            function_name: Some(name),
            ..FunctionConfiguration::default()
        }
    }
}

/// A number of the engine's as the model has it; its limits are far below the largest.
fn number(value: u32) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}

fn show_layer(UsedLayer { arn, code }: UsedLayer) -> Layer {
    let code_size = Some(i64::try_from(code.size).unwrap_or(i64::MAX));
    Layer { arn: Some(arn), code_size, ..Layer::default() }
}

fn show_vpc(vpc: &VpcConfig) -> VpcConfigResponse {
    VpcConfigResponse {
        subnet_ids: Some(vpc.subnets.iter().map(ToString::to_string).collect()),
        security_group_ids: Some(vpc.groups.iter().map(ToString::to_string).collect()),
        vpc_id: Some(vpc.vpc.map(|id| id.to_string()).unwrap_or_default()),
        ipv6_allowed_for_dual_stack: Some(vpc.ipv6),
    }
}

fn show_logging(logging: Logging, function: &str) -> LoggingConfig {
    let Logging { format, application, system, group } = logging;
    let format = match format {
        LogFormat::Text => "Text",
        LogFormat::Json => "JSON",
    };
    LoggingConfig {
        log_format: Some(format.into()),
        application_log_level: application.map(|level| level::spell(level).into()),
        system_log_level: system.map(|level| level::spell(level).into()),
        log_group: Some(group.unwrap_or_else(|| log_group(function))),
    }
}

fn show_state(shown: &mut FunctionConfiguration, state: &FunctionState) {
    let (name, reason) = match state {
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
        FunctionState::Failed(why) => ("Failed", Some((reason_text(*why), reason_code(*why)))),
    };
    shown.state = Some(name.into());
    (shown.state_reason, shown.state_reason_code) = split(reason);
}

fn show_update(shown: &mut FunctionConfiguration, update: &FunctionUpdate) {
    let (name, reason) = match update {
        FunctionUpdate::Successful => ("Successful", None),
        FunctionUpdate::InProgress(_) => {
            ("InProgress", Some(("The function is being created.".to_owned(), "Creating")))
        }
        FunctionUpdate::Failed(why) => ("Failed", Some((reason_text(*why), reason_code(*why)))),
    };
    shown.last_update_status = Some(name.into());
    (shown.last_update_status_reason, shown.last_update_status_reason_code) = split(reason);
}

fn split(reason: Option<(String, &str)>) -> (Option<String>, Option<String>) {
    reason.map(|(text, code)| (text, code.to_owned())).unzip()
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
fn reason_text(reason: StateReason) -> String {
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
