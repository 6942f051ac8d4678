//! ENIs that are there and take nothing: nobody is attached to them.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::IpAddr;

use crate::base::id::VpcId;
use crate::node::PacketDrop;
use crate::record::eni::{Eni, EniUser};
use crate::tell::words::Teller;

impl Teller<'_> {
    /// The ENI that has an address of a VPC and takes nothing, since nobody is attached to it.
    pub(super) fn idle(&self, vpc: Option<VpcId>, address: IpAddr) -> Option<&Eni> {
        let id = match address {
            IpAddr::V4(address) => self.network.holder(vpc?, address)?,
            IpAddr::V6(address) => *self.network.held6.get(&address)?,
        };
        let eni = self.network.enis.get(&id)?;
        matches!(eni.user, EniUser::Customer | EniUser::Released(_)).then_some(eni)
    }

    /// Why nobody takes what is sent to an address of a VPC.
    pub(super) fn tell_no_owner(&self, drop: &PacketDrop) -> String {
        let destination = drop.destination.ip();
        match self.idle(drop.vpc, destination) {
            Some(eni) => tell_idle(eni, destination),
            None => format!("no ENI has the address {destination}"),
        }
    }

    /// What would take what is sent there.
    pub(super) fn mend_idle(&self, vpc: VpcId, address: IpAddr) -> Option<String> {
        self.idle(Some(vpc), address).map(attached_instead)
    }
}

/// That an ENI has an address and takes nothing.
pub(super) fn tell_idle(eni: &Eni, address: IpAddr) -> String {
    let id = eni.id;
    match eni.user {
        EniUser::Released(_) => {
            format!("{id} has {address}, and was released: nobody is attached to it")
        }
        _ => format!("{id} has {address}, and is attached to nothing"),
    }
}

/// How something else takes what is sent to the subnet of an ENI that takes nothing.
pub(super) fn attached_instead(eni: &Eni) -> String {
    let groups: Vec<String> = eni.groups.iter().map(ToString::to_string).collect();
    let groups = match groups.is_empty() {
        true => String::new(),
        false => format!(" --security-group {}", groups.join(",")),
    };
    format!(
        "warren attach --subnet {}{groups} --name NAME -- COMMAND, and the address that it gets: nothing is \
         attached to an ENI that is there already",
        eni.subnet
    )
}
