//! Secondary private addresses of ENIs, as EC2 assigns and unassigns them.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use engine::network::secondary::{self, Refusal, Wish};
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{
    AssignPrivateIpAddresses, PrivateIpAddressSpecification, UnassignPrivateIpAddresses,
};
use wire::ec2::output::{AssignPrivateIpAddressesResult, AssignedPrivateIpAddress};

use crate::api::ec2::input::{id, missing, no_such, together};
use crate::api::ec2::{Spell, ask};
use crate::api::operation::{Context, Operation};

impl Operation for AssignPrivateIpAddresses {
    type Output = AssignPrivateIpAddressesResult;

    async fn run(self, cx: &Context<'_>) -> Result<AssignPrivateIpAddressesResult, ApiError> {
        let AssignPrivateIpAddresses {
            network_interface_id,
            private_ip_addresses,
            secondary_private_ip_address_count,
            allow_reassignment,
        } = self;
        let (scope, eni) = (cx.scope.clone(), id(&network_interface_id)?);
        let addresses = addresses(&private_ip_addresses)?;
        let wish = wish(addresses, secondary_private_ip_address_count)?;
        if wish == Wish::default() {
            return Err(missing("PrivateIpAddresses"));
        }
        let reassigns = allow_reassignment == Some(true);
        // The operation has no dry run.
        let got = ask(cx, None, secondary::Assign { scope, eni, wish, reassigns }).await?;
        let shown =
            |at: Ipv4Addr| AssignedPrivateIpAddress { private_ip_address: Some(at.to_string()) };
        Ok(AssignPrivateIpAddressesResult {
            network_interface_id: Some(network_interface_id),
            assigned_private_ip_addresses: Some(got.into_iter().map(shown).collect()),
            assigned_ipv4_prefixes: Some(Vec::new()),
        })
    }
}

impl Operation for UnassignPrivateIpAddresses {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let UnassignPrivateIpAddresses { network_interface_id, private_ip_addresses } = self;
        let (scope, eni) = (cx.scope.clone(), id(&network_interface_id)?);
        let addresses = addresses(&private_ip_addresses)?;
        if addresses.is_empty() {
            return Err(missing("PrivateIpAddresses"));
        }
        ask(cx, None, secondary::Unassign { scope, eni, addresses }).await
    }
}

fn addresses(texts: &[String]) -> Result<BTreeSet<Ipv4Addr>, ApiError> {
    texts.iter().map(|text| address(text)).collect()
}

/// A private address.
fn address(text: &str) -> Result<Ipv4Addr, ApiError> {
    text.parse().map_err(|_| {
        let message = format!("Invalid value '{text}' for privateIpAddress. Not an address.");
        error("InvalidParameterValue", message)
    })
}

/// Secondary addresses that are asked for: these, or so many.
fn wish(addresses: BTreeSet<Ipv4Addr>, count: Option<i32>) -> Result<Wish, ApiError> {
    let count = count.unwrap_or(0);
    if !addresses.is_empty() && count != 0 {
        return Err(together("secondaryPrivateIpAddressCount", "privateIpAddresses"));
    }
    let any = usize::try_from(count).map_err(|_| {
        let message =
            format!("Value ({count}) for parameter secondaryPrivateIpAddressCount is invalid.");
        error("InvalidParameterValue", message)
    })?;
    Ok(Wish { addresses, any })
}

/// What a new ENI is to have: its primary address, if that is asked for in either of two ways, and its
/// secondary ones.
pub(crate) fn of_new(
    one: Option<String>,
    several: Vec<PrivateIpAddressSpecification>,
    count: Option<i32>,
) -> Result<(Option<Ipv4Addr>, Wish), ApiError> {
    let mut primary = one.as_deref().map(address).transpose()?;
    let mut secondary = BTreeSet::new();
    for PrivateIpAddressSpecification { primary: is_primary, private_ip_address } in several {
        let given = private_ip_address.ok_or_else(|| missing("PrivateIpAddress"))?;
        let given = address(&given)?;
        if is_primary != Some(true) {
            secondary.insert(given);
            continue;
        }
        if primary.replace(given).is_some() {
            let message = "Only one primary private IP address can be specified.";
            return Err(error("InvalidParameterCombination", message));
        }
    }
    Ok((primary, wish(secondary, count)?))
}

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        let (code, message) = match self {
            Refusal::Eni(refusal) => return refusal.spell(),
            Refusal::NoEni(id) => return no_such(id),
            Refusal::Managed(_) => (
                "OperationNotPermitted",
                "The private IP addresses can not be modified for this type of interface".into(),
            ),
            Refusal::TooMany => (
                "PrivateIpAddressLimitExceeded",
                "Number of private addresses will exceed limit.".into(),
            ),
            Refusal::Primary(address, id) => (
                "InvalidParameterValue",
                format!("{address} is the primary address of interface {id} and stays its own"),
            ),
            Refusal::NotAssigned(address, id) => (
                "InvalidParameterValue",
                format!("Some of [{address}] are not assigned to interface {id}"),
            ),
        };
        error(code, message)
    }
}
