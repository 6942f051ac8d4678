//! Identifiers: one type per kind of thing, so that one cannot be passed for another.
//!
//! AWS resource ids are a prefix and seventeen hexadecimal digits, of which the first has been
//! `0` since 2018; the remaining sixteen are the `u64` held here.

use alloc::string::{String, ToString};
use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::base::random::Random;

/// Why a text is not an id of the wanted kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdError {
    /// The prefix or the digits are not those of this kind of id.
    Malformed,
    /// Well formed as AWS sees it (`prefix-` and 8 or 17 hex digits), but not one Warren gives out.
    Foreign,
}

macro_rules! aws_id {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl $name {
            /// The prefix before the digits, with its dash.
            pub const PREFIX: &'static str = concat!($prefix, "-");
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "-0{:016x}"), self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                parse_digits(text.strip_prefix(Self::PREFIX).ok_or(IdError::Malformed)?).map($name)
            }
        }
    )*

    /// Whether a text is an id as AWS has them, of any kind and whoever gave it out.
    pub fn is_id(text: &str) -> bool {
        $(text.parse::<$name>() != Err(IdError::Malformed))||*
    }
    };
}

fn parse_digits(digits: &str) -> Result<u64, IdError> {
    let hex = digits.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    if !hex || !matches!(digits.len(), 8 | 17) {
        return Err(IdError::Malformed);
    }
    match digits.strip_prefix('0') {
        Some(rest) if rest.len() == 16 => {
            u64::from_str_radix(rest, 16).map_err(|_| IdError::Malformed)
        }
        Some(_) | None => Err(IdError::Foreign),
    }
}

aws_id! {
    /// A virtual private cloud.
    VpcId = "vpc";
    /// A subnet.
    SubnetId = "subnet";
    /// A security group.
    GroupId = "sg";
    /// A block of a subnet that is reserved.
    ReservationId = "scr";
    /// One rule of a security group.
    RuleId = "sgr";
    /// An elastic network interface.
    EniId = "eni";
    /// The attachment of an ordinary ENI.
    AttachmentId = "eni-attach";
    /// A route table.
    RouteTableId = "rtb";
    /// The association of a route table.
    RouteAssociationId = "rtbassoc";
    /// A network ACL.
    AclId = "acl";
    /// The association of a subnet with a network ACL.
    AclAssociationId = "aclassoc";
    /// An internet gateway.
    InternetGatewayId = "igw";
    /// An egress-only internet gateway.
    EgressOnlyGatewayId = "eigw";
    /// An Elastic IP address.
    AllocationId = "eipalloc";
    /// The association of a public address with an ENI.
    AddressAssociationId = "eipassoc";
    /// A NAT gateway.
    NatGatewayId = "nat";
    /// A peering connection between two VPCs.
    PeeringId = "pcx";
    /// A flow log.
    FlowLogId = "fl";
    /// A VPC endpoint.
    VpcEndpointId = "vpce";
    /// A managed prefix list.
    PrefixListId = "pl";
    /// A path of Reachability Analyzer.
    InsightsPathId = "nip";
    /// An analysis of such a path.
    InsightsAnalysisId = "nia";
    /// A set of DHCP options.
    DhcpOptionsId = "dopt";
    /// The association of a CIDR block with a VPC.
    CidrAssociationId = "vpc-cidr-assoc";
    /// The association of an IPv6 block with a subnet.
    SubnetCidrAssociationId = "subnet-cidr-assoc";
    /// An execution environment; Warren's own kind, shown by `warren ps`.
    EnvironmentId = "env";
    /// A resource that lives in a subnet: an attached process or an exposed host port.
    ResourceId = "res";
}

/// The scope has nothing of this id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing<I>(pub I);

macro_rules! plain_id {
    ($($(#[$doc:meta])* $name:ident($inner:ty);)*) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub $inner);
    )*};
}

plain_id! {
    /// A function, all its versions; the name is for people, this is for the engine.
    FunctionId(u64);
    /// An alias of a function; the name is for people, this is for the engine.
    AliasId(u64);
    /// The resource policy of a function, or of one of its versions or aliases.
    PolicyId(u64);
    /// A published version; 0 is `$LATEST`.
    Version(u64);
    /// Whoever waits for one `Respond`; given by the server, never reused in one process.
    CallerId(u64);
    /// Bytes of an event or a response, held outside the engine.
    PayloadId(u64);
    /// A batch of changes on its way to the store.
    TicketId(u64);
    /// The number of a desired state; a later one supersedes an earlier one.
    Generation(u64);
    /// A node: a machine that runs environments. One is joined.
    NodeId(u16);
    /// A client token that is remembered.
    TokenId(u64);
    /// Up to where a shard of a stream is done with, for one mapping.
    CheckpointId(u64);
    /// A layer, all its versions; the name is for people, this is for the engine.
    LayerId(u64);
    /// A decision in the record of decisions.
    DecisionId(u64);
}

macro_rules! shown_as_numbers {
    ($($name:ident),*) => {
        $(impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        })*
    };
}
shown_as_numbers!(FunctionId, AliasId, PolicyId, LayerId, TokenId, CheckpointId);

impl NodeId {
    /// The node that is joined.
    pub const FIRST: NodeId = NodeId(0);
}

impl Version {
    /// `$LATEST` or the number.
    pub fn spelled(self) -> String {
        if self == Version(0) { "$LATEST".into() } else { self.0.to_string() }
    }

    /// The version that a number names, spelled as it is here alone: policies compare texts, so that
    /// `01` must not be another word for 1.
    pub fn numbered(text: &str) -> Option<Version> {
        let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
        text.parse().ok().filter(|_| plain).map(Version)
    }
}

/// An invocation; shown as the UUID that AWS calls the request id.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequestId(pub u128);

impl RequestId {
    /// The UUID of the invocation whose trail has this number.
    #[inline]
    pub(crate) fn numbered(trail: u64) -> RequestId {
        RequestId::random(&mut Random::new(trail))
    }

    /// A random UUID, version 4.
    #[inline]
    pub(crate) fn random(random: &mut Random) -> RequestId {
        let (high, low) = (random.draw(), random.draw());
        let high = high & !0xf000 | 0x4000;
        let low = low & !(0b11 << 62) | 0b10 << 62;
        RequestId(u128::from(high) << 64 | u128::from(low))
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let v = self.0;
        write!(
            f,
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            (v >> 96) as u32,
            (v >> 80) as u16,
            (v >> 64) as u16,
            (v >> 48) as u16,
            v & 0xffff_ffff_ffff
        )
    }
}

impl fmt::Debug for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for RequestId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let dashes = [8, 13, 18, 23];
        if text.len() != 36 {
            return Err(IdError::Malformed);
        }
        let mut value = 0u128;
        for (at, byte) in text.bytes().enumerate() {
            if dashes.contains(&at) {
                if byte != b'-' {
                    return Err(IdError::Malformed);
                }
                continue;
            }
            let digit = (byte as char).to_digit(16).ok_or(IdError::Malformed)?;
            value = value << 4 | u128::from(digit);
        }
        Ok(RequestId(value))
    }
}

/// The URL of a function; shown as the 32 digits that it begins with.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UrlId(pub u128);

impl fmt::Display for UrlId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for UrlId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for UrlId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if text.len() != 32 || !text.bytes().all(is_digit) {
            return Err(IdError::Malformed);
        }
        u128::from_str_radix(text, 16).map(UrlId).map_err(|_| IdError::Malformed)
    }
}

/// An event source mapping; a UUID.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MappingId(pub RequestId);

impl fmt::Display for MappingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for MappingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for MappingId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        text.parse().map(MappingId)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_has_one_spelling() {
        assert_eq!(Version::numbered("10"), Some(Version(10)));
        for other in ["", "0", "01", "010", "+1", "-1", "1 ", "live", "18446744073709551616"] {
            assert_eq!(Version::numbered(other), None, "{other}");
        }
    }

    #[test]
    fn aws_ids_round_trip_and_refuse_what_is_not_theirs() {
        let id = VpcId(0x1234_5678_9abc_def0);
        assert_eq!(id.to_string(), "vpc-0123456789abcdef0");
        assert_eq!("vpc-0123456789abcdef0".parse(), Ok(id));
        assert_eq!("vpc-1234567890abcdef0".parse::<VpcId>(), Err(IdError::Foreign));
        assert_eq!("vpc-12345678".parse::<VpcId>(), Err(IdError::Foreign));
        for bad in ["vpc-", "vpc-xyz", "subnet-0123456789abcdef0", "vpc-0123456789ABCDEF0", ""] {
            assert_eq!(bad.parse::<VpcId>(), Err(IdError::Malformed), "{bad}");
        }
    }

    #[test]
    fn request_ids_are_of_version_four() {
        let mut random = Random::new(9);
        for _ in 0..100 {
            let id = RequestId::random(&mut random);
            assert_eq!((id.0 >> 76 & 0xf, id.0 >> 62 & 0b11), (4, 0b10));
        }
    }

    #[test]
    fn request_ids_round_trip() {
        let id = RequestId(0x0011_2233_4455_6677_8899_aabb_ccdd_eeff);
        assert_eq!(id.to_string(), "00112233-4455-6677-8899-aabbccddeeff");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(
            "00112233x4455-6677-8899-aabbccddeeff".parse::<RequestId>(),
            Err(IdError::Malformed)
        );
    }
}
