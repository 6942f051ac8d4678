//! By what way a request came, which policies may speak of: from outside, or through a VPC endpoint.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use engine::id::{EniId, VpcEndpointId, VpcId};
use engine::record::vpc_endpoint::VpcEndpoint;
use http::request::Parts;

use crate::door::Door;
use crate::endpoint::Endpoint;
use crate::gate::{Refusal, name_of_host};

/// By what way a request came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Way {
    /// Whether it was encrypted.
    pub(crate) is_tls: bool,
    /// The VPC endpoint that it came through, if it did.
    pub(crate) through: Option<Arc<Through>>,
}

/// A VPC endpoint that a request came through.
#[derive(Debug)]
pub(crate) struct Through {
    pub(crate) endpoint: VpcEndpointId,
    pub(crate) vpc: VpcId,
    /// The private address that it was sent from.
    pub(crate) source: Ipv4Addr,
    /// What may be done through it; everything, where there is none.
    pub(crate) policy: Option<String>,
    /// The services that are asked by it, by the names of their models.
    models: &'static [&'static str],
}

impl Way {
    /// What is told of requests through a door that is not of endpoints.
    pub(crate) fn by(door: &Door) -> Option<Way> {
        match door {
            Door::Public | Door::Router | Door::Services { .. } => {
                Some(Way { is_tls: door.is_tls(), through: None })
            }
            Door::Gateways { .. } | Door::Interface { .. } => None,
        }
    }

    /// The same for any door; a service that is not the endpoint's is not served by it.
    pub(crate) async fn find(
        endpoint: &Endpoint,
        door: &Door,
        peer: IpAddr,
        parts: &Parts,
    ) -> Result<Way, Refusal> {
        let host = parts.headers.get("host").and_then(|host| host.to_str().ok());
        let host = name_of_host(host.unwrap_or_default()).to_ascii_lowercase();
        let IpAddr::V4(peer) = peer.to_canonical() else { return Err(Refusal::Host(host)) };
        let through = match door {
            Door::Public | Door::Router | Door::Services { .. } => None,
            Door::Gateways { vpc, .. } => {
                let sender = endpoint.driver.node().await.sender_at(*vpc, peer);
                let found = sender.and_then(|eni| by_gateway(endpoint, eni, &host));
                Some(found.ok_or(Refusal::OtherService(host))?)
            }
            Door::Interface { endpoint: id, .. } => {
                let found = at_interface(endpoint, *id, peer, &host);
                Some(found.ok_or(Refusal::OtherService(host))?)
            }
        };
        Ok(Way { is_tls: door.is_tls(), through: through.map(Arc::new) })
    }

    /// Whether a service is asked by this way, by the name of its model.
    pub(crate) fn leads_to(&self, model: &str) -> bool {
        self.through.as_ref().is_none_or(|through| through.models.contains(&model))
    }

    /// What an endpoint's policy says, where the request came through one that has such.
    pub(crate) fn policy(&self) -> Option<&str> {
        self.through.as_ref()?.policy.as_deref()
    }
}

/// The gateway endpoint by which an ENI gets to the service of a host.
fn by_gateway(endpoint: &Endpoint, eni: EniId, host: &str) -> Option<Through> {
    endpoint.driver.read(|engine| {
        let known = engine.endpoint_to(eni, engine.served_by_name(host)?)?;
        let source = engine.eni_address(eni)?;
        told(known, source)
    })
}

/// The interface endpoint at which a host is asked for, if that is its service's.
fn at_interface(
    endpoint: &Endpoint,
    id: VpcEndpointId,
    source: Ipv4Addr,
    host: &str,
) -> Option<Through> {
    endpoint.driver.read(|engine| {
        let known = engine.vpc_endpoint(id)?;
        let is_meant = engine.served_by_name(host) == known.served();
        told(known, source).filter(|_| is_meant)
    })
}

fn told(endpoint: &VpcEndpoint, source: Ipv4Addr) -> Option<Through> {
    Some(Through {
        endpoint: endpoint.id,
        vpc: endpoint.vpc,
        source,
        policy: endpoint.policy.clone(),
        models: endpoint.served()?.service.models,
    })
}
