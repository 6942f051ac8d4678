//! ENIs, as EC2 shows and changes them.

use std::sync::Arc;

use engine::id::EniId;
use engine::network::eni::{self, Refusal};
use engine::network::secondary::CreateWith;
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{
    CreateNetworkInterface, DeleteNetworkInterface, DescribeNetworkInterfaceAttribute,
    DescribeNetworkInterfaces, InstanceIpv6Address, ModifyNetworkInterfaceAttribute,
};
use wire::ec2::output::{
    AttributeBooleanValue, AttributeValue, CreateNetworkInterfaceResult,
    DescribeNetworkInterfaceAttributeResult, DescribeNetworkInterfacesResult, NetworkInterface,
};

use crate::api::ec2::describe::{Described, SLICE, Wanted, describe_many, gather};
use crate::api::ec2::eni_view::{Places, Shown};
use crate::api::ec2::input::{given, id, ids, missing, no_such};
use crate::api::ec2::operations::{ipv6_address, private_address};
use crate::api::ec2::text::tags_for;
use crate::api::ec2::{Spell, ask, ask_once, dry_run, text};
use crate::api::operation::{Context, Operation};

impl Operation for CreateNetworkInterface {
    type Output = CreateNetworkInterfaceResult;

    async fn run(self, cx: &Context<'_>) -> Result<CreateNetworkInterfaceResult, ApiError> {
        let CreateNetworkInterface {
            tag_specifications,
            client_token,
            subnet_id,
            description,
            private_ip_address,
            groups,
            private_ip_addresses,
            secondary_private_ip_address_count: count,
            ipv6_addresses,
            ipv6_address_count,
            dry_run,
        } = self;
        let description = description.unwrap_or_default();
        text::eni_description(&description)?;
        let one = given(private_ip_address);
        let (address, wish) = private_address::of_new(one, private_ip_addresses, count)?;
        let eni = eni::Create {
            scope: cx.scope.clone(),
            subnet: id(&subnet_id)?,
            groups: ids(&groups)?.into_iter().collect(),
            address,
            ipv6: ipv6_address::wish(own(ipv6_addresses)?, ipv6_address_count)?,
            description,
            tags: tags_for("network-interface", &tag_specifications)?,
        };
        let eni = ask_once(cx, dry_run, CreateWith { eni, wish }).await?;
        let shown = cx.driver.read(|engine| Shown::of(engine, &eni));
        let shown = NetworkInterface { status: Some("pending".into()), ..shown.view() };
        Ok(CreateNetworkInterfaceResult { network_interface: Some(shown), client_token })
    }
}

/// The IPv6 addresses asked for, of which none is chosen to be the first one.
fn own(several: Vec<InstanceIpv6Address>) -> Result<Vec<String>, ApiError> {
    let address =
        |InstanceIpv6Address { ipv6_address }| ipv6_address.ok_or_else(|| missing("Ipv6Address"));
    several.into_iter().map(address).collect()
}

impl Operation for DeleteNetworkInterface {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteNetworkInterface { dry_run, network_interface_id } = self;
        let eni = id(&network_interface_id)?;
        ask(cx, dry_run, eni::Delete { scope: cx.scope.clone(), eni }).await
    }
}

impl Operation for ModifyNetworkInterfaceAttribute {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let ModifyNetworkInterfaceAttribute {
            dry_run,
            network_interface_id,
            description,
            source_dest_check,
            groups,
        } = self;
        let groups: Vec<_> = ids(&groups)?;
        let description = description.and_then(|given| given.value);
        description.as_deref().map_or(Ok(()), text::eni_description)?;
        let question = eni::Modify {
            scope: cx.scope.clone(),
            eni: id(&network_interface_id)?,
            groups: (!groups.is_empty()).then(|| groups.into_iter().collect()),
            description,
            source_dest_check: source_dest_check.and_then(|given| given.value),
        };
        ask(cx, dry_run, question).await.map(drop)
    }
}

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        let (code, message) = match self {
            Refusal::NoSubnet(id) => return no_such(id),
            Refusal::NoVpc(id) => return no_such(id),
            Refusal::NoGroup(id) => return no_such(id),
            Refusal::NoEni(id) => return no_such(id),
            Refusal::GroupsElsewhere(groups, _) => {
                let ids: Vec<String> = groups.iter().map(ToString::to_string).collect();
                let ids = ids.join(", ");
                let message =
                    format!("Security group {ids} and subnet belong to different networks.");
                ("InvalidParameter", message)
            }
            Refusal::TooManyGroups => (
                "SecurityGroupsPerInterfaceLimitExceeded",
                "The maximum number has been reached.".into(),
            ),
            Refusal::TooMany => {
                ("NetworkInterfaceLimitExceeded", "The maximum number has been reached.".into())
            }
            Refusal::NoFreeAddress(_) => (
                "InsufficientFreeAddressesInSubnet",
                "The specified subnet does not have enough free addresses to satisfy the request."
                    .into(),
            ),
            Refusal::AddressInUse(address) => {
                ("InvalidIPAddress.InUse", format!("Address {address} is in use."))
            }
            Refusal::AddressOutside(..) => (
                "InvalidParameterValue",
                "Address does not fall within the subnet's address range".into(),
            ),
            Refusal::Ipv6(refusal) => return refusal.spell(),
            Refusal::AddressReserved(..) => {
                ("InvalidParameterValue", "Address is in subnet's reserved address range".into())
            }
            Refusal::InUse(id) => {
                ("InvalidParameterValue", format!("Network interface '{id}' is currently in use."))
            }
            Refusal::Managed(_) => (
                "OperationNotPermitted",
                "The security group can not be modified for this type of interface".into(),
            ),
        };
        error(code, message)
    }
}

impl Operation for DescribeNetworkInterfaceAttribute {
    type Output = DescribeNetworkInterfaceAttributeResult;

    async fn run(
        self,
        cx: &Context<'_>,
    ) -> Result<DescribeNetworkInterfaceAttributeResult, ApiError> {
        let DescribeNetworkInterfaceAttribute { dry_run: is_dry, network_interface_id, attribute } =
            self;
        let eni = id(&network_interface_id)?;
        let shown = cx.driver.read(|engine| {
            let eni = engine.eni(&cx.scope, eni).map_err(Spell::spell)?;
            Ok::<_, ApiError>(Shown::of(engine, eni).view())
        })?;
        let mut answer = DescribeNetworkInterfaceAttributeResult {
            network_interface_id: shown.network_interface_id,
            ..Default::default()
        };
        match attribute.as_deref() {
            Some("attachment") => answer.attachment = shown.attachment,
            Some("description") => {
                answer.description = Some(AttributeValue { value: shown.description });
            }
            Some("groupSet") => answer.groups = shown.groups,
            Some("sourceDestCheck") => {
                answer.source_dest_check =
                    Some(AttributeBooleanValue { value: shown.source_dest_check });
            }
            Some("associatePublicIpAddress") => {
                answer.associate_public_ip_address = Some(shown.association.is_some());
            }
            _ => return Err(error("InvalidParameterCombination", "No attributes specified.")),
        }
        dry_run(is_dry)?;
        Ok(answer)
    }
}

impl Operation for DescribeNetworkInterfaces {
    type Output = DescribeNetworkInterfacesResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeNetworkInterfacesResult, ApiError> {
        let DescribeNetworkInterfaces {
            next_token,
            max_results,
            dry_run,
            network_interface_ids,
            filters,
        } = self;
        let chosen: Vec<EniId> = ids(&network_interface_ids)?;
        let enis = if chosen.is_empty() {
            let places = Arc::new(cx.driver.read(|engine| Places::all(engine, &cx.scope)));
            gather(cx, |engine, after| {
                let enis = engine.enis_after(&cx.scope, after).take(SLICE);
                enis.map(|eni| Shown::at(&places, eni)).collect()
            })
            .await
        } else {
            cx.driver.read(|engine| {
                let found = chosen.iter().filter_map(|id| engine.eni(&cx.scope, *id).ok());
                found.map(|eni| Shown::of(engine, eni)).collect()
            })
        };
        let ids = network_interface_ids;
        let wanted = Wanted { ids, filters, max_results, next_token, dry_run };
        let page = describe_many::<Shown>(wanted, enis).await?;
        Ok(DescribeNetworkInterfacesResult {
            network_interfaces: Some(page.items),
            next_token: page.next_token,
        })
    }
}
