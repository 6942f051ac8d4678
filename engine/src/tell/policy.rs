//! In which invocation the policy of a VPC endpoint refused something.

use core::net::Ipv4Addr;

use crate::base::id::{RequestId, VpcId};
use crate::compute::Compute;
use crate::network::Network;
use crate::record::eni::EniUser;
use crate::tell::journal::Journal;
use crate::tell::refused::{Refusal, RefusedByPolicy};

impl Network {
    /// In which invocation something was asked for from an address, where one alone can have done it:
    /// those that share an ENI are told apart by their function.
    fn asking(
        &self,
        compute: &Compute,
        (vpc, address): (VpcId, Ipv4Addr),
        function: Option<&str>,
    ) -> Option<RequestId> {
        let eni = self.enis.get(&self.holder(vpc, address)?)?;
        match eni.user {
            EniUser::Environment(id, _) => compute.known_environment(id)?.last(),
            EniUser::Pair => {
                let mut busy = compute.environments.values().filter(|environment| {
                    let is_of = |name| environment.story().launch.name == name;
                    environment.eni() == Some(eni.id) && function.is_none_or(is_of)
                });
                let request = busy.find_map(|it| it.request());
                request.filter(|_| busy.all(|other| other.request().is_none()))
            }
            _ => None,
        }
    }

    /// Notes what the policy of an endpoint refused.
    pub(crate) fn policy_refused(
        &self,
        compute: &Compute,
        journal: &mut Journal,
        refused: RefusedByPolicy,
    ) {
        let RefusedByPolicy { endpoint, from, function, action, resource } = refused;
        if !self.vpc_endpoints.contains_key(&endpoint) {
            return;
        }
        let request = self.asking(compute, from, function.as_deref());
        let from = from.1;
        journal.refused(Refusal { endpoint, action, resource, from, times: 1, request });
    }
}
