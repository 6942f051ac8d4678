//! How EC2 spells what the engine refuses.

use engine::effect::Refusal;
use engine::id::{SubnetId, VpcId};
use engine::record::group::{Peer, Protocol, RuleSpec};
use wire::ApiError;
use wire::ec2::error;

pub(crate) fn spell(refusal: Refusal) -> ApiError {
    let (code, message) = match &refusal {
        Refusal::NoVpc(id) => return no_vpc(*id),
        Refusal::NoSubnet(id) => return no_subnet(*id),
        Refusal::NoGroup(id) => {
            ("InvalidGroup.NotFound", format!("The security group '{id}' does not exist"))
        }
        Refusal::NoRule(id) => (
            "InvalidSecurityGroupRuleId.NotFound",
            format!("The security group rule ID '{id}' does not exist"),
        ),
        Refusal::NoEni(id) => (
            "InvalidNetworkInterfaceID.NotFound",
            format!("The networkInterface ID '{id}' does not exist"),
        ),
        Refusal::NoSuchPermission(_) => (
            "InvalidPermission.NotFound",
            "The specified rule does not exist in this security group.".into(),
        ),
        Refusal::NoDefaultVpc => ("VPCIdNotSpecified", "No default VPC for this user".into()),
        Refusal::VpcInUse(id) => dependent("vpc", id),
        Refusal::GroupInUse(id) => {
            ("DependencyViolation", format!("resource {id} has a dependent object"))
        }
        Refusal::DefaultGroup(id) => (
            "CannotDelete",
            format!("the specified group: \"{id}\" name: \"default\" cannot be deleted by a user"),
        ),
        Refusal::GroupExists(name, vpc) => (
            "InvalidGroup.Duplicate",
            format!("The security group '{name}' already exists for VPC '{vpc}'"),
        ),
        Refusal::GroupNameReserved => {
            ("InvalidGroup.Reserved", "The security group 'default' is reserved".into())
        }
        Refusal::RuleExists(rule) => (
            "InvalidPermission.Duplicate",
            format!("the specified rule \"{}\" already exists", text(rule)),
        ),
        Refusal::RuleRepeated => {
            ("InvalidParameterValue", "The same permission must not appear multiple times".into())
        }
        Refusal::VpcRange(cidr) => ("InvalidVpc.Range", format!("The CIDR '{cidr}' is invalid.")),
        Refusal::Limit(code) => (*code, "The maximum number has been reached.".into()),
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
        Refusal::AddressReserved(..) => {
            ("InvalidParameterValue", "Address is in subnet's reserved address range".into())
        }
        Refusal::EniInUse(id) => {
            ("InvalidParameterValue", format!("Network interface '{id}' is currently in use."))
        }
        Refusal::EniManaged(_) => (
            "OperationNotPermitted",
            "The security group can not be modified for this type of interface".into(),
        ),
        Refusal::GroupElsewhere(groups, _) => {
            let ids: Vec<String> = groups.iter().map(ToString::to_string).collect();
            let ids = ids.join(", ");
            (
                "InvalidParameter",
                format!("Security group {ids} and subnet belong to different networks."),
            )
        }
        Refusal::Draining => return draining(),
        Refusal::Unavailable(why) => return unavailable(why),
        // Refusals of functions are not EC2's to meet.
        other => ("InternalError", format!("An internal error has occurred: {other:?}")),
    };
    error(code, message)
}

pub(crate) fn no_vpc(id: VpcId) -> ApiError {
    error("InvalidVpcID.NotFound", format!("The vpc ID '{id}' does not exist"))
}

pub(crate) fn no_subnet(id: SubnetId) -> ApiError {
    error("InvalidSubnetID.NotFound", format!("The subnet ID '{id}' does not exist"))
}

pub(crate) fn draining() -> ApiError {
    error("Unavailable", "The server is shutting down.")
}

/// The store cannot be written.
pub(crate) fn unavailable(why: &str) -> ApiError {
    error("Unavailable", why)
}

fn dependent(what: &str, id: &dyn std::fmt::Display) -> (&'static str, String) {
    ("DependencyViolation", format!("The {what} '{id}' has dependencies and cannot be deleted."))
}

/// A rule as the message of a duplicate names it.
fn text(rule: &RuleSpec) -> String {
    let peer = match rule.peer {
        Peer::Cidr(cidr) => cidr.to_string(),
        Peer::Group(group) => group.to_string(),
    };
    let packets = match rule.protocol {
        Protocol::All => "ALL".to_owned(),
        Protocol::Tcp(ports) => {
            format!("TCP, from port: {}, to port: {}", ports.first, ports.last)
        }
        Protocol::Udp(ports) => {
            format!("UDP, from port: {}, to port: {}", ports.first, ports.last)
        }
        Protocol::Icmp { kind, code } => {
            let number = |field: Option<u8>| field.map_or(-1, i32::from);
            format!("ICMP, type: {}, code: {}", number(kind), number(code))
        }
        Protocol::Number(number) => number.to_string(),
    };
    format!("peer: {peer}, {packets}, ALLOW")
}
