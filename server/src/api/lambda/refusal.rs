//! How Lambda spells what the engine refuses.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use engine::compute::function::Refusal;
use engine::compute::layer::{self, LAYERS_PER_FUNCTION, UseRefusal};
use engine::effect::{InvokeRefusal, Throttle};
use engine::id::Version;
use engine::limits::UNRESERVED_MINIMUM;
use engine::record::function::{FunctionBusy, FunctionState};
use engine::record::layer::LayerReference;
use engine::scope::Scope;
use serde_json::Value;
use wire::ApiError;
use wire::lambda::error;

use crate::api::lambda::invalid::invalid;
use crate::api::lambda::name::{arn, cannot_find, not_found};
use crate::api::lambda::view::reason_code;
use crate::api::operation::Context;
use crate::driver::Refused;

/// A question about a function that was not answered.
pub(crate) fn spell(context: &Context<'_>, refused: Refused<Refusal>) -> ApiError {
    match refused {
        Refused::Refused(refusal) => of_function(context, refusal),
        Refused::Draining => draining(),
        Refused::Unavailable(why) => error("ServiceException", why),
    }
}

/// What a question about a function is refused for.
fn of_function(context: &Context<'_>, refusal: Refusal) -> ApiError {
    match refusal {
        Refusal::NoFunction(scope, name, version) => missing(&scope, &name, version),
        Refusal::Exists(name) => {
            error("ResourceConflictException", format!("Function already exist: {name}"))
        }
        Refusal::Busy(name, why) => busy(context, &context.scope, &name, why),
        Refusal::RevisionMismatch => revision_mismatch(),
        Refusal::LevelOfText => level_of_text(),
        Refusal::CodeMismatch { given, current } => {
            let current = STANDARD.encode(current);
            invalid(format!(
                "CodeSHA256 ({given}) is different from current CodeSHA256 in $LATEST ({current}). \
                 Please try again with the CodeSHA256 in $LATEST."
            ))
        }
        Refusal::Aliased(_)
        | Refusal::AliasExists { .. }
        | Refusal::NoAlias { .. }
        | Refusal::CannotFindAlias { .. }
        | Refusal::AlreadyRouted(_)
        | Refusal::LatestIsNotRouted
        | Refusal::TooManyAliases(_) => of_alias(refusal),
        Refusal::PolicyRevisionMismatch
        | Refusal::NoPolicy
        | Refusal::StatementExists(_)
        | Refusal::NoStatement(_)
        | Refusal::PolicyTooLong { .. } => of_policy(refusal),
        // AWS leaves the type of this error out.
        Refusal::ReserveTooMuch(_) => invalid(format!(
            "Specified ReservedConcurrentExecutions for function decreases account's \
             UnreservedConcurrentExecution below its minimum value of [{UNRESERVED_MINIMUM}]."
        ))
        .with("Type", Value::Null),
        Refusal::NoEventInvoke(qualifier) => error(
            "ResourceNotFoundException",
            format!("The function {qualifier} doesn't have an EventInvokeConfig"),
        ),
        Refusal::UrlExists { scope, function, alias } => {
            let arn = arn(&scope, &function, alias.as_deref());
            let message = format!(
                "Failed to create function url config for [functionArn = {arn}]. Error message:  \
                 FunctionUrlConfig exists for this Lambda function"
            );
            error("ResourceConflictException", message)
        }
        Refusal::NoUrl => no_url(),
        Refusal::Layers(refusal) => of_layers(context, refusal),
        Refusal::HalfVpcConfig
        | Refusal::NoSubnet(_)
        | Refusal::NoGroup(_)
        | Refusal::SubnetsApart
        | Refusal::NotDualStack(_)
        | Refusal::GroupsApart
        | Refusal::RoleMayNot
        | Refusal::SubnetFull(_)
        | Refusal::EniLimit => of_network(refusal),
    }
}

/// There is no such URL.
pub(crate) fn no_url() -> ApiError {
    error("ResourceNotFoundException", "The resource you requested does not exist.")
}

/// What a question about an alias, or about what aliases name, is refused for.
fn of_alias(refusal: Refusal) -> ApiError {
    match refusal {
        Refusal::Aliased(names) => {
            let names = names.join(", ");
            let message = format!(
                "Unable to delete version because the following aliases reference it: [{names}]"
            );
            error("ResourceConflictException", message)
        }
        Refusal::AliasExists { scope, function, name } => {
            let arn = arn(&scope, &function, Some(&name));
            error("ResourceConflictException", format!("Alias already exists: {arn}"))
        }
        Refusal::NoAlias { scope, function, name } => {
            let arn = arn(&scope, &function, Some(&name));
            error("ResourceNotFoundException", format!("Alias not found: {arn}"))
        }
        Refusal::CannotFindAlias { scope, function, name } => cannot_find(&scope, &function, &name),
        Refusal::AlreadyRouted(version) => {
            let version = version.spelled();
            invalid(format!(
                "Invalid function version {version}. Function version {version} is already included \
                 in routing configuration."
            ))
        }
        // AWS leaves the type of this error out.
        Refusal::LatestIsNotRouted => {
            invalid("$LATEST is not supported for an alias pointing to more than 1 version")
                .with("Type", Value::Null)
        }
        Refusal::TooManyAliases(most) => error(
            "AliasLimitExceededException",
            format!("The function has {most} aliases, as many as it may have."),
        ),
        other => error("ServiceException", format!("{other:?}")),
    }
}

/// What a question about the policy of a function is refused for.
fn of_policy(refusal: Refusal) -> ApiError {
    match refusal {
        Refusal::PolicyRevisionMismatch => error(
            "PreconditionFailedException",
            "The Revision Id provided does not match the latest Revision Id. Call the GetPolicy \
             API to retrieve the latest Revision Id",
        ),
        Refusal::NoPolicy => {
            error("ResourceNotFoundException", "No policy is associated with the given resource.")
        }
        Refusal::StatementExists(sid) => {
            let message = format!(
                "The statement id ({sid}) provided already exists. Please provide a new statement \
                 id, or remove the existing statement."
            );
            error("ResourceConflictException", message)
        }
        Refusal::NoStatement(sid) => {
            let message = format!("Statement {sid} is not found in resource policy.");
            error("ResourceNotFoundException", message)
        }
        Refusal::PolicyTooLong { bytes, most } => error(
            "PolicyLengthExceededException",
            format!("The final policy size ({bytes}) is bigger than the limit ({most})."),
        ),
        other => error("ServiceException", format!("{other:?}")),
    }
}

/// What a question about a function is refused for because of its network.
fn of_network(refusal: Refusal) -> ApiError {
    match refusal {
        Refusal::HalfVpcConfig => {
            invalid("SubnetIds and SecurityIds must coexist or be both empty list.")
        }
        Refusal::NoSubnet(id) => no_subnet(&id.to_string()),
        Refusal::NoGroup(id) => no_group(&id.to_string()),
        Refusal::SubnetsApart => invalid("Subnets are required to be in the same VPC."),
        Refusal::NotDualStack(id) => invalid(format!(
            "The subnet {id} has no IPv6 CIDR block. Where Ipv6AllowedForDualStack is true, all subnets are \
             required to be dual-stack."
        )),
        Refusal::GroupsApart => invalid("Security Groups are required to be in the same VPC."),
        Refusal::RoleMayNot => invalid(
            "The provided execution role does not have permissions to call CreateNetworkInterface on EC2",
        ),
        Refusal::SubnetFull(id) => invalid(format!("The subnet {id} is out of IP addresses.")),
        Refusal::EniLimit => {
            invalid("You have exceeded the maximum limit for HyperPlane ENIs for your account.")
        }
        other => error("ServiceException", format!("{other:?}")),
    }
}

/// An invocation that was not run.
pub(crate) fn spell_invocation(
    context: &Context<'_>,
    scope: &Scope,
    refused: Refused<InvokeRefusal>,
) -> ApiError {
    let refusal = match refused {
        Refused::Refused(refusal) => refusal,
        Refused::Draining => return draining(),
        Refused::Unavailable(why) => return error("ServiceException", why),
    };
    match refusal {
        InvokeRefusal::NoFunction(scope, name, version) => missing(&scope, &name, version),
        InvokeRefusal::FunctionGone => {
            error("ResourceNotFoundException", "The function is deleted.")
        }
        InvokeRefusal::Busy(name, why) => busy(context, scope, &name, why),
        InvokeRefusal::Recursive(_) => error(
            "RecursiveInvocationException",
            "Lambda has detected your function being invoked in a recursive loop with other Amazon \
             Web Services resources and stopped your function's invocation.",
        ),
        InvokeRefusal::Throttled(what) => throttled(what),
        InvokeRefusal::SubnetsFull => error(
            "SubnetIPAddressLimitReachedException",
            "Lambda was not able to set up VPC access for the Lambda function because one or more \
             configured subnets has no available IP addresses.",
        ),
        InvokeRefusal::EniLimit => error(
            "ENILimitReachedException",
            "The elastic network interface limit was reached for the function's VPC.",
        ),
        InvokeRefusal::RoleMayNot => error(
            "EC2AccessDeniedException",
            "Your access has been denied by EC2, please make sure your function execution role \
             have permission to CreateNetworkInterface. EC2 Error Code: UnauthorizedOperation. \
             EC2 Error Message: You are not authorized to perform this operation.",
        ),
        InvokeRefusal::NoSubnet(id) => error(
            "InvalidSubnetIDException",
            format!("The subnet ID '{id}' of the function's VPC configuration does not exist"),
        ),
        InvokeRefusal::NoGroup(id) => error(
            "InvalidSecurityGroupIDException",
            format!("The security group '{id}' of the function's VPC configuration does not exist"),
        ),
        InvokeRefusal::NoCode => {
            error("InvalidZipFileException", "Lambda could not unzip the deployment package.")
        }
        InvokeRefusal::NodeFailed(why) => {
            error("ServiceException", format!("The execution environment could not be made: {why}"))
        }
    }
}

/// What a function cannot be given layers for.
pub(crate) fn of_layers(context: &Context<'_>, refusal: UseRefusal) -> ApiError {
    match refusal {
        UseRefusal::TooMany => {
            invalid(format!("Cannot reference more than {LAYERS_PER_FUNCTION} layers."))
        }
        UseRefusal::Elsewhere => invalid(format!(
            "Layers are not in the same region as the function. Layers are expected to be in \
             region {}.",
            context.scope.region
        )),
        UseRefusal::NoVersion(of) => no_layer(&of.arn()),
        UseRefusal::Denied(of) => layer_denied(context, "GetLayerVersion", &of.arn()),
        UseRefusal::Twice(both) => invalid(format!(
            "Two different versions of the same layer are not allowed to be referenced in the same \
             function. {} and {} are versions of the same layer.",
            both.0.arn(),
            both.1.arn()
        )),
    }
}

/// A layer version that a function cannot be given, since there is none.
pub(crate) fn no_layer(arn: &str) -> ApiError {
    invalid(format!("Layer version {arn} does not exist."))
}

/// A question about a layer that was not answered.
pub(crate) fn spell_layer(refused: Refused<layer::Refusal>) -> ApiError {
    match refused {
        Refused::Refused(layer::Refusal::NoVersion(of)) => no_layer_version(&of),
        Refused::Refused(layer::Refusal::StatementExists(id)) => error(
            "ResourceConflictException",
            format!(
                "The statement id ({id}) provided already exists. Please provide a new statement \
                 id, or remove the existing statement."
            ),
        ),
        Refused::Refused(layer::Refusal::NoStatement(id)) => error(
            "ResourceNotFoundException",
            format!("Statement {id} is not found in resource policy."),
        ),
        Refused::Refused(layer::Refusal::RevisionMismatch) => error(
            "PreconditionFailedException",
            "The Revision Id provided does not match the latest Revision Id. Call the \
             GetLayerPolicy API to retrieve the latest Revision Id",
        ),
        Refused::Draining => draining(),
        Refused::Unavailable(why) => error("ServiceException", why),
    }
}

/// A layer version that does not exist.
pub(crate) fn no_layer_version(of: &LayerReference) -> ApiError {
    error("ResourceNotFoundException", format!("Layer version {} does not exist.", of.arn()))
}

/// A layer of another account, which has not been shared.
pub(crate) fn layer_denied(context: &Context<'_>, operation: &str, arn: &str) -> ApiError {
    let message = format!(
        "User: {} is not authorized to perform: lambda:{operation} on resource: {arn} because no \
         resource-based policy allows the lambda:{operation} action",
        context.caller.arn()
    );
    error("AccessDeniedException", message)
}

fn draining() -> ApiError {
    error("ServiceException", "The server is shutting down.")
}

/// A subnet of a `VpcConfig` that does not exist.
pub(crate) fn no_subnet(id: &str) -> ApiError {
    invalid(format!(
        "Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. \
         EC2 Error Message: The subnet ID '{id}' does not exist"
    ))
}

/// A security group of a `VpcConfig` that does not exist.
pub(crate) fn no_group(id: &str) -> ApiError {
    invalid(format!(
        "Error occurred while DescribeSecurityGroups. EC2 Error Code: InvalidGroup.NotFound. \
         EC2 Error Message: The security group '{id}' does not exist"
    ))
}

fn missing(scope: &Scope, name: &str, version: Option<Version>) -> ApiError {
    not_found(scope, name, version.map(Version::spelled).as_deref())
}

/// A function that cannot be changed or invoked in its state.
fn busy(context: &Context<'_>, scope: &Scope, name: &str, why: FunctionBusy) -> ApiError {
    let conflict = |what: String| {
        let message = format!("The operation cannot be performed at this time. {what}");
        error("ResourceConflictException", message)
    };
    let arn = arn(scope, name, None);
    match why {
        FunctionBusy::Pending => {
            conflict("The function is currently in the following state: Pending".to_owned())
        }
        FunctionBusy::Updating => conflict(format!("An update is in progress for resource: {arn}")),
        FunctionBusy::Failed => {
            let reason = context.driver.read(|engine| {
                let function = engine.function(scope, name)?;
                match &function.latest.state {
                    FunctionState::Failed(reason) => Some(*reason),
                    FunctionState::Pending
                    | FunctionState::Active
                    | FunctionState::Inactive
                    | FunctionState::Restoring => None,
                }
            });
            let code = reason.map_or("InternalError", reason_code);
            conflict(format!(
                "The resource {arn} is currently in the following state: 'Failed'. \
                 StateReasonCode: '{code}'"
            ))
        }
        FunctionBusy::Restoring => error(
            "ResourceNotReadyException",
            "The function is inactive and its VPC connection is no longer available. \
             The connection is being restored: try again in a moment.",
        ),
    }
}

fn throttled(what: Throttle) -> ApiError {
    let reason = match what {
        Throttle::Concurrency => "ConcurrentInvocationLimitExceeded",
        Throttle::Reserved => "ReservedFunctionConcurrentInvocationLimitExceeded",
        Throttle::Events => "FunctionInvocationRateLimitExceeded",
    };
    error("TooManyRequestsException", "Rate Exceeded.").with("Reason", reason)
}

/// A log of text has no levels.
pub(crate) fn level_of_text() -> ApiError {
    invalid(
        "LogLevel is not supported when LogFormat is set to \"Text\". Remove LogLevel from your \
         request or change the LogFormat to \"Json\" and try again.",
    )
}

/// The `RevisionId` of a request is another than the function's.
fn revision_mismatch() -> ApiError {
    error(
        "PreconditionFailedException",
        "The Revision Id provided does not match the latest Revision Id. Call the \
         GetFunction/GetAlias API to retrieve the latest Revision Id",
    )
}
