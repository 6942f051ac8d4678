//! Security groups and their rules.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::id::{GroupId, RuleId, VpcId};
use crate::plan::{Peer, Protocol};
use crate::scope::{Scope, Tags};

/// A security group, as it is stored and described.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// Who owns it.
    pub scope: Scope,
    /// Its VPC.
    pub vpc: VpcId,
    /// Its name, unique in the VPC.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Its rules.
    pub rules: BTreeMap<RuleId, Rule>,
    /// Tags of the group.
    pub tags: Tags,
}

/// One rule of a security group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Its id.
    pub id: RuleId,
    /// Ingress or egress.
    pub direction: Direction,
    /// What it permits.
    pub spec: RuleSpec,
    /// Tags of the rule.
    pub tags: Tags,
}

/// What a rule permits, apart from its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RuleSpec {
    /// Which packets.
    pub protocol: Protocol,
    /// Who is at the other end.
    pub peer: Peer,
    /// What it is for.
    pub description: Option<String>,
}

/// Which way a rule's packets go, seen from the ENI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Direction {
    /// Towards the ENI.
    Ingress,
    /// From the ENI.
    Egress,
}

/// Which rules are to be taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Revocation {
    /// By their ids.
    Ids(Vec<RuleId>),
    /// By what they permit; descriptions do not count.
    Specs(Vec<RuleSpec>),
}

/// What may be asked about security groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupRequest {
    /// `CreateSecurityGroup`: begins with a rule that lets everything out.
    Create {
        /// The owner.
        scope: Scope,
        /// In which VPC; none is the default VPC.
        vpc: Option<VpcId>,
        /// Its name.
        name: String,
        /// What it is for.
        description: String,
        /// Tags to begin with.
        tags: Tags,
    },
    /// `DeleteSecurityGroup`.
    Delete {
        /// The owner.
        scope: Scope,
        /// Which one.
        group: GroupId,
    },
    /// `AuthorizeSecurityGroupIngress` and `…Egress`: all of the rules or none.
    Authorize {
        /// The owner.
        scope: Scope,
        /// Which one.
        group: GroupId,
        /// Which way.
        direction: Direction,
        /// What to permit.
        rules: Vec<RuleSpec>,
        /// Tags for each new rule.
        tags: Tags,
    },
    /// `RevokeSecurityGroupIngress` and `…Egress`.
    Revoke {
        /// The owner.
        scope: Scope,
        /// Which one.
        group: GroupId,
        /// Which way.
        direction: Direction,
        /// What to take away.
        rules: Revocation,
    },
}
