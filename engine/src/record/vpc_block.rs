//! Blocks of VPCs beside their primary ones, as they are stored.

/// The first version of the record.
pub mod v1 {
    use serde::{Deserialize, Serialize};

    use crate::base::cidr::Cidr;
    use crate::base::id::{CidrAssociationId, VpcId};

    /// A secondary IPv4 block of a VPC.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
    pub struct VpcBlock {
        /// Its association with the VPC.
        pub association: CidrAssociationId,
        /// Whose it is.
        pub vpc: VpcId,
        /// The block.
        pub cidr: Cidr,
    }
}

pub use v1::*;

super::version::first_versions!(VpcBlock);
