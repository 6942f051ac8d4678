//! Tags of EC2's things.

use alloc::string::String;
use alloc::vec::Vec;

use crate::id::{EniId, GroupId, RuleId, SubnetId, VpcId};
use crate::scope::{Scope, Tags};

/// Something of EC2's that carries tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tagged {
    /// A VPC.
    Vpc(VpcId),
    /// A subnet.
    Subnet(SubnetId),
    /// A security group.
    Group(GroupId),
    /// A rule of a security group.
    Rule(RuleId),
    /// An ENI.
    Eni(EniId),
}

/// What may be asked about tags: all of it or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TagRequest {
    /// `CreateTags`.
    Put {
        /// The owner.
        scope: Scope,
        /// On what.
        on: Vec<Tagged>,
        /// Which ones.
        tags: Tags,
    },
    /// `DeleteTags`: no keys is all of them, a value restricts the deletion to it.
    Delete {
        /// The owner.
        scope: Scope,
        /// From what.
        on: Vec<Tagged>,
        /// Which ones.
        keys: Vec<(String, Option<String>)>,
    },
}
