//! EC2: the operations of VPCs and what is in them, one file per noun.

mod acl;
mod describe;
mod eni;
mod eni_view;
mod group;
mod input;
mod list;
mod permission;
mod region;
mod route_table;
mod rule;
mod show;
mod subnet;
mod tag;
mod vpc;

use engine::ask::Ask;
use engine::id::Missing;
use serde_json::Value;
use wire::ApiError;
use wire::ec2::input::*;
use wire::ec2::{Op, error};

use crate::api::ec2::input::{Id, no_such};
use crate::api::{Call, Context};
use crate::driver::Refused;
use crate::zone::zones;

pub(super) async fn dispatch(call: Call<'_>, op: Op) -> Result<Value, ApiError> {
    begin(call.cx).await?;
    match op {
        Op::AuthorizeSecurityGroupEgress => call.run::<AuthorizeSecurityGroupEgress>().await,
        Op::AuthorizeSecurityGroupIngress => call.run::<AuthorizeSecurityGroupIngress>().await,
        Op::CreateNetworkInterface => call.run::<CreateNetworkInterface>().await,
        Op::CreateSecurityGroup => call.run::<CreateSecurityGroup>().await,
        Op::CreateSubnet => call.run::<CreateSubnet>().await,
        Op::CreateTags => call.run::<CreateTags>().await,
        Op::CreateVpc => call.run::<CreateVpc>().await,
        Op::DeleteNetworkInterface => call.run::<DeleteNetworkInterface>().await,
        Op::DeleteSecurityGroup => call.run::<DeleteSecurityGroup>().await,
        Op::DeleteSubnet => call.run::<DeleteSubnet>().await,
        Op::DeleteTags => call.run::<DeleteTags>().await,
        Op::DeleteVpc => call.run::<DeleteVpc>().await,
        Op::DescribeAccountAttributes => call.run::<DescribeAccountAttributes>().await,
        Op::DescribeAvailabilityZones => call.run::<DescribeAvailabilityZones>().await,
        Op::DescribeInternetGateways => call.run::<DescribeInternetGateways>().await,
        Op::DescribeNetworkAcls => call.run::<DescribeNetworkAcls>().await,
        Op::DescribeNetworkInterfaceAttribute => {
            call.run::<DescribeNetworkInterfaceAttribute>().await
        }
        Op::DescribeNetworkInterfaces => call.run::<DescribeNetworkInterfaces>().await,
        Op::DescribeRegions => call.run::<DescribeRegions>().await,
        Op::DescribeSecurityGroupRules => call.run::<DescribeSecurityGroupRules>().await,
        Op::DescribeSecurityGroups => call.run::<DescribeSecurityGroups>().await,
        Op::DescribeSubnets => call.run::<DescribeSubnets>().await,
        Op::DescribeTags => call.run::<DescribeTags>().await,
        Op::DescribeVpcAttribute => call.run::<DescribeVpcAttribute>().await,
        Op::DescribeVpcs => call.run::<DescribeVpcs>().await,
        Op::ModifyNetworkInterfaceAttribute => call.run::<ModifyNetworkInterfaceAttribute>().await,
        Op::ModifySubnetAttribute => call.run::<ModifySubnetAttribute>().await,
        Op::ModifyVpcAttribute => call.run::<ModifyVpcAttribute>().await,
        Op::RevokeSecurityGroupEgress => call.run::<RevokeSecurityGroupEgress>().await,
        Op::RevokeSecurityGroupIngress => call.run::<RevokeSecurityGroupIngress>().await,
        Op::DescribeRouteTables => {
            dry_run(call.input["DryRun"].as_bool())?;
            route_table::describe(call.cx, &call.input)
        }
    }
}

/// A scope begins with a default VPC, as a new account does.
async fn begin(context: &Context<'_>) -> Result<(), ApiError> {
    if context.driver.read(|engine| engine.has_scope(&context.scope)) {
        return Ok(());
    }
    let scope = context.scope.clone();
    let zones = zones(&scope.region);
    ask(context, None, engine::network::vpc::CreateDefault { scope, zones }).await.map(drop)
}

/// How EC2 spells what the questions about a noun are refused for.
trait Spell {
    fn spell(self) -> ApiError;
}

impl<I: Id> Spell for Missing<I> {
    fn spell(self) -> ApiError {
        no_such(self.0)
    }
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
        Refused::Draining => error("Unavailable", "The server is shutting down."),
        // The store cannot be written.
        Refused::Unavailable(why) => error("Unavailable", why),
    })
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
