//! VPCs, as EC2 shows and changes them.

use engine::cidr::Cidr;
use engine::id::{CidrAssociationId, VpcId};
use engine::network::dhcp_options::NONE;
use engine::network::vpc::{self, Refusal};
use engine::record::vpc::{Block6, Vpc};
use engine::scope::Tags;
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{
    CreateVpc, DeleteVpc, DescribeVpcAttribute, DescribeVpcs, ModifyVpcAttribute,
};
use wire::ec2::output::{
    self, AttributeBooleanValue, CreateVpcResult, DescribeVpcAttributeResult, DescribeVpcsResult,
};

use crate::api::ec2::describe::{Attribute, Described, Wanted, describe};
use crate::api::ec2::input::{block, id, missing, no_such};
use crate::api::ec2::operations::cidr_block;
use crate::api::ec2::text::tags_for;
use crate::api::ec2::{Spell, ask, dry_run, show};
use crate::api::operation::{Context, Operation};

impl Operation for CreateVpc {
    type Output = CreateVpcResult;

    async fn run(self, cx: &Context<'_>) -> Result<CreateVpcResult, ApiError> {
        let CreateVpc { cidr_block, tag_specifications, dry_run, amazon_provided_ipv6_cidr_block } =
            self;
        let cidr_block = cidr_block.ok_or_else(|| missing("CidrBlock"))?;
        let cidr = block(&cidr_block, "cidrBlock")?;
        let tags = tags_for("vpc", &tag_specifications)?;
        let has_ipv6 = amazon_provided_ipv6_cidr_block == Some(true);
        let question = vpc::Create { scope: cx.scope.clone(), cidr, has_ipv6, tags };
        let vpc = ask(cx, dry_run, question).await?;
        Ok(CreateVpcResult { vpc: Some(view(&vpc, "pending")) })
    }
}

impl Operation for DeleteVpc {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteVpc { vpc_id, dry_run } = self;
        ask(cx, dry_run, vpc::Delete { scope: cx.scope.clone(), vpc: id(&vpc_id)? }).await
    }
}

impl Operation for DescribeVpcAttribute {
    type Output = DescribeVpcAttributeResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeVpcAttributeResult, ApiError> {
        let DescribeVpcAttribute { attribute, vpc_id, dry_run: is_dry } = self;
        let id: VpcId = id(&vpc_id)?;
        let vpc = cx.driver.read(|engine| engine.vpc(&cx.scope, id).cloned());
        let vpc = vpc.map_err(Spell::spell)?;
        let mut shown =
            DescribeVpcAttributeResult { vpc_id: Some(id.to_string()), ..Default::default() };
        let value = |value| Some(AttributeBooleanValue { value: Some(value) });
        match attribute.as_str() {
            "enableDnsSupport" => shown.enable_dns_support = value(vpc.dns_support),
            "enableDnsHostnames" => shown.enable_dns_hostnames = value(vpc.dns_hostnames),
            "enableNetworkAddressUsageMetrics" => {
                shown.enable_network_address_usage_metrics = value(vpc.usage_metrics);
            }
            other => {
                let message = format!("Value ({other}) for parameter attribute is invalid.");
                return Err(error("InvalidParameterValue", message));
            }
        }
        dry_run(is_dry)?;
        Ok(shown)
    }
}

impl Operation for ModifyVpcAttribute {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let ModifyVpcAttribute {
            enable_dns_hostnames,
            enable_dns_support,
            vpc_id,
            enable_network_address_usage_metrics,
        } = self;
        let question = vpc::Modify {
            scope: cx.scope.clone(),
            vpc: id(&vpc_id)?,
            dns_support: enable_dns_support.and_then(|given| given.value),
            dns_hostnames: enable_dns_hostnames.and_then(|given| given.value),
            usage_metrics: enable_network_address_usage_metrics.and_then(|given| given.value),
        };
        let given = [question.dns_support, question.dns_hostnames, question.usage_metrics];
        match given.iter().flatten().count() {
            0 => Err(missing("EnableDnsSupport")),
            // The operation has no dry run.
            1 => ask(cx, None, question).await,
            _ => {
                let message = "Fields for multiple attribute types specified";
                Err(error("InvalidParameterCombination", message))
            }
        }
    }
}

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        match self {
            Refusal::NoVpc(id) => no_such(id),
            Refusal::Size(cidr) | Refusal::Reserved(cidr) => {
                error("InvalidVpc.Range", format!("The CIDR '{cidr}' is invalid."))
            }
            Refusal::NoIpv6Block => cidr_block::none_left(),
            Refusal::TooMany => error("VpcLimitExceeded", "The maximum number has been reached."),
            Refusal::InUse(id) => {
                let message = format!("The vpc '{id}' has dependencies and cannot be deleted.");
                error("DependencyViolation", message)
            }
        }
    }
}

impl Operation for DescribeVpcs {
    type Output = DescribeVpcsResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeVpcsResult, ApiError> {
        let DescribeVpcs { filters, vpc_ids: ids, next_token, max_results, dry_run } = self;
        let wanted = Wanted { ids, filters, max_results, next_token, dry_run };
        let vpcs = cx.driver.read(|engine| {
            let with_blocks = |vpc: &Vpc| {
                let blocks = engine.blocks_of(vpc).collect();
                Shown { vpc: vpc.clone(), blocks }
            };
            engine.vpcs(&cx.scope).map(with_blocks).collect()
        });
        let page = describe::<Shown>(wanted, vpcs)?;
        Ok(DescribeVpcsResult { vpcs: Some(page.items), next_token: page.next_token })
    }
}

/// A VPC with its IPv4 blocks.
struct Shown {
    vpc: Vpc,
    blocks: Vec<(CidrAssociationId, Cidr)>,
}

impl Described for Shown {
    type Id = VpcId;
    type View = output::Vpc;
    const FILTERS: &'static [Attribute<Shown>] = &[
        ("cidr", |each| vec![each.vpc.cidr.to_string()]),
        // AWS takes it without documenting it, and Ansible's module sends it.
        ("cidr-block", |each| vec![each.vpc.cidr.to_string()]),
        ("cidr-block-association.association-id", |each| {
            each.blocks.iter().map(|(association, _)| association.to_string()).collect()
        }),
        ("cidr-block-association.cidr-block", |each| {
            each.blocks.iter().map(|(_, block)| block.to_string()).collect()
        }),
        ("cidr-block-association.state", |_| vec!["associated".into()]),
        ("dhcp-options-id", |each| vec![options(&each.vpc)]),
        ("ipv6-cidr-block-association.association-id", |each| {
            of_blocks6(&each.vpc, |block| block.association.to_string())
        }),
        ("ipv6-cidr-block-association.ipv6-cidr-block", |each| {
            of_blocks6(&each.vpc, |block| block.cidr.to_string())
        }),
        ("ipv6-cidr-block-association.ipv6-pool", |each| {
            of_blocks6(&each.vpc, |_| "Amazon".into())
        }),
        ("ipv6-cidr-block-association.state", |each| {
            of_blocks6(&each.vpc, |_| "associated".into())
        }),
        ("is-default", |each| vec![each.vpc.is_default.to_string()]),
        ("isDefault", |each| vec![each.vpc.is_default.to_string()]),
        ("owner-id", |each| vec![show::owner(&each.vpc.scope)]),
        ("state", |_| vec!["available".into()]),
        ("vpc-id", |each| vec![each.vpc.id.to_string()]),
    ];

    fn id(&self) -> VpcId {
        self.vpc.id
    }

    fn tags(&self) -> &Tags {
        &self.vpc.tags
    }

    fn view(self) -> output::Vpc {
        shown(&self.vpc, &self.blocks, "available")
    }
}

fn of_blocks6(vpc: &Vpc, value: fn(&Block6) -> String) -> Vec<String> {
    vpc.blocks6.iter().map(value).collect()
}

/// The DHCP options that a VPC has, or the word for none.
fn options(vpc: &Vpc) -> String {
    match vpc.dhcp_options {
        NONE => "default".to_owned(),
        id => id.to_string(),
    }
}

/// A VPC that is new, as it is shown in a state.
pub(crate) fn view(vpc: &Vpc, state: &str) -> output::Vpc {
    shown(vpc, &[(vpc.cidr_association, vpc.cidr)], state)
}

/// A VPC with its IPv4 blocks, as it is shown in a state.
fn shown(vpc: &Vpc, blocks: &[(CidrAssociationId, Cidr)], state: &str) -> output::Vpc {
    let region = &vpc.scope.region;
    // Of a VPC that is being made the block is told later, as by AWS.
    let shown6 = |block: &Block6| match state {
        "available" => cidr_block::of_vpc(block, region, "associated"),
        _ => cidr_block::associating(block, region),
    };
    output::Vpc {
        owner_id: Some(show::owner(&vpc.scope)),
        instance_tenancy: Some("default".into()),
        ipv6_cidr_block_association_set: Some(vpc.blocks6.iter().map(shown6).collect()),
        cidr_block_association_set: Some(
            blocks.iter().map(|(id, cidr)| cidr_block::of_ipv4(*id, *cidr, "associated")).collect(),
        ),
        is_default: Some(vpc.is_default),
        tags: Some(show::tags(&vpc.tags)),
        vpc_id: Some(vpc.id.to_string()),
        state: Some(state.into()),
        cidr_block: Some(vpc.cidr.to_string()),
        dhcp_options_id: Some(options(vpc)),
        ..output::Vpc::default()
    }
}
