//! ENIs of interface endpoints: one in each of its subnets, at which its service answers.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::vec::Vec;

use crate::base::id::{EniId, GroupId, ResourceId, SubnetId, VpcEndpointId, VpcId};
use crate::base::random::{fresh, mac};
use crate::base::scope::{Scope, Tags};
use crate::cx::Cx;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::eni::{self, NewEni};
use crate::network::vpc_endpoint::Refusal;
use crate::node::NodeCommand;
use crate::plan::Holder;
use crate::record::decision::{Cause, Choice};
use crate::record::eni::{Eni, EniUser};
use crate::record::resource::{Resource, ResourceKind};
use crate::record::vpc_endpoint::{EndpointKind, VpcEndpoint};
use crate::record::{Change, Record};

impl Resource {
    /// Whether it is an ENI of this endpoint.
    pub fn is_of_endpoint(&self, endpoint: VpcEndpointId) -> bool {
        self.kind == ResourceKind::Endpoint(endpoint)
    }
}

impl Engine {
    /// The ENIs of an interface endpoint, and whether its service answers at each.
    pub fn endpoint_enis(&self, endpoint: VpcEndpointId) -> impl Iterator<Item = (&Eni, bool)> {
        let network = &self.network;
        let own = network.resources.values().filter(move |it| it.is_of_endpoint(endpoint));
        own.filter_map(|it| {
            Some((network.enis.get(&it.eni)?, network.namespaces.contains_key(&it.id)))
        })
    }

    /// Whether an ENI is one of an interface endpoint's.
    pub fn is_of_endpoint(&self, eni: &Eni) -> bool {
        let EniUser::Resource(id) = eni.user else { return false };
        let resource = self.network.resources.get(&id);
        resource.is_some_and(|it| matches!(it.kind, ResourceKind::Endpoint(_)))
    }
}

impl Network {
    /// Whether an endpoint may have an ENI in each of these subnets, of which it has some already.
    pub(super) fn may_have_endpoint_enis(
        &self,
        engine: &Engine,
        (scope, vpc): (&Scope, VpcId),
        (before, wanted): (&BTreeSet<SubnetId>, &BTreeSet<SubnetId>),
        groups: &BTreeSet<GroupId>,
    ) -> Result<(), Refusal> {
        let limits = &engine.config.limits;
        let mut zones = BTreeMap::new();
        for id in wanted {
            let subnet = self.subnet(scope, *id).map_err(|it| Refusal::Eni(it.into()))?;
            if subnet.vpc != vpc {
                return Err(Refusal::SubnetElsewhere(*id, vpc));
            }
            if let Some(other) = zones.insert(subnet.zone.clone(), *id) {
                return Err(Refusal::SameZone(other, *id));
            }
        }
        self.groups_for(scope, vpc, groups.clone(), limits).map_err(Refusal::Eni)?;
        let new = || wanted.difference(before);
        for subnet in new() {
            let wish = (*subnet, groups.clone(), None);
            self.may_have_eni(scope, wish, limits).map_err(Refusal::Eni)?;
        }
        let count = self.tally.of_scope(scope) + new().count();
        match count > limits.enis_per_scope as usize {
            true => Err(Refusal::Eni(eni::Refusal::TooMany)),
            false => Ok(()),
        }
    }

    /// Has an endpoint have ENIs in these subnets and in no others, with its groups.
    pub(super) fn put_endpoint_enis(
        &mut self,
        cx: &mut Cx<'_>,
        endpoint: &VpcEndpoint,
        wanted: &BTreeSet<SubnetId>,
    ) {
        let EndpointKind::Interface { groups, .. } = &endpoint.kind else { return };
        let mut missing = wanted.clone();
        let (mut over, mut others) = (Vec::new(), Vec::new());
        for it in self.resources.values().filter(|it| it.is_of_endpoint(endpoint.id)) {
            let eni = &self.enis[&it.eni];
            match missing.remove(&eni.subnet) {
                false => over.push(it.id),
                true if eni.groups != *groups => others.push(eni.id),
                true => {}
            }
        }
        over.into_iter().for_each(|id| self.remove_resource(cx, id));
        for id in others {
            let eni = self.enis.get_mut(&id).expect("it was just there");
            eni.groups.clone_from(groups);
            let record = eni.clone();
            cx.command(NodeCommand::PutEni(self.eni_plan(id, Holder::Resource)));
            cx.persist(Vec::from([Change::Put(Record::Eni(record).into())]));
            self.members_changed(cx, endpoint.vpc);
        }
        missing.into_iter().for_each(|subnet| self.put_endpoint_eni(cx, endpoint, subnet, groups));
    }

    fn put_endpoint_eni(
        &mut self,
        cx: &mut Cx<'_>,
        endpoint: &VpcEndpoint,
        subnet: SubnetId,
        groups: &BTreeSet<GroupId>,
    ) {
        let wish = (subnet, groups.clone(), None);
        let Ok(home) = self.may_have_eni(&endpoint.scope, wish, cx.limits) else { return };
        let id = fresh(cx.random, &self.resources, ResourceId);
        let eni = fresh(cx.random, &self.enis, EniId);
        let choice = Choice::CreateEni { eni, subnet, cursor: 0 };
        let cause = Cause::Api { operation: "CreateVpcEndpoint".into(), function: None };
        let decision = cx.journal.draft(cx.now, cause, choice, Vec::new());
        let new = NewEni {
            id: eni,
            mac: mac(cx.random),
            scope: endpoint.scope.clone(),
            subnet,
            groups: groups.clone(),
            address: None,
            addresses6: Vec::new(),
            description: format!("VPC Endpoint Interface {}", endpoint.id),
            user: EniUser::Resource(id),
            tags: Tags::new(),
            decision: decision.clone(),
        };
        let record = self.add_eni(new, home).clone();
        self.eni_comes(cx, eni);
        cx.journal.keep(decision);
        let resource = Resource {
            id,
            scope: endpoint.scope.clone(),
            name: format!("{}-{subnet}", endpoint.id),
            eni,
            kind: ResourceKind::Endpoint(endpoint.id),
            dns_name: None,
            created: cx.now,
        };
        self.resources.insert(id, resource.clone());
        cx.command(self.put_resource(&resource));
        cx.persist(Vec::from([
            Change::Put(Record::Eni(record).into()),
            Change::Put(Record::Resource(resource).into()),
        ]));
    }

    /// After a restart: each endpoint has the ENIs that it is to have, and nobody else has any.
    pub(crate) fn restore_endpoints(&mut self, cx: &mut Cx<'_>) {
        let endpoints = &self.vpc_endpoints;
        let strays = self.resources.values().filter(|it| match it.kind {
            ResourceKind::Endpoint(id) => !endpoints.contains_key(&id),
            ResourceKind::Process(_) | ResourceKind::Exposed(_) | ResourceKind::Mapping(_) => false,
        });
        let strays: Vec<ResourceId> = strays.map(|it| it.id).collect();
        strays.into_iter().for_each(|id| self.remove_resource(cx, id));
        let all: Vec<VpcEndpoint> = self.vpc_endpoints.values().cloned().collect();
        for endpoint in all {
            if let EndpointKind::Interface { subnets, .. } = &endpoint.kind {
                self.put_endpoint_enis(cx, &endpoint, subnets);
            }
        }
    }

    /// Tries once more to have ENIs of endpoints that the node could not make.
    pub(super) fn try_endpoints_again(&mut self, cx: &mut Cx<'_>, vpc: VpcId) {
        let is_one = |id: &&ResourceId| {
            let resource = self.resources.get(*id);
            resource.is_some_and(|it| {
                matches!(it.kind, ResourceKind::Endpoint(_)) && self.enis[&it.eni].vpc == vpc
            })
        };
        let failed: Vec<ResourceId> = self.failed.keys().filter(is_one).copied().collect();
        for id in failed {
            self.failed.remove(&id);
            cx.command(self.put_resource(&self.resources[&id]));
        }
    }
}
