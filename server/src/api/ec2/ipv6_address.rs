//! IPv6 addresses of ENIs, as EC2 assigns and unassigns them.

use std::collections::BTreeSet;
use std::net::Ipv6Addr;

use engine::network::address6::{self, Refusal, Wish};
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{AssignIpv6Addresses, UnassignIpv6Addresses};
use wire::ec2::output::{AssignIpv6AddressesResult, UnassignIpv6AddressesResult};

use crate::api::ec2::input::{id, missing, no_such, together};
use crate::api::ec2::{Spell, ask};
use crate::api::operation::{Context, Operation};

impl Operation for AssignIpv6Addresses {
    type Output = AssignIpv6AddressesResult;

    async fn run(self, cx: &Context<'_>) -> Result<AssignIpv6AddressesResult, ApiError> {
        let AssignIpv6Addresses { ipv6_addresses, ipv6_address_count, network_interface_id } = self;
        let (scope, eni) = (cx.scope.clone(), id(&network_interface_id)?);
        let wish = wish(ipv6_addresses, ipv6_address_count)?;
        if wish == Wish::default() {
            return Err(missing("Ipv6Addresses"));
        }
        // The operation has no dry run.
        let assigned = ask(cx, None, address6::Assign { scope, eni, wish }).await?;
        Ok(AssignIpv6AddressesResult {
            assigned_ipv6_addresses: Some(assigned.iter().map(ToString::to_string).collect()),
            assigned_ipv6_prefixes: Some(Vec::new()),
            network_interface_id: Some(network_interface_id),
        })
    }
}

impl Operation for UnassignIpv6Addresses {
    type Output = UnassignIpv6AddressesResult;

    async fn run(self, cx: &Context<'_>) -> Result<UnassignIpv6AddressesResult, ApiError> {
        let UnassignIpv6Addresses { ipv6_addresses, network_interface_id } = self;
        let (scope, eni) = (cx.scope.clone(), id(&network_interface_id)?);
        let addresses = addresses(ipv6_addresses)?;
        if addresses.is_empty() {
            return Err(missing("Ipv6Addresses"));
        }
        let shown = addresses.iter().map(ToString::to_string).collect();
        ask(cx, None, address6::Unassign { scope, eni, addresses }).await?;
        Ok(UnassignIpv6AddressesResult {
            network_interface_id: Some(network_interface_id),
            unassigned_ipv6_addresses: Some(shown),
            unassigned_ipv6_prefixes: Some(Vec::new()),
        })
    }
}

/// The addresses that are asked for: these, or so many.
pub(crate) fn wish(several: Vec<String>, count: Option<i32>) -> Result<Wish, ApiError> {
    if !several.is_empty() && count.is_some_and(|count| count != 0) {
        return Err(together("ipv6Addresses", "ipv6AddressCount"));
    }
    let any = count.map(|count| {
        usize::try_from(count).map_err(|_| {
            let message = format!("Value ({count}) for parameter ipv6AddressCount is invalid.");
            error("InvalidParameterValue", message)
        })
    });
    Ok(Wish { addresses: addresses(several)?, any: any.transpose()? })
}

fn addresses(texts: Vec<String>) -> Result<BTreeSet<Ipv6Addr>, ApiError> {
    let address = |text: String| {
        text.parse().map_err(|_| {
            let message = format!("Invalid value '{text}' for ipv6Addresses. Not an address.");
            error("InvalidParameterValue", message)
        })
    };
    texts.into_iter().map(address).collect()
}

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        let (code, message) = match self {
            Refusal::NoEni(id) => return no_such(id),
            Refusal::Managed(_) => (
                "OperationNotPermitted",
                "The IPv6 addresses can not be modified for this type of interface".into(),
            ),
            Refusal::NoBlock(id) => {
                let message = format!("The subnet '{id}' has no IPv6 CIDR block.");
                ("InvalidParameterValue", message)
            }
            Refusal::Outside(..) => (
                "InvalidParameterValue",
                "Address does not fall within the subnet's address range".into(),
            ),
            Refusal::Reserved(..) => {
                ("InvalidParameterValue", "Address is in subnet's reserved address range".into())
            }
            Refusal::Taken(address) => {
                ("InvalidIPAddress.InUse", format!("Address {address} is in use."))
            }
            Refusal::TooMany(_) => {
                ("PrivateIpAddressLimitExceeded", "The maximum number has been reached.".into())
            }
            Refusal::NotAssigned(address, id) => {
                let message = format!("Some of [{address}] are not assigned to interface {id}");
                ("InvalidParameterValue", message)
            }
        };
        error(code, message)
    }
}
