//! URLs of functions, as they are stored and described.

/// The first version of the record.
pub mod v1 {
    use alloc::string::String;
    use alloc::vec::Vec;

    use serde::{Deserialize, Serialize};

    use crate::base::id::{FunctionId, UrlId};
    use crate::base::time::Time;

    /// A URL by which a function, or one of its aliases, is invoked.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct FunctionUrl {
        /// Its id, which the URL begins with.
        pub id: UrlId,
        /// Of which function.
        pub function: FunctionId,
        /// Of which alias of it; none is the function without a qualifier.
        pub alias: Option<String>,
        /// `AuthType`.
        pub auth: UrlAuth,
        /// `Cors`.
        pub cors: Option<UrlCors>,
        /// Whether a request has named its `InvokeMode`: then those who change it are shown it.
        pub names_mode: bool,
        /// When it was made.
        pub created: Time,
        /// When it was changed.
        pub modified: Time,
    }

    /// Who may ask at a URL.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
    pub enum UrlAuth {
        /// `NONE`: whoever the function's policy lets in.
        Nobody,
        /// `AWS_IAM`: callers who sign.
        Iam,
    }

    /// What pages of other sites may do at a URL; each member as it was given.
    #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
    pub struct UrlCors {
        /// `AllowCredentials`.
        pub allow_credentials: Option<bool>,
        /// `AllowHeaders`.
        pub allow_headers: Option<Vec<String>>,
        /// `AllowMethods`.
        pub allow_methods: Option<Vec<String>>,
        /// `AllowOrigins`.
        pub allow_origins: Option<Vec<String>>,
        /// `ExposeHeaders`.
        pub expose_headers: Option<Vec<String>>,
        /// `MaxAge`, in seconds.
        pub max_age: Option<i32>,
    }
}

pub use v1::*;

super::version::first_versions!(FunctionUrl);
