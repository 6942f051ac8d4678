//! What policies of VPC endpoints refused: kept with the endpoint, and with the invocation that asked.

use alloc::collections::VecDeque;
use alloc::format;
use alloc::string::{String, ToString};
use core::net::Ipv4Addr;

use crate::base::id::{RequestId, VpcEndpointId, VpcId};
use crate::base::limits::REFUSALS_KEPT;
use crate::compute::Compute;
use crate::network::Network;
use crate::record::eni::EniUser;
use crate::tell::journal::Journal;

/// A request that the policy of a VPC endpoint did not let through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedByPolicy {
    /// Which endpoint's.
    pub endpoint: VpcEndpointId,
    /// In which VPC it was asked, and from which private address.
    pub from: (VpcId, Ipv4Addr),
    /// Of which function its credentials were, if of one's.
    pub function: Option<String>,
    /// What was to be done: `s3:GetObject`.
    pub action: String,
    /// With what, by its ARN.
    pub resource: String,
}

/// A refusal that is kept, and how often it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) endpoint: VpcEndpointId,
    pub(crate) action: String,
    pub(crate) resource: String,
    pub(crate) from: Ipv4Addr,
    pub(crate) times: u64,
    /// In which invocation, if it was always one, and that is known.
    pub(crate) request: Option<RequestId>,
}

impl Refusal {
    fn is_like(&self, other: &Refusal) -> bool {
        let what = |it: &Refusal| (it.endpoint, it.from);
        what(self) == what(other)
            && (&self.action, &self.resource) == (&other.action, &other.resource)
    }

    /// Adds it to one like it, or to the end, where the first one goes when there are many.
    pub(crate) fn add_to(self, known: &mut VecDeque<Refusal>) {
        if let Some(known) = known.iter_mut().find(|known| known.is_like(&self)) {
            known.times += self.times;
            known.request = known.request.filter(|request| self.request == Some(*request));
            return;
        }
        if known.len() == REFUSALS_KEPT {
            known.pop_front();
        }
        known.push_back(self);
    }

    /// What was refused how often, as people are told.
    pub(crate) fn told(&self) -> String {
        let Refusal { action, resource, times, .. } = self;
        let times = if *times == 1 { "once".to_string() } else { format!("{times} times") };
        format!("refused {action} on {resource} {times}")
    }

    /// For whom that was.
    pub(crate) fn asker(&self) -> String {
        match self.request {
            Some(request) => format!("for {}, in invocation {request}", self.from),
            None => format!("for {}", self.from),
        }
    }
}

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
