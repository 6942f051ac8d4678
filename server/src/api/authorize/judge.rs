//! Whether demands are met, and how a service spells that one is not.

use engine::tell::refused::RefusedByPolicy;
use serde_json::json;
use wire::{ApiError, Operation, Protocol};

use super::demand::{Demand, OfThing, Wording};
use crate::api::operation::Context;
use crate::iam::{Caller, NotAllowed, Question, Values, Who};

pub(super) fn check_all(
    cx: &Context<'_>,
    operation: &'static Operation,
    demands: &[Demand],
) -> Result<(), ApiError> {
    let common = common(cx);
    for demand in demands {
        let mut values = common.clone();
        values.extend(&demand.values);
        let Demand { action, resource, .. } = demand;
        let question = Question { action, resource, values: &values };
        let iam = &cx.endpoint.iam;
        let judged = match &demand.of {
            Some(OfThing { owner, policy }) => {
                iam.may_with_policy(&cx.caller, &question, policy.as_deref(), *owner)
            }
            None => iam.may(&cx.caller, &question),
        };
        judged.map_err(|why| spell(cx, operation, demand, why))?;
    }
    Ok(())
}

/// Checks demands by the policy of the endpoint that the request came through, if it has one.
pub(super) fn check_all_by_endpoint(
    cx: &Context<'_>,
    operation: &'static Operation,
    demands: &[Demand],
) -> Result<(), ApiError> {
    let common = common(cx);
    demands.iter().try_for_each(|demand| {
        let mut values = common.clone();
        values.extend(&demand.values);
        let demand = Demand { values, ..demand.clone() };
        check_by_endpoint(cx, operation, &demand)
    })
}

/// Checks a demand by the policy of the endpoint that the request came through, if it has one.
pub(super) fn check_by_endpoint(
    cx: &Context<'_>,
    operation: &'static Operation,
    demand: &Demand,
) -> Result<(), ApiError> {
    let Some(policy) = cx.way.policy() else { return Ok(()) };
    let Demand { action, resource, values, .. } = demand;
    let judged =
        cx.endpoint.iam.lets_through(policy, &cx.caller, &Question { action, resource, values });
    judged.map_err(|why| {
        tell_refused(cx, demand);
        spell(cx, operation, demand, why)
    })
}

/// Has it told what the policy of the endpoint refused that the request came through.
fn tell_refused(cx: &Context<'_>, Demand { action, resource, .. }: &Demand) {
    let Some(through) = &cx.way.through else { return };
    // A function's role has sessions by its name.
    let function = match &cx.caller.who {
        Who::Role { session, .. } => Some(session.clone()),
        _ => None,
    };
    cx.driver.refused_by_policy(RefusedByPolicy {
        endpoint: through.endpoint,
        from: (through.vpc, through.source),
        function,
        action: action.clone(),
        resource: shortened(resource),
    });
}

/// What a caller names is as long as it likes.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 256;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Checks a demand on something that may have a policy of its own, and is an account's.
pub(super) fn check_with_policy(
    cx: &Context<'_>,
    operation: &'static Operation,
    demand: &Demand,
    policy: Option<&str>,
    owner: u64,
) -> Result<(), ApiError> {
    let Demand { action, resource, values, .. } = demand;
    let question = Question { action, resource, values };
    let judged = cx.endpoint.iam.may_with_policy(&cx.caller, &question, policy, owner);
    judged.map_err(|why| spell(cx, operation, demand, why))
}

/// The condition keys that every request has.
pub(super) fn common(cx: &Context<'_>) -> Values {
    let Caller { account, who, session, .. } = &cx.caller;
    let number = format!("{account:012}");
    let (kind, named) = match who {
        Who::Root => ("Account", None),
        Who::User { name, .. } => ("User", Some(name)),
        Who::Role { .. } => ("AssumedRole", None),
        Who::Federated { .. } => ("FederatedUser", None),
    };
    let millis = crate::logs::now();
    let mut values = Values::from([
        ("aws:PrincipalAccount", number.as_str()),
        ("aws:ResourceAccount", number.as_str()),
        ("aws:PrincipalType", kind),
        ("aws:RequestedRegion", cx.scope.region.as_str()),
        ("aws:SecureTransport", if cx.way.is_tls { "true" } else { "false" }),
        // Nobody calls for somebody else here.
        ("aws:ViaAWSService", "false"),
        ("aws:PrincipalIsAWSService", "false"),
    ]);
    values.set("aws:CurrentTime", wire::time::iso8601(millis));
    values.set("aws:EpochTime", (millis / 1_000).to_string());
    match &cx.way.through {
        // A private address is no source that is known outside of its VPC.
        Some(through) => {
            values.set("aws:SourceVpce", through.endpoint.to_string());
            values.set("aws:SourceVpc", through.vpc.to_string());
            values.set("aws:VpcSourceIp", through.source.to_string());
        }
        None => values.set("aws:SourceIp", cx.peer.to_canonical().to_string()),
    }
    values.set("aws:userid", cx.caller.user_id());
    values.set("aws:PrincipalArn", cx.endpoint.iam.principal_arn(&cx.caller));
    if let Some(agent) = cx.agent {
        values.set("aws:UserAgent", agent);
    }
    if let Some(name) = named {
        values.set("aws:username", name.as_str());
    }
    for (key, value) in cx.endpoint.iam.principal_tags(&cx.caller) {
        values.set(format!("aws:PrincipalTag/{key}"), value);
    }
    if let Some(session) = session {
        values.set("aws:TokenIssueTime", wire::time::iso8601(session.issued));
        // Nobody has a second factor here.
        values.set("aws:MultiFactorAuthPresent", "false");
    }
    values
}

fn spell(
    cx: &Context<'_>,
    operation: &'static Operation,
    demand: &Demand,
    why: NotAllowed,
) -> ApiError {
    let Demand { action, resource, wording, .. } = demand;
    let service = operation.service;
    if let Wording::OfNetwork(thing) = wording {
        let call = action.trim_start_matches("ec2:");
        let message = format!(
            "Your access has been denied by EC2, please make sure your request credentials have \
             permission to {call} for {thing}. EC2 Error Code: UnauthorizedOperation. EC2 Error \
             Message: You are not authorized to perform this operation."
        );
        return ApiError::new(service, "AccessDeniedException", message);
    }
    let (arn, words) = (cx.caller.arn(), why.words(action));
    let is_ec2 = service.protocol == Protocol::Ec2;
    let resource = if let Wording::Of(named) = wording { named } else { resource };
    // EC2 does not name what its describing operations are about.
    let on =
        if is_ec2 && resource == "*" { String::new() } else { format!(" on resource: {resource}") };
    let sentence = format!("User: {arn} is not authorized to perform: {action}{on} {words}");
    match service.protocol {
        Protocol::Ec2 => {
            let mut message =
                format!("You are not authorized to perform this operation. {sentence}");
            // Of what only describes there is no more to tell.
            if resource != "*" {
                let encoded = encoded(cx, demand, why);
                message += &format!(". Encoded authorization failure message: {encoded}");
            }
            ApiError::new(service, "UnauthorizedOperation", message)
        }
        Protocol::Query if service.name == "sns" => {
            ApiError::new(service, "AuthorizationError", sentence)
        }
        Protocol::Query | Protocol::RestXml => ApiError::new(service, "AccessDenied", sentence),
        Protocol::RestJson | Protocol::Json => {
            ApiError::new(service, "AccessDeniedException", sentence)
        }
    }
}

/// What EC2 tells of a refusal to those alone who may have it decoded.
fn encoded(cx: &Context<'_>, demand: &Demand, why: NotAllowed) -> String {
    let Demand { action, resource, values, .. } = demand;
    let name = match &cx.caller.who {
        Who::User { name, .. } | Who::Federated { name, .. } => name.as_str(),
        Who::Role { session, .. } => session.as_str(),
        Who::Root => "root",
    };
    let items = |values: Vec<serde_json::Value>| json!({"items": values});
    let conditions = values.iter().map(|(key, values)| {
        let values = values.iter().map(|value| json!({"value": value})).collect();
        json!({"key": key, "values": items(values)})
    });
    let message = json!({
        "allowed": false,
        "explicitDeny": matches!(why, NotAllowed::Denied(_)),
        "matchedStatements": items(Vec::new()),
        "failures": items(Vec::new()),
        "context": {
            "principal": {"id": cx.caller.user_id(), "name": name, "arn": cx.caller.arn()},
            "action": action,
            "resource": resource,
            "conditions": items(conditions.collect()),
        },
    });
    cx.endpoint.iam.encode(cx.scope.account, message.to_string().as_bytes())
}
