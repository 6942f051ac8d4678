//! NAT gateways, as EC2 shows and changes them.

use std::net::Ipv4Addr;

use engine::engine::Engine;
use engine::id::{EniId, NatGatewayId};
use engine::network::nat_gateway::{self, Refusal};
use engine::record::nat_gateway::{Connectivity, NatGateway, NatState};
use engine::scope::Tags;
use engine::time::Time;
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{CreateNatGateway, DeleteNatGateway, DescribeNatGateways};
use wire::ec2::output::{
    self, CreateNatGatewayResult, DeleteNatGatewayResult, DescribeNatGatewaysResult,
    NatGatewayAddress,
};

use crate::api::ec2::describe::{Attribute, Described, Wanted, describe};
use crate::api::ec2::input::{given, id, missing, no_such, together};
use crate::api::ec2::text::tags_for;
use crate::api::ec2::{Spell, ask, ask_once, show};
use crate::api::operation::{Context, Operation};

impl Operation for CreateNatGateway {
    type Output = CreateNatGatewayResult;

    async fn run(self, cx: &Context<'_>) -> Result<CreateNatGatewayResult, ApiError> {
        let CreateNatGateway {
            allocation_id,
            client_token,
            dry_run,
            subnet_id,
            tag_specifications,
            connectivity_type,
            private_ip_address,
        } = self;
        let subnet_id = given(subnet_id).ok_or_else(|| missing("SubnetId"))?;
        let question = nat_gateway::Create {
            scope: cx.scope.clone(),
            subnet: id(&subnet_id)?,
            connectivity: connectivity(connectivity_type.as_deref(), given(allocation_id))?,
            address: given(private_ip_address).map(|text| address(&text)).transpose()?,
            tags: tags_for("natgateway", &tag_specifications)?,
        };
        let nat = ask_once(cx, dry_run, question).await?;
        let shown = cx.driver.read(|engine| Shown::of(engine, &nat)).view();
        // What is made is pending to whoever asked for it, also where it failed: that is told later.
        let shown = output::NatGateway {
            state: Some("pending".into()),
            failure_code: None,
            failure_message: None,
            ..shown
        };
        Ok(CreateNatGatewayResult { client_token, nat_gateway: Some(shown) })
    }
}

/// What the gateway is to give its senders.
fn connectivity(kind: Option<&str>, allocation: Option<String>) -> Result<Connectivity, ApiError> {
    match (kind, allocation) {
        (Some("private"), None) => Ok(Connectivity::Private),
        (Some("private"), Some(_)) => Err(together("AllocationId", "ConnectivityType")),
        (_, Some(allocation)) => Ok(Connectivity::Public(id(&allocation)?)),
        (_, None) => Err(missing("AllocationId")),
    }
}

fn address(text: &str) -> Result<Ipv4Addr, ApiError> {
    text.parse().map_err(|_| {
        let message = format!("Invalid value '{text}' for privateIpAddress. Not an address.");
        error("InvalidParameterValue", message)
    })
}

impl Operation for DeleteNatGateway {
    type Output = DeleteNatGatewayResult;

    async fn run(self, cx: &Context<'_>) -> Result<DeleteNatGatewayResult, ApiError> {
        let DeleteNatGateway { dry_run, nat_gateway_id } = self;
        let nat = id(&nat_gateway_id)?;
        ask(cx, dry_run, nat_gateway::Delete { scope: cx.scope.clone(), nat }).await?;
        Ok(DeleteNatGatewayResult { nat_gateway_id: Some(nat_gateway_id) })
    }
}

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        let (code, message) = match self {
            Refusal::NoSubnet(id) => return no_such(id),
            Refusal::NoAddress(id) => return no_such(id),
            Refusal::NoNat(id) => return no_such(id),
            Refusal::TooMany => {
                ("NatGatewayLimitExceeded", "The maximum number has been reached.".to_owned())
            }
            Refusal::Outside(..) => (
                "InvalidParameterValue",
                "Address does not fall within the subnet's address range".into(),
            ),
            Refusal::Taken(address) => {
                ("InvalidIPAddress.InUse", format!("Address {address} is in use."))
            }
        };
        error(code, message)
    }
}

impl Operation for DescribeNatGateways {
    type Output = DescribeNatGatewaysResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeNatGatewaysResult, ApiError> {
        let DescribeNatGateways { dry_run, filter, max_results, nat_gateway_ids: ids, next_token } =
            self;
        let wanted = Wanted { ids, filters: filter, max_results, next_token, dry_run };
        let all = |engine: &Engine| {
            let nats = engine.all::<NatGateway>(&cx.scope);
            nats.map(|nat| Shown::of(engine, nat)).collect()
        };
        let page = describe::<Shown>(wanted, cx.driver.read(all))?;
        Ok(DescribeNatGatewaysResult {
            nat_gateways: Some(page.items),
            next_token: page.next_token,
        })
    }
}

/// A gateway as it is shown: with its addresses.
struct Shown {
    nat: NatGateway,
    is_pending: bool,
    eni: Option<(EniId, Ipv4Addr)>,
    public: Option<Ipv4Addr>,
    association: Option<String>,
    zone: Option<(String, String)>,
}

impl Shown {
    fn of(engine: &Engine, nat: &NatGateway) -> Shown {
        let (eni, ip) = match nat.state {
            NatState::Made(eni) => {
                let private = engine.eni(&nat.scope, eni).ok().map(|eni| eni.address);
                (private.map(|private| (eni, private)), engine.public_of(eni))
            }
            NatState::Deleted { eni, private, .. } => (Some((eni, private)), None),
            NatState::Failed { .. } => (None, None),
        };
        let had = match nat.state {
            NatState::Deleted { public, .. } => public,
            NatState::Made(_) | NatState::Failed { .. } => None,
        };
        let subnet = engine.subnet(&nat.scope, nat.subnet).ok();
        Shown {
            nat: nat.clone(),
            is_pending: engine.is_pending(nat.id),
            eni,
            public: ip.map(|ip| ip.address).or(had),
            association: ip.and_then(|ip| ip.association).map(|held| held.id.to_string()),
            zone: subnet.map(|subnet| (subnet.zone.clone(), subnet.zone_id.clone())),
        }
    }

    fn state(&self) -> &'static str {
        match self.nat.state {
            NatState::Made(_) if self.is_pending => "pending",
            NatState::Made(_) => "available",
            NatState::Failed { .. } => "failed",
            NatState::Deleted { .. } => "deleted",
        }
    }

    fn address(&self) -> NatGatewayAddress {
        let allocation = match self.nat.connectivity {
            Connectivity::Public(allocation) => Some(allocation.to_string()),
            Connectivity::Private => None,
        };
        NatGatewayAddress {
            allocation_id: allocation,
            network_interface_id: self.eni.map(|(eni, _)| eni.to_string()),
            private_ip: self.eni.map(|(_, private)| private.to_string()),
            public_ip: self.public.map(|public| public.to_string()),
            association_id: self.association.clone(),
            is_primary: Some(true),
            status: Some(if self.eni.is_some() { "succeeded" } else { "failed" }.into()),
            availability_zone: self.zone.as_ref().map(|(name, _)| name.clone()),
            availability_zone_id: self.zone.as_ref().map(|(_, id)| id.clone()),
            ..NatGatewayAddress::default()
        }
    }
}

fn millis(time: Time) -> i64 {
    i64::try_from(time.millis()).unwrap_or(i64::MAX)
}

impl Described for Shown {
    type Id = NatGatewayId;
    type View = output::NatGateway;
    const FILTERS: &'static [Attribute<Shown>] = &[
        ("nat-gateway-id", |each| vec![each.nat.id.to_string()]),
        ("state", |each| vec![each.state().into()]),
        ("subnet-id", |each| vec![each.nat.subnet.to_string()]),
        ("vpc-id", |each| vec![each.nat.vpc.to_string()]),
    ];

    fn id(&self) -> NatGatewayId {
        self.nat.id
    }

    fn tags(&self) -> &Tags {
        &self.nat.tags
    }

    fn view(self) -> output::NatGateway {
        let (failure_code, failure_message) = match &self.nat.state {
            NatState::Failed { code, message } => (Some(code.clone()), Some(message.clone())),
            NatState::Made(_) | NatState::Deleted { .. } => (None, None),
        };
        let deleted = match self.nat.state {
            NatState::Deleted { at, .. } => Some(millis(at)),
            NatState::Made(_) | NatState::Failed { .. } => None,
        };
        output::NatGateway {
            create_time: Some(millis(self.nat.created)),
            delete_time: deleted,
            failure_code,
            failure_message,
            nat_gateway_addresses: Some(vec![self.address()]),
            nat_gateway_id: Some(self.nat.id.to_string()),
            state: Some(self.state().into()),
            subnet_id: Some(self.nat.subnet.to_string()),
            vpc_id: Some(self.nat.vpc.to_string()),
            tags: Some(show::tags(&self.nat.tags)),
            connectivity_type: Some(match self.nat.connectivity {
                Connectivity::Public(_) => "public".into(),
                Connectivity::Private => "private".into(),
            }),
            availability_mode: Some("zonal".into()),
            ..output::NatGateway::default()
        }
    }
}
