//! Layers with their versions, as they are stored and described.

/// The first version of the record.
pub mod v1 {
    use alloc::collections::BTreeMap;
    use alloc::string::String;
    use alloc::vec::Vec;

    use serde::{Deserialize, Serialize};

    use crate::base::id::LayerId;
    use crate::base::scope::Scope;
    use crate::base::time::Time;
    use crate::record::function::Code;

    /// A layer, as it is stored and described.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Layer {
        /// Its id, for the engine.
        pub id: LayerId,
        /// Who owns it.
        pub scope: Scope,
        /// Its name.
        pub name: String,
        /// The highest number of a version so far; none is given out twice.
        pub published: u64,
        /// Versions that are not deleted, from 1.
        pub versions: BTreeMap<u64, LayerVersion>,
    }

    /// One version of a layer.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct LayerVersion {
        /// `Description`.
        pub description: String,
        /// `LicenseInfo`.
        pub license: Option<String>,
        /// `CompatibleRuntimes`, where they were given.
        pub runtimes: Option<Vec<String>>,
        /// `CompatibleArchitectures`, where they were given.
        pub architectures: Option<Vec<String>>,
        /// Its content.
        pub code: Code,
        /// `CreatedDate`.
        pub created: Time,
        /// Who else may use it.
        pub policy: Vec<Statement>,
        /// The revision of the policy, shown as a UUID.
        pub revision: u128,
    }

    /// A statement of a layer version's policy.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Statement {
        /// `StatementId`.
        pub id: String,
        /// An account's number, `*`, or the ARN of an account's root.
        pub principal: String,
        /// The organization that the principal must be of.
        pub organization: Option<String>,
    }
}

use alloc::format;
use alloc::string::String;

pub use v1::*;

use crate::base::scope::Scope;

super::version::first_versions!(Layer);

/// Which version of which layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerReference {
    /// Who owns the layer.
    pub scope: Scope,
    /// The layer's name.
    pub name: String,
    /// The version's number.
    pub version: u64,
}

impl LayerReference {
    /// The layer's ARN.
    pub fn layer_arn(&self) -> String {
        let Scope { account, region } = &self.scope;
        format!("arn:aws:lambda:{region}:{account:012}:layer:{}", self.name)
    }

    /// The version's ARN.
    pub fn arn(&self) -> String {
        format!("{}:{}", self.layer_arn(), self.version)
    }
}

impl LayerVersion {
    /// Whether an account may use it that is not its owner. Nobody is of an organization here.
    pub fn is_open_to(&self, account: u64) -> bool {
        let own = format!("{account:012}");
        let root = format!("arn:aws:iam::{own}:root");
        self.policy.iter().any(|Statement { id: _, principal, organization }| {
            organization.is_none() && (principal == "*" || *principal == own || *principal == root)
        })
    }
}
