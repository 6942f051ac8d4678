//! Elastic IP addresses, as EC2 shows and changes them.

use std::net::Ipv4Addr;

use engine::engine::Engine;
use engine::id::{AddressAssociationId, AllocationId, EniId};
use engine::network::elastic_ip::{self, Refusal};
use engine::record::elastic_ip::ElasticIp;
use engine::scope::{Scope, Tags};
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{
    AllocateAddress, AssociateAddress, DescribeAddresses, DescribeAddressesAttribute,
    DisassociateAddress, ReleaseAddress,
};
use wire::ec2::output::{
    Address, AddressAttribute, AllocateAddressResult, AssociateAddressResult,
    DescribeAddressesAttributeResult, DescribeAddressesResult,
};

use crate::api::ec2::describe::{Attribute, Described, Wanted, describe};
use crate::api::ec2::input::{given, id, missing, no_such, together};
use crate::api::ec2::text::tags_for;
use crate::api::ec2::{Spell, ask, show};
use crate::api::operation::{Context, Operation};

/// The pool that addresses are of which nobody has brought.
const POOL: &str = "amazon";

impl Operation for AllocateAddress {
    type Output = AllocateAddressResult;

    async fn run(self, cx: &Context<'_>) -> Result<AllocateAddressResult, ApiError> {
        let AllocateAddress { tag_specifications, dry_run } = self;
        let tags = tags_for("elastic-ip", &tag_specifications)?;
        let ip = ask(cx, dry_run, elastic_ip::Allocate { scope: cx.scope.clone(), tags }).await?;
        Ok(AllocateAddressResult {
            allocation_id: Some(ip.id.to_string()),
            public_ipv4_pool: Some(POOL.into()),
            network_border_group: Some(ip.scope.region.clone()),
            domain: Some("vpc".into()),
            public_ip: Some(ip.address.to_string()),
            ..AllocateAddressResult::default()
        })
    }
}

impl Operation for ReleaseAddress {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let ReleaseAddress { allocation_id, dry_run } = self;
        let allocation_id = given(allocation_id).ok_or_else(|| missing("AllocationId"))?;
        let allocation = id(&allocation_id)?;
        ask(cx, dry_run, elastic_ip::Release { scope: cx.scope.clone(), allocation }).await
    }
}

impl Operation for AssociateAddress {
    type Output = AssociateAddressResult;

    async fn run(self, cx: &Context<'_>) -> Result<AssociateAddressResult, ApiError> {
        let AssociateAddress {
            allocation_id,
            dry_run,
            network_interface_id,
            private_ip_address,
            allow_reassociation,
        } = self;
        let allocation = given(allocation_id).ok_or_else(|| missing("AllocationId"))?;
        let eni = given(network_interface_id).ok_or_else(|| missing("NetworkInterfaceId"))?;
        let private = given(private_ip_address).map(|text| address(&text)).transpose()?;
        let question = elastic_ip::Associate {
            scope: cx.scope.clone(),
            allocation: id(&allocation)?,
            eni: id(&eni)?,
            private,
            // What is not said is allowed.
            reassociates: allow_reassociation != Some(false),
        };
        let association = ask(cx, dry_run, question).await?;
        Ok(AssociateAddressResult { association_id: Some(association.to_string()) })
    }
}

impl Operation for DisassociateAddress {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DisassociateAddress { association_id, public_ip, dry_run } = self;
        let association: AddressAssociationId = match (given(association_id), given(public_ip)) {
            (Some(_), Some(_)) => return Err(together("AssociationId", "PublicIp")),
            (Some(text), None) => id(&text)?,
            (None, Some(text)) => {
                let wanted = address(&text)?;
                let found = cx.driver.read(|engine| {
                    let mut held = engine.associated(&cx.scope);
                    held.find(|ip| ip.address == wanted)?.association
                });
                found.ok_or_else(|| no_address(&text))?.id
            }
            (None, None) => return Err(missing("AssociationId")),
        };
        let question = elastic_ip::Disassociate { scope: cx.scope.clone(), association };
        ask(cx, dry_run, question).await
    }
}

fn address(text: &str) -> Result<Ipv4Addr, ApiError> {
    text.parse().map_err(|_| {
        let message = format!("Invalid IPv4 address '{text}'.");
        error("InvalidParameterValue", message)
    })
}

fn no_address(text: &str) -> ApiError {
    error("InvalidAddress.NotFound", format!("Address '{text}' not found."))
}

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        let (code, message) = match self {
            Refusal::NoAddress(id) => return no_such(id),
            Refusal::NoEni(id) => return no_such(id),
            Refusal::NoAssociation(id) => return no_such(id),
            Refusal::TooMany => (
                "AddressLimitExceeded",
                "The maximum number of addresses has been reached.".to_owned(),
            ),
            Refusal::NoneFree => (
                "InsufficientAddressCapacity",
                "Insufficient address capacity: every address that Warren was given is in use."
                    .into(),
            ),
            Refusal::InUse(address) => {
                ("InvalidIPAddress.InUse", format!("Address {address} is in use."))
            }
            Refusal::Associated(allocation, association) => (
                "Resource.AlreadyAssociated",
                format!(
                    "resource {allocation} is already associated with associate-id {association}"
                ),
            ),
            Refusal::HasOne(eni, association) => (
                "Resource.AlreadyAssociated",
                format!("resource {eni} is already associated with associate-id {association}"),
            ),
            Refusal::NotOfEni(address, eni) => (
                "InvalidParameterValue",
                format!("The address {address} is not assigned to the network interface {eni}"),
            ),
            Refusal::NoGateway(vpc) => (
                "Gateway.NotAttached",
                format!("Network {vpc} is not attached to any internet gateway"),
            ),
            Refusal::Managed(_) => (
                "AuthFailure",
                "You do not have permission to access the specified resource.".into(),
            ),
        };
        error(code, message)
    }
}

/// An address as it is shown: with the ENI that has it.
pub(super) struct Shown {
    ip: ElasticIp,
    eni: Option<(EniId, Scope, Ipv4Addr)>,
}

impl Shown {
    fn of(engine: &Engine, ip: &ElasticIp) -> Shown {
        let eni = ip.association.and_then(|held| engine.eni(&ip.scope, held.eni).ok());
        let secondary = ip.association.and_then(|held| held.secondary);
        let eni = eni.map(|eni| (eni.id, eni.scope.clone(), secondary.unwrap_or(eni.address)));
        Shown { ip: ip.clone(), eni }
    }

    fn of_association(&self, value: fn(&(EniId, Scope, Ipv4Addr)) -> String) -> Vec<String> {
        self.eni.iter().map(value).collect()
    }
}

/// The addresses of a scope that were allocated.
fn all(engine: &Engine, scope: &Scope) -> Vec<Shown> {
    let allocated = engine.all::<ElasticIp>(scope).filter(|ip| !ip.automatic);
    allocated.map(|ip| Shown::of(engine, ip)).collect()
}

impl Operation for DescribeAddresses {
    type Output = DescribeAddressesResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeAddressesResult, ApiError> {
        let DescribeAddresses { public_ips, dry_run, filters, allocation_ids } = self;
        let mut addresses = cx.driver.read(|engine| all(engine, &cx.scope));
        if !public_ips.is_empty() {
            let shown =
                |text: &String| addresses.iter().any(|each| each.ip.address.to_string() == **text);
            if let Some(unknown) = public_ips.iter().find(|text| !shown(text)) {
                return Err(no_address(unknown));
            }
            addresses.retain(|each| public_ips.contains(&each.ip.address.to_string()));
        }
        let wanted = Wanted { ids: allocation_ids, filters, dry_run, ..Wanted::default() };
        let page = describe::<Shown>(wanted, addresses)?;
        Ok(DescribeAddressesResult { addresses: Some(page.items) })
    }
}

impl Operation for DescribeAddressesAttribute {
    type Output = DescribeAddressesAttributeResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeAddressesAttributeResult, ApiError> {
        let DescribeAddressesAttribute {
            allocation_ids: ids,
            attribute: _,
            next_token,
            max_results,
            dry_run,
        } = self;
        let wanted = Wanted { ids, max_results, next_token, dry_run, ..Wanted::default() };
        let page = describe::<Shown>(wanted, cx.driver.read(|engine| all(engine, &cx.scope)))?;
        // The one attribute is a domain name, which none of them has.
        let attribute = |address: Address| AddressAttribute {
            public_ip: address.public_ip,
            allocation_id: address.allocation_id,
            ..AddressAttribute::default()
        };
        Ok(DescribeAddressesAttributeResult {
            addresses: Some(page.items.into_iter().map(attribute).collect()),
            next_token: page.next_token,
        })
    }
}

impl Described for Shown {
    type Id = AllocationId;
    type View = Address;
    const FILTERS: &'static [Attribute<Shown>] = &[
        ("allocation-id", |each| vec![each.ip.id.to_string()]),
        ("association-id", |each| {
            each.ip.association.iter().map(|held| held.id.to_string()).collect()
        }),
        ("domain", |_| vec!["vpc".into()]),
        ("instance-id", |_| vec![]),
        ("network-border-group", |each| vec![each.ip.scope.region.clone()]),
        ("network-interface-id", |each| each.of_association(|(eni, ..)| eni.to_string())),
        ("network-interface-owner-id", |each| {
            each.of_association(|(_, scope, _)| show::owner(scope))
        }),
        ("private-ip-address", |each| each.of_association(|(.., address)| address.to_string())),
        ("public-ip", |each| vec![each.ip.address.to_string()]),
    ];

    fn id(&self) -> AllocationId {
        self.ip.id
    }

    fn tags(&self) -> &Tags {
        &self.ip.tags
    }

    fn view(self) -> Address {
        let one = |values: Vec<String>| values.into_iter().next();
        Address {
            allocation_id: Some(self.ip.id.to_string()),
            association_id: self.ip.association.map(|held| held.id.to_string()),
            domain: Some("vpc".into()),
            network_interface_id: one(self.of_association(|(eni, ..)| eni.to_string())),
            network_interface_owner_id: one(self.of_association(|(_, scope, _)| show::owner(scope))),
            private_ip_address: one(self.of_association(|(.., address)| address.to_string())),
            tags: Some(show::tags(&self.ip.tags)),
            public_ipv4_pool: Some(POOL.into()),
            network_border_group: Some(self.ip.scope.region.clone()),
            public_ip: Some(self.ip.address.to_string()),
            ..Address::default()
        }
    }
}
