//! Resources, as they are stored and listed.

/// The first version of the record.
pub mod v1 {
    use alloc::string::String;
    use alloc::vec::Vec;
    use core::net::SocketAddrV4;

    use serde::{Deserialize, Serialize};

    use crate::base::id::{EniId, ResourceId};
    use crate::base::scope::Scope;
    use crate::base::time::Time;

    /// A resource, as it is stored and listed.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Resource {
        /// Its id.
        pub id: ResourceId,
        /// Who owns it.
        pub scope: Scope,
        /// Its name, unique in the scope.
        pub name: String,
        /// Its ENI.
        pub eni: EniId,
        /// What it is.
        pub kind: ResourceKind,
        /// When it was made.
        pub created: Time,
    }

    /// What a resource is.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub enum ResourceKind {
        /// A process in a namespace of its own; the words of its command, for people.
        Process(Vec<String>),
        /// Ports of the ENI's address that lead to the host's.
        Exposed(Vec<ExposedPort>),
    }

    /// One exposed TCP port.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
    pub struct ExposedPort {
        /// The port at the ENI's address.
        pub port: u16,
        /// Where it leads on the host.
        pub target: SocketAddrV4,
    }
}

/// The second version: with ENIs by which event source mappings reach their sources.
pub mod v2 {
    use alloc::string::String;
    use alloc::vec::Vec;

    use serde::{Deserialize, Serialize};

    use super::v1;
    pub use super::v1::ExposedPort;
    use crate::base::id::{EniId, MappingId, ResourceId, VpcEndpointId};
    use crate::base::scope::Scope;
    use crate::base::time::Time;
    use crate::record::{Migrate, Record};

    /// A resource, as it is stored and listed.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Resource {
        /// Its id.
        pub id: ResourceId,
        /// Who owns it.
        pub scope: Scope,
        /// Its name, unique in the scope.
        pub name: String,
        /// Its ENI.
        pub eni: EniId,
        /// What it is.
        pub kind: ResourceKind,
        /// When it was made.
        pub created: Time,
        /// The name that resolves to its address in the VPCs of its owner; this version came to have it
        /// later.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub dns_name: Option<String>,
    }

    /// What a resource is.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub enum ResourceKind {
        /// A process in a namespace of its own; the words of its command, for people.
        Process(Vec<String>),
        /// Ports of the ENI's address that lead to the host's.
        Exposed(Vec<ExposedPort>),
        /// The pollers of an event source mapping connect from it.
        Mapping(MappingId),
        /// The service of an interface endpoint answers at it.
        Endpoint(VpcEndpointId),
    }

    impl Migrate for Resource {
        const VERSION: u32 = 2;
        type From = v1::Resource;

        fn migrate(from: v1::Resource, _: &mut Vec<Record>) -> Resource {
            let v1::Resource { id, scope, name, eni, kind, created } = from;
            let kind = match kind {
                v1::ResourceKind::Process(words) => ResourceKind::Process(words),
                v1::ResourceKind::Exposed(ports) => ResourceKind::Exposed(ports),
            };
            Resource { id, scope, name, eni, kind, created, dns_name: None }
        }
    }
}

/// The third version: with names.
pub mod v3 {
    use alloc::string::String;
    use alloc::vec::Vec;

    use serde::{Deserialize, Serialize};

    use super::v2;
    pub use super::v2::{ExposedPort, ResourceKind};
    use crate::base::id::{EniId, ResourceId};
    use crate::base::scope::Scope;
    use crate::base::time::Time;
    use crate::record::{Migrate, Record};

    /// A resource, as it is stored and listed.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Resource {
        /// Its id.
        pub id: ResourceId,
        /// Who owns it.
        pub scope: Scope,
        /// Its name, unique in the scope.
        pub name: String,
        /// Its ENI.
        pub eni: EniId,
        /// What it is.
        pub kind: ResourceKind,
        /// When it was made.
        pub created: Time,
        /// The name that resolves to its address in the VPCs of its owner.
        pub dns_name: Option<String>,
    }

    impl Migrate for Resource {
        const VERSION: u32 = 3;
        type From = v2::Resource;

        fn migrate(from: v2::Resource, _: &mut Vec<Record>) -> Resource {
            let v2::Resource { id, scope, name, eni, kind, created, dns_name } = from;
            Resource { id, scope, name, eni, kind, created, dns_name }
        }
    }
}

pub use v3::*;

super::version::first_versions!(v1::Resource);
