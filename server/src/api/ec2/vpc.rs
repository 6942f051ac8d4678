//! VPCs, as EC2 shows and changes them.

use engine::effect::Reply;
use engine::id::VpcId;
use engine::input::Request;
use engine::network::vpc::{Vpc, VpcRequest};
use engine::scope::Tags;
use serde_json::{Value, json};
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::DescribeVpcs;
use wire::ec2::output::{self, DescribeVpcsResult};

use crate::api::ec2::describe::{Described, Values, Wanted, describe, show_tags};
use crate::api::ec2::input::{block, id, missing, required, specified_tags};
use crate::api::ec2::{ask, nothing, refusal};
use crate::api::{Context, Operation};

pub(crate) async fn create(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let cidr = block(required(input, "CidrBlock").map_err(|_| missing("CidrBlock"))?, "cidrBlock")?;
    let tags = specified_tags(input, "vpc")?;
    let request = VpcRequest::Create { scope: context.scope.clone(), cidr, tags };
    let Reply::Vpc(vpc) = ask(context, Request::Vpc(request)).await? else {
        unreachable!("a VPC is answered with a VPC")
    };
    Ok(json!({"Vpc": view(&vpc, "pending")}))
}

impl Operation for DescribeVpcs {
    type Output = DescribeVpcsResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeVpcsResult, ApiError> {
        let DescribeVpcs { filters, vpc_ids: ids, next_token, max_results, dry_run } = self;
        let wanted = Wanted { ids, filters, max_results, next_token, dry_run };
        let page = describe(cx, wanted, |engine| engine.vpcs(&cx.scope).cloned().collect())?;
        Ok(DescribeVpcsResult { vpcs: Some(page.items), next_token: page.next_token })
    }
}

impl Described for Vpc {
    type Id = VpcId;
    type View = output::Vpc;
    const FILTERS: &'static [(&'static str, Values<Vpc>)] = &[
        ("cidr", |vpc| vec![vpc.cidr.to_string()]),
        ("cidr-block-association.association-id", |vpc| vec![vpc.cidr_association.to_string()]),
        ("cidr-block-association.cidr-block", |vpc| vec![vpc.cidr.to_string()]),
        ("cidr-block-association.state", |_| vec!["associated".into()]),
        ("dhcp-options-id", |vpc| vec![vpc.dhcp_options.to_string()]),
        ("ipv6-cidr-block-association.association-id", |_| vec![]),
        ("ipv6-cidr-block-association.ipv6-cidr-block", |_| vec![]),
        ("ipv6-cidr-block-association.ipv6-pool", |_| vec![]),
        ("ipv6-cidr-block-association.state", |_| vec![]),
        ("is-default", |vpc| vec![vpc.is_default.to_string()]),
        ("isDefault", |vpc| vec![vpc.is_default.to_string()]),
        ("owner-id", |vpc| vec![owner(vpc)]),
        ("state", |_| vec!["available".into()]),
        ("vpc-id", |vpc| vec![vpc.id.to_string()]),
    ];

    fn id(&self) -> VpcId {
        self.id
    }

    fn tags(&self) -> &Tags {
        &self.tags
    }

    fn view(self) -> output::Vpc {
        view(&self, "available")
    }
}

pub(crate) async fn delete(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let vpc = id(required(input, "VpcId")?)?;
    let request = VpcRequest::Delete { scope: context.scope.clone(), vpc };
    ask(context, Request::Vpc(request)).await.map(|_| nothing())
}

pub(crate) fn describe_attribute(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let id: VpcId = id(required(input, "VpcId")?)?;
    let attribute = required(input, "Attribute")?;
    context.driver.read(|engine| {
        let vpc = engine.vpc(&context.scope, id).map_err(refusal::spell)?;
        let (name, value) = match attribute {
            "enableDnsSupport" => ("EnableDnsSupport", vpc.dns_support),
            "enableDnsHostnames" => ("EnableDnsHostnames", vpc.dns_hostnames),
            "enableNetworkAddressUsageMetrics" => ("EnableNetworkAddressUsageMetrics", false),
            other => {
                let message = format!("Value ({other}) for parameter attribute is invalid.");
                return Err(error("InvalidParameterValue", message));
            }
        };
        Ok(json!({"VpcId": id.to_string(), name: {"Value": value}}))
    })
}

pub(crate) async fn modify_attribute(
    context: &Context<'_>,
    input: &Value,
) -> Result<Value, ApiError> {
    let vpc = id(required(input, "VpcId")?)?;
    let dns_support = input["EnableDnsSupport"]["Value"].as_bool();
    let dns_hostnames = input["EnableDnsHostnames"]["Value"].as_bool();
    let scope = context.scope.clone();
    match (dns_support, dns_hostnames) {
        (None, None) => Err(missing("EnableDnsSupport")),
        (Some(_), Some(_)) => {
            let message = "Fields for multiple attribute types specified";
            Err(error("InvalidParameterCombination", message))
        }
        _ => {
            let request = VpcRequest::Modify { scope, vpc, dns_support, dns_hostnames };
            ask(context, Request::Vpc(request)).await.map(|_| nothing())
        }
    }
}

fn view(vpc: &Vpc, state: &str) -> output::Vpc {
    output::Vpc {
        owner_id: Some(owner(vpc)),
        instance_tenancy: Some("default".into()),
        ipv6_cidr_block_association_set: Some(Vec::new()),
        cidr_block_association_set: Some(vec![output::VpcCidrBlockAssociation {
            association_id: Some(vpc.cidr_association.to_string()),
            cidr_block: Some(vpc.cidr.to_string()),
            cidr_block_state: Some(output::VpcCidrBlockState {
                state: Some("associated".into()),
                ..output::VpcCidrBlockState::default()
            }),
        }]),
        is_default: Some(vpc.is_default),
        tags: Some(show_tags(&vpc.tags)),
        vpc_id: Some(vpc.id.to_string()),
        state: Some(state.into()),
        cidr_block: Some(vpc.cidr.to_string()),
        dhcp_options_id: Some(vpc.dhcp_options.to_string()),
        ..output::Vpc::default()
    }
}

fn owner(vpc: &Vpc) -> String {
    format!("{:012}", vpc.scope.account)
}
