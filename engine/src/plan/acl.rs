//! Network ACLs of a plan: what is done with each packet that crosses the boundary of a subnet.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::base::cidr::Cidr;
use crate::base::id::AclId;
use crate::base::spelled;
use crate::record::group::{Direction, Protocol};
use crate::record::network_acl::AclBlock;

/// One network ACL; what none of its rules speaks of is denied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AclPlan {
    /// Which ACL.
    pub acl: AclId,
    /// What is done with what comes into its subnets, by rising numbers.
    pub ingress: Vec<AclRulePlan>,
    /// What is done with what leaves its subnets, by rising numbers.
    pub egress: Vec<AclRulePlan>,
}

/// One rule of a network ACL: what is done with these packets from or to this block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AclRulePlan {
    /// Its number.
    pub number: u16,
    /// Whether they pass.
    pub allows: bool,
    /// Which packets.
    pub protocol: Protocol,
    /// Who is at the other end.
    pub block: AclBlock,
}

impl AclPlan {
    /// The rules of a way.
    pub fn rules(&self, direction: Direction) -> &[AclRulePlan] {
        match direction {
            Direction::Ingress => &self.ingress,
            Direction::Egress => &self.egress,
        }
    }
}

impl AclRulePlan {
    /// Whether it speaks of every packet of IPv4, so that none after it is asked.
    pub fn is_of_all(&self) -> bool {
        (self.protocol, self.block) == (Protocol::All, AclBlock::V4(Cidr::ANYWHERE))
    }
}

/// Which rule of which ACL has decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AclRule {
    /// Of which ACL.
    #[serde(with = "spelled")]
    pub acl: AclId,
    /// Its number; none is the last one, which denies what no other speaks of.
    pub rule: Option<u16>,
}

impl fmt::Display for AclRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.rule.map_or_else(|| String::from("*"), |number| number.to_string());
        write!(f, "rule {number} of {}", self.acl)
    }
}
