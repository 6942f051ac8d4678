//! Entries of network ACLs, as requests give them and answers show them.

use engine::cidr6::Cidr6;
use engine::record::group::{Direction, Ports, Protocol};
use engine::record::network_acl::{AclBlock, AclEntry};
use wire::ApiError;
use wire::ec2::{error, input, output};

use crate::api::ec2::input::{block, given, missing, together};

/// The number that the last entry of each way is shown with.
const LAST: i32 = 32_767;

/// An entry as a request gives it.
pub(crate) struct Given {
    pub(crate) protocol: String,
    pub(crate) rule_action: String,
    pub(crate) cidr_block: Option<String>,
    pub(crate) ipv6_cidr_block: Option<String>,
    pub(crate) icmp_type_code: Option<input::IcmpTypeCode>,
    pub(crate) port_range: Option<input::PortRange>,
}

impl Given {
    pub(crate) fn read(self) -> Result<AclEntry, ApiError> {
        let allows = match self.rule_action.as_str() {
            "allow" => true,
            "deny" => false,
            other => return Err(invalid("ruleAction", other, "It is allow or deny.")),
        };
        let protocol = self.protocol()?;
        let block = match (given(self.cidr_block), given(self.ipv6_cidr_block)) {
            (Some(text), None) => AclBlock::V4(block(&text, "cidrBlock")?),
            (None, Some(text)) => {
                let block: Option<Cidr6> = text.parse().ok();
                let why = "This is not a valid CIDR block.";
                AclBlock::V6(block.ok_or_else(|| invalid("ipv6CidrBlock", &text, why))?)
            }
            (None, None) => return Err(missing("cidrBlock")),
            (Some(_), Some(_)) => return Err(together("cidrBlock", "ipv6CidrBlock")),
        };
        Ok(AclEntry { allows, protocol, block })
    }

    /// Which packets. What a protocol has none of is not looked at, as AWS says of ports, types and
    /// codes.
    fn protocol(&self) -> Result<Protocol, ApiError> {
        let name = self.protocol.as_str();
        let number = match name.to_ascii_lowercase().as_str() {
            "-1" | "all" => return Ok(Protocol::All),
            "tcp" => Some(6),
            "udp" => Some(17),
            "icmp" => Some(1),
            "icmpv6" => Some(58),
            other => other.parse().ok().filter(|_| other.bytes().all(|byte| byte.is_ascii_digit())),
        };
        match number {
            Some(6) => self.ports().map(Protocol::Tcp),
            Some(17) => self.ports().map(Protocol::Udp),
            Some(1) => self.kind_and_code().map(|(kind, code)| Protocol::Icmp { kind, code }),
            Some(58) => self.kind_and_code().map(|(kind, code)| Protocol::Icmp6 { kind, code }),
            Some(number) => Ok(Protocol::Number(number)),
            None => {
                let message = format!("Invalid value '{name}' for IP protocol. Unknown protocol.");
                Err(error("InvalidParameterValue", message))
            }
        }
    }

    fn ports(&self) -> Result<Ports, ApiError> {
        let ends = self.port_range.as_ref().map(|range| {
            let input::PortRange { from, to } = range;
            (*from, *to)
        });
        let (first, last) = ends.unwrap_or_default();
        let port = |name: &str, given: Option<i32>| {
            let given = given.ok_or_else(|| missing(name))?;
            let why = "It is a port from 0 to 65535.";
            u16::try_from(given).map_err(|_| invalid(name, given, why))
        };
        let ports =
            Ports { first: port("portRange.from", first)?, last: port("portRange.to", last)? };
        if ports.first > ports.last {
            let message = format!("Invalid TCP/UDP port range ({}:{})", ports.first, ports.last);
            return Err(error("InvalidParameterValue", message));
        }
        Ok(ports)
    }

    /// The type and the code of ICMP, -1 being any.
    fn kind_and_code(&self) -> Result<(Option<u8>, Option<u8>), ApiError> {
        let fields = self.icmp_type_code.as_ref().map(|fields| {
            let input::IcmpTypeCode { code, r#type } = fields;
            (*r#type, *code)
        });
        let (kind, code) = fields.unwrap_or_default();
        let field = |name: &str, what: &str, given: Option<i32>| match given {
            None => Err(missing(name)),
            Some(-1) => Ok(None),
            Some(given) => u8::try_from(given).map(Some).map_err(|_| out_of_range(what, given)),
        };
        let kind = field("icmpTypeCode.type", "type", kind)?;
        let code = field("icmpTypeCode.code", "code", code)?;
        match (kind, code) {
            // Whoever means all types means all codes.
            (None, Some(code)) => Err(out_of_range("code", code.into())),
            fields => Ok(fields),
        }
    }
}

fn out_of_range(what: &str, given: i32) -> ApiError {
    error("InvalidParameterValue", format!("ICMP {what} ({given}) out of range"))
}

fn invalid(parameter: &str, given: impl std::fmt::Display, why: &str) -> ApiError {
    let message = format!("Value ({given}) for parameter {parameter} is invalid. {why}");
    error("InvalidParameterValue", message)
}

/// The number of an entry that may be made: the last one is there always.
pub(crate) fn number(given: i32) -> Result<u16, ApiError> {
    let number = u16::try_from(given).ok().filter(|_| (1..LAST).contains(&given));
    number.ok_or_else(|| invalid("ruleNumber", given, "It is a number from 1 to 32766."))
}

/// An entry as it is shown.
pub(crate) fn view(way: Direction, number: u16, entry: &AclEntry) -> output::NetworkAclEntry {
    let ports = |ports: Ports| {
        Some(output::PortRange { from: Some(ports.first.into()), to: Some(ports.last.into()) })
    };
    let icmp = |kind: Option<u8>, code: Option<u8>| {
        let field = |given: Option<u8>| Some(given.map_or(-1, i32::from));
        Some(output::IcmpTypeCode { code: field(code), r#type: field(kind) })
    };
    let (protocol, port_range, icmp_type_code) = match entry.protocol {
        Protocol::All => (-1, None, None),
        Protocol::Tcp(range) => (6, ports(range), None),
        Protocol::Udp(range) => (17, ports(range), None),
        Protocol::Icmp { kind, code } => (1, None, icmp(kind, code)),
        Protocol::Icmp6 { kind, code } => (58, None, icmp(kind, code)),
        Protocol::Number(number) => (i32::from(number), None, None),
    };
    let (cidr_block, ipv6_cidr_block) = match entry.block {
        AclBlock::V4(block) => (Some(block.to_string()), None),
        AclBlock::V6(block) => (None, Some(block.to_string())),
    };
    output::NetworkAclEntry {
        cidr_block,
        egress: Some(way == Direction::Egress),
        icmp_type_code,
        ipv6_cidr_block,
        port_range,
        protocol: Some(protocol.to_string()),
        rule_action: Some(if entry.allows { "allow" } else { "deny" }.into()),
        rule_number: Some(number.into()),
    }
}

/// The last entry of a way for a family, which denies what no other speaks of, and can be neither changed nor
/// deleted.
pub(crate) fn last(way: Direction, is_of_ipv6: bool) -> output::NetworkAclEntry {
    let (number, block, block6) = match is_of_ipv6 {
        false => (LAST, Some("0.0.0.0/0".into()), None),
        true => (LAST + 1, None, Some("::/0".into())),
    };
    output::NetworkAclEntry {
        cidr_block: block,
        ipv6_cidr_block: block6,
        egress: Some(way == Direction::Egress),
        protocol: Some("-1".into()),
        rule_action: Some("deny".into()),
        rule_number: Some(number),
        ..output::NetworkAclEntry::default()
    }
}
