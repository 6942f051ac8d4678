//! Why questions about functions are refused.

use alloc::string::String;

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
    /// The function has other code than the one that was named.
    CodeMismatch {
        /// As it was named.
        given: String,
        /// The SHA-256 of the code that it has.
        current: [u8; 32],
    },
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
    /// The groups of the `VpcConfig` are of another VPC than its subnets.
    GroupsApart,
    /// The execution role may not manage ENIs.
    RoleMayNot,
    /// The subnet has no address left for the function's ENI.
    SubnetFull(SubnetId),
    /// The quota of ENIs of the VPC or of the scope is reached.
    EniLimit,
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
