//! Public addresses, as they are stored and described.

/// The first version of the record.
pub mod v1 {
    use core::net::Ipv4Addr;

    use serde::{Deserialize, Serialize};

    use crate::base::id::{AddressAssociationId, AllocationId, EniId};
    use crate::base::scope::{Scope, Tags};

    /// A public address, as it is stored and described.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct ElasticIp {
        /// Its id.
        pub id: AllocationId,
        /// Who owns it.
        pub scope: Scope,
        /// The address.
        pub address: Ipv4Addr,
        /// The ENI that has it, if one has.
        pub association: Option<Association>,
        /// Whether it was given to its ENI as that was made, with which it goes: nobody allocated
        /// it, and it is shown at the ENI alone.
        pub automatic: bool,
        /// Tags of the address.
        pub tags: Tags,
    }

    /// Who has a public address.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    pub struct Association {
        /// Its id.
        pub id: AddressAssociationId,
        /// Which ENI.
        pub eni: EniId,
    }
}

/// The second version: secondary private addresses have public ones, too.
pub mod v2 {
    use alloc::vec::Vec;
    use core::net::Ipv4Addr;

    use serde::{Deserialize, Serialize};

    use super::v1;
    use crate::base::id::{AddressAssociationId, AllocationId, EniId};
    use crate::base::scope::{Scope, Tags};
    use crate::record::{Migrate, Record};

    /// A public address, as it is stored and described.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct ElasticIp {
        /// Its id.
        pub id: AllocationId,
        /// Who owns it.
        pub scope: Scope,
        /// The address.
        pub address: Ipv4Addr,
        /// The ENI that has it, if one has.
        pub association: Option<Association>,
        /// Whether it was given to its ENI as that was made, with which it goes: nobody allocated
        /// it, and it is shown at the ENI alone.
        pub automatic: bool,
        /// Tags of the address.
        pub tags: Tags,
    }

    /// Who has a public address.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    pub struct Association {
        /// Its id.
        pub id: AddressAssociationId,
        /// Which ENI.
        pub eni: EniId,
        /// For which of the ENI's secondary private addresses, where it is not for the primary one.
        pub secondary: Option<Ipv4Addr>,
    }

    impl Migrate for ElasticIp {
        const VERSION: u32 = 2;
        type From = v1::ElasticIp;

        fn migrate(from: v1::ElasticIp, _: &mut Vec<Record>) -> ElasticIp {
            let of_primary =
                |held: v1::Association| Association { id: held.id, eni: held.eni, secondary: None };
            ElasticIp {
                id: from.id,
                scope: from.scope,
                address: from.address,
                association: from.association.map(of_primary),
                automatic: from.automatic,
                tags: from.tags,
            }
        }
    }
}

pub use v2::*;

super::version::first_versions!(v1::ElasticIp);

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;

    use crate::record::read;

    fn read_as(version: u32, held: &str) -> Result<ElasticIp, String> {
        let text = alloc::format!(
            r#"{{"id":1,"scope":{{"account":0,"region":"us-east-1"}},"address":"198.51.100.7",
            "association":{held},"automatic":false,"tags":{{}}}}"#
        );
        let mut body = serde_json::Deserializer::from_str(&text);
        let read = read::<ElasticIp, _>(version, &mut body, &mut Vec::new());
        read.map_err(|why| why.to_string()).map(|read| read.expect("a known version"))
    }

    #[test]
    fn an_address_of_the_first_version_is_of_the_primary_private_one() {
        assert_eq!(read_as(1, "null").expect("read").association, None);
        let secondary = |version, held: &str| {
            read_as(version, held).map(|ip| ip.association.expect("it is held").secondary)
        };
        assert_eq!(secondary(1, r#"{"id":2,"eni":3}"#).expect("read"), None);
        assert_eq!(secondary(2, r#"{"id":2,"eni":3,"secondary":null}"#).expect("read"), None);
        let at = Some("10.0.0.9".parse().expect("an address"));
        assert_eq!(secondary(2, r#"{"id":2,"eni":3,"secondary":"10.0.0.9"}"#).expect("read"), at);
    }
}
