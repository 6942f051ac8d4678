//! Peering connections, as EC2 shows and changes them.

use engine::engine::Engine;
use engine::id::{PeeringId, VpcId};
use engine::network::peering::{self, Decide, Deed, Refusal};
use engine::record::peering::{Peering, PeeringState};
use engine::scope::{Scope, Tags};
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{
    AcceptVpcPeeringConnection, CreateVpcPeeringConnection, DeleteVpcPeeringConnection,
    DescribeVpcPeeringConnections, ModifyVpcPeeringConnectionOptions,
    PeeringConnectionOptionsRequest, RejectVpcPeeringConnection,
};
use wire::ec2::output::{
    AcceptVpcPeeringConnectionResult, CidrBlock, CreateVpcPeeringConnectionResult,
    DeleteVpcPeeringConnectionResult, DescribeVpcPeeringConnectionsResult,
    ModifyVpcPeeringConnectionOptionsResult, PeeringConnectionOptions,
    RejectVpcPeeringConnectionResult, VpcPeeringConnection, VpcPeeringConnectionOptionsDescription,
    VpcPeeringConnectionStateReason, VpcPeeringConnectionVpcInfo,
};

use crate::api::ec2::describe::{Attribute, Described, Wanted, describe};
use crate::api::ec2::input::{given, id, missing, no_such};
use crate::api::ec2::text::tags_for;
use crate::api::ec2::{Spell, ask, show};
use crate::api::operation::{Context, Operation};

impl Operation for CreateVpcPeeringConnection {
    type Output = CreateVpcPeeringConnectionResult;

    async fn run(self, cx: &Context<'_>) -> Result<CreateVpcPeeringConnectionResult, ApiError> {
        let CreateVpcPeeringConnection {
            peer_region,
            tag_specifications,
            dry_run,
            vpc_id,
            peer_vpc_id,
            peer_owner_id,
        } = self;
        if let Some(region) = given(peer_region).filter(|region| *region != cx.scope.region) {
            let message = format!(
                "Warren does not support peering with the region '{region}': regions do not reach each \
                 other."
            );
            return Err(error("UnsupportedOperation", message));
        }
        let accepter = given(peer_vpc_id).ok_or_else(|| missing("peerVpcId"))?;
        let account = match given(peer_owner_id) {
            Some(owner) => account(&owner)?,
            None => cx.scope.account,
        };
        let question = peering::Create {
            scope: cx.scope.clone(),
            vpc: id(&vpc_id)?,
            accepter_scope: Scope { account, region: cx.scope.region.clone() },
            accepter: id(&accepter)?,
            tags: tags_for("vpc-peering-connection", &tag_specifications)?,
        };
        let made = ask(cx, dry_run, question).await?;
        let accepter = show::owner(&made.accepter_scope);
        let shown = cx.driver.read(|engine| Shown::of(engine, &cx.scope, &made)).view();
        let shown = VpcPeeringConnection {
            status: status("initiating-request", format!("Initiating Request to {accepter}")),
            ..shown
        };
        Ok(CreateVpcPeeringConnectionResult { vpc_peering_connection: Some(shown) })
    }
}

/// An account by its number.
fn account(text: &str) -> Result<u64, ApiError> {
    let is_one = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_one).ok_or_else(|| {
        let message =
            format!("Value ({text}) for parameter peerOwnerId is invalid. Not an account ID.");
        error("InvalidParameterValue", message)
    })
}

async fn decide(
    cx: &Context<'_>,
    dry_run: Option<bool>,
    peering: &str,
    deed: Deed,
) -> Result<Peering, ApiError> {
    let question = Decide { scope: cx.scope.clone(), peering: id(peering)?, deed };
    ask(cx, dry_run, question).await
}

impl Operation for AcceptVpcPeeringConnection {
    type Output = AcceptVpcPeeringConnectionResult;

    async fn run(self, cx: &Context<'_>) -> Result<AcceptVpcPeeringConnectionResult, ApiError> {
        let AcceptVpcPeeringConnection { dry_run, vpc_peering_connection_id } = self;
        let made = decide(cx, dry_run, &vpc_peering_connection_id, Deed::Accept).await?;
        let shown = cx.driver.read(|engine| Shown::of(engine, &cx.scope, &made)).view();
        let shown =
            VpcPeeringConnection { status: status("provisioning", "Provisioning".into()), ..shown };
        Ok(AcceptVpcPeeringConnectionResult { vpc_peering_connection: Some(shown) })
    }
}

impl Operation for RejectVpcPeeringConnection {
    type Output = RejectVpcPeeringConnectionResult;

    async fn run(self, cx: &Context<'_>) -> Result<RejectVpcPeeringConnectionResult, ApiError> {
        let RejectVpcPeeringConnection { dry_run, vpc_peering_connection_id } = self;
        decide(cx, dry_run, &vpc_peering_connection_id, Deed::Reject).await?;
        Ok(RejectVpcPeeringConnectionResult { r#return: Some(true) })
    }
}

impl Operation for DeleteVpcPeeringConnection {
    type Output = DeleteVpcPeeringConnectionResult;

    async fn run(self, cx: &Context<'_>) -> Result<DeleteVpcPeeringConnectionResult, ApiError> {
        let DeleteVpcPeeringConnection { dry_run, vpc_peering_connection_id } = self;
        decide(cx, dry_run, &vpc_peering_connection_id, Deed::Delete).await?;
        Ok(DeleteVpcPeeringConnectionResult { r#return: Some(true) })
    }
}

impl Operation for ModifyVpcPeeringConnectionOptions {
    type Output = ModifyVpcPeeringConnectionOptionsResult;

    async fn run(
        self,
        cx: &Context<'_>,
    ) -> Result<ModifyVpcPeeringConnectionOptionsResult, ApiError> {
        let ModifyVpcPeeringConnectionOptions {
            accepter_peering_connection_options,
            dry_run,
            requester_peering_connection_options,
            vpc_peering_connection_id,
        } = self;
        let wanted = |options: Option<PeeringConnectionOptionsRequest>| {
            options.and_then(|options| options.allow_dns_resolution_from_remote_vpc)
        };
        let requester = wanted(requester_peering_connection_options);
        let accepter = wanted(accepter_peering_connection_options);
        if requester.is_none() && accepter.is_none() {
            return Err(missing("RequesterPeeringConnectionOptions"));
        }
        let deed = Deed::Options(requester, accepter);
        let made = decide(cx, dry_run, &vpc_peering_connection_id, deed).await?;
        let options = |given: Option<bool>, value| {
            given.map(|_| PeeringConnectionOptions {
                allow_dns_resolution_from_remote_vpc: Some(value),
                ..PeeringConnectionOptions::default()
            })
        };
        Ok(ModifyVpcPeeringConnectionOptionsResult {
            accepter_peering_connection_options: options(accepter, made.dns.1),
            requester_peering_connection_options: options(requester, made.dns.0),
        })
    }
}

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        let (code, message) = match self {
            Refusal::NoVpc(id) => return no_such(id),
            Refusal::NoPeering(id) => return no_such(id),
            Refusal::Exists(id) => (
                "VpcPeeringConnectionAlreadyExists",
                format!("A VPC peering connection already exists between these VPCs: {id}"),
            ),
            Refusal::TooManyPending => (
                "OutstandingVpcPeeringConnectionLimitExceeded",
                "The maximum number has been reached.".into(),
            ),
            Refusal::TooMany(_) => (
                "ActiveVpcPeeringConnectionPerVpcLimitExceeded",
                "The maximum number has been reached.".into(),
            ),
            Refusal::OfTheOther(id) => (
                "OperationNotPermitted",
                format!("The owner of the accepter VPC alone accepts or rejects {id}"),
            ),
            Refusal::OptionOfTheOther(id) => (
                "OperationNotPermitted",
                format!("User cannot modify the options of the other VPC of peering {id}"),
            ),
            Refusal::Transition(id, state, deed) => {
                let to = match deed {
                    Deed::Accept | Deed::Options(..) => "active",
                    Deed::Reject => "rejected",
                    Deed::Delete => "deleted",
                };
                let from = code(state);
                (
                    "InvalidStateTransition",
                    format!(
                        "Invalid state transition for {id}, attempted to transition from {from} to {to}"
                    ),
                )
            }
        };
        error(code, message)
    }
}

/// The word for a state.
pub(crate) fn code(state: PeeringState) -> &'static str {
    match state {
        PeeringState::Pending => "pending-acceptance",
        PeeringState::Active => "active",
        PeeringState::Failed(_) => "failed",
        PeeringState::Rejected(_) => "rejected",
        PeeringState::Expired(_) => "expired",
        PeeringState::Deleted(..) => "deleted",
    }
}

fn status(code: &str, message: String) -> Option<VpcPeeringConnectionStateReason> {
    Some(VpcPeeringConnectionStateReason { code: Some(code.into()), message: Some(message) })
}

impl Operation for DescribeVpcPeeringConnections {
    type Output = DescribeVpcPeeringConnectionsResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeVpcPeeringConnectionsResult, ApiError> {
        let DescribeVpcPeeringConnections {
            next_token,
            max_results,
            dry_run,
            vpc_peering_connection_ids: ids,
            filters,
        } = self;
        let wanted = Wanted { ids, filters, max_results, next_token, dry_run };
        let all = |engine: &Engine| {
            let all = engine.peerings(&cx.scope);
            all.map(|peering| Shown::of(engine, &cx.scope, peering)).collect()
        };
        let page = describe::<Shown>(wanted, cx.driver.read(all))?;
        Ok(DescribeVpcPeeringConnectionsResult {
            vpc_peering_connections: Some(page.items),
            next_token: page.next_token,
        })
    }
}

/// A connection with what its VPCs say of it, while they are there.
struct Shown {
    peering: Peering,
    /// Of each end its blocks, the primary one first, as far as they are told.
    blocks: [Vec<String>; 2],
}

impl Shown {
    fn of(engine: &Engine, viewer: &Scope, peering: &Peering) -> Shown {
        let blocks = |id: VpcId| {
            let vpc = engine.any_vpc(id).into_iter();
            let blocks = vpc.flat_map(|vpc| engine.blocks_of(vpc));
            blocks.map(|(_, block)| block.to_string()).collect::<Vec<String>>()
        };
        // What another account has is told of what is, or may come to be.
        let is_told = !matches!(peering.state, PeeringState::Failed(_));
        let accepter = if is_told { blocks(peering.accepter) } else { Vec::new() };
        let mut peering = peering.clone();
        if peering.scope != *viewer {
            // Tags are their account's own.
            peering.tags.clear();
        }
        let blocks = [blocks(peering.requester), accepter];
        Shown { peering, blocks }
    }

    fn message(&self) -> String {
        match self.peering.state {
            PeeringState::Pending => {
                format!("Pending Acceptance by {}", show::owner(&self.peering.accepter_scope))
            }
            PeeringState::Active => "Active".into(),
            PeeringState::Failed(_) => {
                "Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range".into()
            }
            PeeringState::Rejected(_) => "Inactive".into(),
            PeeringState::Expired(_) => "Expired".into(),
            PeeringState::Deleted(_, account) => format!("Deleted by {account:012}"),
        }
    }

    fn expires(&self) -> Option<i64> {
        let is_pending = self.peering.state == PeeringState::Pending;
        is_pending.then(|| i64::try_from(self.peering.expires().millis()).unwrap_or(i64::MAX))
    }

    fn end(
        &self,
        (vpc, scope): (VpcId, &Scope),
        blocks: &[String],
        dns: bool,
    ) -> VpcPeeringConnectionVpcInfo {
        let block = |block: &String| CidrBlock { cidr_block: Some(block.clone()) };
        let options = self.peering.is_active().then(|| VpcPeeringConnectionOptionsDescription {
            allow_dns_resolution_from_remote_vpc: Some(dns),
            allow_egress_from_local_classic_link_to_remote_vpc: Some(false),
            allow_egress_from_local_vpc_to_remote_classic_link: Some(false),
            ..VpcPeeringConnectionOptionsDescription::default()
        });
        VpcPeeringConnectionVpcInfo {
            cidr_block: blocks.first().cloned(),
            cidr_block_set: (!blocks.is_empty()).then(|| blocks.iter().map(block).collect()),
            owner_id: Some(show::owner(scope)),
            peering_options: options,
            vpc_id: Some(vpc.to_string()),
            region: Some(scope.region.clone()),
            ..VpcPeeringConnectionVpcInfo::default()
        }
    }
}

impl Described for Shown {
    type Id = PeeringId;
    type View = VpcPeeringConnection;
    const FILTERS: &'static [Attribute<Shown>] = &[
        ("accepter-vpc-info.cidr-block", |each| each.blocks[1].clone()),
        ("accepter-vpc-info.owner-id", |each| vec![show::owner(&each.peering.accepter_scope)]),
        ("accepter-vpc-info.vpc-id", |each| vec![each.peering.accepter.to_string()]),
        ("expiration-time", |each| {
            each.expires().map(wire::time::iso8601_millis).into_iter().collect()
        }),
        ("requester-vpc-info.cidr-block", |each| each.blocks[0].clone()),
        ("requester-vpc-info.owner-id", |each| vec![show::owner(&each.peering.scope)]),
        ("requester-vpc-info.vpc-id", |each| vec![each.peering.requester.to_string()]),
        ("status-code", |each| vec![code(each.peering.state).into()]),
        ("status-message", |each| vec![each.message()]),
        ("vpc-peering-connection-id", |each| vec![each.peering.id.to_string()]),
    ];

    fn id(&self) -> PeeringId {
        self.peering.id
    }

    fn tags(&self) -> &Tags {
        &self.peering.tags
    }

    fn view(self) -> VpcPeeringConnection {
        let Peering { requester, accepter, scope, accepter_scope, dns, .. } = &self.peering;
        VpcPeeringConnection {
            accepter_vpc_info: Some(self.end((*accepter, accepter_scope), &self.blocks[1], dns.1)),
            expiration_time: self.expires(),
            requester_vpc_info: Some(self.end((*requester, scope), &self.blocks[0], dns.0)),
            status: status(code(self.peering.state), self.message()),
            tags: Some(show::tags(&self.peering.tags)),
            vpc_peering_connection_id: Some(self.peering.id.to_string()),
            ..VpcPeeringConnection::default()
        }
    }
}
