//! EC2: the operations of VPCs and what is in them, one file per noun.

mod acl;
mod describe;
mod eni;
mod group;
mod input;
mod list;
mod permission;
mod refusal;
mod region;
mod route_table;
mod subnet;
mod tag;
mod vpc;

use engine::ask::Ask;
use engine::effect::Reply;
use engine::input::Request;
use engine::network::vpc::VpcRequest;
use serde_json::{Value, json};
use wire::ApiError;
use wire::ec2::input::*;
use wire::ec2::{Op, error};

use crate::api::{Call, Context};
use crate::driver::Refused;
use crate::zone::zones;

pub(super) async fn dispatch(call: Call<'_>, op: Op) -> Result<Value, ApiError> {
    let (context, input) = (call.cx, &call.input);
    begin(context).await?;
    if !matches!(
        op,
        Op::CreateVpc
            | Op::DescribeVpcs
            | Op::DeleteVpc
            | Op::DescribeVpcAttribute
            | Op::CreateSubnet
            | Op::DescribeSubnets
            | Op::DeleteSubnet
    ) {
        dry_run(input["DryRun"].as_bool())?;
    }
    match op {
        Op::CreateVpc => call.run::<CreateVpc>().await,
        Op::DescribeVpcs => call.run::<DescribeVpcs>().await,
        Op::DeleteVpc => call.run::<DeleteVpc>().await,
        Op::DescribeVpcAttribute => call.run::<DescribeVpcAttribute>().await,
        Op::ModifyVpcAttribute => call.run::<ModifyVpcAttribute>().await,
        Op::CreateSubnet => call.run::<CreateSubnet>().await,
        Op::DescribeSubnets => call.run::<DescribeSubnets>().await,
        Op::DeleteSubnet => call.run::<DeleteSubnet>().await,
        Op::CreateSecurityGroup => group::create(context, input).await,
        Op::DescribeSecurityGroups => group::describe(context, input),
        Op::DeleteSecurityGroup => group::delete(context, input).await,
        Op::AuthorizeSecurityGroupIngress => group::authorize(context, input, false).await,
        Op::AuthorizeSecurityGroupEgress => group::authorize(context, input, true).await,
        Op::RevokeSecurityGroupIngress => group::revoke(context, input, false).await,
        Op::RevokeSecurityGroupEgress => group::revoke(context, input, true).await,
        Op::CreateNetworkInterface => eni::create(context, input).await,
        Op::DescribeNetworkInterfaces => eni::describe(context, input),
        Op::DeleteNetworkInterface => eni::delete(context, input).await,
        Op::ModifyNetworkInterfaceAttribute => eni::modify_attribute(context, input).await,
        Op::ModifySubnetAttribute => call.run::<ModifySubnetAttribute>().await,
        Op::DescribeSecurityGroupRules => group::describe_rules(context, input),
        Op::DescribeRouteTables => route_table::describe(context, input),
        Op::DescribeAccountAttributes => Ok(region::account_attributes(context, input)),
        Op::DescribeNetworkAcls => acl::describe(context, input),
        Op::DescribeInternetGateways => region::internet_gateways(input),
        Op::DescribeNetworkInterfaceAttribute => eni::describe_attribute(context, input),
        Op::DescribeTags => tag::describe(context, input),
        Op::CreateTags => tag::create(context, input).await,
        Op::DeleteTags => tag::delete(context, input).await,
        Op::DescribeAvailabilityZones => Ok(region::availability_zones(context)),
        Op::DescribeRegions => region::regions(input),
    }
}

/// A scope begins with a default VPC, as a new account does.
async fn begin(context: &Context<'_>) -> Result<(), ApiError> {
    if context.driver.read(|engine| engine.has_scope(&context.scope)) {
        return Ok(());
    }
    let scope = context.scope.clone();
    let zones = zones(&scope.region);
    let question = Request::Vpc(VpcRequest::CreateDefault { scope, zones });
    request(context, None, question).await.map(drop)
}

/// How EC2 spells what the questions about a noun are refused for.
trait Spell {
    fn spell(self) -> ApiError;
}

/// Asks the engine; a dry run ends where everything is checked and nothing is changed.
async fn ask<A>(cx: &Context<'_>, is_dry: Option<bool>, question: A) -> Result<A::Answer, ApiError>
where
    A: Ask + Send + 'static,
    A::Refusal: Spell,
{
    if is_dry == Some(true) {
        cx.driver.rehearse(question).map_err(Spell::spell)?;
        return Err(would_succeed());
    }
    cx.driver.ask(question).await.map_err(|refused| match refused {
        Refused::Refused(refusal) => refusal.spell(),
        Refused::Draining => refusal::draining(),
        Refused::Unavailable(why) => refusal::unavailable(&why),
    })
}

/// Asks for a change of a noun without typed questions, whose dry runs check no more than the input.
async fn request(
    cx: &Context<'_>,
    is_dry: Option<bool>,
    request: Request,
) -> Result<Reply, ApiError> {
    dry_run(is_dry)?;
    cx.driver.request(request).await.map_err(refusal::spell)
}

/// What an operation without results answers.
fn nothing() -> Value {
    json!({})
}

/// What a dry run is answered that got to here.
fn would_succeed() -> ApiError {
    error("DryRunOperation", "Request would have succeeded, but DryRun flag is set.")
}

/// Ends a dry run that changes nothing anyway, or of which nothing is left to check.
fn dry_run(is_dry: Option<bool>) -> Result<(), ApiError> {
    match is_dry {
        Some(true) => Err(would_succeed()),
        Some(false) | None => Ok(()),
    }
}
