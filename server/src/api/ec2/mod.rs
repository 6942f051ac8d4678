//! EC2: the operations of VPCs and what is in them, one file per noun.

mod acl;
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

use engine::effect::Reply;
use engine::input::Request;
use engine::network::vpc::VpcRequest;
use serde_json::{Value, json};
use wire::ec2::{Op, error};
use wire::{ApiError, Operation};

use crate::api::Context;
use crate::zone::zones;

pub(crate) async fn dispatch(
    context: &Context<'_>,
    operation: &'static Operation,
    op: Op,
    input: &Value,
) -> Result<Value, ApiError> {
    if input["DryRun"] == true {
        let message = "Request would have succeeded, but DryRun flag is set.";
        let mut refusal = error("DryRunOperation", message);
        refusal.status = 412;
        return Err(refusal);
    }
    begin(context).await?;
    match op {
        Op::CreateVpc => vpc::create(context, input).await,
        Op::DescribeVpcs => vpc::describe(context, input),
        Op::DeleteVpc => vpc::delete(context, input).await,
        Op::DescribeVpcAttribute => vpc::describe_attribute(context, input),
        Op::ModifyVpcAttribute => vpc::modify_attribute(context, input).await,
        Op::CreateSubnet => subnet::create(context, input).await,
        Op::DescribeSubnets => subnet::describe(context, input),
        Op::DeleteSubnet => subnet::delete(context, input).await,
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
        Op::ModifySubnetAttribute => subnet::modify_attribute(context, input).await,
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
        _ => Err(ApiError::unsupported(operation)),
    }
}

/// A scope begins with a default VPC, as a new account does.
async fn begin(context: &Context<'_>) -> Result<(), ApiError> {
    if context.driver.read(|engine| engine.has_scope(&context.scope)) {
        return Ok(());
    }
    let scope = context.scope.clone();
    let zones = zones(&scope.region);
    ask(context, Request::Vpc(VpcRequest::CreateDefault { scope, zones })).await.map(drop)
}

async fn ask(context: &Context<'_>, request: Request) -> Result<Reply, ApiError> {
    context.driver.request(request).await.map_err(refusal::spell)
}

/// What an operation without results answers.
fn nothing() -> Value {
    json!({})
}
