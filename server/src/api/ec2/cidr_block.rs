//! Blocks of VPCs and subnets beside their first ones, as EC2 shows and changes them.

use engine::cidr::Cidr;
use engine::id::{CidrAssociationId, SubnetCidrAssociationId};
use engine::network::ipv6::{self, Refusal};
use engine::network::vpc_block;
use engine::record::subnet::SubnetBlock6;
use engine::record::vpc::Block6;
use engine::record::vpc_block::VpcBlock;
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{
    AssociateSubnetCidrBlock, AssociateVpcCidrBlock, DisassociateSubnetCidrBlock,
    DisassociateVpcCidrBlock,
};
use wire::ec2::output::{
    AssociateSubnetCidrBlockResult, AssociateVpcCidrBlockResult, DisassociateSubnetCidrBlockResult,
    DisassociateVpcCidrBlockResult, SubnetCidrBlockState, SubnetIpv6CidrBlockAssociation,
    VpcCidrBlockAssociation, VpcCidrBlockState, VpcIpv6CidrBlockAssociation,
};

use crate::api::ec2::input::{block, block6, given, id, missing, no_such, together};
use crate::api::ec2::{Spell, ask};
use crate::api::operation::{Context, Operation};

impl Operation for AssociateVpcCidrBlock {
    type Output = AssociateVpcCidrBlockResult;

    async fn run(self, cx: &Context<'_>) -> Result<AssociateVpcCidrBlockResult, ApiError> {
        let AssociateVpcCidrBlock { vpc_id, cidr_block, amazon_provided_ipv6_cidr_block } = self;
        let vpc = id(&vpc_id)?;
        let wants_ipv6 = amazon_provided_ipv6_cidr_block == Some(true);
        match (given(cidr_block), wants_ipv6) {
            (Some(_), true) => return Err(together("cidrBlock", "amazonProvidedIpv6CidrBlock")),
            (None, false) => return Err(missing("CidrBlock")),
            (None, true) => {}
            (Some(text), false) => {
                let cidr = block(&text, "cidrBlock")?;
                let question = vpc_block::Associate { scope: cx.scope.clone(), vpc, cidr };
                let made = ask(cx, None, question).await?;
                return Ok(AssociateVpcCidrBlockResult {
                    vpc_id: Some(vpc_id),
                    cidr_block_association: Some(of_block(&made, "associating")),
                    ..Default::default()
                });
            }
        }
        // The operation has no dry run.
        let block = ask(cx, None, ipv6::AssociateVpc { scope: cx.scope.clone(), vpc }).await?;
        Ok(AssociateVpcCidrBlockResult {
            vpc_id: Some(vpc_id),
            ipv6_cidr_block_association: Some(associating(&block, &cx.scope.region)),
            ..Default::default()
        })
    }
}

impl Operation for DisassociateVpcCidrBlock {
    type Output = DisassociateVpcCidrBlockResult;

    async fn run(self, cx: &Context<'_>) -> Result<DisassociateVpcCidrBlockResult, ApiError> {
        let DisassociateVpcCidrBlock { association_id } = self;
        let association: Result<CidrAssociationId, _> = association_id.parse();
        let association = association.map_err(|_| no_vpc_association(&association_id))?;
        let scope = cx.scope.clone();
        if cx.driver.read(|engine| engine.is_vpc_block(association)) {
            let gone = ask(cx, None, vpc_block::Disassociate { scope, association }).await?;
            return Ok(DisassociateVpcCidrBlockResult {
                vpc_id: Some(gone.vpc.to_string()),
                cidr_block_association: Some(of_block(&gone, "disassociating")),
                ..Default::default()
            });
        }
        let question = ipv6::DisassociateVpc { scope, association };
        let (vpc, block) = ask(cx, None, question).await?;
        Ok(DisassociateVpcCidrBlockResult {
            vpc_id: Some(vpc.to_string()),
            ipv6_cidr_block_association: Some(of_vpc(&block, &cx.scope.region, "disassociating")),
            ..Default::default()
        })
    }
}

impl Operation for AssociateSubnetCidrBlock {
    type Output = AssociateSubnetCidrBlockResult;

    async fn run(self, cx: &Context<'_>) -> Result<AssociateSubnetCidrBlockResult, ApiError> {
        let AssociateSubnetCidrBlock { ipv6_cidr_block, subnet_id } = self;
        let subnet = id(&subnet_id)?;
        let text = given(ipv6_cidr_block).ok_or_else(|| missing("Ipv6CidrBlock"))?;
        let cidr = block6(&text, "ipv6CidrBlock")?;
        let question = ipv6::AssociateSubnet { scope: cx.scope.clone(), subnet, cidr };
        let block = ask(cx, None, question).await?;
        Ok(AssociateSubnetCidrBlockResult {
            subnet_id: Some(subnet_id),
            ipv6_cidr_block_association: Some(of_subnet(&block, "associating")),
        })
    }
}

impl Operation for DisassociateSubnetCidrBlock {
    type Output = DisassociateSubnetCidrBlockResult;

    async fn run(self, cx: &Context<'_>) -> Result<DisassociateSubnetCidrBlockResult, ApiError> {
        let DisassociateSubnetCidrBlock { association_id } = self;
        let association: Result<SubnetCidrAssociationId, _> = association_id.parse();
        let association = association.map_err(|_| no_subnet_association(&association_id))?;
        let question = ipv6::DisassociateSubnet { scope: cx.scope.clone(), association };
        let (subnet, block) = ask(cx, None, question).await?;
        Ok(DisassociateSubnetCidrBlockResult {
            subnet_id: Some(subnet.to_string()),
            ipv6_cidr_block_association: Some(of_subnet(&block, "disassociating")),
        })
    }
}

/// An IPv4 block of a VPC.
pub(crate) fn of_ipv4(
    association: CidrAssociationId,
    cidr: Cidr,
    state: &str,
) -> VpcCidrBlockAssociation {
    VpcCidrBlockAssociation {
        association_id: Some(association.to_string()),
        cidr_block: Some(cidr.to_string()),
        cidr_block_state: Some(VpcCidrBlockState {
            state: Some(state.into()),
            ..VpcCidrBlockState::default()
        }),
    }
}

fn of_block(block: &VpcBlock, state: &str) -> VpcCidrBlockAssociation {
    of_ipv4(block.association, block.cidr, state)
}

/// An IPv6 block of a VPC.
pub(crate) fn of_vpc(block: &Block6, region: &str, state: &str) -> VpcIpv6CidrBlockAssociation {
    VpcIpv6CidrBlockAssociation {
        association_id: Some(block.association.to_string()),
        ipv6_cidr_block: Some(block.cidr.to_string()),
        ipv6_cidr_block_state: Some(VpcCidrBlockState {
            state: Some(state.into()),
            ..VpcCidrBlockState::default()
        }),
        network_border_group: Some(region.into()),
        ipv6_pool: Some("Amazon".into()),
        ipv6_address_attribute: Some("public".into()),
        ip_source: Some("amazon".into()),
    }
}

/// The same as whoever asked for it is answered: what it is AWS tells only later.
pub(crate) fn associating(block: &Block6, region: &str) -> VpcIpv6CidrBlockAssociation {
    let shown = of_vpc(block, region, "associating");
    VpcIpv6CidrBlockAssociation { ipv6_cidr_block: Some(String::new()), ..shown }
}

/// The IPv6 block of a subnet.
pub(crate) fn of_subnet(block: &SubnetBlock6, state: &str) -> SubnetIpv6CidrBlockAssociation {
    SubnetIpv6CidrBlockAssociation {
        association_id: Some(block.association.to_string()),
        ipv6_cidr_block: Some(block.cidr.to_string()),
        ipv6_cidr_block_state: Some(SubnetCidrBlockState {
            state: Some(state.into()),
            ..SubnetCidrBlockState::default()
        }),
        ipv6_address_attribute: Some("public".into()),
        ip_source: Some("amazon".into()),
    }
}

/// The error that all IPv6 blocks of the installation are VPCs'.
pub(crate) fn none_left() -> ApiError {
    let message = "There are not enough free IPv6 CIDR blocks to satisfy the request.";
    error("InsufficientCidrBlocks", message)
}

fn no_vpc_association(text: &str) -> ApiError {
    let message = format!("The vpc CIDR block association ID '{text}' does not exist");
    error("InvalidVpcCidrBlockAssociationID.NotFound", message)
}

fn no_subnet_association(text: &str) -> ApiError {
    let message = format!("The subnet CIDR block with association ID '{text}' does not exist");
    error("InvalidSubnetCidrBlockAssociationID.NotFound", message)
}

impl Spell for vpc_block::Refusal {
    fn spell(self) -> ApiError {
        use vpc_block::Refusal;
        let (code, message) = match self {
            Refusal::NoVpc(id) => return no_such(id),
            Refusal::NoAssociation(id) => return no_vpc_association(&id.to_string()),
            Refusal::Primary(id) => return primary(id),
            Refusal::Size(cidr) => ("InvalidVpc.Range", format!("The CIDR '{cidr}' is invalid.")),
            Refusal::Restricted(cidr) => (
                "InvalidVpc.Range",
                format!(
                    "The CIDR '{cidr}' is restricted. Use a CIDR from the same private address range as \
                     the current VPC CIDR, or use a publicly-routable CIDR. For additional restrictions, see \
                     https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Subnets.html#VPC_Sizing"
                ),
            ),
            Refusal::Overlaps(cidr) => (
                "InvalidVpc.Range",
                format!("The CIDR '{cidr}' conflicts with another CIDR block of the VPC."),
            ),
            Refusal::Routed(cidr, route) => (
                "InvalidVpc.Range",
                format!(
                    "The CIDR '{cidr}' is the same as or larger than the destination {route} of a route."
                ),
            ),
            Refusal::OverlapsPeer(cidr, peer) => (
                "InvalidVpc.Range",
                format!("The CIDR '{cidr}' overlaps with a CIDR block of the peer VPC {peer}."),
            ),
            Refusal::AsksForPeer(id) => (
                "InvalidVpcState",
                format!(
                    "The vpc '{id}' has asked for a peering connection that is not accepted yet."
                ),
            ),
            Refusal::TooMany(id) => (
                "CidrLimitExceeded",
                format!(
                    "This network '{id}' has met its maximum number of allowed CIDRs: {}",
                    engine::limits::BLOCKS_PER_VPC
                ),
            ),
            Refusal::InUse(id, cidr) => (
                "InvalidCidrBlock.InUse",
                format!("The vpc {id} currently has a subnet within CIDR block {cidr}"),
            ),
        };
        error(code, message)
    }
}

fn primary(id: CidrAssociationId) -> ApiError {
    let message = format!(
        "The vpc CIDR block with association ID {id} may not be disassociated. It is the primary IPv4 CIDR \
         block of the VPC"
    );
    error("OperationNotPermitted", message)
}

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        let (code, message) = match self {
            Refusal::NoVpc(id) => return no_such(id),
            Refusal::NoSubnet(id) => return no_such(id),
            Refusal::NoVpcAssociation(id) => return no_vpc_association(&id.to_string()),
            Refusal::NoSubnetAssociation(id) => return no_subnet_association(&id.to_string()),
            Refusal::NoneLeft => return none_left(),
            Refusal::Primary(id) => return primary(id),
            Refusal::TooMany(id) => {
                let message = format!(
                    "This network '{id}' has met its maximum number of allowed CIDRs: {}",
                    engine::limits::IPV6_BLOCKS_PER_VPC
                );
                ("CidrLimitExceeded", message)
            }
            Refusal::HasOne(id) => {
                let message =
                    format!("This subnet '{id}' has met its maximum number of allowed CIDRs: 1");
                ("CidrLimitExceeded", message)
            }
            Refusal::Range(cidr) => {
                ("InvalidSubnet.Range", format!("The CIDR '{cidr}' is invalid."))
            }
            Refusal::Conflict(cidr) => {
                let message = format!("The CIDR '{cidr}' conflicts with another subnet");
                ("InvalidSubnet.Conflict", message)
            }
            Refusal::InUse(cidr) => {
                let message =
                    format!("The CIDR '{cidr}' has dependencies and cannot be disassociated.");
                ("DependencyViolation", message)
            }
        };
        error(code, message)
    }
}
