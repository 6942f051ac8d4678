//! Route tables, as they are stored and described.

/// The first version of the record: a table's only route was the local one.
pub mod v1 {
    use alloc::collections::BTreeMap;

    use serde::{Deserialize, Serialize};

    use crate::base::id::{RouteAssociationId, RouteTableId, SubnetId, VpcId};
    use crate::base::scope::{Scope, Tags};

    /// A route table, as it is stored and described. Its only route is the local one.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct RouteTable {
        /// Its id.
        pub id: RouteTableId,
        /// Who owns it.
        pub scope: Scope,
        /// Its VPC, which says whether it is the main one.
        pub vpc: VpcId,
        /// The subnets that chose it, by their associations with it.
        pub associations: BTreeMap<RouteAssociationId, SubnetId>,
        /// Tags of the table.
        pub tags: Tags,
    }
}

/// The second version: with routes beside the local one.
pub mod v2 {
    use alloc::collections::BTreeMap;
    use alloc::vec::Vec;

    use serde::{Deserialize, Serialize};

    use super::v1;
    use crate::base::cidr::Cidr;
    use crate::base::id::{
        EniId, InternetGatewayId, NatGatewayId, PeeringId, PrefixListId, RouteAssociationId,
        RouteTableId, SubnetId, VpcId,
    };
    use crate::base::scope::{Scope, Tags};
    use crate::record::{Migrate, Record};

    /// A route table, as it is stored and described.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct RouteTable {
        /// Its id.
        pub id: RouteTableId,
        /// Who owns it.
        pub scope: Scope,
        /// Its VPC, which says whether it is the main one.
        pub vpc: VpcId,
        /// The subnets that chose it, by their associations with it.
        pub associations: BTreeMap<RouteAssociationId, SubnetId>,
        /// Its routes beside the local one, in the order of their destinations.
        pub routes: Vec<Route>,
        /// Its routes to all of prefix lists, which this version came to have later.
        #[serde(default)]
        pub lists: BTreeMap<PrefixListId, Target>,
        /// Tags of the table.
        pub tags: Tags,
    }

    /// A route that was made.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    pub struct Route {
        /// The destinations that it is for.
        pub destination: Cidr,
        /// Where they are reached, also when that is gone.
        pub target: Target,
    }

    /// Where a route leads.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum Target {
        /// To an internet gateway.
        InternetGateway(InternetGatewayId),
        /// To a NAT gateway.
        NatGateway(NatGatewayId),
        /// To a network interface.
        NetworkInterface(EniId),
        /// To a peering connection.
        Peering(PeeringId),
    }

    impl Migrate for RouteTable {
        const VERSION: u32 = 2;
        type From = v1::RouteTable;

        fn migrate(from: v1::RouteTable, _: &mut Vec<Record>) -> RouteTable {
            RouteTable {
                id: from.id,
                scope: from.scope,
                vpc: from.vpc,
                associations: from.associations,
                routes: Vec::new(),
                lists: BTreeMap::new(),
                tags: from.tags,
            }
        }
    }
}

/// The third version: with routes to prefix lists.
pub mod v3 {
    use alloc::collections::BTreeMap;
    use alloc::vec::Vec;

    use serde::{Deserialize, Serialize};

    use super::v2;
    pub use super::v2::{Route, Target};
    use crate::base::id::{PrefixListId, RouteAssociationId, RouteTableId, SubnetId, VpcId};
    use crate::base::scope::{Scope, Tags};
    use crate::record::{Migrate, Record};

    /// A route table, as it is stored and described.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct RouteTable {
        /// Its id.
        pub id: RouteTableId,
        /// Who owns it.
        pub scope: Scope,
        /// Its VPC, which says whether it is the main one.
        pub vpc: VpcId,
        /// The subnets that chose it, by their associations with it.
        pub associations: BTreeMap<RouteAssociationId, SubnetId>,
        /// Its routes beside the local one, in the order of their destinations.
        pub routes: Vec<Route>,
        /// Its routes to all of prefix lists.
        pub lists: BTreeMap<PrefixListId, Target>,
        /// Tags of the table.
        pub tags: Tags,
    }

    impl Migrate for RouteTable {
        const VERSION: u32 = 3;
        type From = v2::RouteTable;

        fn migrate(from: v2::RouteTable, _: &mut Vec<Record>) -> RouteTable {
            let v2::RouteTable { id, scope, vpc, associations, routes, lists, tags } = from;
            RouteTable { id, scope, vpc, associations, routes, lists, tags }
        }
    }
}

/// The fourth version: with routes for IPv6.
pub mod v4 {
    use alloc::collections::BTreeMap;
    use alloc::vec::Vec;
    use core::fmt;

    use serde::{Deserialize, Serialize};

    use super::v3;
    pub use super::v3::{Route, Target};
    use crate::base::cidr6::Cidr6;
    use crate::base::id::{
        EgressOnlyGatewayId, InternetGatewayId, PrefixListId, RouteAssociationId, RouteTableId,
        SubnetId, VpcId,
    };
    use crate::base::scope::{Scope, Tags};
    use crate::record::{Migrate, Record};

    /// A route table, as it is stored and described.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct RouteTable {
        /// Its id.
        pub id: RouteTableId,
        /// Who owns it.
        pub scope: Scope,
        /// Its VPC, which says whether it is the main one.
        pub vpc: VpcId,
        /// The subnets that chose it, by their associations with it.
        pub associations: BTreeMap<RouteAssociationId, SubnetId>,
        /// Its routes beside the local one, in the order of their destinations.
        pub routes: Vec<Route>,
        /// Its routes to all of prefix lists.
        pub lists: BTreeMap<PrefixListId, Target>,
        /// Its routes for IPv6 beside the local ones, in the order of their destinations.
        pub routes6: Vec<Route6>,
        /// Tags of the table.
        pub tags: Tags,
    }

    /// A route for IPv6 that was made.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    pub struct Route6 {
        /// The destinations that it is for.
        pub destination: Cidr6,
        /// Where they are reached, also when that is gone.
        pub target: Target6,
    }

    /// Where a route for IPv6 leads.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum Target6 {
        /// To an internet gateway.
        InternetGateway(InternetGatewayId),
        /// To an egress-only internet gateway.
        EgressOnly(EgressOnlyGatewayId),
    }

    impl fmt::Display for Target6 {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            match self {
                Target6::InternetGateway(id) => write!(f, "{id}"),
                Target6::EgressOnly(id) => write!(f, "{id}"),
            }
        }
    }

    impl Migrate for RouteTable {
        const VERSION: u32 = 4;
        type From = v3::RouteTable;

        fn migrate(from: v3::RouteTable, _: &mut Vec<Record>) -> RouteTable {
            RouteTable {
                id: from.id,
                scope: from.scope,
                vpc: from.vpc,
                associations: from.associations,
                routes: from.routes,
                lists: from.lists,
                routes6: Vec::new(),
                tags: from.tags,
            }
        }
    }
}

pub use v4::*;

super::version::first_versions!(v1::RouteTable);

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;
    use alloc::vec::Vec;

    use crate::record::read;

    #[test]
    fn tables_of_earlier_versions_are_read_with_what_they_have() {
        let scope = r#""scope":{"account":0,"region":"us-east-1"}"#;
        let common = r#""id":1,"vpc":2,"tags":{},"associations":{}"#;
        let list = r#""lists":{"3":{"NatGateway":4}}"#;
        let read = |version, rest: &str| {
            let text = alloc::format!("{{{common},{scope}{rest}}}");
            let mut body = serde_json::Deserializer::from_str(&text);
            read::<RouteTable, _>(version, &mut body, &mut Vec::new())
                .map_err(|why| why.to_string())
        };
        let lists = |version, rest: &str| {
            let table = read(version, rest).expect("read").expect("known");
            table.lists.len()
        };
        assert_eq!(lists(1, ""), 0);
        assert_eq!(lists(2, r#","routes":[]"#), 0);
        assert_eq!(lists(2, &alloc::format!(r#","routes":[],{list}"#)), 1);
        let third = alloc::format!(r#","routes":[],{list}"#);
        assert_eq!(lists(3, &third), 1);
        assert!(read(3, r#","routes":[]"#).is_err());
        let six =
            r#""routes6":[{"destination":{"base":"::","prefix":0},"target":{"EgressOnly":5}}]"#;
        let fourth = read(4, &alloc::format!("{third},{six}")).expect("read").expect("known");
        assert_eq!((fourth.lists.len(), fourth.routes6.len()), (1, 1));
        assert!(read(4, &third).is_err());
    }
}
