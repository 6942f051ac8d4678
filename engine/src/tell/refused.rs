//! What policies of VPC endpoints refused: kept with the endpoint, and with the invocation that asked.

use alloc::collections::VecDeque;
use alloc::format;
use alloc::string::{String, ToString};
use core::net::Ipv4Addr;

use crate::base::id::{RequestId, VpcEndpointId, VpcId};
use crate::base::limits::REFUSALS_KEPT;

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
