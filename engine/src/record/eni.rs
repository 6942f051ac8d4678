//! ENIs, as they are stored and described.

use core::net::IpAddr;

/// The first version of the record.
pub mod v1 {
    use alloc::collections::BTreeSet;
    use alloc::string::String;
    use core::net::Ipv4Addr;

    use serde::{Deserialize, Serialize};

    use crate::base::id::{EniId, EnvironmentId, FunctionId, GroupId, ResourceId, SubnetId, VpcId};
    use crate::base::scope::{Scope, Tags};
    use crate::base::time::Time;
    use crate::record::decision::Decision;

    /// An ENI, as it is stored and described.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Eni {
        /// Its id.
        pub id: EniId,
        /// Who owns it.
        pub scope: Scope,
        /// Its VPC.
        pub vpc: VpcId,
        /// Its subnet.
        pub subnet: SubnetId,
        /// Its private address.
        pub address: Ipv4Addr,
        /// Its hardware address.
        pub mac: [u8; 6],
        /// Its security groups.
        pub groups: BTreeSet<GroupId>,
        /// Its description; Lambda's begin with `AWS Lambda VPC ENI-`.
        pub description: String,
        /// `SourceDestCheck`: whether it neither takes nor sends what is another's.
        pub source_dest_check: bool,
        /// Who made it and uses it.
        pub user: EniUser,
        /// When it was made.
        pub created: Time,
        /// Tags of the ENI.
        pub tags: Tags,
        /// Why it exists.
        pub decision: Decision,
    }

    /// Who made an ENI and uses it.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub enum EniUser {
        /// Made by `CreateNetworkInterface`, attached to nothing.
        Customer,
        /// Classic: held by one execution environment.
        Environment(EnvironmentId, FunctionId),
        /// Hyperplane: shared by every function with this subnet and set of groups.
        Pair,
        /// An attached process or an exposed host port.
        Resource(ResourceId),
        /// Given up by Lambda, `available` until it is deleted at this instant.
        Released(Time),
    }
}

/// The second version: NAT gateways have ENIs.
pub mod v2 {
    use alloc::collections::BTreeSet;
    use alloc::string::String;
    use alloc::vec::Vec;
    use core::net::Ipv4Addr;

    use serde::{Deserialize, Serialize};

    use super::v1;
    use crate::base::id::{
        EniId, EnvironmentId, FunctionId, GroupId, NatGatewayId, ResourceId, SubnetId, VpcId,
    };
    use crate::base::scope::{Scope, Tags};
    use crate::base::time::Time;
    use crate::record::decision::Decision;
    use crate::record::{Migrate, Record};

    /// An ENI, as it is stored and described.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Eni {
        /// Its id.
        pub id: EniId,
        /// Who owns it.
        pub scope: Scope,
        /// Its VPC.
        pub vpc: VpcId,
        /// Its subnet.
        pub subnet: SubnetId,
        /// Its private address.
        pub address: Ipv4Addr,
        /// Its hardware address.
        pub mac: [u8; 6],
        /// Its security groups; a NAT gateway's has none.
        pub groups: BTreeSet<GroupId>,
        /// Its description; Lambda's begin with `AWS Lambda VPC ENI-`.
        pub description: String,
        /// `SourceDestCheck`: whether it neither takes nor sends what is another's.
        pub source_dest_check: bool,
        /// Who made it and uses it.
        pub user: EniUser,
        /// When it was made.
        pub created: Time,
        /// Tags of the ENI.
        pub tags: Tags,
        /// Why it exists.
        pub decision: Decision,
    }

    /// Who made an ENI and uses it.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub enum EniUser {
        /// Made by `CreateNetworkInterface`, attached to nothing.
        Customer,
        /// Classic: held by one execution environment.
        Environment(EnvironmentId, FunctionId),
        /// Hyperplane: shared by every function with this subnet and set of groups.
        Pair,
        /// An attached process or an exposed host port.
        Resource(ResourceId),
        /// Given up by Lambda, `available` until it is deleted at this instant.
        Released(Time),
        /// A NAT gateway.
        NatGateway(NatGatewayId),
    }

    impl Migrate for Eni {
        const VERSION: u32 = 2;
        type From = v1::Eni;

        fn migrate(from: v1::Eni, _: &mut Vec<Record>) -> Eni {
            Eni {
                id: from.id,
                scope: from.scope,
                vpc: from.vpc,
                subnet: from.subnet,
                address: from.address,
                mac: from.mac,
                groups: from.groups,
                description: from.description,
                source_dest_check: from.source_dest_check,
                user: match from.user {
                    v1::EniUser::Customer => EniUser::Customer,
                    v1::EniUser::Environment(id, of) => EniUser::Environment(id, of),
                    v1::EniUser::Pair => EniUser::Pair,
                    v1::EniUser::Resource(id) => EniUser::Resource(id),
                    v1::EniUser::Released(until) => EniUser::Released(until),
                },
                created: from.created,
                tags: from.tags,
                decision: from.decision,
            }
        }
    }
}

/// The third version: with IPv6 addresses.
pub mod v3 {
    use alloc::collections::BTreeSet;
    use alloc::string::String;
    use alloc::vec::Vec;
    use core::net::{Ipv4Addr, Ipv6Addr};

    use serde::{Deserialize, Serialize};

    use super::v2;
    pub use super::v2::EniUser;
    use crate::base::id::{EniId, GroupId, SubnetId, VpcId};
    use crate::base::scope::{Scope, Tags};
    use crate::base::time::Time;
    use crate::record::decision::Decision;
    use crate::record::{Migrate, Record};

    /// An ENI, as it is stored and described.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Eni {
        /// Its id.
        pub id: EniId,
        /// Who owns it.
        pub scope: Scope,
        /// Its VPC.
        pub vpc: VpcId,
        /// Its subnet.
        pub subnet: SubnetId,
        /// Its private address.
        pub address: Ipv4Addr,
        /// Its IPv6 addresses, in the order in which it got them.
        pub addresses6: Vec<Ipv6Addr>,
        /// Its hardware address.
        pub mac: [u8; 6],
        /// Its security groups; a NAT gateway's has none.
        pub groups: BTreeSet<GroupId>,
        /// Its description; Lambda's begin with `AWS Lambda VPC ENI-`.
        pub description: String,
        /// `SourceDestCheck`: whether it neither takes nor sends what is another's.
        pub source_dest_check: bool,
        /// Who made it and uses it.
        pub user: EniUser,
        /// When it was made.
        pub created: Time,
        /// Tags of the ENI.
        pub tags: Tags,
        /// Why it exists.
        pub decision: Decision,
    }

    impl Migrate for Eni {
        const VERSION: u32 = 3;
        type From = v2::Eni;

        fn migrate(from: v2::Eni, _: &mut Vec<Record>) -> Eni {
            Eni {
                id: from.id,
                scope: from.scope,
                vpc: from.vpc,
                subnet: from.subnet,
                address: from.address,
                addresses6: Vec::new(),
                mac: from.mac,
                groups: from.groups,
                description: from.description,
                source_dest_check: from.source_dest_check,
                user: from.user,
                created: from.created,
                tags: from.tags,
                decision: from.decision,
            }
        }
    }
}

pub use v3::*;

impl Eni {
    /// Whether an address is one of its own within the VPC.
    pub fn has(&self, address: IpAddr) -> bool {
        match address {
            IpAddr::V4(address) => self.address == address,
            IpAddr::V6(address) => self.addresses6.contains(&address),
        }
    }
}

super::version::first_versions!(v1::Eni);
