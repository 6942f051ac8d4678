//! NAT gateways, as they are stored and described.

/// The first version of the record.
pub mod v1 {
    use alloc::string::String;
    use core::net::Ipv4Addr;

    use serde::{Deserialize, Serialize};

    use crate::base::id::{AllocationId, EniId, NatGatewayId, SubnetId, VpcId};
    use crate::base::scope::{Scope, Tags};
    use crate::base::time::Time;

    /// A NAT gateway, as it is stored and described.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct NatGateway {
        /// Its id.
        pub id: NatGatewayId,
        /// Who owns it.
        pub scope: Scope,
        /// Its subnet's VPC.
        pub vpc: VpcId,
        /// Its subnet.
        pub subnet: SubnetId,
        /// Whether its senders have its public address on the internet, or keep to private ones.
        pub connectivity: Connectivity,
        /// How it is.
        pub state: NatState,
        /// When it was made.
        pub created: Time,
        /// Tags of the gateway.
        pub tags: Tags,
    }

    /// What a NAT gateway gives its senders.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum Connectivity {
        /// A public address: this Elastic IP address was given when it was made.
        Public(AllocationId),
        /// Its private address.
        Private,
    }

    /// How a NAT gateway is.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub enum NatState {
        /// It is there, with this ENI; it works once the node has it.
        Made(EniId),
        /// It could not be made.
        Failed {
            /// AWS's code.
            code: String,
            /// AWS's message.
            message: String,
        },
        /// It was deleted, and had this ENI and these addresses.
        Deleted {
            /// When.
            at: Time,
            /// The ENI that it had.
            eni: EniId,
            /// The ENI's private address.
            private: Ipv4Addr,
            /// Its public address, if it had one.
            public: Option<Ipv4Addr>,
        },
    }
}

pub use v1::*;

super::version::first_versions!(NatGateway);
