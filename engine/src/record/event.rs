//! Asynchronous events on their way, as they are stored.

/// The first version of the record.
pub mod v1 {
    use alloc::string::String;

    use serde::{Deserialize, Serialize};

    use crate::base::id::{FunctionId, PayloadId, RequestId, Version};
    use crate::base::time::Time;
    use crate::record::function::RoleVerdict;

    /// An asynchronous event on its way.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Event {
        /// Its request id.
        pub request: RequestId,
        /// Of which function.
        pub function: FunctionId,
        /// Which version.
        pub qualifier: Option<Version>,
        /// Its bytes; given anew by the server at a restart.
        pub payload: PayloadId,
        /// How many.
        pub length: usize,
        /// When it came.
        pub came: Time,
        /// Attempts made so far.
        pub attempts: u8,
        /// `X-Amz-Client-Context`, decoded.
        pub client_context: Option<String>,
        /// Whether the execution role may manage ENIs, as it was when the event came.
        pub role: RoleVerdict,
    }
}

/// The second version: an event may be for an alias.
pub mod v2 {
    use alloc::string::String;
    use alloc::vec::Vec;

    use serde::{Deserialize, Serialize};

    use super::v1;
    use crate::base::id::{AliasId, FunctionId, PayloadId, RequestId, Version};
    use crate::base::time::Time;
    use crate::record::function::RoleVerdict;
    use crate::record::{Migrate, Record};

    /// An asynchronous event on its way.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Event {
        /// Its request id.
        pub request: RequestId,
        /// Of which function.
        pub function: FunctionId,
        /// By what it was invoked; none is `$LATEST` without a qualifier in its ARN.
        pub qualifier: Option<Qualifier>,
        /// Its bytes; given anew by the server at a restart.
        pub payload: PayloadId,
        /// How many.
        pub length: usize,
        /// When it came.
        pub came: Time,
        /// Attempts made so far.
        pub attempts: u8,
        /// `X-Amz-Client-Context`, decoded.
        pub client_context: Option<String>,
        /// Whether the execution role may manage ENIs, as it was when the event came.
        pub role: RoleVerdict,
    }

    /// By what a function is invoked.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
    pub enum Qualifier {
        /// By a version; 0 is `$LATEST`.
        Version(Version),
        /// By an alias.
        Alias(AliasId),
    }

    impl Migrate for Event {
        const VERSION: u32 = 2;
        type From = v1::Event;

        fn migrate(from: v1::Event, _: &mut Vec<Record>) -> Event {
            Event {
                request: from.request,
                function: from.function,
                qualifier: from.qualifier.map(Qualifier::Version),
                payload: from.payload,
                length: from.length,
                came: from.came,
                attempts: from.attempts,
                client_context: from.client_context,
                role: from.role,
            }
        }
    }
}

/// The third version: it is known who asked.
pub mod v3 {
    use alloc::string::String;
    use alloc::vec::Vec;

    use serde::{Deserialize, Serialize};

    use super::v2;
    pub use super::v2::Qualifier;
    use crate::base::id::{FunctionId, PayloadId, RequestId};
    use crate::base::time::Time;
    use crate::record::function::RoleVerdict;
    use crate::record::{Migrate, Record};

    /// An asynchronous event on its way.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Event {
        /// Its request id.
        pub request: RequestId,
        /// Of which function.
        pub function: FunctionId,
        /// By what it was invoked; none is `$LATEST` without a qualifier in its ARN.
        pub qualifier: Option<Qualifier>,
        /// Its bytes; given anew by the server at a restart.
        pub payload: PayloadId,
        /// How many.
        pub length: usize,
        /// When it came.
        pub came: Time,
        /// Attempts made so far.
        pub attempts: u8,
        /// `X-Amz-Client-Context`, decoded.
        pub client_context: Option<String>,
        /// Whether the execution role may manage ENIs, as it was when the event came.
        pub role: RoleVerdict,
        /// Who asked: an ARN, or what a service was asked for; empty where that is not known.
        pub by: String,
    }

    impl Migrate for Event {
        const VERSION: u32 = 3;
        type From = v2::Event;

        fn migrate(from: v2::Event, _: &mut Vec<Record>) -> Event {
            Event {
                request: from.request,
                function: from.function,
                qualifier: from.qualifier,
                payload: from.payload,
                length: from.length,
                came: from.came,
                attempts: from.attempts,
                client_context: from.client_context,
                role: from.role,
                by: String::new(),
            }
        }
    }
}

/// The fourth version: one that has failed is not tried again at once, by a server that has started anew.
pub mod v4 {
    use alloc::string::String;
    use alloc::vec::Vec;

    use serde::{Deserialize, Serialize};

    use super::v3;
    pub use super::v3::Qualifier;
    use crate::base::id::{FunctionId, PayloadId, RequestId};
    use crate::base::time::Time;
    use crate::record::function::RoleVerdict;
    use crate::record::{Migrate, Record};

    /// An asynchronous event on its way.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Event {
        /// Its request id.
        pub request: RequestId,
        /// Of which function.
        pub function: FunctionId,
        /// By what it was invoked; none is `$LATEST` without a qualifier in its ARN.
        pub qualifier: Option<Qualifier>,
        /// Its bytes; given anew by the server at a restart.
        pub payload: PayloadId,
        /// How many.
        pub length: usize,
        /// When it came.
        pub came: Time,
        /// Attempts made so far.
        pub attempts: u8,
        /// When the next one is due, after one that has failed.
        pub again: Option<Time>,
        /// `X-Amz-Client-Context`, decoded.
        pub client_context: Option<String>,
        /// Whether the execution role may manage ENIs, as it was when the event came.
        pub role: RoleVerdict,
        /// Who asked: an ARN, or what a service was asked for; empty where that is not known.
        pub by: String,
    }

    impl Migrate for Event {
        const VERSION: u32 = 4;
        type From = v3::Event;

        fn migrate(from: v3::Event, _: &mut Vec<Record>) -> Event {
            Event {
                request: from.request,
                function: from.function,
                qualifier: from.qualifier,
                payload: from.payload,
                length: from.length,
                came: from.came,
                attempts: from.attempts,
                again: None,
                client_context: from.client_context,
                role: from.role,
                by: from.by,
            }
        }
    }
}

pub use v4::*;

super::version::first_versions!(v1::Event);
