//! Analyses of paths of Reachability Analyzer, as they are stored and described.

/// The first version of the record.
pub mod v1 {
    use alloc::string::String;

    use serde::{Deserialize, Serialize};

    use crate::base::id::{InsightsAnalysisId, InsightsPathId};
    use crate::base::scope::{Scope, Tags};
    use crate::base::time::Time;

    /// What a path was found to be at a time.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct InsightsAnalysis {
        /// Its id.
        pub id: InsightsAnalysisId,
        /// Who owns it.
        pub scope: Scope,
        /// Of which path.
        pub path: InsightsPathId,
        /// When it was asked for.
        pub started: Time,
        /// Whether there was a way.
        pub found: bool,
        /// What was met, as JSON in the words of AWS: whatever it speaks of may be another by now.
        pub told: String,
        /// Tags of the analysis.
        pub tags: Tags,
    }
}

pub use v1::*;

super::version::first_versions!(InsightsAnalysis);
