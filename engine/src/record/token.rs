//! Client tokens, as they are stored with what was made under them.

/// The first version of the record.
pub mod v1 {
    use alloc::string::String;

    use serde::{Deserialize, Serialize};

    use crate::base::id::TokenId;
    use crate::base::scope::Scope;
    use crate::base::time::Time;

    /// A client token, and what was made under it.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Token {
        /// Its id, which nobody sees.
        pub id: TokenId,
        /// Whose it is.
        pub scope: Scope,
        /// The operation that it came with: AWS's name.
        pub operation: String,
        /// The token.
        pub token: String,
        /// SHA-256 of the request's parameters.
        pub parameters: [u8; 32],
        /// The id of what was made.
        pub made: String,
        /// When.
        pub at: Time,
    }
}

pub use v1::*;

super::version::first_versions!(Token);
