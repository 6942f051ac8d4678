//! Why questions about functions are refused.

use alloc::string::String;
use alloc::vec::Vec;

use crate::base::id::{GroupId, SubnetId, Version};
use crate::base::scope::Scope;
use crate::compute::layer::known::UseRefusal;
use crate::network::pair::PairRefusal;
use crate::record::function::FunctionBusy;

/// Why a question about a function is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no function of that name, or the function no such version.
    NoFunction(Scope, String, Option<Version>),
    /// The scope has a function of that name.
    Exists(String),
    /// The function, by its name, cannot be changed in its state.
    Busy(String, FunctionBusy),
    /// The function has another revision than the one that was named.
    RevisionMismatch,
    /// A level was given for a log of text.
    LevelOfText,
    /// The function has other code than the one that was named.
    CodeMismatch {
        /// As it was named.
        given: String,
        /// The SHA-256 of the code that it has.
        current: [u8; 32],
    },
    /// It has no `EventInvokeConfig` for this qualifier.
    NoEventInvoke(String),
    /// It cannot hold the layers.
    Layers(UseRefusal),
    /// Only one of the lists of a `VpcConfig` is given.
    HalfVpcConfig,
    /// A subnet of the `VpcConfig` does not exist.
    NoSubnet(SubnetId),
    /// A security group of the `VpcConfig` does not exist.
    NoGroup(GroupId),
    /// The subnets of the `VpcConfig` are of different VPCs.
    SubnetsApart,
    /// It is to have IPv6, of which this subnet of the `VpcConfig` has no block.
    NotDualStack(SubnetId),
    /// The groups of the `VpcConfig` are of another VPC than its subnets.
    GroupsApart,
    /// The execution role may not manage ENIs.
    RoleMayNot,
    /// The subnet has no address left for the function's ENI.
    SubnetFull(SubnetId),
    /// The quota of ENIs of the VPC or of the scope is reached.
    EniLimit,
    /// Aliases of the function lead to the version that is to be deleted.
    Aliased(Vec<String>),
    /// The function has an alias of that name.
    AliasExists {
        /// Of which account and region.
        scope: Scope,
        /// The function's name.
        function: String,
        /// The alias's name.
        name: String,
    },
    /// The function has no alias of that name.
    NoAlias {
        /// Of which account and region.
        scope: Scope,
        /// The function's name.
        function: String,
        /// The alias's name.
        name: String,
    },
    /// The same, of the alias that a policy is of, for which AWS has other words.
    CannotFindAlias {
        /// Of which account and region.
        scope: Scope,
        /// The function's name.
        function: String,
        /// The alias's name.
        name: String,
    },
    /// An alias would lead to this version twice.
    AlreadyRouted(Version),
    /// An alias to two versions would lead to `$LATEST`.
    LatestIsNotRouted,
    /// The function has so many aliases.
    TooManyAliases(usize),
    /// The policy, or what it is to be of, has another revision than the one that was named.
    PolicyRevisionMismatch,
    /// There is no policy.
    NoPolicy,
    /// The policy has a statement with this `Sid`.
    StatementExists(String),
    /// The policy has no statement with this `Sid`.
    NoStatement(String),
    /// The policy would be too long.
    PolicyTooLong {
        /// How long it would be.
        bytes: usize,
        /// How long it may be.
        most: usize,
    },
    /// The function, or its alias, has a URL.
    UrlExists {
        /// Of which account and region.
        scope: Scope,
        /// The function's name.
        function: String,
        /// The alias's name.
        alias: Option<String>,
    },
    /// There is no such URL.
    NoUrl,
    /// Reserving so much would leave less than this for functions that have nothing reserved.
    ReserveTooMuch(u32),
}

impl From<UseRefusal> for Refusal {
    fn from(refusal: UseRefusal) -> Refusal {
        Refusal::Layers(refusal)
    }
}

impl From<PairRefusal> for Refusal {
    fn from(refusal: PairRefusal) -> Refusal {
        match refusal {
            PairRefusal::NoSubnet(id) => Refusal::NoSubnet(id),
            PairRefusal::NoGroup(id) => Refusal::NoGroup(id),
            PairRefusal::SubnetFull(id) => Refusal::SubnetFull(id),
            PairRefusal::TooManyEnis => Refusal::EniLimit,
        }
    }
}
