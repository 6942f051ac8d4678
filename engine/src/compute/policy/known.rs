//! All resource policies, by what they are of.

use alloc::collections::BTreeMap;
use alloc::string::String;

use crate::base::id::{FunctionId, PolicyId};
use crate::record::policy::ResourcePolicy;

/// All resource policies, by what they are of.
#[derive(Debug, Clone, Default)]
pub(crate) struct Policies {
    of: BTreeMap<FunctionId, BTreeMap<Option<String>, ResourcePolicy>>,
}

impl Policies {
    pub(crate) fn insert(&mut self, policy: ResourcePolicy) {
        let of_function = self.of.entry(policy.function).or_default();
        of_function.insert(policy.qualifier.clone(), policy);
    }

    /// The policy of a function, or of its version or alias.
    pub(crate) fn find(
        &self,
        function: FunctionId,
        qualifier: Option<&str>,
    ) -> Option<&ResourcePolicy> {
        // A key that is owned is made for functions alone that have policies.
        self.of.get(&function)?.get(&qualifier.map(String::from))
    }

    /// Forgets one; its id.
    pub(crate) fn remove(
        &mut self,
        function: FunctionId,
        qualifier: Option<&str>,
    ) -> Option<PolicyId> {
        let of_function = self.of.get_mut(&function)?;
        let removed = of_function.remove(&qualifier.map(String::from));
        if of_function.is_empty() {
            self.of.remove(&function);
        }
        removed.map(|policy| policy.id)
    }

    /// Forgets the policies of a function that is deleted; their ids.
    pub(crate) fn remove_all(&mut self, function: FunctionId) -> impl Iterator<Item = PolicyId> {
        let removed = self.of.remove(&function).unwrap_or_default();
        removed.into_values().map(|policy| policy.id)
    }
}
