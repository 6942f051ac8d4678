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

pub use v1::*;
