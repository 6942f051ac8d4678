//! Resource policies of functions, as they are stored and described.

/// The first version of the record.
pub mod v1 {
    use alloc::string::String;
    use alloc::vec::Vec;

    use serde::{Deserialize, Serialize};

    use crate::base::id::{FunctionId, PolicyId};

    /// Who may do what to a function, or to one of its versions or aliases.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct ResourcePolicy {
        /// Its id, for the engine.
        pub id: PolicyId,
        /// Of which function.
        pub function: FunctionId,
        /// The version or the alias of it; none is the function without a qualifier.
        pub qualifier: Option<String>,
        /// What the document has before its statements, in JSON: members, each with a comma behind it.
        pub head: String,
        /// The statements, in their order.
        pub statements: Vec<Statement>,
        /// `RevisionId`, shown as a UUID.
        pub revision: u128,
    }

    /// One statement.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Statement {
        /// Its `Sid`; empty where it has none.
        pub sid: String,
        /// The whole of it, in JSON.
        pub text: String,
    }
}

pub use v1::*;

use alloc::format;
use alloc::string::String;

super::version::first_versions!(ResourcePolicy);

impl ResourcePolicy {
    /// The whole document, in JSON.
    pub fn document(&self) -> String {
        let mut statements = String::new();
        for statement in &self.statements {
            if !statements.is_empty() {
                statements.push(',');
            }
            statements.push_str(&statement.text);
        }
        format!("{{{}\"Statement\":[{statements}]}}", self.head)
    }
}
